/** What a symptom's number is read against, taken from the sentences that the report prints: thresholds and the range of public systems. */
import type { Assessment } from "../../model.js";

export interface Thresholds {
  /** At or below: the good word. */
  readonly low: number | null;
  /** At or above: the bad word. */
  readonly high: number | null;
  /** Which end is the problem: few changes by the owner, or many across services. */
  readonly problem: "low" | "high";
}

/** Thresholds of a share, 0..1. Null where a condition counts something else. */
export function thresholdsOf({ conditions, unit }: Pick<Assessment, "conditions" | "unit">): Thresholds {
  if (!unit?.startsWith("share")) return { low: null, high: null, problem: "high" };
  const texts = conditions.map(({ text }) => text);
  return {
    problem: texts.some((text) => /^(?:aligned|met): lower bound/.test(text)) ? "low" : "high",
    low: firstOf(texts, [/^(?:absent|aligned): upper bound ≤ (0(?:\.\d+)?|1)/, /^misaligned: upper bound ≤ (0(?:\.\d+)?|1)/]),
    high: firstOf(texts, [
      /^(?:present|misaligned): lower bound ≥ (0(?:\.\d+)?|1)/,
      /^aligned: lower bound ≥ (0(?:\.\d+)?|1)/,
      /^present: share of [^≥]{1,80} ≥ (0(?:\.\d+)?|1)/,
      /^present: lines [^\d]{1,80} (\d{1,3}) % or more/,
    ]),
  };
}

function firstOf(texts: readonly string[], patterns: readonly RegExp[]): number | null {
  for (const pattern of patterns) {
    for (const text of texts) {
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) return text.includes(`${found} % or more`) ? Number(found) / 100 : Number(found);
    }
  }
  return null;
}

export interface PublicRange {
  readonly systems: number;
  readonly low: number;
  readonly high: number;
  readonly median: number;
}

/** Range of a share over public systems; null where another unit is compared. */
export function publicRangeOf({ comparison }: Pick<Assessment, "comparison">): PublicRange | null {
  const found = /^(\d{1,4}) public systems[^:]{0,40}: (\d(?:\.\d+)?) to (\d(?:\.\d+)?), median (\d(?:\.\d+)?)$/.exec(
    comparison ?? "",
  );
  if (found === null) return null;
  const [systems = 0, low = 0, high = 0, median = 0] = found.slice(1).map(Number);
  return high > 1 ? null : { systems, low, high, median };
}
