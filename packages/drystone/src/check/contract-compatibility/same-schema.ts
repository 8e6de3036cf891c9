/** Whether two schemas say the same, references followed: what did not change need not be compared. */
import type { SchemaNode, SchemaReader } from "./schema-reader.js";
import { canonical, isFields } from "./values.js";

const maxSteps = 20_000;
const maxDepth = 80;

/** Titles, descriptions and examples aside. False also where it would take too long to tell. */
export function sameness(oldReader: SchemaReader, newReader: SchemaReader): (old: SchemaNode, next: SchemaNode) => boolean {
  const known = new Map<string, boolean>();
  return (old, next) => {
    const assumed = new Set<string>();
    let left = maxSteps;
    const nodes = (a: SchemaNode, b: SchemaNode, depth: number): boolean => {
      const key = `${a.id} ${b.id}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      if (assumed.has(key)) return true;
      assumed.add(key);
      const same = a.dialect === b.dialect && depth < maxDepth && schemas(a, b, depth);
      if (!same) known.set(key, false);
      return same;
    };
    const schemas = (a: SchemaNode, b: SchemaNode, depth: number): boolean => {
      if (left-- < 0) return false;
      if (!isFields(a.value) || !isFields(b.value)) return a.value === b.value;
      const words = new Set([...Object.keys(a.value), ...Object.keys(b.value)]);
      for (const word of words) {
        if (annotations.has(word)) continue;
        const [x, y] = [a.value[word], b.value[word]];
        if (word === "$ref" ? !references(a, b, depth) : !values(a, b, word, x, y, depth)) return false;
      }
      return true;
    };
    const references = (a: SchemaNode, b: SchemaNode, depth: number): boolean => {
      const [x, y] = [a.value, b.value].map((value) => (isFields(value) ? value["$ref"] : undefined));
      if (typeof x !== "string" || typeof y !== "string") return false;
      const [from, to] = [oldReader.follow(x, a), newReader.follow(y, b)];
      return from !== null && to !== null ? nodes(from, to, depth + 1) : from === to && x === y;
    };
    const values = (a: SchemaNode, b: SchemaNode, word: string, x: unknown, y: unknown, depth: number): boolean => {
      const inner = (from: unknown, to: unknown, ...steps: readonly string[]) =>
        nodes(oldReader.below(a, from, word, ...steps), newReader.below(b, to, word, ...steps), depth + 1);
      if (x === undefined || y === undefined) return false;
      if (maps.has(word)) {
        if (!isFields(x) || !isFields(y)) return false;
        const names = Object.keys(x);
        return (
          names.length === Object.keys(y).length && names.every((name) => Object.hasOwn(y, name) && inner(x[name], y[name], name))
        );
      }
      if (lists.has(word) || (word === "items" && Array.isArray(x)))
        return (
          Array.isArray(x) &&
          Array.isArray(y) &&
          x.length === y.length &&
          x.every((item, index) => inner(item, y[index], String(index)))
        );
      return single.has(word) ? inner(x, y) : canonical(x) === canonical(y);
    };
    const same = nodes(old, next, 0);
    // What was assumed on the way holds only when all of it does.
    if (same) for (const key of assumed) known.set(key, true);
    return same;
  };
}

const annotations = new Set([
  "title",
  "description",
  "example",
  "examples",
  "$comment",
  "externalDocs",
  "$defs",
  "definitions",
  "default",
  "xml",
]);
const maps = new Set(["properties", "patternProperties", "dependentSchemas"]);
const lists = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const single = new Set([
  "items",
  "additionalProperties",
  "unevaluatedProperties",
  "unevaluatedItems",
  "additionalItems",
  "not",
  "if",
  "then",
  "else",
  "contains",
  "propertyNames",
  "contentSchema",
]);
