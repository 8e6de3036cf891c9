import { expect, test } from "vitest";
import { componentRef, groupRef } from "#model/refs.js";
import { smallEstate, weekly } from "./fixtures/index.js";
import {
  changesOfComponents,
  missingMembers,
  observedOwners,
  owningTeams,
  peopleAnswer,
  responsibleFor,
  strongestTeam,
  teamWeights,
} from "./index.js";

const teams = { red: ["ada", "bob"], blue: ["cleo"] };
const red = groupRef("red");
const blue = groupRef("blue");

test.each([
  ["one team", "red", { kind: "team", ref: red }],
  ["a team before the persons of its line", ["red", "user:ada"], { kind: "team", ref: red }],
  ["a named person", "user:ada", { kind: "person", ref: "user:default/ada" }],
  ["two teams", ["red", "blue"], { kind: "several", refs: [red, blue] }],
  ["two persons", ["user:ada", "user:bob"], { kind: "several", refs: ["user:default/ada", "user:default/bob"] }],
  ["nobody", null, { kind: "none", cleared: false }],
])("responsible: %s", (_, owner, expected) => {
  const estate = smallEstate({ services: { orders: owner, billing: "blue" }, teams, changes: [] });
  expect(responsibleFor(estate, 0)).toEqual(expected);
});

test("a line without owners is nobody on purpose", () => {
  const estate = smallEstate({
    services: { orders: null, billing: null },
    codeowners: ["* @shop/red", "/billing/"],
    changes: [],
  });
  expect([responsibleFor(estate, 0), responsibleFor(estate, 1)]).toEqual([
    { kind: "team", ref: red },
    { kind: "none", cleared: true },
  ]);
  expect([...owningTeams(estate)]).toEqual([[red, [0]]]);
});

test("a change made in pairs is shared among teams; people without a team are the rest", () => {
  const estate = smallEstate({
    services: { orders: "red", billing: "blue" },
    teams: { ...teams, green: ["ada"] },
    changes: [{ by: ["ada", "cleo", "dan", "bob"], ago: 1, touches: ["orders"] }],
  });
  const [set] = changesOfComponents(estate, [0]);
  const weights = teamWeights(estate, set!);
  expect(Object.fromEntries(weights)).toEqual({ [red]: 0.375, [groupRef("green")]: 0.125, [blue]: 0.25 });
});

test("teams below an owner count as the owner", () => {
  const estate = smallEstate({
    services: { orders: "sales", billing: "blue" },
    teams: {
      sales: {},
      red: { parent: groupRef("sales"), members: [{ id: "ada@example.com", from: null, to: null }] },
      blue: ["cleo"],
    },
    changes: weekly(4, { by: ["ada"], touches: ["orders"] }),
  });
  expect(observedOwners(estate).get(componentRef("orders"))?.ref).toBe(groupRef("sales"));
});

test.each([
  ["the largest weight", { red: 0.4, blue: 0.6 }, "red", "blue"],
  ["a tie goes to the owner", { red: 0.5, blue: 0.5 }, "red", "red"],
  ["a tie without the owner goes by name", { green: 0.5, blue: 0.5 }, "red", "blue"],
  ["nobody", {}, "red", null],
])("strongest team: %s", (_, weights, preferred, expected) => {
  expect(strongestTeam(new Map(Object.entries(weights)), preferred)).toBe(expected);
});

test("observed owner: 45 of 50 changes, Wilson 0.786 to 0.957 (metrics.md D3)", () => {
  const estate = smallEstate({
    services: { orders: "blue", billing: "blue" },
    teams,
    changes: [
      ...weekly(45, { by: ["ada"], touches: ["orders"] }),
      ...weekly(5, { by: ["cleo"], touches: ["orders"] }),
      ...weekly(9, { by: ["stranger"], touches: ["orders"] }),
    ],
  });
  expect([...observedOwners(estate)]).toEqual([
    [
      componentRef("orders"),
      { ref: red, share: 0.9, interval: [0.786398, 0.956524], sample: { n: 50, of: "change sets", min: 10 } },
    ],
  ]);
});

test.each([
  ["people: off", { people: "off" as const }, "off"],
  ["a shallow clone", { shallow: true }, "blocked"],
  ["a whole history", {}, "usable"],
])("history may be asked: %s", (_, shop, state) => {
  const estate = smallEstate({
    services: { orders: "red", billing: "blue" },
    teams,
    changes: weekly(3, { by: ["ada"], touches: ["orders"] }),
    ...shop,
  });
  expect(peopleAnswer(estate).state).toBe(state);
  expect(observedOwners(estate).size).toBe(state === "usable" ? 1 : 0);
});

test("missing members name the teams that exist, quoted where YAML needs it", () => {
  const estate = smallEstate({
    services: { orders: "red", billing: "on" },
    teams: { red: [], on: [], blue: ["cleo"] },
    changes: [],
  });
  expect(missingMembers(estate).how).toBe(
    'teams: { "on": { members: [NAME@EXAMPLE.COM] }, red: { members: [NAME@EXAMPLE.COM] } }   (in drystone.yaml; drystone init writes it)',
  );
});
