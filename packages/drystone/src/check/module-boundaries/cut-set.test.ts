import { describe, expect, test } from "vitest";
import { cutSet, type WeightedEdge } from "./cut-set.js";

const edge = (from: string, to: string, weight = 1): WeightedEdge => ({ from, to, weight });

test.each([
  ["two, the lighter goes", ["a", "b"], [edge("a", "b", 3), edge("b", "a", 1)], [edge("b", "a", 1)]],
  ["a ring of three", ["a", "b", "c"], [edge("a", "b", 2), edge("b", "c", 2), edge("c", "a", 1)], [edge("c", "a", 1)]],
  [
    "of equal weights the fewest edges",
    ["a", "b", "c"],
    [edge("a", "b", 2), edge("b", "c", 5), edge("c", "a", 1), edge("b", "a", 1)],
    [edge("a", "b", 2)],
  ],
  [
    "two rings over one edge",
    ["a", "b", "c", "d"],
    [edge("a", "b"), edge("b", "c"), edge("c", "a"), edge("b", "d"), edge("d", "a")],
    [edge("a", "b")],
  ],
] as const)("%s", (_, nodes, edges, expected) => {
  expect(cutSet(nodes, edges)).toEqual({ edges: expected, exact: true });
});

/** The least weight over all orders. */
function leastByTrial(nodes: readonly string[], edges: readonly WeightedEdge[]): number {
  if (nodes.length < 2) return 0;
  return Math.min(
    ...nodes.map((first) => {
      const rest = nodes.filter((node) => node !== first);
      const back = edges.filter(({ from, to }) => to === first && from !== first).reduce((sum, { weight }) => sum + weight, 0);
      return (
        back +
        leastByTrial(
          rest,
          edges.filter(({ from, to }) => from !== first && to !== first),
        )
      );
    }),
  );
}

describe("random graphs", () => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed))("%i: no lighter set opens all circles", (seed) => {
    let state = seed + 1;
    const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
    const nodes = Array.from({ length: 2 + Math.floor(random() * 5) }, (_, at) => `n${at}`);
    const edges = nodes.flatMap((from) =>
      nodes.flatMap((to) => (from !== to && random() < 0.5 ? [edge(from, to, 1 + Math.floor(random() * 4))] : [])),
    );
    const cut = cutSet(nodes, edges).edges.reduce((sum, { weight }) => sum + weight, 0);
    expect(cut).toBe(leastByTrial(nodes, edges));
  });

  test("a large one is opened too, and says that fewer may do", () => {
    const nodes = Array.from({ length: 60 }, (_, at) => `n${String(at).padStart(2, "0")}`);
    const edges = nodes.flatMap((from, at) => [edge(from, nodes[(at + 1) % 60] ?? ""), edge(from, nodes[(at + 7) % 60] ?? "")]);
    const { edges: cut, exact } = cutSet(nodes, edges);
    const left = edges.filter((one) => !cut.includes(one));
    const done = new Set<string>();
    for (let size = -1; size !== done.size; ) {
      size = done.size;
      for (const node of nodes) if (left.every(({ from, to }) => to !== node || done.has(from))) done.add(node);
    }
    expect([exact, done.size]).toEqual([false, 60]);
  });
});
