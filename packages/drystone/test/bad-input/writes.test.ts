/** What init, accept, ops generate and --output write: never through a link that the repository brings, and whole or not at all. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { workspace, writeRepository } from "../fakes/index.js";
import { drystone, type Finished } from "./command.js";
import { shopCommits } from "./shop.js";

const rules = "modules:\n  - { match: services/orders, uses: [] }\n  - { match: services/billing, public: [src/open.js] }\n";
const forbidden = { "services/orders/src/pay.js": 'import { name } from "../../billing/src/server.js";\nconsole.log(name);\n' };

const scratch = workspace();
let shop = "";
let outside = "";
let round = 0;
beforeAll(() => {
  writeRepository(scratch.path("template"), { commits: shopCommits(forbidden).slice(0, 2) });
});
beforeEach(() => {
  shop = scratch.path(`shop-${round}`);
  outside = scratch.path(`outside-${round++}`);
  execFileSync("cp", ["-r", scratch.path("template"), shop]);
  mkdirSync(outside);
});
afterAll(() => scratch.cleanup());

const init = ["init", "."];
const accept = ["accept", ".", "--reason", "known", "--no-cache"];
const generate = ["ops", "generate", "--output", ".", "--no-cache"];

describe("a link in the way: exit 2 in two lines, and nothing is written where it leads", () => {
  test.each([
    ["init, to a file that is not there", init, "drystone.yaml", "new.yaml"],
    ["init --force, to a file that is not there", [...init, "--force"], "drystone.yaml", "new.yaml"],
    ["accept, in a folder", accept, ".drystone", ""],
    ["accept, to a file that is not there", accept, ".drystone/accepted.yaml", "new.yaml"],
    ["ops generate, in a folder", generate, "prometheus", ""],
    ["ops generate --force, in a folder", [...generate, "--force"], "prometheus", ""],
    ["ops generate --force, a file", [...generate, "--force"], "prometheus/orders.rules.yaml", "new.yaml"],
  ])("%s", async (_name, commandLine, link, target) => {
    if (commandLine === accept) writeFileSync(`${shop}/drystone.yaml`, rules);
    mkdirSync(dirname(`${shop}/${link}`), { recursive: true });
    symlinkSync(`${outside}/${target}`, `${shop}/${link}`);
    const before = listing(shop);
    const run = await drystone(commandLine, { cwd: shop });
    expect(twoLines(run), run.stderr).toEqual({ code: 2, stdout: "", lines: 2 });
    expect(readdirSync(outside)).toEqual([]);
    expect(listing(shop)).toEqual(before);
  });
});

describe("something else in the way", () => {
  test.each([
    ["a folder", (path: string) => mkdirSync(path)],
    ["a pipe that nobody writes into", (path: string) => execFileSync("mkfifo", [path])],
    ["another file", (path: string) => writeFileSync(path, "mine\n")],
  ])("%s where ops generate would write", async (_name, put) => {
    mkdirSync(`${shop}/prometheus`);
    put(`${shop}/prometheus/orders.rules.yaml`);
    const before = listing(shop);
    const run = await drystone(generate, { cwd: shop });
    expect(twoLines(run), run.stderr).toEqual({ code: 2, stdout: "", lines: 2 });
    expect(listing(shop)).toEqual(before);
  });
});

describe("no room: the file that stood there is as it was, and nothing half written is left", () => {
  // Shells ignore the signal of a file that grows beyond the limit only when they are told to.
  const prelude = "trap '' XFSZ; ulimit -f 0";
  test.each([
    ["init --force", [...init, "--force"], "drystone.yaml"],
    ["accept", accept, ".drystone/accepted.yaml"],
    ["ops generate --force", [...generate, "--force"], "prometheus/orders.rules.yaml"],
    ["assess --output", ["assess", ".", "--format", "json", "--no-cache", "--output", "result.json"], "result.json"],
  ])("%s", async (_name, commandLine, file) => {
    if (commandLine === accept) writeFileSync(`${shop}/drystone.yaml`, rules);
    const old = file === "drystone.yaml" ? "system: shop\n" : file.startsWith(".") ? "# ours\naccepted: []\n" : "old\n";
    mkdirSync(dirname(`${shop}/${file}`), { recursive: true });
    writeFileSync(`${shop}/${file}`, old);
    const before = listing(shop);
    const run = await drystone(commandLine, { cwd: shop, prelude });
    expect(twoLines(run), run.stderr).toEqual({ code: 2, stdout: "", lines: 2 });
    expect(run.stderr).toMatch(/cannot be written \(EFBIG\)/);
    expect(listing(shop)).toEqual(before);
  });
});

test("init in a bare repository writes nothing among the files of git, but into a file that is named", async () => {
  const bare = scratch.path("bare.git");
  writeRepository(bare, { commits: shopCommits().slice(0, 1) }, { bare: true });
  const before = listing(bare);
  const refused = await drystone(["init", bare], { cwd: outside });
  expect(twoLines(refused), refused.stderr).toEqual({ code: 2, stdout: "", lines: 2 });
  expect(listing(bare)).toEqual(before);
  const named = await drystone(["init", bare, "--output", "drystone.yaml"], { cwd: outside });
  expect([named.code, readdirSync(outside)], named.stderr).toEqual([0, ["drystone.yaml"]]);
});

test("a file is replaced with its permissions; a link that the caller names is followed", async () => {
  writeFileSync(`${shop}/result.json`, "old\n");
  chmodSync(`${shop}/result.json`, 0o640);
  symlinkSync(`${outside}/latest.json`, `${shop}/latest.json`);
  for (const output of ["result.json", "latest.json", "/dev/null"]) {
    const run = await drystone(["assess", ".", "--format", "json", "--no-cache", "--output", output], { cwd: shop });
    expect(run.code, run.stderr).toBe(0);
  }
  expect(existsSync("/dev/null")).toBe(true);
  expect(readFileSync(`${outside}/latest.json`, "utf8")).toBe(readFileSync(`${shop}/result.json`, "utf8"));
  expect(execFileSync("stat", ["-c", "%a", `${shop}/result.json`], { encoding: "utf8" }).trim()).toBe("640");
});

function twoLines({ code, stdout, stderr }: Finished): { code: number; stdout: string; lines: number } {
  return { code, stdout, lines: stderr.trimEnd().split("\n").length };
}

/** Every path with its kind, size and text. */
function listing(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter(({ parentPath }) => !parentPath.includes("/.git"))
      .map((entry) => {
        const path = `${entry.parentPath}/${entry.name}`;
        return [path, entry.isFile() ? readFileSync(path, "utf8") : entry.isSymbolicLink() ? "link" : "other"];
      }),
  );
}
