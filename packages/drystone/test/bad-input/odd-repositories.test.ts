/** Repositories that are strange, damaged or hostile in their files: the run ends well, bounded, and the rest of the result is right. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import type { Result } from "#model/index.js";
import { detach, git, linkedWorktree, partialClone, shallowClone, workspace, writeRepository } from "../fakes/index.js";
import { drystone, type Finished } from "./command.js";
import { ada, firstTime, shopCommits, shopNames } from "./shop.js";

const scratch = workspace();
afterAll(() => scratch.cleanup());

const secret = "MARK-OF-WHAT-LIES-OUTSIDE";
const day = 86_400;

describe("the run ends well and finds the three services", () => {
  test.each<[string, (directory: string) => void]>([
    ["as it is", (directory) => writeShop(directory)],
    ["bare", (directory) => void writeRepository(directory, { commits: shopCommits() }, { bare: true })],
    [
      "SHA-256 object ids",
      (directory) => void writeRepository(directory, { commits: shopCommits() }, { objectFormat: "sha256" }),
    ],
    ["a detached HEAD", (directory) => void detach(writeRepository(directory, { commits: shopCommits() }), "HEAD~3")],
    [
      "a linked work tree",
      (directory) => void linkedWorktree(writeRepository(`${directory}.origin`, { commits: shopCommits() }), directory),
    ],
    [
      "a shallow clone",
      (directory) => void shallowClone(writeRepository(`${directory}.origin`, { commits: shopCommits() }), directory, 5),
    ],
    ["an origin that is gone", partialCloneWithoutOrigin],
    ["a gigabyte in an untracked file", (directory) => sparse(writeShop(directory), "services/orders/src/huge.js")],
    ["a gigabyte in a tracked file", (directory) => sparse(writeShop(directory), "services/orders/src/server.js")],
    ["a gigabyte in CODEOWNERS", (directory) => sparse(writeShop(directory, { CODEOWNERS: "* @all\n" }), "CODEOWNERS")],
    [
      "a gigabyte in a second manifest",
      (directory) => sparse(writeShop(directory, { "k8s/all.yaml": "kind: List\n" }), "k8s/all.yaml"),
    ],
    ["an alias bomb in a manifest", (directory) => writeShop(directory, { "deploy/bomb.yaml": aliasBomb() })],
    ["a cycle in a manifest", (directory) => writeShop(directory, { "deploy/cycle.yaml": "kind: &k\n  again: *k\n" })],
    [
      "20,000 levels in a manifest",
      (directory) =>
        writeShop(directory, { "deploy/deep.json": "[".repeat(20_000), "tools/package.json": '{"a":'.repeat(20_000) }),
    ],
    ["a line of ten megabytes", (directory) => writeShop(directory, { CODEOWNERS: `${"*".repeat(10_000_000)} @all\n` })],
    [
      "patterns that backtrack",
      (directory) => writeShop(directory, { CODEOWNERS: `/${"**/a*".repeat(40)}b @all\n${"*a".repeat(60)} @all\n` }),
    ],
    ["__proto__ and constructor as names", (directory) => writeShop(directory, prototypeFiles)],
    [
      "manifests that are no text",
      (directory) => writeShop(directory, { "a/Dockerfile": "\u0000\u0001", "b/package.json": "\ufeff{", "c/go.mod": "\u0000" }),
    ],
    [
      "a submodule",
      (directory) =>
        writeShop(directory, {
          "vendor/other": { submodule: "1".repeat(40) },
          ".gitmodules": '[submodule "x"]\n\tpath = vendor/other\n\turl = --upload-pack=evil\n',
        }),
    ],
    ["a time of 1970 and one after 2100", (directory) => withLastCommit(directory, { time: 0, authorTime: 4_200_000_000 })],
    ["a commit by nobody", (directory) => withLastCommit(directory, { author: { name: "", email: "" } })],
    ["a message of a megabyte", (directory) => withLastCommit(directory, { message: "x".repeat(1_000_000) })],
    ["a replace ref", replacedCommit],
    ["a graft file", graftFile],
    ["a stale index lock", (directory) => writeFileSync(`${writeShop(directory)}/.git/index.lock`, "")],
    ["a corrupt index", (directory) => writeFileSync(`${writeShop(directory)}/.git/index`, "DIRC corrupt")],
    ["no index", (directory) => rmSync(`${writeShop(directory)}/.git/index`)],
  ])("%s", async (name, write) => {
    const directory = scratch.path(name.replace(/\W+/g, "-"));
    write(directory);
    const run = await assess(directory);
    expect(run.code, run.stderr).toBe(0);
    expect(deployablesOf(run)).toEqual([...shopNames].sort());
    expect(run.processorSeconds).toBeLessThan(20);
    expect(run.peakMegabytes).toBeLessThan(600);
  });
});

test("an empty repository, a HEAD that names no branch: two lines that say so, exit 2", async () => {
  const run = await assess(writeRepository(scratch.path("empty"), { commits: [] }));
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: "" });
  expect(run.stderr).toBe("drystone: empty: no commits yet\n  fix: commit once, or pass a repository with history\n");
  const unborn = writeRepository(scratch.path("unborn"), { commits: shopCommits().slice(0, 1) });
  git(unborn, ["symbolic-ref", "HEAD", "refs/heads/missing"]);
  const { code, stderr } = await assess(unborn);
  expect([code, stderr]).toEqual([
    2,
    "drystone: unborn: no commits on the branch that is checked out\n  fix: git checkout main\n",
  ]);
});

test("one commit: no division by zero, no verdict", async () => {
  const run = await assess(writeRepository(scratch.path("one"), { commits: shopCommits().slice(0, 1) }));
  expect(run.code, run.stderr).toBe(0);
  expect(run.stdout).not.toMatch(/NaN|Infinity/);
  const coupling = resultOf(run).assessments.find(({ id }) => id === "change-coupling");
  expect(coupling?.verdict).toBe("unknown");
});

test("names with a newline, escape sequences and bytes that are no text: nothing of them reaches a terminal", async () => {
  const evil = "x\n\u001b[31mred\u001b]0;title\u0007\u009b31m\r\u202eevil";
  const commits = shopCommits({
    [`services/orders/src/${evil}.js`]: "1",
    [`services/${evil}/Dockerfile`]: "FROM scratch\n",
    [`services/${evil}/package.json`]: "{}",
  });
  const changes = new Map<string | Uint8Array, string>([
    [Buffer.concat([Buffer.from("services/orders/src/"), Buffer.from([0xff, 0xfe, 0x0a])]), "bytes"],
    [`services/orders/src/${evil}.js`, "2"],
    ["services/billing/src/server.js", "2"],
  ]);
  const author = { name: `Eve\u001b[2J ${evil}`, email: "eve\u001b[31m@example.com" };
  commits.push({ author, time: firstTime + 90 * day, message: `::error::evil ${evil}\n`, changes });
  const directory = writeRepository(scratch.path("evil"), { commits });
  for (const format of ["text", "markdown"]) {
    const run = await drystone(["assess", directory, "--format", format, "--no-cache"]);
    expect(run.code, run.stderr).toBe(0);
    expect(controlCharactersOf(run.stdout + run.stderr)).toEqual([]);
  }
  const run = await assess(directory);
  expect(controlCharactersOf(run.stdout + run.stderr)).toEqual([]);
  expect(deployablesOf(run)).toEqual(expect.arrayContaining([...shopNames]));
});

test("links out of the root are not followed, whatever they are called", async () => {
  const outside = scratch.path("outside");
  mkdirSync(`${outside}/.git`, { recursive: true });
  writeFileSync(`${outside}/docker-compose.yml`, `services:\n  ${secret.toLowerCase()}:\n    build: .\n`);
  writeFileSync(`${outside}/Dockerfile`, "FROM scratch\n");
  writeFileSync(
    `${outside}/package.json`,
    JSON.stringify({ name: secret, scripts: { start: "node ." }, dependencies: { fastify: "1" } }),
  );
  writeFileSync(`${outside}/drystone.yaml`, `system: ${secret}\n`);
  writeFileSync(`${outside}/CODEOWNERS`, `* @${secret}\n`);
  const directory = writeShop(scratch.path("links"), {
    "drystone.yaml": { link: `${outside}/drystone.yaml` },
    CODEOWNERS: { link: `${outside}/CODEOWNERS` },
    "compose.yaml": { link: `${outside}/docker-compose.yml` },
    "services/absolute": { link: outside },
    "services/relative": { link: "../../outside" },
    "services/self": { link: "." },
    "services/broken": { link: "nowhere" },
    "services/billing/compose.yml": { link: "../../../outside/docker-compose.yml" },
    "catalog-info.yaml": { link: "/dev/zero" },
    OWNERS: { link: "/dev/stdin" },
  });
  symlinkSync(outside, `${directory}/untracked`);
  const run = await assess(directory);
  expect(run.code, run.stderr).toBe(0);
  expect((run.stdout + run.stderr).toLowerCase()).not.toContain(secret.toLowerCase());
  expect(deployablesOf(run)).toEqual([...shopNames].sort());
});

test("a .git/config that puts the work tree elsewhere reads nothing there", async () => {
  const elsewhere = writeShop(scratch.path("elsewhere"), { "drystone.yaml": `system: ${secret}\n` });
  const directory = writeShop(scratch.path("moved"));
  git(directory, ["config", "core.worktree", elsewhere]);
  const run = await assess(directory);
  expect(run.stdout + run.stderr).not.toContain(secret);
  expect([0, 2]).toContain(run.code);
});

test("a folder of repositories with links to others, loops, an empty repository and one whose git is gone among them", async () => {
  const folder = scratch.path("folder");
  writeShop(`${folder}/one`);
  writeRepository(`${folder}/group/subgroup`, { commits: shopCommits().slice(0, 1) }, { bare: true });
  mkdirSync(`${folder}/gone`);
  writeFileSync(`${folder}/gone/.git`, "gitdir: /nowhere/worktrees/gone\n");
  writeRepository(`${folder}/empty`, { commits: [] });
  symlinkSync("..", `${folder}/up`);
  symlinkSync(writeShop(scratch.path("elsewhere-too"), { "drystone.yaml": `system: ${secret}\n` }), `${folder}/out`);
  const run = await assess(folder);
  expect(run.code, run.stderr).toBe(0);
  expect(run.stdout).not.toContain(secret);
  const { repositories, problems } = resultOf(run).inputs;
  expect(repositories.map(({ id }) => id).sort()).toEqual(["empty", "one", "subgroup"]);
  expect(problems.map(({ message }) => message)).toEqual(["gone is left out: git refuses it", "empty has no commits yet"]);
});

test("a damaged object: an answer that names the damage, never a result from half of the history", async () => {
  const directory = writeShop(scratch.path("damaged"));
  const tip = git(directory, ["rev-parse", "HEAD~20"]);
  git(directory, ["-c", "pack.threads=1", "repack", "-q", "-a", "-d"]);
  // As loose objects, one of them can be taken away.
  const packs = `${directory}/.git/objects/pack`;
  for (const name of readdirSync(packs).filter((file) => file.endsWith(".pack"))) {
    const bytes = readFileSync(`${packs}/${name}`);
    rmSync(packs, { recursive: true });
    git(directory, ["unpack-objects", "-q"], { input: bytes });
    break;
  }
  const loose = `${directory}/.git/objects/${tip.slice(0, 2)}/${tip.slice(2)}`;
  expect(existsSync(loose)).toBe(true);
  rmSync(loose);
  const run = await assess(directory);
  if (run.code === 0) {
    const { assessments, inputs } = resultOf(run);
    expect(assessments.find(({ id }) => id === "change-coupling")?.verdict).toBe("unknown");
    expect(inputs.problems.length).toBeGreaterThan(0);
  } else {
    expect([run.code, run.stdout]).toEqual([2, ""]);
  }
});

test("the analysed tree is as it was: no file written, no index touched", async () => {
  const directory = writeShop(scratch.path("untouched"));
  appendFileSync(`${directory}/services/orders/src/server.js`, "// not committed\n");
  const before = snapshot(directory);
  const run = await assess(directory);
  expect(run.code, run.stderr).toBe(0);
  expect(snapshot(directory)).toEqual(before);
});

type Files = NonNullable<Parameters<typeof shopCommits>[0]>;

const prototypeFiles: Files = Object.fromEntries([
  ["services/constructor/Dockerfile.txt", "x"],
  ["__proto__/polluted.txt", "x"],
  ["toString/hasOwnProperty/valueOf.js", "x"],
  [
    "tools/package.json",
    '{"name":"__proto__","dependencies":{"__proto__":"1","constructor":"2"},"__proto__":{"workspaces":["*"]}}',
  ],
  ["deploy/proto.yaml", "__proto__:\n  kind: Deployment\nconstructor: {prototype: {x: 1}}\n"],
]);

function writeShop(directory: string, extra: Files = {}): string {
  return writeRepository(directory, { commits: shopCommits(extra) });
}

function sparse(directory: string, file: string): void {
  writeFileSync(`${directory}/${file}`, "");
  truncateSync(`${directory}/${file}`, 2 ** 30);
}

function partialCloneWithoutOrigin(directory: string): void {
  const origin = writeRepository(`${directory}.origin`, { commits: shopCommits() });
  const clone = partialClone(origin, directory);
  // HEAD's files are at hand, older contents are not, and nobody can be asked.
  git(clone, ["checkout", "--quiet", "main"]);
  rmSync(origin, { recursive: true });
}

function aliasBomb(): string {
  const lines = ["apiVersion: v1", "kind: Deployment", "a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 12; level++)
    lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(", ")}]`);
  return `${lines.join("\n")}\n`;
}

function withLastCommit(directory: string, change: Partial<ReturnType<typeof shopCommits>[number]>): void {
  const last = {
    author: ada,
    time: firstTime + 80 * day,
    message: "Last\n",
    changes: { "services/orders/src/server.js": "last" },
    ...change,
  };
  writeRepository(directory, { commits: [...shopCommits(), last] });
}

function replacedCommit(directory: string): void {
  writeShop(directory);
  git(directory, ["replace", "HEAD~1", "HEAD~2"]);
}

function graftFile(directory: string): void {
  writeShop(directory);
  mkdirSync(`${directory}/.git/info`, { recursive: true });
  writeFileSync(`${directory}/.git/info/grafts`, `${git(directory, ["rev-parse", "HEAD~1"])}\n`);
}

function assess(directory: string): Promise<Finished> {
  return drystone(["assess", directory, "--format", "json", "--no-cache"]);
}

function resultOf(run: Finished): Result {
  return JSON.parse(run.stdout) as Result;
}

function deployablesOf(run: Finished): string[] {
  const { components } = resultOf(run).model;
  return components
    .filter(({ kind, built }) => built && kind === "service")
    .map(({ name }) => name)
    .sort();
}

/** C0 but the newline, DEL, C1 and direction overrides. */
function controlCharactersOf(text: string): string[] {
  return [...new Set(text.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g))];
}

function snapshot(directory: string): Map<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => [`${entry.parentPath}/${entry.name}`, readFileSync(`${entry.parentPath}/${entry.name}`, "latin1")]),
  );
}
