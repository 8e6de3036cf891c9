import { describe, expect, test } from "vitest";
import { importGraph } from "#derive/calls/fixtures/index.js";
import { type Change, smallEstate, weekly } from "#derive/team-changes/fixtures/index.js";
import type { Assessment } from "#model/result.js";
import { assessChangeCoupling } from "./change-coupling.js";

const owners = { orders: null, billing: null, catalog: null };

/** `count` changes spread over the year by a few people. */
function changes(count: number, touches: readonly string[], from = 0): Change[] {
  return weekly(count, { by: ["ada"], touches }, 350 / Math.max(1, count), from);
}

function assessed(list: readonly Change[], services: Readonly<Record<string, null>> = owners, shallow = false): Assessment {
  return assessChangeCoupling(smallEstate({ services, changes: list, shallow })).assessment;
}

describe("metrics.md A1, worked example: 40 change sets", () => {
  const example = [
    ...changes(10, ["orders"]),
    ...changes(8, ["billing"], 1),
    ...changes(8, ["orders", "billing"], 2),
    ...changes(12, ["catalog"], 3),
    ...changes(2, ["orders", "billing", "catalog"], 4),
  ];
  const { assessment, measures } = assessChangeCoupling(smallEstate({ services: owners, changes: example }));

  test("value .25, present by the pair rule (2 of 3 services)", () => {
    expect(assessment.value).toBe(0.25);
    expect(assessment.sample).toEqual({ n: 40, of: "change sets", min: 30 });
    expect(assessment.verdict).toBe("present");
    expect(assessment.conditions[2]).toMatchObject({ met: true });
    expect(assessment.conditions[1]).toMatchObject({ met: false });
  });

  test("the hot pair: 10 together, degree .526, confidence .556 and .5", () => {
    const hot = assessment.findings.filter(({ code }) => code === "change-coupling/hot-pair");
    expect(hot.map(({ subjects, value }) => [subjects, value])).toEqual([
      [["component:default/orders", "component:default/billing"], 0.526316],
    ]);
    expect(hot[0]?.evidenceTotal).toBe(10);
    expect(hot[0]?.evidence[0]).toMatchObject({ type: "commit", repository: "shop" });
    const pair = measures.find(({ id }) => id === "coupling.degree");
    expect(pair?.detail).toMatchObject({
      shared: 10,
      revisionsA: 20,
      revisionsB: 18,
      confidenceAToB: 0.5,
      confidenceBToA: 0.555556,
      beyondChance: "yes",
    });
  });

  test.each<[string, readonly (readonly [string, string])[], string]>([
    ["nothing", [], "no call, import, table or declared dependency explains it"],
    ["imports", [["orders/a.js", "billing/b.js"]], "explained: orders imports files of billing in 1 place"],
    ["tests", [["orders/a.test.js", "billing/b.js"]], "explained: tests of orders import files of billing in 1 place"],
  ])("what explains it: %s", (_, edges, words) => {
    const estate = smallEstate({ services: owners, changes: example });
    const imports = [importGraph(...edges)];
    const { findings } = assessChangeCoupling({ ...estate, facts: { ...estate.facts, imports } }).assessment;
    const hot = findings.find(({ code }) => code === "change-coupling/hot-pair");
    expect(hot?.message).toContain(`; ${words})`);
  });

  test("ripple per service: orders .50, billing .556, catalog .143", () => {
    const byService = measures.filter(({ id, subjects }) => id === "coupling.ripple" && subjects[0] !== "system");
    expect(byService.map(({ subjects, value }) => [subjects[0]?.split("/")[1], value])).toEqual([
      ["orders", 0.5],
      ["billing", 0.555556],
      ["catalog", 0.142857],
    ]);
  });
});

describe("verdicts", () => {
  const four = { orders: null, billing: null, catalog: null, search: null };
  const alone = (count: number) => ["orders", "billing", "catalog", "search"].flatMap((name, at) => changes(count, [name], at));
  test.each<[string, readonly Change[], string, number | null]>([
    ["changes alone, 100 of them", alone(25), "absent", 0],
    ["too few", alone(5), "unknown", 0],
    ["nothing changed", [], "unknown", null],
    [
      "every second change crosses",
      [...alone(10), ...changes(20, ["orders", "billing"]), ...changes(20, ["catalog", "search"], 1)],
      "present",
      0.5,
    ],
  ])("%s", (_, list, verdict, value) => {
    const assessment = assessed(list, four);
    expect([assessment.verdict, assessment.value]).toEqual([verdict, value]);
  });

  test("a service in more than half of the changes is a hub: counted apart and said", () => {
    const assessment = assessed([...changes(60, ["orders"]), ...changes(20, ["billing"], 1), ...changes(20, ["catalog"], 2)], {
      ...four,
      search: null,
    });
    expect(assessment.sample?.n).toBe(40);
    expect(assessment.findings.map(({ code }) => code)).toContain("change-coupling/hub");
    expect(assessment.reasons[0]).toContain("other than orders");
  });

  test("sweeps are no coupling and are reported on their own", () => {
    const assessment = assessed([...alone(25), ...changes(12, ["orders", "billing", "catalog", "search"], 3)], four);
    expect([assessment.verdict, assessment.value]).toEqual(["absent", 0]);
    const sweeps = assessment.findings.find(({ code }) => code === "change-coupling/sweeps");
    expect([sweeps?.value, sweeps?.severity, sweeps?.evidenceTotal]).toEqual([0.107143, "warning", 12]);
  });

  test("lock files and manifests that change together are no coupling", () => {
    const assessment = assessed([...alone(25), ...changes(40, ["orders/package.json", "billing/package-lock.json"], 2)], four);
    expect([assessment.verdict, assessment.sample?.n]).toEqual(["absent", 100]);
  });

  test("a shallow clone is unknown, with the command that mends it", () => {
    const assessment = assessed(alone(25), four, true);
    expect([assessment.verdict, assessment.value]).toEqual(["unknown", null]);
    expect(assessment.missing[0]?.how).toContain("git fetch --unshallow");
  });

  test("one service: not applicable", () => {
    expect(assessed(alone(25), { orders: null }).verdict).toBe("not-applicable");
  });
});

test("unrelated changes never raise the value; the order of changes does not matter", () => {
  const some = [...changes(20, ["orders", "billing"]), ...changes(30, ["billing"], 1), ...changes(20, ["catalog"], 1)];
  const before = assessed(some).value ?? 0;
  expect(assessed([...some, ...changes(15, ["catalog"], 2)]).value).toBeLessThan(before);
  const { value, interval, verdict } = assessed(some);
  expect(assessed(some.toReversed())).toMatchObject({ value, interval, verdict });
});
