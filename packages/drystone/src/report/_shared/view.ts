/** What a report says, in the order it says it, as plain tamed text: the terminal and the Markdown report differ in layout only. */
import type { Evidence } from "#model/evidence.js";
import { isDeployable } from "#model/facts.js";
import type { Assessment, ChangeSetUnit, Finding, RepositoryInput, Result, Verdict } from "#model/result.js";
import { counted, listed } from "#util/words.js";
import { bestEvidence, placedIn, shellQuoted, shortCommit } from "./evidence.js";
import { type NameOf, namesOf } from "./names.js";
import { comparisonText, isShare, quantity, sampleText } from "./numbers.js";
import type { TextOptions, Tone } from "./page.js";
import { type RelationsView, relationsView } from "./relations.js";
import { type Scale, scaleOf } from "./scale.js";
import { isProblem, organisationIds, peopleIds, symptomIds, topicOf, verdictMark } from "./topics.js";
import { noBreak, shorten, tame } from "./width.js";

export interface ReportView {
  readonly system: string;
  /** What was looked at: `9 services and 1 repository`, from when to when, at which commit. */
  readonly scope: { readonly contents: string; readonly window: string | null; readonly head: string | null };
  readonly headline: HeadlineView;
  readonly symptoms: RowGroup;
  /** The organisation's own questions: ownership, coordination, team shape, flow. */
  readonly organisation: RowGroup;
  readonly others: RowGroup;
  /** What the files say about who uses whom. */
  readonly relations: RelationsView | null;
  /** Why something is left out, e.g. questions about people. */
  readonly leftOut: string | null;
  readonly unknowns: readonly UnknownView[];
  readonly next: readonly StepView[];
  readonly counting: CountingView;
}

export interface HeadlineView {
  readonly question: string;
  /** The answer in a few words. */
  readonly label: string;
  readonly symbol: string;
  readonly tone: Tone;
  readonly sentences: readonly string[];
  /** The rule that made the verdict. */
  readonly rule: string | null;
  /** Why the distributed-monolith question does not apply. */
  readonly notApplicable: string | null;
  /** The measurement that leads where that question does not apply. */
  readonly lead: RowView | null;
}

export interface RowGroup {
  /** Measured, or asked and not decided. */
  readonly rows: readonly RowView[];
  /** Titles of what does not apply, by reason. */
  readonly notApplicable: readonly { readonly titles: readonly string[]; readonly reason: string | null }[];
}

export interface RowView {
  readonly id: string;
  readonly verdict: string;
  readonly symbol: string;
  readonly word: string;
  readonly tone: Tone;
  readonly title: string;
  readonly number: string | null;
  readonly scale: Scale | null;
  readonly comparison: string | null;
  readonly sentence: string | null;
  /** The strongest finding; `label` says whether it is an example of the problem or only worth knowing. */
  readonly example: { readonly label: "e.g." | "note:"; readonly text: string; readonly evidence: Evidence | null } | null;
}

export interface UnknownView {
  readonly input: string;
  /** What it would decide: nouns. */
  readonly decides: readonly string[];
  readonly commands: readonly string[];
}

export interface StepView {
  readonly text: string;
  readonly commands: readonly string[];
}

export interface CountingView {
  readonly repositories: readonly string[];
  readonly components: string | null;
  readonly corrections: readonly string[];
  readonly problems: readonly string[];
}

/** @param people `off` leaves out every question about people. */
export function reportView(result: Result, people: TextOptions["people"]): ReportView {
  const names = namesOf(result, people);
  const shown = systemAssessments(result).filter(({ id }) => people !== "off" || !isAboutPeople(id));
  const lead = leadOf(result, shown);
  const group = (ids: readonly string[]): RowGroup => rowGroup(inOrder(shown, ids), result, names, lead);
  const placed = [...symptomIds, ...organisationIds] as readonly string[];
  const unknowns = unknownsOf(shown);
  return {
    system: shorten(result.inputs.system, 60),
    scope: scopeOf(result),
    headline: headlineOf(result, lead, names),
    symptoms: group(symptomIds),
    organisation: group(organisationIds),
    others: othersOf(
      rowGroup(
        shown.filter(({ id }) => !placed.includes(id)),
        result,
        names,
        lead,
      ),
    ),
    relations: relationsView(result, names),
    leftOut: people === "off" ? "Questions about people and teams are left out, as asked (people: off)." : null,
    unknowns,
    next: nextSteps(result, shown, unknowns, names),
    counting: countingOf(result),
  };
}

/** Findings, the one to show first in front: new before accepted, error before note, large before small, well supported before thin. */
export function strongestFirst(findings: readonly Finding[]): readonly Finding[] {
  const states = ["expired", "new", "accepted"];
  const severities = ["error", "warning", "note"];
  return findings.toSorted(
    (a, b) =>
      Number(a.state === "accepted") - Number(b.state === "accepted") ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      (b.value ?? 0) - (a.value ?? 0) ||
      (b.sample?.n ?? 0) - (a.sample?.n ?? 0) ||
      states.indexOf(a.state) - states.indexOf(b.state),
  );
}

/** What supports a verdict that is not a direct observation; null for grades A and B. */
export function gradeNote(assessment: Pick<Assessment, "grade" | "verdict">): string | null {
  if (assessment.verdict === "unknown" || assessment.verdict === "not-applicable") return null;
  if (assessment.grade === "C") return "Indirect evidence suggests";
  return assessment.grade === "D" ? "According to what somebody declared" : null;
}

/** The commands in `how`, one per line; `A  then  B` are two. */
export function commandsOf(how: string): readonly string[] {
  return how
    .split(/\n| {2}then {2}/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function systemAssessments(result: Result): readonly Assessment[] {
  return result.assessments.filter(({ subject }) => subject === "system");
}

function isAboutPeople(id: string): boolean {
  return (peopleIds as readonly string[]).includes(id);
}

function inOrder(assessments: readonly Assessment[], ids: readonly string[]): readonly Assessment[] {
  return ids.flatMap((id) => assessments.filter((assessment) => assessment.id === id));
}

function leadOf({ headline }: Result, shown: readonly Assessment[]): Assessment | null {
  if (headline.notApplicable === null || headline.assessment === null) return null;
  return shown.find(({ id, verdict }) => id === headline.assessment && verdict !== "not-applicable") ?? null;
}

function scopeOf({ inputs, model }: Result): ReportView["scope"] {
  const built = model.components.filter((component) => component.built);
  const deployables = built.filter(isDeployable).length;
  const libraries = built.filter(({ kind }) => kind === "library").length;
  const modules = built.filter(({ kind }) => kind === "module").length;
  const parts: (readonly [number, string, string])[] = [
    [deployables, "service", "services"],
    [modules, "module", "modules"],
    [libraries, "library", "libraries"],
    [inputs.repositories.length, "repository", "repositories"],
  ];
  // What no commit was read of has no dates.
  const windows = inputs.repositories.filter(({ commits }) => commits > 0).map(({ window }) => window);
  const from = windows.map((window) => window.from).sort()[0];
  const to = windows
    .map((window) => window.to)
    .sort()
    .at(-1);
  const [only] = inputs.repositories;
  return {
    contents: listed(parts.filter(([n]) => n > 0).map(([n, one, many]) => counted(n, one, many))),
    window: from === undefined || to === undefined ? null : windowText(tame(from.slice(0, 10)), tame(to.slice(0, 10))),
    head: inputs.repositories.length === 1 && only?.head ? shortCommit(only.head) : null,
  };
}

function windowText(from: string, to: string): string {
  return from === to ? `as of ${to}` : `${from} to ${to}`;
}

function headlineOf(result: Result, lead: Assessment | null, names: NameOf): HeadlineView {
  const { headline } = result;
  const verdict = result.verdicts.find(({ id }) => id === "distributed-monolith");
  const answer = tame(headline.answer);
  if (headline.notApplicable !== null || verdict === undefined || verdict.verdict === "not-applicable") {
    return {
      question: tame(headline.question),
      ...(headline.notApplicable === null ? ownVerdict(result) : noVerdict),
      sentences: [answer],
      rule: null,
      notApplicable: headline.notApplicable === null ? null : tame(headline.notApplicable),
      lead: lead === null ? null : rowOf(lead, result, names),
    };
  }
  const mark = verdictMark(verdict.verdict);
  return {
    question: tame(headline.question),
    label: verdictLabel(verdict),
    symbol: mark.symbol,
    tone: mark.tone,
    sentences: [answer, countsOf(verdict, result)],
    rule: tame(verdict.rule),
    notApplicable: null,
    lead: null,
  };
}

const noVerdict = { label: "", symbol: "", tone: "strong" } as const;

/** Where one question was asked (`check`, `ops check`), its verdict is the answer. */
function ownVerdict({ headline, assessments }: Result): Pick<HeadlineView, "label" | "symbol" | "tone"> {
  const asked = assessments.find(({ id, subject }) => id === headline.assessment && subject === "system");
  if (asked === undefined) return noVerdict;
  const { symbol, word, tone } = verdictMark(asked.verdict);
  const said = (asked.id === "contract-compatibility" ? breakAnswers : yesAnswers).get(asked.verdict);
  return { label: said ?? word.charAt(0).toUpperCase() + word.slice(1), symbol, tone };
}

/** Answers to questions that ask whether something holds, and to the one that asks whether something breaks. */
const yesAnswers = new Map<string, string>([
  ["met", "Yes"],
  ["not-met", "No"],
]);
const breakAnswers = new Map<string, string>([
  ["met", "No, it is compatible"],
  ["not-met", "Yes, it breaks them"],
]);

function verdictLabel({ verdict }: Verdict): string {
  if (verdict === "likely") return "Likely a distributed monolith";
  if (verdict === "unlikely") return "Unlikely to be a distributed monolith";
  return verdict === "mixed" ? "In between: some signs of a distributed monolith" : "Not decided: too little is known";
}

function countsOf({ counts }: Verdict, result: Result): string {
  const { present, mixed, absent, unknown, notApplicable } = counts;
  const total = present + mixed + absent + unknown + notApplicable;
  const parts: (readonly [number, string])[] = [
    [present, "present"],
    [mixed, "mixed"],
    [absent, "absent"],
    [unknown, "unknown"],
    [notApplicable, "not applicable"],
  ];
  const suggested = systemAssessments(result).filter(
    ({ id, grade, verdict }) => (symptomIds as readonly string[]).includes(id) && grade === "C" && isProblem(verdict),
  ).length;
  const hint =
    suggested === 0 ? "" : suggested === present ? " (by indirect evidence only)" : ` (${suggested} by indirect evidence only)`;
  const words = parts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}${word === "present" ? hint : ""}`);
  const exceptions = present === 1 ? " One symptom alone is no problem: there are always exceptions." : "";
  return `Of ${counted(total, "symptom")}: ${listed(words)}.${exceptions}`;
}

function rowGroup(assessments: readonly Assessment[], result: Result, names: NameOf, lead: Assessment | null): RowGroup {
  const apply = assessments.filter((assessment) => assessment.verdict !== "not-applicable" && assessment !== lead);
  const byReason = new Map<string | null, string[]>();
  for (const { id, verdict, reasons } of assessments) {
    if (verdict !== "not-applicable") continue;
    const reason = reasons[0] === undefined ? null : tame(reasons[0], 200);
    byReason.set(reason, [...(byReason.get(reason) ?? []), topicOf(id).title]);
  }
  return {
    rows: apply.map((assessment) => rowOf(assessment, result, names)),
    notApplicable: [...byReason].map(([reason, titles]) => ({ titles, reason })),
  };
}

// What is unknown stands in its own section; what does not apply is not worth a line outside of the six.
function othersOf({ rows }: RowGroup): RowGroup {
  return { rows: rows.filter(({ verdict }) => verdict !== "unknown"), notApplicable: [] };
}

/** One assessment as a line of a report. */
export function rowOf(assessment: Assessment, result: Result, names: NameOf): RowView {
  const mark = verdictMark(assessment.verdict);
  return {
    id: assessment.id,
    verdict: assessment.verdict,
    ...mark,
    title: topicOf(assessment.id).title,
    number: quantity(assessment),
    scale: scaleOf(assessment, result),
    comparison: comparisonText(assessment.comparison, assessment.unit),
    sentence: sentenceOf(assessment),
    example: exampleOf(assessment, names, result.inputs.repositories.length),
  };
}

function sentenceOf(assessment: Assessment): string | null {
  const reason = assessment.reasons[0] === undefined ? null : tame(assessment.reasons[0], 400);
  const note = gradeNote(assessment);
  const sample = assessment.value === null ? null : sampleText(assessment);
  // A sentence that names the size of the sample, or another count of its own, needs no second one.
  const said = `${quantity(assessment) ?? ""} ${reason ?? ""}`.replaceAll(noBreak, " ").replaceAll(",", "");
  const isSaid = new RegExp(`\\b${assessment.sample?.n ?? 0}\\b`).test(said) || !isShare(assessment.unit);
  const extra = sample === null || isSaid ? null : sample;
  if (reason === null) return extra === null ? note : `${note === null ? "" : `${note}: `}${extra}.`;
  const graded = note === null || /suggest|declare/i.test(reason) ? reason : `${note}: ${reason}`;
  return extra === null ? graded : `${graded.replace(/\.$/, "")} (${extra}).`;
}

function exampleOf(assessment: Assessment, names: NameOf, repositories: number): RowView["example"] {
  if (assessment.verdict === "unknown") return null;
  const [said = ""] = assessment.reasons;
  // What the sentence says already is not told twice.
  const untold = assessment.findings.filter(({ message }) => message === "" || !said.includes(message.replace(/\.$/, "")));
  const strongest = strongestOf(untold.length > 0 ? untold : assessment.findings);
  if (strongest === undefined) return null;
  const subjects = listed(strongest.subjects.slice(0, 3).map((ref) => names(ref, 30)));
  return {
    label: verdictMark(assessment.verdict).tone === "calm" ? "note:" : "e.g.",
    text: strongest.message === "" ? subjects : tame(strongest.message, 400),
    evidence: placedIn(placeOf(strongest) ?? bestEvidence(strongest.evidence), repositories),
  };
}

/** The strongest of one assessment: numbers of different rules do not compare, there its own order counts. */
function strongestOf(findings: readonly Finding[]): Finding | undefined {
  const sorted = strongestFirst(findings);
  const [top] = sorted;
  const rule = findings.find(({ state, severity }) => state === top?.state && severity === top.severity)?.code;
  return sorted.find(({ code, state, severity }) => code === rule && state === top?.state && severity === top.severity);
}

/** The evidence at the location of the finding. */
function placeOf({ location, evidence }: Finding): Evidence | null {
  if (location === null) return null;
  return evidence.find((each) => "file" in each && each.file === location.file && each.line === location.line) ?? null;
}

// A missing input that several assessments name is asked for once.
function unknownsOf(assessments: readonly Assessment[]): readonly UnknownView[] {
  const byCommand = new Map<string, { input: string; how: string; decides: string[] }>();
  for (const { id, verdict, missing } of assessments) {
    if (verdict !== "unknown") continue;
    for (const { input, how } of missing) {
      const known = byCommand.get(how) ?? { input, how, decides: [] };
      if (!known.decides.includes(topicOf(id).noun)) known.decides.push(topicOf(id).noun);
      byCommand.set(how, known);
    }
  }
  return [...byCommand.values()]
    .toSorted((a, b) => effort(a.how) - effort(b.how) || b.decides.length - a.decides.length)
    .map(({ input, how, decides }) => ({ input: tame(input, 200), decides, commands: commandsOf(how) }));
}

// Cheapest first: one git command, a line in a file of one's own, a command of this tool, an export from another system, waiting for another version.
function effort(how: string): number {
  if (how.includes("this version does not") || how.includes("again later")) return 4;
  if (/^drystone assess \S+ --window/.test(how)) return 0;
  if (how.startsWith("git ")) return 0;
  if (/drystone\.yaml|CODEOWNERS|^drystone init/.test(how)) return 1;
  return /^drystone (?!.*(?:FILE|--traces|--deploys|--work))/.test(how.slice(0, 300)) ? 2 : 3;
}

function nextSteps(
  result: Result,
  shown: readonly Assessment[],
  unknowns: readonly UnknownView[],
  names: NameOf,
): readonly StepView[] {
  const verdict = result.verdicts.find(({ id }) => id === "distributed-monolith");
  const because = new Set([...(verdict?.because ?? []), result.headline.assessment ?? ""]);
  const candidates = [shown.filter(({ id }) => because.has(id)), shown].map((list) =>
    list.filter((each) => isProblem(each.verdict) || each.verdict === "mixed"),
  );
  const worst = candidates.flatMap((list) => strongestOf(list.flatMap(({ findings }) => strongestOf(findings) ?? [])) ?? [])[0];
  const [cheapest] = unknowns;
  const steps: StepView[] = [];
  if (verdict?.verdict === "unknown" && cheapest !== undefined) {
    steps.push({ text: `Get the cheapest missing input first: ${cheapest.input}.`, commands: cheapest.commands });
  }
  if (worst !== undefined) {
    if (worst.fix !== "") steps.push({ text: fixText(worst, names), commands: [] });
    steps.push({ text: "See the evidence for the strongest example:", commands: [explainCommand(worst, names)] });
  }
  const [change] = verdict?.wouldChange ?? [];
  if (change !== undefined && verdict?.verdict !== "unknown") {
    steps.push({
      text: verdict?.verdict === "not-applicable" ? tame(change, 240) : `What would change the verdict: ${tame(change, 240)}.`,
      commands: [],
    });
  }
  const declared = result.inputs.sources.some(({ kind, read }) => kind === "config" && read);
  if (!declared && steps.length < 3) {
    steps.push({ text: "Check what was inferred, and correct it in one file:", commands: ["drystone init"] });
  }
  return steps;
}

/** What to do, and about what where the words do not say it. */
function fixText({ fix, subjects }: Finding, names: NameOf): string {
  const about = subjects.filter((ref) => ref !== "system" && !/^user:/i.test(ref)).map((ref) => names(ref, 30));
  const text = tame(fix, 420);
  if (about.length === 0 || about.some((name) => text.includes(name))) return text;
  const more = about.length > 3 ? [...about.slice(0, 2), `${about.length - 2} others`] : about;
  return `${listed(more)}: ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** A few subjects are enough to find it; forty would be no command. */
const namedSubjects = 4;

/** The command that prints a finding with all of its evidence. */
export function explainCommand({ code, subjects }: Pick<Finding, "code" | "subjects">, names: NameOf): string {
  const words = subjects
    .filter((ref) => ref !== "system" && !/^user:/i.test(ref))
    .slice(0, namedSubjects)
    .map((ref) => {
      const name = shellQuoted(names(ref));
      return name === null || name.includes("…") || name.startsWith("'") ? shellQuoted(ref) : name;
    });
  return `drystone explain ${[shellQuoted(code), ...words].filter((word) => word !== null).join(" ")}`;
}

function countingOf({ inputs, model }: Result): CountingView {
  const built = model.components.filter((component) => component.built);
  const inferred = built.filter(({ correction }) => correction !== null);
  const repositories = inputs.repositories.slice(0, 3).map((repository) => hygieneOf(repository, inputs.repositories.length));
  const more = inputs.repositories.length - repositories.length;
  return {
    repositories:
      more > 0
        ? [...repositories, `${counted(more, "more repository", "more repositories")}: see the JSON result.`]
        : repositories,
    components:
      inferred.length === 0
        ? null
        : `${inferred.length} of ${counted(built.length, "component")} ${inferred.length === 1 ? "was" : "were"} inferred, not declared. To correct one:`,
    corrections: inferred.slice(0, 2).map(({ correction }) => tame(correction ?? "", 300)),
    problems: problemsOf(inputs.problems),
  };
}

/** What one change set is. */
export const unitWords: Readonly<Record<ChangeSetUnit, string>> = {
  commit: "one commit",
  mainline: "one merge into the main line",
  ticket: "all commits of one ticket",
};

function hygieneOf(repository: RepositoryInput, of: number): string {
  const steps = repository.hygiene.slice(0, 8).map((step) =>
    tame(step, 140)
      .replace(/^[-−–] ?/, "minus ")
      .replace(/^= ?/, "leaves "),
  );
  const counts = steps.length === 0 ? counted(repository.commits, "commit") : steps.join(", ");
  const cut = [repository.shallow ? "the clone is shallow" : null, repository.partial ? "the clone is partial" : null].filter(
    (each) => each !== null,
  );
  const unit = unitWords[repository.changeSetUnit] ?? "a group of commits";
  return [
    of === 1 ? "" : `${shorten(repository.id, 40)}: `,
    `${counts}${cut.length === 0 ? "" : ` (${cut.join(", ")})`}. `,
    `A change set is ${unit}${repository.changeSetUnitReason === "" ? "" : `: ${tame(repository.changeSetUnitReason, 160)}`}.`,
  ].join("");
}

function problemsOf(problems: Result["inputs"]["problems"]): readonly string[] {
  const shown = problems.slice(0, 3).map(({ path, line, message, hint }) => {
    const place = `${shorten(path, 60)}${line === null ? "" : `:${line}`}`;
    const said = tame(message, 160);
    return `${said.startsWith(place) ? said : `${place}: ${said}`}${hint === "" ? "" : ` (${tame(hint, 120)})`}`;
  });
  const more = problems.length - shown.length;
  return more > 0 ? [...shown, `${more} more in the JSON result.`] : shown;
}
