/** Clones in every state: the whole history, or an error that says what is missing, never a part of it taken for the whole. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { locateClones } from "#collect/git/index.js";
import {
  type CommitPlan,
  detach,
  git,
  linkedWorktree,
  partialClone,
  shallowClone,
  workspace,
  writeRepository,
} from "../fakes/index.js";
import { cloneAt, historyOf, jsonOf, touchesOf } from "./collected.js";

const scratch = workspace();
const ada = { name: "Ada Lovelace", email: "ada@example.com" };
const start = 1_760_000_000;
let origin = "";
let truth = "";

beforeAll(async () => {
  origin = writeRepository(scratch.path("origin"), { commits: commits() });
  truth = await asOne(origin);
});
afterAll(() => scratch.cleanup());

/** Twelve commits with a side branch, a move and a .mailmap that changes a name. */
function commits(): CommitPlan[] {
  const plans: CommitPlan[] = [
    { author: ada, time: start, message: "Start\n", changes: { ".mailmap": "Ada King <ada@example.com>\n", f0: "0" } },
  ];
  for (let index = 1; index < 12; index++) {
    plans.push({
      author: ada,
      time: start + index * 3600,
      message: `Change ${index}\n`,
      changes: { [`dir${index % 3}/f${index}`]: `${index}` },
    });
  }
  plans.push({
    id: "side",
    branch: "side",
    parents: ["5"],
    author: ada,
    time: start + 20_000,
    message: "Side\n",
    changes: { side: "1" },
  });
  plans.push({
    id: "merge",
    parents: ["11", "side"],
    author: ada,
    time: start + 50_000,
    message: "Merge\n",
    changes: { side: "1" },
  });
  plans.push({ parents: ["merge"], author: ada, time: start + 60_000, message: "Move\n", renames: [["dir1", "moved"]] });
  return plans;
}

/** The history at a path, with the name of the repository taken out. */
async function asOne(directory: string, cache?: string): Promise<string> {
  return jsonOf({ ...(await historyOf(directory, cache === undefined ? {} : { cache })), repository: "" });
}

describe("the same history", () => {
  test.each<[string, (directory: string) => void]>([
    ["bare", (directory) => void git(scratch.directory, ["clone", "-q", "--bare", origin, directory])],
    ["detached", (directory) => void detach(git(scratch.directory, ["clone", "-q", origin, directory]) || directory)],
    ["a linked work tree", (directory) => void linkedWorktree(origin, directory)],
    [
      "objects borrowed from another repository",
      (directory) => void git(scratch.directory, ["clone", "-q", "--shared", "--no-checkout", origin, directory]),
    ],
    ["replace refs", (directory) => void git(clone(directory), ["replace", "HEAD~1", "HEAD~4"])],
    ["a graft file", (directory) => graft(clone(directory))],
    ["a commit-graph file", (directory) => void git(clone(directory), ["commit-graph", "write", "--reachable"])],
    ["loose objects", (directory) => unpack(clone(directory))],
    [
      "another .mailmap in the work tree",
      (directory) => writeFileSync(join(clone(directory), ".mailmap"), "Eve <ada@example.com>\n"),
    ],
    ["settings that change what git prints", (directory) => configure(clone(directory), unusualSettings)],
    ["settings that would run something", (directory) => configure(clone(directory), hostileSettings(directory))],
  ])("%s", async (name, make) => {
    const directory = scratch.path(name.replace(/\W+/g, "-"));
    make(directory);
    expect(await asOne(directory)).toBe(truth);
    expect(existsSync(`${directory}.ran`)).toBe(false);
  });

  test("what .gitmodules says about changes to ignore is not heard", async () => {
    const plans: CommitPlan[] = [
      {
        author: ada,
        time: start,
        message: "Add\n",
        changes: { ".gitmodules": '[submodule "s"]\n\tpath = s\n\turl = u\n\tignore = all\n', s: { submodule: "1".repeat(40) } },
      },
      { author: ada, time: start + 1, message: "Bump\n", changes: { s: { submodule: "2".repeat(40) } } },
    ];
    const directory = writeRepository(scratch.path("submodules"), { commits: plans });
    expect(touchesOf(await historyOf(directory))).toEqual([["A .gitmodules", "A s"], ["M s"]]);
  });
});

test("no commit: HEAD is null, for a branch that is not born as for an empty repository", () => {
  const empty = writeRepository(scratch.path("empty"), { commits: [] });
  const unborn = clone(scratch.path("unborn"));
  git(unborn, ["symbolic-ref", "HEAD", "refs/heads/none"]);
  expect([cloneAt(empty).state.head, cloneAt(unborn).state.head]).toEqual([null, null]);
});

test("a folder inside of a repository means the repository, and is remembered", () => {
  const clone = git(origin, ["ls-tree", "-d", "--name-only", "HEAD"]).split("\n")[0] ?? "";
  expect([clone === "", asked(origin), asked(join(origin, clone))]).toEqual([false, [["origin", null]], [["origin", clone]]]);
});

describe("shallow clones", () => {
  test.each([1, 2, 5])("depth %d: the commits that are there, the cut named", async (depth) => {
    const directory = shallowClone(origin, scratch.path(`shallow-${depth}`), depth);
    const { state } = cloneAt(directory);
    const cut = readFileSync(join(directory, ".git/shallow"), "utf8").trim().split("\n").sort();
    expect([state.shallow, state.shallowBoundary]).toEqual([true, cut]);
    const history = await historyOf(directory);
    expect(history.committerTimes.length).toBe(Number(git(directory, ["rev-list", "--count", "HEAD"])));
  });

  test("deepened, the store of the shallow one is not used", async () => {
    const directory = shallowClone(origin, scratch.path("deepened"), 3);
    const cache = scratch.path("deepened-cache");
    await historyOf(directory, { cache });
    git(directory, ["fetch", "-q", "--deepen=4"]);
    expect(await asOne(directory, cache)).toBe(await asOne(directory));
    git(directory, ["fetch", "-q", "--unshallow"]);
    expect(await asOne(directory, cache)).toBe(truth);
  });
});

describe("partial clones", () => {
  test("without contents: the whole history but for the mailmap, and nothing is fetched", async () => {
    const directory = partialClone(origin, scratch.path("no-blobs"));
    const before = objectsOf(directory);
    const history = await historyOf(directory);
    const plain = { ...history, people: [{ name: "Ada King", email: "ada@example.com" }], repository: "" };
    expect([history.people.length, jsonOf(plain)]).toEqual([1, truth]);
    expect(objectsOf(directory)).toBe(before);
  });

  test("without trees: an error that says so, and nothing is fetched", async () => {
    const directory = scratch.path("no-trees");
    git(origin, ["config", "uploadpack.allowFilter", "true"]);
    git(scratch.directory, ["clone", "-q", "--no-checkout", "--filter=tree:0", pathToFileURL(origin).href, directory]);
    const before = objectsOf(directory);
    await expect(historyOf(directory)).rejects.toThrow(/git log stopped before the end: /);
    expect(objectsOf(directory)).toBe(before);
  });

  test("a promisor that would run something is not asked", async () => {
    const directory = scratch.path("evil-promisor");
    git(scratch.directory, ["clone", "-q", "--no-checkout", "--filter=tree:0", pathToFileURL(origin).href, directory]);
    configure(directory, [
      ["remote.origin.url", `ext::sh -c touch% ${directory}.ran`],
      ["protocol.ext.allow", "always"],
      ["protocol.allow", "always"],
    ]);
    await expect(historyOf(directory)).rejects.toThrow(/git log stopped before the end: /);
    expect(existsSync(`${directory}.ran`)).toBe(false);
  });
});

test("an object that is damaged or gone in the middle: an error, never the newer half; afterwards the store is as before", async () => {
  const directory = clone(scratch.path("damaged"));
  unpack(directory);
  const cache = scratch.path("damaged-cache");
  const middle = git(directory, ["rev-parse", "HEAD~6"]);
  const loose = (id: string): string => join(directory, ".git/objects", id.slice(0, 2), id.slice(2));
  for (const id of [middle, git(directory, ["rev-parse", "HEAD~6^{tree}"])]) {
    const bytes = readFileSync(loose(id));
    for (const damage of [
      () => rmSync(loose(id)),
      () => replace(loose(id), bytes.subarray(0, 20)),
      () => replace(loose(id), Buffer.alloc(99)),
    ]) {
      damage();
      await expect(historyOf(directory, { cache })).rejects.toThrow(/git log stopped before the end: |the history is incomplete/);
      expect(existsSync(join(cache, "history"))).toBe(false);
    }
    replace(loose(id), bytes);
  }
  expect(await asOne(directory, cache)).toBe(truth);
});

describe("the store", () => {
  test("a place that cannot be written: the history all the same, and a reason", async () => {
    const file = scratch.path("a-file");
    writeFileSync(file, "");
    const reasons: string[] = [];
    const history = await historyOf(origin, { cache: join(file, "cache"), onCacheFailure: (reason) => reasons.push(reason) });
    expect([jsonOf({ ...history, repository: "" }) === truth, reasons.length]).toEqual([true, 1]);
  });

  test.each<[string, (file: string) => void]>([
    ["a pipe", (file) => expect(spawnSync("mkfifo", [file]).status).toBe(0)],
    ["a folder", (file) => mkdirSync(file)],
    ["a link to a device", (file) => symlinkSync("/dev/zero", file)],
    ["a link to nowhere", (file) => symlinkSync("nowhere", file)],
    ["a file of another version", (file) => writeFileSync(file, "DRYSTONE-HISTORY-0\n")],
  ])("%s in its place", async (name, put) => {
    const cache = scratch.path(`store-${name.replace(/\W+/g, "-")}`);
    await historyOf(origin, { cache });
    const [file = ""] = readdirSync(join(cache, "history")).map((entry) => join(cache, "history", entry));
    rmSync(file);
    put(file);
    const reasons: string[] = [];
    const history = await historyOf(origin, { cache, onCacheFailure: (reason) => reasons.push(reason) });
    expect([jsonOf({ ...history, repository: "" }) === truth, reasons.length]).toEqual([true, name === "a folder" ? 1 : 0]);
  });

  test("several runs at once, and a tip that git has forgotten", async () => {
    const directory = clone(scratch.path("busy"));
    const cache = scratch.path("busy-cache");
    const runs = await Promise.all([1, 2, 3, 4].map(() => asOne(directory, cache)));
    expect(new Set([...runs, truth]).size).toBe(1);
    expect(readdirSync(join(cache, "history")).length).toBe(1);
    const side = ["-c", "user.name=Eve", "-c", "user.email=eve@example.com"];
    git(directory, [...side, "commit", "-q", "--allow-empty", "-m", "gone"]);
    await historyOf(directory, { cache });
    git(directory, ["reset", "-q", "--hard", "HEAD~1"]);
    git(directory, ["reflog", "expire", "--expire=now", "--all"]);
    git(directory, ["gc", "-q", "--prune=now"]);
    expect(await asOne(directory, cache)).toBe(truth);
  });
});

const unusualSettings: readonly (readonly [string, string])[] = [
  ["log.showSignature", "true"],
  ["log.diffMerges", "first-parent"],
  ["log.follow", "true"],
  ["log.showRoot", "false"],
  ["log.date", "human"],
  ["log.abbrevCommit", "true"],
  ["format.pretty", "oneline"],
  ["diff.renames", "copies"],
  ["diff.relative", "true"],
  ["diff.ignoreSubmodules", "all"],
  ["diff.submodule", "log"],
  ["diff.noprefix", "true"],
  ["color.ui", "always"],
  ["color.diff", "always"],
  ["core.quotePath", "true"],
  ["core.abbrev", "4"],
  ["core.pager", "false"],
  ["i18n.logOutputEncoding", "UTF-16"],
  ["mailmap.blob", "HEAD:f0"],
  ["mailmap.file", "/dev/zero"],
];

function hostileSettings(directory: string): (readonly [string, string])[] {
  const program = `touch ${directory}.ran;`;
  return [
    "core.pager",
    "core.fsmonitor",
    "core.editor",
    "diff.external",
    "core.sshCommand",
    "gpg.program",
    "core.askPass",
    "pager.log",
    "alias.log",
  ]
    .map((name): [string, string] => [name, name === "alias.log" ? `!${program}` : program])
    .concat([["log.showSignature", "true"]]);
}

function clone(directory: string): string {
  git(scratch.directory, ["clone", "-q", "--no-local", origin, directory]);
  return directory;
}

function configure(directory: string, settings: readonly (readonly [string, string])[]): void {
  for (const [name, value] of settings) git(directory, ["config", name, value]);
}

function graft(directory: string): void {
  mkdirSync(join(directory, ".git/info"), { recursive: true });
  writeFileSync(join(directory, ".git/info/grafts"), `${git(directory, ["rev-parse", "HEAD~2"])}\n`);
}

/** As loose objects, single ones can be damaged. */
function unpack(directory: string): void {
  const packs = join(directory, ".git/objects/pack");
  const files = readdirSync(packs).filter((file) => file.endsWith(".pack"));
  const contents = files.map((file) => readFileSync(join(packs, file)));
  rmSync(packs, { recursive: true });
  for (const input of contents) git(directory, ["unpack-objects", "-q"], { input });
}

function replace(file: string, bytes: Uint8Array): void {
  rmSync(file, { force: true });
  writeFileSync(file, bytes);
  chmodSync(file, 0o444);
}

function objectsOf(directory: string): string {
  return git(directory, ["count-objects", "-v"]);
}

function asked(path: string): (string | null)[][] {
  return locateClones([path]).map(({ id, askedFor }) => [id, askedFor]);
}
