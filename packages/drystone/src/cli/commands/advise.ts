import type { Result } from "#model/result.js";
import { adviceToMarkdown, adviceToText } from "#report/advice/index.js";
import { toJson } from "#report/json/index.js";
import { adviceRequest, adviseFacts } from "#run/index.js";
import { type CommonOptions, terminal, warn, write } from "../output.js";
import { factsOf } from "./assess.js";

export async function runAdvise(words: readonly string[], options: CommonOptions): Promise<void> {
  const request = adviceRequest(words);
  const facts = await factsOf([options.path ?? "."], options);
  const result = await adviseFacts(facts, request, { window: options.window, changeSet: options.changeSet, asOf: options.asOf });
  for (const { path, line, message, hint } of result.inputs.problems.slice(facts.problems.length))
    warn(`${path}${line === null ? "" : `:${line}`}: ${message}`, hint);
  if (options.format === "html") await (await import("../write-page.js")).writePage(result, null, options);
  else await write([render(result, options)], options.output);
}

function render(result: Result, options: CommonOptions): string {
  if (options.format === "json") return toJson(result);
  if (options.format === "markdown") return adviceToMarkdown(result, { people: options.people ?? "teams" });
  return adviceToText(result, { ...terminal(options.output), people: options.people ?? "handles" });
}
