/** World to facts: the only place that calls collectors. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { collectCodeowners } from "#collect/codeowners/index.js";
import { readConfig, type SystemDeclaration } from "#collect/config/index.js";
import { type FileTree, headTree, textTree, workTree } from "#collect/files/index.js";
import { type Clone, type CloneState, collectHistory, describeClone, locateClones } from "#collect/git/index.js";
import { collectInventory } from "#collect/inventory/index.js";
import { collectOwners } from "#collect/owners/index.js";
import { ownerRefs } from "#derive/ownership/index.js";
import type { ComponentFact, Facts, OwnershipRule, Problem, RepositoryFact, SourceFact, TeamFact } from "#model/facts.js";
import { commitCount, emptyHistory, type History } from "#model/history.js";
import { shortName } from "#model/refs.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import type { CollectOptions } from "./options.js";

/** @throws UsageError when there is nothing to read: no repository, no commit, or a configuration with a mistake. */
export async function collectFacts(options: CollectOptions): Promise<Facts> {
  const clones = withLocation(options.paths, () => locateClones(options.paths));
  const problems: Problem[] = [];
  const sources: SourceFact[] = [];
  const states = clones.map((clone) => describeClone(clone));
  if (states.every(({ head }) => head === null)) {
    throw new UsageError(
      "DS-U08",
      `${clones.map(({ id }) => id).join(", ")}: no commits yet`,
      "commit once, or pass a repository with history",
    );
  }
  const trees = options.onlyHistory ? [] : clones.map((clone, index) => treeOf(clone, states[index]));
  const histories: History[] = [];
  for (const [index, clone] of clones.entries()) {
    const state = states[index];
    if (state) histories.push(await historyOf(clone, state, options, problems, sources));
  }
  const declaration = declarationOf(options, trees);
  const owned = trees.map((tree) => ({ codeowners: collectCodeowners(tree), owners: collectOwners(tree) }));
  const name = declaration.system ?? (clones.length === 1 ? (clones[0]?.id ?? "system") : folderName(options.paths));
  options.progress?.("reading manifests");
  const inventory = collectInventory(trees, declaration.components, { systemName: name });
  const ownershipRules = [
    ...declaration.ownershipRules,
    ...owned.flatMap(({ codeowners, owners }) => [...codeowners.rules, ...owners.rules]),
  ];
  const teams = mergedTeams(
    [
      ...declaration.teams,
      ...inventory.teams,
      ...owned.flatMap(({ codeowners, owners }) => [...codeowners.teams, ...owners.teams]),
    ],
    ownershipRules,
    inventory.components,
  );
  const parts = [declaration, ...owned.flatMap(({ codeowners, owners }) => [codeowners, owners]), inventory];
  return {
    schema: "drystone.facts/1",
    system: {
      name,
      namedBy:
        declaration.system !== null
          ? (declaration.config.file ?? "drystone.yaml")
          : clones.length === 1
            ? "repository"
            : "folder",
    },
    repositories: clones.map((clone, index) =>
      repositoryFact(clone, states[index], trees[index], owned[index]?.codeowners.dialect ?? null),
    ),
    sources: sortedSources([...sources, ...parts.flatMap((part) => part.sources)]),
    problems: [...problems, ...parts.flatMap((part) => part.problems), ...trees.flatMap((tree) => tree.problems)],
    components: inventory.components,
    resources: inventory.resources,
    teams,
    contracts: [],
    operations: [],
    libraries: inventory.libraries,
    relations: inventory.relations,
    ownershipRules,
    histories,
    config: declaration.config,
  };
}

function withLocation(paths: readonly string[], locate: () => Clone[]): Clone[] {
  const clones = locate();
  if (clones.length === 0)
    throw new UsageError("DS-U05", `no git repository in ${paths.map(printable).join(", ")}`, "pass the folder of a repository");
  return clones;
}

function treeOf(clone: Clone, state: CloneState | undefined): FileTree {
  if (clone.workTree !== null) {
    const tree = workTree(clone.id, clone.gitDirectory, clone.workTree);
    if (tree.paths.length > 0 || state?.head === null) return tree;
  }
  return state?.head === null ? textTree(clone.id, {}) : headTree(clone.id, clone.gitDirectory);
}

async function historyOf(
  clone: Clone,
  state: CloneState,
  options: CollectOptions,
  problems: Problem[],
  sources: SourceFact[],
): Promise<History> {
  const source = { kind: "git", repository: clone.id, path: ".git", window: null } as const;
  const { head } = state;
  if (head === null) {
    problems.push({
      path: clone.id,
      line: null,
      message: `${clone.id} has no commits yet`,
      hint: "commit once, or leave it out",
    });
    sources.push({ ...source, read: false, facts: 0, problem: "no commits" });
    return emptyHistory(clone.id);
  }
  try {
    const history = await collectHistory(
      clone,
      { ...state, head },
      {
        cacheDirectory: options.cacheDirectory,
        progress: (commits) => options.progress?.(`${clone.id}: ${commits} commits`),
        onCacheFailure: (reason) =>
          options.warn?.(
            `the cache could not be written: ${reason}`,
            "free some space, or pass --cache-dir or --no-cache; the result is complete",
          ),
      },
    );
    sources.push({ ...source, read: true, facts: commitCount(history), problem: null });
    return history;
  } catch (error) {
    if (error instanceof UsageError || error instanceof TypeError || error instanceof ReferenceError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    problems.push({
      path: clone.id,
      line: null,
      message: `the history of ${clone.id} could not be read: ${printable(reason)}`,
      hint: "git fsck, or clone it again with its whole history",
    });
    sources.push({ ...source, read: false, facts: 0, problem: printable(reason) });
    return emptyHistory(clone.id);
  }
}

/** `--config FILE`, else drystone.yaml at the root of the one repository, else in the folder of the repositories. */
function declarationOf(options: CollectOptions, trees: readonly FileTree[]): SystemDeclaration {
  if (options.config !== undefined) return placed(readOutside(options.config, trees), trees);
  const [only, ...more] = trees;
  if (only && more.length === 0) return readConfig(only);
  const file = options.paths
    .flatMap((path) => ["drystone.yaml", "drystone.yml"].map((name) => join(resolve(path), name)))
    .find((path) => existsSync(path));
  return file === undefined || trees.length === 0 ? readConfig(textTree("", {})) : placed(readOutside(file, trees), trees);
}

/** Paths of the declaration are looked up in the repositories: below their names where there are several. */
function readOutside(file: string, trees: readonly FileTree[]): SystemDeclaration {
  if (!existsSync(file) || !statSync(file).isFile())
    throw new UsageError("DS-C04", `${printable(file)} does not exist`, "pass the path of a drystone.yaml");
  if (statSync(file).size > 512 * 1024)
    throw new UsageError("DS-C04", `${printable(file)} is larger than 512 kB`, "make it a text file below 512 kB");
  const name = basename(file);
  const own = textTree(trees.length === 1 ? (trees[0]?.repository ?? "") : "", { [name]: readFileSync(file, "utf8") });
  const files = trees.flatMap((tree) =>
    trees.length === 1 ? tree.paths : tree.paths.map((path) => `${tree.repository}/${path}`),
  );
  return readConfig({ ...own, paths: [name, ...files] }, name);
}

/** In a declaration for several repositories a path starts with the repository: `orders/src` is `src` in `orders`. */
function placed(declaration: SystemDeclaration, trees: readonly FileTree[]): SystemDeclaration {
  const [only, ...more] = trees;
  const components = declaration.components.flatMap((component): ComponentFact[] => {
    if (only && more.length === 0) return [{ ...component, repository: only.repository }];
    if (trees.some((tree) => tree.repository === component.repository)) return [component];
    const homes = trees.filter((tree) =>
      component.paths.some((path) => path === tree.repository || path.startsWith(`${tree.repository}/`)),
    );
    return homes.slice(0, 1).map((tree) => ({
      ...component,
      repository: tree.repository,
      paths: component.paths.flatMap((path) =>
        path === tree.repository ? [""] : path.startsWith(`${tree.repository}/`) ? [path.slice(tree.repository.length + 1)] : [],
      ),
    }));
  });
  const ownershipRules = declaration.ownershipRules.flatMap((rule): OwnershipRule[] => {
    if (only && more.length === 0) return [{ ...rule, repository: only.repository }];
    const home = trees.find((tree) => rule.pattern.replace(/^\//, "").startsWith(`${tree.repository}/`));
    return home
      ? [{ ...rule, repository: home.repository, pattern: rule.pattern.replace(/^\//, "").slice(home.repository.length) }]
      : [];
  });
  return { ...declaration, components, ownershipRules };
}

function repositoryFact(
  clone: Clone,
  state: CloneState | undefined,
  tree: FileTree | undefined,
  dialect: RepositoryFact["dialect"] | null,
): RepositoryFact {
  return {
    id: clone.id,
    head: state?.head ?? null,
    objectFormat: state?.objectFormat ?? "sha1",
    bare: state?.bare ?? false,
    shallow: state?.shallow ?? false,
    shallowBoundary: state?.shallowBoundary ?? [],
    partial: state?.partial ?? false,
    detached: state?.detached ?? false,
    replaceRefs: state?.replaceRefs ?? 0,
    dialect: dialect ?? "unknown",
    files: tree?.paths ?? [],
  };
}

/** One team per ref, the first source wins; teams that only an ownership file names have no known members. */
function mergedTeams(
  teams: readonly TeamFact[],
  rules: readonly OwnershipRule[],
  components: readonly ComponentFact[],
): TeamFact[] {
  const merged = new Map<string, TeamFact>();
  for (const team of teams) if (!merged.has(team.ref)) merged.set(team.ref, team);
  const refs = ownerRefs(rules, teams);
  const named = [
    ...rules.flatMap((rule) =>
      rule.owners.map((owner) => ({
        ref: refs(owner, rule.dialect),
        repository: rule.repository,
        file: rule.file,
        line: rule.line,
      })),
    ),
    ...components.flatMap((component) =>
      component.declaredOwners.map(({ ref }) => ({ ref, repository: component.repository, file: null, line: 0 })),
    ),
  ];
  for (const { ref, repository, file, line } of named) {
    if (ref === null || !ref.startsWith("group:") || merged.has(ref)) continue;
    merged.set(ref, {
      ref,
      name: shortName(ref),
      parent: null,
      members: [],
      functions: [],
      mission: null,
      source: "declared",
      evidence: file === null ? [] : [{ type: "declaration", repository, file, line }],
    });
  }
  return [...merged.values()].sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

function sortedSources(sources: readonly SourceFact[]): SourceFact[] {
  return sources.toSorted((a, b) => (sourceKey(a) < sourceKey(b) ? -1 : sourceKey(a) > sourceKey(b) ? 1 : 0));
}

function sourceKey({ kind, repository, path }: SourceFact): string {
  return `${kind}\0${repository}\0${path}`;
}

function folderName(paths: readonly string[]): string {
  const [only] = paths;
  return paths.length === 1 && only !== undefined ? printable(basename(resolve(only))) || "system" : "system";
}
