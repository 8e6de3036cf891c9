/** Load as exports give it: by component, metric and time. */
import { describe, expect, test } from "vitest";
import { findPart } from "#derive/parts/index.js";
import { componentRef } from "#model/refs.js";
import type { LoadFact } from "#model/running.js";
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
