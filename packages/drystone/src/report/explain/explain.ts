/** Everything behind one statement of the report: a finding, a component or a pair of them, an assessment, a measure, a verdict, a piece of advice. */
import type { Advice, Assessment, Finding, Measure, Result } from "#model/result.js";
import { newPage, strongestFirst, symptomIds, type TextOptions } from "#report/_shared/index.js";
import { UsageError } from "#util/errors.js";
import { printAdvice } from "./advice.js";
import { printAssessment, printVerdict } from "./assessment.js";
import { printComponent, printPair } from "./components.js";
import { printFinding } from "./finding.js";
import { printMeasures } from "./measure.js";
import { findSubject, suggestions } from "./subjects.js";

export type ExplainOptions = Partial<TextOptions>;

/**
 * @param args `CODE [SUBJECT…]`, `ASSESSMENT`, `MEASURE [SUBJECT…]`, `VERDICT`, `split`, `merge`, `stay` or `boundaries`, `COMPONENT` or `A B`; subjects by name, alias or ref, in any case.
 * @returns text that ends with a newline; 80 columns, no colour and handles of people unless `options` say otherwise.
 * @throws UsageError DS-U31 without arguments or with three components, DS-U32 for a name that the result does not hold, DS-U33 for one that means several things.
 */
export function explain(result: Result, args: readonly string[], options: ExplainOptions = {}): string {
  const [first, ...rest] = args;
  if (first === undefined) {
    const codes = [...new Set(findingsOf(result).map(({ code }) => code))].slice(0, 5);
    throw new UsageError(
      "DS-U31",
      "explain needs a finding, an assessment, a component or two components",
      `for example: ${[...codes, symptomIds[0]].join(", ")}`,
    );
  }
  const page = newPage({ columns: 80, colour: false, people: "handles", ...options });
  const people = options.people ?? "handles";
  const findings = findingsOf(result).filter(({ code, fingerprint }) => code === first || fingerprint === first);
  const assessments = assessmentsOf(result, first, rest);
  const measures = measuresOf(result, first, rest);
  const advice = adviceOf(result, first, rest);
  const verdict = result.verdicts.find(({ id }) => id === first);
  if (findings.length > 0) {
    for (const finding of aboutSubjects(result, findings, rest)) printFinding(page, finding, result, people);
  } else if (assessments.length > 0) {
    for (const assessment of assessments) printAssessment(page, assessment, result, people);
  } else if (measures.length > 0) {
    printMeasures(page, first, measures, result, people);
  } else if (verdict !== undefined) {
    printVerdict(page, verdict, result);
  } else if (advice.length > 0) {
    for (const one of advice) printAdvice(page, one, result, people);
  } else if (rest.length === 0) {
    printComponent(page, findSubject(result, first), result, people);
  } else if (rest.length === 1) {
    printPair(page, findSubject(result, first), findSubject(result, rest[0] ?? ""), result, people);
  } else {
    throw new UsageError("DS-U31", "explain takes one component or two", "explain each pair on its own");
  }
  return page.toString();
}

/** Those about all that is named; all where nothing is about it. */
function measuresOf(result: Result, id: string, names: readonly string[]): readonly Measure[] {
  const all = [...result.measures, ...result.advice.flatMap(({ costs, benefits }) => [...costs, ...benefits])].filter(
    (one) => one.id === id,
  );
  const about = all.filter(({ subjects }) => names.every((name) => subjects.some((ref) => isNamed(ref, name))));
  return about.length > 0 ? about : all;
}

function adviceOf({ advice }: Result, word: string, names: readonly string[]): readonly Advice[] {
  const decision = word === "boundaries" ? "boundary" : word;
  const all = advice.filter((one) => one.decision === decision);
  const about = all.filter(({ subject }) =>
    names.every((name) => subject.split(/ (?=component:|path:)/).some((ref) => isNamed(ref, name))),
  );
  return about.length > 0 ? about : all;
}

function isNamed(ref: string, name: string): boolean {
  const [own, wanted] = [ref.toLowerCase(), name.toLowerCase()];
  return own === wanted || own.endsWith(`/${wanted}`) || own === `path:${wanted}`;
}

/** Of the system and of advice, which stands in a result that `drystone advise` wrote; of one part where it is named. */
function assessmentsOf(result: Result, id: string, names: readonly string[]): readonly Assessment[] {
  const advised = result.advice.flatMap(({ assessments }) => assessments);
  const all = [...result.assessments, ...advised.filter((one) => !result.assessments.includes(one))].filter(
    (one) => one.id === id,
  );
  const named = all.filter(({ subject }) => names.some((name) => isNamed(subject, name)));
  return named.length > 0 ? named : all;
}

function findingsOf(result: Result): readonly Finding[] {
  const advised = result.advice.flatMap(({ assessments }) => assessments);
  return [...result.assessments, ...advised].flatMap(({ findings }) => findings);
}

/** Modules and paths are subjects of findings without being components of the result. */
function subjectNamed(refs: readonly string[], name: string): string | null {
  return refs.find((ref) => isNamed(ref, name)) ?? null;
}

function aboutSubjects(result: Result, findings: readonly Finding[], names: readonly string[]): readonly Finding[] {
  const mentioned = findings.flatMap(({ subjects }) => subjects);
  const wanted = names.map((name) => subjectNamed(mentioned, name) ?? findSubject(result, name));
  const about = findings.filter(({ subjects }) => wanted.every((ref) => subjects.includes(ref)));
  if (about.length > 0) return strongestFirst(about);
  const near = findings
    .filter(({ subjects }) => wanted.some((ref) => subjects.includes(ref)))
    .map(({ subjects }) => subjects.join(" "));
  throw new UsageError(
    "DS-U32",
    `no finding ${findings[0]?.code ?? ""} about ${names.map((name) => JSON.stringify(name.slice(0, 100))).join(" and ")}`,
    near.length > 0
      ? `findings with this code are about: ${suggestions(near, near[0] ?? "").join("; ")}`
      : "leave the names out to see all",
  );
}
