import { describe, expect, test } from "vitest";
import * as fixtures from "#report/_shared/fixtures/index.js";
import { type PageData, pageJson, toHtml } from "./index.js";

const page =
  '<title>Drystone report</title><div id="app"></div><script type="application/json" id="drystone-data"></script><script>run()</script>';
const dataOf = (result: PageData["result"], people: PageData["people"] = "teams"): PageData => ({ result, diff: null, people });

/** Elements, those that hold the answer aside. */
function tags(html: string): readonly string[] {
  return [...new Set(html.match(/<[^>]*>/g))].filter((tag) => !/^<\/?(?:p|h1|header|main)\b/.test(tag)).sort();
}

describe("the page", () => {
  test.each(Object.entries(fixtures))("%s reads back from it as the same value", (_, result) => {
    const html = toHtml(page, dataOf(result, "handles"), null);
    const [, json = ""] = /id="drystone-data">([^<]*)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(dataOf(result, "handles"))));
  });

  test("hostile text adds no element: the same tags as with calm text", () => {
    expect(tags(toHtml(page, dataOf(fixtures.hostile), null))).toEqual(tags(toHtml(page, dataOf(fixtures.likely), null)));
    expect(pageJson(dataOf(fixtures.hostile))).not.toMatch(/[<>&\u2028\u2029]/);
  });

  test("dollar signs of replacement patterns stay what they are", () => {
    const result = { ...fixtures.single, inputs: { ...fixtures.single.inputs, system: "$& $' $` $1" } };
    expect(toHtml(page, dataOf(result), null)).toContain("<title>Drystone – $&#38; $&#39; $` $1</title>");
  });

  test("packed data is marked as such", () => {
    expect(toHtml(page, dataOf(fixtures.single), "H4sI")).toContain('id="drystone-data" data-packed="gzip">H4sI</script>');
  });

  test.each([
    ["", "nothing"],
    [page.replace("drystone-data", "other"), "no place for the data"],
    [page + page, "two of each"],
  ])("a file that is not the built page is refused (%#: %s)", (file) => {
    expect(() => toHtml(file, dataOf(fixtures.single), null)).toThrow(/single place/);
  });
});

test("handles of people become numbers, the same person the same number, unless handles are asked for", () => {
  const [component] = fixtures.likely.model.components;
  if (component === undefined) throw new Error("the fixture has no component");
  const owned = (...refs: readonly string[]): PageData["result"] => ({
    ...fixtures.likely,
    model: {
      ...fixtures.likely.model,
      components: refs.map((ref) => ({
        ...component,
        ownership: { ...component.ownership, declared: [{ ref, source: "codeowners" as const, evidence: [] }] },
      })),
    },
  });
  const result = owned("user:default/ada", "group:default/orders", "user:default/grace", "user:default/ada");
  const shown = JSON.parse(pageJson(dataOf(result))) as PageData;
  expect(shown.result.model.components.map(({ ownership }) => ownership.declared[0]?.ref)).toEqual([
    "user:default/person-1",
    "group:default/orders",
    "user:default/person-2",
    "user:default/person-1",
  ]);
  expect(pageJson(dataOf(result, "handles"))).toContain("user:default/grace");
});
