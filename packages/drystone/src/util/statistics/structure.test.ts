import { describe, expect, test } from "vitest";
import { adjustedRandIndex, congruence, coordinationRequirements, crossTeamShare, teamRequirements } from "./structure.js";

test.each([
  ["E ARI {123|456} vs {12|34|56}", ["x", "x", "x", "y", "y", "y"], ["x", "x", "y", "y", "z", "z"], 0.2424],
  ["equal up to labels", [1, 1, 2], ["b", "b", "a"], 1],
  ["all in one, both", [1, 1, 1], [1, 1, 1], 1],
  ["all apart, both", [1, 2, 3], [3, 1, 2], 1],
  ["all in one against all apart", [1, 1, 1], [1, 2, 3], 0],
  ["labels that look alike when joined", ["a|b", "a"], ["c", "b|c"], 1],
  ["nothing", [], [], 1],
])("%s", (_, one, other, expected) => {
  expect(adjustedRandIndex(one, other)).toBeCloseTo(expected, 4);
  expect(adjustedRandIndex(other, one)).toBeCloseTo(expected, 4);
});

describe("D STC (matrices of a published thesis)", () => {
  const assignment = [
    [1, 0, 1, 1],
    [0, 0, 0, 1],
    [1, 0, 0, 0],
    [0, 1, 0, 1],
  ];
  const path = [
    [0, 1, 0, 0],
    [1, 0, 1, 0],
    [0, 1, 0, 1],
    [0, 0, 1, 0],
  ];
  const required = coordinationRequirements(assignment, path);

  test("coordination requirements", () => {
    expect(required).toEqual([
      [2, 1, 0, 3],
      [1, 0, 0, 0],
      [0, 0, 0, 1],
      [3, 0, 1, 0],
    ]);
  });

  test("congruence", () => {
    const observed = [
      [0, 1, 0, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 1, 0],
    ];
    expect(congruence(required, observed)).toEqual({ needed: 3, met: 2, share: 2 / 3, weightedShare: 0.4, gaps: [[0, 3, 6]] });
    expect(congruence([[5]], [[0]])).toEqual({ needed: 0, met: 0, share: null, weightedShare: null, gaps: [] });
  });

  test("D team-level need, cross share", () => {
    const teams = teamRequirements(required, [
      [1, 1, 0, 0],
      [0, 0, 1, 1],
    ]);
    expect(teams).toEqual([
      [2, 3],
      [3, 2],
    ]);
    expect(crossTeamShare(teams)).toBe(0.6);
    expect(
      crossTeamShare([
        [0, 0],
        [0, 0],
      ]),
    ).toBeNull();
  });
});
