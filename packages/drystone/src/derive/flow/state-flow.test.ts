import { expect, test } from "vitest";
import type { Segment } from "./item-flow.js";
import { statePath } from "./state-flow.js";

/** States with the seconds in each and who has it. */
function item(...steps: readonly (readonly [state: string, seconds: number, team?: string])[]): { segments: Segment[] } {
  let from = 0;
  return {
    segments: steps.map(([state, seconds, team = null]) => {
      const segment = { state, kind: "active" as const, from, to: from + seconds, team, waitsFor: null };
      from += seconds;
      return segment;
    }),
  };
}

test("states stand in the order in which items reach them, and a way back is rework", () =>
  expect(
    statePath([
      item(["ready", 5], ["doing", 10, "orders"], ["review", 20, "platform"]),
      item(["ready", 5], ["doing", 10, "orders"], ["review", 4, "platform"], ["doing", 6, "orders"], ["review", 2, "orders"]),
      item(["doing", 1, "stock"], ["doing", 3, "orders"]),
    ]),
  ).toEqual({
    states: [
      { name: "ready", kind: "active", seconds: 10, team: null },
      { name: "doing", kind: "active", seconds: 30, team: "orders" },
      { name: "review", kind: "active", seconds: 26, team: "platform" },
    ],
    moves: [
      { from: "ready", to: "doing", items: 2, isRework: false },
      { from: "doing", to: "review", items: 2, isRework: false },
      { from: "review", to: "doing", items: 1, isRework: true },
    ],
  }));

test("a state that no team has for more than half of its time has none; no items, no path", () => {
  expect(statePath([item(["doing", 5, "a"]), item(["doing", 5, "b"])]).states[0]?.team).toBeNull();
  expect(statePath([])).toEqual({ states: [], moves: [] });
});
