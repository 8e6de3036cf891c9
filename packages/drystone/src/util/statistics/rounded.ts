/** Numbers as a result carries them. */

/** Six digits: more would differ from machine to machine and mean nothing. */
export function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** An estimate's margin; null without an estimate, or where it has no upper end. */
export function interval(estimate: { readonly low: number; readonly high: number } | null): [low: number, high: number] | null {
  return estimate === null || !Number.isFinite(estimate.high) ? null : [rounded(estimate.low), rounded(estimate.high)];
}
