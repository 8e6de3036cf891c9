import { expect, test } from "vitest";
import { mulberry32 } from "#util/random.js";
import { type CommitGraph, canonicalOrder } from "./commit-order.js";

interface Commit {
  readonly time: number;
  readonly parents: readonly number[];
}

function graphOf(commits: readonly Commit[], names: readonly number[], settled: number): CommitGraph {
  const parentOffsets = [0];
  for (const { parents } of commits) parentOffsets.push((parentOffsets.at(-1) ?? 0) + parents.length);
  return {
    idBytes: 1,
    ids: Uint8Array.from(names),
    parentOffsets: Int32Array.from(parentOffsets),
    parents: Int32Array.from(commits.flatMap(({ parents }) => parents)),
    committerTimes: Float64Array.from(commits, ({ time }) => time),
    settled,
  };
}

test("new commits beside settled ones, clocks wrong: the order is the one of all at once", () => {
  for (let seed = 0; seed < 2000; seed++) {
    const random = mulberry32(seed);
    const below = (limit: number) => Math.floor(random() * limit);
    // Oldest first, all behind the last one; times say little of the order.
    const count = 3 + below(12);
    const made = Array.from({ length: count }, (_, index): Commit => {
      const parents = index === 0 ? [] : [...new Set([index - 1 - below(Math.min(index, 3)), index - 1])];
      return { time: index + below(8), parents };
    });
    const older = 1 + below(count - 1);
    const first = canonicalOrder(graphOf(made.slice(0, older), [...made.keys()].slice(0, older), 0), older - 1);
    // Known ones in their order, then the rest.
    const rows = [...first, ...Array.from({ length: count - older }, (_, index) => older + index)];
    const placed = rows.map((row): Commit => {
      const { time = 0, parents = [] } = made[row] ?? {};
      return { time, parents: parents.map((parent) => rows.indexOf(parent)) };
    });
    const head = rows.indexOf(count - 1);
    const whole = canonicalOrder(graphOf(placed, rows, 0), head);
    expect([...canonicalOrder(graphOf(placed, rows, older), head)], `seed ${seed}`).toEqual([...whole]);
  }
});

test("a commit that is its own ancestor is an error", () => {
  const circle = [
    { time: 2, parents: [1] },
    { time: 1, parents: [0] },
  ];
  expect(() => canonicalOrder(graphOf(circle, [0, 1], 0), 0)).toThrow("its own ancestor");
});
