/** How much is known about where a service keeps its data. */
import type { Facts } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { deployedAs } from "../calls/index.js";
import { componentIndex } from "../lineage/index.js";
import type { StoreUsage } from "./model.js";

/**
 * `tables`: uses of tables are known. `connection`: only to which server it connects. `none-found`: its source was read and holds neither.
 * `unread`: nothing of its source was read, or it reaches a store that could not be told.
 */
export type StoreEvidence = "tables" | "connection" | "none-found" | "unread";

export function storeEvidence(
  facts: Facts,
  usages: readonly StoreUsage[],
  services: readonly Ref[],
): ReadonlyMap<Ref, StoreEvidence> {
  const withTables = new Set(usages.flatMap(({ tables }) => tables.flatMap(({ users }) => users)));
  const connected = new Set(usages.flatMap(({ users, migrators }) => [...users.map(({ component }) => component), ...migrators]));
  const read = servicesRead(facts);
  const whole = deployedAs(facts);
  const open = new Set(
    facts.unresolved.flatMap(({ kind, component }) => (kind === "store" || kind === "table" ? [whole(component)] : [])),
  );
  return new Map(
    services.map((service) => {
      if (withTables.has(service)) return [service, "tables"];
      if (connected.has(service)) return [service, "connection"];
      return [service, read.has(service) && !open.has(service) ? "none-found" : "unread"];
    }),
  );
}

/** Components of whose source something was understood. */
function servicesRead(facts: Facts): ReadonlySet<Ref> {
  const whole = deployedAs(facts);
  const read = new Set<Ref>();
  const see = (ref: Ref | null | undefined) => ref && read.add(whole(ref));
  for (const { component } of [...facts.storeUses, ...facts.callSites, ...facts.models, ...facts.operations]) see(component);
  for (const { from, seen } of facts.relations) if (seen.includes("static")) see(from);
  for (const graph of facts.imports) {
    const componentOf = componentIndex(facts.components, ({ repository }) => repository === graph.repository);
    for (const file of graph.files) see(facts.components[componentOf(file)]?.ref);
  }
  return read;
}
