/** Who sends messages to whom, without waiting: publisher to consumer through a topic. */
import { type Evidence, maxEvidence } from "#model/evidence.js";
import type { Facts, RelationFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { deployedAs } from "./deployed-as.js";

export interface AsyncFlow {
  /** Publisher. */
  readonly from: Ref;
  /** Consumer. */
  readonly to: Ref;
  /** The topic; the broker where no topic is known and nobody else there could be meant. */
  readonly via: Ref;
  readonly evidence: readonly Evidence[];
}

/** One entry per publisher, consumer and topic, confirmed or likely; sorted. A component that reads its own messages is left out. */
export function asyncFlows(facts: Pick<Facts, "components" | "resources" | "relations">): readonly AsyncFlow[] {
  const whole = deployedAs(facts);
  const brokerOf = new Map(
    facts.resources.flatMap(({ ref, kind, partOf }) => (kind === "topic" ? [[ref, partOf] as const] : [])),
  );
  const sides = new Map<Ref, Sides>();
  for (const relation of facts.relations) {
    if ((relation.kind !== "publishes" && relation.kind !== "consumes") || relation.confidence === "hint") continue;
    const place = sides.get(relation.to) ?? { publishes: new Map(), consumes: new Map() };
    const component = whole(relation.from);
    place[relation.kind].set(component, [...(place[relation.kind].get(component) ?? []), relation]);
    sides.set(relation.to, place);
  }
  const flows = [...sides].flatMap(([via, place]) => {
    if (brokerOf.has(via)) return flowsThrough(via, place);
    const loose = withoutTopics(via, place, sides, brokerOf);
    return loose.publishes.size === 1 || loose.consumes.size === 1 ? flowsThrough(via, loose) : [];
  });
  return flows.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

interface Sides {
  readonly publishes: Map<Ref, readonly RelationFact[]>;
  readonly consumes: Map<Ref, readonly RelationFact[]>;
}

function flowsThrough(via: Ref, { publishes, consumes }: Sides): AsyncFlow[] {
  return [...publishes].flatMap(([from, sent]) =>
    [...consumes]
      .filter(([to]) => to !== from)
      .map(([to, read]) => ({
        from,
        to,
        via,
        evidence: [...sent, ...read].flatMap(({ evidence }) => evidence).slice(0, maxEvidence),
      })),
  );
}

/** Those at a broker of whom no topic is known for that direction. */
function withoutTopics(broker: Ref, place: Sides, sides: ReadonlyMap<Ref, Sides>, brokerOf: ReadonlyMap<Ref, Ref | null>): Sides {
  const topics = [...sides].flatMap(([topic, own]) => (brokerOf.get(topic) === broker ? [own] : []));
  const loose = (side: keyof Sides) =>
    new Map([...place[side]].filter(([component]) => !topics.some((topic) => topic[side].has(component))));
  return { publishes: loose("publishes"), consumes: loose("consumes") };
}

function keyOf({ from, to, via }: AsyncFlow): string {
  return `${from} ${to} ${via}`;
}
