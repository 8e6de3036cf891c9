/** What was planted must be found, exactly; where nothing was planted, nothing may be. `npm run prove` does the same over five hundred histories. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { Assessment, Result } from "#model/index.js";
import { toJson } from "#report/json/index.js";
import { assess } from "#run/index.js";
import { workspace } from "../fakes/index.js";
import {
  type PlantedParameters,
  writeDecoupledPolyrepo,
  writeDocsRepository,
  writeExampleShop,
  writeLibraryMonorepo,
  writeMonolith,
  writePlanted,
  writePolyrepo,
} from "./index.js";

const scratch = workspace();
afterAll(() => scratch.cleanup());

const plain: PlantedParameters = {
  seed: 11,
  services: 8,
  changeSets: 200,
  ripple: 0.4,
  hub: false,
  style: "commit",
  sweeps: 6,
  bots: 25,
  noise: true,
  renames: 2,
  graftDaysBeforeEnd: null,
  cut: "none",
  older: 40,
};

describe("the pooled ripple is counted exactly", () => {
  test.each<[string, Partial<PlantedParameters>, string]>([
    ["plain commits with sweeps, bots, noise and renamed folders", {}, "present"],
    ["squash merges", { style: "squash", seed: 42 }, "present"],
    [
      "merged branches: what a branch touched counts once, and its author is who wrote it",
      { style: "merge", seed: 13 },
      "present",
    ],
    ["tickets: several commits are one change set", { style: "ticket", seed: 14 }, "present"],
    ["a hub in most of the change sets", { hub: true, changeSets: 380, seed: 15, ripple: 0.5 }, "present"],
    [
      "two repositories joined in between: only what came after counts",
      { graftDaysBeforeEnd: 180, seed: 16, renames: 0 },
      "present",
    ],
    ["a clone that ends before the window", { cut: "before-window", seed: 17 }, "present"],
    ["three services that change alone", { services: 3, ripple: 0, seed: 18, changeSets: 150 }, "absent"],
    ["twenty services that change alone", { services: 20, ripple: 0.02, seed: 19, changeSets: 400 }, "absent"],
  ])("%s", async (name, change, verdict) => {
    const directory = scratch.path(name.replace(/\W+/g, "-"));
    const truth = writePlanted(directory, { ...plain, ...change });
    const coupling = assessmentOf(await assessed(directory), "change-coupling");
    const found = {
      n: coupling.sample?.n,
      joint: Math.round((coupling.value ?? -1) * (coupling.sample?.n ?? 0)),
      verdict: coupling.verdict,
    };
    expect(found).toEqual({ n: truth.ripple.denominator, joint: truth.ripple.numerator, verdict });
    const [low, high] = coupling.interval ?? [1, 0];
    // An end at 0 may be off by rounding.
    expect(low - 1e-9 <= truth.planted && truth.planted <= high).toBe(true);
  });
});

describe("where the history at hand cannot tell, the answer is unknown and says what is missing", () => {
  test.each<[string, Partial<PlantedParameters>]>([
    ["a clone cut inside the window, everything changing together", { cut: "inside-window", seed: 21 }],
    ["a clone cut inside the window, nothing changing together", { cut: "inside-window", ripple: 0, seed: 22 }],
    ["repositories joined a fortnight ago", { graftDaysBeforeEnd: 15, ripple: 0, renames: 0, seed: 23 }],
    ["too few change sets", { changeSets: 20, ripple: 0, older: 0, seed: 24 }],
  ])("%s", async (name, change) => {
    const directory = scratch.path(name.replace(/\W+/g, "-"));
    writePlanted(directory, { ...plain, ...change });
    const coupling = assessmentOf(await assessed(directory), "change-coupling");
    expect([coupling.verdict, coupling.missing.length > 0]).toEqual(["unknown", true]);
  });
});

describe("negative controls", () => {
  test.each([
    ["one team and one deployable", writeMonolith],
    ["a workspace of libraries", writeLibraryMonorepo],
    ["documents", writeDocsRepository],
  ] as const)("%s: the six symptoms do not apply", async (name, write) => {
    const result = await assessed(write(scratch.path(name.replace(/\W+/g, "-")), 31));
    expect(symptomsOf(result)).toEqual(Object.fromEntries(symptoms.map((id) => [id, "not-applicable"])));
    expect(result.verdicts.find(({ id }) => id === "distributed-monolith")?.verdict).toBe("not-applicable");
    expect(result.headline.notApplicable).not.toBeNull();
  });

  test("five decoupled repositories without a common key: change coupling is unknown, nothing is present", async () => {
    const folder = scratch.path("apart");
    writeDecoupledPolyrepo(folder, 32);
    const found = symptomsOf(await assessed(folder));
    expect(found["change-coupling"]).toBe("unknown");
    expect(Object.values(found)).not.toContain("present");
  });
});

test("five repositories with tickets: the planted coupling is found, from a folder and from a list of paths, in any order", async () => {
  const folder = scratch.path("tickets");
  const truth = writePolyrepo(folder, { seed: 33, changeSets: 250, ripple: 0.45, keys: true });
  for (const paths of [[folder], truth.directories, [...truth.directories].reverse()]) {
    const coupling = assessmentOf(await assess({ paths, window: "12m" }), "change-coupling");
    const joint = Math.round((coupling.value ?? -1) * (coupling.sample?.n ?? 0));
    expect({ numerator: joint, denominator: coupling.sample?.n, verdict: coupling.verdict }).toEqual({
      ...truth.ripple,
      verdict: "present",
    });
  }
});

test("the example shop shows what its README says", async () => {
  const source = fileURLToPath(new URL("../../../../examples/shop", import.meta.url));
  const result = await assessed(writeExampleShop(scratch.path("example-shop"), source));
  const hot = assessmentOf(result, "change-coupling").findings.filter(({ code }) => code === "change-coupling/hot-pair");
  expect(hot.map(({ subjects }) => subjects.map((ref) => ref.split("/")[1] ?? "").sort())).toEqual(
    expect.arrayContaining([["billing", "orders"]]),
  );
  const words = Object.fromEntries(
    ["change-coupling", "developer-spread", "coordination"].map((id) => [id, assessmentOf(result, id).verdict]),
  );
  expect(words).toEqual({ "change-coupling": "present", "developer-spread": "present", coordination: "misaligned" });
  const catalog = result.model.components.find(({ name }) => name === "catalog");
  expect([catalog?.ownership.observed?.ref, catalog?.ownership.observed?.share]).toEqual(["group:default/team-catalog", 1]);
  // The whole result, so that any change of it is seen in review; UPDATE=1 writes it anew.
  const golden = `${source}/expected-result.json`;
  const named = toJson(result);
  if (process.env["UPDATE"] === "1") writeFileSync(golden, named);
  expect(named).toBe(readFileSync(golden, "utf8"));
});

const symptoms = ["change-coupling", "lockstep-deployment", "chattiness", "developer-spread", "shared-datastore", "shared-code"];

function symptomsOf(result: Result): Record<string, string> {
  return Object.fromEntries(symptoms.map((id) => [id, assessmentOf(result, id).verdict]));
}

function assessed(path: string): Promise<Result> {
  return assess({ paths: [path], window: "12m" });
}

function assessmentOf(result: Result, id: string): Assessment {
  const found = result.assessments.find((assessment) => assessment.id === id && assessment.subject === "system");
  if (!found) throw new Error(`the result does not list ${id}`);
  return found;
}
