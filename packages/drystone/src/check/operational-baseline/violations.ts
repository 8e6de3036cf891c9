/** What the sheets lack, one violation per service and item; remarks that say the same of several services are one. */
import { maxEvidence } from "#model/evidence.js";
import type { Violation } from "#model/policy.js";
import type { Ref } from "#model/refs.js";
import type { Finding } from "#model/result.js";
import { fingerprint } from "#util/fingerprint.js";
import { type Item, items } from "./items.js";
import type { BaselineSheet } from "./sheets.js";
import { listed, type Remark } from "./view.js";

export const id = "operational-baseline";

export function baselineViolations(sheets: readonly BaselineSheet[]): Violation[] {
  return [...sheets.flatMap(lacking), ...remarked(sheets)];
}

function lacking({ component, items: judged }: BaselineSheet): Violation[] {
  return items.flatMap((item) => {
    const one = judged.get(item.id);
    const severity = one?.severity === undefined ? severityOf(item) : one.severity;
    if (one?.verdict !== "not-met" || severity === null) return [];
    return [violation(item.id, severity, [component.ref], `${component.name}: ${one.says}.`, one.fix ?? item.fix, one.evidence)];
  });
}

/** What a split needs is no fault of a system that does not split. */
function severityOf({ beforeSplit }: Item): "error" | "warning" {
  return beforeSplit ? "warning" : "error";
}

function remarked(sheets: readonly BaselineSheet[]): Violation[] {
  const groups = new Map<string, { readonly remark: Remark; readonly of: BaselineSheet["component"][] }>();
  for (const { component, items: judged } of sheets) {
    for (const { remarks = [] } of judged.values()) {
      for (const remark of remarks) {
        // A warning is somebody's to repair; a note about a convention is one for all it is about.
        const key = remark.severity === "note" ? `${remark.rule}\0${remark.says}` : `${remark.rule}\0${component.ref}`;
        const group = groups.get(key);
        if (group) group.of.push(component);
        else groups.set(key, { remark, of: [component] });
      }
    }
  }
  return [...groups.values()].map(({ remark, of }) =>
    violation(
      remark.rule,
      remark.severity,
      of.map(({ ref }) => ref).sort(),
      `${listed(
        of.map(({ name }) => name),
        6,
      )}: ${remark.says}.`,
      remark.fix,
      remark.evidence,
    ),
  );
}

function violation(
  rule: string,
  severity: Finding["severity"],
  subjects: readonly Ref[],
  message: string,
  fix: string,
  evidence: Finding["evidence"],
): Violation {
  const code = `${id}/${rule}`;
  const [module = ""] = subjects;
  const place = evidence.find((one) => one.type === "file" || one.type === "declaration");
  return {
    enforcement: "new",
    key: { rule: code, module, from: module, to: rule, kind: null },
    finding: {
      code,
      severity,
      state: "new",
      subjects,
      message,
      fix,
      value: null,
      unit: null,
      sample: null,
      location:
        place === undefined || !("file" in place) ? null : { repository: place.repository, file: place.file, line: place.line },
      evidence: evidence.slice(0, maxEvidence),
      evidenceTotal: evidence.length,
      fingerprint: fingerprint(code, ...subjects),
    },
  };
}
