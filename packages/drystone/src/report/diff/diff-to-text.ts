import { shortName } from "#model/refs.js";
import type { VerdictWord } from "#model/result.js";
import {
  counted,
  isProblem,
  isShare,
  listed,
  newPage,
  type Page,
  percent,
  plainNumber,
  shorten,
  type TextOptions,
  tame,
  topicOf,
  verdictMark,
} from "#report/_shared/index.js";
import type { FindingChange, NumberChange, ResultDiff, VerdictChange } from "./diff-results.js";

/** What changed, for a terminal: first whether the two can be compared at all. @returns text that ends with a newline */
export function diffToText(diff: ResultDiff, options: TextOptions): string {
  const page = newPage(options);
  const [before, after] = diff.systems;
  page.text(
    before === after
      ? `what changed from ${tame(diff.asOf[0], 30)} to ${tame(diff.asOf[1], 30)}`
      : `compared with ${shorten(after, 60)}`,
    {
      first: `${shorten(before, 60)}  `,
      firstTone: "strong",
    },
  );
  printComparability(page, diff);
  printVerdicts(page, diff);
  printNumbers(page, diff);
  printFindings(page, diff);
  printComponents(page, diff);
  printInputs(page, diff);
  return page.toString();
}

const shownRows = 20;

function printComparability(page: Page, { incomparable, overlap, verdicts, numbers, findings, components }: ResultDiff): void {
  page.blank();
  if (incomparable.length > 0) {
    page.text(`These numbers cannot be compared: ${listed(incomparable.slice(0, 10).map((reason) => tame(reason, 200)))}.`, {
      first: "! ",
      tone: "between",
    });
    page.text("What differs below may come from that alone; run both with the same settings to know.", { indent: 2 });
  } else if (verdicts.length + numbers.length + findings.length + components.length === 0) {
    page.text("Nothing changed beyond noise.", { tone: "strong" });
  } else {
    page.text(summary(verdicts.length, numbers.length, findings), { tone: "strong" });
  }
  if (overlap !== null && overlap > 0) {
    page.text(
      `Both results look at the same time for ${percent(overlap)} of the shorter window, so they share many changes and are not independent. The test treats them as if they were: it rather misses a change than invents one.`,
      { indent: incomparable.length > 0 ? 2 : 0 },
    );
  }
}

function summary(verdicts: number, numbers: number, findings: readonly FindingChange[]): string {
  const parts = [
    [verdicts, "verdict changed", "verdicts changed"],
    [numbers, "number moved beyond noise", "numbers moved beyond noise"],
    [findings.filter(({ change }) => change === "new").length, "finding is new", "findings are new"],
    [findings.filter(({ change }) => change === "gone").length, "finding is gone", "findings are gone"],
  ] as const;
  const said = parts.filter(([n]) => n > 0).map(([n, one, many]) => counted(n, one, many));
  return said.length === 0 ? "No verdict, number or finding changed beyond noise." : `${listed(said)}.`;
}

function printVerdicts(page: Page, { verdicts }: ResultDiff): void {
  if (verdicts.length === 0) return;
  page.heading("VERDICTS");
  for (const change of verdicts.slice(0, shownRows)) page.text(verdictLine(change), { first: `${direction(change)} ` });
  printMore(page, verdicts.length);
}

function verdictLine({ id, subject, fused, before, after }: VerdictChange): string {
  const name = fused ? tame(id.replaceAll("-", " "), 60) : topicOf(id).title;
  const about = subject === "system" ? "" : ` (${shorten(shortName(subject), 40)})`;
  return `${name}${about}: ${marked(before)} → ${marked(after)}`;
}

function marked(verdict: string | null): string {
  if (verdict === null) return "not asked";
  const { symbol, word } = verdictMark(verdict);
  return `${symbol} ${word}`;
}

// To or from a problem; everything else is a change without direction, such as unknown to absent.
function direction({ before, after }: VerdictChange): string {
  if (before === null || after === null) return "·";
  const [was, is] = [isProblem(before as VerdictWord), isProblem(after as VerdictWord)];
  return is && !was ? "▲" : was && !is && after !== "unknown" ? "▼" : "·";
}

function printNumbers(page: Page, { numbers, withinNoise, incomparable }: ResultDiff): void {
  if (numbers.length > 0) {
    page.heading(incomparable.length > 0 ? "NUMBERS THAT DIFFER (not comparable)" : "NUMBERS THAT MOVED BEYOND NOISE");
    for (const change of numbers.slice(0, shownRows))
      page.text(numberLine(change), { first: change.after > change.before ? "▲ " : "▼ " });
    printMore(page, numbers.length);
  }
  if (withinNoise > 0)
    page.text(`${counted(withinNoise, "other number")} differ${withinNoise === 1 ? "s" : ""} by no more than chance explains.`, {
      tone: "quiet",
    });
}

function numberLine({ id, subject, unit, before, after, difference, samples, beyondNoise }: NumberChange): string {
  const about = subject === "system" ? "" : ` (${shorten(shortName(subject), 40)})`;
  const [was, is] = [shown(before, unit, samples[0]?.n), shown(after, unit, samples[1]?.n)];
  const unitText = unit === null ? "" : ` ${tame(unit, 40)}`;
  const line = `${topicOf(id).title}${about}: ${was} → ${is}${isShare(unit) ? "" : unitText}`;
  if (difference === null || !isShare(unit) || beyondNoise === null) return line;
  const points = difference.map((bound) => `${bound > 0 ? "+" : ""}${(bound * 100).toFixed(0)}`);
  return `${line} (a change of ${points[0]} to ${points[1]} points)`;
}

function shown(value: number, unit: string | null, n: number | undefined): string {
  return isShare(unit) ? percent(value, n ?? null) : plainNumber(value);
}

function printFindings(page: Page, { findings }: ResultDiff): void {
  const headings = {
    new: "NEW FINDINGS",
    gone: "FINDINGS THAT ARE GONE",
    state: "FINDINGS WITH ANOTHER STATE",
    severity: "FINDINGS WITH ANOTHER SEVERITY",
  } as const;
  for (const change of ["new", "gone", "state", "severity"] as const) {
    const changed = findings.filter((finding) => finding.change === change);
    if (changed.length === 0) continue;
    page.heading(headings[change]);
    for (const finding of changed.slice(0, shownRows)) page.text(findingLine(finding), { first: `${signs[change]} ` });
    printMore(page, changed.length);
    if (change === "new" || change === "gone")
      page.text("A small step over a limit is enough for a finding to come or go.", { tone: "quiet" });
  }
}

const signs: Readonly<Record<FindingChange["change"], string>> = { new: "+", gone: "-", state: "·", severity: "·" };

function findingLine({ code, message, from, to }: FindingChange): string {
  return `${tame(code, 80)}: ${tame(message, 200)}${from === null ? "" : ` (${from} → ${to ?? ""})`}`;
}

function printComponents(page: Page, { components }: ResultDiff): void {
  if (components.length === 0) return;
  page.heading("COMPONENTS, RESOURCES AND TEAMS");
  for (const { change, what, name } of components.slice(0, shownRows)) {
    page.text(`${what} ${shorten(name, 60)} ${change === "added" ? "is new" : "is gone"}`, {
      first: change === "added" ? "+ " : "- ",
    });
  }
  printMore(page, components.length);
}

function printInputs(page: Page, { inputs }: ResultDiff): void {
  if (inputs.length === 0) return;
  page.heading("INPUTS THAT DIFFER");
  for (const { what, from, to } of inputs.slice(0, shownRows)) {
    page.text(`${tame(what, 120)}: ${from === null ? "none" : shorten(from, 50)} → ${to === null ? "none" : shorten(to, 50)}`, {
      first: "· ",
      tone: "quiet",
    });
  }
  printMore(page, inputs.length);
}

function printMore(page: Page, total: number): void {
  if (total > shownRows) page.text(`${total - shownRows} more`, { indent: 2, tone: "quiet" });
}
