/** The repositories that a check is about, with what was read and judged of them. */
import type { SystemDeclaration } from "#collect/config/index.js";
import { type FileTree, treeOf } from "#collect/files/index.js";
import { type Clone, headOf, locateClones } from "#collect/git/index.js";
import type { Parameters } from "#model/parameters.js";
import { isoDate } from "#util/dates.js";
import { UsageError } from "#util/errors.js";
import type { CheckedTrees } from "./judge-system.js";
import { optimise } from "./optimise.js";
import { asOfSeconds, type CollectOptions, parametersOf } from "./options.js";
import { type ReadAgainOptions, readAgain } from "./read-again.js";

export type CheckPart = (typeof checkParts)[number];

export const checkParts = ["boundaries", "ownership", "contracts", "baseline"] as const;

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
  const isWarmAlone = options.cacheDirectory !== null && options.against === undefined && options.only === undefined;
  // What little a remembered system takes is over before the compiler has paid for itself: without it a third less CPU.
  if (isWarmAlone) optimise(false);
  const clones = clonesOf(options.paths);
  const heads = clones.map(headOf);
  const trees = clones.map((clone, index) => treeOf(clone, { head: heads[index]?.head ?? null }));
  const checked = await readAgain(clones, trees, options);
  const parameters = parametersOf({}, checked.config);
  const asOf = dayOf(heads, options.asOf);
  const declaration = async () => (await import("./declaration.js")).declarationOf(options, trees);
  return { clones, heads, trees, declaration, parameters, checked, asOf };
}

/** The day that is asked for, else that of the last commit. @returns ISO date. @throws UsageError for a date that does not exist. */
export function dayOf(heads: readonly ReturnType<typeof headOf>[], asOf: string | undefined): string {
  const times = heads.flatMap((head) => head?.time ?? []);
  // Before the first commit there is no other day than this one.
  return isoDate(asOfSeconds({ asOf }) ?? (times.length > 0 ? Math.max(...times) : Date.now() / 1000));
}

/** The repositories of the paths. @throws UsageError that says how a folder without git can be checked. */
export function clonesOf(paths: readonly string[]): Clone[] {
  try {
    return locateClones(paths);
  } catch (error) {
    if (!(error instanceof UsageError) || error.code !== "DS-U05") throw error;
    throw new UsageError(
      error.code,
      error.message,
      "check reads the files that git lists, and leaves out what .gitignore names: git init makes the folder a repository, no commit is needed",
    );
  }
}
