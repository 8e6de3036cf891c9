/** The parts of pictures that need no browser. */
import { describe, expect, test } from "vitest";
import type { Measure, Result } from "../model.js";
import { strongOrder } from "./dependency-matrix/order.js";
import { fewerLines } from "./estate-map/fewer-lines.js";
import type { DrawnLink } from "./estate-map/lines.js";
import { flowLayout } from "./flow/flow-layout.js";
import { duration } from "./flow/flow-stages.js";
import { pairHistory } from "./pair-timeline/history.js";
import { scaleFromZero } from "./shared/scale.js";
import { bounded, fitted, textWidth } from "./shared/text.js";
import { dateTicks, periodDays, periodText } from "./shared/time.js";
import { publicRangeOf, thresholdsOf } from "./symptom-bars/scale.js";

describe("names", () => {
  test.each([
    ["short", 200, "short"],
    ["recommendation-worker", 90, "recomm…orker"],
    ["שירות-ההזמנות-הגדול", 60, "שירו…דול"],
    ["", 50, ""],
  ])("%s in %i pixels", (name, width, expected) => {
    const shown = fitted(name, width, 12);
    expect([shown, textWidth(shown, 12) <= width]).toEqual([expected, true]);
  });

  test("a flag of two code points is not cut in half, and a megabyte is cut", () => {
    expect(fitted("🇩🇪🇫🇷🇮🇹🇪🇸", 30, 12)).toBe("🇩🇪…");
    expect(bounded("a".repeat(1e6)).length).toBeLessThanOrEqual(201);
  });
});

describe("order of a matrix", () => {
  test("users before what they use, a circle in one", () => {
    // 0 uses 1, 1 and 2 use each other, 2 uses 3.
    const { circleOf, sizes } = strongOrder(4, [
      [2, 3],
      [1, 2],
      [2, 1],
      [0, 1],
    ]);
    expect([circleOf, sizes]).toEqual([
      [0, 1, 1, 2],
      [1, 2, 1],
    ]);
  });

  test("a chain of 20,000 needs no stack", () => {
    const edges = Array.from({ length: 99_999 }, (_, at) => [at, at + 1] as const);
    expect(strongOrder(20_000, edges).sizes.length).toBe(20_000);
  });
});

describe("lines of a dense estate", () => {
  const chain = Array.from({ length: 40 }, (_, at) => line(`s${at}`, `s${at + 1}`));
  const teams = Array.from({ length: 20 }, (_, at) => at).flatMap((a) =>
    Array.from({ length: a }, (_, b) => line(`t${a}`, `t${b}`, a + b === 19 ? 9 : 1)),
  );

  test.each([
    ["as many as can be read are all drawn", [...chain, ...star("web", 40)], 80, {}],
    ["a hub steps back, the smaller one stays", [...chain, ...star("web", 40), ...star("mobile", 30)], 71, { web: 39 }],
  ])("%s", (_, lines, kept, hubs) => {
    const few = fewerLines(lines, () => false);
    expect([few.kept.size, Object.fromEntries(few.hubs), few.weaker]).toEqual([kept, hubs, false]);
    // Nobody looks alone who is not.
    const drawn = new Set(lines.flatMap(({ key, between }) => (few.kept.has(key) ? between : [])));
    expect(lines.flatMap(({ between }) => between).filter((end) => !drawn.has(end))).toEqual([]);
  });

  test("groups are no hubs: each keeps its strongest three, 20 groups at most 60 of their 190", () => {
    const { kept, hubs, weaker } = fewerLines(teams, () => true);
    expect([hubs.size, weaker, kept.size <= 60]).toEqual([0, true, true]);
    expect(teams.filter(({ weight, key }) => weight === 9 && !kept.has(key))).toEqual([]);
  });
});

describe("scales and dates", () => {
  test.each([
    [0.43, 3, [0, 0.2, 0.4, 0.6]],
    [17, 3, [0, 10, 20]],
    [1, 2, [0, 0.5, 1]],
    [0, 3, [0, 1]],
  ])("from zero to %f", (most, ticks, expected) => {
    const scale = scaleFromZero(most, 100, 0, ticks);
    expect(scale.ticks.map((tick) => Math.round(tick * 1000) / 1000)).toEqual(expected);
    expect([scale.at(0), Math.round(scale.at(expected.at(-1) ?? 0))]).toEqual([100, 0]);
  });

  test.each([
    ["2026-Q3", "2026-07-01", "2026-10-01", "Q3 26"],
    ["2025-12", "2025-12-01", "2026-01-01", "Dec 25"],
  ])("%s", (name, from, to, text) => {
    expect([periodDays(name), periodText(name)]).toEqual([{ from: days(from), to: days(to) }, text]);
  });

  test("what is no period is none", () => {
    expect([periodDays("2025-11-20/2026-11-20"), periodDays("2026-Q5"), periodDays("")]).toEqual([null, null, null]);
  });

  test("as many firsts of months as fit", () => {
    const [from, to] = [Date.parse("2025-01-15") / 86_400_000, Date.parse("2026-01-15") / 86_400_000];
    expect(dateTicks(from, to, 300).map(({ text }) => text)).toEqual(["Apr 25", "Jul 25", "Oct 25", "Jan 26"]);
  });

  test.each([
    [0.01, "14 min"],
    [0.5, "12 h"],
    [2.54, "2.5 d"],
  ])("%f days", (days, text) => {
    expect(duration(days)).toBe(text);
  });
});

describe("what a symptom is read against", () => {
  test.each([
    [["present: lower bound ≥ 0.25", "absent: upper bound ≤ 0.1"], 0.1, 0.25],
    [["present: share of tables with two users or more ≥ 0.2, its lower bound > 0.1"], null, 0.2],
    [["present: lines copied letter by letter between services are 5 % or more (mixed: others counted too)"], null, 0.05],
    [["no call to another service stands in a loop"], null, null],
  ])("%s", (texts, low, high) => {
    expect(thresholdsOf({ conditions: conditions(...texts), unit: "share of change sets" })).toMatchObject({ low, high });
  });

  test("a range of public systems in the same unit, and none in another", () => {
    expect(publicRangeOf({ comparison: "10 public systems: 0.10 to 0.65, median 0.24" })).toEqual({
      systems: 10,
      low: 0.1,
      high: 0.65,
      median: 0.24,
    });
    const other = "developers of 10 public systems: 1.1 to 29.6 effective services each, median 6.5";
    expect([publicRangeOf({ comparison: other }), publicRangeOf({ comparison: null })]).toEqual([null, null]);
  });
});

test("the flow of work: a way back runs below, a way that skips a column above, all inside of the drawing", () => {
  const { places, lines, width, height } = flowLayout(
    {
      stages: [stage("build"), stage("review"), stage("test")],
      moves: [move("build", "review"), move("review", "test"), move("build", "test"), move("test", "build", true)],
    },
    { width: 100, height: 40 },
    true,
  );
  expect([...places].map(([name, { x }]) => [name, x])).toEqual([
    ["build", 60],
    ["review", 212],
    ["test", 364],
  ]);
  const row = places.get("build")?.y ?? 0;
  expect(lines.map(({ label }) => Math.sign(Math.round(label.y - row)))).toEqual([0, 0, -1, 1]);
  expect(lines.every(({ label }) => label.x > 0 && label.x < width && label.y > 0 && label.y < height)).toBe(true);
});

describe("both histories", () => {
  test("changes per week and those in common; what cannot be read is left out", () => {
    const history = pairHistory(
      result([
        measure("history.changes", ["a"], 3, { from: "2026-01-01", weeks: "1 0 2" }),
        measure("history.changes", ["b"], 1, { from: "2026-01-01", weeks: "0 0 1" }),
        measure("history.shared", ["b", "a"], 3, {
          listed: 2,
          commits: "2026-01-16 0 abcdef012345;<script> 0 x;2026-13-99 0 abcdef012345;2026-01-15 7 abcdef012346",
        }),
      ]),
      "a",
      "b",
    );
    const first = Date.parse("2026-01-01") / 86_400_000;
    expect(history).toEqual({
      from: first,
      to: first + 21,
      weeksOfA: [1, 0, 2],
      weeksOfB: [0, 0, 1],
      sharedTotal: 3,
      shared: [
        { date: "2026-01-16", day: first + 15, repository: "shop", commit: "abcdef012345", subject: null },
        { date: "2026-01-15", day: first + 14, repository: "", commit: "abcdef012346", subject: null },
      ],
    });
  });

  test("without a measured history there is none", () => {
    expect(pairHistory(result([]), "a", "b")).toBeNull();
  });
});

function star(hub: string, count: number): DrawnLink[] {
  return Array.from({ length: count }, (_, at) => line(hub, `s${at}`));
}

function line(from: string, to: string, weight = 1): DrawnLink {
  return { key: `${from} ${to}`, kind: "calls", confidence: "likely", between: [from, to], weight } as unknown as DrawnLink;
}

function days(date: string): number {
  return Date.parse(date) / 86_400_000;
}

function conditions(...texts: string[]) {
  return texts.map((text) => ({ text, met: null, source: "parameters A1" }));
}

function stage(name: string) {
  return { name, team: null, kind: "active" as const, days: 1 };
}

function move(from: string, to: string, rework = false) {
  return { from, to, items: 5, rework };
}

function measure(id: string, subjects: string[], value: number, detail: Record<string, string | number>): Measure {
  return { id, subjects, value, unit: "change sets", interval: null, sample: null, window: null, detail };
}

/** A result of which only the measures matter. */
function result(measures: readonly Measure[]): Result {
  const model = { components: [], resources: [], teams: [], relations: [] };
  return { measures, assessments: [], advice: [], inputs: { repositories: [{ id: "shop" }] }, model } as unknown as Result;
}
