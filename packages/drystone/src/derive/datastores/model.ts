/** What services share of a datastore, from nothing to a table that both write. */
import type { Evidence } from "#model/evidence.js";
import type { ResourceFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

/**
 * metrics.md A5: 0 private instance; 1 shared server, own database; 2 shared database, own schema; 3 shared schema, disjoint or unknown tables;
 * 4 shared table with at most one writer; 5 shared table with several writers. The symptom counts from 3.
 */
export type Level = 0 | 1 | 2 | 3 | 4 | 5;

export type SharingWord =
  | "same-table"
  | "same-database"
  | "same-database-different-tables"
  | "same-database-different-schema"
  | "same-database-different-keys"
  | "same-instance-different-database"
  | "same-instance";

export interface StoreUsage {
  /** The server. */
  readonly datastore: ResourceFact;
  /** Deployables that keep data there, sorted by ref. Jobs that only migrate for others are left out. */
  readonly users: readonly StoreUser[];
  readonly tables: readonly TableUsage[];
  /** Every pair of users, sorted by refs. */
  readonly pairs: readonly SharedStore[];
  /** The highest of its pairs; 0 with one user. */
  readonly level: Level;
  readonly migrators: readonly Ref[];
}

export interface StoreUser {
  readonly component: Ref;
  /** How it connects; one entry with nulls when only the server is known. */
  readonly connections: readonly Connection[];
  /** How it is known to connect; uses of tables where those alone show it. */
  readonly evidence: readonly Evidence[];
}

/** A part of a server. Null: nothing says which; names in lower case. */
export interface Connection {
  readonly database: string | null;
  readonly schema: string | null;
  readonly user: string | null;
}

/** One table, collection or bucket in one database. The same name in another database is another one. */
export interface TableUsage {
  readonly table: Ref;
  readonly name: string;
  readonly database: string | null;
  /** Sorted. A component may be in both. */
  readonly readers: readonly Ref[];
  readonly writers: readonly Ref[];
  /** Sorted readers and writers. */
  readonly users: readonly Ref[];
  /** The only writer, or the only one that also creates the table; null when nothing tells. */
  readonly owner: Ref | null;
  readonly evidence: ReadonlyMap<Ref, readonly Evidence[]>;
}

export interface SharedStore {
  readonly datastore: Ref;
  readonly a: Ref;
  readonly b: Ref;
  readonly level: Level;
  /** False where the level could be another one if more was known: database or tables not known. */
  readonly certain: boolean;
  readonly word: SharingWord;
  readonly database: string | null;
  /** True when both sign in as the same user, false when as different ones. */
  readonly sameUser: boolean | null;
  /** Tables of both. */
  readonly tables: readonly Ref[];
}
