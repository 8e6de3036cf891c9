/** What the code of a system says about who uses whom: cues, settings, imports, contracts, copies, versions. */
import { collectBaseline } from "#collect/baseline/index.js";
import { type ClonableFile, findClones } from "#collect/clones/index.js";
import { type CollectedContracts, collectContracts, contractFacts } from "#collect/contracts/index.js";
import type { FileTree } from "#collect/files/index.js";
import { isImportConfig, resolveImports } from "#collect/imports/index.js";
import type { Inventory } from "#collect/inventory/index.js";
import { collectLinks, withOperations } from "#collect/links/index.js";
import { natureOfLibraries, withResolvedVersions } from "#collect/lockfiles/index.js";
import {
  type CodeFacts,
  type ComponentFact,
  type Facts,
  type ImportGraph,
  isObservability,
  type LibraryFact,
  type ModelFact,
  type Problem,
  type SourceFact,
  type TableFact,
} from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { belongingsOf, librariesOf, type RepositoryReading } from "./belongings.js";
import type { FileReading } from "./file-reading.js";
import { withImportedLibraries } from "./imported-libraries.js";
import { type FileOwners, fileOwners } from "./owners-of-files.js";
import { type NamesOfFiles, reachByImports } from "./reach.js";
import { readFiles, readServedSettings } from "./read-files.js";
import { readingCache } from "./reading-cache.js";
import { tablesOfSource } from "./tables-of-source.js";

export interface SourceFacts extends CodeFacts, Pick<Facts, "components" | "resources" | "relations" | "libraries"> {
  readonly tables: readonly TableFact[];
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
}

export interface SourceOptions {
  /** Null neither reads nor writes a cache. */
  readonly cacheDirectory: string | null;
  /** Where a repository lies on this machine, so that two of one name are kept apart. */
  readonly place?: (repository: string) => string;
}

/** @param configTrees repositories of configuration servers: only their settings are read. */
export function collectSource(
  trees: readonly FileTree[],
  configTrees: readonly FileTree[],
  found: Inventory,
  options: SourceOptions = { cacheDirectory: null },
): SourceFacts {
  const owners = fileOwners(found.components, found.placed);
  const isConfiguration = configurationOf(found, owners);
  const readings = trees.map((tree): RepositoryReading => {
    const { repository } = tree;
    const cache = readingCache(options.cacheDirectory, options.place?.(repository) ?? repository, () => undefined);
    return { repository, files: readFiles(tree, (path) => isConfiguration(repository, path), cache) };
  });
  const configured = configTrees.map(
    (tree): RepositoryReading => ({ repository: tree.repository, files: readServedSettings(tree) }),
  );
  const imports = trees.map((tree, index) => importsOf(tree, readings[index]?.files ?? []));
  const inventory = withImportedLibraries(found, imports, owners);
  const libraries = librariesOf(inventory);
  const links = collectLinks({
    components: inventory.components,
    resources: inventory.resources,
    placed: inventory.placed,
    belongings: belongingsOf(
      inventory,
      [...readings, ...configured],
      reachByImports(imports, namesOf(readings), owners, libraries),
    ),
  });
  const contracts = trees.map(collectContracts);
  const described = contractFacts(
    contracts.flatMap((one) => one.contracts),
    links.components,
    links.implements,
  );
  const models = modelsOf(readings, owners);
  const versions = withResolvedVersions(inventory.libraries, trees, links.components);
  const baseline = collectBaseline({
    trees,
    components: links.components,
    placed: inventory.placed,
    files: [...readings, ...configured].flatMap(({ repository, files }) =>
      files.map(({ path, signs }) => ({ repository, path, signs })),
    ),
    ownerOf: (repository, path) => owners.of(repository, path),
    librariesOf: (component) => libraries.get(component) ?? new Set<Ref>(),
  });
  const operations = [...described.operations, ...links.operations];
  const relations = withOperations(links.relations, links.callSites, operations, links.contextPaths);
  return {
    components: links.components,
    resources: links.resources,
    relations: [...inventory.relations, ...relations].toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    libraries: librariesWithNature(versions.libraries, models),
    contracts: described.contracts,
    operations,
    storeUses: links.storeUses,
    callSites: links.callSites,
    deployments: inventory.deployments,
    imports,
    clones: clonesOf(readings, owners, links.components),
    models,
    tables: tablesOfSource({ readings, owners, libraries, resources: links.resources, relations: links.relations }),
    unresolved: links.unresolved,
    baseline: baseline.signs,
    sources: [...sourcesOf(readings, owners), ...contracts.flatMap((one) => one.sources), ...versions.sources],
    problems: [
      ...settingsProblems(readings, inventory),
      ...contracts.flatMap((one: CollectedContracts) => one.problems),
      ...versions.problems,
      ...baseline.problems,
    ],
  };
}

/** Of settings files that cannot be read; those that are manifests too were told of already. */
function settingsProblems(readings: readonly RepositoryReading[], inventory: Inventory): Problem[] {
  const told = new Set(inventory.problems.map(({ path }) => path));
  return readings.flatMap(({ files }) =>
    files.flatMap(({ settings }) => (settings === null ? [] : settings.problems.filter(({ path }) => !told.has(path)))),
  );
}

/** Files of servers that are configured here and not programmed: whatever stands in their folders is a setting. */
function configurationOf({ components }: Inventory, owners: FileOwners): (repository: string, path: string) => boolean {
  const servers = new Set(components.filter(({ kind }) => isObservability(kind)).map(({ ref }) => ref));
  const isTool =
    /(?:^|\/)(?:[\w.-]{0,80}compose[\w.-]{0,80}|kustomization|Chart|values[\w.-]{0,80}|package(?:-lock)?|tsconfig[\w.-]{0,80})\.(?:ya?ml|json)$|dashboards?\//i;
  return (repository, path) => {
    if (!/\.(?:ya?ml|json|toml|ini|cfg|conf|config|river|alloy)$/.test(path) || isTool.test(path)) return false;
    const owner = owners.of(repository, path);
    return owner !== null && servers.has(owner);
  };
}

function importsOf(tree: FileTree, files: readonly FileReading[]): ImportGraph {
  const perFile = new Map(files.flatMap(({ path, imports }) => (imports === null ? [] : [[path, imports] as const])));
  const configs = perFile.size === 0 ? new Map<string, string>() : tree.read(tree.paths.filter(isImportConfig), { quiet: true });
  return resolveImports(tree.repository, tree.paths, perFile, configs);
}

function namesOf(readings: readonly RepositoryReading[]): NamesOfFiles {
  return new Map(
    readings.map(({ repository, files }) => [
      repository,
      new Map(files.flatMap(({ path, names }) => (names === null ? [] : [[path, names] as const]))),
    ]),
  );
}

function modelsOf(readings: readonly RepositoryReading[], owners: FileOwners): ModelFact[] {
  return readings.flatMap(({ repository, files }) =>
    files.flatMap(({ path, cues }) => {
      const component = owners.of(repository, path);
      return component === null
        ? []
        : cues.flatMap((cue) =>
            cue.kind === "model"
              ? [{ component, name: cue.name, fields: [...cue.fields].sort(), repository, file: path, line: cue.line }]
              : [],
          );
    }),
  );
}

function librariesWithNature(libraries: readonly LibraryFact[], models: readonly ModelFact[]): LibraryFact[] {
  return natureOfLibraries(libraries, new Map(), models);
}

function clonesOf(readings: readonly RepositoryReading[], owners: FileOwners, components: readonly ComponentFact[]) {
  const deployable = new Set(
    components.filter(({ kind, built }) => built && kind !== "library" && kind !== "module").map(({ ref }) => ref),
  );
  const files = readings.flatMap(({ repository, files: read }) =>
    read.flatMap(({ path, tokens }): ClonableFile[] => {
      const component = tokens === null ? null : owners.of(repository, path);
      return component === null || tokens === null || !deployable.has(component)
        ? []
        : [{ component, repository, file: path, tokens }];
    }),
  );
  return findClones(files);
}

/** One line per repository: how many files of program text were read, and what they told. */
function sourcesOf(readings: readonly RepositoryReading[], owners: FileOwners): SourceFact[] {
  return readings.map(({ repository, files }) => ({
    kind: "code",
    repository,
    path: ".",
    read: true,
    facts: files.reduce((sum, { path, cues }) => sum + (owners.of(repository, path) === null ? 0 : cues.length), 0),
    problem: null,
    window: null,
  }));
}
