/** The report for a terminal: understood in ten seconds, every line true. */
import type { Result } from "#model/result.js";
import {
  bar,
  evidenceText,
  listed,
  newPage,
  type Page,
  type ReportView,
  type RowGroup,
  type RowView,
  reportView,
  type TextOptions,
} from "#report/_shared/index.js";

export type { TextOptions } from "#report/_shared/index.js";

/** @returns lines of at most `options.columns` (60 to 110) columns, but for commands, which are never cut; ends with a newline. */
export function toText(result: Result, options: TextOptions): string {
  const page = newPage(options);
  const view = reportView(result, options.people);
  printTitle(page, view);
  printHeadline(page, view);
  printSymptoms(page, view);
  printGroup(page, "TEAMS AND OWNERSHIP", view.organisation);
  printGroup(page, "ALSO MEASURED", view.others);
  printRelations(page, view);
  if (view.leftOut !== null) {
    page.blank();
    page.text(view.leftOut, { tone: "quiet" });
  }
  printUnknowns(page, view);
  printNext(page, view);
  printCounting(page, view);
  return page.toString();
}

// The column in which titles start: symbol, word, two spaces.
const column = 14;
const barCells = 20;
const shownUnknowns = 3;

function printTitle(page: Page, { system, scope }: ReportView): void {
  page.text(scope.contents, { first: `${system}  `, firstTone: "strong" });
  const looked = [scope.window, scope.head === null ? null : `commit ${scope.head}`].filter((part) => part !== null);
  if (looked.length > 0) page.text(looked.join(", "), { tone: "quiet" });
}

function printHeadline(page: Page, { headline }: ReportView): void {
  page.blank();
  page.text(headline.question);
  if (headline.label !== "") page.text(headline.label.toUpperCase(), { first: `${headline.symbol} `, tone: headline.tone });
  for (const [index, sentence] of headline.sentences.entries()) {
    page.text(sentence, { indent: headline.label === "" ? 0 : 2, tone: index === 0 ? "strong" : "plain" });
  }
  if (headline.lead !== null) {
    page.blank();
    printRow(page, headline.lead);
  }
  if (headline.notApplicable !== null) {
    page.blank();
    page.text(headline.notApplicable);
  }
}

const words = [
  "● present: the evidence shows it",
  "◐ mixed: neither clean nor bad",
  "○ absent: the evidence rules it out",
  "? unknown: too little evidence",
];
const wideWords = [
  "● present: the evidence shows it     ○ absent: the evidence rules it out",
  "◐ mixed: neither clean nor bad       ? unknown: too little evidence",
];

function printSymptoms(page: Page, { symptoms, headline }: ReportView): void {
  // Where the question does not apply, six lines that say so would hide what does.
  if (symptoms.rows.length === 0 && headline.notApplicable !== null) return;
  if (symptoms.rows.length + symptoms.notApplicable.length === 0) return;
  page.heading(headline.notApplicable === null ? "THE SIX SYMPTOMS" : "SYMPTOMS THAT STILL CAN BE MEASURED");
  for (const line of page.columns < 76 ? words : wideWords) page.text(line, { tone: "quiet" });
  if (symptoms.rows.some(({ scale }) => scale !== null)) {
    page.text("bars 0 to 100 %: ◆ measured  ━ margin of chance  ┊ limits  ░ public systems", { tone: "quiet" });
  }
  printRows(page, symptoms);
}

function printGroup(page: Page, heading: string, group: RowGroup): void {
  if (group.rows.length === 0) return;
  page.heading(heading);
  printRows(page, group);
}

function printRows(page: Page, { rows, notApplicable }: RowGroup): void {
  for (const row of rows.filter(isMeasured)) printRow(page, row);
  for (const [reason, titles] of byReason(rows.filter((row) => !isMeasured(row)))) {
    page.text(`${titles.join("; ")}${reason === "" ? "" : `: ${reason}`}`, { first: "? unknown".padEnd(column), tone: "quiet" });
  }
  for (const { titles, reason } of notApplicable) {
    page.text(`${titles.join("; ")}${reason === null ? "" : `. ${reason}`}`, { first: "– not applicable: ", tone: "quiet" });
  }
}

function isMeasured({ verdict, number }: RowView): boolean {
  return verdict !== "unknown" || number !== null;
}

function byReason(rows: readonly RowView[]): Map<string, string[]> {
  const titles = new Map<string, string[]>();
  for (const { sentence, title } of rows) titles.set(sentence ?? "", [...(titles.get(sentence ?? "") ?? []), title]);
  return titles;
}

function printRow(page: Page, row: RowView): void {
  const mark = { text: `${row.symbol} ${row.word}`.padEnd(column), tone: row.tone };
  const tone = row.verdict === "unknown" ? "quiet" : "plain";
  page.spans(
    [mark, { text: row.title, tone: tone === "quiet" ? tone : "strong" }],
    row.number === null ? null : { text: row.number, tone: "strong" },
    column,
  );
  printBar(page, row);
  if (row.sentence !== null) page.text(row.sentence, { indent: column, tone });
  if (row.example === null) return;
  const { label, text, evidence } = row.example;
  page.text(text, { indent: column, first: `${label} ` });
  const hang = column + label.length + 1;
  if (evidence !== null) page.text(evidenceText(evidence, page.columns - hang), { indent: hang, tone: "quiet" });
}

function printRelations(page: Page, { relations }: ReportView): void {
  if (relations === null) return;
  page.heading("WHAT USES WHAT, AS THE FILES SAY");
  for (const sentence of relations.sentences) page.text(sentence);
  if (relations.unresolved !== null) page.text(relations.unresolved, { first: "? " });
  for (const { text, evidence } of relations.examples) {
    page.text(text, { indent: 2, first: "e.g. " });
    if (evidence !== null) page.text(evidenceText(evidence, page.columns - 7), { indent: 7, tone: "quiet" });
  }
}

function printBar(page: Page, { scale, comparison, number, tone }: RowView): void {
  if (scale === null) {
    if (comparison !== null && number !== null) page.text(comparison, { indent: column, tone: "quiet" });
  } else if (comparison === null) {
    page.text(bar(scale, barCells), { indent: column, tone });
  } else {
    page.text(comparison, { indent: column, first: `${bar(scale, barCells)}  `, firstTone: tone, tone: "quiet" });
  }
}

function printUnknowns(page: Page, { unknowns }: ReportView): void {
  if (unknowns.length === 0) return;
  page.heading("WHAT IS UNKNOWN, AND HOW TO GET IT (cheapest first)");
  for (const { input, decides, commands } of unknowns.slice(0, shownUnknowns)) {
    page.text(`${input} (would decide ${listed(decides)})`, { first: "? " });
    for (const command of commands) page.command(command, 4);
  }
  const more = unknowns.length - shownUnknowns;
  if (more > 0) page.text(`${more} more in the Markdown report: drystone assess --format markdown`, { indent: 2, tone: "quiet" });
}

function printNext(page: Page, { next, unknowns }: ReportView): void {
  if (next.length === 0) return;
  page.heading("NEXT STEP");
  const [cheapest] = unknowns;
  for (const [index, { text, commands }] of next.entries()) {
    // A line to copy that is longer than the page is not printed twice.
    const stands = commands === cheapest?.commands && commands.some((command) => command.length > page.columns);
    page.text(stands ? `${text.replace(/\.$/, "")} (how: the first entry above).` : text, { first: `${index + 1}. ` });
    if (stands) continue;
    for (const command of commands) page.command(command, 4);
  }
}

function printCounting(page: Page, { counting, headline }: ReportView): void {
  page.heading("HOW IT WAS COUNTED");
  if (headline.rule !== null && headline.rule !== "") page.text(`Rule of the verdict: ${headline.rule}`, { tone: "quiet" });
  for (const line of counting.repositories) page.text(line, { tone: "quiet" });
  if (counting.components !== null) {
    page.text(counting.components, { tone: "quiet" });
    for (const line of counting.corrections) page.command(line, 4);
  }
  for (const line of counting.problems) page.text(line, { first: "! ", tone: "quiet" });
}
