import { expect, test } from "vitest";
import { degreeOfAuthorship, effectiveNumber, fractalValue, quantiles, teamStability } from "./concentration.js";

test.each([
  ["A4 developer 5+5", [5, 5], 2],
  ["A4 developer 18/1/1", [18, 1, 1], 1.227],
  ["zeros do not count", [5, 0, 5, 0], 2],
  ["one", [7], 1],
  ["none", [], 0],
  ["only zeros", [0, 0], 0],
])("%s: effective number of services", (_, counts, expected) => expect(effectiveNumber(counts)).toBeCloseTo(expected, 3));

test.each([
  ["A4 fractal code-maat A", [3, 2, 1], 0.6111],
  ["A4 fractal code-maat Z", [2, 1], 0.4444],
  ["A4 fractal code-maat C", [2], 0],
  ["nobody", [], 0],
])("%s", (_, counts, expected) => expect(fractalValue(counts)).toBeCloseTo(expected, 4));

test("quantiles", () => {
  expect(quantiles([5, 1, 4, 2, 3], [0, 0.25, 0.5, 0.85, 1])).toEqual([1, 2, 3, 4.4, 5]);
  expect(quantiles([4, 1, 3, 2], [0.5])).toEqual([2.5]);
  expect(quantiles([], [0.5])).toEqual([]);
});

test("D DOA: creator with 5 own and 3 foreign changes, other with 3 own and 5 foreign", () => {
  const creator = degreeOfAuthorship(true, 5, 3);
  const other = degreeOfAuthorship(false, 3, 5);
  expect([creator, other, other / creator].map((degree) => Number(degree.toFixed(4)))).toEqual([4.766, 3.2098, 0.6735]);
});

test("D team stability", () => {
  const stability = teamStability(["a", "b", "c", "d", "e", "f"], ["a", "b", "c", "d", "g"]);
  expect(stability).toEqual({ retention: 4 / 6, jaccard: 4 / 7 });
  expect(teamStability([], ["a"])).toBeNull();
});
