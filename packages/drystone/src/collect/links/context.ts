/** What every linking rule is given. */

import { settingText, withoutSecrets } from "#collect/secrets/index.js";
import type { Evidence } from "#model/evidence.js";
import type { ComponentFact, ComponentKind, ResourceFact, StoreUseFact, UnresolvedFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { Address } from "./address.js";
import type { AddressBook } from "./address-book.js";
import type { Edges } from "./edges.js";
import type { FoundCue } from "./found-cue.js";
import type { Given, Part } from "./parts.js";

export interface LinkContext {
  readonly parts: readonly Part[];
  /** Resources that are deployed here. */
  readonly deployedOnly: readonly Part[];
  readonly components: ReadonlyMap<Ref, ComponentFact>;
  /** Those given, and servers that nothing here deploys. */
  readonly resources: Map<Ref, ResourceFact>;
  /** The latter by technology and place. */
  readonly elsewhere: Map<string, Ref>;
  readonly book: AddressBook;
  /** Constants of all parts and libraries that only one value has. */
  readonly shared: ReadonlyMap<string, string>;
  readonly edges: Edges;
  readonly storeUses: StoreUseFact[];
  readonly unresolved: UnresolvedFact[];
  /** Resources and components that only links showed: topics, tables, systems outside. */
  readonly found: FoundEntities;
}

export interface FoundEntities {
  /** What links tell of components that nothing else tells: their kind and another name. */
  readonly learned: Map<Ref, { readonly kind: ComponentKind; readonly alias: string | null }>;
  readonly resources: Map<Ref, ResourceFact>;
  readonly components: Map<Ref, ComponentFact>;
}

export function cueEvidence({ repository, cue }: FoundCue): Evidence {
  return { type: "file", repository, file: cue.file, line: cue.line, text: withoutSecrets(cue.text) };
}

export function givenEvidence({ repository, file, line, key, value }: Given): Evidence {
  return { type: "file", repository, file, line, text: settingText(key, value, "=") };
}

/** The relation kind and protocol that a link to a component or store has, by what is there. */
export function linkTo(
  context: LinkContext,
  target: Ref,
  address: Address | null,
): {
  kind: "calls" | "reads" | "dependsOn" | "discovers" | "exportsTelemetry";
  protocol: "http" | "grpc" | "tcp" | "queue" | "db" | "smtp" | "otlp";
} {
  const resource = context.resources.get(target);
  if (resource !== undefined) {
    if (resource.kind === "broker") return { kind: "dependsOn", protocol: "queue" };
    return { kind: "reads", protocol: "db" };
  }
  const kind = context.components.get(target)?.kind;
  if (kind === "discovery") return { kind: "discovers", protocol: "http" };
  if (kind === "telemetry" || kind === "tracing" || kind === "logging") {
    return { kind: "exportsTelemetry", protocol: address?.technology === "otlp" || kind === "telemetry" ? "otlp" : "http" };
  }
  if (address?.technology === "smtp") return { kind: "calls", protocol: "smtp" };
  if (address?.technology === "grpc") return { kind: "calls", protocol: "grpc" };
  return { kind: "calls", protocol: "http" };
}
