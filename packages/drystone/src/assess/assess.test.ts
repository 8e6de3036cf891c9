import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { smallEstate } from "#derive/team-changes/fixtures/index.js";
import { assessAll, judgeDistributedMonolith } from "./index.js";

const folders = readdirSync(fileURLToPath(new URL(".", import.meta.url)), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["_shared", "not-yet", "distributed-monolith"].includes(entry.name))
  .map(({ name }) => name);
const ids = [
  [
    "change-coupling",
    "lockstep-deployment",
    "chattiness",
    "developer-spread",
    "shared-datastore",
    "shared-code",
    "library-drift",
    "boundary-quality",
  ],
  ["ownership", "coordination", "team-shape", "flow"],
  ["interface-mandate", "module-boundaries", "contract-compatibility"],
].flat();

test("every assessment of result.md is listed once, and every folder is an assessment", () => {
  const listed = assessAll(smallEstate({ services: { a: null, b: null, c: null }, changes: [] })).assessments.map(({ id }) => id);
  expect(listed.toSorted()).toEqual([...ids, "module-coupling"].toSorted());
  for (const folder of folders) expect(listed).toContain(folder);
});

test("nothing known: unknown, with inputs that would decide; nothing is present and nothing is absent", () => {
  const estate = smallEstate({ services: { a: null, b: null, c: null }, changes: [] });
  const { assessments } = assessAll(estate);
  for (const { id, verdict, missing } of assessments) {
    expect([id, verdict]).toEqual([id, id === "module-coupling" ? "not-applicable" : "unknown"]);
    if (verdict === "unknown") expect([id, missing.length > 0 && missing.every(({ how }) => how.length > 0)]).toEqual([id, true]);
  }
  expect(judgeDistributedMonolith(estate, assessments)).toMatchObject({
    verdict: "unknown",
    counts: { present: 0, absent: 0, unknown: 6 },
  });
});

test.each<[string, Record<string, string>, string]>([
  [
    "three present with change coupling",
    { "change-coupling": "present", chattiness: "present", "shared-code": "present", "shared-datastore": "absent" },
    "likely",
  ],
  [
    "three present without change coupling or lockstep",
    { chattiness: "present", "shared-code": "present", "shared-datastore": "present", "developer-spread": "absent" },
    "mixed",
  ],
  [
    "one present and four absent",
    {
      "change-coupling": "present",
      chattiness: "absent",
      "shared-code": "absent",
      "shared-datastore": "absent",
      "developer-spread": "absent",
    },
    "unlikely",
  ],
  [
    "four absent",
    { chattiness: "absent", "shared-code": "absent", "shared-datastore": "absent", "developer-spread": "absent" },
    "unlikely",
  ],
  [
    "two present",
    { "change-coupling": "present", "lockstep-deployment": "present", chattiness: "absent", "shared-code": "absent" },
    "mixed",
  ],
  ["three known", { "change-coupling": "present", "lockstep-deployment": "present", chattiness: "present" }, "unknown"],
])("metrics.md K: %s", (_, words, verdict) => {
  const estate = smallEstate({ services: { a: null, b: null, c: null }, changes: [] });
  const assessments = assessAll(estate).assessments.map((assessment) => ({
    ...assessment,
    verdict: (words[assessment.id] ?? assessment.verdict) as "present",
  }));
  expect(judgeDistributedMonolith(estate, assessments).verdict).toBe(verdict);
});

test("metrics.md K: fewer than three services", () => {
  const estate = smallEstate({ services: { a: null, b: null }, changes: [] });
  expect(judgeDistributedMonolith(estate, assessAll(estate).assessments).verdict).toBe("not-applicable");
});
