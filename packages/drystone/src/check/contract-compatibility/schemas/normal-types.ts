/** The types that a schema allows, and those that it only speaks of. */

import { type Fields, fields, texts } from "../values.js";
import { type Conjunction, type JsonType, jsonTypes } from "./normal-schema.js";
import type { SchemaNode } from "./schema-reader.js";

export function typesOf(parts: Conjunction): Set<JsonType> | null {
  const named = parts.flatMap(({ node }) => typesOfPart(node) ?? []);
  const [first, ...others] = named;
  return first === undefined ? null : new Set([...first].filter((type) => others.every((types) => types.has(type))));
}

function typesOfPart(node: SchemaNode): Set<JsonType> | null {
  const value = fields(node.value);
  const named = typeof value["type"] === "string" ? [value["type"]] : texts(value["type"]);
  if (named.length === 0) return null;
  const types = new Set(named.flatMap(typesNamed));
  if (value["nullable"] === true || value["x-nullable"] === true) types.add("null");
  return types;
}

function typesNamed(name: string): readonly JsonType[] {
  if (name === "number") return ["integer", "fraction"];
  // `file` of Swagger 2 is text of any kind.
  if (name === "file") return ["string"];
  if (name === "any") return jsonTypes;
  return jsonTypes.filter((type) => type === name);
}

export function impliedTypes(values: readonly Fields[]): Set<JsonType> {
  const found = wordsOf.flatMap(([type, words]) =>
    values.some((value) => words.some((word) => Object.hasOwn(value, word))) ? [type] : [],
  );
  return new Set(found.flatMap((type): JsonType[] => (type === "integer" ? ["integer", "fraction"] : [type])));
}

const wordsOf: readonly (readonly [JsonType, readonly string[]])[] = [
  [
    "object",
    ["properties", "required", "additionalProperties", "patternProperties", "minProperties", "maxProperties", "propertyNames"],
  ],
  ["array", ["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"]],
  ["string", ["minLength", "maxLength", "pattern", "contentEncoding"]],
  ["integer", ["minimum", "maximum", "multipleOf"]],
];
