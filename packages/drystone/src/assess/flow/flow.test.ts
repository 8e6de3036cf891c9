import { expect, test } from "vitest";
import { smallEstate, weekly } from "#derive/team-changes/fixtures/index.js";
import type { WorkItemFact, WorkStates } from "#model/running.js";
import { assessFlow } from "./index.js";

const day = 86_400;
const end = Date.UTC(2026, 10, 20) / 1000;
const states: WorkStates = { active: ["doing"], waiting: ["review"], done: ["done"], teams: {} };

/** One item a day: four days of work by one team, six of waiting for another, back for a day in every fourth. */
function items(count: number): WorkItemFact[] {
  return Array.from({ length: count }, (_, at) => {
    const start = end - (count - at + 11) * day;
    const back = at % 4 === 0;
    return {
      id: `SHOP-${at}`,
      kind: "ticket" as const,
      steps: [
        { state: "doing", at: start, assignee: null, team: "orders" },
        { state: "review", at: start + 4 * day, assignee: null, team: "platform" },
        ...(back ? [{ state: "doing", at: start + 9 * day, assignee: null, team: "orders" }] : []),
      ],
      done: start + 10 * day,
      source: "work.csv",
    };
  });
}

function assessed(workItems: readonly WorkItemFact[], workStates: WorkStates | null = states) {
  const estate = smallEstate({
    services: { a: null },
    changes: weekly(3, { by: ["ada"], touches: ["a"], keys: ["SHOP-10"] }, 1, 33),
  });
  const { assessment, measures } = assessFlow({ ...estate, facts: { ...estate.facts, workItems, workStates } });
  return { ...assessment, measures, of: (id: string) => measures.find((measure) => measure.id === id)?.value };
}

test("nothing at hand: unknown with the command", () =>
  expect(assessed([])).toMatchObject({
    verdict: "unknown",
    value: null,
    missing: [{ input: expect.stringContaining("work items") }],
  }));

test("too few finished items", () =>
  expect(assessed(items(19))).toMatchObject({ verdict: "unknown", value: null, sample: { n: 19, min: 20 }, measures: [] }));

test("measured: lead time, share of work, waits and hand-offs, and never good or bad", () => {
  const { verdict, value, reasons, findings, of, conditions } = assessed(items(40));
  expect([verdict, value]).toEqual(["measured", 10]);
  expect(of("flow.efficiency-most")).toBeCloseTo(0.425, 2);
  expect(of("flow.hand-offs")).toBe(1.25);
  expect(of("flow.ping-pongs")).toBe(0.25);
  expect(findings.map(({ code, subjects, evidenceTotal }) => [code, subjects, evidenceTotal])).toEqual([
    ["flow/waits-for-team", ["group:default/platform"], 40],
    ["flow/ping-pong", ["system"], 10],
  ]);
  expect(reasons[0]).toMatch(
    /^Most of the waiting is for platform: 5\d % of the time of an item\. Half of the items are done within 10 days/,
  );
  expect(conditions.map(({ met }) => met)).toEqual([true, true, expect.any(Boolean)]);
  expect(JSON.stringify({ reasons, findings })).not.toMatch(/good|bad|poor|excellent|world-class/i);
});

test("without a mapping of states the share of work is unknown, and the missing line says how", () => {
  const { verdict, reasons, missing, of } = assessed(items(40), null);
  expect([verdict, of("flow.efficiency-most"), missing[0]?.input]).toEqual([
    "measured",
    undefined,
    "which states are work and which are waiting",
  ]);
  expect(reasons.join(" ")).toContain(
    "How much of that was work is unknown: nobody said which states are work and which are waiting.",
  );
});

test("commits that name an item give the least that was work", () => {
  const { of } = assessed(items(40));
  expect(of("flow.efficiency-least")).toBeGreaterThan(0);
  expect(of("flow.efficiency-least")).toBeLessThan(0.05);
});
