import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { argumentOffsets } from "./argument-offsets.js";
import { type CallSite, callsOf } from "./calls-of.js";
import { imports } from "./imports.js";
import { textAt } from "./text-at.js";

const publishing = new Set(["publish", "spublish", "xadd", "xAdd", "lpush", "lPush", "rpush", "rPush"]);
const consuming = new Set([
  "subscribe",
  "psubscribe",
  "pSubscribe",
  "ssubscribe",
  "blpop",
  "blPop",
  "brpop",
  "brPop",
  "brpoplpush",
  "bRPopLPush",
  "blmove",
  "xgroup",
  "xGroupCreate",
]);
const reading = new Set(["xread", "xreadgroup", "xRead", "xReadGroup"]);

/** Channels, lists that are waited on, and streams of Redis. */
export const redisMessages: Detector = {
  name: "javascript/redis-messages",
  languages: ["javascript"],
  words: [
    "publish",
    "ubscribe",
    "xadd",
    "xAdd",
    "push",
    "Push",
    "xread",
    "xRead",
    "lpop",
    "lPop",
    "rpop",
    "rPop",
    "blmove",
    "xgroup",
    "xGroup",
  ],
  detect(source, emit) {
    if (
      !imports(
        source,
        "redis",
        "ioredis",
        "@redis/*",
        "async-redis",
        "handy-redis",
        "@liaoliaots/nestjs-redis",
        "@nestjs-modules/ioredis",
        "@upstash/redis",
        "node-redis-pubsub",
      )
    )
      return;
    for (const call of callsOf(source)) {
      if (call.receiver === "" || !/redis|client|pub|sub|conn|stream|queue|^r$|cache|broker/i.test(call.receiver)) continue;
      const kind = publishing.has(call.name)
        ? "publishes"
        : consuming.has(call.name) || reading.has(call.name)
          ? "consumes"
          : null;
      if (kind === null) continue;
      for (const channel of channelsOf(source, call)) emit(call.start, { kind, technology: "redis", channel, message: null });
    }
  },
};

function channelsOf(source: Source, call: CallSite): string[] {
  const offsets = argumentOffsets(source, call.open);
  if (call.name === "xgroup") return texts(source, offsets.slice(1, 2));
  if (reading.has(call.name)) {
    const at = offsets.findIndex((offset) => source.stringAt(offset)?.value.toUpperCase() === "STREAMS");
    return at < 0 ? [] : texts(source, offsets.slice(at + 1, at + 2));
  }
  const many = call.name === "subscribe" || call.name === "psubscribe";
  return texts(source, many ? offsets.slice(0, 5) : offsets.slice(0, 1));
}

function texts(source: Source, offsets: readonly number[]): string[] {
  return offsets.flatMap((at) => {
    const text = textAt(source, at);
    return text === null || /\s/.test(text) || text.startsWith("{}") ? [] : [text];
  });
}
