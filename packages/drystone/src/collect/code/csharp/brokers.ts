/** Clients of brokers by topic, queue and exchange: RabbitMQ, Kafka, Azure, AWS, CAP, NATS, MQTT, Redis. */
import { handedMark, handedTexts } from "../common/handed.js";
import { matches } from "../common/matches.js";
import type { Template } from "../cue.js";
import type { Detector, Emit } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import type { Source } from "../source.js";
import { callsOf } from "./calls.js";
import { structureOf } from "./structure.js";
import { argument, argumentAt, isEmptyText, valueAt } from "./values.js";

const languages = ["csharp"] as const;

/** Channels are named `exchange/key`, the exchange alone where no key is known, the queue alone for the default exchange. */
export const rabbitmq: Detector = {
  name: "csharp/rabbitmq",
  languages,
  words: ["BasicPublish", "BasicConsume", "QueueBind", "BasicGet"],
  detect(source, emit) {
    const technology = "rabbitmq";
    let bound = false;
    for (const call of callsOf(source, "BasicPublish(?:Async)?|QueueBind(?:Async|NoWait)?")) {
      const binds = call.name.startsWith("QueueBind");
      if (/^(?:Task|void|ValueTask)\s*$/.test(call.receiver)) continue;
      const exchange = exchangeAt(source, call.open, binds ? 1 : 0);
      const channel = channelAt(source, call.open, exchange, binds ? 2 : 1);
      if (channel === null) continue;
      bound ||= binds;
      emit(call.start, { kind: binds ? "consumes" : "publishes", technology, channel, message: null });
    }
    if (bound) return;
    for (const call of callsOf(source, "BasicConsume(?:Async)?|BasicGet(?:Async)?")) {
      const channel = channelArgument(source, call.open, 0, "queue");
      if (channel !== null) emit(call.start, { kind: "consumes", technology, channel, message: null });
    }
  },
};

/** Null where a program's own bus puts in the key: then the types of the messages are the channels. */
function channelAt(source: Source, open: number, exchange: Template | null, index: number): Template | null {
  const at = argumentAt(source, open, index, "routingKey");
  if (exchange === null || at === null) return exchange === "" ? null : exchange;
  if (isEmptyText(source, at)) return exchange === "" ? null : exchange;
  const key = known(valueAt(source, at)) ?? (exchange === "" ? handedMark(source, at) : null);
  if (exchange === "" || key === null) return key;
  return key === "#" || exchange.startsWith("${arg:") ? exchange : `${exchange}/${key}`;
}

/** "" for the default exchange, null for one that is not known. */
function exchangeAt(source: Source, open: number, index: number): Template | null {
  const at = argumentAt(source, open, index, "exchange");
  if (at === null) return null;
  return isEmptyText(source, at) ? "" : (known(valueAt(source, at)) ?? handedMark(source, at));
}

/** The mark of a parameter where the method around is handed the channel. */
function channelArgument(source: Source, open: number, index: number, ...labels: readonly string[]): Template | null {
  const at = argumentAt(source, open, index, ...labels);
  return at === null ? null : (known(valueAt(source, at)) ?? handedMark(source, at));
}

export const handedChannels = handedTexts("csharp", valueAt);

function known(value: Template | null): Template | null {
  return value === null || value === "" || value.startsWith("{}") ? null : value;
}

interface BrokerCall {
  readonly words: readonly string[];
  readonly names: string;
  readonly kind: "publishes" | "consumes";
  readonly technology: string | null;
  readonly index: number;
  readonly labels: readonly string[];
}

const brokerCalls: readonly BrokerCall[] = [
  {
    words: ["Confluent.Kafka", "IProducer<", "ProducerBuilder"],
    names: "Produce(?:Async)?",
    kind: "publishes",
    technology: "kafka",
    index: 0,
    labels: ["topic"],
  },
  {
    words: ["ICapPublisher", "DotNetCore.CAP"],
    names: "Publish(?:Async|Delay|DelayAsync)?",
    kind: "publishes",
    technology: null,
    index: 0,
    labels: ["name"],
  },
  {
    words: ["ServiceBus"],
    names: "CreateSender",
    kind: "publishes",
    technology: "azure-service-bus",
    index: 0,
    labels: ["queueOrTopicName"],
  },
  {
    words: ["ServiceBus"],
    names: "Create(?:Processor|Receiver|SessionProcessor)",
    kind: "consumes",
    technology: "azure-service-bus",
    index: 0,
    labels: ["queueName", "topicName"],
  },
  { words: ["MQTTnet"], names: "WithTopic", kind: "publishes", technology: "mqtt", index: 0, labels: [] },
  { words: ["MQTTnet"], names: "WithTopicFilter", kind: "consumes", technology: "mqtt", index: 0, labels: [] },
  { words: ["NATS."], names: "PublishAsync", kind: "publishes", technology: "nats", index: 0, labels: ["subject"] },
  { words: ["NATS."], names: "SubscribeAsync", kind: "consumes", technology: "nats", index: 0, labels: ["subject"] },
  {
    words: ["MassTransit"],
    names: "ReceiveEndpoint|TopicEndpoint",
    kind: "consumes",
    technology: null,
    index: 0,
    labels: ["queueName"],
  },
];

export const brokers: Detector = {
  name: "csharp/brokers",
  languages,
  words: brokerCalls.flatMap(({ words }) => words),
  detect(source, emit) {
    for (const { words, names, kind, technology, index, labels } of brokerCalls) {
      if (!words.some((word) => source.text.includes(word))) continue;
      for (const call of callsOf(source, names)) {
        const channel = channelArgument(source, call.open, index, ...labels);
        if (channel !== null && call.receiver !== "Task") emit(call.start, { kind, technology, channel, message: null });
      }
    }
  },
};

/** `consumer.Subscribe("orders")` and `Subscribe(new[] { "a", "b" })` of Kafka. */
export const kafkaSubscriptions: Detector = {
  name: "csharp/kafka-subscriptions",
  languages,
  words: ["Confluent.Kafka", "IConsumer<", "ConsumerBuilder"],
  detect(source, emit) {
    if (!/Confluent\.Kafka|ConsumerBuilder|IConsumer<[^<>,]{1,60},/.test(source.bare)) return;
    for (const call of callsOf(source, "Subscribe|Assign")) {
      if (call.generic !== "") continue;
      for (const offset of listOrValue(source, call.open)) {
        const channel = known(valueAt(source, offset));
        if (channel !== null) emit(call.start, { kind: "consumes", technology: "kafka", channel, message: null });
      }
    }
  },
};

/** Offsets of the members of a list that is written in place, else of the first argument. */
function listOrValue(source: Source, open: number): number[] {
  const [first] = argumentOffsets(source, open);
  if (first === undefined) return [];
  const list = /^(?:new\s{0,5}(?:List<\w{1,20}>|string)?\s{0,3}(?:\[\s{0,3}\]|\(\))?\s{0,40}(?=\{)|(?=\[))/.exec(
    source.bare.slice(first, first + 80),
  );
  return list === null ? [first] : argumentOffsets(source, first + list[0].length);
}

/** Lists and channels of Redis: `ListLeftPopAsync("votes")`, `subscriber.Publish("orders", …)`. */
export const redisMessages: Detector = {
  name: "csharp/redis-messages",
  languages,
  words: ["StackExchange.Redis", "ConnectionMultiplexer", "IDatabase", "ISubscriber"],
  detect(source, emit) {
    const put = (kind: "publishes" | "consumes", names: string) => {
      for (const call of callsOf(source, names)) {
        const channel = known(redisKey(source, call.open));
        if (channel !== null) emit(call.start, { kind, technology: "redis", channel, message: null });
      }
    };
    put("consumes", "List(?:Left|Right)Pop(?:Async)?|StreamRead(?:Group)?(?:Async)?");
    put("publishes", "StreamAdd(?:Async)?");
    // A list that nobody pops here may be plain data.
    put("publishes", "List(?:Left|Right)Push(?:Async)?");
    if (/\bISubscriber\b|\.GetSubscriber\(/.test(source.bare)) {
      put("publishes", "Publish(?:Async)?");
      put("consumes", "Subscribe(?:Async)?");
    }
  },
};

function redisKey(source: Source, open: number): Template | null {
  const at = argumentAt(source, open, 0, "key", "channel");
  if (at === null) return null;
  const wrapped = /^(?:RedisChannel\.(?:Literal|Pattern)|new\s{1,5}Redis(?:Channel|Key))\s{0,3}(?=\()/.exec(
    source.bare.slice(at, at + 60),
  );
  return wrapped === null ? valueAt(source, at) : argument(source, at + wrapped[0].length, 0);
}

/** Attributes that give a method the messages of a channel. */
const triggers: ReadonlyMap<string, { readonly technology: string | null; readonly index: number }> = new Map([
  ["CapSubscribe", { technology: null, index: 0 }],
  ["ServiceBusTrigger", { technology: "azure-service-bus", index: 0 }],
  ["RabbitMQTrigger", { technology: "rabbitmq", index: 0 }],
  ["KafkaTrigger", { technology: "kafka", index: 1 }],
  ["QueueTrigger", { technology: "azure-queue", index: 0 }],
  ["EventHubTrigger", { technology: "azure-event-hubs", index: 0 }],
]);

export const channelTriggers: Detector = {
  name: "csharp/channel-triggers",
  languages,
  words: ["Trigger(", "[CapSubscribe"],
  detect(source, emit) {
    for (const match of matches(
      source.bare,
      /\[\s{0,9}(CapSubscribe|ServiceBusTrigger|RabbitMQTrigger|KafkaTrigger|QueueTrigger|EventHubTrigger)\s{0,3}(?=\()/g,
    )) {
      const trigger = triggers.get(match[1] ?? "");
      const channel = trigger === undefined ? null : known(argument(source, match.index + match[0].length, trigger.index));
      // `%NAME%` stands for a setting.
      if (trigger !== undefined && channel !== null)
        emit(match.index, {
          kind: "consumes",
          technology: trigger.technology,
          channel: channel.replace(/^%([\w.:-]{1,80})%$/, "${$1}"),
          message: null,
        });
    }
  },
};

/** Requests of the AWS SDK: the queue's URL or the topic's name tells the channel. */
export const awsMessages: Detector = {
  name: "csharp/aws-messages",
  languages,
  words: ["Amazon.SQS", "Amazon.SimpleNotificationService", "AWSSDK"],
  detect(source, emit) {
    const forms: readonly (readonly [RegExp, "publishes" | "consumes", string])[] = [
      [/\bnew\s{1,9}SendMessage(?:Batch)?Request\b/g, "publishes", "sqs"],
      [/\bnew\s{1,9}ReceiveMessageRequest\b/g, "consumes", "sqs"],
      [/\bnew\s{1,9}PublishRequest\b/g, "publishes", "sns"],
    ];
    for (const [pattern, kind, technology] of forms)
      for (const match of matches(source.bare, pattern)) emitAws(source, emit, match.index, match[0].length, kind, technology);
  },
};

function emitAws(
  source: Source,
  emit: Emit,
  at: number,
  length: number,
  kind: "publishes" | "consumes",
  technology: string,
): void {
  const rest = source.bare.slice(at, Math.min(source.bare.length, at + 600));
  const property = /\b(?:QueueUrl|TopicArn)\s{0,9}=(?!=)\s{0,30}/.exec(rest);
  const open = /^\s{0,9}\(/.exec(rest.slice(length));
  const value =
    property !== null
      ? valueAt(source, at + property.index + property[0].length)
      : open === null
        ? null
        : argument(source, at + length + open[0].length - 1, 0);
  const channel = known(value);
  if (channel === null || structureOf(source).types.length === 0) return;
  emit(at, {
    kind,
    technology,
    channel: channel.includes("${") ? channel : (channel.split(/[/:]/).at(-1) ?? channel),
    message: null,
  });
}
