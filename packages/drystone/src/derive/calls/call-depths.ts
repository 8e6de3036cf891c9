/** How deep calls nest: hops from where a request comes in, on the shortest way, so that no request needs fewer. */
import type { Ref } from "#model/refs.js";
import type { BlockingCall } from "./blocking-calls.js";

export interface CallDepth {
  readonly component: Ref;
  /** The shortest way from an entry, both included. Hops are one less than its length. */
  readonly way: readonly Ref[];
}

/** Entries are callers that nobody calls. What only a circle reaches has no depth. Deepest first, then by ref. */
export function callDepths(calls: readonly BlockingCall[]): readonly CallDepth[] {
  const called = new Set(calls.map(({ to }) => to));
  const ways = new Map<Ref, readonly Ref[]>();
  for (const { from } of calls) if (!called.has(from)) ways.set(from, [from]);
  for (const [component, way] of ways) {
    for (const { from, to } of calls) if (from === component && !ways.has(to)) ways.set(to, [...way, to]);
  }
  return [...ways]
    .map(([component, way]) => ({ component, way }))
    .sort((a, b) => b.way.length - a.way.length || (a.component < b.component ? -1 : 1));
}
