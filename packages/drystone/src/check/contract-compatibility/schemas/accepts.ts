/** Whether a schema accepts one value: yes, no, or null where that is not decided here. */

import { canonical, isFields, list } from "../values.js";
import { matches } from "./matches.js";
import { type Conjunction, type JsonType, type NormalSchema, part } from "./normal-schema.js";

type Normalise = (parts: Conjunction) => NormalSchema;

export function accepts(schema: NormalSchema, value: unknown, normalise: Normalise, depth = 0): boolean | null {
  if (schema.never) return false;
  if (schema.unread.length > 0 || depth > 20) return null;
  const type = typeOf(value);
  if (type === null || !schema.types.has(type)) return false;
  if (schema.values !== null && !schema.values.some((allowed) => canonical(allowed) === canonical(value))) return false;
  const inner = (parts: Conjunction, of: unknown) => accepts(normalise(parts), of, normalise, depth + 1);
  return all([
    ownWords(schema, value, type, inner),
    ...schema.groups.map(({ kind, branches }) => {
      const answers = branches.map((branch) => inner([part(branch)], value));
      const yes = answers.filter((answer) => answer === true).length;
      const open = answers.some((answer) => answer === null);
      if (kind === "anyOf") return yes > 0 ? true : open ? null : false;
      return yes > 1 ? false : open ? null : yes === 1;
    }),
    ...schema.nots.map((not) => opposite(inner([part(not)], value))),
    ...schema.conditions.map(({ condition, holds, fails }) => {
      const answer = inner([part(condition)], value);
      if (answer === null) return null;
      const wanted = answer ? holds : fails;
      return wanted === null ? true : inner([part(wanted)], value);
    }),
  ]);
}

function typeOf(value: unknown): JsonType | null {
  if (value === null) return "null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string") return "string";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "fraction";
  return Array.isArray(value) ? "array" : isFields(value) ? "object" : null;
}

function all(answers: readonly (boolean | null)[]): boolean | null {
  return answers.includes(false) ? false : answers.includes(null) ? null : true;
}

function opposite(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer;
}

type Inner = (parts: Conjunction, value: unknown) => boolean | null;

function ownWords(schema: NormalSchema, value: unknown, type: JsonType, inner: Inner): boolean | null {
  if (typeof value === "number") return acceptsNumber(schema, value);
  if (typeof value === "string") return acceptsText(schema, value);
  if (type === "array") return acceptsList(schema, list(value), inner);
  if (isFields(value)) return acceptsObject(schema, value, inner);
  return true;
}

function acceptsNumber({ minimum, maximum, multiples }: NormalSchema, value: number): boolean | null {
  if (minimum !== null && (minimum.exclusive ? value <= minimum.value : value < minimum.value)) return false;
  if (maximum !== null && (maximum.exclusive ? value >= maximum.value : value > maximum.value)) return false;
  return all(multiples.map((multiple) => isMultiple(value, multiple)));
}

/** Null where binary fractions make it uncertain. */
export function isMultiple(value: number, multiple: number): boolean | null {
  if (Number.isInteger(value) && Number.isInteger(multiple)) return value % multiple === 0;
  const times = value / multiple;
  const off = Math.abs(times - Math.round(times));
  return off === 0 ? true : off < 1e-9 ? null : false;
}

function acceptsText(schema: NormalSchema, value: string): boolean | null {
  const length = Array.from(value).length;
  if (length < schema.minLength || length > schema.maxLength) return false;
  return all([
    ...schema.patterns.map((pattern) => matches(pattern, value)),
    schema.format === null && schema.encoding === null && schema.mediaType === null ? true : null,
  ]);
}

function acceptsList(schema: NormalSchema, items: readonly unknown[], inner: Inner): boolean | null {
  if (items.length < schema.minItems || items.length > schema.maxItems) return false;
  if (schema.unique && new Set(items.map((item) => canonical(item))).size < items.length) return false;
  if (schema.contains.length > 0 || items.length > 200) return null;
  return all(items.map((item, index) => inner(schema.prefix[index] ?? schema.rest, item)));
}

function acceptsObject(schema: NormalSchema, value: Readonly<Record<string, unknown>>, inner: Inner): boolean | null {
  const names = Object.keys(value);
  if ([...schema.required].some((name) => !Object.hasOwn(value, name))) return false;
  if (names.length < schema.minProperties || names.length > schema.maxProperties) return false;
  if (names.length > 200) return null;
  const undecided = schema.names.length > 0 || schema.dependentRequired.size > 0 || schema.dependentSchemas.size > 0;
  return all([undecided ? null : true, ...names.map((name) => inner(schema.property(name), value[name]))]);
}

/** True when surely no value satisfies both. */
export function areDisjoint(one: NormalSchema, other: NormalSchema, normalise: Normalise, depth = 0): boolean {
  if (one.never || other.never) return true;
  if (depth > 5) return false;
  if (![...one.types].some((type) => other.types.has(type))) return true;
  for (const [a, b] of [
    [one, other],
    [other, one],
  ] as const)
    if (a.values !== null && a.values.every((value) => accepts(b, value, normalise) === false)) return true;
  const onlyObjects = [...one.types].every((type) => type === "object" || !other.types.has(type));
  if (onlyObjects) {
    for (const name of one.required)
      if (
        other.required.has(name) &&
        areDisjoint(normalise(one.property(name)), normalise(other.property(name)), normalise, depth + 1)
      )
        return true;
    for (const [a, b] of [
      [one, other],
      [other, one],
    ] as const)
      for (const name of a.required) if (normalise(b.property(name)).never) return true;
  }
  return (["anyOf", "oneOf"] as const).some((kind) =>
    [one, other].some((side, at) => {
      const against = at === 0 ? other : one;
      return side.groups.some(
        (group) =>
          group.kind === kind &&
          group.branches.every((branch) => areDisjoint(normalise([part(branch)]), against, normalise, depth + 1)),
      );
    }),
  );
}
