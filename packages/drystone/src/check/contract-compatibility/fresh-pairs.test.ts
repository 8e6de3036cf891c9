/** Pairs of a second day, labelled by the specifications before anything was run: whether an error stands among what is said. */
import { describe, expect, test } from "vitest";
import { type Files, verdictOf } from "./fixtures/verdict-of.js";

/** break: an error. keep: none. */
type Label = "break" | "keep";
type Json = Readonly<Record<string, unknown>>;
type Pair = readonly [name: string, label: Label, old: Files, next: Files, consumed?: "consumed"];

const text = { type: "string" };
const whole = { type: "integer" };
const decimal = { type: "number" };
const object = (more: Json = {}): Json => ({ type: "object", ...more });
const component = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const schemas = (all: Json): Json => ({ components: { schemas: all } });

const doc = (version: string, paths: Json, more: Json = {}): Json => ({
  openapi: version,
  info: { title: "t", version: "1" },
  paths,
  ...more,
});
const body = (schema: unknown, more: Json = {}): Json => ({
  requestBody: { required: true, content: { "application/json": { schema } }, ...more },
  responses: { 204: { description: "done" } },
});
const ans = (schema: unknown, more: Json = {}): Json => ({
  responses: { 200: { description: "ok", content: { "application/json": { schema } }, ...more } },
});
const post = (operation: Json, more: Json = {}, version = "3.0.3") => doc(version, { "/parcels": { post: operation } }, more);
const get = (operation: Json, more: Json = {}, version = "3.0.3") => doc(version, { "/parcels": { get: operation } }, more);
const pair = (name: string, label: Label, old: Json, next: Json): Pair => [
  name,
  label,
  { "api.json": old },
  { "api.json": next },
];

interface Said {
  readonly req?: Json;
  readonly res?: Json;
  readonly params?: readonly Json[];
  readonly schemas?: Json;
  readonly ct?: string;
}
const said = (version: string, { req, res, params = [], schemas: all = {}, ct = "application/json" }: Said): Json =>
  post(
    {
      parameters: params,
      ...(req === undefined ? {} : { requestBody: { required: true, content: { "application/json": { schema: req } } } }),
      responses: { 200: { description: "ok", ...(res === undefined ? {} : { content: { [ct]: { schema: res } } }) } },
    },
    schemas(all),
    version,
  );
const spec = (name: string, label: Label, version: string, old: Said, next: Said): Pair =>
  pair(name, label, said(version, old), said(version, next));
const cat = object({ properties: { kind: text, lives: whole }, required: ["kind"] });
const dog = object({ properties: { kind: text, bark: text }, required: ["kind"] });
const owl = object({ properties: { kind: text, wing: whole }, required: ["kind"] });
const kinds = (names: readonly string[]): Json => ({
  oneOf: names.map(component),
  discriminator: {
    propertyName: "kind",
    mapping: Object.fromEntries(names.map((name) => [name.toLowerCase(), `#/components/schemas/${name}`])),
  },
});
const first = object({ properties: { kind: { type: "string", enum: ["a"] }, x: text }, required: ["kind", "x"] });
const other = object({ properties: { kind: { type: "string", enum: ["b"] }, y: whole }, required: ["kind", "y"] });
const tree = (required: readonly string[], name = "Tree"): Json => ({
  [name]: object({ properties: { label: text, children: { type: "array", items: component(name) } }, required }),
});
const sec = (security: readonly Json[]): Json => ({
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "K" },
      auth: { type: "oauth2", flows: { clientCredentials: { tokenUrl: "https://auth.example/t", scopes: { r: "", w: "" } } } },
    },
  },
  security,
});
const ifSo = (schema: Json): Json => JSON.parse(`{ "then": ${JSON.stringify(schema)} }`) as Json;
const schema = (name: string, label: Label, old: Json, next: Json, direction?: "request"): Pair => {
  const file = (value: Json): Files => ({
    "sent.schema.json": { $schema: "https://json-schema.org/draft/2020-12/schema", title: "Sent", ...value },
  });
  return direction === undefined ? [name, label, file(old), file(next)] : [name, label, file(old), file(next), "consumed"];
};
const second = (operation: string, message: Json): Json => ({
  asyncapi: "2.6.0",
  info: { title: "t", version: "1" },
  channels: { "parcels/sent": { [operation]: { message } } },
});
const third = (action: string, payload: Json, address = "parcels.sent"): Json => ({
  asyncapi: "3.0.0",
  info: { title: "t", version: "1" },
  channels: { sent: { address, messages: { Sent: { payload } } } },
  operations: { doIt: { action, channel: { $ref: "#/channels/sent" } } },
});
const events = (name: string, label: Label, old: Json, next: Json): Pair => [
  name,
  label,
  { "asyncapi.json": old },
  { "asyncapi.json": next },
];
const proto3 = (name: string, label: Label, old: string, next: string, syntax = "proto3"): Pair => {
  const file = (lines: string) => `syntax = "${syntax}";\n${lines.includes("package") ? "" : "package post.v1;\n"}${lines}\n`;
  return [name, label, { "post.proto": file(old) }, { "post.proto": file(next) }];
};
const graphql = (name: string, label: Label, old: string, next: string): Pair => [
  name,
  label,
  { "schema.graphql": old },
  { "schema.graphql": next },
];

const pairs: readonly Pair[] = [
  spec(
    "30 answer: required becomes optional",
    "break",
    "3.0.3",
    { res: object({ properties: { id: text, at: text }, required: ["id", "at"] }) },
    { res: object({ properties: { id: text, at: text }, required: ["id"] }) },
  ),
  spec(
    "30 answer: new optional property",
    "keep",
    "3.0.3",
    { res: object({ properties: { id: text }, required: ["id"] }) },
    { res: object({ properties: { id: text, at: text }, required: ["id"] }) },
  ),
  spec(
    "30 request: new required property",
    "break",
    "3.0.3",
    { req: object({ properties: { id: text } }) },
    { req: object({ properties: { id: text, to: text }, required: ["to"] }) },
  ),
  spec(
    "30 request: required becomes optional",
    "keep",
    "3.0.3",
    { req: object({ properties: { id: text }, required: ["id"] }) },
    { req: object({ properties: { id: text } }) },
  ),
  spec(
    "30 answer: nullable comes",
    "break",
    "3.0.3",
    { res: object({ properties: { id: text }, required: ["id"] }) },
    { res: object({ properties: { id: { type: "string", nullable: true } }, required: ["id"] }) },
  ),
  spec(
    "30 request: nullable goes",
    "break",
    "3.0.3",
    { req: object({ properties: { id: { type: "string", nullable: true } } }) },
    { req: object({ properties: { id: text } }) },
  ),
  spec(
    "30 request: one more value of an enum",
    "keep",
    "3.0.3",
    { req: object({ properties: { size: { type: "string", enum: ["s", "m"] } } }) },
    { req: object({ properties: { size: { type: "string", enum: ["s", "m", "l"] } } }) },
  ),
  spec(
    "30 answer: base of allOf loses a required property",
    "break",
    "3.0.3",
    {
      res: { allOf: [{ $ref: "#/components/schemas/Base" }, object({ properties: { to: text } })] },
      schemas: { Base: object({ properties: { id: text, at: text }, required: ["id", "at"] }) },
    },
    {
      res: { allOf: [{ $ref: "#/components/schemas/Base" }, object({ properties: { to: text } })] },
      schemas: { Base: object({ properties: { id: text }, required: ["id"] }) },
    },
  ),
  spec(
    "30 request: allOf gains a part with a required property",
    "break",
    "3.0.3",
    { req: { allOf: [object({ properties: { id: text } })] } },
    { req: { allOf: [object({ properties: { id: text } }), object({ required: ["id"] })] } },
  ),
  spec(
    "30 request: branch of a discriminated oneOf goes",
    "break",
    "3.0.3",
    { req: kinds(["Cat", "Dog"]), schemas: { Cat: cat, Dog: dog } },
    { req: kinds(["Cat"]), schemas: { Cat: cat } },
  ),
  spec(
    "30 answer: branch of a discriminated oneOf comes",
    "break",
    "3.0.3",
    { res: kinds(["Cat", "Dog"]), schemas: { Cat: cat, Dog: dog } },
    { res: kinds(["Cat", "Dog", "Owl"]), schemas: { Cat: cat, Dog: dog, Owl: owl } },
  ),
  spec(
    "30 request: additionalProperties false comes",
    "break",
    "3.0.3",
    { req: object({ properties: { id: text } }) },
    { req: object({ properties: { id: text }, additionalProperties: false }) },
  ),
  spec(
    "30 answer: number becomes integer",
    "keep",
    "3.0.3",
    { res: object({ properties: { n: decimal }, required: ["n"] }) },
    { res: object({ properties: { n: whole }, required: ["n"] }) },
  ),
  spec(
    "30 request: number becomes integer",
    "break",
    "3.0.3",
    { req: object({ properties: { n: decimal } }) },
    { req: object({ properties: { n: whole } }) },
  ),
  spec(
    "30 query parameter becomes required",
    "break",
    "3.0.3",
    { params: [{ name: "q", in: "query", schema: text }] },
    { params: [{ name: "q", in: "query", required: true, schema: text }] },
  ),
  spec(
    "30 query parameter: explode goes",
    "break",
    "3.0.3",
    { params: [{ name: "q", in: "query", schema: { type: "array", items: text } }] },
    { params: [{ name: "q", in: "query", explode: false, schema: { type: "array", items: text } }] },
  ),
  spec(
    "30 answer: JSON is XML now",
    "break",
    "3.0.3",
    { res: object({ properties: { id: text } }) },
    { res: object({ properties: { id: text } }), ct: "application/xml" },
  ),
  spec(
    "31 answer: null comes to the types",
    "break",
    "3.1.0",
    { res: object({ properties: { id: text }, required: ["id"] }) },
    { res: object({ properties: { id: { type: ["string", "null"] } }, required: ["id"] }) },
  ),
  spec(
    "31 request: null goes from the types",
    "break",
    "3.1.0",
    { req: object({ properties: { id: { type: ["string", "null"] } } }) },
    { req: object({ properties: { id: text } }) },
  ),
  spec(
    "31 answer: const becomes one of two",
    "break",
    "3.1.0",
    { res: object({ properties: { k: { const: "a" } }, required: ["k"] }) },
    { res: object({ properties: { k: { enum: ["a", "b"] } }, required: ["k"] }) },
  ),
  spec(
    "31 request: const becomes one of two",
    "keep",
    "3.1.0",
    { req: object({ properties: { k: { const: "a" } }, required: ["k"] }) },
    { req: object({ properties: { k: { enum: ["a", "b"] } }, required: ["k"] }) },
  ),
  spec(
    "31 request: keyword beside $ref counts",
    "break",
    "3.1.0",
    {
      req: object({ properties: { p: { $ref: "#/components/schemas/P" } } }),
      schemas: { P: object({ properties: { a: text } }) },
    },
    {
      req: object({ properties: { p: { $ref: "#/components/schemas/P", required: ["a"] } } }),
      schemas: { P: object({ properties: { a: text } }) },
    },
  ),
  spec(
    "30 request: keyword beside $ref is ignored",
    "keep",
    "3.0.3",
    {
      req: object({ properties: { p: { $ref: "#/components/schemas/P" } } }),
      schemas: { P: object({ properties: { a: text } }) },
    },
    {
      req: object({ properties: { p: { $ref: "#/components/schemas/P", required: ["a"] } } }),
      schemas: { P: object({ properties: { a: text } }) },
    },
  ),
  spec(
    "31 request: minimum becomes exclusive",
    "break",
    "3.1.0",
    { req: object({ properties: { n: { type: "number", minimum: 0 } } }) },
    { req: object({ properties: { n: { type: "number", exclusiveMinimum: 0 } } }) },
  ),
  spec(
    "30 request: exclusiveMinimum true comes",
    "break",
    "3.0.3",
    { req: object({ properties: { n: { type: "number", minimum: 0 } } }) },
    { req: object({ properties: { n: { type: "number", minimum: 0, exclusiveMinimum: true } } }) },
  ),
  events(
    "async 2 sent: type changes",
    "break",
    second("subscribe", { name: "Sent", payload: object({ properties: { id: text } }) }),
    second("subscribe", { name: "Sent", payload: object({ properties: { id: whole } }) }),
  ),
  events(
    "async 2 received: new optional property",
    "keep",
    second("publish", { name: "Sent", payload: object({ properties: { id: text } }) }),
    second("publish", { name: "Sent", payload: object({ properties: { id: text, at: text } }) }),
  ),
  events(
    "async 2 received: new required property",
    "break",
    second("publish", { name: "Sent", payload: object({ properties: { id: text } }) }),
    second("publish", { name: "Sent", payload: object({ properties: { id: text, at: text }, required: ["at"] }) }),
  ),
  events(
    "async 3 sent: required property goes",
    "break",
    third("send", object({ properties: { id: text, at: text }, required: ["id", "at"] })),
    third("send", object({ properties: { id: text }, required: ["id"] })),
  ),
  events(
    "async 3 received: one more value of an enum",
    "keep",
    third("receive", object({ properties: { k: { enum: ["a"] } } })),
    third("receive", object({ properties: { k: { enum: ["a", "b"] } } })),
  ),
  events(
    "async 3: another address",
    "break",
    third("send", object({ properties: { id: text } })),
    third("send", object({ properties: { id: text } }), "parcels.posted"),
  ),
  events(
    "async 3 received: maxLength goes",
    "keep",
    third("receive", object({ properties: { k: { type: "string", maxLength: 5 } } })),
    third("receive", object({ properties: { k: text } })),
  ),
  schema(
    "schema: type in $defs changes",
    "break",
    object({ properties: { w: { $ref: "#/$defs/W" } }, required: ["w"], $defs: { W: decimal } }),
    object({ properties: { w: { $ref: "#/$defs/W" } }, required: ["w"], $defs: { W: text } }),
  ),
  schema(
    "schema: definitions are called $defs",
    "keep",
    object({
      properties: { w: { $ref: "#/definitions/W" } },
      required: ["w"],
      definitions: { W: object({ properties: { a: decimal }, required: ["a"] }) },
    }),
    object({
      properties: { w: { $ref: "#/$defs/Weight" } },
      required: ["w"],
      $defs: { Weight: object({ properties: { a: decimal }, required: ["a"] }) },
    }),
  ),
  schema(
    "schema: enum written as anyOf of const",
    "keep",
    object({ properties: { k: { enum: ["a", "b"] } }, required: ["k"] }),
    object({ properties: { k: { anyOf: [{ const: "a" }, { const: "b" }] } }, required: ["k"] }),
  ),
  schema(
    "schema: oneOf of types written as a list of types",
    "keep",
    object({ properties: { k: { oneOf: [text, whole] } }, required: ["k"] }),
    object({ properties: { k: { type: ["string", "integer"] } }, required: ["k"] }),
  ),
  schema(
    "schema: allOf written as one object",
    "keep",
    { allOf: [object({ properties: { a: text }, required: ["a"] }), object({ properties: { b: whole }, required: ["b"] })] },
    object({ properties: { a: text, b: whole }, required: ["a", "b"] }),
  ),
  schema(
    "schema: dependentRequired goes from an answer",
    "break",
    object({ properties: { a: text, b: text }, dependentRequired: { a: ["b"] } }),
    object({ properties: { a: text, b: text } }),
  ),
  schema(
    "schema: fewer items may come",
    "break",
    object({ properties: { l: { type: "array", items: text, minItems: 1 } }, required: ["l"] }),
    object({ properties: { l: { type: "array", items: text, minItems: 0 } }, required: ["l"] }),
  ),
  schema(
    "schema request: uniqueItems comes",
    "break",
    object({ properties: { l: { type: "array", items: text } } }),
    object({ properties: { l: { type: "array", items: text, uniqueItems: true } } }),
    "request",
  ),
  proto3(
    "field renamed",
    "break",
    "message P { string id = 1; string to = 2; }",
    "message P { string id = 1; string target = 2; }",
  ),
  proto3(
    "field renamed, JSON name kept",
    "keep",
    "message P { string id = 1; string to = 2; }",
    'message P { string id = 1; string target = 2 [json_name = "to"]; }',
  ),
  proto3("int32 becomes int64", "break", "message P { int32 n = 1; }", "message P { int64 n = 1; }"),
  proto3(
    "one more value of an enum",
    "keep",
    "enum K { K_UNSPECIFIED = 0; K_A = 1; } message P { K k = 1; }",
    "enum K { K_UNSPECIFIED = 0; K_A = 1; K_B = 2; } message P { K k = 1; }",
  ),
  proto3("single becomes repeated", "break", "message P { string to = 1; }", "message P { repeated string to = 1; }"),
  proto3(
    "field goes, number and name reserved",
    "keep",
    "message P { string id = 1; string to = 2; }",
    'message P { reserved 2; reserved "to"; string id = 1; }',
  ),
  proto3("field goes, nothing reserved", "break", "message P { string id = 1; string to = 2; }", "message P { string id = 1; }"),
  proto3(
    "answer becomes a stream",
    "break",
    "message P { string id = 1; } service Post { rpc Send(P) returns (P); }",
    "message P { string id = 1; } service Post { rpc Send(P) returns (stream P); }",
  ),
  graphql("field is always there now", "keep", "type Query { p: P } type P { id: ID }", "type Query { p: P } type P { id: ID! }"),
  graphql("field may be null now", "break", "type Query { p: P } type P { id: ID! }", "type Query { p: P } type P { id: ID }"),
  graphql(
    "input gains a required field",
    "break",
    "type Query { p(i: I): ID } input I { a: Int }",
    "type Query { p(i: I): ID } input I { a: Int b: Int! }",
  ),
  graphql(
    "input gains a required field with a default",
    "keep",
    "type Query { p(i: I): ID } input I { a: Int }",
    "type Query { p(i: I): ID } input I { a: Int b: Int! = 1 }",
  ),
  graphql("argument becomes required", "break", "type Query { p(a: String): ID }", "type Query { p(a: String!): ID }"),
  graphql(
    "list is always there now",
    "keep",
    "type Query { p: [P!] } type P { id: ID }",
    "type Query { p: [P!]! } type P { id: ID }",
  ),
  graphql(
    "type no longer implements an interface",
    "break",
    "interface N { id: ID } type Query { n: N p: P q: Q } type P implements N { id: ID } type Q implements N { id: ID }",
    "interface N { id: ID } type Query { n: N p: P q: Q } type P { id: ID } type Q implements N { id: ID }",
  ),
  pair(
    "answer: branches in another order",
    "keep",
    get(ans({ anyOf: [component("First"), component("Second")] }), schemas({ First: first, Second: other })),
    get(ans({ anyOf: [component("Second"), component("First")] }), schemas({ First: first, Second: other })),
  ),
  pair(
    "answer: one schema written as anyOf of one",
    "keep",
    get(ans(component("First")), schemas({ First: first })),
    get(ans({ anyOf: [component("First")] }), schemas({ First: first })),
  ),
  pair(
    "answer: one named branch called otherwise",
    "keep",
    get(ans({ oneOf: [component("First"), component("Second")] }), schemas({ First: first, Second: other })),
    get(ans({ oneOf: [component("First"), component("Renamed")] }), schemas({ First: first, Renamed: other })),
  ),
  pair(
    "answer: list of one kind becomes list of two",
    "break",
    get(ans({ type: "array", items: component("First") }), schemas({ First: first })),
    get(
      ans({ type: "array", items: { anyOf: [component("First"), component("Second")] } }),
      schemas({ First: first, Second: other }),
    ),
  ),
  pair(
    "request: list of two kinds becomes list of one",
    "break",
    post(
      body({ type: "array", items: { anyOf: [component("First"), component("Second")] } }),
      schemas({ First: first, Second: other }),
    ),
    post(body({ type: "array", items: component("First") }), schemas({ First: first })),
  ),
  pair(
    "answer: choice in a choice, nothing changes but a level",
    "keep",
    get(
      ans({ anyOf: [component("First"), component("Both")] }),
      schemas({ First: first, Second: other, Both: { anyOf: [component("First"), component("Second")] } }),
    ),
    get(ans({ anyOf: [component("First"), component("Second")] }), schemas({ First: first, Second: other })),
  ),
  pair(
    "answer: values of a map may be null",
    "break",
    get(ans(object({ additionalProperties: text })), {}, "3.1.0"),
    get(ans(object({ additionalProperties: { type: ["string", "null"] } })), {}, "3.1.0"),
  ),
  pair(
    "request: values of a map must be whole",
    "break",
    post(body(object({ additionalProperties: decimal }))),
    post(body(object({ additionalProperties: whole }))),
  ),
  pair(
    "parameter of the operation moves to the path",
    "keep",
    doc("3.0.3", { "/p": { get: { parameters: [{ name: "q", in: "query", schema: text }], ...ans(text) } } }),
    doc("3.0.3", { "/p": { parameters: [{ name: "q", in: "query", schema: text }], get: ans(text) } }),
  ),
  pair(
    "parameter in the path called otherwise",
    "keep",
    doc("3.0.3", {
      "/p/{id}": { get: { parameters: [{ name: "id", in: "path", required: true, schema: text }], ...ans(text) } },
    }),
    doc("3.0.3", {
      "/p/{key}": { get: { parameters: [{ name: "key", in: "path", required: true, schema: text }], ...ans(text) } },
    }),
  ),
  pair(
    "201 comes where 200 came",
    "break",
    post({ ...body(text), responses: { 200: { description: "ok" } } }),
    post({ ...body(text), responses: { 201: { description: "ok" } } }),
  ),
  pair("body becomes required", "break", post(body(text, { required: false })), post(body(text, { required: true }))),
  pair(
    "another content type is taken too",
    "keep",
    post(body(object())),
    post({
      requestBody: { required: true, content: { "application/json": { schema: object() }, "text/csv": { schema: text } } },
      responses: { 204: { description: "done" } },
    }),
  ),
  pair(
    "another way of signing in is taken too",
    "keep",
    get(ans(text), sec([{ auth: ["r"] }])),
    get(ans(text), sec([{ auth: ["r"] }, { key: [] }])),
  ),
  pair(
    "shared parameter becomes required",
    "break",
    get(
      { parameters: [{ $ref: "#/components/parameters/Q" }], ...ans(text) },
      { components: { parameters: { Q: { name: "q", in: "query", schema: text } } } },
    ),
    get(
      { parameters: [{ $ref: "#/components/parameters/Q" }], ...ans(text) },
      { components: { parameters: { Q: { name: "q", in: "query", required: true, schema: text } } } },
    ),
  ),
  pair(
    "answer: tree loses a required property",
    "break",
    get(ans(component("Tree")), schemas(tree(["label"]))),
    get(ans(component("Tree")), schemas(tree([]))),
  ),
  pair(
    "answer: tree called otherwise",
    "keep",
    get(ans(component("Tree")), schemas(tree(["label"]))),
    get(ans(component("Node")), schemas(tree(["label"], "Node"))),
  ),
  pair(
    "3.0 rewritten in 3.1",
    "keep",
    post({
      ...body(
        object({
          properties: { a: { type: "string", nullable: true }, n: { type: "number", minimum: 0, exclusiveMinimum: true } },
        }),
      ),
      ...ans(object({ properties: { a: { type: "string", nullable: true } }, required: ["a"] })),
    }),
    post(
      {
        ...body(object({ properties: { a: { type: ["string", "null"] }, n: { type: "number", exclusiveMinimum: 0 } } })),
        ...ans(object({ properties: { a: { type: ["string", "null"] } }, required: ["a"] })),
      },
      {},
      "3.1.0",
    ),
  ),
  pair(
    "shared schema gains a required property that is read only",
    "keep",
    post({ ...body(component("P")), ...ans(component("P")) }, schemas({ P: object({ properties: { a: text } }) })),
    post(
      { ...body(component("P")), ...ans(component("P")) },
      schemas({ P: object({ properties: { a: text, id: { type: "string", readOnly: true } }, required: ["id"] }) }),
    ),
  ),
  pair(
    "shared schema gains a required property that is write only",
    "break",
    post({ ...body(component("P")), ...ans(component("P")) }, schemas({ P: object({ properties: { a: text } }) })),
    post(
      { ...body(component("P")), ...ans(component("P")) },
      schemas({ P: object({ properties: { a: text, pin: { type: "string", writeOnly: true } }, required: ["pin"] }) }),
    ),
  ),
  pair(
    "request: whole numbers above 0 written another way",
    "keep",
    post(body(object({ properties: { n: { type: "integer", minimum: 1 } } })), {}, "3.1.0"),
    post(body(object({ properties: { n: { type: "integer", exclusiveMinimum: 0 } } })), {}, "3.1.0"),
  ),
  pair(
    "required header of an answer goes",
    "break",
    get(ans(text, { headers: { "X-Next": { required: true, schema: text } } })),
    get(ans(text)),
  ),
  pair("operation marked as deprecated", "keep", get(ans(text)), get({ ...ans(text), deprecated: true })),
  schema(
    "consumed: a property is refused by not",
    "break",
    object({ properties: { a: text, b: text } }),
    object({ properties: { a: text, b: text }, not: { required: ["b"] } }),
    "request",
  ),
  schema(
    "consumed: names follow a pattern now",
    "break",
    object(),
    object({ propertyNames: { pattern: "^[a-z]+$" } }),
    "request",
  ),
  schema(
    "consumed: unevaluatedProperties false comes",
    "break",
    { allOf: [object({ properties: { a: text } })] },
    { allOf: [object({ properties: { a: text } })], unevaluatedProperties: false },
    "request",
  ),
  schema(
    "consumed: contains comes",
    "break",
    { type: "array", items: whole },
    { type: "array", items: whole, contains: { const: 7 } },
    "request",
  ),
  schema(
    "consumed: a condition comes",
    "break",
    object({ properties: { k: text, a: text } }),
    object({
      properties: { k: text, a: text },
      if: { properties: { k: { const: "x" } }, required: ["k"] },
      ...ifSo({ required: ["a"] }),
    }),
    "request",
  ),
  schema(
    "1 and 1.0 are one value",
    "keep",
    object({ properties: { n: { const: 1 } }, required: ["n"] }),
    object({ properties: { n: { enum: [1.0] } }, required: ["n"] }),
  ),
  schema(
    "consumed: multiples of 4 instead of 2",
    "break",
    object({ properties: { n: { type: "integer", multipleOf: 2 } } }),
    object({ properties: { n: { type: "integer", multipleOf: 4 } } }),
    "request",
  ),
  schema(
    "consumed: multiples of 2 instead of 4",
    "keep",
    object({ properties: { n: { type: "integer", multipleOf: 4 } } }),
    object({ properties: { n: { type: "integer", multipleOf: 2 } } }),
    "request",
  ),
  schema(
    "consumed: a date instead of a time",
    "break",
    object({ properties: { d: { type: "string", format: "date-time" } } }),
    object({ properties: { d: { type: "string", format: "date" } } }),
    "request",
  ),
  schema(
    "tuple loses its last place",
    "break",
    { type: "array", prefixItems: [text, whole], minItems: 2 },
    { type: "array", prefixItems: [text], minItems: 1 },
  ),
  schema(
    "closed object gains a property",
    "break",
    object({ properties: { a: text }, additionalProperties: false }),
    object({ properties: { a: text, b: text }, additionalProperties: false }),
  ),
  schema(
    "property described by a pattern is named now",
    "keep",
    object({ patternProperties: { "^x_": text } }),
    object({ properties: { x_a: text }, patternProperties: { "^x_": text } }),
  ),
  proto3(
    "map becomes a list of entries",
    "break",
    "message P { map<string, int32> n = 1; }",
    "message E { string key = 1; int32 value = 2; } message P { repeated E n = 1; }",
  ),
  proto3(
    "proto2: required field comes",
    "break",
    "message P { optional string id = 1; }",
    "message P { optional string id = 1; required string to = 2; }",
    "proto2",
  ),
  proto3(
    "first value of an enum renamed",
    "break",
    "enum K { K_NONE = 0; } message P { K k = 1; }",
    "enum K { K_UNSPECIFIED = 0; } message P { K k = 1; }",
  ),
  proto3(
    "two fields become a choice",
    "break",
    "message P { string a = 1; string b = 2; }",
    "message P { oneof c { string a = 1; string b = 2; } }",
  ),
  proto3(
    "another package",
    "break",
    "package post.v1; message P { string a = 1; } service S { rpc G(P) returns (P); }",
    "package post.v2; message P { string a = 1; } service S { rpc G(P) returns (P); }",
  ),
  proto3(
    "fields in another order",
    "keep",
    "message P { string a = 1; string b = 2; }",
    "message P { string b = 2; string a = 1; }",
  ),
  proto3("number of a field changes", "break", "message P { string a = 1; }", "message P { string a = 3; }"),
  proto3(
    "a method goes",
    "break",
    "message P { string a = 1; } service S { rpc G(P) returns (P); rpc H(P) returns (P); }",
    "message P { string a = 1; } service S { rpc G(P) returns (P); }",
  ),
  proto3("optional comes to a field of proto3", "keep", "message P { string a = 1; }", "message P { optional string a = 1; }"),
  graphql("argument goes", "break", "type Query { p(a: String, b: Int): ID }", "type Query { p(a: String): ID }"),
  graphql(
    "one more value of an enum",
    "keep",
    "enum K { First: first } type Query { k: K }",
    "enum K { A B } type Query { k: K }",
  ),
  graphql(
    "field of an input may be left out now",
    "keep",
    "input I { a: Int! } type Query { p(i: I): ID }",
    "input I { a: Int } type Query { p(i: I): ID }",
  ),
  graphql(
    "object becomes an interface",
    "break",
    "type P { id: ID } type Query { p: P }",
    "interface P { id: ID } type Q implements P { id: ID } type Query { p: P }",
  ),
  graphql("extend written out", "keep", "type Query { a: ID } extend type Query { b: ID }", "type Query { a: ID b: ID }"),
  graphql(
    "default of an argument goes, and it stays optional",
    "keep",
    "type Query { p(a: Int = 1): ID }",
    "type Query { p(a: Int): ID }",
  ),
  graphql("list of lists loses a level", "break", "type Query { p: [[Int]] }", "type Query { p: [Int] }"),
  events(
    "async 2 received: one of two messages is no longer taken",
    "break",
    second("publish", {
      oneOf: [
        { name: "A", payload: first },
        { name: "B", payload: other },
      ],
    }),
    second("publish", { oneOf: [{ name: "A", payload: first }] }),
  ),
  events(
    "async 2 sent: one of two messages is no longer sent",
    "keep",
    second("subscribe", {
      oneOf: [
        { name: "A", payload: first },
        { name: "B", payload: other },
      ],
    }),
    second("subscribe", { oneOf: [{ name: "A", payload: first }] }),
  ),
  events(
    "async 2 sent: headers lose a required one",
    "break",
    second("subscribe", { name: "A", headers: object({ properties: { h: text }, required: ["h"] }), payload: first }),
    second("subscribe", { name: "A", headers: object({ properties: { h: text } }), payload: first }),
  ),
  events("async 2 sent: payload in components", "keep", second("subscribe", { name: "A", payload: first }), {
    ...second("subscribe", { $ref: "#/components/messages/A" }),
    components: { messages: { A: { name: "A", payload: component("First") } }, schemas: { First: first } },
  }),
  events("async 2 rewritten in 3", "keep", second("subscribe", { name: "A", payload: first }), {
    asyncapi: "3.0.0",
    info: { title: "t", version: "1" },
    channels: { sent: { address: "parcels/sent", messages: { A: { name: "A", payload: first } } } },
    operations: { tell: { action: "send", channel: { $ref: "#/channels/sent" } } },
  }),
  // Found in what large companies publish.
  pair(
    "answer: a choice of choices, one of which changes inside",
    "keep",
    get(
      ans({ anyOf: [component("Some"), component("Gone")] }),
      schemas({ Some: { anyOf: [component("First")] }, Gone: { anyOf: [component("Second")] }, First: first, Second: other }),
    ),
    get(
      ans({ anyOf: [component("Some"), component("Gone")] }),
      schemas({
        Some: { anyOf: [component("First")] },
        Gone: { anyOf: [component("Second")] },
        First: { ...first, properties: { kind: { type: "string", enum: ["a"] }, x: text, z: text } },
        Second: other,
      }),
    ),
  ),
  pair(
    "answer: the only branch is called otherwise and may hold more",
    "keep",
    get(ans({ anyOf: [component("First")] }), schemas({ First: object({ properties: { x: text } }) })),
    get(ans({ anyOf: [component("Renamed")] }), schemas({ Renamed: object({ properties: { x: text, y: text } }) })),
  ),
];

describe("labelled before they were run", () => {
  test.each(pairs.map((one) => ({ title: `${one[0]}: ${one[1]}`, one })))("$title", ({ one: [, label, old, next, consumed] }) => {
    const { worst, all } = verdictOf(old, next, consumed === undefined ? "response" : "request");
    expect(worst === "breaks" ? "break" : "keep", all.join("\n")).toBe(label);
  });
});

test("an object that becomes one of two: the other one is named, not what it lacks", () => {
  const place = object({ properties: { id: text, address: text }, required: ["id", "address"] });
  const gone = object({ properties: { id: text, deleted: { type: "boolean" } }, required: ["id", "deleted"] });
  const { all } = verdictOf(
    { "api.json": get(ans(component("Place")), schemas({ Place: place })) },
    {
      "api.json": get(
        ans({ anyOf: [component("Place"), component("DeletedPlace")] }),
        schemas({ Place: place, DeletedPlace: gone }),
      ),
    },
    "response",
  );
  expect(all).toEqual([
    "error response-anyof-branch-added response 200: DeletedPlace may come, which the old contract did not expect",
  ]);
});
