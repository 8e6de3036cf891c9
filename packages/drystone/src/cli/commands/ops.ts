/** `drystone ops`: the operational baseline in files, in a running service, and what is missing of it as files. */
import { baselineToText } from "#report/baseline/index.js";
import { toJson } from "#report/json/index.js";
import { toMarkdown } from "#report/markdown/index.js";
import { collectFacts } from "#run/index.js";
import { checkBaseline } from "#run/ops-check.js";
import { type CommonOptions, cacheDirectory, progressLine, terminal, warn, write } from "../output.js";
import { hasFinding, readFacts } from "./assess.js";

export async function runOpsCheck(paths: readonly string[], options: CommonOptions): Promise<void> {
  const facts = options.facts !== undefined ? readFacts(options.facts) : await collectAll(paths, options);
  const result = await checkBaseline(facts, { asOf: options.asOf });
  const text =
    options.format === "json"
      ? toJson(result)
      : options.format === "markdown"
        ? toMarkdown(result, { people: "teams" })
        : baselineToText(result, { ...terminal(options.output), people: "teams" });
  await write([text], options.output);
  if (hasFinding(result, options.failOn ?? "error")) process.exitCode = 1;
}

async function collectAll(paths: readonly string[], options: CommonOptions) {
  const progress = progressLine(options);
  return collectFacts({
    paths,
    config: options.config,
    cacheDirectory: cacheDirectory(options, paths),
    configRepositories: options.configRepo ?? [],
    progress: progress.show,
    warn,
  }).finally(progress.done);
}
