/** How long work takes, with what is not finished yet counted as at least as long as it took so far. */
import { mulberry32, randomIndex } from "#util/random.js";

export interface Duration {
  readonly time: number;
  /** False for what is still open: it takes longer than this. */
  readonly isDone: boolean;
}

/** The time within which the given share is done (Kaplan-Meier 1958); null where more than the rest is still open. */
export function kaplanMeierQuantile(durations: readonly Duration[], share: number): number | null {
  const sorted = durations.toSorted((a, b) => a.time - b.time || Number(b.isDone) - Number(a.isDone));
  let open = sorted.length;
  let survival = 1;
  for (const { time, isDone } of sorted) {
    if (isDone) survival *= 1 - 1 / open;
    open--;
    if (isDone && survival <= 1 - share + 1e-12) return time;
  }
  return null;
}

const draws = 500;
const mostWork = 3_000_000;

/** Percentile bootstrap of a quantile; null where a draw has none, or for more items than can be drawn from in a moment. */
export function quantileInterval(
  durations: readonly Duration[],
  share: number,
  level: number,
  seed: number,
): readonly [number, number] | null {
  if (durations.length === 0 || durations.length * draws > mostWork) return null;
  const random = mulberry32(seed);
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const value = kaplanMeierQuantile(
      durations.map(() => durations[randomIndex(random, durations.length)] as Duration),
      share,
    );
    values.push(value ?? Infinity);
  }
  values.sort((a, b) => a - b);
  const low = values[Math.floor(((1 - level) / 2) * draws)] ?? 0;
  const high = values[Math.ceil(((1 + level) / 2) * draws) - 1] ?? 0;
  return Number.isFinite(high) ? [low, high] : null;
}
