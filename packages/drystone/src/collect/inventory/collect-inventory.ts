/** Which services, libraries, modules and resources there are, from build, deployment and catalog files. */
import type { FileTree } from "#collect/files/index.js";
import { isInside, moduleFolders } from "#collect/folders/index.js";
import { type BuildManifest, type Dependency, lastPart } from "#collect/manifests/index.js";
import type {
  ComponentFact,
  DeploymentFact,
  LibraryFact,
  LibraryUse,
  Problem,
  RelationFact,
  ResourceFact,
  SourceFact,
  TeamFact,
} from "#model/facts.js";
import { componentRef, type Ref, resourceRef } from "#model/refs.js";
import { groupBy, unique } from "#util/group-by.js";
import { plainName } from "#util/words.js";
import type { Candidate } from "./claim.js";
import { collectClaims } from "./claims.js";
import { settle } from "./deployables.js";
import { type Described, describeDeployable, describeUnbuilt, shortManifestName } from "./describe.js";
import { type Gathered, gather } from "./gather.js";
import { collectCatalog, joinCatalog } from "./join-catalog.js";
import { joinDeclared } from "./join-declared.js";
import { type LibraryFolder, libraryFolders, natureOf, type Use, usesOf } from "./libraries.js";
import { libraryUse } from "./library-use.js";
import { isGeneric } from "./names.js";
import { deploymentFacts, type Placement, placementsOf } from "./placements.js";
import { withUniqueNames } from "./unique-names.js";

export interface UsedDependency {
  readonly ecosystem: string;
  readonly name: string;
  readonly use: LibraryUse;
}

export interface Inventory {
  readonly components: ComponentFact[];
  readonly resources: ResourceFact[];
  /** Use of internal libraries, and what a catalog declares. */
  readonly relations: RelationFact[];
  readonly libraries: LibraryFact[];
  /** Libraries from elsewhere, one per component and build file. */
  readonly dependencies: readonly UsedDependency[];
  /** Groups of a catalog with their members. */
  readonly teams: TeamFact[];
  readonly sources: SourceFact[];
  readonly problems: Problem[];
  /** What runs, and the component or resource that each is. */
  readonly deployments: DeploymentFact[];
  /** The same with all that the files say: environment, names, ports, commands. */
  readonly placed: readonly Placement[];
}

/**
 * Reads all repositories of a system together. Declared components win over a catalog, a catalog over what is inferred. All lists are sorted by ref or name.
 * @param declared components of `drystone.yaml`. @param options.systemName names the root of a single repository whose files do not.
 */
export function collectInventory(
  trees: readonly FileTree[],
  declared: readonly ComponentFact[],
  options: { readonly systemName: string },
): Inventory {
  const gathered = trees.map(gather);
  const found = deployablesAndResources(gathered, options.systemName);
  const libraries = gathered.flatMap((repository) =>
    libraryFolders(repository, found.folders.get(repository.repository) ?? [], found.areTools),
  );
  const uses = usesOf(gathered, libraries);
  const inferredComponents = found.components.map(({ fact }) => fact);
  const inferred = withUniqueNames([
    ...inferredComponents,
    ...libraries.map((library) => libraryComponent(library, options.systemName)),
    ...gathered.flatMap((repository) =>
      gathered.length === 1 ? moduleComponents(repository, inferredComponents, libraries) : [],
    ),
  ]);
  const inferredPairs = usePairs(inferred, libraries, uses);
  const withParents = partsOf(inferred, inferredPairs);
  const catalog = collectCatalog(gathered);
  const foundResources = withUniqueNames(found.resources.map(({ fact }) => fact));
  const joined = joinCatalog(catalog, withParents, foundResources);
  const final = joinDeclared(declared, joined.components);
  const declaredRef = (ref: Ref): Ref => final.renamed.get(ref) ?? ref;
  const rename = (ref: Ref): Ref => declaredRef(joined.renamed.get(ref) ?? ref);
  const components = final.components.map((component) =>
    component.partOf === null ? component : { ...component, partOf: parentOf(declaredRef(component.partOf), component) },
  );
  const declaredRefs = new Map(
    declared.flatMap((component) => [component.name, ...component.aliases].map((name) => [plainName(name), component.ref])),
  );
  const pairs = inferredPairs.map((pair) => ({
    ...pair,
    user: rename(pair.user),
    library: rename(pair.library),
  }));
  const placed = placementsOf(
    [
      ...found.components.map(({ claims }, index) => ({ ref: rename(inferred[index]?.ref ?? ""), claims })),
      ...found.resources.map(({ fact, claims }, index) => {
        const ref = rename(foundResources[index]?.ref ?? fact.ref);
        return { ref: declaredRefs.get(plainName(fact.name)) ?? ref, claims };
      }),
    ],
    gathered,
    components,
  );
  const dependencies = usedDependencies(gathered, inferred, libraries, rename);
  return {
    deployments: deploymentFacts(placed),
    placed,
    components: components.toSorted((a, b) => compare(a.ref, b.ref)),
    resources: withCloudStores(joined.resources, gathered)
      .filter((resource) => !declaredRefs.has(plainName(resource.name)))
      .toSorted((a, b) => compare(a.ref, b.ref)),
    relations: [
      ...joined.relations.map((relation) => ({ ...relation, from: declaredRef(relation.from), to: declaredRef(relation.to) })),
      ...libraryRelations(pairs),
    ]
      .filter((relation) => relation.from !== relation.to)
      .toSorted((a, b) => compare(a.id, b.id)),
    libraries: [
      ...internalLibraries(libraries, pairs, (library) => refOfLibrary(inferred, library, rename)),
      ...sharedLibraries(dependencies),
    ],
    dependencies,
    teams: catalog.teams.toSorted((a, b) => compare(a.ref, b.ref)),
    sources: [...gathered.flatMap((repository) => repository.sources), ...catalog.sources].toSorted(
      (a, b) => compare(a.repository, b.repository) || compare(a.path, b.path),
    ),
    problems: [...gathered.flatMap((repository) => repository.problems), ...catalog.problems, ...joined.problems],
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function parentOf(parent: Ref, component: ComponentFact): Ref | null {
  return parent === component.ref ? null : parent;
}

/** Stores that Terraform makes, where nothing else deploys one of their technology: else the two are one store in two places. */
function withCloudStores(resources: readonly ResourceFact[], gathered: readonly Gathered[]): ResourceFact[] {
  const known = new Set(resources.map(({ technology }) => technology));
  const stores = gathered.flatMap(({ repository, terraform }) =>
    terraform.stores
      .filter(({ kind, technology }) => kind !== "table" && kind !== "topic" && !known.has(technology))
      .map(
        ({ name, kind, technology, address, file, line }): ResourceFact => ({
          ref: resourceRef(name),
          name,
          kind,
          partOf: null,
          technology,
          aliases: [address],
          evidence: [{ type: "file", repository, file, line, text: address }],
        }),
      ),
  );
  const byRef = new Map([...stores, ...resources].map((resource) => [resource.ref, resource]));
  return [...byRef.values()];
}

interface Found {
  readonly components: readonly (Described & { readonly fact: ComponentFact })[];
  readonly resources: readonly (Described & { readonly fact: ResourceFact })[];
  /** Folders by repository that are built into one of them. */
  readonly folders: ReadonlyMap<string, readonly string[]>;
  /** All programs are tools that people start themselves: none of them is a deployable. */
  readonly areTools: boolean;
}

function deployablesAndResources(gathered: readonly Gathered[], systemName: string): Found {
  const { candidates, unbuilt } = collectClaims(gathered);
  const system = { several: gathered.length > 1, ownImages: ownImages(candidates) };
  const programs = gathered.map((repository) => ({ repository, deployables: settle(repository, candidates) }));
  const areTools =
    unbuilt.length === 0 &&
    programs.every(({ deployables }) => deployables.every(({ claims }) => claims.every(({ tool }) => tool)));
  const settled = areTools ? [] : programs;
  const built = settled.flatMap(({ repository, deployables }) => {
    const named = repository.repository === "" ? { ...repository, repository: systemName } : repository;
    return deployables.flatMap((deployable) => describeDeployable(named, deployable, system));
  });
  const images = new Set(candidates.flatMap((candidate) => candidate.claims.flatMap((claim) => claim.image ?? [])));
  const names = built.map(({ fact }) => fact.name);
  const all = withSameName(built, describeUnbuilt(unbuilt, images, names));
  return {
    components: all.filter((one): one is Found["components"][number] => "built" in one.fact),
    resources: all.filter((one): one is Found["resources"][number] => !("built" in one.fact)),
    areTools,
    folders: new Map(
      settled.map(({ repository, deployables }) => [
        repository.repository,
        deployables.flatMap((deployable) => deployable.paths),
      ]),
    ),
  };
}

/** What runs under the name of something that is built is that. */
function withSameName(built: readonly Described[], others: readonly Described[]): Described[] {
  const known = new Map(
    built
      .flatMap((one, index) => [one.fact.name, ...one.fact.aliases].map((name) => [plainName(name), index] as const))
      .toReversed(),
  );
  // A server that everybody knows is no program of ours, whatever it is called.
  const indexOf = ({ fact }: Described) => {
    const index = known.get(plainName(fact.name));
    const isOther = index !== undefined && !("built" in fact) && "built" in (built[index]?.fact ?? fact);
    return isOther ? undefined : index;
  };
  const same = groupBy(others, indexOf);
  return [
    ...built.map((one, index) => {
      const claims = (same.get(index) ?? []).flatMap((other) => other.claims);
      const names = claims.flatMap((claim) => [claim.name ?? one.fact.name, ...claim.aliases]);
      const aliases = unique([...one.fact.aliases, ...names]).filter((name) => name !== one.fact.name);
      return { fact: { ...one.fact, aliases }, claims: [...one.claims, ...claims] };
    }),
    ...others.filter((other) => indexOf(other) === undefined),
  ];
}

/** Images that only one folder is built into; one image name for all of them is no name of any. */
function ownImages(candidates: readonly Candidate[]): Set<string> {
  const folders = new Map<string, Set<Candidate>>();
  for (const candidate of candidates) {
    for (const { image } of candidate.claims)
      if (image !== null) folders.set(image, (folders.get(image) ?? new Set()).add(candidate));
  }
  return new Set([...folders].flatMap(([image, by]) => (by.size === 1 ? [image] : [])));
}

function libraryComponent(library: LibraryFolder, systemName: string): ComponentFact {
  const { repository, folder, manifest } = library;
  const written = manifest.name === null ? "" : shortManifestName(manifest.name);
  const folderName = folder === "" ? repository || systemName : lastPart(folder);
  const name = written === "" || (isGeneric(written) && !isGeneric(folderName)) ? folderName : written;
  const says = `${manifest.path} builds ${manifest.name ?? folderName}`;
  return {
    ...plainComponent(name, "library", repository, folder),
    technology: manifest.technology,
    aliases: unique([manifest.name ?? name, folderName]).filter((alias) => alias !== name),
    inferredFrom: [says],
    evidence: [{ type: "file", repository, file: manifest.path, line: manifest.line, text: says }],
  };
}

const fewestModules = 3;
const mostModules = 40;

/** Modules of a repository with at most one deployable, unless the members of a workspace already are its parts. */
function moduleComponents(
  repository: Gathered,
  components: readonly ComponentFact[],
  libraries: readonly LibraryFolder[],
): ComponentFact[] {
  const built = components.filter((component) => component.built);
  const inner = libraries.filter((library) => library.folder !== "");
  if (built.length > 1 || inner.length >= 3) return [];
  const whole = built[0] ?? (libraries[0]?.folder === "" ? libraryComponent(libraries[0], "") : undefined);
  const folders = moduleFolders(repository.active, whole?.paths[0] ?? "").filter(({ isScaffold }) => !isScaffold);
  if (folders.length < fewestModules) return [];
  const largest = new Set(folders.toSorted((a, b) => b.files - a.files).slice(0, mostModules));
  return folders.flatMap((module) => {
    if (!largest.has(module)) return [];
    if (inner.some((library) => library.folder === module.folder)) return [];
    const says = `${module.folder} holds ${module.files} source files`;
    return [
      {
        ...plainComponent(lastPart(module.folder), "module", repository.repository, module.folder),
        partOf: whole?.ref ?? null,
        technology: whole?.technology ?? null,
        inferredFrom: [says],
        evidence: [{ type: "file", repository: repository.repository, file: module.example, line: 1, text: says } as const],
      },
    ];
  });
}

function plainComponent(name: string, kind: ComponentFact["kind"], repository: string, folder: string): ComponentFact {
  return {
    ref: componentRef(name),
    name,
    kind,
    built: true,
    partOf: null,
    repository,
    paths: [folder],
    aliases: [],
    technology: null,
    declaredOwners: [],
    declared: false,
    inferredFrom: [],
    evidence: [],
  };
}

interface Pair {
  readonly user: Ref;
  readonly library: Ref;
  readonly use: Use;
}

/** Each use with the components at both ends. */
function usePairs(components: readonly ComponentFact[], libraries: readonly LibraryFolder[], uses: readonly Use[]): Pair[] {
  const refs = new Map(
    libraries.map((library) => [
      library,
      components.find((component) => component.kind === "library" && sameFolder(component, library))?.ref,
    ]),
  );
  const users = new Map<Use["manifest"], ComponentFact | undefined>();
  return uses.flatMap((use) => {
    if (!users.has(use.manifest)) users.set(use.manifest, componentAt(components, use.repository, use.manifest.folder));
    const user = users.get(use.manifest);
    const library = refs.get(use.library);
    return user && library && user.ref !== library ? [{ user: user.ref, library, use }] : [];
  });
}

function sameFolder(component: ComponentFact, library: LibraryFolder): boolean {
  return component.repository === library.repository && component.paths[0] === library.folder;
}

/** The component whose path is the deepest around a folder; modules are no users of their own. */
function componentAt(components: readonly ComponentFact[], repository: string, folder: string): ComponentFact | undefined {
  let best: ComponentFact | undefined;
  let depth = -1;
  for (const component of components) {
    if (component.repository !== repository || component.kind === "module") continue;
    for (const path of component.paths) {
      if (path.length <= depth || !isInside(folder, path)) continue;
      best = component;
      depth = path.length;
    }
  }
  return best;
}

/** A library that only one deployable reaches, directly or through others, is a part of it. */
function partsOf(components: readonly ComponentFact[], pairs: readonly Pair[]): ComponentFact[] {
  const users = new Map<Ref, Set<Ref>>();
  for (const { user, library } of pairs) users.set(library, (users.get(library) ?? new Set()).add(user));
  const isLibrary = new Set(components.filter((component) => component.kind === "library").map((component) => component.ref));
  return components.map((component) => {
    if (component.kind !== "library") return component;
    const reached = deployablesAbove(component.ref, users, isLibrary);
    const [only] = reached;
    const around = components.find(
      (one) => one.built && one.kind !== "library" && one.kind !== "module" && isAround(one, component),
    );
    return { ...component, partOf: around?.ref ?? (reached.size === 1 && only ? only : null) };
  });
}

function deployablesAbove(library: Ref, users: ReadonlyMap<Ref, ReadonlySet<Ref>>, isLibrary: ReadonlySet<Ref>): Set<Ref> {
  const seen = new Set([library]);
  const found = new Set<Ref>();
  for (const ref of seen) {
    for (const user of users.get(ref) ?? []) {
      if (isLibrary.has(user)) seen.add(user);
      else found.add(user);
    }
  }
  return found;
}

function isAround(outer: ComponentFact, inner: ComponentFact): boolean {
  return (
    outer.repository === inner.repository &&
    inner.paths.every((path) => outer.paths.some((around) => around !== path && isInside(path, around)))
  );
}

function libraryRelations(pairs: readonly Pair[]): RelationFact[] {
  const relations = new Map<string, RelationFact>();
  for (const { user, library, use } of pairs) {
    const { repository, manifest, dependency } = use;
    const text = `${dependency.name} ${dependency.version ?? ""}`.trim();
    const place = { type: "file", repository, file: manifest.path, line: dependency.line, text } as const;
    const relation = libraryUse(user, library, dependency.name, place);
    if (!relations.has(relation.id)) relations.set(relation.id, relation);
  }
  return [...relations.values()];
}

function refOfLibrary(components: readonly ComponentFact[], library: LibraryFolder, rename: (ref: Ref) => Ref): Ref | null {
  const component = components.find((one) => one.kind === "library" && sameFolder(one, library));
  return component === undefined ? null : rename(component.ref);
}

function internalLibraries(
  libraries: readonly LibraryFolder[],
  pairs: readonly Pair[],
  refOf: (library: LibraryFolder) => Ref | null,
): LibraryFact[] {
  return libraries
    .map((library): LibraryFact => {
      const name = library.manifest.name ?? lastPart(library.folder);
      const uses = pairs
        .filter((pair) => pair.use.library === library)
        .map((pair) => useOf(pair.user, pair.use.repository, pair.use.manifest, pair.use.dependency));
      return {
        name,
        ecosystem: ecosystemOf(library.manifest),
        internal: true,
        component: refOf(library),
        nature: natureOf(name),
        natureReason: null,
        uses: sortedUses(uses),
      };
    })
    .toSorted((a, b) => compare(a.name, b.name));
}

/** External libraries that two or more components use; those that only build or test are left out. */
function sharedLibraries(dependencies: readonly UsedDependency[]): LibraryFact[] {
  const uses = new Map<string, LibraryUse[]>();
  for (const { ecosystem, name, use } of dependencies) {
    const key = `${ecosystem}:${name}`;
    const users = uses.get(key);
    if (users === undefined) uses.set(key, [use]);
    else users.push(use);
  }
  return [...uses]
    .filter(([, by]) => new Set(by.map((use) => use.component)).size > 1)
    .map(
      ([key, by]): LibraryFact => ({
        name: key.slice(key.indexOf(":") + 1),
        ecosystem: key.slice(0, key.indexOf(":")),
        component: null,
        natureReason: null,
        internal: false,
        nature: "infrastructure",
        uses: sortedUses(by),
      }),
    )
    .toSorted((a, b) => compare(a.name, b.name));
}

/** What is linked at run time and comes from elsewhere. */
function usedDependencies(
  gathered: readonly Gathered[],
  components: readonly ComponentFact[],
  libraries: readonly LibraryFolder[],
  rename: (ref: Ref) => Ref,
): UsedDependency[] {
  const own = new Set(libraries.map((library) => library.manifest.name));
  return gathered.flatMap((repository) =>
    repository.manifests.flatMap((manifest) => {
      const user = componentAt(components, repository.repository, manifest.folder);
      if (!user || manifest.aggregator) return [];
      return manifest.dependencies
        .filter((dependency) => dependency.runtime && dependency.path === null && !own.has(dependency.name))
        .map((dependency) => ({
          ecosystem: ecosystemOf(manifest),
          name: dependency.name,
          use: useOf(rename(user.ref), repository.repository, manifest, dependency),
        }));
    }),
  );
}

function ecosystemOf(manifest: BuildManifest): string {
  const { ecosystem } = manifest;
  const registries: Partial<Record<BuildManifest["ecosystem"], string>> = {
    gradle: "maven",
    dotnet: "nuget",
    python: "pypi",
    php: "packagist",
    ruby: "rubygems",
  };
  return registries[ecosystem] ?? ecosystem;
}

/** As the build file says; `managed` stands for a version that is set elsewhere: by a parent, a workspace or a path. */
function useOf(component: Ref, repository: string, manifest: BuildManifest, dependency: Dependency): LibraryUse {
  const { name, version, line } = dependency;
  return {
    component,
    version: version ?? "managed",
    resolved: false,
    evidence: [{ type: "file", repository, file: manifest.path, line, text: `${name} ${version ?? ""}`.trim() }],
  };
}

function sortedUses(uses: readonly LibraryUse[]): LibraryUse[] {
  const byKey = new Map(uses.map((use) => [`${use.component}\n${use.version}`, use]));
  return [...byKey.values()].toSorted((a, b) => compare(a.component, b.component) || compare(a.version, b.version));
}
