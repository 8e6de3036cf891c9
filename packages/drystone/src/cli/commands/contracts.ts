import type { Finding, Result } from "#model/result.js";
import {
  checklistToMarkdown,
  checklistToText,
  compatibleToMarkdown,
  compatibleToText,
  contractListToMarkdown,
  contractListToText,
  contractsToMarkdown,
  contractsToText,
} from "#report/contracts/index.js";
import { toJson } from "#report/json/index.js";
import { acceptedIn } from "#run/accepted.js";
import { contractsCompatible } from "#run/contracts-compatible.js";
import { diffContracts } from "#run/contracts-diff.js";
import { externalizableContracts, listContracts } from "#run/contracts-list.js";
import { readFilesFacts } from "#run/files-facts.js";
import { UsageError } from "#util/errors.js";
import { type CommonOptions, progressLine, type Terminal, terminal, write } from "../output.js";

export interface ContractsOptions extends CommonOptions {
  readonly wire?: boolean;
  readonly consumed?: boolean;
  /** Environment to deploy to. */
  readonly to?: string;
}

interface Reports {
  readonly toText: (result: Result, options: Terminal & { readonly people: "teams" }) => string;
  readonly toMarkdown: (result: Result) => string;
}

/** All contracts with their providers and who is seen to use them. */
export async function runContracts(options: ContractsOptions): Promise<void> {
  const progress = progressLine(options);
  const result = listContracts({ ...listOptions(options), progress: progress.show });
  progress.done();
  await print(result, { toText: contractListToText, toMarkdown: contractListToMarkdown }, options);
}

/** The checklist of what a contract needs before outsiders may use it. */
export async function runExternalizable(names: readonly string[], options: ContractsOptions): Promise<void> {
  const progress = progressLine(options);
  const result = externalizableContracts(names, { ...listOptions(options), progress: progress.show });
  progress.done();
  await print(result, { toText: checklistToText, toMarkdown: checklistToMarkdown }, options);
  if (options.failOn !== undefined && hasFinding(result, options.failOn)) process.exitCode = 1;
}

/** Whether a version may run beside what is deployed; exit 1 when not, or when nobody can tell. */
export async function runCompatible(candidate: string | undefined, options: ContractsOptions): Promise<void> {
  const { to } = options;
  const { deploys = [] } = options;
  if (to === undefined || deploys.length === 0)
    throw new UsageError(
      "DS-U50",
      `--${to === undefined ? "to" : "deploys"} is missing`,
      "drystone contracts compatible SERVICE@REV --to production --deploys deploys.jsonl",
    );
  const result = await contractsCompatible({
    asOf: today(options),
    wireOnly: options.wire ?? false,
    direction: "response",
    candidate: candidate ?? null,
    environment: to,
    deploys,
    paths: [options.path ?? "."],
    config: options.config,
  });
  await print(result, { toText: compatibleToText, toMarkdown: compatibleToMarkdown }, options);
  if (hasFinding(result, options.failOn ?? "error")) process.exitCode = 1;
}

function listOptions(options: ContractsOptions) {
  return { paths: [options.path ?? "."], config: options.config, asOf: today(options) };
}

function today(options: CommonOptions): string {
  return options.asOf ?? new Date().toISOString().slice(0, 10);
}

async function print(result: Result, reports: Reports, options: CommonOptions): Promise<void> {
  if (options.format === "html") return (await import("../write-page.js")).writePage(result, null, options);
  await write([render(result, reports, options)], options.output);
}

function render(result: Result, { toText, toMarkdown }: Reports, options: CommonOptions): string {
  if (options.format === "json") return toJson(result);
  if (options.format === "markdown") return toMarkdown(result);
  return toText(result, { ...terminal(options.output), people: "teams" });
}

/** Two versions of contracts; exit 1 when one breaks, or as `--fail-on` says. */
export async function runContractsDiff(from: readonly string[], options: ContractsOptions): Promise<void> {
  const path = options.path ?? ".";
  const progress = progressLine(options);
  const result = diffContracts(from, {
    asOf: today(options),
    wireOnly: options.wire ?? false,
    direction: options.consumed ? "request" : "response",
    repository: path,
    // One pair of files says nothing of the other entries of a list.
    accept: (violations) =>
      acceptedIn([path], violations, { asOf: today(options), assessment: "contract-compatibility", whole: false }),
    facts: () => readFilesFacts({ paths: [path], config: options.config, progress: progress.show }),
  });
  progress.done();
  await print(result, { toText: contractsToText, toMarkdown: contractsToMarkdown }, options);
  if (hasFinding(result, options.failOn ?? "error")) process.exitCode = 1;
}

const severities: readonly Finding["severity"][] = ["note", "warning", "error"];

function hasFinding(result: Result, least: Finding["severity"]): boolean {
  const rank = severities.indexOf(least);
  return result.assessments.some(({ findings }) =>
    findings.some(({ severity, state }) => state !== "accepted" && severities.indexOf(severity) >= rank),
  );
}
