import { diffResults, diffToText } from "#report/diff/index.js";
import { type CommonOptions, terminal, write } from "../output.js";
import { readResult } from "../read-result.js";

export async function runDiff(before: string, after: string, options: CommonOptions): Promise<void> {
  const diff = diffResults(readResult(before), readResult(after));
  const text =
    options.format === "json"
      ? `${JSON.stringify(diff, null, 2)}\n`
      : diffToText(diff, { ...terminal(options.output), people: "teams" });
  await write([text], options.output);
}
