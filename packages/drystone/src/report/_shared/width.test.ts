import { describe, expect, test } from "vitest";
import { clean, displayWidth, shorten, tame, wrap } from "./width.js";

test.each([
  ["orders", 6],
  ["注文", 4],
  ["e\u0301", 1],
  ["🚀", 2],
  ["한글", 4],
  ["ｆ", 2],
  ["●◐○┊━", 5],
])("%s needs %i columns", (text, width) => expect(displayWidth(text)).toBe(width));

test.each([
  ["a\u001b[31mb", "a\\x1b[31mb"],
  ["a\nb", "a\\x0ab"],
  ["\u202eabc", "\\u202eabc"],
  ["\u061ca\u00adb", "\\u61ca\\uadb"],
  ["\ud800", "\\ud800"],
  [`a${"\u0301".repeat(9)}`, "a\u0301\u0301"],
])("%j is made visible", (text, safe) => expect(clean(text)).toBe(safe));

describe("long text", () => {
  test.each([
    ["orders", 10, "orders"],
    ["orders-and-billing", 9, "orde…ling"],
    ["注文サービス", 7, "注…ス"],
    ["x".repeat(1_000_000), 5, "xx…xx"],
  ])("%.20s in %i columns", (text, width, short) => {
    expect(shorten(text, width)).toBe(short);
    expect(displayWidth(shorten(text, width))).toBeLessThanOrEqual(width);
  });

  test("a megabyte of any kind is bounded", () => {
    for (const text of ["x", "x ", "\u0301", "注", "\u001b"].map((piece) => piece.repeat(500_000))) {
      expect(displayWidth(tame(text))).toBeLessThanOrEqual(404);
      expect(tame(text).length).toBeLessThan(3000);
    }
  });
});

test.each([
  ["one two three", 7, ["one two", "three"]],
  ["abcdefghij", 4, ["abcd", "efgh", "ij"]],
  ["43\u00a0% of all", 5, ["43 %", "of", "all"]],
  ["注文サービス", 4, ["注文", "サー", "ビス"]],
  ["", 4, []],
])("%j wraps at %i", (text, width, lines) => expect(wrap(text, width)).toEqual(lines));
