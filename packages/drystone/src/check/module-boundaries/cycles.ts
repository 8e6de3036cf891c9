/** Circles of modules, and of files inside of one module; those that exist while the program runs and those of types alone. */
import type { Evidence } from "#model/evidence.js";
import type { ModuleFact, Policy } from "#model/modules.js";
import type { Violation } from "#model/policy.js";
import { componentRef } from "#model/refs.js";
import { fingerprint } from "#util/fingerprint.js";
import { faceTest } from "#util/globs.js";
import { strongSets } from "#util/strong-sets.js";
import { counted } from "#util/words.js";
import { type CutSet, cutSet, type WeightedEdge } from "./cut-set.js";
import { type FileTable, type Use, useAt } from "./uses.js";
import { enforcementOf, violation } from "./violating.js";

/** @param counts whether an edge of a table takes part. */
export function cycleViolations(
  policy: Policy,
  tables: readonly FileTable[],
  counts: (table: FileTable, edge: number) => boolean,
): Violation[] {
  if (policy.enforce.cycle === "off" && policy.modules.every(({ enforce }) => enforce.cycle === undefined)) return [];
  return [...moduleCycles(policy, tables, counts), ...tables.flatMap((table) => fileCycles(policy, table, counts))];
}

/** A named interface is a node of its own: reading the events of another module is no use of the rest of it. */
function moduleCycles(
  policy: Policy,
  tables: readonly FileTable[],
  counts: (table: FileTable, edge: number) => boolean,
): Violation[] {
  const nodes = faceNodes(policy.modules);
  const edges = new EdgeTable(nodes.names);
  for (const table of tables) {
    const { graph } = table;
    const nodeOf = graph.files.map((file, at) => nodes.of(table.modules[at] ?? null, file));
    for (let edge = 0; edge < graph.from.length; edge++) {
      const from = nodeOf[graph.from[edge] ?? 0] ?? -1;
      const to = nodeOf[graph.to[edge] ?? 0] ?? -1;
      if (from < 0 || to < 0 || from === to || !counts(table, edge)) continue;
      edges.add(from, to, table, edge);
    }
  }
  return circlesOf(edges.graph()).flatMap((circle) => {
    const members = [...new Set(circle.members.flatMap((node) => nodes.modules[node] ?? []))];
    if (members.length < 2) return [];
    return circleViolation(
      policy,
      circle,
      members,
      members.map(({ ref }) => ref),
      "modules",
    );
  });
}

interface FaceNodes {
  readonly names: readonly string[];
  readonly modules: readonly ModuleFact[];
  readonly of: (module: ModuleFact | null, file: string) => number;
}

function faceNodes(modules: readonly ModuleFact[]): FaceNodes {
  const names: string[] = [];
  const owners: ModuleFact[] = [];
  const add = (name: string, module: ModuleFact) => {
    owners.push(module);
    return names.push(name) - 1;
  };
  const whole = new Map(modules.map((module) => [module, add(module.name, module)]));
  const faces = new Map(
    modules.map((module) => [
      module,
      module.faces
        .filter(({ name }) => name !== "default")
        .map(({ name, files }) => ({ node: add(`${module.name}::${name}`, module), covers: faceTest(files) })),
    ]),
  );
  return {
    names,
    modules: owners,
    of: (module, file) => {
      if (module === null) return -1;
      return faces.get(module)?.find(({ covers }) => covers(file))?.node ?? whole.get(module) ?? -1;
    },
  };
}

/** In languages whose files load each other one by one; a package of Java, Go or C# is compiled as one. */
const loadsFiles = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|pyi?)$/;

function fileCycles(policy: Policy, table: FileTable, counts: (table: FileTable, edge: number) => boolean): Violation[] {
  const { graph } = table;
  const loads = Uint8Array.from(graph.files, (file) => (loadsFiles.test(file) ? 1 : 0));
  const inside: number[] = [];
  for (let edge = 0; edge < graph.from.length; edge++) {
    const from = graph.from[edge] ?? 0;
    if (loads[from] === 1 && table.modules[from] === table.modules[graph.to[edge] ?? 0] && counts(table, edge)) inside.push(edge);
  }
  const edges = new EdgeTable(graph.files);
  for (const edge of edgesInCircles(table, inside)) edges.add(graph.from[edge] ?? 0, graph.to[edge] ?? 0, table, edge);
  return circlesOf(edges.graph()).flatMap((circle) => {
    const module = table.modules[circle.members[0] ?? 0] ?? null;
    return circleViolation(
      policy,
      circle,
      module === null ? [] : [module],
      [module?.ref ?? componentRef(graph.repository)],
      "files",
    );
  });
}

/** Most imports are part of no circle: they are left out before anything is made of them. */
function edgesInCircles({ graph: { files, from, to } }: FileTable, edges: readonly number[]): number[] {
  const circleOf = new Int32Array(files.length).fill(-1);
  const sets = strongSets(
    files.length,
    edges.map((edge) => from[edge] ?? 0),
    edges.map((edge) => to[edge] ?? 0),
  );
  for (const [index, members] of sets.entries()) for (const member of members) circleOf[member] = index;
  return edges.filter((edge) => {
    const circle = circleOf[from[edge] ?? 0] ?? -1;
    return circle >= 0 && circle === circleOf[to[edge] ?? 0];
  });
}

/** Collects imports into edges between numbered nodes. */
class EdgeTable {
  readonly #names: readonly string[];
  readonly #edges = new Map<number, { from: number; to: number; typed: boolean; places: { table: FileTable; edge: number }[] }>();

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  add(from: number, to: number, table: FileTable, edge: number): void {
    const key = from * this.#names.length + to;
    const typed = table.graph.kinds[edge] === "type";
    const known = this.#edges.get(key);
    if (!known) this.#edges.set(key, { from, to, typed, places: [{ table, edge }] });
    else {
      known.typed &&= typed;
      known.places.push({ table, edge });
    }
  }

  graph(): LazyGraph {
    const edges = [...this.#edges.values()];
    return { names: this.#names, edges };
  }
}

interface LazyGraph {
  readonly names: readonly string[];
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    readonly typed: boolean;
    readonly places: readonly { readonly table: FileTable; readonly edge: number }[];
  }[];
}

interface Circle {
  readonly members: readonly number[];
  /** Of all members. */
  readonly names: readonly string[];
  readonly isRuntime: boolean;
  /** A shortest way round, by name; the first name stands at both ends. */
  readonly path: readonly string[];
  readonly cut: CutSet;
  /** Imports of the edges to cut. */
  readonly uses: readonly Use[];
  /** Imports of the other steps of the way round. */
  readonly others: readonly Use[];
}

/** Runtime circles first; of those with types only the ones that no runtime circle explains. */
function circlesOf(graph: LazyGraph): Circle[] {
  const runtime = graph.edges.filter(({ typed }) => !typed);
  const hard = setsOf(graph, runtime);
  const inside = new Map<number, number>();
  for (const [index, members] of hard.entries()) for (const member of members) inside.set(member, index);
  const soft = setsOf(graph, graph.edges).filter((members) => {
    // A larger set around a runtime circle is worth a word only when nothing of it runs in a circle.
    return members.every((member) => !inside.has(member));
  });
  return [
    ...hard.map((members) => circle(graph, runtime, members, true)),
    ...soft.map((members) => circle(graph, graph.edges, members, false)),
  ];
}

function setsOf({ names }: LazyGraph, edges: LazyGraph["edges"]): number[][] {
  return strongSets(
    names.length,
    edges.map(({ from }) => from),
    edges.map(({ to }) => to),
  );
}

function circle({ names: all }: LazyGraph, edges: LazyGraph["edges"], members: readonly number[], isRuntime: boolean): Circle {
  const isMember = new Set(members);
  const within = edges.filter(({ from, to }) => isMember.has(from) && isMember.has(to));
  const name = (node: number) => all[node] ?? "";
  const weighted = within.map(
    ({ from, to, places }): WeightedEdge => ({ from: name(from), to: name(to), weight: places.length }),
  );
  const names = members.map(name);
  const cut = cutSet(names, weighted);
  const usesOf = (wanted: ReadonlySet<string>) =>
    within
      .filter(({ from, to }) => wanted.has(`${name(from)}\n${name(to)}`))
      .flatMap(({ places }) => places.map(({ table, edge }) => useAt(table.graph, edge)))
      .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  const isCut = new Set(cut.edges.map(({ from, to }) => `${from}\n${to}`));
  const path = shortestRound(weighted, cut.edges[0]);
  const steps = new Set(path.slice(1).map((to, at) => `${path[at]}\n${to}`));
  const uses = usesOf(isCut);
  const others = usesOf(steps).filter(
    (use) => !uses.some((one) => one.file === use.file && one.line === use.line && one.to === use.to),
  );
  return { members, names, isRuntime, path, cut, uses, others };
}

/** From the edge to cut back to where it starts. */
function shortestRound(edges: readonly WeightedEdge[], first: WeightedEdge | undefined): string[] {
  if (!first) return [];
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const known = targets.get(from);
    if (known) known.push(to);
    else targets.set(from, [to]);
  }
  const before = new Map<string, string>([[first.to, ""]]);
  for (const node of before.keys()) {
    if (node === first.from) break;
    for (const target of targets.get(node) ?? []) if (!before.has(target)) before.set(target, node);
  }
  const path: string[] = [];
  for (let node: string | undefined = first.from; node !== undefined && node !== ""; node = before.get(node)) path.unshift(node);
  return [first.from, ...path];
}

function circleViolation(
  policy: Policy,
  { members, names, isRuntime, path, cut, uses, others }: Circle,
  modules: readonly ModuleFact[],
  subjects: readonly string[],
  what: "modules" | "files",
): Violation[] {
  const words = modules.map((module) => enforcementOf(policy, "cycle", module, null));
  const strictest =
    (["strict", "new", "warn", "off"] as const).find((word) => words.includes(word)) ??
    enforcementOf(policy, "cycle", null, null);
  if (strictest === "off" || (!isRuntime && policy.types === "ignore")) return [];
  const [first] = uses;
  const imports = cut.edges.reduce((sum, { weight }) => sum + weight, 0);
  const folder = what === "files" ? commonFolder(names) : "";
  const short = (name: string) => (name.startsWith(folder) ? name.slice(folder.length) : name);
  const edges = cut.edges
    .slice(0, 3)
    .map(({ from, to, weight }) => `${short(from)} -> ${short(to)} (${counted(weight, "import")})`);
  const more = cut.edges.length > 3 ? ` and ${cut.edges.length - 3} more` : "";
  const round = path.map(short);
  const shown = round.length > 8 ? [...round.slice(0, 4), `… ${round.length - 7} more …`, ...round.slice(-3)] : round;
  const sure = cut.exact ? "the fewest imports that open it" : "enough to open it; fewer may do";
  const place = first ? { repository: first.repository, file: first.file, line: first.line } : null;
  const where = folder === "" ? "" : ` in ${folder.slice(0, -1)}`;
  const size = what === "files" ? members.length : modules.length;
  return [
    violation({
      rule: "cycle",
      enforcement: isRuntime ? strictest : "warn",
      module: subjects[0] ?? "",
      subjects,
      from: what === "modules" ? subjects.join(" ") : (first?.file ?? ""),
      to: what === "modules" ? "circle" : `circle of ${members.length}: ${fingerprint(...[...path].sort())}`,
      kind: isRuntime ? "value" : "type",
      message: `${size} ${what} use each other in a circle${isRuntime ? "" : " of types"}${where}: ${shown.join(" -> ")}`,
      fix: `Cut ${edges.join(", ")}${more}: ${sure}. Move what both sides need to a third place, or turn one of them round with an event or an interface.`,
      location: place,
      value: imports,
      unit: "imports to cut",
      evidence: [...uses, ...others]
        .slice(0, 20)
        .map(({ repository, file, line, to }): Evidence => ({ type: "file", repository, file, line, text: `imports ${to}` })),
      evidenceTotal: uses.length + others.length,
    }),
  ];
}

/** The folder that all names share, with its slash. */
function commonFolder(names: readonly string[]): string {
  const [first = ""] = names;
  let length = first.lastIndexOf("/") + 1;
  while (length > 0 && !names.every((name) => name.startsWith(first.slice(0, length))))
    length = first.lastIndexOf("/", length - 2) + 1;
  return first.slice(0, length);
}
