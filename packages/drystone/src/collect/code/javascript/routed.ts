import type { Template } from "../cue.js";

export interface Routed {
  readonly channel: Template;
  readonly message: string | null;
}

/**
 * A place of RabbitMQ: the exchange is the channel, a plain routing key stands for the type of the message, so that who binds the exchange without a key gets all.
 * The default exchange has its queues as channels. Null when nothing is known.
 */
export function routed(exchange: Template | null, key: Template | null): Routed | null {
  const [place, route] = [knownText(exchange), knownText(key)];
  if (place === null) return exchange === null || exchange === "{}" || route === null ? null : { channel: route, message: null };
  return { channel: place, message: route !== null && /^[\w.:/-]{1,200}$/.test(route) ? route : null };
}

/** Null also for what is empty or only a run would know. */
export function knownText(text: Template | null): Template | null {
  return text === "" || text === "{}" ? null : text;
}
