/** Who imports whom, file by file: read from source, nothing run, installed or built. */
import type { FileTree } from "#collect/files/index.js";
import type { ImportGraph, Problem } from "#model/facts.js";
import type { FileImports } from "./file-imports.js";
import { resolveImports } from "./resolve-imports.js";
import { isImportConfig, isScanned, scanImports } from "./scan-imports.js";

/** Texts in memory at a time. */
const filesAtOnce = 1000;

/** The graph of one repository. `skip` leaves files out as importers; they can still be imported. */
export function collectImports(
  tree: FileTree,
  options: { readonly skip?: (path: string) => boolean } = {},
): { graph: ImportGraph; problems: Problem[] } {
  const problems: Problem[] = [];
  const perFile = new Map<string, FileImports>();
  const scanned = tree.paths.filter((path) => isScanned(path) && !options.skip?.(path));
  for (let at = 0; at < scanned.length; at += filesAtOnce) {
    for (const [path, text] of tree.read(scanned.slice(at, at + filesAtOnce))) {
      const file = scanImports(path, text);
      if (file === null) continue;
      perFile.set(path, file);
      if (file.problem !== null) {
        problems.push({
          path,
          line: null,
          message: `${path} ${file.problem}`,
          hint: "other imports of this file are not in the graph",
        });
      }
    }
  }
  const configs = perFile.size === 0 ? new Map<string, string>() : tree.read(tree.paths.filter(isImportConfig));
  return { graph: resolveImports(tree.repository, tree.paths, perFile, configs), problems };
}
