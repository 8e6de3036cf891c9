/** Reads exported files and says what was understood; with `--output` or `--format json` the facts. */

import type { Facts } from "#model/facts.js";
import { factsPieces } from "#model/facts-json.js";
import { collectFacts, noRunningInputs, type RunningInputs, withRunningFacts } from "#run/index.js";
import { UsageError } from "#util/errors.js";
import { importSummary } from "../import-summary.js";
import { type CommonOptions, cacheDirectory, progressLine, terminal, warn, write } from "../output.js";
import { mustExist } from "../running-inputs.js";
import { readFacts } from "./assess.js";

const kinds = ["traces", "deploys", "work", "load"] as const;

/** @throws UsageError for an unknown kind and for files that are not there. */
export async function runImport(kind: string, files: readonly string[], options: CommonOptions): Promise<void> {
  const known = kinds.find((each) => each === kind);
  if (known === undefined)
    throw new UsageError(
      "DS-U26",
      `there is nothing to import of the kind ${JSON.stringify(kind)}`,
      `use one of ${kinds.join(", ")}`,
    );
  for (const file of files) mustExist(file, known);
  const inputs: RunningInputs = { ...noRunningInputs, [known]: files };
  const facts = await factsWith(inputs, options);
  const summary = importSummary(facts, known, terminal(undefined), options.output ?? null);
  if (options.format === "json" || options.output !== undefined) {
    await write(factsPieces(facts), options.output);
    if (options.output !== undefined && options.output !== "-") await write([summary], undefined);
  } else await write([summary], undefined);
}

async function factsWith(inputs: RunningInputs, options: CommonOptions): Promise<Facts> {
  if (options.facts !== undefined) return withRunningFacts(readFacts(options.facts), inputs);
  const paths = [options.path ?? "."];
  const progress = progressLine(options);
  return collectFacts({
    paths,
    config: options.config,
    cacheDirectory: cacheDirectory(options, paths),
    inputs,
    progress: progress.show,
    warn,
  }).finally(progress.done);
}
