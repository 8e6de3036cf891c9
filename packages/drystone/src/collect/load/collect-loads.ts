/** Load over time from saved answers of Prometheus (`/api/v1/query_range`). */
import { basename } from "node:path";
import { type ComponentNames, listOf, numberOf, own, readRecords, textOf } from "#collect/records/index.js";
import type { Problem, SourceFact } from "#model/facts.js";
import type { LoadFact } from "#model/running.js";
import { isoDate } from "#util/dates.js";
import { isCounter, ratesOf } from "./rates.js";

export interface CollectedLoads {
  readonly loads: readonly LoadFact[];
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
}

/** Labels that name what a series is about, the most telling first. */
const nameLabels = [
  "service_name",
  "service",
  "app",
  "app_kubernetes_io_name",
  "deployment",
  "horizontalpodautoscaler",
  "container",
  "job",
  "workload",
];
const routeLabels = ["http_route", "route", "uri", "handler", "endpoint", "path"];
const methodLabels = ["http_request_method", "http_method", "method", "verb"];
const mostSeries = 10_000;
const mostPoints = 50_000;

export async function collectLoads(files: readonly string[], names: ComponentNames): Promise<CollectedLoads> {
  const loads: LoadFact[] = [];
  const sources: SourceFact[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const path = basename(file);
    const before = loads.length;
    const read = await readRecords(file, "load", (_place, record) => {
      const load = loads.length < mostSeries ? loadOf(record, path, names) : null;
      if (load !== null) loads.push(load);
    });
    const own = loads.slice(before);
    const times = own.flatMap(({ points }) => [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0]);
    const found: Problem[] = [
      ...read.problems,
      ...(own.length === 0 && read.form !== "empty"
        ? [
            {
              path,
              line: null,
              message: `no series with a service was found in it`,
              hint: "save the answer of Prometheus: curl 'http://HOST/api/v1/query_range?query=sum by (service) (…)&start=…&end=…&step=3600'",
            },
          ]
        : []),
    ];
    problems.push(...found);
    sources.push({
      kind: "load",
      repository: "",
      path,
      read: own.length > 0,
      facts: own.length,
      problem: found[0]?.message ?? null,
      window:
        times.length === 0
          ? null
          : { from: isoDate(times.reduce((a, b) => Math.min(a, b))), to: isoDate(times.reduce((a, b) => Math.max(a, b))) },
    });
  }
  return { loads, sources, problems };
}

/** One series: `{"metric":{…},"values":[[time,"value"],…]}`. */
function loadOf(record: unknown, source: string, names: ComponentNames): LoadFact | null {
  const metric = own(record, "metric");
  const label = nameLabels.find((name) => textOf(own(metric, name)) !== null);
  const service = label === undefined ? null : textOf(own(metric, label));
  const points = listOf(own(record, "values"))
    .slice(0, mostPoints)
    .flatMap((point): [number, number][] => {
      const [time, value] = [numberOf(listOf(point)[0]), numberOf(listOf(point)[1])];
      return time === null || value === null ? [] : [[time, value]];
    })
    .sort(([a], [b]) => a - b);
  const name = textOf(own(metric, "__name__")) ?? "";
  const loads = isCounter(name) ? ratesOf(points) : points;
  if (service === null || loads.length === 0) return null;
  const isReplicas = name.endsWith("replicas");
  return {
    component: names.find(service),
    service,
    measure: isReplicas ? "replicas" : "series",
    metric: name,
    route: routeOf(metric),
    unit: isReplicas ? "replicas" : isCounter(name) ? "per second" : "",
    points: loads,
    declared: false,
    source,
    evidence: [],
  };
}

/** As instrumentations label it: `http_route="/orders/{id}"`; a handler that is no path is none. */
function routeOf(metric: unknown): string | null {
  const path = routeLabels.flatMap((label) => textOf(own(metric, label)) ?? []).find((text) => /^\/\S{0,200}$/.test(text));
  if (path === undefined) return null;
  const method = methodLabels.flatMap((label) => textOf(own(metric, label)) ?? []).find((text) => /^[A-Za-z]{3,10}$/.test(text));
  return method === undefined ? path : `${method.toUpperCase()} ${path}`;
}
