/** What the coupling of services and that of modules have in common. */
import type { Estate } from "#derive/estate/index.js";
import type { Pair, Ripple } from "#derive/pairs/index.js";
import type { ComponentFact } from "#model/facts.js";
import type { Finding, Measure } from "#model/result.js";
import { isoDate } from "#util/dates.js";
import { interval, rounded } from "#util/statistics/index.js";
import { listed } from "#util/words.js";
import { finding } from "./assessment.js";
import { commitsOf } from "./evidence.js";

/** The commits behind a ripple. @param noun what is changed: `service`, `module`. */
export function jointChanges(estate: Estate, ripple: Ripple, id: string, noun: string): Finding[] {
  const [latest] = ripple.rippled;
  if (!latest) return [];
  const touched = latest.components
    .filter((component) => estate.subjects.includes(component))
    .flatMap((component) => estate.components[component]?.name ?? []);
  return [
    finding({
      code: `${id}/joint-changes`,
      severity: "note",
      subjects: ["system"],
      message: `${ripple.hits} changes touched several ${noun}s at once, the latest one ${listed(touched)}.`,
      fix: `Read the commits that changed several ${noun}s: what did the second one need to know?`,
      value: rounded(ripple.hits / ripple.n),
      unit: "share of change sets",
      interval: interval(ripple.estimate),
      sample: { n: ripple.n, of: "change sets" },
      ...commitsOf(estate, ripple.rippled),
    }),
  ];
}

/** A pair as a finding: degree, sample and the commits that touch both; the caller says what it means. */
export function pairFinding(estate: Estate, pair: Pair, said: Pick<Finding, "code" | "severity" | "message" | "fix">): Finding {
  const together = estate.long.sets.filter((set) => set.components.includes(pair.a) && set.components.includes(pair.b));
  return finding({
    ...said,
    subjects: refsOf(estate, pair),
    value: rounded(pair.degree),
    unit: "degree",
    sample: sampleOf(estate, pair),
    ...commitsOf(estate, together),
  });
}

/** The direction in which one more often needs the other: of the changes to `from`, `share` also change `to`. */
export function strongerDirection(
  estate: Estate,
  pair: Pair,
): { from: ComponentFact | undefined; to: ComponentFact | undefined; share: number } {
  const [a, b] = [estate.components[pair.a], estate.components[pair.b]];
  return pair.confidenceAToB >= pair.confidenceBToA
    ? { from: a, to: b, share: pair.confidenceAToB }
    : { from: b, to: a, share: pair.confidenceBToA };
}

/** Degree of a pair with what it is made of, over the long window. */
export function pairMeasure(estate: Estate, pair: Pair): Measure {
  const { expected, lift, q, beyondChance } = pair;
  return {
    id: "coupling.degree",
    subjects: refsOf(estate, pair),
    value: rounded(pair.degree),
    unit: "ratio",
    interval: null,
    sample: sampleOf(estate, pair),
    window: `${isoDate(estate.long.from)}/${isoDate(estate.long.to)}`,
    detail: {
      shared: pair.shared,
      revisionsA: pair.revisionsA,
      revisionsB: pair.revisionsB,
      confidenceAToB: rounded(pair.confidenceAToB),
      confidenceBToA: rounded(pair.confidenceBToA),
      weight: rounded(pair.weight),
      ...(expected === null || lift === null || q === null
        ? {}
        : { expected: rounded(expected), lift: rounded(lift), q: rounded(q), beyondChance: beyondChance ? "yes" : "no" }),
    },
  };
}

function refsOf(estate: Estate, pair: Pair): string[] {
  return [estate.components[pair.a]?.ref ?? "", estate.components[pair.b]?.ref ?? ""];
}

function sampleOf(estate: Estate, pair: Pair) {
  return { n: Math.round((pair.revisionsA + pair.revisionsB) / 2), of: "change sets", min: estate.parameters.nMin.pair };
}
