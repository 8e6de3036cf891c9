import { describe, expect, test } from "vitest";
import { defaultParameters } from "#model/parameters.js";
import { following, monday, officeHours } from "./fixtures/index.js";
import { batchesOf, jointWindow, type LockstepOptions, lockstepPairs } from "./lockstep.js";

const options: LockstepOptions = { ...defaultParameters.A2, level: 0.95, seed: 11 };
const hour = 3600;
const at = (hours: readonly number[]): number[] => hours.map((each) => monday + each * hour).sort((a, b) => a - b);

test("metrics.md A2, worked example: A and B every Tuesday, C twice a week at changing hours", () => {
  const weeks = Array.from({ length: 12 }, (_, week) => week * 168);
  const a = at(weeks.map((week) => week + 34));
  const b = at(weeks.map((week) => week + 34.5));
  const c = at(
    weeks.flatMap((week, index) => [week + ([10, 59, 83, 107][index % 4] ?? 0), week + ([130, 35, 108, 12][index % 4] ?? 0)]),
  );
  const pairs = lockstepPairs([a, b, c], { ...options, obsLo: 0 });
  const [together] = pairs.filter((pair) => pair.of === 0 && pair.with === 1);
  const [apart] = pairs.filter((pair) => pair.of === 0 && pair.with === 2);
  expect(together?.rate.value).toBe(1);
  expect(together?.rate.low).toBeCloseTo(0.7575, 3);
  expect(together?.expected).toBeCloseTo(0.21, 1);
  expect(apart?.rate.value).toBe(0.25);
  expect(apart?.rate.low).toBeCloseTo(0.089, 3);
  expect(apart?.expected).toBeCloseTo(0.24, 1);
  expect(apart?.p).toBeGreaterThan(0.4);
  expect(lockstepPairs([a, b, c], options).map(({ of, with: other, isLockstep }) => [of, other, isLockstep])).toEqual([
    [0, 1, true],
    [0, 2, false],
    [1, 0, true],
    [1, 2, false],
    [2, 0, false],
    [2, 1, false],
  ]);
});

test("p of the worked example is 1/200", () => {
  const weeks = Array.from({ length: 12 }, (_, week) => week * 168);
  const [pair] = lockstepPairs([at(weeks.map((week) => week + 34)), at(weeks.map((week) => week + 34.5))], options);
  expect([pair?.p, pair?.isLockstep]).toEqual([0.005, true]);
});

test("who deploys all day is near everybody by chance: the window shrinks to a quarter of the usual gap", () => {
  const often = Array.from(
    { length: 40 },
    (_, index) => monday + Math.floor(index / 20) * 86_400 + 9 * hour + (index % 20) * 1440,
  );
  expect([jointWindow(often, options), jointWindow(at([9, 33, 57]), options)]).toEqual([360, 3600]);
});

describe("operating characteristics: 12 weeks", () => {
  const systems = 25;

  test.each([0.5, 1, 3, 8, 20])(
    "services that deploy on their own %d times a day: at most 2 % of pairs in lockstep",
    (perDay) => {
      let [pairs, wrong] = [0, 0];
      for (let system = 0; system < systems; system++) {
        const times = [0, 1, 2, 3].map((service) => officeHours(12, perDay, system * 97 + service * 13 + 5));
        for (const { isLockstep } of lockstepPairs(times, options)) {
          pairs++;
          if (isLockstep) wrong++;
        }
      }
      expect(wrong / pairs).toBeLessThanOrEqual(0.02);
    },
  );

  test.each([
    [0.5, 25],
    [1, 25],
    [3, 25],
    [8, 10],
    [20, 4],
  ])(
    "a service that follows another in four of five of its deploys, %d a day, is found in nine of ten systems",
    (perDay, systems) => {
      let found = 0;
      for (let system = 0; system < systems; system++) {
        const leader = officeHours(12, perDay, system * 31 + 7);
        const others = [0, 1].map((service) => officeHours(12, perDay, system * 41 + service * 17 + 3));
        const pairs = lockstepPairs([leader, following(leader, 0.8, 12, system * 59 + 1), ...others], options);
        if (pairs.some(({ of, with: other, isLockstep }) => isLockstep && of + other === 1)) found++;
      }
      expect(found / systems).toBeGreaterThanOrEqual(0.9);
    },
  );

  test("who follows half of the time, twenty to thirty minutes behind forty deploys a day, is neither found nor excluded; services on their own are excluded", () => {
    const leader = officeHours(12, 40, 3);
    const late = following(leader, 0.5, 12, 9).map((time, index) => (index % 2 === 0 ? time : time + 1200));
    const told = (other: readonly number[]) =>
      lockstepPairs([leader, other.toSorted((a, b) => a - b)], options).map(({ isLockstep, isCrowded }) => [
        isLockstep,
        isCrowded,
      ]);
    expect([told(late), told(officeHours(12, 20, 77))]).toEqual([
      [
        [false, true],
        [false, true],
      ],
      [
        [false, false],
        [false, false],
      ],
    ]);
  });

  test("one pair among twenty services is found: many pairs need more permutations", () => {
    const leader = officeHours(12, 0.7, 4);
    const others = Array.from({ length: 18 }, (_, service) => officeHours(12, 0.7, service + 100));
    const found = lockstepPairs([leader, following(leader, 0.9, 12, 8), ...others], options).filter(
      ({ isLockstep }) => isLockstep,
    );
    expect(found.map(({ of, with: other }) => [of, other])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
});

test("batches: deploys that follow each other within the window", () => {
  const deploys = [
    { time: monday, component: "a" },
    { time: monday + 1800, component: "b" },
    { time: monday + 86_400, component: "a" },
    { time: monday + 86_400 + 600, component: "a" },
    { time: monday + 3 * 86_400, component: "b" },
  ];
  const { clusters, several, isJoint } = batchesOf(deploys, options);
  expect([clusters, several, isJoint]).toEqual([3, 1, [true, true, false, false, false]]);
});

test("batches: services that often go out five minutes apart do not shrink the window below five minutes", () => {
  const leader = officeHours(12, 1, 5);
  const follower = leader.map((time, index) => (index % 5 < 2 ? time + 300 : time + 5 * 86_400));
  const deploys = [
    ...leader.map((time) => ({ time, component: "a" })),
    ...follower.map((time) => ({ time, component: "b" })),
  ].sort((x, y) => x.time - y.time);
  const { windowSeconds, estimate } = batchesOf(deploys, options);
  expect(windowSeconds).toBeGreaterThan(600);
  expect(estimate?.value).toBeGreaterThan(0.2);
});

test("no deploys", () => expect([lockstepPairs([], options), lockstepPairs([[], []], options)]).toEqual([[], []]));
