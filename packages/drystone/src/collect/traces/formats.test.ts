/** One small shop in every format: web calls orders (HTTP), orders writes to a database and sends a message that mail takes up. */
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { component } from "#derive/calls/fixtures/index.js";
import { collected } from "./fixtures/collected.js";
import { millisecondsOf, otlpLines, otlpOf, traceId, type Written } from "./fixtures/index.js";
import { protobufOf } from "./fixtures/protobuf.js";

const trace = traceId(3);
const hex = (number: number): string => number.toString(16).padStart(16, "0");
const topic = { "messaging.system": "kafka", "messaging.destination.name": "orders" };
const shop: readonly Written[] = [
  {
    trace,
    id: hex(1),
    parent: "",
    service: "web",
    kind: "server",
    name: "POST /order",
    from: 0,
    to: 90,
    attributes: { "http.request.method": "POST", "http.route": "/order" },
  },
  {
    trace,
    id: hex(2),
    parent: hex(1),
    service: "web",
    kind: "client",
    name: "POST",
    from: 5,
    to: 80,
    attributes: { "http.request.method": "POST", "server.address": "orders", "server.port": 8080 },
  },
  {
    trace,
    id: hex(3),
    parent: hex(2),
    service: "orders",
    kind: "server",
    name: "POST /orders/{id}",
    from: 10,
    to: 75,
    attributes: { "http.request.method": "POST", "http.route": "/orders/{id}" },
    failed: true,
  },
  {
    trace,
    id: hex(4),
    parent: hex(3),
    service: "orders",
    kind: "client",
    name: "INSERT shop",
    from: 15,
    to: 20,
    attributes: {
      "db.system.name": "postgresql",
      "db.namespace": "shop",
      "db.operation.name": "INSERT",
      "db.collection.name": "orders",
      "server.address": "orders-db",
    },
  },
  {
    trace,
    id: hex(5),
    parent: hex(3),
    service: "orders",
    kind: "producer",
    name: "send orders",
    from: 30,
    to: 32,
    attributes: { ...topic, "messaging.operation.type": "send" },
  },
  {
    trace: traceId(4),
    id: hex(6),
    parent: "",
    service: "mail",
    kind: "consumer",
    name: "process orders",
    from: 0,
    to: 9,
    attributes: { ...topic, "messaging.operation.type": "process" },
    links: [[trace, hex(5)]],
  },
];

const calls = [
  ["component:default/mail", "orders", "consumes", "queue", "kafka", 1, 0],
  ["component:default/orders", "orders", "publishes", "queue", "kafka", 1, 0],
  ["component:default/orders", "orders-db", "writes", "db", "postgresql", 1, 0],
  ["component:default/web", "component:default/orders", "calls", "http", null, 1, 1],
];

async function callsOf(texts: readonly (string | Buffer)[]) {
  const { traces, problems } = await collected(texts, [component("web"), component("orders"), component("mail")]);
  return {
    calls: traces.calls.map((call) => [call.from, call.to, call.kind, call.protocol, call.technology, call.calls, call.failed]),
    spans: traces.spans,
    problems: problems.map(({ message }) => message).filter((message) => !message.includes("experimental")),
  };
}

const base64 = (id: string): string => Buffer.from(id, "hex").toString("base64");
const asPrinter = JSON.stringify(otlpOf(shop))
  .replace(/"(traceId|spanId|parentSpanId)":"([0-9a-f]+)"/g, (_, key: string, id: string) => `"${key}":"${base64(id)}"`)
  .replace(
    /"kind":(\d)/g,
    (_, kind: string) =>
      `"kind":"SPAN_KIND_${["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"][Number(kind)]}"`,
  )
  .replace(/"code":2/g, '"code":"STATUS_CODE_ERROR"');

const series = (name: string, client: string, server: string, type: string, value: string) => ({
  metric: { __name__: name, client, server, connection_type: type },
  value: [1_780_000_000, value],
});

describe("every format gives the same calls", () => {
  test.each<[string, (string | Buffer)[]]>([
    ["OTLP, lines", [otlpLines(shop, 2)]],
    ["OTLP, one document", [JSON.stringify(otlpOf(shop), null, 2)]],
    ["OTLP, packed", [gzipSync(otlpLines(shop, 2))]],
    ["OTLP with ids as base64 and words for numbers", [asPrinter]],
    ["OTLP with the names of version 0", [otlpLines(shop).replaceAll("scopeSpans", "instrumentationLibrarySpans")]],
    ["OTLP as protobuf, one message", [protobufOf(shop)]],
    ["OTLP as protobuf, messages with four bytes of length", [Buffer.concat(shop.map((span) => framed(protobufOf([span]))))]],
    ["OTLP as protobuf, messages with a varint of length", [Buffer.concat(shop.map((span) => delimited(protobufOf([span]))))]],
    ["OTLP as protobuf, packed", [gzipSync(protobufOf(shop))]],
    ["Jaeger", [JSON.stringify({ data: jaegerOf(shop), total: 0, errors: null }, null, 2)]],
    [
      "Jaeger, one trace per line",
      [
        jaegerOf(shop)
          .map((one) => JSON.stringify(one))
          .join("\n"),
      ],
    ],
    ["Jaeger, one trace per file, over lines", jaegerOf(shop).map((one) => JSON.stringify(one, null, 2))],
    ["Jaeger, as its newer API answers", [JSON.stringify({ result: otlpOf(shop) }, null, 2)]],
    [
      "Jaeger, spans with their process inside",
      [
        JSON.stringify(
          jaegerOf(shop).flatMap(({ spans, processes }) =>
            spans.map(({ processID, ...each }) => ({ ...each, process: processes[processID] })),
          ),
        ),
      ],
    ],
    ["Zipkin, a list per trace", [JSON.stringify(zipkinOf(shop))]],
    ["Zipkin, one list", [JSON.stringify(zipkinOf(shop).flat())]],
    [
      "a file per service",
      ["web", "orders", "mail"].map((service) => otlpLines(shop.filter((span) => span.service === service))),
    ],
  ])("%s", async (_, texts) => expect(await callsOf(texts)).toEqual({ calls, spans: 6, problems: [] }));

  test("OTLP with the old names of attributes", async () => {
    const old: Record<string, string> = {
      "http.request.method": "http.method",
      "db.system.name": "db.system",
      "db.namespace": "db.name",
      "db.operation.name": "db.operation",
      "db.collection.name": "db.sql.table",
      "server.address": "net.peer.name",
      "messaging.destination.name": "messaging.destination",
      "messaging.operation.type": "messaging.operation",
    };
    const renamed = shop.map((span) => ({
      ...span,
      attributes: Object.fromEntries(Object.entries(span.attributes ?? {}).map(([key, value]) => [old[key] ?? key, value])),
    }));
    expect(await callsOf([otlpLines(renamed)])).toEqual({ calls, spans: 6, problems: [] });
  });
});

test.each<[string, string | Buffer, number, string[]]>([
  ["a tenth of the lines is broken", broken(), 9, ["1 of 10 records is broken and was skipped"]],
  [
    "cut in a line",
    otlpLines(
      Array.from({ length: 10 }, (_, at) => alone(at)),
      1,
    ).slice(0, -40),
    9,
    ["it ends in the middle of a record; 9 records before that were read"],
  ],
  [
    "cut in a packed file",
    gzipSync(
      otlpLines(
        Array.from({ length: 4 }, (_, at) => alone(at)),
        1,
      ),
    ).subarray(0, -30),
    -1,
    ["it ends in the middle of a record"],
  ],
  [
    "cut protobuf",
    Buffer.concat([framed(protobufOf(shop)), framed(protobufOf(shop)).subarray(0, 50)]),
    6,
    ["it ends in the middle of a record; 3 records before that were read"],
  ],
  ["something else", '{"hello":1}\n{"hello":2}\n', 0, ["no span and no call was found in it"]],
  ["nothing", "", 0, ["the file is empty"]],
  ["text", "time,service\n1,web\n", 0, ["no span"]],
  ["bytes", Buffer.from([0, 1, 2, 3, 255, 254, 10, 0]), 0, [""]],
])("%s: told, and the rest is read", async (_, text, spans, problems) => {
  const { traces, problems: told } = await collected([text]);
  if (spans >= 0) expect(traces.spans).toBe(spans);
  for (const problem of problems) expect(told.map(({ message }) => message).join("\n")).toContain(problem);
});

test("a client with several servers behind it, a server below an internal span, a span without a service", async () => {
  const spans: Written[] = [
    { trace, id: hex(1), parent: "", service: "web", kind: "server", name: "GET /", from: 0, to: 90 },
    { trace, id: hex(2), parent: hex(1), service: "web", kind: "client", name: "GET", from: 5, to: 80 },
    { trace, id: hex(3), parent: hex(2), service: "orders", kind: "server", name: "GET", from: 10, to: 20 },
    { trace, id: hex(4), parent: hex(2), service: "stock", kind: "server", name: "GET", from: 30, to: 40 },
    { trace, id: hex(5), parent: hex(1), service: "web", kind: "internal", name: "load", from: 81, to: 89 },
    { trace, id: hex(6), parent: hex(5), service: "unknown_service:node", kind: "client", name: "GET", from: 82, to: 88 },
    { trace, id: hex(7), parent: hex(6), service: "price", kind: "server", name: "GET", from: 83, to: 87 },
  ];
  const { traces } = await collected([otlpLines(spans)]);
  expect(traces.calls.map(({ from, to, calls: n }) => [from, to, n])).toEqual([
    ["web", "orders", 1],
    ["web", "price", 1],
    ["web", "stock", 1],
  ]);
  expect([traces.unnamed, traces.services.map(({ name }) => name)]).toEqual([1, ["orders", "price", "stock", "web"]]);
});

test("service graphs: Jaeger's dependencies and Prometheus", async () => {
  const jaeger = JSON.stringify({
    data: [
      { parent: "web", child: "orders", callCount: 12 },
      { parent: "web", child: "web", callCount: 3 },
    ],
  });
  const prometheus = JSON.stringify({
    status: "success",
    data: {
      resultType: "vector",
      result: [
        series("traces_service_graph_request_total", "web", "orders", "", "30"),
        series("traces_service_graph_request_failed_total", "web", "orders", "", "2"),
        series("traces_service_graph_request_total", "orders", "kafka", "messaging_system", "5"),
        series("traces_service_graph_request_total", "user", "web", "", "9"),
      ],
    },
  });
  const { traces, sources } = await collected([jaeger, prometheus], [component("web"), component("orders")]);
  expect(traces.calls.map(({ from, to, kind, calls: n, failed, requests }) => [from, to, kind, n, failed, requests])).toEqual([
    ["component:default/orders", "kafka", "publishes", 5, 0, null],
    ["component:default/web", "component:default/orders", "calls", 42, 2, null],
  ]);
  expect([traces.spans, sources.map(({ read, facts }) => [read, facts])]).toEqual([
    0,
    [
      [true, 2],
      [true, 4],
    ],
  ]);
});

function alone(at: number): Written {
  return { trace: traceId(at + 1), id: hex(at + 1), parent: "", service: "web", kind: "server", name: "GET /", from: 0, to: 9 };
}

function broken(): string {
  const lines = otlpLines(
    Array.from({ length: 10 }, (_, at) => alone(at)),
    1,
  ).split("\n");
  return lines.map((line, at) => (at === 4 ? line.slice(0, 60) : line)).join("\n");
}

function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  return Buffer.concat([length, message]);
}

function delimited(message: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = message.length; ; rest >>>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) return Buffer.concat([Buffer.from(length), message]);
  }
}

function jaegerOf(spans: readonly Written[]) {
  const traces = [...new Set(spans.map((span) => span.trace))];
  return traces.map((id) => {
    const own = spans.filter((span) => span.trace === id);
    const services = [...new Set(own.map(({ service }) => service))];
    return {
      traceID: id,
      spans: own.map((span) => ({
        traceID: id.replace(/^0+/, ""),
        spanID: span.id,
        operationName: span.name,
        references: [
          ...(span.parent === "" ? [] : [{ refType: "CHILD_OF", traceID: id, spanID: span.parent }]),
          ...(span.links ?? []).map(([other, linked]) => ({ refType: "FOLLOWS_FROM", traceID: other, spanID: linked })),
        ],
        startTime: millisecondsOf(id, span.from) * 1000,
        duration: (span.to - span.from) * 1000,
        tags: [
          { key: "span.kind", type: "string", value: span.kind },
          ...Object.entries(span.attributes ?? {}).map(([key, value]) => ({ key, value })),
          ...(span.failed ? [{ key: "error", type: "bool", value: true }] : []),
        ],
        processID: `p${services.indexOf(span.service)}`,
      })),
      processes: Object.fromEntries(services.map((service, at) => [`p${at}`, { serviceName: service, tags: [] }])),
    };
  });
}

const zipkinSpan = (id: string, service: string, kind: string | null, more: object = {}) => ({
  traceId: hex(1),
  id: hex(Number(id)),
  ...(kind === null ? {} : { kind }),
  name: "post",
  timestamp: 1_780_000_000_000_000 + Number(id),
  duration: 5,
  localEndpoint: { serviceName: service },
  ...more,
});
const zipkinParent = (id: string) => ({ parentId: hex(Number(id)) });
const zipkinTo = (serviceName: string) => ({ remoteEndpoint: { serviceName } });

/** What tracers of Zipkin write that the models of others do not have. Shapes as its test data show them. */
describe("Zipkin as it is written", () => {
  test.each<[string, object[], unknown[], number]>([
    [
      "the server at the top shares an id with a client that does not report",
      [
        zipkinSpan("2", "web", "SERVER", { shared: true }),
        zipkinSpan("3", "web", "CLIENT", zipkinParent("2")),
        zipkinSpan("3", "orders", "SERVER", { ...zipkinParent("2"), shared: true }),
      ],
      [["component:default/web", "component:default/orders", "calls", "tcp", null, 1, 0]],
      0,
    ],
    [
      "a server whose client does not report hangs on what called the client",
      [
        zipkinSpan("2", "web", "SERVER"),
        zipkinSpan("4", "orders", "SERVER", { ...zipkinParent("2"), shared: true }),
        zipkinSpan("5", "mail", "SERVER", zipkinParent("4")),
      ],
      [
        ["component:default/orders", "component:default/mail", "calls", "tcp", null, 1, 0],
        ["component:default/web", "component:default/orders", "calls", "tcp", null, 1, 0],
      ],
      0,
    ],
    [
      "one client, three servers; one of them told twice",
      [
        zipkinSpan("2", "web", "CLIENT"),
        ...[1, 2, 3, 3].map((port) =>
          zipkinSpan("2", "orders", "SERVER", { shared: true, localEndpoint: { serviceName: "orders", port } }),
        ),
      ],
      [["component:default/web", "component:default/orders", "calls", "tcp", null, 3, 0]],
      0,
    ],
    [
      "stores are named as the other side, or told by the query",
      [
        zipkinSpan("2", "web", "CLIENT", { ...zipkinTo("mysql"), name: "commit" }),
        zipkinSpan("3", "web", "CLIENT", { ...zipkinTo("mongodb-shop"), name: "find" }),
        zipkinSpan("4", "web", "CLIENT", { ...zipkinTo("app_db"), tags: { "sql.query": "insert into orders values (1)" } }),
      ],
      [
        ["component:default/web", "app_db", "writes", "db", "other_sql", 1, 0],
        ["component:default/web", "mongodb-shop", "reads", "db", "mongodb", 1, 0],
        ["component:default/web", "mysql", "reads", "db", "mysql", 1, 0],
      ],
      0,
    ],
    [
      "topics and queues",
      [
        zipkinSpan("2", "web", "PRODUCER", { tags: { "kafka.topic": "orders" } }),
        zipkinSpan("3", "mail", "CONSUMER", { tags: { "rabbit.exchange": "", "rabbit.queue": "mails" } }),
      ],
      [
        ["component:default/mail", "mails", "consumes", "queue", null, 1, 0],
        ["component:default/web", "orders", "publishes", "queue", null, 1, 0],
      ],
      0,
    ],
  ])("%s", async (_, spans, expected, orphans) => {
    const { traces, problems } = await collected(
      [JSON.stringify([spans])],
      [component("web"), component("orders"), component("mail")],
    );
    expect(
      traces.calls.map((call) => [call.from, call.to, call.kind, call.protocol, call.technology, call.calls, call.failed]),
    ).toEqual(expected);
    expect([traces.orphans, problems]).toEqual([orphans, []]);
  });
});

/** Client and server of a call share an id where the caller of the server is a client. */
function zipkinOf(spans: readonly Written[]) {
  const traces = [...new Set(spans.map((span) => span.trace))];
  const shared = new Map(
    spans.filter(({ kind, parent }) => kind === "server" && parent !== "").map((span) => [span.id, span.parent]),
  );
  return traces.map((id) =>
    spans
      .filter((span) => span.trace === id)
      .map((span) => ({
        traceId: id,
        id: shared.get(span.id) ?? span.id,
        ...(span.parent === ""
          ? {}
          : {
              parentId: shared.has(span.id)
                ? spans.find(({ id: own }) => own === span.parent)?.parent
                : (shared.get(span.parent) ?? span.parent),
            }),
        ...(shared.has(span.id) ? { shared: true } : {}),
        kind: span.kind === "internal" ? undefined : span.kind.toUpperCase(),
        name: span.name,
        timestamp: millisecondsOf(id, span.from) * 1000,
        duration: (span.to - span.from) * 1000,
        localEndpoint: { serviceName: span.service },
        tags: {
          ...Object.fromEntries(Object.entries(span.attributes ?? {}).map(([key, value]) => [key, String(value)])),
          ...(span.failed ? { error: "500" } : {}),
        },
      })),
  );
}
