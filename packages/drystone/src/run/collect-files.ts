/** What the files of the repositories say: configuration, manifests, catalogs, ownership. */
import { basename, resolve } from "node:path";
import { acceptedOf } from "#collect/accepted/index.js";
import { collectCodeowners } from "#collect/codeowners/index.js";
import { type FileTree, treeOf } from "#collect/files/index.js";
import { type Clone, type CloneState, locateClones } from "#collect/git/index.js";
import { collectInventory } from "#collect/inventory/index.js";
import { manifestLoads } from "#collect/load/index.js";
import { collectOwners } from "#collect/owners/index.js";
import { collectPolicy } from "#collect/policy/index.js";
import { componentNames } from "#collect/records/index.js";
import { collectSource } from "#collect/source/index.js";
import { ownerRefs } from "#derive/ownership/index.js";
import type { CodeFacts, ComponentFact, Facts, OwnershipRule, RepositoryFact, TeamFact } from "#model/facts.js";
import { shortName } from "#model/refs.js";
import { printable } from "#util/escape.js";
import { declarationOf } from "./declaration.js";
import { declaredInputs } from "./declared-inputs.js";
import { namedProblems } from "./named-problems.js";
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
      | "policy"
      | "accepted"
      | "tables"
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
  const policy = collectPolicy({
    declaration,
    trees,
    components: declaration.components,
    ownershipRules,
    ownerRefs: ownerRefs(ownershipRules, [...declaration.teams, ...inventory.teams, ...files.flatMap((file) => file.teams)]),
  });
  const acceptances = acceptedOf(trees);
  const parts = [declaration, ...files, inventory, source, policy, acceptances];
  const namedBy =
    declaration.system !== null ? (declaration.config.file ?? "drystone.yaml") : clones.length === 1 ? "repository" : "folder";
  return {
    system: { name, namedBy },
    paths: trees.map((tree) => tree.paths),
    dialects: owned.map(({ codeowners }) => codeowners.dialect ?? "unknown"),
    sources: parts.flatMap((part) => part.sources),
    inputs: declaredFiles.inputs,
    loads: manifestLoads(trees, source.deployments, componentNames(components, source.deployments)),
    problems: namedProblems(trees, [...parts.flatMap((part) => part.problems), ...declaredFiles.problems]),
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
    policy: policy.policy,
    accepted: acceptances.accepted,
    contracts: source.contracts,
    operations: source.operations,
    storeUses: source.storeUses,
    callSites: source.callSites,
    deployments: source.deployments,
    imports: source.imports,
    clones: source.clones,
    models: source.models,
    tables: source.tables,
    unresolved: source.unresolved,
    baseline: source.baseline,
  };
}

/** Repositories of configuration servers: their settings are read, their history is not. */
function configTrees(options: CollectOptions): FileTree[] {
  const paths = options.configRepositories ?? [];
  return paths.length === 0 ? [] : locateClones(paths).map((clone) => treeOf(clone, undefined));
}

/** One team per ref, the first source wins; teams that only an ownership file names have no known members. */
export function mergedTeams(
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
