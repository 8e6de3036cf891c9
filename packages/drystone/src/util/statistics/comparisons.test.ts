import { expect, test } from "vitest";
import { benjaminiHochberg, fisherGreater, mannKendall, rateRatio, senSlope } from "./comparisons.js";

test.each([
  ["J fisher tea 3,1,1,3", [3, 1, 1, 3], 0.2429],
  ["A1 example, orders and billing: joint change in half of the cases looks independent", [10, 8, 10, 12], 0.3756],
  ["nothing in common", [0, 5, 5, 5], 1],
  ["always together", [5, 0, 0, 5], 1 / 252],
  ["empty table", [0, 0, 0, 0], 1],
] as const)("%s", (_, [both, first, second, neither], p) => {
  expect(fisherGreater(both, first, second, neither)).toBeCloseTo(p, 4);
});

test.each([
  ["J BH q=.05: the first two", [0.001, 0.008, 0.039, 0.041, 0.042, 0.06], 6, [0, 1]],
  ["order of the list does not matter", [0.06, 0.001, 0.042, 0.008], 6, [1, 3]],
  ["a larger family is stricter", [0.001, 0.008], 100, []],
  ["a step up: the fourth carries the third", [0.01, 0.02, 0.04, 0.04], 4, [0, 1, 2, 3]],
  ["no tests", [], 0, []],
])("%s", (_, pValues, tests, rejected) => {
  const adjusted = benjaminiHochberg(pValues, tests);
  expect([...adjusted.keys()].filter((index) => adjusted[index]! <= 0.05)).toEqual(rejected);
});

test("adjusted p values", () => {
  expect(benjaminiHochberg([0.04, 0.01, 0.03, 0.5]).map((q) => Number(q.toFixed(4)))).toEqual([0.0533, 0.04, 0.0533, 0.5]);
});

test.each([
  ["B3 rate ratio 60/10k vs 120/90k", [60, 10, 120, 90], [4.5, 3.2443, 6.1847]],
  ["B3 small sample 4/10 vs 12/60", [4, 10, 12, 60], [2, 0.4701, 6.599]],
  ["none in the other", [3, 1, 0, 1], [Number.POSITIVE_INFINITY, 0.4132, Number.POSITIVE_INFINITY]],
] as const)("%s", (_, [events, exposure, otherEvents, otherExposure], expected) => {
  const ratio = rateRatio(events, exposure, otherEvents, otherExposure);
  expect([ratio?.value, ratio?.low, ratio?.high].map((number) => Number(number?.toFixed(4)))).toEqual(expected);
});

test("no rate ratio without events or exposure", () => {
  expect([rateRatio(0, 1, 0, 1), rateRatio(1, 0, 1, 1)]).toEqual([null, null]);
});

test.each([
  ["J mann-kendall", [10, 12, 11, 15, 16, 18, 17, 20], { s: 24, z: 2.8455, tau: 0.8571, p: 0.0044 }],
  ["falling mirrors rising", [20, 17, 18, 16, 15, 11, 12, 10], { s: -24, z: -2.8455, tau: -0.8571, p: 0.0044 }],
  ["constant", [3, 3, 3, 3], { s: 0, z: 0, tau: 0, p: 1 }],
  ["a single value", [3], { s: 0, z: 0, tau: 0, p: 1 }],
])("%s", (_, values, expected) => {
  const trend = mannKendall(values);
  expect(Object.fromEntries(Object.entries(trend).map(([name, number]) => [name, Number(number.toFixed(4))]))).toEqual(expected);
});

test.each([
  ["a line", [1, 3, 5, 7], 2],
  ["one outlier does not move it", [1, 2, 3, 4, 100], 1],
  ["nothing to compare", [1], 0],
])("Sen's slope: %s", (_, values, slope) => expect(senSlope(values)).toBe(slope));
