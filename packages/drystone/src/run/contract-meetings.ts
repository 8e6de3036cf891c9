/** Pairs of services that talk over a contract, with the versions of it that would meet. */
import { collectContracts, contractAt } from "#collect/contracts/index.js";
import type { FileTree } from "#collect/files/index.js";
import { type Clone, git } from "#collect/git/index.js";
import type { ContractSource } from "#model/contract-source.js";
import type { ComponentFact, ContractFact, Facts } from "#model/facts.js";
import { type Ref, shortName } from "#model/refs.js";
import { treeAt } from "./contract-sides.js";
import type { DeployedVersions } from "./deployed-versions.js";

/** One pair of services that talk, with the versions that would meet. */
export interface Meeting {
  readonly provider: Ref;
  readonly consumer: Ref;
  /** Null: the two talk and the provider has no contract. */
  readonly contract: ContractFact | null;
  /** What the consumer was built from. */
  readonly expected: ContractSource | null;
  /** What the provider offers. */
  readonly offered: ContractSource | null;
  /** Why one of them is not known. */
  readonly unknown: string | null;
  readonly versions: { readonly provider: string; readonly consumer: string };
}

/** A version of a service: one that shall be deployed, or one that runs. */
export interface ServiceVersion {
  readonly component: ComponentFact;
  /** As git takes it, or as the deploy names it. */
  readonly revision: string;
}

export interface MeetingContext {
  readonly facts: Facts;
  readonly deployed: DeployedVersions;
  readonly clones: readonly Clone[];
  /** Trees that were read already, by repository and revision. */
  readonly trees: Map<string, FileTree | null>;
}

/** Who uses what the candidate offers and is not deployed: nothing of it can break. */
export function absentUsersOf({ component: { ref } }: ServiceVersion, { facts, deployed }: MeetingContext): Ref[] {
  const users = facts.contracts.flatMap((contract) => (contract.provider === ref ? usersOf(facts, contract) : []));
  return [...new Set(users)].filter((user) => runningAs(facts, deployed, user) === null).sort();
}

/** As provider with everybody deployed who uses what it offers, as consumer with the providers of what it uses. Each contract file once per pair. */
export function meetingsOf(candidate: ServiceVersion, context: MeetingContext): Meeting[] {
  const { ref } = candidate.component;
  const { contracts } = context.facts;
  const version = (component: Ref) => (component === ref ? candidate : versionOf(context, component));
  const met = contracts.flatMap((contract) => {
    const { provider } = contract;
    if (provider === null) return [];
    return usersOf(context.facts, contract)
      .filter((user) => user === ref || (provider === ref && runningAs(context.facts, context.deployed, user) !== null))
      .map((user) => meeting(context, contract, [provider, version(provider)], [user, version(user)]));
  });
  return [...uniqueMeetings(met), ...withoutContract(ref, version, context)];
}

/** Who calls the provider; of contracts of messages, who is at the other end of their channels. */
function usersOf({ relations, operations, resources }: Facts, contract: ContractFact): Ref[] {
  const { provider, ref } = contract;
  const channels = new Set(operations.filter((one) => one.contract === ref).map(({ path }) => path.toLowerCase()));
  const topics = new Set(resources.filter(({ name }) => channels.has(name.toLowerCase())).map((resource) => resource.ref));
  const isEvents = contract.kind === "asyncapi" || contract.kind === "jsonschema";
  const own = new Set(
    relations
      .filter(({ from, to, kind }) => from === provider && topics.has(to) && isMessaging(kind))
      .map(({ to, kind }) => `${kind} ${to}`),
  );
  const users = relations.filter(({ kind, from, to }) => {
    if (from === provider) return false;
    if (!isEvents) return kind === "calls" && to === provider;
    return own.has(`${kind === "consumes" ? "publishes" : kind === "publishes" ? "consumes" : ""} ${to}`);
  });
  return [...new Set(users.map(({ from }) => from))].sort();
}

function isMessaging(kind: string): boolean {
  return kind === "publishes" || kind === "consumes";
}

type Version = ServiceVersion | { readonly missing: string };

function withoutContract(ref: Ref, version: (component: Ref) => Version, { facts, deployed }: MeetingContext): Meeting[] {
  const providers = new Set(facts.contracts.map(({ provider }) => provider));
  const built = new Set(facts.components.filter((one) => one.built).map((one) => one.ref));
  const pairs = facts.relations.filter(
    ({ kind, from, to, category }) =>
      kind === "calls" &&
      category === "business" &&
      (from === ref || to === ref) &&
      from !== to &&
      built.has(to) &&
      !providers.has(to),
  );
  return [...new Map(pairs.map(({ from, to }) => [`${from} ${to}`, { from, to }])).values()]
    .filter(({ from, to }) => [from, to].every((one) => one === ref || runningAs(facts, deployed, one) !== null))
    .map(({ from, to }) => ({
      provider: to,
      consumer: from,
      contract: null,
      expected: null,
      offered: null,
      unknown: `${shortName(to)} has no contract that is read`,
      versions: { provider: revisionOf(version(to)), consumer: revisionOf(version(from)) },
    }));
}

function revisionOf(version: Version): string {
  return "missing" in version ? "?" : version.revision;
}

/** What runs of a component, or of the whole that it is part of. */
export function runningAs(facts: Facts, { byComponent }: DeployedVersions, ref: Ref) {
  const component = facts.components.find((one) => one.ref === ref);
  return byComponent.get(ref) ?? (component?.partOf == null ? null : (byComponent.get(component.partOf) ?? null));
}

function versionOf({ facts, deployed }: MeetingContext, ref: Ref): Version {
  const component = facts.components.find((one) => one.ref === ref);
  const running = runningAs(facts, deployed, ref);
  if (component === undefined || running === null) return { missing: `no deploy of ${shortName(ref)} is known` };
  if (running.version === null) return { missing: `the deploy of ${shortName(ref)} does not say which version` };
  return { component, revision: running.version };
}

function meeting(
  context: MeetingContext,
  contract: ContractFact,
  [provider, providerVersion]: readonly [Ref, Version],
  [consumer, consumerVersion]: readonly [Ref, Version],
): Meeting {
  const offered = contractFor(context, contract, providerVersion);
  const expected = contractFor(context, contract, consumerVersion);
  return {
    provider,
    consumer,
    contract,
    offered: typeof offered === "string" ? null : offered,
    expected: typeof expected === "string" ? null : expected,
    unknown: typeof offered === "string" ? offered : typeof expected === "string" ? expected : null,
    versions: { provider: revisionOf(providerVersion), consumer: revisionOf(consumerVersion) },
  };
}

/** The contract as it lay beside a version of a service: in one repository at that commit, else the copy in its own; a text says why there is none. */
function contractFor(context: MeetingContext, contract: ContractFact, at: Version): ContractSource | string {
  if ("missing" in at) return at.missing;
  const clone = context.clones.find(({ id }) => id === at.component.repository);
  const commit = clone === undefined ? null : resolvedVersion(clone, at.component, at.revision);
  const tree = clone === undefined || commit === null ? null : treeOf(context, clone, commit);
  if (tree === null) return `version ${at.revision} of ${at.component.name} is no commit or tag of ${at.component.repository}`;
  if (at.component.repository === contract.repository) {
    const source = tree.paths.includes(contract.file) ? contractAt(tree, contract.file) : null;
    return source ?? `${contract.file} is not in version ${at.revision} of ${at.component.name}`;
  }
  const name = shortName(contract.ref);
  const copy = collectContracts(tree).contracts.find(
    (one) => one.kind === contract.kind && (one.file.endsWith(lastPart(contract.file)) || one.name.toLowerCase() === name),
  );
  const source = copy === undefined ? null : contractAt(tree, copy.file);
  return source ?? `no copy of ${shortName(contract.ref)} lies in the repository of ${at.component.name}`;
}

function lastPart(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

/** A version may be a commit, a tag, or a tag with the name of the service around it. */
export function resolvedVersion(clone: Clone, component: ComponentFact, name: string): string | null {
  const names = [
    name,
    `v${name}`,
    `${component.name}@${name}`,
    `${component.name}-${name}`,
    `${component.name}/${name}`,
    `${component.name}-v${name}`,
    `${component.name}/v${name}`,
  ];
  for (const one of names) {
    const found = git(clone.gitDirectory, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${one}^{commit}`]);
    const commit = found.stdout.toString().trim();
    if (found.status === 0 && commit !== "") return commit;
  }
  return null;
}

export function treeOf(context: MeetingContext, clone: Clone, commit: string): FileTree | null {
  const key = `${clone.id} ${commit}`;
  const known = context.trees.get(key);
  if (known !== undefined) return known;
  const tree = treeAt(clone, commit);
  context.trees.set(key, tree);
  return tree;
}

/** Services of one .proto file share it: it is compared once per pair. */
function uniqueMeetings(meetings: readonly Meeting[]): Meeting[] {
  return [
    ...new Map(
      meetings.map((one) => [`${one.provider} ${one.consumer} ${one.contract?.file} ${one.contract?.repository}`, one]),
    ).values(),
  ];
}
