/** `drystone ops`: the operational baseline in files, in a running service, and what is missing of it as files. */
import { join } from "node:path";
import type { Result } from "#model/result.js";
import { baselineToText, probeToText } from "#report/baseline/index.js";
import { toJson } from "#report/json/index.js";
import { toMarkdown } from "#report/markdown/index.js";
import { collectFacts } from "#run/index.js";
import { checkBaseline, checkBaselineOf } from "#run/ops-check.js";
import { type ProbeRequest, probe } from "#run/ops-probe.js";
import { writeNew } from "#run/write-files.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { type CommonOptions, cacheDirectory, progressLine, terminal, warn, write } from "../output.js";
import { hasFinding, readFacts } from "./assess.js";

export async function runOpsCheck(paths: readonly string[], options: CommonOptions): Promise<void> {
  const { asOf } = options;
  const result = options.facts !== undefined ? checkBaseline(readFacts(options.facts), { asOf }) : checkHere(paths, options);
  if (options.format === "html") await (await import("../write-page.js")).writePage(result, null, options);
  else await write([renderBaseline(result, options)], options.output);
  if (hasFinding(result, options.failOn ?? "error")) process.exitCode = 1;
}

function checkHere(paths: readonly string[], options: CommonOptions): Result {
  const progress = progressLine(options);
  try {
    return checkBaselineOf({ ...sources(paths, options), progress: progress.show, asOf: options.asOf });
  } finally {
    progress.done();
  }
}

function renderBaseline(result: Result, options: CommonOptions): string {
  if (options.format === "json") return toJson(result);
  if (options.format === "markdown") return toMarkdown(result, { people: "teams" });
  return baselineToText(result, { ...terminal(options.output), people: "teams" });
}

/** Exit 1 when anything is not met. */
export async function runOpsProbe(url: string, options: CommonOptions & Omit<ProbeRequest, "url">): Promise<void> {
  const input = options.logs === "-" ? standardInput() : null;
  const progress = progressLine(options);
  progress.show(`asking ${url}`);
  const report = await probe({ ...options, url }, input?.soFar).finally(progress.done);
  const text =
    options.format === "json"
      ? `${JSON.stringify(report, null, 2)}\n`
      : probeToText(report, { ...terminal(options.output), people: "teams" });
  await write([text], options.output);
  input?.close();
  if (report.items.some(({ verdict }) => verdict === "not-met")) process.exitCode = 1;
}

interface GenerateOptions extends CommonOptions {
  readonly metrics?: string;
  readonly runbooks?: string;
  readonly all?: boolean;
  readonly keepFiring: boolean;
}

/** Writes into the folder of `--output`; nothing is written when a file of another content is in the way. @throws UsageError then. */
export async function runOpsGenerate(services: readonly string[], options: GenerateOptions): Promise<void> {
  const folder = options.output;
  if (folder === undefined) throw new UsageError("DS-U46", "no folder to write into", "drystone ops generate --output DIR");
  const paths = [options.path ?? "."];
  const facts = options.facts !== undefined ? readFacts(options.facts) : await collectAll(paths, options);
  const { generateBaseline } = await import("#run/ops-generate.js");
  const files = await generateBaseline(facts, {
    services,
    metrics: options.metrics ?? null,
    runbookBase: options.runbooks ?? null,
    all: options.all === true,
    keepFiring: options.keepFiring,
  });
  writeNew(folder, files, options.force === true);
  const rules = files.filter(({ path }) => path.endsWith(".rules.yaml")).length;
  const next =
    rules === 0 ? "" : ` Check the rules: promtool test rules ${printable(join(folder, "prometheus"))}/*.rules.test.yaml`;
  process.stderr.write(
    files.length === 0 ? "nothing is missing\n" : `wrote ${files.length} files to ${printable(folder)}.${next}\n`,
  );
}

/** A log that is followed never ends; what came so far is looked at again and again. The last 16 MB are kept. */
function standardInput(): { soFar: () => string; close: () => void } {
  let text = "";
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (piece: string) => {
    text = (text + piece).slice(-16 * 1024 * 1024);
  });
  return { soFar: () => text, close: () => process.stdin.destroy() };
}

async function collectAll(paths: readonly string[], options: CommonOptions) {
  const progress = progressLine(options);
  return collectFacts({ ...sources(paths, options), progress: progress.show }).finally(progress.done);
}

function sources(paths: readonly string[], options: CommonOptions) {
  return {
    paths,
    config: options.config,
    cacheDirectory: cacheDirectory(options, paths),
    configRepositories: options.configRepo ?? [],
    warn,
  };
}
