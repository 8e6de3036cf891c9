/** Who imports whom, file by file: read from source, nothing run, installed or built. */
import { type FileTree, stampSize } from "#collect/files/index.js";
import type { ImportGraph, Problem } from "#model/facts.js";
import type { FileImports } from "./file-imports.js";
import type { ImportCache } from "./import-cache.js";
import { countedImports, type FileCounts } from "./resolve-imports.js";
import { isImportConfig, isScanned, scanImports } from "./scan-imports.js";

/** Texts in memory at a time. */
const filesAtOnce = 1000;

/** The graph of one repository. `skip` leaves files out as importers; they can still be imported. */
export function collectImports(
  tree: FileTree,
  options: { readonly skip?: (path: string) => boolean; readonly cache?: ImportCache } = {},
): { graph: ImportGraph; problems: Problem[]; counted: ReadonlyMap<string, FileCounts> } {
  const problems: Problem[] = [];
  const perFile = new Map<string, FileImports>();
  const scanned = tree.paths.filter((path) => isScanned(path) && !options.skip?.(path));
  const { cache } = options;
  const stampOf = cache === undefined ? () => null : stampsOf(tree, scanned);
  const add = (path: string, file: FileImports): void => {
    perFile.set(path, file);
    if (file.problem === null) return;
    problems.push({
      path,
      line: null,
      message: `${path} ${file.problem}`,
      hint: "other imports of this file are not in the graph",
    });
  };
  const unknown = scanned.filter((path) => {
    const known = cache?.unchanged(path, stampOf(path));
    if (known) add(path, known);
    return !known;
  });
  for (let at = 0; at < unknown.length; at += filesAtOnce) {
    for (const [path, text] of tree.read(unknown.slice(at, at + filesAtOnce))) {
      const file = cache?.ofText(path, text, stampOf(path)) ?? scanImports(path, text);
      if (file === null) continue;
      cache?.keep(path, text, stampOf(path), file);
      add(path, file);
    }
  }
  cache?.save();
  const configs = perFile.size === 0 ? new Map<string, string>() : tree.read(tree.paths.filter(isImportConfig));
  return { ...countedImports(tree.repository, tree.paths, perFile, configs), problems };
}

function stampsOf(tree: FileTree, paths: readonly string[]): (path: string) => Float64Array | null {
  const stamps = tree.stamps?.(paths);
  const at = new Map(paths.map((path, index) => [path, index * stampSize]));
  return (path) => {
    const start = at.get(path);
    return stamps === undefined || start === undefined || stamps[start] === -1 ? null : stamps.subarray(start, start + stampSize);
  };
}
