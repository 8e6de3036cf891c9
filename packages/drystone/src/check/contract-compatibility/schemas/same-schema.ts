/** Whether two schemas say the same, references followed: what did not change need not be compared. */

import { canonical, isFields } from "../values.js";
import type { SchemaNode, SchemaReader } from "./schema-reader.js";

/** Pairs looked at for one question, and for all of a comparison: telling a large graph apart again and again would cost more than it saves. */
const maxPairs = 200_000;
const maxPairsInAll = 2_000_000;

/** Titles, descriptions and examples aside. False also where it would take too long to tell. */
export function sameness(oldReader: SchemaReader, newReader: SchemaReader): (old: SchemaNode, next: SchemaNode) => boolean {
  const known = new Map<string, boolean>();
  let spent = 0;
  return (old, next) => {
    const assumed = new Set<string>();
    const open: (readonly [SchemaNode, SchemaNode])[] = [[old, next]];
    const isSame = (): boolean => {
      for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
        const key = `${pair[0].id} ${pair[1].id}`;
        const before = known.get(key);
        if (before === true || assumed.has(key)) continue;
        if (before === false || assumed.size >= maxPairs || spent++ >= maxPairsInAll) return false;
        assumed.add(key);
        const inner = innerPairs(pair[0], pair[1], oldReader, newReader);
        if (inner === null) {
          known.set(key, false);
          return false;
        }
        open.push(...inner);
      }
      return true;
    };
    const same = isSame();
    // What was assumed on the way holds only when all of it does.
    if (same) for (const key of assumed) known.set(key, true);
    else known.set(`${old.id} ${next.id}`, false);
    return same;
  };
}

type Pairs = (readonly [SchemaNode, SchemaNode])[];

/** Parts that have to be the same as well; null when these two differ already. */
function innerPairs(a: SchemaNode, b: SchemaNode, oldReader: SchemaReader, newReader: SchemaReader): Pairs | null {
  if (a.dialect !== b.dialect) return null;
  if (!isFields(a.value) || !isFields(b.value)) return a.value === b.value ? [] : null;
  const pairs: Pairs = [];
  const inner = (from: unknown, to: unknown, ...steps: readonly string[]) =>
    void pairs.push([oldReader.below(a, from, ...steps), newReader.below(b, to, ...steps)]);
  for (const word of new Set([...Object.keys(a.value), ...Object.keys(b.value)])) {
    if (annotations.has(word)) continue;
    const [x, y] = [a.value[word], b.value[word]];
    if (x === undefined || y === undefined) return null;
    if (word === "$ref") {
      const [from, to] =
        typeof x === "string" && typeof y === "string" ? [oldReader.follow(x, a), newReader.follow(y, b)] : [null, null];
      if (from !== null && to !== null) pairs.push([from, to]);
      else if (from !== to || x !== y) return null;
    } else if (maps.has(word)) {
      if (!isFields(x) || !isFields(y) || Object.keys(x).length !== Object.keys(y).length) return null;
      for (const name of Object.keys(x)) {
        if (!Object.hasOwn(y, name)) return null;
        inner(x[name], y[name], word, name);
      }
    } else if (lists.has(word) || (word === "items" && Array.isArray(x))) {
      if (!Array.isArray(x) || !Array.isArray(y) || x.length !== y.length) return null;
      for (const [index, item] of x.entries()) inner(item, y[index], word, String(index));
    } else if (single.has(word)) inner(x, y, word);
    else if (canonical(x) !== canonical(y)) return null;
  }
  return pairs;
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
