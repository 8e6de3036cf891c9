import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { type CommitPlan, detach, git, linkedWorktree, partialClone, shallowClone, workspace, writeRepository } from "./index.js";
import { processorTime } from "./processor-time.js";

const scratch = workspace();
afterAll(() => scratch.cleanup());

const ada = { name: "Ada Lovelace", email: "ada@example.com" };
const alan = { name: "Alan Turing", email: "alan@example.com" };
const hour = 3600;
const start = 1_760_000_000;

const small: readonly CommitPlan[] = [
  { author: ada, time: start, message: "start", changes: { "a.txt": "a\n", "b.txt": "b\n", "old/one": "1", "old/two": "2" } },
  {
    author: alan,
    committer: ada,
    time: start + hour,
    authorTime: start + 60,
    message: "branch work",
    branch: "side",
    parents: ["0"],
    changes: { "c.txt": "c\n" },
  },
  { author: ada, time: start + 2 * hour, message: "rename", renames: [["old", "new"]], changes: { "b.txt": null } },
  { id: "merge", author: ada, time: start + 3 * hour, message: "merge side", parents: ["2", "1"], changes: { "c.txt": "c\n" } },
  {
    id: "other",
    author: alan,
    time: start + 4 * hour,
    message: "another root",
    branch: "other",
    parents: [],
    changes: { "x/y": "y" },
  },
  {
    id: "graft",
    author: ada,
    time: start + 5 * hour,
    offsetMinutes: -330,
    message: "graft",
    parents: ["merge", "other"],
    changes: { "x/y": "y" },
  },
];

test("a plan becomes the history it says: parents, people, times, renames, roots", () => {
  const directory = writeRepository(scratch.path("small"), {
    commits: small,
    tags: { "v1.0": "merge" },
    branches: { release: "merge" },
  });
  expect(git(directory, ["log", "--date-order", "--reverse", "--format=%s|%an|%cn|%at|%ct|%ci", "main"]).split("\n")).toEqual([
    `start|Ada Lovelace|Ada Lovelace|${start}|${start}|2025-10-09 08:53:20 +0000`,
    `branch work|Alan Turing|Ada Lovelace|${start + 60}|${start + hour}|2025-10-09 09:53:20 +0000`,
    `rename|Ada Lovelace|Ada Lovelace|${start + 2 * hour}|${start + 2 * hour}|2025-10-09 10:53:20 +0000`,
    `merge side|Ada Lovelace|Ada Lovelace|${start + 3 * hour}|${start + 3 * hour}|2025-10-09 11:53:20 +0000`,
    `another root|Alan Turing|Alan Turing|${start + 4 * hour}|${start + 4 * hour}|2025-10-09 12:53:20 +0000`,
    `graft|Ada Lovelace|Ada Lovelace|${start + 5 * hour}|${start + 5 * hour}|2025-10-09 08:23:20 -0530`,
  ]);
  expect(git(directory, ["ls-files"]).split("\n")).toEqual(["a.txt", "c.txt", "new/one", "new/two", "x/y"]);
  expect(git(directory, ["rev-list", "--max-parents=0", "--count", "HEAD"])).toBe("2");
  expect(git(directory, ["for-each-ref", "--format=%(refname)"]).split("\n")).toEqual([
    "refs/heads/main",
    "refs/heads/other",
    "refs/heads/release",
    "refs/heads/side",
    "refs/tags/v1.0",
  ]);
  expect(git(directory, ["status", "--porcelain"])).toBe("");
  expect(git(directory, ["fsck", "--strict", "--no-progress"])).toBe("");
});

test("the same plan gives the same commit ids, and they differ between object formats", () => {
  const first = git(writeRepository(scratch.path("one"), { commits: small }, { bare: true }), ["rev-parse", "main"]);
  const second = git(writeRepository(scratch.path("two"), { commits: small }), ["rev-parse", "main"]);
  const long = git(writeRepository(scratch.path("three"), { commits: small }, { objectFormat: "sha256" }), ["rev-parse", "main"]);
  expect([first, second, long.length]).toEqual([first, first, 64]);
});

test("contents: bytes, links, executables, submodules and every byte that git allows in a path", () => {
  const paths = new Map<string | Uint8Array, { link: string } | { executable: string } | { submodule: string } | Uint8Array>([
    ['quo"te\\back\nnew\u001b[31m', new Uint8Array([0, 255])],
    [Buffer.from([0x66, 0xff, 0xfe]), new Uint8Array()],
    ["__proto__", { executable: "#!/bin/sh\n" }],
    ["link", { link: "../outside" }],
    ["sub", { submodule: "1".repeat(40) }],
  ]);
  const directory = writeRepository(
    scratch.path("odd"),
    { commits: [{ author: ada, time: start, message: "odd", changes: paths }] },
    { bare: true },
  );
  expect(git(directory, ["ls-tree", "-r", "--format=%(objectmode) %(path)", "HEAD"]).split("\n").sort()).toEqual(
    ['100644 "f\\377\\376"', '100644 "quo\\"te\\\\back\\nnew\\033[31m"', "100755 __proto__", "120000 link", "160000 sub"].sort(),
  );
});

test("no commits, an empty message and a nameless person are possible", () => {
  const empty = writeRepository(scratch.path("empty"), { commits: [], defaultBranch: "trunk" });
  expect(readFileSync(`${empty}/.git/HEAD`, "utf8")).toBe("ref: refs/heads/trunk\n");
  const nameless = writeRepository(
    scratch.path("nameless"),
    { commits: [{ author: { name: "", email: "" }, time: 0, message: "" }] },
    { bare: true },
  );
  expect(git(nameless, ["log", "--format=[%an][%ae][%ct][%s]"])).toBe("[][][0][]");
});

test("a reference to a commit that is not planned is an error", () => {
  const commits = [{ author: ada, time: start, message: "x", parents: ["nowhere"] }];
  expect(() => writeRepository(scratch.path("broken"), { commits })).toThrow("no commit before this one has the id nowhere");
});

test("clones and work trees are what their names say", () => {
  const origin = writeRepository(scratch.path("origin"), { commits: small }, { bare: true });
  const shallow = shallowClone(origin, scratch.path("shallow"), 2);
  expect(git(shallow, ["rev-parse", "--is-shallow-repository"])).toBe("true");
  const partial = partialClone(origin, scratch.path("partial"));
  expect(git(partial, ["config", "remote.origin.partialclonefilter"])).toBe("blob:none");
  expect(git(partial, ["rev-list", "--objects", "--missing=print", "HEAD"])).toMatch(/^\?[0-9a-f]{40}$/m);
  const linked = linkedWorktree(origin, scratch.path("linked"), "main~1");
  expect(git(linked, ["rev-parse", "--abbrev-ref", "HEAD"])).toBe("HEAD");
  const loose = detach(writeRepository(scratch.path("loose"), { commits: small }), "main~1");
  expect(git(loose, ["log", "-1", "--format=%s"])).toBe("merge side");
});

test("a thousand commits are written in a moment", () => {
  const commits = Array.from({ length: 1000 }, (_, index) => ({
    author: ada,
    time: start + index * hour,
    message: `change ${index}`,
    changes: { [`services/s${index % 20}/src/f${index % 7}.js`]: `export const n = ${index};\n` },
  }));
  const spent = processorTime();
  writeRepository(scratch.path("thousand"), { commits }, { bare: true });
  // 0.3 s on an idle machine; the bound allows for a busy one.
  expect(spent()).toBeLessThan(15_000);
});
