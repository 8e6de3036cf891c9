import type { Facts } from "#model/facts.js";
import { factsFromJson } from "#model/facts-json.js";
import type { Result } from "#model/result.js";
import { toJson } from "#report/json/index.js";
import { toMarkdown } from "#report/markdown/index.js";
import { toText } from "#report/text/index.js";
import { assessFacts, collectFacts, withRunningFacts } from "#run/index.js";
import { UsageError } from "#util/errors.js";
import { type CommonOptions, cacheDirectory, progressLine, readInput, terminal, warn, write } from "../output.js";
import { runningInputs } from "../running-inputs.js";

const severities = ["note", "warning", "error"] as const;

export async function runAssess(paths: readonly string[], options: CommonOptions): Promise<void> {
  const result = await resultOf(paths, options);
  if (options.format === "html") await (await import("../write-page.js")).writePage(result, null, options);
  else await write([render(result, options)], options.output);
  if (options.failOn !== undefined && hasFinding(result, options.failOn)) process.exitCode = 1;
}

/** A result from `--facts` or from repositories. @throws UsageError for what cannot be read. */
export async function resultOf(paths: readonly string[], options: CommonOptions): Promise<Result> {
  return assessFacts(await factsOf(paths, options), {
    window: options.window,
    changeSet: options.changeSet,
    asOf: options.asOf,
    command: "assess",
  });
}

/** Facts from `--facts` or from repositories, with the further inputs. @throws UsageError for what cannot be read. */
export async function factsOf(paths: readonly string[], options: CommonOptions): Promise<Facts> {
  return options.facts === undefined
    ? collect(paths, options)
    : withRunningFacts(readFacts(options.facts), runningInputs(options));
}

async function collect(paths: readonly string[], options: CommonOptions): Promise<Facts> {
  const progress = progressLine(options);
  try {
    return await collectFacts({
      paths,
      config: options.config,
      cacheDirectory: cacheDirectory(options, paths),
      configRepositories: options.configRepo ?? [],
      inputs: runningInputs(options),
      progress: progress.show,
      warn,
    });
  } finally {
    progress.done();
  }
}

export function readFacts(file: string): Facts {
  const text = readInput(file, "a file that `drystone collect --output FILE` wrote");
  try {
    return factsFromJson(text);
  } catch (error) {
    throw new UsageError(
      "DS-U22",
      `${file}: ${error instanceof Error ? error.message : String(error)}`,
      "write it again: drystone collect PATH --output FILE",
    );
  }
}

/** Text, Markdown or JSON. */
export function render(result: Result, options: CommonOptions): string {
  if (options.format === "json") return toJson(result);
  if (options.format === "markdown") return toMarkdown(result, { people: options.people ?? "teams" });
  return toText(result, { ...terminal(options.output), people: options.people ?? "handles" });
}

export function hasFinding(result: Result, least: (typeof severities)[number]): boolean {
  const rank = severities.indexOf(least);
  return result.assessments.some(({ findings }) =>
    findings.some(({ severity, state }) => state !== "accepted" && severities.indexOf(severity) >= rank),
  );
}
