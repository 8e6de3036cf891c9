/** Pairs with one change each, labelled by the specifications of the formats before anything was run. */
import { describe, expect, test } from "vitest";
import { type Files, type Label, verdictOf } from "./fixtures/verdict-of.js";

type Pair = readonly [name: string, label: Label, old: Files, next: Files, consumed?: "consumed"];

type Json = Readonly<Record<string, unknown>>;
const text = { type: "string" };
const whole = { type: "integer" };
const object = (properties: Json, required: readonly string[] = [], more: Json = {}): Json => ({
  type: "object",
  properties,
  ...(required.length > 0 ? { required } : {}),
  ...more,
});
const order = object({ id: text, total: whole }, ["id", "total"]);
const component = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
const answer = (schema: unknown, more: Json = {}) => ({ 200: { description: "ok", ...json(schema), ...more } });
const none = { 204: { description: "done" } };

const openapi = (version: string, paths: Json, more: Json = {}): Files => ({
  "openapi.json": { openapi: version, info: { title: "orders", version: "1" }, paths, ...more },
});
const put = (operation: Json, schemas: Json = {}, version = "3.0.3") =>
  openapi(version, { "/orders": { put: { responses: none, ...operation } } }, { components: { schemas } });
const get = (operation: Json, schemas: Json = {}, version = "3.0.3") =>
  openapi(version, { "/orders": { get: { responses: none, ...operation } } }, { components: { schemas } });
const sent = (schema: unknown, version = "3.0.3", schemas: Json = {}) => put({ requestBody: json(schema) }, schemas, version);
const told = (schema: unknown, version = "3.0.3", schemas: Json = {}) => get({ responses: answer(schema) }, schemas, version);
const asked = (...parameters: Json[]) => get({ parameters });
const ids = { name: "ids", in: "query", schema: { type: "array", items: text } };
const pet = (mapping: Json | null) =>
  sent(
    {
      oneOf: [component("Cat"), component("Dog")],
      discriminator: { propertyName: "kind", ...(mapping === null ? {} : { mapping }) },
    },
    "3.0.3",
    { Cat: object({ kind: text, claws: whole }, ["kind"]), Dog: object({ kind: text, bark: text }, ["kind"]) },
  );
const kinds = { oneOf: [component("Cat"), component("Dog")] };
const kindSchemas = { Cat: object({ kind: text, sort: text }), Dog: object({ kind: text, sort: text }) };
const oauth = (tokenUrl: string) => ({ type: "oauth2", flows: { clientCredentials: { tokenUrl, scopes: {} } } });
const callback = (schema: unknown) =>
  put({ callbacks: { paid: { "{$request.body#/url}": { post: { requestBody: json(schema), responses: none } } } } });

const openapiPairs: readonly Pair[] = [
  ["a list in the query is written another way", "breaks", asked({ ...ids, explode: true }), asked({ ...ids, explode: false })],
  ["the default way of writing a list is spelled out", "harmless", asked(ids), asked({ ...ids, style: "form", explode: true })],
  [
    "a parameter moves from the query to a header",
    "breaks",
    asked({ name: "tenant", in: "query", required: true, schema: text }),
    asked({ name: "tenant", in: "header", required: true, schema: text }),
  ],
  [
    "a parameter is no longer required",
    "harmless",
    asked({ name: "tenant", in: "query", required: true, schema: text }),
    asked({ name: "tenant", in: "query", schema: text }),
  ],
  [
    "a form is no longer taken, JSON is",
    "breaks",
    put({ requestBody: { content: { "multipart/form-data": { schema: order } } } }),
    put({ requestBody: json(order) }),
  ],
  [
    "a form is taken beside JSON",
    "harmless",
    put({ requestBody: json(order) }),
    put({ requestBody: { content: { ...json(order).content, "multipart/form-data": { schema: order } } } }),
  ],
  [
    "zero itself is refused",
    "breaks",
    sent(object({ n: { type: "number", minimum: 0 } })),
    sent(object({ n: { type: "number", minimum: 0, exclusiveMinimum: true } })),
  ],
  [
    "zero itself no longer comes",
    "harmless",
    told(object({ n: { type: "number", minimum: 0 } })),
    told(object({ n: { type: "number", minimum: 0, exclusiveMinimum: true } })),
  ],
  ["null is refused", "breaks", sent(object({ n: { type: "string", nullable: true } })), sent(object({ n: text }))],
  [
    "what only the provider writes becomes required in a schema of both directions",
    "harmless",
    put(
      { requestBody: json(component("Order")), responses: answer(component("Order")) },
      { Order: object({ id: { ...text, readOnly: true } }) },
    ),
    put(
      { requestBody: json(component("Order")), responses: answer(component("Order")) },
      { Order: object({ id: { ...text, readOnly: true } }, ["id"]) },
    ),
  ],
  [
    "what always came is only written from now on",
    "breaks",
    told(object({ token: text }, ["token"])),
    told(object({ token: { ...text, writeOnly: true } }, ["token"])),
  ],
  [
    "an answer that components hold loses a property",
    "breaks",
    openapi(
      "3.0.3",
      { "/orders": { get: { responses: { 200: { $ref: "#/components/responses/Order" } } } } },
      { components: { responses: { Order: answer(order)[200] } } },
    ),
    openapi(
      "3.0.3",
      { "/orders": { get: { responses: { 200: { $ref: "#/components/responses/Order" } } } } },
      { components: { responses: { Order: answer(object({ id: text }, ["id"]))[200] } } },
    ),
  ],
  ["a schema moves to the components", "harmless", told(order), told(component("Order"), "3.0.3", { Order: order })],
  [
    "the values of a map change their type",
    "breaks",
    told({ type: "object", additionalProperties: whole }),
    told({ type: "object", additionalProperties: text }),
  ],
  [
    "a header that always came is gone",
    "breaks",
    get({ responses: answer(order, { headers: { ETag: { required: true, schema: text } } }) }),
    get({ responses: answer(order) }),
  ],
  [
    "a value of the discriminator is called otherwise",
    "undecided",
    pet({ cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" }),
    pet({ kitty: "#/components/schemas/Cat", dog: "#/components/schemas/Dog" }),
  ],
  [
    "the values of the discriminator are spelled out",
    "harmless",
    pet(null),
    pet({ Cat: "#/components/schemas/Cat", Dog: "#/components/schemas/Dog" }),
  ],
  [
    "a second name for a kind that is sent",
    "harmless",
    pet({ cat: "#/components/schemas/Cat", dog: "Dog" }),
    pet({ cat: "Cat", kitty: "Cat", dog: "Dog" }),
  ],
  [
    "a path parameter has another name",
    "harmless",
    openapi("3.0.3", {
      "/orders/{id}": { get: { parameters: [{ name: "id", in: "path", required: true, schema: text }], responses: none } },
    }),
    openapi("3.0.3", {
      "/orders/{order}": { get: { parameters: [{ name: "order", in: "path", required: true, schema: text }], responses: none } },
    }),
  ],
  [
    "a parameter of the whole path is required",
    "breaks",
    openapi("3.0.3", { "/orders": { parameters: [], get: { responses: none } } }),
    openapi("3.0.3", {
      "/orders": { parameters: [{ name: "tenant", in: "query", required: true, schema: text }], get: { responses: none } },
    }),
  ],
  [
    "a property of a filter object changes its type",
    "breaks",
    asked({ name: "filter", in: "query", style: "deepObject", schema: object({ min: text }) }),
    asked({ name: "filter", in: "query", style: "deepObject", schema: object({ min: whole }) }),
  ],
  [
    "words for readers change",
    "harmless",
    get({ summary: "a", tags: ["x"], responses: answer({ ...order, example: { id: "1" }, description: "old" }) }),
    get({ summary: "b", tags: ["y"], responses: answer({ ...order, example: { id: "2" }, description: "new" }) }),
  ],
  ["a callback loses a property", "breaks", callback(order), callback(object({ id: text }, ["id"]))],
  [
    "a callback tells more",
    "harmless",
    callback(order),
    callback(object({ id: text, total: whole, paid: text }, ["id", "total"])),
  ],
  [
    "a rule beside a reference counts in 3.1",
    "breaks",
    sent(component("Name"), "3.1.0", { Name: { type: "string", minLength: 2 } }),
    sent({ ...component("Name"), minLength: 5 }, "3.1.0", { Name: { type: "string", minLength: 2 } }),
  ],
  ["a limit that comes new", "undecided", sent(text), sent({ type: "string", minLength: 5 })],
  [
    "a property that is only read becomes one that has to be sent",
    "breaks",
    sent(object({ id: { ...text, readOnly: true } }, ["id"])),
    sent(object({ id: text }, ["id"])),
  ],
  [
    "another property tells the kinds apart",
    "undecided",
    sent({ ...(kinds as object), discriminator: { propertyName: "kind" } }, "3.0.3", kindSchemas),
    sent({ ...(kinds as object), discriminator: { propertyName: "sort" } }, "3.0.3", kindSchemas),
  ],
  [
    "an answer calls a kind otherwise",
    "undecided",
    told({ ...(kinds as object), discriminator: { propertyName: "kind" } }, "3.0.3", kindSchemas),
    told({ ...(kinds as object), discriminator: { propertyName: "kind", mapping: { cat: "Cat" } } }, "3.0.3", kindSchemas),
  ],
  [
    "a value stands for another kind",
    "undecided",
    sent({ ...(kinds as object), discriminator: { propertyName: "kind", mapping: { pet: "Cat" } } }, "3.0.3", kindSchemas),
    sent({ ...(kinds as object), discriminator: { propertyName: "kind", mapping: { pet: "Dog" } } }, "3.0.3", kindSchemas),
  ],
  [
    "the schema of a kind is called otherwise, its value is not",
    "harmless",
    told({ oneOf: [component("Dog")], discriminator: { propertyName: "kind", mapping: { dog: "Dog" } } }, "3.0.3", kindSchemas),
    told({ oneOf: [component("Hound")], discriminator: { propertyName: "kind", mapping: { dog: "Hound" } } }, "3.0.3", {
      Hound: kindSchemas.Dog,
    }),
  ],
  [
    "an empty value is no longer taken",
    "breaks",
    asked({ name: "q", in: "query", allowEmptyValue: true, schema: text }),
    asked({ name: "q", in: "query", schema: text }),
  ],
  [
    "tokens come from elsewhere",
    "undecided",
    openapi("3.0.3", {}, { components: { securitySchemes: { login: oauth("https://a.example/token") } } }),
    openapi("3.0.3", {}, { components: { securitySchemes: { login: oauth("https://b.example/token") } } }),
  ],
  [
    "a rule beside a reference says nothing in 3.0",
    "harmless",
    sent(component("Name"), "3.0.3", { Name: text }),
    sent({ ...component("Name"), minLength: 5 }, "3.0.3", { Name: text }),
  ],
  ["one value is left", "breaks", sent({ enum: ["a", "b"] }, "3.1.0"), sent({ const: "a" }, "3.1.0")],
  ["one value written as a constant", "harmless", sent({ enum: ["a"] }, "3.1.0"), sent({ const: "a" }, "3.1.0")],
  [
    "null as a branch becomes null as a type",
    "harmless",
    told(object({ n: { anyOf: [text, { type: "null" }] } }), "3.1.0"),
    told(object({ n: { type: ["string", "null"] } }), "3.1.0"),
  ],
  [
    "the second item changes its type",
    "breaks",
    sent({ type: "array", prefixItems: [text, whole] }, "3.1.0"),
    sent({ type: "array", prefixItems: [text, text] }, "3.1.0"),
  ],
  [
    "a webhook loses a property",
    "breaks",
    openapi("3.1.0", {}, { webhooks: { paid: { post: { requestBody: json(order), responses: none } } } }),
    openapi("3.1.0", {}, { webhooks: { paid: { post: { requestBody: json(object({ id: text }, ["id"])), responses: none } } } }),
  ],
  [
    "a path moves to the components",
    "harmless",
    openapi("3.1.0", { "/orders": { get: { responses: answer(order) } } }),
    openapi(
      "3.1.0",
      { "/orders": { $ref: "#/components/pathItems/orders" } },
      { components: { pathItems: { orders: { get: { responses: answer(order) } } } } },
    ),
  ],
  [
    "a schema in a file of its own, two steps away, loses a value",
    "breaks",
    {
      ...put({ requestBody: json({ $ref: "schemas/order.json" }) }),
      "schemas/order.json": object({ state: { $ref: "common.json#/definitions/state" } }),
      "schemas/common.json": { definitions: { state: { enum: ["open", "paid"] } } },
    },
    {
      ...put({ requestBody: json({ $ref: "schemas/order.json" }) }),
      "schemas/order.json": object({ state: { $ref: "common.json#/definitions/state" } }),
      "schemas/common.json": { definitions: { state: { enum: ["open"] } } },
    },
  ],
  [
    "a file is taken apart",
    "harmless",
    told(object({ lines: { type: "array", items: order } })),
    {
      ...told({ $ref: "./schemas.json#/page" }),
      "schemas.json": { page: object({ lines: { type: "array", items: { $ref: "#/line" } } }), line: order },
    },
  ],
  [
    "a path that another file holds loses its operation",
    "breaks",
    {
      ...openapi("3.0.3", { "/orders": { $ref: "paths/orders.json" } }),
      "paths/orders.json": { get: { responses: none }, put: { responses: none } },
    },
    {
      ...openapi("3.0.3", { "/orders": { $ref: "paths/orders.json" } }),
      "paths/orders.json": { get: { responses: none } },
    },
  ],
];

const swagger = (operation: Json, more: Json = {}): Files => ({
  "swagger.json": {
    swagger: "2.0",
    info: { title: "orders", version: "1" },
    paths: { "/orders": { post: { responses: none, ...operation } } },
    ...more,
  },
});
const body = (schema: unknown) => ({ parameters: [{ name: "body", in: "body", required: true, schema }] });
const swaggerPairs: readonly Pair[] = [
  ["a body asks for more", "breaks", swagger(body(object({ a: text }))), swagger(body(object({ a: text, b: text }, ["b"])))],
  [
    "a list is written another way",
    "breaks",
    swagger({ parameters: [{ name: "ids", in: "query", type: "array", items: text, collectionFormat: "csv" }] }),
    swagger({ parameters: [{ name: "ids", in: "query", type: "array", items: text, collectionFormat: "multi" }] }),
  ],
  [
    "a form asks for more",
    "breaks",
    swagger({ consumes: ["multipart/form-data"], parameters: [{ name: "a", in: "formData", type: "string" }] }),
    swagger({
      consumes: ["multipart/form-data"],
      parameters: [
        { name: "a", in: "formData", type: "string" },
        { name: "b", in: "formData", type: "string", required: true },
      ],
    }),
  ],
  [
    "the media type stands at the operation",
    "harmless",
    swagger(body(order), { consumes: ["application/json"] }),
    swagger({ ...body(order), consumes: ["application/json"] }),
  ],
  [
    "XML no longer comes",
    "breaks",
    swagger({ produces: ["application/json", "application/xml"], responses: { 200: { description: "ok", schema: order } } }),
    swagger({ produces: ["application/json"], responses: { 200: { description: "ok", schema: order } } }),
  ],
  [
    "a definition has another name",
    "harmless",
    swagger(body({ $ref: "#/definitions/Order" }), { definitions: { Order: order } }),
    swagger(body({ $ref: "#/definitions/PlacedOrder" }), { definitions: { PlacedOrder: order } }),
  ],
];

const two = (action: string, message: unknown, components: Json = {}): Files => ({
  "asyncapi.json": {
    asyncapi: "2.6.0",
    info: { title: "orders", version: "1" },
    channels: { "orders/placed": { [action]: { message } } },
    components,
  },
});
const three = (operation: Json, messages: Json, more: Json = {}, channel = "orders", address = "orders.placed"): Files => ({
  "asyncapi.json": {
    asyncapi: "3.0.0",
    info: { title: "orders", version: "1" },
    channels: { [channel]: { address, messages }, ...more },
    operations: { tell: { channel: { $ref: `#/channels/${channel}` }, ...operation } },
  },
});
const reply = { address: "orders.reply" };
const asyncapiPairs: readonly Pair[] = [
  [
    "an event loses a property, in a file of its own",
    "breaks",
    {
      ...two(
        "subscribe",
        { $ref: "#/components/messages/Placed" },
        { messages: { Placed: { payload: { $ref: "order.json" } } } },
      ),
      "order.json": order,
    },
    {
      ...two(
        "subscribe",
        { $ref: "#/components/messages/Placed" },
        { messages: { Placed: { payload: { $ref: "order.json" } } } },
      ),
      "order.json": object({ id: text }, ["id"]),
    },
  ],
  [
    "a command refuses a value",
    "breaks",
    two("publish", { payload: object({ state: { enum: ["a", "b"] } }) }),
    two("publish", { payload: object({ state: { enum: ["a"] } }) }),
  ],
  [
    "an event tells more",
    "harmless",
    two("subscribe", { payload: object({ id: text }, ["id"]) }),
    two("subscribe", { payload: order }),
  ],
  [
    "words for readers change",
    "harmless",
    two("subscribe", { summary: "a", payload: order }),
    two("subscribe", { summary: "b", examples: [{ payload: { id: "1", total: 1 } }], payload: order }),
  ],
  [
    "a trait asks for a header",
    "breaks",
    two("publish", { payload: order, headers: object({}) }),
    two("publish", { payload: order, headers: object({}), traits: [{ headers: object({ tenant: text }, ["tenant"]) }] }),
  ],
  [
    "a command asks for more",
    "breaks",
    three({ action: "receive" }, { placed: { payload: object({ id: text }, ["id"]) } }),
    three({ action: "receive" }, { placed: { payload: order } }),
  ],
  [
    "an event always tells more",
    "harmless",
    three({ action: "send" }, { placed: { payload: object({ id: text }, ["id"]) } }),
    three({ action: "send" }, { placed: { payload: order } }),
  ],
  [
    "events go elsewhere",
    "breaks",
    three({ action: "send" }, { placed: { payload: order } }, {}, "orders", "orders.placed"),
    three({ action: "send" }, { placed: { payload: order } }, {}, "orders", "orders.v2.placed"),
  ],
  [
    "a channel has another key and the same address",
    "harmless",
    three({ action: "send" }, { placed: { payload: order } }, {}, "orders"),
    three({ action: "send" }, { placed: { payload: order } }, {}, "placedOrders"),
  ],
  [
    "a trait of a command says what the message says itself",
    "harmless",
    three({ action: "receive" }, { placed: { payload: order, headers: object({ tenant: text }, ["tenant"]) } }),
    three(
      { action: "receive" },
      {
        placed: {
          payload: order,
          headers: object({ tenant: text }, ["tenant"]),
          traits: [{ headers: object({ tenant: whole }) }],
        },
      },
    ),
  ],
  [
    "an answer over messages loses a property",
    "breaks",
    three(
      { action: "receive", reply: { channel: { $ref: "#/channels/replies" } } },
      { placed: { payload: order } },
      { replies: { ...reply, messages: { done: { payload: order } } } },
    ),
    three(
      { action: "receive", reply: { channel: { $ref: "#/channels/replies" } } },
      { placed: { payload: order } },
      { replies: { ...reply, messages: { done: { payload: object({ id: text }, ["id"]) } } } },
    ),
  ],
  [
    "a property changes its type where the format is named",
    "breaks",
    three(
      { action: "send" },
      { placed: { payload: { schemaFormat: "application/schema+json;version=draft-07", schema: object({ id: text }) } } },
    ),
    three(
      { action: "send" },
      { placed: { payload: { schemaFormat: "application/schema+json;version=draft-07", schema: object({ id: whole }) } } },
    ),
  ],
];

const seven = (schema: Json, more: Files = {}): Files => ({
  "event.json": { $schema: "http://json-schema.org/draft-07/schema#", ...schema },
  ...more,
});
const twenty = (schema: Json, more: Files = {}): Files => ({
  "event.json": { $schema: "https://json-schema.org/draft/2020-12/schema", ...schema },
  ...more,
});
const safe = { type: "integer", minimum: -9007199254740991, maximum: 9007199254740991 };
const strict = (properties: Json, required: readonly string[]) => object(properties, required, { additionalProperties: false });
const schemaPairs: readonly Pair[] = [
  [
    "an amount in another file becomes a text",
    "breaks",
    seven(object({ sum: { $ref: "money.json#/definitions/amount" } }), { "money.json": { definitions: { amount: whole } } }),
    seven(object({ sum: { $ref: "money.json#/definitions/amount" } }), { "money.json": { definitions: { amount: text } } }),
  ],
  [
    "the words of a newer draft",
    "harmless",
    seven({
      ...object({ point: { $ref: "#/definitions/point" } }),
      definitions: { point: { type: "array", items: [whole, whole], additionalItems: false } },
    }),
    twenty({
      ...object({ point: { $ref: "#/$defs/point" } }),
      $defs: { point: { type: "array", prefixItems: [whole, whole], items: false } },
    }),
  ],
  [
    "more items than two may come",
    "breaks",
    seven({ type: "array", items: [whole, whole], additionalItems: false }),
    seven({ type: "array", items: [whole, whole] }),
  ],
  [
    "a rule beside a reference says nothing in draft 7",
    "harmless",
    seven({ ...object({ name: { $ref: "#/definitions/name" } }), definitions: { name: text } }),
    seven({ ...object({ name: { $ref: "#/definitions/name", maxLength: 3 } }), definitions: { name: text } }),
    "consumed",
  ],
  [
    "a rule beside a reference counts in 2020-12",
    "breaks",
    twenty({ ...object({ name: { $ref: "#/$defs/name" } }), $defs: { name: { type: "string", maxLength: 9 } } }),
    twenty({ ...object({ name: { $ref: "#/$defs/name", maxLength: 3 } }), $defs: { name: { type: "string", maxLength: 9 } } }),
    "consumed",
  ],
  [
    "what came together may come alone",
    "breaks",
    twenty({ ...object({ card: text, name: text }), dependentRequired: { card: ["name"] } }),
    twenty(object({ card: text, name: text })),
  ],
  [
    "from one on, written as more than zero",
    "harmless",
    twenty(object({ n: { type: "integer", minimum: 1 } })),
    twenty(object({ n: { type: "integer", exclusiveMinimum: 0 } })),
  ],
  [
    "steps of five where it was ten",
    "breaks",
    twenty({ type: "integer", multipleOf: 10 }),
    twenty({ type: "integer", multipleOf: 5 }),
  ],
  [
    "steps of ten where it was five",
    "harmless",
    twenty({ type: "integer", multipleOf: 5 }),
    twenty({ type: "integer", multipleOf: 10 }),
  ],
  [
    "exactly one becomes any of two that exclude each other",
    "harmless",
    twenty({ oneOf: [object({ k: { const: "a" } }, ["k"]), object({ k: { const: "b" } }, ["k"])] }),
    twenty({ anyOf: [object({ k: { const: "a" } }, ["k"]), object({ k: { const: "b" } }, ["k"])] }),
  ],
  [
    "what an anchor names changes",
    "breaks",
    twenty({ ...object({ sum: { $ref: "#sum" } }), $defs: { any: { $anchor: "sum", type: "integer" } } }),
    twenty({ ...object({ sum: { $ref: "#sum" } }), $defs: { any: { $anchor: "sum", type: "number" } } }),
  ],
  [
    "parts of a whole are joined",
    "harmless",
    twenty({ allOf: [object({ id: text }, ["id"]), object({ total: whole }, ["total"])] }),
    twenty(object({ id: text, total: whole }, ["id", "total"])),
  ],
  [
    "from zod: an address of mail becomes any text",
    "breaks",
    twenty(strict({ mail: { type: "string", format: "email", pattern: "^[^@]+@[^@]+$" } }, ["mail"])),
    twenty(strict({ mail: text }, ["mail"])),
  ],
  [
    "from zod: a closed object takes one more",
    "harmless",
    twenty(strict({ id: text }, ["id"])),
    twenty(strict({ id: text, note: text }, ["id"])),
    "consumed",
  ],
  [
    "from zod: a closed object tells one more",
    "breaks",
    twenty(strict({ id: text }, ["id"])),
    twenty(strict({ id: text, note: text }, ["id"])),
  ],
  [
    "from zod: a whole number becomes any",
    "breaks",
    twenty(object({ n: safe }, ["n"])),
    twenty(object({ n: { type: "number" } }, ["n"])),
  ],
  [
    "from zod: a whole number from one on",
    "harmless",
    twenty(object({ n: safe }, ["n"])),
    twenty(object({ n: { ...safe, minimum: 1 } }, ["n"])),
  ],
  [
    "from zod: a list of values becomes a choice of fixed ones",
    "harmless",
    twenty(object({ s: { type: "string", enum: ["a", "b"] } })),
    twenty(
      object({
        s: {
          anyOf: [
            { type: "string", const: "a" },
            { type: "string", const: "b" },
          ],
        },
      }),
    ),
    "consumed",
  ],
  [
    "from zod: what may be absent may be null too",
    "breaks",
    twenty(object({ note: text })),
    twenty(object({ note: { anyOf: [text, { type: "null" }] } })),
  ],
  [
    "from zod: a default makes it optional to send",
    "harmless",
    twenty(object({ size: whole }, ["size"])),
    twenty(object({ size: { ...whole, default: 20 } })),
    "consumed",
  ],
];

const proto = (version: string, body: string, more: Files = {}): Files => ({
  "shop.proto": `syntax = "proto${version}";\npackage shop.v1;\n${body}\n`,
  ...more,
});
const message = (fields: string, version = "3") => proto(version, `message Order {\n${fields}\n}`);
const rpc = (line: string) => proto("3", `message A { string id = 1; }\nservice Orders {\n${line}\n}`);
const money = 'syntax = "proto3";\npackage shop.v1;\nmessage Money { int64 units = 1; }\n';
const protoPairs: readonly Pair[] = [
  ["a number of 32 bits gets 64, which JSON writes as text", "breaks", message("int32 n = 1;"), message("int64 n = 1;")],
  ["a number loses its sign", "harmless", message("int32 n = 1;"), message("uint32 n = 1;")],
  ["a text becomes a list", "breaks", message("string n = 1;"), message("repeated string n = 1;")],
  ["proto2: a field becomes required", "breaks", message("optional string n = 1;", "2"), message("required string n = 1;", "2")],
  [
    "proto2: a required field is gone",
    "breaks",
    message("required string n = 1;\noptional string m = 2;", "2"),
    message("optional string m = 2;", "2"),
  ],
  [
    "two fields become one of a choice",
    "breaks",
    message("string card = 1;\nstring iban = 2;"),
    message("oneof pay {\nstring card = 1;\nstring iban = 2;\n}"),
  ],
  [
    "the name in JSON is spelled out",
    "harmless",
    message("string order_id = 1;"),
    message('string order_id = 1 [json_name = "orderId"];'),
  ],
  ["the name in JSON changes", "breaks", message("string order_id = 1;"), message('string order_id = 1 [json_name = "id"];')],
  [
    "proto2: a default changes",
    "breaks",
    message("optional int32 n = 1 [default = 10];", "2"),
    message("optional int32 n = 1 [default = 20];", "2"),
  ],
  [
    "proto2: the default that held anyway is spelled out",
    "harmless",
    message("optional int32 n = 1;", "2"),
    message("optional int32 n = 1 [default = 0];", "2"),
  ],
  ["one answer becomes a stream", "breaks", rpc("rpc Get (A) returns (A);"), rpc("rpc Get (A) returns (stream A);")],
  [
    "an operation is added",
    "harmless",
    rpc("rpc Get (A) returns (A);"),
    rpc("rpc Get (A) returns (A);\nrpc Drop (A) returns (A);"),
  ],
  [
    "a message moves to another file of its package",
    "harmless",
    proto("3", "message Money { int64 units = 1; }\nmessage Order { Money sum = 1; }"),
    proto("3", 'import "money.proto";\nmessage Order { Money sum = 1; }', { "money.proto": money }),
  ],
  [
    "a type in an imported file changes",
    "breaks",
    proto("3", 'import "money.proto";\nmessage Order { Money sum = 1; }', { "money.proto": money }),
    proto("3", 'import "money.proto";\nmessage Order { Money sum = 1; }', { "money.proto": money.replace("int64", "string") }),
  ],
  [
    "a message moves to another file of its package and changes",
    "breaks",
    proto("3", "message Money { int64 units = 1; }\nmessage Order { string id = 1; }"),
    proto("3", "message Order { string id = 1; }", { "money.proto": money.replace("int64", "string") }),
  ],
  [
    "a value has another name",
    "breaks",
    proto("3", "enum S { NONE = 0; OPEN = 1; }"),
    proto("3", "enum S { NONE = 0; STARTED = 1; }"),
  ],
  [
    "a value gets a second name",
    "harmless",
    proto("3", "enum S { option allow_alias = true; NONE = 0; OPEN = 1; STARTED = 1; }"),
    proto("3", "enum S { option allow_alias = true; NONE = 0; OPEN = 1; STARTED = 1; BEGUN = 1; }"),
  ],
  ["proto2: a value is gone", "breaks", proto("2", "enum S { NONE = 0; OPEN = 1; }"), proto("2", "enum S { NONE = 0; }")],
  [
    "options for a language and comments",
    "harmless",
    message("string n = 1;"),
    proto("3", 'option java_package = "a.b";\n// about it\nmessage Order {\nstring n = 1; // its name\n}'),
  ],
  ["the values of a map become texts", "breaks", message("map<string, int32> n = 1;"), message("map<string, string> n = 1;")],
  ["what was reserved may be used again", "breaks", message("reserved 5;\nstring n = 1;"), message("string n = 1;")],
];

const graphql = (types: string, more: Files = {}): Files => ({ "schema.graphql": types, ...more });
const query = (fields: string, more = "") => graphql(`type Query {\n${fields}\n}\n${more}`);
const graphqlPairs: readonly Pair[] = [
  ["an argument is required", "breaks", query("orders(limit: Int): Int"), query("orders(limit: Int!): Int")],
  ["an argument is no longer required", "harmless", query("orders(limit: Int!): Int"), query("orders(limit: Int): Int")],
  ["null may come", "breaks", query("name: String!"), query("name: String")],
  ["null no longer comes", "harmless", query("name: String"), query("name: String!")],
  [
    "an input asks for more",
    "breaks",
    query("find(by: By): Int", "input By { id: ID }"),
    query("find(by: By): Int", "input By { id: ID, shop: ID! }"),
  ],
  ["a field is marked as deprecated", "harmless", query("a: Int\nb: Int"), query('a: Int @deprecated(reason: "use b")\nb: Int')],
  [
    "a union gets a member",
    "undecided",
    query("pay: Pay", "union Pay = Card\ntype Card { a: Int }\ntype Iban { a: Int }"),
    query("pay: Pay", "union Pay = Card | Iban\ntype Card { a: Int }\ntype Iban { a: Int }"),
  ],
  [
    "a type leaves its interface",
    "breaks",
    query("n: Node", "interface Node { id: ID }\ntype A implements Node { id: ID }"),
    query("n: Node", "interface Node { id: ID }\ntype A { id: ID }"),
  ],
  ["a value is gone", "breaks", query("s: S", "enum S { A B }"), query("s: S", "enum S { A }")],
  [
    "only one of several may be sent",
    "breaks",
    query("find(by: By): Int", "input By { id: ID, name: String }"),
    query("find(by: By): Int", "input By @oneOf { id: ID, name: String }"),
  ],
  [
    "a default of an input changes",
    "undecided",
    query("find(by: By): Int", "input By { size: Int = 10 }"),
    query("find(by: By): Int", "input By { size: Int = 20 }"),
  ],
  ["an argument gets a default", "undecided", query("find(size: Int): Int"), query("find(size: Int = 20): Int")],
];

const sets: readonly (readonly [format: string, pairs: readonly Pair[]])[] = [
  ["OpenAPI 3", openapiPairs],
  ["Swagger 2", swaggerPairs],
  ["AsyncAPI", asyncapiPairs],
  ["JSON Schema", schemaPairs],
  ["protocol buffers", protoPairs],
  ["GraphQL", graphqlPairs],
];

describe.each(sets)("%s", (_, pairs) => {
  test.each(pairs.map((pair) => ({ title: `${pair[0]}: ${pair[1]}`, pair })))("$title", ({ pair }) => {
    const [, label, old, next, consumed] = pair;
    const { worst, all } = verdictOf(old, next, consumed === "consumed" ? "request" : "response");
    expect(worst, all.join("\n")).toBe(label);
  });
});

test("sixty pairs, of them twenty-five harmless", () => {
  const all = sets.flatMap(([, pairs]) => pairs);
  expect(all.length).toBeGreaterThanOrEqual(60);
  expect(all.filter(([, label]) => label === "harmless").length).toBeGreaterThanOrEqual(25);
});
