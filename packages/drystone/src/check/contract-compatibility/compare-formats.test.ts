import { describe, expect, test } from "vitest";
import { contractAt } from "#collect/contracts/index.js";
import { textTree } from "#collect/files/index.js";
import { type ContractOptions, compareContract } from "./compare-contract.js";

const order = (fields: string, more = "") =>
  `syntax = "proto3";\npackage shop.v1;\n${more}\nmessage Order {\n${fields}\n}\nmessage Item { string name = 1; }\nservice Orders { rpc Get (Order) returns (Item); }\n`;
const file = (text: string) => ({ "shop.proto": `syntax = "proto3";\n${text}` });
const files = (type: string) => ({
  "shop.proto": 'syntax = "proto3";\nimport "common/money.proto";\nmessage A { Money m = 1; }',
  "common/money.proto": `syntax = "proto3";\nmessage Money { ${type} units = 1; }`,
});
const two = (action: string, message: unknown, address = "orders.placed") => ({
  asyncapi: "2.6.0",
  info: { title: "orders", version: "1" },
  channels: { [address]: { [action]: { message } } },
});
const placed = (payload: unknown, more = {}) => ({ name: "OrderPlaced", payload, ...more });
const of = (value: unknown) => ({ "asyncapi.json": JSON.stringify(value) });
const three = (action: string, payload: unknown, address = "orders") => ({
  asyncapi: "3.0.0",
  info: { title: "orders", version: "1" },
  channels: { orders: { address, messages: { placed: { payload } } } },
  operations: { tell: { action, channel: { $ref: "#/channels/orders" } } },
});
const record = (...fields: unknown[]) =>
  placed({ type: "record", name: "Order", fields }, { schemaFormat: "application/vnd.apache.avro;version=1.9.0" });
const count = (type: string) => ({ name: "n", type });
const schema = (body: string) => ({
  "schema.graphql": `type Query { order(id: ID!): Order }\ntype Order { ${body} }\nenum State { OPEN DONE }`,
});

describe("protocol buffers, by the rules of WIRE_JSON", () => {
  test.each([
    ["nothing changes", "string id = 1;", "string id = 1;", []],
    ["a field is added", "string id = 1;", "string id = 1; int32 n = 2;", []],
    ["a field is removed", "string id = 1; int32 n = 2;", "string id = 1;", ["error proto-field-removed shop.v1.Order"]],
    [
      "a field is removed, its number and name reserved",
      "string id = 1; int32 n = 2;",
      'string id = 1; reserved 2; reserved "n";',
      [],
    ],
    [
      "only its number is reserved",
      "string id = 1; int32 n = 2;",
      "string id = 1; reserved 2;",
      ["error proto-field-removed shop.v1.Order"],
    ],
    [
      "a reserved number is used again",
      "string id = 1; reserved 2;",
      "string id = 1; bool open = 2;",
      ["error proto-number-reused shop.v1.Order"],
    ],
    [
      "a number is no longer reserved",
      "string id = 1; reserved 2;",
      "string id = 1;",
      ["error proto-reserved-removed shop.v1.Order"],
    ],
    ["a number changes", "string id = 1;", "string id = 2;", ["error proto-number-changed shop.v1.Order"]],
    ["a type changes", "string id = 1;", "int64 id = 1;", ["error proto-type-changed shop.v1.Order"]],
    ["int32 and uint32 read each other", "int32 n = 1;", "uint32 n = 1;", []],
    ["JSON writes 64 bits as text", "int32 n = 1;", "int64 n = 1;", ["error proto-type-changed shop.v1.Order"]],
    ["a name changes", "string id = 1;", "string key = 1;", ["error proto-name-changed shop.v1.Order"]],
    ["it becomes a list", "string id = 1;", "repeated string id = 1;", ["error proto-label-changed shop.v1.Order"]],
    ["presence is told otherwise", "string id = 1;", "optional string id = 1;", ["warning proto-presence-changed shop.v1.Order"]],
    ["it moves into a oneof", "string id = 1;", "oneof key { string id = 1; }", ["error proto-oneof-changed shop.v1.Order"]],
    [
      "a map of other values",
      "map<string, string> m = 1;",
      "map<string, int32> m = 1;",
      ["error proto-type-changed shop.v1.Order"],
    ],
    ["a message of the same form under another name", "Item item = 1;", "Part item = 1; }\nmessage Part { string name = 1;", []],
  ])("%s", (_, old, next, found) => expect(changes({ "shop.proto": order(old) }, { "shop.proto": order(next) })).toEqual(found));

  test("WIRE: names do not count", () => {
    const [old, next] = [order("string id = 1; int32 n = 2;"), order("string key = 1; int64 n = 2;")];
    expect(changes({ "shop.proto": old }, { "shop.proto": next }, { wireOnly: true })).toEqual([]);
  });
  test("services, enums and packages", () => {
    const service = (body: string) => file(`package shop;\nmessage A {}\nmessage B { int32 n = 1; }\nservice Orders { ${body} }`);
    expect(changes(service("rpc Get (A) returns (B);"), service(""))).toEqual(["error proto-rpc-removed shop.Orders/Get"]);
    expect(changes(service("rpc Get (A) returns (B);"), service("rpc Get (A) returns (stream B);"))).toEqual([
      "error proto-rpc-streaming-changed shop.Orders/Get",
    ]);
    expect(changes(service("rpc Get (A) returns (B);"), service("rpc Get (A) returns (A);"))).toEqual([
      "error proto-rpc-response-changed shop.Orders/Get",
    ]);
    const state = (values: string) => file(`package shop;\nenum State { ${values} }\nmessage A { State s = 1; }`);
    expect(changes(state("NONE = 0; OPEN = 1;"), state("NONE = 0;"))).toEqual(["error proto-enum-value-removed shop.State"]);
    expect(changes(state("NONE = 0; OPEN = 1;"), state("NONE = 0; STARTED = 1;"))).toEqual([
      "error proto-enum-value-renamed shop.State",
    ]);
    expect(changes(state("NONE = 0; OPEN = 1;"), state('NONE = 0; reserved 1; reserved "OPEN";'))).toEqual([]);
    expect(changes(file("package shop;\nmessage A {}"), file("package shop.v2;\nmessage A {}"))).toEqual([
      "error proto-package-changed ",
    ]);
  });
  test("a type that an import holds is looked up there", () => {
    expect(changes(files("int64"), files("int64"))).toEqual([]);
  });
});

describe("AsyncAPI", () => {
  const text = { type: "string" };
  const anything = { type: ["string", "integer"] };
  test("in 2.x where others subscribe, the application sends", () => {
    expect(changes(of(two("subscribe", placed(text))), of(two("subscribe", placed(anything))))).toEqual([
      "error response-type-changed sends orders.placed",
    ]);
    expect(changes(of(two("subscribe", placed(anything))), of(two("subscribe", placed(text))))).toEqual([]);
    expect(changes(of(two("publish", placed(anything))), of(two("publish", placed(text))))).toEqual([
      "error request-type-changed receives orders.placed",
    ]);
    expect(changes(of(two("publish", placed(text))), of(two("publish", placed(anything))))).toEqual([]);
  });
  test("channels, messages and content types", () => {
    expect(changes(of(two("subscribe", placed(text))), of(two("subscribe", placed(text), "orders.created")))).toEqual([
      "error channel-removed sends orders.placed",
    ]);
    expect(
      changes(
        of(two("subscribe", placed(text))),
        of(two("subscribe", { oneOf: [placed(text), { name: "OrderSplit", payload: text }] })),
      ),
    ).toEqual(["warning message-added sends orders.placed"]);
    expect(
      changes(of(two("subscribe", placed(text))), of(two("subscribe", placed(text, { contentType: "application/xml" })))),
    ).toEqual(["error content-type-changed sends orders.placed"]);
  });
  test("in 3.x operations say what the application does", () => {
    expect(changes(of(three("send", text)), of(three("send", anything)))).toEqual(["error response-type-changed sends orders"]);
    expect(changes(of(three("receive", anything)), of(three("receive", text)))).toEqual([
      "error request-type-changed receives orders",
    ]);
    expect(changes(of(three("send", text)), of(three("send", text, "orders.v2")))).toEqual([
      "error address-changed sends orders",
    ]);
  });
  test("Avro by its rules of resolution", () => {
    const id = { name: "id", type: "string" };
    expect(changes(of(two("subscribe", record(id, count("int")))), of(two("subscribe", record(id))))).toEqual([
      "error avro-field-missing sends orders.placed",
    ]);
    expect(changes(of(two("subscribe", record(id))), of(two("subscribe", record(id, count("int")))))).toEqual([]);
    expect(changes(of(two("subscribe", record(count("long")))), of(two("subscribe", record(count("int")))))).toEqual([]);
    expect(changes(of(two("subscribe", record(count("int")))), of(two("subscribe", record(count("long")))))).toEqual([
      "error avro-type-changed sends orders.placed",
    ]);
  });
});

describe("GraphQL", () => {
  test("breaking and dangerous changes of the reference implementation", () => {
    expect(changes(schema("id: ID! note: String"), schema("id: ID!"))).toEqual(["error graphql-field-removed Order.note"]);
    expect(changes(schema("id: ID!"), schema("id: ID! note: String"))).toEqual([]);
    const more = { "schema.graphql": schema("id: ID!")["schema.graphql"].replace("DONE", "DONE LATE") };
    expect(changes(schema("id: ID!"), more)).toEqual(["warning graphql-value-added-to-enum State"]);
  });
  test("types that are declared elsewhere are no mistake, a broken schema is", () => {
    expect(changes(schema("id: ID! user: User"), schema("id: ID! user: User"))).toEqual([]);
    expect(changes(schema("id: ID!"), { "schema.graphql": "type Query {" })).toEqual(["error malformed "]);
  });
});

describe("what cannot be read is told with file and place", () => {
  test.each([
    ["openapi.json", '{"openapi": "3.0.0",\n "paths": {'],
    ["openapi.yaml", "openapi: 3.0.0\npaths:\n  /a: [\n"],
    ["shop.proto", 'syntax = "proto3";\nmessage A { string = 1 }'],
    ["deep.json", `${'{"a":'.repeat(400)}1${"}".repeat(400)}`],
  ])("%s", (file, text) => {
    const tree = textTree("shop", { [file]: text });
    const source = contractAt(tree, file);
    expect(source?.problems.map(({ path, message }) => [path, message.includes(file)])).toEqual([[file, true]]);
  });
  test("lines of JSON and YAML are those of the key", () => {
    const tree = textTree("shop", {
      "a.json": '{\n "type": "object",\n "properties": {\n  "x~/y": {\n   "enum": [1,\n 2]}}}',
      "b.yaml": "type: object\nproperties:\n  a:\n    enum:\n      - 1\n",
    });
    const line = (file: string, ...pointer: string[]) => {
      const body = contractAt(tree, file)?.body;
      return body?.form === "document" ? body.documents.get(file)?.lineOf(pointer) : null;
    };
    expect([
      line("a.json", "properties", "x~/y"),
      line("a.json", "properties", "x~/y", "enum", "1"),
      line("b.yaml", "properties", "a", "enum", "0"),
      line("a.json", "nowhere"),
    ]).toEqual([4, 6, 5, 1]);
  });
});

function changes(
  old: Readonly<Record<string, string>>,
  next: Readonly<Record<string, string>>,
  options: Partial<ContractOptions> = {},
): string[] {
  const [file = ""] = Object.keys(old);
  const [before, after] = [old, next].map((files) => contractAt(textTree("shop", files), file));
  if (!before || !after) throw new TypeError(`${file} is a contract on both sides`);
  return compareContract(before, after, { wireOnly: false, direction: "response", asOf: "2026-11-20", ...options })
    .filter(({ level }) => level !== "note")
    .map(({ level, rule, subjects }) => `${level} ${rule} ${subjects.join(", ")}`);
}
