/** `drystone check`: files and configuration in, a result document with the violations out. */
import { boundaryAssessment, type EdgeExplanation, explainEdge } from "#check/index.js";
import { headOf, locateClones } from "#collect/git/index.js";
import type { Policy } from "#model/modules.js";
import type { Violation } from "#model/policy.js";
import type { ModelComponent, Result } from "#model/result.js";
import { isoDate } from "#util/dates.js";
import { type CheckedTrees, checkTrees } from "./check-trees.js";
import { declarationOf, treeOf } from "./declaration.js";
import { asOfSeconds, type CollectOptions, parametersOf } from "./options.js";
import { version } from "./version.js";

export interface CheckOptions extends Pick<CollectOptions, "paths" | "config" | "cacheDirectory" | "progress" | "warn"> {
  /** ISO date up to which acceptances count; default: the date of the last commit. */
  readonly asOf?: string | undefined;
}

/** @throws UsageError for paths without a repository and for a configuration with a mistake. */
export async function check(options: CheckOptions): Promise<Result> {
  options.progress?.("reading files");
  const clones = locateClones(options.paths);
  const heads = clones.map(headOf);
  const trees = clones.map((clone, index) => treeOf(clone, { head: heads[index]?.head ?? null }));
  const declaration = declarationOf({ ...options, cacheDirectory: options.cacheDirectory }, trees);
  const parameters = parametersOf({}, declaration.config);
  const checked = await checkTrees(trees, declaration, {
    unresolvedShare: parameters.check.unresolvedShare,
    cacheDirectory: options.cacheDirectory,
    place: (repository) => clones.find(({ id }) => id === repository)?.gitDirectory ?? repository,
    ...(options.warn === undefined ? {} : { warn: options.warn }),
  });
  const asOf = isoDate(asOfSeconds({ asOf: options.asOf }) ?? Math.max(0, ...heads.map((head) => head?.time ?? 0)));
  const findings = checked.boundaries.violations.map(({ finding }: Violation) => finding);
  const boundaries = boundaryAssessment(checked.policy, checked.boundaries.counts, findings, parameters.check.unresolvedShare);
  return {
    schema: "drystone.result/1",
    tool: { name: "drystone", version, command: "check" },
    inputs: {
      asOf,
      system: declaration.system ?? (clones.length === 1 ? (clones[0]?.id ?? "system") : "system"),
      repositories: clones.map(({ id }, index) => ({
        id,
        head: heads[index]?.head ?? null,
        commits: 0,
        roots: 0,
        shallow: false,
        partial: false,
        changeSetUnit: "commit",
        changeSetUnitReason: "the history is not read by check",
        window: { from: asOf, to: asOf, reason: "the history is not read by check" },
        hygiene: [],
      })),
      sources: checked.sources,
      problems: checked.problems,
    },
    headline: {
      question: boundaries.question,
      answer: boundaries.reasons[0] ?? "",
      notApplicable: null,
      assessment: boundaries.id,
    },
    model: modelOf(checked),
    measures: [],
    assessments: [boundaries, checked.ownership.assessment(checked.ownership.violations.map(({ finding }) => finding))],
    verdicts: [],
    advice: [],
    parameters: { check: parameters.check },
  };
}

/** Whether one module may use another, and how; null when one of them is no module. @throws UsageError as `check`. */
export async function explainUse(options: CheckOptions, from: string, to: string): Promise<EdgeExplanation | null> {
  const clones = locateClones(options.paths);
  const trees = clones.map((clone) => treeOf(clone, { head: headOf(clone)?.head ?? null }));
  const { policy, graphs } = await checkTrees(trees, declarationOf(options, trees), { unresolvedShare: 1 });
  return explainEdge(policy, graphs, from, to);
}

function modelOf({ policy }: CheckedTrees): Result["model"] {
  return {
    components: componentsOf(policy),
    resources: [],
    teams: [],
    contracts: [],
    operations: [],
    libraries: [],
    relations: [],
    unresolved: [],
  };
}

function componentsOf({ modules }: Policy): ModelComponent[] {
  return modules
    .map(
      (module): ModelComponent => ({
        ref: module.ref,
        name: module.name,
        kind: "module",
        built: true,
        partOf: module.parent,
        repository: module.repository,
        paths: module.paths,
        aliases: [],
        technology: null,
        ownership: {
          state: module.owners.length > 0 ? "owned" : "unmatched",
          declared: module.owners.map((ref) => ({ ref, source: "drystone.yaml", evidence: [] })),
          observed: null,
        },
        inferredFrom: module.place === null ? ["folders of the repository"] : [],
        correction: null,
        evidence: module.place === null ? [] : [{ type: "declaration", repository: module.repository, ...module.place }],
      }),
    )
    .sort((a, b) => (a.ref < b.ref ? -1 : 1));
}
