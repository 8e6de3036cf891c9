/** Joins Backstage entities with what was inferred: the entity names and owns, the files say what it is. */
import { type CatalogEntity, readCatalog } from "#collect/backstage/index.js";
import { folderOf } from "#collect/manifests/index.js";
import type { Evidence } from "#model/evidence.js";
import type { ComponentFact, ComponentKind, Problem, RelationFact, ResourceFact, SourceFact, TeamFact } from "#model/facts.js";
import { componentKinds } from "#model/facts.js";
import { type Ref, refName, shortName } from "#model/refs.js";
import { groupBy, unique } from "#util/group-by.js";
import { withoutSlashes } from "#util/slashes.js";
import { plainName } from "#util/words.js";
import type { Gathered } from "./gather.js";
import { withUniqueNames } from "./unique-names.js";

export interface Catalog {
  readonly entities: readonly { readonly repository: string; readonly entity: CatalogEntity }[];
  readonly teams: readonly TeamFact[];
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
}

/** Reads the entities of all repositories. */
export function collectCatalog(gathered: readonly Gathered[]): Catalog {
  const sources: SourceFact[] = [];
  const problems: Problem[] = [];
  const entities = gathered.flatMap(({ repository, catalogs }) =>
    [...catalogs].flatMap(([path, text]) => {
      const read = readCatalog(path, text);
      const isCatalog = path.includes("catalog-info") || read.entities.length > 0;
      if (isCatalog) {
        sources.push({
          kind: "catalog",
          repository,
          path,
          read: read.problems.length === 0,
          facts: read.entities.length,
          problem: read.problems[0]?.message ?? null,
          window: null,
        });
        problems.push(...read.problems);
      }
      return read.entities.map((entity) => ({ repository, entity }));
    }),
  );
  return { entities, teams: teamsOf(entities), sources, problems };
}

function teamsOf(entities: Catalog["entities"]): TeamFact[] {
  const users = entities.filter(({ entity }) => entity.kind.toLowerCase() === "user");
  return entities.flatMap(({ repository, entity }): TeamFact[] => {
    if (entity.kind.toLowerCase() !== "group") return [];
    const listed = new Set(entity.references.get("members")?.map((member) => member.ref));
    const members = users.filter(
      ({ entity: user }) => listed.has(user.ref) || user.references.get("memberOf")?.some((group) => group.ref === entity.ref),
    );
    const known = new Set(members.map(({ entity: user }) => user.ref));
    const ids = [
      ...members.map(({ entity: user }) => user.email ?? user.name),
      ...[...listed].filter((ref) => !known.has(ref)).map(shortName),
    ];
    return [
      {
        ref: entity.ref,
        name: entity.displayName ?? entity.title ?? entity.name,
        parent: entity.references.get("parent")?.[0]?.ref ?? null,
        members: unique(ids).map((id) => ({ id, from: null, to: null })),
        functions: [],
        mission: entity.description,
        source: "declared",
        evidence: [declaration(repository, entity, entity.line)],
      },
    ];
  });
}

export interface Joined {
  readonly components: readonly ComponentFact[];
  readonly resources: readonly ResourceFact[];
  /** With the refs of the catalog, which `renamed` does not change. */
  readonly relations: readonly RelationFact[];
  /** Ref of what was inferred to the one that it has now. */
  readonly renamed: ReadonlyMap<Ref, Ref>;
  readonly problems: readonly Problem[];
}

/** Components of the catalog take over inferred ones of the same folder or name; others are added. No two have one ref in the end. */
export function joinCatalog(catalog: Catalog, components: readonly ComponentFact[], resources: readonly ResourceFact[]): Joined {
  const free = [...components];
  const described: ComponentFact[] = [];
  const withOwnParent = new Set<ComponentFact>();
  const renamed = new Map<Ref, Ref>();
  const problems: Problem[] = [];
  for (const { repository, entity, folder } of placed(catalog)) {
    const first = described.find(({ ref }) => ref === entity.ref);
    if (first && isSamePlace(first, repository, folder)) continue;
    const at = indexOfSame(free, repository, folder, entity);
    const [inferred = null] = at < 0 ? [] : free.splice(at, 1);
    const fact = merged(inferred, repository, entity, folder);
    const [unique = fact] = first ? withUniqueNames([fact], namesOf([...described, ...components])) : [];
    if (first) problems.push(describedTwice(repository, entity, first));
    if (inferred) renamed.set(inferred.ref, unique.ref);
    if (entity.references.has("subcomponentOf")) withOwnParent.add(unique);
    described.push(unique);
  }
  const refs = new Set(described.map(({ ref }) => ref));
  const left = free.map((component) => {
    if (!refs.has(component.ref)) return component;
    const [unique = component] = withUniqueNames([component], namesOf([...described, ...components]));
    renamed.set(component.ref, unique.ref);
    return unique;
  });
  const all = [...left, ...described].map(
    (component): ComponentFact =>
      component.partOf === null || withOwnParent.has(component)
        ? component
        : { ...component, partOf: renamed.get(component.partOf) ?? component.partOf },
  );
  return {
    components: all,
    resources: joinResources(catalog, resources, renamed),
    relations: relationsOf(catalog),
    renamed,
    problems,
  };
}

/** The components of the catalog with their folders; those that have none come last. */
function placed(catalog: Catalog): (Catalog["entities"][number] & { readonly folder: string | null })[] {
  const own = catalog.entities.filter(({ entity }) => entity.kind.toLowerCase() === "component");
  const perFile = groupBy(own, ({ repository, entity }) => `${repository}\n${entity.file}`);
  const all = own.map(({ repository, entity }) => {
    const alone = perFile.get(`${repository}\n${entity.file}`)?.length === 1 && entity.file.includes("catalog-info");
    return { repository, entity, folder: sourceFolder(entity) ?? (alone ? folderOf(entity.file) : null) };
  });
  return [...all.filter(({ folder }) => folder !== null), ...all.filter(({ folder }) => folder === null)];
}

/** A catalog often lists once more what a file beside the source describes. */
function isSamePlace(first: ComponentFact, repository: string, folder: string | null): boolean {
  return folder === null || (first.repository === repository && first.paths.includes(folder));
}

function namesOf(components: readonly ComponentFact[]): ReadonlySet<string> {
  return new Set(components.map(({ name }) => refName(name)));
}

function describedTwice(repository: string, { file, line, ref }: CatalogEntity, first: ComponentFact): Problem {
  const other = first.evidence.find((evidence) => evidence.type === "declaration");
  const where = other?.type === "declaration" ? `${other.file} of ${other.repository}` : "another file";
  return {
    path: file,
    line,
    message: `${file}:${line} of ${repository}: ${ref} is described in ${where} already`,
    hint: "give one of the two another metadata.name",
  };
}

/** `backstage.io/source-location` and `github.com/source-location` with a folder in it: `url:https://…/tree/main/services/cart/`. */
function sourceFolder(entity: CatalogEntity): string | null {
  const location = entity.annotations.get("backstage.io/source-location") ?? "";
  const found = /\/(?:tree|blob|src)\/[^/\s]{1,200}\/(.{1,500})$/.exec(location)?.[1];
  return found ? withoutSlashes(found) : null;
}

function indexOfSame(
  components: readonly ComponentFact[],
  repository: string,
  folder: string | null,
  entity: CatalogEntity,
): number {
  const isHere = (component: ComponentFact) => component.repository === repository;
  const inFolder = (component: ComponentFact) => isHere(component) && folder !== null && component.paths[0] === folder;
  const name = plainName(entity.name);
  const hasName = (component: ComponentFact) => [component.name, ...component.aliases].some((alias) => plainName(alias) === name);
  const found = [
    components.findIndex((component) => component.kind !== "module" && inFolder(component)),
    components.findIndex((component) => isHere(component) && hasName(component)),
    components.findIndex(inFolder),
    // A repository of its own may hold the catalog of all others.
    folder === null ? components.findIndex((component) => component.built && hasName(component)) : -1,
  ];
  return found.find((at) => at >= 0) ?? -1;
}

function merged(inferred: ComponentFact | null, repository: string, entity: CatalogEntity, folder: string | null): ComponentFact {
  const evidence: Evidence = declaration(repository, entity, entity.line);
  const parent = entity.references.get("subcomponentOf")?.[0]?.ref;
  const owners = entity.owner
    ? [{ ref: entity.owner.ref, source: "backstage" as const, evidence: [declaration(repository, entity, entity.owner.line)] }]
    : [];
  return {
    ref: entity.ref,
    name: entity.name,
    kind: kindOfType(entity.type, inferred?.kind ?? null),
    built: inferred?.built ?? folder !== null,
    partOf: parent ?? inferred?.partOf ?? null,
    repository: inferred?.repository ?? repository,
    paths: inferred && inferred.paths.length > 0 ? inferred.paths : folder === null ? [] : [folder],
    aliases: unique([...(inferred ? [inferred.name, ...inferred.aliases] : []), ...(entity.title ? [entity.title] : [])]).filter(
      (alias) => alias !== entity.name,
    ),
    technology: inferred?.technology ?? null,
    declaredOwners: owners,
    declared: false,
    inferredFrom: [`${entity.file} describes the component ${entity.name}`, ...(inferred?.inferredFrom ?? [])],
    evidence: [evidence, ...(inferred?.evidence ?? [])].slice(0, 20),
  };
}

/** The files know better than `service` what kind of deployable it is; a catalog knows better whether it is one at all. */
function kindOfType(type: string | null, inferred: ComponentKind | null): ComponentKind {
  if (type === "library") return "library";
  if (type === "service" && (inferred === null || inferred === "library" || inferred === "module" || inferred === "external"))
    return "service";
  if (inferred !== null && inferred !== "module") return inferred;
  if (type === "website") return "frontend";
  return (componentKinds as readonly string[]).includes(type ?? "") ? (type as ComponentKind) : "module";
}

const resourceKinds: ReadonlyMap<string, ResourceFact["kind"]> = new Map(
  Object.entries<ResourceFact["kind"]>({
    database: "datastore",
    "s3-bucket": "bucket",
    bucket: "bucket",
    cache: "cache",
    redis: "cache",
    queue: "broker",
    broker: "broker",
    kafka: "broker",
    "kafka-topic": "topic",
    topic: "topic",
  }),
);

function joinResources(catalog: Catalog, resources: readonly ResourceFact[], renamed: Map<Ref, Ref>): ResourceFact[] {
  const result = [...resources];
  for (const { repository, entity } of catalog.entities) {
    if (entity.kind.toLowerCase() !== "resource") continue;
    const at = result.findIndex((resource) =>
      [resource.name, ...resource.aliases].some((name) => plainName(name) === plainName(entity.name)),
    );
    const same = at < 0 ? undefined : result[at];
    const fact: ResourceFact = {
      ref: entity.ref,
      name: entity.name,
      kind: same?.kind ?? resourceKinds.get(entity.type ?? "") ?? "datastore",
      partOf: same?.partOf ?? null,
      technology: same?.technology ?? null,
      aliases: unique(same ? [same.name, ...same.aliases] : []).filter((alias) => alias !== entity.name),
      evidence: [declaration(repository, entity, entity.line), ...(same?.evidence ?? [])],
    };
    if (same) renamed.set(same.ref, fact.ref);
    if (at < 0) result.push(fact);
    else result[at] = fact;
  }
  return result;
}

/** What components say they depend on; an API stands for the component that provides it. */
function relationsOf(catalog: Catalog): RelationFact[] {
  const providers = new Map<Ref, Ref>();
  for (const { entity } of catalog.entities)
    for (const api of entity.references.get("providesApis") ?? []) providers.set(api.ref, entity.ref);
  const known = new Set(catalog.entities.map(({ entity }) => entity.ref));
  const relations = new Map<string, RelationFact>();
  const add = (from: Ref, to: Ref, kind: RelationFact["kind"], protocol: RelationFact["protocol"], evidence: Evidence) => {
    const id = `catalog:${kind}:${from}>${to}`;
    if (from === to || relations.has(id)) return;
    relations.set(id, {
      id,
      from,
      to,
      kind,
      protocol,
      category: "business",
      confidence: "likely",
      seen: ["declared"],
      detail: null,
      operation: null,
      evidence: [evidence],
    });
  };
  for (const { repository, entity } of catalog.entities) {
    if (entity.kind.toLowerCase() !== "component") continue;
    for (const { ref, line } of entity.references.get("dependsOn") ?? []) {
      if (!/^(?:component|resource):/.test(ref) || !known.has(ref)) continue;
      add(entity.ref, ref, "dependsOn", ref.startsWith("resource:") ? "db" : "http", declaration(repository, entity, line));
    }
    for (const { ref, line } of entity.references.get("dependencyOf") ?? []) {
      if (ref.startsWith("component:") && known.has(ref))
        add(ref, entity.ref, "dependsOn", "http", declaration(repository, entity, line));
    }
    for (const { ref, line } of entity.references.get("consumesApis") ?? []) {
      const provider = providers.get(ref);
      if (provider) add(entity.ref, provider, "calls", protocolOf(catalog, ref), declaration(repository, entity, line));
    }
  }
  return [...relations.values()];
}

function protocolOf(catalog: Catalog, api: Ref): RelationFact["protocol"] {
  const type = catalog.entities.find(({ entity }) => entity.ref === api)?.entity.type;
  return type === "grpc" ? "grpc" : type === "asyncapi" ? "queue" : "http";
}

function declaration(repository: string, entity: CatalogEntity, line: number): Evidence {
  return { type: "declaration", repository, file: entity.file, line, text: `${entity.kind} ${entity.name}` };
}
