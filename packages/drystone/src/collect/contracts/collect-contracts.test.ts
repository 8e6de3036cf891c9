import { expect, test } from "vitest";
import { textTree } from "#collect/files/index.js";
import { processorTime } from "../../../test/fakes/index.js";
import { collectContracts, type FoundContract } from "./index.js";

const lines = (...text: string[]) => `${text.join("\n")}\n`;
const collect = (files: Record<string, string>) => collectContracts(textTree("shop", files));

/** One line per contract and per thing in it. */
const brief = (contract: FoundContract): string[] => [
  `${contract.kind} ${contract.name} ${contract.version ?? "-"} ${contract.copies.map((copy) => copy.file).join(",")}${contract.generated ? " generated" : ""}`,
  ...contract.operations.map(({ id, method, path, line }) => `  ${id}: ${method} ${contract.basePath}${path} :${line}`),
  ...contract.channels.map(({ name, action, role, messages }) => `  ${action} ${name}: ${role} ${messages.join()}`),
  ...contract.services.map(({ name, methods, line }) => `  service ${name} ${methods.join()} :${line}`),
  ...contract.schemas.map(({ name, fields, line }) => `  ${name} { ${fields.join(" ")} } :${line}`),
  ...(contract.exports.length > 0 ? [`  exports ${contract.exports.join()}`] : []),
];

test.each<[string, Record<string, string>, string[]]>([
  [
    "OpenAPI 3 in YAML, whatever its name",
    {
      "orders/api.yaml": lines(
        "openapi: 3.1.0",
        "info: { title: Orders, version: 1.2.0 }",
        "servers: [{ url: 'https://shop.example/v1/' }]",
        "paths:",
        "  /orders/{id}:",
        "    parameters: []",
        "    get: { operationId: getOrder }",
        "    delete: {}",
        "components:",
        "  schemas:",
        "    Order: { allOf: [{ $ref: '#/x' }, { properties: { id: {} } }], properties: { total: {} } }",
      ),
    },
    [
      "openapi Orders 1.2.0 orders/api.yaml",
      "  getOrder: GET /v1/orders/{id} :7",
      "  DELETE /orders/{id}: DELETE /v1/orders/{id} :8",
      "  Order { total id } :11",
    ],
  ],
  [
    "Swagger 2 in JSON, and its copy in YAML",
    {
      "cart/docs/swagger.json": lines(
        '{ "swagger": "2.0", "info": {"title": "Cart", "version": "1"}, "basePath": "/api",',
        '"paths": {',
        '"/items": {',
        '"post": {"operationId": "add"}}}}',
      ),
      "cart/docs/swagger.yaml": lines(
        "swagger: '2.0'",
        "info: {title: Cart, version: '1'}",
        "basePath: /api",
        "paths: {/items: {post: {operationId: add}}}",
      ),
    },
    ["openapi Cart 1 cart/docs/swagger.json,cart/docs/swagger.yaml", "  add: POST /api/items :4"],
  ],
  [
    "paths in other places, none outside of the repository",
    {
      "openapi.yaml": lines(
        "openapi: 3.0.3",
        "info: {title: Shop}",
        "paths:",
        "  /a: { $ref: './paths/a.yaml' }",
        "  /b: { $ref: '#/x-b' }",
        "  /c: { $ref: '../../etc/passwd' }",
        "x-b: { get: {} }",
      ),
      "paths/a.yaml": "get: { operationId: readA }\n",
    },
    ["openapi Shop - openapi.yaml", "  readA: GET /a :4", "  GET /b: GET /b :5"],
  ],
  [
    "AsyncAPI 2: what others may publish, the application consumes",
    {
      "events.yml": lines(
        "asyncapi: 2.6.0",
        "info: { title: Orders, version: '1' }",
        "channels:",
        "  order.placed:",
        "    subscribe: { operationId: onPlaced, message: { $ref: '#/components/messages/OrderPlaced' } }",
        "  payment.done:",
        "    publish: { message: { oneOf: [{ name: Paid }, { messageId: Refused }] } }",
      ),
    },
    [
      "asyncapi Orders 1 events.yml",
      "  onPlaced: PUBLISH order.placed :5",
      "  CONSUME payment.done: CONSUME payment.done :7",
      "  subscribe order.placed: publishes OrderPlaced",
      "  publish payment.done: consumes Paid,Refused",
    ],
  ],
  [
    "AsyncAPI 3: what the application does",
    {
      "events.json": lines(
        '{ "asyncapi": "3.0.0", "info": {"title": "Orders"},',
        '"channels": {"placed": {"address": "order.placed", "messages": {"OrderPlaced": {}}}},',
        '"operations": {',
        '"tell": {"action": "send", "channel": {"$ref": "#/channels/placed"}},',
        '"hear": {"action": "receive", "channel": {"$ref": "#/channels/other"}}}}',
      ),
    },
    [
      "asyncapi Orders - events.json",
      "  tell: PUBLISH order.placed :4",
      "  hear: CONSUME other :5",
      "  send order.placed: publishes OrderPlaced",
      "  receive other: consumes ",
    ],
  ],
  [
    "protocol buffers with copies; imported messages and those of others left out",
    {
      "protos/cart.proto": lines(
        'syntax = "proto3"; // shop',
        "package shop.v1;",
        'import "types.proto";',
        "service Cart {",
        "  option (x) = { a: 1 };",
        '  rpc Add(Item) returns (stream .shop.v1.Item) { option (google.api.http) = { post: "/v1/{name=items/*}" }; }',
        "  rpc Get(Id) returns (Item);",
        "}",
        "message Item {",
        "  reserved 2, 3; /* message Gone {} */",
        '  repeated string names = 1 [json_name = "n;"];',
        "  map<string, Id> ids = 4;",
        "  oneof kind { Id own = 5; string other = 6; }",
        "  message Id { int32 value = 1; }",
        "  enum Color { RED = 0; }",
        "}",
      ),
      "web/protos/cart.proto": 'syntax = "proto3"; package shop.v1; service Cart { rpc Get(Id) returns (Item); }',
      "protos/types.proto": "package shop.v1; message Id { int32 value = 1; }",
      "protos/google/api/http.proto": "package google.api; message Http { int32 a = 1; }",
      "protos/grpc/health/v1/health.proto": "package grpc.health.v1; service Health { rpc Check(A) returns (B); }",
    },
    [
      "grpc shop.v1 v1 protos/cart.proto,web/protos/cart.proto",
      "  shop.v1.Cart/Add: RPC /shop.v1.Cart/Add :6",
      "  shop.v1.Cart/Get: RPC /shop.v1.Cart/Get :7",
      "  service shop.v1.Cart Add,Get :4",
      "  Item { names ids own other } :9",
      "  Item.Id { value } :14",
    ],
  ],
  [
    "GraphQL: the files of a folder are one schema, queries of clients are none",
    {
      "products/schema/query.graphqls": lines(
        "schema { query: Root }",
        "type Root {",
        '  "reads (one)"',
        "  product(id: ID! = 1, n: [Int!]): Product @auth(role: ADMIN)",
        "  top: [Product!]! # first: x",
        "}",
      ),
      "products/schema/types/product.graphqls":
        'type Product @key(fields: "id") { id: ID! name: String }\nextend type Root { all: Int }\nenum Color { RED }',
      "web/products.graphql": "query Products { product(id: 1) { name } }\nfragment F on Product { name }",
    },
    [
      "graphql products - products/schema/query.graphqls",
      "  QUERY product: QUERY product :4",
      "  QUERY top: QUERY top :5",
      "  Product { id name } :1",
      "  Root { all } :2",
    ],
  ],
  [
    "JSON Schema of an event, none of settings",
    {
      "events/order-placed.schema.json": lines(
        "{",
        '"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",',
        '"properties": {"id": {}, "total": {}}}',
      ),
      "config.schema.json": '{"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": {"a": {}}}',
      "tsconfig.json": '{"$schema": "https://json.schemastore.org/tsconfig", "type": "object"}',
    },
    ["jsonschema order-placed - events/order-placed.schema.json", "  order-placed { id total } :3"],
  ],
  [
    "the entry of a TypeScript package",
    {
      "packages/model/package.json":
        '{"name": "@shop/model", "version": "1.0.0", "exports": {".": {"types": "./dist/index.d.ts", "default": "./dist/index.js"}}}',
      "packages/model/src/index.ts": lines(
        "export * from './order.js';",
        "export { a as b, type C } from './x';",
        "// export const hidden = 1;",
        "/* export const gone = 1;",
        "*/",
        "export * as d from './d';",
      ),
      "packages/model/src/order.ts":
        "export interface Order {}\nexport const enum State { A }\nexport default async function place() {}\n",
      "apps/web/package.json": '{"name": "web", "main": "src/index.ts", "scripts": {"dev": "next dev"}}',
      "apps/web/src/index.ts": "export const x = 1;\n",
    },
    ["typescript @shop/model 1.0.0 packages/model/src/index.ts", "  exports C,Order,State,b,d,place"],
  ],
  [
    "tests, code of others, built files, custom resources and documents without operations are no contracts",
    {
      "test/openapi.yaml": "openapi: 3.0.0\npaths: {/a: {get: {}}}\n",
      "vendor/x/a.proto": "package x; service A { rpc B(C) returns (D); }",
      "crd.yaml":
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {versions: [{schema: {openAPIV3Schema: {type: object}}}]}\n",
      "cortex.yaml": "openapi: 3.0.1\ninfo: {title: x, x-cortex-tag: x}\n",
      "readme.yaml": "text: 'openapi: 3.0'\n",
    },
    [],
  ],
])("%s", (_, files, expected) => {
  const { contracts, problems } = collect(files);
  expect(contracts.flatMap(brief)).toEqual(expected);
  expect(problems).toEqual([]);
});

const proto = (field: string) => `package shop; service Cart { rpc Get(A) returns (A); } message A { string ${field} = 1; }`;

test("copies that have drifted apart are told by their fingerprints", () => {
  const { contracts } = collect({
    "a/cart.proto": proto("id"),
    "b/cart.proto": `${proto("id")}\n\n`,
    "c/cart.proto": proto("name"),
  });
  const prints = contracts.flatMap((contract) => contract.copies.map((copy) => copy.fingerprint));
  expect([contracts.length, prints.length, new Set(prints).size, prints[0] === prints[1]]).toEqual([1, 3, 2, true]);
});

test("what cannot be read is a problem with its file, the others are kept", () => {
  const { contracts, problems, sources } = collect({
    "good/openapi.yaml": "openapi: 3.0.0\ninfo: {title: Good}\npaths: {/a: {get: {}}}\n",
    "broken/openapi.yaml": "openapi: 3.0.0\npaths: [\n",
    "broken/openapi.json": '{"openapi": "3.0.0", ',
    "deep/openapi.json": `{"openapi": "3.0.0", "paths": ${"[".repeat(100_000)}`,
    "broken/a.proto": "service Cart { rpc Get(",
    "broken/a.graphql": "type Query { a(",
  });
  expect(contracts.map((contract) => contract.file)).toEqual(["broken/a.graphql", "broken/a.proto", "good/openapi.yaml"]);
  expect(problems.map((problem) => problem.path)).toEqual(["broken/openapi.json", "broken/openapi.yaml", "deep/openapi.json"]);
  expect(sources.filter((source) => !source.read)).toHaveLength(3);
});

test("hostile texts cost little", () => {
  const bombs = [
    "{".repeat(500_000),
    "type Query (".repeat(100_000),
    "type A { a(".repeat(100_000),
    "message A { oneof b { ".repeat(50_000),
    "service A { rpc ".repeat(50_000),
    "/*".repeat(300_000),
    '"""'.repeat(300_000),
    'openapi: "3.0\n'.repeat(30_000),
    `{"openapi":"3.1","paths":{${'"/a":{"get":{"x":'.repeat(20_000)}`,
    `asyncapi: 2.0${" ".repeat(500_000)}`,
    "export {".repeat(60_000),
    "export * from './a';\n".repeat(30_000),
    '{"$schema":"http://json-schema.org/","type":"object","__proto__":{"polluted":1},"properties":{"__proto__":{},"constructor":{}}}',
  ];
  const spent = processorTime();
  for (const bomb of bombs) {
    collect({
      "a.proto": bomb,
      "a.graphql": bomb,
      "a.json": bomb,
      "a.yaml": bomb,
      "p/package.json": '{"name":"p","main":"src/index.ts"}',
      "p/src/index.ts": bomb,
    });
  }
  expect(spent()).toBeLessThan(15_000);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

const service = (name: string, at: number) =>
  `syntax = "proto3"; package ${name}; service S${at} { rpc Get(A) returns (A); } message A {}`;

test("who publishes under a well-known name is told apart from who copied a few files of it", () => {
  const named = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`google/shop/v1/s${at}.proto`, service("google.shop.v1", at)]));
  const own = { "orders/orders.proto": service("shop.v1", 0) };
  const [few, many] = [40, 60].map((count) => collect({ ...named(count), ...own }).contracts.length);
  expect([few, many]).toEqual([1, 61]);
});
