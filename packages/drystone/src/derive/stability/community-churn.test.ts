import { describe, expect, test } from "vitest";
import { monthsBefore } from "#util/dates.js";
import { mulberry32, randomIndex, shuffle } from "#util/random.js";
import { communityChurn } from "./index.js";

const end = Date.UTC(2026, 10, 20) / 1000;
const files = 60;
const groups = 6;

/** Changes of three files of one group; `groupsIn` tells the group of each file in a quarter. */
function history(perQuarter: number, groupsIn: (quarter: number) => readonly number[]) {
  const random = mulberry32(7);
  return [0, 1, 2, 3].flatMap((quarter) => {
    const group = groupsIn(quarter);
    return Array.from({ length: perQuarter }, (_, at) => {
      const members = group.flatMap((own, file) => (own === at % groups ? [file] : []));
      return {
        time: monthsBefore(end, 3 * (3 - quarter)) - (at + 1) * 3600,
        files: [0, 1, 2]
          .map(() => members[randomIndex(random, members.length)] ?? 0)
          .filter((file, index, all) => all.indexOf(file) === index),
      };
    });
  });
}

const still = Array.from({ length: files }, (_, file) => file % groups);
const dealtAgain = (quarter: number) => [...shuffle(Int32Array.from(still), mulberry32(quarter))];

describe("metrics.md F3, M2 b", () => {
  test("groups that stay differ from quarter to quarter by no more than halves of one do", () => {
    const steps = communityChurn(
      history(150, () => still),
      end,
      1,
    );
    expect(steps.length).toBe(3);
    for (const step of steps) expect((step?.churn ?? 1) - (step?.floor ?? 0)).toBeLessThan(0.1);
  });

  test("groups that are dealt out again every quarter differ by far more", () => {
    const steps = communityChurn(history(150, dealtAgain), end, 1);
    for (const step of steps) expect((step?.churn ?? 0) - (step?.floor ?? 1)).toBeGreaterThan(0.5);
  });

  test.each([
    ["too few changes", history(20, () => still)],
    ["nothing", []],
    ["changes of one file", history(150, () => still).map(({ time }, at) => ({ time, files: [at % files] }))],
  ])("%s: unknown", (_, changes) => {
    expect(communityChurn(changes, end, 1)).toEqual([null, null, null]);
  });
});
