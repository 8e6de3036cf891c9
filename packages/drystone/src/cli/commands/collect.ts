import { factsPieces } from "#model/facts-json.js";
import { collectFacts } from "#run/index.js";
import { type CommonOptions, cacheDirectory, progressLine, warn, write } from "../output.js";

/** Writes facts, one line of JSON. */
export async function runCollect(paths: readonly string[], options: CommonOptions): Promise<void> {
  const progress = progressLine(options);
  const facts = await collectFacts({
    paths,
    config: options.config,
    cacheDirectory: cacheDirectory(options, paths),
    configRepositories: options.configRepo ?? [],
    onlyHistory: options.only === "history",
    progress: progress.show,
    warn,
  }).finally(progress.done);
  await write(factsPieces(facts), options.output);
}
