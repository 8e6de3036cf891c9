import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { argumentOffsets } from "./argument-offsets.js";
import { type CallSite, callsOf } from "./calls-of.js";
import { type ClassSite, classesOf } from "./classes.js";
import { bindingsOf, imports, isRelative } from "./imports.js";
import { routed } from "./routed.js";
import { textAt } from "./text-at.js";
import { declaredTypes } from "./types-of.js";

const publishMethods =
  /^(?:publish|publishMessage|publishEvent|publishAsync|sendMessage|sendEvent|emitEvent|produce|produceMessage|enqueue|send|emit|dispatchEvent|publishOne|add)$/;
const publishers =
  /(?:publisher|producer|messagebus|servicebus|messagebroker|broker|rabbitmq|kafka|amqp|eventstream|messageclient|messaging|outbox)\w{0,30}$/i;
const consumeMethods = /^(?:consumeMessage|consume|subscribe|subscribeTo|listen|addConsumer|registerConsumer|registerHandler)$/;
const consumers = /(?:consumer|subscriber|listener|messagebus|servicebus|broker|rabbitmq|kafka|amqp|messaging)\w{0,30}$/i;

/** Wrappers of one's own around a broker: what they are handed says which message goes where. */
export const ownMessaging: Detector = {
  name: "javascript/own-messaging",
  languages: ["javascript"],
  words: ["ublish", "onsum", "roducer", "istener", "ubscri", "Queue", "Worker"],
  detect(source, emit) {
    const own = ownFunctions(source);
    for (const call of callsOf(source)) {
      if (call.isNew) continue;
      if (call.receiver === "" || own.has(call.receiver) || (ownSender.test(call.receiver) && sending.test(call.name)))
        sentByFunction(source, call, own, emit);
      if (call.receiver !== "") handled(source, call, emit);
    }
    for (const site of classesOf(source)) messageClass(source, site, emit);
    namedQueues(source, emit);
  },
};

/** `bus.publish(new OrderCreated())`, `eventBus.publish("order.created", data)`. */
function handled(source: Source, call: CallSite, emit: Emit): void {
  const [first, second] = argumentOffsets(source, call.open);
  if (first === undefined) return;
  const isPublish = publishMethods.test(call.name);
  if (!isPublish && !consumeMethods.test(call.name)) return;
  const kind = isPublish ? "publishes" : "consumes";
  if ((isPublish ? publishers : consumers).test(call.receiver)) {
    const message = messageAt(source, first);
    if (message !== null) emit(call.start, { kind, technology: null, channel: null, message });
  }
  // Brokers whose library is used in this file are read by their own detectors.
  if (
    second === undefined ||
    imports(source, ...libraries) ||
    !textBus.test(call.receiver) ||
    !/^(?:publish|emit|send|produce|subscribe|consume)\w{0,20}$/.test(call.name)
  )
    return;
  const channel = channelAt(source, first);
  if (channel !== null) emit(call.start, { kind, technology: null, channel, message: null });
}

const libraries = [
  "@nestjs/cqrs",
  "@nestjs/event-emitter",
  "events",
  "node:events",
  "eventemitter2",
  "eventemitter3",
  "kafkajs",
  "amqplib",
  "nats",
  "mqtt",
  "redis",
  "ioredis",
  "rxjs",
  "mitt",
];
const textBus =
  /^(?:_?(?:event|message|service)(?:Bus|Broker|Publisher|Producer|Consumer|Subscriber|Client)|(?:\w{1,30})?(?:[mM]essageBroker|[rR]abbit\w{0,20}|[kK]afka\w{0,20}|[pP]ublisher|[pP]roducer|[aA]mqp\w{0,20}))$/;

/** A name with parts, or a constant: no sentence, no single word. */
function channelAt(source: Source, at: number): string | null {
  const text = textAt(source, at);
  return text !== null &&
    /^\$\{const:[\w.]{1,120}\}$|^(?=.{3,430}$)(?!.*[.:/]{2})[A-Za-z][\w-]{0,60}[.:_/-][\w.:/-]{0,365}[\w-]$/.test(text)
    ? text
    : null;
}

/** A field that is named for sending and of no library. */
const ownSender = /^_?[a-z]\w{0,40}(?:Producer|Publisher)(?:Service)?$/;

const sending =
  /^(?:publish|produce|enqueue)\w{0,40}$|^send(?:To|Message(?:To)?)?(?:Queue|Topic|Exchange|Kafka|Rabbit(?:MQ|Mq)?)$/;
const receiving =
  /^(?:consume|subscribeTo)\w{0,40}$|^(?:setup|create|start|init|register|add|bind)\w{0,30}(?:Consumer|Subscriber|Listener)$/;

/** Functions of this component that are named like sending: `publishDirectMessage(channel, "orders", "created", text)`. */
function ownFunctions(source: Source): ReadonlySet<string> {
  const imported = bindingsOf(source).flatMap(({ local, module }) => (isRelative(module) ? [local] : []));
  const declared = [...source.bare.matchAll(/(?<![\w$.])function\s{1,9}([A-Za-z_$][\w$]{0,80})\s{0,3}\(/g)].map(
    (match) => match[1] ?? "",
  );
  return new Set([...imported, ...declared.slice(0, 500)]);
}

function sentByFunction(source: Source, call: CallSite, own: ReadonlySet<string>, emit: Emit): void {
  const isSending = sending.test(call.name);
  if (
    (!isSending && !receiving.test(call.name)) ||
    (call.receiver === "" && !own.has(call.name)) ||
    /\.[jt]sx$/.test(source.path)
  )
    return;
  const texts = argumentOffsets(source, call.open)
    .slice(0, 4)
    .map((at) => channelAt(source, at));
  const from = texts.findIndex((text) => text !== null);
  const [place, route] = from < 0 || from > 1 ? [null, null] : [texts[from] ?? null, texts[from + 1] ?? null];
  const sent = routed(place, route);
  if (sent !== null) emit(call.start, { kind: isSending ? "publishes" : "consumes", technology: null, ...sent });
}

/** `new OrderCreated(…)`, or the class itself. */
function messageAt(source: Source, at: number): string | null {
  const made = /^(?:new\s{1,9})?(?:[\w$]{1,60}\.)?([A-Z][a-z][\w$]{2,80})\s{0,3}(?=[(),])/.exec(source.bare.slice(at, at + 200));
  const name = made?.[1] ?? null;
  return name === null ||
    /^(?:JSON|Buffer|Object|String|Date|Error|Array|Map|Set|Promise|Message|Number|Kafka\w{0,20}|Uint8Array)$/.test(name)
    ? null
    : name;
}

const publisherBase = /^(?:Abstract|Base|Nats|Kafka|Rabbit|RabbitMQ|Redis|Event|Message)?(?:Publisher|Producer)(?:Base)?$/;
const listenerBase =
  /^(?:Abstract|Base|Nats|Kafka|Rabbit|RabbitMQ|Redis|Event|Message)?(?:Listener|Consumer|Subscriber)(?:Base)?$/;

/** `class TicketCreatedPublisher extends Publisher<TicketCreated> { subject = Subjects.TicketCreated }`. */
function messageClass(source: Source, site: ClassSite, emit: Emit): void {
  const kind = publisherBase.test(site.base) ? "publishes" : listenerBase.test(site.base) ? "consumes" : null;
  if (kind === null || imports(source, "@nestjs/cqrs")) return;
  const body = source.bare.slice(site.open, Math.min(site.end, site.open + 3000));
  const field =
    /(?:^|[;{\n])\s{0,40}(?:(?:public|protected|private|readonly|override|static)\s{1,9}){0,3}(?:subject|topic|channel|queue|queueName|topicName|exchange|eventName|routingKey)(?:\s{0,3}:\s{0,3}[\w.<>|]{1,80})?\s{0,3}=\s{0,9}/.exec(
      body,
    );
  const channel = field === null ? null : textAt(source, site.open + field.index + field[0].length);
  if (channel === null && site.baseOf === "") return;
  const technology = imports(source, "node-nats-streaming", "nats") ? "nats" : imports(source, "kafkajs") ? "kafka" : null;
  emit(site.start, { kind, technology, channel, message: site.baseOf === "" ? null : site.baseOf });
}

const queueBase = /^\w{0,40}(?:Queue|Worker|Consumer|Producer|Publisher)\w{0,20}$/;
const queueType = /^[A-Z]\w{1,60}(?:Queue|QueueService|Producer|ProducerService)$/;

/**
 * A class that hands the name of its queue to its base (`super(Topics.MAIL)`) stands for that queue: it becomes a constant of the class's name,
 * and who adds through a field of that type, or extends it as a worker, names the class.
 */
function namedQueues(source: Source, emit: Emit): void {
  for (const site of classesOf(source)) {
    if (!queueBase.test(site.base)) continue;
    const body = source.bare.slice(site.open, Math.min(site.end, site.open + 4000));
    const call = /(?<![\w$.])super\s?\(/.exec(body);
    const first = call === null ? undefined : argumentOffsets(source, site.open + call.index + call[0].length - 1)[0];
    const channel = first === undefined ? null : textAt(source, first);
    if (channel !== null && /^(?:\$\{const:[\w.]{1,120}\}|[\w.:-]{2,80})$/.test(channel))
      emit(site.start, { kind: "constant", name: site.name, value: channel });
    else if (/^[A-Z]\w{1,60}Worker(?:Service)?$/.test(site.base) && !/^(?:Base|Abstract)|Base/.test(site.base))
      emit(site.start, { kind: "consumes", technology: null, channel: `\${const:${site.base}}`, message: null });
  }
  const queues = new Map(
    declaredTypes(source).flatMap(({ name, type }) =>
      queueType.test(type) && !/^(?:Queue|Base|Abstract)/.test(type) ? [[name, type] as const] : [],
    ),
  );
  for (const call of callsOf(source)) {
    const type = queues.get(call.receiver);
    if (type !== undefined && /^(?:add|addBulk|enqueue|publish|produce|send)$/.test(call.name))
      emit(call.start, { kind: "publishes", technology: null, channel: `\${const:${type}}`, message: null });
  }
}
