/** A schema with its references followed and its `allOf` put together: what all of its parts ask for at once. */

import { isFields } from "../values.js";
import type { SchemaNode } from "./schema-reader.js";

/** `number` is both `integer` and `fraction`. */
export type JsonType = "null" | "boolean" | "integer" | "fraction" | "string" | "array" | "object";
export const jsonTypes: readonly JsonType[] = ["null", "boolean", "integer", "fraction", "string", "array", "object"];

/** One schema per type that asks for nothing else. */
export type TypeNodes = ReadonlyMap<JsonType, SchemaNode>;

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

/** True for a `$ref` with nothing beside it that asks for something. */
export function isReferenceOnly({ value, dialect }: SchemaNode): boolean {
  if (typeof value === "boolean" || typeof value["$ref"] !== "string") return false;
  return dialect !== "json-schema" || Object.keys(value).every((word) => /^(?:\$ref|description|summary|title)$/.test(word));
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

export function constrains(word: string, bare: boolean): boolean {
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
