/** Advice for a terminal. */
import type { Result } from "#model/result.js";
import { evidenceText, listed, namesOf, newPage, type Page, type TextOptions, tame } from "#report/_shared/index.js";
import {
  type AdviceRow,
  type AdviceView,
  adviceView,
  markOf,
  seamsSentence,
  shortCounts,
  splitQuestions,
  subjectName,
} from "./advice-view.js";

const column = 16;

/** @returns lines of at most `options.columns` columns, but for commands; ends with a newline. */
export function adviceToText(result: Result, options: TextOptions): string {
  const page = newPage(options);
  page.text(
    `${tame(result.inputs.system, 60)}  ${result.inputs.repositories.length === 1 ? (result.inputs.repositories[0]?.head ?? "").slice(0, 9) : `${result.inputs.repositories.length} repositories`}, as of ${tame(result.inputs.asOf, 10)}`,
    { tone: "quiet" },
  );
  const overview = result.advice.some(({ decision }) => decision === "stay") && result.advice.length > 1;
  const seams = seamsSentence(result);
  if (seams !== "") page.text(seams, { tone: "quiet" });
  if (result.advice.length === 0) page.text("Nothing to advise on: no component of this system can be judged.");
  for (const advice of overview ? result.advice.filter(isToldFirst) : result.advice)
    printAdvice(page, adviceView(advice, result, options.people));
  if (overview) printOverview(page, result, options.people);
  return page.toString();
}

/** Above the table of an overview: what concerns the whole, where the question arises. */
function isToldFirst({ decision, assessments }: Result["advice"][number]): boolean {
  return decision !== "split" && assessments.some(({ verdict }) => verdict !== "not-applicable");
}

function printAdvice(page: Page, view: AdviceView): void {
  page.blank();
  page.text(view.question);
  if (view.isShort) printShort(page, view);
  else printWhole(page, view);
}

/** A candidate beside others: what it is, what a split would come to, and the rule for it. */
function printShort(page: Page, view: AdviceView): void {
  if (view.sentence !== "") page.text(view.sentence, { indent: 2 });
  const [candidate, ...rest] = view.groups.flatMap(({ rows }) => rows.filter(({ id }) => id === "boundary-candidates"));
  if (candidate !== undefined && rest.length === 0 && view.label !== noStructureLabel) {
    for (const condition of candidate.conditions) page.text(condition, { indent: 2, tone: "quiet" });
    if (candidate.example !== null) page.text(candidate.example.text, { indent: 2, first: "e.g. ", tone: "quiet" });
  }
  page.text(
    view.label === noStructureLabel
      ? view.label
      : `${view.isService ? "Is its boundary earned?" : "To split it out:"} ${view.label.toLowerCase()} (${view.counts}).`,
    {
      indent: 2,
      first: `${view.symbol} `,
      tone: view.tone,
    },
  );
  for (const line of view.costs.slice(0, 2)) page.text(line, { indent: 2, first: "· ", tone: "quiet" });
  printSteps(page, view, 2);
}

const noStructureLabel = "No structure found";

function printWhole(page: Page, view: AdviceView): void {
  page.text(view.label.toUpperCase(), { first: `${view.symbol} `, tone: view.tone });
  if (view.sentence !== "") page.text(view.sentence, { indent: 2, tone: "strong" });
  for (const { heading, note, rows } of view.groups) {
    if (heading === "") page.blank();
    else page.heading(heading);
    if (note !== "") page.text(note, { tone: "quiet" });
    for (const row of rows) printRow(page, row, !onlyCounted.has(row.id));
  }
  printLines(page, "WHAT A BOUNDARY COSTS (separate lines, never one score)", view.costs);
  printLines(page, "WHAT IT WOULD REMOVE", view.benefits);
  printStrips(page, view);
  if (view.missing.length > 0) {
    page.heading("WHAT IS UNKNOWN, AND HOW TO GET IT");
    for (const { input, decides, commands } of view.missing) {
      page.text(`${input} (for ${listed(decides)})`, { first: "? " });
      for (const command of commands) page.command(command, 4);
    }
  }
  if (view.steps.length > 0) page.heading("NEXT STEP");
  printSteps(page, view, 0);
  if (view.wouldChange.length > 0) page.heading("WHAT WOULD CHANGE THIS VERDICT");
  for (const change of view.wouldChange) page.text(change, { first: "- " });
}

function printSteps(page: Page, { steps }: AdviceView, indent: number): void {
  for (const [index, { text, commands }] of steps.entries()) {
    page.text(text, { indent, first: `${index + 1}. ` });
    for (const command of commands) page.command(command, indent + 4);
  }
}

function printStrips(page: Page, { strips }: AdviceView): void {
  if (strips.length === 0) return;
  page.heading("HOW FIRM IT IS, UNDER EIGHT OTHER SETTINGS");
  page.text("windows of 6 and 24 months, 15 and 60 files per change, both, manifests and documentation counted", {
    tone: "quiet",
  });
  page.text("■ same answer  □ another one  · too little to tell", { tone: "quiet" });
  for (const { title, strip, note } of strips) page.text(`${title}: ${note}`, { first: `${strip}  ` });
}

/** Rows whose rules fill a page: the Markdown report and explain list them. */
const onlyCounted = new Set(splitQuestions.filter((id) => id !== "boundary-cost"));

function printRow(page: Page, row: AdviceRow, withRules: boolean): void {
  const quiet = row.verdict === "unknown";
  const mark = { text: `${`${row.symbol} ${row.word}`.padEnd(column - 1)} `, tone: row.tone };
  page.spans(
    [mark, { text: row.title, tone: quiet ? "plain" : "strong" }],
    row.number === null ? null : { text: row.number, tone: "strong" },
    column,
  );
  if (row.sentence !== null) page.text(row.sentence, { indent: column, tone: quiet ? "quiet" : "plain" });
  if (withRules)
    for (const condition of row.conditions)
      page.text(condition.slice(2), { indent: column, first: condition.slice(0, 2), tone: "quiet" });
  if (row.example === null) return;
  page.text(row.example.text, { indent: column, first: "e.g. " });
  if (row.example.evidence !== null)
    page.text(evidenceText(row.example.evidence, page.columns - column - 5), { indent: column + 5, tone: "quiet" });
}

function printLines(page: Page, heading: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  page.heading(heading);
  for (const line of lines) page.text(line, { first: "· " });
}

/** One line per part: what it came to, signals and answers counted. */
function printOverview(page: Page, result: Result, people: TextOptions["people"]): void {
  const names = namesOf(result, people);
  const apart = !result.advice.some(
    ({ decision, assessments }) => decision === "stay" && assessments.some(({ verdict }) => verdict !== "not-applicable"),
  );
  page.heading(apart ? "EACH SERVICE BY ITSELF: IS ITS BOUNDARY EARNED?" : "SPLIT OUT? EACH PART BY ITSELF");
  page.text("Signals of 6 that ask for a boundary; answers to the 5 questions that it takes.", { tone: "quiet" });
  const splits = result.advice.filter(({ decision }) => decision === "split");
  for (const advice of splits) {
    const mark = markOf(advice.outcome);
    page.spans(
      [
        { text: `${mark.symbol} ${mark.label.toLowerCase()}`.padEnd(20), tone: mark.tone },
        { text: subjectName(advice, names), tone: "strong" },
      ],
      { text: shortCounts(advice), tone: "quiet" },
      20,
    );
  }
  page.heading("NEXT STEP");
  page.text("Ask about one of them, with all evidence:", { first: "1. " });
  page.command(`drystone advise split ${splits[0] === undefined ? "NAME" : subjectName(splits[0], names)}`, 4);
  page.text("See where the seams are:", { first: "2. " });
  page.command("drystone advise boundaries", 4);
}
