import { callSites } from "../common/call-sites.js";
import { handedMark, handedTexts } from "../common/handed.js";
import type { Template } from "../cue.js";
import type { Source } from "../source.js";
import { imports } from "./imports.js";
import { textAt } from "./text-at.js";

/** The name of a channel; the mark of a parameter where the function around is handed it. */
export function channelText(source: Source, at: number | null | undefined): Template | null {
  if (at === null || at === undefined) return null;
  const text = textAt(source, at);
  return text === null || text === "{}" ? (handedMark(source, at) ?? text) : text;
}

/** In their files the calls are those of the library; callers of a wrapper seldom import it. */
const libraries = [
  "amqplib",
  "amqp-connection-manager",
  "kafkajs",
  "node-rdkafka",
  "kafka-node",
  "nats",
  "redis",
  "ioredis",
  "mqtt",
  "bullmq",
  "bull",
  "rxjs",
];

export const handedChannels = handedTexts("javascript", textAt, (source) =>
  imports(source, ...libraries) ? [] : callSites(source),
);
