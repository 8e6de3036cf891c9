/** Messages: who publishes and who consumes on which topic of which broker. */
import { type Ref, resourceRef } from "#model/refs.js";
import { channelUses, type Use } from "./channel-uses.js";
import { cueEvidence, type LinkContext } from "./context.js";
import type { Part } from "./parts.js";
import { sameTechnology } from "./same-technology.js";

export function linkChannels(context: LinkContext): void {
  const uses = channelUses(context);
  const traffic = trafficByChannel(uses);
  const sent = [...new Set(uses.flatMap((use) => (use.kind === "publishes" ? topicsOf(use, traffic) : [])))];
  for (const use of uses) {
    const broker = brokerOf(context, use.part, use.technology);
    for (const topic of matching(topicsOf(use, traffic), use, sent)) {
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

/** Who listens to `orders.*`, `orders/#` or to everything gets what is sent and fits; a pattern that nothing fits stays. */
function matching(topics: readonly string[], { kind }: Use, sent: readonly string[]): string[] {
  return topics.flatMap((topic) => {
    const pattern = kind === "consumes" ? patternOf(topic) : null;
    const found = pattern === null ? [] : sent.filter((name) => pattern.test(name));
    return found.length > 0 ? found : topic === "#" ? [] : [topic];
  });
}

/** `*` and `+` stand for one word, `#` and a last `>` for the rest, as in AMQP, MQTT and NATS; null without any. At most three, so that it stays fast. */
function patternOf(topic: string): RegExp | null {
  const words = topic.split(/(?<=[./])|(?=[./])/);
  const wild = words.filter((word) => /^[*#+>]$/.test(word));
  if (wild.length === 0 || wild.length > 3 || topic.length > 200) return null;
  return new RegExp(`^${words.map(fitting).join("")}$`);
}

function fitting(word: string): string {
  if (word === "*" || word === "+") return "[^./]{1,100}";
  return word === "#" || word === ">" ? ".{0,200}" : word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
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
