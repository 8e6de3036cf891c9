/** Who calls whom and waits for the answer. */
import type { Facts, RelationFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { deployedAs } from "./deployed-as.js";

export interface BlockingCall {
  readonly from: Ref;
  readonly to: Ref;
  /** All that says so. */
  readonly relations: readonly RelationFact[];
}

/** Calls over HTTP or gRPC between two components on business, confirmed or likely; one entry per direction, sorted by from, to. */
export function blockingCalls(facts: Pick<Facts, "components" | "relations">): readonly BlockingCall[] {
  const whole = deployedAs(facts);
  const known = new Set(facts.components.map(({ ref }) => ref));
  const pairs = new Map<string, { from: Ref; to: Ref; relations: RelationFact[] }>();
  for (const relation of facts.relations) {
    const [from, to] = [whole(relation.from), whole(relation.to)];
    if (!isBlocking(relation) || from === to || !known.has(from) || !known.has(to)) continue;
    const key = `${from}\0${to}`;
    const pair = pairs.get(key);
    if (pair) pair.relations.push(relation);
    else pairs.set(key, { from, to, relations: [relation] });
  }
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
}

function isBlocking({ kind, protocol, category, confidence }: RelationFact): boolean {
  return kind === "calls" && (protocol === "http" || protocol === "grpc") && category === "business" && confidence !== "hint";
}
