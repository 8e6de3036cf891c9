/** Events and commands by the type of the message: Eventuate, Axon, own buses. */
import type { Detector } from "../detector.js";
import { argumentTexts } from "./arguments.js";
import { matches } from "./matches.js";
import { messageOf } from "./message-types.js";
import { structureOf } from "./structure.js";
import { argument } from "./values.js";

/** Eventuate Tram: aggregates are channels, named by the full name of their class; commands have channels of their own. */
export const eventuate: Detector = {
  name: "java/eventuate",
  languages: ["java", "kotlin"],
  words: ["io.eventuate"],
  detect(source, emit) {
    const { bare } = source;
    const imports = importsOf(bare);
    const inPackage = /^\s{0,9}package\s{1,9}([\w.]{1,160})/m.exec(bare)?.[1];
    const fullName = (type: string): string => imports.get(type) ?? (inPackage === undefined ? type : `${inPackage}.${type}`);
    const nameOfClass = (text: string): string | null => {
      const type = /^([A-Z]\w{0,80})(?:\.class|::class)/.exec(text)?.[1];
      return type === undefined ? null : fullName(type);
    };
    for (const match of matches(bare, /\.\s{0,60}(?:forAggregateType|andForAggregateType|fromChannel)\s{0,3}(?=\()/g)) {
      const open = match.index + match[0].length;
      const channel = nameOfClass(argumentTexts(source, open)[0] ?? "") ?? argument(source, open, 0);
      if (channel !== null) emit(match.index, { kind: "consumes", technology: "eventuate", channel, message: null });
    }
    for (const match of matches(bare, /\.\s{0,60}(?:onEvent|onMessage)\s{0,3}\(\s{0,60}([A-Z]\w{1,80})(?:\.class|::class)/g))
      emit(match.index, { kind: "consumes", technology: "eventuate", channel: null, message: match[1] ?? null });
    for (const match of matches(
      bare,
      /\b\w{0,60}(?:[eE]ventPublisher)\s{0,60}\.\s{0,60}publish\s{0,3}(?=\(\s{0,60}(?:[A-Z]\w{1,80}(?:\.class|::class)|__))/g,
    )) {
      const open = match.index + match[0].length;
      const texts = argumentTexts(source, open);
      const made = /\bnew\s{1,9}([A-Z]\w{1,80})\s{0,3}\(/.exec(texts.slice(1).join(","))?.[1] ?? null;
      emit(match.index, {
        kind: "publishes",
        technology: "eventuate",
        channel: nameOfClass(texts[0] ?? "") ?? argument(source, open, 0),
        message: made,
      });
    }
    // `extends AbstractAggregateDomainEventPublisher<Order, OrderDomainEvent>`: what is published through it goes to the channel of the aggregate.
    for (const { heritage, nameAt } of structureOf(source).types) {
      const aggregate = /AbstractAggregateDomainEventPublisher\s{0,3}<\s{0,9}([A-Z]\w{0,80})\s{0,5},\s{0,9}([A-Z]\w{0,80})/.exec(
        heritage,
      );
      if (aggregate?.[1] === undefined) continue;
      emit(nameAt, { kind: "publishes", technology: "eventuate", channel: fullName(aggregate[1]), message: null });
    }
    // Sagas send commands to the channel of a participant.
    for (const match of matches(
      bare,
      /\bCommandEndpointBuilder\s{0,60}\.\s{0,60}forCommand\s{0,3}\(\s{0,60}([A-Z]\w{1,80})(?:\.class|::class)/g,
    )) {
      const to = /\.\s{0,60}withChannel\s{0,3}(?=\()/.exec(bare.slice(match.index, match.index + 400));
      const channel = to === null ? null : argument(source, match.index + to.index + to[0].length, 0);
      if (channel !== null) emit(match.index, { kind: "publishes", technology: "eventuate", channel, message: match[1] ?? null });
    }
    for (const match of matches(
      bare,
      /(?<![\w.])(?:CommandWithDestinationBuilder\s{0,9}\.\s{0,9})?send\s{0,3}\(\s{0,60}new\s{1,9}([A-Z]\w{1,80})\s{0,3}\(/g,
    )) {
      const to = /^[^;]{0,400}?\.\s{0,60}to\s{0,3}(?=\()/.exec(bare.slice(match.index, match.index + 500));
      const channel = to === null ? null : argument(source, match.index + to[0].length, 0);
      if (channel !== null) emit(match.index, { kind: "publishes", technology: "eventuate", channel, message: match[1] ?? null });
    }
  },
};

function importsOf(bare: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of matches(bare, /\bimport\s{1,5}([\w.]{1,200})\.([A-Z]\w{0,80})\s{0,5}(?=[;\n])/g))
    found.set(match[2] ?? "", `${match[1] ?? ""}.${match[2] ?? ""}`);
  return found;
}

/** Axon: handlers take the message as parameter, gateways send it. */
export const axon: Detector = {
  name: "java/axon",
  languages: ["java", "kotlin"],
  words: ["org.axonframework"],
  detect(source, emit) {
    for (const { annotations, parameters } of structureOf(source).annotated) {
      const handler = annotations.find(({ name }) =>
        /^(?:EventHandler|CommandHandler|QueryHandler|SagaEventHandler)$/.test(name),
      );
      if (handler === undefined || parameters === null) continue;
      const text = argumentTexts(source, parameters)[0]?.replace(/@\w{1,40}(?:\([^()]{0,80}\))?\s{0,9}/g, "") ?? "";
      const message = /:\s{0,5}([A-Z]\w{1,80})/.exec(text)?.[1] ?? /^(?:final\s{1,5})?([A-Z]\w{1,80})/.exec(text)?.[1];
      if (message !== undefined) emit(handler.start, { kind: "consumes", technology: "axon", channel: null, message });
    }
    for (const match of matches(
      source.bare,
      /(?:\b\w{0,60}[gG]ateway\s{0,60}\.\s{0,60}(?:send|sendAndWait|query|publish)|\b(?:AggregateLifecycle\s{0,3}\.\s{0,3})?apply)\s{0,3}(?=\(\s{0,60}(?:new\s|[A-Z]|[a-z]\w{0,60}\s{0,3}[,)]))/g,
    )) {
      const texts = argumentTexts(source, match.index + match[0].length);
      const message = messageOf(source, texts.slice(0, 1));
      if (message !== null) emit(match.index, { kind: "publishes", technology: "axon", channel: null, message });
    }
  },
};

/** Own buses: `messagePublisher.publish(new OrderCreated(…))`. Spring's own publisher stays inside of the program. */
export const ownBuses: Detector = {
  name: "java/own-buses",
  languages: ["java", "kotlin", "scala"],
  words: [".publish(", ".send(", ".emit(", ".produce(", ".dispatch(", ".sendEvent(", ".sendMessage(", ".publishEvent("],
  detect(source, emit) {
    const { typeOf } = structureOf(source);
    const pattern =
      /\b(\w{0,60}(?:[pP]ublisher|[pP]roducer|[bB]us|[dD]ispatcher|[mM]essageSender|[eE]ventSender))\s{0,60}\.\s{0,60}(?:publish|send|emit|produce|dispatch|sendEvent|sendMessage|publishEvent|publishMessage)\w{0,20}\s{0,3}(?=\(\s{0,60}(?:new\s{1,9}[A-Z]|[A-Z]))/g;
    for (const match of matches(source.bare, pattern)) {
      const type = typeOf.get(match[1] ?? "") ?? "";
      if (
        /^(?:ApplicationEventPublisher|EventBus|ApplicationEventMulticaster|Kafka\w*|Rabbit\w*)$/.test(type) ||
        /applicationEventPublisher/i.test(match[1] ?? "")
      )
        continue;
      const texts = argumentTexts(source, match.index + match[0].length);
      const message = messageOf(
        source,
        texts.slice(0, 2).filter((text) => /^(?:new\s|[A-Z])/.test(text)),
      );
      if (message !== null) emit(match.index, { kind: "publishes", technology: null, channel: null, message });
    }
  },
};
