import { expect, test } from "vitest";
import { detectors } from "./detectors.js";
import { wordSearch } from "./word-search.js";

test.each<[string, readonly string[], readonly string[]]>([
  ["ushers", ["he", "she", "his", "hers"], ["he", "she", "hers"]],
  ["", ["a"], []],
  ["aaa", ["a", "aa", "aaaa"], ["a", "aa"]],
  ["grün he\u2028llo", ["hello", "he", "gr"], ["he", "gr"]],
])("%s", (text, words, expected) => {
  const holds = wordSearch(words)(text);
  expect(words.filter(holds)).toEqual(expected);
});

test("the same as searching each word alone", () => {
  const words = [...detectors.values()].flat().flatMap((detector) => detector.words ?? []);
  const search = wordSearch(words);
  const text = [...words].map((word, index) => word.slice(index % 3)).join("");
  for (const part of [text, text.slice(1000, 3000), "const x = require('express');", "public class OrderRepository {}"]) {
    const holds = search(part);
    expect(words.filter(holds)).toEqual(words.filter((word) => part.includes(word)));
  }
});
