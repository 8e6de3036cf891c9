/** Pairs of versions with one change each, labelled by the specifications of the formats before anything was run, on two days by two people. */
import { describe, expect, test } from "vitest";
import * as fresh from "./fixtures/fresh-pairs/index.js";
import * as labelled from "./fixtures/labelled-pairs/index.js";
import { verdictOf } from "./fixtures/verdict-of.js";

describe.each(Object.entries(labelled))("first day, %s", (_, pairs) => {
  test.each(pairs.map((pair) => ({ title: `${pair[0]}: ${pair[1]}`, pair })))("$title", ({ pair }) => {
    const [, label, old, next, consumed] = pair;
    const { worst, all } = verdictOf(old, next, consumed === undefined ? "response" : "request");
    expect(worst, all.join("\n")).toBe(label);
  });
});

describe.each(Object.entries(fresh))("second day, %s", (_, pairs) => {
  test.each(pairs.map((pair) => ({ title: `${pair[0]}: ${pair[1]}`, pair })))("$title", ({ pair }) => {
    const [, label, old, next, consumed] = pair;
    const { worst, all } = verdictOf(old, next, consumed === undefined ? "response" : "request");
    expect(worst === "breaks" ? "break" : "keep", all.join("\n")).toBe(label);
  });
});
