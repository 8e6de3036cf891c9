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

/** @param each availability assumed of every service. */
export function consequences(component: Ref, calls: readonly BlockingCall[], each: number): Consequences {
  const needs = closure(component, calls, ({ from, to }) => [from, to]);
  return {
    dependents: closure(component, calls, ({ from, to }) => [to, from]),
    needs,
    availability: each ** (needs.size + 1),
  };
}

function closure(start: Ref, calls: readonly BlockingCall[], ends: (call: BlockingCall) => readonly [Ref, Ref]): Set<Ref> {
  const reached = new Set([start]);
  for (const node of reached) {
    for (const call of calls) {
      const [from, to] = ends(call);
      if (from === node) reached.add(to);
    }
  }
  reached.delete(start);
  return reached;
}
