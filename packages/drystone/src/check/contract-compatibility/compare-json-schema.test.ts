import { describe, expect, test } from "vitest";
import { changesOf } from "./fixtures/changes-of.js";
import type { SchemaDirection } from "./schemas/index.js";

type Schema = Readonly<Record<string, unknown>> | boolean;
type Pair = readonly [name: string, direction: SchemaDirection, old: Schema, next: Schema, found: readonly string[]];

function object(properties: Readonly<Record<string, Schema>>, more: Readonly<Record<string, unknown>> = {}): Schema {
  return { type: "object", properties, ...more };
}
const text = { type: "string" };
const whole = { type: "integer" };
const price = object({ price: { type: "number" } });
const card = object({ kind: { const: "card" }, number: text }, { required: ["kind"] });
const transfer = object({ kind: { const: "transfer" }, iban: text }, { required: ["kind"] });

/** Labelled by hand: what breaks somebody who kept to the old schema is an error, what the schemas cannot decide a warning. */
const pairs: readonly Pair[] = [
  // Types.
  ["a number becomes a text", "request", price, object({ price: text }), ["error type-changed price"]],
  ["a whole number where any number was expected", "response", price, object({ price: whole }), []],
  ["any number where a whole one was expected", "response", object({ price: whole }), price, ["error type-changed price"]],
  ["any number is accepted, not only whole ones", "request", object({ price: whole }), price, []],
  ["only whole numbers are accepted", "request", price, object({ price: whole }), ["error type-changed price"]],
  ["a list of types loses one", "request", { type: ["string", "integer"] }, text, ["error type-changed "]],
  ["a list of types gets one more", "request", text, { type: ["string", "integer"] }, []],
  ["a list of types gets one more in an answer", "response", text, { type: ["string", "integer"] }, ["error type-changed "]],
  ["null is refused", "request", { type: ["string", "null"] }, text, ["error became-not-nullable "]],
  ["null may come", "response", text, { type: ["string", "null"] }, ["error became-nullable "]],
  [
    "the type is named where the words said it already",
    "request",
    { minLength: 1 },
    { type: "string", minLength: 1 },
    ["note type-named "],
  ],
  ["anything becomes an object", "request", {}, price, ["error type-changed "]],
  ["an object becomes anything in an answer", "response", price, {}, ["error type-changed ", "warning property-removed price"]],
  // Values.
  ["a value is removed", "request", { enum: ["a", "b"] }, { enum: ["a"] }, ["error enum-value-removed "]],
  ["a value is added", "request", { enum: ["a"] }, { enum: ["a", "b"] }, []],
  ["a value may come that was not named", "response", { enum: ["a"] }, { enum: ["a", "b"] }, ["warning enum-value-added "]],
  ["a value no longer comes", "response", { enum: ["a", "b"] }, { enum: ["a"] }, []],
  [
    "an open list of values grows",
    "response",
    { type: "string", "x-extensible-enum": ["a"] },
    { type: "string", "x-extensible-enum": ["a", "b"] },
    [],
  ],
  [
    "an open list of values shrinks",
    "request",
    { type: "string", "x-extensible-enum": ["a", "b"] },
    { type: "string", "x-extensible-enum": ["a"] },
    ["error enum-value-removed "],
  ],
  ["a text becomes a list of values", "request", text, { type: "string", enum: ["a"] }, ["error became-enum "]],
  ["a list of values becomes any text", "response", { type: "string", enum: ["a", "b"] }, text, ["error enum-opened "]],
  ["a fixed value changes", "response", { const: "a" }, { const: "b" }, ["error value-unexpected "]],
  ["a fixed value is no longer fixed", "response", { type: "string", const: "a" }, text, ["error const-removed "]],
  ["values are checked against bounds", "request", { enum: [1, 5] }, { type: "integer", maximum: 4 }, ["error value-refused "]],
  ["both booleans are all booleans", "request", { type: "boolean" }, { enum: [true, false] }, []],
  // Bounds.
  ["a maximum sinks", "request", { type: "integer", maximum: 10 }, { type: "integer", maximum: 5 }, ["error maximum-tightened "]],
  [
    "a maximum rises in an answer",
    "response",
    { type: "integer", maximum: 5 },
    { type: "integer", maximum: 10 },
    ["error maximum-loosened "],
  ],
  ["a maximum comes new", "request", whole, { type: "integer", maximum: 5 }, ["warning maximum-set "]],
  ["a minimum goes away in an answer", "response", { type: "integer", minimum: 0 }, whole, ["error minimum-removed "]],
  [
    "above 4 is from 5 on for whole numbers",
    "request",
    { type: "integer", minimum: 5 },
    { type: "integer", exclusiveMinimum: 4 },
    [],
  ],
  [
    "above 4 is not from 5 on for all numbers",
    "response",
    { type: "number", minimum: 5 },
    { type: "number", exclusiveMinimum: 4 },
    ["error minimum-loosened "],
  ],
  [
    "exclusive as a boolean",
    "request",
    { type: "number", maximum: 5 },
    { type: "number", maximum: 5, exclusiveMaximum: true },
    ["error maximum-tightened "],
  ],
  [
    "a length sinks",
    "request",
    { type: "string", maxLength: 10 },
    { type: "string", maxLength: 5 },
    ["error max-length-tightened "],
  ],
  ["a length is no longer promised", "response", { type: "string", maxLength: 10 }, text, ["error max-length-removed "]],
  [
    "more items are needed",
    "request",
    { type: "array", minItems: 1 },
    { type: "array", minItems: 2 },
    ["error min-items-tightened "],
  ],
  [
    "fewer items may come",
    "response",
    { type: "array", minItems: 2 },
    { type: "array", minItems: 1 },
    ["error min-items-loosened "],
  ],
  ["items have to differ", "request", { type: "array" }, { type: "array", uniqueItems: true }, ["error unique-added "]],
  [
    "multiples of 2 become multiples of 4",
    "request",
    { type: "integer", multipleOf: 2 },
    { type: "integer", multipleOf: 4 },
    ["error multiple-of-tightened "],
  ],
  ["multiples of 4 are multiples of 2", "response", { type: "integer", multipleOf: 2 }, { type: "integer", multipleOf: 4 }, []],
  // Texts.
  ["a pattern comes new", "request", text, { type: "string", pattern: "^[a-z]+$" }, ["error pattern-added "]],
  [
    "a pattern changes",
    "request",
    { type: "string", pattern: "^[a-z]+$" },
    { type: "string", pattern: "^[a-z]*$" },
    ["warning pattern-changed "],
  ],
  ["a pattern that takes anything", "request", text, { type: "string", pattern: ".*" }, []],
  ["a format comes new", "request", text, { type: "string", format: "uuid" }, ["error format-changed "]],
  ["int32 fits into int64", "response", { type: "integer", format: "int64" }, { type: "integer", format: "int32" }, []],
  [
    "int64 does not fit into int32",
    "response",
    { type: "integer", format: "int32" },
    { type: "integer", format: "int64" },
    ["error format-changed "],
  ],
  [
    "another encoding",
    "response",
    { type: "string", contentEncoding: "base64" },
    { type: "string", contentEncoding: "base16" },
    ["error content-changed "],
  ],
  // Objects.
  [
    "a new required property",
    "request",
    object({}),
    object({ id: text }, { required: ["id"] }),
    ["error required-property-added id"],
  ],
  [
    "a default does not make it safe",
    "request",
    object({}),
    object({ id: { ...text, default: "x" } }, { required: ["id"] }),
    ["error required-property-added id"],
  ],
  [
    "a property becomes required",
    "request",
    object({ id: text }),
    object({ id: text }, { required: ["id"] }),
    ["error property-became-required id"],
  ],
  ["a new optional property", "request", object({}), object({ id: text }), []],
  ["a property is removed from a request", "request", object({ id: text }), object({}), ["warning property-removed id"]],
  [
    "a property is removed and no other is accepted",
    "request",
    object({ id: text }),
    object({}, { additionalProperties: false }),
    ["error property-removed id", "error additional-properties-restricted "],
  ],
  [
    "a required property is removed from an answer",
    "response",
    object({ id: text }, { required: ["id"] }),
    object({}),
    ["error property-removed id"],
  ],
  [
    "an optional property is removed from an answer",
    "response",
    object({ id: text }),
    object({}),
    ["warning property-removed id"],
  ],
  [
    "a property becomes optional in an answer",
    "response",
    object({ id: text }, { required: ["id"] }),
    object({ id: text }),
    ["error property-became-optional id"],
  ],
  ["a property becomes required in an answer", "response", object({ id: text }), object({ id: text }, { required: ["id"] }), []],
  ["a property is added to an answer", "response", object({}), object({ id: text }), []],
  [
    "a property is added to a closed answer",
    "response",
    object({}, { additionalProperties: false }),
    object({ id: text }, { additionalProperties: false }),
    ["error property-unexpected id"],
  ],
  [
    "an answer is opened",
    "response",
    object({}, { additionalProperties: false }),
    object({}),
    ["error additional-properties-opened "],
  ],
  [
    "a map of texts becomes a map of numbers",
    "response",
    { type: "object", additionalProperties: text },
    { type: "object", additionalProperties: whole },
    ["error type-changed *"],
  ],
  [
    "what is read-only is not sent",
    "request",
    object({ id: { ...text, readOnly: true } }),
    object({ id: { ...whole, readOnly: true } }),
    [],
  ],
  [
    "what is write-only does not come",
    "response",
    object({ pin: { ...text, writeOnly: true } }, { required: ["pin"] }),
    object({}),
    [],
  ],
  ["a required read-only property", "request", object({}), object({ id: { ...text, readOnly: true } }, { required: ["id"] }), []],
  [
    "a property is needed with another",
    "request",
    object({ a: text, b: text }),
    object({ a: text, b: text }, { dependentRequired: { a: ["b"] } }),
    ["error dependent-required-added a"],
  ],
  [
    "names of properties get a form",
    "request",
    { type: "object" },
    { type: "object", propertyNames: { pattern: "^[a-z]+$" } },
    ["error property-names-added "],
  ],
  [
    "a property moves under a pattern",
    "request",
    object({ x_a: text }),
    { type: "object", patternProperties: { "^x_": text } },
    ["error pattern-property-added "],
  ],
  [
    "more properties are needed",
    "request",
    { type: "object" },
    { type: "object", minProperties: 2 },
    ["warning min-properties-set "],
  ],
  // Lists.
  [
    "items change their type",
    "request",
    { type: "array", items: text },
    { type: "array", items: whole },
    ["error type-changed []"],
  ],
  [
    "an item of a tuple changes",
    "request",
    { type: "array", prefixItems: [text, whole] },
    { type: "array", prefixItems: [text, text] },
    ["error type-changed [1]"],
  ],
  ["a list below items is a tuple", "request", { type: "array", items: [text] }, { type: "array", prefixItems: [text] }, []],
  ["a certain item is asked for", "request", { type: "array" }, { type: "array", contains: text }, ["error contains-added "]],
  [
    "fewer of a certain item are allowed",
    "request",
    { type: "array", contains: text, maxContains: 3 },
    { type: "array", contains: text, maxContains: 2 },
    ["error max-contains-added "],
  ],
  // Combinations.
  [
    "allOf is what its parts are",
    "request",
    object({ id: text, n: whole }, { required: ["id"] }),
    { allOf: [object({ id: text }, { required: ["id"] }), object({ n: whole })] },
    [],
  ],
  [
    "a part of allOf asks for more",
    "request",
    { allOf: [object({ id: text })] },
    { allOf: [object({ id: text }), { required: ["id"] }] },
    ["error property-became-required id"],
  ],
  ["a branch of anyOf is removed", "request", { anyOf: [text, whole] }, { anyOf: [text] }, ["error anyof-branch-removed "]],
  ["a branch of anyOf is added", "request", { anyOf: [text] }, { anyOf: [text, whole] }, []],
  [
    "a branch of anyOf is added to an answer",
    "response",
    { anyOf: [text] },
    { anyOf: [text, whole] },
    ["error anyof-branch-added "],
  ],
  ["branches in another order", "response", { oneOf: [card, transfer] }, { oneOf: [transfer, card] }, []],
  ["a branch of oneOf that can be told apart", "request", { oneOf: [card] }, { oneOf: [card, transfer] }, []],
  ["a kind of payment is removed", "request", { oneOf: [card, transfer] }, { oneOf: [card] }, ["error oneof-branch-removed "]],
  ["a choice of types is spread over branches", "request", { type: ["string", "integer"] }, { anyOf: [text, whole] }, []],
  [
    "a property of a branch becomes required",
    "request",
    { oneOf: [card, transfer] },
    { oneOf: [card, object({ kind: { const: "transfer" }, iban: text }, { required: ["kind", "iban"] })] },
    ["error property-became-required iban"],
  ],
  [
    "a branch that a fixed value tells apart says what it lost",
    "response",
    { oneOf: [card, transfer] },
    { oneOf: [card, object({ kind: { const: "transfer" } }, { required: ["kind"] })] },
    ["warning property-removed iban"],
  ],
  ["something is excluded", "request", text, { type: "string", not: { enum: ["a"] } }, ["error not-added "]],
  ["what is excluded could not come anyway", "request", text, { type: "string", not: whole }, []],
  [
    "a condition asks for more",
    "request",
    object({ a: text, b: text }),
    {
      ...(object({ a: text, b: text }) as object),
      ...JSON.parse('{ "if": { "required": ["a"] }, "then": { "required": ["b"] } }'),
    },
    ["error if-added "],
  ],
  ["nothing is accepted", "request", text, false, ["error nothing-allowed "]],
];

describe("pairs labelled by hand", () => {
  test.each(pairs)("%s (%s)", (_, direction, old, next, found) => {
    expect(changesOf(direction, old, next)).toEqual(found);
  });
});

const tree = (value: Schema): Schema => ({
  $ref: "#/$defs/node",
  $defs: { node: object({ value, children: { type: "array", items: { $ref: "#/$defs/node" } } }) },
});
const deep = (leaf: Schema) =>
  Array.from({ length: 140 }).reduce<Schema>((inner) => ({ anyOf: [object({ a: inner }), { type: "boolean" }] }), leaf);

const chain = (leaf: Schema) => Array.from({ length: 140 }).reduce<Schema>((inner) => object({ a: inner }), leaf);

describe("references", () => {
  test("an object that becomes one of two: the other one is named, not what it lacks", () => {
    const $defs = {
      Place: object({ id: text, address: text }, { required: ["id", "address"] }),
      DeletedPlace: object({ id: text, deleted: { type: "boolean" } }, { required: ["id", "deleted"] }),
    };
    const kinds = { anyOf: [{ $ref: "#/$defs/Place" }, { $ref: "#/$defs/DeletedPlace" }], $defs };
    expect(changesOf("response", { $ref: "#/$defs/Place", $defs }, kinds)).toEqual(["error anyof-branch-added "]);
  });
  test("a schema that holds itself is compared once", () => {
    expect(changesOf("request", tree(text), tree(text))).toEqual([]);
    expect(changesOf("request", tree(text), tree(whole))).toEqual(["error type-changed value"]);
  });
  test("what leads nowhere is no silent yes", () => {
    expect(changesOf("request", text, { $ref: "#/$defs/gone" })).toEqual(["warning reference-not-read "]);
  });
  test("a long chain is compared to its end", () => {
    expect(changesOf("request", chain(text), chain(whole))).toEqual(["error type-changed a.a.a.a.a.….a.a.a.a.a.a"]);
  });
  test("what is nested too deep is a warning", () => {
    const nested = deep(text);
    expect(changesOf("request", nested, deep(whole)).map((change) => change.split(" ").slice(0, 2).join(" "))).toContain(
      "warning not-compared",
    );
  });
});
