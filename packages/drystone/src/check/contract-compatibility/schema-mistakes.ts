/** Words of schemas with values that they cannot have, and references that lead nowhere. */
import type { ContractDocument } from "#model/contract-source.js";
import type { Mistake } from "./openapi-model.js";
import { isFields } from "./values.js";

const objects = ["properties", "patternProperties", "$defs", "dependentSchemas", "dependentRequired"];
const lists = ["allOf", "anyOf", "oneOf", "enum", "prefixItems"];
const numbers = [
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "minimum",
  "maximum",
  "multipleOf",
];
const types = new Set(["null", "boolean", "integer", "number", "string", "array", "object", "file", "any"]);

const maxValues = 500_000;
const maxMistakes = 200;

/** Looks at everything that is a schema by its place: below `schema`, `schemas`, `definitions`, or at the root when it says so. */
export function schemaMistakes(documents: ReadonlyMap<string, ContractDocument>): Mistake[] {
  const mistakes: Mistake[] = [];
  let left = maxValues;
  for (const { file, value } of documents.values()) {
    const root = isFields(value) && ("$schema" in value || "$defs" in value);
    const open: Open[] = [{ value, pointer: [], kind: root ? "schema" : "other" }];
    for (let here = open.pop(); here !== undefined && left-- > 0 && mistakes.length < maxMistakes; here = open.pop()) {
      const { value: inner, pointer, kind } = here;
      if (kind === "schema")
        for (const [steps, text] of mistakesOf(inner)) mistakes.push({ place: { file, pointer: [...pointer, ...steps] }, text });
      if (typeof inner !== "object" || inner === null || pointer.length > 150) continue;
      const foreign = kind === "other" && isForeign(inner);
      for (const [key, next] of Object.entries(inner)) {
        const inside = foreign && key === "payload" ? "data" : kindOf(kind, key, Array.isArray(inner));
        open.push({ value: next, pointer: [...pointer, key], kind: inside });
      }
    }
  }
  return mistakes;
}

/** A message whose payload is no JSON Schema. */
function isForeign(message: object): boolean {
  const format: unknown = "schemaFormat" in message ? message.schemaFormat : null;
  return typeof format === "string" && !/asyncapi|schema\+(?:json|yaml)/i.test(format);
}

interface Open {
  readonly value: unknown;
  readonly pointer: readonly string[];
  readonly kind: Kind;
}

/** schemas: an object or list of schemas. data: examples and the like, which may hold anything. */
type Kind = "schema" | "schemas" | "data" | "other";

function kindOf(kind: Kind, key: string, inList: boolean): Kind {
  if (kind === "data") return "data";
  if (kind === "schemas") return "schema";
  if (kind === "other") {
    if (inList) return "other";
    if (/^(?:example|examples|default|value)$/.test(key) || key.startsWith("x-")) return "data";
    return key === "schema" || key === "payload" ? "schema" : key === "schemas" || key === "definitions" ? "schemas" : "other";
  }
  if (/^(?:properties|patternProperties|\$defs|definitions|dependentSchemas|allOf|anyOf|oneOf|prefixItems)$/.test(key))
    return "schemas";
  if (
    /^(?:items|additionalProperties|unevaluatedProperties|unevaluatedItems|additionalItems|not|if|then|else|contains|propertyNames|contentSchema)$/.test(
      key,
    )
  )
    return "schema";
  return "data";
}

function mistakesOf(value: unknown): (readonly [steps: readonly string[], text: string])[] {
  if (typeof value === "boolean") return [];
  // A list below `items` is a tuple of older versions.
  if (Array.isArray(value)) return [];
  if (!isFields(value)) return [[[], "must be a schema"]];
  const found: [string[], string][] = [];
  const tell = (word: string, text: string) => void found.push([[word], text]);
  const type = value["type"];
  const named: readonly unknown[] = Array.isArray(type) ? type : type === undefined ? [] : [type];
  if (!named.every((one) => typeof one === "string" && types.has(one)))
    tell("type", `must be a type of JSON, not ${JSON.stringify(type)?.slice(0, 60)}`);
  for (const word of objects) if (word in value && !isFields(value[word])) tell(word, "must be an object");
  for (const word of lists) if (word in value && !Array.isArray(value[word])) tell(word, "must be a list");
  for (const word of numbers) if (word in value && typeof value[word] !== "number") tell(word, "must be a number");
  const required = value["required"];
  if (
    required !== undefined &&
    typeof required !== "boolean" &&
    !(Array.isArray(required) && required.every((name) => typeof name === "string"))
  )
    tell("required", "must be a list of names");
  if (typeof required === "boolean") tell("required", "must be a list of names on the object, not a boolean on the property");
  if ("$ref" in value && typeof value["$ref"] !== "string") tell("$ref", "must be text");
  return found;
}
