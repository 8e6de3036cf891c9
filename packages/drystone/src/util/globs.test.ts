import { expect, test } from "vitest";
import { processorTime } from "../../test/fakes/index.js";
import { faceTest, globTest, nameFits } from "./globs.js";

test.each([
  [["src"], "src/a.ts", true],
  [["src"], "src", true],
  [["src"], "srcs/a.ts", false],
  [["src/**"], "src/a/b.ts", true],
  [["src/**"], "src", false],
  [["src/*/**"], "src/a.ts", false],
  [["src/*/**"], "src/a/b.ts", true],
  [["src/*"], "src/a/b.ts", true],
  [["**/*.test.ts"], "a/b/c.test.ts", true],
  [["**/*.test.ts"], "c.test.ts", true],
  [["**/*.test.ts"], "c.test.tsx", false],
  [["**/internal/**"], "a/internal/b.ts", true],
  [["**/internal/**"], "internal/b.ts", true],
  [["**/internal/**"], "a/internals/b.ts", false],
  [["a/**/z"], "a/z", true],
  [["a/**/z"], "a/b/c/z/y.ts", true],
  [["*.py"], "a.py", true],
  [["*.py"], "b/a.py", false],
  [["src/**", "!src/internal/**"], "src/internal/a.ts", false],
  [["src/**", "!src/internal/**", "src/internal/open.ts"], "src/internal/open.ts", true],
  [["**"], "anything/at/all", true],
  [["./src/"], "src/a.ts", true],
] as const)("%j covers %s: %s", (globs, path, expected) => {
  expect(globTest(globs)(path)).toBe(expected);
});

test.each([
  [["pay/*"], "pay/Pay.java", true],
  [["pay/*"], "pay/internal/Ledger.java", false],
  [["pay/*/api"], "pay/cards/api/Card.java", true],
  [["pay/**/*.api.ts"], "pay/cards/card.api.ts", true],
  [["pay/**/*.api.ts"], "pay/old.api.ts/card.ts", false],
  [["pay/**", "!pay/*"], "pay/internal/Ledger.java", true],
  [["pay/**"], "pay/internal/Ledger.java", true],
] as const)("a module that shows %j shows %s: %s", (globs, path, expected) => {
  expect(faceTest(globs)(path)).toBe(expected);
});

test.each([
  ["orders", "orders", true],
  ["order*", "orders", true],
  ["*s", "orders", true],
  ["o*e*s", "orders", true],
  ["o?ders", "orders", true],
  ["o*x", "orders", false],
  ["", "", true],
] as const)("%s fits %s: %s", (pattern, name, expected) => {
  expect(nameFits(pattern, name)).toBe(expected);
});

test("a hostile glob ends in time", () => {
  const spent = processorTime();
  globTest([`${"**/a*".repeat(200)}b`])(`${"a/".repeat(500)}c`);
  nameFits(`${"*a".repeat(500)}b`, "a".repeat(5000));
  expect(spent()).toBeLessThan(2000);
});
