/** What leads into a part and out of it: imports, calls and shared tables, and how much of the rest hangs on it. */
import type { Evidence } from "#model/evidence.js";
import type { RelationFact } from "#model/facts.js";
import { type Ref, shortName } from "#model/refs.js";
import type { Estate } from "../estate/index.js";
import type { FileView } from "../files/index.js";
import { type KnownUse, knownTables } from "../tables/index.js";
import { type Cut, conductance } from "./conductance.js";
import type { Part } from "./part.js";

export interface Crossing {
  readonly direction: "in" | "out";
  readonly kind: "import" | "call" | "message" | "table";
  /** What stands on the other side of the interface: the imported file, the relation's target, the table. */
  readonly through: string;
  /** True when it leads to an operation of a contract, or to nothing that a contract could describe; null when that is open. */
  readonly relation: RelationFact | null;
  readonly evidence: readonly Evidence[];
}

export interface Crossings {
  readonly cut: Cut;
  /** One per interface and direction. */
  readonly crossings: readonly Crossing[];
  /** Files outside that import the part, and all files outside with imports. */
  readonly dependents: number;
  readonly rest: number;
  /** Program files of the part, and those of them that the import graph knows. */
  readonly programFiles: number;
  readonly knownFiles: number;
  readonly allProgramFiles: number;
  /** Tables that the part uses, those of them that others use too, and all there are with a known user. */
  readonly tables: readonly TableUse[];
}

export interface TableUse {
  readonly table: Ref;
  readonly name: string;
  readonly byPart: boolean;
  readonly byRest: boolean;
  readonly writtenByPart: boolean;
  readonly writtenByRest: boolean;
  /** Files, as `repository path`, in which it is used. */
  readonly places: ReadonlySet<string>;
  readonly evidence: readonly Evidence[];
}

export function crossings(estate: Estate, view: FileView, part: Part): Crossings {
  const isCounted = (file: number): boolean => view.files[file]?.isProgram ?? false;
  const edges = importEdges(estate, view).filter(({ from, to }) => isCounted(from) && isCounted(to));
  const inside = (file: number): boolean => part.files.has(file);
  const tables = tableUses(estate, view, part);
  const relations = relationEdges(estate, view, part);
  const found = new Map<string, Crossing>();
  const add = (crossing: Crossing): void => {
    const key = `${crossing.direction} ${crossing.kind} ${crossing.through}`;
    const known = found.get(key);
    found.set(
      key,
      known === undefined ? crossing : { ...known, evidence: [...known.evidence, ...crossing.evidence].slice(0, 20) },
    );
  };
  const dependents = new Set<number>();
  const outsideFiles = new Set<number>();
  for (const { from, to, line } of edges) {
    for (const file of [from, to]) if (!inside(file)) outsideFiles.add(file);
    if (inside(from) === inside(to)) continue;
    if (inside(to)) dependents.add(from);
    const [source, target] = [view.files[from], view.files[to]];
    if (source === undefined || target === undefined) continue;
    const repository = estate.facts.repositories[source.repository]?.id ?? "";
    add({
      direction: inside(to) ? "in" : "out",
      kind: "import",
      through: target.path,
      relation: null,
      evidence: [{ type: "file", repository, file: source.path, line }],
    });
  }
  for (const { direction, relation } of relations.crossing) {
    add({
      direction,
      kind: relation.kind === "calls" ? "call" : "message",
      through: relation.detail === null ? shortName(relation.to) : `${shortName(relation.to)} ${relation.detail}`,
      relation,
      evidence: relation.evidence,
    });
  }
  for (const table of tables) {
    if (table.byPart && table.byRest)
      add({ direction: "out", kind: "table", through: table.name, relation: null, evidence: table.evidence });
  }
  const program = [...view.files.keys()].filter(isCounted);
  const known = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return {
    cut: conductance<string>(
      (node) => node === insideNode,
      [
        ...edges.map(({ from, to }): readonly [string, string, number] => [sideOf(inside(from)), sideOf(inside(to)), 1]),
        ...relations.all.map(({ from, to }): readonly [string, string, number] => [sideOf(from), sideOf(to), 1]),
        ...tables.map(({ byPart, byRest }): readonly [string, string, number] => [sideOf(byPart), sideOf(!byRest), 1]),
      ],
    ),
    crossings: [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, crossing]) => crossing),
    dependents: dependents.size,
    rest: program.filter((file) => !inside(file)).length,
    programFiles: program.filter(inside).length,
    knownFiles: program.filter((file) => inside(file) && known.has(file)).length,
    allProgramFiles: program.length,
    tables,
  };
}

const insideNode = "inside";

function sideOf(isInside: boolean): string {
  return isInside ? insideNode : "outside";
}

interface FileEdge {
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

/** Imports between files of the view, one per pair of files. */
export function importEdges({ facts }: Estate, view: FileView): FileEdge[] {
  return facts.imports.flatMap((graph) => {
    const files = graph.files.map((path) => view.find(graph.repository, path));
    const seen = new Set<string>();
    return graph.from.flatMap((source, index) => {
      const from = files[source] ?? -1;
      const to = files[graph.to[index] ?? -1] ?? -1;
      const key = `${from} ${to}`;
      if (from < 0 || to < 0 || from === to || seen.has(key)) return [];
      seen.add(key);
      return [{ from, to, line: graph.lines[index] ?? 1 }];
    });
  });
}

/** Calls and messages between components; confirmed or likely ones of business. */
function relationEdges(
  { facts }: Estate,
  view: FileView,
  part: Part,
): {
  readonly all: readonly { readonly from: boolean; readonly to: boolean }[];
  readonly crossing: readonly { readonly direction: "in" | "out"; readonly relation: RelationFact }[];
} {
  const known = new Set(facts.components.map(({ ref }) => ref));
  const operations = new Map(facts.operations.map(({ ref, evidence }) => [ref, evidence]));
  const inFiles = (evidence: readonly Evidence[]): boolean =>
    evidence.some((one) => one.type === "file" && part.files.has(view.find(one.repository, one.file)));
  /** The user lies in the part, or the very lines that use do. */
  const usesInside = ({ from, evidence }: RelationFact): boolean => part.refs.has(from) || inFiles(evidence);
  /** What is used lies in the part, or the lines that answer do. */
  const isUsedInside = ({ to, operation }: RelationFact): boolean =>
    part.refs.has(to) || (operation !== null && inFiles(operations.get(operation) ?? []));
  const counted = facts.relations
    .filter(
      ({ kind, confidence, category, to, from }) =>
        confidence !== "hint" && category === "business" && kind === "calls" && known.has(to) && known.has(from) && from !== to,
    )
    .map((relation) => ({ relation, from: usesInside(relation), to: isUsedInside(relation) }));
  const messages = facts.relations.filter(
    ({ kind, confidence, from }) => (kind === "publishes" || kind === "consumes") && confidence !== "hint" && known.has(from),
  );
  const all = counted.map(({ from, to }) => ({ from, to }));
  // A call of which nothing more is known is one of those that are known, where there are any.
  const detailed = new Set(counted.flatMap(({ relation: { from, to, detail } }) => (detail === null ? [] : [`${from} ${to}`])));
  const crossing = counted
    .filter(({ from, to }) => from !== to)
    .filter(({ relation }) => relation.detail !== null || !detailed.has(`${relation.from} ${relation.to}`))
    .map(({ relation, to }) => ({ direction: to ? ("in" as const) : ("out" as const), relation }));
  const topics = new Map<Ref, RelationFact[]>();
  for (const relation of messages) topics.set(relation.to, [...(topics.get(relation.to) ?? []), relation]);
  for (const users of topics.values()) {
    const own = users.filter(usesInside);
    const [first] = own;
    if (first === undefined || own.length === users.length) continue;
    all.push({ from: true, to: false });
    crossing.push({ direction: first.kind === "publishes" ? "out" : "in", relation: first });
  }
  return { all, crossing };
}

/** Tables with who uses them, by the file that shows it where the evidence is a file of program text, else by component. */
export function tableUses({ facts }: Estate, view: FileView, part: Part): TableUse[] {
  return knownTables(facts, view).map(({ table, name, uses }) => {
    const sided = uses.map((use) => ({ ...use, inside: isInside(use, part) }));
    const any = (test: (use: (typeof sided)[number]) => boolean): boolean => sided.some(test);
    // Evidence from both sides, so that a shared table shows both.
    const [own, others] = [true, false].map((side) =>
      sided.filter(({ inside }) => inside === side).flatMap(({ evidence }) => evidence ?? []),
    );
    return {
      table,
      name,
      byPart: any(({ inside }) => inside),
      byRest: any(({ inside }) => !inside),
      writtenByPart: any(({ inside, writes }) => inside && writes),
      writtenByRest: any(({ inside, writes }) => !inside && writes),
      places: new Set(uses.flatMap(({ file }) => placeOf(view, facts, file))),
      evidence: [...(own ?? []).slice(0, 10), ...(others ?? []).slice(0, 10)],
    };
  });
}

/** A component that lies in the part as a whole uses it inside, wherever its evidence lies. */
function isInside({ from, file }: KnownUse, part: Part): boolean {
  return (from !== null && part.refs.has(from)) || part.files.has(file);
}

function placeOf({ files }: FileView, { repositories }: Estate["facts"], index: number): string[] {
  const file = files[index];
  return file === undefined ? [] : [`${repositories[file.repository]?.id ?? ""} ${file.path}`];
}
