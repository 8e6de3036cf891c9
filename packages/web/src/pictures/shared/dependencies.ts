/** Who depends on whom among the subjects: relations, messages over a topic, and imports, put together per pair. */
import { type Measure, measuresOf, nameOf, type Ref, type RelationFact, type Result, resourcesByRef } from "../../model.js";

export type DependencyKind = "calls" | "messages" | "imports" | "infrastructure";
export type Confidence = RelationFact["confidence"];
/** The strongest way in which it was seen. */
export type Seen = "runtime" | "static" | "declared";

export interface Dependency {
  /** User. */
  readonly from: Ref;
  /** Used; for messages the one that receives them. */
  readonly to: Ref;
  readonly kind: DependencyKind;
  readonly confidence: Confidence;
  readonly seen: Seen;
  /** Different operations called, topics or imports. */
  readonly count: number;
  /** In words, at most a few. */
  readonly details: readonly string[];
}

/** One entry per pair and kind, in the order of the result. @param isSubject whose dependencies on each other are wanted. */
export function dependenciesOf(result: Result, isSubject: (ref: Ref) => boolean): Dependency[] {
  const found = new Map<string, Draft>();
  const operations = new Map(
    measuresOf(result, "calls.operations").map(({ subjects, value }) => [subjects.join(" "), value ?? 1]),
  );
  for (const relation of result.model.relations) {
    const { from, to, kind, category } = relation;
    if (from === to || !isSubject(from) || !isSubject(to)) continue;
    const times = kind === "calls" ? (operations.get(`${from} ${to}`) ?? 1) : 1;
    const name =
      category === "infrastructure" ? "infrastructure" : kind === "imports" || relation.protocol === "code" ? "imports" : "calls";
    add(found, from, to, name, relation, relation.detail ?? kind, times);
  }
  for (const { from, to, topic, weakest } of messageFlows(result)) {
    if (from !== to && isSubject(from) && isSubject(to)) add(found, from, to, "messages", weakest, nameOf(result, topic), 1);
  }
  for (const { subjects, value } of measuresOf(result, "modules.imports")) {
    const [from = "", to = ""] = subjects;
    if (!isSubject(from) || !isSubject(to) || found.has(`imports ${from} ${to}`)) continue;
    found.set(`imports ${from} ${to}`, {
      from,
      to,
      kind: "imports",
      confidence: "confirmed",
      seen: "static",
      count: value ?? 0,
      details: [`${value} imports`],
    });
  }
  return [...found.values()];
}

interface Draft extends Dependency {
  confidence: Confidence;
  seen: Seen;
  count: number;
  details: string[];
}

const mostDetails = 6;
const byConfidence: readonly Confidence[] = ["hint", "likely", "confirmed"];
const bySeen: readonly Seen[] = ["declared", "static", "runtime"];

function add(
  found: Map<string, Draft>,
  from: Ref,
  to: Ref,
  kind: DependencyKind,
  relation: RelationFact,
  detail: string,
  times: number,
): void {
  const key = `${kind} ${from} ${to}`;
  const seen = seenOf(relation);
  const known = found.get(key);
  if (known === undefined) {
    found.set(key, { from, to, kind, confidence: relation.confidence, seen, count: times, details: [detail] });
    return;
  }
  if (kind !== "calls") known.count += times;
  if (known.details.length < mostDetails && !known.details.includes(detail)) known.details.push(detail);
  if (byConfidence.indexOf(relation.confidence) > byConfidence.indexOf(known.confidence)) known.confidence = relation.confidence;
  if (bySeen.indexOf(seen) > bySeen.indexOf(known.seen)) known.seen = seen;
}

export function seenOf({ seen }: Pick<RelationFact, "seen">): Seen {
  return bySeen.findLast((way) => seen.includes(way)) ?? "declared";
}

interface MessageFlow {
  readonly from: Ref;
  readonly to: Ref;
  readonly topic: Ref;
  /** The less certain of its two halves. */
  readonly weakest: RelationFact;
}

/** Who sends to a topic or queue, and who receives from it. A broker alone says less than its topics: who shares one may exchange messages. */
function messageFlows(result: Result): MessageFlow[] {
  const { relations } = result.model;
  const ends = relations.filter(({ kind }) => kind === "publishes" || kind === "consumes");
  const isBroker = (ref: Ref): boolean => resourcesByRef(result).get(ref)?.kind === "broker";
  const withTopic = new Set(ends.filter(({ to }) => !isBroker(to)).map(({ kind, from }) => `${kind} ${from}`));
  const kept = ends.flatMap((relation): RelationFact[] => {
    if (!isBroker(relation.to)) return [relation];
    return withTopic.has(`${relation.kind} ${relation.from}`) ? [] : [{ ...relation, confidence: "hint" }];
  });
  const senders = groupedBy(
    kept.filter(({ kind }) => kind === "publishes"),
    ({ to }) => to,
  );
  const receivers = groupedBy(
    kept.filter(({ kind }) => kind === "consumes"),
    ({ to }) => to,
  );
  return [...senders].flatMap(([topic, sent]) =>
    sent.flatMap((out) =>
      (receivers.get(topic) ?? []).map((received) => ({
        from: out.from,
        to: received.from,
        topic,
        weakest: byConfidence.indexOf(out.confidence) <= byConfidence.indexOf(received.confidence) ? out : received,
      })),
    ),
  );
}

function groupedBy(relations: readonly RelationFact[], keyOf: (relation: RelationFact) => Ref): Map<Ref, RelationFact[]> {
  const groups = new Map<Ref, RelationFact[]>();
  for (const relation of relations) {
    const group = groups.get(keyOf(relation));
    if (group) group.push(relation);
    else groups.set(keyOf(relation), [relation]);
  }
  return groups;
}

export interface Coupling {
  readonly degree: number;
  readonly shared: number;
  /** More than wide changes and busy components explain. */
  readonly beyondChance: boolean;
}

/** Pairs of subjects that change together, by `pairKey`. */
export function couplingOf(result: Result): ReadonlyMap<string, Coupling> {
  return new Map(
    measuresOf(result, "coupling.degree").flatMap((measure) => {
      const { subjects, value, detail } = measure;
      const [a, b] = subjects;
      if (a === undefined || b === undefined || value === null) return [];
      const coupling = { degree: value, shared: Number(detail?.["shared"] ?? 0), beyondChance: isBeyondChance(measure) };
      return [[pairKey(a, b), coupling] as const];
    }),
  );
}

/** What the tool said of a pair (`coupling.degree`): it changed together more than wide changes and busy components explain. */
export function isBeyondChance({ detail }: Measure): boolean {
  return detail?.["beyondChance"] === "yes";
}

export function pairKey(one: Ref, other: Ref): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
