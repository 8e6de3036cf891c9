import { expect, test } from "vitest";
import { processorTime } from "../../../test/fakes/index.js";
import { findAllowances } from "./allowances.js";

test.each([
  ["behind", 'import "x"; // drystone-allow layer moves soon', [1], [[1, 1, "layer", "moves soon"]]],
  ["before", '// drystone-allow layer moves soon\n\nimport "x";', [3], [[1, 3, "layer", "moves soon"]]],
  ["before, other comments between", "# drystone-allow deny old\n# more\nfrom a import b", [3], [[1, 3, "deny", "old"]]],
  ["block", '/* drystone-allow layer old */ import "x";', [1], [[1, 1, "layer", "old"]]],
  ["block before", '/* drystone-allow layer old */\nimport "x";', [2], [[1, 2, "layer", "old"]]],
  ["markup", "<!-- drystone-allow layer old -->\n<script>", [], [[1, 2, "layer", "old"]]],
  ["over several lines", 'import {\n  a,\n} from "x"; // drystone-allow layer old', [1], [[3, 1, "layer", "old"]]],
  ["a colon", "-- drystone-allow foreign-table: a report of last year", [], [[1, 1, "foreign-table", "a report of last year"]]],
  ["no reason", "// drystone-allow layer\nx", [], [[1, 2, "layer", ""]]],
  ["no rule", "// drystone-allow\nx", [], [[1, 2, "", ""]]],
  ["in a text", 'const x = "// drystone-allow layer old";', [], []],
  ["no comment", "drystone-allow layer old", [], []],
] as const)("%s", (_, text, imports, expected) => {
  expect(findAllowances(text, imports).map(({ line, target, rule, reason }) => [line, target, rule, reason])).toEqual(expected);
});

test("hostile comments end in time", () => {
  const spent = processorTime();
  findAllowances(`${"// drystone-allow ".repeat(20_000)}\n${`${"/*".repeat(2000)} drystone-allow x y\n`.repeat(500)}`, []);
  expect(spent()).toBeLessThan(3000);
});
