import { expect, test } from "vitest";
import { type Change, smallEstate, weekly } from "#derive/team-changes/fixtures/index.js";
import type { Measure } from "#model/result.js";
import { seriesMeasures } from "./index.js";

const services = { orders: "red", billing: "blue" };
const teams = { red: ["ada", "bob"], blue: ["cleo"] };

function measures(id: string, shop: Parameters<typeof smallEstate>[0]): Measure[] {
  return seriesMeasures(smallEstate(shop)).filter((measure) => measure.id === id);
}

/** Changes in each of 105 weeks. */
function weeks(counts: Readonly<Record<number, number>>): string {
  return Array.from({ length: 105 }, (_, week) => counts[week] ?? 0).join(" ");
}

function windows(changes: readonly Change[]): (string | null)[] {
  return measures("trend.changes", { services, teams, changes }).map(({ window }) => window);
}

/** One change a week, `hits` of `n` to both services. */
function year(hits: number, n: number, from: number): Change[] {
  return [
    ...weekly(hits, { by: ["ada"], touches: ["orders", "billing"] }, 7, from),
    ...weekly(n - hits, { by: ["ada"], touches: ["orders"] }, 7, from + 1),
  ];
}

function member(id: string, from: string) {
  return { id, from, to: null };
}

/** Window of pairs: 2024-11-20 to 2026-11-20, 105 weeks; the end is the last day of the last week. */
const recent: Change[] = [
  { by: ["ada"], ago: 1, touches: ["orders"] },
  { by: ["ada"], ago: 2, touches: ["orders", "billing"] },
  { by: ["cleo"], ago: 300, touches: ["billing", "orders"] },
];

test("changes of each component by week", () => {
  const found = measures("history.changes", { services, teams, changes: recent });
  const common = { id: "history.changes", unit: "change sets", interval: null, sample: null, window: "2024-11-20/2026-11-20" };
  // 730 days: day 430 lies in week 61, days 728 and 729 in week 104.
  expect(found).toEqual([
    {
      ...common,
      subjects: ["component:default/orders"],
      value: 3,
      detail: { from: "2024-11-20", weeks: weeks({ 61: 1, 104: 2 }) },
    },
    {
      ...common,
      subjects: ["component:default/billing"],
      value: 2,
      detail: { from: "2024-11-20", weeks: weeks({ 61: 1, 104: 1 }) },
    },
  ]);
});

test("shared changes, newest first, with the commits to look at", () => {
  expect(measures("history.shared", { services, teams, changes: recent })).toEqual([
    {
      id: "history.shared",
      subjects: ["component:default/orders", "component:default/billing"],
      value: 2,
      unit: "change sets",
      interval: null,
      sample: null,
      window: "2024-11-20/2026-11-20",
      detail: { listed: 2, commits: "2026-11-18 0 000000020000;2026-01-24 0 000000010000" },
    },
  ]);
});

test("one shared change may be chance", () => {
  expect(measures("history.shared", { services, teams, changes: recent.slice(0, 2) })).toEqual([]);
});

test("many shared changes are counted, and the last 40 listed", () => {
  const changes = weekly(60, { by: ["ada"], touches: ["orders", "billing"] });
  const [pair] = measures("history.shared", { services, teams, changes });
  expect([pair?.value, pair?.detail?.["listed"], String(pair?.detail?.["commits"]).split(";").length]).toEqual([60, 40, 40]);
});

test("the four hundred strongest pairs are kept", () => {
  const names = Array.from({ length: 40 }, (_, at) => `s${String(at).padStart(2, "0")}`);
  // 780 pairs, each in two changes.
  const pairs = names.flatMap((one, at) => names.slice(at + 1).map((other) => [one, other]));
  const changes = [0, 1].flatMap((again) => pairs.map((touches, at) => ({ by: ["ada"], ago: 1 + again + (at % 700), touches })));
  const services = Object.fromEntries(names.map((name) => [name, "red"]));
  expect(measures("history.shared", { services, teams, changes }).length).toBe(400);
});

test("few changes make quarters, a dozen a month make months", () => {
  expect(windows(weekly(100, { by: ["ada"], touches: ["orders"] }))).toEqual([
    "2024-Q4",
    "2025-Q1",
    "2025-Q2",
    "2025-Q3",
    "2025-Q4",
    "2026-Q1",
    "2026-Q2",
    "2026-Q3",
    "2026-Q4",
  ]);
  const months = windows(weekly(360, { by: ["ada"], touches: ["orders"] }, 2));
  expect([months.length, months[0], months.at(-1)]).toEqual([25, "2024-11", "2026-11"]);
});

test("shares per quarter, by the definitions of the assessments", () => {
  // Quarter 2026-Q3 has days 51 to 142 before the end: six changes, of which two touch both services of two teams.
  const changes = [
    ...weekly(4, { by: ["ada"], touches: ["orders"] }, 20, 60),
    ...weekly(2, { by: ["cleo"], touches: ["orders", "billing"] }, 20, 65),
  ];
  const inQuarter = (id: string) => measures(id, { services, teams, changes }).find(({ window }) => window === "2026-Q3");
  const share = {
    subjects: ["system"],
    value: 0.333333,
    unit: "share of change sets",
    interval: [0.096771, 0.700007],
    sample: { n: 6, of: "change sets", min: 10 },
    window: "2026-Q3",
  };
  expect(inQuarter("trend.ripple")).toEqual({ id: "trend.ripple", ...share });
  expect(inQuarter("trend.cross-team")).toEqual({ id: "trend.cross-team", ...share });
  expect(inQuarter("trend.sweeps")).toMatchObject({ value: 0, sample: { n: 6 } });
  expect(inQuarter("trend.active")).toMatchObject({ value: 2, unit: "services changed", interval: null, sample: null });
  expect(inQuarter("trend.people")).toMatchObject({ value: 2, unit: "people" });
});

test("a quarter without changes has no share and the count zero", () => {
  const shop = { services, teams, changes: recent.slice(0, 1) };
  expect(measures("trend.ripple", shop)[1]).toMatchObject({ window: "2025-Q1", value: null, interval: null });
  expect(measures("trend.changes", shop)[1]).toMatchObject({ window: "2025-Q1", value: 0 });
});

test("only one team owns something: nothing to cross", () => {
  expect(measures("trend.cross-team", { services: { orders: "red", billing: "red" }, teams, changes: recent })).toEqual([]);
});

// Newcombe 1998, method 10, over the last twelve months against the twelve before.
test.each([
  ["rising", 20, 40, 2, 40],
  ["falling", 2, 40, 20, 40],
  ["level", 10, 40, 10, 40],
  ["too-few", 10, 20, 2, 20],
])("the last year against the one before: %s", (direction, hitsNow, now, hitsBefore, before) => {
  const changes = [...year(hitsNow, now, 5), ...year(hitsBefore, before, 380)];
  const found = measures("trend.change", { services, teams, changes }).find(
    ({ detail }) => detail?.["series"] === "trend.cross-team",
  );
  expect(found?.detail).toEqual({
    series: "trend.cross-team",
    before: hitsBefore / before,
    after: hitsNow / now,
    direction,
  });
  expect(found?.value === null).toBe(direction === "too-few");
});

test("components that appear, and people who change teams, are events", () => {
  const shop = {
    services: { ...services, returns: "red" },
    teams: { red: [member("ada", "2026-03-01"), member("bob", "2026-03-01")], blue: [member("cleo", "2026-05-01")] },
    changes: [
      { by: ["ada"], ago: 1000, touches: ["orders", "billing"] },
      { by: ["ada"], ago: 100, touches: ["returns"] },
    ],
  };
  const event = { interval: null, sample: null };
  expect(measures("event.new-components", shop)).toEqual([
    {
      ...event,
      id: "event.new-components",
      subjects: ["component:default/returns"],
      value: 1,
      unit: "services",
      window: "2026-08-12",
      detail: { text: "1 new service" },
    },
  ]);
  expect(measures("event.team-change", shop)).toEqual([
    {
      ...event,
      id: "event.team-change",
      subjects: ["group:default/red"],
      value: 2,
      unit: "moves",
      window: "2026-03-01",
      detail: { text: "teams changed: 2 joined, 0 left" },
    },
  ]);
});

test("components without one owner get the shares of teams as owned ones do", () => {
  const changes = [
    ...weekly(3, { by: ["ada"], touches: ["billing"] }),
    ...weekly(1, { by: ["cleo"], touches: ["billing"] }, 7, 3),
  ];
  const found = measures("ownership.team-share", { services: { orders: "red", billing: null }, teams, changes });
  expect(found.map(({ subjects, value, sample }) => [subjects, value, sample])).toEqual([
    [["component:default/billing", "group:default/blue"], 0.25, { n: 4, of: "change sets", min: 10 }],
    [["component:default/billing", "group:default/red"], 0.75, { n: 4, of: "change sets", min: 10 }],
  ]);
});

test("people switched off: no shares of teams and no number of people", () => {
  const shop = { services: { orders: "red", billing: null }, teams, changes: recent, people: "off" } as const;
  expect(measures("ownership.team-share", shop)).toEqual([]);
  expect(measures("trend.people", shop)).toEqual([]);
  expect(measures("trend.changes", shop)).not.toEqual([]);
});

test("a history that is cut says nothing over time", () => {
  const all = seriesMeasures(smallEstate({ services, teams, changes: recent, shallow: true }));
  expect(all.filter(({ id }) => /^(?:history|trend|event)\./.test(id))).toEqual([]);
});

test("imports between components are counted per pair, those inside of one are not", () => {
  const estate = smallEstate({ services, teams, changes: [] });
  const graph = {
    repository: "shop",
    files: ["billing/a.js", "billing/b.js", "orders/a.js", "elsewhere/x.js"],
    from: [0, 0, 1, 1, 3],
    to: [2, 1, 2, 2, 2],
    lines: [1, 2, 1, 2, 1],
    kinds: ["value", "value", "type", "value", "value"] as const,
    packages: [],
    unresolved: [],
    counts: [],
  };
  const all = seriesMeasures({ ...estate, facts: { ...estate.facts, imports: [graph] } });
  expect(all.filter(({ id }) => id === "modules.imports")).toEqual([
    {
      id: "modules.imports",
      subjects: ["component:default/billing", "component:default/orders"],
      value: 3,
      unit: "imports",
      interval: null,
      sample: { n: 2, of: "files" },
      window: null,
    },
  ]);
});
