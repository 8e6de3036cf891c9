/** Against servers that really run: one that has everything, and one for each thing that can be missing. */
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { processorTime, workspace } from "../../../test/fakes/index.js";
import { type Broken, goodMetrics, listening, startService } from "./fixtures/shop-service.js";
import { type ProbeOptions, probeService } from "./index.js";

const scratch = workspace();
const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
  scratch.cleanup();
});

const rules = [
  {
    type: "recording",
    name: "checkout:errors:ratio",
    query:
      'sum(rate(http_server_request_duration_seconds_count{job="checkout",http_response_status_code=~"5.."}[5m])) / sum(rate(http_server_request_duration_seconds_count{job="checkout"}[5m]))',
  },
  { type: "alerting", name: "TooManyErrors", query: "checkout:errors:ratio > 0.01" },
  {
    type: "alerting",
    name: "p99_latency_above_1_second",
    query: 'histogram_quantile(0.99, sum by (le) (rate(http_server_request_duration_seconds_bucket{job="checkout"}[5m]))) > 1',
  },
  { type: "alerting", name: "service_unavailable", query: 'absent_over_time(up{job="checkout"}[5m])' },
];

async function prometheus(loaded: readonly object[]): Promise<URL> {
  const server = createServer((request, response) =>
    response
      .writeHead(request.url === "/api/v1/rules" ? 200 : 404)
      .end(JSON.stringify({ status: "success", data: { groups: [{ name: "shop", rules: loaded }] } })),
  );
  closing.push(() => server.close());
  return new URL(`http://127.0.0.1:${await listening(server)}`);
}

let number = 0;
/** By a clock that stands still while nothing is done here: a busy machine is no slow service. */
async function probed(
  broken: Broken = {},
  more: Partial<ProbeOptions> = {},
  loaded: readonly object[] = rules,
): Promise<Map<string, string>> {
  const file = join(scratch.path("."), `log-${number++}.txt`);
  let milliseconds = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => milliseconds);
  const ticking = setInterval(() => {
    milliseconds += 100;
  }, 20);
  const late = () => {
    milliseconds += 1100;
  };
  const service = await startService(file, { ...broken, late });
  closing.push(service.close);
  const report = await probeService({
    url: new URL(service.url),
    headers: {},
    healthPath: null,
    readyPath: null,
    metricsPath: null,
    requestPath: "/checkout?callee={callee}",
    echo: { host: "127.0.0.1", port: 0 },
    log: { file },
    prometheus: await prometheus(loaded),
    service: "checkout",
    drain: false,
    timeoutMilliseconds: 60_000,
    ...more,
  }).finally(() => {
    clearInterval(ticking);
    clock.mockRestore();
  });
  return new Map(report.items.map(({ id, verdict }) => [id, verdict]));
}

const allMet = {
  liveness: "met",
  readiness: "met",
  metrics: "met",
  "request-histogram": "met",
  "json-logs": "met",
  "log-fields": "met",
  "trace-context": "met",
  "trace-state": "met",
  "alert-errors": "met",
  "alert-latency": "met",
  "alert-unavailable": "met",
};

test("a service that has its whole baseline: every item is met", async () => {
  expect(Object.fromEntries(await probed())).toEqual(allMet);
});

const without = (field: string) => (line: Record<string, unknown>) => JSON.stringify({ ...line, [field]: undefined });

const breaks: readonly (readonly [string, string, Broken])[] = [
  ["no /healthz", "liveness", { status: { "/healthz": 404 } }],
  ["/healthz fails", "liveness", { status: { "/healthz": 500 } }],
  ["/healthz takes more than a second", "liveness", { slow: "/healthz" }],
  ["no /ready", "readiness", { status: { "/ready": 404 } }],
  ["/ready says no", "readiness", { status: { "/ready": 503 } }],
  ["only the start page is there for /ready", "readiness", { status: { "/ready": 404 }, catchAll: true }],
  ["metrics that cannot be read", "metrics", { metrics: `${goodMetrics}orders placed 3\n` }],
  ["a counter without _total", "metrics", { metrics: goodMetrics.replaceAll("orders_placed_total", "orders_placed") }],
  ["no bucket at 1 s", "request-histogram", { metrics: goodMetrics.replace('le="1"', 'le="5"') }],
  [
    "no histogram of requests",
    "request-histogram",
    { metrics: goodMetrics.replaceAll("http_server_request_duration_seconds", "payload_bytes") },
  ],
  ["lines of text", "json-logs", { log: (line) => `${JSON.stringify(line)}\nhandled a request` }],
  ...["service", "version", "environment", "trace_id", "span_id"].map(
    (field) => [`no ${field}`, "log-fields", { log: without(field) }] as const,
  ),
  ["a trace id of zeros", "log-fields", { log: (line) => JSON.stringify({ ...line, trace_id: "0".repeat(32) }) }],
  ["no traceparent", "trace-context", { forward: ({ tracestate = "" }) => ({ tracestate }) }],
  [
    "a new trace instead of ours",
    "trace-context",
    { forward: (headers) => ({ ...headers, traceparent: `00-${"a".repeat(32)}-b7ad6b7169203331-01` }) },
  ],
  ["a traceparent that is none", "trace-context", { forward: (headers) => ({ ...headers, traceparent: "1-2-3" }) }],
  ["no tracestate", "trace-state", { forward: ({ traceparent = "" }) => ({ traceparent }) }],
];

describe("one thing is broken, and exactly its item is not met", () => {
  test.each(breaks)("%s", async (_, item, broken) => {
    expect(Object.fromEntries(await probed(broken))).toEqual({ ...allMet, [item]: "not-met" });
  });

  test.each([
    ["alert-errors", 1],
    ["alert-latency", 2],
    ["alert-unavailable", 3],
  ])("without the alert of %s", async (item, index) => {
    expect(Object.fromEntries(await probed({}, {}, rules.toSpliced(index, 1)))).toEqual({ ...allMet, [item]: "not-met" });
  });

  test("alerts of another service are none of this one", async () => {
    const found = await probed({}, { service: "billing" });
    expect(["alert-errors", "alert-latency", "alert-unavailable"].map((id) => found.get(id))).toEqual([
      "not-met",
      "not-met",
      "not-met",
    ]);
  });

  test("without metrics its histogram is unknown, and nothing else changes", async () => {
    expect(Object.fromEntries(await probed({ status: { "/metrics": 404 } }))).toEqual({
      ...allMet,
      metrics: "not-met",
      "request-histogram": "unknown",
    });
  });
});

test("nothing but an address: what only logs, calls and Prometheus show is unknown, not red", async () => {
  const found = await probed({}, { log: null, echo: null, prometheus: null, drain: true });
  expect(Object.fromEntries(found)).toEqual({
    ...allMet,
    drain: "unknown",
    "json-logs": "unknown",
    "log-fields": "unknown",
    "trace-context": "unknown",
    "trace-state": "unknown",
    "alert-errors": "unknown",
    "alert-latency": "unknown",
    "alert-unavailable": "unknown",
  });
});

test("nobody listens", async () => {
  const found = await probed({}, { url: new URL("http://127.0.0.1:9"), echo: null, log: null, prometheus: null });
  expect(["liveness", "readiness", "metrics", "trace-context"].map((id) => found.get(id))).toEqual([
    "not-met",
    "not-met",
    "unknown",
    "unknown",
  ]);
});

test("recorded queries that would fill each other without end are left as they are", async () => {
  const recorded = Array.from({ length: 500 }, (_, index) => ({
    type: "recording",
    name: `r${index}`,
    query: `r${index + 1} `.repeat(50),
  }));
  const spent = processorTime();
  const alert = { type: "alerting", name: "service_unavailable", query: `up{job="checkout"} == 0 ${"r0 ".repeat(50)}` };
  const found = await probed({}, { echo: null, log: null }, [...recorded, alert]);
  expect(found.get("alert-unavailable")).toBe("met");
  expect(spent()).toBeLessThan(10_000);
});

test("a redirect to another host is not followed, and headers stay with the service", async () => {
  const seen: (string | undefined)[] = [];
  const stranger = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.end("ok");
  });
  closing.push(() => stranger.close());
  const elsewhere = `http://127.0.0.1:${await listening(stranger)}/`;
  const service = createServer((_, response) => response.writeHead(302, { location: elsewhere }).end());
  closing.push(() => service.close());
  const found = await probed(
    {},
    {
      url: new URL(`http://127.0.0.1:${await listening(service)}`),
      headers: { authorization: "Bearer secret" },
      echo: null,
      log: null,
      prometheus: null,
    },
  );
  expect(seen).toEqual([]);
  expect(found.get("liveness")).toBe("not-met");
});
