/** Does the part scale at a different rate? Growth of its load per month against the rest, and its peaks (metrics.md B1). */
import { type LoadSeries, observedLoads } from "#derive/running/index.js";
import type { Assessment, VerdictWord } from "#model/result.js";
import type { LoadFact } from "#model/running.js";
import { type Advising, counted, interval, judged, percent, rounded } from "../_shared/index.js";
import { compareLoads, type LoadComparison } from "./compare-loads.js";

const id = "scales-differently";
const question = "Does it need to scale at a different rate?";
const source = "metrics.md B1";

type Asked = Pick<Advising, "estate" | "part">;

export function signalScalesDifferently(advising: Asked): Assessment {
  const { estate, part } = advising;
  const { B, ci } = estate.parameters;
  const base = { id, subject: part.subject, question, level: ci.level };
  const compared = [...observedLoads(estate.facts)].map(([metric, series]) => ({ metric, ...sides(advising, series) }));
  const best = compared
    .flatMap(({ metric, own, others }) =>
      own.length === 0 || others.length === 0 ? [] : [{ metric, ...compareLoads(own, others, B.growthMonths, ci) }],
    )
    .toSorted((a, b) => known(b) - known(a) || b.months - a.months)[0];
  if (best === undefined || (best.growth === null && best.peaks === null))
    return judged({
      ...base,
      verdict: "unknown",
      sample: best === undefined ? null : { n: best.months, of: "months of load", min: B.growthMonths },
      reasons: [
        best !== undefined
          ? `${counted(best.months, "month")} of load (${best.metric}) for both sides: ${B.growthMonths} are needed, or 14 days by the hour.`
          : notComparable(compared),
        ...declaredScale(advising),
      ],
      missing: [
        {
          input: `load of it and of the rest over ${B.growthMonths} months, or over 14 days by the hour`,
          how: "curl 'http://PROMETHEUS/api/v1/query_range?query=…&step=3600' > load.json   then  drystone advise split NAME --load load.json",
        },
      ],
    });
  const { growth, peaks, metric, months } = best;
  const grows = growth !== null && growth.low > 0 && growth.value >= B.growthDiff;
  const bursts = peaks !== null && peaks.ratio >= B.pmrRatio && peaks.correlation <= B.loadCorrelation;
  const verdict: VerdictWord = grows || bursts ? "signal" : growth !== null && growth.low > 0 ? "weak" : "none";
  // The number that decides: growth where the load grows apart, else the peaks.
  const byPeaks = growth === null || (bursts && !grows);
  return judged({
    ...base,
    verdict,
    ...(byPeaks
      ? { value: rounded(peaks?.ratio ?? 0), unit: "times the peaks of the rest, over the mean" }
      : { value: rounded(growth.value), unit: "share per month that it grows faster", interval: interval(growth) }),
    sample: { n: months, of: "months of load", min: B.growthMonths },
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
            `Its load (${metric}) grows ${percent(Math.abs(growth.value))} per month ${growth.value >= 0 ? "faster" : "slower"} than that of the rest, over ${months} months.`,
          ]),
      ...(peaks === null
        ? []
        : [
            `Its peaks (${metric}) stand ${Number(peaks.ratio.toPrecision(2))} times as high over its mean as those of the rest; correlation by the hour ${Number(peaks.correlation.toFixed(2))}.`,
          ]),
    ],
  });
}

function known({ growth, peaks }: LoadComparison): number {
  return Number(growth !== null) + Number(peaks !== null);
}

function sides({ part }: Asked, series: readonly LoadSeries[]) {
  return {
    own: series.filter(({ component }) => part.refs.has(component)),
    others: series.filter(({ component }) => !part.refs.has(component)),
  };
}

function notComparable(compared: readonly { readonly own: readonly unknown[] }[]): string {
  if (compared.length === 0) return "How much work it does is not known: no load was read.";
  return compared.every(({ own }) => own.length === 0)
    ? "How much work it does is not known: the load that was read names other components."
    : "The load that was read is its own only: there is none of the rest to compare with.";
}

/** What an autoscaler is told shows what somebody expects: worth a line, and no signal. */
function declaredScale({ estate, part }: Asked): string[] {
  const limits = (measure: LoadFact["measure"]): number[] =>
    estate.facts.loads.flatMap((load) =>
      load.declared && load.measure === measure && load.component !== null && part.refs.has(load.component)
        ? load.points.map(([, value]) => value)
        : [],
    );
  const most = limits("maxReplicas");
  const least = limits("minReplicas");
  if (most.length === 0) return [];
  const range = least.length === 0 ? `up to ${Math.max(...most)}` : `${Math.min(...least)} to ${Math.max(...most)}`;
  return [`An autoscaler may run ${range} replicas of it: what somebody expects, not what it does.`];
}
