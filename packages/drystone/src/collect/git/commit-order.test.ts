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

/** All of them: the settled ones that stay as they are, then what was looked at. */
function orderOf(graph: CommitGraph, head: number): number[] {
  const { kept, rows } = canonicalOrder(graph, head);
  return [...Array.from({ length: kept }, (_, index) => index), ...rows];
}

test("new commits beside settled ones, clocks wrong: the order is the one of all at once", () => {
  for (let seed = 0; seed < 2000; seed++) {
    const random = mulberry32(seed);
    const below = (limit: number) => Math.floor(random() * limit);
    // Oldest first, side by side; the last of the older ones and the last of all bring together what has no child. Times say little of the order.
    const count = 4 + below(12);
    const older = 2 + below(count - 3);
    const made: Commit[] = [];
    for (let index = 0; index < count; index++) {
      const childless = [...made.keys()].filter((row) => !made.some(({ parents }) => parents.includes(row)));
      const isLast = index === older - 1 || index === count - 1;
      made.push({ time: index + below(8), parents: isLast ? childless : index === 0 ? [] : [below(index)] });
    }
    const first = orderOf(graphOf(made.slice(0, older), [...made.keys()].slice(0, older), 0), older - 1);
    // Known ones in their order, then the rest.
    const rows = [...first, ...Array.from({ length: count - older }, (_, index) => older + index)];
    const placed = rows.map((row): Commit => {
      const { time = 0, parents = [] } = made[row] ?? {};
      return { time, parents: parents.map((parent) => rows.indexOf(parent)) };
    });
    const head = rows.indexOf(count - 1);
    const whole = orderOf(graphOf(placed, rows, 0), head);
    expect(orderOf(graphOf(placed, rows, older), head), `seed ${seed}`).toEqual(whole);
  }
});

test("a commit that is its own ancestor is an error", () => {
  const circle = [
    { time: 2, parents: [1] },
    { time: 1, parents: [0] },
  ];
  expect(() => canonicalOrder(graphOf(circle, [0, 1], 0), 0)).toThrow("its own ancestor");
});
