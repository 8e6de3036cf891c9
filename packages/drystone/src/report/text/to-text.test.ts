import { describe, expect, test } from "vitest";
import * as fixtures from "#report/_shared/fixtures/index.js";
import { displayWidth } from "#report/_shared/index.js";
import { toText } from "./index.js";

const cases = Object.entries(fixtures).flatMap(([name, result]) => [80, 100].map((columns) => ({ name, result, columns })));

describe("the whole report", () => {
  test.each(cases)("$name at $columns columns", async ({ name, result, columns }) => {
    const text = toText(result, { columns, colour: false, people: "handles" });
    await expect(text).toMatchFileSnapshot(`golden/${name}.${columns}.txt`);
  });

  test.each([60, 80, 100])("is no wider than %i columns, but for commands", (columns) => {
    for (const result of Object.values(fixtures)) {
      const lines = toText(result, { columns, colour: false, people: "teams" }).split("\n");
      const wide = lines.filter((line) => displayWidth(line) > columns && !/^ {4}(git|drystone|gh|add|\()/.test(line));
      expect(wide).toEqual([]);
    }
  });

  test.each([true, false])("holds no control character of the repository (colour %s)", (colour) => {
    for (const result of Object.values(fixtures)) {
      const text = toText(result, { columns: 80, colour, people: "handles" });
      const rest = colour ? text.replaceAll(/\u001b\[[\d;]+m/g, "") : text;
      expect(rest.match(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu)).toBeNull();
    }
  });

  test("the fullest of them stays within a few screens", () => {
    expect(toText(fixtures.likely, { columns: 80, colour: false, people: "teams" }).split("\n").length).toBeLessThanOrEqual(100);
  });

  test("colour adds nothing but colour", () => {
    for (const result of Object.values(fixtures)) {
      const options = { columns: 80, people: "handles" } as const;
      expect(toText(result, { ...options, colour: true }).replaceAll(/\u001b\[[\d;]+m/g, "")).toBe(
        toText(result, { ...options, colour: false }),
      );
    }
  });

  test("people off leaves out every question about people and says so", () => {
    const text = toText(fixtures.likely, { columns: 80, colour: false, people: "off" });
    expect(text).not.toMatch(/developers|owner made|Flow of work/);
    expect(text).toContain("Questions about people and teams are left out, as asked (people: off).");
  });
});
