/** Load of a part against that of the rest, both measured by the same metric. */
import type { LoadSeries } from "#derive/running/index.js";
import { mulberry32, randomIndex } from "#util/random.js";
import { type Estimate, quantiles } from "#util/statistics/index.js";
import { growthPerMonth } from "./growth-per-month.js";

export interface LoadComparison {
  /** Months with load of both sides. */
  readonly months: number;
  /** Share per month that the part grows faster; null with too few months. */
  readonly growth: Estimate | null;
  /** Peak over mean of the part over that of the rest; null without two weeks by the hour. */
  readonly peaks: { readonly ratio: number; readonly correlation: number } | null;
}

/** @param leastMonths months that growth needs. */
export function compareLoads(
  own: Series,
  others: Series,
  leastMonths: number,
  ci: { readonly level: number; readonly seed: number; readonly draws: number },
): LoadComparison {
  const [inside, outside] = [byMonth(own), byMonth(others)];
  const months = [...inside.keys()].filter((at) => outside.has(at)).sort((a, b) => a - b);
  const load = (of: ReadonlyMap<number, number>) => months.map((at) => of.get(at) ?? 0);
  return {
    months: months.length,
    growth: months.length >= leastMonths ? growthDifference(load(inside), load(outside), ci) : null,
    peaks: peakRatio(own, others),
  };
}

const month = 30.4375 * 86_400;

type Series = readonly LoadSeries[];

function byMonth(series: Series): Map<number, number> {
  return new Map([...meansBy(series, month)].filter(([, value]) => value > 0));
}

/** Mean load per span of time, summed over the series. */
export function meansBy(series: Series, seconds: number): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { points } of series) {
    const own = new Map<number, { sum: number; n: number }>();
    for (const [time, value] of points) {
      const span = own.get(Math.floor(time / seconds)) ?? { sum: 0, n: 0 };
      own.set(Math.floor(time / seconds), span);
      span.sum += value;
      span.n++;
    }
    for (const [at, { sum, n }] of own) sums.set(at, (sums.get(at) ?? 0) + sum / n);
  }
  return sums;
}

/** Bootstrap over the residuals of both lines. */
function growthDifference(
  own: readonly number[],
  others: readonly number[],
  ci: { readonly level: number; readonly seed: number; readonly draws: number },
): Estimate {
  const random = mulberry32(ci.seed);
  const again = (values: readonly number[]): number => {
    const slope = Math.log(1 + growthPerMonth(values));
    const logs = values.map((value) => Math.log(value));
    const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
    const line = logs.map((_, at) => mean + slope * (at - (logs.length - 1) / 2));
    const left = logs.map((value, at) => value - (line[at] ?? 0));
    return growthPerMonth(line.map((value) => Math.exp(value + (left[randomIndex(random, left.length)] ?? 0))));
  };
  const draws = Array.from({ length: ci.draws }, () => again(own) - again(others));
  const tail = (1 - ci.level) / 2;
  const [low = 0, high = 0] = quantiles(draws, [tail, 1 - tail]);
  return { value: growthPerMonth(own) - growthPerMonth(others), low, high };
}

/** Hours of both sides that a comparison of peaks needs. */
const leastHours = 14 * 24;
/** Share of the hours between the first and the last that must have a value: ours, no source. */
const leastCover = 0.5;

function peakRatio(own: Series, others: Series): { readonly ratio: number; readonly correlation: number } | null {
  const [inside, outside] = [byHour(own), byHour(others)];
  const hours = [...inside.keys()].filter((hour) => outside.has(hour)).sort((a, b) => a - b);
  const reach = (hours.at(-1) ?? 0) - (hours[0] ?? 0) + 1;
  // One value a day says nothing about peaks within it.
  if (hours.length < leastHours || hours.length < reach * leastCover) return null;
  const [a, b] = [hours.map((hour) => inside.get(hour) ?? 0), hours.map((hour) => outside.get(hour) ?? 0)];
  const [peakA, peakB] = [peakToMean(a), peakToMean(b)];
  return peakB === 0 ? null : { ratio: peakA / peakB, correlation: correlationOf(a, b) };
}

function byHour(series: Series): Map<number, number> {
  return meansBy(series, 3600);
}

function peakToMean(values: readonly number[]): number {
  const [peak = 0] = quantiles(values, [0.95]);
  const mean = meanOf(values);
  return mean === 0 ? 0 : peak / mean;
}

function correlationOf(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [meanOf(a), meanOf(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [at, value] of a.entries()) {
    const other = b[at] ?? 0;
    ab += (value - ma) * (other - mb);
    aa += (value - ma) ** 2;
    bb += (other - mb) ** 2;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
