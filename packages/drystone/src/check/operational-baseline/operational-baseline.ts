/** Does every service have what it takes to be operated alone? (product.md S7; ecosystem.md 3.5) Read from files; a running service is asked by `drystone ops probe`. */
import { type Evidence } from "#model/evidence.js";
import type { Facts } from "#model/facts.js";
import { judged } from "#model/judged.js";
import type { Violation } from "#model/policy.js";
import type { Assessment, Condition, Finding, Measure, Missing } from "#model/result.js";
import { type Item, items } from "./items.js";
import { type BaselineSheet, baselineSheets } from "./sheets.js";
import { type ItemVerdict, listed } from "./view.js";
import { baselineViolations, id } from "./violations.js";

const question = "Does every service have logs, health, metrics, trace context and alerts?";
const source = "docs/ops.md";

export interface CheckedBaseline {
  /** With nothing accepted. */
  readonly assessment: Assessment;
  /** @param findings of this assessment, with accepted ones told apart: what was decided on does not fail. */
  readonly judge: (findings: readonly Finding[]) => Assessment;
  /** One per service and item: 1 met, 0 not met, null unknown or not applicable; `detail` says which, why and where. */
  readonly measures: readonly Measure[];
  /** The findings of the assessment, as what can be accepted. */
  readonly violations: readonly Violation[];
}

export function checkOperationalBaseline(facts: Facts): CheckedBaseline {
  const sheets = baselineSheets(facts);
  const violations = baselineViolations(sheets);
  const judge = (findings: readonly Finding[]) => assessmentOf(sheets, findings);
  return {
    assessment: judge(violations.map(({ finding }) => finding)),
    judge,
    measures: sheets.flatMap(measuresOf),
    violations,
  };
}

/** What a service lacks and somebody decided on, for now. */
type IsAccepted = (sheet: BaselineSheet, item: Item) => boolean;

function acceptedAmong(findings: readonly Finding[]): IsAccepted {
  const keys = (isDecided: boolean) =>
    findings.flatMap(({ code, state, severity, subjects }) =>
      severity !== "note" && (state === "accepted") === isDecided ? subjects.map((ref) => ({ code, ref })) : [],
    );
  const accepted = new Set(keys(true).map(({ code, ref }) => `${code} ${ref}`));
  const decided = new Set(keys(true).map(({ ref }) => ref));
  const open = new Set(keys(false).map(({ ref }) => ref));
  // What only follows from something else that is lacking has no finding of its own.
  return ({ component: { ref }, items: judged }, item) =>
    accepted.has(`${id}/${item.id} ${ref}`) || (judged.get(item.id)?.severity === null && decided.has(ref) && !open.has(ref));
}

function assessmentOf(sheets: readonly BaselineSheet[], findings: readonly Finding[]): Assessment {
  const isAccepted = acceptedAmong(findings);
  const conditions = items.map((item) => conditionOf(sheets, item, isAccepted));
  const own = items.filter(({ beforeSplit }) => !beforeSplit);
  const whole = sheets.filter((sheet) => own.every((item) => isFine(sheet, item))).length;
  // What applies to no service, as passing trace context on where nothing is called, keeps nobody from meeting the rest.
  const base = items.flatMap(({ beforeSplit, id: item }, index) =>
    beforeSplit || sheets.every((sheet) => sheet.items.get(item)?.verdict === "not-applicable") ? [] : [conditions[index]?.met],
  );
  const verdict =
    sheets.length === 0
      ? "not-applicable"
      : base.includes(false)
        ? "not-met"
        : base.length === 0 || base.includes(null)
          ? "unknown"
          : "met";
  return judged({
    id,
    subject: "system",
    question,
    verdict,
    value: sheets.length === 0 ? null : whole,
    unit: sheets.length === 0 ? null : "services with all ten items",
    sample: sheets.length === 0 ? null : { n: sheets.length, of: "services" },
    conditions: sheets.length === 0 ? [] : conditions,
    grade: sheets.length === 0 ? null : "C",
    reasons: reasonsOf(sheets, whole, isAccepted),
    missing: missingOf(sheets),
    findings,
  });
}

function conditionOf(sheets: readonly BaselineSheet[], item: Item, isAccepted: IsAccepted): Condition {
  const count = (verdict: ItemVerdict) => sheets.filter((sheet) => sheet.items.get(item.id)?.verdict === verdict).length;
  const [met, unknown, none] = [count("met"), count("unknown"), count("not-applicable")];
  const lacking = lackingOf(sheets, item, isAccepted, false);
  const accepted = lackingOf(sheets, item, isAccepted, true);
  const parts = [
    `${met} met`,
    ...(lacking > 0 ? [`${lacking} not`] : []),
    ...(accepted > 0 ? [`${accepted} not, and accepted`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    ...(none > 0 ? [`${none} not applicable`] : []),
  ];
  return {
    text: `${item.id}: ${item.text} (${parts.join(", ")})`,
    met: lacking > 0 ? false : unknown > 0 || met + accepted === 0 ? null : true,
    source: item.beforeSplit ? "docs/ops.md" : source,
  };
}

function lackingOf(sheets: readonly BaselineSheet[], item: Item, isAccepted: IsAccepted, accepted: boolean): number {
  return sheets.filter((sheet) => sheet.items.get(item.id)?.verdict === "not-met" && isAccepted(sheet, item) === accepted).length;
}

function isFine(sheet: BaselineSheet, { id: item }: Item): boolean {
  const verdict = sheet.items.get(item)?.verdict;
  return verdict === "met" || verdict === "not-applicable";
}

function reasonsOf(sheets: readonly BaselineSheet[], whole: number, isAccepted: IsAccepted): string[] {
  if (sheets.length === 0) return ["No service that runs for good was found here."];
  const elsewhere = sheets.filter(({ component }) => !component.built).length;
  const apart = elsewhere === 0 ? "" : ` (${elsewhere} of them built elsewhere)`;
  const of = `${sheets.length} ${sheets.length === 1 ? "service" : "services"}${apart}`;
  const without = (accepted: boolean) =>
    items
      .map((item) => ({ item, n: lackingOf(sheets, item, isAccepted, accepted) }))
      .filter(({ n }) => n > 0)
      .sort((a, b) => b.n - a.n);
  const lacking = without(false);
  const accepted = without(true);
  const open = items
    .map((item) => ({ item, n: sheets.filter((sheet) => sheet.items.get(item.id)?.verdict === "unknown").length }))
    .filter(({ n }) => n > 0);
  return [
    `${whole} of ${of} ${whole === 1 || sheets.length === 1 ? "has" : "have"} all ten items of the baseline, as far as files say.`,
    ...(lacking.length === 0
      ? []
      : [
          `Not there: ${listed(
            lacking.map(({ item, n }) => `${item.id} (${n})`),
            14,
          )}.`,
        ]),
    ...(accepted.length === 0
      ? []
      : [
          `Not there and accepted for now: ${listed(
            accepted.map(({ item, n }) => `${item.id} (${n})`),
            14,
          )}.`,
        ]),
    ...(open.length === 0
      ? []
      : [
          `Not to be known from these files: ${listed(
            open.map(({ item, n }) => `${item.id} (${n})`),
            14,
          )}.`,
        ]),
  ];
}

/** Each input once. */
function missingOf(sheets: readonly BaselineSheet[]): Missing[] {
  const found = new Map<string, Missing>();
  for (const { items: judged } of sheets)
    for (const { missing } of judged.values()) if (missing && !found.has(missing.input)) found.set(missing.input, missing);
  return [...found.values()].sort((a, b) => (a.input < b.input ? -1 : 1));
}

function measuresOf({ component, items: judged }: BaselineSheet): Measure[] {
  return [...judged].map(([item, { verdict, says, evidence }]) => ({
    id: `baseline.${item}`,
    subjects: [component.ref],
    value: verdict === "met" ? 1 : verdict === "not-met" ? 0 : null,
    unit: "1 met, 0 not met",
    interval: null,
    sample: null,
    window: null,
    detail: { verdict, says, at: evidence.map(placeText).find((text) => text !== "") ?? "" },
  }));
}

function placeText(evidence: Evidence): string {
  return evidence.type === "file" || evidence.type === "declaration" ? `${evidence.file}:${evidence.line}` : "";
}
