/**
 * `drystone contracts compatible`: may this version of a service run beside what runs now?
 * As a provider its contract is held against the one that each deployed consumer was built from; as a consumer the one it was built from is held
 * against the deployed provider's. Schemas are compared, not what operations do.
 */
import {
  type ContractOptions,
  compareContract,
  contractViolations,
  weighedByPacts,
} from "#check/contract-compatibility/index.js";
import { collectContracts, contractAt, readPacts } from "#collect/contracts/index.js";
import type { FileTree } from "#collect/files/index.js";
import { type Clone, git, locateClones } from "#collect/git/index.js";
import type { ContractSource, Pact } from "#model/contract-source.js";
import type { ComponentFact, ContractFact, Facts } from "#model/facts.js";
import { type Ref, shortName } from "#model/refs.js";
import type { Assessment, Condition, Finding, Result } from "#model/result.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { fingerprint } from "#util/fingerprint.js";
import { treeAt } from "./contract-sides.js";
import { type Deployed, deployedVersions } from "./deployed-versions.js";
import { readFilesFacts } from "./files-facts.js";
import { headlineOf, partialResult } from "./partial-result.js";

export interface CompatibleOptions extends ContractOptions {
  /** `orders@v1.4.0`, `orders` for what is at HEAD; null for every service that is deployed, at HEAD. */
  readonly candidate: string | null;
  readonly environment: string;
  /** File of deploy events. */
  readonly deploys: string;
  /** Repositories, or folders of them. */
  readonly paths: readonly string[];
  readonly config: string | undefined;
}

/** One pair of services that talk, with the versions that would meet. */
export interface Meeting {
  readonly provider: Ref;
  readonly consumer: Ref;
  readonly contract: ContractFact;
  /** What the consumer was built from. */
  readonly expected: ContractSource | null;
  /** What the provider offers. */
  readonly offered: ContractSource | null;
  /** Why one of them is not known. */
  readonly unknown: string | null;
  readonly versions: { readonly provider: string; readonly consumer: string };
}

/** @throws UsageError for a service, revision, environment or file that is not there. */
export function contractsCompatible(options: CompatibleOptions): Result {
  const facts = readFilesFacts({ paths: options.paths, config: options.config });
  if (facts === null)
    throw new UsageError("DS-U05", "no git repository with a commit", "pass --path with the folder of a repository");
  const deployed = deployedVersions(options.deploys, options.environment);
  const context: Context = {
    facts,
    deployed,
    clones: locateClones(options.paths),
    trees: new Map(),
    environment: options.environment,
  };
  const candidates = candidatesOf(options.candidate, context);
  const meetings = uniqueMeetings(candidates.flatMap((candidate) => meetingsOf(candidate, context)));
  const pacts = context.clones.flatMap((clone) => readPacts(treeOf(context, clone, "HEAD") ?? emptyTree(clone.id)));
  return resultOf(options, facts, candidates, meetings, pacts);
}

interface Context {
  readonly facts: Facts;
  readonly deployed: ReadonlyMap<string, Deployed>;
  readonly clones: readonly Clone[];
  readonly trees: Map<string, FileTree | null>;
  readonly environment: string;
}

interface Candidate {
  readonly component: ComponentFact;
  readonly revision: string;
}

function candidatesOf(text: string | null, context: Context): Candidate[] {
  const { facts, deployed } = context;
  if (text === null) {
    const known = facts.components.filter((component) => deployedAs(component, deployed) !== null);
    if (known.length === 0)
      throw new UsageError(
        "DS-U48",
        "no deployed service is a component of these repositories",
        "name them alike, or give aliases in drystone.yaml",
      );
    return known.map((component) => ({ component, revision: "HEAD" }));
  }
  const at = text.lastIndexOf("@");
  const [name, revision] = at > 0 ? [text.slice(0, at), text.slice(at + 1)] : [text, "HEAD"];
  const component = facts.components.find((one) => isNamed(one, name));
  if (component === undefined)
    throw new UsageError(
      "DS-U48",
      `${printable(name)} is no component of these repositories`,
      `use one of ${facts.components
        .filter(({ built }) => built)
        .map((one) => one.name)
        .slice(0, 12)
        .map(printable)
        .join(", ")}`,
    );
  const clone = context.clones.find(({ id }) => id === component.repository);
  if (clone === undefined || resolvedVersion(clone, component, revision) === null)
    throw new UsageError(
      "DS-U43",
      `${printable(revision)} is no revision of ${printable(component.repository)}`,
      "pass a branch, a tag or a commit",
    );
  return [{ component, revision }];
}

function isNamed(component: ComponentFact, name: string): boolean {
  const wanted = name.toLowerCase();
  return [component.name, shortName(component.ref), ...component.aliases].some((one) => one.toLowerCase() === wanted);
}

function deployedAs(component: ComponentFact, deployed: ReadonlyMap<string, Deployed>): Deployed | null {
  return [...deployed.values()].find(({ service }) => isNamed(component, service)) ?? null;
}

/** A version may be a commit, a tag, or a tag with the name of the service around it. */
function resolvedVersion(clone: Clone, component: ComponentFact, name: string): string | null {
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

function treeOf(context: Context, clone: Clone, commit: string): FileTree | null {
  const key = `${clone.id} ${commit}`;
  const known = context.trees.get(key);
  if (known !== undefined) return known;
  const tree = treeAt(clone, commit);
  context.trees.set(key, tree);
  return tree;
}

function emptyTree(repository: string): FileTree {
  return { repository, paths: [], problems: [], read: () => new Map() };
}

/** As provider with every deployed consumer, as consumer with every deployed provider. */
function meetingsOf(candidate: Candidate, context: Context): Meeting[] {
  const { facts } = context;
  const { ref } = candidate.component;
  const offered = facts.contracts.filter((contract) => contract.provider === ref);
  const asProvider = offered.flatMap((contract) =>
    usersOf(facts, ref).map((consumer) => meeting(context, contract, candidate, versionOf(context, consumer), ref, consumer)),
  );
  const asConsumer = [
    ...new Set(facts.relations.filter(({ kind, from }) => kind === "calls" && from === ref).map(({ to }) => to)),
  ].flatMap((provider) =>
    facts.contracts
      .filter((contract) => contract.provider === provider && provider !== ref)
      .map((contract) => meeting(context, contract, versionOf(context, provider), candidate, provider, ref)),
  );
  return [...asProvider, ...asConsumer];
}

function usersOf({ relations }: Facts, provider: Ref): Ref[] {
  return [
    ...new Set(
      relations.filter(({ kind, to, from }) => kind === "calls" && to === provider && from !== provider).map(({ from }) => from),
    ),
  ].sort();
}

function versionOf({ facts, deployed }: Context, ref: Ref): Candidate | { readonly missing: string } {
  const component = facts.components.find((one) => one.ref === ref);
  const running = component === undefined ? null : deployedAs(component, deployed);
  return component === undefined || running === null
    ? { missing: `no deploy of ${shortName(ref)} is known` }
    : { component, revision: running.version };
}

function meeting(
  context: Context,
  contract: ContractFact,
  provider: Candidate | { readonly missing: string },
  consumer: Candidate | { readonly missing: string },
  providerRef: Ref,
  consumerRef: Ref,
): Meeting {
  const offered = contractFor(context, contract, provider);
  const expected = contractFor(context, contract, consumer);
  return {
    provider: providerRef,
    consumer: consumerRef,
    contract,
    offered: typeof offered === "string" ? null : offered,
    expected: typeof expected === "string" ? null : expected,
    unknown: typeof offered === "string" ? offered : typeof expected === "string" ? expected : null,
    versions: {
      provider: "missing" in provider ? "?" : provider.revision,
      consumer: "missing" in consumer ? "?" : consumer.revision,
    },
  };
}

/** The contract as it lay beside a version of a service: in one repository at that commit, else the copy in its own; a text says why there is none. */
function contractFor(
  context: Context,
  contract: ContractFact,
  at: Candidate | { readonly missing: string },
): ContractSource | string {
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

/** Services of one .proto file share it: it is compared once per pair. */
function uniqueMeetings(meetings: readonly Meeting[]): Meeting[] {
  return [
    ...new Map(
      meetings.map((one) => [`${one.provider} ${one.consumer} ${one.contract.file} ${one.contract.repository}`, one]),
    ).values(),
  ];
}

function resultOf(
  options: CompatibleOptions,
  facts: Facts,
  candidates: readonly Candidate[],
  meetings: readonly Meeting[],
  pacts: readonly Pact[],
): Result {
  const judged = meetings.map((one) => ({ meeting: one, findings: findingsOf(one, pacts, options) }));
  const findings = judged.flatMap((one) => one.findings);
  const breaks = findings.filter(({ severity, code }) => severity === "error" && !code.endsWith("/not-demonstrated"));
  const open = findings.filter(({ code }) => code.endsWith("/not-demonstrated"));
  const verdict: Assessment["verdict"] =
    meetings.length === 0 ? "unknown" : breaks.length > 0 ? "not-met" : open.length > 0 ? "unknown" : "met";
  const names = candidates.map(({ component, revision }) => `${component.name}@${revision}`).join(", ");
  const assessment: Assessment = {
    id: "contract-compatibility",
    subject: candidates.length === 1 && candidates[0] ? candidates[0].component.ref : "system",
    question: `May ${names} run in ${options.environment} with what runs there now?`,
    verdict,
    value: meetings.length === 0 ? null : breaks.length,
    unit: "breaking changes",
    interval: null,
    level: 0.95,
    sample: { n: meetings.length, of: "pairs of services that talk" },
    conditions: judged.map(({ meeting: one, findings: own }) => conditionOf(one, own)),
    comparison: null,
    grade: meetings.length === 0 ? null : "B",
    reasons: [
      meetings.length === 0
        ? "No deployed service is seen to talk with it over a contract, so nothing was compared."
        : `${judged.filter(({ findings: own }) => own.every(({ severity }) => severity !== "error")).length} of ${meetings.length} pairs of services keep each other's contract.`,
      ...(open.length > 0 ? [`For ${open.length} the contract of one side is not known.`] : []),
      pacts.length > 0
        ? `${pacts.length} pact files say what consumers look at.`
        : "No pact file was found: what consumers look at is taken from the contracts alone.",
      "This compares schemas. That an operation still does the same, only tests with consumers show.",
    ],
    missing:
      open.length > 0
        ? [
            {
              input: "the contract that each deployed consumer was built from",
              how: "commit a copy of the contract beside each consumer, and name deploys by commit or tag",
            },
          ]
        : [],
    findings,
  };
  return partialResult({
    command: "contracts compatible",
    inputs: {
      asOf: options.asOf,
      system: facts.system.name,
      repositories: [],
      sources: [],
      problems: facts.problems.filter(({ path }) => meetings.some(({ contract }) => contract.file === path)),
    },
    headline: headlineOf(assessment),
    model: {
      contracts: [...new Map(meetings.map(({ contract: { repository: _, ...contract } }) => [contract.ref, contract])).values()],
    },
    assessments: [assessment],
    parameters: {
      environment: options.environment,
      candidates: candidates.map(({ component, revision }) => ({ service: component.name, version: revision })),
    },
  });
}

function conditionOf({ provider, consumer, versions }: Meeting, findings: readonly Finding[]): Condition {
  const errors = findings.filter(({ severity }) => severity === "error");
  const open = errors.some(({ code }) => code.endsWith("/not-demonstrated"));
  return {
    text: `${shortName(consumer)}@${versions.consumer} with ${shortName(provider)}@${versions.provider}`,
    met: open ? null : errors.length === 0,
    source: "docs.pact.io/can_i_deploy, from committed contracts",
  };
}

/** What is not known is told as an error: a deploy that nobody can vouch for is not a safe one. */
function findingsOf(one: Meeting, pacts: readonly Pact[], options: ContractOptions): Finding[] {
  const { expected, offered } = one;
  if (expected === null || offered === null) {
    const code = "contract-compatibility/not-demonstrated";
    return [
      {
        code,
        severity: "error",
        state: "new",
        subjects: [one.contract.ref, one.provider, one.consumer],
        message: `${shortName(one.consumer)} with ${shortName(one.provider)}: not demonstrated, ${one.unknown ?? "a contract is missing"}.`,
        fix: "Commit the contract that the consumer was built from, and name deploys by commit or tag.",
        value: null,
        unit: null,
        sample: null,
        location: { repository: one.contract.repository, file: one.contract.file, line: 1 },
        evidence: [{ type: "file", repository: one.contract.repository, file: one.contract.file, line: 1 }],
        evidenceTotal: 1,
        fingerprint: fingerprint(code, one.contract.ref, one.provider, one.consumer),
      },
    ];
  }
  const own = pacts.filter((pact) => isPactOf(pact, one));
  const changes = weighedByPacts(compareContract(expected, offered, options), own);
  return contractViolations([{ old: expected, new: offered, changes }], null).map(({ finding }) => ({
    ...finding,
    subjects: [...finding.subjects, one.provider, one.consumer],
    message: `${shortName(one.consumer)} with ${shortName(one.provider)}: ${finding.message}`,
    fingerprint: fingerprint(finding.fingerprint, one.provider, one.consumer),
  }));
}

function isPactOf(pact: Pact, { provider, consumer }: Meeting): boolean {
  return (
    plainName(pact.provider) === plainName(shortName(provider)) && plainName(pact.consumer) === plainName(shortName(consumer))
  );
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
