/** The tables that code, entities and migrations name, each in the database that its component is connected to. */
import { knownName, namesOfClass } from "#collect/code/index.js";
import type { Evidence } from "#model/evidence.js";
import type { ResourceFact } from "#model/facts.js";
import { type Ref, resourceRef } from "#model/refs.js";
import { plainName } from "#util/words.js";
import { stem } from "./address-book.js";
import { cueEvidence, type LinkContext } from "./context.js";
import type { Part } from "./parts.js";
import { sameTechnology } from "./same-technology.js";

/** After the stores of all components are linked. */
export function linkTables(context: LinkContext): void {
  const uses = context.parts.flatMap((part) =>
    tablesOf(part).flatMap((use) => {
      const store = storeOf(context, part, use);
      return store === null ? [] : [{ part, use, store, databases: databasesOf(context, part.ref, store) }];
    }),
  );
  // Where one database is certain comes first: it tells which of several databases of another component holds a table.
  const certain = new Map<string, string>();
  for (const { use, store, databases } of uses)
    for (const database of databases.length === 1 ? databases : [])
      certain.set(`${store.ref}\n${database}\n${nameOf(use)}`, database);
  for (const { part, use, store, databases } of uses) {
    const held = databases.filter((database) => certain.has(`${store.ref}\n${database}\n${nameOf(use)}`));
    const [database] = databases.length === 1 ? databases : held.length === 1 ? held : [];
    placeTable(context, part, use, store, database ?? null);
  }
}

interface TableUse {
  readonly name: string;
  readonly schema: string | null;
  readonly technology: string | null;
  readonly modes: Set<"read" | "write">;
  /** True for the component that makes the table. */
  readonly defines: { is: boolean };
  readonly entities: Set<string>;
  /** In the order of the files. */
  readonly places: { readonly writes: boolean; readonly evidence: Evidence }[];
}

/** Tables that a component names, with who reads and who writes. */
function tablesOf(part: Part): TableUse[] {
  const tables = new Map<string, TableUse>();
  const entities = new Map<string, TableUse>();
  for (const found of part.cues) {
    const { cue } = found;
    if (cue.kind !== "table") continue;
    const schema = cue.schema === null || /^(?:public|dbo)$/i.test(cue.schema) ? null : cue.schema;
    const key = `${schema ?? ""}.${cue.name.toLowerCase()}`;
    const use: TableUse = tables.get(key) ?? {
      name: cue.name,
      schema,
      technology: cue.technology,
      modes: new Set(),
      defines: { is: false },
      entities: new Set(),
      places: [],
    };
    tables.set(key, use);
    if (cue.entity !== null) {
      for (const name of namesOfClass(cue.entity)) entities.set(name, use);
      use.entities.add(cue.entity);
    }
    const writes = cue.access === "write" || cue.access === "define";
    use.places.push({ writes, evidence: cueEvidence(found) });
    // Who defines a table writes its rows somewhere; an entity is at least read.
    if (writes) use.modes.add("write");
    if (cue.access === "define") use.defines.is = true;
    if (cue.access === "read" || cue.access === "map") use.modes.add("read");
  }
  for (const found of part.cues) {
    const { cue } = found;
    const use = cue.kind === "entity-use" ? entities.get(knownName(entities, cue.entity) ?? "") : undefined;
    if (cue.kind !== "entity-use" || use === undefined) continue;
    use.modes.add(cue.access);
    use.places.push({ writes: cue.access === "write", evidence: cueEvidence(found) });
  }
  return withoutGuesses([...tables.values()]);
}

/** An entity has one table: where a migration makes one of the names, the others were made up from the name of the class. */
function withoutGuesses(tables: readonly TableUse[]): TableUse[] {
  const made = new Set(
    tables.filter(({ defines }) => defines.is).flatMap(({ entities, name }) => [...entities, name.toLowerCase()]),
  );
  const named = new Map<string, number>();
  for (const { entities } of tables) for (const entity of entities) named.set(entity, (named.get(entity) ?? 0) + 1);
  return tables.filter(
    ({ defines, entities }) => defines.is || ![...entities].some((entity) => (named.get(entity) ?? 0) > 1 && made.has(entity)),
  );
}

/** The one store of a component that can hold the table. */
function storeOf(context: LinkContext, part: Part, use: TableUse): ResourceFact | null {
  const refs = new Set(context.storeUses.filter(({ component }) => component === part.ref).map(({ resource }) => resource));
  const stores = [...refs].flatMap((ref) => {
    const resource = context.resources.get(ref);
    const holds =
      resource?.kind === "datastore" && (use.technology === null || sameTechnology(resource.technology, use.technology));
    return resource !== undefined && holds ? [resource] : [];
  });
  return stores.length === 1 ? (stores[0] ?? null) : null;
}

/** Logical databases that a component names; else the one that PostgreSQL takes from the user, else the only one that anybody names on the server. */
function databasesOf({ storeUses, resources, components }: LinkContext, component: Ref, store: ResourceFact): string[] {
  const onServer = storeUses.filter(({ resource }) => resource === store.ref);
  const own = onServer.filter((use) => use.component === component);
  const named = distinct(own.map(({ database }) => database));
  if (named.length > 0) return named;
  const users = distinct(own.map(({ user }) => user));
  if (sameTechnology(resources.get(store.ref)?.technology ?? null, "postgresql") && users.length === 1) return users;
  const all = distinct(onServer.map(({ database }) => database));
  const [only = ""] = all;
  return all.length === 1 && !isNamedAfterAnother(components, component, only) ? all : [];
}

/** `CatalogDb` on a server of many is the database of the catalogue, whoever else names none. */
function isNamedAfterAnother(components: LinkContext["components"], component: Ref, database: string): boolean {
  const plain = plainName(database);
  const names = (own: boolean) =>
    [...components.values()].filter(({ ref, built }) => built && (ref === component) === own).map(({ name }) => stem(name));
  const fits = (name: string) => name.length >= 4 && plain.includes(name);
  return names(false).some(fits) && !names(true).some(fits);
}

function distinct(names: readonly (string | null)[]): string[] {
  return [...new Set(names.flatMap((name) => name ?? []))];
}

function nameOf({ schema, name }: TableUse): string {
  return [schema, name]
    .filter((word) => word !== null)
    .join(".")
    .toLowerCase();
}

function placeTable(context: LinkContext, part: Part, use: TableUse, store: ResourceFact, database: string | null): void {
  const name = [use.schema, use.name].filter((word) => word !== null).join(".");
  const ref = resourceRef([store.name, database, name].filter((word) => word !== null).join("."));
  if (!context.found.resources.has(ref))
    context.found.resources.set(ref, {
      ref,
      name,
      kind: "table",
      partOf: store.ref,
      technology: store.technology,
      aliases: [],
      evidence: use.places.slice(0, 6).map(({ evidence }) => evidence),
    });
  const modes: readonly ("read" | "write")[] = use.modes.size === 0 ? ["read"] : [...use.modes].sort();
  for (const mode of modes)
    context.edges.add({
      from: part.ref,
      to: ref,
      kind: mode === "read" ? "reads" : "writes",
      protocol: "db",
      detail: mode === "write" && use.defines.is ? "defines the table" : null,
      classes: ["call"],
      evidence: evidenceOf(use, mode).slice(0, 8),
    });
  if (modes.includes("write"))
    context.edges.add({
      from: part.ref,
      to: store.ref,
      kind: "writes",
      protocol: "db",
      detail: null,
      classes: ["call"],
      evidence: evidenceOf(use, "write").slice(0, 4),
    });
}

/** What shows it first, the other places after it. */
function evidenceOf({ places }: TableUse, mode: "read" | "write"): Evidence[] {
  const isIt = ({ writes }: TableUse["places"][number]) => writes === (mode === "write");
  return [...places.filter(isIt), ...places.filter((place) => !isIt(place))].map(({ evidence }) => evidence);
}
