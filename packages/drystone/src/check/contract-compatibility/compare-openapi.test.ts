import { describe, expect, test } from "vitest";
import { compareOpenapi } from "./compare-openapi.js";

type Value = Readonly<Record<string, unknown>>;

const json = (schema: unknown) => ({ "application/json": { schema } });
const ok = { "200": { description: "ok", content: json({ type: "object", properties: { id: { type: "string" } } }) } };
const orders = (operation: Value, more: Value = {}): Value => ({
  openapi: "3.1.0",
  info: { title: "orders", version: "1.0.0" },
  paths: { "/orders": { get: { responses: ok, ...operation } } },
  ...more,
});
const query = (more: Value, name = "limit") => ({ parameters: [{ name, in: "query", schema: { type: "integer" }, ...more }] });
const body = (schema: unknown, more: Value = {}) => ({ requestBody: { content: json(schema), ...more } });

const cases: readonly (readonly [name: string, old: Value, next: Value, found: readonly string[]])[] = [
  ["nothing changes", orders({}), orders({}), []],
  [
    "words change",
    orders({ summary: "a", operationId: "a", tags: ["a"] }),
    orders({ summary: "b", operationId: "b", tags: ["b"] }),
    [],
  ],
  ["an operation is removed", orders({}), { ...orders({}), paths: {} }, ["error operation-removed GET /orders"]],
  [
    "a deprecated one is removed",
    orders({ deprecated: true }),
    { ...orders({}), paths: {} },
    ["note operation-removed GET /orders"],
  ],
  [
    "one is removed after its date",
    orders({ deprecated: true, "x-sunset": "2026-01-31" }),
    { ...orders({}), paths: {} },
    ["note operation-removed GET /orders"],
  ],
  [
    "one is removed before its date",
    orders({ deprecated: true, "x-sunset": "2027-01-31" }),
    { ...orders({}), paths: {} },
    ["error operation-removed GET /orders"],
  ],
  [
    "the date is taken back",
    orders({ deprecated: true, "x-sunset": "2027-01-31" }),
    orders({ deprecated: true }),
    ["error sunset-removed GET /orders"],
  ],
  [
    "a path parameter is renamed",
    {
      ...orders({}),
      paths: {
        "/o/{id}": {
          get: { parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }], responses: ok },
        },
      },
    },
    {
      ...orders({}),
      paths: {
        "/o/{key}": {
          get: { parameters: [{ name: "key", in: "path", required: true, schema: { type: "string" } }], responses: ok },
        },
      },
    },
    [],
  ],
  ["a new required parameter", orders({}), orders(query({ required: true })), ["error required-parameter-added GET /orders"]],
  ["a new optional parameter", orders({}), orders(query({})), []],
  [
    "a parameter becomes required",
    orders(query({})),
    orders(query({ required: true })),
    ["error parameter-became-required GET /orders"],
  ],
  ["a parameter is removed", orders(query({})), orders({}), ["warning parameter-removed GET /orders"]],
  [
    "its default changes",
    orders(query({ schema: { type: "integer", default: 10 } })),
    orders(query({ schema: { type: "integer", default: 50 } })),
    ["error parameter-default-changed GET /orders"],
  ],
  ["a number where any text goes", orders(query({})), orders(query({ schema: { type: "string" } })), []],
  [
    "a value where it may be repeated",
    orders(query({})),
    orders(query({ schema: { type: "array", items: { type: "integer" } } })),
    [],
  ],
  ["another style", orders(query({})), orders(query({ style: "pipeDelimited" })), ["error parameter-style-changed GET /orders"]],
  [
    "the body becomes required",
    orders(body({ type: "object" })),
    orders(body({ type: "object" }, { required: true })),
    ["error body-became-required GET /orders"],
  ],
  [
    "another media type",
    orders(body({ type: "object" })),
    orders({ requestBody: { content: { "application/xml": { schema: { type: "object" } } } } }),
    ["error request-media-type-removed GET /orders"],
  ],
  [
    "a wildcard takes it",
    orders(body({ type: "object" })),
    orders({ requestBody: { content: { "*/*": { schema: { type: "object" } } } } }),
    [],
  ],
  ["a status is removed", orders({}), orders({ responses: { "201": ok["200"] } }), ["error response-status-removed GET /orders"]],
  ["a class of statuses holds it", orders({}), orders({ responses: { "2XX": ok["200"] } }), []],
  ["an error is removed", orders({ responses: { ...ok, "404": { description: "" } } }), orders({}), []],
  [
    "a header that always came",
    orders({ responses: { "200": { headers: { ETag: { required: true, schema: { type: "string" } } } } } }),
    orders({ responses: { "200": {} } }),
    ["error response-header-removed GET /orders"],
  ],
  [
    "authentication is asked for",
    orders({}),
    orders({ security: [{ oauth: ["read"] }] }),
    ["warning security-tightened GET /orders"],
  ],
  [
    "a scope is added",
    orders({ security: [{ oauth: ["read"] }] }),
    orders({ security: [{ oauth: ["read", "write"] }] }),
    ["warning security-tightened GET /orders"],
  ],
  [
    "another way in is added",
    orders({ security: [{ oauth: ["read"] }] }),
    orders({ security: [{ oauth: ["read"] }, { key: [] }] }),
    [],
  ],
  [
    "the path before all paths changes",
    orders({}, { servers: [{ url: "https://a.shop/v1" }] }),
    orders({}, { servers: [{ url: "https://a.shop/v2" }] }),
    ["warning server-changed "],
  ],
  [
    "what a webhook sends gets wider",
    orders({}, { webhooks: { placed: { post: body({ type: "integer" }) } } }),
    orders({}, { webhooks: { placed: { post: body({ type: "number" }) } } }),
    ["error response-type-changed webhook POST placed"],
  ],
  [
    "what a webhook sends gets narrower",
    orders({}, { webhooks: { placed: { post: body({ type: "number" }) } } }),
    orders({}, { webhooks: { placed: { post: body({ type: "integer" }) } } }),
    [],
  ],
  ["a list where parameters should be", orders({}), orders({ parameters: { limit: {} } }), ["error malformed "]],
  [
    "required as a boolean",
    orders({}),
    orders({}, { components: { schemas: { A: { type: "object", properties: { id: { type: "string", required: true } } } } } }),
    ["error malformed "],
  ],
  [
    "a reference that leads nowhere",
    orders(body({ $ref: "#/components/schemas/A" }), { components: { schemas: { A: { type: "string" } } } }),
    orders(body({ $ref: "#/components/schemas/A" })),
    ["warning reference-not-read "],
  ],
];

const of = (version: string, schema: Value) => ({ ...orders(body(schema)), openapi: version });
const shared = (type: string): Value => ({
  ...orders({}),
  paths: {
    "/a": { post: body({ $ref: "#/components/schemas/A" }) },
    "/b": { post: body({ $ref: "#/components/schemas/A" }) },
  },
  components: { schemas: { A: { type } } },
});
const pets = (parameters: readonly Value[], response: Value): Value => ({
  swagger: "2.0",
  basePath: "/v1",
  paths: { "/pets": { post: { parameters, responses: { "200": { schema: response } } } } },
});
const root = (file: string) => ({ openapi: "3.1.0", paths: { "/a": { $ref: file } } });
const item = (type: string) => ({ get: { responses: { "200": { content: json({ type }) } } } });

describe("OpenAPI", () => {
  test.each(cases)("%s", (_, old, next, found) => expect(changes(old, next)).toEqual(found));

  test("3.0 and 3.1 say null in their own ways", () => {
    expect(changes(of("3.0.3", { type: "string", nullable: true }), of("3.1.0", { type: ["string", "null"] }))).toEqual([]);
    expect(changes(of("3.0.3", { type: "string", nullable: true }), of("3.1.0", { type: "string" }))).toEqual([
      "error request-became-not-nullable GET /orders",
    ]);
  });

  test("a schema that two operations share is told once", () => {
    expect(changes(shared("string"), shared("integer"))).toEqual(["error request-type-changed POST /a, POST /b"]);
  });

  test("2.0: parameters hold types, bodies and forms", () => {
    const before = pets(
      [
        { name: "body", in: "body", schema: { type: "object" } },
        { name: "q", in: "query", type: "string" },
      ],
      { type: "integer" },
    );
    const after = pets(
      [
        { name: "body", in: "body", schema: { type: "array" } },
        { name: "q", in: "query", type: "string", enum: ["a"] },
      ],
      { type: "number" },
    );
    expect(changes(before, after)).toEqual([
      "error request-became-enum POST /pets",
      "error request-type-changed POST /pets",
      "error response-type-changed POST /pets",
    ]);
  });

  test("a path may stand in another file; a file outside is not followed", () => {
    const of = (type: string) => ({ "api/openapi.yaml": root("./paths/a.yaml"), "api/paths/a.yaml": item(type) });
    expect(compare(of("integer"), of("string"))).toEqual(["error response-type-changed GET /a"]);
    const outside = { "api/openapi.yaml": root("../../secret.yaml") };
    expect(compare(outside, outside)).toEqual(["warning malformed "]);
  });
});

function changes(old: Value, next: Value): string[] {
  return compare({ "api/openapi.yaml": old }, { "api/openapi.yaml": next });
}

function compare(old: Value, next: Value): string[] {
  const documents = (files: Value) =>
    new Map(Object.entries(files).map(([file, value]) => [file, { file, value, lineOf: () => 1 }]));
  const [before, after] = [documents(old), documents(next)];
  const [first, second] = [before, after].map((all) => all.get("api/openapi.yaml"));
  if (!first || !second) throw new TypeError("both sides have the file");
  return compareOpenapi({ old: first, oldDocuments: before, new: second, newDocuments: after, asOf: "2026-11-20" })
    .map(({ level, rule, subjects }) => `${level} ${rule} ${subjects.join(", ")}`)
    .sort();
}

const answerOf = (index: number) => ({
  content: { "application/json": { schema: { $ref: `#/components/schemas/S${index}` } } },
});

test("many operations over one web of schemas: each that reaches the change is counted", () => {
  const count = 400;
  const web = (required: string) => {
    const schema = (index: number) => ({
      type: "object",
      ...(index === 7 ? { required: [required] } : {}),
      properties: { id: { type: "string" }, next: { $ref: `#/components/schemas/S${(index + 1) % count}` } },
    });
    const numbers = Array.from({ length: count }, (_, index) => index);
    const value = {
      openapi: "3.0.3",
      info: { title: "web", version: "1" },
      paths: Object.fromEntries(numbers.map((index) => [`/s${index}`, { get: { responses: { 200: answerOf(index) } } }])),
      components: { schemas: Object.fromEntries(numbers.map((index) => [`S${index}`, schema(index)])) },
    };
    return { file: "openapi.json", value, lineOf: () => 1 };
  };
  const [old, next] = [web("id"), web("other")];
  const documents = (document: typeof old) => new Map([[document.file, document]]);
  const changes = compareOpenapi({
    old,
    oldDocuments: documents(old),
    new: next,
    newDocuments: documents(next),
    asOf: "2026-11-21",
  });
  expect(changes.map(({ level, rule, subjects }) => [level, rule, subjects.length])).toEqual([
    ["error", "response-property-became-optional", count],
  ]);
});
