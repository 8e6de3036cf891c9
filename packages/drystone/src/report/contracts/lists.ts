/** Contracts, the checklist, and whether versions get on, for the terminal. */
import type { Assessment, Result } from "#model/result.js";
import { newPage, type Page, type TextOptions } from "#report/_shared/index.js";
import { placeText } from "./contracts-view.js";
import { providersView, shortName } from "./providers-view.js";

/** `drystone contracts`. */
export function contractListToText(result: Result, options: TextOptions): string {
  const page = newPage(options);
  page.heading(`CONTRACTS OF ${result.inputs.system}`);
  page.blank();
  page.text(result.headline.answer, { tone: "strong" });
  for (const { name, used, contracts } of providersView(result)) {
    page.blank();
    page.spans(
      [{ text: name === "" ? "No provider known" : name, tone: "strong" }],
      used === "" ? null : { text: used, tone: "quiet" },
      2,
    );
    for (const { text, file } of contracts) {
      page.text(text, { indent: 2 });
      page.text(file, { indent: 4, tone: "quiet" });
    }
  }
  printProblems(page, result);
  return page.toString();
}

/** `drystone contracts externalizable`. */
export function checklistToText(result: Result, options: TextOptions): string {
  const page = newPage(options);
  page.heading(result.headline.question);
  page.blank();
  page.text(result.headline.answer, { tone: "strong" });
  for (const assessment of result.assessments) {
    page.blank();
    page.spans(
      [{ text: shortName(assessment.subject), tone: "strong" }],
      { text: assessment.reasons[0] ?? "", tone: "quiet" },
      2,
    );
    printConditions(page, assessment);
    for (const finding of assessment.findings.slice(0, 12))
      page.text(`${placeText(finding)}  ${finding.fix}`, { indent: 4, first: "→ ", tone: "quiet" });
  }
  printProblems(page, result);
  return page.toString();
}

/** `drystone contracts compatible`. */
export function compatibleToText(result: Result, options: TextOptions): string {
  const page = newPage(options);
  const [assessment] = result.assessments;
  page.heading(result.headline.question);
  page.blank();
  if (assessment === undefined) return page.toString();
  const words: Readonly<Record<string, string>> = { met: "Yes", "not-met": "No", unknown: "Not demonstrated" };
  page.text(`${words[assessment.verdict] ?? assessment.verdict}. ${assessment.reasons[0] ?? ""}`, {
    tone: assessment.verdict === "not-met" ? "alarm" : "strong",
  });
  for (const reason of assessment.reasons.slice(1)) page.text(reason, { tone: "quiet" });
  page.blank();
  printConditions(page, assessment);
  for (const finding of assessment.findings.filter(({ severity }) => severity !== "note").slice(0, 40)) {
    page.blank();
    page.text(finding.message, {
      first: `${finding.severity.padEnd(8)} `,
      firstTone: finding.severity === "error" ? "alarm" : "between",
    });
    page.text(placeText(finding), { indent: 9, tone: "quiet" });
    page.text(finding.fix, { indent: 9, first: "fix: ", tone: "quiet" });
  }
  printProblems(page, result);
  return page.toString();
}

function printConditions(page: Page, { conditions }: Assessment): void {
  for (const { text, met } of conditions)
    page.text(text, {
      indent: 2,
      first: met === null ? "? unknown  " : met ? "○ met      " : "● not met  ",
      firstTone: met === null ? "quiet" : met ? "calm" : "alarm",
    });
}

function printProblems(page: Page, { inputs }: Result): void {
  if (inputs.problems.length === 0) return;
  page.blank();
  for (const { message } of inputs.problems.slice(0, 10)) page.text(message, { first: "! ", tone: "quiet" });
}
