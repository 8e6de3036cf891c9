/** From a broken rule to a violation: how strictly it counts, and its key. */
import type { Evidence } from "#model/evidence.js";
import { maxEvidence } from "#model/evidence.js";
import type { ImportKind } from "#model/import-kind.js";
import type { BoundaryRule, Enforcement, ModuleFact, Policy, PolicyPlace } from "#model/modules.js";
import type { Violation } from "#model/policy.js";
import { componentRef, type Ref } from "#model/refs.js";
import type { Finding } from "#model/result.js";
import { fingerprint } from "#util/fingerprint.js";

export const assessmentId = "module-boundaries";

/** What is no mistake in itself is shown and does not fail. */
const shownOnly: ReadonlySet<BoundaryRule> = new Set(["unassigned", "unused-use", "unused-allow", "unreadable"]);

/** Rules that protect the module that is used; its own word counts before that of the importer. */
const protectsTarget: ReadonlySet<BoundaryRule> = new Set([
  "private-import",
  "not-visible",
  "cross-team-private",
  "foreign-table",
]);

/** The word of the modules, then of the whole policy, then the default. */
export function enforcementOf(policy: Policy, rule: BoundaryRule, from: ModuleFact | null, to: ModuleFact | null): Enforcement {
  const words = protectsTarget.has(rule) ? [to, from] : [from];
  for (const module of words) {
    const word = module?.enforce[rule];
    if (word !== undefined) return word;
  }
  return policy.enforce[rule] ?? (shownOnly.has(rule) ? "warn" : "new");
}

export interface Draft {
  readonly rule: BoundaryRule;
  readonly enforcement: Exclude<Enforcement, "off">;
  /** The module that has to change. */
  readonly module: Ref;
  readonly subjects: readonly Ref[];
  readonly from: string;
  readonly to: string;
  readonly kind: ImportKind | null;
  readonly message: string;
  readonly fix: string;
  readonly location: Finding["location"];
  /** The lesser: shown as a note. */
  readonly isNote?: boolean;
  readonly value?: number;
  readonly unit?: string;
  readonly evidence?: readonly Evidence[];
  readonly evidenceTotal?: number;
}

export function violation(draft: Draft): Violation {
  const { rule, enforcement, location } = draft;
  const code = `${assessmentId}/${rule}`;
  const place: Evidence[] = location === null ? [] : [{ type: "file", ...location }];
  const evidence = draft.evidence ?? place;
  return {
    enforcement,
    key: { rule: code, module: draft.module, from: draft.from, to: draft.to, kind: draft.kind },
    finding: {
      code,
      severity: draft.isNote ? "note" : enforcement === "warn" ? "warning" : "error",
      state: "new",
      subjects: draft.subjects,
      message: draft.message,
      fix: draft.fix,
      value: draft.value ?? null,
      unit: draft.unit ?? null,
      sample: null,
      location,
      evidence: evidence.slice(0, maxEvidence),
      evidenceTotal: draft.evidenceTotal ?? evidence.length,
      fingerprint: fingerprint(code, draft.from, draft.to),
    },
  };
}

/** A violation that stands where something is declared; none where the rule is off. @param module whose declaration it is; null for the whole policy. */
export function violationOfDeclaration(
  policy: Policy,
  rule: Draft["rule"],
  module: ModuleFact | null,
  place: PolicyPlace,
  rest: Pick<Draft, "from" | "to" | "message" | "fix">,
  repository: string,
): Violation[] {
  const enforcement = enforcementOf(policy, rule, module, null);
  if (enforcement === "off") return [];
  const ref = module?.ref ?? componentRef(repository);
  return [
    violation({
      rule,
      enforcement,
      module: ref,
      subjects: [ref],
      kind: null,
      location: { repository, ...place },
      evidence: [{ type: "declaration", repository, ...place }],
      ...rest,
    }),
  ];
}
