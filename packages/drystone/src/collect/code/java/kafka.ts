/** Kafka's own clients. */
import type { Detector } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import { argumentTexts, elementOffsets } from "./arguments.js";
import { matches } from "./matches.js";
import { messageOf } from "./message-types.js";
import { argument, valueAt } from "./values.js";

/** Producers of Kafka's own client: `new ProducerRecord<>("topic", …)` that nobody of Spring sends, and `consumer.subscribe(List.of("topic"))`. */
export const kafkaClient: Detector = {
  name: "java/kafka-client",
  languages: ["java", "kotlin", "scala"],
  words: ["org.apache.kafka", "reactor.kafka"],
  detect(source, emit) {
    if (!/Kafka(?:Template|Operations)|KafkaProducerTemplate/.test(source.bare))
      for (const match of matches(
        source.bare,
        /\b(?:ProducerRecord|ProducerRecord\.create)\s{0,3}(?:<[^()]{0,80}>|\[[^()]{0,80}\])?\s{0,3}(?=\(\s{0,60}[^)\s])/g,
      )) {
        const open = match.index + match[0].length;
        if (!/\bnew\s{1,9}$/.test(source.bare.slice(match.index - 10, match.index)) && source.language === "java") continue;
        const texts = argumentTexts(source, open);
        emit(match.index, {
          kind: "publishes",
          technology: "kafka",
          channel: argument(source, open, 0),
          message: messageOf(source, texts),
        });
      }
    for (const match of matches(
      source.bare,
      /(?:\b\w{0,40}[cC]onsumer\w{0,20}\s{0,9}\.\s{0,60}|\{\s{0,60})subscribe\s{0,3}(?=\(\s{0,60}[^)\s])|\.\s{0,60}subscription\s{0,3}(?=\(\s{0,60}[^)\s])/g,
    )) {
      const list = argumentOffsets(source, match.index + match[0].length)[0];
      for (const offset of list === undefined ? [] : elementOffsets(source, list)) {
        const channel = valueAt(source, offset);
        if (channel !== null) emit(match.index, { kind: "consumes", technology: "kafka", channel, message: null });
      }
    }
  },
};

/** Kafka Streams: `builder.stream("in")`, `.to("out")`. */
export const kafkaStreams: Detector = {
  name: "java/kafka-streams",
  languages: ["java", "kotlin", "scala"],
  words: ["kafka.streams"],
  detect(source, emit) {
    for (const match of matches(
      source.bare,
      /\b\w{0,40}[bB]uilder\s{0,60}\.\s{0,60}(?:stream|table|globalTable)\s{0,3}(?:<[^()]{0,80}>)?(?=\(\s{0,60}[^)\s])/g,
    )) {
      const list = argumentOffsets(source, match.index + match[0].length)[0];
      for (const offset of list === undefined ? [] : elementOffsets(source, list)) {
        const channel = valueAt(source, offset);
        if (channel !== null) emit(match.index, { kind: "consumes", technology: "kafka", channel, message: null });
      }
    }
    for (const match of matches(source.bare, /\.\s{0,60}(?:to|through)\s{0,3}(?=\(\s{0,60}(?:"|[A-Za-z_]))/g)) {
      const channel = argument(source, match.index + match[0].length, 0);
      if (channel !== null && /^(?:[\w.${}:-]+)$/.test(channel))
        emit(match.index, { kind: "publishes", technology: "kafka", channel, message: null });
    }
  },
};
