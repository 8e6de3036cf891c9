import type { Template } from "../cue.js";
import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { emitAddresses, optionsOf } from "./addresses.js";
import { argumentOffsets } from "./argument-offsets.js";
import { callsNamed, callsOf } from "./calls-of.js";
import { classesOf, type Decorator, decoratorsIn } from "./classes.js";
import { textAt } from "./text-at.js";
import { declaredTypes } from "./types-of.js";
import { argumentAt, argumentText, propertiesAt, propertyText } from "./values.js";

const technologies = new Map([
  ["TCP", "tcp"],
  ["RMQ", "rabbitmq"],
  ["KAFKA", "kafka"],
  ["REDIS", "redis"],
  ["NATS", "nats"],
  ["MQTT", "mqtt"],
  ["GRPC", "grpc"],
]);

/** @nestjs/microservices: transports with their options, patterns that are answered, and messages that are sent. */
export const nestMicroservices: Detector = {
  name: "javascript/nest-microservices",
  languages: ["javascript"],
  words: ["@nestjs/microservices"],
  detect(source, emit) {
    transports(source, emit);
    patterns(source, emit);
    sends(source, emit);
  },
};

/** `{ name, transport: Transport.RMQ, options: { urls, queue } }`, wherever it stands. */
function transports(source: Source, emit: Emit): void {
  const pattern = /(?<![\w$])transport\s{0,3}:\s{0,9}(?:\w{1,40}\.)?Transport\.([A-Z]{2,6})\b/g;
  let count = 0;
  for (let match = pattern.exec(source.bare); match !== null && count++ < 100; match = pattern.exec(source.bare)) {
    const technology = technologies.get(match[1] ?? "");
    const open = openBrace(source, match.index);
    if (technology === undefined || open === null) continue;
    const object = propertiesAt(source, open);
    const options = object.get("options") ?? null;
    const isServer = isServerOptions(source, open);
    // Where a server listens is no address of something else.
    const listens = isServer && (technology === "tcp" || technology === "grpc");
    if (options !== null && !listens) emitAddresses(emit, match.index, technology, optionsOf(source, options));
    const name = propertyText(source, object, "name");
    const side = isServer ? "server" : (name ?? "client");
    emit(match.index, { kind: "constant", name: `nest transport ${side}`, value: technology });
    if (!isServer && name !== null) emit(match.index, { kind: "named-call", name, via: "nest", path: null });
    const queue = technology === "rabbitmq" ? propertyText(source, propertiesAt(source, options), "queue") : null;
    if (queue !== null)
      emit(match.index, { kind: isServer ? "consumes" : "publishes", technology, channel: queue, message: null });
    if (technology !== "tcp" && technology !== "grpc")
      emit(match.index, { kind: "store-client", technology, library: "@nestjs/microservices", database: null });
  }
}

/** Offset of the brace of the object that the place is directly in. */
function openBrace({ bare }: Source, offset: number): number | null {
  let depth = 0;
  for (let at = offset - 1; at >= Math.max(0, offset - 3000); at--) {
    const char = bare[at];
    if (char === "}" || char === ")" || char === "]") depth++;
    else if (char === "{" || char === "(" || char === "[") {
      if (depth === 0) return char === "{" ? at : null;
      depth--;
    }
  }
  return null;
}

/** Handed to `createMicroservice` or `connectMicroservice`, or of type `MicroserviceOptions`. */
function isServerOptions({ bare }: Source, open: number): boolean {
  return (
    /(?:createMicroservice|connectMicroservice|MicroserviceOptions|RmqOptions|KafkaOptions|GrpcOptions|TcpOptions|CustomStrategy)[^;]{0,300}$/.test(
      bare.slice(Math.max(0, open - 320), open),
    ) && !/(?:ClientsModule|ClientProxyFactory|@Client)[^;]{0,300}$/.test(bare.slice(Math.max(0, open - 320), open))
  );
}

/** `@MessagePattern("x")`, `@EventPattern({ cmd: "x" })`. */
function patterns(source: Source, emit: Emit): void {
  for (const site of classesOf(source))
    for (const { name, start, open } of decoratorsIn(source, site.open, site.end)) {
      if ((name !== "MessagePattern" && name !== "EventPattern") || open === null) continue;
      const channel = patternText(source, argumentOffsets(source, open)[0]);
      const transport = technologyAt(source, open);
      if (channel !== null) emit(start, { kind: "consumes", technology: transport, channel, message: null });
    }
}

function technologyAt(source: Source, open: number): string | null {
  const second = argumentAt(source, open, 1);
  return second === null
    ? null
    : (technologies.get(/^Transport\.([A-Z]{2,6})/.exec(source.bare.slice(second, second + 20))?.[1] ?? "") ?? null);
}

/** `client.send(pattern, data)` and `client.emit(pattern, data)` of what is a `ClientProxy`. */
function sends(source: Source, emit: Emit): void {
  const tokens = clientTokens(source);
  for (const call of callsNamed(source, "send", "emit")) {
    if (!tokens.has(call.receiver)) continue;
    const channel = patternText(source, argumentOffsets(source, call.open)[0]);
    const name = tokens.get(call.receiver) ?? null;
    if (name !== null) emit(call.start, { kind: "named-call", name, via: "nest", path: channel });
    if (channel !== null) emit(call.start, { kind: "publishes", technology: null, channel, message: null });
  }
}

/** Fields of type `ClientProxy` or `ClientKafka`, with the token they are injected by. */
function clientTokens(source: Source): ReadonlyMap<string, Template | null> {
  const found = new Map<string, Template | null>();
  for (const { name, type, offset } of declaredTypes(source)) {
    if (!/^Client(?:Proxy|Kafka|KafkaProxy|RMQ|Redis|Nats|TCP|Mqtt)$/.test(type)) continue;
    const inject = injectBefore(source, offset);
    found.set(name, inject?.open ? argumentText(source, inject.open, 0) : null);
  }
  for (const call of callsOf(source)) {
    if (call.path !== "ClientProxyFactory.create") continue;
    const name = /([A-Za-z_$][\w$]{0,80})\s{0,9}(?::[^=]{0,60})?=\s{0,20}$/.exec(
      source.bare.slice(Math.max(0, call.start - 160), call.start),
    )?.[1];
    if (name !== undefined && !found.has(name)) found.set(name, null);
  }
  return found;
}

function injectBefore(source: Source, offset: number): Decorator | null {
  return (
    decoratorsIn(source, Math.max(0, offset - 160), offset)
      .filter(
        ({ name, open }) =>
          name === "Inject" &&
          open !== null &&
          !/[;,{](?![^(]*\))/.test(source.bare.slice(open, offset).replace(/^\([^()]{0,80}\)/, "")),
      )
      .at(-1) ?? null
  );
}

/** A text, or the values of `{ cmd: "x" }` joined by dots; both sides read it the same way. */
function patternText(source: Source, at: number | undefined): Template | null {
  if (at === undefined) return null;
  const options = propertiesAt(source, at);
  if (options.size === 0) return textAt(source, at);
  const values = [...options.values()].map((value) => textAt(source, value));
  return values.some((value) => value === null) || values.length > 5 ? null : values.join(".");
}
