/** What a schema says of the properties of objects. */

import { type Fields, fields, own, texts } from "../values.js";
import { matches } from "./matches.js";
import { type Conjunction, part } from "./normal-schema.js";
import type { SchemaNode, SchemaReader } from "./schema-reader.js";

export interface ObjectPart {
  readonly properties: ReadonlyMap<string, Conjunction>;
  readonly patterns: ReadonlyMap<string, Conjunction>;
  readonly additional: Conjunction | null;
  /** Whether `additional` leaves out what other parts name. */
  readonly unevaluated: boolean;
}

export function objectPart(node: SchemaNode, reader: SchemaReader): ObjectPart {
  const value = fields(node.value);
  const each = (word: string): Map<string, Conjunction> =>
    new Map(Object.entries(fields(value[word])).map(([name, inner]) => [name, [part(reader.below(node, inner, word, name))]]));
  const word = Object.hasOwn(value, "additionalProperties") ? "additionalProperties" : "unevaluatedProperties";
  const additional = own(value, word);
  return {
    properties: each("properties"),
    patterns: each("patternProperties"),
    additional: additional === undefined || additional === true ? null : [part(reader.below(node, additional, word))],
    unevaluated: word === "unevaluatedProperties",
  };
}

export function schemasFor(view: ObjectPart, name: string, all: ReadonlySet<string>): Conjunction {
  const matching = [...view.patterns].filter(([pattern]) => matches(pattern, name) !== false);
  const own = [...(view.properties.get(name) ?? []), ...matching.flatMap(([, parts]) => parts)];
  const named = view.properties.has(name) || matching.length > 0 || (view.unevaluated && all.has(name));
  return named ? own : (view.additional ?? []);
}

/** `dependencies` with names is the older way to write it. */
export function dependentNames(values: readonly Fields[]): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const value of values)
    for (const word of ["dependentRequired", "dependencies"])
      for (const [name, needs] of Object.entries(fields(value[word])))
        if (Array.isArray(needs)) found.set(name, [...(found.get(name) ?? []), ...texts(needs)]);
  return found;
}

export function dependentSchemas(node: SchemaNode, reader: SchemaReader): [string, Conjunction][] {
  return ["dependentSchemas", "dependencies"].flatMap((word) =>
    Object.entries(fields(own(node.value, word))).flatMap(([name, inner]): [string, Conjunction][] =>
      Array.isArray(inner) ? [] : [[name, [part(reader.below(node, inner, word, name))]]],
    ),
  );
}
