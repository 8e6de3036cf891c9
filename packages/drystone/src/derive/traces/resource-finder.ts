/** Which datastore, broker or topic a span means: by name, else by its technology where only one of that technology is used. */
import type { Facts, ResourceFact } from "#model/facts.js";
import { type Ref, resourceRef } from "#model/refs.js";
import type { TracedCallFact } from "#model/running.js";

export interface ResourceFinder {
  /** The server, or the topics and tables on it that the spans name; empty when nothing known is meant. */
  find(call: TracedCallFact, from: Ref): readonly Ref[];
  /** A new server or topic; undefined where relations of another grain say it already. */
  make(call: TracedCallFact, from: Ref): Ref | undefined;
  made(): readonly ResourceFact[];
}

export function resourceFinder(facts: Facts, whole: (ref: Ref) => Ref): ResourceFinder {
  const made = new Map<Ref, ResourceFact>();
  const used = usedServers(facts, whole);
  const server = (call: TracedCallFact, from: Ref): ResourceFact | undefined =>
    serverOf(call, used.get(from) ?? new Set(), facts.resources);
  return {
    find: (call, from) => {
      const own = server(call, from);
      if (call.kind === "publishes" || call.kind === "consumes") return channelsOf(call, own, facts.resources);
      if (own === undefined) return [];
      const tables = new Set(call.operations.flatMap(({ name }) => name.split(" ").slice(1)).map(lastPart));
      const named = facts.resources.filter(
        ({ partOf, name, kind }) => kind === "table" && partOf === own.ref && tables.has(lastPart(name)),
      );
      return [own.ref, ...named.map(({ ref }) => ref)];
    },
    make: (call, from) => {
      const own = server(call, from);
      if (call.kind === "reads" || call.kind === "writes") {
        // Tables tell more than the server; their relations stand already.
        if (own !== undefined) return used.get(from)?.has(own.ref) === true ? undefined : own.ref;
        return newResource(made, call, call.technology !== null && caches.has(call.technology) ? "cache" : "datastore", null);
      }
      return (
        channelsOf(call, own, facts.resources)[0] ??
        newResource(made, call, call.to === call.technology ? "broker" : "topic", own?.ref ?? null)
      );
    },
    made: () => [...made.values()],
  };
}

const caches = new Set(["redis", "valkey", "memcached", "hazelcast"]);

/** Servers that a component uses according to the files. */
function usedServers(facts: Facts, whole: (ref: Ref) => Ref): ReadonlyMap<Ref, ReadonlySet<Ref>> {
  const holders = new Map(facts.resources.map(({ ref, partOf }) => [ref, partOf ?? ref]));
  const used = new Map<Ref, Set<Ref>>();
  for (const { from, to } of [
    ...facts.relations,
    ...facts.storeUses.map(({ component, resource }) => ({ from: component, to: resource })),
  ]) {
    const holder = holders.get(to);
    if (holder === undefined) continue;
    const own = used.get(whole(from)) ?? new Set();
    used.set(whole(from), own.add(holder));
  }
  return used;
}

function serverOf(call: TracedCallFact, used: ReadonlySet<Ref>, resources: readonly ResourceFact[]): ResourceFact | undefined {
  const servers = resources.filter(
    ({ partOf, kind }) => partOf === null && (kind === "datastore" || kind === "cache" || kind === "broker"),
  );
  const names = new Set([call.to.toLowerCase(), call.to.toLowerCase().split(".", 1)[0] ?? ""]);
  const named = servers.filter(({ name, aliases }) => [name, ...aliases].some((each) => names.has(each.toLowerCase())));
  if (named.length === 1) return named[0];
  const same = servers.filter(
    ({ technology }) => technology !== null && call.technology !== null && family(technology) === family(call.technology),
  );
  const own = same.filter(({ ref }) => used.has(ref));
  return own.length === 1 ? own[0] : own.length === 0 && same.length === 1 ? same[0] : undefined;
}

const families = new Map([
  ["postgres", "postgresql"],
  ["cockroachdb", "postgresql"],
  ["mariadb", "mysql"],
  ["valkey", "redis"],
  ["microsoft.sql_server", "mssql"],
  ["sqlserver", "mssql"],
  ["mongo", "mongodb"],
]);

function family(technology: string): string {
  const name = technology.toLowerCase();
  return families.get(name) ?? name;
}

function channelsOf(call: TracedCallFact, server: ResourceFact | undefined, resources: readonly ResourceFact[]): Ref[] {
  // An exchange may be told with its routing key.
  const names = new Set([call.to, ...call.to.split(":")].map((name) => name.toLowerCase()));
  const topics = resources.filter(
    ({ kind, name, aliases }) =>
      kind === "topic" && [name, lastPart(name), ...aliases].some((each) => names.has(each.toLowerCase())),
  );
  const own = topics.filter(({ partOf }) => server === undefined || partOf === server.ref);
  if (own.length > 0) return own.map(({ ref }) => ref);
  return call.to === call.technology && server !== undefined ? [server.ref] : [];
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1).toLowerCase();
}

const mostNew = 1_000;

function newResource(
  made: Map<Ref, ResourceFact>,
  call: TracedCallFact,
  kind: ResourceFact["kind"],
  partOf: Ref | null,
): Ref | undefined {
  const ref = resourceRef(call.to);
  if (!made.has(ref)) {
    if (made.size >= mostNew) return undefined;
    made.set(ref, {
      ref,
      name: call.to.slice(0, 100),
      kind,
      partOf,
      technology: call.technology,
      aliases: [],
      evidence: call.evidence.slice(0, 3),
    });
  }
  return ref;
}
