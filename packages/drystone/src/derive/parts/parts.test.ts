import { describe, expect, test } from "vitest";
import type { Evidence } from "#model/evidence.js";
import type { RelationFact } from "#model/facts.js";
import type { Estate } from "../estate/index.js";
import { viewFiles } from "../files/index.js";
import { smallEstate, weekly } from "../team-changes/fixtures/index.js";
import { changesInside, crossings, findPart } from "./index.js";

const estate = smallEstate({
  services: { orders: null, billing: null },
  changes: [
    ...weekly(6, { by: ["ada"], touches: ["orders"] }),
    ...weekly(4, { by: ["bob"], touches: ["orders", "billing"] }, 7, 1),
    { by: ["cyd"], ago: 3, touches: ["billing/test/main.test.js", "orders"] },
    { by: ["cyd"], ago: 4, touches: ["billing/src/invoices/pdf.js"] },
  ],
});
const view = viewFiles(estate);

describe("findPart", () => {
  test.each([
    ["orders", "component:default/orders", ["orders/src/main.js"]],
    ["ORDERS", "component:default/orders", ["orders/src/main.js"]],
    ["component:default/orders", "component:default/orders", ["orders/src/main.js"]],
    ["billing/src/invoices", "path:billing/src/invoices", ["billing/src/invoices/pdf.js"]],
    ["./billing/src/invoices/", "path:billing/src/invoices", ["billing/src/invoices/pdf.js"]],
    ["**/pdf.js", "path:**/pdf.js", ["billing/src/invoices/pdf.js"]],
    [
      "orders/src, billing/src/invoices",
      "path:orders/src,billing/src/invoices",
      ["billing/src/invoices/pdf.js", "orders/src/main.js"],
    ],
  ])("%s", (text, subject, files) => {
    const { found } = findPart(estate, view, text);
    expect([found?.subject, [...(found?.files ?? [])].map((file) => view.files[file]?.path)]).toEqual([subject, files]);
  });

  test.each([
    ["ordres", { found: null, suggestions: ["orders"], several: false }],
    ["billing/src/invoice", { found: null, suggestions: ["billing/src/invoices"], several: false }],
    ["", { found: null, suggestions: [], several: false }],
    ["__proto__", { found: null, suggestions: [], several: false }],
    ["x".repeat(100_000), { found: null, suggestions: [], several: false }],
  ])("%.20s is nothing", (text, answer) => {
    expect(findPart(estate, view, text)).toEqual(answer);
  });
});

describe("what a part says", () => {
  const part = findPart(estate, view, "orders").found;
  if (part === null) throw new Error("orders is there");

  test("changes inside, outside, both; a test beside it is no other part", () => {
    const { inside, outside, alone, both, internal } = changesInside(estate, view, part);
    expect([inside.length, outside.length, alone.length, both.length]).toEqual([11, 5, 7, 4]);
    expect(internal.filter(({ isShared }) => isShared).length).toBe(4);
  });

  test("without imports, calls and tables nothing is known to cross", () => {
    const found = crossings(estate, view, part);
    expect([found.crossings, found.cut.conductance, found.programFiles, found.knownFiles, found.tables]).toEqual([
      [],
      null,
      1,
      0,
      [],
    ]);
  });
});

describe("a set of files holds a component", () => {
  const estateOf = smallEstate({
    services: { orders: null, billing: null },
    changes: [{ by: ["ada"], ago: 3, touches: ["orders/Dockerfile", "orders/test/a.test.js", "orders/src/other.js", "billing"] }],
  });
  const files = viewFiles(estateOf);
  test.each([
    ["orders/src", ["component:default/orders"]],
    ["orders/src/main.js", []],
    ["orders/Dockerfile", []],
    ["orders/src,billing/src/main.js", ["component:default/billing", "component:default/orders"]],
  ])("%s: of which it has nearly all program text", (path, refs) => {
    expect([...(findPart(estateOf, files, path).found?.refs ?? [])].sort()).toEqual(refs);
  });
});

test("a call leads into the files that answer and comes from the files that ask, whatever component they are in", () => {
  const call = (from: string, to: string, operation: string | null, file: string): RelationFact => ({
    id: `${from} ${to} ${file}`,
    kind: "calls",
    protocol: "http",
    category: "business",
    confidence: "confirmed",
    seen: ["static"],
    from: `component:default/${from}`,
    to: `component:default/${to}`,
    operation,
    detail: `${from} asks ${to}`,
    evidence: at(file),
  });
  const joint: Estate = {
    ...estate,
    facts: {
      ...estate.facts,
      operations: [
        {
          ref: "api:default/pdf",
          contract: null,
          component: "component:default/billing",
          method: "GET",
          path: "/pdf",
          evidence: at("billing/src/invoices/pdf.js"),
        },
        {
          ref: "api:default/pay",
          contract: null,
          component: "component:default/billing",
          method: "POST",
          path: "/pay",
          evidence: at("billing/src/main.js"),
        },
      ],
      relations: [
        call("orders", "billing", "api:default/pdf", "orders/src/main.js"),
        call("orders", "billing", "api:default/pay", "orders/src/main.js"),
        call("billing", "orders", null, "billing/src/invoices/pdf.js"),
      ],
    },
  };
  const invoices = findPart(joint, view, "billing/src/invoices").found;
  const found = invoices === null ? [] : crossings(joint, view, invoices).crossings;
  expect(found.map(({ direction, relation }) => [direction, relation?.detail])).toEqual([
    ["in", "orders asks billing"],
    ["out", "billing asks orders"],
  ]);
  expect(found[0]?.relation?.operation).toBe("api:default/pdf");
});

function at(file: string): Evidence[] {
  return [{ type: "file", repository: "shop", file, line: 1 }];
}
