import { expect, test } from "vitest";
import { type Change, smallEstate, weekly } from "#derive/team-changes/fixtures/index.js";
import { assessOwnership } from "./index.js";

const teams = { red: ["ada", "bob"], blue: ["cleo", "dan"] };

function changes(by: string, count: number, service: string, every = 7): Change[] {
  return weekly(count, { by: [by], touches: [service] }, every);
}

test("the worked example: 95 of 115 changes by the owner, orders aligned, billing aligned, search shared (metrics.md D3)", () => {
  const estate = smallEstate({
    services: { orders: "red", billing: "red", search: "red" },
    teams,
    codeowners: ["/search/ @shop/red"],
    changes: [
      ...changes("ada", 45, "orders"),
      ...changes("cleo", 5, "orders"),
      ...changes("bob", 38, "billing"),
      ...changes("dan", 2, "billing"),
      ...changes("ada", 12, "search"),
      ...changes("cleo", 13, "search"),
    ],
  });
  const { measures } = assessOwnership(estate);
  expect(
    measures
      .filter(({ id }) => id === "ownership.share")
      .map(({ value, interval, sample, detail }) => [value, interval, sample?.n, detail?.["state"]]),
  ).toEqual([
    [0.9, [0.786398, 0.956524], 50, "aligned"],
    [0.95, [0.834961, 0.986179], 40, "aligned"],
    [0.48, [0.300313, 0.665015], 25, "shared"],
  ]);
});

test("the same, pooled: 95 of 115", () => {
  const estate = smallEstate({
    services: { orders: "red", billing: "red", search: "red", shipping: "blue" },
    teams,
    changes: [
      ...changes("ada", 45, "orders"),
      ...changes("cleo", 5, "orders"),
      ...changes("bob", 38, "billing"),
      ...changes("dan", 2, "billing"),
      ...changes("ada", 12, "search"),
      ...changes("cleo", 13, "search"),
    ],
  });
  const { assessment } = assessOwnership(estate);
  expect({
    ...assessment,
    findings: assessment.findings.map(({ code, subjects, value, evidence, evidenceTotal }) => [
      code,
      subjects,
      value,
      evidence.length,
      evidenceTotal,
    ]),
  }).toMatchObject({
    id: "ownership",
    verdict: "aligned",
    value: 0.826087,
    interval: [0.761896, 0.9],
    unit: "share of changes to owned components",
    sample: { n: 115, of: "changes to owned components", min: 30 },
    comparison: null,
    grade: "B",
    missing: [],
    reasons: [
      "The owning team made 95 of 115 changes to components with exactly one owner (83 %).",
      "4 of 4 components have exactly one declared owning team.",
      "0 of 3 components with 10 changes or more are changed mostly by others than their owner.",
    ],
    findings: [["ownership/foreign-changes", ["component:default/search", "group:default/blue"], 0.52, 13, 13]],
  });
});

const aligned: Change[] = [...changes("ada", 50, "orders"), ...changes("cleo", 50, "billing")];

test.each([
  ["owners make nearly all changes", { orders: "red", billing: "blue" }, aligned, "aligned"],
  ["others make nearly all changes", { orders: "blue", billing: "red" }, aligned, "misaligned"],
  [
    "good owners, but most components have none",
    { orders: "red", billing: "blue", search: null, shipping: null },
    aligned,
    "mixed",
  ],
  [
    "too few changes",
    { orders: "red", billing: "blue" },
    [...changes("ada", 9, "orders"), ...changes("cleo", 9, "billing")],
    "unknown",
  ],
  [
    "one busy component does not hide three that others change",
    { orders: "red", billing: "red", search: "red", shipping: "red", pricing: "blue" },
    [
      ...weekly(320, { by: ["ada"], touches: ["orders"] }, 1),
      ...changes("cleo", 12, "billing"),
      ...changes("cleo", 12, "search"),
      ...changes("dan", 12, "shipping"),
    ],
    "mixed",
  ],
])("%s", (_, services, made, verdict) => {
  expect(assessOwnership(smallEstate({ services, teams, changes: made })).assessment.verdict).toBe(verdict);
});

test("unmatched and cleared are told apart", () => {
  const estate = smallEstate({
    services: { orders: null, billing: null, search: null },
    codeowners: ["/orders/ @shop/red", "/billing/"],
    teams,
    changes: aligned,
  });
  expect(assessOwnership(estate).assessment.findings.filter(({ code }) => code === "ownership/unowned")).toMatchObject([
    { severity: "note", subjects: ["component:default/billing"], location: { file: "CODEOWNERS", line: 2 }, evidenceTotal: 1 },
    { severity: "warning", subjects: ["component:default/search"], location: null },
  ]);
});

test("one line for everything says nothing", () => {
  const estate = smallEstate({ services: { orders: null, billing: null }, codeowners: ["* @shop/red"], teams, changes: aligned });
  const { assessment } = assessOwnership(estate);
  expect([assessment.verdict, assessment.reasons[0], assessment.missing[0]?.how]).toEqual([
    "unknown",
    "One set of owners is declared for all 2 components: that says who reviews, not which team owns what.",
    "/orders/ @ORGANISATION/TEAM   (in CODEOWNERS, one line per component; drystone init drafts a drystone.yaml instead)",
  ]);
  expect(assessment.findings.filter(({ code }) => code === "ownership/one-line")).toMatchObject([
    { severity: "note", subjects: ["system"], location: { line: 1 } },
  ]);
});

test("owners without members: declared findings stay, the rest is unknown and names the teams", () => {
  const estate = smallEstate({
    services: { orders: "red", billing: ["red", "blue"], search: null },
    teams: { red: [], blue: [] },
    changes: aligned,
  });
  const { assessment, measures } = assessOwnership(estate);
  expect(assessment).toMatchObject({
    verdict: "unknown",
    value: null,
    grade: "D",
    reasons: [
      "Owners are declared, but it is not known who is in the teams: nobody can tell whether owners make the changes.",
      "1 of 3 components has exactly one declared owning team, 1 several owners, 1 none.",
    ],
    missing: [
      {
        how: "teams: { blue: { members: [NAME@EXAMPLE.COM] }, red: { members: [NAME@EXAMPLE.COM] } }   (in drystone.yaml; drystone init writes it)",
      },
    ],
  });
  expect(assessment.findings.map(({ code, subjects }) => [code, ...subjects])).toEqual([
    ["ownership/contested", "component:default/billing"],
    ["ownership/unowned", "component:default/search"],
  ]);
  expect(measures).toEqual([]);
});

test("a named person is an owner of a kind, measured and never named", () => {
  const estate = smallEstate({
    services: { orders: "user:ada", billing: "user:cleo" },
    changes: [...changes("ada", 30, "orders"), ...changes("ada", 20, "billing"), ...changes("cleo", 2, "billing")],
  });
  const { assessment, measures } = assessOwnership(estate);
  expect(assessment.verdict).toBe("unknown");
  expect(assessment.reasons).toContain("0 of 2 components have exactly one declared owning team, 2 a named person, not a team.");
  expect(assessment.findings.map(({ code, message }) => [code, message])).toEqual([
    ["ownership/contested", "The named person owns billing and made 2 of 22 changes to it."],
  ]);
  expect(measures.map(({ value }) => value)).toEqual([1, 0.090909]);
  expect(
    JSON.stringify([{ ...assessment, findings: assessment.findings.map((one) => ({ ...one, evidence: [] })) }, measures]),
  ).not.toMatch(/ada|cleo/);
});

test("drifting: another team works there for 90 days, and the owner did before", () => {
  const estate = smallEstate({
    services: { orders: "red", billing: "blue" },
    teams,
    changes: [
      ...weekly(30, { by: ["ada"], touches: ["orders"] }, 7, 100),
      ...weekly(12, { by: ["cleo"], touches: ["orders"] }, 7, 1),
      ...weekly(2, { by: ["bob"], touches: ["orders"] }, 40, 2),
    ],
  });
  const drifting = assessOwnership(estate).assessment.findings.filter(({ code }) => code === "ownership/drifting");
  expect(drifting).toMatchObject([
    {
      subjects: ["component:default/orders", "group:default/blue"],
      message:
        "orders drifts from red to blue: in the last 90 days red made 2 of 14 changes, blue 12. In the months before, red made 30 of 30.",
      value: 0.142857,
      evidenceTotal: 12,
    },
  ]);
});

test("one busy week of another team is no drift", () => {
  const estate = smallEstate({
    services: { orders: "red", billing: "blue" },
    teams,
    changes: [
      ...weekly(30, { by: ["ada"], touches: ["orders"] }, 7, 100),
      ...weekly(12, { by: ["cleo"], touches: ["orders"] }, 0.5, 1),
    ],
  });
  expect(assessOwnership(estate).assessment.findings.filter(({ code }) => code === "ownership/drifting")).toEqual([]);
});

test.each([
  [
    "nobody is declared",
    { services: { orders: null, billing: null }, changes: aligned },
    "unknown",
    "Nobody is declared as the owner of any of 2 components.",
  ],
  [
    "a shallow clone",
    { services: { orders: "red", billing: "blue" }, teams, changes: aligned, shallow: true },
    "unknown",
    "shop is a shallow clone",
  ],
  [
    "people: off",
    { services: { orders: "red", billing: "blue" }, teams, changes: aligned, people: "off" as const },
    "not-applicable",
    "People are switched off",
  ],
  ["nothing to own", { services: {}, changes: [] }, "not-applicable", "No component that is built here"],
  [
    "members of teams made the fewest changes",
    {
      services: { orders: "red", billing: "blue" },
      teams,
      changes: [...aligned, ...weekly(120, { by: ["eve"], touches: ["orders"] }, 2)],
    },
    "unknown",
    "The owning team made 100 of 100",
  ],
])("%s", (_, shop, verdict, reason) => {
  const { assessment } = assessOwnership(smallEstate(shop));
  expect([assessment.verdict, assessment.reasons[0]]).toEqual([verdict, expect.stringContaining(reason)]);
  expect(assessment.verdict === "unknown" ? assessment.missing.length : 1).toBeGreaterThan(0);
});
