/** What chance makes of the same sizes, and of the same degrees. */
import { type Random, randomIndex, shuffle } from "#util/random.js";
import { crossingShare, type WeightedGraph } from "./weighted-graph.js";

export interface AgainstChance {
  readonly value: number;
  /** Mean and standard deviation under the null. */
  readonly mean: number;
  readonly deviation: number;
  /** (value - mean) / deviation; 0 where chance always gives the value. */
  readonly z: number;
}

/** Crossing weight of a partition against the same sizes dealt out at random (metrics.md E1): far below 0 is better than chance. A partition that was
 *  searched for beats this null even in a graph without structure, so it never decides alone. */
export function againstShuffledLabels(graph: WeightedGraph, labels: Int32Array, draws: number, random: Random): AgainstChance {
  const dealt = Int32Array.from(labels);
  return against(
    crossingShare(graph, labels),
    Array.from({ length: draws }, () => crossingShare(graph, shuffle(dealt, random))),
  );
}

/** The same degrees and weights, edges dealt out at random: pairs of edges swap an end, ten tries per edge. */
export function rewired({ size, edges }: WeightedGraph, random: Random): WeightedGraph {
  const mixed = edges.map(([a, b, weight]): [number, number, number] => [a, b, weight]);
  const key = (a: number, b: number): number => Math.min(a, b) * size + Math.max(a, b);
  const known = new Set(mixed.map(([a, b]) => key(a, b)));
  for (let tries = mixed.length * 10; tries > 0; tries--) {
    const one = mixed[randomIndex(random, mixed.length)];
    const other = mixed[randomIndex(random, mixed.length)];
    if (one === undefined || other === undefined || one === other) continue;
    const [a, b] = one;
    const [c, d] = random() < 0.5 ? [other[0], other[1]] : [other[1], other[0]];
    if (a === d || c === b || known.has(key(a, d)) || known.has(key(c, b))) continue;
    known.delete(key(a, b));
    known.delete(key(c, d));
    known.add(key(a, d));
    known.add(key(c, b));
    [one[0], one[1]] = [Math.min(a, d), Math.max(a, d)];
    [other[0], other[1]] = [Math.min(c, b), Math.max(c, b)];
  }
  return { size, edges: mixed };
}

export function against(value: number, chance: readonly number[]): AgainstChance {
  const mean = chance.reduce((sum, one) => sum + one, 0) / Math.max(1, chance.length);
  const deviation = Math.sqrt(chance.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, chance.length - 1));
  return { value, mean, deviation, z: deviation > 1e-12 ? (value - mean) / deviation : 0 };
}
