/** A schema with its references followed and its `allOf` put together: what all of its parts ask for at once. */
import type { SchemaNode, SchemaReader } from "./schema-reader.js";
import { simplePattern } from "./simple-pattern.js";
import { canonical, type Fields, fields, isFields, list, number, own, text, texts } from "./values.js";

/** `number` is both `integer` and `fraction`. */
export type JsonType = "null" | "boolean" | "integer" | "fraction" | "string" | "array" | "object";
export const jsonTypes: readonly JsonType[] = ["null", "boolean", "integer", "fraction", "string", "array", "object"];

/** Schemas that all have to hold. A part that is bare leaves out its `anyOf` and `oneOf`: one branch of them was chosen already. */
export type Conjunction = readonly Part[];
export interface Part {
  readonly node: SchemaNode;
  readonly bare: boolean;
}

export interface Bound {
  readonly value: number;
  readonly exclusive: boolean;
}

export interface BranchGroup {
  readonly kind: "anyOf" | "oneOf";
  readonly branches: readonly SchemaNode[];
  readonly node: SchemaNode;
}

export interface NormalSchema {
  /** The same for the same parts. */
  readonly key: string;
  /** As asked for. */
  readonly given: Conjunction;
  /** Flat: no `allOf`, no reference. */
  readonly parts: Conjunction;
  /** The last part, for its place. */
  readonly node: SchemaNode | null;
  readonly never: boolean;
  readonly types: ReadonlySet<JsonType>;
  /** False when no part names a type. */
  readonly typed: boolean;
  /** Types that its other words speak of. */
  readonly implied: ReadonlySet<JsonType>;
  /** All that is allowed, of `enum` and `const`; null for no such list. */
  readonly values: readonly unknown[] | null;
  readonly isConst: boolean;
  /** More values may come: readers are asked to expect them. */
  readonly extensible: readonly unknown[] | null;
  readonly minimum: Bound | null;
  readonly maximum: Bound | null;
  readonly multiples: readonly number[];
  readonly minLength: number;
  readonly maxLength: number;
  readonly patterns: readonly string[];
  readonly format: string | null;
  readonly encoding: string | null;
  readonly mediaType: string | null;
  readonly contentSchema: Conjunction | null;
  readonly minItems: number;
  readonly maxItems: number;
  readonly unique: boolean;
  readonly prefix: readonly Conjunction[];
  /** Of the items behind the prefix; empty for any. */
  readonly rest: Conjunction;
  readonly contains: readonly { readonly schema: Conjunction; readonly least: number; readonly most: number }[];
  readonly properties: ReadonlyMap<string, Conjunction>;
  readonly patternProperties: ReadonlyMap<string, Conjunction>;
  /** Of properties that nothing else names; null when nothing is said. */
  readonly additional: Conjunction | null;
  /** Schemas for one property: its own, those of patterns and of `additionalProperties`, part by part. */
  property(name: string): Conjunction;
  readonly required: ReadonlySet<string>;
  readonly minProperties: number;
  readonly maxProperties: number;
  readonly names: Conjunction;
  readonly dependentRequired: ReadonlyMap<string, readonly string[]>;
  readonly dependentSchemas: ReadonlyMap<string, Conjunction>;
  readonly groups: readonly BranchGroup[];
  readonly nots: readonly SchemaNode[];
  readonly conditions: readonly Condition[];
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly deprecated: boolean;
  readonly sunset: string | null;
  readonly defaultValue: unknown;
  /** References that lead nowhere. */
  readonly unread: readonly string[];
}

export interface Condition {
  readonly condition: SchemaNode;
  /** `then`. */
  readonly holds: SchemaNode | null;
  /** `else`. */
  readonly fails: SchemaNode | null;
}

export function part(node: SchemaNode): Part {
  return { node, bare: false };
}

export function keyOf(parts: Conjunction): string {
  return [...new Set(parts.map(({ node, bare }) => `${node.id}${bare ? "b" : ""}`))].sort().join("&");
}

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

/** True for a `$ref` with nothing beside it that asks for something. */
export function isReferenceOnly({ value, dialect }: SchemaNode): boolean {
  if (typeof value === "boolean" || typeof value["$ref"] !== "string") return false;
  return dialect !== "json-schema" || Object.keys(value).every((word) => /^(?:\$ref|description|summary|title)$/.test(word));
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

function typesOf(parts: Conjunction): Set<JsonType> | null {
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

const wordsOf: readonly (readonly [JsonType, readonly string[]])[] = [
  [
    "object",
    ["properties", "required", "additionalProperties", "patternProperties", "minProperties", "maxProperties", "propertyNames"],
  ],
  ["array", ["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"]],
  ["string", ["minLength", "maxLength", "pattern", "contentEncoding"]],
  ["integer", ["minimum", "maximum", "multipleOf"]],
];

function impliedTypes(values: readonly Fields[]): Set<JsonType> {
  const found = wordsOf.flatMap(([type, words]) =>
    values.some((value) => words.some((word) => Object.hasOwn(value, word))) ? [type] : [],
  );
  return new Set(found.flatMap((type): JsonType[] => (type === "integer" ? ["integer", "fraction"] : [type])));
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

interface ObjectPart {
  readonly properties: ReadonlyMap<string, Conjunction>;
  readonly patterns: ReadonlyMap<string, Conjunction>;
  readonly additional: Conjunction | null;
  /** Whether `additional` leaves out what other parts name. */
  readonly unevaluated: boolean;
}

function objectPart(node: SchemaNode, reader: SchemaReader): ObjectPart {
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

function schemasFor(view: ObjectPart, name: string, all: ReadonlySet<string>): Conjunction {
  const matching = [...view.patterns].filter(([pattern]) => matches(pattern, name) !== false);
  const own = [...(view.properties.get(name) ?? []), ...matching.flatMap(([, parts]) => parts)];
  const named = view.properties.has(name) || matching.length > 0 || (view.unevaluated && all.has(name));
  return named ? own : (view.additional ?? []);
}

/** Null when the pattern is not run. */
export function matches(pattern: string, value: string): boolean | null {
  const expression = value.length > 200 ? null : simplePattern(pattern);
  return expression === null ? null : expression.test(value);
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

/** `dependencies` with names is the older way to write it. */
function dependentNames(values: readonly Fields[]): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const value of values)
    for (const word of ["dependentRequired", "dependencies"])
      for (const [name, needs] of Object.entries(fields(value[word])))
        if (Array.isArray(needs)) found.set(name, [...(found.get(name) ?? []), ...texts(needs)]);
  return found;
}

function dependentSchemas(node: SchemaNode, reader: SchemaReader): [string, Conjunction][] {
  return ["dependentSchemas", "dependencies"].flatMap((word) =>
    Object.entries(fields(own(node.value, word))).flatMap(([name, inner]): [string, Conjunction][] =>
      Array.isArray(inner) ? [] : [[name, [part(reader.below(node, inner, word, name))]]],
    ),
  );
}

function groupsOf(node: SchemaNode, reader: SchemaReader): BranchGroup[] {
  return (["anyOf", "oneOf"] as const).flatMap((kind): BranchGroup[] => {
    const branches = list(own(node.value, kind));
    if (branches.length === 0) return [];
    const nodes = branches.map((inner, index) => reader.below(node, inner, kind, String(index)));
    return [{ kind, node, branches: nodes.flatMap((branch) => spread(kind, branch, reader, new Set())) }];
  });
}

/** A branch that is nothing but such a choice again stands for its own branches. */
function spread(kind: BranchGroup["kind"], branch: SchemaNode, reader: SchemaReader, around: ReadonlySet<number>): SchemaNode[] {
  let node = branch;
  for (let step = 0; step < 20 && isReferenceOnly(node); step++) {
    const found = reader.follow(text(own(node.value, "$ref")), node);
    if (found === null) return [branch];
    node = found;
  }
  const inner = list(own(node.value, kind));
  const says = (word: string) => word !== kind && (word === "discriminator" || constrains(word, false));
  if (inner.length === 0 || around.size > 20 || Object.keys(node.value).some(says)) return [branch];
  if (around.has(node.id)) return [];
  const within = new Set([...around, node.id]);
  return inner.flatMap((value, index) => spread(kind, reader.below(node, value, kind, String(index)), reader, within));
}

function conditionsOf(node: SchemaNode, reader: SchemaReader): Condition[] {
  const inner = (word: string) => {
    const value = own(node.value, word);
    return value === undefined ? null : reader.below(node, value, word);
  };
  const condition = inner("if");
  const holds = inner("then");
  const fails = inner("else");
  return condition === null || (holds === null && fails === null) ? [] : [{ condition, holds, fails }];
}

/** True for a schema that asks for nothing. */
export function isAnything(schema: NormalSchema): boolean {
  return (
    !schema.never &&
    schema.unread.length === 0 &&
    schema.parts.every(
      ({ node, bare }) => !isFields(node.value) || !Object.keys(node.value).some((word) => constrains(word, bare)),
    )
  );
}

function constrains(word: string, bare: boolean): boolean {
  if (word === "anyOf" || word === "oneOf") return !bare;
  return !silentWords.has(word) && !word.startsWith("x-");
}

const silentWords: ReadonlySet<string> = new Set([
  "title",
  "description",
  "default",
  "example",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "$comment",
  "$schema",
  "$id",
  "id",
  "$anchor",
  "$defs",
  "definitions",
  "externalDocs",
  "xml",
  "discriminator",
  "nullable",
  "allOf",
  "$ref",
  "then",
  "else",
  "$vocabulary",
]);
