/** What the files of the repositories say: configuration, manifests, catalogs, ownership. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { collectCodeowners } from "#collect/codeowners/index.js";
import { readConfig, type SystemDeclaration } from "#collect/config/index.js";
import { type FileTree, headTree, textTree, workTree } from "#collect/files/index.js";
import { type Clone, type CloneState, locateClones } from "#collect/git/index.js";
import { collectInventory } from "#collect/inventory/index.js";
import { manifestLoads } from "#collect/load/index.js";
import { collectOwners } from "#collect/owners/index.js";
import { componentNames } from "#collect/records/index.js";
import { collectSource } from "#collect/source/index.js";
import { ownerRefs } from "#derive/ownership/index.js";
import type { CodeFacts, ComponentFact, Facts, OwnershipRule, RepositoryFact, TeamFact } from "#model/facts.js";
import { shortName } from "#model/refs.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { declaredInputs } from "./declared-inputs.js";
import type { CollectOptions } from "./options.js";
import type { RunningInputs } from "./running-inputs.js";

export interface FilesFacts
  extends CodeFacts,
    Pick<
      Facts,
      | "system"
      | "sources"
      | "problems"
      | "components"
      | "resources"
      | "teams"
      | "libraries"
      | "relations"
      | "ownershipRules"
      | "config"
      | "loads"
    > {
  /** Parallel to the clones. */
  readonly paths: readonly (readonly string[])[];
  readonly dialects: readonly RepositoryFact["dialect"][];
  /** Exported files that drystone.yaml names. */
  readonly inputs: RunningInputs;
}

/** @throws UsageError for a configuration with a mistake. */
export function collectFiles(options: CollectOptions, clones: readonly Clone[], states: readonly CloneState[]): FilesFacts {
  options.progress?.("reading manifests");
  const trees = clones.map((clone, index) => treeOf(clone, states[index]));
  const declaration = declarationOf(options, trees);
  const owned = trees.map((tree) => ({ codeowners: collectCodeowners(tree), owners: collectOwners(tree) }));
  const name = declaration.system ?? (clones.length === 1 ? (clones[0]?.id ?? "system") : folderName(options.paths));
  const inventory = collectInventory(trees, declaration.components, { systemName: name });
  options.progress?.("reading source");
  const source = collectSource(trees, configTrees(options), inventory, {
    cacheDirectory: options.cacheDirectory,
    place: (repository) => clones.find(({ id }) => id === repository)?.gitDirectory ?? repository,
  });
  const { components, resources, relations, libraries } = source;
  const files = owned.flatMap(({ codeowners, owners }) => [codeowners, owners]);
  const ownershipRules = [...declaration.ownershipRules, ...files.flatMap(({ rules }) => rules)];
  const declaredFiles = declaredInputs(declaration, options, clones);
  const parts = [declaration, ...files, inventory, source];
  const namedBy =
    declaration.system !== null ? (declaration.config.file ?? "drystone.yaml") : clones.length === 1 ? "repository" : "folder";
  return {
    system: { name, namedBy },
    paths: trees.map((tree) => tree.paths),
    dialects: owned.map(({ codeowners }) => codeowners.dialect ?? "unknown"),
    sources: parts.flatMap((part) => part.sources),
    inputs: declaredFiles.inputs,
    loads: manifestLoads(trees, source.deployments, componentNames(components, source.deployments)),
    problems: [...parts.flatMap((part) => part.problems), ...declaredFiles.problems, ...trees.flatMap((tree) => tree.problems)],
    components,
    resources,
    libraries,
    relations,
    teams: mergedTeams(
      [...declaration.teams, ...inventory.teams, ...files.flatMap((file) => file.teams)],
      ownershipRules,
      components,
    ),
    ownershipRules,
    config: declaration.config,
    contracts: source.contracts,
    operations: source.operations,
    storeUses: source.storeUses,
    callSites: source.callSites,
    deployments: source.deployments,
    imports: source.imports,
    clones: source.clones,
    models: source.models,
    unresolved: source.unresolved,
  };
}

/** Repositories of configuration servers: their settings are read, their history is not. */
function configTrees(options: CollectOptions): FileTree[] {
  const paths = options.configRepositories ?? [];
  return paths.length === 0 ? [] : locateClones(paths).map((clone) => treeOf(clone, undefined));
}

function treeOf(clone: Clone, state: CloneState | undefined): FileTree {
  if (clone.workTree !== null) {
    const tree = workTree(clone.id, clone.gitDirectory, clone.workTree);
    if (tree.paths.length > 0 || state?.head === null) return tree;
  }
  return state?.head === null ? textTree(clone.id, {}) : headTree(clone.id, clone.gitDirectory);
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

function folderName(paths: readonly string[]): string {
  const [only] = paths;
  return paths.length === 1 && only !== undefined ? printable(basename(resolve(only))) || "system" : "system";
}
