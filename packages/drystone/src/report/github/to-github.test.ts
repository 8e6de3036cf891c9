import { describe, expect, test } from "vitest";
import { checked, compared } from "#report/_shared/fixtures/checked.js";
import { hostile } from "#report/_shared/fixtures/index.js";
import { checkMarkdown } from "#report/_shared/index.js";
import { toGithub } from "./index.js";

describe("GitHub Actions", () => {
  test("annotations of a check, accepted findings left out", () =>
    expect(toGithub(checked).annotations).toBe(
      [
        "::error file=src/orders/place order.ts,line=3,title=module-boundaries/private-import::orders uses payments/service.ts, which payments keeps for itself. Use payments/index.ts, or ask team-payments for an interface.",
        "::error file=src/payments/refund.ts,line=12,title=module-boundaries/undeclared-use::payments uses orders without declaring it. Add orders to uses of payments.",
        "::warning file=drystone.yaml,line=1,title=module-boundaries/unused-use::ui declares catalog and never uses it. Remove it.",
        "drystone: 2 errors, 1 warning, 0 notes, 1 accepted",
        "",
      ].join("\n"),
    ));

  test("in a pull request only what it adds", () => {
    const { annotations } = toGithub(compared);
    expect(annotations.split("\n").filter((line) => line.startsWith("::")).length).toBe(1);
  });

  test("ten of a level are annotated, the rest is in the summary", () => {
    const [boundaries] = checked.assessments;
    const [first] = boundaries?.findings ?? [];
    if (!boundaries || !first) throw new Error("fixture without findings");
    const findings = Array.from({ length: 12 }, (_, index) => ({
      ...first,
      fingerprint: `n${index}`,
      message: `number ${index}`,
    }));
    const { annotations, summary } = toGithub({ ...checked, assessments: [{ ...boundaries, findings }] });
    expect(annotations.split("\n").filter((line) => line.startsWith("::error")).length).toBe(10);
    expect(annotations).toContain("2 more in the step summary");
    expect(summary).toContain("number 11");
  });

  test("no text of a repository ends or starts a command", () => {
    const { annotations } = toGithub(hostile);
    for (const line of annotations.trimEnd().split("\n"))
      expect(line).toMatch(/^(?:::(?:error|warning|notice) file=[^,:]*,line=\d+,title=[^,:]*::|drystone: )/);
    expect(annotations).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});

describe("the comment for a pull request", () => {
  test.each(Object.entries({ checked, compared }))("%s", async (name, result) =>
    expect(checkMarkdown(result, { most: 20 })).toMatchFileSnapshot(`golden/${name}.md`),
  );

  test("nothing of a hostile repository is markup, a link or a mention", () => {
    const text = checkMarkdown(hostile, { most: 20 }).replace("<!-- drystone check -->", "");
    expect(text.match(/<(?!br>)|!\[|[^\\]\]\(|@\w|https?:\/\/|(?!\n)\p{Cc}/gu)).toBeNull();
  });
});
