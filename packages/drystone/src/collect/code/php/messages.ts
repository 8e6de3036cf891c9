/** php-amqplib, ext-amqp, rdkafka, Redis channels and lists, SQS. */
import { matches } from "../common/matches.js";
import type { Template } from "../cue.js";
import type { Detector } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import type { Source } from "../source.js";
import { argument, closeOf, entry } from "./values.js";

/** Channels are named `exchange/key`, the exchange alone where no key is known, the queue alone for the default exchange. */
export const rabbitmq: Detector = {
  name: "php/rabbitmq",
  languages: ["php"],
  words: ["basic_publish", "basic_consume", "queue_bind", "basic_get"],
  detect(source, emit) {
    let bound = false;
    for (const match of matches(source.bare, /->(basic_publish|queue_bind)\s{0,3}(?=\()/g)) {
      const open = match.index + match[0].length;
      const channel = exchangeAndKey(source, open);
      if (channel === null) continue;
      const binds = match[1] === "queue_bind";
      bound ||= binds;
      emit(match.index, { kind: binds ? "consumes" : "publishes", technology: "rabbitmq", channel, message: null });
    }
    if (bound) return;
    for (const match of matches(source.bare, /->basic_(?:consume|get)\s{0,3}(?=\()/g)) {
      const channel = argument(source, match.index + match[0].length, 0);
      if (channel !== null) emit(match.index, { kind: "consumes", technology: "rabbitmq", channel, message: null });
    }
  },
};

/** Exchange and key are the second and third argument of both. */
function exchangeAndKey(source: Source, open: number): Template | null {
  const second = argumentOffsets(source, open)[1];
  const isDefault = second !== undefined && source.stringAt(second)?.value === "";
  const exchange = argument(source, open, 1);
  const key = argument(source, open, 2);
  if (isDefault) return key;
  return exchange === null || key === null || key === "#" ? exchange : `${exchange}/${key}`;
}

export const kafka: Detector = {
  name: "php/kafka",
  languages: ["php"],
  words: ["RdKafka", "rdkafka"],
  detect(source, emit) {
    const consumes = /->subscribe\s{0,3}\(|KafkaConsumer/.test(source.bare);
    for (const match of matches(source.bare, /->newTopic\s{0,3}(?=\()/g)) {
      const channel = argument(source, match.index + match[0].length, 0);
      if (channel !== null)
        emit(match.index, {
          kind: /->produce[v]?\s{0,3}\(/.test(source.bare) ? "publishes" : "consumes",
          technology: "kafka",
          channel,
          message: null,
        });
    }
    if (!consumes) return;
    for (const match of matches(source.bare, /->subscribe\s{0,3}\(\s{0,5}(?=\[)/g)) {
      for (let index = 0; index < argumentOffsets(source, match.index + match[0].length).length; index++) {
        const channel = argument(source, match.index + match[0].length, index);
        if (channel !== null) emit(match.index, { kind: "consumes", technology: "kafka", channel, message: null });
      }
    }
  },
};

export const otherChannels: Detector = {
  name: "php/channels",
  languages: ["php"],
  words: ["edis", "SqsClient", "SnsClient"],
  detect(source, emit) {
    const pattern =
      /(?:\$(?:this->)?\w{0,20}[rR]edis\w{0,20}->|\bRedis::)(publish|p?subscribe|[lr]push|b?[lr]pop|xadd|xread)\s{0,3}(?=\()/gi;
    for (const match of matches(source.bare, pattern)) {
      const open = match.index + match[0].length;
      const first = argumentOffsets(source, open)[0];
      const channel = first !== undefined && source.bare[first] === "[" ? argument(source, first, 0) : argument(source, open, 0);
      const kind = /^(?:publish|[lr]push|xadd)$/i.test(match[1] ?? "") ? "publishes" : "consumes";
      if (channel !== null) emit(match.index, { kind, technology: "redis", channel, message: null });
    }
    for (const match of matches(source.bare, /->(sendMessage|receiveMessage|publish)\s{0,3}(?=\(\s{0,30}\[)/g)) {
      const open = match.index + match[0].length;
      const address = entry(source, open, closeOf(source, open), "QueueUrl", "TopicArn");
      if (address === null) continue;
      const channel = address.includes("${") ? address : (address.split(/[/:]/).at(-1) ?? address);
      emit(match.index, {
        kind: match[1] === "receiveMessage" ? "consumes" : "publishes",
        technology: match[1] === "publish" ? "sns" : "sqs",
        channel,
        message: null,
      });
    }
  },
};
