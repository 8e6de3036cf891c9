import { expect, test } from "vitest";
import { withCommandMeant } from "./report-error.js";

test.each([
  ["one letter less", "asess shop", "did you mean the command `assess`? Otherwise pass a folder"],
  ["two letters swapped, after a path", "shop chekc", "did you mean the command `check`? Otherwise pass a folder"],
  ["capitals", "ASSESS", "did you mean the command `assess`? Otherwise pass a folder"],
  ["options first", "--no-cache check shop", "a command comes before its options: drystone check …"],
  ["a folder", "shop", "pass a folder"],
])("a path that is not there may be a command: %s", (_, typed, expected) => {
  expect(withCommandMeant("pass a folder", typed.split(" "), ["assess", "check"])).toBe(expected);
});
