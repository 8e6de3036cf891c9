import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { connectionOf, emitAddresses } from "./addresses.js";
import { type CallSite, callsOf } from "./calls-of.js";
import { imports, localsOf } from "./imports.js";
import { argumentAt, argumentText, propertiesAt, propertyText } from "./values.js";

/** How the calls of one broker's libraries look. */
interface Broker {
  readonly technology: string;
  readonly modules: readonly string[];
  readonly connects: RegExp;
  readonly publishes: RegExp;
  readonly consumes: RegExp;
  /** What sends and receives is named like this. */
  readonly receiver: RegExp;
}

const list: readonly Broker[] = [
  {
    technology: "nats",
    modules: ["nats", "@nats-io/*", "node-nats-streaming", "nats.ws", "ts-nats"],
    connects: /^connect$/,
    publishes: /^(?:publish|request|requestMany)$/,
    consumes: /^subscribe$/,
    receiver: /nats|nc$|stan|^js$|jetstream|conn|client|bus|broker/i,
  },
  {
    technology: "mqtt",
    modules: ["mqtt", "async-mqtt"],
    connects: /^(?:connect|connectAsync)$/,
    publishes: /^(?:publish|publishAsync)$/,
    consumes: /^(?:subscribe|subscribeAsync)$/,
    receiver: /mqtt|client|conn|broker/i,
  },
];

/** NATS and MQTT. */
export const brokers: Detector = {
  name: "javascript/brokers",
  languages: ["javascript"],
  words: ["nats", "mqtt"],
  detect(source, emit) {
    for (const broker of list) {
      if (!imports(source, ...broker.modules)) continue;
      for (const call of callsOf(source)) brokerCall(source, call, broker, emit);
    }
  },
};

function brokerCall(
  source: Source,
  call: CallSite,
  { technology, modules, connects, publishes, consumes, receiver }: Broker,
  emit: Emit,
): void {
  if (
    connects.test(call.name) &&
    (call.receiver === "" ? localsOf(source, modules).has(call.name) : receiver.test(call.receiver))
  ) {
    emitAddresses(emit, call.start, technology, connectionOf(source, call.open));
    emit(call.start, {
      kind: "store-client",
      technology,
      library: modules.find((module) => imports(source, module)) ?? technology,
      database: null,
    });
    return;
  }
  const kind = publishes.test(call.name) ? "publishes" : consumes.test(call.name) ? "consumes" : null;
  if (kind === null || !receiver.test(call.receiver)) return;
  const channel = argumentText(source, call.open, 0);
  if (channel !== null && !/\s/.test(channel)) emit(call.start, { kind, technology, channel, message: null });
}

/** Amazon SQS, SNS, Kinesis and EventBridge, Google Pub/Sub, Azure Service Bus and Event Hubs. */
export const cloudMessages: Detector = {
  name: "javascript/cloud-messages",
  languages: ["javascript"],
  words: [
    "aws-sdk",
    "@google-cloud/pubsub",
    "@azure/service-bus",
    "@azure/event-hubs",
    "sqs-consumer",
    "@ssut/nestjs-sqs",
    "sqs-producer",
  ],
  detect(source, emit) {
    const isAws = imports(source, "aws-sdk", "@aws-sdk/*", "sqs-consumer", "sqs-producer");
    const isGoogle = imports(source, "@google-cloud/pubsub");
    const isAzure = imports(source, "@azure/service-bus", "@azure/event-hubs");
    for (const call of callsOf(source)) {
      if (isAws) awsCall(source, call, emit);
      if (isGoogle) googleCall(source, call, emit);
      if (isAzure) azureCall(source, call, emit);
    }
  },
};

const awsOperations: readonly {
  readonly names: RegExp;
  readonly kind: "publishes" | "consumes";
  readonly technology: string;
  readonly keys: readonly string[];
}[] = [
  { names: /^(?:SendMessage(?:Batch)?Command|sendMessage(?:Batch)?)$/, kind: "publishes", technology: "sqs", keys: ["QueueUrl"] },
  { names: /^(?:ReceiveMessageCommand|receiveMessage)$/, kind: "consumes", technology: "sqs", keys: ["QueueUrl"] },
  {
    names: /^(?:Publish(?:Batch)?Command|publish(?:Batch)?)$/,
    kind: "publishes",
    technology: "sns",
    keys: ["TopicArn", "TargetArn"],
  },
  { names: /^(?:PutRecords?Command|putRecords?)$/, kind: "publishes", technology: "kinesis", keys: ["StreamName", "StreamARN"] },
  {
    names: /^(?:GetShardIteratorCommand|getShardIterator)$/,
    kind: "consumes",
    technology: "kinesis",
    keys: ["StreamName", "StreamARN"],
  },
];

function awsCall(source: Source, call: CallSite, emit: Emit): void {
  for (const { names, kind, technology, keys } of awsOperations) {
    if (!names.test(call.name)) continue;
    const channel = propertyText(source, propertiesAt(source, argumentAt(source, call.open, 0)), ...keys);
    if (channel !== null) emit(call.start, { kind, technology, channel, message: null });
  }
  const queue =
    call.path === "Consumer.create" || call.path === "Producer.create"
      ? propertyText(source, propertiesAt(source, argumentAt(source, call.open, 0)), "queueUrl")
      : null;
  if (queue !== null)
    emit(call.start, {
      kind: call.path === "Consumer.create" ? "consumes" : "publishes",
      technology: "sqs",
      channel: queue,
      message: null,
    });
}

function googleCall(source: Source, call: CallSite, emit: Emit): void {
  if (call.name !== "topic" && call.name !== "subscription") return;
  const channel = argumentText(source, call.open, 0);
  if (channel !== null)
    emit(call.start, { kind: call.name === "topic" ? "publishes" : "consumes", technology: "pubsub", channel, message: null });
}

function azureCall(source: Source, call: CallSite, emit: Emit): void {
  const isHub = call.isNew && /^EventHub(?:Producer|Consumer|BufferedProducer)Client$/.test(call.name);
  const names = new Map<string, "publishes" | "consumes">([
    ["createSender", "publishes"],
    ["createReceiver", "consumes"],
    ["acceptSession", "consumes"],
    ["acceptNextSession", "consumes"],
  ]);
  const kind = isHub ? (call.name.includes("Producer") ? "publishes" : "consumes") : names.get(call.name);
  if (kind === undefined) {
    if (call.isNew && call.name === "ServiceBusClient") {
      emitAddresses(emit, call.start, "servicebus", connectionOf(source, call.open));
      emit(call.start, { kind: "store-client", technology: "servicebus", library: "@azure/service-bus", database: null });
    }
    return;
  }
  const channel = argumentText(source, call.open, isHub ? (call.name.includes("Consumer") ? 2 : 1) : 0);
  if (channel !== null) emit(call.start, { kind, technology: isHub ? "eventhubs" : "servicebus", channel, message: null });
}
