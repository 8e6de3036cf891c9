/** Every table that source names, file by file, whether or not its database is known. */
import { type Cue, knownName, namesOfClass, tableOfClass } from "#collect/code/index.js";
import type { RelationFact, ResourceFact, TableFact, TableUseFact } from "#model/facts.js";
import { type Ref, resourceRef } from "#model/refs.js";
import { isTestFile } from "#util/test-files.js";
import type { RepositoryReading } from "./belongings.js";
import type { FileOwners } from "./owners-of-files.js";

export interface TableSources {
  readonly readings: readonly RepositoryReading[];
  readonly owners: FileOwners;
  /** Libraries that a component uses, directly or through others. */
  readonly libraries: ReadonlyMap<Ref, ReadonlySet<Ref>>;
  /** Tables that were placed in a database, and who uses them: their refs are taken. */
  readonly resources: readonly ResourceFact[];
  readonly relations: readonly RelationFact[];
}

/** More uses of one table than these, and more tables, are left out. */
const mostUses = 400;
const mostTables = 3000;

/**
 * A table belongs to the deployable or library whose source maps or makes it; two services with a table of one name have two tables unless one database holds both.
 * Uses of a class count for its table: in the same deployable, in a library that it uses, else where only one place has such a class.
 */
export function tablesOfSource(sources: TableSources): TableFact[] {
  const scopes = scopesOf(sources);
  const known = placedTables(sources);
  const found = new Map<Ref, { name: string; uses: Map<string, TableUseFact> }>();
  for (const { scope, repository, cue } of scopes.cues) {
    const home = cue.kind === "table" ? homeOfTable(scopes, scope, cue) : homeOfClass(scopes, scope, cue);
    if (home === null || toolTable.test(home.name)) continue;
    const ref =
      known(home.scope, home.name) ?? resourceRef([nameOfScope(home.scope), home.name].filter((word) => word !== "").join("."));
    const table = found.get(ref) ?? { name: home.name, uses: new Map<string, TableUseFact>() };
    if (found.size >= mostTables && !found.has(ref)) continue;
    found.set(ref, table);
    const access = cue.kind === "model" ? "map" : cue.access;
    const key = `${repository}\n${cue.file}\n${access}`;
    if (table.uses.size < mostUses && !table.uses.has(key))
      table.uses.set(key, { repository, file: cue.file, line: cue.line, access });
  }
  const placed = new Set(sources.resources.map(({ ref }) => ref));
  const isReal = realTables([...found.values()].map(({ uses }) => [...uses.values()]));
  return [...found]
    .map(([table, { name, uses }]) => ({
      table,
      name,
      uses: [...uses].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, use]) => use),
    }))
    .filter(({ table, uses }) => placed.has(table) || isReal(uses))
    .sort((one, other) => (one.table < other.table ? -1 : 1));
}

type Uses = readonly TableUseFact[];

/** Where source maps or makes its tables, a statement that names another one names a view or an alias. Where classes stand for tables, one that
 *  only a step of the migrations names is gone by now, or one that the framework keeps for itself. */
function realTables(all: readonly Uses[]): (uses: Uses) => boolean {
  const has = (uses: Uses, ...wanted: readonly TableUseFact["access"][]): boolean =>
    uses.some(({ access }) => wanted.includes(access));
  const anyMade = all.some((uses) => has(uses, "define", "map"));
  const anyMapped = all.some((uses) => has(uses, "map"));
  return (uses) => {
    if (anyMade && !has(uses, "define", "map")) return false;
    return !anyMapped || uses.some(({ file }) => !migrationStep.test(file));
  };
}

const migrationStep = /(?:^|\/)(?:migrations?|migrate|versions)\//i;

type TableCue = Extract<Cue, { readonly kind: "table" }>;
type ClassCue = Extract<Cue, { readonly kind: "entity-use" | "model" }>;

interface Home {
  readonly scope: string;
  readonly name: string;
}

interface Scopes {
  readonly cues: readonly { readonly scope: string; readonly repository: string; readonly cue: TableCue | ClassCue }[];
  /** By scope: tables by lower-case name, those that its source maps or makes. */
  readonly made: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** By scope: tables by class. */
  readonly classes: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly reaches: (scope: string) => readonly string[];
}

function scopesOf({ readings, owners, libraries }: TableSources): Scopes {
  const cues: { scope: string; repository: string; cue: TableCue | ClassCue }[] = [];
  const made = new Map<string, Map<string, string>>();
  const classes = new Map<string, Map<string, string>>();
  for (const { repository, files } of readings) {
    for (const { path, cues: all } of files) {
      if (isTestFile(path)) continue;
      const scope = owners.of(repository, path) ?? `repository:${repository}`;
      for (const cue of all) {
        if (cue.kind !== "table" && cue.kind !== "entity-use" && !(cue.kind === "model" && modelFolder.test(path))) continue;
        cues.push({ scope, repository, cue });
        if (cue.kind !== "table") continue;
        const name = fullName(cue);
        if (cue.access === "define" || cue.access === "map") within(made, scope).set(name.toLowerCase(), name);
      }
    }
  }
  for (const { scope, cue } of cues) {
    if (cue.kind !== "table" || cue.entity === null) continue;
    const own = within(classes, scope);
    // What a migration makes is certain; a name made up from that of the class is not.
    for (const name of namesOfClass(cue.entity))
      if (!own.has(name) || cue.access === "define") own.set(spelledAs(own, name), fullName(cue));
  }
  return { cues, made, classes, reaches: (scope) => [scope, ...(libraries.get(scope) ?? [])] };
}

/** Steps of migrations may write the name of a class small. */
function spelledAs(known: ReadonlyMap<string, string>, entity: string): string {
  if (known.has(entity) || entity !== entity.toLowerCase()) return entity;
  return [...known.keys()].find((name) => name.toLowerCase() === entity) ?? entity;
}

function within(map: Map<string, Map<string, string>>, scope: string): Map<string, string> {
  const known = map.get(scope) ?? new Map<string, string>();
  map.set(scope, known);
  return known;
}

/** Folders in which a type of data stands for a table, when there is one of its name. */
const modelFolder = /(?:^|\/)(?:models?|entit(?:y|ies)|domain)(?:\/|\.py$)/i;

function fullName({ schema, name }: TableCue): string {
  return schema === null || /^(?:public|dbo)$/i.test(schema) ? name : `${schema}.${name}`;
}

/** A statement names a table of its own deployable, or of a library that it uses; else it is its own. */
function homeOfTable(scopes: Scopes, scope: string, cue: TableCue): Home {
  const elsewhere = cue.access === "define" && cue.entity === null ? mappedElsewhere(scopes, scope, cue.name) : null;
  if (elsewhere !== null) return elsewhere;
  const { made, reaches, classes } = scopes;
  const renamed = cue.entity === null ? undefined : classes.get(scope)?.get(cue.entity);
  const name = renamed ?? fullName(cue);
  for (const one of reaches(scope)) {
    const own = made.get(one)?.get(name.toLowerCase());
    if (own !== undefined) return { scope: one, name: own };
  }
  return { scope, name };
}

/** Migrations in a project of their own make the tables that the classes of one other project stand for. */
function mappedElsewhere({ classes }: Scopes, scope: string, table: string): Home | null {
  if ((classes.get(scope)?.size ?? 0) > 0) return null;
  const homes = [...classes].flatMap(([one, tables]) => {
    const name = [...tables.values()].find((known) => known.toLowerCase() === table.toLowerCase());
    return name === undefined ? [] : [{ scope: one, name }];
  });
  return homes.length === 1 ? (homes[0] ?? null) : null;
}

/** Null for a class that stands for no table. */
function homeOfClass(scopes: Scopes, scope: string, cue: ClassCue): Home | null {
  const name = cue.kind === "model" ? cue.name : cue.entity;
  const reached = scopes.reaches(scope).flatMap((one) => tableOfName(scopes, one, name));
  if (reached[0] !== undefined) return reached[0];
  if (cue.kind === "model") return null;
  const anywhere = [...scopes.classes.keys()].flatMap((one) => tableOfName(scopes, one, name));
  return anywhere.length === 1 ? (anywhere[0] ?? null) : null;
}

/** By its class, else by the name that frameworks make of the class where such a table is made. */
function tableOfName({ classes, made }: Scopes, scope: string, written: string): Home[] {
  const known = classes.get(scope) ?? new Map<string, string>();
  const name = knownName(known, written);
  if (name === null) return [];
  const own = known.get(name);
  if (own !== undefined) return [{ scope, name: own }];
  const tables = made.get(scope);
  const guessed =
    tables?.get(name.toLowerCase()) ?? tables?.get(tableOfClass(name)) ?? tables?.get(tableOfClass(name).replaceAll("_", ""));
  return guessed === undefined ? [] : [{ scope, name: guessed }];
}

/** The placed table that a component uses under a name; for a library, the one that all who use it have. */
function placedTables({ resources, relations, libraries }: TableSources): (scope: string, name: string) => Ref | null {
  const tables = new Map(
    resources.flatMap(({ ref, name, kind }) => (kind === "table" ? [[ref, name.toLowerCase()] as const] : [])),
  );
  const byUser = new Map<string, Set<Ref>>();
  for (const { from, to, kind } of relations) {
    const name = kind === "reads" || kind === "writes" ? tables.get(to) : undefined;
    if (name === undefined) continue;
    for (const scope of [from, ...(libraries.get(from) ?? [])]) {
      const key = `${scope}\n${name}`;
      byUser.set(key, (byUser.get(key) ?? new Set<Ref>()).add(to));
    }
  }
  return (scope, name) => {
    const [only, ...more] = byUser.get(`${scope}\n${name.toLowerCase()}`) ?? [];
    return more.length === 0 ? (only ?? null) : null;
  };
}

function nameOfScope(scope: string): string {
  return scope.slice(scope.lastIndexOf("/") + 1).replace(/^repository:/, "");
}

/** Tables that tools keep for themselves. */
const toolTable =
  /^(?:flyway_schema_history|schema_version|databasechangelog(?:lock)?|schema_migrations|ar_internal_metadata|alembic_version|__efmigrationshistory|_prisma_migrations|knex_migrations(?:_lock)?|sequelizemeta|typeorm_metadata|django_migrations|goose_db_version|migrations|information_schema\..*|pg_.*|sqlite_.*)$/i;
