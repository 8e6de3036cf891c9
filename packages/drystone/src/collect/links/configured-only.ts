/** Stores whose address a component has and whose client it has not. */
import { normalKey } from "#collect/settings/index.js";
import type { Evidence } from "#model/evidence.js";
import type { Ref } from "#model/refs.js";
import type { LinkContext } from "./context.js";
import type { FoundCue } from "./found-cue.js";
import type { Part } from "./parts.js";
import { sameTechnology } from "./same-technology.js";

/**
 * Copies of one configuration give every service the address of every store. Where the same code base shows how its services make clients of such a store,
 * and this one makes clients of others only, the address is just handed around.
 */
export function isConfiguredOnly(context: LinkContext, part: Part, target: Ref, evidence: readonly Evidence[]): boolean {
  const resource = context.resources.get(target);
  if (resource === undefined || resource.kind === "broker") return false;
  // Code that only loads settings is where such copies are read.
  if (evidence.some((one) => one.type === "file" && one.file.endsWith(".go") && !/(?:^|[/_])(?:config|settings)/i.test(one.file)))
    return false;
  const clients = clientsOf(part).filter((cue) => cue.file.endsWith(".go"));
  if (clients.length === 0 || clients.some(({ technology }) => sameTechnology(resource.technology, technology))) return false;
  return context.parts.some(
    (other) =>
      other.repository === part.repository &&
      clientsOf(other).some((cue) => cue.file.endsWith(".go") && sameTechnology(resource.technology, cue.technology)),
  );
}

/** A connection string of .NET that no code asks for, in a program without a client of such a store: copied with the file, and never opened. */
export function isLeftOver(part: Part, { cue }: FoundCue, technology: string | null): boolean {
  const key = /^([^\s=]{1,200}) = /.exec(cue.text)?.[1];
  if (technology === null || key === undefined || part.component?.technology !== "dotnet" || !/\.(?:json|config)$/.test(cue.file))
    return false;
  const isRead = part.reads.has(normalKey(key)) || part.reads.has(normalKey(key.replace(/^ConnectionStrings[.:]/i, "")));
  // The string itself counts as a client where settings are read.
  const isClient = (client: Client) =>
    /\.(?:cs|fs|vb)(?:proj)?$|\.props$/.test(client.file) && sameTechnology(technology, client.technology);
  return !isRead && !clientsOf(part).some(isClient);
}

interface Client {
  readonly file: string;
  readonly technology: string;
}

const known = new WeakMap<Part, readonly Client[]>();

/** Clients of stores and brokers that its files make or name. */
export function clientsOf(part: Part): readonly Client[] {
  const before = known.get(part);
  if (before !== undefined) return before;
  const found = part.cues.flatMap(({ cue }) =>
    cue.kind === "store-client" ? [{ file: cue.file, technology: cue.technology }] : [],
  );
  known.set(part, found);
  return found;
}
