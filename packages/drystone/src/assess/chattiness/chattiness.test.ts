import { expect, test } from "vitest";
import { callSite, relations } from "#derive/calls/fixtures/index.js";
import { smallEstate } from "#derive/team-changes/fixtures/index.js";
import type { Evidence } from "#model/evidence.js";
import type { CallSiteFact, Facts } from "#model/facts.js";
import { shortName } from "#model/refs.js";
import { assessChattiness } from "./index.js";
import { operationOf } from "./remote-calls.js";

const services = { a: null, b: null, c: null, d: null, e: null, f: null };

function assessed(facts: Partial<Facts>) {
  const estate = smallEstate({ services, changes: [] });
  const { assessment, measures } = assessChattiness({ ...estate, facts: { ...estate.facts, ...facts } });
  return {
    ...assessment,
    told: assessment.findings.map(({ code, subjects, value, evidenceTotal }) => [
      code,
      subjects.map(shortName).join(" "),
      value,
      evidenceTotal,
    ]),
    measures: measures.map(({ id, subjects, value }) => [id, subjects.map(shortName).join(" "), value].join(" ")),
  };
}

const chain = relations("a calls b, b calls c, c calls d, d calls e, e calls f");
const operations = (count: number): CallSiteFact[] =>
  Array.from({ length: count }, (_, at) => callSite("a", "b", { path: `/operation-${at}/{id}` }));

const inFile = (file: string): Evidence[] => [{ type: "file", repository: "shop", file, line: 1, text: "" }];

test.each<[string, Partial<Facts>, string, (string | number | null)[][]]>([
  ["nothing known", {}, "unknown", []],
  ["calls outside of loops", { callSites: [callSite("a", "b")], relations: relations("a calls b") }, "unknown", []],
  [
    "a call in a loop",
    { callSites: [callSite("a", "b", { inLoop: true })] },
    "mixed",
    [["chattiness/call-in-loop", "a b", 1, 1]],
  ],
  [
    "a loop that calls itself, or outside",
    { callSites: [callSite("a", "a", { inLoop: true }), callSite("a", "elsewhere", { inLoop: true })] },
    "unknown",
    [],
  ],
  ["a loop with an unknown target", { callSites: [callSite("a", "b", { inLoop: true, target: null })] }, "unknown", []],
  ["nine operations", { callSites: operations(9) }, "unknown", []],
  ["ten operations", { callSites: operations(10) }, "mixed", [["chattiness/many-operations", "a b", 10, 10]]],
  ["four nested calls", { relations: chain.slice(1) }, "unknown", []],
  ["five nested calls", { relations: chain }, "mixed", [["chattiness/deep-chain", "a f", 5, 5]]],
  ["five, but there is a shorter way", { relations: [...chain, ...relations("a calls e")] }, "unknown", []],
])("%s", (_, facts, verdict, findings) => {
  const { verdict: word, told, missing, reasons } = assessed(facts);
  expect([word, told]).toEqual([verdict, findings]);
  expect(missing.map(({ input }) => input.split(":")[0])).toEqual(["traces of 3 days"]);
  expect(/suggest/.test(reasons.join(" "))).toBe(
    verdict === "mixed" || (Object.keys(facts).length > 0 && reasons[0]?.startsWith("Nothing in")),
  );
});

test("the whole answer", () => {
  const callSites = [callSite("a", "b", { path: "/p/:id", inLoop: true }), callSite("a", "b", { path: "/p/{id}?x=1" })];
  const { told, ...answer } = assessed({ callSites, relations: relations("a calls b, a calls c") });
  expect(answer).toMatchObject({
    verdict: "mixed",
    value: null,
    grade: "C",
    sample: { n: 2, of: "call sites" },
    conditions: [
      { text: "no call to another service stands in a loop", met: false },
      { text: "no service calls 10 or more different operations of another one (pages aside)", met: true },
      { text: "no request has to pass 5 or more nested calls", met: true },
    ],
    reasons: [
      "The source suggests it: 1 pair of services with a call inside of a loop (a → b).",
      "How often a request does that, only traces tell.",
    ],
    findings: [
      {
        message: "One call from a to b stands inside of a loop (/p/:id): this suggests one request per element.",
        location: { repository: "shop", file: "a/src/main.js", line: 7 },
      },
    ],
    measures: ["calls.operations a b 1", "calls.fan-out a 2", "calls.depth system 1"],
  });
  expect(told).toHaveLength(1);
});

test.each([
  [{ method: "GET", path: "/orders/:id?page=1" }, "GET /orders/{}"],
  [{ method: "GET", path: "/orders/${id}/items" }, "GET /orders/{}/items"],
  [{ method: null, path: "/orders/{orderId}" }, "/orders/{}"],
  [{ method: null, path: "shop.Cart/GetCart" }, "shop.Cart/GetCart"],
  [{ method: "GET", path: null }, null],
])("%o is %s", (site, operation) => {
  expect(operationOf(site)).toBe(operation);
});

test("a gateway is no hop, outsiders are no services", () => {
  const estate = smallEstate({ services, changes: [] });
  const components = estate.components.map((component) =>
    component.name === "b"
      ? { ...component, kind: "gateway" as const }
      : component.name === "f"
        ? { ...component, kind: "external" as const }
        : component,
  );
  const facts = { ...estate.facts, components, relations: chain };
  const { measures } = assessChattiness({ ...estate, components, facts });
  expect(measures.find(({ id }) => id === "calls.depth")?.value).toBe(3);
});

test("a page asks for many things, and calls without a known place say nothing about loops", () => {
  const page = smallEstate({ services, changes: [] });
  const components = page.components.map((each) => (each.name === "a" ? { ...each, kind: "frontend" as const } : each));
  const told = (facts: Partial<Facts>) =>
    assessChattiness({ ...page, components, facts: { ...page.facts, components, ...facts } });
  expect(told({ callSites: operations(10) }).assessment.verdict).toBe("unknown");
  expect(told({ relations: relations("a calls b") }).assessment.reasons[0]).toMatch(/^The files tell who calls whom/);
});

test("a client in a library holds what could be called, not what is", () => {
  const estate = smallEstate({ services, changes: [] });
  const components = estate.facts.components.map((one) =>
    one.name === "f" ? { ...one, kind: "library" as const, paths: ["clients"] } : one,
  );
  const callSites = [
    ...operations(10).map((site) => ({ ...site, evidence: inFile("clients/a.js") })),
    callSite("a", "b", { path: "/one", evidence: inFile("a/src/main.js") }),
  ];
  const { told, measures } = assessed({ components, callSites });
  expect([told, measures]).toEqual([[], ["calls.operations a b 1"]]);
});

test("one service", () => {
  expect(assessChattiness(smallEstate({ services: { a: null }, changes: [] })).assessment.verdict).toBe("not-applicable");
});
