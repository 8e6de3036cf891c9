/** The cache is never believed blindly: damaged, planted, full or interrupted, the result is the one without it. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cleanEnvironment, git, seededRandom, workspace, writeRepository } from "../fakes/index.js";
import { plantedEnd, plantHistory } from "../planted/index.js";
import { drystone } from "./command.js";
import { shopCommits } from "./shop.js";

const scratch = workspace();
const repository = scratch.path("repository");
const filled = scratch.path("filled");
let truth = "";

beforeAll(async () => {
  const parameters = {
    seed: 3,
    services: 6,
    changeSets: 300,
    ripple: 0.3,
    hub: false,
    style: "commit",
    sweeps: 3,
    bots: 20,
    noise: true,
    renames: 1,
    older: 40,
  } as const;
  const { plan } = plantHistory({ ...parameters, graftDaysBeforeEnd: null, cut: "none" });
  writeRepository(repository, plan, { bare: true });
  truth = (await assess(["--no-cache"])).stdout;
  expect(truth).toContain("change-coupling");
  await assess(["--cache-dir", filled]);
});
afterAll(() => scratch.cleanup());

test("a filled cache holds something and changes nothing", async () => {
  expect(filesBelow(filled).length).toBeGreaterThan(0);
  expect((await assess(["--cache-dir", filled])).stdout).toBe(truth);
});

test("--no-cache neither reads nor writes one", async () => {
  const home = scratch.path("no-cache-home");
  await assess(["--no-cache"], home);
  expect(existsSync(home) ? filesBelow(home) : []).toEqual([]);
});

describe("a damaged cache gives the same result", () => {
  const damages: readonly (readonly [string, (file: string) => void])[] = [
    ...[0, 0.01, 0.5, 1].map((part) => [`bytes flipped at ${part}`, (file: string) => flip(file, part)] as const),
    ...[0, 0.01, 0.5, 0.99].map((part) => [`cut at ${part}`, (file: string) => cut(file, part)] as const),
    ["one byte too many", (file) => writeFileSync(file, "x", { flag: "a" })],
    ["zeros of the same length", (file) => writeFileSync(file, Buffer.alloc(statSync(file).size))],
    ["a folder in its place", (file) => inPlace(file, () => mkdirSync(file))],
    ["a link to nowhere", (file) => inPlace(file, () => symlinkSync("nowhere", file))],
    ["a device", (file) => inPlace(file, () => symlinkSync("/dev/zero", file))],
  ];
  test.each(damages)("%s", async (name, damage) => {
    const cache = scratch.path("damaged", name.replace(/\W+/g, "-"));
    cpSync(filled, cache, { recursive: true });
    for (const file of filesBelow(filled)) damage(join(cache, file));
    const run = await assess(["--cache-dir", cache]);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout === truth).toBe(true);
  });
});

test("a cache that another history filled: new commits, and a tip that was rewritten", async () => {
  const cache = scratch.path("moving-cache");
  const directory = scratch.path("moving");
  writeRepository(directory, { commits: shopCommits() });
  const both = async (): Promise<void> => {
    const [cached, fresh] = [await assessOf(directory, ["--cache-dir", cache]), await assessOf(directory, ["--no-cache"])];
    expect(cached.code, cached.stderr).toBe(0);
    expect(cached.stdout).toBe(fresh.stdout);
  };
  const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  await both();
  for (let index = 0; index < 2; index++) {
    writeFileSync(join(directory, "services/orders/src/server.js"), `more ${index}`);
    git(directory, [...identity, "commit", "--quiet", "--all", "--message", `More ${index}`, "--date", "2026-11-01T00:00:00Z"]);
    await both();
  }
  git(directory, ["reset", "--quiet", "--hard", "HEAD~10"]);
  await both();
  git(directory, [...identity, "commit", "--quiet", "--amend", "--allow-empty", "--message", "Rewritten"]);
  await both();
  git(directory, ["replace", "HEAD~2", "HEAD~4"]);
  await both();
});

test("a cache inside of the analysed tree is not looked at", async () => {
  const directory = scratch.path("planted-cache");
  writeRepository(directory, { commits: shopCommits() });
  const before = (await assessOf(directory, ["--no-cache"])).stdout;
  for (const place of [".drystone", ".drystone/cache", ".cache/drystone", ".git/drystone"]) {
    cpSync(filled, join(directory, place), { recursive: true });
    for (const file of filesBelow(join(directory, place))) writeFileSync(join(directory, place, file), "poison");
  }
  const home = scratch.path("planted-home");
  expect((await assessOf(directory, [], home, directory)).stdout).toBe(before);
  expect((await assessOf(directory, [], home, directory)).stdout).toBe(before);
});

describe("a cache that cannot be written is no error", () => {
  test.each([4, 64, 512])("no file may grow beyond %s blocks", async (blocks) => {
    const cache = scratch.path(`limited-${blocks}`);
    // The signal is ignored, so that a write fails as it does on a full disk.
    const prelude = `trap "" XFSZ; ulimit -f ${blocks}`;
    const run = await drystone(["assess", repository, "--format", "json", "--cache-dir", cache], { prelude });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout === truth).toBe(true);
    expect((await assess(["--cache-dir", cache])).stdout === truth).toBe(true);
  });

  const mounted = scratch.path("disk");
  test.runIf(canMount(mounted))("a disk of 16 KB", async () => {
    expect(mount(mounted)).toBe(true);
    try {
      const run = await assess(["--cache-dir", join(mounted, "cache")]);
      expect(run.code, run.stderr).toBe(0);
      expect(run.stdout === truth).toBe(true);
      expect(filesBelow(mounted).filter((file) => statSync(join(mounted, file)).size === 0)).toEqual([]);
    } finally {
      spawnSync("umount", [mounted]);
    }
  });

  test("its home is a file, a device, missing or empty", async () => {
    writeFileSync(scratch.path("file"), "");
    for (const home of [scratch.path("file"), "/dev/null", "/proc", ""]) {
      const run = await assess([], home);
      expect(run.code, `${home}: ${run.stderr}`).toBe(0);
      expect(run.stdout === truth, home).toBe(true);
    }
  });
});

test("Ctrl-C at any moment: exit 130, nothing half written, and the next run is right", async () => {
  const big = scratch.path("big");
  writeRepository(big, { commits: manyCommits(1_500) }, { bare: true });
  const complete = scratch.path("complete-cache");
  const whole = await assessOf(big, ["--cache-dir", complete]);
  const names = new Set(filesBelow(complete));
  const random = seededRandom(130);
  const cache = scratch.path("interrupted-cache");
  let interrupted = 0;
  for (let round = 0; round < 5; round++) {
    rmSync(cache, { recursive: true, force: true });
    // The first one comes before anything can be done.
    const interruptAfter = round === 0 ? 1 : 30 + random.next() * whole.seconds * 1000;
    const run = await drystone(["assess", big, "--format", "json", "--cache-dir", cache], { interruptAfter });
    if (run.code === 130) interrupted++;
    else expect(run.code, run.stderr).toBe(0);
    expect(["", whole.stdout].includes(run.stdout), "half of a result").toBe(true);
    expect(existsSync(cache) ? filesBelow(cache).filter((name) => !names.has(name)) : []).toEqual([]);
    if (round % 2 === 0) expect((await assessOf(big, ["--cache-dir", cache])).stdout === whole.stdout).toBe(true);
  }
  expect(interrupted).toBeGreaterThan(0);
});

test("Ctrl-C that ends git first ends the command, too, and not with git's end as an error", async () => {
  const programs = scratch.path("programs");
  mkdirSync(programs);
  writeFileSync(join(programs, "git"), "#!/bin/sh\nkill -INT $PPID\nexit 130\n", { mode: 0o755 });
  const env = { PATH: `${programs}:${process.env["PATH"]}` };
  const { code, stdout, stderr } = await drystone(["collect", repository, "--only", "history"], { env });
  expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: "", stderr: "" });
});

test("two runs at once share one cache and both are right", async () => {
  const cache = scratch.path("shared-cache");
  const runs = await Promise.all([1, 2, 3].map(() => assess(["--cache-dir", cache])));
  expect(runs.map(({ stdout }) => stdout === truth)).toEqual([true, true, true]);
  expect(filesBelow(cache)).toEqual(filesBelow(filled));
});

function assess(options: readonly string[], cacheHome?: string): ReturnType<typeof drystone> {
  return assessOf(repository, options, cacheHome);
}

function assessOf(
  directory: string,
  options: readonly string[],
  cacheHome = scratch.path("home"),
  cwd = scratch.directory,
): ReturnType<typeof drystone> {
  return drystone(["assess", directory, "--format", "json", ...options], { cwd, env: { XDG_CACHE_HOME: cacheHome } });
}

/** Paths of files and links, relative, sorted. */
function filesBelow(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1)).sort();
}

function flip(file: string, part: number): void {
  const bytes = readFileSync(file);
  const at = Math.min(bytes.length - 1, Math.floor(part * bytes.length));
  for (let index = at; index < Math.min(bytes.length, at + 3); index++) bytes[index] = (bytes[index] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
}

function cut(file: string, part: number): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.subarray(0, Math.floor(part * bytes.length)));
}

function inPlace(file: string, put: () => void): void {
  rmSync(file);
  put();
}

/** A disk of its own needs root; the file limit above stands in for it elsewhere. */
function canMount(directory: string): boolean {
  mkdirSync(directory, { recursive: true });
  const mountable = mount(directory);
  if (mountable) spawnSync("umount", [directory]);
  return mountable;
}

function mount(directory: string): boolean {
  return spawnSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", directory], { env: cleanEnvironment() }).status === 0;
}

function* manyCommits(count: number): Generator<ReturnType<typeof shopCommits>[number]> {
  const first = shopCommits()[0];
  if (first) yield { ...first, time: plantedEnd - count * 2000 - 10 };
  for (let index = 0; index < count; index++) {
    const name = `services/${["orders", "billing", "shipping"][index % 3]}/src/f${index % 997}.js`;
    const author = { name: `Person ${index % 40}`, email: `p${index % 40}@example.com` };
    yield { author, time: plantedEnd - (count - index) * 2000, message: `Change ${index}\n`, changes: { [name]: `${index}\n` } };
  }
}
