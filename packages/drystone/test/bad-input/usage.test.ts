/** What cannot be done says so in two lines, on stderr, with exit code 2. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { workspace, writeRepository } from "../fakes/index.js";
import { drystone } from "./command.js";
import { shopCommits } from "./shop.js";

const scratch = workspace();
beforeAll(() => {
  mkdirSync(scratch.path("no-repository"));
  writeFileSync(scratch.path("no-repository", "notes.txt"), "nothing here\n");
  writeFileSync(scratch.path("a-file"), "");
  mkdirSync(scratch.path("not-really", ".git"), { recursive: true });
  writeRepository(scratch.path("shop"), { commits: shopCommits() });
  for (const [name, text] of Object.entries(configurations)) {
    writeRepository(scratch.path(name), { commits: shopCommits({ "drystone.yaml": text }) });
  }
  symlinkSync("loop", scratch.path("loop"));
});
afterAll(() => scratch.cleanup());

const configurations = {
  "unclosed-yaml": "system: [shop\n",
  "tabs-yaml": "components:\n\torders: {}\n",
  "cyclic-yaml": "system: shop\nteams: &teams\n  team-a: *teams\n",
  "unknown-key": "sytem: shop\n",
  "wrong-type": "system: shop\nteams: 12\n",
  "alias-bomb": [
    "a: &a [x, x, x, x, x, x, x, x, x]",
    ..."bcdefghij".split("").map((name, index) => {
      const before = `*${"abcdefghij"[index]}`;
      return `${name}: &${name} [${Array.from({ length: 9 }, () => before).join(", ")}]`;
    }),
    "system: *j\n",
  ].join("\n"),
  "deep-yaml": `system: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`,
  "binary-yaml": "\u0000\u0001\u0002\ufffd",
  "not-a-map": "- system\n- shop\n",
  "proto-key": '"__proto__":\n  system: shop\n',
};

test.each([
  ["a path that is not there", ["assess", "nowhere"], /nowhere/],
  ["a path with an escape sequence that is not there", ["assess", "no\u001b[31mwhere"], /no\\x1b\[31mwhere/],
  ["a folder without a repository", ["assess", "no-repository"], /no-repository/],
  ["a file instead of a folder", ["assess", "a-file"], /a-file/],
  ["a .git that is none", ["assess", "not-really"], /not-really/],
  ["a link to itself", ["assess", "loop"], /loop/],
  ["an unknown command", ["asess", "shop"], /assess/],
  ["an unknown option", ["assess", "shop", "--no-cahce"], /--no-cache/],
  ["an unknown format", ["assess", "shop", "--format", "docx"], /docx/],
  ["a window that is none", ["assess", "shop", "--window", "soon"], /soon/],
  ["a date that is none", ["assess", "shop", "--as-of", "2026-13-45"], /2026-13-45/],
  [
    "a change-set unit that is none",
    ["assess", "shop", "--change-set", "session"],
    /use one of .*; what one person did within a day/,
  ],
  ["an output in a folder that is not there", ["assess", "shop", "--output", "nowhere/result.json"], /nowhere/],
])("%s", async (_name, commandLine, named) => {
  const run = await drystone(commandLine, { cwd: scratch.directory, env: { XDG_CACHE_HOME: scratch.path("cache") } });
  expect(inTwoLines(run), run.stderr).toEqual(twoLines);
  expect(run.stderr).toMatch(named);
});

test.each(Object.keys(configurations))("drystone.yaml: %s", async (name) => {
  const run = await drystone(["assess", name, "--format", "json", "--no-cache"], { cwd: scratch.directory });
  expect(inTwoLines(run), run.stderr).toEqual(twoLines);
  expect(run.stderr).toMatch(/drystone\.yaml/);
  expect(run.seconds).toBeLessThan(10);
});

const twoLines = { code: 2, stdout: "", lines: 2, control: false };

function inTwoLines({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }): typeof twoLines {
  return { code, stdout, lines: stderr.trimEnd().split("\n").length, control: /[\u0000-\u0009\u000b-\u001f\u007f]/.test(stderr) };
}
