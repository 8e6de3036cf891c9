import { expect, test } from "vitest";
import { componentRef, resourceRef, shortName } from "#model/refs.js";
import { component, relations, resource } from "./fixtures/index.js";
import { asyncCycles, asyncFlows, blockingCalls, callDepths, synchronousCycles } from "./index.js";
import { strongComponents } from "./strong-components.js";

const components = ["a", "b", "c", "d", "e", "f"].map((name) => component(name));
const names = (refs: readonly string[]) => refs.map(shortName).join(" ");

test.each<[string, string, string[], string[]]>([
  ["a chain", "a calls b, b calls c", [], []],
  ["two that call each other", "a calls b, b calls a, b calls c", ["a b"], ["a b"]],
  [
    "one knot of two rings, as seat, travel and travel2 of train-ticket",
    "a calls b, b calls a, a calls c, c calls a",
    ["a b c"],
    ["a b", "a c"],
  ],
  ["a ring of three and one apart", "c calls a, a calls b, b calls c, d calls e, e calls d", ["a b c", "d e"], ["a b c", "d e"]],
  ["a call to itself", "a calls a", [], []],
  ["what is no component", "a calls nobody, nobody calls a", [], []],
])("circles of calls: %s", (_, text, knots, rings) => {
  const cycles = synchronousCycles({ components, relations: relations(text) });
  expect(cycles.map((cycle) => names(cycle.components))).toEqual(knots);
  expect(cycles.flatMap((cycle) => cycle.rings.map(names))).toEqual(rings);
});

test.each([
  ["hints", { confidence: "hint" }],
  ["infrastructure", { category: "infrastructure" }],
  ["plain connections", { protocol: "tcp" }],
] as const)("%s make no circle", (_, more) => {
  expect(synchronousCycles({ components, relations: relations("a calls b, b calls a", more) })).toEqual([]);
});

test("a module acts as the deployable that holds it", () => {
  const whole = [component("shop"), component("cart", { kind: "module", partOf: componentRef("shop") }), component("stock")];
  const facts = { components: whole, relations: relations("cart calls stock, stock calls shop, cart calls shop") };
  expect(blockingCalls(facts).map(({ from, to }) => names([from, to]))).toEqual(["shop stock", "stock shop"]);
  expect(synchronousCycles(facts).map(({ edges }) => edges.map(({ id }) => id))).toEqual([
    ["cart calls stock", "stock calls shop"],
  ]);
});

const resources = [
  resource("broker", "broker"),
  resource("orders", "topic", "broker"),
  resource("stock", "topic", "broker"),
  resource("other", "broker"),
];

test.each<[string, string, string[]]>([
  ["publisher to each consumer", "a publishes orders, b consumes orders, c consumes orders", ["a b orders", "a c orders"]],
  ["own messages are no flow", "a publishes orders, a consumes orders", []],
  ["nobody reads", "a publishes orders, b consumes stock", []],
  [
    "the broker beside the topic says nothing more",
    "a publishes orders, a publishes broker, b consumes orders, b consumes broker",
    ["a b orders"],
  ],
  ["without topics, one publisher", "a publishes other, b consumes other, c consumes other", ["a b other", "a c other"]],
  [
    "without topics, two of each: who reads whom is open",
    "a publishes other, b publishes other, c consumes other, d consumes other",
    [],
  ],
])("flows of messages: %s", (_, text, flows) => {
  const found = asyncFlows({ components, resources, relations: relations(text) });
  expect(found.map(({ from, to, via }) => names([from, to, via]))).toEqual(flows);
});

test("a flow has the evidence of both sides; hints are none", () => {
  const facts = { components, resources, relations: relations("a publishes orders, b consumes orders") };
  expect(asyncFlows(facts)).toEqual([
    {
      from: componentRef("a"),
      to: componentRef("b"),
      via: resourceRef("orders"),
      evidence: facts.relations.flatMap(({ evidence }) => evidence),
    },
  ]);
  const hints = relations("a publishes orders, b consumes orders", { confidence: "hint" });
  expect(asyncFlows({ components, resources, relations: hints })).toEqual([]);
});

test("circles of messages stand apart from circles of calls", () => {
  const all = relations("a publishes orders, b consumes orders, b publishes stock, a consumes stock, b calls c");
  expect(asyncCycles(asyncFlows({ components, resources, relations: all })).map(names)).toEqual(["a b"]);
  expect(synchronousCycles({ components, relations: all })).toEqual([]);
});

test.each<[string, string, string[]]>([
  ["the shortest way counts", "a calls b, b calls c, a calls c, c calls d", ["a c d", "a b", "a c", "a"]],
  ["two entries", "a calls c, b calls c", ["a c", "a", "b"]],
  ["a circle that nobody enters has no depth", "a calls b, b calls a", []],
  ["a circle behind an entry", "a calls b, b calls c, c calls b", ["a b c", "a b", "a"]],
])("depth of calls: %s", (_, text, ways) => {
  expect(callDepths(blockingCalls({ components, relations: relations(text) })).map(({ way }) => names(way))).toEqual(ways);
});

test("a chain of fifty thousand does not exhaust the stack", () => {
  const size = 50_000;
  const chain = Array.from({ length: size }, (_, at) => [String(at), String((at + 1) % size)] as const);
  expect(strongComponents(chain).map((members) => members.length)).toEqual([size]);
  expect(strongComponents(chain.slice(1))).toEqual([]);
});
