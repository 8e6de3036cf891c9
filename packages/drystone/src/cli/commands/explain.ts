import { explain } from "#report/explain/index.js";
import { type CommonOptions, terminal, write } from "../output.js";
import { readResult } from "../read-result.js";
import { resultOf } from "./assess.js";

export async function runExplain(what: readonly string[], options: CommonOptions): Promise<void> {
  const result = options.result !== undefined ? readResult(options.result) : await resultOf([options.path ?? "."], options);
  await write([explain(result, what, { ...terminal(options.output), people: options.people ?? "handles" })], options.output);
}
