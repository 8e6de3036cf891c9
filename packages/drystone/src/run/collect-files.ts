/** What the files of the repositories say; what reads them is loaded only when a file has changed. */
import type { Clone, CloneState } from "#collect/git/index.js";
import { declaredInputs } from "./declared-inputs.js";
import { type FilesFrame, filesFrame } from "./files-frame.js";
import { filesMemory } from "./files-memory.js";
import type { CollectOptions } from "./options.js";
import type { ReadFacts } from "./read-files.js";
import type { RunningInputs } from "./running-inputs.js";

export interface FilesFacts extends ReadFacts {
  /** Parallel to the clones. */
  readonly paths: readonly (readonly string[])[];
  /** Exported files that drystone.yaml names. */
  readonly inputs: RunningInputs;
}

/** @throws UsageError for a configuration with a mistake. */
export async function collectFiles(
  options: CollectOptions,
  clones: readonly Clone[],
  states: readonly CloneState[],
): Promise<FilesFacts> {
  options.progress?.("reading manifests");
  const frame = filesFrame(options, clones, states);
  const memory = options.cacheDirectory === null ? null : filesMemory(options.cacheDirectory, frame);
  const remembered = memory?.recall() ?? null;
  const read = remembered ?? (await import("./read-files.js")).readFiles(memory?.frame ?? frame, options);
  if (remembered === null) memory?.keep(read);
  return withInputs(read, frame, options);
}

/** Exported files are looked for in each run: they may lie outside of the repositories, or be ignored there. */
export function withInputs(
  read: ReadFacts,
  { clones, trees, declaration }: FilesFrame,
  options: Pick<CollectOptions, "paths" | "config">,
): FilesFacts {
  const { inputs, problems } = declaredInputs(declaration, options, clones);
  return { ...read, paths: trees.map((tree) => tree.paths), inputs, problems: [...read.problems, ...problems] };
}
