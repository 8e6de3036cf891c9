/** What one request costs a part, against the rest: processor time, memory, input and output (metrics.md B1 d). */
import type { LoadSeries } from "#derive/running/index.js";
import { mulberry32, randomIndex } from "#util/random.js";
import { type Estimate, quantiles } from "#util/statistics/index.js";
import { meansBy } from "./compare-loads.js";

export interface ResourceMix {
  readonly resource: "processor time" | "memory" | "input and output";
  readonly metric: string;
  /** Of the part per request, over that of the rest. */
  readonly ratio: Estimate;
  /** Share of the resource that the part takes, 0..1. */
  readonly share: number;
  readonly days: number;
}

interface Sides {
  readonly metric: string;
  readonly own: readonly LoadSeries[];
  readonly others: readonly LoadSeries[];
}

const leastDays = 14;
const day = 86_400;

/** The resource by which they differ most; null where requests and a resource are not known of both sides over two weeks. */
export function resourceMix(
  compared: readonly Sides[],
  ci: { readonly level: number; readonly seed: number; readonly draws: number },
): ResourceMix | null {
  const both = compared.filter(({ own, others }) => own.length > 0 && others.length > 0);
  const requests = both.filter(({ metric }) => isRequests(metric));
  return (
    both
      .flatMap((resource) => {
        const kind = kindOf(resource.metric);
        return kind === null ? [] : requests.flatMap((asked) => mixOf(kind, resource, asked, ci) ?? []);
      })
      .toSorted((a, b) => b.days - a.days || Math.abs(Math.log(b.ratio.value)) - Math.abs(Math.log(a.ratio.value)))[0] ?? null
  );
}

/** By the names that Prometheus, OpenTelemetry and cAdvisor give; `resource_requests` of Kubernetes asks for resources and is no request. */
function isRequests(metric: string): boolean {
  return (
    /(?:^|_)requests?(?:_|$)|(?:duration|latency)(?:_seconds|_milliseconds)?_count$/.test(metric) &&
    !/resource|bytes|size/.test(metric)
  );
}

function kindOf(metric: string): ResourceMix["resource"] | null {
  if (/cpu/.test(metric) && /seconds|usage|utili[sz]ation|time/.test(metric)) return "processor time";
  if (/memory|_rss|heap/.test(metric) && !/limit|request|max/.test(metric)) return "memory";
  return /(?:^|_)(?:fs|disk|blkio|io)_/.test(metric) && /bytes|reads|writes/.test(metric) ? "input and output" : null;
}

function mixOf(
  resource: ResourceMix["resource"],
  taken: Sides,
  asked: Sides,
  ci: { readonly level: number; readonly seed: number; readonly draws: number },
): ResourceMix | null {
  const [own, others, ownAsked, othersAsked] = [taken.own, taken.others, asked.own, asked.others].map((series) =>
    meansBy(series, day),
  );
  const rows = [...(own ?? [])].flatMap(([at, value]): Row[] => {
    const row = [value, others?.get(at) ?? 0, ownAsked?.get(at) ?? 0, othersAsked?.get(at) ?? 0] as const;
    return row.every((each) => each > 0) ? [row] : [];
  });
  if (rows.length < leastDays) return null;
  const random = mulberry32(ci.seed);
  const draws = Array.from({ length: ci.draws }, () => ratioOf(rows.map(() => rows[randomIndex(random, rows.length)] as Row)));
  const tail = (1 - ci.level) / 2;
  const [low = 0, high = 0] = quantiles(draws, [tail, 1 - tail]);
  const [mine, rest] = [sumOf(rows, 0), sumOf(rows, 1)];
  return {
    resource,
    metric: taken.metric,
    ratio: { value: ratioOf(rows), low, high },
    share: mine / (mine + rest),
    days: rows.length,
  };
}

/** Of one day: resource of the part, of the rest, requests of the part, of the rest. */
type Row = readonly [number, number, number, number];

function ratioOf(rows: readonly Row[]): number {
  return sumOf(rows, 0) / sumOf(rows, 2) / (sumOf(rows, 1) / sumOf(rows, 3));
}

function sumOf(rows: readonly Row[], at: 0 | 1 | 2 | 3): number {
  return rows.reduce((sum, row) => sum + row[at], 0);
}
