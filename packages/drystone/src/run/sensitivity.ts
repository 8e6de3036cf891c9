/** Whether an answer hangs on a setting: the same part, asked again under eight other settings (metrics.md J). Pure. */
import { type AdvisedSystem, advisedSystem, adviseSplit } from "#advise/index.js";
import { type Estate, underOtherSettings } from "#derive/estate/index.js";
import type { Part } from "#derive/parts/index.js";
import type { Advice, Assessment, Measure, VerdictWord } from "#model/result.js";

type Setting = Parameters<typeof underOtherSettings>[1];

const otherSettings: readonly (readonly [name: string, setting: Setting])[] = [
  ["6 months", { months: 6 }],
  ["24 months", { months: 24 }],
  ["15 files per change", { maxFiles: 15 }],
  ["60 files per change", { maxFiles: 60 }],
  ["6 months, 15 files", { months: 6, maxFiles: 15 }],
  ["24 months, 60 files", { months: 24, maxFiles: 60 }],
  ["manifests and documentation counted", { noise: true }],
  ["24 months, all counted", { months: 24, noise: true }],
];

/** The advice with every answer weakened that more than one other setting turns, and a strip per answer and for the outcome. */
export function adviseFirmly(
  system: AdvisedSystem,
  part: Part,
): { readonly advice: Advice; readonly measures: readonly Measure[] } {
  const plain = adviseSplit(system, part);
  const others = otherSettings.map(([name, setting]) => [name, adviseSplit(underSetting(system, setting), part)] as const);
  const fragile = new Set<string>();
  const measures = plain.assessments.map(({ id, verdict }) => {
    const words = others.map(([name, advice]): [string, VerdictWord] => [
      name,
      advice.assessments.find((one) => one.id === id)?.verdict ?? "unknown",
    ]);
    if (flipsOf(verdict, words).length > system.estate.parameters.J.flipMax) fragile.add(id);
    return strip(`sensitivity.${id}`, part.subject, verdict, words);
  });
  const weaken = (assessment: Assessment): Assessment =>
    fragile.has(assessment.id)
      ? weakened(
          assessment,
          measures.find(({ id }) => id === `sensitivity.${assessment.id}`),
        )
      : assessment;
  const advice = fragile.size === 0 ? plain : adviseSplit(system, part, weaken);
  const outcomes = others.map(([name, other]): [string, string] => [name, other.outcome]);
  return { advice, measures: [...measures, strip("sensitivity.outcome", part.subject, advice.outcome, outcomes)] };
}

function underSetting({ estate, assessments, churn }: AdvisedSystem, setting: Setting): AdvisedSystem {
  const repositories =
    setting.noise === true
      ? estate.repositories.map((one) => ({ ...one, noise: one.noise.map(() => null) }))
      : estate.repositories;
  const other: Estate = { ...estate, repositories, recent: underOtherSettings(estate, setting) };
  return advisedSystem(other, assessments, churn);
}

/** What is not known under another setting is no other answer. */
function flipsOf(verdict: string, words: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return verdict === "unknown" ? [] : words.filter(([, word]) => word !== "unknown" && word !== verdict);
}

function strip(id: string, subject: string, verdict: string, words: readonly (readonly [string, string])[]): Measure {
  return {
    id,
    subjects: [subject],
    value: flipsOf(verdict, words).length,
    unit: "of eight other settings that give another answer",
    interval: null,
    sample: { n: words.length, of: "settings" },
    window: null,
    detail: { plain: verdict, ...Object.fromEntries(words) },
  };
}

/** A signal becomes weak; an answer becomes unknown. */
function weakened(assessment: Assessment, measure: Measure | undefined): Assessment {
  const word = assessment.verdict === "signal" ? "weak" : "unknown";
  const turns = Object.entries(measure?.detail ?? {}).filter(
    ([name, value]) => name !== "plain" && value !== "unknown" && value !== assessment.verdict,
  );
  return {
    ...assessment,
    verdict: word,
    reasons: [
      `Weakened from ${assessment.verdict}: other settings say otherwise (${turns.map(([name, value]) => `${name}: ${String(value)}`).join("; ")}).`,
      ...assessment.reasons,
    ],
  };
}
