import { expect, test } from "vitest";
import type { TeamFact, TeamMember } from "#model/facts.js";
import { teamMembership } from "./index.js";

const handles = ["ada", "grace", "joan"];
const people = {
  persons: [{ commits: 6 }, { commits: 3 }, { commits: 1 }],
  find: (text: string) => (text === "sam" ? [0, 1] : handles.flatMap((handle, at) => (text === handle ? [at] : []))),
};

function team(name: string, members: readonly (string | TeamMember)[], parent: string | null = null): TeamFact {
  return {
    ref: `group:default/${name}`,
    name,
    parent: parent === null ? null : `group:default/${parent}`,
    members: members.map((member) => (typeof member === "string" ? { id: member, from: null, to: null } : member)),
    functions: [],
    mission: null,
    source: "declared",
    evidence: [{ type: "declaration", repository: "shop", file: "drystone.yaml", line: 4 }],
  };
}

const at = (day: string): number => Date.parse(`${day}T12:00:00Z`) / 1000;
const shares = (...teams: readonly string[]): unknown =>
  teams.map((name) => ({ team: `group:default/${name}`, weight: 1 / teams.length }));

test("a person in two teams counts half for each", () => {
  const { teamOf, coverage } = teamMembership([team("red", ["ada", "grace"]), team("blue", ["ada"])], people);
  expect([teamOf(0, 0), teamOf(1, 0), teamOf(2, 0)]).toEqual([shares("blue", "red"), shares("red"), []]);
  expect(coverage).toEqual({ people: 3, inTeams: 2, shareOfCommits: 0.9 });
});

test.each<[string | null, string | null, string, boolean]>([
  ["2026-02-01", null, "2026-01-31", false],
  ["2026-02-01", null, "2026-02-01", true],
  [null, "2026-02-28", "2026-02-28", true],
  [null, "2026-02-28", "2026-03-01", false],
  ["2026-02", "2026-02", "2026-02-28", true],
  ["2026-02", "2026-02", "2026-03-01", false],
  ["2025", "2025", "2025-12-31", true],
  ["2025", "2025", "2026-01-01", false],
  ["soon", "later", "2026-01-01", true],
])("member from %s to %s on %s: %s", (from, to, day, expected) => {
  const { teamOf, membersOf } = teamMembership([team("red", [{ id: "ada", from, to }])], people);
  expect(teamOf(0, at(day))).toEqual(expected ? shares("red") : []);
  expect(membersOf("group:default/red", at(day))).toEqual(expected ? [0] : []);
  expect(membersOf("group:default/red")).toEqual([0]);
});

test("a move from one team to another", () => {
  const { teamOf } = teamMembership(
    [team("red", [{ id: "ada", from: null, to: "2026-01-31" }]), team("blue", [{ id: "ada", from: "2026-02-01", to: null }])],
    people,
  );
  expect([teamOf(0, at("2026-01-31")), teamOf(0, at("2026-02-01"))]).toEqual([shares("red"), shares("blue")]);
});

test("members of a team belong to its parents; who is listed in both is in the lower", () => {
  const { teamOf, membersOf, lineOf } = teamMembership(
    [team("shop", ["ada", "joan"]), team("red", ["ada"], "shop"), team("core", ["grace"], "red")],
    people,
  );
  expect([teamOf(0, 0), teamOf(2, 0)]).toEqual([shares("red"), shares("shop")]);
  expect([membersOf("group:default/shop"), membersOf("group:default/red"), membersOf("group:default/none")]).toEqual([
    [0, 1, 2],
    [0, 1],
    [],
  ]);
  expect(lineOf("group:default/core")).toEqual(["group:default/core", "group:default/red", "group:default/shop"]);
});

test("loops, unknown parents and unknown members become problems", () => {
  const found = teamMembership([team("a", ["ada", "new@shop.com"], "b"), team("b", ["sam"], "a"), team("c", [], "gone")], people);
  expect(found.unresolved).toEqual([
    { team: "group:default/a", member: "new@shop.com", candidates: 0 },
    { team: "group:default/b", member: "sam", candidates: 2 },
  ]);
  expect(found.problems.map(({ message, line }) => [message, line])).toEqual([
    ["group:default/a is its own ancestor", 4],
    ["parent group:default/gone of group:default/c is no known team", 4],
    ["new@shop.com of group:default/a matches no author", 4],
    ["sam of group:default/b matches 2 people", 4],
  ]);
  expect(found.membersOf("group:default/a")).toEqual([0]);
});

test("no teams, no people", () => {
  const found = teamMembership([], { persons: [], find: () => [] });
  expect([found.teamOf(0, 0), found.coverage]).toEqual([[], { people: 0, inTeams: 0, shareOfCommits: null }]);
});
