import { describe, expect, test } from "vitest";
import { checked, compared } from "#report/_shared/fixtures/checked.js";
import { hostile } from "#report/_shared/fixtures/index.js";
import { toSarif } from "./index.js";

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number };
        };
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly suppressions: readonly { readonly justification: string }[];
      readonly baselineState?: string;
    }[];
  }[];
}
const logOf = (text: string) => JSON.parse(text) as Log;

describe("SARIF", () => {
  test("of a check", async () => expect(toSarif(checked)).toMatchFileSnapshot("golden/checked.sarif.json"));

  test("of a pull request: what it adds, and what was there", () => {
    expect(logOf(toSarif(compared)).runs[0]?.results.map(({ ruleId, baselineState }) => [ruleId, baselineState])).toEqual([
      ["module-boundaries/private-import", "new"],
      ["module-boundaries/undeclared-use", "unchanged"],
      ["module-boundaries/unused-use", "unchanged"],
      ["module-boundaries/private-import", "unchanged"],
    ]);
  });

  test.each(Object.entries({ checked, compared, hostile }))(
    "every result of %s has a rule, a place inside of the repository and a fingerprint",
    (_, result) => {
      const [run] = logOf(toSarif(result)).runs;
      expect(run?.results.length).toBeGreaterThan(0);
      for (const { ruleId, ruleIndex, locations, partialFingerprints, message } of run?.results ?? []) {
        expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
        expect(locations.length).toBe(1);
        for (const { physicalLocation } of locations) {
          const { uri } = physicalLocation.artifactLocation;
          expect(uri).toMatch(/^(?:[A-Za-z0-9_.!~*'()-]|%[0-9A-F]{2})[A-Za-z0-9_.!~*'()/%-]*$/);
          expect(uri.split("/")).not.toContain("..");
          expect(physicalLocation.region.startLine).toBeGreaterThan(0);
        }
        expect(partialFingerprints["drystone/v1"]).not.toBe("");
        expect(message.text).not.toMatch(/\]\(|\{\d+\}|[\u0000-\u001f]/);
      }
    },
  );

  test("more than GitHub takes: the worst 4,999 and one that says how many are left", () => {
    const [boundaries] = checked.assessments;
    const [first] = boundaries?.findings ?? [];
    if (!boundaries || !first) throw new Error("fixture without findings");
    const notes = Array.from({ length: 6000 }, (_, index) => ({ ...first, severity: "note" as const, fingerprint: `n${index}` }));
    const { runs } = logOf(toSarif({ ...checked, assessments: [{ ...boundaries, findings: [...notes, first] }] }));
    const results = runs[0]?.results ?? [];
    expect(results.length).toBe(5000);
    expect([results[0]?.level, results.at(-1)?.ruleId]).toEqual(["error", "drystone/left-out"]);
    expect(results.at(-1)?.message.text).toMatch(/^1002 more findings are not in this file/);
  });
});
