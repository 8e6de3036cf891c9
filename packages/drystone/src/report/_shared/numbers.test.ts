import { expect, test } from "vitest";
import { comparisonText, percent, plainNumber, publicRange, quantity, sampleText } from "./numbers.js";

const plain = (text: string | null): string | null => text?.replaceAll("\u00a0", " ") ?? null;

test.each([
  [
    { value: 0.431, unit: "share of change sets", interval: [0.329, 0.546], sample: { n: 76, of: "change sets" } },
    "43 % (32 to 55 %)",
  ],
  [
    { value: 0.43, unit: "share of change sets", interval: [0.33, 0.55], sample: { n: 76, of: "change sets" } },
    "43 % (33 to 55 %)",
  ],
  [
    { value: 0.3, unit: "share of change sets", interval: [0.2499, 0.35], sample: { n: 300, of: "change sets" } },
    "30 % (24 to 35 %)",
  ],
  [{ value: 3 / 7, unit: "share of change sets", interval: null, sample: { n: 7, of: "change sets" } }, "3 of 7 change sets"],
  [{ value: 0.53, unit: "degree", interval: null, sample: { n: 18, of: "change sets" } }, "53 %"],
  [
    { value: 0.0004, unit: "share of requests", interval: [0, 0.001], sample: { n: 12_400, of: "requests" } },
    "< 0.1 % (0.0 to 0.1 %)",
  ],
  [{ value: 12.345, unit: "upgrades per month", interval: null, sample: null }, "12.3 upgrades per month"],
  [{ value: 1, unit: "services", interval: null, sample: null }, "1 service"],
  [{ value: 1, unit: "pairs of places", interval: null, sample: null }, "1 pair of places"],
  [{ value: 0, unit: "share of change sets", interval: null, sample: { n: 1, of: "change sets" } }, "0 of 1 change set"],
  [{ value: null, unit: "share", interval: null, sample: null }, null],
  [{ value: Number.NaN, unit: "share", interval: null, sample: null }, null],
] as const)("%j reads %s", (number, text) => expect(plain(quantity(number))).toBe(text));

test.each([
  [0, "0 %"],
  [0.004, "< 1 %"],
  [0.996, "> 99 %"],
  [1, "100 %"],
  [0.995, "> 99 %"],
] as const)("%d is %s", (share, text) => expect(plain(percent(share))).toBe(text));

test("thousands stand apart", () => expect([1234, 1_234_567, 999].map(plainNumber)).toEqual(["1,234", "1,234,567", "999"]));

test("a weighted share is no count of the sample", () => {
  expect(plain(sampleText({ value: 0.41, unit: "share of change sets", sample: { n: 7, of: "change sets" } }))).toBe(
    "7 change sets",
  );
});

test("the range of public systems is read from the comparison", () => {
  expect(publicRange("11 public systems: 0.10 to 0.65, median 0.25")).toEqual({ low: 0.1, high: 0.65, median: 0.25 });
  expect(publicRange("no such thing")).toBeNull();
  expect(plain(comparisonText("11 public systems: 0.10 to 0.65, median 0.25", "share of x"))).toBe(
    "11 public systems: 10 to 65 %, median 25 %",
  );
  expect(comparisonText("a monolith is comfortable up to 8", "developers")).toBe("a monolith is comfortable up to 8");
});
