import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { git, type HistoryPlan, linkedWorktree, workspace, writeRepository } from "../../../test/fakes/index.js";
import { type Seen, seenAt } from "./seen-at.js";

const scratch = workspace("drystone-seen");
afterAll(() => scratch.cleanup());

const planned = (path: string): HistoryPlan => ({
  commits: [{ author: { name: "Ada", email: "ada@example.com" }, time: 1, message: "A\n", changes: { [path]: "\n" } }],
});
const whole = writeRepository(scratch.path("whole\nof it"), planned(".mailmap"));
const [head = "", mailmap = ""] = git(whole, ["rev-parse", "HEAD", "HEAD:.mailmap"]).split("\n");
const empty = writeRepository(scratch.path("empty"), { commits: [] }, { bare: true, objectFormat: "sha256" });
const linked = linkedWorktree(whole, scratch.path("linked"));
mkdirSync(`${whole}/a/b`, { recursive: true });

const born = { objectFormat: "sha1" as const, bare: false, shallow: false, head, mailmap };

test.each<[string, string, Seen]>([
  ["a folder inside", `${whole}/a/b`, { ...born, gitDirectory: `${whole}/.git`, workTree: whole }],
  ["its own folder", `${whole}/.git`, { ...born, gitDirectory: `${whole}/.git`, workTree: null }],
  ["a linked work tree", linked, { ...born, gitDirectory: `${whole}/.git/worktrees/linked`, workTree: linked }],
  [
    "bare, no commit, another format",
    empty,
    { gitDirectory: empty, workTree: null, objectFormat: "sha256", bare: true, shallow: false, head: null, mailmap: null },
  ],
])("%s", (_name, folder, seen) => {
  expect(seenAt(folder).seen).toEqual(seen);
});

test("a commit without .mailmap, cut; one that is missing; a work tree elsewhere; no repository", () => {
  const other = writeRepository(scratch.path("other"), planned("a"));
  const id = git(other, ["rev-parse", "HEAD"]);
  const seen = { ...born, gitDirectory: `${other}/.git`, workTree: other, head: id, mailmap: null };
  writeFileSync(`${other}/.git/shallow`, `${id}\n`);
  // What stands where git would look for the name of a file.
  writeFileSync(join(other, "HEAD:.mailmap"), "");
  expect(seenAt(other).seen).toEqual({ ...seen, shallow: true });
  writeFileSync(`${other}/.git/refs/heads/main`, `${"1".repeat(40)}\n`);
  expect(seenAt(other).seen).toEqual({ ...seen, shallow: true, head: "1".repeat(40) });
  appendFileSync(`${other}/.git/config`, `[core]\n\tworktree = "${linked}"\n`);
  expect(seenAt(other).seen).toEqual({ ...seen, shallow: true, head: "1".repeat(40), workTree: null });
  expect(seenAt(scratch.directory)).toMatchObject({ seen: null, stderr: expect.stringMatching(/^fatal: not a git repository/) });
});
