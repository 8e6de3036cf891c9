/**
 * Groups of nodes that hold together in many seeded runs at several resolutions, and only where chance does not explain them (metrics.md E2).
 * A search finds communities in any graph. So the modularity it reaches is first set against what the same search reaches when the edges are dealt out
 * again with every degree kept: without a clear lead there is no structure, whatever the groups look like.
 */
import { mulberry32 } from "#util/random.js";
import { adjustedRandIndex, wilson } from "#util/statistics/index.js";
import { communitySearch } from "./louvain.js";
import { type AgainstChance, against, againstShuffledLabels, rewired } from "./null-models.js";
import { modularity, type WeightedGraph } from "./weighted-graph.js";

export interface CommunityLimits {
  /** Runs over all resolutions. */
  readonly runs: number;
  readonly seed: number;
  /** Least mean share of the runs in which two nodes of a group are together. */
  readonly consensus: number;
  /** Most weight that may leave a group, of its volume. */
  readonly phi: number;
  /** Share of the nodes that a group has. */
  readonly sizeLo: number;
  readonly sizeHi: number;
  /** Most that the crossing weight may deviate from chance: below -3. */
  readonly zMax: number;
  readonly nullDraws: number;
}

export interface Group {
  /** Ascending. */
  readonly nodes: readonly number[];
  /** Mean share of the runs in which two of its nodes are together, 0..1. */
  readonly consensus: number;
  /** Weight that leaves it over its volume or the rest's, 0..1. */
  readonly phi: number;
  /** Lower bound of phi by the number of its edge ends: what the limit is held against, so that a group is refused only when too much is shown to leave. */
  readonly phiLow: number;
  /** Crossing weight against groups of its size, in standard deviations. */
  readonly z: number;
}

export interface Communities {
  /** Disjoint, largest first; empty where there is no structure. */
  readonly groups: readonly Group[];
  /** Modularity of the best partition against rewired graphs. */
  readonly structure: AgainstChance;
  /** The best partition of all runs at resolution 1, by node. */
  readonly best: Int32Array;
  readonly runs: number;
}

const resolutions = [0.5, 0.7, 1, 1.4, 2] as const;
/** Deviations that the modularity must lie above that of rewired graphs. */
const leastLead = 3;
const rewirings = 20;

export function findCommunities(graph: WeightedGraph, limits: CommunityLimits): Communities {
  const search = communitySearch(graph);
  const perResolution = Math.max(1, Math.round(limits.runs / resolutions.length));
  const runs = resolutions.map((resolution) =>
    Array.from({ length: perResolution }, (_, run) => search(limits.seed + run, resolution)),
  );
  const all = runs.flat();
  const best = bestOf(graph, runs[resolutions.indexOf(1)] ?? all);
  const structure = leadOf(graph, modularity(graph, best), limits.seed);
  const empty = { structure, best, runs: all.length };
  if (structure.z < leastLead || structure.value - structure.mean < leastGain) return { ...empty, groups: [] };
  const candidates = distinctGroups(runs.map(medoidOf), graph.size, limits);
  const judged = candidates.map((nodes) => judge(graph, nodes, all, limits)).filter((group) => isKept(group, limits));
  return { ...empty, groups: disjoint(judged) };
}

const steadyRuns = 5;

/** Labels by node: of several seeded runs the one that agrees most with the others. */
export function steadyCommunities(graph: WeightedGraph, seed: number): Int32Array {
  const search = communitySearch(graph);
  return medoidOf(Array.from({ length: steadyRuns }, (_, run) => search(seed + run, 1)));
}

/** Modularity that structure adds at least: with thousands of edges a trifle is significant. */
const leastGain = 0.02;

function bestOf(graph: WeightedGraph, runs: readonly Int32Array[]): Int32Array {
  const [first = new Int32Array(graph.size)] = runs;
  return runs.reduce((best, labels) => (modularity(graph, labels) > modularity(graph, best) ? labels : best), first);
}

function leadOf(graph: WeightedGraph, value: number, seed: number): AgainstChance {
  const random = mulberry32(seed);
  const chance = Array.from({ length: rewirings }, () => {
    const other = rewired(graph, random);
    const search = communitySearch(other);
    return Math.max(...[0, 1].map((run) => modularity(other, search(seed + run, 1))));
  });
  return against(value, chance);
}

/** The run that agrees most with the others of its resolution. */
function medoidOf(runs: readonly Int32Array[]): Int32Array {
  const shown = runs.slice(0, 10);
  const agreement = shown.map((one, at) =>
    shown.reduce((sum, other, index) => sum + (index === at ? 0 : adjustedRandIndex([...one], [...other])), 0),
  );
  return shown[agreement.indexOf(Math.max(...agreement))] ?? new Int32Array();
}

/** Groups of all partitions with a fitting size, each once. */
function distinctGroups(partitions: readonly Int32Array[], size: number, { sizeLo, sizeHi }: CommunityLimits): number[][] {
  const found = new Map<string, number[]>();
  for (const labels of partitions) {
    const groups = new Map<number, number[]>();
    for (const [node, label] of labels.entries()) {
      const group = groups.get(label);
      if (group) group.push(node);
      else groups.set(label, [node]);
    }
    for (const nodes of groups.values()) {
      if (nodes.length >= Math.max(leastNodes, sizeLo * size) && nodes.length <= sizeHi * size) found.set(nodes.join(","), nodes);
    }
  }
  return [...found.values()];
}

/** Fewer nodes are no part worth a boundary. */
const leastNodes = 3;

function judge(
  graph: WeightedGraph,
  nodes: readonly number[],
  runs: readonly Int32Array[],
  { nullDraws, seed }: CommunityLimits,
): Group {
  const inside = Int32Array.from({ length: graph.size }, () => 0);
  for (const node of nodes) inside[node] = 1;
  const { z } = againstShuffledLabels(graph, inside, nullDraws, mulberry32(seed));
  return { nodes, consensus: togetherness(nodes, runs), ...phiOf(graph, inside), z };
}

/** Mean over the runs of the share of the group's pairs that are together. */
function togetherness(nodes: readonly number[], runs: readonly Int32Array[]): number {
  const pairs = (nodes.length * (nodes.length - 1)) / 2;
  let sum = 0;
  for (const labels of runs) {
    const sizes = new Map<number, number>();
    for (const node of nodes) sizes.set(labels[node] ?? -1, (sizes.get(labels[node] ?? -1) ?? 0) + 1);
    for (const size of sizes.values()) sum += (size * (size - 1)) / 2 / pairs;
  }
  return runs.length === 0 ? 0 : sum / runs.length;
}

function phiOf({ edges }: WeightedGraph, inside: Int32Array): Pick<Group, "phi" | "phiLow"> {
  let cut = 0;
  let own = 0;
  let rest = 0;
  let ends = 0;
  for (const [a, b, weight] of edges) {
    const within = (inside[a] ?? 0) + (inside[b] ?? 0);
    if (within === 1) cut += weight;
    own += weight * within;
    rest += weight * (2 - within);
    ends += within;
  }
  const least = Math.min(own, rest);
  const phi = least > 0 ? cut / least : 1;
  return { phi, phiLow: wilson(phi * ends, ends)?.low ?? phi };
}

function isKept({ consensus, phiLow, z }: Group, limits: CommunityLimits): boolean {
  return consensus >= limits.consensus && phiLow <= limits.phi && z <= limits.zMax;
}

/** The surest first; a group that shares a node with one that was taken is left out. */
function disjoint(groups: readonly Group[]): Group[] {
  const taken = new Set<number>();
  const kept: Group[] = [];
  for (const group of groups.toSorted((a, b) => b.consensus - a.consensus || a.phi - b.phi || a.nodes.length - b.nodes.length)) {
    if (group.nodes.some((node) => taken.has(node))) continue;
    for (const node of group.nodes) taken.add(node);
    kept.push(group);
  }
  return kept.toSorted((a, b) => b.nodes.length - a.nodes.length || (a.nodes[0] ?? 0) - (b.nodes[0] ?? 0));
}
