import { expect, test } from "vitest";
import { relations } from "#derive/calls/fixtures/index.js";
import { smallEstate } from "#derive/team-changes/fixtures/index.js";
import { componentRef, shortName } from "#model/refs.js";
import { noTraces, type TracedEndpointFact, type TraceFacts } from "#model/running.js";
import { assessChattiness } from "./index.js";
import { quantileOf } from "./requests.js";

const services = { web: null, price: null };

function endpoint(operation: string, requests: number, more: Partial<TracedEndpointFact> = {}): TracedEndpointFact {
  const all = (value: number): [number, number][] => [[value, requests]];
  return {
    service: "web",
    component: componentRef("web"),
    operation,
    async: false,
    requests,
    days: 5,
    calls: all(2),
    depth: all(1),
    repeat: all(1),
    slowRepeat: all(0),
    serial: all(2),
    netPercent: all(5),
    messages: all(0),
    repeated: null,
    evidence: [{ type: "span", trace: "t1", span: "s1" }],
    ...more,
  };
}

function assessed(traces: Partial<TraceFacts>) {
  const estate = smallEstate({ services, changes: [] });
  const facts = {
    ...estate.facts,
    relations: relations("web calls price"),
    traces: { ...noTraces, spans: 10_000, traces: 1_000, from: 1_780_000_000, to: 1_780_400_000, ...traces },
  };
  const { assessment, measures } = assessChattiness({ ...estate, facts });
  return {
    ...assessment,
    told: assessment.findings.map(({ code, subjects, value }) => [code, subjects.map(shortName).join(" "), value]),
    measures,
  };
}

const calm = endpoint("GET /calm", 900);
const many: [number, number][] = [[20, 300]];

test.each<[string, Partial<TraceFacts>, string, string | null]>([
  ["no endpoint is chatty", { endpoints: [calm] }, "absent", "B"],
  ["15 calls in a quarter of the requests", { endpoints: [calm, endpoint("GET /many", 300, { calls: many })] }, "present", "B"],
  [
    "a tenth of the requests",
    {
      endpoints: [
        calm,
        endpoint("GET /many", 100, { calls: [[20, 100]] }),
        endpoint("GET /more", 200, { calls: [[20, 200]] }),
        endpoint("GET /b", 1800),
      ],
    },
    "mixed",
    "B",
  ],
  ["depth of 5", { endpoints: [calm, endpoint("GET /deep", 300, { depth: [[5, 300]] })] }, "present", "B"],
  ["30 % of the time on the way", { endpoints: [calm, endpoint("GET /far", 300, { netPercent: [[30, 300]] })] }, "present", "B"],
  [
    "5 repeats that take long",
    { endpoints: [calm, endpoint("GET /again", 300, { repeat: [[6, 300]], slowRepeat: [[6, 300]] })] },
    "present",
    "B",
  ],
  ["5 repeats that take no time", { endpoints: [calm, endpoint("GET /again", 300, { repeat: [[6, 300]] })] }, "absent", "B"],
  ["too few requests", { endpoints: [endpoint("GET /many", 199, { calls: many })] }, "unknown", "C"],
  ["two days", { endpoints: [endpoint("GET /many", 900, { calls: many, days: 2 })] }, "unknown", "C"],
  [
    "calm, but most requests went to endpoints with too few",
    { endpoints: [calm, ...Array.from({ length: 10 }, (_, at) => endpoint(`GET /${at}`, 150))] },
    "unknown",
    "B",
  ],
  [
    "messages are not waited for",
    { endpoints: [calm, endpoint("orders", 900, { async: true, calls: [[20, 900]] })] },
    "absent",
    "B",
  ],
  [
    "more than a tenth of the spans are orphans",
    { endpoints: [endpoint("GET /many", 900, { calls: many })], orphans: 1_001 },
    "unknown",
    "C",
  ],
])("%s", (_, traces, verdict, grade) => {
  const found = assessed(traces);
  expect([found.verdict, found.grade]).toEqual([verdict, grade]);
});

test("a chatty endpoint is told with what is repeated and with spans", () => {
  const { told, findings, reasons, value, sample } = assessed({
    endpoints: [
      calm,
      endpoint("GET /shop", 300, {
        calls: [
          [3, 60],
          [20, 240],
        ],
        repeat: [[6, 300]],
        slowRepeat: [[6, 300]],
        repeated: "price GET /p/{}",
      }),
    ],
  });
  expect(told).toEqual([["chattiness/chatty-endpoint", "web", 20]]);
  expect(findings[0]?.message).toContain("GET /shop of web");
  expect(findings[0]?.message).toContain("price GET /p/{}");
  expect(findings[0]?.evidence).toEqual([{ type: "span", trace: "t1", span: "s1" }]);
  expect(reasons[0]).toBe(
    "1 of 2 endpoints with enough requests (1,200 requests) is chatty, first GET /shop of web: 20 or more calls between services in a quarter of the requests.",
  );
  expect([value, sample]).toEqual([0.25, { n: 1200, of: "requests", min: 200 }]);
});

test("broken propagation names the services that lose the trace, and asks for whole traces", () => {
  const { told, findings, missing, reasons } = assessed({
    endpoints: [calm],
    orphans: 4_000,
    services: [{ name: "price", component: componentRef("price"), spans: 5_000, orphans: 4_000, seenAs: "emits" }],
  });
  expect(told).toEqual([["chattiness/broken-propagation", "price", 0.4]]);
  expect(findings[0]?.message).toContain("price (4,000 of 5,000)");
  expect([reasons[0], missing[0]?.input]).toEqual([
    expect.stringContaining("Propagation is broken: 40 % of 10,000 spans"),
    expect.stringContaining("context is passed on"),
  ]);
});

test("a service graph alone measures no request", () => {
  const { verdict, missing } = assessed({ spans: 0, calls: [] });
  expect([verdict, missing[0]?.input]).toEqual(["unknown", expect.stringContaining("traces of 3 days")]);
});

test("quantiles of a histogram", () => {
  expect([
    quantileOf(
      [
        [1, 3],
        [5, 1],
      ],
      0.75,
    ),
    quantileOf(
      [
        [1, 2],
        [5, 2],
      ],
      0.75,
    ),
    quantileOf([], 0.75),
  ]).toEqual([1, 5, 0]);
});
