/** Who keeps data where: datastores with their users, tables and what is shared, from connections and from uses of tables. */
import { type Evidence, maxEvidence } from "#model/evidence.js";
import { type Facts, isDeployable, type RelationFact, type ResourceFact, type StoreUseFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { withoutSlashes } from "#util/slashes.js";
import { deployedAs } from "../calls/index.js";
import type { Connection, StoreUsage, StoreUser } from "./model.js";
import { highestLevel, isCache, sharedStores } from "./sharing.js";
import { tableUsages } from "./table-usages.js";

type StoreFacts = Pick<Facts, "components" | "resources" | "relations" | "storeUses">;

const usagesByFacts = new WeakMap<StoreFacts, readonly StoreUsage[]>();

/** Datastores, caches and buckets that a deployable of the system uses, sorted by ref. Found once for the same facts. */
export function storeUsages(facts: StoreFacts): readonly StoreUsage[] {
  const known = usagesByFacts.get(facts) ?? findUsages(facts);
  usagesByFacts.set(facts, known);
  return known;
}

function findUsages(facts: StoreFacts): readonly StoreUsage[] {
  const stores = facts.resources.filter(({ kind }) => kind === "datastore" || kind === "cache" || kind === "bucket");
  const uses = usesByStore(facts, stores);
  const accesses = accessesByTable(facts);
  const homes = homesOf(uses, stores);
  return stores
    .flatMap((datastore) => {
      const known = [...(uses.get(datastore.ref) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      if (known.length === 0) return [];
      const migrators = known.map(([component]) => component).filter((component) => isMigrator(facts, component));
      const users = known
        .filter(([component]) => !migrators.includes(component))
        .map(([component, use]) => userOf(component, use, datastore));
      const connections = new Map(users.map((user) => [user.component, user.connections]));
      const tables = tableUsages(facts, datastore.ref, accesses, connections, (table, component) =>
        table.partOf === null ? (homes.get(component) ?? null) : table.partOf,
      );
      const pairs = sharedStores(datastore, users, tables);
      return [{ datastore, users, tables, pairs, level: highestLevel(pairs), migrators }];
    })
    .sort((a, b) => (a.datastore.ref < b.datastore.ref ? -1 : 1));
}

interface Use {
  readonly connections: StoreUseFact[];
  readonly relations: RelationFact[];
}

/** A component that only sends or reads messages there keeps no data there. */
function usesByStore(facts: StoreFacts, stores: readonly ResourceFact[]): Map<Ref, Map<Ref, Use>> {
  const whole = deployedAs(facts);
  const deployables = new Set(facts.components.filter(isDeployable).map(({ ref }) => ref));
  const known = new Set(stores.map(({ ref }) => ref));
  const storeOf = new Map(facts.resources.map(({ ref, partOf }) => [ref, known.has(ref) ? ref : partOf]));
  const uses = new Map<Ref, Map<Ref, Use>>();
  const messages = new Set<string>();
  const useOf = (store: Ref | null | undefined, component: Ref): Use | null => {
    if (store === null || store === undefined || !known.has(store) || !deployables.has(component)) return null;
    const users = uses.get(store) ?? new Map<Ref, Use>();
    const use = users.get(component) ?? { connections: [], relations: [] };
    uses.set(store, users.set(component, use));
    return use;
  };
  const isBorrowed = borrowedBy(facts, whole);
  const hinted = new Set(facts.relations.flatMap(({ from, to, confidence }) => (confidence === "hint" ? [`${from} ${to}`] : [])));
  for (const relation of facts.relations) {
    if (relation.confidence === "hint" || isBorrowed(relation.from, relation.evidence)) continue;
    const [store, component] = [storeOf.get(relation.to), whole(relation.from)];
    if (isDataUse(relation)) useOf(store, component)?.relations.push(relation);
    else if (isMessage(relation)) messages.add(`${store} ${component}`);
  }
  for (const use of facts.storeUses) {
    if (isBorrowed(use.component, use.evidence)) continue;
    const component = whole(use.component);
    const reads = uses.get(use.resource)?.has(component) ?? false;
    // A connection that only a hint speaks of decides as little as the hint.
    if (!reads && hinted.has(`${use.component} ${use.resource}`)) continue;
    if (reads || !messages.has(`${use.resource} ${component}`)) useOf(use.resource, component)?.connections.push(use);
  }
  // A list in a cache that serves as a queue is a way to talk: who only sends or reads messages there shares no data.
  for (const store of stores.filter(isCache)) {
    for (const [component, { relations }] of uses.get(store.ref) ?? [])
      if (messages.has(`${store.ref} ${component}`) && relations.every(({ to }) => to === store.ref))
        uses.get(store.ref)?.delete(component);
  }
  return uses;
}

/** A page that takes types from a library with data access reaches no database: only what stands in its own files counts. */
function borrowedBy(
  { components }: StoreFacts,
  whole: (ref: Ref) => Ref,
): (component: Ref, evidence: readonly Evidence[]) => boolean {
  const pages = new Map(
    components.flatMap(({ ref, kind, repository, paths }) =>
      kind === "frontend" ? [[ref, { repository, paths }] as const] : [],
    ),
  );
  return (component, evidence) => {
    const page = pages.get(whole(component));
    const places = evidence.flatMap((each) => ("file" in each ? [each] : []));
    if (page === undefined || places.length === 0) return false;
    return !places.some(
      ({ repository, file }) =>
        repository === page.repository && page.paths.some((path) => path === "" || file.startsWith(`${withoutSlashes(path)}/`)),
    );
  };
}

function isDataUse({ kind, protocol }: RelationFact): boolean {
  return kind === "reads" || kind === "writes" || (kind === "calls" && protocol === "db");
}

function isMessage({ kind }: RelationFact): boolean {
  return kind === "publishes" || kind === "consumes";
}

function accessesByTable(facts: StoreFacts): Map<Ref, { component: Ref; relation: RelationFact }[]> {
  const whole = deployedAs(facts);
  const tables = new Set(facts.resources.filter(({ kind }) => kind === "table").map(({ ref }) => ref));
  const accesses = new Map<Ref, { component: Ref; relation: RelationFact }[]>();
  const isBorrowed = borrowedBy(facts, whole);
  for (const relation of facts.relations) {
    if (!tables.has(relation.to) || relation.confidence === "hint" || !isDataUse(relation)) continue;
    if (isBorrowed(relation.from, relation.evidence)) continue;
    const access = { component: whole(relation.from), relation };
    const known = accesses.get(relation.to);
    if (known) known.push(access);
    else accesses.set(relation.to, [access]);
  }
  return accesses;
}

/** The datastore of those components that have one; caches and buckets hold no tables. */
function homesOf(uses: ReadonlyMap<Ref, ReadonlyMap<Ref, Use>>, stores: readonly ResourceFact[]): Map<Ref, Ref | null> {
  const homes = new Map<Ref, Ref | null>();
  for (const store of stores) {
    if (store.kind !== "datastore" || isCache(store)) continue;
    for (const component of uses.get(store.ref)?.keys() ?? []) homes.set(component, homes.has(component) ? null : store.ref);
  }
  return homes;
}

/** One job that migrates the tables of all is no second user of them (metrics.md A5, edge cases). */
function isMigrator({ components }: StoreFacts, ref: Ref): boolean {
  const name = components.find((component) => component.ref === ref)?.name ?? "";
  return /(?:^|[-_. ])(?:migrat(?:e|or|ion|ions|ionservice|ion-service)|flyway|liquibase|db-?init|seed(?:er|s)?)(?:$|[-_. ])/i.test(
    name,
  );
}

function userOf(component: Ref, { connections, relations }: Use, datastore: ResourceFact): StoreUser {
  const parts = new Map(
    connections.map((use) => {
      const part = connectionOf(use, datastore);
      return [JSON.stringify(part), part];
    }),
  );
  const direct = [...connections, ...relations.filter(({ to }) => to === datastore.ref)];
  const evidence: Evidence[] = (direct.length > 0 ? direct : relations).flatMap((known) => known.evidence);
  const stated = [...parts.values()].filter(({ database }) => database !== null);
  const all = stated.length > 0 ? stated : [...parts.values()];
  return {
    component,
    connections: all.length > 0 ? all : [{ database: isCache(datastore) ? "0" : null, schema: null, user: null }],
    evidence: evidence.slice(0, maxEvidence),
  };
}

/** Where nothing is said, PostgreSQL takes the database with the name of the user, and Redis the first one. */
function connectionOf({ database, schema, user, technology }: StoreUseFact, datastore: ResourceFact): Connection {
  const postgres = /postgres|timescale|cockroach/i.test(technology ?? datastore.technology ?? "");
  const unsaid = isCache(datastore) ? "0" : postgres ? user : null;
  return {
    database: (database ?? unsaid)?.toLowerCase() ?? null,
    schema: schema?.toLowerCase() ?? null,
    user: user?.toLowerCase() ?? null,
  };
}
