import { describe, expect, test } from "vitest";
import { relation, relations, resource, storeUse } from "#derive/calls/fixtures/index.js";
import { estateWith } from "#derive/libraries/fixtures/index.js";
import { type Change, type Shop, weekly } from "#derive/team-changes/fixtures/index.js";
import type { ComponentFact, Facts, OperationFact, RelationFact } from "#model/facts.js";
import { componentRef } from "#model/refs.js";
import { assessBoundaryQuality } from "./boundary-quality.js";

const others = ["cart", "orders", "catalog", "search", "shipping", "prices", "reviews", "returns", "stock", "taxes"];

function assessed(services: readonly string[], facts: Partial<Facts>, shop: Partial<Shop> = {}) {
  return assessBoundaryQuality(
    estateWith({ services: Object.fromEntries(services.map((name) => [name, null])), changes: [], ...shop }, facts),
  );
}

function callsTo(name: string, count: number): RelationFact[] {
  return others.slice(0, count).map((other) => relation(other, "calls", name));
}

function operation(component: string, method: string, path: string): OperationFact {
  return {
    ref: `api:default/${component}#${method} ${path}`,
    contract: null,
    component: componentRef(component),
    method,
    path,
    evidence: [],
  };
}

const tables = (component: string, ...names: readonly string[]) => ({
  resources: names.map((name) => resource(`db.${name}`, "table", "db")),
  storeUses: [storeUse(component, "db")],
  relations: names.map((name) => relation(component, "writes", `db.${name}`)),
});

describe("metrics.md E3, worked examples", () => {
  const auth = tables("auth", "tokens");
  const bus = [resource("mail-wanted", "topic", "bus")];
  test.each<[string, string, Partial<Facts>, string, string]>([
    [
      "auth: called by 9 of 10, one table, no events",
      "auth",
      { ...auth, relations: [...auth.relations, ...callsTo("auth", 9)] },
      "smell",
      "yes yes yes yes unknown",
    ],
    [
      "notification: called by 5 of 10",
      "notification",
      {
        ...tables("notification", "mails", "templates"),
        relations: [...tables("notification", "mails", "templates").relations, ...callsTo("notification", 5)],
      },
      "smell",
      "yes yes yes yes unknown",
    ],
    [
      "notification fed by messages only",
      "notification",
      {
        resources: bus,
        relations: [
          ...others.slice(0, 5).map((name) => relation(name, "publishes", "mail-wanted")),
          relation("notification", "consumes", "mail-wanted"),
        ],
      },
      "clear",
      "yes no unknown no unknown",
    ],
    [
      "order: called by 3 of 10, sends messages",
      "order",
      {
        resources: [resource("placed", "topic", "bus")],
        relations: [...callsTo("order", 3), relation("order", "publishes", "placed")],
      },
      "clear",
      "no no unknown no unknown",
    ],
    [
      "payment moves the business on, whatever else",
      "payment",
      {
        relations: callsTo("payment", 9),
        operations: [operation("payment", "POST", "/payments/{id}/refund"), operation("payment", "GET", "/payments")],
      },
      "clear",
      "no yes no yes unknown",
    ],
    [
      "user keeps records only",
      "user",
      {
        relations: callsTo("user", 9),
        operations: [
          operation("user", "GET", "/users"),
          operation("user", "POST", "/users"),
          operation("user", "DELETE", "/users/{id}"),
        ],
      },
      "smell",
      "yes yes yes yes unknown",
    ],
    ["user of which nothing is known", "user", { relations: callsTo("user", 2) }, "clear", "unknown no unknown yes unknown"],
    ["auth that two call", "auth", { relations: callsTo("auth", 2) }, "suspicious", "yes no unknown yes unknown"],
    [
      "half of the others, but no other sign than waiting",
      "prices-list",
      { relations: callsTo("prices-list", 9) },
      "clear",
      "no yes unknown yes unknown",
    ],
  ])("%s", (_, name, facts, state, answers) => {
    const { measures } = assessed([name, ...others], facts);
    const { detail } = measures.find(({ subjects }) => subjects[0] === componentRef(name)) ?? {};
    const { vocabulary, fanIn, data, events, library } = detail ?? {};
    expect([detail?.state, [vocabulary, fanIn, data, events, library].join(" ")]).toEqual([state, answers]);
  });
});

test("a technical part: who fails with it, and what speaks for and against", () => {
  const facts = {
    ...tables("auth", "tokens"),
    relations: [...tables("auth", "tokens").relations, ...callsTo("auth", 5), relation("returns", "calls", "orders")],
  };
  const { assessment, measures } = assessed(["auth", ...others], facts);
  expect(assessment).toMatchObject({ verdict: "mixed", value: 0.090909, grade: "C", sample: { n: 11, of: "services" } });
  const [smell] = assessment.findings;
  expect(smell).toMatchObject({
    code: "boundary-quality/technical-boundary",
    severity: "warning",
    subjects: [componentRef("auth")],
    message:
      "auth looks like a technical part: its name is technical: auth; 5 of 10 other services behind gateways and pages call it and wait; it uses 1 table; it sends no messages and every user waits. When it is down, 6 of 10 other services cannot answer in full; at 99.9 % availability that is 43 minutes a month.",
    evidenceTotal: 5,
  });
  expect(smell?.fix).toContain("not known without traces");
  expect(measures.find(({ subjects }) => subjects[0] === componentRef("returns"))?.detail).toMatchObject({
    needs: 2,
    availability: 0.997003,
  });
});

test("two technical parts and a third of the services: boundaries are drawn technically", () => {
  const facts = {
    relations: ["a", "b", "c", "d"].flatMap((name) => [relation(name, "calls", "auth"), relation(name, "calls", "session")]),
  };
  const { assessment } = assessed(["auth", "session", "a", "b", "c", "d"], facts);
  expect([assessment.verdict, assessment.value, assessment.conditions.map(({ met }) => met)]).toEqual([
    "present",
    0.333333,
    [true, true, false, false],
  ]);
});

describe("circles of calls", () => {
  test("are found with the shortest ways round", () => {
    const { assessment } = assessed(["a", "b", "c", "d"], {
      relations: relations("a calls b, b calls c, c calls a, b calls a, d calls a"),
    });
    expect(assessment.verdict).toBe("mixed");
    expect(
      assessment.findings.map(({ code, subjects, message, evidenceTotal }) => [code, subjects, message, evidenceTotal]),
    ).toEqual([
      [
        "boundary-quality/sync-cycle",
        ["a", "b", "c"].map(componentRef),
        "3 services wait for each other in a circle: a → b → a; a → b → c → a.",
        4,
      ],
    ]);
  });

  test("by way of a gateway are none, nor are messages", () => {
    const gateway: Partial<ComponentFact> = { kind: "gateway" };
    const estate = estateWith(
      { services: { a: null, b: null, c: null, edge: null }, changes: [] },
      {
        resources: [resource("t", "topic", "bus")],
        relations: [...relations("edge calls a, a calls edge, b publishes t, c consumes t, c calls b")],
      },
    );
    const facts = {
      ...estate.facts,
      components: estate.facts.components.map((each) => (each.name === "edge" ? { ...each, ...gateway } : each)),
    };
    expect(assessBoundaryQuality({ ...estate, facts, components: facts.components }).assessment).toMatchObject({
      verdict: "absent",
      value: 0,
      findings: [],
    });
  });
});

describe("services cut by layer", () => {
  const services = ["shop-ui", "shop-api", "shop-logic", "shop-data"];
  const chain = relations("shop-ui calls shop-api, shop-api calls shop-logic, shop-logic calls shop-data");
  const together: Change[] = weekly(20, { by: ["ada"], touches: ["shop-logic", "shop-data"] }, 14);
  const apart: Change[] = services.flatMap((name, at) => weekly(10, { by: ["ada"], touches: [name] }, 30, at));
  const teams = { red: ["ada"], blue: ["bob"], green: ["cyd"], grey: ["dan"] };
  const owned = Object.fromEntries(services.map((name, at) => [name, Object.keys(teams)[at] ?? null]));
  test.each<[string, Partial<Shop>, readonly RelationFact[], string, string | null]>([
    ["that change together", { changes: together }, chain, "present", "warning"],
    ["that layer teams own", { services: owned, teams }, chain, "present", "warning"],
    ["that change alone", { changes: apart }, chain, "mixed", "note"],
    ["of which nothing more is known", {}, chain, "mixed", "note"],
    [
      "that are not called in one chain",
      { changes: together },
      relations("shop-ui calls shop-api, shop-ui calls shop-data"),
      "absent",
      null,
    ],
  ])("%s", (_, shop, calls, verdict, severity) => {
    const { assessment } = assessed(services, { relations: calls }, shop);
    const cut = assessment.findings.find(({ code }) => code === "boundary-quality/layered-cut");
    expect([assessment.verdict, cut?.severity ?? null]).toEqual([verdict, severity]);
  });

  test("a frontend and an API are no such cut", () => {
    expect(
      assessed(["shop-ui", "shop-api", "mail"], {
        relations: relations("shop-ui calls shop-api, shop-api calls mail"),
      }).assessment.findings.map(({ code }) => code),
    ).toEqual(["boundary-quality/suspicious-boundary"]);
  });
});

test("a hub is called by many and calls many", () => {
  const facts = {
    relations: [...callsTo("core-domain", 5), ...others.slice(5).map((name) => relation("core-domain", "calls", name))],
  };
  expect(
    assessed(["core-domain", ...others, "tips", "gifts"], facts).assessment.findings.map(({ code, value }) => [code, value]),
  ).toEqual([["boundary-quality/hub", 10]]);
});

test.each<[string, readonly string[], Partial<Facts>, string]>([
  ["nothing read", ["a", "b", "c"], {}, "unknown"],
  ["two services", ["a", "b"], { relations: relations("a calls b") }, "not-applicable"],
  ["hints are no calls", ["a", "b", "c"], { relations: relations("a calls b", { confidence: "hint" }) }, "unknown"],
  ["a few calls", ["a", "b", "c"], { relations: relations("a calls b") }, "absent"],
])("%s", (_, services, facts, verdict) => {
  expect(assessed(services, facts).assessment.verdict).toBe(verdict);
});
