/** What the files of the repositories say: configuration, manifests, catalogs, ownership, source. */
import { acceptedOf } from "#collect/accepted/index.js";
import { collectCodeowners } from "#collect/codeowners/index.js";
import { collectInventory } from "#collect/inventory/index.js";
import { manifestLoads } from "#collect/load/index.js";
import { collectOwners } from "#collect/owners/index.js";
import { collectPolicy } from "#collect/policy/index.js";
import { componentNames } from "#collect/records/index.js";
import { collectSource } from "#collect/source/index.js";
import { ownerRefs } from "#derive/ownership/index.js";
import type { CodeFacts, ComponentFact, Facts, OwnershipRule, RepositoryFact, TeamFact } from "#model/facts.js";
import { shortName } from "#model/refs.js";
import type { FilesFrame } from "./files-frame.js";
import { namedProblems } from "./named-problems.js";
import type { CollectOptions } from "./options.js";

/** What follows from the texts alone; the same texts give the same facts. */
export interface ReadFacts
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
  readonly dialects: readonly RepositoryFact["dialect"][];
}

export function readFiles(frame: FilesFrame, options: Pick<CollectOptions, "cacheDirectory" | "progress">): ReadFacts {
  const { clones, trees, configTrees, declaration, systemName: name } = frame;
  const owned = trees.map((tree) => ({ codeowners: collectCodeowners(tree), owners: collectOwners(tree) }));
  const inventory = collectInventory(trees, declaration.components, { systemName: name });
  options.progress?.("reading source");
  const source = collectSource(trees, configTrees, inventory, {
    cacheDirectory: options.cacheDirectory,
    place: (repository) => clones.find(({ id }) => id === repository)?.gitDirectory ?? repository,
  });
  const { components, resources, relations, libraries } = source;
  const files = owned.flatMap(({ codeowners, owners }) => [codeowners, owners]);
  const ownershipRules = [...declaration.ownershipRules, ...files.flatMap(({ rules }) => rules)];
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
    dialects: owned.map(({ codeowners }) => codeowners.dialect ?? "unknown"),
    sources: parts.flatMap((part) => part.sources),
    loads: manifestLoads(trees, source.deployments, componentNames(components, source.deployments)),
    problems: namedProblems(
      trees,
      parts.flatMap((part) => part.problems),
    ),
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
