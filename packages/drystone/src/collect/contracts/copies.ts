/** One contract may lie in several places: every user has its copy of a .proto, a generator writes JSON and YAML. */
import type { FoundContract } from "./contract.js";

/** The same contracts with their copies together; the one that is written by hand and lies highest comes first. Sorted by repository and file. */
export function withoutCopies(found: readonly FoundContract[]): FoundContract[] {
  const groups = new Map<string, FoundContract[]>();
  for (const contract of found) {
    const key = identityOf(contract);
    groups.set(key, [...(groups.get(key) ?? []), contract]);
  }
  return [...groups.values()].map(together).sort((a, b) => compare(a.repository, b.repository) || compare(a.file, b.file));
}

function together(contracts: readonly FoundContract[]): FoundContract {
  const [first, ...others] = contracts.toSorted(
    (a, b) =>
      Number(a.generated) - Number(b.generated) ||
      depthOf(a) - depthOf(b) ||
      compare(a.repository, b.repository) ||
      compare(a.file, b.file),
  );
  if (!first) throw new TypeError("a group holds at least one contract");
  return { ...first, copies: [...first.copies, ...others.flatMap((contract) => contract.copies)] };
}

/** What stays the same in copies that have drifted apart: for gRPC package and service; for others the operations, since versions live side by side. */
function identityOf(contract: FoundContract): string {
  const operations = contract.operations.map((operation) => `${operation.method} ${operation.path}`);
  const schemas = contract.schemas.map((schema) => `${schema.name}:${schema.fields.join()}`);
  return JSON.stringify([contract.kind, ...partsOf(contract, operations, schemas).toSorted()]);
}

function partsOf(contract: FoundContract, operations: readonly string[], schemas: readonly string[]): readonly string[] {
  if (contract.services.length > 0) return contract.services.map((service) => service.name);
  if (contract.kind === "typescript") return [contract.repository, contract.file];
  // A GraphQL schema has no name of its own, and many have one query only.
  if (contract.kind === "graphql") return [...operations, ...contract.schemas.map((schema) => schema.name)];
  return [contract.name, ...(operations.length > 0 ? operations : schemas)];
}

function depthOf(contract: FoundContract): number {
  return contract.file.split("/").length;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
