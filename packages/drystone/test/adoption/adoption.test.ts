/** From a code base without rules to rules that hold, as a team would do it, with the built command. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { drystone } from "../bad-input/command.js";
import { git, shallowClone, workspace } from "../fakes/index.js";

const scratch = workspace("adoption");
afterAll(() => scratch.cleanup());

const shop = {
  "src/orders/index.ts": 'export { place } from "./place.js";\n',
  "src/orders/place.ts": 'import { pay } from "../payments/index.js";\nexport const place = () => pay();\n',
  "src/payments/index.ts": 'export { pay } from "./service.js";\n',
  "src/payments/service.ts": 'import { log } from "../log/index.js";\nexport const pay = () => log("paid");\n',
  "src/log/index.ts": "export const log = (text: string) => text;\n",
};

const owners = { CODEOWNERS: "/src/orders/ @shop/team-orders\n/src/payments/ @shop/team-payments\n" };

const deepImport = 'import { pay as direct } from "../payments/service.js";\nexport const quick = () => direct();\n';

function repository(name: string, files: Readonly<Record<string, string>> = shop): string {
  const folder = scratch.path(name);
  mkdirSync(folder, { recursive: true });
  git(folder, ["init", "-q", "-b", "main"]);
  for (const [path, text] of Object.entries(files)) put(folder, path, text);
  commit(folder, "start");
  return folder;
}

function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function commit(folder: string, message: string): void {
  git(folder, ["add", "-A"]);
  git(folder, ["-c", "user.name=ada", "-c", "user.email=ada@example.com", "commit", "-q", "-m", message]);
}

const rules = (enforce: string) =>
  `modules:\n  - { match: src/orders, enforce: { private-import: ${enforce} } }\n  - { match: src/payments, public: [index.ts] }\n  - { match: src/log }\n`;
const entry = (more: string) =>
  `accepted:\n  - { rule: module-boundaries/private-import, module: orders, from: src/orders/new.ts, to: src/payments/service.ts, kind: value${more} }\n`;
const list = (folder: string) => readFileSync(join(folder, ".drystone/accepted.yaml"), "utf8");
const run = (folder: string, ...line: readonly string[]) => drystone([...line, "--no-cache"], { cwd: folder });
const codeOf = async (folder: string, ...line: readonly string[]) => (await run(folder, ...line)).code;

describe("an afternoon with an old code base", () => {
  test("init is green, a forbidden import is red, accepting it is a decision, and it ends when the import goes", async () => {
    const folder = repository("afternoon", { ...shop, ...owners });
    expect(await codeOf(folder, "init")).toBe(0);
    const first = readFileSync(join(folder, "drystone.yaml"), "utf8");
    expect(await codeOf(folder, "check")).toBe(0);
    expect(await codeOf(folder, "init")).toBe(2);
    expect(await codeOf(folder, "init", "--force")).toBe(0);
    expect(readFileSync(join(folder, "drystone.yaml"), "utf8")).toBe(first);
    commit(folder, "rules");

    put(folder, "src/orders/quick.ts", deepImport);
    put(folder, "src/log/cycle.ts", 'import { place } from "../orders/index.js";\nexport const p = place;\n');
    const red = await run(folder, "check");
    expect([red.code, red.stdout.match(/ {2}(?:cross-team-private|undeclared-use|cycle|layer)\b/g)?.sort()]).toEqual([
      1,
      ["  cross-team-private", "  cycle", "  layer", "  undeclared-use"],
    ]);

    rmSync(join(folder, "src/log/cycle.ts"));
    expect(await codeOf(folder, "accept", "--reason", "until invoices move", "--until", "2999-12-31")).toBe(0);
    expect(list(folder).split("\n").slice(2)).toEqual([
      "accepted:",
      '  - { rule: module-boundaries/cross-team-private, module: orders, from: src/orders/quick.ts, to: src/payments/service.ts, kind: value, owner: team-orders, reason: "until invoices move", until: 2999-12-31 }',
      "",
    ]);
    expect(await codeOf(folder, "check", "--strict-accepted")).toBe(0);
    expect(await codeOf(folder, "check", "--as-of", "3000-01-01")).toBe(1);

    commit(folder, "accept");
    renameSync(join(folder, "src/orders/quick.ts"), join(folder, "src/orders/fast.ts"));
    commit(folder, "move");
    expect(await codeOf(folder, "check")).toBe(0);
    expect((await run(folder, "accept", "--prune")).stdout).toContain("0 entries removed, 1 carried along with their files.");
    expect(list(folder)).toContain("from: src/orders/fast.ts");

    rmSync(join(folder, "src/orders/fast.ts"));
    commit(folder, "done");
    const unused = await run(folder, "check");
    expect([unused.code, unused.stdout.includes("unused-acceptance")]).toEqual([0, true]);
    expect(await codeOf(folder, "check", "--strict-accepted")).toBe(1);
    expect((await run(folder, "accept", "--prune")).stdout).toContain("1 entry removed.");
    expect(await codeOf(folder, "check", "--strict-accepted")).toBe(0);
  });

  test("what is strict cannot be accepted; nothing is written through a link", async () => {
    const folder = repository("strict", { ...shop, "src/orders/quick.ts": deepImport });
    put(folder, "drystone.yaml", rules("strict"));
    const refused = await run(folder, "accept", "--reason", "x");
    expect([refused.stdout.split("\n")[0], existsSync(join(folder, ".drystone"))]).toEqual(["0 findings accepted.", false]);
    expect(refused.stdout).toContain("1 finding not accepted: the rule is strict for orders.");
    put(folder, "drystone.yaml", rules("new"));
    mkdirSync(scratch.path("elsewhere"));
    symlinkSync(scratch.path("elsewhere"), join(folder, ".drystone"));
    expect(await codeOf(folder, "accept", "--reason", "x")).toBe(2);
    expect(existsSync(join(scratch.path("elsewhere"), "accepted.yaml"))).toBe(false);
  });
});

describe("a pull request", () => {
  test("fails on what it adds, not on what was there; an acceptance counts with reason and owner", async () => {
    const folder = repository("pull-request", { ...shop, "src/orders/old.ts": deepImport });
    put(
      folder,
      "drystone.yaml",
      "modules:\n  - { match: src/orders }\n  - { match: src/payments, public: [index.ts] }\n  - { match: src/log }\n",
    );
    commit(folder, "rules");
    git(folder, ["checkout", "-q", "-b", "feature"]);
    put(folder, "src/orders/new.ts", `${deepImport}export const more = [1, 2, 3];\nexport const other = more.length;\n`);
    git(folder, ["mv", "src/orders/old.ts", "src/orders/older.ts"]);
    commit(folder, "feature");

    const added = await run(folder, "check", "--against", "main");
    expect([added.code, added.stdout.split("\n")[0]]).toEqual([
      1,
      expect.stringMatching(/^\+1 new {2}-0 fixed {2}1 remaining {2}against main/),
    ]);
    put(folder, ".drystone/accepted.yaml", entry(""));
    const bare = await run(folder, "check", "--against", "main");
    expect([bare.code, bare.stdout.includes("does not count")]).toEqual([1, true]);
    put(folder, ".drystone/accepted.yaml", entry(", owner: team-orders, reason: soon"));
    expect(await codeOf(folder, "check", "--against", "main")).toBe(0);
    expect(await codeOf(folder, "check")).toBe(1);

    rmSync(join(folder, ".drystone"), { recursive: true });
    rmSync(join(folder, "src/orders/new.ts"));
    rmSync(join(folder, "src/orders/older.ts"));
    commit(folder, "fix");
    const fixed = await run(folder, "check", "--against", "main");
    expect([fixed.code, fixed.stdout.split("\n")[0]]).toEqual([0, expect.stringMatching(/^\+0 new {2}-1 fixed {2}0 remaining/)]);
  });

  test("a clone without the merge base is told how to get it", async () => {
    const folder = repository("long");
    git(folder, ["checkout", "-q", "-b", "feature"]);
    put(folder, "src/orders/a.ts", "export {};\n");
    commit(folder, "feature");
    const cut = shallowClone(folder, scratch.path("cut"), 1);
    const { code, stderr } = await run(cut, "check", "--against", "origin/main");
    expect([code, stderr.includes("fetch-depth: 0")]).toEqual([2, true]);
  });
});
