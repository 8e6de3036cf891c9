/** Which operation of which contract a relation uses. */
import type { CallSiteFact, OperationFact, RelationFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

/**
 * The same relations; one whose calls meet operations names the first of them, those of contracts before those that only the code shows.
 * @param contextPaths what stands before all paths of a component.
 */
export function withOperations(
  relations: readonly RelationFact[],
  callSites: readonly CallSiteFact[],
  operations: readonly OperationFact[],
  contextPaths: ReadonlyMap<Ref, readonly string[]>,
): RelationFact[] {
  const byComponent = new Map<Ref | null, OperationFact[]>();
  for (const operation of operations) {
    const known = byComponent.get(operation.component);
    if (known === undefined) byComponent.set(operation.component, [operation]);
    else known.push(operation);
  }
  const sitesOf = new Map<string, CallSiteFact[]>();
  for (const site of callSites) {
    const key = `${site.component}>${site.target}`;
    sitesOf.set(key, [...(sitesOf.get(key) ?? []), site]);
  }
  return relations.map((relation) => {
    if (relation.kind !== "calls") return relation;
    const known = byComponent.get(relation.to) ?? [];
    const prefixes = ["", ...(contextPaths.get(relation.to) ?? [])];
    const met = [
      ...(sitesOf.get(`${relation.from}>${relation.to}`) ?? []).flatMap((site) =>
        known.filter((operation) => meets(site, operation, prefixes)),
      ),
      ...(relation.protocol === "grpc" ? known.filter((operation) => isOfService(operation, relation.detail)) : []),
    ].toSorted((a, b) => Number(a.contract === null) - Number(b.contract === null) || (a.ref < b.ref ? -1 : 1));
    return met[0] === undefined ? relation : { ...relation, operation: met[0].ref };
  });
}

function meets({ method, path }: CallSiteFact, operation: OperationFact, prefixes: readonly string[]): boolean {
  if (path === null || !(method === null || operation.method === "ANY" || operation.method === method)) return false;
  return prefixes.some((prefix) => shape(prefix + operation.path) === shape(path));
}

/** `/shop.CartService/AddItem` is an operation of `CartService` and of `shop.CartService`. */
function isOfService({ path }: OperationFact, service: string | null): boolean {
  const named = /^\/([\w.]+)\/\w+$/.exec(path)?.[1];
  return (
    named !== undefined &&
    service !== null &&
    service.split(", ").some((one) => named === one || named.endsWith(`.${one}`) || one.endsWith(`.${named}`))
  );
}

function shape(path: string): string {
  return path
    .replace(/\{[^{}]{0,200}\}|:[A-Za-z_]\w{0,200}/g, "{}")
    .replace(/\/$/, "")
    .toLowerCase();
}
