import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "#model/result.js";
import { splitQuestions } from "#report/advice/index.js";
import { explain } from "#report/explain/index.js";
import { adviseFacts } from "#run/index.js";
import { type CommonOptions, terminal, write } from "../output.js";
import { readResult } from "../read-result.js";
import { factsOf, resultOf } from "./assess.js";

export async function runExplain(what: readonly string[], options: CommonOptions): Promise<void> {
  const result = options.result !== undefined ? readResult(options.result) : await resultFor(what, options);
  const folders = options.result !== undefined ? {} : foldersOf(result, options.path ?? ".");
  await write(
    [explain(result, what, { ...terminal(options.output), people: options.people ?? "handles", folders })],
    options.output,
  );
}

/** A question of advice is asked of the part that is named: `explain changes-alone payments`. */
async function resultFor([code = "", name]: readonly string[], options: CommonOptions): Promise<Result> {
  const paths = [options.path ?? "."];
  const id = code.split("/")[0] ?? code;
  if (name === undefined || !splitQuestions.includes(id)) return resultOf(paths, options);
  const { window, changeSet, asOf } = options;
  return adviseFacts(await factsOf(paths, options), { decision: "split", names: [name] }, { window, changeSet, asOf });
}

/** Folders that the printed git commands work in, seen from where the reader stands. */
function foldersOf(result: Result, path: string): Record<string, string> {
  const { repositories } = result.inputs;
  if (repositories.length === 1) return Object.fromEntries(repositories.map(({ id }) => [id, path]));
  return Object.fromEntries(
    repositories.map(({ id }) => [id, join(path, id)] as const).filter(([, folder]) => existsSync(folder)),
  );
}
