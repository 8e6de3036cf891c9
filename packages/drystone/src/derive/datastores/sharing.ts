/** How much of a datastore two of its users share. */
import type { ResourceFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { Connection, Level, SharedStore, SharingWord, StoreUser, TableUsage } from "./model.js";
import { schemaOfTable } from "./table-usages.js";

/** Schemas that nobody chose. */
const defaultSchemas = new Set(["public", "dbo", "default"]);

/** All pairs of users, each at the highest level that any of their connections allow. */
export function sharedStores(datastore: ResourceFact, users: readonly StoreUser[], tables: readonly TableUsage[]): SharedStore[] {
  const tablesOf = new Map<Ref, TableUsage[]>(users.map(({ component }) => [component, []]));
  for (const table of tables) for (const user of table.users) tablesOf.get(user)?.push(table);
  const sides = users.map((user) => {
    const own = tablesOf.get(user.component) ?? [];
    return {
      user,
      tables: own,
      parts: user.connections.map((connection) => ({ connection, schemas: schemasOf(connection, own) })),
    };
  });
  return sides.flatMap((one, at) => sides.slice(at + 1).map((other) => sharingOf(datastore, one, other)));
}

interface Side {
  readonly user: StoreUser;
  readonly tables: readonly TableUsage[];
  readonly parts: readonly Part[];
}

interface Part {
  readonly connection: Connection;
  /** Where it works; "" is the default one. */
  readonly schemas: ReadonlySet<string>;
}

function sharingOf(datastore: ResourceFact, a: Side, b: Side): SharedStore {
  const [one, other] = [a.user, b.user];
  const both = a.tables.filter(({ users }) => users.includes(other.component));
  const pair = { datastore: datastore.ref, a: one.component, b: other.component, tables: both.map(({ table }) => table) };
  const [joint] = both;
  if (joint) {
    const written = both.some(({ writers }) => writers.includes(one.component) && writers.includes(other.component));
    return {
      ...pair,
      level: written ? 5 : 4,
      certain: [one, other].every(({ connections }) => connections.some(({ database }) => database !== null)),
      word: "same-table",
      database: joint.database,
      sameUser: sameUser(one.connections, other.connections),
    };
  }
  // Who works in several databases may have its known tables in another one than the two share.
  const tablesKnown = [a, b].every(({ user, tables }) => tables.length > 0 && databasesOf(user) <= 1);
  const found = a.parts.flatMap((mine) =>
    b.parts.map((theirs) => ({
      ...compared(datastore, mine, theirs, tablesKnown),
      sameUser: sameUser([mine.connection], [theirs.connection]),
      database: mine.connection.database ?? theirs.connection.database,
    })),
  );
  const [highest] = found.sort((x, y) => y.level - x.level || Number(y.certain) - Number(x.certain));
  return { ...pair, level: 1, certain: false, word: "same-instance", sameUser: null, database: null, ...highest };
}

function databasesOf({ connections }: StoreUser): number {
  return new Set(connections.map(({ database }) => database)).size;
}

interface Compared {
  readonly level: Level;
  readonly certain: boolean;
  readonly word: SharingWord;
}

function compared(datastore: ResourceFact, mine: Part, theirs: Part, tablesKnown: boolean): Compared {
  const [a, b] = [mine.connection, theirs.connection];
  const named = a.database !== null && b.database !== null;
  if (named && a.database !== b.database) return { level: 1, certain: true, word: "same-instance-different-database" };
  if (!named && !(a.database === b.database && isNamespace(datastore)))
    return { level: 1, certain: false, word: "same-instance" };
  // A cache keeps no data of its own: the same keys would be a table of both.
  if (isCache(datastore)) return { level: 2, certain: false, word: "same-database-different-keys" };
  if (![...mine.schemas].some((schema) => theirs.schemas.has(schema)))
    return {
      level: 2,
      certain: tablesKnown || (a.schema !== null && b.schema !== null),
      word: "same-database-different-schema",
    };
  return { level: 3, certain: tablesKnown, word: tablesKnown ? "same-database-different-tables" : "same-database" };
}

/** Without a word about it a connection works in the default schema. Names of tables may say more than the connection. */
function schemasOf({ schema }: Connection, tables: readonly TableUsage[]): Set<string> {
  const stated = schema === null || defaultSchemas.has(schema) ? "" : schema;
  const schemas = tables.map(({ name }) => {
    const own = schemaOfTable(name);
    return own === null ? stated : defaultSchemas.has(own) ? "" : own;
  });
  return new Set(schemas.length > 0 ? schemas : [stated]);
}

function sameUser(one: readonly Connection[], other: readonly Connection[]): boolean | null {
  const pairs = one.flatMap((a) => other.map((b) => (a.user === null || b.user === null ? null : a.user === b.user)));
  return pairs.includes(true) ? true : pairs.includes(null) ? null : false;
}

export function isCache({ kind, technology }: ResourceFact): boolean {
  return kind === "cache" || /^(?:redis|valkey|keydb|dragonfly|memcached|hazelcast|ehcache)/i.test(technology ?? "");
}

/** A bucket of a cloud is one namespace by itself; a server for buckets holds many. */
function isNamespace({ kind, name, technology }: ResourceFact): boolean {
  return kind === "bucket" && !/minio|seaweed|ceph|localstack|azurite/i.test(`${name} ${technology ?? ""}`);
}

/** @returns the highest level of the pairs; 0 for none. */
export function highestLevel(pairs: readonly SharedStore[]): Level {
  return pairs.reduce<Level>((highest, { level }) => (level > highest ? level : highest), 0);
}
