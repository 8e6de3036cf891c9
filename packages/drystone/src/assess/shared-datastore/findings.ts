/** Each table, schema and server that services share, with the connections and the uses of tables that show it. */
import { isCache, type SharedStore, type StoreUsage, type TableUsage, teamsApart } from "#derive/datastores/index.js";
import type { Estate } from "#derive/estate/index.js";
import { type Evidence, maxEvidence } from "#model/evidence.js";
import { type Ref, shortName } from "#model/refs.js";
import type { Finding } from "#model/result.js";
import { finding, listed } from "../_shared/index.js";

const id = "shared-datastore";
/** More would be a list, not a report; the tables with the most users come first. */
const maxTables = 50;

export function datastoreFindings(estate: Estate, usages: readonly StoreUsage[]): Finding[] {
  const tables = usages
    .flatMap((usage) => usage.tables.filter(({ users }) => users.length > 1).map((table) => ({ usage, table })))
    .sort((a, b) => b.table.writers.length - a.table.writers.length || b.table.users.length - a.table.users.length)
    .slice(0, maxTables);
  return [
    ...tables.filter(({ table }) => table.writers.length > 1).map(({ usage, table }) => multiWriter(estate, usage, table)),
    ...tables.filter(({ table }) => table.writers.length < 2).map(({ usage, table }) => foreignRead(estate, usage, table)),
    ...usages.flatMap((usage) => sharedSchemas(estate, usage)),
    ...usages.flatMap((usage) => sharedServer(usage)),
  ];
}

function multiWriter(estate: Estate, usage: StoreUsage, table: TableUsage): Finding {
  const { writers, owner } = table;
  const apart = teamsApart(estate, writers);
  return finding({
    code: `${id}/multi-writer-table`,
    severity: apart === true ? "error" : "warning",
    subjects: [table.table, ...writers],
    message: `${list(writers)} write the table ${table.name} of ${placeOf(usage, table)}${ofTeams(apart)}.`,
    fix:
      owner === null
        ? "Give each table to one service and let the others ask it, through an operation or an event."
        : `${shortName(owner)} creates the table: let the others ask it, through an operation or an event.`,
    value: writers.length,
    unit: "writing services",
    sample: { n: table.users.length, of: "services that use the table" },
    ...proof(usage, table.users, table),
  });
}

function foreignRead(estate: Estate, usage: StoreUsage, table: TableUsage): Finding {
  const [owner = table.owner] = table.writers;
  const readers = table.users.filter((user) => user !== owner);
  const apart = teamsApart(estate, table.users);
  return finding({
    code: `${id}/foreign-read`,
    severity: apart === false ? "note" : "warning",
    subjects: [table.table, ...(owner === null ? [] : [owner]), ...readers],
    message:
      owner === null
        ? `${list(readers)} use the table ${table.name} of ${placeOf(usage, table)}; who writes it was not found${ofTeams(apart)}.`
        : `${list(readers)} ${readers.length === 1 ? "reads" : "read"} the table ${table.name} of ${placeOf(usage, table)}, which ${shortName(owner)} writes${ofTeams(apart)}.`,
    fix: "Let the readers of a table ask its owner, or keep a copy from its events: then the owner may change its table alone.",
    value: readers.length,
    unit: "reading services",
    sample: { n: table.users.length, of: "services that use the table" },
    ...proof(usage, table.users, table),
  });
}

/** One finding per database where services work in one schema without a table in common that was seen. */
function sharedSchemas(estate: Estate, usage: StoreUsage): Finding[] {
  const byDatabase = new Map<string, SharedStore[]>();
  for (const pair of usage.pairs) {
    if (pair.level !== 3) continue;
    const known = byDatabase.get(pair.database ?? "");
    if (known) known.push(pair);
    else byDatabase.set(pair.database ?? "", [pair]);
  }
  return [...byDatabase].map(([database, pairs]) => {
    const users = usersOf(pairs);
    const apart = teamsApart(estate, users);
    const certain = pairs.every((pair) => pair.certain);
    return finding({
      code: `${id}/shared-schema`,
      severity: apart === false ? "note" : "warning",
      subjects: [usage.datastore.ref, ...users],
      message: `${list(users)} ${!certain ? "connect to" : usage.level > 3 ? "work in" : "use tables of their own in"} one schema of ${database === "" ? "" : `the database ${database} of `}${usage.datastore.name}${certain ? "" : "; which tables each of them uses is not known"}${signIn(pairs)}${ofTeams(apart)}.`,
      fix: "Give each service a schema and a user of its own: then a shared table can no longer come into being unseen.",
      value: users.length,
      unit: "services",
      sample: null,
      ...proof(usage, users, null),
    });
  });
}

function sharedServer(usage: StoreUsage): Finding[] {
  const pairs = usage.pairs.filter(({ level }) => level === 1 || level === 2);
  const users = usersOf(pairs);
  if (users.length === 0) return [];
  const cache = isCache(usage.datastore) && pairs.some(({ level }) => level === 2);
  const open = pairs.some(({ certain }) => !certain);
  const own = pairs.every(({ level }) => level === 1) ? "a database" : "a database or schema";
  return [
    finding({
      code: `${id}/shared-server`,
      severity: "note",
      subjects: [usage.datastore.ref, ...users],
      message: cache
        ? `${list(users)} share the cache ${usage.datastore.name}; no key that two of them use was seen.`
        : `${list(users)} share the server ${usage.datastore.name}${open ? "; not of all of them the database is known" : `, each with ${own} of its own`}${signIn(pairs.filter(({ level }) => level === 2))}.`,
      fix: "Nothing to do for the data; they do fail and grow together. Name the database of each service in its settings where that is open.",
      value: users.length,
      unit: "services",
      sample: null,
      ...proof(usage, users, null),
    }),
  ];
}

function usersOf(pairs: readonly SharedStore[]): Ref[] {
  return [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort();
}

function signIn(pairs: readonly SharedStore[]): string {
  return pairs.some(({ sameUser }) => sameUser === true) ? ", signed in as the same user" : "";
}

function placeOf({ datastore }: StoreUsage, { database }: TableUsage): string {
  return database === null ? datastore.name : `${datastore.name} (database ${database})`;
}

function ofTeams(apart: boolean | null): string {
  return apart === true ? ", and belong to different teams" : apart === false ? ", all of one team" : "";
}

function list(refs: readonly Ref[]): string {
  return listed(refs.map(shortName), 6);
}

/** How each connects and how each uses the table, user by user, so that a cut leaves something of everybody. */
function proof(
  usage: StoreUsage,
  users: readonly Ref[],
  table: TableUsage | null,
): Pick<Finding, "evidence" | "evidenceTotal" | "location"> {
  const tables = table === null ? usage.tables : [table];
  const byUser = users.map((user) => {
    const [first, ...others] = usage.users.find(({ component }) => component === user)?.evidence ?? [];
    const uses = tables.flatMap(({ evidence }) => evidence.get(user) ?? []);
    return unique([...(first ? [first] : []), ...uses, ...others]);
  });
  const longest = Math.max(0, ...byUser.map((own) => own.length));
  const all = unique(Array.from({ length: longest }).flatMap((_, at) => byUser.flatMap((own) => own.slice(at, at + 1))));
  const place = (table ? [...table.evidence.values()].flat() : all).find((one) => "file" in one);
  return {
    evidence: all.slice(0, maxEvidence),
    evidenceTotal: all.length,
    location: place && "file" in place ? { repository: place.repository, file: place.file, line: place.line } : null,
  };
}

function unique(evidence: readonly Evidence[]): Evidence[] {
  return [...new Map(evidence.map((one) => [JSON.stringify(one), one])).values()];
}
