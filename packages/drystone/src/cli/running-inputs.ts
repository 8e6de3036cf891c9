/** Exported files named on the command line. */
import { existsSync, statSync } from "node:fs";
import { noRunningInputs, type RunningInputs } from "#run/index.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import type { CommonOptions } from "./output.js";

/** @throws UsageError for a file that is not there: what was asked for must not be passed over. */
export function runningInputs(options: CommonOptions): RunningInputs {
  const given = {
    traces: options.traces ?? [],
    deploys: options.deploys ?? [],
    work: options.work ?? [],
    load: options.load ?? [],
  };
  for (const [name, files] of Object.entries(given)) for (const file of files) mustExist(file, name);
  return { ...noRunningInputs, ...given };
}

/** A pipe is fine: `--traces <(kubectl …)`. */
export function mustExist(file: string, name: string): void {
  if (!existsSync(file))
    throw new UsageError("DS-U21", `${printable(file)} does not exist`, `pass the file of the exported ${name}`);
  if (statSync(file).isDirectory())
    throw new UsageError("DS-U21", `${printable(file)} is a folder`, "pass its files, one option for each");
}
