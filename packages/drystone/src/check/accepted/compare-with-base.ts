/** A pull request: what is new, fixed and left against the revision it started from. */
import type { AcceptedFact, Violation, ViolationKey } from "#model/policy.js";
import { applyAccepted, isIncomplete } from "./apply-accepted.js";
import { matchAccepted, movedKey, type Renames } from "./match.js";
import { keyText } from "./violation-key.js";

/** One side of the comparison. */
export interface Checked {
  readonly violations: readonly Violation[];
  readonly accepted: readonly AcceptedFact[];
}

export interface BaseComparison {
  /** By index of the violations now: true when the base had it, and whoever takes back an acceptance has not brought it back. */
  readonly before: readonly boolean[];
  /** Violations of the base that are gone. */
  readonly fixed: readonly Violation[];
  /** Entries that count: those of the base, and new ones that say who decided and why. */
  readonly accepted: readonly AcceptedFact[];
  /** Entries that the base does not have, counted or not. */
  readonly acceptedNow: readonly AcceptedFact[];
  /** True for an entry that the base has, and that stood for nothing there already. */
  readonly wasUnused: (entry: AcceptedFact) => boolean;
}

/** Both sides under the same rules. @param renames paths of the base to paths now. @param asOf ISO date. */
export function compareWithBase(now: Checked, base: Checked, renames: Renames, asOf: string): BaseComparison {
  const here = new Set(now.violations.map(({ key }) => keyText(key, "without-module")));
  const there = new Map(
    base.violations.map((violation, index) => [keyText(movedKey(violation.key, renames), "without-module"), index]),
  );
  const decided = new Set(base.accepted.flatMap((entry) => [entryText(entry), entryText(movedKey(entry, renames))]));
  const acceptedNow = now.accepted.filter((entry) => !decided.has(entryText(entry)));
  const uncounted = new Set(acceptedNow.filter(isIncomplete));
  const accepted = now.accepted.filter((entry) => !uncounted.has(entry));
  const settledBefore = applyAccepted(base.violations, base.accepted, asOf).findings;
  const settledNow = applyAccepted(now.violations, accepted, asOf, { renames }).findings;
  const unusedThere = new Set(matchAccepted(base.violations, base.accepted).unused.map(entryText));
  return {
    before: now.violations.map(({ key }, index) => {
      const earlier = there.get(keyText(key, "without-module"));
      if (earlier === undefined) return false;
      return settledBefore[earlier]?.state !== "accepted" || settledNow[index]?.state === "accepted";
    }),
    fixed: base.violations.filter(
      ({ key }) =>
        !here.has(keyText(movedKey(key, renames), "without-module")) && !now.violations.some((one) => isGrown(key, one.key)),
    ),
    accepted,
    acceptedNow,
    wasUnused: (entry) => unusedThere.has(entryText(entry)),
  };
}

/** A circle that more modules have joined is another finding, and the old one is not mended. */
function isGrown(before: ViolationKey, now: ViolationKey): boolean {
  if (before.rule !== now.rule || before.to !== "circle" || now.to !== "circle") return false;
  const members = new Set(now.from.split(" "));
  return before.from.split(" ").every((member) => members.has(member));
}

/** A later end is a new decision; a moved file is none. */
function entryText(entry: AcceptedFact): string {
  return `${keyText(entry, "without-module")}\0${entry.until ?? ""}`;
}
