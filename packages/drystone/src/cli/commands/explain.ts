import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "#model/result.js";
import { explain } from "#report/explain/index.js";
import { type CommonOptions, terminal, write } from "../output.js";
import { readResult } from "../read-result.js";
import { resultOf } from "./assess.js";

export async function runExplain(what: readonly string[], options: CommonOptions): Promise<void> {
  const result = options.result !== undefined ? readResult(options.result) : await resultOf([options.path ?? "."], options);
  const folders = options.result !== undefined ? {} : foldersOf(result, options.path ?? ".");
  await write(
    [explain(result, what, { ...terminal(options.output), people: options.people ?? "handles", folders })],
    options.output,
  );
}

/** Folders that the printed git commands work in, seen from where the reader stands. */
function foldersOf(result: Result, path: string): Record<string, string> {
  const { repositories } = result.inputs;
  if (repositories.length === 1) return Object.fromEntries(repositories.map(({ id }) => [id, path]));
  return Object.fromEntries(
    repositories.map(({ id }) => [id, join(path, id)] as const).filter(([, folder]) => existsSync(folder)),
  );
}
