/** Makes the normal form of schemas. */

import { canonical, type Fields, fields, list, number, own, text, texts } from "../values.js";
import { conditionsOf, groupsOf } from "./normal-choices.js";
import { dependentNames, dependentSchemas, objectPart, schemasFor } from "./normal-objects.js";
import {
  type Bound,
  type Conjunction,
  isReferenceOnly,
  jsonTypes,
  keyOf,
  type NormalSchema,
  type Part,
  part,
} from "./normal-schema.js";
import { impliedTypes, typesOf } from "./normal-types.js";
import type { SchemaNode, SchemaReader } from "./schema-reader.js";

/** Remembers what it was asked for. */
export function normaliser(reader: SchemaReader): (parts: Conjunction) => NormalSchema {
  const known = new Map<string, NormalSchema>();
  return (parts) => {
    const key = keyOf(parts);
    const made = known.get(key) ?? normal(key, parts, reader);
    known.set(key, made);
    return made;
  };
}

const maxParts = 500;

interface Flat {
  readonly parts: Part[];
  readonly unread: string[];
  never: boolean;
}

function flatten(parts: Conjunction, reader: SchemaReader): Flat {
  const flat: Flat = { parts: [], unread: [], never: false };
  const seen = new Set<string>();
  // A bare part and the whole one may both be there: then the groups count.
  const visit = ({ node, bare }: Part): void => {
    const key = `${node.id}${bare ? "b" : ""}`;
    if (seen.has(key)) return;
    if (seen.size >= maxParts) {
      flat.unread.push("more than 500 parts");
      return;
    }
    seen.add(key);
    if (typeof node.value === "boolean") {
      flat.never ||= !node.value;
      return;
    }
    const reference = own(node.value, "$ref") ?? own(node.value, "$dynamicRef") ?? own(node.value, "$recursiveRef");
    if (typeof reference === "string") {
      const found = reader.follow(reference, node);
      if (found === null) flat.unread.push(reference);
      else visit({ node: found, bare });
      if (node.dialect !== "json-schema" || isReferenceOnly(node)) return;
    }
    for (const [index, inner] of list(node.value["allOf"]).slice(0, maxParts).entries())
      visit({ node: reader.below(node, inner, "allOf", String(index)), bare });
    flat.parts.push({ node, bare });
  };
  for (const each of parts) visit(each);
  return flat;
}

function normal(key: string, given: Conjunction, reader: SchemaReader): NormalSchema {
  const { parts, unread, never } = flatten(given, reader);
  const values = parts.map(({ node }) => fields(node.value));
  const views = parts.map(({ node }) => objectPart(node, reader));
  const names = new Set(views.flatMap((view) => [...view.properties.keys()]));
  const property = (name: string): Conjunction => uniqueParts(views.flatMap((view) => schemasFor(view, name, names)));
  const allowed = valuesOf(parts);
  const types = typesOf(parts);
  const additional = views.flatMap((view) => view.additional ?? []);
  const arrays = parts.map(({ node }) => arrayPart(node, reader));
  const prefixLength = Math.max(0, ...arrays.map((array) => array.prefix.length));
  const single = (word: string): string | null => values.map((value) => text(value[word])).find((one) => one !== "") ?? null;
  return {
    key,
    given,
    parts,
    node: parts.at(-1)?.node ?? given[0]?.node ?? null,
    never: never || (types !== null && types.size === 0) || allowed?.length === 0,
    types: types ?? new Set(jsonTypes),
    typed: types !== null,
    implied: impliedTypes(values),
    values: allowed,
    isConst: values.some((value) => Object.hasOwn(value, "const")),
    extensible: values.map((value) => value["x-extensible-enum"]).find((value) => Array.isArray(value)) ?? null,
    minimum: strictest(values, "minimum", "exclusiveMinimum", 1),
    maximum: strictest(values, "maximum", "exclusiveMaximum", -1),
    multiples: values.flatMap((value) => number(value["multipleOf"]) ?? []).filter((value) => value > 0),
    minLength: most(values, "minLength"),
    maxLength: least(values, "maxLength"),
    patterns: [...new Set(values.flatMap((value) => (typeof value["pattern"] === "string" ? [value["pattern"]] : [])))],
    format: single("format"),
    encoding: single("contentEncoding"),
    mediaType: single("contentMediaType"),
    contentSchema: contentOf(parts, reader),
    minItems: most(values, "minItems"),
    maxItems: least(values, "maxItems"),
    unique: values.some((value) => value["uniqueItems"] === true),
    prefix: Array.from({ length: Math.min(prefixLength, 200) }, (_, index) =>
      uniqueParts(arrays.flatMap((array) => array.prefix[index] ?? array.rest)),
    ),
    rest: uniqueParts(arrays.flatMap((array) => array.rest)),
    contains: arrays.flatMap((array) => array.contains),
    properties: new Map([...names].map((name) => [name, property(name)])),
    patternProperties: together(views.flatMap((view) => [...view.patterns])),
    additional: views.some((view) => view.additional !== null) ? uniqueParts(additional) : null,
    property,
    required: new Set(values.flatMap((value) => texts(value["required"]))),
    minProperties: most(values, "minProperties"),
    maxProperties: least(values, "maxProperties"),
    names: below(parts, "propertyNames", reader),
    dependentRequired: dependentNames(values),
    dependentSchemas: together(parts.flatMap(({ node }) => dependentSchemas(node, reader))),
    groups: parts.flatMap((one) => (one.bare ? [] : groupsOf(one.node, reader))),
    nots: below(parts, "not", reader).map(({ node }) => node),
    conditions: parts.flatMap(({ node }) => conditionsOf(node, reader)),
    readOnly: values.some((value) => value["readOnly"] === true),
    writeOnly: values.some((value) => value["writeOnly"] === true),
    deprecated: values.some((value) => value["deprecated"] === true),
    sunset: single("x-sunset"),
    defaultValue: values.map((value) => own(value, "default")).find((value) => value !== undefined),
    unread,
  };
}

function uniqueParts(parts: Conjunction): Conjunction {
  return [...new Map(parts.map((one) => [`${one.node.id}${one.bare}`, one])).values()];
}

function together(entries: readonly (readonly [string, Conjunction])[]): Map<string, Conjunction> {
  const merged = new Map<string, Conjunction>();
  for (const [name, parts] of entries) merged.set(name, [...(merged.get(name) ?? []), ...parts]);
  return merged;
}

function most(values: readonly Fields[], word: string): number {
  return Math.max(0, ...values.map((value) => number(value[word]) ?? 0));
}

function least(values: readonly Fields[], word: string): number {
  return Math.min(Number.POSITIVE_INFINITY, ...values.map((value) => number(value[word]) ?? Number.POSITIVE_INFINITY));
}

/** Numbers as of 2019; beside them `true` makes the other bound exclusive, as before. @param sign 1 for lower bounds. */
function strictest(values: readonly Fields[], word: string, exclusive: string, sign: 1 | -1): Bound | null {
  const bounds = values.flatMap((value): Bound[] => {
    const plain = number(value[word]);
    const strict = number(value[exclusive]);
    return [
      ...(plain === null ? [] : [{ value: plain, exclusive: value[exclusive] === true }]),
      ...(strict === null ? [] : [{ value: strict, exclusive: true }]),
    ];
  });
  const order = (a: Bound, b: Bound) => sign * (b.value - a.value) || Number(b.exclusive) - Number(a.exclusive);
  return bounds.toSorted(order)[0] ?? null;
}

function valuesOf(parts: Conjunction): readonly unknown[] | null {
  let values: readonly unknown[] | null = null;
  for (const { node } of parts) {
    const schema = fields(node.value);
    for (const allowed of [own(schema, "enum"), Object.hasOwn(schema, "const") ? [schema["const"]] : undefined]) {
      if (!Array.isArray(allowed)) continue;
      const nullable = schema["nullable"] === true || schema["x-nullable"] === true;
      const here: readonly unknown[] = nullable ? [...allowed, null] : allowed;
      const keys = new Set(here.map((value) => canonical(value)));
      values = values === null ? here : values.filter((value) => keys.has(canonical(value)));
    }
  }
  return values === null ? null : [...new Map(values.map((value) => [canonical(value), value])).values()];
}

function below(parts: Conjunction, word: string, reader: SchemaReader): Conjunction {
  return parts.flatMap(({ node }) => {
    const value = own(node.value, word);
    return value === undefined ? [] : [part(reader.below(node, value, word))];
  });
}

function contentOf(parts: Conjunction, reader: SchemaReader): Conjunction | null {
  const found = below(parts, "contentSchema", reader);
  return found.length === 0 ? null : found;
}

interface ArrayPart {
  readonly prefix: readonly Conjunction[];
  readonly rest: Conjunction;
  readonly contains: NormalSchema["contains"];
}

/** A list below `items` is what `prefixItems` is today, with `additionalItems` behind it. */
function arrayPart(node: SchemaNode, reader: SchemaReader): ArrayPart {
  const value = fields(node.value);
  const tuple = Array.isArray(value["items"]);
  const word = tuple ? "items" : "prefixItems";
  const prefix = list(value[word]).map((inner, index) => [part(reader.below(node, inner, word, String(index)))]);
  const behind = tuple ? "additionalItems" : Object.hasOwn(value, "items") ? "items" : "unevaluatedItems";
  const rest = own(value, behind);
  const contains = own(value, "contains");
  return {
    prefix,
    rest: rest === undefined || rest === true ? [] : [part(reader.below(node, rest, behind))],
    contains:
      contains === undefined
        ? []
        : [
            {
              schema: [part(reader.below(node, contains, "contains"))],
              least: number(value["minContains"]) ?? 1,
              most: number(value["maxContains"]) ?? Number.POSITIVE_INFINITY,
            },
          ],
  };
}
