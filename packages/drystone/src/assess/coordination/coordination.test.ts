import { expect, test } from "vitest";
import { deriveEstate } from "#derive/estate/index.js";
import { type Change, smallEstate, weekly } from "#derive/team-changes/fixtures/index.js";
import { defaultParameters } from "#model/parameters.js";
import { congruence, coordinationRequirements, crossTeamShare, teamRequirements } from "#util/statistics/index.js";
import { assessCoordination } from "./index.js";

const teams = { red: ["ada", "bob"], blue: ["cleo", "dan"] };
const services = { orders: "red", billing: "blue" };

function sets(alone: number, across: number): Change[] {
  return [
    ...weekly(alone, { by: ["ada"], touches: ["orders"] }, 3),
    ...weekly(across, { by: ["cleo"], touches: ["orders", "billing"] }, 3.5),
  ];
}

// metrics.md 0.1: 20/50 present, 1/100 absent, 15/100 mixed, 9/20 too few; 5/31 spans both limits.
test.each([
  [30, 20, "misaligned", 0.4],
  [99, 1, "aligned", 0.01],
  [26, 5, "unknown", 0.16129],
  [85, 15, "mixed", 0.15],
  [11, 9, "unknown", 0.45],
])("%i changes in one team, %i across: %s", (alone, across, verdict, value) => {
  const { assessment } = assessCoordination(smallEstate({ services, teams, changes: sets(alone, across) }));
  expect([assessment.verdict, assessment.value, assessment.unit, assessment.sample]).toEqual([
    verdict,
    value,
    "share of change sets to owned components",
    { n: alone + across, of: "change sets to owned components", min: 30 },
  ]);
});

test("the whole of a misaligned one", () => {
  const { assessment } = assessCoordination(smallEstate({ services, teams, changes: sets(30, 20) }));
  expect(assessment.reasons).toEqual([
    "20 of 50 changes needed components of two or more teams (40 %).",
    "Most often blue and red: 20 changes, 100 % of those to what blue owns.",
    "1 pair of people in teams changes what changes together: too few (20 are needed) to look where their coordination is seen.",
  ]);
  expect(
    assessment.findings.map(({ code, severity, subjects, message, evidence, evidenceTotal }) => [
      code,
      severity,
      subjects,
      message,
      evidence.length,
      evidenceTotal,
    ]),
  ).toEqual([
    [
      "coordination/cross-team-changes",
      "warning",
      ["group:default/blue", "group:default/red"],
      "20 of 20 changes to what blue owns also needed something of red, most often billing with orders (20).",
      20,
      20,
    ],
  ]);
  expect(assessment.missing).toEqual([]);
});

test("needs owners, not members: without members the congruence is left out and asked for", () => {
  const { assessment } = assessCoordination(smallEstate({ services, teams: { red: [], blue: [] }, changes: sets(30, 20) }));
  expect([assessment.verdict, assessment.missing.map(({ input }) => input)]).toEqual(["misaligned", ["who is in which team"]]);
});

test("a team and the unit above it do not cross", () => {
  const nested = { red: { parent: "group:default/sales", members: [] }, sales: {}, blue: [] };
  const { assessment } = assessCoordination(
    smallEstate({ services: { orders: "red", billing: "sales", search: "blue" }, teams: nested, changes: sets(30, 20) }),
  );
  expect([assessment.verdict, assessment.value]).toEqual(["aligned", 0]);
});

test.each([
  ["one service", { services: { orders: "red" }, teams, changes: sets(30, 0) }, "not-applicable"],
  [
    "one team with members",
    { services: { orders: "red", billing: "red" }, teams: { red: ["ada"] }, changes: sets(30, 20) },
    "not-applicable",
  ],
  [
    "one name in an ownership file, few people",
    { services: { orders: null, billing: null }, codeowners: ["* @shop/red"], changes: sets(30, 20) },
    "not-applicable",
  ],
  [
    "one name in an ownership file, many people",
    {
      services: { orders: null, billing: null },
      codeowners: ["* @shop/red"],
      changes: Array.from({ length: 12 }, (_, at) => ({ by: [`dev${at}`], ago: at, touches: ["orders"] })),
    },
    "unknown",
  ],
  ["no owners", { services: { orders: null, billing: null }, changes: sets(30, 20) }, "unknown"],
  ["a shallow clone", { services, teams, changes: sets(30, 20), shallow: true }, "unknown"],
])("%s: %s", (_, shop, verdict) => {
  const { assessment } = assessCoordination(smallEstate(shop));
  expect(assessment.verdict).toBe(verdict);
  expect(assessment.verdict === "unknown" ? assessment.missing.length : 1).toBeGreaterThan(0);
});

test("the published matrices: congruence 2/3, weighted 2/5, cross-team share 0.6 (metrics.md D1)", () => {
  const required = coordinationRequirements(
    [
      [1, 0, 1, 1],
      [0, 0, 0, 1],
      [1, 0, 0, 0],
      [0, 1, 0, 1],
    ],
    [
      [0, 1, 0, 0],
      [1, 0, 1, 0],
      [0, 1, 0, 1],
      [0, 0, 1, 0],
    ],
  );
  const seen = [
    [0, 1, 0, 0],
    [1, 0, 0, 0],
    [0, 0, 0, 1],
    [0, 0, 1, 0],
  ];
  expect(congruence(required, seen)).toEqual({ needed: 3, met: 2, share: 2 / 3, weightedShare: 2 / 5, gaps: [[0, 3, 6]] });
  expect(
    crossTeamShare(
      teamRequirements(required, [
        [1, 1, 0, 0],
        [0, 0, 1, 1],
      ]),
    ),
  ).toBe(0.6);
});

test("gaps: ten people who change what changes together, hardly any seen together", () => {
  const reds = ["r1", "r2", "r3", "r4", "r5"];
  const blues = ["b1", "b2", "b3", "b4", "b5"];
  const work = [
    ...reds.flatMap((person) => weekly(4, { by: [person], touches: ["orders"] }, 20)),
    ...blues.flatMap((person) => weekly(4, { by: [person], touches: ["billing"] }, 20)),
    ...weekly(8, { by: ["r1", "b1"], touches: ["orders", "billing"] }, 30),
  ];
  const { assessment, measures } = assessCoordination(
    smallEstate({ services, teams: { red: reds, blue: blues }, changes: work }),
  );
  const gap = assessment.findings.filter(({ code }) => code === "coordination/gap");
  expect(gap).toMatchObject([
    {
      severity: "warning",
      subjects: ["group:default/blue", "group:default/red"],
      value: 0.04,
      sample: { n: 25, of: "pairs of people" },
      evidenceTotal: 8,
    },
  ]);
  expect(
    measures
      .filter(({ id }) => id === "coordination.congruence")
      .map(({ value, detail }) => [value, detail?.["layer"], detail?.["met"]]),
  ).toEqual([
    [0.242424, "membership", 8],
    [0.030303, "co-authorship", 1],
  ]);
  expect(measures.filter(({ id }) => id === "coordination.cohesion").map(({ value }) => value)).toEqual([1, 1]);
});

test("a team of two groups with no component in common", () => {
  const { assessment } = assessCoordination(
    smallEstate({
      services: { orders: "red", search: "red", billing: "blue" },
      teams: { red: ["a", "b", "c", "d"], blue: ["e"] },
      changes: ["a", "b"]
        .flatMap((by) => weekly(10, { by: [by], touches: ["orders"] }))
        .concat(["c", "d"].flatMap((by) => weekly(10, { by: [by], touches: ["search"] }))),
    }),
  );
  expect(assessment.findings.map(({ code, subjects, value }) => [code, subjects, value])).toEqual([
    ["coordination/split-team", ["group:default/red"], 0.5],
  ]);
});

test("what a team changes alone in the whole around the modules counts as its change", () => {
  const changes = [
    ...weekly(30, { by: ["ada"], touches: ["shop/docker/run"] }, 7),
    ...weekly(10, { by: ["cleo"], touches: ["shop/docker/run", "shop/orders/a.js"] }, 20),
  ];
  const { facts } = smallEstate({ services: { shop: "red", orders: "blue", stock: "blue" }, teams, changes });
  const components = facts.components.map((component) =>
    component.name === "shop" ? component : { ...component, kind: "module" as const, paths: [`shop/${component.name}`] },
  );
  const { assessment } = assessCoordination(deriveEstate({ ...facts, components }, defaultParameters, null));
  expect(assessment.reasons[0]).toBe("10 of 40 changes needed components of two or more teams (25 %).");
});
