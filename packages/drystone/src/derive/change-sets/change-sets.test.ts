import { expect, test } from "vitest";
import { emptyHistory, type History } from "#model/history.js";
import { defaultParameters } from "#model/parameters.js";
import { smallEstate, weekly } from "../team-changes/fixtures/index.js";
import { mainlineOf } from "./mainline.js";
import { detectUnit } from "./units.js";

const services = { orders: null, billing: null, catalog: null };

test("a ticket of forty commits to one file is as wide as that file: no sweep", () => {
  const { recent } = smallEstate({ services, changes: weekly(40, { by: ["ada"], touches: ["orders"], keys: ["SHOP-1"] }, 0.5) });
  expect([recent.sets.map(({ files, parts }) => [files, parts.length]), recent.sweeps]).toEqual([[[1, 40]], []]);
});

test("a ticket that was begun before the window counts as a whole when it ended in it, else not at all", () => {
  const { recent } = smallEstate({
    services,
    changes: [
      { by: ["ada"], ago: 385, touches: ["catalog"], keys: ["SHOP-1"] },
      { by: ["ada"], ago: 375, touches: ["billing"], keys: ["SHOP-2"] },
      { by: ["ada"], ago: 360, touches: ["orders"], keys: ["SHOP-2"] },
    ],
  });
  expect(recent.sets.map(({ components, parts }) => [components, parts.length])).toEqual([[[0, 1], 2]]);
});

/** Merges of one branch commit each, beside commits on the line. @param branchKey, lineKey whether those name a ticket */
function merged(merges: number, direct: number, branchKey: boolean, lineKey: boolean): History {
  const parents: number[][] = [[]];
  const keyed = [false];
  const add = (from: readonly number[], key: boolean): number => {
    keyed.push(key);
    return parents.push([...from]) - 1;
  };
  let line = 0;
  for (let at = 0; at < merges; at++) line = add([line, add([line], branchKey)], false);
  for (let at = 0; at < direct; at++) line = add([line], lineKey);
  return {
    ...emptyHistory("shop"),
    parentOffsets: endsOf(parents.map(({ length }) => length)),
    parents: Int32Array.from(parents.flat()),
    committerTimes: new Float64Array(parents.length),
    keys: { offsets: endsOf(keyed.map(Number)), values: new Int32Array(keyed.filter(Boolean).length) },
    keyNames: ["SHOP-1"],
  };
}

function endsOf(counts: readonly number[]): Int32Array {
  let end = 0;
  return Int32Array.from([0, ...counts.map((count) => (end += count))]);
}

test.each([
  [
    "tickets in the commits of branches",
    merged(18, 1, true, false),
    "ticket",
    "90 % of the last 20 changes on the main line by people name a ticket",
  ],
  [
    "tickets only in the few commits beside the merges",
    merged(18, 2, false, true),
    "mainline",
    "86 % of the last 21 commits on the main line are merges",
  ],
  [
    "tickets in commits of a straight line",
    merged(0, 20, false, true),
    "ticket",
    "95 % of the last 21 commits by people name a ticket",
  ],
])("%s", (_, history, unit, reason) => {
  expect(detectUnit(history, mainlineOf(history), () => true, defaultParameters)).toMatchObject({ unit, reason });
});
