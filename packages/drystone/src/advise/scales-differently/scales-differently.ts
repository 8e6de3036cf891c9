/** Does the part scale at a different rate? Growth of its load per month against the rest, its peaks, and what its requests take (metrics.md B1). */
import { deployedAs } from "#derive/calls/index.js";
import { type LoadSeries, observedLoads, routeFinder } from "#derive/running/index.js";
import type { Ref } from "#model/refs.js";
import type { Assessment, VerdictWord } from "#model/result.js";
import type { LoadFact } from "#model/running.js";
import { wilson } from "#util/statistics/index.js";
import { type Advising, counted, interval, judged, percent, place, rounded } from "../_shared/index.js";
import { compareLoads, type LoadComparison } from "./compare-loads.js";
import { resourceMix } from "./resource-mix.js";

const id = "scales-differently";
const question = "Does it need to scale at a different rate?";
const source = "parameters B";

type Asked = Pick<Advising, "estate" | "part" | "view">;

export function signalScalesDifferently(advising: Asked): Assessment {
  const { estate, part } = advising;
  const { B, ci } = estate.parameters;
  const base = { id, subject: part.subject, question, level: ci.level };
  const fileOf = routeFinder(estate.facts, advising.view);
  const inside = holdersOf(advising);
  const compared = [...observedLoads(estate.facts)].map(([metric, series]) => ({
    metric,
    ...sides(advising, series, fileOf, inside),
  }));
  const mix = resourceMix(compared, ci);
  const traced = tracedShare(advising, fileOf, inside);
  const best = compared
    .flatMap(({ metric, own, others }) =>
      own.length === 0 || others.length === 0 ? [] : [{ metric, ...compareLoads(own, others, B.growthMonths, ci) }],
    )
    .toSorted((a, b) => known(b) - known(a) || b.months - a.months)[0];
  if ((best === undefined || (best.growth === null && best.peaks === null)) && mix === null)
    return judged({
      ...base,
      verdict: "unknown",
      sample: best === undefined ? null : { n: best.months, of: "months of load", min: B.growthMonths },
      reasons: [
        best !== undefined
          ? `${counted(best.months, "month")} of load (${best.metric}) for both sides: ${B.growthMonths} are needed, or 14 days by the hour.`
          : notComparable(compared),
        ...traced.reasons,
        ...declaredScale(advising),
      ],
      findings: traced.findings,
      missing: [
        {
          input: `load of it and of the rest over ${B.growthMonths} months, or over 14 days by the hour`,
          how: "curl 'http://PROMETHEUS/api/v1/query_range?query=…&step=3600' > load.json   then  drystone advise split NAME --load load.json",
        },
      ],
    });
  const { growth, peaks, metric, months } = best ?? { growth: null, peaks: null, metric: "", months: 0 };
  const grows = growth !== null && growth.low > 0 && growth.value >= B.growthDiff;
  const bursts = peaks !== null && peaks.ratio >= B.pmrRatio && peaks.correlation <= B.loadCorrelation;
  const takes = mix !== null && mix.ratio.value >= B.resourceRatio && mix.ratio.low > 1 && mix.share >= B.costShare;
  const verdict: VerdictWord = grows || bursts || takes ? "signal" : growth !== null && growth.low > 0 ? "weak" : "none";
  // The number that decides: growth where the load grows apart, else the peaks, else what a request takes.
  const byMix = mix !== null && !grows && !bursts && (takes || (growth === null && peaks === null));
  const byPeaks = growth === null || (bursts && !grows);
  return judged({
    ...base,
    verdict,
    sample: { n: months, of: "months of load", min: B.growthMonths },
    ...(byMix
      ? {
          value: rounded(mix.ratio.value),
          unit: `times the ${mix.resource} per request of the rest`,
          interval: interval(mix.ratio),
          sample: { n: mix.days, of: "days of load" },
        }
      : byPeaks
        ? { value: rounded(peaks?.ratio ?? 0), unit: "times the peaks of the rest, over the mean" }
        : { value: rounded(growth.value), unit: "share per month that it grows faster", interval: interval(growth) }),
    grade: "B",
    findings: traced.findings,
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
      {
        text: `a request takes ${B.resourceRatio} times as much of a resource as one of the rest, and ${percent(B.costShare)} of that resource goes to it`,
        met: mix === null ? null : takes,
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
      ...(mix === null
        ? []
        : [
            `A request of it takes ${Number(mix.ratio.value.toPrecision(2))} times the ${mix.resource} of one of the rest (${mix.metric}, over ${counted(mix.days, "day")}); ${percent(mix.share)} of all ${mix.resource} goes to it.`,
          ]),
      ...traced.reasons,
    ],
  });
}

function known({ growth, peaks }: LoadComparison): number {
  return Number(growth !== null) + Number(peaks !== null);
}

/** Deployables that hold the part and more: their load as a whole says nothing about it. */
function holdersOf({ estate, part, view }: Asked): ReadonlySet<Ref> {
  const whole = deployedAs(estate.facts);
  const refs = [...part.files].flatMap((file) => estate.components[view.files[file]?.component ?? -1]?.ref ?? []);
  return new Set([...refs, ...refs.map(whole)].filter((ref) => !part.refs.has(ref)));
}

type FileOf = ReturnType<typeof routeFinder>;

/** By component; of a deployable that holds the part, by the files that answer its routes. */
function sides({ part }: Asked, series: readonly LoadSeries[], fileOf: FileOf, holders: ReadonlySet<Ref>) {
  const own: LoadSeries[] = [];
  const others: LoadSeries[] = [];
  for (const one of series) {
    const file = one.route === null ? null : fileOf(one.component, one.route);
    if (part.refs.has(one.component) || (file !== null && part.files.has(file))) own.push(one);
    else if (file !== null || !holders.has(one.component)) others.push(one);
  }
  return { own, others };
}

/** Of the requests that came into the deployables around it, those that it answers: shown, because how much is no rate. */
function tracedShare(
  { estate, part }: Asked,
  fileOf: FileOf,
  holders: ReadonlySet<Ref>,
): Pick<Assessment, "reasons" | "findings"> {
  const endpoints = estate.facts.traces.endpoints.filter(
    ({ component, async }) => !async && component !== null && holders.has(component),
  );
  const placed = endpoints.flatMap((endpoint) => {
    const file = fileOf(endpoint.component, endpoint.operation);
    return file === null ? [] : [{ ...endpoint, isOwn: part.files.has(file) }];
  });
  const own = placed.filter(({ isOwn }) => isOwn);
  const share = wilson(requestsOf(own), requestsOf(placed), estate.parameters.ci.level);
  if (share === null) return { reasons: [], findings: [] };
  const message = `${percent(share.value)} of ${counted(requestsOf(placed), "traced request")} are answered in it; ${placed.length} of ${counted(endpoints.length, "endpoint")} lead to a file.`;
  return {
    reasons: [message],
    findings: [
      place(
        {
          code: `${id}/requests`,
          subjects: [part.subject],
          message,
          fix: "Export load by route over months to see whether this share grows.",
          value: rounded(share.value),
          unit: "share of requests",
          sample: { n: requestsOf(placed), of: "requests" },
        },
        own.flatMap(({ evidence }) => evidence.slice(0, 2)),
      ),
    ],
  };
}

function requestsOf(endpoints: readonly { readonly requests: number }[]): number {
  return endpoints.reduce((sum, { requests }) => sum + requests, 0);
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
