import { expect, test } from "vitest";
import { emptyHistory, type History } from "#model/history.js";
import { defaultParameters } from "#model/parameters.js";
import { mainlineOf } from "./mainline.js";
import { detectUnit } from "./units.js";

/** Commits from the oldest to the newest: its parents by row, and whether it names a ticket. */
type Row = readonly [parents: readonly number[], isKeyed: boolean];

function historyOf(rows: readonly Row[]): History {
  const offsets = [0];
  const keys = [0];
  for (const [parents, isKeyed] of rows) {
    offsets.push((offsets.at(-1) ?? 0) + parents.length);
    keys.push((keys.at(-1) ?? 0) + Number(isKeyed));
  }
  return {
    ...emptyHistory("shop"),
    parentOffsets: Int32Array.from(offsets),
    parents: Int32Array.from(rows.flatMap(([parents]) => parents)),
    committerTimes: Float64Array.from(rows, (_, row) => 1_000_000 + row),
    keys: { offsets: Int32Array.from(keys), values: new Int32Array(keys.at(-1) ?? 0) },
    keyNames: ["SHOP-1"],
  };
}

/** A root, then pull requests of one commit each, merged; `keyed` of them name a ticket in that commit. */
function merges(count: number, keyed: number, direct: readonly boolean[]): Row[] {
  const rows: Row[] = [[[], false]];
  for (const isKeyed of direct) rows.push([[rows.length - 1], isKeyed]);
  for (let at = 0; at < count; at++) {
    const tip = rows.length - 1;
    rows.push([[tip], at < keyed], [[tip, tip + 1], false]);
  }
  return rows;
}

test.each<[what: string, rows: readonly Row[], unit: string, reason: string]>([
  [
    "few commits beside the merges name tickets",
    merges(16, 0, [true, true, false]),
    "mainline",
    "80 % of the last 20 commits on the main line are merges",
  ],
  [
    "what was merged names tickets",
    merges(16, 8, []),
    "ticket",
    "47 % of the last 17 changes on the main line by people name a ticket",
  ],
  [
    "no merges, commits name tickets",
    merges(0, 0, [true, true, false]),
    "ticket",
    "50 % of the last 4 commits by people name a ticket",
  ],
])("%s", (_, rows, unit, reason) => {
  const history = historyOf(rows);
  expect(detectUnit(history, mainlineOf(history), () => true, defaultParameters)).toMatchObject({ unit, reason });
});
