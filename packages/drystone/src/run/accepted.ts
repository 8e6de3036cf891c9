/** What was accepted, set against what a check found; and, for a pull request, against the revision it started from. */
import { applyAccepted, compareWithBase, isIncomplete, matchAccepted, type Renames } from "#check/index.js";
import { type AcceptedFacts, acceptedOf } from "#collect/accepted/index.js";
import { type FileTree, headTree, treeOf } from "#collect/files/index.js";
import { type Clone, headOf, locateClones, mergeBase } from "#collect/git/index.js";
import { movedFiles, renamesBetween } from "#collect/renames/index.js";
import type { AcceptedFact, Violation } from "#model/policy.js";
import type { Comparison, Finding } from "#model/result.js";
import { UsageError } from "#util/errors.js";

export interface SettleInput {
  readonly clones: readonly Clone[];
  /** The files as they are, in the order of the clones. */
  readonly trees: readonly FileTree[];
  readonly violations: readonly Violation[];
  /** Assessments that ran: entries of others are left alone. */
  readonly assessments: ReadonlySet<string>;
  /** ISO date. */
  readonly asOf: string;
  readonly strictAccepted?: boolean;
  /** A branch, tag or commit; null compares with nothing. */
  readonly against?: string | null;
  /** What breaks the same rules in other files. */
  readonly violationsOf: (trees: readonly FileTree[]) => Promise<readonly Violation[]>;
}

export interface Settled extends Pick<AcceptedFacts, "sources" | "problems"> {
  readonly findings: readonly Finding[];
  readonly comparison: Comparison | null;
}

/** @throws UsageError when there is nothing to compare with. */
export async function settle(input: SettleInput): Promise<Settled> {
  const lists = acceptedOf(input.trees);
  const { accepted } = lists;
  const options = { assessments: input.assessments, strictAccepted: input.strictAccepted ?? false };
  if (input.against == null) {
    const renames = carriedRenames(input, accepted);
    const { findings } = applyAccepted(input.violations, accepted, input.asOf, { ...options, renames });
    return { ...lists, findings, comparison: null };
  }
  const base = await baseOf(input, input.against);
  const renames = new Map([...carriedRenames(input, accepted), ...base.renames]);
  const compared = compareWithBase({ violations: input.violations, accepted }, base, renames, input.asOf);
  const applied = applyAccepted(input.violations, compared.accepted, input.asOf, { ...options, renames });
  const added = new Set(compared.acceptedNow);
  const entries = [...applied.unused, ...applied.incomplete];
  const findings = applied.findings.map((finding, index): Finding => {
    const entry = entries[index - input.violations.length];
    const isOld =
      entry === undefined
        ? compared.before[index] === true
        : !added.has(entry) && (isIncomplete(entry) || compared.wasUnused(entry));
    return { ...finding, baseline: isOld ? "unchanged" : "new" };
  });
  const found = findings.slice(0, input.violations.length);
  const fixed = compared.fixed.filter(({ finding }) => finding.severity !== "note");
  return {
    ...lists,
    findings,
    comparison: {
      against: input.against,
      bases: base.bases,
      new: found.filter(({ baseline, state, severity }) => baseline === "new" && state !== "accepted" && severity !== "note")
        .length,
      fixed: fixed.length,
      remaining: found.filter(({ baseline, severity }) => baseline === "unchanged" && severity !== "note").length,
      fixedFindings: fixed.slice(0, shownFixed).map(({ finding }) => ({
        code: finding.code,
        subjects: finding.subjects,
        message: finding.message,
        location: finding.location,
        fingerprint: finding.fingerprint,
      })),
      acceptances: compared.acceptedNow.map(({ rule, from, to, owner, reason, until, repository, file, line }) => ({
        rule,
        from,
        to,
        owner,
        reason,
        until,
        counted: owner !== null && reason !== null,
        location: { repository, file, line },
      })),
    },
  };
}

const shownFixed = 100;

/** Violations of one assessment with what the lists of the repositories say of them; entries that match nothing are findings when `whole`. Without a repository nothing is accepted. */
export function acceptedIn(
  paths: readonly string[],
  violations: readonly Violation[],
  options: { readonly asOf: string; readonly assessment: string; readonly whole: boolean },
): readonly Finding[] {
  const { accepted } = acceptedOf(treesIn(paths));
  const { findings } = applyAccepted(violations, accepted, options.asOf, { assessments: new Set([options.assessment]) });
  return options.whole ? findings : findings.slice(0, violations.length);
}

function treesIn(paths: readonly string[]): readonly FileTree[] {
  try {
    return locateClones(paths).map((clone) => treeOf(clone, headOf(clone) ?? { head: null }));
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}

/** Where the files of entries went that stand for nothing any more. @param options.whole looks through the whole history. */
export function carriedRenames(
  { clones, trees, violations }: Pick<SettleInput, "clones" | "trees" | "violations">,
  accepted: readonly AcceptedFact[],
  options: { readonly whole?: boolean } = {},
): Renames {
  const { unused } = matchAccepted(violations, accepted);
  if (unused.length === 0) return new Map();
  const renames = new Map<string, string>();
  for (const [index, clone] of clones.entries()) {
    const tree = trees[index];
    const paths = unused.filter(({ repository }) => repository === clone.id).flatMap(({ from, to }) => [from, to]);
    if (tree === undefined || paths.length === 0) continue;
    for (const [from, to] of movedFiles(clone.gitDirectory, paths, tree, headTree(clone.id, clone.gitDirectory), options))
      renames.set(from, to);
  }
  return renames;
}

interface Base {
  readonly violations: readonly Violation[];
  readonly accepted: readonly AcceptedFact[];
  readonly renames: Renames;
  readonly bases: Comparison["bases"];
}

/** The files of the merge base under the rules of today: a rule that a change adds makes nothing new that was there before. */
async function baseOf({ clones, trees, violationsOf, violations }: SettleInput, against: string): Promise<Base> {
  const bases = clones.map(({ id, gitDirectory }) => ({ repository: id, commit: mergeBase(gitDirectory, against) }));
  const files = clones.map((clone, index) => {
    const tree = headTree(clone.id, clone.gitDirectory, bases[index]?.commit ?? "HEAD");
    const now = trees[index];
    return now === undefined ? tree : withRulesOf(tree, now);
  });
  const accepted = acceptedOf(
    clones.map((clone, index) => headTree(clone.id, clone.gitDirectory, bases[index]?.commit ?? "HEAD")),
  ).accepted;
  const found = await violationsOf(files);
  const renames = new Map(
    clones.flatMap((clone, index) => [...renamesBetween(clone.gitDirectory, bases[index]?.commit ?? "HEAD", "HEAD")]),
  );
  for (const [from, to] of uncommittedRenames({ clones, trees, violations }, found, renames)) renames.set(from, to);
  return { violations: found, accepted, renames, bases };
}

/** Files of violations that are gone may have been moved without a commit. */
function uncommittedRenames(
  { clones, trees, violations }: Pick<SettleInput, "clones" | "trees" | "violations">,
  before: readonly Violation[],
  committed: Renames,
): readonly (readonly [string, string])[] {
  const here = new Set(violations.flatMap(({ key }) => [key.from, key.to]));
  const lost = before
    .flatMap(({ key }) => [key.from, key.to])
    .map((path) => committed.get(path) ?? path)
    .filter((path) => !here.has(path));
  if (lost.length === 0) return [];
  const backwards = new Map([...committed].map(([from, to]) => [to, from]));
  return clones.flatMap((clone, index) => {
    const tree = trees[index];
    if (tree === undefined || clone.workTree === null) return [];
    const moved = movedFiles(clone.gitDirectory, lost, tree, headTree(clone.id, clone.gitDirectory));
    return [...moved].map(([from, to]) => [backwards.get(from) ?? from, to] as const);
  });
}

/** The files of an earlier revision with the statements that modules make about themselves now. */
function withRulesOf(earlier: FileTree, now: FileTree): FileTree {
  const rules = new Set(now.paths.filter(isRule));
  return {
    repository: earlier.repository,
    paths: [...earlier.paths.filter((path) => !isRule(path)), ...rules].sort(),
    problems: earlier.problems,
    read: (paths, options) =>
      new Map([
        ...earlier.read(
          paths.filter((path) => !rules.has(path)),
          options,
        ),
        ...now.read(
          paths.filter((path) => rules.has(path)),
          options,
        ),
      ]),
  };
}

function isRule(path: string): boolean {
  return /(?:^|\/)(?:module\.ya?ml|drystone\.ya?ml)$/.test(path);
}
