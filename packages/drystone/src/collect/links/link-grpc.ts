/** gRPC: a stub of a service is a link to the one component that implements it. */
import type { Ref } from "#model/refs.js";
import { cueEvidence, type LinkContext } from "./context.js";
import type { FoundCue } from "./found-cue.js";
import type { Part } from "./parts.js";

export function linkGrpc(context: LinkContext): void {
  const servers = implementers(context.parts);
  for (const part of context.parts) {
    for (const found of part.cues) {
      const { cue } = found;
      if (cue.kind !== "grpc-client") continue;
      const providers = providersOf(servers, cue.service);
      const [only] = providers;
      if (only !== undefined && providers.size === 1) {
        context.edges.add({
          from: part.ref,
          to: only,
          kind: "calls",
          protocol: "grpc",
          detail: cue.service,
          classes: ["call"],
          evidence: [cueEvidence(found)],
        });
      } else if (!providers.has(part.ref)) {
        context.unresolved.push({
          component: part.ref,
          kind: "call",
          text: `grpc ${cue.service}`,
          reason: providers.size === 0 ? "no component implements this service" : "several components implement this service",
          evidence: [cueEvidence(found)],
        });
      }
    }
  }
}

/** Components by the gRPC service they implement, under its full name and its short name. */
export function implementers(parts: readonly Part[]): Map<string, Map<Ref, FoundCue>> {
  const found = new Map<string, Map<Ref, FoundCue>>();
  for (const part of parts) {
    for (const one of part.cues) {
      if (one.cue.kind !== "grpc-server") continue;
      for (const name of new Set([one.cue.service, shortService(one.cue.service)])) {
        const by = found.get(name) ?? new Map<Ref, FoundCue>();
        if (!by.has(part.ref)) by.set(part.ref, one);
        found.set(name, by);
      }
    }
  }
  return found;
}

function providersOf(servers: ReadonlyMap<string, ReadonlyMap<Ref, FoundCue>>, service: string): ReadonlySet<Ref> {
  const full = servers.get(service);
  return new Set((full ?? servers.get(shortService(service)) ?? new Map<Ref, FoundCue>()).keys());
}

function shortService(service: string): string {
  return service.split(".").at(-1) ?? service;
}
