/** Of what the files are read: which trees, and what drystone.yaml says of them. */
import { basename, resolve } from "node:path";
import type { SystemDeclaration } from "#collect/config/index.js";
import { type FileTree, treeOf } from "#collect/files/index.js";
import { type Clone, type CloneState, locateClones } from "#collect/git/index.js";
import { printable } from "#util/escape.js";
import { declarationOf } from "./declaration.js";
import type { CollectOptions } from "./options.js";

export interface FilesFrame {
  readonly clones: readonly Clone[];
  /** Parallel to the clones. */
  readonly trees: readonly FileTree[];
  /** Repositories of configuration servers: their settings are read, their history is not. */
  readonly configTrees: readonly FileTree[];
  readonly declaration: SystemDeclaration;
  readonly systemName: string;
}

/** @throws UsageError for a configuration with a mistake. */
export function filesFrame(
  options: Pick<CollectOptions, "paths" | "config" | "configRepositories">,
  clones: readonly Clone[],
  states: readonly CloneState[],
): FilesFrame {
  const trees = clones.map((clone, index) => treeOf(clone, states[index], clones));
  const served = options.configRepositories ?? [];
  const configTrees = served.length === 0 ? [] : locateClones(served).map((clone) => treeOf(clone, undefined));
  const declaration = declarationOf(options, trees);
  const systemName = declaration.system ?? (clones.length === 1 ? (clones[0]?.id ?? "system") : folderName(options.paths));
  return { clones, trees, configTrees, declaration, systemName };
}

function folderName(paths: readonly string[]): string {
  const [only] = paths;
  return paths.length === 1 && only !== undefined ? printable(basename(resolve(only))) || "system" : "system";
}
