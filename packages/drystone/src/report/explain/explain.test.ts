import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Result } from "#model/result.js";
import * as fixtures from "#report/_shared/fixtures/index.js";
import { displayWidth } from "#report/_shared/index.js";
import { UsageError } from "#util/errors.js";
import { explain } from "./index.js";

const cases: readonly { readonly name: string; readonly result: Result; readonly args: readonly string[] }[] = [
  { name: "hot-pair", result: fixtures.likely, args: ["change-coupling/hot-pair", "billing", "orders"] },
  { name: "all-hot-pairs", result: fixtures.likely, args: ["change-coupling/hot-pair"] },
  { name: "change-coupling", result: fixtures.likely, args: ["change-coupling"] },
  { name: "lockstep-deployment", result: fixtures.likely, args: ["lockstep-deployment"] },
  { name: "verdict", result: fixtures.likely, args: ["distributed-monolith"] },
  { name: "measure", result: fixtures.likely, args: ["coupling.degree", "orders"] },
  { name: "advice", result: withAdvice(fixtures.likely), args: ["stay"] },
  { name: "pair", result: fixtures.likely, args: ["Orders-Service", "component:default/billing"] },
  { name: "unjoined", result: fixtures.likely, args: ["mail", "search"] },
  { name: "component", result: fixtures.likely, args: ["billing"] },
  { name: "hostile-finding", result: fixtures.hostile, args: ["change-coupling/hot-pair"] },
  { name: "hostile-assessment", result: fixtures.hostile, args: ["__proto__"] },
];

function withAdvice(result: Result): Result {
  const stay: Result["advice"][number] = {
    decision: "stay",
    subject: "system",
    outcome: "not-demonstrated",
    assessments: result.assessments.slice(0, 1),
    costs: [],
    benefits: [],
    steps: [],
    wouldChange: ["more people"],
  };
  return { ...result, advice: [stay] };
}

describe("explain", () => {
  test.each(cases)("$name", async ({ name, result, args }) => {
    const text = explain(result, args);
    await expect(text).toMatchFileSnapshot(`golden/${name}.txt`);
    expect(text.match(/(?!\n)[\p{Cc}\p{Cf}]/gu)).toBeNull();
    expect(text.split("\n").filter((line) => displayWidth(line) > 80 && !/^ {4,10}(git|gh|comm|drystone) /.test(line))).toEqual(
      [],
    );
  });

  test("every number of the example is explained with what it means", () => {
    const file = new URL("../../../../../examples/shop/expected-result.json", import.meta.url);
    const result = JSON.parse(readFileSync(file, "utf8")) as Result;
    const ids = [...new Set([...result.measures, ...result.advice.flatMap(({ costs }) => costs)].map(({ id }) => id))];
    expect(ids.length).toBeGreaterThan(20);
    expect(ids.filter((id) => !/\n {2}means: /.test(explain(result, [id])))).toEqual([]);
  });

  test("people: teams names no person", () => {
    expect(explain(fixtures.likely, ["billing"], { people: "teams" })).not.toMatch(/ada/);
    expect(explain(fixtures.likely, ["billing"])).toMatch(/@ada/);
    expect(explain(fixtures.likely, ["billing"], { people: "off" })).not.toMatch(/owner/);
  });

  test.each([
    { args: [], code: "DS-U31", hint: /^for example: change-coupling\/hot-pair/ },
    { args: ["orders", "billing", "mail"], code: "DS-U31", hint: "explain each pair on its own" },
    { args: ["ordrs"], code: "DS-U32", hint: "did you mean orders?" },
    { args: ["change-coupling/hot-pear"], code: "DS-U32", hint: /did you mean change-coupling\/hot-pair/ },
    { args: ["orders", "billng"], code: "DS-U32", hint: "did you mean billing?" },
    { args: ["change-coupling/hot-pair", "mail"], code: "DS-U32", hint: "leave the names out to see all" },
    { args: ["\u001b[2Jx"], code: "DS-U32", hint: /drystone assess --format json/ },
  ])("$args is refused with help", ({ args, code, hint }) => {
    const error = thrown(() => explain(fixtures.likely, args));
    expect(error.code).toBe(code);
    expect(error.hint).toMatch(hint);
    expect(error.message).not.toMatch(/\p{Cc}/u);
  });
});

function thrown(run: () => unknown): UsageError {
  try {
    run();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
