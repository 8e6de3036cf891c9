import { describe, expect, test } from "vitest";
import { following, monday, officeHours } from "#derive/deploys/fixtures/index.js";
import { smallEstate } from "#derive/team-changes/fixtures/index.js";
import type { DeployFact, DeploymentFact, Facts } from "#model/facts.js";
import { componentRef, shortName } from "#model/refs.js";
import { assessLockstepDeployment } from "./index.js";

const services = { a: null, b: null, c: null, d: null };
const day = 86_400;

function assessed(facts: Partial<Facts>, names: Record<string, null> = services) {
  const estate = smallEstate({ services: names, changes: [] });
  const { assessment, measures } = assessLockstepDeployment({ ...estate, facts: { ...estate.facts, ...facts } });
  return {
    ...assessment,
    told: assessment.findings.map(({ code, subjects, value, evidenceTotal }) => [
      code,
      subjects.map(shortName).join(" "),
      value,
      evidenceTotal,
    ]),
    ids: [...new Set(measures.map(({ id }) => id))],
    measures,
  };
}

function deploysOf(times: Readonly<Record<string, readonly number[]>>, more: Partial<DeployFact> = {}): DeployFact[] {
  return Object.entries(times)
    .flatMap(([service, own]) =>
      own.map(
        (time, index): DeployFact => ({
          id: `${service}-${index}`,
          component: componentRef(service),
          service,
          version: `${index}`,
          environment: "production",
          time,
          success: true,
          proxy: false,
          source: "log",
          ...more,
        }),
      ),
    )
    .sort((x, y) => x.time - y.time);
}

/** The night as the version of all that went out in it. */
function oneVersion(deploys: readonly DeployFact[]): DeployFact[] {
  return deploys.map((deploy) => ({ ...deploy, version: `nightly-${deploy.version}` }));
}

function manifests(images: Readonly<Record<string, string>>): DeploymentFact[] {
  return Object.entries(images).map(([service, image], index) => ({
    subject: componentRef(service),
    format: "compose",
    repository: "shop",
    file: "compose.yaml",
    line: index + 2,
    variant: "",
    name: service,
    image,
    imageExpression: image,
    ports: [],
    exposed: false,
    volumes: [],
    networkMode: null,
    ipc: null,
  }));
}

const shared = manifests({ a: "shop/a:${TAG}", b: "shop/b:${TAG}", c: "shop/c:${TAG}", d: "shop/d:${D}" });
const apart = manifests({ a: "shop/a:${A}", b: "shop/b:${B}", c: "shop/c:${C}", d: "shop/d:${D}" });
/** Own days for each: Monday, Tuesday, Wednesday, Thursday. */
const onOwnDays = Object.fromEntries(
  Object.keys(services).map((service, index) => [
    service,
    Array.from({ length: 26 }, (_, week) => monday + (week * 7 + index) * day + 36_000),
  ]),
);
/** Every night, five minutes apart. */
const nights = Array.from({ length: 84 }, (_, night) => monday + night * day + 7200);
const nightly = { a: nights, b: nights.map((time) => time + 300) };
/** Most nights; on the others there is nothing to deploy. */
const someNights = nights.filter((_, night) => night % 8 !== 3 && night % 7 !== 5);
const bundled = { ...smallEstate({ services, changes: [] }).facts.config, distribution: "bundled" as const };
const leader = officeHours(26, 0.5, 7);
const dense = officeHours(10, 40, 3);
const coupled = { a: leader, b: following(leader, 0.9, 26, 3), c: officeHours(26, 0.5, 21), d: officeHours(26, 0.5, 35) };

describe("verdicts", () => {
  test.each<[string, Partial<Facts>, string, string | null]>([
    ["nothing known", {}, "unknown", null],
    ["one version for three of four services", { deployments: shared }, "present", "C"],
    [
      "the same version written at each image",
      { deployments: manifests({ a: "shop/a:1.2", b: "shop/b:1.2", c: "shop/c:1.2" }) },
      "mixed",
      "C",
    ],
    ["a version each, no deploys", { deployments: apart }, "unknown", "C"],
    ["deploys on days of their own", { deploys: deploysOf(onOwnDays) }, "absent", "B"],
    ["deploys on days of their own against one version", { deploys: deploysOf(onOwnDays), deployments: shared }, "mixed", "B"],
    ["two of four together", { deploys: deploysOf(coupled) }, "present", "B"],
    [
      "so many a day that half an hour always holds both: one may follow the other",
      {
        deploys: deploysOf({
          a: dense,
          b: following(dense, 0.5, 10, 9)
            .map((time) => time + 900)
            .toSorted((a, b) => a - b),
        }),
      },
      "unknown",
      "B",
    ],
    ["so many a day, each on its own", { deploys: deploysOf({ a: dense, b: officeHours(10, 20, 77) }) }, "absent", "B"],
    ["both every night: their hours tell nothing", { deploys: deploysOf(nightly) }, "unknown", "B"],
    ["both every night, one version", { deploys: oneVersion(deploysOf(nightly)) }, "present", "B"],
    [
      "both on the same nights, and none on the others",
      { deploys: deploysOf({ a: someNights, b: someNights.map((time) => time + 300) }) },
      "present",
      "B",
    ],
    [
      "both on three nights of four, each on its own",
      { deploys: deploysOf({ a: nights.filter((_, at) => at % 4 !== 0), b: nights.filter((_, at) => at % 4 !== 2) }) },
      "mixed",
      "B",
    ],
    ["two of four together, sold as one bundle", { deploys: deploysOf(coupled), config: bundled }, "mixed", "B"],
    ["one version for three of four, sold as one bundle", { deployments: shared, config: bundled }, "mixed", "C"],
    ["tags instead of deploys", { deploys: deploysOf(coupled, { proxy: true }) }, "present", "C"],
    ["too few deploys", { deploys: deploysOf({ a: leader.slice(0, 10), b: leader.slice(0, 10) }) }, "unknown", null],
    ["many deploys of five weeks", { deploys: deploysOf({ a: officeHours(5, 2, 1), b: officeHours(5, 2, 2) }) }, "unknown", null],
    ["deploys to test only", { deploys: deploysOf(coupled, { environment: "staging" }) }, "unknown", null],
    ["names that lead nowhere", { deploys: deploysOf(coupled, { component: null }) }, "unknown", null],
  ])("%s", (_, facts, verdict, grade) => {
    const found = assessed(facts);
    expect([found.verdict, found.grade]).toEqual([verdict, grade]);
    if (verdict === "unknown") expect(found.missing.length).toBe(1);
    expect(found.reasons.length).toBeGreaterThan(0);
  });

  test("one service: the question does not apply", () => expect(assessed({}, { a: null }).verdict).toBe("not-applicable"));
});

test("a pair in lockstep is shown with its deploys and its cause", () => {
  const { told, findings } = assessed({ deploys: deploysOf(coupled) });
  expect(told).toEqual([["lockstep-deployment/together", "a b", expect.any(Number), expect.any(Number)]]);
  expect(findings[0]?.message).toMatch(
    /^\d+ of \d+ deploys of [ab] came with one of [ab] within \d+ minutes; working days and hours explain \d+ %\. Neither a common version, nor a fixed hour, nor a contract explains it\.$/,
  );
  expect(findings[0]?.evidence[0]).toMatchObject({ type: "deploy" });
});

test("what starts at the same hour every night is shown, and is no lockstep", () => {
  const { told, reasons, missing } = assessed({ deploys: deploysOf(nightly) });
  expect(told).toEqual([["lockstep-deployment/timed", "a b", 1, 84]]);
  expect(reasons[0]).toContain("their times cannot tell");
  expect(missing[0]?.input).toContain("the version of each deploy");
});

test("causes: a common version, a fixed hour of the week", () => {
  const tuesdays = Array.from({ length: 26 }, (_, week) => monday + (week * 7 + 1) * day + 36_000);
  const train = assessed({ deploys: deploysOf({ a: tuesdays, b: tuesdays.map((time) => time + 900) }) });
  expect(train.findings[0]?.message).toContain("a release train");
  const umbrella = assessed({ deploys: deploysOf(coupled), deployments: shared });
  expect(umbrella.findings.find(({ code }) => code.endsWith("together"))?.message).toContain("One version stands for both");
  expect([umbrella.verdict, umbrella.grade]).toEqual(["present", "A"]);
});

test("a version for several services is shown with its places", () => {
  const { told, findings, reasons } = assessed({ deployments: shared });
  expect(told).toEqual([["lockstep-deployment/shared-version", "a b c", 3, 3]]);
  expect(findings[0]?.location).toEqual({ repository: "shop", file: "compose.yaml", line: 2 });
  expect(reasons[0]).toContain("suggest");
});

test("canaries and repeated deploys of one version count once", () => {
  const canaries = deploysOf(onOwnDays).flatMap((deploy) => [
    deploy,
    { ...deploy, id: `${deploy.id}b`, time: deploy.time + 600 },
  ]);
  const { measures } = assessed({ deploys: canaries });
  expect(measures.filter(({ id }) => id === "deploy.frequency").map(({ sample }) => sample?.n)).toEqual([26, 26, 26, 26]);
});

test("deploys together that fail more often than deploys alone", () => {
  const together = deploysOf({ a: leader, b: leader.map((time) => time + 300) }).map((deploy, index) => ({
    ...deploy,
    success: index % 3 !== 0,
  }));
  const alone = deploysOf({ c: leader.map((time) => time + 7 * 3600) });
  const { told, measures } = assessed({ deploys: [...together, ...alone].sort((x, y) => x.time - y.time) });
  expect(told.map(([code]) => code)).toContain("lockstep-deployment/fail-together");
  const share = (id: string) => measures.find((measure) => measure.id === id)?.value ?? -1;
  expect(share("deploy.failed-together")).toBeGreaterThan(share("deploy.failed-alone"));
});

test("measures: each week of each service, also those without a deploy", () => {
  const { ids, measures } = assessed({ deploys: deploysOf(onOwnDays) });
  expect(ids).toEqual(["deploy.week", "deploy.frequency", "deploy.together", "deploy.batch-share"]);
  const weeks = measures.filter(({ id, subjects }) => id === "deploy.week" && subjects[0] === componentRef("a"));
  expect([weeks.length, weeks[0]?.window, weeks.every(({ value }) => value === 1)]).toEqual([26, "2026-06-01", true]);
});
