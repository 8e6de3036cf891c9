import { handedMark, handedTexts } from "../common/handed.js";
import type { Template } from "../cue.js";
import type { Detector } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import type { Source } from "../source.js";
import { argumentText, expressionText, fieldAt, type GoCall, goCalls, importsAny, listAt } from "./names.js";

type Kind = "publishes" | "consumes";

interface Way {
  readonly method: RegExp;
  readonly kind: Kind;
  /** Arguments that may name the channel; the first that is known wins. */
  readonly at: readonly number[];
  /** All arguments from the first on. */
  readonly rest?: true;
}

interface Broker {
  readonly technology: string | null;
  readonly modules: readonly string[];
  readonly calls: readonly Way[];
  /** Struct literals with a field that names the channel. */
  readonly literals: readonly { readonly type: string; readonly kind: Kind; readonly fields: readonly string[] }[];
}

const brokers: readonly Broker[] = [
  {
    technology: "rabbitmq",
    modules: ["github.com/rabbitmq/amqp091-go", "github.com/streadway/amqp"],
    calls: [
      { method: /^Publish$/, kind: "publishes", at: [0, 1] },
      { method: /^PublishWithContext$/, kind: "publishes", at: [1, 2] },
      { method: /^Consume$/, kind: "consumes", at: [0] },
      { method: /^ConsumeWithContext$/, kind: "consumes", at: [1] },
      { method: /^QueueBind$/, kind: "consumes", at: [2] },
    ],
    literals: [],
  },
  {
    technology: "kafka",
    modules: ["github.com/IBM/sarama", "github.com/Shopify/sarama"],
    calls: [
      { method: /^ConsumePartition$/, kind: "consumes", at: [0] },
      { method: /^Consume$/, kind: "consumes", at: [1] },
    ],
    literals: [{ type: "sarama.ProducerMessage", kind: "publishes", fields: ["Topic"] }],
  },
  {
    technology: "kafka",
    modules: ["github.com/segmentio/kafka-go"],
    calls: [],
    literals: [
      { type: "kafka.(?:Writer|WriterConfig|Message)", kind: "publishes", fields: ["Topic"] },
      { type: "kafka.ReaderConfig", kind: "consumes", fields: ["Topic", "GroupTopics"] },
    ],
  },
  {
    technology: "kafka",
    modules: ["github.com/confluentinc/confluent-kafka-go"],
    calls: [{ method: /^(?:SubscribeTopics|Subscribe)$/, kind: "consumes", at: [0] }],
    literals: [{ type: "kafka.Message", kind: "publishes", fields: ["Topic"] }],
  },
  {
    technology: "kafka",
    modules: ["github.com/twmb/franz-go"],
    calls: [{ method: /^ConsumeTopics$/, kind: "consumes", at: [0], rest: true }],
    literals: [{ type: "kgo.Record", kind: "publishes", fields: ["Topic"] }],
  },
  {
    technology: "nats",
    modules: [
      "github.com/nats-io/nats.go",
      "github.com/nats-io/go-nats",
      "github.com/nats-io/nats",
      "github.com/nats-io/stan.go",
    ],
    calls: [
      { method: /^(?:Publish|PublishRequest|Request|PublishAsync|RequestWithContext)$/, kind: "publishes", at: [0, 1] },
      {
        method: /^(?:Subscribe|QueueSubscribe|SubscribeSync|QueueSubscribeSync|PullSubscribe|ChanSubscribe)$/,
        kind: "consumes",
        at: [0],
      },
    ],
    literals: [{ type: "nats.Msg", kind: "publishes", fields: ["Subject"] }],
  },
  {
    technology: "redis",
    modules: ["github.com/go-redis/redis", "github.com/redis/go-redis", "gopkg.in/redis"],
    calls: [
      { method: /^(?:Publish|LPush|RPush)$/, kind: "publishes", at: [1] },
      { method: /^(?:Subscribe|PSubscribe)$/, kind: "consumes", at: [1], rest: true },
      { method: /^(?:BLPop|BRPop)$/, kind: "consumes", at: [2] },
      { method: /^(?:LPop|RPop)$/, kind: "consumes", at: [1] },
    ],
    literals: [
      { type: "redis.XAddArgs", kind: "publishes", fields: ["Stream"] },
      { type: "redis.XReadGroupArgs", kind: "consumes", fields: ["Streams"] },
      { type: "redis.XReadArgs", kind: "consumes", fields: ["Streams"] },
    ],
  },
  {
    technology: "mqtt",
    modules: ["github.com/eclipse/paho.mqtt.golang"],
    calls: [
      { method: /^Publish$/, kind: "publishes", at: [0] },
      { method: /^Subscribe$/, kind: "consumes", at: [0] },
    ],
    literals: [],
  },
  {
    technology: "nsq",
    modules: ["github.com/nsqio/go-nsq"],
    calls: [
      { method: /^(?:Publish|PublishAsync|MultiPublish|DeferredPublish)$/, kind: "publishes", at: [0] },
      { method: /^NewConsumer$/, kind: "consumes", at: [0] },
    ],
    literals: [],
  },
  {
    technology: "pubsub",
    modules: ["cloud.google.com/go/pubsub"],
    calls: [
      { method: /^(?:Topic|Publisher)$/, kind: "publishes", at: [0] },
      { method: /^(?:Subscription|Subscriber)$/, kind: "consumes", at: [0] },
    ],
    literals: [],
  },
  {
    technology: "sqs",
    modules: ["github.com/aws/aws-sdk-go/service/sqs", "github.com/aws/aws-sdk-go-v2/service/sqs"],
    calls: [],
    literals: [
      { type: "sqs.SendMessage(?:Batch)?Input", kind: "publishes", fields: ["QueueUrl"] },
      { type: "sqs.ReceiveMessageInput", kind: "consumes", fields: ["QueueUrl"] },
    ],
  },
  {
    technology: "sns",
    modules: ["github.com/aws/aws-sdk-go/service/sns", "github.com/aws/aws-sdk-go-v2/service/sns"],
    calls: [],
    literals: [{ type: "sns.PublishInput", kind: "publishes", fields: ["TopicArn"] }],
  },
  {
    technology: "redis",
    modules: ["github.com/hibiken/asynq"],
    calls: [{ method: /^NewTask$/, kind: "publishes", at: [0] }],
    literals: [],
  },
  {
    // AMQP 1.0 is spoken by several brokers.
    technology: null,
    modules: ["github.com/Azure/go-amqp", "pack.ag/amqp"],
    calls: [
      { method: /^NewSender$/, kind: "publishes", at: [1] },
      { method: /^NewReceiver$/, kind: "consumes", at: [1] },
    ],
    literals: [],
  },
  {
    technology: "servicebus",
    modules: ["github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus"],
    calls: [
      { method: /^NewSender$/, kind: "publishes", at: [0] },
      { method: /^(?:NewReceiverForQueue|AcceptSessionForQueue|NewReceiverForSubscription)$/, kind: "consumes", at: [0] },
    ],
    literals: [],
  },
  {
    technology: null,
    modules: ["github.com/ThreeDotsLabs/watermill"],
    calls: [
      { method: /^Publish$/, kind: "publishes", at: [0] },
      { method: /^Subscribe$/, kind: "consumes", at: [1] },
      { method: /^(?:AddNoPublisherHandler|AddConsumerHandler|AddHandler)$/, kind: "consumes", at: [1] },
    ],
    literals: [],
  },
];

const brokerModules = brokers.flatMap(({ modules }) => modules);

/** `switch m.Topic { case cfg.Topics.Created: … }`: one consumer of several topics. */
export const topicSwitches: Detector = {
  name: "go/topic-switches",
  languages: ["go"],
  words: ["switch "],
  detect(source, emit) {
    if (!importsAny(source, ...brokerModules)) return;
    const technology = brokers.find(({ modules }) => importsAny(source, ...modules))?.technology ?? null;
    for (const match of source.bare.matchAll(
      /\bswitch[ \t]{1,4}\*?(?:\w{1,40}\.){1,3}(?:Topic|Subject|RoutingKey|Channel)(?:\(\))?[ \t]{0,4}\{/g,
    )) {
      const open = match.index + match[0].length - 1;
      const end = argumentEnd(source, open);
      for (const one of source.bare.slice(open, end).matchAll(/\n[ \t]{0,40}case[ \t]{1,4}/g)) {
        const channel = expressionText(source, open + one.index + one[0].length);
        if (channel !== null && isChannel(channel))
          emit(open + one.index + 1, { kind: "consumes", technology, channel, message: null });
      }
    }
  },
};

/** Clients of brokers: what is sent and taken under which name. */
export const messages: Detector = {
  name: "go/messages",
  languages: ["go"],
  words: brokers.flatMap(({ modules }) => modules),
  detect(source, emit) {
    for (const broker of brokers) {
      if (!importsAny(source, ...broker.modules)) continue;
      const technology =
        broker.technology ?? (broker.modules.some((one) => one.includes("watermill")) ? watermillBroker(source) : null);
      for (const call of goCalls(source)) {
        const way = broker.calls.find(({ method }) => method.test(call.name));
        if (way === undefined || (call.on === null && !call.path.includes(".")) || isForeign(call, broker)) continue;
        for (const channel of channelsAt(source, call, way))
          emit(call.start, { kind: way.kind, technology, channel: channel.replace(/^\/?queues\//, ""), message: null });
      }
      for (const { type, kind, fields } of broker.literals)
        for (const match of source.bare.matchAll(new RegExp(`(?<![\\w.])${type.replace(".", "\\.")}\\{`, "g")))
          for (const channel of literalChannels(source, match.index + match[0].length - 1, fields))
            emit(match.index, { kind, technology, channel, message: null });
    }
  },
};

/** The receiver is known to be of another library. */
function isForeign({ full, path }: GoCall, { modules }: Broker): boolean {
  return full !== path && full.includes("/") && !modules.some((module) => full.startsWith(module));
}

function channelsAt(source: Source, { open }: GoCall, { at, rest }: Way): Template[] {
  const offsets = argumentOffsets(source, open);
  if (rest)
    return offsets
      .slice(at[0] ?? 0)
      .flatMap((offset) => listAt(source, offset))
      .filter(isChannel);
  for (const index of at) {
    const found = listAt(source, offsets[index] ?? null).filter(isChannel);
    if (found.length > 0) return found;
  }
  return at.flatMap((index) => handedAt(source, offsets[index] ?? null)).slice(0, 1);
}

/** The channel is what a function around is handed. */
function handedAt(source: Source, offset: number | null): Template[] {
  const inner = offset === null ? null : /^(?:&|\[\]string\{|aws\.String\()/.exec(source.bare.slice(offset, offset + 20));
  const mark = offset === null ? null : handedMark(source, offset + (inner?.[0].length ?? 0));
  return mark === null ? [] : [mark];
}

function literalChannels(source: Source, open: number, fields: readonly string[]): Template[] {
  const end = argumentEnd(source, open);
  for (const field of fields) {
    const at = fieldAt(source, open, end, field);
    const inner = at === null ? null : /^aws\.String\(/.exec(source.bare.slice(at, at + 12));
    const found = at === null ? [] : listAt(source, inner === null ? at : at + inner[0].length).filter(isChannel);
    if (found.length > 0)
      return field === "Streams"
        ? found.slice(0, 1)
        : found.map((text) => (/^(?:https?:\/\/|arn:)/.test(text) ? (text.split(/[/:]/).at(-1) ?? text) : text));
  }
  return fields.flatMap((field) => handedAt(source, fieldAt(source, open, end, field))).slice(0, 1);
}

function argumentEnd(source: Source, open: number): number {
  let depth = 0;
  for (let at = open; at < Math.min(source.bare.length, open + 3000); at++) {
    if (source.bare[at] === "{") depth++;
    else if (source.bare[at] === "}" && --depth === 0) return at;
  }
  return open + 1;
}

function isChannel(text: Template): boolean {
  return text !== "" && text !== ">" && !/\s/.test(text) && text.replace(/[{}./-]/g, "") !== "";
}

function watermillBroker(source: Source): string | null {
  const known = ["kafka", "amqp", "nats", "redisstream", "googlecloud", "sql", "aws"].find((one) =>
    importsAny(source, `github.com/ThreeDotsLabs/watermill-${one}`),
  );
  return known === "amqp"
    ? "rabbitmq"
    : known === "redisstream"
      ? "redis"
      : known === "googlecloud"
        ? "pubsub"
        : known === "kafka" || known === "nats"
          ? known
          : null;
}

/** Own wrappers: `publisher.Publish(ctx, OrderCreated{…})`, `bus.Send(ctx, &commands.Pay{…})`. */
export const ownPublishers: Detector = {
  name: "go/own-publishers",
  languages: ["go"],
  words: ["ublish", "bus", "Bus", "roducer"],
  detect(source, emit) {
    for (const { name, receiver, open, start } of goCalls(source)) {
      if (
        !/^(?:Publish|PublishEvent|PublishMessage|Produce|Send|Emit|Dispatch|PublishAsync)$/.test(name) ||
        !/(?:publisher|event_?bus|message_?bus|producer|emitter|dispatcher|^bus|\wBus)$/i.test(receiver)
      )
        continue;
      for (const offset of argumentOffsets(source, open).slice(0, 3)) {
        const message = /^&?(?:\w{1,40}\.)?([A-Z]\w{2,80})\{/.exec(source.bare.slice(offset, offset + 140))?.[1];
        if (message !== undefined && !/^(?:Message|Msg|Record|Event|Publishing)$/.test(message))
          emit(start, { kind: "publishes", technology: null, channel: null, message });
      }
    }
  },
};

/** Functional options of own wrappers: `publisher.Topic("orders")`, `consumer.QueueName("orders")` of a package that is named for its side. */
export const wrapperOptions: Detector = {
  name: "go/wrapper-options",
  languages: ["go"],
  words: ["ublisher", "onsumer", "roducer", "ubscriber", "istener"],
  detect(source, emit) {
    for (const { name, full, path, open, start } of goCalls(source)) {
      if (
        !/^(?:With)?(?:Exchange|Topic|Subject|Stream|Channel)(?:Name)?$/.test(name) ||
        full === path ||
        !/^\w{1,60}\.\w{1,60}$/.test(path)
      )
        continue;
      const side = /(?:^|\/)[\w-]{0,30}(publisher|producer|consumer|subscriber|listener)s?\.\w{1,60}$/i
        .exec(full)?.[1]
        ?.toLowerCase();
      const channel = side === undefined ? null : argumentText(source, open, 0);
      if (channel !== null && isChannel(channel))
        emit(start, {
          kind: /publisher|producer/.test(side ?? "") ? "publishes" : "consumes",
          technology: null,
          channel,
          message: null,
        });
    }
  },
};

export const handedChannels = handedTexts(
  "go",
  (source, offset) => listAt(source, offset)[0] ?? null,
  (source) => goCalls(source).filter(({ full }) => !brokerModules.some((module) => full.startsWith(module))),
);
