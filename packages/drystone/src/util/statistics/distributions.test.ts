import { expect, test } from "vitest";
import { hypergeometricTail, incompleteBeta, lnChoose, normalQuantile, normalTail } from "./distributions.js";

test.each([
  [0.5, 0],
  [0.95, 1.6448536269514722],
  [0.975, 1.959963984540054],
  [0.025, -1.959963984540054],
  [0.995, 2.5758293035489004],
  [1 - 1e-9, 5.9978070145],
])("normal quantile of %d is %d (tables)", (probability, z) => {
  expect(normalQuantile(probability)).toBeCloseTo(z, 6);
  expect(normalTail(z)).toBeCloseTo(1 - probability, 9);
});

test("the incomplete beta function is the tail of a binomial", () => {
  for (const [trials, share] of [
    [1, 0.5],
    [10, 0.1],
    [40, 0.8],
    [500, 0.01],
  ] as const) {
    let tail = 0;
    for (let count = trials; count >= 1; count--) {
      tail += Math.exp(lnChoose(trials, count) + count * Math.log(share) + (trials - count) * Math.log(1 - share));
      expect(incompleteBeta(share, count, trials - count + 1)).toBeCloseTo(tail, 10);
    }
  }
});

test.each([
  [0, 3, 4, 10, 1, "none or more"],
  [3, 3, 4, 10, 4 / 120, "all three marked among four drawn: C(7,1) / C(10,4)"],
  [4, 3, 4, 10, 0, "more than there are"],
  [2, 8, 4, 10, 1, "cannot be fewer"],
  [5, 10, 10, 100, 0.000677, "ten marked, ten drawn of a hundred"],
])("P(X >= %d | %d marked, %d drawn of %d) = %d (%s)", (count, marked, drawn, population, p) => {
  expect(hypergeometricTail(count, marked, drawn, population)).toBeCloseTo(p, 4);
});

test("a fractional population lies between its neighbours", () => {
  const [lower, between, upper] = [100, 100.5, 101].map((population) => hypergeometricTail(3, 10, 10, population));
  expect(lower).toBeGreaterThan(between!);
  expect(between).toBeGreaterThan(upper!);
});

test("the incomplete beta function at its borders and its symmetry", () => {
  expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
  expect(incompleteBeta(0.5, 3, 3)).toBeCloseTo(0.5, 12);
  expect(incompleteBeta(0.3, 2, 5) + incompleteBeta(0.7, 5, 2)).toBeCloseTo(1, 12);
});
