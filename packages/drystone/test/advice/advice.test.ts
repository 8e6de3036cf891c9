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
    readonly assessments: readonly { readonly id: string; readonly verdict: string; readonly value: number | null; readonly sample: { readonly n: number } | null; readonly reasons: readonly string[] }[];
  }[];
}

async function split(declared: Declared, withDeploys = true) {
  writeFileSync(join(shop, "drystone.yaml"), drystoneYaml(declared));
  const { code, stdout, stderr } = await drystone([
    ...["advise", "split", "payments", "--path", shop, "--format", "json", "--no-cache", "--as-of", "2026-11-20"],
    ...(withDeploys ? ["--deploys", deploysFile] : []),
  ]);
  if (code !== 0) throw new Error(stderr);
  const [advice] = (JSON.parse(stdout) as Printed).advice;
  if (advice === undefined) throw new Error("no advice");
  return { outcome: advice.outcome, of: new Map(advice.assessments.map((one) => [one.id, one])), advice };
}

test("pays: every prerequisite, the baseline, and a boundary that removes more hours than it costs; the numbers are the plan's", async () => {
  const { outcome, of, advice } = await split(plain);
  expect(advice.assessments.map(({ id, verdict, reasons }) => [id, verdict, verdict === "unknown" || verdict === "no" ? reasons[0] : ""])).toEqual([]);
  expect(outcome).toBe("pays");
  expect(of.get("changes-alone")?.sample?.n).toBe(truth.changes);
});
