import { describe, expect, test } from "vitest";
import type { Result } from "#model/result.js";
import * as fixtures from "#report/_shared/fixtures/index.js";
import { toJson } from "./index.js";

describe("the JSON document", () => {
  test.each(Object.entries(fixtures))("%s reads back as the same value", (_, result) => {
    expect(JSON.parse(toJson(result))).toEqual(JSON.parse(JSON.stringify(result)));
  });

  test("keys stand in the published order, however the value was made", () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, each]) => [key, reversed(each)]),
      );
    };
    const made = reversed(fixtures.likely) as Result;
    const ordered = { ...made, parameters: fixtures.likely.parameters, measures: fixtures.likely.measures };
    expect(toJson(ordered)).toBe(toJson(fixtures.likely));
    expect(Object.keys(JSON.parse(toJson(made)) as object)).toEqual(
      "schema tool inputs headline model measures assessments verdicts advice parameters".split(" "),
    );
  });

  test("ends with one newline, indents by two, obeys nothing hostile", () => {
    const text = toJson(fixtures.hostile);
    expect(text).toMatch(/^\{\n {2}"schema": "drystone.result\/1",\n/);
    expect(text).toMatch(/[^\n]\n$/);
    expect(text.match(/(?!\n)[\p{Cc}\u202e\u2028]/gu)).toBeNull();
    expect(text).toContain('"__proto__": {');
  });

  test("a field of a later version is kept, after those that are known", () => {
    const later = { ...fixtures.single, verdicts: [], advice: [], added: { z: 1, a: 2 } };
    expect(toJson(later)).toMatch(/"parameters": [^]*"added": \{\n {4}"z": 1,\n {4}"a": 2/);
  });
});
