import { describe, expect, test } from "vitest";
import { mulberry32, randomIndex } from "#util/random.js";
import {
  businessContextPurity,
  extremeDistribution,
  interfaceNumber,
  interPartitionCalls,
  migrationComplexity,
  mojoDistance,
  mojoFm,
  structuralModularity,
  tableEntropy,
  teamSizeReduction,
  turboMq,
} from "./index.js";

describe("toy of metrics.md E1: classes a, b | c, d; calls a-b 100, c-d 10, b-c 1", () => {
  const labels = new Map([
    ["a", "1"],
    ["b", "1"],
    ["c", "2"],
    ["d", "2"],
  ]);
  const calls = [
    { from: "a", to: "b", volume: 100 },
    { from: "c", to: "d", volume: 10 },
    { from: "b", to: "c", volume: 1 },
  ];
  const contexts = new Map([
    ["a", ["buy"]],
    ["b", ["buy", "sell"]],
    ["c", ["sell"]],
    ["d", ["sell"]],
  ]);
  test.each([
    ["ICP, logarithmic", interPartitionCalls(calls, labels), 0.101],
    ["ICP, raw", interPartitionCalls(calls, labels, true), 0.009],
    ["SM", structuralModularity(calls, labels), 0],
    ["IFN", interfaceNumber(calls, labels), 0.5],
    ["NED", extremeDistribution(labels), 1],
    ["BCP", businessContextPurity(contexts, labels), 0.347],
    ["TurboMQ: 200/201 + 20/21", turboMq(calls, labels), 1.947],
  ])("%s", (_, value, expected) => {
    expect(value).toBeCloseTo(expected, 3);
  });

  test("one part has no interfaces, no classes have no scores", () => {
    const one = new Map([...labels.keys()].map((name) => [name, "1"]));
    const none = new Map<string, string>();
    expect([interfaceNumber(calls, one), interPartitionCalls(calls, one)]).toEqual([0, 0]);
    expect([
      interPartitionCalls(calls, none),
      structuralModularity(calls, none),
      interfaceNumber(calls, none),
      extremeDistribution(none),
      businessContextPurity(contexts, none),
    ]).toEqual([null, null, null, null, null]);
  });

  test("the names of the parts change nothing", () => {
    const renamed = new Map([...labels].map(([name, part]) => [name, `part ${part}`]));
    expect(structuralModularity(calls, renamed)).toBe(structuralModularity(calls, labels));
  });
});

describe("data and people", () => {
  test("table entropy: one table in one part, one half in each of two", () => {
    const accesses = [
      { table: "order", part: "a", count: 4 },
      { table: "customer", part: "a", count: 3 },
      { table: "customer", part: "b", count: 3 },
    ];
    expect([tableEntropy(accesses), tableEntropy([])]).toEqual([Math.LN2 / 2, null]);
  });

  test("migration complexity counts the other distributed functionalities that do the opposite", () => {
    const pay = {
      accesses: [
        { part: "a", entity: "order", writes: true },
        { part: "b", entity: "invoice", writes: true },
      ],
    };
    const show = {
      accesses: [
        { part: "a", entity: "order", writes: false },
        { part: "b", entity: "invoice", writes: false },
      ],
    };
    const local = { accesses: [{ part: "a", entity: "order", writes: false }] };
    expect(migrationComplexity([pay, show, local])).toEqual([2, 2, 0]);
  });

  test("team size reduction: mean authors per part over all authors", () => {
    expect([teamSizeReduction([["ann", "bob"], ["cyd"]]), teamSizeReduction([])]).toEqual([0.5, null]);
  });
});

describe("MoJo", () => {
  test("{1,2,3},{4,5,6} to {1,2,3,4},{5,6} is one move (metrics-examples)", () => {
    expect(mojoDistance(["x", "x", "x", "y", "y", "y"], ["p", "p", "p", "p", "q", "q"])).toBe(1);
  });

  test("equal decompositions are at 100, the furthest at 0", () => {
    const to = [0, 0, 1, 1, 2, 2];
    const all = partitions(6).map((from) => mojoFm(from, to) ?? Number.NaN);
    expect([mojoFm(to, to), Math.min(...all), Math.max(...all)]).toEqual([100, 0, 100]);
  });

  test("the distance is the least number of moves and joins: against a search over all partitions of five items", () => {
    const all = partitions(5);
    const random = mulberry32(1);
    for (let tries = 0; tries < 12; tries++) {
      const [from = [], to = []] = [all[randomIndex(random, all.length)], all[randomIndex(random, all.length)]];
      expect([from, to, mojoDistance(from, to)]).toEqual([from, to, searched(from, to)]);
    }
  });
});

/** All partitions of n items, as labels in order of first use. */
function partitions(n: number): number[][] {
  let found: number[][] = [[]];
  for (let item = 0; item < n; item++)
    found = found.flatMap((labels) => Array.from({ length: Math.max(-1, ...labels) + 2 }, (_, label) => [...labels, label]));
  return found;
}

/** Breadth first over single moves and joins. */
function searched(from: readonly number[], to: readonly number[]): number {
  const goal = canonical(to).join();
  let front = new Set([canonical(from).join()]);
  const seen = new Set(front);
  for (let steps = 0; ; steps++) {
    if (front.has(goal)) return steps;
    const next = new Set<string>();
    for (const text of front) for (const other of neighbours(text.split(",").map(Number))) if (!seen.has(other)) next.add(other);
    for (const text of next) seen.add(text);
    front = next;
  }
}

function neighbours(labels: readonly number[]): string[] {
  const parts = [...new Set(labels)];
  const fresh = Math.max(...parts) + 1;
  const moves = labels.flatMap((_, item) =>
    [...parts, fresh].map((label) => labels.map((old, at) => (at === item ? label : old))),
  );
  const joins = parts.flatMap((one) => parts.map((other) => labels.map((old) => (old === one ? other : old))));
  return [...moves, ...joins].map((other) => canonical(other).join());
}

function canonical(labels: readonly number[]): number[] {
  const names = new Map<number, number>();
  return labels.map((label) => {
    if (!names.has(label)) names.set(label, names.size);
    return names.get(label) ?? 0;
  });
}
