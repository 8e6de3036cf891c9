/** The import graph after a few files changed: only they are read and resolved again. */
import type { FileTree } from "#collect/files/index.js";
import type { ImportGraph } from "#model/facts.js";
import type { FileImports } from "./file-imports.js";
import { frontEndOf } from "./front-ends.js";
import { countedImports, type FileCounts } from "./resolve-imports.js";
import { isImportConfig, scanImports } from "./scan-imports.js";

/** A graph of the same files and build files, with what each file added to its counts. */
export interface KnownGraph {
  readonly graph: ImportGraph;
  readonly counted: ReadonlyMap<string, FileCounts>;
}

/**
 * What `collectImports` would give, from what it gave before `changed` were edited; no file came, went or was renamed, no build file changed.
 * Null where that does not follow: in languages in which what one file declares decides where the imports of others lead, and for files that
 * could not be read whole, before or now. The very same value when what they import is the same, line by line.
 * @param asked files with all build files among them.
 */
export function patchImports(
  tree: FileTree,
  known: KnownGraph,
  changed: readonly string[],
  asked: readonly string[],
): KnownGraph | null {
  if (changed.length === 0) return known;
  if (!changed.every((path) => known.counted.has(path) && frontEndOf(path)?.languages.includes("javascript") === true))
    return null;
  // Quiet: when it does not follow, all is read again, and that tells what cannot be.
  const texts = tree.read(changed, { quiet: true });
  const perFile = new Map<string, FileImports>();
  for (const path of changed) {
    const text = texts.get(path);
    const file = text === undefined ? null : scanImports(path, text);
    if (file === null || file.problem !== null) return null;
    perFile.set(path, file);
  }
  const configs = tree.read(asked.filter(isImportConfig), { quiet: true });
  const part = countedImports(tree.repository, tree.paths, perFile, configs);
  const gone = new Set(changed);
  if (isSame(known, part, gone)) return known;
  return { graph: merged(known, part, gone), counted: new Map([...known.counted, ...part.counted]) };
}

/** Whether the changed files import what they did. */
function isSame(known: KnownGraph, part: KnownGraph, changed: ReadonlySet<string>): boolean {
  const said = ({ graph, counted }: KnownGraph) => {
    const { files, from, to, lines, kinds, packages, unresolved, allowances = [] } = graph;
    const own = new Set([...files.keys()].filter((at) => changed.has(files[at] ?? "")));
    const edges: unknown[] = [];
    for (const [edge, file] of from.entries())
      if (own.has(file)) edges.push([files[file], files[to[edge] ?? 0], lines[edge], kinds[edge]]);
    const named = [packages, unresolved, allowances].map((list) =>
      list.flatMap((one) => (own.has(one.from) ? { ...one, from: files[one.from] } : [])),
    );
    return JSON.stringify([edges, named, [...changed].map((file) => counted.get(file))]);
  };
  return said(known) === said(part);
}

function merged({ graph: old, counted }: KnownGraph, part: KnownGraph, changed: ReadonlySet<string>): ImportGraph {
  const next = part.graph;
  const isGone = old.files.map((file) => changed.has(file));
  const isUsed = new Uint8Array(old.files.length);
  for (const [edge, from] of old.from.entries()) if (!isGone[from]) isUsed[from] = isUsed[old.to[edge] ?? 0] = 1;
  for (const list of [old.packages, old.unresolved, old.allowances ?? []])
    for (const { from } of list) if (!isGone[from]) isUsed[from] = 1;
  const files = [...new Set([...old.files.filter((_, at) => isUsed[at] === 1), ...next.files])].sort();
  const at = new Map(files.map((file, index) => [file, index]));
  const numbersOf = (graph: ImportGraph) => Int32Array.from(graph.files, (file) => at.get(file) ?? 0);
  const [ofOld, ofNext] = [numbersOf(old), numbersOf(next)];
  const together = <One extends { readonly from: number }>(before: readonly One[], now: readonly One[]): One[] =>
    byFile(
      before.filter(({ from }) => !isGone[from]).map((one) => ({ ...one, from: ofOld[one.from] ?? 0 })),
      now.map((one) => ({ ...one, from: ofNext[one.from] ?? 0 })),
    );
  const allowances = together(old.allowances ?? [], next.allowances ?? []);
  return {
    repository: old.repository,
    files,
    ...mergedEdges(old, next, isGone, ofOld, ofNext),
    packages: together(old.packages, next.packages),
    unresolved: together(old.unresolved, next.unresolved),
    ...(allowances.length === 0 ? {} : { allowances }),
    counts: old.counts.map((count) => (count.language === "javascript" ? recounted(count, counted, part.counted) : count)),
  };
}

/** Column by column: there are tens of thousands. Both are sorted by file, and no file is in both. */
function mergedEdges(
  old: ImportGraph,
  next: ImportGraph,
  isGone: readonly boolean[],
  ofOld: Int32Array,
  ofNext: Int32Array,
): Pick<ImportGraph, "from" | "to" | "lines" | "kinds"> {
  const edges = {
    from: [] as number[],
    to: [] as number[],
    lines: [] as number[],
    kinds: [] as ImportGraph["kinds"][number][],
  };
  let taken = 0;
  for (let edge = 0; edge < old.from.length; edge++) {
    const source = old.from[edge] ?? 0;
    if (isGone[source]) continue;
    const from = ofOld[source] ?? 0;
    while (taken < next.from.length && (ofNext[next.from[taken] ?? 0] ?? 0) < from) add(next, taken++, ofNext);
    add(old, edge, ofOld);
  }
  while (taken < next.from.length) add(next, taken++, ofNext);
  return edges;

  function add({ from, to, lines, kinds }: ImportGraph, edge: number, numbers: Int32Array): void {
    edges.from.push(numbers[from[edge] ?? 0] ?? 0);
    edges.to.push(numbers[to[edge] ?? 0] ?? 0);
    edges.lines.push(lines[edge] ?? 1);
    edges.kinds.push(kinds[edge] ?? "value");
  }
}

/** Both are sorted by file, and no file is in both. */
function byFile<One extends { readonly from: number }>(one: readonly One[], other: readonly One[]): One[] {
  const all: One[] = [];
  let at = 0;
  for (const item of one) {
    for (let next = other[at]; next !== undefined && next.from < item.from; next = other[++at]) all.push(next);
    all.push(item);
  }
  for (const item of other.slice(at)) all.push(item);
  return all;
}

function recounted(
  count: ImportGraph["counts"][number],
  before: ReadonlyMap<string, FileCounts>,
  now: ReadonlyMap<string, FileCounts>,
): ImportGraph["counts"][number] {
  let { imports, resolved, packages, unresolved } = count;
  for (const [path, [hasImports, hasResolved, hasPackages, hasUnresolved]] of now) {
    const [had = 0, hadResolved = 0, hadPackages = 0, hadUnresolved = 0] = before.get(path) ?? [];
    imports += hasImports - had;
    resolved += hasResolved - hadResolved;
    packages += hasPackages - hadPackages;
    unresolved += hasUnresolved - hadUnresolved;
  }
  return { ...count, imports, resolved, packages, unresolved };
}
