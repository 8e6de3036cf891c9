import { expect, test } from "vitest";
import { ruleInstances } from "./rule-captures.js";

const paths = ["src/features/cart/a.ts", "src/features/README.md", "src/features/pay/b.ts", "src/other/c.ts"];

test("one rule per folder that fills the capture", () => {
  const rule = { from: ["src/features/{name}/**", "!**/*.test.ts"], to: ["src/features/**", "!src/features/{name}/**"] };
  expect(ruleInstances(rule, paths)).toEqual([
    { from: ["src/features/cart/**", "!**/*.test.ts"], to: ["src/features/**", "!src/features/cart/**"] },
    { from: ["src/features/pay/**", "!**/*.test.ts"], to: ["src/features/**", "!src/features/pay/**"] },
  ]);
});

test("alternatives are written out; without captures it is one rule, with captures that nothing fills none", () => {
  expect(ruleInstances({ from: "src/{features,other}/**", to: "npm:react" }, paths)).toEqual([
    { from: ["src/features/**", "src/other/**"], to: ["npm:react"] },
  ]);
  expect(ruleInstances({ from: "lib/{name}/**", to: "src/**" }, paths)).toEqual([]);
});
