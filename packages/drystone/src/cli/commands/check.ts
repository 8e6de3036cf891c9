import type { Result } from "#model/result.js";
import { checkToText } from "#report/check/index.js";
import { toJson } from "#report/json/index.js";
import { check } from "#run/check.js";
import { type CommonOptions, cacheDirectory, progressLine, terminal, warn, write } from "../output.js";

const severities = ["note", "warning", "error"] as const;

/** Exit 1 for a finding at or above `--fail-on` (error) that nobody accepted. */
export async function runCheck(paths: readonly string[], options: CommonOptions): Promise<void> {
  const progress = progressLine(options);
  const result = await check({
    paths,
    config: options.config,
    cacheDirectory: cacheDirectory(options, paths),
    asOf: options.asOf,
    progress: progress.show,
    warn,
  });
  progress.done();
  await write([await render(result, options)], options.output);
  const least = severities.indexOf(options.failOn ?? "error");
  const fails = result.assessments.some(({ findings }) =>
    findings.some(({ severity, state }) => state !== "accepted" && severities.indexOf(severity) >= least),
  );
  if (fails) process.exitCode = 1;
}

async function render(result: Result, options: CommonOptions): Promise<string> {
  if (options.format === "json") return toJson(result);
  if (options.format === "markdown") {
    const { toMarkdown } = await import("#report/markdown/index.js");
    return toMarkdown(result, { people: options.people ?? "teams" });
  }
  return checkToText(result, terminal(options.output));
}
