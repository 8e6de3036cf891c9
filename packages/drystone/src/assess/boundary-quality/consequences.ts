/** What a call that waits costs: who fails when the called one is down, and what a chain of services can promise (metrics.md F1). */
import type { BlockingCall } from "#derive/calls/index.js";
import type { Ref } from "#model/refs.js";

export interface Consequences {
  /** Services that cannot answer in full when it is down: its callers, their callers, and so on. */
  readonly dependents: ReadonlySet<Ref>;
  /** Services that it needs, straight or by others. */
  readonly needs: ReadonlySet<Ref>;
  /** Product of its own availability and of all that it needs, 0..1. */
  readonly availability: number;
}

/** Ways through `calls` are remembered by that array. @param each availability assumed of every service. */
export function consequences(component: Ref, calls: readonly BlockingCall[], each: number): Consequences {
  const { callees, callers } = waysOf(calls);
  const needs = closure(component, callees);
  return { dependents: closure(component, callers), needs, availability: each ** (needs.size + 1) };
}

type Neighbours = ReadonlyMap<Ref, readonly Ref[]>;

interface Ways {
  readonly callees: Neighbours;
  readonly callers: Neighbours;
}

const knownWays = new WeakMap<readonly BlockingCall[], Ways>();

function waysOf(calls: readonly BlockingCall[]): Ways {
  let ways = knownWays.get(calls);
  if (!ways) {
    ways = {
      callees: neighbours(calls.map(({ from, to }) => [from, to])),
      callers: neighbours(calls.map(({ from, to }) => [to, from])),
    };
    knownWays.set(calls, ways);
  }
  return ways;
}

function neighbours(edges: readonly (readonly [Ref, Ref])[]): Neighbours {
  const found = new Map<Ref, Ref[]>();
  for (const [from, to] of edges) {
    const there = found.get(from);
    if (there) there.push(to);
    else found.set(from, [to]);
  }
  return found;
}

function closure(start: Ref, next: Neighbours): Set<Ref> {
  const reached = new Set([start]);
  for (const node of reached) for (const neighbour of next.get(node) ?? []) reached.add(neighbour);
  reached.delete(start);
  return reached;
}
