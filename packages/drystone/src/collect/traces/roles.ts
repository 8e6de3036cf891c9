/** What a span does towards others. Messaging goes first: a message may be sent by a client span, and a client span is no call then. */
import { type Span, spanKinds } from "./span.js";

export type Role = "publish" | "consume" | "settle" | "store" | "code";

const publishing = /^(?:send|publish|create|produce|enqueue)$/i;
const consuming = /^(?:receive|process|deliver|poll|consume|dequeue|onmessage)$/i;
const settling = /^(?:settle|ack|nack|commit|reject|complete|abandon)$/i;

export function roleOf({ kind, attributes }: Span): Role {
  const { messagingSystem, destination, messagingOperation = "", dbSystem } = attributes;
  if (messagingSystem !== undefined || destination !== undefined || kind === spanKinds.producer || kind === spanKinds.consumer) {
    if (publishing.test(messagingOperation)) return "publish";
    if (consuming.test(messagingOperation)) return "consume";
    if (settling.test(messagingOperation)) return "settle";
    if (kind === spanKinds.producer) return "publish";
    if (kind === spanKinds.consumer) return "consume";
    if (messagingSystem !== undefined && kind === spanKinds.client) return "publish";
  }
  return dbSystem !== undefined && kind !== spanKinds.server ? "store" : "code";
}
