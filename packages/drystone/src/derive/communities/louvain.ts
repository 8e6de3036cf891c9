/** One run of the Louvain method, seeded. */
import { UndirectedGraph } from "graphology";
import cjs from "graphology-communities-louvain";
import { mulberry32 } from "#util/random.js";
import type { WeightedGraph } from "./weighted-graph.js";

// The package is CommonJS: its types stand where its value does not.
const louvain = cjs as unknown as typeof cjs.default;

/** Finds communities of one graph again and again, each time with another seed and resolution. Labels stand by node. */
export function communitySearch({ size, edges }: WeightedGraph): (seed: number, resolution: number) => Int32Array {
  const graph = new UndirectedGraph();
  for (let node = 0; node < size; node++) graph.addNode(String(node));
  for (const [a, b, weight] of edges) graph.addEdge(String(a), String(b), { weight });
  return (seed, resolution) => {
    if (edges.length === 0) return Int32Array.from({ length: size }, (_, node) => node);
    const mapping = louvain(graph, { rng: mulberry32(seed), resolution, getEdgeWeight: "weight" });
    return Int32Array.from({ length: size }, (_, node) => mapping[String(node)] ?? -1 - node);
  };
}
