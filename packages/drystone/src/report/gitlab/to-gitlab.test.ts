import { expect, test } from "vitest";
import { checked } from "#report/_shared/fixtures/checked.js";
import { hostile } from "#report/_shared/fixtures/index.js";
import { toGitlab } from "./index.js";

test("open findings with a severity of GitLab; accepted ones are decisions", () => {
  expect(JSON.parse(toGitlab(checked))).toEqual([
    {
      description:
        "orders uses payments/service.ts, which payments keeps for itself. Use payments/index.ts, or ask team-payments for an interface.",
      check_name: "module-boundaries/private-import",
      fingerprint: "aaaa000000000001",
      severity: "major",
      location: { path: "src/orders/place order.ts", lines: { begin: 3 } },
    },
    {
      description: "payments uses orders without declaring it. Add orders to uses of payments.",
      check_name: "module-boundaries/undeclared-use",
      fingerprint: "aaaa000000000003",
      severity: "major",
      location: { path: "src/payments/refund.ts", lines: { begin: 12 } },
    },
    {
      description: "ui declares catalog and never uses it. Remove it.",
      check_name: "module-boundaries/unused-use",
      fingerprint: "aaaa000000000004",
      severity: "minor",
      location: { path: "drystone.yaml", lines: { begin: 1 } },
    },
  ]);
});

test("fingerprints differ, also of findings that are alike", () => {
  const findings = checked.assessments.flatMap((one) => one.findings);
  const [first] = findings;
  const [boundaries] = checked.assessments;
  if (!first || !boundaries) throw new Error("fixture without findings");
  const entries = JSON.parse(toGitlab({ ...checked, assessments: [{ ...boundaries, findings: [first, first] }] })) as {
    fingerprint: string;
  }[];
  expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  expect(toGitlab(hostile)).not.toMatch(/\u001b/);
});
