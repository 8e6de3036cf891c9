import { describe, expect, test } from "vitest";
import { estateWith, library } from "#derive/libraries/fixtures/index.js";
import { type Shop, weekly } from "#derive/team-changes/fixtures/index.js";
import type { LibraryFact } from "#model/facts.js";
import { componentRef } from "#model/refs.js";
import { assessLibraryDrift } from "./library-drift.js";

const shop: Shop = { services: { a: null, b: null, c: null, d: null }, changes: [] };

function assessed(libraries: readonly LibraryFact[], changes: Shop["changes"] = []) {
  return assessLibraryDrift(estateWith({ ...shop, changes }, { libraries }));
}

describe("metrics.md H, worked example: a 1.0.0, b and c 1.1.0, d 2.1.0", () => {
  const { assessment, measures } = assessed([library("http", { a: "1.0.0", b: "1.1.0", c: "1.1.0", d: "2.1.0" })]);

  test("3 versions, effective 2.667, divergence .667, 2 majors: present", () => {
    expect([assessment.verdict, assessment.value]).toEqual(["present", 0.666667]);
    expect(measures).toEqual([
      {
        id: "library.divergence",
        subjects: [componentRef("http")],
        value: 0.666667,
        unit: "ratio",
        interval: null,
        sample: { n: 4, of: "services with an exact version" },
        window: null,
        detail: { library: "http", versions: 3, effective: 2.666667, majors: 2, users: 4, state: "present" },
      },
      {
        id: "library.reach",
        subjects: [componentRef("http")],
        value: 4,
        unit: "services",
        interval: null,
        sample: null,
        window: null,
        detail: { library: "http", direct: 4 },
      },
    ]);
  });

  test("one finding with the versions and where they stand; lag is said to be unknown", () => {
    expect(
      assessment.findings.map(({ code, severity, message, evidence }) => [code, severity, message, evidence.length]),
    ).toEqual([
      [
        "library-drift/divergent",
        "warning",
        "4 services use http in 3 versions: 1.1.0 (2 services), 1.0.0 (1 service), 2.1.0 (1 service) (2 major versions).",
        4,
      ],
    ]);
    expect(assessment.reasons.at(-1)).toContain("release dates are not in the repository");
  });
});

test.each<[string, readonly LibraryFact[], string]>([
  ["all in one version", [library("log", { a: "1.2.0", b: "1.2.0", c: "1.2.0" })], "absent"],
  ["folders of one repository", [library("log", { a: "workspace", b: "workspace" })], "absent"],
  ["two majors of two users", [library("log", { a: "1.2.0", b: "2.0.0" })], "present"],
  ["two versions of three users are too few users", [library("log", { a: "1.2.0", b: "1.3.0", c: "1.2.0" })], "mixed"],
  ["three versions of four users", [library("log", { a: "1.2.0", b: "1.3.0", c: "1.4.0", d: "1.2.0" })], "present"],
  ["ranges only", [library("log", { a: "^1.2.0", b: "^2.3.0" })], "unknown"],
  ["exact for half of the users", [library("log", { a: "1.2.0", b: "1.2.0", c: "^1.0.0", d: "^1.0.0" })], "unknown"],
  ["exact for three of four", [library("log", { a: "1.2.0", b: "1.2.0", c: "1.2.0", d: "^1.0.0" })], "absent"],
  ["one user only", [library("log", { a: "1.2.0" })], "not-applicable"],
  ["third party only", [library("react", { a: "1.0.0", b: "2.0.0", c: "3.0.0" }, { internal: false })], "not-applicable"],
  ["nothing read", [], "unknown"],
])("%s", (_, libraries, verdict) => {
  expect(assessed(libraries).assessment.verdict).toBe(verdict);
});

test("third-party libraries are counted together; those in several majors are notes, ten at most", () => {
  const apart = Array.from({ length: 14 }, (_, at) =>
    library(`lib${at}`, { a: "1.0.0", b: "2.0.0", c: "1.0.0" }, { internal: false }),
  );
  const { assessment, measures } = assessed([
    ...apart,
    library("same", { a: "1.0.0", b: "1.0.0", c: "1.0.0" }, { internal: false }),
  ]);
  expect(assessment.findings.map(({ severity }) => severity)).toEqual(Array(10).fill("note"));
  expect(measures).toEqual([
    {
      id: "library.third-party-divergence",
      subjects: ["system"],
      value: 0.466667,
      unit: "ratio",
      interval: null,
      sample: { n: 15, of: "third-party libraries" },
      window: null,
      detail: { severalVersions: 14, severalMajors: 14, withoutExactVersions: 0 },
    },
  ]);
});

test("changes that touch nothing but lock files and manifests", () => {
  const changes = [
    ...weekly(3, { by: ["ada"], touches: ["a/package-lock.json", "a/package.json"] }),
    ...weekly(5, { by: ["ada"], touches: ["a/package.json", "a/src/main.js"] }, 7, 1),
    ...weekly(2, { by: ["dependabot[bot]"], touches: ["b/package-lock.json"] }, 7, 2),
  ];
  const { measures } = assessed([library("log", { a: "1.2.0", b: "1.2.0" })], changes);
  expect(measures.find(({ id }) => id === "library.upgrade-only")).toMatchObject({
    value: 0.375,
    sample: { n: 8, of: "change sets" },
    detail: { byPeople: 3, byBots: 2 },
  });
});
