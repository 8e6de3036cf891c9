/** All four outcomes of `drystone advise split`, from the command line alone, on a git repository whose truth is known. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drystone } from "../bad-input/command.js";
import { workspace, writeRepository } from "../fakes/index.js";
import { type Declared, deploys, drystoneYaml, plantedCommits, truth } from "./planted-shop.js";

const scratch = workspace();
const plain: Declared = { owner: "payments-crew", touchHours: 20, opsHours: 10 };
let shop = "";
let deploysFile = "";
beforeAll(() => {
  shop = writeRepository(scratch.path("shop"), { commits: plantedCommits() });
  deploysFile = scratch.path("deploys.jsonl");
  writeFileSync(deploysFile, deploys());
});
afterAll(() => scratch.cleanup());

interface Printed {
  readonly advice: readonly {
    readonly outcome: string;
    readonly assessments: readonly {
      readonly id: string;
      readonly verdict: string;
      readonly value: number | null;
      readonly sample: { readonly n: number } | null;
    }[];
  }[];
}

async function split(declared: Declared, withDeploys = true) {
  writeFileSync(join(shop, "drystone.yaml"), drystoneYaml(declared));
  const { code, stdout, stderr } = await drystone([
    "advise",
    "split",
    "payments",
    "--path",
    shop,
    "--format",
    "json",
    "--no-cache",
    "--as-of",
    "2026-11-20",
    ...(withDeploys ? ["--deploys", deploysFile] : []),
  ]);
  if (code !== 0) throw new Error(stderr);
  const [advice] = (JSON.parse(stdout) as Printed).advice;
  if (advice === undefined) throw new Error("no advice");
  return {
    outcome: advice.outcome,
    words: Object.fromEntries(advice.assessments.map(({ id, verdict }) => [id, verdict])),
    numbers: Object.fromEntries(advice.assessments.map(({ id, value, sample }) => [id, [value, sample?.n ?? null]])),
  };
}

test("pays: every prerequisite, the baseline, and more hours removed than spent; the numbers are the plan's", async () => {
  const { outcome, words, numbers } = await split(plain);
  expect(words).toEqual({
    "scales-differently": "unknown",
    "tacked-on": "none",
    "changes-faster": "signal",
    "deploys-more-often": "signal",
    "worked-on-alone": "signal",
    "isolated-tables": "signal",
    owner: "yes",
    "deploys-alone": "yes",
    "changes-alone": "yes",
    "has-contract": "yes",
    "knows-domain": "yes",
    "boundary-cost": "pays",
    "stay-monolith": "no-reason-to-stay",
  });
  expect(outcome).toBe("pays");
  const { changes, byCrew, guests, rest, ownFiles, otherFiles } = truth;
  expect(numbers).toMatchObject({
    "changes-faster": [expect.closeTo(changes / ownFiles / (rest / otherFiles), 5), changes],
    "worked-on-alone": [1, changes],
    "isolated-tables": [0, 2],
    owner: [expect.closeTo(byCrew / changes, 5), changes],
    "changes-alone": [0, changes],
    "has-contract": [1, 1],
    "knows-domain": [1, ownFiles],
    "boundary-cost": [expect.closeTo((guests / 12) * plain.touchHours - plain.opsHours, 5), 12],
    "stay-monolith": [12, 12],
  });
});

test.each<[string, Declared, boolean, string, Readonly<Record<string, string>>]>([
  [
    "a deployable costs more than it removes",
    { ...plain, touchHours: 1, opsHours: 100 },
    true,
    "does-not-pay",
    { "boundary-cost": "does-not-pay" },
  ],
  ["no deploys are known", plain, false, "not-demonstrated", { "deploys-alone": "unknown" }],
  ["the backend team is no answer", { ...plain, owner: "backend" }, true, "premature", { owner: "no" }],
])("%s", async (_, declared, withDeploys, outcome, words) => {
  const found = await split(declared, withDeploys);
  expect(found.outcome).toBe(outcome);
  expect(found.words).toMatchObject(words);
});
