/** Which component reads and writes which table. */
import { type Evidence, maxEvidence } from "#model/evidence.js";
import type { Facts, RelationFact, ResourceFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { Connection, TableUsage } from "./model.js";

/** Tables that tools keep for themselves in every database: sharing one says nothing. */
const toolTables =
  /^(?:flyway_schema_history|schema_version|databasechangelog(?:lock)?|schema_migrations|ar_internal_metadata|alembic_version|__efmigrationshistory|_prisma_migrations|knex_migrations(?:_lock)?|sequelizemeta|typeorm_metadata|django_migrations|goose_db_version|atlas_schema_revisions|migrations)$/;

interface Access {
  readonly component: Ref;
  readonly relation: RelationFact;
}

/**
 * Tables of one datastore, sorted. One name is one table for users of the same database, and, for a name without schema, of the same schema. Who leaves the
 * database open takes part where all others on the server name the same one; else it has a table of its own, so that sharing is never guessed.
 *
 * @param connectionsOf of each user of the datastore; others are left out.
 * @param datastoreOf where a table without a datastore belongs for one component; null when that is open.
 */
export function tableUsages(
  facts: Pick<Facts, "resources">,
  datastore: Ref,
  accesses: ReadonlyMap<Ref, readonly Access[]>,
  connectionsOf: ReadonlyMap<Ref, readonly Connection[]>,
  datastoreOf: (table: ResourceFact, component: Ref) => Ref | null,
): TableUsage[] {
  const tables = facts.resources.filter((table) => table.kind === "table" && !toolTables.test(unqualified(table.name)));
  return tables
    .flatMap((table) => {
      const own = (accesses.get(table.ref) ?? []).filter(
        ({ component }) => connectionsOf.has(component) && datastoreOf(table, component) === datastore,
      );
      return placesOf(table, own, connectionsOf).map(({ database, accesses: here }) => usage(table, database, here));
    })
    .sort((a, b) => (a.table === b.table ? compare(a.database ?? "", b.database ?? "") : compare(a.table, b.table)));
}

/** `public.order` has a schema, `order` has none. */
export function schemaOfTable(name: string): string | null {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot).toLowerCase() : null;
}

function unqualified(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1).toLowerCase();
}

interface Place {
  readonly database: string | null;
  readonly accesses: Access[];
}

function placesOf(
  table: ResourceFact,
  accesses: readonly Access[],
  connectionsOf: ReadonlyMap<Ref, readonly Connection[]>,
): Place[] {
  const places = new Map<string, Place>();
  const open: Access[] = [];
  for (const access of accesses) {
    const connections = connectionsOf.get(access.component) ?? [];
    const databases = new Set(connections.map(({ database }) => database));
    const [database = null] = databases;
    if (databases.size !== 1 || database === null) {
      open.push(access);
      continue;
    }
    const key = `${database}\0${schemaOfTable(table.name) === null ? schemaFor(connections) : ""}`;
    const place = places.get(key) ?? { database, accesses: [] };
    place.accesses.push(access);
    places.set(key, place);
  }
  const [only] = places.values();
  if (open.length > 0 && places.size === 1 && only) {
    // Who is connected to several databases uses the table of the one that is known to hold it.
    const sameServer = databasesOf(connectionsOf).size === 1;
    const joins = open.filter(
      ({ component }) =>
        sameServer ||
        (connectionsOf.get(component) ?? []).some(({ database }) => database !== null && database === only.database),
    );
    only.accesses.push(...joins);
    open.splice(0, open.length, ...open.filter((access) => !joins.includes(access)));
  }
  // With two databases or none known, one name may be two tables.
  const alone = new Map(open.map((access) => [access.component, open.filter(({ component }) => component === access.component)]));
  return [...places.values(), ...[...alone.values()].map((own) => ({ database: null, accesses: own }))];
}

function databasesOf(connectionsOf: ReadonlyMap<Ref, readonly Connection[]>): Set<string> {
  return new Set([...connectionsOf.values()].flatMap((all) => all.flatMap(({ database }) => database ?? [])));
}

function schemaFor(connections: readonly Connection[]): string {
  const schemas = new Set(connections.map(({ schema }) => schema));
  const [schema = null] = schemas;
  return schemas.size === 1 && schema !== null ? schema : "";
}

function usage(table: ResourceFact, database: string | null, accesses: readonly Access[]): TableUsage {
  const doing = (kind: "reads" | "writes") =>
    [...new Set(accesses.filter(({ relation }) => relation.kind === kind).map(({ component }) => component))].sort();
  const writers = doing("writes");
  const evidence = new Map<Ref, readonly Evidence[]>();
  for (const { component, relation } of accesses)
    evidence.set(component, [...(evidence.get(component) ?? []), ...relation.evidence].slice(0, maxEvidence));
  return {
    table: table.ref,
    name: table.name,
    database,
    readers: doing("reads"),
    writers,
    users: [...new Set(accesses.map(({ component }) => component))].sort(),
    owner: ownerOf(writers, accesses),
    evidence,
  };
}

/** Who creates the table owns it (metrics.md A5: the service whose repository holds the DDL); else the only writer. */
function ownerOf(writers: readonly Ref[], accesses: readonly Access[]): Ref | null {
  const makers = new Set(accesses.filter(({ relation }) => defines(relation)).map(({ component }) => component));
  const [maker] = makers;
  if (makers.size === 1 && maker !== undefined) return maker;
  const [writer] = writers;
  return writers.length === 1 && writer !== undefined ? writer : null;
}

function defines({ detail }: RelationFact): boolean {
  return detail !== null && /\b(?:define[sd]?|create table|ddl|migrations?)\b/i.test(detail);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
