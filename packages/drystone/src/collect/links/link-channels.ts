/** Messages: who publishes and who consumes on which topic of which broker. */
import { type Ref, resourceRef } from "#model/refs.js";
import { cueEvidence, type LinkContext } from "./context.js";
import type { FoundCue, Part } from "./parts.js";
import { resolveTemplate } from "./resolve-template.js";
import { sameTechnology } from "./same-technology.js";

interface Use {
  readonly part: Part;
  readonly found: FoundCue;
  readonly kind: "publishes" | "consumes";
  readonly technology: string | null;
  readonly channel: string | null;
  readonly message: string | null;
}

export function linkChannels(context: LinkContext): void {
  const uses = withTechnology(withMessages(context.parts.flatMap((part) => usesOf(context, part))));
  const traffic = trafficByChannel(uses);
  for (const use of uses) {
    const broker = brokerOf(context, use.part, use.technology);
    for (const topic of topicsOf(use, traffic)) {
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
    // A queue that another file would have made, and none has, is no queue.
    if (names.length === 0 && cue.channel.startsWith("${const:queue:")) return [];
    return (names.length === 0 ? [null] : names).map((channel) => ({ part, found, kind, technology, channel, message }));
  });
}

/**
 * `foreach (var e in events) bus.Publish(e)`: sends whatever comes. Of the types that somebody takes and nobody is seen to send,
 * those that this component declares and does not take itself are what comes.
 */
function withMessages(uses: readonly Use[]): Use[] {
  const sent = new Set(uses.flatMap(({ kind, message }) => (kind === "publishes" && message !== null ? [message] : [])));
  const takers = new Map<string, Set<Part>>();
  for (const { kind, message, part } of uses)
    if (kind === "consumes" && message !== null && !sent.has(message))
      takers.set(message, (takers.get(message) ?? new Set<Part>()).add(part));
  return uses.flatMap((use) => {
    if (use.kind !== "publishes" || use.channel !== null || use.message !== null) return [use];
    const declared = new Set(use.part.cues.flatMap(({ cue }) => (cue.kind === "model" ? [cue.name] : [])));
    const own = [...takers].flatMap(([message, parts]) => (declared.has(message) && !parts.has(use.part) ? [message] : []));
    return own.length === 0 ? [use] : own.sort().map((message) => ({ ...use, message }));
  });
}

/** A wrapper hides the technology; others that use the same channel may tell it. */
function withTechnology(uses: readonly Use[]): Use[] {
  const known = new Map<string, Set<string>>();
  for (const { channel, technology } of uses)
    if (channel !== null && technology !== null) known.set(channel, (known.get(channel) ?? new Set<string>()).add(technology));
  return uses.map((use) => {
    const told = use.technology === null && use.channel !== null ? [...(known.get(use.channel) ?? [])] : [];
    return told.length === 1 ? { ...use, technology: told[0] ?? null } : use;
  });
}

/** What is known of a channel: types of messages that anybody names there, those that are sent, and whether something is sent without a type. */
interface Traffic {
  readonly named: Set<string>;
  readonly sent: Set<string>;
  plain: boolean;
}

function trafficByChannel(uses: readonly Use[]): Map<string, Traffic> {
  const found = new Map<string, Traffic>();
  for (const { channel, message, kind } of uses) {
    if (channel === null) continue;
    const traffic = found.get(channel) ?? { named: new Set<string>(), sent: new Set<string>(), plain: false };
    found.set(channel, traffic);
    if (message !== null) traffic.named.add(message);
    if (kind === "publishes" && message !== null) traffic.sent.add(message);
    if (kind === "publishes" && message === null) traffic.plain = true;
  }
  return found;
}

/** Brokers that hand every message of a channel to each group of consumers: a type that nobody sends there is the consumer's own name for it. */
const unfiltered = new Set(["kafka", "pulsar", "kinesis", "eventhubs", "sqs"]);

/** Types are topics of their own. Who consumes a channel without naming one gets all. */
function topicsOf({ channel, message, kind, technology }: Use, byChannel: ReadonlyMap<string, Traffic>): string[] {
  const traffic = channel === null || kind === "publishes" ? undefined : byChannel.get(channel);
  if (channel === null || traffic === undefined) return [message ?? channel].flatMap((name) => name ?? []);
  const plain = traffic.plain ? [channel] : [];
  if (message === null) return traffic.named.size === 0 ? [channel] : [...traffic.named, ...plain];
  if (traffic.sent.has(message) || !unfiltered.has(technology ?? "")) return [message, ...plain];
  const all = [...traffic.sent, ...plain];
  return all.length === 0 ? [message] : all;
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
