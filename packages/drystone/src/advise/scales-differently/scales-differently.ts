/** Does the part scale at a different rate? Growth of its load per month against the rest, and its peaks (metrics.md B1). */
import { loadsOf } from "#derive/running/index.js";
import type { Assessment, VerdictWord } from "#model/result.js";
import { mulberry32, randomIndex } from "#util/random.js";
import { type Estimate, quantiles } from "#util/statistics/index.js";
import { type Advising, counted, interval, judged, percent, rounded } from "../_shared/index.js";
import { growthPerMonth } from "./growth-per-month.js";

const id = "scales-differently";
const question = "Does it need to scale at a different rate?";
const source = "metrics.md B1";

export function signalScalesDifferently({ estate, part }: Advising): Assessment {
  const { B, ci } = estate.parameters;
  const base = { id, subject: part.subject, question, level: ci.level };
  const series = loadsOf(estate.facts);
  const own = series.filter(({ component }) => component !== null && part.refs.has(component));
  const others = series.filter(({ component }) => component !== null && !part.refs.has(component));
  const [inside, outside] = [byMonth(own), byMonth(others)];
  const months = [...inside.keys()].filter((month) => outside.has(month)).sort((a, b) => a - b);
  const load = (of: ReadonlyMap<number, number>) => months.map((month) => of.get(month) ?? 0);
  const growth = months.length >= B.growthMonths ? growthDifference(load(inside), load(outside), ci) : null;
  const peaks = peakRatio(own, others);
  if (growth === null && peaks === null)
    return judged({
      ...base,
      verdict: "unknown",
      sample: months.length === 0 ? null : { n: months.length, of: "months of load", min: B.growthMonths },
      reasons: [
        own.length === 0
          ? "How much work it does is not known: no load was read."
          : `${counted(months.length, "month")} of load for both sides: ${B.growthMonths} are needed, or 14 days by the hour.`,
      ],
      missing: [
        {
          input: `load of it and of the rest over ${B.growthMonths} months`,
          how: "curl 'http://PROMETHEUS/api/v1/query_range?query=…' > load.json   then  list it below `inputs:` in drystone.yaml",
        },
      ],
    });
  const grows = growth !== null && growth.low > 0 && growth.value >= B.growthDiff;
  const bursts = peaks !== null && peaks.ratio >= B.pmrRatio && peaks.correlation <= B.loadCorrelation;
  const verdict: VerdictWord = grows || bursts ? "signal" : growth !== null && growth.low > 0 ? "weak" : "none";
  return judged({
    ...base,
    verdict,
    value: growth === null ? null : rounded(growth.value),
    unit: "share per month that it grows faster",
    interval: interval(growth),
    sample: { n: months.length, of: "months of load", min: B.growthMonths },
    grade: "B",
    conditions: [
      {
        text: `grows ${percent(B.growthDiff)} per month more than the rest, lower bound above 0`,
        met: growth === null ? null : grows,
        source,
      },
      {
        text: `peaks ${B.pmrRatio} times as high over its mean, at other hours than the rest`,
        met: peaks === null ? null : bursts,
        source,
      },
    ],
    reasons: [
      ...(growth === null
        ? []
        : [
            `Its load grows ${percent(Math.abs(growth.value))} per month ${growth.value >= 0 ? "faster" : "slower"} than that of the rest.`,
          ]),
      ...(peaks === null
        ? []
        : [
            `Its peaks stand ${Number(peaks.ratio.toPrecision(2))} times as high over its mean as those of the rest; correlation by the hour ${Number(peaks.correlation.toFixed(2))}.`,
          ]),
    ],
  });
}

const month = 30.4375 * 86_400;

type Series = ReturnType<typeof loadsOf>;

/** Mean load per month, summed over the series. */
function byMonth(series: Series): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { points } of series) {
    const own = new Map<number, { sum: number; n: number }>();
    for (const [time, value] of points) {
      const known = own.get(Math.floor(time / month)) ?? { sum: 0, n: 0 };
      own.set(Math.floor(time / month), { sum: known.sum + value, n: known.n + 1 });
    }
    for (const [at, { sum, n }] of own) sums.set(at, (sums.get(at) ?? 0) + sum / n);
  }
  return new Map([...sums].filter(([, value]) => value > 0));
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

function peakRatio(own: Series, others: Series): { readonly ratio: number; readonly correlation: number } | null {
  const [inside, outside] = [byHour(own), byHour(others)];
  const hours = [...inside.keys()].filter((hour) => outside.has(hour)).sort((a, b) => a - b);
  if (hours.length < leastHours) return null;
  const [a, b] = [hours.map((hour) => inside.get(hour) ?? 0), hours.map((hour) => outside.get(hour) ?? 0)];
  const [peakA, peakB] = [peakToMean(a), peakToMean(b)];
  return peakB === 0 ? null : { ratio: peakA / peakB, correlation: correlationOf(a, b) };
}

function byHour(series: Series): Map<number, number> {
  const hours = new Map<number, number>();
  for (const { points } of series)
    for (const [time, value] of points) hours.set(Math.floor(time / 3600), (hours.get(Math.floor(time / 3600)) ?? 0) + value);
  return hours;
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
