import { expect, test } from "vitest";
import { benjaminiHochberg, rateRatio } from "./comparisons.js";

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
