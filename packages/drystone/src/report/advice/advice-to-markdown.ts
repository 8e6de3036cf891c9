/** Advice for a pull request or a wiki: the same statements as in the terminal. */
import type { Result } from "#model/result.js";
import { evidenceText, listed, namesOf, escapeMarkdown as safe, type TextOptions } from "#report/_shared/index.js";
import { type AdviceRow, type AdviceView, adviceView, markOf, seamsSentence, shortCounts, subjectName } from "./advice-view.js";

/** @returns GitHub-flavoured Markdown that ends with a newline. */
export function adviceToMarkdown(result: Result, options: Pick<TextOptions, "people">): string {
  const splits = result.advice.filter(({ decision }) => decision === "split");
  const told = splits.length > 1 ? result.advice.filter(({ decision }) => decision !== "split") : result.advice;
  const parts = [
    `# ${safe(result.inputs.system)}: advice`,
    safe(seamsSentence(result)),
    ...told.flatMap((advice) => partsOf(adviceView(advice, result, options.people))),
    ...(splits.length > 1 ? overview(splits, result, options.people) : []),
  ];
  if (result.advice.length === 0) parts.push("Nothing to advise on: no component of this system can be judged.");
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** One line per part. */
function overview(splits: Result["advice"], result: Result, people: TextOptions["people"]): string[] {
  const names = namesOf(result, people);
  const rows = splits.map((advice) => {
    const { symbol, label } = markOf(advice.outcome);
    return `| ${symbol} ${safe(label)} | ${safe(subjectName(advice, names))} | ${safe(shortCounts(advice))} |`;
  });
  return [
    "## Each part by itself",
    ["| split it out? | part | signals of 6; answers to 5 questions |\n|---|---|---|", ...rows].join("\n"),
  ];
}

function partsOf(view: AdviceView): string[] {
  return [
    `## ${safe(view.question)}`,
    `**${view.symbol} ${safe(view.label)}**`,
    safe(view.sentence),
    ...view.groups.flatMap(({ heading, note, rows }) => [
      heading === "" ? "" : `### ${sentenceCase(heading)}`,
      safe(note),
      table(rows),
    ]),
    ...section("What a boundary costs", view.costs),
    ...section("What it would remove", view.benefits),
    ...section(
      "What is unknown, and how to get it",
      view.missing.map(({ input, decides, commands }) => `${input} (for ${listed(decides)}): ${commands.join(", then ")}`),
    ),
    ...section(
      "How firm it is, under eight other settings",
      view.strips.map(({ title, strip, note }) => `${strip} ${title}: ${note}`),
    ),
    ...(view.steps.length === 0
      ? []
      : ["### Next step", view.steps.map(({ text, commands }) => `- ${safe(text)}${copied(commands)}`).join("\n")]),
    ...section("What would change this verdict", view.wouldChange),
  ];
}

function table(rows: readonly AdviceRow[]): string {
  return [
    "| answer | question | measured | why |\n|---|---|---|---|",
    ...rows.map((row) => `| ${cells(row).join(" | ").replaceAll("\u00a0", " ")} |`),
  ].join("\n");
}

function cells({ symbol, word, title, number, sentence, conditions, example }: AdviceRow): string[] {
  const evidence = example?.evidence == null ? "" : evidenceText(example.evidence, 100);
  const why = [sentence ?? "", ...conditions, evidence].filter((part) => part !== "");
  return [`${symbol} ${safe(word)}`, safe(title), safe(number ?? ""), why.map((part) => safe(part)).join("<br>")];
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${heading}`, lines.map((line) => `- ${safe(line)}`).join("\n")];
}

/** One line stands in the text, several in a block. */
function copied(commands: readonly string[]): string {
  if (commands.length <= 1) return commands.map((command) => `\n\n  ${code(command)}\n`).join("");
  const longest = Math.max(2, ...commands.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = "`".repeat(longest + 1);
  return `\n\n${[`${fence}yaml`, ...commands, fence].map((line) => `  ${line}`).join("\n")}\n`;
}

/** A line to copy. The fence is longer than any run of backticks inside. */
function code(line: string): string {
  const longest = Math.max(0, ...line.split(/[^`]+/).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${longest > 0 ? " " : ""}${line}${longest > 0 ? " " : ""}${fence}`;
}

function sentenceCase(text: string): string {
  return text.charAt(0) + text.slice(1).toLowerCase();
}
