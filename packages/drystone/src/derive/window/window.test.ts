import { expect, test } from "vitest";
import { emptyHistory, type History } from "#model/history.js";
import { defaultParameters } from "#model/parameters.js";
import { endOfDay } from "#util/dates.js";
import { systemWindow } from "./index.js";

const noon = Date.UTC(2026, 10, 20, 12) / 1000;
const history: History = {
  ...emptyHistory("shop"),
  ids: new Uint8Array(40),
  parentOffsets: Int32Array.from([0, 0, 1]),
  parents: Int32Array.from([0]),
  committerTimes: Float64Array.from([noon - 500 * 86_400, noon]),
};

test.each([
  ["nothing", null, "2026-11-20", noon],
  ["the day of the last activity", "2026-11-20", "2026-11-20", noon],
  ["a later day", "2026-11-21", "2026-11-21", endOfDay("2026-11-21")],
  ["an earlier day", "2026-11-19", "2026-11-19", endOfDay("2026-11-19")],
])("asked for %s: where the window ends", (_, day, asOf, to) => {
  const window = systemWindow([history], () => true, defaultParameters, day === null ? null : endOfDay(day));
  expect([window.asOf, window.to]).toEqual([asOf, to]);
});
