import { describe, expect, test } from "vitest";
import { checked, compared } from "#report/_shared/fixtures/checked.js";
import { hostile } from "#report/_shared/fixtures/index.js";
import { checkToText } from "./index.js";

describe("a check in the terminal", () => {
  test.each(Object.entries({ checked, compared }))("%s", async (name, result) =>
    expect(checkToText(result, { columns: 100, colour: false })).toMatchFileSnapshot(`golden/${name}.txt`),
  );

  test("a place is never cut, however long", () => {
    const file = `apps/${"long-folder/".repeat(12)}page.tsx`;
    const long = {
      ...checked,
      assessments: checked.assessments.map((assessment) => ({
        ...assessment,
        findings: assessment.findings.map((finding) => ({ ...finding, location: { repository: "shop", file, line: 11 } })),
      })),
    };
    expect(checkToText(long, { columns: 100, colour: false })).toContain(`\n  ${file}:11\n`);
  });

  test("nothing of a hostile repository reaches the terminal as a control character", () => {
    expect(checkToText(hostile, { columns: 80, colour: false })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});
