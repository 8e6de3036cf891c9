import { afterAll, expect, test } from "vitest";
import { git, workspace } from "../fakes/index.js";
import { writeDecoupledPolyrepo, writeDocsRepository, writeLibraryMonorepo, writeMonolith, writePolyrepo } from "./index.js";

const scratch = workspace();
afterAll(() => scratch.cleanup());

test.each([
  ["monolith", writeMonolith, 201],
  ["libraries", writeLibraryMonorepo, 151],
  ["documents", writeDocsRepository, 121],
] as const)("%s: five people, a year, one root", (name, write, commits) => {
  const directory = write(scratch.path(name), 1);
  const people = new Set(git(directory, ["log", "--format=%ae"]).split("\n"));
  expect([git(directory, ["rev-list", "--count", "HEAD"]), people.size]).toEqual([String(commits), 5]);
});

test("a polyrepo with tickets: the keys join exactly the planted change sets", () => {
  const truth = writePolyrepo(scratch.path("tickets"), { seed: 5, changeSets: 200, ripple: 0.4, keys: true });
  const perKey = new Map<string, Set<string>>();
  let without = 0;
  for (const directory of truth.directories) {
    for (const subject of git(directory, ["log", "--format=%s"]).split("\n").slice(0, -1)) {
      const key = /^SHOP-\d+/.exec(subject)?.[0];
      if (key === undefined) without++;
      else perKey.set(key, (perKey.get(key) ?? new Set()).add(directory));
    }
  }
  const several = [...perKey.values()].filter(({ size }) => size > 1).length;
  expect({ numerator: several, denominator: perKey.size }).toEqual(truth.ripple);
  expect(without).toBeGreaterThan(5);
});

test("a decoupled polyrepo: no key, no common change, no common person", () => {
  const truth = writeDecoupledPolyrepo(scratch.path("apart"), 6);
  const people = truth.directories.map((directory) => [...new Set(git(directory, ["log", "--format=%ae"]).split("\n"))]);
  expect([truth.ripple.numerator, people.flat().length, new Set(people.flat()).size]).toEqual([0, 5, 5]);
});
