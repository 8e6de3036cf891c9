import { quantileSorted } from "simple-statistics";
import { mulberry32, randomIndex } from "../random.js";
import { bisect, incompleteBeta, normalQuantile } from "./distributions.js";

/** An estimate with its confidence interval; of a share all three are 0..1. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What belongs together, such as the change sets of one week: `numerator` of the `denominator` cases had the property. */
export interface Cluster {
  readonly numerator: number;
  readonly denominator: number;
}

export interface Thresholds {
  readonly low: number;
  readonly high: number;
  /** The least sample that allows a verdict. */
  readonly min: number;
}

/** Wilson (1927) score interval of hits/n. Fractions are allowed, so that n may be an effective sample size. Null when n is 0. */
export function wilson(hits: number, n: number, level = 0.95): Estimate | null {
  if (!(n > 0)) return null;
  const z = normalQuantile((1 + level) / 2);
  const share = hits / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { value: share, low: hits === 0 ? 0 : Math.max(0, centre - half), high: hits === n ? 1 : Math.min(1, centre + half) };
}

/** Clopper-Pearson (1934) exact interval of hits/n: never covers less than `level`, usually more. Null when n is 0. */
export function clopperPearson(hits: number, n: number, level = 0.95): Estimate | null {
  if (!(n > 0)) return null;
  const tail = (1 - level) / 2;
  return {
    value: hits / n,
    low: hits === 0 ? 0 : bisect((share) => incompleteBeta(share, hits, n - hits + 1) - tail, 0, 1),
    high: hits === n ? 1 : bisect((share) => incompleteBeta(share, hits + 1, n - hits) - (1 - tail), 0, 1),
  };
}

/** Difference first - second of two independent shares, -1..1, by Newcombe's hybrid score method (1998, method 10). Null without cases. */
export function newcombe(hits: number, n: number, otherHits: number, otherN: number, level = 0.95): Estimate | null {
  const first = wilson(hits, n, level);
  const second = wilson(otherHits, otherN, level);
  if (!first || !second) return null;
  const value = first.value - second.value;
  return {
    value,
    low: value - Math.hypot(first.value - first.low, second.high - second.value),
    high: value + Math.hypot(first.high - first.value, second.value - second.low),
  };
}

/** Counts cases and hits per calendar week (Monday, UTC), in time order; weeks without a case are left out. Times in seconds since 1970. */
export function weeklyClusters(cases: Iterable<{ readonly time: number; readonly hit: boolean }>): Cluster[] {
  const weeks = new Map<number, { numerator: number; denominator: number }>();
  for (const { time, hit } of cases) {
    const week = Math.floor((time / 86_400 + 3) / 7); // 1970-01-01 was a Thursday
    const counts = weeks.get(week) ?? { numerator: 0, denominator: 0 };
    counts.denominator += 1;
    if (hit) counts.numerator += 1;
    weeks.set(week, counts);
  }
  return [...weeks].sort(([first], [second]) => first - second).map(([, counts]) => counts);
}

/** Percentile bootstrap of a ratio of sums that redraws whole clusters: what happens within a week is not independent. Null without cases.
 *  The order of the clusters does not matter. */
export function weekBootstrap(
  clusters: readonly Cluster[],
  options: { readonly level?: number; readonly seed?: number; readonly draws?: number } = {},
): Estimate | null {
  const { level = 0.95, seed = 1, draws = 1000 } = options;
  const weeks = clusters.filter((cluster) => cluster.denominator > 0).sort((one, other) => order(one, other));
  const total = sumOf(weeks);
  if (total.denominator <= 0) return null;
  const random = mulberry32(seed);
  const ratios = Array.from({ length: draws }, () => {
    const drawn = sumOf(weeks.map(() => weeks[randomIndex(random, weeks.length)]!));
    return drawn.numerator / drawn.denominator;
  }).sort((one, other) => one - other);
  return {
    value: total.numerator / total.denominator,
    low: quantileSorted(ratios, (1 - level) / 2),
    high: quantileSorted(ratios, (1 + level) / 2),
  };
}

/** The interval that verdicts on shares of change sets use: the wider of Wilson and week bootstrap (metrics.md J). Null without cases. */
export function proportionInterval(
  clusters: readonly Cluster[],
  options: { readonly level?: number; readonly seed?: number; readonly draws?: number } = {},
): Estimate | null {
  const { numerator, denominator } = sumOf(clusters);
  const score = wilson(numerator, denominator, options.level);
  const bootstrap = weekBootstrap(clusters, options);
  if (!score || !bootstrap) return score;
  return bootstrap.high - bootstrap.low > score.high - score.low ? bootstrap : score;
}

/** The rule for every share: decided on the interval, never on the point. `unknown` with too few cases or an interval that holds both thresholds. */
export function verdictOfProportion(
  interval: Pick<Estimate, "low" | "high"> | null,
  n: number,
  thresholds: Thresholds,
): "present" | "mixed" | "absent" | "unknown" {
  if (!interval || n < thresholds.min) return "unknown";
  if (interval.low >= thresholds.high) return "present";
  if (interval.high <= thresholds.low) return "absent";
  return interval.low < thresholds.low && interval.high > thresholds.high ? "unknown" : "mixed";
}

function order(one: Cluster, other: Cluster): number {
  return one.denominator - other.denominator || one.numerator - other.numerator;
}

function sumOf(clusters: readonly Cluster[]): Cluster {
  let numerator = 0;
  let denominator = 0;
  for (const cluster of clusters) {
    numerator += cluster.numerator;
    denominator += cluster.denominator;
  }
  return { numerator, denominator };
}
