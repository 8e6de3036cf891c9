import { describe, expect, test } from "vitest";
import type { Assessment, Result } from "#model/result.js";
import { assessment, component, finding, repository, result } from "#report/_shared/fixtures/build.js";
import * as fixtures from "#report/_shared/fixtures/index.js";
import { displayWidth } from "#report/_shared/index.js";
import { diffResults, diffToText } from "./index.js";

const options = { columns: 80, colour: false, people: "teams" } as const;
const text = (before: Result, after: Result): string => diffToText(diffResults(before, after), options);

/** A share with the Wilson interval left to the diff. */
function share(hits: number, n: number, verdict: Assessment["verdict"] = "mixed"): Result {
  const value = assessment("change-coupling", verdict, {
    value: hits / n,
    unit: "share of change sets",
    sample: { n, of: "change sets" },
  });
  return result({ assessments: [value] });
}

describe("what counts as a change", () => {
  test("Newcombe 1998, table II, case a: 56 of 70 against 48 of 80 differs by .0524 to .3339", () => {
    const [number] = diffResults(share(48, 80), share(56, 70)).numbers;
    expect(number?.difference?.map((bound) => bound.toFixed(4))).toEqual(["0.0524", "0.3339"]);
    expect(number?.beyondNoise).toBe(true);
  });

  test.each([
    { what: "the same number", before: share(20, 100), after: share(20, 100), numbers: 0, withinNoise: 0 },
    { what: "ten points on 40 change sets are noise", before: share(8, 40), after: share(12, 40), numbers: 0, withinNoise: 1 },
    { what: "ten points on 4,000 are none", before: share(800, 4000), after: share(1200, 4000), numbers: 1, withinNoise: 0 },
    {
      what: "four points are too few, however sure",
      before: share(8000, 40_000),
      after: share(9600, 40_000),
      numbers: 0,
      withinNoise: 1,
    },
  ])("$what", ({ before, after, numbers, withinNoise }) => {
    const diff = diffResults(before, after);
    expect([diff.numbers.length, diff.withinNoise]).toEqual([numbers, withinNoise]);
  });

  test("a result against itself: nothing", () => {
    for (const each of Object.values(fixtures)) {
      const diff = diffResults(each, each);
      expect({ ...diff, systems: [], asOf: [], overlap: null }).toEqual({
        schema: "drystone.diff/1",
        systems: [],
        asOf: [],
        incomparable: [],
        overlap: null,
        inputs: [],
        verdicts: [],
        numbers: [],
        findings: [],
        components: [],
        withinNoise: 0,
      });
      expect(text(each, each)).toContain("Nothing changed beyond noise.");
    }
  });

  test("other parameters make the numbers incomparable, and that comes first", () => {
    const after: Result = { ...share(40, 50), parameters: { A1: { tLo: 0.2 } } };
    const diff = diffResults({ ...share(5, 50), parameters: { A1: { tLo: 0.1 } } }, after);
    expect(diff.incomparable).toEqual(["the parameters differ"]);
    expect(diff.inputs).toEqual([{ what: "parameter A1.tLo", from: "0.1", to: "0.2" }]);
    expect(diff.numbers.map(({ beyondNoise }) => beyondNoise)).toEqual([null]);
    expect(diffToText(diff, options).split("\n")[2]).toBe("! These numbers cannot be compared: the parameters differ.");
  });
});

describe("the whole diff", () => {
  const before: Result = {
    ...fixtures.likely,
    inputs: {
      ...fixtures.likely.inputs,
      asOf: "2026-08-20",
      repositories: [repository({ window: { from: "2025-08-20", to: "2026-08-20", reason: "" }, head: null })],
    },
  };
  const after: Result = {
    ...fixtures.likely,
    model: {
      ...fixtures.likely.model,
      components: [...fixtures.likely.model.components.slice(1), component("returns")],
      teams: [],
    },
    inputs: {
      ...fixtures.likely.inputs,
      sources: [{ kind: "trace", repository: "shop", path: "traces.json", read: true, facts: 9000, problem: null, window: null }],
    },
    assessments: fixtures.likely.assessments.map((each) => {
      if (each.id === "chattiness") return { ...each, verdict: "absent" as const };
      if (each.id === "shared-datastore") return { ...each, verdict: "absent" as const, value: 2, findings: [] };
      if (each.id !== "change-coupling") return each;
      const accepted = each.findings.slice(0, 1).map((one) => ({ ...one, state: "accepted" as const }));
      return {
        ...each,
        value: 0.72,
        interval: [0.61, 0.81] as const,
        findings: [...accepted, finding("change-coupling/hot-pair", ["cart", "mail"])],
      };
    }),
    verdicts: fixtures.likely.verdicts.map((each) => ({ ...each, verdict: "mixed" as const })),
  };

  test("three months later", async () => {
    await expect(text(before, after)).toMatchFileSnapshot("golden/later.txt");
  });

  test("hostile names stay text", () => {
    const page = text(fixtures.hostile, fixtures.likely);
    expect(page.match(/(?!\n)[\p{Cc}\p{Cf}]/gu)).toBeNull();
    expect(page.split("\n").filter((line) => displayWidth(line) > 80)).toEqual([]);
  });
});
