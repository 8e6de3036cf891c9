import { expect, test } from "vitest";
import { globMistake } from "./globs.js";

test.each<[glob: string, mistake: string | null]>([
  ["services/{name}/**", null],
  ["**/api/**", null],
  ["**/{name}", "a capture cannot stand behind **"],
  ["a/{name}/**/{part}", "a capture cannot stand behind **"],
  ["../**", "a path may not lead out of the repository"],
])("%s", (glob, mistake) => {
  expect(globMistake(glob)).toBe(mistake);
});
