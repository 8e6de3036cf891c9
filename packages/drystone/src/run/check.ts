/** `drystone check`: files and configuration in, a result document with the violations out. */
import { type EdgeExplanation, explainEdge } from "#check/index.js";
import { treeOf } from "#collect/files/index.js";
import { headOf } from "#collect/git/index.js";
import type { Policy } from "#model/modules.js";
import type { ModelComponent, Result } from "#model/result.js";
import { settle } from "./accepted.js";
import { type CheckOptions, checkClones, clonesOf } from "./check-clones.js";
import { findParts, violationsIn } from "./check-parts.js";
import type { CheckedTrees } from "./judge-system.js";
import { readAgain } from "./read-again.js";
import { teamsOfChange } from "./teams-of-change.js";
import { version } from "./version.js";

/** @throws UsageError for paths without a repository, for a configuration with a mistake, and when there is nothing to compare with. */
export async function check(options: CheckOptions): Promise<Result> {
  const here = await checkClones(options);
  const { clones, heads, trees, parameters, checked, asOf } = here;
  const parts = await findParts(here, options);
  const settled = await settle({
    clones,
    trees,
    violations: parts.flatMap(({ violations }) => violations),
    assessments: new Set(parts.flatMap(({ assessment, ran, lasts }) => (ran && lasts ? assessment : []))),
    asOf,
    strictAccepted: options.strictAccepted ?? false,
    against: options.against ?? null,
    violationsOf: (files) => violationsIn(here, files, options),
  });
  const crossing = options.against === undefined ? null : teamsOfChange(here, options.against);
  const assessments = parts.map(({ assessment, judge }) =>
    judge([
      ...settled.findings.filter(({ code }) => code.startsWith(`${assessment}/`)),
      ...(crossing?.code.startsWith(`${assessment}/`) === true ? [crossing] : []),
    ]),
  );
  const [first] = assessments;
  return {
    schema: "drystone.result/1",
    tool: { name: "drystone", version, command: "check" },
    inputs: {
      asOf,
      system: checked.system ?? (clones.length === 1 ? (clones[0]?.id ?? "system") : "system"),
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
      sources: [...checked.sources, ...settled.sources],
      problems: [...checked.problems, ...settled.problems],
    },
    headline: {
      question: first?.question ?? "",
      answer: first?.reasons[0] ?? "",
      notApplicable: null,
      assessment: first?.id ?? null,
    },
    model: modelOf(checked),
    measures: parts.flatMap(({ measures }) => measures),
    assessments,
    verdicts: [],
    advice: [],
    parameters: { check: parameters.check },
    ...(settled.comparison === null ? {} : { comparison: settled.comparison }),
  };
}

/** Whether one module may use another, and how; null when one of them is no module. @throws UsageError as `check`. */
export async function explainUse(options: CheckOptions, from: string, to: string): Promise<EdgeExplanation | null> {
  const clones = clonesOf(options.paths);
  const trees = clones.map((clone) => treeOf(clone, { head: headOf(clone)?.head ?? null }));
  const { policy, graphs } = await readAgain(clones, trees, options);
  return explainEdge(policy, graphs, from, to);
}

function modelOf({ policy, relations }: CheckedTrees): Result["model"] {
  return {
    components: componentsOf(policy),
    resources: [],
    teams: [],
    contracts: [],
    operations: [],
    libraries: [],
    relations,
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
