/** The estate as boxes and lines: what is drawn, before anybody decides where. Pure. */
import { nameOf, type Ref, type Result, resourcesByRef } from "../../model.js";
import { type Confidence, couplingOf, dependenciesOf, pairKey, type Seen, seenOf } from "../shared/dependencies.js";
import { type Group, type Grouping, groupsOf, subjectsOf } from "../shared/subjects.js";

export interface EstateGraph {
  readonly level: "service" | "module";
  readonly grouping: Grouping;
  readonly groups: readonly MapGroup[];
  readonly links: readonly MapLink[];
}

export interface MapGroup extends Pick<Group, "id" | "name" | "team" | "unowned"> {
  readonly nodes: readonly MapNode[];
}

export interface MapNode {
  readonly ref: Ref;
  readonly name: string;
  /** `store`: datastore, cache, broker, bucket. `outside`: called or read, and not built here. */
  readonly kind: "component" | "store" | "outside";
  /** Names of stores that nobody else uses: drawn as a sign on the component, without a line. */
  readonly own: readonly string[];
}

export type LinkKind = "calls" | "messages" | "imports" | "stores" | "outside" | "infrastructure" | "coupling";

export interface MapLink {
  readonly from: Ref;
  readonly to: Ref;
  readonly kind: LinkKind;
  readonly confidence: Confidence;
  /** Null for change coupling: nobody says that it is there, history shows it. */
  readonly seen: Seen | null;
  readonly count: number;
  readonly text: string;
}

/** @param shown kinds of links to draw. Stores and outside systems without a link that is drawn are left out. */
export function estateGraph(result: Result, shown: ReadonlySet<LinkKind>): EstateGraph {
  const { level, components } = subjectsOf(result);
  const isSubject = new Set(components.map(({ ref }) => ref));
  const grouping = groupsOf(result, components);
  const outside = outsideOf(result, isSubject, shown);
  const isOutside = new Set(outside);
  const dependencies = dependenciesOf(result, (ref) => isSubject.has(ref) || isOutside.has(ref)).map(
    ({ details, kind, ...one }): MapLink => ({
      ...one,
      kind: kind === "calls" && (isOutside.has(one.to) || isOutside.has(one.from)) ? "outside" : kind,
      text: details.join(", "),
    }),
  );
  const stores = shown.has("stores") ? withoutBrokers(storeLinks(result, isSubject), result, dependencies, shown) : [];
  const users = new Map<Ref, number>();
  for (const { to } of stores) users.set(to, (users.get(to) ?? 0) + 1);
  const shared = stores.filter(({ to }) => (users.get(to) ?? 0) > 1);
  const ownOf = (component: Ref): string[] =>
    stores.flatMap(({ from, to }) => (from === component && users.get(to) === 1 ? [nameOf(result, to)] : []));
  const links = [
    ...dependencies.filter(({ kind }) => shown.has(kind)),
    ...shared,
    ...hiddenCoupling(result, dependencies, shown),
  ];
  const groupOf = new Map(grouping.groups.flatMap(({ id, members }) => members.map(({ ref }) => [ref, id] as const)));
  const storeRefs = [...new Set(shared.map(({ to }) => to))];
  const homes = new Map(storeRefs.map((store) => [store, homeOf(shared, store, groupOf)]));
  const groups = grouping.groups.map(
    ({ id, name, team, unowned, members }): MapGroup => ({
      id,
      name,
      team,
      unowned,
      nodes: [
        ...members.map(({ ref, name }): MapNode => ({ ref, name, kind: "component", own: ownOf(ref) })),
        ...storeRefs
          .filter((store) => homes.get(store) === id)
          .map((ref): MapNode => ({ ref, name: nameOf(result, ref), kind: "store", own: [] })),
      ],
    }),
  );
  const ofSeveral = storeRefs.filter((store) => homes.get(store) === null);
  return {
    level,
    grouping,
    links,
    groups: [
      ...groups,
      ...extra("shared", "Stores of several groups", "store", ofSeveral, result),
      ...extra("outside", "Not built here", "outside", outside, result),
    ],
  };
}

function extra(id: string, name: string, kind: MapNode["kind"], refs: readonly Ref[], result: Result): MapGroup[] {
  if (refs.length === 0) return [];
  return [
    { id, name, team: null, unowned: false, nodes: refs.map((ref) => ({ ref, name: nameOf(result, ref), kind, own: [] })) },
  ];
}

/** What subjects call and is not built here; what only listens to telemetry comes with the infrastructure. */
function outsideOf(result: Result, isSubject: ReadonlySet<Ref>, shown: ReadonlySet<LinkKind>): Ref[] {
  const known = new Set(
    result.model.components.filter(({ kind }) => kind !== "library" && kind !== "module").map(({ ref }) => ref),
  );
  const found = new Set<Ref>();
  for (const { from, to, category, kind } of result.model.relations) {
    const name: LinkKind = category === "infrastructure" ? "infrastructure" : "outside";
    if (kind === "dependsOn" && name !== "infrastructure") continue;
    if (shown.has(name) && isSubject.has(from) && !isSubject.has(to) && known.has(to)) found.add(to);
  }
  return [...found];
}

/** Whose messages are drawn from sender to receiver has no line to the broker between them as well. */
function withoutBrokers(
  stores: readonly MapLink[],
  result: Result,
  dependencies: readonly MapLink[],
  shown: ReadonlySet<LinkKind>,
): readonly MapLink[] {
  if (!shown.has("messages")) return stores;
  const talking = new Set(dependencies.flatMap(({ kind, from, to }) => (kind === "messages" ? [from, to] : [])));
  const resources = resourcesByRef(result);
  return stores.filter(({ from, to }) => resources.get(to)?.kind !== "broker" || !talking.has(from));
}

const storeKinds: ReadonlySet<string> = new Set(["datastore", "cache", "broker", "bucket"]);

/** One line per component and store; tables count towards the store that holds them. Messages over topics are lines between components. */
function storeLinks(result: Result, isSubject: ReadonlySet<Ref>): MapLink[] {
  const resources = resourcesByRef(result);
  const found = new Map<string, { from: Ref; to: Ref; confidence: Confidence; seen: Seen; count: number; ways: Set<string> }>();
  for (const relation of result.model.relations) {
    const { from, to, kind, confidence } = relation;
    if (!isSubject.has(from) || (kind !== "reads" && kind !== "writes" && kind !== "dependsOn")) continue;
    const target = resources.get(to);
    const store = target?.partOf === null || target?.partOf === undefined ? target : resources.get(target.partOf);
    if (store === undefined || !storeKinds.has(store.kind)) continue;
    const known = found.get(`${from} ${store.ref}`);
    const way = kind === "dependsOn" ? "uses" : kind;
    if (known === undefined)
      found.set(`${from} ${store.ref}`, {
        from,
        to: store.ref,
        confidence,
        seen: seenOf(relation),
        count: 1,
        ways: new Set([way]),
      });
    else {
      known.count++;
      known.ways.add(way);
      if (confidence === "confirmed" || (confidence === "likely" && known.confidence === "hint")) known.confidence = confidence;
      if (seenOf(relation) === "runtime") known.seen = "runtime";
    }
  }
  return [...found.values()].map(({ ways, ...link }) => ({ ...link, kind: "stores", text: [...ways].join(" and ") }));
}

/** The one group whose components use a store; null when components of several groups do. */
function homeOf(links: readonly MapLink[], store: Ref, groupOf: ReadonlyMap<Ref, string>): string | null {
  const users = new Set(links.filter(({ to }) => to === store).map(({ from }) => groupOf.get(from)));
  const [only] = users;
  return users.size === 1 && only !== undefined ? only : null;
}

/** Pairs that change together more than chance explains and that nothing in the code or at run time joins. */
function hiddenCoupling(result: Result, dependencies: readonly MapLink[], shown: ReadonlySet<LinkKind>): MapLink[] {
  if (!shown.has("coupling")) return [];
  const joined = new Set(dependencies.map(({ from, to }) => pairKey(from, to)));
  return [...couplingOf(result)].flatMap(([pair, { shared, beyondChance }]): MapLink[] => {
    const [from = "", to = ""] = pair.split(" ");
    if (!beyondChance || joined.has(pair)) return [];
    return [{ from, to, kind: "coupling", confidence: "likely", seen: null, count: shared, text: `${shared} changes in common` }];
  });
}

/** What a link is called in tables and tool tips. */
export function linkWord({ kind }: MapLink): string {
  const words: Readonly<Record<LinkKind, string>> = {
    calls: "calls",
    messages: "sends messages to",
    imports: "imports",
    stores: "uses the store",
    outside: "calls outside",
    infrastructure: "infrastructure",
    coupling: "changes with, without a dependency",
  };
  return words[kind];
}

/** Kinds that the result has anything of, in the order of the switches. */
export function kindsOf(result: Result): LinkKind[] {
  const all = new Set<LinkKind>(["calls", "messages", "imports", "stores", "coupling", "outside", "infrastructure"]);
  const { links, groups } = estateGraph(result, all);
  const present = new Set(links.map(({ kind }) => kind));
  if (groups.some(({ nodes }) => nodes.some(({ own }) => own.length > 0))) present.add("stores");
  return [...all].filter((kind) => present.has(kind));
}
