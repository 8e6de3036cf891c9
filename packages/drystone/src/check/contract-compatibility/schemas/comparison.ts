/** How much is wrong with a pair of schemas. */
import type { Comparison } from "./walk.js";

/** Notes weigh less. */
export const warningWeight = 100;
export const errorWeight = 10_000;

const maxSeen = 2000;

/** 0 for no gap, small for notes, infinite where even the type or the fixed value is another. */
export function weightOf(comparison: Comparison, depth = 0, seen: Set<Comparison> = new Set()): number {
  if (seen.has(comparison)) return 0;
  seen.add(comparison);
  if (depth === 0 && comparison.gaps.some(({ rule }) => otherKind.has(rule))) return Number.POSITIVE_INFINITY;
  const own = comparison.gaps.reduce(
    (sum, { level }) => sum + (level === "error" ? errorWeight : level === "warning" ? warningWeight : 1),
    0,
  );
  if (seen.size > maxSeen) return own;
  return comparison.parts.reduce((sum, inner) => sum + weightOf(inner.comparison, depth + 1, seen), own);
}

const otherKind: ReadonlySet<string> = new Set([
  "type-changed",
  "value-refused",
  "value-unexpected",
  "became-not-nullable",
  "became-nullable",
]);

export function isFine(comparison: Comparison): boolean {
  return weightOf(comparison) === 0;
}

export const tooLarge = {
  rule: "not-compared",
  level: "warning",
  message: "the schema is too large or too deep to be compared to its end",
  fix: "compare this part by hand, or split the contract",
} as const;
