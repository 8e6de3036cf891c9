import { expect, test } from "vitest";
import { component, relation, resource } from "#derive/calls/fixtures/index.js";
import { smallEstate } from "#derive/team-changes/fixtures/index.js";
import type { Facts, RelationFact } from "#model/facts.js";
import { shortName } from "#model/refs.js";
import { noTraces, type TracedCallFact, type TracedServiceFact } from "#model/running.js";
import { seenRelations, withTracedRelations } from "./index.js";

const { facts: base } = smallEstate({ services: {}, changes: [] });
const span = [{ type: "span", trace: "t", span: "s" }] as const;

function call(from: string, kind: TracedCallFact["kind"], to: string, more: Partial<TracedCallFact> = {}): TracedCallFact {
  return {
    from,
    to,
    kind,
    protocol: kind === "calls" ? "http" : kind === "reads" || kind === "writes" ? "db" : "queue",
    technology: null,
    calls: 5,
    failed: 0,
    requests: 5,
    operations: [],
    evidence: span,
    ...more,
  };
}

function emits(...names: string[]): TracedServiceFact[] {
  return names.map((name) => ({ name, component: null, spans: 9, orphans: 0, seenAs: "emits" }));
}

function reconciled(facts: Partial<Facts>, calls: readonly TracedCallFact[], services: readonly TracedServiceFact[] = []) {
  const joined = withTracedRelations({
    ...base,
    components: ["web", "orders"].map((name) => component(name)),
    ...facts,
    traces: { ...noTraces, spans: 9, calls, services },
  });
  return {
    facts: joined,
    relations: joined.relations.map(({ from, kind, to, seen, confidence }) =>
      [shortName(from), kind, shortName(to), seen.join("+"), confidence].join(" "),
    ),
    added: joined.components
      .filter(({ name }) => name !== "web" && name !== "orders")
      .map(({ name, kind, built }) => [name, kind, built]),
  };
}

const [web, orders] = ["component:default/web", "component:default/orders"];

const arrows = (list: readonly RelationFact[]): string[] => list.map(({ from, to }) => `${shortName(from)} ${shortName(to)}`);

test.each<[string, Partial<Facts>, TracedCallFact[], string[]]>([
  [
    "known to both",
    { relations: [relation("web", "calls", "orders", { confidence: "hint" })] },
    [call(web, "calls", orders)],
    ["web calls orders static+runtime confirmed"],
  ],
  [
    "only in files",
    { relations: [relation("web", "calls", "orders")] },
    [call(orders, "calls", web)],
    ["orders calls web runtime confirmed", "web calls orders static confirmed"],
  ],
  [
    "a datastore by its name",
    {
      resources: [resource("orders-db", "datastore", null, "postgresql")],
      relations: [relation("orders", "writes", "orders-db")],
    },
    [call(orders, "writes", "orders-db.shop.svc", { technology: "postgresql" })],
    ["orders writes orders-db static+runtime confirmed"],
  ],
  [
    "a datastore by its technology",
    {
      resources: [resource("db", "datastore", null, "mariadb"), resource("cache", "cache", null, "redis")],
      relations: [relation("orders", "reads", "db")],
    },
    [call(orders, "reads", "10", { technology: "mysql" })],
    ["orders reads db static+runtime confirmed"],
  ],
  [
    "a table",
    {
      resources: [
        resource("db", "datastore", null, "postgresql"),
        resource("db.order", "table", "db"),
        resource("db.item", "table", "db"),
      ],
      relations: [relation("orders", "writes", "db.order"), relation("orders", "writes", "db.item")],
    },
    [call(orders, "writes", "postgresql", { technology: "postgresql", operations: [{ name: "INSERT shop.order", calls: 5 }] })],
    ["orders writes db.item static confirmed", "orders writes db.order static+runtime confirmed"],
  ],
  [
    "a topic",
    {
      resources: [resource("kafka", "broker", null, "kafka"), resource("kafka.placed", "topic", "kafka", "kafka")],
      relations: [relation("orders", "publishes", "kafka.placed")],
    },
    [call(orders, "publishes", "placed", { technology: "kafka" }), call(web, "consumes", "placed", { technology: "kafka" })],
    ["web consumes kafka.placed runtime confirmed", "orders publishes kafka.placed static+runtime confirmed"],
  ],
  [
    "a new topic of a known broker",
    { resources: [resource("kafka", "broker", null, "kafka")] },
    [call(orders, "publishes", "placed", { technology: "kafka" })],
    ["orders publishes placed runtime confirmed"],
  ],
  [
    "a new datastore",
    {},
    [call(orders, "reads", "mongo-0", { technology: "mongodb" })],
    ["orders reads mongo-0 runtime confirmed"],
  ],
  [
    "a part calls for its whole",
    {
      components: [component("web"), component("orders"), component("orders-core", { kind: "module", partOf: orders })],
      relations: [relation("orders-core", "calls", "web")],
    },
    [call(orders, "calls", web)],
    ["orders-core calls web static+runtime confirmed"],
  ],
])("%s", (_, facts, calls, expected) => expect(reconciled(facts, calls).relations).toEqual(expected));

test("who is only known from traces becomes a component: a service that reports spans, an external one that is only called", () => {
  const { added, relations } = reconciled(
    {},
    [call(web, "calls", "Legacy_Billing"), call("Legacy_Billing", "calls", "api.bank.example")],
    emits("Legacy_Billing"),
  );
  expect(added).toEqual([
    ["legacy_billing", "service", false],
    ["api.bank.example", "external", false],
  ]);
  expect(relations).toEqual([
    "legacy_billing calls api.bank.example runtime confirmed",
    "web calls legacy_billing runtime confirmed",
  ]);
});

test("asking twice changes nothing", () => {
  const once = reconciled({ relations: [relation("web", "calls", "orders")] }, [
    call(web, "calls", orders),
    call(web, "calls", "ghost"),
  ]).facts;
  expect(withTracedRelations(once)).toEqual(once);
});

test("no traces: the same facts", () => expect(withTracedRelations(base)).toBe(base));

test("both, only traces, only files", () => {
  const { facts } = reconciled(
    {
      relations: [relation("web", "calls", "orders"), relation("web", "calls", "mail")],
      components: ["web", "orders", "mail"].map((name) => component(name)),
    },
    [call(web, "calls", orders), call(orders, "calls", web)],
    [{ name: "web", component: web, spans: 3, orphans: 0, seenAs: "emits" }],
  );
  const { both, onlyTraces, onlyFiles } = seenRelations(facts);
  expect([arrows(both), arrows(onlyTraces), arrows(onlyFiles)]).toEqual([["web orders"], ["orders web"], ["web mail"]]);
});
