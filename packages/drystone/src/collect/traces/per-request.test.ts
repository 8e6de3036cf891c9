/** What requests need is counted exactly: metrics.md A3 and L2. */
import { describe, expect, test } from "vitest";
import { component } from "#derive/calls/fixtures/index.js";
import type { Histogram } from "#model/running.js";
import { collected } from "./fixtures/collected.js";
import { otlpLines, plantedTrace, traceId, type Written } from "./fixtures/index.js";

const trace = traceId(1);

const hex = (number: number): string => number.toString(16).padStart(16, "0");

function span(
  id: number,
  parent: number,
  service: string,
  kind: Written["kind"],
  name: string,
  from: number,
  to: number,
  attributes: Written["attributes"] = {},
): Written {
  return { trace, id: hex(id), parent: parent === 0 ? "" : hex(parent), service, kind, name, from, to, attributes };
}

async function endpointsOf(spans: readonly Written[], components = [] as Parameters<typeof collected>[1]) {
  const { traces } = await collected([otlpLines(spans)], components);
  return traces.endpoints.map(
    ({ service, operation, async, calls, depth, repeat, slowRepeat, serial, netPercent, messages, repeated }) => ({
      endpoint: `${service} ${operation}${async ? " (message)" : ""}`,
      calls: only(calls),
      depth: only(depth),
      repeat: only(repeat),
      slowRepeat: only(slowRepeat),
      serial: only(serial),
      netPercent: only(netPercent),
      messages: only(messages),
      repeated,
    }),
  );
}

function only(histogram: Histogram): number {
  expect(histogram.length).toBe(1);
  return histogram[0]?.[0] ?? Number.NaN;
}

/** root web 100 ms; 6 × price (client `milliseconds`, server two less), orders (30/27) which calls stock (10/8). */
function shop(milliseconds: number): Written[] {
  const calls = Array.from({ length: 6 }, (_, at) => [
    span(10 + at, 1, "web", "client", "GET /p/:id", at * 10, at * 10 + milliseconds),
    span(20 + at, 10 + at, "price", "server", "GET /p/:id", at * 10 + 1, at * 10 + milliseconds - 1),
  ]).flat();
  return [
    span(1, 0, "web", "server", "GET /shop", 0, 100),
    ...calls,
    span(2, 1, "web", "client", "POST /o", 65, 95),
    span(3, 2, "orders", "server", "POST /o", 66, 93),
    span(4, 3, "orders", "client", "POST /r", 70, 80),
    span(5, 4, "stock", "server", "POST /r", 71, 79),
  ];
}

describe("metrics.md A3, worked example", () => {
  test("8 calls, depth 2, 6 repeats, 17 ms on the way; 6 × 8 ms is below 50 ms", async () => {
    expect(await endpointsOf(shop(8))).toEqual([
      {
        endpoint: "web GET /shop",
        calls: 8,
        depth: 2,
        repeat: 6,
        slowRepeat: 0,
        serial: 8,
        netPercent: 17,
        messages: 0,
        repeated: "price GET /p/{}",
      },
    ]);
  });

  test("6 × 9 ms is not", async () => {
    expect(await endpointsOf(shop(9))).toMatchObject([{ repeat: 6, slowRepeat: 6 }]);
  });
});

test("calls side by side are waited for once", async () => {
  const spans = [
    span(1, 0, "web", "server", "GET /", 0, 50),
    ...[2, 4, 6].flatMap((id) => [
      span(id, 1, "web", "client", "GET", 5, 40 + id),
      span(id + 1, id, `part-${id}`, "server", "GET", 6, 39 + id),
    ]),
  ];
  expect(await endpointsOf(spans)).toMatchObject([{ calls: 3, depth: 1, serial: 1 }]);
});

test("a gateway is no level; a client without an answer counts when it names a component", async () => {
  const components = [
    component("gate", { kind: "gateway" }),
    component("web"),
    component("orders"),
    component("legacy", { aliases: ["legacy-host"] }),
  ];
  const spans = [
    span(1, 0, "web", "server", "GET /", 0, 90),
    span(2, 1, "web", "client", "GET", 1, 80),
    span(3, 2, "gate", "server", "GET", 2, 79),
    span(4, 3, "gate", "client", "GET", 3, 78),
    span(5, 4, "orders", "server", "GET", 4, 77),
    span(6, 5, "orders", "client", "GET", 5, 20, { "server.address": "legacy-host" }),
    span(7, 5, "orders", "client", "GET", 25, 30, { "server.address": "api.example.com" }),
    span(8, 5, "orders", "client", "GET", 35, 40, { "net.peer.name": "10.0.0.7" }),
  ];
  expect(await endpointsOf(spans, components)).toMatchObject([{ calls: 3, depth: 2 }]);
});

test("sidecars: spans of a proxy that bear the name of its service are no hop, and its twin of a client span is no second call", async () => {
  const spans = [
    span(1, 0, "web", "server", "GET /", 0, 50),
    span(2, 1, "web", "client", "GET orders", 5, 40, { "server.address": "orders" }),
    span(3, 1, "web", "client", "orders:80/*", 6, 39, { upstream_cluster: "outbound|80||orders" }),
    span(4, 3, "orders", "server", "orders:80/*", 7, 38),
    span(5, 4, "orders", "server", "GET /orders", 8, 37),
  ];
  expect(await endpointsOf(spans, [component("web"), component("orders")])).toMatchObject([{ calls: 1, depth: 1 }]);
});

test("messages are not waited for; what takes them up is a request of its own", async () => {
  const topic = { "messaging.system": "kafka", "messaging.destination.name": "orders" };
  const spans = [
    span(1, 0, "web", "server", "POST /order", 0, 50),
    span(2, 1, "web", "client", "send", 5, 8, { ...topic, "messaging.operation.type": "send" }),
    span(3, 2, "mail", "consumer", "process", 100, 200, { ...topic, "messaging.operation.type": "process" }),
    span(4, 3, "mail", "client", "POST", 110, 150),
    span(5, 4, "smtp", "server", "POST", 111, 149),
  ];
  expect(await endpointsOf(spans)).toMatchObject([
    { endpoint: "mail orders (message)", calls: 1, messages: 0 },
    { endpoint: "web POST /order", calls: 0, messages: 1 },
  ]);
});

test("probes and background work are no requests; a load generator is no one who asks", async () => {
  const spans = (id: number, service: string, kind: Written["kind"], name: string): Written => ({
    ...span(1, 0, service, kind, name, 0, 5),
    trace: traceId(id),
  });
  const load = [
    { ...span(1, 0, "load", "client", "user", 0, 50), trace: traceId(9) },
    { ...span(2, 1, "web", "server", "GET /", 1, 49), trace: traceId(9) },
  ];
  expect(
    await endpointsOf(
      [spans(2, "web", "server", "GET /healthz"), spans(3, "web", "internal", "tick"), ...load],
      [component("load", { kind: "loadgen" })],
    ),
  ).toMatchObject([{ endpoint: "web GET /" }]);
});

describe("planted traces", () => {
  const planted = Array.from({ length: 200 }, (_, at) => plantedTrace(at + 1, { retries: 0.2, messages: 0.2 }));
  const spans = planted.flatMap((one) => one.spans);

  test("calls, depth, repeats and messages of each request are exact", async () => {
    const { traces } = await collected([otlpLines(spans)]);
    const start = traces.endpoints.find(({ operation }) => operation === "GET /start");
    expect([traces.spans, traces.traces, traces.orphans, traces.late]).toEqual([spans.length, 200, 0, 0]);
    expect(start?.requests).toBe(200);
    for (const part of ["calls", "depth", "repeat", "messages"] as const)
      expect([part, start?.[part]]).toEqual([part, histogramOf(planted.map(({ truth }) => truth[part]))]);
  });

  test("one trace alone: every number of every trace", async () => {
    for (const { spans: own, truth } of planted.slice(0, 40)) {
      const { traces } = await collected([otlpLines(own, 7)]);
      const [start] = traces.endpoints.filter(({ operation }) => operation === "GET /start");
      expect([only(start?.calls ?? []), only(start?.depth ?? []), only(start?.repeat ?? [])]).toEqual([
        truth.calls,
        truth.depth,
        truth.repeat,
      ]);
    }
  });

  test("the order of lines, and whether the services have files of their own, change nothing", async () => {
    const whole = await collected([otlpLines(spans)]);
    const services = [...new Set(spans.map(({ service }) => service))];
    const apart = await collected(
      services.map((service) =>
        otlpLines(
          spans.filter((one) => one.service === service),
          3,
        ),
      ),
    );
    expect(numbersOf(apart.traces)).toEqual(numbersOf(whole.traces));
    expect(numbersOf((await collected([otlpLines(spans.toReversed())])).traces)).toEqual(numbersOf(whole.traces));
  });

  test("a sixth of the spans missing: more than a tenth are orphans, and traces with a hole count no requests", async () => {
    const holes = spans.filter((_, at) => at % 6 !== 0);
    const { traces } = await collected([otlpLines(holes)]);
    const ids = new Set(holes.map(({ id }) => id));
    const orphans = holes.filter(({ parent }) => parent !== "" && !ids.has(parent));
    const broken = new Set(orphans.map((one) => one.trace));
    const rooted = new Set(holes.filter(({ parent }) => parent === "").map((one) => one.trace));
    expect(traces.orphans).toBe(orphans.length);
    expect(traces.orphans / traces.spans).toBeGreaterThan(0.1);
    expect(traces.endpoints.find(({ operation }) => operation === "GET /start")?.requests ?? 0).toBe(
      [...rooted].filter((id) => !broken.has(id)).length,
    );
  });

  test("memory for a few traces only: late spans are counted and told, never taken for orphans", async () => {
    const mixed = spans.toSorted((a, b) => a.id.slice(-2).localeCompare(b.id.slice(-2)) || a.id.localeCompare(b.id));
    const { traces, problems } = await collected([otlpLines(mixed)], [], { most: 500 });
    expect(traces.late).toBeGreaterThan(100);
    expect(traces.spans).toBe(spans.length);
    expect(problems.map(({ message }) => message).join()).toContain(`${traces.late} of ${spans.length} spans came long after`);
    const inOrder = await collected([otlpLines(spans)], [], { most: 3_000 });
    expect(inOrder.traces.late).toBe(0);
    expect(numbersOf(inOrder.traces)).toEqual(numbersOf((await collected([otlpLines(spans)])).traces));
  });
});

/** All but the examples of spans, which depend on the order. */
function numbersOf(traces: Awaited<ReturnType<typeof collected>>["traces"]): unknown {
  return JSON.parse(JSON.stringify(traces, (key, value: unknown) => (key === "evidence" ? undefined : value)));
}

function histogramOf(values: readonly number[]): Histogram {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}

describe("sidecars, retries and clocks", () => {
  /** Three calls of one operation, each passed on by a sidecar of the caller and one of the callee; the last one is a second attempt. */
  const throughSidecars = [0, 1, 2].flatMap((at) => [
    span(10 + at, 1, "web", "client", "GET", at * 30, at * 30 + 24, at === 2 ? { "http.request.resend_count": 1 } : {}),
    span(20 + at, 10 + at, "web", "client", "price:80/*", at * 30 + 1, at * 30 + 23, { upstream_cluster: "outbound" }),
    span(30 + at, 20 + at, "price", "server", "price:80/*", at * 30 + 2, at * 30 + 22, { upstream_cluster: "inbound" }),
    span(40 + at, 30 + at, "price", "server", "GET /p/:id", at * 30 + 3, at * 30 + 21),
  ]);

  test("a sidecar parts no repetition, and a second attempt is none, but takes time", async () => {
    const [found] = await endpointsOf([span(1, 0, "web", "server", "GET /shop", 0, 100), ...throughSidecars]);
    expect(found).toMatchObject({ calls: 2, depth: 1, repeat: 2, slowRepeat: 2 });
  });

  test("a clock that runs ahead changes nothing of what waits for what", async () => {
    const ahead = shop(8).map((each) =>
      each.service === "orders" ? { ...each, from: each.from + 5000, to: each.to + 5000 } : each,
    );
    expect(await endpointsOf(ahead)).toEqual(await endpointsOf(shop(8)));
  });

  test("an attempt that failed beside one that was answered is a call of its own", async () => {
    const attempts = [
      span(1, 0, "web", "server", "GET /shop", 0, 100),
      { ...span(2, 1, "web", "client", "GET", 10, 12, { "server.address": "price" }), failed: true },
      span(3, 1, "web", "client", "GET", 10, 30, { "server.address": "price" }),
      span(4, 3, "price", "server", "GET /p/:id", 11, 29),
    ];
    const { traces } = await collected([otlpLines(attempts)], [component("web"), component("price")]);
    expect(traces.calls.map(({ calls }) => calls)).toEqual([2]);
  });
});
