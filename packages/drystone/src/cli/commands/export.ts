import type { Result } from "#model/result.js";
import { toDot, toMermaid } from "#report/graph/index.js";
import { toSarif } from "#report/sarif/index.js";
import { check } from "#run/check.js";
import { type CommonOptions, cacheDirectory, progressLine, warn, write } from "../output.js";
import { readResult } from "../read-result.js";
import { resultOf } from "./assess.js";

/** Modules come from `check`, components from `assess`, either from a result that was written before. */
export async function runExport(
  format: "mermaid" | "dot" | "sarif",
  paths: readonly string[],
  options: CommonOptions,
): Promise<void> {
  const of = options.of ?? "modules";
  const result = await exportedResult(paths, options, format === "sarif" ? "modules" : of);
  const text = format === "sarif" ? toSarif(result) : format === "dot" ? toDot(result, of) : toMermaid(result, of);
  await write([text], options.output);
}

async function exportedResult(paths: readonly string[], options: CommonOptions, of: "modules" | "components"): Promise<Result> {
  if (options.result !== undefined) return readResult(options.result);
  if (of === "components") return resultOf(paths, options);
  const progress = progressLine(options);
  try {
    return await check({
      paths,
      config: options.config,
      cacheDirectory: cacheDirectory(options, paths),
      progress: progress.show,
      warn,
    });
  } finally {
    progress.done();
  }
}
