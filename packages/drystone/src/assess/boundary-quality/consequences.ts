/** What a call that waits costs: who fails when the called one is down, and what a chain of services can promise (metrics.md F1). */
import type { BlockingCall } from "#derive/calls/index.js";
import type { Ref } from "#model/refs.js";
import { groupBy } from "#util/group-by.js";

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
  const { byCaller, byCallee } = waysOf(calls);
  const needs = closure(component, (ref) => byCaller.get(ref)?.map(({ to }) => to) ?? []);
  return {
    dependents: closure(component, (ref) => byCallee.get(ref)?.map(({ from }) => from) ?? []),
    needs,
    availability: each ** (needs.size + 1),
  };
}

interface Ways {
  readonly byCaller: ReadonlyMap<Ref, readonly BlockingCall[]>;
  readonly byCallee: ReadonlyMap<Ref, readonly BlockingCall[]>;
}

const knownWays = new WeakMap<readonly BlockingCall[], Ways>();

function waysOf(calls: readonly BlockingCall[]): Ways {
  let ways = knownWays.get(calls);
  if (!ways) {
    ways = {
      byCaller: groupBy(calls, ({ from }) => from),
      byCallee: groupBy(calls, ({ to }) => to),
    };
    knownWays.set(calls, ways);
  }
  return ways;
}

function closure(start: Ref, next: (ref: Ref) => readonly Ref[]): Set<Ref> {
  const reached = new Set([start]);
  for (const node of reached) for (const neighbour of next(node)) reached.add(neighbour);
  reached.delete(start);
  return reached;
}
