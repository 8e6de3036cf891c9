/** Gateways and proxies: where their routes lead. */
import { zuulIgnoresOthers } from "#collect/settings/index.js";
import type { Ref } from "#model/refs.js";
import { type Address, isHostName, parseAddresses } from "./address.js";
import { cueEvidence, givenEvidence, type LinkContext, linkTo } from "./context.js";
import { isLocal, targetOf } from "./find-target.js";
import type { FoundCue } from "./found-cue.js";
import type { Part } from "./parts.js";
import { resolveTemplate } from "./resolve-template.js";

/** One route of a gateway, for callers that know only a path. */
export interface GatewayRoute {
  readonly gateway: Ref;
  /** Prefix without trailing `*`; null for the default. */
  readonly path: string | null;
  readonly target: Ref;
}

export function linkGateways(context: LinkContext): GatewayRoute[] {
  return context.parts.flatMap((part) => part.cues.flatMap((found) => follow(context, part, found)));
}

function follow(context: LinkContext, part: Part, found: FoundCue): GatewayRoute[] {
  const { cue } = found;
  if (cue.kind !== "route") return [];
  if (cue.target === null)
    return zuulIgnoresOthers(part.settings.map(({ file }) => file)) ? [] : toAllRegistered(context, part, found);
  return resolveTemplate(cue.target, part, context.shared).flatMap(({ text, given }) =>
    targetsOf(text).flatMap((address) => {
      if (isLocal(address.host) && address.port === null) return [];
      const target = targetOf(context, part, address, false) ?? context.book.byName(address.host, part.repository);
      if (target === null || target === part.ref) return [];
      const { kind, protocol } = linkTo(context, target, address);
      context.edges.add({
        from: part.ref,
        to: target,
        kind,
        protocol,
        detail: cue.path,
        classes: ["proxy"],
        evidence: [cueEvidence(found), ...given.map(givenEvidence)],
      });
      return [{ gateway: part.ref, path: cue.path?.replace(/\*{1,50}$/, "") ?? null, target }];
    }),
  );
}

function targetsOf(text: string): Address[] {
  const addresses = parseAddresses(text);
  if (addresses.length > 0) return addresses;
  const name = /^(?:\w{1,10}:\/\/)?([\w.-]{1,100})/.exec(text)?.[1];
  return name === undefined || !isHostName(name)
    ? []
    : [{ scheme: null, host: name, port: null, path: null, technology: "discovery", database: null, schema: null, user: null }];
}

/** A gateway without routes of its own sends to every service that registers itself. A service that could is none. */
function toAllRegistered(context: LinkContext, part: Part, found: FoundCue): GatewayRoute[] {
  if (part.component?.kind === "service") return [];
  return context.parts.flatMap((other) => {
    const registers = other.cues.some(({ cue }) => cue.kind === "role" && cue.role === "discovery-client");
    const isService = other.component?.kind === "service" || other.component?.kind === "auth";
    if (!registers || !isService || other.ref === part.ref) return [];
    context.edges.add({
      from: part.ref,
      to: other.ref,
      kind: "calls",
      protocol: "http",
      detail: null,
      classes: ["convention"],
      evidence: [cueEvidence(found)],
    });
    return [{ gateway: part.ref, path: `/${other.appNames[0] ?? other.component?.name ?? ""}/`, target: other.ref }];
  });
}
