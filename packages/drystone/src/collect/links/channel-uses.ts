/** Who sends and takes what under which name, as far as cues tell it. */
import type { LinkContext } from "./context.js";
import type { FoundCue } from "./found-cue.js";
import type { Part } from "./parts.js";
import { resolveTemplate } from "./resolve-template.js";

export interface Use {
  readonly part: Part;
  readonly found: FoundCue;
  readonly kind: "publishes" | "consumes";
  readonly technology: string | null;
  readonly channel: string | null;
  readonly message: string | null;
}

/** Of all parts; what one of them leaves open and the others tell is filled in. */
export function channelUses(context: LinkContext): Use[] {
  const uses = context.parts.flatMap((part) => usesOf(context, part));
  return withTechnology(withOwnJobs(withImplementations(withMessages(uses))));
}

function usesOf(context: LinkContext, part: Part): Use[] {
  return part.cues.flatMap((found): Use[] => {
    const { cue } = found;
    if (cue.kind !== "publishes" && cue.kind !== "consumes") return [];
    const { kind, technology, message } = cue;
    if (technology === null && isRequest(part, found)) return [];
    if (cue.channel === null) return [{ part, found, kind, technology, channel: null, message }];
    if (cue.channel.startsWith("${arg:")) {
      const handed = handedTo(context, part, cue.channel);
      if (handed.length > 0 || !found.own)
        return handed.map(({ channel, by }) => ({ part, found: by, kind, technology, channel, message }));
    }
    const names = channelsIn(context, part, cue.channel);
    // A queue that another file would have made, and none has, is no queue.
    if (names.length === 0 && cue.channel.startsWith("${const:queue:")) return [];
    return (names.length === 0 ? [null] : names).map((channel) => ({ part, found, kind, technology, channel, message }));
  });
}

const direct: ReadonlySet<string> = new Set(["tcp", "grpc"]);

/** Patterns of NestJS are requests, no messages, where the transport between the two has no broker. */
function isRequest(part: Part, { cue }: FoundCue): boolean {
  if (!/\.[cm]?[jt]s$/.test(cue.file)) return false;
  const transport = (side: string) => part.constants.get(`nest transport ${side}`);
  if (cue.kind === "consumes") return /@(?:Message|Event)Pattern\b/.test(cue.text) && direct.has(transport("server") ?? "");
  const client = part.cues.find(
    (other) =>
      other.cue.kind === "named-call" && other.cue.via === "nest" && other.cue.line === cue.line && other.cue.file === cue.file,
  )?.cue;
  return client?.kind === "named-call" && direct.has(transport(client.name) ?? transport("client") ?? "");
}

const maxDepth = 3;

/** Channels that callers of this component hand to the function of a mark, each with the place of the call. */
function handedTo(
  context: LinkContext,
  part: Part,
  mark: string,
  depth = 0,
): { readonly channel: string; readonly by: FoundCue }[] {
  const [, name, index = "", label = ""] = /^\$\{arg:(\w{1,80}):(\d{1,2}):(\w{1,80})\}$/.exec(mark) ?? [];
  return part.cues.flatMap((by) => {
    const { cue } = by;
    if (cue.kind !== "handed" || cue.function !== name) return [];
    const given = cue.given[label] ?? cue.given[index];
    if (given === undefined || depth > maxDepth) return [];
    if (given.startsWith("${arg:")) return handedTo(context, part, given, depth + 1);
    return channelsIn(context, part, given).map((channel) => ({ channel, by }));
  });
}

function channelsIn(context: LinkContext, part: Part, template: string): string[] {
  return resolveTemplate(template, part, context.shared)
    .map(({ text }) => text.trim())
    .filter((text) => text !== "" && !text.includes("{}") && text.length <= 200);
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

/**
 * Buses of .NET hand a message to who takes its interface: `IOrderPlaced`, of which nobody makes one, is `OrderPlaced` where that is sent.
 * Of several letters in small and capitals the sender's count.
 */
function withImplementations(uses: readonly Use[]): Use[] {
  const sent = new Map<string, string>();
  for (const { kind, message } of uses)
    if (kind === "publishes" && message !== null && !isInterface(message)) sent.set(message.toLowerCase(), message);
  return uses.map((use) => {
    if (use.message === null || !isInterface(use.message)) return use;
    const message = sent.get(use.message.slice(1).toLowerCase());
    return message === undefined || !use.found.cue.file.endsWith(".cs") ? use : { ...use, message };
  });
}

/** Jobs of Ruby and Python that a program hands to its own workers stay its own, though another program has a job of the same name. */
function withOwnJobs(uses: readonly Use[]): Use[] {
  const isJob = ({ channel, found }: Use) => channel === null && /\.(?:rb|py)$/.test(found.cue.file);
  const workers = new Map<string, Set<Part>>();
  for (const use of uses)
    if (use.kind === "consumes" && use.message !== null && use.found.own && isJob(use))
      workers.set(use.message, (workers.get(use.message) ?? new Set<Part>()).add(use.part));
  return uses.map((use) => {
    const parts = use.message === null || !isJob(use) ? undefined : workers.get(use.message);
    return parts !== undefined && parts.size > 1 && parts.has(use.part)
      ? { ...use, message: `${use.part.component?.name ?? ""}.${use.message ?? ""}` }
      : use;
  });
}

function isInterface(name: string): boolean {
  return /^I[A-Z][a-z]/.test(name);
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
