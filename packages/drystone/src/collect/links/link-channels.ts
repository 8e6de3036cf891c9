/** Messages: who publishes and who consumes on which topic of which broker. */
import { type Ref, resourceRef } from "#model/refs.js";
import { cueEvidence, type LinkContext } from "./context.js";
import { sameTechnology } from "./link-stores.js";
import type { FoundCue, Part } from "./parts.js";
import { resolveTemplate } from "./resolve-template.js";

interface Use {
  readonly part: Part;
  readonly found: FoundCue;
  readonly kind: "publishes" | "consumes";
  readonly technology: string | null;
  readonly channel: string | null;
  readonly message: string | null;
}

export function linkChannels(context: LinkContext): void {
  const uses = context.parts.flatMap((part) => usesOf(context, part));
  const typed = messagesByChannel(uses);
  for (const use of uses) {
    const broker = brokerOf(context, use.part, use.technology);
    for (const topic of topicsOf(use, typed)) {
      const parent = broker === null ? null : (context.resources.get(broker) ?? null);
      const ref = resourceRef(parent === null ? topic : `${parent.name}.${topic}`);
      if (!context.found.resources.has(ref))
        context.found.resources.set(ref, {
          ref,
          name: topic,
          kind: "topic",
          partOf: broker,
          technology: parent?.technology ?? use.technology,
          aliases: [],
          evidence: [cueEvidence(use.found)],
        });
      add(context, use, ref, topic);
    }
    if (broker !== null) add(context, use, broker, use.channel ?? use.message);
    else if (use.technology !== null)
      context.unresolved.push({
        component: use.part.ref,
        kind: "channel",
        text: use.channel ?? use.message ?? use.technology,
        reason: `no ${use.technology} broker is among what is deployed, or several are`,
        evidence: [cueEvidence(use.found)],
      });
  }
}

function usesOf(context: LinkContext, part: Part): Use[] {
  return part.cues.flatMap((found): Use[] => {
    const { cue } = found;
    if (cue.kind !== "publishes" && cue.kind !== "consumes") return [];
    const { kind, technology, message } = cue;
    if (cue.channel === null) return [{ part, found, kind, technology, channel: null, message }];
    const names = resolveTemplate(cue.channel, part, context.shared)
      .map(({ text }) => text.trim())
      .filter((text) => text !== "" && !text.includes("{}") && text.length <= 200);
    return (names.length === 0 ? [null] : names).map((channel) => ({ part, found, kind, technology, channel, message }));
  });
}

/** Types of messages that are sent on a channel: where they are known, each is a topic of its own. */
function messagesByChannel(uses: readonly Use[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { channel, message } of uses) {
    if (channel === null || message === null) continue;
    const messages = found.get(channel) ?? new Set<string>();
    found.set(channel, messages.add(message));
  }
  return found;
}

/** Who consumes a channel without naming types gets all of its types. */
function topicsOf({ channel, message, kind }: Use, typed: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  if (message !== null) return [message];
  if (channel === null) return [];
  const messages = typed.get(channel);
  return kind === "consumes" && messages !== undefined ? [...messages] : [channel];
}

function add(context: LinkContext, { part, found, kind }: Use, to: Ref, detail: string | null): void {
  context.edges.add({ from: part.ref, to, kind, protocol: "queue", detail, classes: ["call"], evidence: [cueEvidence(found)] });
}

/** A broker that the component is linked to already, else the only one of the technology, else the only one. */
function brokerOf(context: LinkContext, part: Part, technology: string | null): Ref | null {
  const fits = (ref: Ref) => {
    const resource = context.resources.get(ref);
    if (resource === undefined || resource.partOf !== null) return false;
    const asCache = resource.kind === "cache" && technology !== null;
    return (resource.kind === "broker" || asCache) && (technology === null || sameTechnology(resource.technology, technology));
  };
  const linked = [
    ...new Set(context.storeUses.flatMap((use) => (use.component === part.ref && fits(use.resource) ? [use.resource] : []))),
  ];
  if (linked.length === 1) return linked[0] ?? null;
  const all = [...context.resources.keys()].filter(fits);
  return all.length === 1 ? (all[0] ?? null) : null;
}
