import { normalTail } from "./distributions.js";
import { clopperPearson, type Estimate } from "./proportions.js";

/** Benjamini-Hochberg (1995): the adjusted p value (q) of every test, in the given order. Reject where q <= the false discovery rate wanted.
 *  `tests` is the size of the family when tests with p = 1 were left out of the list. */
export function benjaminiHochberg(pValues: readonly number[], tests = pValues.length): number[] {
  const rising = pValues.map((p, index) => ({ p, index })).sort((one, other) => one.p - other.p || one.index - other.index);
  const adjusted = pValues.map(() => 1);
  let least = 1;
  for (let rank = rising.length; rank >= 1; rank--) {
    const { p, index } = rising[rank - 1]!;
    least = Math.min(least, (p * tests) / rank);
    adjusted[index] = least;
  }
  return adjusted;
}

/** Ratio of two Poisson rates (events per exposure) with the exact conditional interval. `high` is Infinity when the second has no events;
 *  null when neither has events or an exposure is not positive. */
export function rateRatio(
  events: number,
  exposure: number,
  otherEvents: number,
  otherExposure: number,
  level = 0.95,
): Estimate | null {
  const share = clopperPearson(events, events + otherEvents, level);
  if (!share || !(exposure > 0) || !(otherExposure > 0)) return null;
  const odds = (part: number): number => ((part / (1 - part)) * otherExposure) / exposure;
  return { value: odds(share.value), low: odds(share.low), high: odds(share.high) };
}

/** Mann-Whitney U test that the first values are larger: one-sided p by the normal approximation with ties and continuity; null for an empty
 *  side. `delta` is Cliff's delta, -1..1. Meant for eight or more on each side. */
export function mannWhitney(
  first: readonly number[],
  second: readonly number[],
): { readonly p: number; readonly delta: number } | null {
  const [m, n] = [first.length, second.length];
  if (m === 0 || n === 0) return null;
  const all = [...first.map((value) => ({ value, own: 1 })), ...second.map((value) => ({ value, own: 0 }))].sort(
    (a, b) => a.value - b.value,
  );
  let ranks = 0;
  let ties = 0;
  for (let start = 0; start < all.length; ) {
    let end = start;
    while (end < all.length && all[end]!.value === all[start]!.value) end++;
    const size = end - start;
    ties += size * size * size - size;
    for (let at = start; at < end; at++) ranks += all[at]!.own * ((start + 1 + end) / 2);
    start = end;
  }
  const u = ranks - (m * (m + 1)) / 2;
  const total = m + n;
  const variance = ((m * n) / 12) * (total + 1 - ties / (total * (total - 1)));
  const p = variance > 0 ? normalTail((u - (m * n) / 2 - 0.5) / Math.sqrt(variance)) : 1;
  return { p, delta: (2 * u) / (m * n) - 1 };
}
