import { describe, expect, test } from "vitest";
import { mulberry32 } from "#util/random.js";
import { adjustedRandIndex } from "#util/statistics/index.js";
import { findCommunities, modularity, type WeightedGraph } from "./index.js";
import { communitySearch } from "./louvain.js";

const limits = { runs: 25, seed: 1, consensus: 0.8, phi: 0.25, sizeLo: 0.05, sizeHi: 0.4, zMax: -3, nullDraws: 50 };

/** A stochastic block model: `blocks` of `size` nodes, edges inside with probability `inner`, else with `outer`. */
function blockModel(blocks: number, size: number, inner: number, outer: number, seed: number): WeightedGraph {
  const random = mulberry32(seed);
  const nodes = blocks * size;
  const edges: [number, number, number][] = [];
  for (let a = 0; a < nodes; a++)
    for (let b = a + 1; b < nodes; b++) {
      const same = Math.floor(a / size) === Math.floor(b / size);
      if (random() < (same ? inner : outer)) edges.push([a, b, 1]);
    }
  return { size: nodes, edges };
}

describe("modularity (known answers)", () => {
  const triangles: WeightedGraph = {
    size: 6,
    edges: [
      [0, 1, 1],
      [1, 2, 1],
      [0, 2, 1],
      [3, 4, 1],
      [4, 5, 1],
      [3, 5, 1],
      [2, 3, 1],
    ],
  };
  test.each([
    ["two triangles and a bridge", [1, 1, 1, 2, 2, 2], 5 / 14],
    ["all in one", [1, 1, 1, 1, 1, 1], 0],
  ] as const)("%s", (_, labels, expected) => {
    expect(modularity(triangles, labels)).toBeCloseTo(expected, 12);
  });

  test("Zachary's karate club: 0.4198 in 4 groups, best of 50 (metrics.md E2)", () => {
    const search = communitySearch(karate);
    const runs = Array.from({ length: 50 }, (_, seed) => search(seed, 1));
    const best = runs.reduce((one, other) => (modularity(karate, other) > modularity(karate, one) ? other : one));
    expect(modularity(karate, best)).toBeCloseTo(0.4198, 4);
    expect(new Set(best).size).toBe(4);
  });
});

describe("planted structure (metrics.md L2)", () => {
  test("four planted blocks are found: adjusted Rand index at least 0.9 in nine of ten graphs", () => {
    const truth = Array.from({ length: 120 }, (_, node) => Math.floor(node / 30));
    const indices = Array.from({ length: 10 }, (_, seed) => {
      const { groups } = findCommunities(blockModel(4, 30, 0.3, 0.03, seed + 1), limits);
      const found = truth.map((_, node) => groups.findIndex(({ nodes }) => nodes.includes(node)));
      return adjustedRandIndex(truth, found);
    });
    expect(indices.filter((index) => index >= 0.9).length).toBeGreaterThanOrEqual(9);
  });

  test("no structure in at least 95 % of structureless graphs", () => {
    const found = Array.from(
      { length: 20 },
      (_, seed) => findCommunities(blockModel(4, 30, 0.1, 0.1, seed + 100), limits).groups.length,
    );
    expect(found.filter((groups) => groups === 0).length).toBeGreaterThanOrEqual(19);
  });

  test("a star and an empty graph have no structure", () => {
    const star: WeightedGraph = {
      size: 20,
      edges: Array.from({ length: 19 }, (_, leaf): [number, number, number] => [0, leaf + 1, 1]),
    };
    expect([star, { size: 5, edges: [] }].map((graph) => findCommunities(graph, limits).groups)).toEqual([[], []]);
  });

  test("the same graph and seed give the same groups", () => {
    const graph = blockModel(3, 20, 0.4, 0.03, 7);
    expect(findCommunities(graph, limits)).toEqual(findCommunities(graph, limits));
  });
});

// Zachary 1977: 34 members, 78 friendships.
const karate: WeightedGraph = {
  size: 34,
  edges:
    "1-2 1-3 1-4 1-5 1-6 1-7 1-8 1-9 1-11 1-12 1-13 1-14 1-18 1-20 1-22 1-32 2-3 2-4 2-8 2-14 2-18 2-20 2-22 2-31 3-4 3-8 3-9 3-10 3-14 3-28 3-29 3-33 4-8 4-13 4-14 5-7 5-11 6-7 6-11 6-17 7-17 9-31 9-33 9-34 10-34 14-34 15-33 15-34 16-33 16-34 19-33 19-34 20-34 21-33 21-34 23-33 23-34 24-26 24-28 24-30 24-33 24-34 25-26 25-28 25-32 26-32 27-30 27-34 28-34 29-32 29-34 30-33 30-34 31-33 31-34 32-33 32-34 33-34"
      .split(" ")
      .map((edge): [number, number, number] => {
        const [a = 0, b = 0] = edge.split("-").map(Number);
        return [a - 1, b - 1, 1];
      }),
};
