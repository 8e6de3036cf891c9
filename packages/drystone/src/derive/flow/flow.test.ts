import { describe, expect, test } from "vitest";
import type { WorkItemFact, WorkStates } from "#model/running.js";
import { sessionSeconds } from "./commit-sessions.js";
import { itemFlow } from "./item-flow.js";
import { kaplanMeierQuantile, quantileInterval } from "./lead-times.js";
import { littleError, littleOf } from "./work-flow.js";

const hour = 3600;
const day = 24 * hour;
const states: WorkStates = { active: ["doing"], waiting: ["ready", "review"], done: ["done"], teams: { Review: "platform" } };

function item(steps: readonly (readonly [state: string, at: number, team?: string])[], done: number | null = null): WorkItemFact {
  return {
    id: "A-1",
    kind: "ticket",
    steps: steps.map(([state, at, team]) => ({ state, at, assignee: null, team: team ?? null })),
    done,
    source: "work.csv",
  };
}

const waits = (work: WorkItemFact) =>
  itemFlow(work, states, 100, () => null)?.segments.map(({ state, kind, waitsFor, to, from }) => [
    state,
    kind,
    waitsFor,
    to - from,
  ]);

const done = (time: number) => ({ time, isDone: true });

const open = (time: number) => ({ time, isDone: false });

test("metrics.md G1, Little: L 34, λ 3.2, W 11 is off by 3.5 %", () => {
  expect(littleError(34, 3.2, 11).error).toBeCloseTo(0.0353, 4);
});

test("metrics.md G1, flow efficiency: lead 240 h, sessions 9 h, active 52 h is 3.8 % to 21.7 %", () => {
  const flow = itemFlow(
    item(
      [
        ["ready", 0],
        ["doing", 100 * hour],
        ["review", 152 * hour],
      ],
      240 * hour,
    ),
    states,
    0,
    () => null,
  );
  // Six sessions of 1, 1, 1, 1, 1 and 4 hours with their lead-in.
  const sessions = sessionSeconds(
    [10, 30, 50, 70, 90].map((at) => at * hour).concat([110, 111, 112, 113].map((at) => at * hour)),
    { sessionGapHours: 2, leadInHours: 1 },
  );
  expect(sessions / hour).toBe(9);
  expect([(flow?.lead ?? 0) / hour, (flow?.active ?? 0) / hour]).toEqual([240, 52]);
  expect(
    [sessions / (flow?.lead ?? 1), (flow?.active ?? 0) / (flow?.lead ?? 1)].map((share) => Math.round(share * 1000) / 1000),
  ).toEqual([0.038, 0.217]);
});

test("a steady stream obeys Little's law; one that piles up does not", () => {
  const steady = Array.from({ length: 400 }, (_, at) => ({ created: at * day, done: (at + 10) * day }));
  expect(littleOf(steady, 100 * day, 300 * day)?.error).toBeLessThan(0.02);
  const piling = Array.from({ length: 200 }, (_, at) => ({ created: at * day, done: at % 5 === 0 ? (at + 10) * day : null }));
  expect(littleOf(piling, 0, 200 * day)?.error).toBeGreaterThan(0.5);
  expect(littleOf([], 0, day)).toBeNull();
});

describe("waits are charged to who must act next", () => {
  test("the team of the waiting state, else of the next work; the mapping of states", () => {
    expect(
      waits(
        item([
          ["ready", 0],
          ["doing", 10, "orders"],
          ["review", 30],
          ["done", 50],
        ]),
      ),
    ).toEqual([
      ["ready", "waiting", "orders", 10],
      ["doing", "active", null, 20],
      ["review", "waiting", "platform", 20],
    ]);
    expect(
      waits(
        item(
          [
            ["ready", 0, "intake"],
            ["doing", 10, "orders"],
          ],
          20,
        ),
      )?.[0],
    ).toEqual(["ready", "waiting", "intake", 10]);
  });

  test("nobody known", () =>
    expect(
      waits(
        item(
          [
            ["ready", 0],
            ["parked", 10],
          ],
          30,
        ),
      ),
    ).toEqual([
      ["ready", "waiting", null, 10],
      ["parked", "unknown", null, 20],
    ]));
});

test("hand-offs and ping-pong: A, B, A, A, C", () => {
  const flow = itemFlow(
    item(
      [
        ["x", 0, "A"],
        ["x", 1, "B"],
        ["y", 2, "A"],
        ["z", 3, "A"],
        ["x", 4, "C"],
      ],
      5,
    ),
    states,
    0,
    () => null,
  );
  expect([flow?.handOffs, flow?.pingPongs]).toEqual([3, 1]);
});

test("the team of an assignee at that time; the end by a state of the end; open items last until the end of observation", () => {
  const assigned: WorkItemFact = {
    ...item([
      ["ready", 0],
      ["doing", 10],
    ]),
    steps: [{ state: "doing", at: 10, assignee: "ada", team: null }],
  };
  expect(itemFlow(assigned, states, 50, (person, time) => (person === "ada" && time === 10 ? "orders" : null))).toMatchObject({
    done: null,
    lead: 40,
    segments: [{ team: "orders" }],
  });
  expect(
    itemFlow(
      item([
        ["doing", 0],
        ["done", 7],
        ["Done", 9],
      ]),
      states,
      50,
      () => null,
    ),
  ).toMatchObject({ done: 7, lead: 7 });
  expect(itemFlow(item([["doing", 0]]), null, 50, () => null)).toMatchObject({ active: null });
});

test("lead times with open items: Kaplan-Meier", () => {
  expect([0.5, 0.85].map((share) => kaplanMeierQuantile([1, 2, 3, 4].map(done), share))).toEqual([2, 4]);
  // 4 at risk: 1 done (3/4), 2 open, 3 done (3/4 × 1/2 = 3/8): half are done by 3.
  expect(kaplanMeierQuantile([done(1), open(2), done(3), open(5)], 0.5)).toBe(3);
  expect(kaplanMeierQuantile([done(1), open(2), open(3)], 0.5)).toBeNull();
  const interval = quantileInterval(
    Array.from({ length: 100 }, (_, at) => done(at)),
    0.5,
    0.95,
    1,
  );
  expect([interval?.[0], interval?.[1]].map((bound) => Math.abs((bound ?? 0) - 49) < 15)).toEqual([true, true]);
});
