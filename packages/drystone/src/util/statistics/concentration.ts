import { quantileSorted } from "simple-statistics";

/** Effective number of kinds, inverse Simpson 1 / sum of squared shares: 1 when all falls on one, n when spread evenly over n. 0 for no counts. */
export function effectiveNumber(counts: Iterable<number>): number {
  let sum = 0;
  let squares = 0;
  for (const count of counts) {
    sum += count;
    squares += count * count;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}

/** Fractal value 1 - sum of squared shares (D'Ambros et al.; code-maat `fragmentation`): 0 for one contributor, towards 1 for many. 0 for no counts. */
export function fractalValue(counts: Iterable<number>): number {
  const kinds = effectiveNumber(counts);
  return kinds > 0 ? 1 - 1 / kinds : 0;
}

/** The values below which the given shares (0..1) of all values lie, in the order of `shares`; empty for no values. Values need not be sorted. */
export function quantiles(values: Iterable<number>, shares: readonly number[]): number[] {
  const rising = [...values].sort((one, other) => one - other);
  return rising.length === 0 ? [] : shares.map((share) => quantileSorted(rising, share));
}

/** Degree of authorship of one person for one file (Avelino et al., ICPC 2016). `created` is whether the person made the file. */
export function degreeOfAuthorship(created: boolean, ownChanges: number, changesByOthers: number): number {
  return 3.293 + (created ? 1.098 : 0) + 0.164 * ownChanges - 0.321 * Math.log1p(changesByOthers);
}

/** How far a team kept its people: `retention` is the share of the earlier members who are still there, `jaccard` common over all. Null for no earlier members. */
export function teamStability(
  earlier: Iterable<string>,
  later: Iterable<string>,
): { readonly retention: number; readonly jaccard: number } | null {
  const before = new Set(earlier);
  const after = new Set(later);
  if (before.size === 0) return null;
  const stayed = [...before].filter((member) => after.has(member)).length;
  return { retention: stayed / before.size, jaccard: stayed / (before.size + after.size - stayed) };
}
