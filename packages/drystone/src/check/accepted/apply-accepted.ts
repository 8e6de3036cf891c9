/** Sets what was found against what was accepted. Pure: the date comes from outside. */
import type { AcceptedFact, Violation } from "#model/policy.js";
import type { Finding } from "#model/result.js";
import { fingerprint } from "#util/fingerprint.js";
import { matchAccepted, type Renames } from "./match.js";
import { keyText } from "./violation-key.js";

export interface AcceptedOptions {
  /** Files that were moved since an entry was written. */
  readonly renames?: Renames;
  /** Assessments that ran: an entry of another one was not tried and so is not unused. Null: all of them. */
  readonly assessments?: ReadonlySet<string> | null;
  /** An entry that stands for nothing is an error instead of a warning. */
  readonly strictAccepted?: boolean;
}

export interface Applied {
  /** One per violation, in the same order, then one for each entry that is unused or incomplete. */
  readonly findings: readonly Finding[];
  /** By violation: the entry that was set against it, counted or not. */
  readonly entries: readonly (AcceptedFact | null)[];
  readonly unused: readonly AcceptedFact[];
  /** Used, but without owner or reason. */
  readonly incomplete: readonly AcceptedFact[];
}

/**
 * - an entry for the violation: `accepted`, with owner, reason and end;
 * - past its end (the day itself still counts): `expired`, which fails like a new one;
 * - `strict`: fails whatever was accepted; `warn`: never more than a warning.
 * @param asOf ISO date.
 */
export function applyAccepted(
  violations: readonly Violation[],
  accepted: readonly AcceptedFact[],
  asOf: string,
  options: AcceptedOptions = {},
): Applied {
  const { entries, unused } = matchAccepted(violations, accepted, options.renames);
  const tried = unused.filter(({ rule }) => options.assessments?.has(assessmentOf(rule)) ?? true);
  const used = entries.filter((entry) => entry !== null);
  const incomplete = used.filter(isIncomplete);
  return {
    findings: [
      ...violations.map((violation, index) => settled(violation, entries[index] ?? null, asOf)),
      ...tried.map((entry) => unusedAcceptance(entry, options.strictAccepted ?? false)),
      ...incomplete.map(incompleteAcceptance),
    ],
    entries,
    unused: tried,
    incomplete,
  };
}

/** True for an entry that does not say who decided it, or why. */
export function isIncomplete({ owner, reason }: Pick<AcceptedFact, "owner" | "reason">): boolean {
  return owner === null || reason === null;
}

/** True from the day after its end. @param asOf ISO date. */
export function isExpired({ until }: Pick<AcceptedFact, "until">, asOf: string): boolean {
  return until !== null && until < asOf.slice(0, 10);
}

function settled({ finding, enforcement }: Violation, entry: AcceptedFact | null, asOf: string): Finding {
  const severity = enforcement === "warn" && finding.severity === "error" ? "warning" : finding.severity;
  // A comment in the program text allows it already.
  if (finding.state === "accepted") return finding;
  if (entry === null) return { ...finding, severity, state: "new" };
  const decision = { owner: entry.owner, reason: entry.reason, until: entry.until };
  const place = `${entry.file}:${entry.line}`;
  if (enforcement === "strict")
    return {
      ...finding,
      state: "new",
      fix: `${sentence(finding.fix)} The acceptance in ${place} does not count: the rule is strict here.`,
    };
  if (isExpired(entry, asOf))
    return {
      ...finding,
      severity,
      state: "expired",
      fix: `${sentence(finding.fix)} The acceptance in ${place} ended on ${entry.until}; renew it with drystone accept only if the decision still stands.`,
      decision,
    };
  return { ...finding, severity, state: "accepted", decision };
}

function unusedAcceptance(entry: AcceptedFact, strict: boolean): Finding {
  return {
    ...about(entry, "unused-acceptance"),
    severity: strict ? "error" : "warning",
    message: `The acceptance of ${entry.rule} from ${entry.from} to ${entry.to} matches nothing any more.`,
    fix: "Remove it: drystone accept --prune",
  };
}

function incompleteAcceptance(entry: AcceptedFact): Finding {
  const lacks = [...(entry.owner === null ? ["owner"] : []), ...(entry.reason === null ? ["reason"] : [])];
  return {
    ...about(entry, `acceptance-without-${lacks[0] ?? "reason"}`),
    severity: "warning",
    message: `The acceptance of ${entry.rule} from ${entry.from} to ${entry.to} has no ${lacks.join(" and no ")}.`,
    fix: `Write the ${lacks.join(" and the ")} into the entry: somebody has to know why it is there.`,
  };
}

function about(entry: AcceptedFact, rule: string): Omit<Finding, "severity" | "message" | "fix"> {
  const { repository, file, line } = entry;
  const evidence = [{ type: "declaration", repository, file, line } as const];
  return {
    code: `${assessmentOf(entry.rule)}/${rule}`,
    state: "new",
    subjects: entry.module === "" ? [] : [entry.module],
    value: null,
    unit: null,
    sample: null,
    location: { repository, file, line },
    evidence,
    evidenceTotal: 1,
    fingerprint: fingerprint(rule, keyText(entry)),
  };
}

function assessmentOf(rule: string): string {
  return rule.split("/")[0] ?? rule;
}

/** With its full stop, so that another sentence may follow. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
