/** JUnit XML: one suite per question, one case per rule that found something, one for the answer as a whole. */
import type { Assessment, Finding, Result } from "#model/result.js";
import { clean, compareFindings, messageAndFix, pathOf, placeOf } from "#report/_shared/index.js";

const shownPerCase = 50;

/** Errors that nobody accepted fail their case; a question without an answer is skipped, never passed. @returns XML that ends with a newline. */
export function toJunit(result: Result): string {
  const suites = result.assessments.map((assessment) => suiteOf(assessment, result));
  const sum = (key: "tests" | "failures" | "skipped") => suites.reduce((total, suite) => total + suite[key], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="drystone ${escape(result.tool.command)}" tests="${sum("tests")}" failures="${sum("failures")}" skipped="${sum("skipped")}" errors="0">`,
    ...suites.map(({ xml }) => xml),
    "</testsuites>",
    "",
  ].join("\n");
}

interface Suite {
  readonly xml: string;
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
}

function suiteOf(assessment: Assessment, result: Result): Suite {
  const byRule = grouped(assessment.findings);
  const cases = [...byRule].map(([code, findings]) => caseOf(assessment, code, findings, result));
  const answer = answerOf(assessment);
  const all = [answer, ...cases];
  const failures = all.filter(({ state }) => state === "failed").length;
  const skipped = all.filter(({ state }) => state === "skipped").length;
  return {
    tests: all.length,
    failures,
    skipped,
    xml: [
      `  <testsuite name="${escape(assessment.id)}" tests="${all.length}" failures="${failures}" skipped="${skipped}" errors="0">`,
      ...all.map(({ xml }) => xml),
      "  </testsuite>",
    ].join("\n"),
  };
}

interface Case {
  readonly xml: string;
  readonly state: "passed" | "failed" | "skipped";
}

function answerOf({ id, question, verdict, reasons, findings }: Assessment): Case {
  const head = `    <testcase classname="${escape(id)}" name="${escape(question)}"`;
  const why = reasons[0] ?? "";
  if (verdict === "unknown" || verdict === "not-applicable")
    return { state: "skipped", xml: `${head}><skipped message="${escape(`${verdict}: ${why}`)}"/></testcase>` };
  // What a rule found fails in the case of the rule.
  if (verdict === "not-met" && !findings.some(fails))
    return { state: "failed", xml: `${head}><failure message="${escape(why === "" ? "not met" : why)}"/></testcase>` };
  return { state: "passed", xml: `${head}/>` };
}

function caseOf({ id }: Assessment, code: string, findings: readonly Finding[], result: Result): Case {
  const head = `    <testcase classname="${escape(id)}" name="${escape(code)}"`;
  const failing = findings.filter(fails);
  const shown = (failing.length > 0 ? failing : findings).toSorted(compareFindings);
  const lines = shown.slice(0, shownPerCase).map((finding) => {
    const place = placeOf(finding, result);
    const state = finding.state === "accepted" ? " (accepted)" : "";
    return escape(`${pathOf(place, result)}:${place.line}: ${messageAndFix(finding)}${state}`);
  });
  if (shown.length > shownPerCase) lines.push(`${shown.length - shownPerCase} more: drystone check --format json`);
  const body = lines.join("\n");
  if (failing.length === 0) return { state: "passed", xml: `${head}><system-out>${body}</system-out></testcase>` };
  const message = `${failing.length} ${failing.length === 1 ? "finding" : "findings"}`;
  return { state: "failed", xml: `${head}><failure message="${message}">${body}</failure></testcase>` };
}

function fails({ severity, state, baseline }: Finding): boolean {
  return severity === "error" && state !== "accepted" && baseline !== "unchanged";
}

function grouped(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.code);
    if (group === undefined) groups.set(finding.code, [finding]);
    else group.push(finding);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const entities = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
]);

/** XML 1.0 has no way to write control characters and lone halves of pairs: they are made visible. */
function escape(text: string): string {
  return clean(text, 2000)
    .replace(/[\p{Cs}\ufffe\uffff]/gu, "\ufffd")
    .replace(/[&<>"']/g, (character) => entities.get(character) ?? "");
}
