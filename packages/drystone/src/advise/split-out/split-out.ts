/**
 * Split it out? Any "no" of the five prerequisites, or an operational baseline that is not met, makes it premature; any "unknown" leaves it not demonstrated.
 * Only with all of them does the rest decide: no reason to stay, two split signals, and a boundary that pays (metrics.md C, F3, K).
 */
import type { Part } from "#derive/parts/index.js";
import type { Advice, Assessment, Measure } from "#model/result.js";
import { counted, listed } from "../_shared/index.js";

export interface SplitCase {
  readonly part: Part;
  readonly signals: readonly Assessment[];
  readonly prerequisites: readonly Assessment[];
  readonly cost: Assessment;
  /** Null where the system is several deployables already. */
  readonly stay: Assessment | null;
  /** Of the system; null where it was not assessed. */
  readonly baseline: Assessment | null;
  readonly costs: readonly Measure[];
  readonly benefits: readonly Measure[];
  /** Split signals that are needed. */
  readonly least: number;
}

export function decideSplit(split: SplitCase): Advice {
  const outcome = outcomeOf(split);
  return {
    decision: "split",
    subject: split.part.subject,
    outcome,
    assessments: [...split.signals, ...split.prerequisites, split.cost, ...(split.stay === null ? [] : [split.stay])],
    costs: split.costs,
    benefits: split.benefits,
    steps: stepsOf(split, outcome),
    wouldChange: wouldChange(split, outcome),
  };
}

function outcomeOf({ prerequisites, baseline, cost, stay, signals, least }: SplitCase): Advice["outcome"] {
  if (prerequisites.some(({ verdict }) => verdict === "no") || baseline?.verdict === "not-met") return "premature";
  if (prerequisites.some(({ verdict }) => verdict !== "yes") || baseline?.verdict !== "met") return "not-demonstrated";
  if (stay?.verdict === "stay" || cost.verdict === "does-not-pay") return "does-not-pay";
  const seen = count(signals, "signal");
  if (seen + count(signals, "unknown") < least) return "does-not-pay";
  const known = stay === null || stay.verdict === "no-reason-to-stay";
  return known && seen >= least && cost.verdict === "pays" ? "pays" : "not-demonstrated";
}

function count(assessments: readonly Assessment[], verdict: Assessment["verdict"]): number {
  return assessments.filter((assessment) => assessment.verdict === verdict).length;
}

function stepsOf({ prerequisites, signals, cost, baseline, part }: SplitCase, outcome: Advice["outcome"]): string[] {
  const no = prerequisites.filter(({ verdict }) => verdict === "no");
  const open = prerequisites.filter(({ verdict }) => verdict === "unknown");
  const stays =
    part.kind === "service"
      ? `${part.name} is deployed as a service of its own already: until then ask whether it should be merged again (drystone advise merge).`
      : `Keep ${part.name} where it is, and put a rule around it that a machine checks (drystone advise boundaries).`;
  if (outcome === "premature")
    return [
      ...no.map(({ question, reasons }) => `${question} No: ${lowerFirst(reasons[0] ?? "")}`),
      ...(baseline?.verdict === "not-met"
        ? ["Meet the operational baseline in what runs today before anything is split out."]
        : []),
      stays,
    ];
  if (outcome === "not-demonstrated") {
    const inputs = [...new Set([...open, cost].flatMap(({ missing }) => missing.slice(0, 1).map(({ input }) => input)))];
    return [
      `Get what is missing, the cheapest first: ${listed(inputs, 4)}.`,
      part.kind === "service"
        ? `${part.name} is deployed as a service of its own already: that this pays is not shown.`
        : `Until then ${part.name} stays where it is.`,
    ];
  }
  if (outcome === "does-not-pay")
    return [
      `Keep ${part.name} where it is.`,
      ...(count(signals, "signal") === 0 ? ["Nothing in how it runs or changes asks for a boundary."] : []),
    ];
  return [
    `Draw the boundary inside first: a module rule for ${part.name}, checked in CI.`,
    "Move its tables behind its interface; then move the deployment.",
    "Ask again after a quarter, with the deploys and changes of that quarter.",
  ];
}

function wouldChange({ prerequisites, signals, cost, stay, baseline, least }: SplitCase, outcome: Advice["outcome"]): string[] {
  if (outcome === "premature") {
    const no = prerequisites.filter(({ verdict }) => verdict === "no").map(({ id }) => id);
    return [`yes to ${listed([...no, ...(baseline?.verdict === "not-met" ? ["operational-baseline"] : [])])}`];
  }
  if (outcome === "pays")
    return [
      "a prerequisite that is lost: the team, the contract or the independent deploys",
      "months in which fewer changes need another team",
    ];
  const seen = count(signals, "signal");
  return [
    ...prerequisites
      .filter(({ verdict }) => verdict === "unknown")
      .map(({ id, missing }) => `${id}: ${missing[0]?.input ?? "an answer"}`),
    ...(baseline?.verdict === "met" ? [] : ["operational-baseline: met in what runs today"]),
    ...(seen >= least ? [] : [`${counted(least - seen, "more split signal")} (${seen} of ${least} so far)`]),
    ...(cost.verdict === "pays"
      ? []
      : [`boundary-cost: ${cost.missing[0]?.input ?? "more coordination between teams that it would remove"}`]),
    ...(stay?.verdict === "stay"
      ? stay.conditions.filter(({ met }) => met === true).map(({ text }) => `no longer: ${text}`)
      : []),
  ];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
