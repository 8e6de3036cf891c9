/** What `check` reads of files, and what breaks the rules: no history, nothing run, one pass over the source. */

import type { TableTouch } from "#check/index.js";
import { collectCodeowners } from "#collect/codeowners/index.js";
import type { SystemDeclaration } from "#collect/config/index.js";
import type { FileTree } from "#collect/files/index.js";
import { collectImports, type ImportCache, importCache } from "#collect/imports/index.js";
import { collectOwners } from "#collect/owners/index.js";
import { collectPolicy } from "#collect/policy/index.js";
import { ownerRefs } from "#derive/ownership/index.js";
import type { ImportGraph } from "#model/facts.js";
import type { Policy } from "#model/modules.js";
import { type CheckedTrees, judgeImports, type SystemRead, withJudged } from "./judge-system.js";
import { namedProblems } from "./named-problems.js";

export interface CheckTreesOptions {
  /** Share of unresolved imports that is tolerated, 0..1. */
  readonly unresolvedShare: number;
  /** Null or left out: neither read nor written. */
  readonly cacheDirectory?: string | null;
  /** What is remembered of another version of the files is used and left as it is. */
  readonly onlyReadsCache?: boolean;
  /** Where a repository lies on this machine, so that two of one name are kept apart. */
  readonly place?: (repository: string) => string;
  readonly warn?: (message: string, hint: string) => void;
}

/** @throws UsageError for a configuration with a mistake. */
export async function checkTrees(
  trees: readonly FileTree[],
  declaration: SystemDeclaration,
  options: CheckTreesOptions,
): Promise<CheckedTrees> {
  const read = await readSystem(trees, trees, declaration, options);
  return withJudged(read, judgeImports(read, trees, options.unresolvedShare));
}

/** @param watched the same trees, which may note what is read of them besides imports and tables. @throws UsageError for a configuration with a mistake. */
export async function readSystem(
  trees: readonly FileTree[],
  watched: readonly FileTree[],
  declaration: SystemDeclaration,
  options: Omit<CheckTreesOptions, "unresolvedShare">,
): Promise<SystemRead> {
  const owned = watched.flatMap((tree) => [collectCodeowners(tree), collectOwners(tree)]);
  const ownershipRules = [...declaration.ownershipRules, ...owned.flatMap(({ rules }) => rules)];
  const teams = [...declaration.teams, ...owned.flatMap((one) => one.teams)];
  const policy = collectPolicy({
    declaration,
    trees: watched,
    components: declaration.components,
    ownershipRules,
    ownerRefs: ownerRefs(ownershipRules, teams),
  });
  const imports = trees.map((tree) => ({
    repository: tree.repository,
    before: tree.problems.length,
    tree,
    ...collectImports(tree, withCache(tree, options)),
  }));
  const graphs = imports.map(({ graph }) => graph);
  const unreadable = imports.flatMap(({ repository, tree, before, problems }) =>
    [...tree.problems.slice(before), ...problems].map((problem) => ({ repository, ...problem })),
  );
  return {
    config: declaration.config,
    system: declaration.system,
    policy: policy.policy,
    graphs,
    counted: imports.map(({ counted }) => counted),
    unreadable,
    tables: await tablesOf(trees, policy.policy, graphs),
    teams: declaration.teams,
    ownershipRules,
    sources: [...declaration.sources, ...owned.flatMap(({ sources }) => sources), ...policy.sources],
    problems: namedProblems(trees, [...declaration.problems, ...owned.flatMap(({ problems }) => problems), ...policy.problems]),
  };
}

function withCache(
  { repository }: FileTree,
  { cacheDirectory, onlyReadsCache = false, place, warn }: Omit<CheckTreesOptions, "unresolvedShare">,
): { readonly cache?: ImportCache } {
  if (cacheDirectory === undefined || cacheDirectory === null) return {};
  const told = (reason: string) =>
    warn?.(
      `the cache could not be written: ${reason}`,
      "free some space or make the folder writable, or pass --cache-dir or --no-cache; the result is complete",
    );
  const cache = importCache(cacheDirectory, place?.(repository) ?? repository, Date.now(), told);
  return { cache: onlyReadsCache ? { ...cache, save: () => undefined } : cache };
}

/** Reading data access takes longer than all the rest: in large systems only where tables are declared. */
const mostFiles = 2000;

async function tablesOf(
  trees: readonly FileTree[],
  policy: Policy,
  graphs: readonly ImportGraph[],
): Promise<TableTouch[] | null> {
  const files = graphs.reduce((sum, { counts }) => sum + counts.reduce((all, count) => all + count.files, 0), 0);
  const isAsked = policy.modules.some(({ tables }) => tables.length > 0) || policy.enforce["foreign-table"] !== undefined;
  if (policy.enforce["foreign-table"] === "off" || policy.modules.length < 2 || !policy.declared) return null;
  if (!isAsked && files > mostFiles) return null;
  const { collectTableTouches } = await import("#collect/tables/index.js");
  return trees.flatMap((tree) => collectTableTouches(tree, () => true));
}
