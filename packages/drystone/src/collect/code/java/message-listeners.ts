/** Who consumes what, by annotation; Micronaut and MicroProfile in both directions. */
import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { parameterType } from "./message-types.js";
import { type Annotation, type Declaration, structureOf } from "./structure.js";
import { attributes } from "./values.js";

interface Listener {
  readonly annotation: string;
  readonly technology: string;
  readonly attributes: readonly string[];
}

const listeners: readonly Listener[] = [
  { annotation: "KafkaListener", technology: "kafka", attributes: ["topics", "topicPattern", "value"] },
  { annotation: "RetryableTopic", technology: "kafka", attributes: [] },
  { annotation: "RabbitListener", technology: "rabbitmq", attributes: ["queues", "value"] },
  { annotation: "JmsListener", technology: "jms", attributes: ["destination"] },
  { annotation: "SqsListener", technology: "sqs", attributes: ["value", "queueNames"] },
  { annotation: "PulsarListener", technology: "pulsar", attributes: ["topics", "value"] },
  { annotation: "RocketMQMessageListener", technology: "rocketmq", attributes: ["topic"] },
  { annotation: "NatsListener", technology: "nats", attributes: ["value", "subject"] },
  { annotation: "MQTTSubscriber", technology: "mqtt", attributes: ["value"] },
];

export const messageListeners: Detector = {
  name: "java/message-listeners",
  languages: ["java", "kotlin", "scala"],
  words: listeners.map(({ annotation }) => `@${annotation}`),
  detect(source, emit) {
    const { annotated, types } = structureOf(source);
    for (const declaration of [...types, ...annotated])
      for (const annotation of declaration.annotations) {
        const listener = listeners.find((one) => one.annotation === annotation.name);
        if (listener === undefined || listener.attributes.length === 0) continue;
        const message = parameterType(source, declaration);
        const channels = attributes(source, annotation, ...listener.attributes).filter((one) => one !== "");
        for (const channel of channels)
          emit(annotation.start, {
            kind: "consumes",
            technology: listener.technology,
            channel: channel.replace(/^#\{'?(.*?)'?\}$/, "$1"),
            message,
          });
        if (annotation.name === "RabbitListener") emitBindings(source, emit, annotation, message);
      }
  },
};

/** `bindings = @QueueBinding(value = @Queue("q"), exchange = @Exchange("x"), key = "k")` and `queuesToDeclare = @Queue("q")`. */
function emitBindings(source: Source, emit: Emit, listener: Annotation, message: string | null): void {
  const { annotations } = structureOf(source);
  for (const inner of annotations) {
    if (inner.start <= listener.start || inner.end > listener.end) continue;
    if (inner.name !== "Queue" && inner.name !== "Exchange") continue;
    for (const channel of attributes(source, inner, "value", "name"))
      if (channel !== "") emit(inner.start, { kind: "consumes", technology: "rabbitmq", channel, message });
  }
}

/** Micronaut's producers: `@KafkaClient interface X { @Topic("t") void send(…); }`, and listeners with `@Topic`, `@Queue`, `@Subject`. */
export const micronautMessages: Detector = {
  name: "java/micronaut-messages",
  languages: ["java", "kotlin"],
  words: [
    "io.micronaut.configuration.kafka",
    "io.micronaut.rabbitmq",
    "io.micronaut.configuration.rabbitmq",
    "io.micronaut.nats",
    "io.micronaut.jms",
  ],
  detect(source, emit) {
    const { annotated, typeAround, types } = structureOf(source);
    for (const declaration of [...annotated, ...types])
      for (const annotation of declaration.annotations) {
        const technology = { Topic: "kafka", Queue: "rabbitmq", Binding: "rabbitmq", Subject: "nats" }[annotation.name];
        if (technology === undefined) continue;
        const owner = declaration.kind === "type" ? declaration : typeAround(declaration.nameAt);
        const roles = owner?.annotations.map(({ name }) => name) ?? [];
        const publishes = roles.some((name) => /^(?:Kafka|Rabbit|Nats|JMS)(?:Client|Producer)$/.test(name));
        const consumes = roles.some((name) => /^(?:Kafka|Rabbit|Nats|JMS)Listener$/.test(name));
        if (!publishes && !consumes) continue;
        for (const channel of attributes(source, annotation, "value", "patterns"))
          if (channel !== "")
            emit(annotation.start, {
              kind: publishes ? "publishes" : "consumes",
              technology,
              channel,
              message: parameterType(source, declaration),
            });
      }
  },
};

/** MicroProfile channels; the settings map a channel to a topic (`mp.messaging.outgoing.<name>.topic`), by default of the same name. */
export const reactiveMessaging: Detector = {
  name: "java/reactive-messaging",
  languages: ["java", "kotlin"],
  words: ["@Incoming", "@Outgoing", "@Channel"],
  detect(source, emit) {
    for (const declaration of structureOf(source).annotated)
      for (const annotation of declaration.annotations) emitChannel(source, emit, annotation, declaration);
    // Parameters of constructors stand inside of the brackets of another declaration.
    for (const annotation of structureOf(source).annotations)
      if (
        annotation.name === "Channel" &&
        /^\s{0,20}(?:final\s{1,5})?\w{0,20}Emitter\b/.test(source.bare.slice(annotation.end, annotation.end + 60))
      )
        emitChannel(source, emit, annotation, null);
  },
};

function emitChannel(source: Source, emit: Emit, annotation: Annotation, declaration: Declaration | null): void {
  const isEmitter = declaration === null || /Emitter\b/.test(declaration.type);
  const direction =
    annotation.name === "Incoming" ? "consumes" : annotation.name === "Outgoing" || isEmitter ? "publishes" : "consumes";
  if (!/^(?:Incoming|Outgoing|Channel)$/.test(annotation.name)) return;
  const way = direction === "consumes" ? "incoming" : "outgoing";
  for (const channel of attributes(source, annotation, "value")) {
    if (channel === "" || channel === "{}") continue;
    // In memory where both ends stand in the same file.
    const plain = /^[\w.-]{1,120}$/.test(channel);
    emit(annotation.start, {
      kind: direction,
      technology: null,
      channel: plain ? `\${mp.messaging.${way}.${channel}.topic:-${channel}}` : channel,
      message: null,
    });
  }
}
