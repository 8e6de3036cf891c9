/** The operational baseline for a terminal: who has what as one grid, then what to repair, item by item. */
import { shortName } from "#model/refs.js";
import type { Assessment, Finding, Measure, Result } from "#model/result.js";
import {
  evidenceText,
  type NameOf,
  namesOf,
  newPage,
  type Page,
  shorten,
  type TextOptions,
  verdictMark,
} from "#report/_shared/index.js";

/** @param result of `drystone ops check`, or any that holds the baseline. Ends with a newline. */
export function baselineToText(result: Result, options: TextOptions): string {
  const page = newPage(options);
  const assessment = result.assessments.find(({ id }) => id === "operational-baseline");
  const measures = result.measures.filter(({ id }) => id.startsWith("baseline."));
  page.text("operational baseline, as files say", { first: `${result.inputs.system}  `, firstTone: "strong" });
  if (assessment === undefined) {
    page.text("This result does not hold the operational baseline.");
    return page.toString();
  }
  page.blank();
  const mark = verdictMark(assessment.verdict);
  const [lead = "", ...reasons] = assessment.reasons;
  page.text(lead, { first: `${mark.symbol} ${mark.word.toUpperCase()}  `, firstTone: mark.tone, tone: "strong" });
  for (const reason of reasons) page.text(reason, { indent: 2 });
  const names = namesOf(result, "teams");
  printGrid(page, measures, assessment, names);
  printFindings(page, assessment, names);
  printAccepted(page, assessment);
  printUnknown(page, assessment);
  for (const { message } of result.inputs.problems.slice(0, 5)) page.text(message, { first: "! ", tone: "quiet" });
  return page.toString();
}

/** Column heads of at most five letters, in the order of the items. */
const heads: readonly (readonly [item: string, head: string])[] = [
  ["liveness", "live"],
  ["readiness", "ready"],
  ["metrics", "metr"],
  ["request-histogram", "le=1"],
  ["json-logs", "json"],
  ["log-fields", "ids"],
  ["trace-context", "trace"],
  ["alert-errors", "5xx"],
  ["alert-latency", "p99"],
  ["alert-unavailable", "gone"],
  ["pipeline", "pipe"],
  ["runbook", "book"],
  ["timeouts", "time"],
];
/** Columns of a cell: in a narrow terminal the heads are cut, so that a service stays on its line. */
function cellOf(page: Page): number {
  return page.columns < 100 ? 5 : 6;
}

function printGrid(page: Page, measures: readonly Measure[], { id, findings }: Assessment, names: NameOf): void {
  const services = [...new Set(measures.flatMap(({ subjects }) => subjects))];
  if (services.length === 0) return;
  const cell = cellOf(page);
  const width = Math.max(8, page.columns - heads.length * cell - 2);
  const verdicts = new Map(
    measures.map(({ id, subjects, detail }) => [`${subjects[0]} ${id}`, String(detail?.["verdict"] ?? "unknown")]),
  );
  const accepted = new Set(
    findings.flatMap(({ code, state, subjects }) => (state === "accepted" ? subjects.map((ref) => `${ref} ${code}`) : [])),
  );
  page.heading("SERVICE BY SERVICE");
  const decided = accepted.size === 0 ? "" : "   a missing and accepted";
  page.text(`○ there   ● missing${decided}   ? not to be known from these files   – does not apply`, { tone: "quiet" });
  page.text("live to gone: the baseline; pipe, book, time: pipeline, runbook and timeouts, needed before a split", {
    tone: "quiet",
  });
  page.spans(
    [{ text: " ".repeat(width) + heads.map(([, head]) => centred(head.slice(0, cell - 1), cell)).join(""), tone: "quiet" }],
    null,
    0,
  );
  for (const service of services) {
    const name = shorten(names(service, width - 1), width - 1);
    page.spans(
      [
        { text: name + " ".repeat(Math.max(1, width - name.length)), tone: "plain" },
        ...heads.map(([item]) => {
          const verdict = verdicts.get(`${service} baseline.${item}`) ?? "unknown";
          if (verdict === "not-met" && accepted.has(`${service} ${id}/${item}`))
            return { text: centred("a", cell), tone: "quiet" } as const;
          const { symbol, tone } = verdictMark(verdict);
          return { text: centred(symbol, cell), tone };
        }),
      ],
      null,
      0,
    );
  }
}

function centred(text: string, cell: number): string {
  const left = Math.floor((cell - text.length) / 2);
  return `${" ".repeat(left)}${text}${" ".repeat(cell - text.length - left)}`;
}

const shownPerRule = 6;
const shownNames = 5;

function printFindings(page: Page, { findings }: Assessment, names: NameOf): void {
  for (const [severity, heading] of [
    ["error", "WHAT IS MISSING"],
    ["warning", "WHAT IS WEAK, OR MISSING BEFORE A SPLIT"],
    ["note", "OTHER THAN THE CONVENTION"],
  ] as const) {
    const own = findings.filter((finding) => finding.severity === severity && finding.state !== "accepted");
    if (own.length === 0) continue;
    page.heading(heading);
    for (const [code, same] of byCode(own)) printRule(page, code, same, names);
  }
}

/** A longer list of services would leave no room beside it. */
const longestLabel = 32;

function printRule(page: Page, code: string, findings: readonly Finding[], names: NameOf): void {
  const rule = code.slice(code.indexOf("/") + 1);
  const fixes = new Set(findings.map(({ fix }) => fix));
  const common = fixes.size === 1 ? (findings[0]?.fix ?? "") : "";
  if (common === "") page.text(rule, { tone: "strong" });
  else page.text(common, { first: `${rule}  `, firstTone: "strong", tone: "quiet" });
  const groups = [...bySaying(findings, names)];
  for (const [says, same] of groups.slice(0, shownPerRule)) {
    const services = whom(same, names);
    if (services.length <= longestLabel) page.text(says, { indent: 2, first: `- ${services}: ` });
    else page.text(`${services}: ${says}`, { indent: 2, first: "- " });
    const [place] = same[0]?.evidence ?? [];
    if (place) page.text(evidenceText(place, page.columns - 4), { indent: 4, tone: "quiet" });
  }
  const more = groups.length - shownPerRule;
  if (more > 0) page.text(`${more} more: drystone ops check PATH --format json`, { indent: 2, tone: "quiet" });
}

/** Findings that say the same of several services are one line. */
function bySaying(findings: readonly Finding[], names: NameOf): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    // The services stand before the colon, and are printed apart.
    const colon = finding.message.indexOf(": ");
    const isNamed = colon > 0 && finding.message.startsWith(names(finding.subjects[0] ?? "", 200));
    const says = isNamed ? finding.message.slice(colon + 2) : finding.message;
    const key = `${says}${finding.state === "expired" ? " (acceptance expired)" : ""}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return groups;
}

function whom(findings: readonly Finding[], names: NameOf): string {
  const subjects = [...new Set(findings.flatMap(({ subjects: own }) => own))];
  const shown = subjects.slice(0, shownNames).map((ref) => names(ref, 40));
  return subjects.length > shownNames ? `${shown.join(", ")} and ${subjects.length - shownNames} more` : shown.join(", ");
}

function byCode(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(finding.code, [...(groups.get(finding.code) ?? []), finding]);
  return groups;
}

const shownAccepted = 6;

function printAccepted(page: Page, { findings }: Assessment): void {
  const accepted = findings.filter(({ state }) => state === "accepted");
  if (accepted.length === 0) return;
  page.heading("ACCEPTED FOR NOW");
  for (const { message, decision } of accepted.slice(0, shownAccepted)) {
    page.text(message, { first: "- " });
    const owner = decision?.owner == null ? "nobody" : shortName(decision.owner);
    const until = decision?.until == null ? "" : `, until ${decision.until}`;
    page.text(`${owner}: ${decision?.reason ?? "no reason was given"}${until}`, { indent: 4, tone: "quiet" });
  }
  if (accepted.length > shownAccepted) page.text(`… ${accepted.length - shownAccepted} more`, { tone: "quiet" });
}

function printUnknown(page: Page, { missing }: Assessment): void {
  if (missing.length === 0) return;
  page.heading("WHAT IS UNKNOWN, AND HOW TO GET IT");
  for (const { input, how } of missing) {
    page.text(input, { first: "? " });
    page.command(how, 4);
  }
}
