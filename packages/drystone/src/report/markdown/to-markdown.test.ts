import { describe, expect, test } from "vitest";
import * as fixtures from "#report/_shared/fixtures/index.js";
import { escapeMarkdown } from "#report/_shared/index.js";
import { toMarkdown } from "./index.js";

describe("the Markdown report", () => {
  test.each(Object.entries(fixtures))("%s", async (name, result) => {
    await expect(toMarkdown(result, { people: "teams" })).toMatchFileSnapshot(`golden/${name}.md`);
  });

  test("nothing of a hostile repository is markup, a link or a mention", () => {
    const text = toMarkdown(fixtures.hostile, { people: "handles" }).replace(/^ *(`{3,})(?:sh|yaml)\n[^]*?\n *\1$/gm, "");
    expect(text.match(/<(?!br>)|!\[|[^\\]\]\(|@\w|https?:\/\/|(?!\n)\p{Cc}|[^\\]`/gu)).toBeNull();
  });
});

describe("escaping", () => {
  test.each([
    ["a | b", "a \\| b"],
    ["<b>&amp;", "&lt;b&gt;&amp;amp;"],
    ["`x` *y* _z_", "\\`x\\` \\*y\\* \\_z\\_"],
    ["[a](b)", "\\[a\\](b)"],
    ["@org/team", "@&#8203;org/team"],
    ["fixes #12 and GH-3", "fixes \\#&#8203;12 and GH&#8203;-3"],
    ["https://example.org www.example.org", "https:&#8203;//example.org www&#8203;.example.org"],
    ["- item", "\\- item"],
    ["1. item", "1\\. item"],
    ["a\nb", "a\\\\x0ab"],
  ])("%j", (text, escaped) => expect(escapeMarkdown(text)).toBe(escaped));
});
