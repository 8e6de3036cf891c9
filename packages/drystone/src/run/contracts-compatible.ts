/**
 * `drystone contracts compatible`: may this version of a service run beside what runs now?
 * As a provider its contract is held against the one that each deployed consumer was built from; as a consumer the one it was built from is held
 * against the deployed provider's. Schemas are compared, not what operations do.
 */
import type { ContractOptions } from "#check/contract-compatibility/index.js";
import { readPacts } from "#collect/contracts/index.js";
import { locateClones } from "#collect/git/index.js";
import type { ComponentFact, Facts } from "#model/facts.js";
import { shortName } from "#model/refs.js";
import type { Result } from "#model/result.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { compatibleResult } from "./compatible-result.js";
import {
  absentUsersOf,
  type MeetingContext,
  meetingsOf,
  resolvedVersion,
  runningAs,
  type ServiceVersion,
  treeOf,
} from "./contract-meetings.js";
import { deployedVersions } from "./deployed-versions.js";
import { readFilesFacts } from "./files-facts.js";

export interface CompatibleOptions extends ContractOptions {
  /** `orders@v1.4.0`, `orders` for what is at HEAD; null for every service that is deployed, at HEAD. */
  readonly candidate: string | null;
  readonly environment: string;
  /** Files of deploy events. */
  readonly deploys: readonly string[];
  /** Repositories, or folders of them. */
  readonly paths: readonly string[];
  readonly config: string | undefined;
}

/** @throws UsageError for a service, revision, environment or file that is not there. */
export async function contractsCompatible(options: CompatibleOptions): Promise<Result> {
  const facts = readFilesFacts({ paths: options.paths, config: options.config });
  if (facts === null)
    throw new UsageError("DS-U05", "no git repository with a commit", "pass --path with the folder of a repository");
  const deployed = await deployedVersions(options.deploys, options.environment, facts);
  const context: MeetingContext = { facts, deployed, clones: locateClones(options.paths), trees: new Map() };
  const candidates = candidatesOf(options.candidate, context);
  const meetings = candidates.flatMap((candidate) => meetingsOf(candidate, context));
  const pacts = context.clones.flatMap((clone) => {
    const tree = treeOf(context, clone, "HEAD");
    return tree === null ? [] : readPacts(tree);
  });
  const asked = new Set(candidates.map(({ component }) => component.ref));
  const absent = [...new Set(candidates.flatMap((candidate) => absentUsersOf(candidate, context)))].filter(
    (ref) => !asked.has(ref),
  );
  const names = new Map(facts.components.map(({ ref, name }) => [ref, name]));
  const nameOf = (ref: string) => names.get(ref) ?? shortName(ref);
  return compatibleResult({ ...options, candidates, absent, nameOf }, facts, deployed, oncePerPair(meetings), pacts);
}

/** With many candidates each pair is met from both ends. */
function oncePerPair(meetings: ReturnType<typeof meetingsOf>): ReturnType<typeof meetingsOf> {
  const key = ({ provider, consumer, contract, versions }: (typeof meetings)[number]) =>
    [provider, consumer, contract?.repository, contract?.file, versions.provider, versions.consumer].join("\0");
  return [...new Map(meetings.map((one) => [key(one), one])).values()];
}

function candidatesOf(text: string | null, context: MeetingContext): ServiceVersion[] {
  const { facts, deployed } = context;
  if (text !== null) return [candidateNamed(text, context)];
  const known = facts.components.filter(({ ref, partOf }) => partOf === null && runningAs(facts, deployed, ref) !== null);
  if (known.length === 0)
    throw new UsageError(
      "DS-U48",
      "no deployed service is a component of these repositories",
      "name them alike, or give aliases in drystone.yaml",
    );
  return known.map((component) => ({ component, revision: "HEAD" }));
}

function candidateNamed(text: string, { facts, clones }: MeetingContext): ServiceVersion {
  const at = text.lastIndexOf("@");
  const [name, revision] = at > 0 ? [text.slice(0, at), text.slice(at + 1)] : [text, "HEAD"];
  const component = facts.components.find((one) => isNamed(one, name));
  if (component === undefined)
    throw new UsageError("DS-U48", `${printable(name)} is no component of these repositories`, `use one of ${someNames(facts)}`);
  const clone = clones.find(({ id }) => id === component.repository);
  if (clone === undefined || resolvedVersion(clone, component, revision) === null)
    throw new UsageError(
      "DS-U43",
      `${printable(revision)} is no revision of ${printable(component.repository)}`,
      "pass a branch, a tag or a commit",
    );
  return { component, revision };
}

function someNames({ components }: Facts): string {
  return components
    .filter(({ built }) => built)
    .slice(0, 12)
    .map(({ name }) => printable(name))
    .join(", ");
}

function isNamed(component: ComponentFact, name: string): boolean {
  const wanted = name.toLowerCase();
  return [component.name, shortName(component.ref), ...component.aliases].some((one) => one.toLowerCase() === wanted);
}
