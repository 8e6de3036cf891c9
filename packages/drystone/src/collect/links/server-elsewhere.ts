/** Stores and brokers that nothing in the repository starts: what code or settings connect to is there all the same. */
import { normalKey } from "#collect/settings/index.js";
import type { ResourceFact } from "#model/facts.js";
import { type Ref, resourceRef } from "#model/refs.js";
import { type Address, parseAddresses } from "./address.js";
import { cueEvidence, type LinkContext } from "./context.js";
import { isLocal } from "./find-target.js";
import type { FoundCue } from "./found-cue.js";
import type { Part } from "./parts.js";
import { resolveTemplate } from "./resolve-template.js";
import { sameTechnology } from "./same-technology.js";

const kinds: ReadonlyMap<string, ResourceFact["kind"]> = new Map<string, ResourceFact["kind"]>([
  ...["kafka", "rabbitmq", "nats", "activemq", "pulsar"].map((name) => [name, "broker"] as const),
  ...["postgresql", "mysql", "mariadb", "mongodb", "sqlserver", "oracle", "cassandra", "neo4j", "elasticsearch"].map(
    (name) => [name, "datastore"] as const,
  ),
  ["redis", "cache"],
]);

export interface Elsewhere {
  readonly ref: Ref;
  readonly address: Address | null;
}

/**
 * The server behind a client that no deployed one answers to. A system has one broker of a kind; a store is known by its address, so that two services that name the same
 * one share it and others do not. Null where the technology is deployed here, where the component has another server of the kind, and for a store without an address.
 */
export function serverElsewhere(context: LinkContext, part: Part, found: FoundCue, technology: string): Elsewhere | null {
  const kind = kinds.get(technology);
  if (kind === undefined || !found.own || isOfProfile(part, found)) return null;
  const before = [...context.elsewhere.values()];
  const isDeployed = [...context.resources.values()].some(
    (resource) => !before.includes(resource.ref) && sameTechnology(resource.technology, technology),
  );
  const hasAnother = context.storeUses.some(
    (use) => use.component === part.ref && context.resources.get(use.resource)?.kind === kind,
  );
  if (isDeployed || hasAnother) return null;
  const address = kind === "broker" ? null : addressOf(context, part, technology);
  if (kind !== "broker" && address === null) return null;
  const place =
    address === null ? "" : `${isLocal(address.host) ? "localhost" : address.host.toLowerCase()}:${address.port ?? ""}`;
  const key = `${technology} ${place}`;
  const ref = context.elsewhere.get(key) ?? added(context, technology, kind, place, found);
  context.elsewhere.set(key, ref);
  return { ref, address };
}

/** One of several ways to run it: what stands in a profile is used where somebody chooses it, unless its own settings do. */
function isOfProfile(part: Part, { cue }: FoundCue): boolean {
  return part.settings.some(({ file }) =>
    file.entries.some(
      (entry) =>
        entry.file === cue.file && entry.line === cue.line && entry.profile !== "" && !profilesInUse(part).has(entry.profile),
    ),
  );
}

const knownProfiles = new WeakMap<Part, ReadonlySet<string>>();

/** `spring.profiles.active` of the settings that hold for all profiles. */
function profilesInUse(part: Part): ReadonlySet<string> {
  const before = knownProfiles.get(part);
  if (before !== undefined) return before;
  const chosen = part.settings.flatMap(({ file }) =>
    file.entries.filter(({ key, profile }) => profile === "" && normalKey(key) === "springprofilesactive"),
  );
  const found = new Set(chosen.flatMap(({ value }) => value.split(",").map((name) => name.trim())));
  knownProfiles.set(part, found);
  return found;
}

function addressOf(context: LinkContext, part: Part, technology: string): Address | null {
  for (const found of part.cues) {
    const { cue } = found;
    if (cue.kind !== "address" || isOfProfile(part, found)) continue;
    for (const { text } of resolveTemplate(cue.value, part, context.shared))
      for (const address of parseAddresses(text))
        if (sameTechnology(address.technology ?? cue.technology, technology)) return address;
  }
  return null;
}

/** Named by its technology; a second one of it by its place too. */
function added(context: LinkContext, technology: string, kind: ResourceFact["kind"], place: string, found: FoundCue): Ref {
  const names = [
    technology,
    `${technology}-${place
      .replace(/^localhost:/, "")
      .replace(/[^\w.-]{1,20}/g, "-")
      .replace(/-$/, "")}`,
  ];
  const name = names.find((one) => !context.resources.has(resourceRef(one))) ?? `${technology} ${context.elsewhere.size}`;
  const ref = resourceRef(name);
  const resource: ResourceFact = {
    ref,
    name,
    kind,
    partOf: null,
    technology,
    aliases: [],
    evidence: [cueEvidence(found)],
  };
  context.resources.set(ref, resource);
  context.found.resources.set(ref, resource);
  return ref;
}
