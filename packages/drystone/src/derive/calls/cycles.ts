/** Services that wait for each other in a circle, and services that send each other messages in one. */
import type { Facts, RelationFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { AsyncFlow } from "./async-flows.js";
import { blockingCalls } from "./blocking-calls.js";
import { strongComponents, targetsOf } from "./strong-components.js";

export interface SynchronousCycle {
  /** All that can reach each other, sorted. */
  readonly components: readonly Ref[];
  /** Calls among them. */
  readonly edges: readonly RelationFact[];
  /** The shortest way round for each call, each once; from its first component in order of refs. `[seat, travel]`: seat calls travel calls seat. */
  readonly rings: readonly (readonly Ref[])[];
}

/** Circles of calls that block, confirmed or likely (recovery.md 5). Messages are not among them: see `asyncCycles`. */
export function synchronousCycles(facts: Pick<Facts, "components" | "relations">): readonly SynchronousCycle[] {
  const calls = blockingCalls(facts);
  return strongComponents(calls.map(({ from, to }) => [from, to])).map((components) => {
    const members = new Set(components);
    const inside = calls.filter(({ from, to }) => members.has(from) && members.has(to));
    return {
      components,
      edges: inside.flatMap(({ relations }) => relations),
      rings: shortestRings(inside.map(({ from, to }) => [from, to])),
    };
  });
}

/** Circles of messages: no smell of its own, since nobody waits. Shape of `rings` above. */
export function asyncCycles(flows: readonly AsyncFlow[]): readonly (readonly Ref[])[] {
  const edges = flows.map(({ from, to }) => [from, to] as const);
  return strongComponents(edges).flatMap((components) => {
    const members = new Set<string>(components);
    return shortestRings(edges.filter(([from, to]) => members.has(from) && members.has(to)));
  });
}

function shortestRings(edges: readonly (readonly [Ref, Ref])[]): Ref[][] {
  const targets = new Map([...targetsOf(edges)].map(([from, to]) => [from, [...to].sort()]));
  const rings = new Map<string, Ref[]>();
  for (const [from, to] of edges) {
    const way = shortestWay(targets, to, from);
    if (way === null) continue;
    const ring = startingAtFirst(way);
    rings.set(ring.join(" "), ring);
  }
  return [...rings].sort(([a, x], [b, y]) => x.length - y.length || (a < b ? -1 : 1)).map(([, ring]) => ring);
}

/** From one node to another, both included. */
function shortestWay(targets: ReadonlyMap<string, readonly string[]>, from: Ref, to: Ref): Ref[] | null {
  const cameFrom = new Map<Ref, Ref | null>([[from, null]]);
  for (const node of cameFrom.keys()) {
    if (node === to) return wayBack(cameFrom, to);
    for (const next of targets.get(node) ?? []) if (!cameFrom.has(next)) cameFrom.set(next, node);
  }
  return null;
}

function wayBack(cameFrom: ReadonlyMap<Ref, Ref | null>, end: Ref): Ref[] {
  const way: Ref[] = [];
  for (let node: Ref | null = end; node !== null; node = cameFrom.get(node) ?? null) way.push(node);
  return way.reverse();
}

function startingAtFirst(ring: readonly Ref[]): Ref[] {
  const least = ring.reduce((found, ref) => (ref < found ? ref : found));
  const first = ring.indexOf(least);
  return [...ring.slice(first), ...ring.slice(0, first)];
}
