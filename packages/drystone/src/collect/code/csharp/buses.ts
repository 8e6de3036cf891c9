/** Messages by their type: MassTransit, NServiceBus, Rebus, EasyNetQ, event buses and publishers of a system's own. */
import { matches } from "../common/matches.js";
import type { Template } from "../cue.js";
import type { Detector, Emit } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import type { Source } from "../source.js";
import { type Call, callsOf, typesAt } from "./calls.js";
import { lastName, structureOf } from "./structure.js";
import { valueAt } from "./values.js";

const languages = ["csharp"] as const;

/** Interfaces whose implementations get messages from a bus. */
const handlerBases =
  /\b(?:IConsumer|IJobConsumer|IHandleMessages|IAmStartedByMessages|InitiatedBy|Orchestrates|IIntegrationEventHandler|IConsumeAsync|IConsume|IMessageHandlerAsync|IIntegrationHandler|IntegrationEventHandler)<\s{0,5}([A-Za-z_][\w.]{0,120})\s{0,5}>/g;

export const busHandlers: Detector = {
  name: "csharp/bus-handlers",
  languages,
  words: [
    "IConsumer<",
    "IJobConsumer<",
    "ByMessages<",
    "HandleMessages<",
    "InitiatedBy<",
    "Orchestrates<",
    "IIntegrationEventHandler<",
    "IConsume",
    "IntegrationEventHandler<",
    "IMessageHandlerAsync<",
    "IIntegrationHandler<",
    "MassTransitStateMachine",
  ],
  detect(source, emit) {
    for (const type of structureOf(source).types) {
      if (type.word === "interface") continue;
      // `IConsumer<string, string>` of Kafka has two types and does not fit.
      for (const match of type.bases.matchAll(handlerBases)) consumes(emit, type.nameAt, match[1]);
      if (!/\bMassTransitStateMachine</.test(type.bases) || type.body === null) continue;
      sentBySaga(source, emit, type.body);
      for (const event of source.bare
        .slice(type.body.open, type.body.close)
        .matchAll(/\b(?:public|private|internal|protected)\s{1,9}Event<([\w.]{1,120})>/g))
        consumes(emit, type.body.open + event.index, event[1]);
    }
  },
};

/** `.Publish(context => new OrderPlaced { … })` and `.Send(queue, context => context.Init<PayOrder>(…))` in the chain of a state. */
function sentBySaga(source: Source, emit: Emit, body: { readonly open: number; readonly close: number }): void {
  for (const call of callsOf(source, "Publish(?:Async)?|Send(?:Async)?|Respond(?:Async)?|Request")) {
    if (call.start < body.open || call.start > body.close || call.receiver !== "") continue;
    const end = structureOf(source).closeOf(call.open);
    const made = /=>[\s{]{0,200}(?:return\s{1,9})?(?:\w{1,40}\.Init<|\(?\s{0,9}new\s{1,9})([A-Za-z][\w.]{0,140})/.exec(
      source.bare.slice(call.open, Math.min(end, call.open + 1500)),
    )?.[1];
    const message = messageName(made);
    if (message !== null) emit(call.start, { kind: "publishes", technology: null, channel: null, message });
  }
}

/** `eventBus.Subscribe<OrderPlaced, OrderPlacedHandler>()`, `AddSubscription<…>()`, `bus.PubSub.SubscribeAsync<OrderPlaced>("id", …)`. */
export const busSubscriptions: Detector = {
  name: "csharp/bus-subscriptions",
  languages,
  words: ["Subscribe", "AddSubscription", "AddConsumer<"],
  detect(source, emit) {
    for (const call of callsOf(source, "Subscribe(?:Async|ToEvent)?|AddSubscription|SubscribeEvent|SubscribeMessage")) {
      if (call.generic === "") continue;
      const [message, handler] = call.generic.split(",").map((one) => one.trim());
      const isBus =
        busName.test(call.receiver) ||
        call.receiver === "PubSub" ||
        /Handler$|Consumer$/.test(handler ?? "") ||
        call.name === "AddSubscription";
      if (isBus && !inProcess(source, call)) consumes(emit, call.start, message);
    }
  },
};

function consumes(emit: Emit, offset: number, type: string | undefined): void {
  const message = messageName(type);
  if (message !== null) emit(offset, { kind: "consumes", technology: null, channel: null, message });
}

const busName =
  /^_{0,2}(?:\w{0,40}(?:[bB]us|[pP]ublisher|[pP]ublishEndpoint|[pP]roducer|[sS]endEndpoint(?:Provider)?|[bB]usControl|[mM]essageSession|[eE]ndpointInstance|[mM]essageBroker|[mM]essageSender|[eE]ventSender|[bB]roker|[oO]utbox\w{0,20}|[iI]ntegrationEvent\w{0,30}|[eE]ventService|[mM]assTransit\w{0,20}|[eE]ventPublishing\w{0,20}|PubSub))$/;
const publishing =
  "Publish(?:Async|Event|EventAsync|Message|MessageAsync|IntegrationEventAsync|IntegrationEvent|ThroughEventBusAsync|ThroughEventBus|Batch|BatchAsync)?|Send(?:Async|Message|MessageAsync|Event|EventAsync|Command|CommandAsync|Local)?|Produce(?:Async)?|Enqueue(?:Async|Event|EventAsync|Message|MessageAsync)?|Emit(?:Async)?|Raise(?:Async|Event|EventAsync)?|Dispatch(?:Async|Event)?|AddAndSaveEventAsync|SaveEventAsync|SaveEventAndDb\\w{0,30}|Add(?:Event|EventAsync|IntegrationEvent|IntegrationEventAsync|Message|MessageAsync)|ScheduleSend|SchedulePublish|AddAsync|SaveAsync|StoreAsync";

/** Publishes of a constructed or declared message type on something that is named or typed like a bus. */
export const busPublishes: Detector = {
  name: "csharp/bus-publishes",
  languages,
  words: ["ublish", "Send", "Produce", "Enqueue", "Emit", "Raise", "Dispatch", "AddAndSaveEvent", "SaveEvent"],
  detect(source, emit) {
    for (const call of callsOf(source, publishing)) {
      if (!isBus(source, call) || inProcess(source, call)) continue;
      // Names like these are also what an outbox or any list has: only what is plainly a message counts.
      const isVague = /^(?:Add|Save|Store|Enqueue|Dispatch|Raise|Emit)/.test(call.name);
      const messages = messagesOf(source, call);
      if (messages.length === 0 && call.name.startsWith("Publish") && sendsWhatComes(source, call))
        emit(call.start, { kind: "publishes", technology: null, channel: null, message: null });
      for (const message of messages)
        if (!isVague || /(?:Event|Message|Command|Notification)$/.test(message))
          emit(call.start, { kind: "publishes", technology: null, channel: channelOf(source, call), message });
    }
    for (const call of callsOf(source, "GetResponse|CreateRequestClient|AddRequestClient")) {
      const message = messageName(call.name === "GetResponse" ? undefined : call.generic);
      if (message !== null && /MassTransit|IRequestClient/.test(source.bare))
        emit(call.start, { kind: "publishes", technology: null, channel: null, message });
    }
  },
};

function isBus(source: Source, { receiver, path, start }: Call): boolean {
  if (receiver === "PubSub" || receiver === "SendReceive") return /bus|rabbit/i.test(path);
  const type = structureOf(source).typeOf(receiver, start);
  if (
    type !== null &&
    /^(?:I?(?:Mediator|Sender|Session|Hub\w{0,20})|IDomainEvent\w{0,30}|I?\w{0,30}Dispatcher|HttpClient|SmtpClient|Channel|Socket)$/.test(
      lastName(type),
    )
  )
    return false;
  if (type !== null && lastName(type) === "IPublisher") return !/\busing\s{1,5}Mediat(?:R|or)\b/.test(source.bare);
  if (busName.test(receiver)) return true;
  // The context of a consumer publishes too.
  return /^(?:context|ctx|consumeContext)$/i.test(receiver) && /\bConsumeContext\b|\bIMessageHandlerContext\b/.test(source.bare);
}

/** Mediators, dispatchers of domain events and buses for commands and queries stay inside of the program. */
function inProcess(source: Source, { path, receiver, start }: Call): boolean {
  return (
    /mediator|dispatcher|domainEvent|inMemory|inProcess|notifier|localEvent|(?:command|query|internal\w{0,10})(?:bus|processor|sender)/i.test(
      path,
    ) ||
    /Mediat|InMemory|DomainEvent|ILocalEventBus|^I?(?:Command|Query|Internal\w{0,10})(?:Bus|Processor|Sender)$/.test(
      structureOf(source).typeOf(receiver, start) ?? "",
    )
  );
}

/** The type given to the method, else those of the first argument that has one. */
function messagesOf(source: Source, { open, generic }: Call): string[] {
  const named = messageName(generic.split(",")[0]?.trim());
  if (named !== null) return [named];
  for (const offset of argumentOffsets(source, open).slice(0, 4)) {
    const types = typesAt(source, offset).flatMap((type) => (isAbstract(type) ? [] : (messageName(type) ?? [])));
    if (types.length > 0) return [...new Set(types)];
  }
  return [];
}

/** `foreach (var e in events) bus.Publish(e.Type, e)`: the variable of the loop is what is sent. */
function sendsWhatComes(source: Source, { open, start }: Call): boolean {
  const loop = /\bforeach\s{0,3}\(\s{0,5}[\w.<>]{1,60}\s{1,5}(\w{1,40})\s{1,5}in\b/g;
  const before = source.bare.slice(Math.max(0, start - 600), start);
  const variables = [...before.matchAll(loop)].flatMap(([, variable]) => variable ?? []);
  return argumentOffsets(source, open)
    .slice(0, 3)
    .some((offset) => variables.includes(/^(\w{1,40})\s{0,5}[,)]/.exec(source.bare.slice(offset, offset + 60))?.[1] ?? ""));
}

/** What a variable is declared as in code for any message: an interface, a factory, a method. */
function isAbstract(type: string): boolean {
  return /^I[A-Z]\w{0,60}(?:Event|Command|Message|Notification|Envelope)(?:Base)?$|(?:Factory|Builder|Options|Extensions)$|^(?:Publish|Send|Dispatch|Enqueue|Emit)(?:Async)?$/.test(
    lastName(type),
  );
}

/** Names that stand for any message, and types that are none. */
const general =
  /^(?:I?(?:Integration|Domain|Base|Application|Distributed)?(?:Event|Message|Command|Notification)(?:Base|Envelope|Data)?|T[A-Z]?\w{0,20}|object|Object|string|String|int|long|Guid|byte|Byte|bool|var|dynamic|JObject|CancellationToken|CancellationTokenSource|Exception|Type|DateTime|TimeSpan|Uri|List|IEnumerable|ICollection|IList|Dictionary|Task|Func|Action|StringContent|HttpRequestMessage|MailMessage|MimeMessage|EmailMessage|Body|ReadOnlyMemory|Span|Stream|ServiceBusMessage|ServiceBusMessageBatch|EventData|Message\w{0,3}|OutboxMessage|IntegrationEventLogEntry|EventEnvelope|EventMetadata|BasicProperties|IBasicProperties|ProducerConfig|Headers|IDbContextTransaction)$/;

function messageName(type: string | undefined): string | null {
  if (type === undefined || type === "") return null;
  const name = lastName(type);
  return /^[A-Z]\w{2,100}$/.test(name) && !(general.test(name) && !/^T[a-z]/.test(name)) ? name : null;
}

/** A first text that looks like the name of a topic. */
function channelOf(source: Source, { open }: Call): Template | null {
  const first = argumentOffsets(source, open)[0];
  if (first === undefined || argumentOffsets(source, open).length < 2) return null;
  const isText =
    source.stringAt(first) !== null ||
    /^[A-Z]\w{1,60}(?:\.[A-Z]\w{1,60}){1,3}\s{0,5},/.test(source.bare.slice(first, first + 200));
  const value = isText ? valueAt(source, first) : null;
  return value !== null && /^(?:\$\{const:[\w.]{1,120}\}|[\w./:-]{2,120})$/.test(value) ? value : null;
}

/** `switch (messageType) { case "OrderPlaced": … }` in what gets messages as text. */
export const messageSwitches: Detector = {
  name: "csharp/message-switches",
  languages,
  words: ["switch", "MessageHandler", "MessageConsumer", "MessageListener"],
  detect(source, emit) {
    takesAll(source, emit);
    if (
      !/\bI?Message(?:Handler|Consumer|Receiver|Listener|Processor)\w{0,20}|\bBasicDeliver\w{0,20}|\bConsumeResult\b|\bServiceBusReceivedMessage\b|\bProcessMessageEventArgs\b|\bEventProcessor\b/.test(
        source.bare,
      )
    )
      return;
    for (const match of matches(
      source.bare,
      /(?:\bswitch\s{0,3}\(\s{0,5}|\b)(?:\w{1,40}\.){0,4}(?:message|event|routing|msg|evt)_?(?:Type|Name|Key)\w{0,10}(?:\.\w{1,30}(?:\(\))?)?\s{0,5}(?:\)|switch\b)\s{0,60}(?=\{)/gi,
    )) {
      if (!match[0].includes("switch")) continue;
      const open = match.index + match[0].length;
      const close = Math.min(structureOf(source).closeOf(open), open + 20_000);
      const cases =
        /(?:\bcase\s{1,9}(?:"([A-Z]\w{2,80})"|nameof\(\s{0,5}[\w.]{0,80}?(\w{3,80})\s{0,5}\))\s{0,9}(?::|when\b)|(?<=[{,]\s{0,80})(?:"([A-Z]\w{2,80})"|nameof\(\s{0,5}[\w.]{0,80}?(\w{3,80})\s{0,5}\))\s{0,9}=>)/g;
      cases.lastIndex = open;
      for (let one = cases.exec(source.code); one !== null && one.index < close; one = cases.exec(source.code))
        emit(one.index, {
          kind: "consumes",
          technology: null,
          channel: null,
          message: one[1] ?? one[2] ?? one[3] ?? one[4] ?? null,
        });
    }
  },
};

/** `HandleMessageAsync(string messageType, string message)` of a handler that never asks for the type: it takes whatever comes. */
function takesAll(source: Source, emit: Emit): void {
  for (const { word, bases, body } of structureOf(source).types) {
    if (word !== "class" || body === null || !/\bI\w{0,30}Message(?:Handler|Consumer|Listener)(?:Callback)?\b(?!<)/.test(bases))
      continue;
    const text = source.bare.slice(body.open, body.close);
    const method =
      /\b\w{0,30}(?:Handle|Receive|Process|Consume)\w{0,30}\(\s{0,20}string\s{1,5}((?:message|event|msg)Type)\s{0,5},\s{0,20}string\s{1,5}\w{1,40}\s{0,5}[,)]/.exec(
        text,
      );
    const type = method?.[1];
    if (method === null || type === undefined) continue;
    const asks = new RegExp(
      `switch\\s{0,3}\\(\\s{0,5}${type}\\b|\\b${type}\\s{0,5}(?:switch|==|\\.Equals|\\.StartsWith)|\\b\\w{1,40}\\[${type}\\]|(?:TryGetValue|ContainsKey|GetType)\\(\\s{0,5}${type}\\b`,
    );
    if (!asks.test(text)) emit(body.open + method.index, { kind: "consumes", technology: null, channel: "#", message: null });
  }
}
