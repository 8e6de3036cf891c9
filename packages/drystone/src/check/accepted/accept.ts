/** What `drystone accept` adds to and removes from the lists of accepted findings. */
import type { AcceptedFact, Violation, ViolationKey } from "#model/policy.js";
import { isExpired } from "./apply-accepted.js";
import { matchAccepted, movedKey, type Renames } from "./match.js";

export interface AcceptRequest {
  /** Empty accepts every rule (but those that only warn) and every module. Rules with or without their assessment: `private-import`. */
  readonly rules: readonly string[];
  readonly modules: readonly string[];
  readonly reason: string | null;
  /** Null: the team of the module. */
  readonly owner: string | null;
  readonly until: string | null;
}

export interface AcceptPlan {
  /** Lists as they should be, old and new entries; the file is where an old entry stands, "" for a new one. */
  readonly entries: readonly AcceptedFact[];
  readonly added: readonly AcceptedFact[];
  /** Entries that had ended and have a new end, or that lacked an owner or a reason and have one. */
  readonly renewed: readonly AcceptedFact[];
  /** Strict: not acceptable. */
  readonly refused: readonly Violation[];
  /** Accepted before and untouched. */
  readonly kept: number;
}

/** @param ownerOf the team of a module, null when it has none. @param asOf ISO date. */
export function planAcceptance(
  violations: readonly Violation[],
  accepted: readonly AcceptedFact[],
  request: AcceptRequest,
  context: {
    readonly asOf: string;
    readonly renames: Renames;
    readonly ownerOf: (module: string) => string | null;
    readonly repositoryOf: (violation: Violation) => string;
  },
): AcceptPlan {
  const { entries: matched } = matchAccepted(violations, accepted, context.renames);
  const added: AcceptedFact[] = [];
  const renewed = new Map<AcceptedFact, AcceptedFact>();
  const refused: Violation[] = [];
  for (const [index, violation] of violations.entries()) {
    if ((violation.enforcement === "warn" && request.rules.length === 0) || !isAsked(violation.key, request)) continue;
    const entry = matched[index] ?? null;
    if (violation.enforcement === "strict") {
      refused.push(violation);
      continue;
    }
    const decision = {
      owner: request.owner ?? context.ownerOf(violation.key.module),
      reason: request.reason,
      until: request.until,
    };
    if (entry === null)
      added.push({ ...violation.key, ...decision, repository: context.repositoryOf(violation), file: "", line: 0 });
    else if (!isExpired(entry, context.asOf)) {
      const whole = { ...entry, owner: entry.owner ?? decision.owner, reason: entry.reason ?? decision.reason };
      if (whole.owner !== entry.owner || whole.reason !== entry.reason)
        renewed.set(entry, { ...whole, until: entry.until ?? decision.until });
    } else
      renewed.set(entry, {
        ...entry,
        ...decision,
        owner: decision.owner ?? entry.owner,
        reason: decision.reason ?? entry.reason,
      });
  }
  return {
    entries: [...accepted.map((entry) => renewed.get(entry) ?? entry), ...added],
    added,
    renewed: [...renewed.values()],
    refused,
    kept: matched.filter((entry) => entry !== null && !renewed.has(entry)).length,
  };
}

export interface PrunePlan {
  readonly entries: readonly AcceptedFact[];
  readonly removed: readonly AcceptedFact[];
  /** Entries whose files were moved, as they are now. */
  readonly moved: readonly AcceptedFact[];
}

/** Only takes away: entries that stand for nothing. Entries of files that were moved follow them. @param assessments that ran; entries of others stay. */
export function planPrune(
  violations: readonly Violation[],
  accepted: readonly AcceptedFact[],
  renames: Renames,
  assessments: ReadonlySet<string>,
): PrunePlan {
  const { entries: matched, unused } = matchAccepted(violations, accepted, renames);
  const gone = new Set(unused.filter(({ rule }) => assessments.has(rule.split("/")[0] ?? rule)));
  const now = new Map<AcceptedFact, AcceptedFact>();
  for (const [index, entry] of matched.entries()) {
    const key = violations[index]?.key;
    if (entry === null || key === undefined) continue;
    const moved = { ...movedKey(entry, renames), module: key.module };
    if (moved.from !== entry.from || moved.to !== entry.to || moved.module !== entry.module)
      now.set(entry, { ...entry, module: key.module, from: key.from, to: key.to });
  }
  return {
    entries: accepted.filter((entry) => !gone.has(entry)).map((entry) => now.get(entry) ?? entry),
    removed: [...gone],
    moved: [...now.values()],
  };
}

function isAsked(key: ViolationKey, { rules, modules }: AcceptRequest): boolean {
  const rule = rules.length === 0 || rules.some((one) => key.rule === one || key.rule.endsWith(`/${one}`));
  const module =
    modules.length === 0 || modules.some((one) => key.module === one || key.module.endsWith(`/${one.toLowerCase()}`));
  return rule && module;
}
