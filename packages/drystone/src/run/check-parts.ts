/** What a check looks at, and what it finds there before accepted findings are set against it. */
import { boundaryAssessment } from "#check/index.js";
import { type FileTree, headTree } from "#collect/files/index.js";
import { mergeBase } from "#collect/git/index.js";
import { judged } from "#model/judged.js";
import type { Violation } from "#model/policy.js";
import type { Assessment, Finding, Measure, Missing } from "#model/result.js";
import { type CheckedClones, type CheckOptions, type CheckPart, checkParts } from "./check-clones.js";

/** The operational baseline reads all manifests, which takes longer than the rest: it is looked at when somebody asks. */
const usualParts: readonly CheckPart[] = ["boundaries", "ownership", "contracts"];

export interface FoundPart {
  readonly assessment: string;
  readonly violations: readonly Violation[];
  /** False for a question that could not be put: its accepted findings are left alone. */
  readonly ran: boolean;
  /** True for what breaks a rule as it stands; false for what a change breaks: once merged it is found no more, and its acceptance is not to blame. */
  readonly lasts: boolean;
  /** @param findings of this assessment, with accepted ones told apart. */
  readonly judge: (findings: readonly Finding[]) => Assessment;
  readonly measures: readonly Measure[];
}

/** In the order of `checkParts`. @throws UsageError when there is nothing to compare with. */
export async function findParts(here: CheckedClones, options: CheckOptions): Promise<readonly FoundPart[]> {
  const asked = new Set(options.only ?? usualParts);
  const found: FoundPart[] = [];
  for (const part of checkParts) if (asked.has(part)) found.push(await readers[part](here, options));
  return found;
}

/** What breaks the same rules in other files, of what can be judged in one version alone: contracts are compared. */
export async function violationsIn(here: CheckedClones, trees: readonly FileTree[], options: CheckOptions): Promise<Violation[]> {
  const asked = new Set(options.only ?? usualParts);
  if (!asked.has("boundaries") && !asked.has("ownership")) return [];
  const { checkTrees } = await import("./check-trees.js");
  const { unresolvedShare } = here.parameters.check;
  const { boundaries, ownership } = await checkTrees(trees, await here.declaration(), {
    unresolvedShare,
    // Most files are as they were there, and what is known of their texts holds for both.
    cacheDirectory: options.cacheDirectory,
    onlyReadsCache: true,
    place: (repository) => here.clones.find(({ id }) => id === repository)?.gitDirectory ?? repository,
  });
  return [...(asked.has("boundaries") ? boundaries.violations : []), ...(asked.has("ownership") ? ownership.violations : [])];
}

const readers: Readonly<Record<CheckPart, (here: CheckedClones, options: CheckOptions) => FoundPart | Promise<FoundPart>>> = {
  boundaries: ({ checked, parameters }) => ({
    assessment: "module-boundaries",
    violations: checked.boundaries.violations,
    ran: true,
    lasts: true,
    judge: (findings) =>
      boundaryAssessment(checked.policy, checked.boundaries.counts, findings, parameters.check.unresolvedShare),
    measures: [],
  }),
  ownership: ({ checked }) => ({
    assessment: "ownership-rules",
    violations: checked.ownership.violations,
    ran: true,
    lasts: true,
    judge: checked.ownership.assessment,
    measures: [],
  }),
  contracts: (here, options) => (options.against == null ? withoutBase : comparedContracts(here, options, options.against)),
  baseline: (_here, options) => operationalBaseline(options),
};

const contracts = "contract-compatibility";

const withoutBase = notRun(
  contracts,
  "Does the new version of a contract break its consumers?",
  "Contracts are compared with an earlier version, and none was named.",
  { input: "an earlier version to compare with", how: "drystone check --against main" },
);

function notRun(assessment: string, question: string, reason: string, missing: Missing): FoundPart {
  return {
    assessment,
    violations: [],
    ran: false,
    lasts: true,
    judge: (findings) =>
      judged({
        id: assessment,
        subject: "system",
        question,
        verdict: "unknown",
        reasons: [reason],
        missing: [missing],
        findings,
      }),
    measures: [],
  };
}

/** What the files promise now against what they promised where HEAD and the other branch parted. */
async function comparedContracts(here: CheckedClones, options: CheckOptions, against: string): Promise<FoundPart> {
  const { compareContracts } = await import("./contracts.js");
  const { contractAssessment, contractViolations } = await import("#check/contract-compatibility/index.js");
  const { clones, trees, asOf } = here;
  const compared = clones.flatMap((clone, index) => {
    const tree = trees[index];
    if (tree === undefined) return [];
    const base = headTree(clone.id, clone.gitDirectory, mergeBase(clone.gitDirectory, against));
    return compareContracts(base, tree, { asOf, wireOnly: false, direction: "response" });
  });
  // Who uses what is asked only when something changed: it takes reading the whole system.
  const facts = compared.some(({ changes }) => changes.length > 0)
    ? (await import("./files-facts.js")).readFilesFacts({ paths: options.paths, config: options.config })
    : null;
  return {
    assessment: contracts,
    violations: contractViolations(compared, facts),
    ran: true,
    lasts: false,
    judge: (findings) => contractAssessment(compared, findings),
    measures: [],
  };
}

async function operationalBaseline(options: CheckOptions): Promise<FoundPart> {
  options.progress?.("reading manifests");
  const { readFilesFacts } = await import("./files-facts.js");
  const { checkOperationalBaseline } = await import("#check/operational-baseline/index.js");
  const facts = readFilesFacts({ paths: options.paths, config: options.config });
  if (facts === null)
    return notRun("operational-baseline", "Does every service have what it takes to be operated alone?", "There is no commit.", {
      input: "a commit",
      how: "git commit",
    });
  const { assessment, violations, measures, judge } = checkOperationalBaseline(facts);
  return {
    assessment: assessment.id,
    violations,
    ran: true,
    lasts: true,
    judge,
    measures,
  };
}
