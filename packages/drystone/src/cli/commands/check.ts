import { appendFileSync } from "node:fs";
import type { Result } from "#model/result.js";
import { checkMarkdown } from "#report/_shared/index.js";
import { checkToText } from "#report/check/index.js";
import { toGithub } from "#report/github/index.js";
import { toGitlab } from "#report/gitlab/index.js";
import { toJson } from "#report/json/index.js";
import { toJunit } from "#report/junit/index.js";
import { toSarif } from "#report/sarif/index.js";
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
    progress: progress.show,
    warn,
  });
  progress.done();
  await write([renderCheck(result, options)], options.output);
  const least = severities.indexOf(options.failOn ?? "error");
  const fails = result.assessments.some(({ findings }) =>
    findings.some(
      ({ severity, state, baseline }) =>
        state !== "accepted" && baseline !== "unchanged" && severities.indexOf(severity) >= least,
    ),
  );
  if (fails) process.exitCode = 1;
}

/** A result of a check in the format that was asked for; with `github` the summary goes to `$GITHUB_STEP_SUMMARY`. */
export function renderCheck(result: Result, options: CommonOptions): string {
  switch (options.format) {
    case "json":
      return toJson(result);
    case "markdown":
      return checkMarkdown(result, { most: 20 });
    case "sarif":
      return toSarif(result);
    case "gitlab":
      return toGitlab(result);
    case "junit":
      return toJunit(result);
    case "github": {
      const { annotations, summary } = toGithub(result);
      appendSummary(summary);
      return annotations;
    }
    default:
      return checkToText(result, terminal(options.output));
  }
}

function appendSummary(summary: string): void {
  const file = process.env["GITHUB_STEP_SUMMARY"];
  if (!file) return;
  try {
    appendFileSync(file, summary);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "error";
    warn(
      `the step summary could not be written (${reason})`,
      "the annotations are complete; set GITHUB_STEP_SUMMARY to a writable file",
    );
  }
}
