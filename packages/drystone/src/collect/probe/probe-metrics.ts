/** The page of metrics, and the histogram of requests on it. */
import type { Answer } from "./ask.js";
import { type MetricFamily, type MetricsPage, parseMetrics } from "./parse-metrics.js";
import type { AskPath } from "./probe-health.js";
import { type ProbeItem, probeItem } from "./report.js";

const paths = ["/metrics", "/actuator/prometheus", "/q/metrics", "/prometheus", "/api/metrics"];

/** @param given the path; null looks for it. */
export async function probeMetrics(askPath: AskPath, given: string | null): Promise<ProbeItem[]> {
  const wanted = given === null ? paths : [given];
  let last: Answer | null = null;
  for (const path of wanted) {
    const answer = await askPath(path);
    last = answer;
    if (answer.status === null) break;
    if (answer.status > 299 || /html/.test(answer.headers.get("content-type") ?? "")) continue;
    const page = parseMetrics(answer.body);
    return [pageItem(path, given === null ? path !== wanted[0] : false, page, answer), histogramItem(page)];
  }
  const why =
    last?.status === null
      ? (last.problem ?? "no answer")
      : `${wanted.length === 1 ? wanted[0] : `none of ${wanted.join(", ")}`} is no page of metrics`;
  // A service that does not answer shows nothing, not that metrics are missing.
  return [
    probeItem("metrics", last?.status === null ? "unknown" : "not-met", why, {
      how: "offer /metrics, or name the page: --metrics-path PATH",
    }),
    probeItem("request-histogram", "unknown", "there are no metrics to look at", { how: "repair the metrics first" }),
  ];
}

/** What `promtool check metrics` asks for too: it can be read, and counters end in _total. */
function pageItem(path: string, alias: boolean, page: MetricsPage, answer: Answer): ProbeItem {
  const measured = { path, families: page.families.size, samples: page.samples, milliseconds: Math.round(answer.milliseconds) };
  const remarks = alias ? [`it is ${path}; the convention is /metrics`] : [];
  if (page.samples === 0)
    return probeItem("metrics", "not-met", `${path} holds no sample`, { measured, remarks, how: page.faults[0] ?? null });
  if (page.faults.length > 0)
    return probeItem("metrics", "not-met", `${path} cannot be read as metrics, ${page.faults[0]}`, { measured, remarks });
  const isOpenMetrics = (answer.headers.get("content-type") ?? "").includes("openmetrics");
  const wrong = isOpenMetrics
    ? []
    : [...page.families.values()].filter(({ name, type }) => type === "counter" && !name.endsWith("_total"));
  if (wrong.length > 0) {
    return probeItem("metrics", "not-met", `counters without _total: ${names(wrong)}`, {
      measured,
      remarks,
      how: "end the names of counters in _total",
    });
  }
  return probeItem("metrics", "met", `${path} holds ${page.families.size} metrics`, { measured, remarks });
}

const aboutRequests =
  /(?:http|rpc|grpc|request|response|server|handler).*(?:duration|latency|seconds|milliseconds|time)|(?:duration|latency).*(?:request|http|rpc)/i;

function histogramItem({ families }: MetricsPage): ProbeItem {
  const histograms = [...families.values()].filter(
    ({ boundaries, name }) => boundaries.length > 0 && aboutRequests.test(name.slice(0, 200)),
  );
  if (histograms.length === 0) {
    return probeItem("request-histogram", "not-met", "no histogram of request durations is among the metrics", {
      how: "measure the duration of each request in a histogram with a boundary at 1 s",
    });
  }
  const exact = histograms.find((histogram) => histogram.boundaries.includes(second(histogram)));
  const [first] = histograms;
  const shown = exact ?? first;
  const measured = { histogram: shown?.name ?? "", boundaries: (shown?.boundaries ?? []).join(" ") };
  return exact === undefined
    ? probeItem("request-histogram", "not-met", `${names(histograms)} has no bucket le="1"`, {
        measured,
        how: "add a boundary at 1 s: a p99 near it is a guess otherwise",
      })
    : probeItem("request-histogram", "met", `${exact.name} has a bucket at 1 s`, { measured });
}

function second({ name }: MetricFamily): number {
  return /milli|_ms$|_ms_/.test(name) ? 1000 : 1;
}

function names(families: readonly MetricFamily[]): string {
  return families
    .slice(0, 3)
    .map(({ name }) => name)
    .join(", ");
}
