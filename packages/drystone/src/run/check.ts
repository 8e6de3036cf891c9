/** `drystone check`: files and configuration in, a result document with the violations out. */
import { type EdgeExplanation, explainEdge } from "#check/index.js";
import type { SystemDeclaration } from "#collect/config/index.js";
import { type FileTree, treeOf } from "#collect/files/index.js";
import { type Clone, headOf, locateClones } from "#collect/git/index.js";
import type { Policy } from "#model/modules.js";
import type { Parameters } from "#model/parameters.js";
import type { ModelComponent, Result } from "#model/result.js";
import { isoDate } from "#util/dates.js";
import { settle } from "./accepted.js";
import { type CheckPart, findParts, violationsIn } from "./check-parts.js";
import type { CheckedTrees } from "./judge-system.js";
import { asOfSeconds, type CollectOptions, parametersOf } from "./options.js";
import { type ReadAgainOptions, readAgain } from "./read-again.js";
import { teamsOfChange } from "./teams-of-change.js";
import { version } from "./version.js";

export interface CheckOptions extends ReadAgainOptions, Pick<CollectOptions, "progress"> {
  /** ISO date up to which acceptances count; default: the date of the last commit. */
  readonly asOf?: string | undefined;
  /** A branch, tag or commit: what was there where HEAD and it parted does not fail. */
  readonly against?: string | undefined;
  /** An acceptance that matches nothing is an error. */
  readonly strictAccepted?: boolean;
  /** What is looked at; default: all but the operational baseline. */
  readonly only?: readonly CheckPart[];
}

/** What stands in the files and what breaks a rule, before accepted findings are set against it. */
export interface CheckedClones {
  readonly clones: readonly Clone[];
  readonly heads: readonly ReturnType<typeof headOf>[];
  readonly trees: readonly FileTree[];
  /** Read anew: what is remembered of a system does without it. */
  readonly declaration: () => Promise<SystemDeclaration>;
  readonly parameters: Parameters;
  readonly checked: CheckedTrees;
  /** ISO date. */
  readonly asOf: string;
}

/** @throws UsageError for paths without a repository and for a configuration with a mistake. */
export async function checkClones(options: CheckOptions): Promise<CheckedClones> {
  options.progress?.("reading files");
  const clones = locateClones(options.paths);
  const heads = clones.map(headOf);
  const trees = clones.map((clone, index) => treeOf(clone, { head: heads[index]?.head ?? null }));
  const checked = await readAgain(clones, trees, options);
  const parameters = parametersOf({}, checked.config);
  const asOf = isoDate(asOfSeconds({ asOf: options.asOf }) ?? Math.max(0, ...heads.map((head) => head?.time ?? 0)));
  const declaration = async () => (await import("./declaration.js")).declarationOf(options, trees);
  return { clones, heads, trees, declaration, parameters, checked, asOf };
}

/** @throws UsageError for paths without a repository, for a configuration with a mistake, and when there is nothing to compare with. */
export async function check(options: CheckOptions): Promise<Result> {
  const here = await checkClones(options);
  const { clones, heads, trees, parameters, checked, asOf } = here;
  const parts = await findParts(here, options);
  const settled = await settle({
    clones,
    trees,
    violations: parts.flatMap(({ violations }) => violations),
    assessments: new Set(parts.flatMap(({ assessment, ran }) => (ran ? assessment : []))),
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
  const clones = locateClones(options.paths);
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
