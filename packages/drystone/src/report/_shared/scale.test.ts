import { expect, test } from "vitest";
import { assessment, parameters, result } from "./fixtures/build.js";
import { bar, scaleOf } from "./scale.js";

test.each([
  [
    { value: 0.43, interval: [0.33, 0.55], limits: [0.1, 0.25], publicSystems: { low: 0.1, high: 0.65, median: 0.25 } },
    "··┊░░┊━━◆━━░░·······",
  ],
  [{ value: 0, interval: [0, 0.09], limits: [0.1, 0.25], publicSystems: null }, "◆━┊··┊··············"],
  [{ value: 1, interval: null, limits: null, publicSystems: null }, "···················◆"],
  [{ value: 0.3, interval: [0.05, 0.6], limits: [0.1, 0.25], publicSystems: null }, "·━┿━━┿◆━━━━━········"],
] as const)("%j", (scale, drawn) => expect(bar(scale, 20)).toBe(drawn));

test("limits come from the conditions, else from the parameters, else are left out", () => {
  const share = { value: 0.2, unit: "share of change sets" };
  const conditions = [
    { text: "lower bound ≥ 0.30", met: false, source: "" },
    { text: "upper bound ≤ 0.15", met: false, source: "" },
  ];
  const limits = (id: string, more = {}, used: Record<string, unknown> = parameters) =>
    scaleOf(assessment(id, "mixed", { ...share, ...more }), result({ parameters: used }))?.limits;
  expect(limits("change-coupling", { conditions })).toEqual([0.15, 0.3]);
  expect(limits("change-coupling")).toEqual([0.1, 0.25]);
  expect(limits("ownership")).toEqual([0.5, 0.75]);
  expect(limits("developer-spread")).toEqual([0.1, 0.25]);
  expect(limits("developer-spread", { unit: "share of developers" })).toEqual([0.25, 0.5]);
  expect(limits("shared-code")).toBeNull();
  expect(
    limits("change-coupling", {}, JSON.parse('{"A1": {"__proto__": {"tLo": 0.1, "tHi": 0.2}}}') as Record<string, unknown>),
  ).toBeNull();
});
