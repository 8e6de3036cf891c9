/** Sorts what files say to the components they belong to. */
import { type Cue, languageOfPath, namesOfClass } from "#collect/code/index.js";
import type { Inventory, Placement } from "#collect/inventory/index.js";
import type { Belongings, FoundCue, FoundSettings } from "#collect/links/index.js";
import type { ComponentFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { dependencyCues } from "./dependency-cues.js";
import type { FileReading } from "./file-reading.js";
import { functionCues } from "./function-cues.js";
import { isWired } from "./is-wired.js";
import { mountedReadings } from "./mounted-readings.js";
import { type FileOwners, fileOwners } from "./owners-of-files.js";

export interface RepositoryReading {
  readonly repository: string;
  readonly files: readonly FileReading[];
}

/** Says whether the code of a component reaches what a file of a library says. */
export type Reaches = (component: Ref, repository: string, cue: Cue) => boolean;

/** Each deployable with its own files, those of the libraries that it uses as far as its code reaches them, and what its build links. */
export function belongingsOf(
  inventory: Pick<Inventory, "components" | "placed" | "relations" | "dependencies">,
  readings: readonly RepositoryReading[],
  reaches: Reaches,
): Map<Ref, Belongings> {
  const owners = fileOwners(inventory.components, inventory.placed);
  const { own, forAll, loose } = ownBelongings(owners, readings, inventory.components, inventory.placed);
  const libraries = librariesOf(inventory);
  const linked = dependencyCues(inventory.dependencies);
  const workedWith = tablesWorkedWith([...[...own.values()].flatMap(({ cues }) => cues), ...loose]);
  const result = new Map<Ref, Belongings>();
  for (const component of inventory.components) {
    if (component.kind === "library" || component.kind === "module") continue;
    const mine = own.get(component.ref) ?? nothing();
    const used = [...[...(libraries.get(component.ref) ?? [])].flatMap((library) => own.get(library)?.cues ?? []), ...loose];
    const reachable = used.filter(({ repository, cue }) => cue.kind === "constant" || reaches(component.ref, repository, cue));
    const reached = withoutIdleClasses(reachable, mine.cues, workedWith);
    const cues = [
      ...mine.cues,
      ...(linked.get(component.ref) ?? []),
      ...[...reached, ...schemasOf(used, [...mine.cues, ...reached])].map((found) => ({ ...found, own: false })),
    ];
    const served = isConfigClient(cues) ? forAll : nothing();
    result.set(component.ref, {
      cues: [...cues, ...served.cues.filter(({ cue }) => concerns(cue, cues))],
      settings: [...mine.settings, ...served.settings.map((found) => ({ ...found, shared: true }))],
    });
  }
  return result;
}

/**
 * A class in a library stands for a table to those whose code works with it as one: reads it, writes it, makes it. Others only hand its values on. Where nobody is seen to work with
 * it, everybody may.
 */
function withoutIdleClasses(
  reachable: readonly FoundCue[],
  own: readonly FoundCue[],
  workedWith: ReadonlySet<string>,
): readonly FoundCue[] {
  if (!reachable.some(({ cue }) => isClassOfTable(cue))) return reachable;
  const here = tablesWorkedWith([...own, ...reachable]);
  return reachable.filter(({ cue }) => {
    const names = isClassOfTable(cue) ? [cue.name.toLowerCase(), ...namesOfClass(cue.entity ?? "")] : [];
    return !names.some((name) => workedWith.has(name)) || names.some((name) => here.has(name));
  });
}

type TableCue = Extract<Cue, { readonly kind: "table" }>;

function isClassOfTable(cue: Cue): cue is TableCue {
  return cue.kind === "table" && cue.access === "map" && cue.entity !== null && isWired(cue.file);
}

/** Classes, and tables in lower case, that statements, repositories and migrations name. */
function tablesWorkedWith(cues: readonly FoundCue[]): ReadonlySet<string> {
  return new Set(
    cues.flatMap(({ cue }) => {
      if (cue.kind === "entity-use") return namesOfClass(cue.entity);
      return cue.kind === "table" && cue.access !== "map" ? [cue.name.toLowerCase()] : [];
    }),
  );
}

/** No code imports the schema of a library: it is in use where code works with its entities. */
function schemasOf(used: readonly FoundCue[], code: readonly FoundCue[]): FoundCue[] {
  const schemas = used.filter(({ cue }) => cue.file.endsWith(".prisma"));
  const entities = new Set(schemas.flatMap(({ cue }) => (cue.kind === "table" ? (cue.entity ?? []) : [])));
  const inUse = new Set(code.flatMap(({ cue }) => (cue.kind === "entity-use" && entities.has(cue.entity) ? [cue.entity] : [])));
  return inUse.size === 0 ? [] : schemas.filter(({ cue }) => cue.kind !== "table" || inUse.has(cue.entity ?? ""));
}

function isConfigClient(cues: readonly FoundCue[]): boolean {
  const has = (role: string) => cues.some(({ cue }) => cue.kind === "role" && cue.role === role);
  return has("config-client") && !has("config-server");
}

/** What everybody is handed concerns those who use such a thing: a store of the technology, a role. */
function concerns(cue: Cue, own: readonly FoundCue[]): boolean {
  if (cue.kind === "role") return own.some((other) => other.cue.kind === "role" && other.cue.role === cue.role);
  if (cue.kind !== "address" && cue.kind !== "store-client") return false;
  return (
    cue.technology !== null && own.some((other) => other.cue.kind === "store-client" && other.cue.technology === cue.technology)
  );
}

const imported: ReadonlySet<string> = new Set(["go", "javascript", "python"]);

/** Scripts that hold a program back until others answer, and their settings: they name all that is started together, whoever uses it. */
const waitsOnly = /(?:^|\/)wait(?:-?for(?:-?it)?|4)(?:[.-][^/]{0,100}$|\/)/i;

interface Collected {
  readonly cues: FoundCue[];
  readonly settings: FoundSettings[];
}

function nothing(): Collected {
  return { cues: [], settings: [] };
}

/** `forAll` is what a configuration server hands to every application; `loose` what code says that stands in no component: whoever imports it uses it. */
function ownBelongings(
  owners: FileOwners,
  readings: readonly RepositoryReading[],
  components: readonly ComponentFact[],
  placed: readonly Placement[],
): { readonly own: ReadonlyMap<Ref, Collected>; readonly forAll: Collected; readonly loose: readonly FoundCue[] } {
  const own = new Map<Ref, Collected>();
  const forAll = nothing();
  const loose: FoundCue[] = [];
  const at = (ref: Ref) => {
    const known = own.get(ref) ?? nothing();
    own.set(ref, known);
    return known;
  };
  const byApplication = applicationNames(owners, readings, components);
  for (const { repository, files } of readings) {
    for (const { path, cues, settings } of files) {
      if (waitsOnly.test(path)) continue;
      const owner = owners.of(repository, path);
      const place = placeOf(settings?.application ?? null, owner);
      // In other languages there is no telling who imports it.
      if (owner === null && imported.has(languageOfPath(path) ?? ""))
        for (const cue of cues) loose.push({ repository, cue, own: false });
      if (place === null) continue;
      for (const cue of cues) place.cues.push({ repository, cue, own: true });
      if (settings !== null) place.settings.push({ repository, file: settings, shared: false });
    }
  }
  const askers = askersOf(own);
  nameBrokers(
    own,
    new Map(
      readings.flatMap(({ files }) =>
        files.flatMap(({ dapr }) => dapr.map(({ name, technology }) => [name, technology] as const)),
      ),
    ),
  );
  for (const { repository, files } of readings) {
    for (const { name, scopes, cues } of files.flatMap(({ dapr }) => dapr)) {
      const allowed = scopes.flatMap((scope) => byApplication.get(scope.toLowerCase()) ?? []);
      for (const ref of new Set([...(askers.get(name) ?? []), ...allowed]))
        for (const cue of cues) at(ref).cues.push({ repository, cue, own: true });
    }
  }
  for (const { ref, repository, unit } of placed)
    for (const cue of functionCues(unit)) at(ref).cues.push({ repository, cue, own: true });
  for (const { ref, repository, file } of mountedReadings(components, placed)) {
    for (const cue of file.cues) at(ref).cues.push({ repository, cue, own: true });
    if (file.settings !== null) at(ref).settings.push({ repository, file: file.settings, shared: false });
  }
  return { own, forAll, loose };

  /** A file of a configuration server belongs to the application that it is named after; one that nobody is named after says nothing of the server. */
  function placeOf(application: string | null, owner: Ref | null): Collected | null {
    if (application === null) return owner === null ? null : at(owner);
    if (application === "application") return forAll;
    const meant = byApplication.get(application.toLowerCase()) ?? null;
    return meant === null ? null : at(meant);
  }
}

/** What is sent through a building block goes to the broker behind it. */
function nameBrokers(own: ReadonlyMap<Ref, Collected>, technologies: ReadonlyMap<string, string>): void {
  if (technologies.size === 0) return;
  for (const { cues } of own.values()) {
    const asked = new Map(
      cues.flatMap(({ cue }) =>
        cue.kind === "building-block" ? [[`${cue.file}:${cue.line}`, technologies.get(cue.name)] as const] : [],
      ),
    );
    for (const [index, found] of cues.entries()) {
      const { cue } = found;
      const technology = asked.get(`${cue.file}:${cue.line}`);
      if ((cue.kind === "publishes" || cue.kind === "consumes") && cue.technology === null && technology !== undefined)
        cues[index] = { ...found, cue: { ...cue, technology } };
    }
  }
}

/** Components by the building block of Dapr that their code asks for by name. */
function askersOf(own: ReadonlyMap<Ref, Collected>): Map<string, readonly Ref[]> {
  const found = new Map<string, Ref[]>();
  for (const [ref, { cues }] of own)
    for (const { cue } of cues)
      if (cue.kind === "building-block") found.set(cue.name, [...new Set([...(found.get(cue.name) ?? []), ref])]);
  return found;
}

/** Components by the name under which their own settings register them, and by their own names. */
function applicationNames(
  owners: FileOwners,
  readings: readonly RepositoryReading[],
  components: readonly ComponentFact[],
): Map<string, Ref> {
  const names = new Map<string, Ref>();
  for (const { ref, name, aliases, kind } of components) {
    if (kind === "library" || kind === "module") continue;
    for (const known of [name, ...aliases]) if (!names.has(known.toLowerCase())) names.set(known.toLowerCase(), ref);
  }
  for (const { repository, files } of readings) {
    for (const { path, settings } of files) {
      if (settings === null || settings.application !== null) continue;
      const owner = owners.of(repository, path);
      const name = settings.entries.find(({ key }) => key === "spring.application.name")?.value;
      if (owner !== null && name !== undefined) names.set(name.toLowerCase(), owner);
    }
  }
  return names;
}

/** Libraries that a component depends on, directly or through others. */
export function librariesOf({ components, relations }: Pick<Inventory, "components" | "relations">): Map<Ref, ReadonlySet<Ref>> {
  const isLibrary = new Set(components.filter(({ kind }) => kind === "library").map(({ ref }) => ref));
  const used = new Map<Ref, Set<Ref>>();
  for (const { from, to } of relations) if (isLibrary.has(to)) used.set(from, (used.get(from) ?? new Set<Ref>()).add(to));
  const parts = new Map<Ref, Ref[]>();
  for (const { ref, partOf, kind } of components)
    if (kind === "library" && partOf !== null) parts.set(partOf, [...(parts.get(partOf) ?? []), ref]);
  return new Map(
    components.map(({ ref }) => {
      const reached = new Set<Ref>([...(used.get(ref) ?? []), ...(parts.get(ref) ?? [])]);
      for (const library of reached) for (const next of used.get(library) ?? []) reached.add(next);
      return [ref, reached];
    }),
  );
}
