/** Which uses of a service lead to an operation of a contract (metrics.md I1, I2). */
import { asyncFlows, blockingCalls, deployedAs } from "#derive/calls/index.js";
import type { Evidence } from "#model/evidence.js";
import {
  type CallSiteFact,
  type ComponentFact,
  type ContractFact,
  type Facts,
  isDeployable,
  type OperationFact,
  type RelationFact,
} from "#model/facts.js";
import type { Ref } from "#model/refs.js";

export interface Edge {
  readonly consumer: Ref;
  readonly provider: Ref;
  readonly kind: "call" | "message";
  /** The topic of a message. */
  readonly via: Ref | null;
  /** Null: the provider has a contract, and what is asked of it is not known. */
  readonly covered: boolean | null;
  readonly confirmed: boolean;
  readonly evidence: readonly Evidence[];
}

/** Calls and messages between what is built here, one per consumer, provider and topic. Pages and gateways offer nothing of their own to other services. */
export function inboundEdges(facts: Facts): readonly Edge[] {
  const providers = new Map(facts.components.filter(isProvider).map((component) => [component.ref, component]));
  const consumers = new Set(facts.components.filter(({ kind }) => kind !== "loadgen").map(({ ref }) => ref));
  return [...callEdges(facts), ...messageEdges(facts)].filter(
    ({ consumer, provider }) => providers.has(provider) && consumers.has(consumer),
  );
}

export function isProvider(component: ComponentFact): boolean {
  return isDeployable(component) && component.kind !== "frontend" && component.kind !== "gateway";
}

/** Contracts of network interfaces by the deployable that provides them. A type of a library is no interface between services. */
export function contractsByProvider(facts: Pick<Facts, "components" | "contracts">): ReadonlyMap<Ref, readonly ContractFact[]> {
  const whole = deployedAs(facts);
  const contracts = new Map<Ref, ContractFact[]>();
  for (const contract of facts.contracts) {
    if (contract.provider === null || contract.kind === "typescript" || contract.kind === "jsonschema") continue;
    const provider = whole(contract.provider);
    contracts.set(provider, [...(contracts.get(provider) ?? []), contract]);
  }
  return contracts;
}

function callEdges(facts: Facts): Edge[] {
  const contracts = contractsByProvider(facts);
  const inContract = new Set(facts.operations.flatMap(({ ref, contract }) => (contract === null ? [] : [ref])));
  const operations = operationsByContract(facts);
  const sites = sitesByPair(facts);
  return blockingCalls(facts).map(({ from, to, relations }) => {
    const offered = contracts.get(to) ?? [];
    const asked = (sites.get(`${from} ${to}`) ?? []).filter(({ path }) => path !== null);
    const known = offered.flatMap(({ ref }) => operations.get(ref) ?? []);
    const resolves =
      relations.some(({ operation }) => operation !== null && inContract.has(operation)) ||
      // A gRPC client is made from the contract: there is no other way to call.
      (offered.some(({ kind }) => kind === "grpc") && relations.some(({ protocol }) => protocol === "grpc")) ||
      asked.some((site) => known.some((operation) => answers(operation, site)));
    return {
      consumer: from,
      provider: to,
      kind: "call",
      via: null,
      // A call over gRPC has a contract, found here or not.
      covered: resolves ? true : (offered.length > 0 && asked.length === 0) || isGrpc(relations) ? null : false,
      confirmed: relations.some(({ confidence }) => confidence === "confirmed"),
      // Where it is asked says more than where its address stands.
      evidence: (asked.length > 0 ? asked : relations).flatMap(({ evidence }) => evidence),
    };
  });
}

function isGrpc(relations: readonly RelationFact[]): boolean {
  return relations.length > 0 && relations.every(({ protocol }) => protocol === "grpc");
}

/** Of a message the publisher is the provider: who reads it depends on what it says. */
function messageEdges(facts: Facts): Edge[] {
  const whole = deployedAs(facts);
  const contracts = contractsByProvider(facts);
  const operations = operationsByContract(facts);
  const inContract = new Set(facts.operations.flatMap(({ ref, contract }) => (contract === null ? [] : [ref])));
  const names = new Map(facts.resources.map(({ ref, name }) => [ref, name.toLowerCase()]));
  const users = relationsByTarget(facts);
  return asyncFlows(facts).map(({ from, to, via, evidence }) => {
    const relations = (users.get(via) ?? []).filter((relation) => [from, to].includes(whole(relation.from)));
    const offered = (contracts.get(from) ?? []).filter(({ kind }) => kind === "asyncapi");
    const channels = offered.flatMap(({ ref }) => operations.get(ref) ?? []).map(({ path }) => path.toLowerCase());
    const resolves =
      relations.some(({ operation }) => operation !== null && inContract.has(operation)) ||
      channels.includes(names.get(via) ?? "");
    return {
      consumer: to,
      provider: from,
      kind: "message",
      via,
      covered: resolves,
      confirmed: relations.length > 0 && relations.every(({ confidence }) => confidence === "confirmed"),
      evidence,
    };
  });
}

function relationsByTarget({ relations }: Facts): Map<Ref, RelationFact[]> {
  const known = new Map<Ref, RelationFact[]>();
  for (const relation of relations) {
    const own = known.get(relation.to);
    if (own) own.push(relation);
    else known.set(relation.to, [relation]);
  }
  return known;
}

function operationsByContract({ operations }: Facts): Map<Ref, OperationFact[]> {
  const known = new Map<Ref, OperationFact[]>();
  for (const operation of operations) {
    if (operation.contract === null) continue;
    const own = known.get(operation.contract);
    if (own) own.push(operation);
    else known.set(operation.contract, [operation]);
  }
  return known;
}

function sitesByPair(facts: Facts): Map<string, CallSiteFact[]> {
  const whole = deployedAs(facts);
  const sites = new Map<string, CallSiteFact[]>();
  for (const site of facts.callSites) {
    if (site.target === null) continue;
    const key = `${whole(site.component)} ${whole(site.target)}`;
    const own = sites.get(key);
    if (own) own.push(site);
    else sites.set(key, [site]);
  }
  return sites;
}

/** True when the path of the operation ends the path that is asked for (a base path may stand before it) and the methods do not differ. */
export function answers(operation: Pick<OperationFact, "method" | "path">, site: Pick<CallSiteFact, "method" | "path">): boolean {
  const method = operation.method.toUpperCase();
  if (site.method !== null && /^(?:GET|PUT|POST|PATCH|DELETE|HEAD|OPTIONS)$/.test(method) && method !== site.method) return false;
  const offered = segments(operation.path);
  const asked = segments(site.path ?? "").slice(-offered.length);
  return (
    asked.length === offered.length &&
    (offered.length === 0 || offered.some((segment) => segment !== null)) &&
    offered.every((segment, at) => segment === null || asked[at] === null || segment === asked[at])
  );
}

/** Null for a parameter. */
function segments(path: string): (string | null)[] {
  return path
    .replace(/^[a-z]{2,10}:\/\/[^/]{1,300}/i, "")
    .replace(/[?#].*$/s, "")
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => (/^:|[{}$]/.test(segment) ? null : segment.toLowerCase()));
}
