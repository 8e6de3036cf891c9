/** Who provides which contract, and the operations that callers may rely on. */
import { componentIndex } from "#derive/lineage/index.js";
import type { ComponentFact, ContractFact, OperationFact } from "#model/facts.js";
import { isDeployable } from "#model/facts.js";
import { type Ref, refName, shortName } from "#model/refs.js";
import type { FoundContract, FoundOperation, FoundService } from "./contract.js";
import { withoutCopies } from "./copies.js";
import { isGenericTitle, nameFromPath } from "./names.js";

/**
 * Contracts and operations as facts, sorted by ref. A gRPC service is a contract of its own: several components may share one file.
 * @param found of all repositories. @param implementers by `package.Service` or `Service`, from the code: one alone is the provider.
 */
export function contractFacts(
  found: readonly FoundContract[],
  components: readonly ComponentFact[],
  implementers: ReadonlyMap<string, readonly Ref[]>,
): { readonly contracts: ContractFact[]; readonly operations: OperationFact[] } {
  const used = new Set<string>();
  const contracts: ContractFact[] = [];
  const operations: OperationFact[] = [];
  for (const merged of withoutCopies(found.flatMap(perService))) {
    const known = single(merged, components, implementers);
    const ref = unusedRef(known, used);
    const { repository, file, kind, version } = merged;
    contracts.push({ ref, kind, provider: known.provider, version, repository, file });
    operations.push(...merged.operations.map((operation) => operationFact(ref, known, operation)));
  }
  return { contracts: contracts.sort(byRef), operations: operations.sort(byRef) };
}

/** Files may hold several services, and one service may lie in files of different size. */
function perService(contract: FoundContract): FoundContract[] {
  if (contract.services.length === 0) return [contract];
  return contract.services.map((service) => {
    const operations = contract.operations.filter((operation) => operation.id.startsWith(`${service.name}/`));
    return { ...contract, name: service.name, line: service.line, services: [service], operations };
  });
}

interface Single {
  readonly name: string;
  readonly provider: Ref | null;
  readonly contract: FoundContract;
}

function single(
  contract: FoundContract,
  components: readonly ComponentFact[],
  implementers: ReadonlyMap<string, readonly Ref[]>,
): Single {
  const places = placesOf(contract, components);
  const [service] = contract.services;
  if (service) return { name: contract.name, provider: implementerOf(service, implementers, places), contract };
  const inside = places.filter((ref) => ref !== null);
  const provider = inside.length === 1 ? (inside[0] ?? null) : null;
  const given = isGenericTitle(contract.name) ? "" : contract.name;
  const name = given || (provider === null ? nameFromPath(contract.repository, contract.file) : shortName(provider));
  return { name, provider, contract };
}

/** Components in whose folders the copies lie, null for a shared folder; copies for callers left out. */
function placesOf(contract: FoundContract, components: readonly ComponentFact[]): (Ref | null)[] {
  const mayProvide = (component: ComponentFact) =>
    contract.kind === "typescript" ? component.built && component.kind === "library" : isDeployable(component);
  const copies = contract.copies.filter((copy) => contract.kind === "typescript" || !callerFolder.test(copy.file));
  const refs = copies.map((copy) => {
    const at = componentIndex(components, (component) => component.repository === copy.repository && mayProvide(component));
    return components[at(copy.file)]?.ref ?? null;
  });
  return [...new Set(refs)];
}

const callerFolder = /(?:^|\/)(?:clients?|consumers?|stubs?|[\w-]{1,60}-client|external-?apis?)\//i;

/** The code says it; else the component that all copies lie in. Beside a shared copy, another one may well be that of a caller. */
function implementerOf(
  service: FoundService,
  implementers: ReadonlyMap<string, readonly Ref[]>,
  places: readonly (Ref | null)[],
): Ref | null {
  const short = service.name.split(".").at(-1) ?? service.name;
  const known = [...new Set(implementers.get(service.name) ?? implementers.get(short) ?? [])];
  const here = known.length > 1 ? known.filter((ref) => places.includes(ref)) : known.length === 1 ? known : places;
  return here.length === 1 ? (here[0] ?? null) : null;
}

/** On a clash the name of the provider or folder comes first, then a number. */
function unusedRef({ name, provider, contract }: Single, used: Set<string>): Ref {
  const outer = provider === null ? nameFromPath(contract.repository, contract.file) : shortName(provider);
  const names = [name, `${outer}-${name}`];
  let free = names.map(refName).find((one) => !used.has(one));
  for (let number = 2; free === undefined; number++) {
    const numbered = refName(`${refName(name).slice(0, 55)}-${number}`);
    if (!used.has(numbered)) free = numbered;
  }
  used.add(free);
  return `api:default/${free}`;
}

function operationFact(ref: Ref, { contract, provider }: Single, operation: FoundOperation): OperationFact {
  const { repository, file } = contract;
  const text = `${operation.method} ${operation.path}`;
  return {
    // A method is unique in its service; its whole name stands in the path.
    ref: `${ref}#${contract.kind === "grpc" ? (operation.id.split("/").at(-1) ?? "") : operation.id}`,
    contract: ref,
    component: provider,
    method: operation.method,
    path: contract.kind === "openapi" ? contract.basePath + operation.path : operation.path,
    evidence: [{ type: "file", repository, file, line: operation.line, text }],
  };
}

function byRef(a: { readonly ref: Ref }, b: { readonly ref: Ref }): number {
  return a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0;
}
