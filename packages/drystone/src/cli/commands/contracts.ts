import type { Finding, Result } from "#model/result.js";
import { contractsToMarkdown, contractsToText } from "#report/contracts/index.js";
import { toJson } from "#report/json/index.js";
import { diffContracts } from "#run/contracts-diff.js";
import { readFilesFacts } from "#run/files-facts.js";
import { type CommonOptions, progressLine, terminal, write } from "../output.js";

export interface ContractsOptions extends CommonOptions {
  readonly wire?: boolean;
  readonly consumed?: boolean;
}

/** Two versions of contracts; exit 1 when one breaks, or as `--fail-on` says. */
export async function runContractsDiff(from: readonly string[], options: ContractsOptions): Promise<void> {
  const path = options.path ?? ".";
  const progress = progressLine(options);
  const result = diffContracts(from, {
    asOf: options.asOf ?? new Date().toISOString().slice(0, 10),
    wireOnly: options.wire ?? false,
    direction: options.consumed ? "request" : "response",
    repository: path,
    facts: () => readFilesFacts({ paths: [path], config: options.config, progress: progress.show }),
  });
  progress.done();
  await write([render(result, options)], options.output);
  if (hasFinding(result, options.failOn ?? "error")) process.exitCode = 1;
}

function render(result: Result, options: CommonOptions): string {
  if (options.format === "json") return toJson(result);
  if (options.format === "markdown") return contractsToMarkdown(result);
  return contractsToText(result, { ...terminal(options.output), people: "teams" });
}

const severities: readonly Finding["severity"][] = ["note", "warning", "error"];

function hasFinding(result: Result, least: Finding["severity"]): boolean {
  const rank = severities.indexOf(least);
  return result.assessments.some(({ findings }) =>
    findings.some(({ severity, state }) => state !== "accepted" && severities.indexOf(severity) >= rank),
  );
}
