import { expect, test } from "vitest";
import { mulberry32, randomIndex, seedOf, shuffle } from "./random.js";

test("the same seed gives the same draws, another seed others", () => {
  expect(draws(1)).toEqual(draws(1));
  expect(draws(1)).not.toEqual(draws(2));
  expect(draws(1)).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
});

const draws = (seed: number): number[] => Array.from({ length: 3 }, mulberry32(seed));

test("draws are even over [0, 1)", () => {
  const random = mulberry32(5);
  const tenths = new Int32Array(10);
  for (let draw = 0; draw < 100_000; draw++) tenths[randomIndex(random, 10)]! += 1;
  for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});

test("seeds of text are 32-bit FNV-1a", () => {
  expect([seedOf(""), seedOf("a"), seedOf("foobar")]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
});

test("a shuffle keeps the items, reaches every order and leaves what lies behind `length`", () => {
  const random = mulberry32(3);
  const orders = new Set(Array.from({ length: 200 }, () => shuffle(["a", "b", "c"], random).join("")));
  expect([...orders].sort()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"]);
  const part = shuffle(Int32Array.of(1, 2, 3, 4, 5), random, 2);
  expect([...part.subarray(2)]).toEqual([3, 4, 5]);
  expect(shuffle([], random)).toEqual([]);
});
