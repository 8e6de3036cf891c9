/**
 * The compatibility of two schemas, in one direction. Whoever sends keeps to one of them, whoever receives expects the other:
 * in requests consumers send by the old contract and the provider reads by the new one, in responses and events it is the other way round.
 * A gap is something that may be sent and is not expected. Both sides are compared structure by structure; what cannot be decided is a warning.
 */
import type { Place } from "../change.js";
import { compareAlternatives } from "./compare-alternatives.js";
import { tooLarge } from "./comparison.js";
import { type Conjunction, isReferenceOnly, jsonTypes, keyOf, type NormalSchema, part, type TypeNodes } from "./normal-schema.js";
import { normaliser } from "./normaliser.js";
import { sameness } from "./same-schema.js";
import type { SchemaNode, SchemaReader } from "./schema-reader.js";
import type { Comparison, SchemaDirection, Walk } from "./walk.js";

export interface SchemaComparer {
  /** Compares the schemas of the old and the new version. */
  compare(direction: SchemaDirection, old: SchemaNode, next: SchemaNode): Comparison;
}

const maxDepth = 100;

const maxPairs = 60_000;

export function schemaComparer(oldReader: SchemaReader, newReader: SchemaReader): SchemaComparer {
  const known = new Map<string, Comparison>();
  const oldNormal = normaliser(oldReader);
  const newNormal = normaliser(newReader);
  const only = { old: typeNodes(oldReader), new: typeNodes(newReader) };
  const isSame = sameness(oldReader, newReader);
  const isUnchanged = (old: Conjunction, next: Conjunction): boolean =>
    old.length === next.length && old.every((one, index) => one.bare === next[index]?.bare && isSame(one.node, next[index].node));

  // Pairs that are known and not compared yet. A long chain of schemas costs no stack: only what has to be decided at once is nested.
  const waiting = new Map<Comparison, () => void>();
  const running = new Set<Comparison>();
  const finished = new Set<Comparison>();
  const comparison = (direction: SchemaDirection, given: Conjunction, expected: Conjunction, depth: number): Comparison => {
    const request = direction === "request";
    const sender = followed(given, request ? oldReader : newReader);
    const receiver = followed(expected, request ? newReader : oldReader);
    const key = `${direction} ${keyOf(sender)} ${keyOf(receiver)}`;
    const before = known.get(key);
    // A pair that is still open is taken to be fine: what is wrong with it is found where it was opened.
    if (before) return before;
    const made: Comparison = { gaps: [], parts: [] };
    known.set(key, made);
    waiting.set(made, () => fill(made, direction, sender, receiver, depth));
    return made;
  };
  const fill = (
    made: Comparison,
    direction: SchemaDirection,
    sender: Conjunction,
    receiver: Conjunction,
    depth: number,
  ): void => {
    const request = direction === "request";
    if (isUnchanged(request ? sender : receiver, request ? receiver : sender)) return;
    const walk: Walk = {
      direction,
      into: made,
      sender: request ? oldNormal : newNormal,
      receiver: request ? newNormal : oldNormal,
      inner: (s, r, label) => void made.parts.push({ label, comparison: comparison(direction, s, r, depth) }),
      trial: (s, r) => settled(comparison(direction, s, r, depth + 1)),
      gap: (draft, s, r) =>
        void made.gaps.push({ at: null, ...draft, sender: placeOf(s, draft.at), receiver: placeOf(r, draft.at) }),
    };
    const s = walk.sender(sender);
    const r = walk.receiver(receiver);
    if (depth > maxDepth || known.size > maxPairs) walk.gap(tooLarge, s, r);
    else compareAlternatives(walk, s, r, only[request ? "old" : "new"]);
  };
  /** With all that it leads to. */
  const settled = (start: Comparison): Comparison => {
    const reached = new Set<Comparison>([start]);
    for (const here of reached) {
      if (finished.has(here)) continue;
      const job = waiting.get(here);
      if (job !== undefined) {
        waiting.delete(here);
        running.add(here);
        job();
        running.delete(here);
      }
      for (const { comparison: inner } of here.parts) reached.add(inner);
    }
    for (const here of reached) if (!running.has(here)) finished.add(here);
    return start;
  };
  return {
    compare: (direction, old, next) =>
      settled(
        direction === "request"
          ? comparison(direction, [part(old)], [part(next)], 0)
          : comparison(direction, [part(next)], [part(old)], 0),
      ),
  };
}

/** What many places refer to is compared once: where a schema is nothing but a reference, its target stands for it. */
function followed(parts: Conjunction, reader: SchemaReader): Conjunction {
  const [only, ...others] = parts;
  if (only === undefined || others.length > 0) return parts;
  let { node } = only;
  for (let step = 0; step < 20 && isReferenceOnly(node); step++) {
    const reference = typeof node.value === "object" ? node.value["$ref"] : null;
    const target = typeof reference === "string" ? reader.follow(reference, node) : null;
    if (target === null) break;
    node = target;
  }
  return [{ ...only, node }];
}

/** Of the property that is meant, else of the schema itself; null for what stands in no file. */
function placeOf(schema: NormalSchema, property: string | undefined): Place | null {
  const own = property === undefined ? undefined : schema.properties.get(property)?.[0]?.node;
  const place = (own ?? schema.parts.findLast(({ node }) => node.place.file !== "")?.node ?? schema.node)?.place;
  return place === undefined || place.file === "" ? null : place;
}

function typeNodes(reader: SchemaReader): TypeNodes {
  return new Map(
    jsonTypes.map((type) => [type, reader.made({ type: type === "fraction" ? "number" : type }, { file: "", pointer: [] })]),
  );
}
