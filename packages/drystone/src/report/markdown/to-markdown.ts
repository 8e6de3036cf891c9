/** The report for a pull request or a wiki: the same statements as in the terminal, all unknowns, nothing that pings or links by accident. */
import type { Result } from "#model/result.js";
import {
  clean,
  escapeMarkdown,
  evidenceText,
  listed,
  type ReportView,
  type RowGroup,
  type RowView,
  reportView,
  type StepView,
  type TextOptions,
} from "#report/_shared/index.js";

/** @returns GitHub-flavoured Markdown that ends with a newline. */
export function toMarkdown(result: Result, options: Pick<TextOptions, "people">): string {
  const view = reportView(result, options.people);
  const parts = [
    title(view),
    headline(view),
    ...symptoms(view),
    ...group("Teams and ownership", view.organisation),
    ...group("Also measured", view.others),
    ...relations(view),
    view.leftOut === null ? "" : `*${escapeMarkdown(view.leftOut)}*`,
    ...unknowns(view),
    ...next(view),
    ...counting(view),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function title({ system, scope }: ReportView): string {
  const looked = [scope.contents, scope.window, scope.head === null ? null : `commit ${scope.head}`].filter(
    (part) => part !== null,
  );
  return `# ${escapeMarkdown(system)}\n\n${escapeMarkdown(looked.join(" · "))}`;
}

function headline({ headline: view }: ReportView): string {
  const lines = [`## ${escapeMarkdown(view.question)}`];
  if (view.label !== "") lines.push(`**${view.symbol} ${escapeMarkdown(view.label)}**`);
  lines.push(view.sentences.map((sentence) => escapeMarkdown(sentence)).join("  \n"));
  if (view.rule !== null && view.rule !== "") lines.push(`Rule: ${escapeMarkdown(view.rule)}`);
  if (view.lead !== null) lines.push(table([view.lead]));
  if (view.notApplicable !== null) lines.push(escapeMarkdown(view.notApplicable));
  return lines.join("\n\n");
}

function symptoms({ symptoms: rows, headline: { notApplicable } }: ReportView): string[] {
  if (rows.rows.length === 0 && (notApplicable !== null || rows.notApplicable.length === 0)) return [];
  const legend =
    "● present: the evidence shows it · ◐ mixed: neither clean nor bad · ○ absent: the evidence rules it out · ? unknown: too little evidence";
  return ["## The six symptoms", legend, ...rowsOf(rows)];
}

function group(heading: string, rows: RowGroup): string[] {
  return rows.rows.length === 0 ? [] : [`## ${heading}`, ...rowsOf(rows)];
}

function rowsOf({ rows, notApplicable }: RowGroup): string[] {
  const apart = notApplicable.map(({ titles, reason }) => {
    return escapeMarkdown(`– not applicable: ${titles.join("; ")}${reason === null ? "" : `. ${reason}`}`);
  });
  return [...(rows.length === 0 ? [] : [table(rows)]), ...apart];
}

function table(rows: readonly RowView[]): string {
  const head = "| verdict | question | measured | public systems | why |\n|---|---|---|---|---|";
  return [head, ...rows.map((row) => `| ${cells(row).join(" | ")} |`)].join("\n");
}

function cells({ symbol, word, title: name, number, comparison, sentence, example }: RowView): string[] {
  const evidence = example === null || example.evidence === null ? "" : `: ${evidenceText(example.evidence, 100)}`;
  const why = [
    sentence,
    example === null ? null : `${example.label} ${evidence === "" ? example.text : example.text.replace(/\.$/, "")}${evidence}`,
  ].filter((part) => part !== null);
  return [
    `${symbol} ${escapeMarkdown(word)}`,
    escapeMarkdown(name),
    escapeMarkdown(number ?? ""),
    escapeMarkdown(comparison ?? ""),
    why.map((part) => escapeMarkdown(part)).join("<br>"),
  ].map((cell) => cell.replaceAll("\u00a0", " "));
}

function relations({ relations: view }: ReportView): string[] {
  if (view === null) return [];
  const examples = view.examples.map(
    ({ text, evidence }) => `- ${escapeMarkdown(evidence === null ? text : `${text}: ${evidenceText(evidence, 100)}`)}`,
  );
  const sentences = [...view.sentences, ...(view.unresolved === null ? [] : [view.unresolved])];
  return ["## What uses what, as the files say", sentences.map((each) => escapeMarkdown(each)).join(" "), examples.join("\n")];
}

function unknowns({ unknowns: inputs }: ReportView): string[] {
  if (inputs.length === 0) return [];
  const steps = inputs.map(({ input, decides, commands }) => ({ text: `${input} (would decide ${listed(decides)})`, commands }));
  return ["## What is unknown, and how to get it", "Cheapest first.", list(steps)];
}

function next({ next: steps }: ReportView): string[] {
  return steps.length === 0 ? [] : ["## Next step", list(steps)];
}

function list(steps: readonly StepView[]): string {
  return steps
    .map(({ text, commands }, index) => {
      const mark = `${index + 1}. `;
      const item = `${mark}${escapeMarkdown(text)}`;
      return commands.length === 0 ? item : `${item}\n\n${indented(fenced(commands, "sh"), mark.length)}\n`;
    })
    .join("\n")
    .trimEnd();
}

function counting({ counting: view }: ReportView): string[] {
  const lines = view.repositories.map((line) => `- ${escapeMarkdown(line)}`);
  if (view.components !== null) lines.push(`- ${escapeMarkdown(view.components)}`);
  const problems = view.problems.map((line) => `- ${escapeMarkdown(line)}`);
  return [
    "## How it was counted",
    lines.join("\n"),
    view.corrections.length === 0 ? "" : fenced(view.corrections, "yaml"),
    problems.length === 0 ? "" : `Not read:\n\n${problems.join("\n")}`,
  ];
}

// The fence is longer than any run of backticks inside, so that nothing ends it early.
function fenced(lines: readonly string[], language: string): string {
  const body = lines.map((line) =>
    line.length > 2000 ? `(a command of ${line.length} characters; it is in the JSON result)` : clean(line, 2000),
  );
  const longest = Math.max(
    2,
    ...body
      .join("\n")
      .split(/[^`]+/)
      .map((run) => run.length),
  );
  const fence = "`".repeat(longest + 1);
  return [fence + language, ...body, fence].join("\n");
}

function indented(text: string, by: number): string {
  return text
    .split("\n")
    .map((line) => " ".repeat(by) + line)
    .join("\n");
}
