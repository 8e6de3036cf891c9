import { expect, test } from "vitest";
import type { Rows } from "#model/index.js";
import { mulberry32, type Random, randomIndex, shuffle } from "#util/random.js";
import { processorTime } from "../../../test/fakes/index.js";
import { type PairChance, pairsBeyondChance } from "./pairs-beyond-chance.js";

const significant = (pairs: readonly PairChance[]): string[] =>
  pairs.filter((pair) => pair.q <= 0.05).map((pair) => `${pair.a}-${pair.b}`);

test("two components: the margins decide everything, nothing is beyond chance", () => {
  const sets = [...many(20, [0, 1]), ...many(3, [0])];
  expect(pairsBeyondChance({ rows: rowsOf(sets), components: 2 }, { seed: 1 })).toEqual({
    pairs: [{ a: 0, b: 1, shared: 20, expected: 20, lift: 1, p: 1, q: 1 }],
    tested: 1,
    draws: 500,
    blocks: 1,
  });
});

test("when all sets have two of four components, the expected count is that of random pairs", () => {
  const sets = [...many(30, [0, 1]), ...many(30, [2, 3])];
  const { pairs } = pairsBeyondChance({ rows: rowsOf(sets), components: 4 }, { seed: 1, draws: 2000 });
  expect(pairs.map(({ a, b, shared }) => [a, b, shared])).toEqual([
    [0, 1, 30],
    [2, 3, 30],
  ]);
  // By symmetry each of the six pairs expects a sixth of the 60 sets.
  for (const pair of pairs) expect(pair.expected).toBeCloseTo(10, 0);
});

test("a pair is found among five busy components; the busy ones are not", () => {
  const random = mulberry32(1);
  const singles = Array.from({ length: 300 }, () => [randomIndex(random, 6)]);
  const chance = Array.from({ length: 60 }, () => pick(random, 2, 6));
  const sets = [...singles, ...chance, ...many(12, [6, 7]), ...many(4, [6]), ...many(4, [7])];
  expect(significant(pairsBeyondChance({ rows: rowsOf(sets), components: 8 }, { seed: 1 }).pairs)).toEqual(["6-7"]);
});

test("wide sets over 40 components make no pair special", () => {
  const random = mulberry32(2);
  const sets = [
    ...Array.from({ length: 100 }, () => [randomIndex(random, 47)]),
    ...Array.from({ length: 8 }, () => pick(random, 40, 47)),
  ];
  const { pairs, tested } = pairsBeyondChance({ rows: rowsOf(sets), components: 47 }, { seed: 1 });
  expect(pairs.length).toBeGreaterThan(500);
  expect(tested).toBe((47 * 46) / 2);
  expect(significant(pairs)).toEqual([]);
});

test("two pairs of components that lived in different years are not coupled by having lived together", () => {
  const random = mulberry32(3);
  const year = (from: number): number[][] =>
    Array.from({ length: 200 }, () => pick(random, 1 + randomIndex(random, 2), 5).map((c) => c + from));
  const sets = [...year(0), ...year(5)];
  const ageDays = sets.map((_, index) => 720 - index * 1.8);
  const changeSets = { rows: rowsOf(sets), components: 10 };
  expect(significant(pairsBeyondChance(changeSets, { seed: 1 }).pairs).length).toBeGreaterThan(10);
  const blocked = pairsBeyondChance({ ...changeSets, ageDays }, { seed: 1 });
  expect(blocked.blocks).toBe(4);
  expect(significant(blocked.pairs)).toEqual([]);
});

test("the same seed gives the same result; another seed moves expected counts by little", () => {
  const changeSets = { rows: rowsOf(system(5, 15, 300, 0.4).sets), components: 15 };
  const [first, again, other] = [1, 1, 2].map((seed) => pairsBeyondChance(changeSets, { seed }));
  expect(again).toEqual(first);
  expect(significant(other!.pairs)).toEqual(significant(first!.pairs));
  for (const pair of first!.pairs) {
    const moved = other!.pairs.find(({ a, b }) => a === pair.a && b === pair.b)!;
    expect(Math.abs(moved.expected / pair.expected - 1)).toBeLessThan(0.2);
  }
});

/** Measured over 200 systems each of four shapes: 0 to 2 % have a find. */
test("independent systems and shuffled ones: at most 5 of 100 have any pair", () => {
  let found = 0;
  for (let seed = 0; seed < 100; seed++) {
    const { sets } = system(seed, 15, 300, 0);
    if (significant(pairsBeyondChance({ rows: rowsOf(sets), components: 15 }, { seed, draws: 200 }).pairs).length > 0) found += 1;
  }
  expect(found).toBeLessThanOrEqual(5);
  let shuffled = 0;
  for (let seed = 0; seed < 100; seed++) {
    const sets = redealt(system(seed, 15, 300, 0.6).sets, mulberry32(seed));
    if (significant(pairsBeyondChance({ rows: rowsOf(sets), components: 15 }, { seed, draws: 200 }).pairs).length > 0)
      shuffled += 1;
  }
  expect(shuffled).toBeLessThanOrEqual(5);
});

test("planted couplings are found in 95 of 100 systems, with at most 5 % false pairs", () => {
  let found = 0;
  let wrong = 0;
  for (let seed = 0; seed < 100; seed++) {
    const { sets, planted } = system(seed, 20, 400, 0.4);
    const pairs = significant(pairsBeyondChance({ rows: rowsOf(sets), components: 20 }, { seed, draws: 200 }).pairs);
    if (planted.every((pair) => pairs.includes(pair))) found += 1;
    wrong += pairs.filter((pair) => !planted.includes(pair)).length;
  }
  expect(found).toBeGreaterThanOrEqual(95);
  expect(wrong / (found * 3)).toBeLessThanOrEqual(0.05);
});

test("the pairs found do not depend on whether wide sets were left out before (Jaccard 0.9 over 50 systems)", () => {
  let both = 0;
  let either = 0;
  for (let seed = 0; seed < 50; seed++) {
    const { sets } = system(seed, 20, 400, 0.5);
    const sweeps = Array.from({ length: 6 }, (_, index) => pick(mulberry32(seed * 10 + index), 14, 20));
    const [capped, all] = [sets, [...sets, ...sweeps]].map((rows) =>
      significant(pairsBeyondChance({ rows: rowsOf(rows), components: 20 }, { seed, draws: 200 }).pairs),
    );
    both += capped!.filter((pair) => all!.includes(pair)).length;
    either += new Set([...capped!, ...all!]).size;
  }
  expect(both / either).toBeGreaterThanOrEqual(0.9);
});

test("55 components and 5,000 sets take about a third of a second", () => {
  const { sets } = system(1, 55, 5000, 0.3);
  const spent = processorTime();
  const { draws } = pairsBeyondChance({ rows: rowsOf(sets), components: 55 }, { seed: 1 });
  expect(spent()).toBeLessThan(2000);
  expect(draws).toBe(500);
});

test.each([
  ["no sets", [], 3],
  ["empty sets", [[], []], 3],
  ["no components", [], 0],
])("%s", (_, sets, components) => {
  expect(pairsBeyondChance({ rows: rowsOf(sets), components, ageDays: sets.map(() => 1) }, { seed: 1 }).pairs).toEqual([]);
});

/** Sets of independent components of very different activity, one sweep, and the pairs 0-1, 2-3, 4-5 pulling each other along with the given chance. */
function system(seed: number, components: number, count: number, coupling: number): { sets: number[][]; planted: string[] } {
  const random = mulberry32(seed + 1000);
  const activity = Array.from({ length: components }, (_, component) => 1 / (component + 1) ** 0.7);
  const total = activity.reduce((sum, share) => sum + share, 0);
  const draw = (): number => {
    let left = random() * total;
    const found = activity.findIndex((share) => {
      left -= share;
      return left < 0;
    });
    return found < 0 ? components - 1 : found;
  };
  const sets = Array.from({ length: count }, (_, index) => {
    const size = index === 0 ? Math.floor(components * 0.8) : 1 + Math.floor(Math.log(1 - random()) / Math.log(0.25));
    const set = new Set<number>();
    while (set.size < Math.min(size, components)) set.add(draw());
    const pulled = [...set].filter((component) => component < 6 && random() < coupling).map((component) => component ^ 1);
    return [...new Set([...set, ...pulled])];
  });
  return { sets, planted: ["0-1", "2-3", "4-5"] };
}

/** Who is in which set drawn anew by single swaps, sizes and activities kept: another way than the one under test. */
function redealt(sets: readonly (readonly number[])[], random: Random): number[][] {
  const dealt = sets.map((set) => [...set]);
  for (let swap = 0; swap < 20_000; swap++) {
    const one = dealt[randomIndex(random, dealt.length)]!;
    const other = dealt[randomIndex(random, dealt.length)]!;
    const [at, to] = [randomIndex(random, one.length), randomIndex(random, other.length)];
    const [mine, theirs] = [one[at]!, other[to]!];
    if (one.includes(theirs) || other.includes(mine)) continue;
    one[at] = theirs;
    other[to] = mine;
  }
  return dealt;
}

function pick(random: Random, count: number, from: number): number[] {
  return shuffle([...Array(from).keys()], random).slice(0, count);
}

function many(count: number, set: readonly number[]): number[][] {
  return Array.from({ length: count }, () => [...set]);
}

function rowsOf(sets: readonly (readonly number[])[]): Rows {
  const offsets = new Int32Array(sets.length + 1);
  for (const [index, set] of sets.entries()) offsets[index + 1] = offsets[index]! + set.length;
  return { offsets, values: Int32Array.from(sets.flat()) };
}
