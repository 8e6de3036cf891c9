import { describe, expect, test } from "vitest";
import type { Rows } from "#model/index.js";
import { mulberry32, randomIndex, shuffle } from "#util/random.js";
import { processorTime } from "../../../test/fakes/index.js";
import { type CoChanges, coChanges } from "./co-changes.js";
import { countPairs } from "./pair-table.js";

const [orders, billing, catalog] = [0, 1, 2];

describe("known answers", () => {
  test("A1 code-maat test vector: sets {A,B,C}, {A,B}", () => {
    const { sets, multiple, revisions, sumOfCoupling, pairs } = coChanges({
      rows: rowsOf([
        [0, 1, 2],
        [0, 1],
      ]),
      components: 3,
    });
    expect({ sets, multiple, revisions: [...revisions], sumOfCoupling: [...sumOfCoupling] }).toEqual({
      sets: 2,
      multiple: 2,
      revisions: [2, 2, 1],
      sumOfCoupling: [3, 3, 2],
    });
    expect(pairs.map(({ a, b, degree }) => [a, b, Math.floor(degree * 100)])).toEqual([
      [0, 1, 100],
      [0, 2, 66],
      [1, 2, 66],
    ]);
  });

  test("A1 example: 40 sets of orders, billing and catalog", () => {
    const { sets, multiple, revisions, pairs } = coChanges({ rows: rowsOf(shop()), components: 3 });
    expect({ sets, multiple, revisions: [...revisions] }).toEqual({ sets: 40, multiple: 10, revisions: [20, 18, 14] });
    expect(pairs).toHaveLength(3);
    const { weight, ...pair } = pairs[0]!;
    expect(pair).toEqual({
      a: orders,
      b: billing,
      shared: 10,
      revisionsA: 20,
      revisionsB: 18,
      degree: 10 / 19,
      confidenceAToB: 0.5,
      confidenceBToA: 10 / 18,
      jaccard: 10 / 28,
      lift: 400 / 360,
    });
    // Eight sets of two and two of three, over the 18 sets of billing + 1.
    expect(weight).toBeCloseTo((8 + 2 / 2) / 19, 12);
    expect(pairs.slice(1).map(({ a, b, shared }) => [a, b, shared])).toEqual([
      [billing, catalog, 2],
      [orders, catalog, 2],
    ]);
  });

  test("weight halves per half-life and stays below 1", () => {
    const rows = rowsOf([[0, 1], [0, 1], [1]]);
    const weightOf = (ageDays: number[]): number =>
      coChanges({ rows, components: 2, ageDays }, { halfLifeDays: 180 }).pairs[0]!.weight;
    expect(weightOf([0, 0, 0])).toBeCloseTo(2 / 3, 12);
    expect(weightOf([0, 180, 0])).toBeCloseTo(1.5 / 2.5, 12);
    expect(weightOf([-5, 0, 0])).toBeCloseTo(2 / 3, 12);
    expect(coChanges({ rows, components: 2, weights: [1, 0.5, 1] }).pairs[0]!.weight).toBeCloseTo(1.5 / 2.5, 12);
  });

  test.each([
    ["no sets", [], 2],
    ["an empty set", [[]], 2],
    ["a component on its own", [[0], [0]], 2],
    ["no components", [], 0],
  ])("%s: no pairs", (_, sets, components) => {
    expect(coChanges({ rows: rowsOf(sets), components })).toMatchObject({ sets: sets.length, multiple: 0, pairs: [] });
  });
});

describe("properties, on 20 random histories", () => {
  const histories = Array.from({ length: 20 }, (_, seed) => randomSets(seed + 1));

  test("relabelling components changes nothing else", () => {
    for (const [seed, sets] of histories.entries()) {
      const names = shuffle([...Array(12).keys()], mulberry32(seed));
      const renamed = coChanges({ rows: rowsOf(sets.map((set) => set.map((component) => names[component]!))), components: 12 });
      const back = (component: number): number => names.indexOf(component);
      const pairs = renamed.pairs.map(({ a, b, shared, degree, jaccard, lift, weight }) => ({
        pair: [back(a), back(b)].sort((one, other) => one - other),
        numbers: [shared, degree, jaccard, lift, weight].map((number) => number.toFixed(9)),
      }));
      const original = coChanges({ rows: rowsOf(sets), components: 12 }).pairs.map(
        ({ a, b, shared, degree, jaccard, lift, weight }) => ({
          pair: [a, b],
          numbers: [shared, degree, jaccard, lift, weight].map((number) => number.toFixed(9)),
        }),
      );
      expect(byPair(pairs)).toEqual(byPair(original));
    }
  });

  test("sets of others never raise what two share, their degree or their weight", () => {
    for (const sets of histories) {
      const before = coChanges({ rows: rowsOf(sets), components: 14 });
      const after = coChanges({ rows: rowsOf([...sets, [12], [12, 13], [13, 3]]), components: 14 });
      for (const pair of before.pairs) {
        const later = after.pairs.find(({ a, b }) => a === pair.a && b === pair.b)!;
        expect(later.shared).toBe(pair.shared);
        expect(later.degree).toBeLessThanOrEqual(pair.degree);
        expect(later.weight).toBeLessThanOrEqual(pair.weight);
      }
    }
  });

  test("every set twice: counts double, shares stay", () => {
    for (const sets of histories) {
      const once = coChanges({ rows: rowsOf(sets), components: 12 });
      const twice = coChanges({ rows: rowsOf([...sets, ...sets]), components: 12 });
      expect(shares(twice, 2)).toEqual(shares(once, 1));
    }
  });

  test("a further shared set never lowers degree or confidence", () => {
    for (const sets of histories) {
      const { pairs } = coChanges({ rows: rowsOf(sets), components: 12 });
      for (const { a, b, degree, confidenceAToB } of pairs.slice(0, 3)) {
        const more = coChanges({ rows: rowsOf([...sets, [a, b]]), components: 12 }).pairs.find(
          (pair) => pair.a === a && pair.b === b,
        )!;
        expect(more.degree).toBeGreaterThanOrEqual(degree);
        expect(more.confidenceAToB).toBeGreaterThanOrEqual(confidenceAToB);
      }
    }
  });

  test("the pair table counts what a plain map counts", () => {
    const random = mulberry32(8);
    const sets = Array.from({ length: 3000 }, () => [
      ...new Set(Array.from({ length: 1 + randomIndex(random, 12) }, () => randomIndex(random, 700))),
    ]);
    const expected = new Map<string, number>();
    let leftOut = 0;
    for (const set of sets) {
      if (set.length > 9) leftOut += 1;
      else
        for (const one of set)
          for (const other of set) if (one < other) expected.set(`${one} ${other}`, (expected.get(`${one} ${other}`) ?? 0) + 1);
    }
    const counts = countPairs(rowsOf(sets), 700, 9);
    expect(counts.leftOut).toBe(leftOut);
    expect(counts.counted).toBe(3000 - leftOut);
    expect(new Map(Array.from(counts.shared, (shared, row) => [`${counts.first[row]} ${counts.second[row]}`, shared]))).toEqual(
      expected,
    );
  });
});

test("counts the pairs of 60,000 sets over 10,000 files in well under a second", () => {
  const random = mulberry32(1);
  const sets = Array.from({ length: 60_000 }, () => {
    const folder = randomIndex(random, 500) * 20;
    return [...new Set(Array.from({ length: 1 + randomIndex(random, 5) }, () => folder + randomIndex(random, 20)))];
  });
  const spent = processorTime();
  const counts = countPairs(rowsOf(sets), 10_000, 30);
  expect(spent()).toBeLessThan(1500);
  expect(counts.shared.reduce((sum, shared) => sum + shared, 0)).toBe(
    sets.reduce((sum, set) => sum + (set.length * (set.length - 1)) / 2, 0),
  );
});

function shop(): number[][] {
  return [
    ...Array.from({ length: 10 }, () => [orders]),
    ...Array.from({ length: 8 }, () => [billing]),
    ...Array.from({ length: 8 }, () => [orders, billing]),
    ...Array.from({ length: 12 }, () => [catalog]),
    ...Array.from({ length: 2 }, () => [orders, billing, catalog]),
  ];
}

function randomSets(seed: number): number[][] {
  const random = mulberry32(seed);
  return Array.from({ length: 80 }, () => [
    ...new Set(Array.from({ length: 1 + randomIndex(random, 4) }, () => randomIndex(random, 12))),
  ]);
}

function byPair<Row extends { readonly pair: readonly number[] }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((one, other) => one.pair[0]! - other.pair[0]! || one.pair[1]! - other.pair[1]!);
}

function shares({ pairs }: CoChanges, times: number): unknown[] {
  return pairs.map(({ a, b, shared, degree, confidenceAToB, confidenceBToA, jaccard, lift }) => {
    return { a, b, shared: shared / times, degree, confidenceAToB, confidenceBToA, jaccard, lift };
  });
}

function rowsOf(sets: readonly (readonly number[])[]): Rows {
  const offsets = new Int32Array(sets.length + 1);
  for (const [index, set] of sets.entries()) offsets[index + 1] = offsets[index]! + set.length;
  return { offsets, values: Int32Array.from(sets.flat()) };
}
