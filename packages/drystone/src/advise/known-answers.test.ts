/** Worked examples of metrics.md B and F. */
import { describe, expect, test } from "vitest";
import { conductance } from "#derive/parts/index.js";
import { defaultParameters } from "#model/parameters.js";
import { mannWhitney, rateRatio, wilson } from "#util/statistics/index.js";
import { netHours } from "./boundary-cost/net-hours.js";
import { growthPerMonth } from "./scales-differently/growth-per-month.js";

test.each([
  ["module", [100, 120, 150, 190, 240, 300], 0.25],
  ["rest", [1000, 1010, 1030, 1040, 1060, 1080], 0.016],
])("B1: growth of the %s per month", (_, load, expected) => {
  expect(growthPerMonth(load)).toBeCloseTo(expected, 3);
});

test("B2, B6: one crossing of 1 against 40, 30, 20 and 10 inside: 1/21", () => {
  const edges = [
    ["order", "line", 40],
    ["line", "product", 30],
    ["product", "stock", 20],
    ["audit", "audit_tag", 10],
    ["order", "audit", 1],
  ] as const;
  const cut = conductance((table: string) => table.startsWith("audit"), edges);
  expect(cut).toEqual({ cut: 1, volumeInside: 21, volumeOutside: 181, conductance: 1 / 21 });
});

describe("B3: rate ratios with their exact interval", () => {
  test.each([
    ["60 on 10 against 120 on 90", [60, 10, 120, 90], [4.5, 3.24, 6.18]],
    ["4 on 10 against 12 on 60", [4, 10, 12, 60], [2, 0.47, 6.6]],
  ] as const)("%s", (_, [events, exposure, others, otherExposure], [value, low, high]) => {
    const ratio = rateRatio(events, exposure, others, otherExposure);
    expect([ratio?.value, ratio?.low, ratio?.high].map((one) => Number(one?.toFixed(2)))).toEqual([value, low, high]);
  });
});

test.each([
  ["B4: 34 of 40 deploys ship nothing else", 34, 40, 0.709],
  ["B5: 75 of 80 changes inside", 75, 80, 0.862],
  ["B5: 75 of 90 changes of the two", 75, 90, 0.743],
])("%s: lower bound", (_, hits, n, low) => {
  expect(wilson(hits, n)?.low).toBeCloseTo(low, 3);
});

describe("Mann-Whitney", () => {
  test("all larger: U is m x n, delta 1", () => {
    const test1 = mannWhitney([11, 12, 13, 14, 15, 16, 17, 18], [1, 2, 3, 4, 5, 6, 7, 8]);
    expect(test1?.delta).toBe(1);
    // z = (64 - 32 - 0.5) / sqrt(64 x 17 / 12) = 3.308
    expect(test1?.p).toBeCloseTo(0.00047, 4);
  });
  test("the same values: delta 0 and no evidence; nothing to compare: null", () => {
    expect(mannWhitney([1, 2, 3], [1, 2, 3])?.delta).toBe(0);
    expect(mannWhitney([1, 1], [1, 1])?.p).toBe(1);
    expect(mannWhitney([], [1])).toBeNull();
  });
});

describe("F: hours per month", () => {
  test("22 coordinations become 4 at 1.5 h, 10 h to operate, 6 h for the contract: +11 h", () => {
    const net = netHours({ months: twelve(22, 4), before: 264, after: 48 }, defaultParameters);
    expect(net).toEqual({ mean: 11, low: 11, high: 11, removed: 27, spent: 16, breakEven: 16 / 18 });
  });
  test("nothing removed costs what it costs; an unknown owner gives no hours", () => {
    expect(netHours({ months: twelve(0, 0), before: 0, after: 0 }, defaultParameters)?.mean).toBe(-10);
    expect(netHours({ months: twelve(0, 0), before: 0, after: 0 }, defaultParameters)?.breakEven).toBeNull();
    expect(netHours({ months: twelve(0, 0), before: null, after: 0 }, defaultParameters)).toBeNull();
  });
  test("months that differ widen the margin", () => {
    const months = Array.from({ length: 12 }, (_, month) => ({ before: month % 2 === 0 ? 0 : 20, after: 0 }));
    const net = netHours({ months, before: 120, after: 0 }, defaultParameters);
    expect(net?.mean).toBeCloseTo(5);
    expect(net?.low).toBeLessThan(0);
    expect(net?.high).toBeGreaterThan(10);
  });
});

function twelve(before: number, after: number) {
  return Array.from({ length: 12 }, () => ({ before, after }));
}
