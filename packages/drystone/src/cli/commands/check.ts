import type { Result } from "#model/result.js";
import { checkToText } from "#report/check/index.js";
import { toJson } from "#report/json/index.js";
import { check } from "#run/check.js";
import { type CommonOptions, cacheDirectory, progressLine, terminal, warn, write } from "../output.js";

const severities = ["note", "warning", "error"] as const;

/** Exit 1 for a finding at or above `--fail-on` (error) that nobody accepted and, with `--against`, that is new. */
export async function runCheck(paths: readonly string[], options: CommonOptions): Promise<void> {
  const progress = progressLine(options);
  const result = await check({
    paths,
    config: options.config,
    cacheDirectory: cacheDirectory(options, paths),
    asOf: options.asOf,
    against: options.against,
    strictAccepted: options.strictAccepted ?? false,
    ...(Array.isArray(options.only) ? { only: options.only } : {}),
    progress: progress.show,
    warn,
  });
  progress.done();
  if (options.format === "html") await (await import("../write-page.js")).writePage(result, null, options);
  else await write([await renderCheck(result, options)], options.output);
  if (failsCheck(result, options)) process.exitCode = 1;
}

/** True when a finding at or above `--fail-on` is neither accepted nor older than the change. */
export function failsCheck(result: Result, options: CommonOptions): boolean {
  const least = severities.indexOf(options.failOn ?? "error");
  return result.assessments.some(({ findings }) =>
    findings.some(
      ({ severity, state, baseline }) =>
        state !== "accepted" && baseline !== "unchanged" && severities.indexOf(severity) >= least,
    ),
  );
}

/** A result of a check in the format that was asked for. */
export async function renderCheck(result: Result, options: CommonOptions): Promise<string> {
  if (options.format === "json") return toJson(result);
  if (options.format === undefined || options.format === "text") return checkToText(result, terminal(options.output));
  // What fewer ask for is loaded when it is asked for.
  return (await import("../render-findings.js")).renderFindings(result, options.format);
}
