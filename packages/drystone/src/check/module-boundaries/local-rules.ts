/** The rules that need nothing but one import: who imports, what, how, and the policy. */

import type { ImportKind } from "#model/import-kind.js";
import type { BoundaryRule, FaceFact, LayerFact, ModuleFact, Policy, SelectorRule } from "#model/modules.js";
import { faceTest } from "#util/globs.js";
import type { ModuleIndex } from "./module-index.js";
import { coversModule, coversPackage, coversSpot, isAboutFiles, type PackageUse, type Spot } from "./selecting.js";

export interface FileImport {
  readonly from: Spot;
  readonly to: Spot;
  readonly kind: ImportKind;
}

export interface PackageImport {
  readonly from: Spot;
  readonly used: PackageUse;
  readonly kind: ImportKind;
}

/** A rule that an import breaks, with what a reader needs to know. */
export interface Breach {
  readonly rule: BoundaryRule;
  /** Why, as the second half of a sentence about the import. */
  readonly because: string;
  readonly fix: string;
  /** The selector rule, for `deny`. */
  readonly by: SelectorRule | null;
}

/** What the local rules are asked. Pure: the same import gives the same answer; answers about modules and files are remembered. */
export interface LocalRules {
  readonly ofFile: (one: FileImport) => readonly Breach[];
  readonly ofPackage: (one: PackageImport) => readonly Breach[];
  /** Exceptions that no import needed. */
  readonly unusedAllows: () => readonly SelectorRule[];
}

const none: readonly Breach[] = [];

export function localRules(policy: Policy, index: ModuleIndex): LocalRules {
  const denials = policy.rules.filter(({ effect, transitive }) => effect === "deny" && !transitive);
  const allows = policy.rules.filter(({ effect }) => effect === "allow");
  const used = new Set<SelectorRule>();
  const pairs = new Map<ModuleFact, Map<ModuleFact, Pair>>();
  const faces = faceFinder();
  const fileDenials = denials.map((rule) => ({
    rule,
    aboutFiles: isAboutFiles(rule.from) || isAboutFiles(rule.to),
    coversFrom: remembered((spot: Spot) => coversSpot(rule.from, spot, index)),
    coversTo: remembered((spot: Spot) => coversSpot(rule.to, spot, index)),
  }));
  const ranks = ranksOf(policy.layers);

  function pairOf(from: ModuleFact, to: ModuleFact): Pair {
    let known = pairs.get(from);
    if (!known) pairs.set(from, (known = new Map()));
    let pair = known.get(to);
    if (!pair) known.set(to, (pair = judgePair(from, to, index, policy.layers, ranks)));
    return pair;
  }

  function isAllowed(one: FileImport): boolean {
    const found = allows.filter(
      (rule) => kindFits(rule, one.kind) && coversSpot(rule.from, one.from, index) && coversSpot(rule.to, one.to, index),
    );
    for (const rule of found) used.add(rule);
    return found.length > 0;
  }

  return {
    ofFile(one) {
      const { from, to } = one;
      const crosses = from.module !== null && to.module !== null && from.module !== to.module;
      if (!crosses && fileDenials.length === 0) return none;
      const breaches: Breach[] = [];
      if (from.module && to.module && from.module !== to.module) {
        const pair = pairOf(from.module, to.module);
        if (pair.always.length > 0) breaches.push(...pair.always);
        const aboutFace = judgeFace(pair, from.module, to.module, faces(to.module, to.file), index);
        if (aboutFace) breaches.push(aboutFace);
      }
      for (const { rule, aboutFiles, coversFrom, coversTo } of fileDenials) {
        if (!crosses && !aboutFiles) continue;
        if (kindFits(rule, one.kind) && coversFrom(from) && coversTo(to)) {
          breaches.push(denied(rule));
          break;
        }
      }
      return breaches.length > 0 && isAllowed(one) ? none : breaches;
    },
    ofPackage({ from, used: target, kind }) {
      const breaches: Breach[] = [];
      const declared = from.module === null ? null : packageUse(from.module, target);
      if (declared) breaches.push(declared);
      const rule = denials.find(
        (one) => kindFits(one, kind) && coversPackage(one.to, target) && coversSpot(one.from, from, index),
      );
      if (rule) breaches.push(denied(rule));
      if (breaches.length === 0) return none;
      const exceptions = allows.filter(
        (one) => kindFits(one, kind) && coversPackage(one.to, target) && coversSpot(one.from, from, index),
      );
      for (const one of exceptions) used.add(one);
      return exceptions.length > 0 ? none : breaches;
    },
    unusedAllows: () => allows.filter((rule) => !used.has(rule)),
  };
}

/** A file is the end of many imports. */
function remembered(test: (spot: Spot) => boolean): (spot: Spot) => boolean {
  const known = new WeakMap<Spot, boolean>();
  return (spot) => {
    let answer = known.get(spot);
    if (answer === undefined) known.set(spot, (answer = test(spot)));
    return answer;
  };
}

function kindFits({ kinds }: SelectorRule, kind: ImportKind): boolean {
  return kinds === null || kinds.includes(kind);
}

/** What holds for every import of one module by another. */
interface Pair {
  readonly always: readonly Breach[];
  /** Interfaces that the importer declared; null: all public ones, "none" is among `always`. */
  readonly declaredFaces: ReadonlySet<string> | null;
  readonly related: boolean;
  readonly teamsApart: boolean;
}

function judgePair(
  from: ModuleFact,
  to: ModuleFact,
  index: ModuleIndex,
  layers: readonly LayerFact[],
  ranks: ReadonlyMap<string, Rank>,
): Pair {
  const related = index.around(from).includes(to) || index.around(to).includes(from);
  const uses = related || to.utility ? null : from.uses;
  const fitting = (uses ?? []).filter(({ selector }) => coversModule([selector], to, index));
  const always: Breach[] = [];
  if (uses !== null && fitting.length === 0) {
    always.push({
      rule: "undeclared-use",
      because: `${from.name} does not declare that it uses ${to.name}`,
      fix: declareFix(from, to),
      by: null,
    });
  }
  if (!related && to.visibleTo !== null && !coversModule(to.visibleTo, from, index)) {
    const whom = to.visibleTo
      .map(({ of, value, not }) => `${not ? "not " : ""}${of === "module" || of === "any" ? "" : `${of}:`}${value}`)
      .join(", ");
    always.push({
      rule: "not-visible",
      because: `${to.name} is visible to ${whom || "nobody"} only`,
      fix: visibleFix(from, to, index),
      by: null,
    });
  }
  const layer = to.utility ? null : judgeLayers(from, to, layers, ranks);
  if (layer) always.push(layer);
  return {
    always,
    declaredFaces:
      fitting.length === 0 || fitting.some(({ face }) => face === null) ? null : new Set(fitting.map(({ face }) => face ?? "")),
    related,
    teamsApart: from.owners.length > 0 && to.owners.length > 0 && !from.owners.some((owner) => to.owners.includes(owner)),
  };
}

function declareFix(from: ModuleFact, to: ModuleFact): string {
  const face = to.faces.find(({ name }) => name !== "default");
  const written = to.faces.some(({ name }) => name === "default") || !face ? to.name : `${to.name}::${face.name}`;
  const place = from.place ? ` (${from.place.file}:${from.place.line})` : "";
  return `if ${from.name} is meant to depend on ${to.name}, add ${JSON.stringify(written)} to uses of ${from.name}${place}; else let ${to.name} publish an event or pass the data in`;
}

function visibleFix(from: ModuleFact, to: ModuleFact, index: ModuleIndex): string {
  const parent = to.parent === null ? undefined : index.byRef.get(to.parent);
  if (parent && to.visibleTo?.length === 1 && to.visibleTo[0]?.value === parent.name)
    return `use ${parent.name}, which may pass it on, or give ${to.name} visibleTo: [${from.name}]`;
  return `ask the owners of ${to.name} to add ${JSON.stringify(from.name)} to its visibleTo, or use what ${from.name} may see`;
}

interface Rank {
  readonly level: number;
}

function ranksOf(layers: readonly LayerFact[]): Map<string, Rank> {
  return new Map(layers.flatMap(({ names }, level) => names.map((name) => [name, { level }] as const)));
}

function judgeLayers(
  from: ModuleFact,
  to: ModuleFact,
  layers: readonly LayerFact[],
  ranks: ReadonlyMap<string, Rank>,
): Breach | null {
  const upper = from.layer === null ? undefined : ranks.get(from.layer);
  const lower = to.layer === null ? undefined : ranks.get(to.layer);
  if (!upper || !lower || from.layer === to.layer) return null;
  const order = layers.map(({ names }) => names.join(" | ")).join(" > ");
  if (upper.level === lower.level) {
    return layerBreach(
      `${from.layer} and ${to.layer} stand beside each other, and neither may use the other (${order})`,
      "move what both need to a layer below, or let the layer above join them",
    );
  }
  if (upper.level > lower.level) {
    return layerBreach(
      `${from.layer} is below ${to.layer} (${order})`,
      `turn the dependency round: ${to.name} may use ${from.name}; let ${from.name} declare an interface or an event that ${to.name} fulfils`,
    );
  }
  const closed = layers.slice(upper.level + 1, lower.level).find((layer) => layer.closed);
  if (!closed) return null;
  return layerBreach(
    `it goes past the closed layer ${closed.names.join(" | ")} (${order})`,
    `go through a module of ${closed.names.join(" or ")}`,
  );
}

function layerBreach(because: string, fix: string): Breach {
  return { rule: "layer", because, fix, by: null };
}

/** Which interfaces of a module a file belongs to, remembered by file. */
function faceFinder(): (module: ModuleFact, file: string) => readonly FaceFact[] {
  const known = new Map<
    ModuleFact,
    { readonly tests: readonly ((path: string) => boolean)[]; readonly files: Map<string, readonly FaceFact[]> }
  >();
  return (module, file) => {
    let own = known.get(module);
    if (!own) known.set(module, (own = { tests: module.faces.map(({ files }) => faceTest(files)), files: new Map() }));
    let faces = own.files.get(file);
    if (!faces) {
      const { tests } = own;
      own.files.set(file, (faces = module.faces.filter((_, at) => tests[at]?.(file))));
    }
    return faces;
  };
}

function judgeFace(pair: Pair, from: ModuleFact, to: ModuleFact, faces: readonly FaceFact[], index: ModuleIndex): Breach | null {
  if (to.faceSource === "open") return null;
  const mine = faces.filter((face) => face.to === null || coversModule(face.to, from, index));
  if (faces.length === 0) return privateImport(pair, from, to, index);
  if (mine.length === 0) {
    const [face] = faces;
    const whom = face?.to?.map(({ value }) => value).join(", ") || "nobody";
    return {
      rule: "not-visible",
      because: `the interface ${to.name}::${face?.name ?? ""} is for ${whom} only`,
      fix: `use another interface of ${to.name}${allowedWay(from, to, index)}, or ask its owners to add ${JSON.stringify(from.name)} to the interface`,
      by: null,
    };
  }
  const { declaredFaces } = pair;
  if (declaredFaces === null || mine.some(({ name }) => declaredFaces.has(name))) return null;
  const [face] = mine;
  const allowed = [...declaredFaces].map((name) => `${to.name}::${name}`).join(", ");
  return {
    rule: "undeclared-use",
    because: `${from.name} declares that it uses only ${allowed}, and this file belongs to ${to.name}::${face?.name ?? ""}`,
    fix: `use ${allowed}, or add ${JSON.stringify(`${to.name}::${face?.name ?? ""}`)} to uses of ${from.name}`,
    by: null,
  };
}

function privateImport({ teamsApart }: Pair, from: ModuleFact, to: ModuleFact, index: ModuleIndex): Breach {
  const way = allowedWay(from, to, index);
  const teams = `${teamNames(from)} owns ${from.name}, ${teamNames(to)} owns ${to.name}`;
  return {
    rule: teamsApart ? "cross-team-private" : "private-import",
    because: `this file is internal to ${to.name}${teamsApart ? `, which belongs to another team (${teams})` : ""}`,
    fix:
      way === ""
        ? `${to.name} shows nothing to ${from.name}: ask its owners to make a file public`
        : `import a public file of ${to.name}${way}, or ask its owners to make this one public`,
    by: null,
  };
}

function teamNames({ owners }: ModuleFact): string {
  return owners.map((ref) => ref.slice(ref.indexOf("/") + 1)).join(" and ");
}

/** The public files that the importer may use: ` (events/**)`. */
function allowedWay(from: ModuleFact, to: ModuleFact, index: ModuleIndex): string {
  const open = to.faces.filter((face) => face.to === null || coversModule(face.to, from, index));
  const files = open.flatMap(({ name, files: globs }) =>
    globs.map((glob) => (name === "default" ? glob : `${to.name}::${name}: ${glob}`)),
  );
  const shown = files.filter((file) => !file.includes("!") && !(file.endsWith(".*") && files.includes(file.slice(0, -2))));
  return shown.length === 0 ? "" : ` (${shown.slice(0, 4).join(", ")}${shown.length > 4 ? ", …" : ""})`;
}

/** Packages are limited only where `uses` names some. */
function packageUse(module: ModuleFact, used: PackageUse): Breach | null {
  const named = (module.uses ?? []).filter(({ selector }) => selector.of === "package");
  if (
    named.length === 0 ||
    coversPackage(
      named.map(({ selector }) => selector),
      used,
    )
  )
    return null;
  const isAbout = named.some(
    ({ selector }) => ecosystemOf(selector.value) === "package" || ecosystemOf(selector.value) === ecosystemOfUse(used),
  );
  if (!isAbout) return null;
  const written = used.name.startsWith("node:") ? used.name : `${used.ecosystem}:${used.name}`;
  return {
    rule: "undeclared-use",
    because: `${module.name} does not declare that it uses ${written}`,
    fix: `add ${JSON.stringify(written)} to uses of ${module.name}, or do without it`,
    by: null,
  };
}

function ecosystemOf(value: string): string {
  return value.slice(0, value.indexOf(":"));
}

function ecosystemOfUse({ name, ecosystem }: PackageUse): string {
  return name.startsWith("node:") ? "node" : ecosystem;
}

function denied(rule: SelectorRule): Breach {
  const why = rule.why === null ? `a rule denies ${rule.fromText} -> ${rule.toText}` : rule.why;
  return {
    rule: "deny",
    because: why,
    fix: `${rule.see === null ? "do without it" : `see ${rule.see}`}; the rule stands at ${rule.place.file}:${rule.place.line}`,
    by: rule,
  };
}
