/** Files that change between the listing and the reading. */
import { spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { workTree } from "#collect/files/index.js";
import { workspace, writeRepository } from "../fakes/index.js";
import { ada, firstTime } from "./shop.js";

const scratch = workspace();
afterAll(() => scratch.cleanup());

const outside = scratch.path("outside");
mkdirSync(outside);
writeFileSync(`${outside}/package.json`, "outside");

test.each<[string, (file: string, folder: string) => void, string | null, string | null]>([
  ["stays", () => undefined, "text", null],
  ["grows", (file) => appendFileSync(file, " and more"), "text and more", null],
  ["grows beyond the limit", (file) => truncateSync(file, 2 ** 31), null, "is 2048 MB; files above 2 MB are not read"],
  ["shrinks", (file) => truncateSync(file, 1), "t", null],
  ["is gone", (file) => rmSync(file), null, "is tracked but missing"],
  ["is gone with its folder", (_file, folder) => rmSync(folder, { recursive: true }), null, "is tracked but missing"],
  ["becomes binary", (file) => writeFileSync(file, "a\0b"), null, "is binary"],
  ["becomes a folder", (file) => (rmSync(file), mkdirSync(file)), null, "is not a regular file"],
  [
    "becomes a link",
    (file) => (rmSync(file), symlinkSync(`${outside}/package.json`, file)),
    null,
    "is a symbolic link; links are not followed",
  ],
  [
    "becomes a pipe that nobody writes",
    (file) => (rmSync(file), void spawnSync("mkfifo", [file])),
    null,
    "is not a regular file",
  ],
  [
    "stands in what becomes a link",
    (_file, folder) => (renameSync(folder, `${folder}-old`), symlinkSync(outside, folder)),
    null,
    linkProblem(),
  ],
])("a file that %s", (name, change, text, problem) => {
  const directory = scratch.path(name.replaceAll(" ", "-"));
  const path = "cart/package.json";
  const commit = { author: ada, time: firstTime, message: "Start\n", changes: { [path]: "text" } };
  writeRepository(directory, { commits: [commit] });
  const tree = workTree("shop", `${directory}/.git`, directory);
  change(`${directory}/${path}`, `${directory}/cart`);
  expect([...tree.read([path]), ...tree.read([path])].map(([, content]) => content)).toEqual(text === null ? [] : [text, text]);
  // Asked twice, told once.
  expect(tree.problems.map(({ message }) => message)).toEqual(problem === null ? [] : [`${path} ${problem}`]);
});

test.skipIf(process.getuid?.() === 0)("a file without permission", () => {
  const directory = scratch.path("locked");
  const commit = { author: ada, time: firstTime, message: "Start\n", changes: { "go.mod": "module a\n" } };
  writeRepository(directory, { commits: [commit] });
  chmodSync(`${directory}/go.mod`, 0);
  const tree = workTree("shop", `${directory}/.git`, directory);
  tree.read(["go.mod"]);
  expect(tree.problems.map(({ message }) => message)).toEqual(["go.mod cannot be read (EACCES)"]);
});

function linkProblem(): string {
  return "leads out of the repository through a link; links are not followed";
}
