/** Load as exports give it: by component, metric and time. */
import { describe, expect, test } from "vitest";
import { findPart } from "#derive/parts/index.js";
import type { Facts } from "#model/facts.js";
import { componentRef } from "#model/refs.js";
import { type LoadFact, noTraces, type TracedEndpointFact } from "#model/running.js";
import { plantedShop } from "../_shared/fixtures/index.js";
import { advisedSystem } from "../index.js";
import { signalScalesDifferently } from "./index.js";

const day = 86_400;
const start = Date.UTC(2026, 0, 1) / 1000;

function load(
  service: string,
  value: (at: number) => number,
  { step = day, days = 240, ...more }: { step?: number; days?: number } & Partial<LoadFact> = {},
): LoadFact {
  return {
    component: componentRef(service),
    service,
    measure: "series",
    metric: "",
    unit: "",
    points: Array.from({ length: (days * day) / step }, (_, at): [number, number] => [start + at * step, value(at)]),
    declared: false,
    source: "load.json",
    evidence: [],
    ...more,
  };
}

/** The modules as services of their own. */
function signal(loads: readonly LoadFact[]) {
  const estate = plantedShop({
    facts: ({ components }) => ({
      loads,
      components: components.map((component) => ({ ...component, kind: "service", partOf: null })),
    }),
  });
  const system = advisedSystem(estate, []);
  const { found } = findPart(system.estate, system.view, "payments");
  if (found === null) throw new Error("payments was not planted");
  return signalScalesDifferently({ ...system, part: found });
}

const grows = (perMonth: number) => (at: number) => 100 * (1 + perMonth) ** (at / 30.4375);
const burst = (hour: number, length: number) => (at: number) => ((at - hour + 24) % 24 < length ? 10 : 1);

const limit = (measure: LoadFact["measure"], value: number) =>
  load("payments", () => value, { declared: true, measure, days: 1 });

describe("scales differently", () => {
  test("10 % a month against 1 %: a signal with the difference", () => {
    const { verdict, value, unit, grade, interval } = signal([load("payments", grows(0.1)), load("orders", grows(0.01))]);
    expect([verdict, unit, grade]).toEqual(["signal", "share per month that it grows faster", "B"]);
    expect(value).toBeCloseTo(0.09, 2);
    expect(interval?.[0]).toBeGreaterThan(0.05);
  });

  test.each<[string, readonly LoadFact[], string]>([
    ["both grow alike", [load("payments", grows(0.03)), load("orders", grows(0.03))], "none"],
    [
      "peaks of two hours at night against an even day",
      [load("payments", burst(2, 2), { step: 3600, days: 20 }), load("orders", burst(8, 12), { step: 3600, days: 20 })],
      "signal",
    ],
    [
      "the same peaks at the same hours",
      [load("payments", burst(8, 2), { step: 3600, days: 20 }), load("orders", burst(8, 2), { step: 3600, days: 20 })],
      "none",
    ],
    ["four months", [load("payments", grows(0.1), { days: 120 }), load("orders", grows(0), { days: 120 })], "unknown"],
    [
      "a year of daily values has no hours",
      [load("payments", burst(2, 2), { days: 150 }), load("orders", () => 1, { days: 150 })],
      "unknown",
    ],
    [
      "load of another metric is no comparison",
      [load("payments", grows(0.1), { metric: "requests" }), load("orders", grows(0.01), { metric: "bytes" })],
      "unknown",
    ],
    [
      "what manifests declare is no load",
      [load("payments", grows(0.1), { declared: true }), load("orders", grows(0), { declared: true })],
      "unknown",
    ],
    ["only its own load", [load("payments", grows(0.1))], "unknown"],
  ])("%s", (_, loads, verdict) => expect(signal(loads).verdict).toBe(verdict));

  test("an unknown names what would tell, and what an autoscaler expects", () => {
    const { reasons, missing } = signal([limit("minReplicas", 2), limit("maxReplicas", 12)]);
    expect(reasons).toEqual([
      "How much work it does is not known: no load was read.",
      "An autoscaler may run 2 to 12 replicas of it: what somebody expects, not what it does.",
    ]);
    expect(missing[0]?.how).toContain("--load load.json");
  });
});

describe("what a request takes", () => {
  const requests = [
    load("payments", () => 10, { metric: "http_requests_total" }),
    load("orders", () => 100, { metric: "http_requests_total" }),
  ];
  const takes = (metric: string, own: number, others: number) => [
    load("payments", () => own, { metric, days: 30 }),
    load("orders", () => others, { metric, days: 30 }),
  ];

  test.each<[string, readonly LoadFact[], string, number | null]>([
    ["ten times the processor time", [...requests, ...takes("container_cpu_usage_seconds_total", 10, 10)], "signal", 10],
    ["ten times, of 5 % of all", [...requests, ...takes("container_cpu_usage_seconds_total", 0.5, 9.5)], "none", null],
    ["the same", [...requests, ...takes("container_memory_working_set_bytes", 10, 100)], "none", null],
    [
      "what Kubernetes was asked for is no request",
      [...takes("kube_pod_container_resource_requests", 10, 100), ...takes("container_cpu_usage_seconds_total", 10, 10)],
      "unknown",
      null,
    ],
  ])("%s", (_, loads, verdict, ratio) => {
    const found = signal(loads);
    expect([found.verdict, found.unit?.includes("per request") === true ? found.value : null]).toEqual([verdict, ratio]);
  });
});

const operation = (path: string, file: string) => ({
  ref: `api:default/shop#${path}`,
  contract: null,
  component: componentRef("shop"),
  method: "GET",
  path,
  evidence: [{ type: "file" as const, repository: "shop", file, line: 1 }],
});

function moduleSignal(facts: Partial<Facts>) {
  const estate = plantedShop({
    facts: () => ({
      operations: [operation("/payments/{id}", "payments/src/main.js"), operation("/orders", "orders/src/part-1.js")],
      ...facts,
    }),
  });
  const system = advisedSystem(estate, []);
  const { found } = findPart(system.estate, system.view, "payments");
  if (found === null) throw new Error("payments was not planted");
  return signalScalesDifferently({ ...system, part: found });
}

describe("modules of one deployable, told apart by their routes", () => {
  const route = (path: string, value: (at: number) => number) => load("shop", value, { metric: "requests", route: path });

  test.each<[string, readonly LoadFact[], string]>([
    [
      "its route grows, the other one does not",
      [route("GET /payments/:id", grows(0.1)), route("GET /orders/", grows(0))],
      "signal",
    ],
    [
      "a route that no source answers is nobody's",
      [route("GET /payments/:id", grows(0.1)), route("GET /ghosts", grows(0))],
      "unknown",
    ],
    [
      "the load of the whole says nothing about a part of it",
      [route("GET /payments/:id", grows(0.1)), load("shop", grows(0), { metric: "requests" })],
      "unknown",
    ],
  ])("%s", (_, loads, verdict) => expect(moduleSignal({ loads }).verdict).toBe(verdict));

  test("traces tell its share of the requests, and no rate", () => {
    const endpoints = [
      tracedEndpoint("GET /payments/{}", 30),
      tracedEndpoint("GET /orders", 60),
      tracedEndpoint("GET /ghosts", 10),
    ];
    const { verdict, reasons, findings } = moduleSignal({ traces: { ...noTraces, endpoints } });
    expect([verdict, reasons[1]]).toEqual([
      "unknown",
      "33 % of 90 traced requests are answered in it; 2 of 3 endpoints lead to a file.",
    ]);
    expect(findings.map(({ code, value }) => [code, value])).toEqual([["scales-differently/requests", 0.333333]]);
  });
});

function tracedEndpoint(operation: string, requests: number): TracedEndpointFact {
  return {
    service: "shop",
    component: componentRef("shop"),
    operation,
    async: false,
    requests,
    days: 3,
    calls: [],
    depth: [],
    repeat: [],
    slowRepeat: [],
    serial: [],
    netPercent: [],
    messages: [],
    repeated: null,
    evidence: [],
  };
}
