import { expect, test } from "vitest";
import { mulberry32, type Random, randomIndex } from "#util/random.js";
import { changesOf } from "./fixtures/changes-of.js";

type Schema = Readonly<Record<string, unknown>> | boolean;

/** Small values of every kind: enough to tell small schemas apart. */
const scalars = [null, true, false, -1, 0, 1, 2, 3, 4, 0.5, 2.5, "", "a", "b", "ab", "abc"];
const lists = [[], [0], ["a"], [0, 1], ["a", 0], [0, 0], [1, "a", true]];
const objects = [
  {},
  { a: 1 },
  { a: "a" },
  { a: null },
  { b: 1 },
  { b: "b" },
  { a: 1, b: 2 },
  { a: "a", b: "b" },
  { a: 1, c: true },
  { c: "a" },
  { a: {}, b: [] },
];
const values: readonly unknown[] = [...scalars, ...lists, ...objects];

test("what is called compatible accepts everything that may come (8,000 pairs, one in three of them close)", () => {
  const random = mulberry32(7);
  let compatible = 0;
  for (let run = 0; run < 8_000; run++) {
    const old = schema(random, 3);
    const next = run % 3 === 0 ? changed(random, old) : schema(random, 3);
    if (changesOf("response", old, next).length > 0) continue;
    compatible++;
    const broken = values.find((value) => isValid(next, value) && !isValid(old, value));
    expect({ old, next, broken }).toEqual({ old, next, broken: undefined });
  }
  // A comparison that calls nothing compatible would pass as well.
  expect(compatible).toBeGreaterThan(600);
});

test("a schema is compatible with itself", () => {
  const random = mulberry32(11);
  for (let run = 0; run < 1500; run++) {
    const one = schema(random, 3);
    const copy = JSON.parse(JSON.stringify(one)) as Schema;
    for (const direction of ["request", "response"] as const)
      expect({ one, found: changesOf(direction, one, copy) }).toEqual({ one, found: [] });
  }
});

const found = (changes: readonly string[]) => changes.some((change) => !change.startsWith("note"));

test("what a request refuses after a change is what an answer adds when the change is undone", () => {
  const random = mulberry32(13);
  for (let run = 0; run < 1500; run++) {
    const [one, other] = [flat(random), flat(random)];
    expect({ one, other, found: found(changesOf("request", one, other)) }).toEqual({
      one,
      other,
      found: found(changesOf("response", other, one)),
    });
  }
});

test("malformed schemas are read as far as they go (1,500 of them)", () => {
  const random = mulberry32(17);
  for (let run = 0; run < 1500; run++) {
    const [one, other] = [spoilt(random, schema(random, 3)), spoilt(random, schema(random, 2))];
    expect(Array.isArray(changesOf(run % 2 === 0 ? "request" : "response", one, other))).toBe(true);
  }
});

function pick<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[randomIndex(random, items.length)] ?? items[0];
}

function flat(random: Random): Schema {
  const kind = pick(random, ["number", "text", "values", "list", "types"]);
  const n = () => randomIndex(random, 4);
  if (kind === "number")
    return {
      type: pick(random, ["integer", "number"]),
      ...(random() < 0.5 ? { minimum: n() } : {}),
      ...(random() < 0.5 ? { [pick(random, ["maximum", "exclusiveMaximum"])]: n() + 1 } : {}),
    };
  if (kind === "text")
    return { type: "string", ...(random() < 0.5 ? { minLength: n() } : {}), ...(random() < 0.5 ? { maxLength: n() } : {}) };
  if (kind === "values")
    return { enum: [pick(random, scalars as [unknown, ...unknown[]]), pick(random, scalars as [unknown, ...unknown[]])] };
  if (kind === "types") return { type: [pick(random, ["string", "integer"]), pick(random, ["null", "boolean", "object"])] };
  return {
    type: "array",
    ...(random() < 0.6 ? { items: { type: pick(random, ["string", "integer", "number"]) } } : {}),
    ...(random() < 0.4 ? { [pick(random, ["minItems", "maxItems"])]: n() } : {}),
    ...(random() < 0.2 ? { uniqueItems: true } : {}),
  };
}

function schema(random: Random, depth: number): Schema {
  const chance = random();
  if (depth === 0 || chance < 0.45) return flat(random);
  if (chance < 0.5) return pick(random, [true, {}, false] as [Schema, ...Schema[]]);
  const inner = () => schema(random, depth - 1);
  if (chance < 0.75) {
    const names = ["a", "b"].filter(() => random() < 0.7);
    return {
      ...(random() < 0.9 ? { type: "object" } : {}),
      properties: Object.fromEntries(names.map((name) => [name, inner()])),
      ...(random() < 0.5 ? { required: ["a", "b", "c"].filter(() => random() < 0.4) } : {}),
      ...(random() < 0.3 ? { additionalProperties: random() < 0.5 ? false : inner() } : {}),
      ...(random() < 0.1 ? { patternProperties: { "^[bc]$": inner() } } : {}),
      ...(random() < 0.1 ? { [pick(random, ["minProperties", "maxProperties"])]: randomIndex(random, 3) } : {}),
      ...(random() < 0.1 ? { dependentRequired: { a: ["b"] } } : {}),
      ...(random() < 0.1 ? { propertyNames: { maxLength: randomIndex(random, 3) } } : {}),
    };
  }
  if (chance < 0.82)
    return {
      type: "array",
      prefixItems: [inner()],
      ...(random() < 0.5 ? { items: inner() } : {}),
      ...(random() < 0.3 ? { contains: inner() } : {}),
    };
  if (chance < 0.96) return { [pick(random, ["anyOf", "oneOf", "allOf"])]: [inner(), ...(random() < 0.7 ? [inner()] : [])] };
  if (chance < 0.98) return { type: pick(random, ["string", "integer", "object"]), not: inner() };
  return Object.fromEntries(["if", "then", ...(random() < 0.5 ? ["else"] : [])].map((word) => [word, inner()]));
}

/** One small change somewhere. */
function changed(random: Random, one: Schema): Schema {
  if (typeof one === "boolean" || random() < 0.2) return random() < 0.5 ? one : schema(random, 1);
  const key = pick(random, ["type", ...Object.keys(one)]);
  const { [key]: value, ...others } = one;
  if (Array.isArray(value) && key !== "enum" && value.some((item) => typeof item === "object"))
    return random() < 0.3
      ? { ...one, [key]: value.slice(0, 1) }
      : { ...one, [key]: value.map((item: Schema) => (random() < 0.5 ? item : changed(random, item))) };
  if (key === "properties")
    return {
      ...one,
      properties: Object.fromEntries(
        Object.entries(value as object).map(([name, item]) => [name, random() < 0.5 ? item : changed(random, item as Schema)]),
      ),
    };
  if (typeof value === "number") return { ...one, [key]: value + (random() < 0.5 ? 1 : -1) };
  return random() < 0.5 ? others : one;
}

const rubbish: readonly unknown[] = [
  null,
  7,
  "x",
  [],
  {},
  [null],
  { $ref: 3 },
  { $ref: "#/nowhere" },
  true,
  { type: 5 },
  { ["__proto__"]: 1 },
  -1,
  1e308,
];

function spoilt(random: Random, one: unknown): Schema {
  if (typeof one !== "object" || one === null || random() < 0.15)
    return pick(random, rubbish as [unknown, ...unknown[]]) as Schema;
  const entries = Object.entries(one).map(([key, value]) => [key, random() < 0.4 ? spoilt(random, value) : value] as const);
  return (Array.isArray(one) ? entries.map(([, value]) => value) : Object.fromEntries(entries)) as Schema;
}

/** A small validator of its own, written from the specification (2020-12), so that it shares no mistake with what it judges. */
function isValid(one: unknown, value: unknown): boolean {
  if (typeof one === "boolean") return one;
  const word = one as Readonly<Record<string, never>> & Readonly<Record<string, unknown>>;
  const isType = (type: unknown): boolean =>
    type === "null"
      ? value === null
      : type === "integer"
        ? Number.isInteger(value)
        : type === "array"
          ? Array.isArray(value)
          : type === "object"
            ? typeof value === "object" && value !== null && !Array.isArray(value)
            : typeof value === type;
  if (word["type"] !== undefined && ![word["type"]].flat().some(isType)) return false;
  if (word["enum"] !== undefined && !each(word["enum"]).some((item) => same(item, value))) return false;
  if (typeof value === "number") {
    if (typeof word["minimum"] === "number" && value < word["minimum"]) return false;
    if (typeof word["maximum"] === "number" && value > word["maximum"]) return false;
    if (typeof word["exclusiveMaximum"] === "number" && value >= word["exclusiveMaximum"]) return false;
  }
  const between = (size: number, least: string, most: string) =>
    size >= ((word[least] as number | undefined) ?? 0) &&
    size <= ((word[most] as number | undefined) ?? Number.POSITIVE_INFINITY);
  if (typeof value === "string" && !between(value.length, "minLength", "maxLength")) return false;
  if (Array.isArray(value)) {
    if (!between(value.length, "minItems", "maxItems")) return false;
    if (word["uniqueItems"] === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length) return false;
    const prefix = each(word["prefixItems"]);
    if (!value.every((item, index) => isValid(prefix[index] ?? word["items"] ?? true, item))) return false;
    if (word["contains"] !== undefined && !value.some((item) => isValid(word["contains"], item))) return false;
  } else if (typeof value === "object" && value !== null) {
    const names = Object.keys(value);
    if (!between(names.length, "minProperties", "maxProperties")) return false;
    if (!each(word["required"]).every((name) => names.includes(String(name)))) return false;
    const [properties, patterns] = [Object.entries(word["properties"] ?? {}), Object.entries(word["patternProperties"] ?? {})];
    for (const [name, item] of Object.entries(value)) {
      const own = [...properties.filter(([key]) => key === name), ...patterns.filter(([key]) => new RegExp(key).test(name))];
      if (!own.every(([, inner]) => isValid(inner, item))) return false;
      if (own.length === 0 && !isValid(word["additionalProperties"] ?? true, item)) return false;
      if (word["propertyNames"] !== undefined && !isValid(word["propertyNames"], name)) return false;
    }
    for (const [name, needs] of Object.entries(word["dependentRequired"] ?? {}))
      if (names.includes(name) && !each(needs).every((need) => names.includes(String(need)))) return false;
  }
  if (!each(word["allOf"]).every((inner) => isValid(inner, value))) return false;
  if (word["anyOf"] !== undefined && !each(word["anyOf"]).some((inner) => isValid(inner, value))) return false;
  if (word["oneOf"] !== undefined && each(word["oneOf"]).filter((inner) => isValid(inner, value)).length !== 1) return false;
  if (word["not"] !== undefined && isValid(word["not"], value)) return false;
  if (word["if"] === undefined) return true;
  return isValid((isValid(word["if"], value) ? word["then"] : word["else"]) ?? true, value);
}

function each(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : [];
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
