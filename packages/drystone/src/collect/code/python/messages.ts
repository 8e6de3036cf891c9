import { handedMark, handedTexts } from "../common/handed.js";
import type { CueBody, Template } from "../cue.js";
import type { Detector, Emit } from "../detector.js";
import { templateAt } from "../expression.js";
import type { Source } from "../source.js";
import { argumentAt, argumentText, expressionText, importsAny, pythonCalls, textsAt } from "./names.js";

type Kind = "publishes" | "consumes";

function channels(source: Source, at: number | null): Template[] {
  const known = textsAt(source, at).filter((text) => !/\s/.test(text) && text.replace(/[{}.]/g, "") !== "");
  const inner = at === null ? 0 : (/^[[(]\s{0,20}/.exec(source.bare.slice(at, at + 30))?.[0].length ?? 0);
  const handed = known.length > 0 || at === null ? null : handedMark(source, at + inner);
  return handed === null ? known : [handed];
}

export const handedChannels = handedTexts("python", expressionText, (source) => {
  const isClient = importsAny(source, ...modules);
  return pythonCalls(source).filter(({ full, name }) => !libraries.test(full) && !(isClient && libraryMethods.test(name)));
});

const modules = [
  "pika",
  "aio_pika",
  "kafka",
  "aiokafka",
  "confluent_kafka",
  "kombu",
  "redis",
  "nats",
  "boto3",
  "paho",
  "google.cloud.pubsub",
];
const libraries = new RegExp(`^(?:${modules.join("|")})\\b`);
const libraryMethods =
  /^(?:basic_\w+|queue_\w+|exchange_\w+|produce|publish|subscribe|p?subscribe|consume|send|send_and_wait|listen|KafkaConsumer|AIOKafkaConsumer|create_subscription|send_message|receive_message)$/;

function send(
  emit: Emit,
  start: number,
  kind: Kind,
  technology: string | null,
  names: readonly Template[],
  message: string | null = null,
): void {
  for (const channel of names) emit(start, { kind, technology, channel, message });
  if (names.length === 0) emit(start, { kind, technology, channel: null, message });
}

/** kafka-python, aiokafka, confluent-kafka, faust. */
export const kafka: Detector = {
  name: "python/kafka",
  languages: ["python"],
  words: ["kafka", "faust"],
  detect(source, emit) {
    if (!importsAny(source, "kafka", "aiokafka", "confluent_kafka", "faust", "faust_streaming")) return;
    for (const call of pythonCalls(source)) {
      const { full, name, receiver, open, start } = call;
      const isProducer = /Producer\(\)\.\w+$/.test(full) || /producer|kafka/i.test(receiver);
      const isConsumer = /Consumer\(\)\.\w+$/.test(full) || /consumer/i.test(receiver);
      if (/(?:^|\.)(?:KafkaConsumer|AIOKafkaConsumer)$/.test(full)) {
        for (let index = 0; index < 8; index++)
          for (const channel of channels(source, argumentAt(source, open, index)))
            emit(start, { kind: "consumes", technology: "kafka", channel, message: null });
      } else if (isProducer && /^(?:send|send_and_wait|produce)$/.test(name))
        send(emit, start, "publishes", "kafka", channels(source, argumentAt(source, open, 0, "topic")));
      else if (isConsumer && name === "subscribe")
        send(emit, start, "consumes", "kafka", channels(source, argumentAt(source, open, 0, "topics")));
      else if (name === "agent" && importsAny(source, "faust", "faust_streaming"))
        send(emit, start, "consumes", "kafka", topicOf(source, argumentAt(source, open, 0)));
    }
  },
};

/** `@app.agent(topic)` where `topic = app.topic("orders")`. */
function topicOf(source: Source, at: number | null): Template[] {
  if (at === null) return [];
  const name = /^\w{1,80}/.exec(source.bare.slice(at, at + 80))?.[0] ?? "";
  const value = source.assignments.get(name)?.[0];
  const made = value === undefined ? null : /^(?:\w{1,40}\.)?topic\(/.exec(source.bare.slice(value, value + 60));
  return made === null || value === undefined
    ? channels(source, at)
    : channels(source, argumentAt(source, value + made[0].length - 1, 0));
}

/** pika, aio-pika, kombu. */
export const rabbitmq: Detector = {
  name: "python/rabbitmq",
  languages: ["python"],
  words: ["pika", "kombu", "aioamqp", "amqpstorm"],
  detect(source, emit) {
    if (!importsAny(source, "pika", "aio_pika", "kombu", "aioamqp", "amqpstorm")) return;
    for (const { name, open, start } of pythonCalls(source)) {
      const text = (index: number | null, ...names: string[]) => channels(source, argumentAt(source, open, index, ...names));
      if (name === "basic_publish") {
        const exchange = text(0, "exchange", "exchange_name");
        send(emit, start, "publishes", "rabbitmq", exchange.length > 0 ? exchange : text(1, "routing_key"));
      } else if (name === "basic_consume")
        send(
          emit,
          start,
          "consumes",
          "rabbitmq",
          text(argumentAt(source, open, null, "on_message_callback") === null ? 1 : 0, "queue", "queue_name"),
        );
      else if (name === "publish" && importsAny(source, "aio_pika", "kombu")) {
        const names = [...text(null, "routing_key"), ...text(null, "exchange")];
        if (names.length > 0) send(emit, start, "publishes", "rabbitmq", names);
        else if (importsAny(source, "aio_pika")) send(emit, start, "publishes", "rabbitmq", text(1));
      } else if (name === "queue_bind") {
        const exchange = text(null, "exchange");
        send(emit, start, "consumes", "rabbitmq", exchange.length > 0 ? exchange : text(1));
      }
    }
  },
};

/** Celery, RQ, Dramatiq, Huey: tasks by name over a broker. */
export const jobs: Detector = {
  name: "python/jobs",
  languages: ["python"],
  words: ["celery", "Celery", "shared_task", "rq", "dramatiq", "huey", "arq", "send_task"],
  detect(source, emit) {
    if (!importsAny(source, "celery", "rq", "dramatiq", "huey", "arq", "flask_rq2", "django_rq")) {
      ownTasks(source, emit);
      return;
    }
    for (const { full, name, receiver, open, start, path } of pythonCalls(source)) {
      const isDecorator = source.bare[start - 1] === "@";
      if (/(?:^|\.)Celery$/.test(full)) celery(source, open, start, emit);
      else if (name === "send_task")
        for (const task of channels(source, argumentAt(source, open, 0, "name")))
          emit(start, { kind: "publishes", technology: null, ...taskNamed(task) });
      else if (
        isDecorator &&
        (/^celery\.(?:\w{1,20}\.)?shared_task$/.test(full) ||
          (/(?:^|_)(?:app|celery|huey)/i.test(receiver) && /^(?:task|periodic_task)$/.test(name)) ||
          /^dramatiq\.actor$/.test(full))
      )
        task(source, open, start, emit);
      else if (/^(?:delay|apply_async|send_with_options)$/.test(name)) {
        const target = path.split(".").at(-2);
        if (target !== undefined && /^[a-z]\w{1,80}$/.test(target))
          emit(start, { kind: "publishes", technology: null, channel: null, message: target });
      }
    }
    for (const match of source.bare.matchAll(
      /\n[ \t]{0,20}@(?:shared_task|(?:\w{0,20}(?:app|celery))\.task|dramatiq\.actor)[ \t]{0,9}\n(?:[ \t]{0,20}@[^\n]{1,200}\n){0,5}[ \t]{0,20}(?:async )?def[ \t]{1,3}(\w{1,80})/g,
    ))
      emit(match.index + 1, { kind: "consumes", technology: null, channel: null, message: match[1] ?? null });
  },
};

/** `.delay(…)` on a task that is imported from a module of tasks. */
function ownTasks(source: Source, emit: Emit): void {
  for (const { name, full, start, path } of pythonCalls(source))
    if (name === "delay" && /(?:^|\.)tasks?\./.test(full))
      emit(start, { kind: "publishes", technology: null, channel: null, message: path.split(".").at(-2) ?? null });
}

function celery(source: Source, open: number, start: number, emit: Emit): void {
  const broker = argumentText(source, open, 2, "broker", "broker_url");
  if (broker !== null) emit(start, { kind: "address", value: broker, technology: null, use: "client" });
  const backend = argumentText(source, open, null, "backend", "result_backend");
  if (backend?.includes("://") || backend?.startsWith("${"))
    emit(start, { kind: "address", value: backend, technology: null, use: "client" });
}

/** `shop.tasks.pay` is the function `pay` of a module that only the path of the worker tells. */
function taskNamed(name: Template): { readonly channel: Template | null; readonly message: string | null } {
  const last = /^(?:\w{1,80}\.){1,8}(\w{1,80})$/.exec(name)?.[1];
  return last === undefined ? { channel: name, message: null } : { channel: null, message: last };
}

function task(source: Source, open: number, start: number, emit: Emit): void {
  const name = argumentText(source, open, null, "name");
  const defined =
    /\)[^\n]{0,60}\n(?:[ \t]{0,20}@[^\n]{1,200}\n){0,5}[ \t]{0,20}(?:async )?def[ \t]{1,3}(\w{1,80})/.exec(
      source.bare.slice(open, open + 900),
    )?.[1] ?? null;
  if (name !== null) emit(start, { kind: "consumes", technology: null, ...taskNamed(name) });
  else if (defined !== null) emit(start, { kind: "consumes", technology: null, channel: null, message: defined });
}

/** redis: channels, streams and lists. */
export const redis: Detector = {
  name: "python/redis",
  languages: ["python"],
  words: ["redis"],
  detect(source, emit) {
    if (!importsAny(source, "redis", "aioredis", "coredis", "flask_redis", "django_redis")) return;
    for (const { name, full, receiver, open, start, path } of pythonCalls(source)) {
      if (!path.includes(".") || /^(?:set|queue)$/.test(receiver)) continue;
      const isRedis = /redis/i.test(full) || /redis|pubsub|^r$|cache|conn|client/i.test(receiver);
      if (!isRedis) continue;
      const cue = ways.find(({ names }) => names.test(name));
      if (cue === undefined) continue;
      const found =
        cue.index === "keys"
          ? streamKeys(source, open)
          : channels(source, argumentAt(source, open, cue.index, "name", "channel", "keys", "streamname"));
      for (const channel of found) emit(start, { kind: cue.kind, technology: "redis", channel, message: null });
    }
  },
};

const ways: readonly { readonly names: RegExp; readonly kind: Kind; readonly index: number | "keys" }[] = [
  { names: /^(?:publish|xadd|rpush|lpush|spublish)$/, kind: "publishes", index: 0 },
  { names: /^(?:subscribe|psubscribe|blpop|brpop|lpop|rpop|xread_group)$/, kind: "consumes", index: 0 },
  { names: /^xread$/, kind: "consumes", index: "keys" },
  { names: /^xreadgroup$/, kind: "consumes", index: "keys" },
];

function streamKeys(source: Source, open: number): Template[] {
  const at = argumentAt(source, open, 0, "streams");
  const dict = at !== null && source.bare[at] === "{" ? at : argumentAt(source, open, 2, "streams");
  if (dict === null || source.bare[dict] !== "{") return [];
  const key = /^\{\s{0,20}/.exec(source.bare.slice(dict, dict + 30))?.[0].length ?? 1;
  const text = templateAt(source, dict + key);
  return text === null ? [] : [text];
}

/** NATS, MQTT, Google Pub/Sub, Azure Service Bus. */
export const otherBrokers: Detector = {
  name: "python/other-brokers",
  languages: ["python"],
  words: ["nats", "mqtt", "pubsub", "servicebus"],
  detect(source, emit) {
    const technology = importsAny(source, "nats")
      ? "nats"
      : importsAny(source, "paho", "aiomqtt", "asyncio_mqtt", "gmqtt")
        ? "mqtt"
        : null;
    for (const { name, full, open, start, receiver } of pythonCalls(source)) {
      const first = () => channels(source, argumentAt(source, open, 0, "subject", "topic", "topic_name", "queue_name"));
      if (technology !== null && /^(?:publish|request|subscribe)$/.test(name) && !/pubsub|redis/i.test(receiver)) {
        const names = first();
        if (names.length > 0) send(emit, start, name === "subscribe" ? "consumes" : "publishes", technology, names);
      } else if (
        importsAny(source, "google.cloud.pubsub", "google.cloud.pubsub_v1", "google.cloud") &&
        /^(?:topic_path|subscription_path)$/.test(name)
      ) {
        for (const channel of channels(source, argumentAt(source, open, 1, "topic", "subscription")))
          emit(start, { kind: name === "topic_path" ? "publishes" : "consumes", technology: "pubsub", channel, message: null });
      } else if (
        /^azure\.servicebus\b/.test(full) &&
        /^get_(?:queue|topic)_sender$|^get_(?:queue|subscription)_receiver$/.test(name)
      )
        send(emit, start, name.endsWith("sender") ? "publishes" : "consumes", "servicebus", first());
    }
  },
};

const cloudCalls: ReadonlyMap<string, { readonly kind: Kind; readonly technology: string; readonly key: readonly string[] }> =
  new Map([
    ["send_message", { kind: "publishes" as const, technology: "sqs", key: ["QueueUrl"] }],
    ["send_message_batch", { kind: "publishes" as const, technology: "sqs", key: ["QueueUrl"] }],
    ["receive_message", { kind: "consumes" as const, technology: "sqs", key: ["QueueUrl"] }],
    ["publish", { kind: "publishes" as const, technology: "sns", key: ["TopicArn", "TargetArn"] }],
    ["put_record", { kind: "publishes" as const, technology: "kinesis", key: ["StreamName"] }],
    ["put_records", { kind: "publishes" as const, technology: "kinesis", key: ["StreamName"] }],
  ]);

/** boto3: SQS, SNS, Kinesis and tables of DynamoDB. */
export const aws: Detector = {
  name: "python/aws",
  languages: ["python"],
  words: ["boto3", "botocore", "aioboto"],
  detect(source, emit) {
    for (const { name, open, start, receiver } of pythonCalls(source)) {
      const way = cloudCalls.get(name);
      const channel = way === undefined ? null : argumentText(source, open, null, ...way.key);
      if (way !== undefined && channel !== null)
        emit(start, { kind: way.kind, technology: way.technology, channel: queueName(channel), message: null });
      else if (name === "get_queue_by_name") {
        const queue = argumentText(source, open, null, "QueueName");
        if (queue !== null)
          emit(start, {
            kind: source.code.includes("send_message") ? "publishes" : "consumes",
            technology: "sqs",
            channel: queue,
            message: null,
          });
      } else if (name === "Table" && /dynamo|ddb|resource/i.test(receiver))
        table(emit, start, argumentText(source, open, 0, "name"), "map");
      else if (/^(?:put_item|update_item|delete_item)$/.test(name))
        table(emit, start, argumentText(source, open, null, "TableName"), "write");
      else if (/^(?:get_item|query|scan)$/.test(name)) table(emit, start, argumentText(source, open, null, "TableName"), "read");
    }
  },
};

function table(emit: Emit, start: number, name: Template | null, access: "read" | "write" | "map"): void {
  const cue: CueBody | null =
    name === null || /\s|^\{\}$/.test(name)
      ? null
      : { kind: "table", name, schema: null, access, technology: "dynamodb", entity: null };
  if (cue !== null) emit(start, cue);
}

/** The name at the end of a queue's address or a topic's ARN. */
function queueName(text: Template): Template {
  return /^(?:https?:\/\/|arn:)/.test(text) ? (text.split(/[/:]/).at(-1) ?? text) : text;
}
