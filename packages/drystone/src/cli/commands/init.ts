import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { collectFacts, declarationText } from "#run/index.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { type CommonOptions, cacheDirectory, progressLine, warn, write } from "../output.js";

/** Writes `drystone.yaml` into the folder, or to `--output`. @throws UsageError when there is one already. */
export async function runInit(path: string, options: CommonOptions): Promise<void> {
  const file = join(path, "drystone.yaml");
  if (options.output === undefined && existsSync(file) && !options.force) {
    throw new UsageError("DS-U25", `${printable(file)} exists already`, "edit it, or replace it with --force");
  }
  const progress = progressLine(options);
  const facts = await collectFacts({
    paths: [path],
    cacheDirectory: cacheDirectory(options, [path]),
    progress: progress.show,
    warn,
  }).finally(progress.done);
  const text = declarationText(facts);
  if (options.output !== undefined) {
    await write([text], options.output);
    return;
  }
  writeFileSync(file, text);
  process.stderr.write(
    `wrote ${printable(file)}: ${facts.components.length} components, ${facts.teams.length} teams. Correct it, then: drystone ${printable(path)}\n`,
  );
}
