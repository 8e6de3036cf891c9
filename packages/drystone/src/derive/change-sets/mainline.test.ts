import { describe, expect, test } from "vitest";
import { emptyHistory, type History } from "#model/history.js";
import { mainlineOf } from "./mainline.js";

/** Parents by name, newest first as git shows them; a name is known by its row. Titles by name, where they matter. */
function historyOf(commits: Readonly<Record<string, string>>, titles: Readonly<Record<string, string>>): History {
  const names = namesOf(commits);
  const offsets = [0];
  const parents: number[] = [];
  for (const name of names) {
    for (const parent of (commits[name] ?? "").split(" ").filter(Boolean)) parents.push(names.indexOf(parent));
    offsets.push(parents.length);
  }
  const subjects = names.map((name) => Buffer.from(titles[name] ?? ""));
  const ends = subjects.map((_, index) => Buffer.concat(subjects.slice(0, index + 1)).length);
  const times = Float64Array.from(names, (_, index) => 1_000_000 + index);
  return {
    ...emptyHistory("shop"),
    parentOffsets: Int32Array.from(offsets),
    parents: Int32Array.from(parents),
    committerTimes: times,
    subjectOffsets: Int32Array.from([0, ...ends]),
    subjectBytes: Buffer.concat(subjects),
  };
}

function namesOf(commits: Readonly<Record<string, string>>): string[] {
  return Object.keys(commits).toReversed();
}

function changesOf(
  commits: Readonly<Record<string, string>>,
  titles: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const names = namesOf(commits);
  const { changeOf } = mainlineOf(historyOf(commits, titles));
  return Object.fromEntries(names.map((name, index) => [name, names[changeOf[index] ?? -1] ?? "none"]));
}

describe("what one change is, in a history of merges", () => {
  test("a pull request is its merge; commits on the line stand for themselves", () => {
    expect(changesOf({ m2: "m1 b2", b2: "b1", m1: "root a1", b1: "root", a1: "root", root: "" })).toEqual({
      m2: "m2",
      b2: "m2",
      b1: "m2",
      m1: "m1",
      a1: "m1",
      root: "root",
    });
  });

  test("a branch that followed the main line meanwhile is still one pull request", () => {
    const commits = { m2: "m1 b3", b3: "b2", b2: "b1 m1", m1: "root a1", b1: "root", a1: "root", root: "" };
    expect(changesOf(commits)).toMatchObject({ b3: "m2", b2: "m2", b1: "m2", a1: "m1" });
  });

  test("a release branch with two merges of its own is a line of changes", () => {
    const commits = { release: "root n3", n3: "n2 y1", n2: "n1 x1", y1: "n2", x1: "n1", n1: "root", root: "" };
    expect(changesOf(commits)).toEqual({ release: "release", n3: "n3", y1: "n3", n2: "n2", x1: "n2", n1: "n1", root: "root" });
  });

  test("the same where the release branch comes through a merge that only copies the line", () => {
    const commits = { release: "root copy", copy: "root n3", n3: "n2 y1", n2: "n1 x1", y1: "n2", x1: "n1", n1: "root", root: "" };
    expect(changesOf(commits)).toMatchObject({
      release: "release",
      copy: "copy",
      n3: "n3",
      y1: "n3",
      n2: "n2",
      x1: "n2",
      n1: "n1",
    });
  });

  const twoCommits = { m: "a y", y: "x", x: "root", a: "root", root: "" };
  const split = { m: "m", y: "y", x: "x", a: "a", root: "root" };
  const whole = { ...split, y: "m", x: "m" };
  test.each([
    ["Merge branch 'master' of https://example.com/shop", split],
    ["Merge branch 'dev' of github.com:shop/shop into dev", split],
    ["Merge remote-tracking branch 'origin/feature/cart' into feature/cart", split],
    ["Merge branch 'main' into dev", split],
    ["Merge branch 'cart' of https://example.com/ada/shop", whole],
    ["Merge branch 'cart'", whole],
    ["Merge branch 'master' into 'dev'", whole],
    ["Merge pull request #7 from ada/master", whole],
    ["Merge branch 'master', and more", whole],
    ["", whole],
  ])("what %j brings in", (title, expected) => {
    expect(changesOf(twoCommits, { m: title })).toEqual(expected);
  });

  test("a branch that goes on after it was merged is a line of changes, another one of the same name is not", () => {
    const goesOn = { m2: "m1 y3", y3: "y2", y2: "y1", m1: "root y1", y1: "y0", y0: "root", root: "" };
    const anew = { ...goesOn, y2: "m1" };
    const titles = { m1: "Merge branch '2.x'", m2: "Merge branch '2.x'" };
    expect(changesOf(goesOn, titles)).toEqual({ m2: "m2", y3: "y3", y2: "y2", m1: "m1", y1: "m1", y0: "m1", root: "root" });
    expect(changesOf(anew, titles)).toMatchObject({ y3: "m2", y2: "m2" });
    expect(changesOf(goesOn, { ...titles, m1: "Merge branch 'other'" })).toMatchObject({ y3: "m2", y2: "m2" });
  });

  test("every commit belongs to a change, whatever the graph", () => {
    const commits = { o: "root a b c", c: "root2", b: "a root", a: "root", root2: "", root: "" };
    expect(Object.values(changesOf(commits))).not.toContain("none");
  });
});
