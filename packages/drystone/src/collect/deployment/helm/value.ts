/** Values as templates know them. */
import { record } from "#collect/yaml/index.js";

export type Value = string | number | boolean | null | readonly Value[] | ValueMap | Method;
/** Templates may write into maps (`set`). */
export type ValueMap = Map<string, Value>;
/** What can be called through a field: `.Files.Get`. */
type Method = (args: readonly Value[]) => Value;
export type TemplateFunction = (args: readonly Value[]) => Value;

/** Maps and lists of a YAML document as template values. */
export function toValue(read: unknown): Value {
  if (typeof read === "string" || typeof read === "number" || typeof read === "boolean") return read;
  if (Array.isArray(read)) return read.map(toValue);
  if (typeof read !== "object" || read === null) return null;
  return new Map(Object.entries(record(read)).map(([key, value]) => [key, toValue(value)]));
}

export function isMap(value: Value | undefined): value is ValueMap {
  return value instanceof Map;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The map itself; an empty one for anything else. */
export function mapOf(value: Value | undefined): ValueMap {
  return isMap(value) ? value : new Map();
}

export function listOf(value: Value | undefined): readonly Value[] {
  return isList(value) ? value : [];
}

/** As a template prints it: nothing for what is not there. Cut after some thousand items. */
export function textOf(value: Value | undefined, budget: Budget = { left: 5000 }, depth = 0): string {
  if (value === null || value === undefined || typeof value === "function" || budget.left-- <= 0 || depth > maxDepth) return "";
  if (isMap(value)) return `map[${sortedKeys(value).join(" ")}]`;
  if (isList(value))
    return `[${value
      .slice(0, 5000)
      .map((item) => textOf(item, budget, depth + 1))
      .join(" ")}]`;
  return String(value);
}

/** Values that may still be visited: lists and maps of hostile templates may hold each other, and many times. */
interface Budget {
  left: number;
}

const maxDepth = 60;

const maxVisited = 50_000;

/** False for nothing, zero and what is empty. */
export function isTrue(value: Value | undefined): boolean {
  if (isMap(value)) return value.size > 0;
  if (isList(value)) return value.length > 0;
  return Boolean(value);
}

export function numberOf(value: Value | undefined): number {
  const number = typeof value === "string" ? Number.parseFloat(value) : Number(typeof value === "boolean" ? value : (value ?? 0));
  return Number.isFinite(number) ? number : 0;
}

/** Templates go through maps in the order of their keys. */
export function sortedKeys(map: ValueMap): string[] {
  return [...map.keys()].sort();
}

/** Maps merged level by level; `over` wins, and its nulls take a key away. @returns a new map; neither argument changes. */
export function mergeValues(base: ValueMap, over: ValueMap, budget: Budget = { left: maxVisited }, depth = 0): ValueMap {
  const merged = new Map(base);
  for (const [key, value] of over) {
    if (budget.left-- <= 0) break;
    const below = merged.get(key);
    if (value === null) merged.delete(key);
    else merged.set(key, isMap(below) && isMap(value) && depth < maxDepth ? mergeValues(below, value, budget, depth + 1) : value);
  }
  return merged;
}

/** Value at a dotted path; undefined when a step is missing. */
export function valueAt(root: Value, path: readonly string[]): Value | undefined {
  let value: Value | undefined = root;
  for (const step of path) value = isMap(value) ? value.get(step) : undefined;
  return value;
}

/** A copy in which maps can be written without touching the original. */
export function copyOf(value: Value, budget: Budget = { left: maxVisited }, depth = 0): Value {
  if (budget.left-- <= 0 || depth > maxDepth) return null;
  if (isList(value)) return value.map((item) => copyOf(item, budget, depth + 1));
  return isMap(value) ? new Map([...value].map(([key, inner]) => [key, copyOf(inner, budget, depth + 1)])) : value;
}

/** As `toJson` writes it; keys sorted. */
export function jsonOf(value: Value): string {
  return JSON.stringify(plainOf(value, { left: maxVisited }, 0));
}

function plainOf(value: Value | undefined, budget: Budget, depth: number): unknown {
  if (value === undefined || typeof value === "function" || budget.left-- <= 0 || depth > maxDepth) return null;
  if (isList(value)) return value.map((item) => plainOf(item, budget, depth + 1));
  if (!isMap(value)) return value;
  const plain = Object.create(null) as Record<string, unknown>;
  for (const key of sortedKeys(value)) plain[key] = plainOf(value.get(key), budget, depth + 1);
  return plain;
}
