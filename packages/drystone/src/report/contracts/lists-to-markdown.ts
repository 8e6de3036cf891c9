/** Contracts, the checklist, and whether versions get on, for a pull request or a page of a wiki. */
import type { Assessment, Finding, Result } from "#model/result.js";
import { escapeMarkdown } from "#report/_shared/index.js";
import { placeText } from "./contracts-view.js";
import { providersView, shortName } from "./providers-view.js";

/** `drystone contracts`. */
export function contractListToMarkdown(result: Result): string {
  return page([
    `## Contracts of ${escapeMarkdown(result.inputs.system)}`,
    escapeMarkdown(result.headline.answer),
    ...providersView(result).map(({ name, used, contracts }) =>
      [
        `### ${name === "" ? "No provider known" : escapeMarkdown(name)}`,
        used === "" ? "" : `${escapeMarkdown(used)}\n`,
        ...contracts.map(({ text, file }) => `- ${escapeMarkdown(text)} (${escapeMarkdown(file)})`),
      ]
        .filter((line) => line !== "")
        .join("\n"),
    ),
    problems(result),
  ]);
}

/** `drystone contracts externalizable`. */
export function checklistToMarkdown(result: Result): string {
  return page([
    `## ${escapeMarkdown(result.headline.question)}`,
    escapeMarkdown(result.headline.answer),
    ...result.assessments.flatMap((assessment) => [
      `### ${escapeMarkdown(shortName(assessment.subject))}`,
      escapeMarkdown(assessment.reasons[0] ?? ""),
      conditions(assessment),
      findings(assessment.findings),
    ]),
    problems(result),
  ]);
}

/** `drystone contracts compatible`. */
export function compatibleToMarkdown(result: Result): string {
  const [assessment] = result.assessments;
  if (assessment === undefined) return "";
  const words: Readonly<Record<string, string>> = { met: "○ Yes", "not-met": "● No", unknown: "? Not demonstrated" };
  const [first = "", ...others] = assessment.reasons;
  return page([
    `## ${escapeMarkdown(result.headline.question)}`,
    `**${words[assessment.verdict] ?? escapeMarkdown(assessment.verdict)}.** ${escapeMarkdown([first, ...others].join(" "))}`,
    conditions(assessment),
    findings(assessment.findings.filter(({ severity }) => severity !== "note")),
    problems(result),
  ]);
}

const maxRows = 100;

function conditions({ conditions: rows }: Assessment): string {
  return table(
    ["", ""],
    rows.map(({ met, text }) => [metText(met), text]),
  );
}

function metText(met: boolean | null): string {
  return met === null ? "? unknown" : met ? "○ met" : "● not met";
}

function findings(rows: readonly Finding[]): string {
  return table(
    ["", "what", "where", "fix"],
    rows.map((finding) => [
      finding.state === "accepted" ? "accepted" : finding.severity,
      finding.message,
      placeText(finding),
      finding.fix,
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const lines = rows.slice(0, maxRows).map((cells) => `| ${cells.map((cell) => escapeMarkdown(cell)).join(" | ")} |`);
  const more = rows.length > maxRows ? [`\n${rows.length - maxRows} more are in the JSON result.`] : [];
  return [`| ${head.join(" | ")} |`, `|${head.map(() => "---").join("|")}|`, ...lines, ...more].join("\n");
}

function problems({ inputs }: Result): string {
  return inputs.problems
    .slice(0, 20)
    .map(({ message }) => `- ${escapeMarkdown(message)}`)
    .join("\n");
}

function page(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
