import { describe, expect, test } from "vitest";
import { estateWith, library } from "#derive/libraries/fixtures/index.js";
import { type Shop, weekly } from "#derive/team-changes/fixtures/index.js";
import type { CloneFacts, ClonePair, Facts, ModelFact } from "#model/facts.js";
import { componentRef } from "#model/refs.js";
import { assessSharedCode } from "./shared-code.js";

const shop: Shop = {
  services: { cart: "red", orders: "blue", billing: "blue" },
  teams: { red: ["ada"], blue: ["bob"] },
  changes: weekly(24, { by: ["ada"], touches: ["pricing/src/price.ts"] }, 15),
};
const everybody = { cart: "1.0.0", orders: "1.0.0", billing: "1.0.0" };
const noClones: CloneFacts = {
  lines: ["cart", "orders", "billing"].map((name) => ({ component: componentRef(name), lines: 1000 })),
  pairs: [],
};

function pair(one: string, other: string, lines: number, from = 1): ClonePair {
  const place = (name: string) => ({
    component: componentRef(name),
    repository: "shop",
    file: `${name}/a.ts`,
    from,
    to: from + lines - 1,
  });
  return { tokens: lines * 8, exact: true, places: [place(one), place(other)] };
}

function model(name: string, component: string, fields: string): ModelFact {
  return {
    component: componentRef(component),
    name,
    fields: fields.split(" "),
    repository: "shop",
    file: `${component}/${name}.ts`,
    line: 3,
  };
}

function assessed(more: Partial<Facts>, other: Partial<Shop> = {}) {
  return assessSharedCode(
    estateWith(
      { ...shop, ...other },
      {
        clones: noClones,
        models: [model("Setting", "cart", "key value")],
        libraries: [library("log", everybody, { nature: "infrastructure" })],
        ...more,
      },
    ),
  );
}

describe("verdicts", () => {
  const domain = library("pricing", everybody, { nature: "domain" });
  const three = ["Order", "Line", "Customer"].flatMap((name) => [
    model(name, "cart", "id name price"),
    model(name, "orders", "id name price"),
  ]);
  test.each<[string, Partial<Facts>, Partial<Shop>, string]>([
    ["only a technical library", {}, {}, "absent"],
    ["a domain library of three services and two teams, twice a month", { libraries: [domain] }, {}, "present"],
    ["the same with owners unknown", { libraries: [domain] }, { services: { cart: null, orders: null, billing: null } }, "mixed"],
    ["the same of one team", { libraries: [domain] }, { services: { cart: "red", orders: "red", billing: "red" } }, "mixed"],
    ["the same, never changed", { libraries: [domain] }, { changes: weekly(12, { by: ["ada"], touches: ["cart"] }) }, "absent"],
    [
      "the same, used by two",
      { libraries: [library("pricing", { cart: "1.0.0", orders: "1.0.0" }, { nature: "domain" })] },
      {},
      "absent",
    ],
    ["the same as generated clients", { libraries: [library("pricing", everybody, { nature: "contract" })] }, {}, "absent"],
    ["nothing tells what it holds", { libraries: [library("pricing", everybody)] }, {}, "mixed"],
    ["5 % of the lines are copies", { clones: { ...noClones, pairs: [pair("cart", "orders", 75)] } }, {}, "present"],
    [
      "5 % of few lines are copies",
      { clones: { lines: noClones.lines.map((each) => ({ ...each, lines: 100 })), pairs: [pair("cart", "orders", 20)] } },
      {},
      "unknown",
    ],
    [
      "5 % of the lines are alike, with other names",
      { clones: { ...noClones, pairs: [{ ...pair("cart", "orders", 75), exact: false }] } },
      {},
      "mixed",
    ],
    ["3 % of the lines are copies", { clones: { ...noClones, pairs: [pair("cart", "orders", 45)] } }, {}, "mixed"],
    ["1 % of the lines are copies", { clones: { ...noClones, pairs: [pair("cart", "orders", 15)] } }, {}, "absent"],
    [
      "copies in tests of something that is no service",
      { clones: { ...noClones, pairs: [pair("cart", "tools", 75)] } },
      {},
      "absent",
    ],
    ["three types of data in two teams", { models: three }, {}, "present"],
    [
      "three types of data in one team",
      { models: three },
      { services: { cart: "red", orders: "red", billing: "red" } },
      "absent",
    ],
    ["three types of data with owners unknown", { models: three }, { services: { cart: null, orders: null } }, "mixed"],
    ["no source read", { clones: { lines: [], pairs: [] } }, {}, "unknown"],
    ["no source read, but a heavy library", { clones: { lines: [], pairs: [] }, libraries: [domain] }, {}, "present"],
    ["one service of three read", { clones: { lines: noClones.lines.slice(0, 1), pairs: [] } }, {}, "unknown"],
    ["one service", {}, { services: { cart: "red" } }, "not-applicable"],
  ])("%s", (_, more, other, verdict) => {
    expect(assessed(more, other).assessment.verdict).toBe(verdict);
  });
});

test("blast = change rate x fan-in; the reach goes through other internal libraries", () => {
  const libraries = [
    library("pricing", { cart: "1.0.0", orders: "1.0.0", basket: "1.0.0" }, { nature: "domain" }),
    library("basket", { billing: "1.0.0", cart: "1.0.0" }, { nature: "infrastructure" }),
  ];
  const { measures, assessment } = assessed({ libraries });
  expect(measures.find(({ id, subjects }) => id === "library.blast" && subjects[0] === componentRef("pricing"))).toEqual({
    id: "library.blast",
    subjects: [componentRef("pricing")],
    value: 6.00411,
    unit: "service upgrades per month",
    interval: null,
    sample: { n: 24, of: "change sets" },
    window: "2025-11-20/2026-11-20",
    detail: { library: "pricing", nature: "domain", services: 2, reaches: 3 },
  });
  expect(assessment.findings.map(({ code, severity, subjects, value }) => [code, severity, subjects.length, value])).toEqual([
    ["shared-code/domain-library", "note", 3, 6.00411],
  ]);
});

test("lines that lie in two copies count once; overlapping places are one piece", () => {
  const pairs = [
    pair("cart", "orders", 40),
    pair("cart", "billing", 40),
    pair("orders", "billing", 30, 5),
    pair("cart", "orders", 10, 200),
  ];
  const { assessment, measures } = assessed({ clones: { ...noClones, pairs } });
  expect(assessment.value).toBe(0.046667);
  expect(assessment.findings.map(({ message, value, subjects }) => [message, value, subjects.length])).toEqual([
    ["The same 40 lines stand in 3 services: billing, cart and orders.", 80, 3],
    ["The same 10 lines stand in 2 services: cart and orders.", 10, 2],
  ]);
  expect(new Set(assessment.findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  expect(measures.filter(({ id }) => id === "clones.share").map(({ value }) => value)).toEqual([0.05, 0.05, 0.04]);
});

describe("shared models", () => {
  const fields = "id name price stock colour size weight";
  test.each<[string, readonly ModelFact[], readonly string[]]>([
    [
      "same name and fields",
      [model("Item", "cart", fields), model("Item", "orders", fields)],
      ["Item (7 fields) is defined alike in cart and orders."],
    ],
    [
      "5 of 7 fields, other spelling",
      [model("Item", "cart", fields), model("item", "orders", "ID Name_ price stock colour x y")],
      ["Item (7 fields) is defined alike in cart and orders."],
    ],
    ["4 of 7 fields", [model("Item", "cart", fields), model("Item", "orders", "id name price stock a b c")], []],
    ["other name", [model("Item", "cart", fields), model("Product", "orders", fields)], []],
    ["too few fields to say", [model("Id", "cart", "id"), model("Id", "orders", "id")], []],
    ["in one service", [model("Item", "cart", fields), model("Item", "cart", fields)], []],
  ])("%s", (_, models, messages) => {
    expect(assessed({ models }).assessment.findings.map(({ message }) => message)).toEqual(messages);
  });

  test("a type in a library with business types, imported by two services", () => {
    const files = ["billing/b.test.ts", "cart/a.ts", "orders/o.ts", "pricing/Price.ts"];
    const imports = [
      {
        repository: "shop",
        files,
        from: [0, 1, 2],
        to: [3, 3, 3],
        lines: [1, 1, 1],
        kinds: ["value", "value", "value"] as const,
        packages: [],
        unresolved: [],
        counts: [],
      },
    ];
    const { assessment } = assessed({
      imports,
      models: [model("Price", "pricing", "amount currency tax")],
      libraries: [library("pricing", everybody, { nature: "domain" })],
    });
    expect(
      assessment.findings
        .filter(({ code }) => code === "shared-code/shared-model")
        .map(({ message, subjects }) => [message, subjects]),
    ).toEqual([["Price (3 fields) of pricing is imported by cart and orders.", ["pricing", "cart", "orders"].map(componentRef)]]);
  });
});

function namedCart(facts: Partial<Facts>, other: Partial<Shop>): string {
  return JSON.stringify(assessed(facts, other).assessment)
    .replaceAll("kart", "cart")
    .replace(/"fingerprint":"\w+"/g, "");
}

test("renaming a service changes nothing but its name", () => {
  const clones = { ...noClones, pairs: [pair("cart", "orders", 75)] };
  const renamed = JSON.parse(JSON.stringify(clones).replaceAll("cart", "kart")) as CloneFacts;
  const services = { kart: "red", orders: "blue", billing: "blue" };
  expect(namedCart({ clones: renamed }, { services })).toBe(namedCart({ clones }, {}));
});
