import { gammaln } from "simple-statistics";

/** P(Z > z) of the standard normal, with small relative error in the upper tail. */
export function normalTail(z: number): number {
  if (z === 0) return 0.5;
  const half = (z * z) / 2;
  return z > 0 ? upperGamma(0.5, half) / 2 : 1 - upperGamma(0.5, half) / 2;
}

/** z with P(Z <= z) = `probability`, which lies strictly between 0 and 1. Absolute error below 1e-12. */
export function normalQuantile(probability: number): number {
  const tail = Math.min(probability, 1 - probability);
  let z = 0;
  // Newton on a convex, falling tail: from 0 every step stays below the root.
  for (let round = 0; round < 1000; round++) {
    const step = (normalTail(z) - tail) / normalDensity(z);
    z += step;
    if (!(Math.abs(step) > 1e-14)) break;
  }
  return probability < 0.5 ? -z : z;
}

function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** P(X >= count) when `drawn` of a population are drawn and `marked` of it are marked, counting the marked ones drawn. `population` may be
 *  fractional, as it is when fitted to a mean (drawn x marked / mean); it is at least the greater of both. */
export function hypergeometricTail(count: number, marked: number, drawn: number, population: number): number {
  let tail = 0;
  for (let hits = Math.max(0, count); hits <= Math.min(marked, drawn); hits++) {
    if (population - marked - drawn + hits < 0) continue;
    tail += Math.exp(lnChoose(marked, hits) + lnChoose(population - marked, drawn - hits) - lnChoose(population, drawn));
  }
  return Math.min(1, tail);
}

/** Regularised incomplete beta function I_x(a, b), 0..1; a, b > 0. Continued fraction, modified Lentz. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast only below the mean; above it the complement does.
  const share = x <= (a + 1) / (a + b + 2) ? front / (a * betaFraction(x, a, b)) : 1 - front / (b * betaFraction(1 - x, b, a));
  return Math.min(1, Math.max(0, share));
}

/** ln of the binomial coefficient. */
export function lnChoose(n: number, k: number): number {
  return k === 0 || k === n ? 0 : gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
}

/** Root of an increasing function between `low` and `high`, to the last bit. */
export function bisect(increasing: (at: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let round = 0; round < 100; round++) {
    const middle = (from + to) / 2;
    if (middle === from || middle === to) break;
    if (increasing(middle) > 0) to = middle;
    else from = middle;
  }
  return (from + to) / 2;
}

/** The denominator 1 + d1/(1 + d2/(1 + ...)) of the incomplete beta function (DLMF 8.17.22). */
function betaFraction(x: number, a: number, b: number): number {
  return continuedFraction(1, (step) => {
    const m = step >> 1;
    const numerator =
      step % 2 === 0
        ? (m * (b - m) * x) / ((a + step - 1) * (a + step))
        : (-(a + m) * (a + b + m) * x) / ((a + step - 1) * (a + step));
    return [numerator, 1];
  });
}

/** Regularised Q(a, x) = 1 - P(a, x). */
function upperGamma(a: number, x: number): number {
  return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x);
}

/** P(a, x) by its series (DLMF 8.7.1), for x < a + 1. */
function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let step = 1; step < 10_000 && term > sum * 1e-16; step++) {
    term *= x / (a + step);
    sum += term;
  }
  return Math.min(1, sum * Math.exp(a * Math.log(x) - x - gammaln(a)));
}

/** Q(a, x) by its continued fraction (DLMF 8.9.2), for x >= a + 1. */
function gammaFraction(a: number, x: number): number {
  const fraction = continuedFraction(x + 1 - a, (step) => [-step * (step - a), x + 2 * step + 1 - a]);
  return Math.exp(a * Math.log(x) - x - gammaln(a)) / fraction;
}

/** first + n1/(d1 + n2/(d2 + ...)), modified Lentz; `term(step)` gives [n, d] from step 1 on. */
function continuedFraction(first: number, term: (step: number) => readonly [number, number]): number {
  const tiny = 1e-300;
  let value = first || tiny;
  let above = value;
  let below = 0;
  for (let step = 1; step < 10_000; step++) {
    const [numerator, denominator] = term(step);
    below = 1 / (denominator + numerator * below || tiny);
    above = denominator + numerator / above || tiny;
    value *= above * below;
    if (Math.abs(above * below - 1) < 1e-15) break;
  }
  return value;
}
