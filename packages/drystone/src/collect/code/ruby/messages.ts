/** Bunny, the Kafka libraries, Redis channels, jobs of Sidekiq, SQS and SNS. */
import { matches } from "../common/matches.js";
import type { Detector } from "../detector.js";
import { argument, classesOf, option } from "./values.js";

/** Queues and exchanges that a file names once belong to its publishes and subscriptions. */
export const bunny: Detector = {
  name: "ruby/bunny",
  languages: ["ruby"],
  words: ["Bunny", "Sneakers", "Hutch"],
  detect(source, emit) {
    const { bare } = source;
    const exchanges = new Map<string, string>();
    const queues = new Map<string, string>();
    for (const match of matches(
      bare,
      /(@?\w{1,60})\s{0,5}=\s{0,5}[\w.@]{1,80}\.(queue|fanout|topic|direct|headers|exchange)\b(?=\s{0,3}[(: "'_])/g,
    )) {
      const name = argument(source, match.index + match[0].length, 0);
      if (name !== null) (match[2] === "queue" ? queues : exchanges).set(match[1] ?? "", name);
    }
    for (const match of matches(bare, /(@?\w{1,60})\.publish\b/g)) {
      const exchange = exchanges.get(match[1] ?? "");
      const key = option(source, match.index + match[0].length, "routing_key", "key", "to_queue");
      const isDefault =
        /default_exchange|exchange/.test(match[1] ?? "") && exchange === undefined && /default_exchange/.test(bare);
      const channel =
        exchange === undefined
          ? isDefault || queues.has(match[1] ?? "")
            ? (key ?? queues.get(match[1] ?? "") ?? null)
            : null
          : key === null
            ? exchange
            : `${exchange}/${key}`;
      if (channel !== null) emit(match.index, { kind: "publishes", technology: "rabbitmq", channel, message: null });
    }
    for (const match of matches(bare, /\bdefault_exchange\.publish\b/g)) {
      const channel = option(source, match.index + match[0].length, "routing_key");
      if (channel !== null) emit(match.index, { kind: "publishes", technology: "rabbitmq", channel, message: null });
    }
    const bound = new Set<string>();
    for (const match of matches(bare, /(@?\w{1,60})\.bind\s{0,3}\(?\s{0,5}(@?\w{1,60})/g)) {
      const exchange = exchanges.get(match[2] ?? "");
      if (exchange === undefined) continue;
      bound.add(match[1] ?? "");
      const key = option(source, match.index + match[0].search(/\.bind/) + ".bind".length, "routing_key");
      emit(match.index, {
        kind: "consumes",
        technology: "rabbitmq",
        channel: key === null || key === "#" ? exchange : `${exchange}/${key}`,
        message: null,
      });
    }
    for (const match of matches(bare, /(@?\w{1,60})\.subscribe\b/g)) {
      const queue = queues.get(match[1] ?? "");
      if (queue !== undefined && !bound.has(match[1] ?? ""))
        emit(match.index, { kind: "consumes", technology: "rabbitmq", channel: queue, message: null });
    }
    for (const match of matches(bare, /^\s{0,40}from_queue\b/gm)) {
      const channel = argument(source, match.index + match[0].length, 0);
      if (channel !== null) emit(match.index, { kind: "consumes", technology: "rabbitmq", channel, message: null });
    }
  },
};

export const kafka: Detector = {
  name: "ruby/kafka",
  languages: ["ruby"],
  words: ["afka", "Racecar", "WaterDrop", "deliver_message"],
  detect(source, emit) {
    const put = (at: number, kind: "publishes" | "consumes", channel: string | null) => {
      if (channel !== null) emit(at, { kind, technology: "kafka", channel, message: null });
    };
    for (const match of matches(source.bare, /\.(?:produce|deliver_message|produce_async|produce_sync|produce_many_sync)\b/g))
      put(match.index, "publishes", option(source, match.index + match[0].length, "topic"));
    if (/\b(?:Kafka|Rdkafka|Racecar)\b|consumer/.test(source.bare))
      for (const match of matches(source.bare, /\bconsumer\.subscribe\b|^\s{0,40}subscribes_to\b/gm))
        put(match.index, "consumes", argument(source, match.index + match[0].length, 0));
    if (/\bKarafka::App\b|\broutes\.draw\b/.test(source.bare) && /Karafka/.test(source.bare))
      for (const match of matches(source.bare, /^\s{0,40}topic\b/gm))
        put(match.index, "consumes", argument(source, match.index + match[0].length, 0));
  },
};

/** Jobs wait in Redis; the worker's class tells which. */
export const sidekiq: Detector = {
  name: "ruby/sidekiq",
  languages: ["ruby"],
  words: ["Sidekiq", "perform_async", "perform_in"],
  detect(source, emit) {
    for (const { name, at, end } of classesOf(source))
      if (/\binclude\s{1,5}Sidekiq::(?:Worker|Job)\b/.test(source.bare.slice(at, end)))
        emit(at, { kind: "consumes", technology: "redis", channel: null, message: name.split("::").at(-1) ?? name });
    for (const match of matches(
      source.bare,
      /\b([A-Z][\w:]{1,120})\.(?:set\([^()\n]{0,80}\)\.)?perform_(?:async|in|at|bulk)\b/g,
    )) {
      const message = (match[1] ?? "").split("::").at(-1) ?? "";
      emit(match.index, { kind: "publishes", technology: "redis", channel: null, message });
    }
    // A worker of another program is known by its name only.
    for (const match of matches(source.bare, /\bSidekiq::Client\.(?:push|enqueue\w{0,10})\b/g)) {
      const open = match.index + match[0].length;
      const name = option(source, open, "class") ?? argument(source, open, 0);
      const message = /^(?:\w{1,60}::){0,5}([A-Z]\w{1,80})$/.exec(name ?? "")?.[1];
      if (message !== undefined) emit(match.index, { kind: "publishes", technology: "redis", channel: null, message });
    }
  },
};

export const otherChannels: Detector = {
  name: "ruby/channels",
  languages: ["ruby"],
  words: ["redis", "REDIS", "Redis", "Aws::SQS", "Aws::SNS", "queue_url"],
  detect(source, emit) {
    for (const match of matches(
      source.bare,
      /(?:@|\$|\b)(?:redis|REDIS|Redis\.current|redis_client)\.(publish|p?subscribe|[lr]push|b?[lr]pop|xadd|xread)\b/g,
    )) {
      const channel = argument(source, match.index + match[0].length, 0);
      if (channel !== null)
        emit(match.index, {
          kind: /^(?:publish|[lr]push|xadd)$/.test(match[1] ?? "") ? "publishes" : "consumes",
          technology: "redis",
          channel,
          message: null,
        });
    }
    for (const match of matches(source.bare, /\.(send_message|receive_message|publish)\b/g)) {
      const address = option(source, match.index + match[0].length, "queue_url", "topic_arn");
      if (address === null) continue;
      const channel = address.includes("${") ? address : (address.split(/[/:]/).at(-1) ?? address);
      emit(match.index, {
        kind: match[1] === "receive_message" ? "consumes" : "publishes",
        technology: match[1] === "publish" ? "sns" : "sqs",
        channel,
        message: null,
      });
    }
  },
};
