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
 */
export function patchImports(tree: FileTree, known: KnownGraph, changed: readonly string[]): KnownGraph | null {
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
  const configs = tree.read(tree.paths.filter(isImportConfig), { quiet: true });
  const part = countedImports(tree.repository, tree.paths, perFile, configs);
  const counts = new Map(known.counted);
  for (const [path, count] of part.counted) counts.set(path, count);
  const graph = merged(known, part, new Set(changed));
  return isSame(known.graph, graph) ? known : { graph, counted: counts };
}

function isSame(one: ImportGraph, other: ImportGraph): boolean {
  const columns: readonly ("files" | "from" | "to" | "lines" | "kinds")[] = ["files", "from", "to", "lines", "kinds"];
  return (
    columns.every((name) => {
      const [these, those] = [one[name], other[name]];
      return these.length === those.length && these.every((value, at) => value === those[at]);
    }) && listsOf(one) === listsOf(other)
  );
}

function listsOf({ packages, unresolved, allowances, counts }: ImportGraph): string {
  return JSON.stringify([packages, unresolved, allowances, counts]);
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
  const numbersOf = (graph: ImportGraph) => graph.files.map((file) => at.get(file) ?? 0);
  const [ofOld, ofNext] = [numbersOf(old), numbersOf(next)];
  const together = <One extends { readonly from: number }>(before: readonly One[], now: readonly One[]): One[] =>
    byFile(
      before.filter(({ from }) => !isGone[from]).map((one) => ({ ...one, from: ofOld[one.from] ?? 0 })),
      now.map((one) => ({ ...one, from: ofNext[one.from] ?? 0 })),
    );
  const edges = together(edgesOf(old, ofOld), edgesOf(next, ofNext));
  const allowances = together(old.allowances ?? [], next.allowances ?? []);
  return {
    repository: old.repository,
    files,
    from: edges.map(({ from }) => from),
    to: edges.map(({ to }) => to),
    lines: edges.map(({ line }) => line),
    kinds: edges.map(({ kind }) => kind),
    packages: together(old.packages, next.packages),
    unresolved: together(old.unresolved, next.unresolved),
    ...(allowances.length === 0 ? {} : { allowances }),
    counts: old.counts.map((count) => (count.language === "javascript" ? recounted(count, counted, part.counted) : count)),
  };
}

function edgesOf({ from, to, lines, kinds }: ImportGraph, numbers: readonly number[]) {
  return from.map((file, edge) => ({
    from: file,
    to: numbers[to[edge] ?? 0] ?? 0,
    line: lines[edge] ?? 1,
    kind: kinds[edge] ?? ("value" as const),
  }));
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
