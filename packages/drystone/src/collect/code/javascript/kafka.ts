import { handedMark } from "../common/handed.js";
import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { connectionOf, emitAddresses } from "./addresses.js";
import { argumentOffsets } from "./argument-offsets.js";
import { type CallSite, callsOf } from "./calls-of.js";
import { channelText } from "./channel-text.js";
import { imports } from "./imports.js";
import { namesOfType } from "./types-of.js";
import { argumentAt, propertiesAt, textsAt } from "./values.js";

const modules = ["kafkajs", "node-rdkafka", "kafka-node", "@confluentinc/kafka-javascript", "@platformatic/kafka", "no-kafka"];
const producerName = /producer|kafka|publisher/i;
const consumerName = /consumer|kafka|subscriber|group/i;

/** kafkajs and its relatives; topics are also read where the producer comes from another file. */
export const kafka: Detector = {
  name: "javascript/kafka",
  languages: ["javascript"],
  words: ["kafka", "Kafka", "topic"],
  detect(source, emit) {
    const isImported = imports(source, ...modules);
    const typed = namesOfType(source, /^(?:Producer|HighLevelProducer|KafkaProducer\w{0,20}|KafkaService)$/);
    for (const call of callsOf(source)) {
      if (isImported) client(source, call, emit);
      if (
        /^(?:send|sendBatch|produce|sendMessage|publish)$/.test(call.name) &&
        (producerName.test(call.receiver) || typed.has(call.receiver))
      )
        sent(source, call, isImported, emit);
      else if (call.name === "subscribe" && consumerName.test(call.receiver)) subscribed(source, call, isImported, emit);
      else if (isImported && call.isNew && /^(?:Consumer|ConsumerGroup|ConsumerGroupStream)$/.test(call.name))
        for (const topic of topicsAt(source, argumentAt(source, call.open, 1)))
          emit(call.start, { kind: "consumes", technology: "kafka", channel: topic, message: null });
    }
  },
};

function client(source: Source, call: CallSite, emit: Emit): void {
  if (!call.isNew || !/^(?:Kafka|KafkaClient|Producer|HighLevelProducer|KafkaConsumer|Consumer|ConsumerGroup)$/.test(call.name))
    return;
  if (/^(?:Producer|HighLevelProducer|Consumer)$/.test(call.name) && !imports(source, "node-rdkafka", "@platformatic/kafka"))
    return;
  emitAddresses(emit, call.start, "kafka", connectionOf(source, call.open));
  emit(call.start, {
    kind: "store-client",
    technology: "kafka",
    library: modules.find((module) => imports(source, module)) ?? "kafkajs",
    database: null,
  });
}

/** `send({ topic, messages })`, `sendBatch({ topicMessages: [{ topic }] })`, `produce(topic, …)`, `send([{ topic }], done)`. */
function sent(source: Source, call: CallSite, isImported: boolean, emit: Emit): void {
  const first = argumentAt(source, call.open, 0);
  const options = propertiesAt(source, first);
  const batch = options.get("topicMessages");
  const topics = call.name === "produce" ? textsAt(source, first) : topicsAt(source, batch ?? first);
  // Without an import of Kafka only the shape of its messages counts.
  if (!isImported && !(options.has("messages") || batch !== undefined)) return;
  for (const topic of topics) emit(call.start, { kind: "publishes", technology: "kafka", channel: topic, message: null });
}

/** `subscribe({ topic | topics })`, `subscribe([topic])`. */
function subscribed(source: Source, call: CallSite, isImported: boolean, emit: Emit): void {
  const first = argumentAt(source, call.open, 0);
  const options = propertiesAt(source, first);
  if (!isImported && !options.has("topic") && !options.has("topics")) return;
  for (const topic of topicsAt(source, first))
    emit(call.start, { kind: "consumes", technology: "kafka", channel: topic, message: null });
}

/** Topics of an object or a list of objects or texts. */
function topicsAt(source: Source, at: number | null): readonly string[] {
  if (at === null) return [];
  if (source.bare[at] === "[")
    return argumentOffsets(source, at)
      .slice(0, 20)
      .flatMap((one) => topicsAt(source, one));
  const options = propertiesAt(source, at);
  if (options.size > 0)
    return ["topic", "topics"].flatMap((name) => {
      const value = options.get(name);
      const texts = textsAt(source, value).filter((text) => text !== "{}");
      const handed = texts.length > 0 || value === undefined ? null : handedMark(source, value);
      return handed === null ? texts : [handed];
    });
  const text = channelText(source, at);
  return text === null || /\s/.test(text) ? [] : [text];
}
