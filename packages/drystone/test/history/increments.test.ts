/** Whatever part of a history comes from the store, the facts are those of one cold run, byte for byte. */

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { git, seededRandom, workspace, writeRepository } from "../fakes/index.js";
import { cloneAt, historyOf, historyUpTo, jsonOf } from "./collected.js";
import { randomHistory } from "./random-history.js";

const scratch = workspace();
afterAll(() => scratch.cleanup());

const seeds = Array.from({ length: 48 }, (_, seed) => seed);

test.each(chunks(seeds, 8))("histories %s, cut into increments and rewritten at random", async (...group) => {
  for (const seed of group) {
    const random = seededRandom(1000 + seed);
    const commits = 12 + random.integer(30);
    const format = seed % 8 === 7 ? "sha256" : "sha1";
    const directory = writeRepository(scratch.path(`random-${seed}`), randomHistory(seed, commits), {
      bare: true,
      objectFormat: format,
    });
    const { clone, state } = cloneAt(directory);
    const ids = idsOf(directory, commits);
    const cache = scratch.path(`cache-${seed}`);
    for (const tip of tipsOf(seed, commits)) {
      const head = ids[tip] ?? "";
      const [cold, stored] = [await historyUpTo(clone, state, head), await historyUpTo(clone, state, head, { cache })];
      expect(jsonOf(stored) === jsonOf(cold), `seed ${seed}, commit ${tip}`).toBe(true);
    }
  }
});

test.each(["sha1", "sha256"] as const)(
  "HEAD moves on, back, aside and to another root: as if each were the first run (%s)",
  async (format) => {
    const directory = writeRepository(scratch.path(`moving-${format}`), randomHistory(99, 40), {
      bare: true,
      objectFormat: format,
    });
    const cache = scratch.path(`moving-cache-${format}`);
    const ids = idsOf(directory, 40);
    for (const tip of [5, 12, 12, 30, 39, 20, 21, 0, 39]) {
      git(directory, ["update-ref", "refs/heads/main", ids[tip] ?? ""]);
      expect(jsonOf(await historyOf(directory, { cache }))).toBe(jsonOf(await historyOf(directory)));
    }
  },
);

test("a commit at a time: the store stays one file of bounded size and number of parts", async () => {
  const commits = 120;
  const plan = Array.from({ length: commits }, (_, index) => ({
    author: { name: `Person ${index % 7}`, email: `p${index % 7}@example.com` },
    time: 1_700_000_000 + index * 3600,
    message: `SHOP-${index + 1}: change\n`,
    changes: { [`services/s${index % 9}/f${index % 5}.js`]: `${index}\n` },
  }));
  const branches = Object.fromEntries(plan.map((_, index) => [`c${index}`, String(index)]));
  const directory = writeRepository(scratch.path("steps"), { commits: plan, branches }, { bare: true });
  const { clone, state } = cloneAt(directory);
  const cache = scratch.path("steps-cache");
  const ids = idsOf(directory, commits);
  for (const head of ids) await historyUpTo(clone, state, head, { cache });
  const last = ids[commits - 1] ?? "";
  expect(jsonOf(await historyUpTo(clone, state, last, { cache }))).toBe(jsonOf(await historyUpTo(clone, state, last)));
  await historyUpTo(clone, state, last, { cache: scratch.path("whole-cache") });
  expect(bytesBelow(cache)).toBeLessThan(3 * bytesBelow(scratch.path("whole-cache")));
});

/** Mostly forwards, as a branch grows; now and then back or aside, as after a force-push. */
function tipsOf(seed: number, commits: number): number[] {
  const random = seededRandom(2000 + seed);
  const cuts = random.shuffled(Array.from({ length: commits }, (_, index) => index)).slice(0, 4);
  const forwards = cuts.toSorted((a, b) => a - b);
  return random.chance(0.3) ? [...cuts, commits - 1] : [...forwards, commits - 1];
}

function idsOf(directory: string, commits: number): string[] {
  const lines = git(directory, ["for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads/c*"]).split("\n");
  const byName = new Map(lines.map((line) => line.split(" ") as [string, string]));
  return Array.from({ length: commits }, (_, index) => byName.get(`c${index}`) ?? "");
}

function bytesBelow(directory: string): number {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
}

function chunks<Value>(values: readonly Value[], size: number): Value[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
}
