/** A pull request: what is new, fixed and left against the revision it started from. */
import type { AcceptedFact, Violation } from "#model/policy.js";
import { isIncomplete } from "./apply-accepted.js";
import { movedKey, type Renames } from "./match.js";
import { keyText } from "./violation-key.js";

export interface BaseComparison {
  /** By index of the violations now: true when the base had it already. */
  readonly before: readonly boolean[];
  /** Violations of the base that are gone. */
  readonly fixed: readonly Violation[];
  /** Entries that count: those of the base, and new ones that say who decided and why. */
  readonly accepted: readonly AcceptedFact[];
  /** Entries that the base does not have, counted or not. */
  readonly acceptedNow: readonly AcceptedFact[];
}

/** @param renames paths of the base to paths now. */
export function compareWithBase(
  now: { readonly violations: readonly Violation[]; readonly accepted: readonly AcceptedFact[] },
  base: { readonly violations: readonly Violation[]; readonly accepted: readonly AcceptedFact[] },
  renames: Renames,
): BaseComparison {
  const here = new Set(now.violations.map(({ key }) => keyText(key, "without-module")));
  const there = new Set(base.violations.map(({ key }) => keyText(movedKey(key, renames), "without-module")));
  const decided = new Set(base.accepted.flatMap((entry) => [entryText(entry), entryText(movedKey(entry, renames))]));
  const acceptedNow = now.accepted.filter((entry) => !decided.has(entryText(entry)));
  const uncounted = new Set(acceptedNow.filter(isIncomplete));
  return {
    before: now.violations.map(({ key }) => there.has(keyText(key, "without-module"))),
    fixed: base.violations.filter(({ key }) => !here.has(keyText(movedKey(key, renames), "without-module"))),
    accepted: now.accepted.filter((entry) => !uncounted.has(entry)),
    acceptedNow,
  };
}

/** A later end is a new decision; a moved file is none. */
function entryText(entry: AcceptedFact): string {
  return `${keyText(entry, "without-module")}\0${entry.until ?? ""}`;
}
