import type { Assessment, Result, Verdict } from "#model/result.js";
import {
  checklistCaveat,
  commandsOf,
  comparisonText,
  counted,
  gradeNote,
  isShare,
  listed,
  namesOf,
  type Page,
  percent,
  quantity,
  sampleText,
  scaleOf,
  strongestFirst,
  symptomIds,
  type TextOptions,
  tame,
  topicOf,
  verdictMark,
} from "#report/_shared/index.js";
import { field } from "./finding.js";

/** Question, definition, limits and their state, comparison, doubts, missing inputs and all findings of one assessment. */
export function printAssessment(page: Page, assessment: Assessment, result: Result, people: TextOptions["people"]): void {
  const { id, subject, sample, conditions } = assessment;
  const topic = topicOf(id);
  const names = namesOf(result, people);
  const mark = verdictMark(assessment.verdict);
  page.heading(`${tame(id, 60)}: ${topic.title}${subject === "system" ? "" : ` (${names(subject)})`}`);
  page.text(tame(assessment.question), { indent: 2 });
  page.text(mark.word, { indent: 2, first: "verdict:".padEnd(13) + mark.symbol + " ", tone: mark.tone, firstTone: "quiet" });
  const number = quantity(assessment);
  const counts = sampleText(assessment);
  field(
    page,
    "measured",
    number === null ? "" : [number, counts === number ? null : counts].filter((part) => part !== null).join(", "),
  );
  if (assessment.interval !== null) {
    const often = `In ${percent(assessment.level)} of samples like this one, a bracket made this way holds the true value`;
    field(page, "margin", `${often}; a verdict needs the whole bracket on one side of a limit.`);
  }
  if (sample?.min !== undefined)
    field(page, "needs", `at least ${sample.min} ${tame(sample.of, 40)} for a verdict; here ${sample.n}`);
  field(page, "compare", comparisonText(assessment.comparison, assessment.unit) ?? "");
  field(page, "method", grades[assessment.grade ?? "none"] ?? "");
  field(page, "caution", gradeNote(assessment) === null ? "" : `${gradeNote(assessment)} this verdict; it is no proof.`);
  field(page, "definition", topic.definition);
  field(page, "source", topic.source);
  field(page, "doubts", [topic.contested, isSymptom(id) ? checklistCaveat : ""].filter((part) => part !== "").join(" "));
  const limits = scaleOf(assessment, result)?.limits ?? null;
  if (limits !== null && isShare(assessment.unit)) field(page, "limits", `${percent(limits[0])} and ${percent(limits[1])}`);
  for (const { text, met, source } of conditions) {
    page.text(`${tame(text)} (${tame(source, 60)})`, {
      indent: 2,
      first: met === null ? "? unknown  " : met ? "✓ met      " : "✗ not met  ",
    });
  }
  for (const reason of assessment.reasons) page.text(tame(reason), { indent: 2, first: "- " });
  printParameters(page, topic.parameters, result);
  printMissing(page, assessment);
  printFindings(page, assessment, names);
}

/** The rule of a fused verdict, what it counted, and what would change it. */
export function printVerdict(page: Page, verdict: Verdict, result: Result): void {
  const mark = verdictMark(verdict.verdict);
  page.heading(`${tame(verdict.id, 60)}: ${mark.symbol} ${mark.word}`);
  field(page, "rule", tame(verdict.rule));
  const { present, mixed, absent, unknown, notApplicable } = verdict.counts;
  field(
    page,
    "counted",
    `${present} present, ${mixed} mixed, ${absent} absent, ${unknown} unknown, ${notApplicable} not applicable`,
  );
  field(page, "doubts", checklistCaveat);
  for (const id of symptomIds) {
    const assessment = result.assessments.find((each) => each.id === id && each.subject === "system");
    if (assessment === undefined) continue;
    const each = verdictMark(assessment.verdict);
    const number = quantity(assessment);
    page.text(`${topicOf(id).title}${number === null ? "" : `: ${number}`}`, {
      indent: 2,
      first: `${each.symbol} ${each.word}`.padEnd(18),
      firstTone: each.tone,
    });
  }
  for (const change of verdict.wouldChange) page.text(tame(change), { indent: 2, first: "would change it: " });
}

const grades: Readonly<Record<string, string>> = {
  A: "grade A: observed directly, and two independent inputs agree",
  B: "grade B: observed directly, in one input",
  C: "grade C: a proxy; it suggests and does not prove",
  D: "grade D: declared by somebody, not observed",
};

function isSymptom(id: string): boolean {
  return (symptomIds as readonly string[]).includes(id);
}

function printParameters(page: Page, keys: readonly string[], { parameters }: Result): void {
  const used = keys.filter((key) => Object.hasOwn(parameters, key));
  for (const key of used)
    field(page, "parameters", `${key} ${tame(JSON.stringify(parameters[key] ?? null).replaceAll(",", ", "), 300)}`);
}

function printMissing(page: Page, { missing }: Assessment): void {
  if (missing.length === 0) return;
  page.text("missing:", { indent: 2, tone: "quiet" });
  for (const { input, how } of missing) {
    page.text(tame(input), { indent: 4 });
    for (const command of commandsOf(how)) page.command(command, 6);
  }
}

function printFindings(page: Page, { findings }: Assessment, names: ReturnType<typeof namesOf>): void {
  if (findings.length === 0) return;
  page.text(`${counted(findings.length, "finding")}, strongest first:`, { indent: 2, tone: "quiet" });
  for (const { code, subjects, message } of strongestFirst(findings).slice(0, 50)) {
    page.text(`${tame(code, 80)} ${listed(subjects.slice(0, 5).map((ref) => names(ref, 40)))}: ${tame(message, 400)}`, {
      indent: 4,
    });
  }
  if (findings.length > 50) page.text(`${findings.length - 50} more: drystone assess --format json`, { indent: 4 });
}
