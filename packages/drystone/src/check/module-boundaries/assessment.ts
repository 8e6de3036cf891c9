/** The verdict on module boundaries, with what was checked, what was not, and why. */
import { judged } from "#model/judged.js";
import type { ModuleFact, Policy } from "#model/modules.js";
import type { Assessment, Condition, Finding, Missing } from "#model/result.js";
import { counted, thousands } from "#util/words.js";
import type { BoundaryCounts } from "./module-boundaries.js";
import { assessmentId } from "./violating.js";

const question = "Do modules use each other only as declared?";
const source = "docs/check.md";

/** @param findings with accepted ones told apart. @param command that shows all: `drystone check`. */
export function boundaryAssessment(
  policy: Policy,
  counts: BoundaryCounts,
  findings: readonly Finding[],
  unresolvedShare: number,
): Assessment {
  const failing = findings.filter(({ severity, state }) => severity === "error" && state !== "accepted");
  const conditions = conditionsOf(policy, counts, findings, unresolvedShare);
  const verdict =
    counts.imports === 0 || policy.modules.length === 0
      ? failing.length > 0
        ? "not-met"
        : "unknown"
      : failing.length > 0
        ? "not-met"
        : conditions.some(({ met }) => met !== true)
          ? "unknown"
          : "met";
  return judged({
    id: assessmentId,
    subject: "system",
    question,
    verdict,
    value: findings.length === 0 && counts.imports === 0 ? null : failing.length,
    unit: "violations",
    sample: { n: counts.crossing, of: "imports between modules" },
    conditions,
    grade: counts.imports === 0 ? null : "B",
    reasons: reasonsOf(policy, counts, findings),
    missing: missingOf(policy, counts),
    findings,
  });
}

function conditionsOf(
  policy: Policy,
  counts: BoundaryCounts,
  findings: readonly Finding[],
  unresolvedShare: number,
): Condition[] {
  const broken = findings.filter(({ severity, state }) => severity === "error" && state !== "accepted").length;
  const { unresolved } = counts;
  return [
    { text: "there are modules, declared or inferred", met: policy.modules.length > 0, source },
    { text: "modules are declared, so that there is something to keep", met: policy.declared, source },
    { text: "imports were read", met: counts.imports > 0, source },
    { text: "no rule is broken, accepted violations aside", met: counts.imports === 0 ? null : broken === 0, source },
    {
      text: `at most ${percent(unresolvedShare)} of the imports that look internal lead nowhere (${unresolved.count} of ${unresolved.of})`,
      met: unresolved.of === 0 ? null : unresolved.share <= unresolvedShare,
      source,
    },
    ...(policy.declared && counts.imports > 0
      ? [{ text: "most of the source belongs to modules", met: counts.outside * 2 <= counts.files, source }]
      : []),
    { text: "every source file could be read", met: counts.unreadable === 0, source },
  ];
}

function reasonsOf(policy: Policy, counts: BoundaryCounts, findings: readonly Finding[]): string[] {
  const { modules } = policy;
  const failing = findings.filter(({ severity, state }) => severity === "error" && state !== "accepted").length;
  const accepted = findings.filter(({ state }) => state === "accepted").length;
  const how = policy.declared
    ? `declared in ${policy.file ?? "drystone.yaml"}`
    : "inferred from workspaces, packages and folders";
  const reasons = [
    counts.imports === 0
      ? "No import was read: there is no source file of a language whose imports are known."
      : `${counted(counts.crossing, "import")} between ${counted(modules.length, "module")} (${how}) of ${counted(counts.imports, "import")} in ${counted(counts.files, "file")}: ${failing === 0 ? "no new violation" : counted(failing, "violation")}${accepted > 0 ? `, ${accepted} accepted` : ""}.`,
  ];
  if (modules.length === 0 && counts.imports > 0)
    reasons.push("The source is one piece: no workspace, package or top folder tells modules apart, and none is declared.");
  if (policy.declared && counts.outside * 2 > counts.files)
    reasons.push(
      `${thousands(counts.outside)} of ${counted(counts.files, "source file")} belong to no module: nothing is known about what they use.`,
    );
  const { unresolved } = counts;
  if (unresolved.of > 0)
    reasons.push(
      `${unresolved.count} of ${thousands(unresolved.of)} imports that look internal lead nowhere (${percent(unresolved.share)}).`,
    );
  const skipped = [
    ...(counts.skippedTests > 0 ? [`${counted(counts.skippedTests, "import")} of tests`] : []),
    ...(counts.skippedTypes > 0 ? [`${counted(counts.skippedTypes, "import")} of types`] : []),
  ];
  if (skipped.length > 0) reasons.push(`Not judged, as the policy says: ${skipped.join(" and ")} between modules.`);
  const off = rulesThatAreOff(policy);
  if (off.length > 0 && counts.imports > 0) reasons.push(`Off for want of a declaration: ${off.join("; ")}.`);
  return reasons;
}

/** Which rules have nothing to go by, and the key that gives it to them. */
function rulesThatAreOff({ modules, layers, rules, declared }: Policy): string[] {
  const no = (test: (module: ModuleFact) => boolean) => !modules.some(test);
  return [
    ...(no(({ uses }) => uses !== null) ? ["undeclared-use and unused-use (uses)"] : []),
    ...(no(({ faceSource }) => faceSource !== "open") ? ["private-import (public)"] : []),
    ...(no(({ visibleTo }) => visibleTo !== null) ? ["not-visible (visibleTo)"] : []),
    ...(layers.length === 0 ? ["layer (layers)"] : []),
    ...(rules.every(({ effect }) => effect !== "deny") ? ["deny (rules)"] : []),
    ...(no(({ owners }) => owners.length > 0) ? ["cross-team-private (owner, or CODEOWNERS)"] : []),
    ...(declared ? [] : ["unassigned (modules)"]),
  ];
}

function missingOf(policy: Policy, counts: BoundaryCounts): Missing[] {
  if (counts.imports === 0)
    return [{ input: "source files with imports", how: "drystone check PATH   (the folder of the repository)" }];
  if (policy.modules.length === 0 || !policy.declared)
    return [
      {
        input: "modules, what they show and what they may use",
        how: "drystone init   (writes drystone.yaml; then drystone check)",
      },
    ];
  return [];
}

function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.1) return "below 0.1 %";
  return `${value !== 0 && value < 10 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)} %`;
}
