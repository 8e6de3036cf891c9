/** Findings in the formats of other tools. */
import { appendFileSync } from "node:fs";
import type { Result } from "#model/result.js";
import { checkMarkdown } from "#report/comment/index.js";
import { toGithub } from "#report/github/index.js";
import { toGitlab } from "#report/gitlab/index.js";
import { toJunit } from "#report/junit/index.js";
import { toSarif } from "#report/sarif/index.js";
import { type CommonOptions, warn } from "./output.js";

/** With `github` the summary goes to `$GITHUB_STEP_SUMMARY`, where that is set. */
export function renderFindings(result: Result, format: CommonOptions["format"]): string {
  switch (format) {
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
      return checkMarkdown(result, { most: 20 });
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
