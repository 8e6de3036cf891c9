import { afterAll, describe, expect, test } from "vitest";
import { git, workspace } from "../fakes/index.js";
import { drawParameters, type PlantedParameters, type PlantedTruth, plantHistory, writePlanted } from "./index.js";

const scratch = workspace();
afterAll(() => scratch.cleanup());

const plain: PlantedParameters = {
  seed: 1,
  services: 8,
  changeSets: 200,
  ripple: 0.3,
  hub: false,
  style: "commit",
  sweeps: 5,
  bots: 20,
  noise: true,
  renames: 2,
  graftDaysBeforeEnd: null,
  cut: "none",
  older: 40,
};

describe("the truth of the plan is what a reader of the repository counts", () => {
  test.each<[string, Partial<PlantedParameters>]>([
    ["commits", {}],
    ["squash merges", { style: "squash", seed: 2 }],
    ["merged branches", { style: "merge", seed: 3 }],
    ["tickets", { style: "ticket", seed: 4 }],
    ["a hub", { hub: true, seed: 5 }],
    ["a graft", { graftDaysBeforeEnd: 150, seed: 6, renames: 0 }],
    ["a graft and renames", { graftDaysBeforeEnd: 200, seed: 7, renames: 3 }],
    ["three services", { services: 3, ripple: 0.1, seed: 8 }],
    ["twenty services", { services: 20, ripple: 0.7, seed: 9 }],
    ["a cut beyond the window", { cut: "before-window", seed: 10 }],
  ])("%s", (name, change) => {
    const parameters = { ...plain, ...change };
    const directory = scratch.path(name);
    const truth = writePlanted(directory, parameters);
    expect(countedFromGit(directory, parameters, truth)).toEqual(truth.ripple);
  });
});

test("a hundred draws: no accident makes a hub, and the planted probability is that of the counted sets", () => {
  let surprise = 0;
  let variance = 0;
  for (let seed = 1000; seed < 1100; seed++) {
    const { truth } = plantHistory(drawParameters(seed));
    surprise += truth.ripple.numerator - truth.planted * truth.ripple.denominator;
    variance += truth.planted * (1 - truth.planted) * truth.ripple.denominator;
  }
  // The sum over all draws, in standard deviations.
  expect(Math.abs(surprise / Math.sqrt(variance))).toBeLessThan(3);
});

test("the same parameters give the same repository", () => {
  const heads = ["first", "second"].map((name) => {
    writePlanted(scratch.path(name), plain);
    return git(scratch.path(name), ["rev-parse", "HEAD"]);
  });
  expect(heads[0]).toBe(heads[1]);
});

test("a clone cut inside the window is shallow, and its truth says that nothing can be decided", () => {
  const truth = writePlanted(scratch.path("cut"), { ...plain, cut: "inside-window" });
  expect([git(scratch.path("cut"), ["rev-parse", "--is-shallow-repository"]), truth.decidable]).toEqual(["true", false]);
});

/** Counts again with nothing but `git log`: change sets of the mainline or of tickets, files under services/, the plan's own rule for sweeps. */
function countedFromGit(directory: string, parameters: PlantedParameters, truth: PlantedTruth): PlantedTruth["ripple"] {
  const format = ["--first-parent", "-m", "--no-renames", "--name-only", "--format=%x01%H|%ct|%P|%ae|%s"];
  const records = git(directory, ["log", ...format, "HEAD"])
    .split("\u0001")
    .slice(1);
  const sets = new Map<string, { time: number; files: Set<string>; bot: boolean }>();
  for (const record of records) {
    const [head = "", ...files] = record.split("\n");
    const [hash = "", time = "0", parents = "", email = "", subject = ""] = head.split("|");
    const merge = parents.includes(" ");
    // A graft is a merge in a history of plain commits: it is no change set.
    if (merge && parameters.style !== "merge") continue;
    const key = parameters.style === "ticket" ? (/^SHOP-\d+/.exec(subject)?.[0] ?? hash) : hash;
    const author = merge ? git(directory, ["log", "-1", "--format=%ae", `${hash}^2`]) : email;
    const set = sets.get(key) ?? { time: 0, files: new Set<string>(), bot: author.includes("[bot]") };
    sets.set(key, set);
    set.time = Math.max(set.time, Number(time));
    for (const file of files) if (/^services\/.*\/src\//.test(file)) set.files.add(file);
  }
  let numerator = 0;
  let denominator = 0;
  for (const { time, files, bot } of sets.values()) {
    const services = new Set([...files].map((file) => (file.split("/")[1] ?? "").replace("-service", "")));
    const sweep = files.size > 30 || services.size >= Math.max(4, parameters.services / 2);
    const hubOnly = services.size === 1 && truth.hub !== null && services.has(truth.hub);
    if (time < truth.from || bot || sweep || services.size === 0 || hubOnly) continue;
    denominator++;
    if (services.size >= 2) numerator++;
  }
  return { numerator, denominator };
}
