/** `--format html` and `drystone report` as a person runs them. */
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drystone, type Finished } from "../bad-input/command.js";
import { shopCommits } from "../bad-input/shop.js";
import { workspace, writeRepository } from "../fakes/index.js";

const scratch = workspace();
const run = (...commandLine: string[]): Promise<Finished> => drystone([...commandLine, "--no-cache"], { cwd: scratch.directory });

beforeAll(async () => {
  writeRepository(scratch.path("shop"), { commits: shopCommits() });
  expect((await run("assess", "shop", "--format", "json", "--output", "now.json")).code).toBe(0);
});
afterAll(() => scratch.cleanup());

test("a page in a pipe is the page and nothing else; in a file it is the same", async () => {
  const [piped, filed] = [
    await run("assess", "shop", "--format", "html"),
    await run("assess", "shop", "--format", "html", "--output", "page.html"),
  ];
  expect([piped.code, filed.code, piped.stderr, filed.stdout]).toEqual([0, 0, "", ""]);
  expect(piped.stdout).toMatch(/^<!doctype html>[^]*<title>Drystone – shop<\/title>[^]*<\/html>\s*$/);
  expect(readFileSync(scratch.path("page.html"), "utf8") === piped.stdout).toBe(true);
  expect(filed.stderr).toBe("The report is in page.html: open it in a browser.\n");
});

test("a saved result gives the page that assess gave, and the text", async () => {
  const [page, saved, text] = [
    await run("assess", "shop", "--format", "html"),
    await run("report", "now.json", "--format", "html"),
    await run("report", "now.json"),
  ];
  expect(saved.stdout === page.stdout).toBe(true);
  expect(text.stdout).toBe((await run("assess", "shop")).stdout);
});

test("against itself nothing changed", async () => {
  const { code, stdout } = await run("report", "now.json", "--against", "now.json");
  expect(code).toBe(0);
  expect(stdout).toContain("Nothing changed beyond noise.");
});

test.each([
  ["{}", "no result of this version"],
  ['{"schema":"drystone.result/1"}', "no result of this version"],
  ['{"schema":"drystone.result/1","tool":', "no JSON"],
])("a file that is no whole result is named, with the fix: %s", async (content, message) => {
  writeFileSync(scratch.path("cut.json"), content);
  const { code, stdout, stderr } = await run("report", "cut.json", "--format", "html");
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(new RegExp(`^drystone: cut\\.json is ${message}.*\\n {2}fix: write it again: .*\\n$`));
});
