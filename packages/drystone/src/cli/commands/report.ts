import { diffResults, diffToText } from "#report/diff/index.js";
import { type CommonOptions, terminal, write } from "../output.js";
import { readResult } from "../read-result.js";
import { render } from "./assess.js";

export interface ReportOptions extends CommonOptions {
  readonly against?: string;
}

/** Shows a saved result. With `--against` the page marks the changes; text has them in front. */
export async function runReport(file: string, options: ReportOptions): Promise<void> {
  const result = readResult(file);
  const diff = options.against === undefined ? null : diffResults(readResult(options.against), result);
  if (options.format === "html") return (await import("../write-page.js")).writePage(result, diff, options);
  if (diff === null || options.format === "json") return write([render(result, options)], options.output);
  const layout = { ...terminal(options.output), people: options.people ?? ("teams" as const) };
  const changes = diffToText(diff, layout);
  const isMarkdown = options.format === "markdown";
  await write([isMarkdown ? `\`\`\`text\n${changes}\`\`\`\n` : changes, "\n", render(result, options)], options.output);
}
