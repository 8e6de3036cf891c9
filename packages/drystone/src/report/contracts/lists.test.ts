import { expect, test } from "vitest";
import type { Assessment, Result } from "#model/result.js";
import { checklistToMarkdown, compatibleToMarkdown, contractListToMarkdown, contractListToText } from "./index.js";

const finding = {
  code: "contract-compatibility/response-property-removed",
  severity: "error",
  state: "new",
  subjects: ["api:default/orders"],
  message: 'web with orders: GET /orders: "total" | was always there and is gone.',
  fix: "Keep sending it.",
  value: null,
  unit: null,
  sample: null,
  location: { repository: "shop", file: "orders/openapi.yaml", line: 9 },
  evidence: [],
  evidenceTotal: 0,
  fingerprint: "f",
} as const;
const assessment: Assessment = {
  id: "contract-compatibility",
  subject: "component:default/orders",
  question: "May orders@v2 run in production with what runs there now?",
  verdict: "not-met",
  value: 1,
  unit: "breaking changes",
  interval: null,
  level: 0.95,
  sample: { n: 1, of: "pairs of services that talk" },
  conditions: [{ text: "web@v1 with orders@v2", met: false, source: "docs.pact.io/can_i_deploy" }],
  comparison: null,
  grade: "B",
  reasons: ["0 of 1 pair of services keep each other's contract.", "Schemas are compared."],
  missing: [],
  findings: [finding],
};
const contract = { kind: "openapi", version: "1.0.0" } as const;
const result: Result = {
  schema: "drystone.result/1",
  tool: { name: "drystone", version: "0.1.0", command: "contracts" },
  inputs: {
    asOf: "2026-11-20",
    system: "shop",
    repositories: [],
    sources: [],
    problems: [{ path: "deploys.csv", line: 3, message: "deploys.csv:3 names no service", hint: "" }],
  },
  headline: {
    question: "Which contracts are there?",
    answer: "2 contracts of 1 provider.",
    notApplicable: null,
    assessment: null,
  },
  model: {
    components: [],
    resources: [],
    teams: [],
    contracts: [
      { ...contract, ref: "api:default/orders", provider: "component:default/orders", file: "orders/openapi.yaml" },
      { ...contract, ref: "api:default/lost", provider: null, file: "lost.yaml" },
    ],
    operations: [],
    libraries: [],
    relations: [],
    unresolved: [],
  },
  measures: [],
  assessments: [assessment],
  verdicts: [],
  advice: [],
  parameters: {},
};

test("contracts by provider", () => {
  expect(contractListToMarkdown(result)).toBe(`## Contracts of shop

2 contracts of 1 provider.

### orders
no consumer seen

- orders: openapi 1.0.0 (orders/openapi.yaml)

### No provider known
- lost: openapi 1.0.0 (lost.yaml)

- deploys.csv:3 names no service
`);
  expect(contractListToText(result, { columns: 80, colour: false, people: "teams" })).toContain("No provider known");
});

test("whether versions get on", () => {
  expect(compatibleToMarkdown(result).split("\n")).toEqual([
    "## Which contracts are there?",
    "",
    "**● No.** 0 of 1 pair of services keep each other's contract. Schemas are compared.",
    "",
    "|  |  |",
    "|---|---|",
    "| ● not met | web@&#8203;v1 with orders@&#8203;v2 |",
    "",
    "|  | what | where | fix |",
    "|---|---|---|---|",
    expect.stringMatching(
      /^\| error \| web with orders: .{0,60} was always there and is gone\. \| orders\/openapi.yaml:9 \| Keep sending it\. \|$/,
    ),
    "",
    "- deploys.csv:3 names no service",
    "",
  ]);
});

test("the checklist", () => {
  expect(checklistToMarkdown(result)).toContain("### orders\n\n0 of 1 pair of services keep each other's contract.\n\n|  |  |\n");
});
