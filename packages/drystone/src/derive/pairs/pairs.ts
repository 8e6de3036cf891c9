/** Pairs of components that change together, and whether more often than wide changes and busy components explain (history.md 3.4). */

import type { Rows } from "#model/history.js";
import type { Parameters } from "#model/parameters.js";
import { daySeconds } from "#util/dates.js";
import { wilson } from "#util/statistics/index.js";
import type { ChangeSet } from "../change-sets/index.js";
import { coChanges, pairsBeyondChance } from "../co-changes/index.js";

export interface Pair {
  /** Components by index. */
  readonly a: number;
  readonly b: number;
  readonly shared: number;
  readonly revisionsA: number;
  readonly revisionsB: number;
  readonly degree: number;
  readonly confidenceAToB: number;
  readonly confidenceBToA: number;
  /** Lower bound of the larger confidence. */
  readonly confidenceLow: number;
  readonly confidenceHigh: number;
  /** To be expected from the sizes of the sets and how busy both are; null where it was not computed. */
  readonly expected: number | null;
  readonly lift: number | null;
  readonly q: number | null;
  readonly weight: number;
  /** metrics.md A1. */
  readonly hot: boolean;
  /** Beyond what wide changes and busy components explain. */
  readonly beyondChance: boolean;
}

/** @param subjects components by index. @returns pairs with the least sample or more, by falling degree. */
export function coupledPairs(
  sets: readonly ChangeSet[],
  subjects: readonly number[],
  to: number,
  parameters: Parameters,
): Pair[] {
  const place = new Map(subjects.map((subject, index) => [subject, index]));
  const changeSets = {
    rows: rowsOf(sets, place),
    components: subjects.length,
    ageDays: sets.map((set) => Math.max(0, (to - set.time) / daySeconds)),
  };
  const { pairs } = coChanges(changeSets, { halfLifeDays: parameters.pairs.halfLifeDays });
  const enough = pairs.filter((pair) => pair.shared >= parameters.nMin.pair);
  const chances = new Map(
    enough.length === 0
      ? []
      : pairsBeyondChance(changeSets, {
          seed: parameters.ci.seed,
          draws: parameters.pairs.draws,
          minShared: parameters.nMin.pair,
        }).pairs.map((pair) => [`${pair.a} ${pair.b}`, pair] as const),
  );
  return enough.map((pair) => {
    const chance = chances.get(`${pair.a} ${pair.b}`);
    const { low = 0, high = 1 } = wilson(pair.shared, Math.min(pair.revisionsA, pair.revisionsB), parameters.ci.level) ?? {};
    return {
      a: subjects[pair.a] ?? 0,
      b: subjects[pair.b] ?? 0,
      shared: pair.shared,
      revisionsA: pair.revisionsA,
      revisionsB: pair.revisionsB,
      degree: pair.degree,
      confidenceAToB: pair.confidenceAToB,
      confidenceBToA: pair.confidenceBToA,
      confidenceLow: low,
      confidenceHigh: high,
      expected: chance?.expected ?? null,
      lift: chance?.lift ?? null,
      q: chance?.q ?? null,
      weight: pair.weight,
      hot: low >= parameters.A1.hotPairConfLo && pair.shared >= parameters.A1.hotPairN,
      beyondChance: chance !== undefined && chance.q <= parameters.pairs.q && chance.lift >= parameters.pairs.lift,
    };
  });
}

function rowsOf(sets: readonly ChangeSet[], place: ReadonlyMap<number, number>): Rows {
  const offsets = [0];
  const values: number[] = [];
  for (const set of sets) {
    for (const component of set.components) {
      const at = place.get(component);
      if (at !== undefined) values.push(at);
    }
    offsets.push(values.length);
  }
  return { offsets: Int32Array.from(offsets), values: Int32Array.from(values) };
}
