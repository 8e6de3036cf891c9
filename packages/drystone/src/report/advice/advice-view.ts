/** What a report on advice says, in the order it says it; the terminal and Markdown differ in layout only. */
import { isDeployable } from "#model/facts.js";
import type { Advice, Measure, Result } from "#model/result.js";
import {
  clean,
  commandsOf,
  listed,
  namesOf,
  plainNumber,
  type RowView,
  rowOf,
  type TextOptions,
  type Tone,
  tame,
  topicOf,
} from "#report/_shared/index.js";

export interface AdviceView {
  readonly question: string;
  readonly symbol: string;
  readonly tone: Tone;
  readonly label: string;
  readonly sentence: string;
  readonly groups: readonly { readonly heading: string; readonly note: string; readonly rows: readonly AdviceRow[] }[];
  readonly costs: readonly string[];
  readonly benefits: readonly string[];
  readonly missing: readonly {
    readonly input: string;
    readonly decides: readonly string[];
    readonly commands: readonly string[];
  }[];
  readonly steps: readonly { readonly text: string; readonly commands: readonly string[] }[];
  /** How the answers hold under other settings: one line each. */
  readonly strips: readonly { readonly title: string; readonly strip: string; readonly note: string }[];
  /** One candidate of several: printed short. */
  readonly isShort: boolean;
  /** It is deployed by itself already. */
  readonly isService: boolean;
  readonly counts: string;
  readonly wouldChange: readonly string[];
}

export interface AdviceRow extends RowView {
  /** Conditions that are not met, or not known, in the order of the rule. */
  readonly conditions: readonly string[];
}

const signalIds = [
  "scales-differently",
  "tacked-on",
  "changes-faster",
  "deploys-more-often",
  "worked-on-alone",
  "isolated-tables",
];
const prerequisiteIds = ["owner", "deploys-alone", "changes-alone", "has-contract", "knows-domain"];

/** Questions that are asked of one part. */
export const splitQuestions: readonly string[] = [...signalIds, ...prerequisiteIds, "boundary-cost"];

export function adviceView(advice: Advice, result: Result, people: TextOptions["people"]): AdviceView {
  const names = namesOf(result, people);
  const row = (assessment: Advice["assessments"][number]): AdviceRow => ({
    ...rowOf(assessment, result, names),
    conditions: assessment.conditions.map(
      ({ text, met }) => `${met === true ? "✓" : met === false ? "✗" : "?"} ${tame(text, 200)}`,
    ),
  });
  const group = (heading: string, note: string, ids: readonly string[]) => ({
    heading,
    note,
    rows: advice.assessments.filter(({ id }) => ids.includes(id)).map(row),
  });
  const placed = [...signalIds, ...prerequisiteIds];
  const groups = [
    group("FIVE QUESTIONS BEFORE A SPLIT", "Any no makes it premature; any unknown leaves it not demonstrated.", prerequisiteIds),
    group("SIX SIGNALS", "Signals are places to look, no reasons to split.", signalIds),
    group(
      "",
      "",
      advice.assessments.map(({ id }) => id).filter((id) => !placed.includes(id)),
    ),
  ];
  return {
    question: questionOf(advice, subjectName(advice, names)),
    ...(advice.assessments.every(({ verdict }) => verdict === "not-applicable")
      ? { label: "Does not apply", symbol: "–", tone: "quiet" as const }
      : markOf(advice.outcome)),
    sentence: sentenceOf(advice, result),
    groups: groups.filter(({ rows }) => rows.length > 0),
    costs: advice.costs.map(lineOf),
    benefits: advice.benefits.map(lineOf),
    missing: missingOf(advice),
    steps: stepsOf(advice),
    strips: stripsOf(advice, result),
    isShort: advice.decision === "boundary",
    isService: result.model.components.some((component) => component.ref === advice.subject && isDeployable(component)),
    counts: countsOf(advice),
    wouldChange: advice.wouldChange.map((change) => tame(change, 400)),
  };
}

/** What joined the files, and how near the candidates are to the parts of today: once for all of them. */
export function seamsSentence({ advice, measures }: Result): string {
  if (!advice.some(({ decision }) => decision === "boundary")) return "";
  const of = (id: string) => measures.find((one) => one.id === id);
  const layers = Object.entries(of("boundary.layers")?.detail ?? {}).map(([name, weight]): [string, number] => [
    tame(name, 40),
    Number(weight),
  ]);
  const [present, absent] = [layers.filter(([, weight]) => weight > 0), layers.filter(([, weight]) => weight === 0)];
  const near = of("boundary.similarity");
  return [
    present.length === 0
      ? ""
      : `What joins the files: ${listed(present.map(([name, weight]) => `${name} ${Math.round(weight * 100)} %`))}${absent.length === 0 ? "" : `; not known: ${listed(absent.map(([name]) => name))}`}.`,
    near?.value == null
      ? ""
      : `All candidates together are ${plainNumber(near.value)} of 100 near to the parts of today (MoJoFM: ${Number(near.detail?.["moves"] ?? 0)} moves or joins over ${Number(near.detail?.["files"] ?? 0)} files).`,
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** A line of drystone.yaml belongs to the step before it and is for copying. */
function stepsOf({ steps }: Advice): AdviceView["steps"] {
  const shown: { text: string; commands: string[] }[] = [];
  for (const step of steps) {
    const last = shown.at(-1);
    if (last !== undefined && step.startsWith("modules:")) last.commands.push(...linesOf(step));
    else shown.push({ text: tame(step, 400), commands: [] });
  }
  return shown;
}

/** At most as many lines as somebody would copy. */
function linesOf(text: string): string[] {
  const lines = text.split("\n").map((line) => clean(line, 1000));
  return lines.length <= mostLines
    ? lines
    : [...lines.slice(0, mostLines), `# and ${lines.length - mostLines} more lines: drystone advise boundaries --format json`];
}

const mostLines = 120;

/** What it comes to first, then the questions as the report asks them. */
function rank({ id }: Measure): number {
  const topic = id.slice("sensitivity.".length);
  const order = ["outcome", ...prerequisiteIds, ...signalIds];
  return order.includes(topic) ? order.indexOf(topic) : order.length;
}

/** ■ the same answer, □ another one, · too little to tell, in the order of the settings. */
function stripsOf({ subject }: Advice, { measures }: Result): AdviceView["strips"] {
  return measures
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap(({ id, subjects, detail, sample }) => {
      if (!id.startsWith("sensitivity.") || subjects[0] !== subject || detail === undefined) return [];
      const plain = String(detail["plain"] ?? "unknown");
      if (plain === "unknown") return [];
      const others = Object.entries(detail).filter(([name]) => name !== "plain");
      const marks = others.map(([, word]) => (word === plain ? "■" : word === "unknown" ? "·" : "□"));
      const turned = others
        .filter(([, word]) => word !== plain && word !== "unknown")
        .map(([name, word]) => `${tame(String(word), 20)} with ${tame(name, 60)}`);
      const topic = id.slice("sensitivity.".length);
      return [
        {
          title: topic === "outcome" ? "What it comes to" : topicOf(topic).title,
          strip: marks.join(""),
          note:
            turned.length === 0
              ? `${tame(plain, 20)} throughout`
              : `${tame(plain, 20)}; ${turned.length} of ${sample?.n ?? others.length} differ: ${turned.join(", ")}`,
        },
      ];
    });
}

/** `1 signal; 2 yes, 1 no, 2 unknown`. */
export function shortCounts(advice: Advice): string {
  const signals = countOf(advice, signalIds, "signal");
  const answers = (["yes", "no", "unknown"] as const).map((word) => `${countOf(advice, prerequisiteIds, word)} ${word}`);
  return `${signals} signal${signals === 1 ? "" : "s"}; ${answers.join(", ")}`;
}

function countOf({ assessments }: Advice, ids: readonly string[], verdict: string): number {
  return assessments.filter(({ id, verdict: own }) => ids.includes(id) && own === verdict).length;
}

function countsOf(advice: Advice): string {
  if (!advice.assessments.some(({ id }) => signalIds.includes(id))) return rulesOf(advice);
  const count = (ids: readonly string[], verdict: string) => countOf(advice, ids, verdict);
  return `${count(signalIds, "signal")} of 6 signals; of 5 questions ${count(prerequisiteIds, "yes")} yes, ${count(prerequisiteIds, "no")} no, ${count(prerequisiteIds, "unknown")} unknown`;
}

/** Of a decision that rules make: how many of them are met. */
function rulesOf({ assessments }: Advice): string {
  const rules = assessments.flatMap(({ conditions }) => conditions);
  const count = (met: boolean | null) => rules.filter((rule) => rule.met === met).length;
  return rules.length === 0 ? "" : `of ${rules.length} rules ${count(true)} met, ${count(false)} not, ${count(null)} unknown`;
}

/** A name for the subject of advice: a component, two of them, a path. */
export function subjectName({ subject }: Advice, names: ReturnType<typeof namesOf>): string {
  return listed(
    subject.split(/ (?=component:|path:)/).map((one) => (one.startsWith("path:") ? tame(one.slice(5), 60) : names(one, 60))),
  );
}

function questionOf({ decision, assessments }: Advice, name: string): string {
  if (decision === "split") return `Should ${name} be split out?`;
  if (decision === "merge") return `Should ${name} be one?`;
  if (decision === "stay") return tame(assessments[0]?.question ?? "Should it stay one deployable?", 80);
  return name === "system" ? "Where are the seams?" : `Candidate: ${name}`;
}

const marks: Readonly<Record<Advice["outcome"], { readonly label: string; readonly symbol: string; readonly tone: Tone }>> = {
  premature: { label: "Premature", symbol: "●", tone: "alarm" },
  "not-demonstrated": { label: "Not demonstrated", symbol: "?", tone: "between" },
  "does-not-pay": { label: "Does not pay", symbol: "○", tone: "calm" },
  pays: { label: "Pays", symbol: "✓", tone: "strong" },
  stay: { label: "Stay", symbol: "○", tone: "calm" },
  merge: { label: "Merge", symbol: "◆", tone: "strong" },
  "no-structure": { label: "No structure found", symbol: "○", tone: "calm" },
};

export function markOf(outcome: Advice["outcome"]): { readonly label: string; readonly symbol: string; readonly tone: Tone } {
  return Object.hasOwn(marks, outcome) ? marks[outcome] : { label: "Unknown", symbol: "?", tone: "quiet" };
}

/** Why, in one sentence with the words of the questions that decided. */
function sentenceOf({ outcome, assessments, decision }: Advice, result: Result): string {
  const of = (ids: readonly string[], verdict: string) =>
    assessments.filter(({ id, verdict: own }) => ids.includes(id) && own === verdict);
  const nouns = (ids: readonly string[], verdict: string) => of(ids, verdict).map(({ id }) => topicOf(id).noun);
  if (decision !== "split")
    return tame((decision === "boundary" ? assessments[0]?.reasons.join(" ") : assessments[0]?.reasons[0]) ?? "", 1200);
  const baseline = result.assessments.find(({ id }) => id === "operational-baseline")?.verdict;
  if (outcome === "premature") {
    const no = [...nouns(prerequisiteIds, "no"), ...(baseline === "not-met" ? ["the operational baseline"] : [])];
    return `What it would take is not there: ${listed(no.map((noun) => `no ${noun.replace(/^(?:an?|the) /, "")}`))}.`;
  }
  if (outcome === "not-demonstrated") {
    const open = [...nouns(prerequisiteIds, "unknown"), ...(baseline === "met" ? [] : ["the operational baseline"])];
    return open.length === 0
      ? "Nothing stands against it, but that it pays is not shown."
      : `Nothing stands against it so far, but too much is unknown: ${listed(open)}.`;
  }
  if (outcome === "does-not-pay")
    return tame(
      of(["stay-monolith"], "stay")[0]?.reasons[0] ??
        of(["boundary-cost"], "does-not-pay")[0]?.reasons[0] ??
        "Too few signals ask for it.",
      400,
    );
  return tame(of(["boundary-cost"], "pays")[0]?.reasons[0] ?? "", 400);
}

function lineOf({ value, unit, detail, interval }: Measure): string {
  const basis = detail?.["basis"];
  const range = interval === null ? "" : ` (${plainNumber(interval[0])} to ${plainNumber(interval[1])})`;
  const parts = ["in", "out", "sharedTables", "pipelines", "runbooks", "dashboards", "alerts", "consumers"]
    .filter((key) => detail !== undefined && Object.hasOwn(detail, key))
    .map((key) => `${plainNumber(Number(detail?.[key] ?? 0))} ${words.get(key) ?? key}`);
  const notes = [...parts, ...(basis === undefined ? [] : [tame(String(basis), 80)])];
  return `${value === null ? "?" : plainNumber(value)}${range} ${tame(unit, 100)}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`;
}

const words = new Map([
  ["sharedTables", "tables used on both sides"],
  ["pipelines", "pipeline"],
  ["runbooks", "runbook"],
  ["dashboards", "dashboard"],
]);

/** One line per command that would decide something. */
function missingOf({ assessments }: Advice): AdviceView["missing"] {
  const found = new Map<string, { input: string; decides: string[]; commands: readonly string[] }>();
  for (const { id, missing } of assessments) {
    for (const { input, how } of missing) {
      const known = found.get(how) ?? { input: tame(input, 200), decides: [], commands: commandsOf(how) };
      if (!known.decides.includes(topicOf(id).noun)) known.decides.push(topicOf(id).noun);
      found.set(how, known);
    }
  }
  return [...found.values()].toSorted((a, b) => b.decides.length - a.decides.length);
}
