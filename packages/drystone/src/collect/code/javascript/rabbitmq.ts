import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { connectionOf, emitAddresses } from "./addresses.js";
import { type CallSite, callsOf } from "./calls-of.js";
import { channelText } from "./channel-text.js";
import { imports, localsOf } from "./imports.js";
import { knownText, routed } from "./routed.js";
import { argumentAt } from "./values.js";

const modules = [
  "amqplib",
  "amqp-connection-manager",
  "amqp-ts",
  "@cloudamqp/amqp-client",
  "rabbitmq-client",
  "rascal",
  "amqp",
  "amqp-client",
];

const connecting = /^(?:connect|createConnection|AMQPClient|Connection|AMQPWebSocketClient)$/;

/** amqplib and what wraps it. Queues and exchanges are named as in `routed`. */
export const rabbitmq: Detector = {
  name: "javascript/rabbitmq",
  languages: ["javascript"],
  words: ["sendToQueue", "assertQueue", "assertExchange", "bindQueue", ".consume(", "amqp", "rabbitmq-client", "rascal"],
  detect(source, emit) {
    const isImported = imports(source, ...modules);
    const isAmqp = isImported || /\.(?:sendToQueue|assertQueue|assertExchange|bindQueue)\s?\(/.test(source.bare);
    if (!isAmqp) return;
    const locals = localsOf(source, modules);
    for (const call of callsOf(source)) {
      if (locals.has(call.path.split(".")[0] ?? "") && connecting.test(call.name)) connected(source, call, emit);
      else channelCall(source, call, isImported, emit);
    }
  },
};

function connected(source: Source, call: CallSite, emit: Emit): void {
  const connection = connectionOf(source, call.open);
  emitAddresses(emit, call.start, "rabbitmq", connection);
  emit(call.start, {
    kind: "store-client",
    technology: "rabbitmq",
    library: modules.find((module) => imports(source, module)) ?? "amqplib",
    database: null,
  });
}

function channelCall(source: Source, call: CallSite, isImported: boolean, emit: Emit): void {
  const text = (index: number) => channelText(source, argumentAt(source, call.open, index));
  const technology = "rabbitmq";
  if (call.receiver === "" || call.isNew) return;
  if (call.name === "sendToQueue")
    emit(call.start, { kind: "publishes", technology, channel: knownText(text(0)), message: null });
  else if (call.name === "publish" && (isImported || /channel|ch$|exchange|wrapper/i.test(call.receiver))) {
    const exchange = emptyText(source, call.open) ? "" : text(0);
    const place = routed(exchange, text(1));
    if (place !== null) emit(call.start, { kind: "publishes", technology, ...place });
  } else if (call.name === "consume" || (call.name === "get" && /channel/i.test(call.receiver))) {
    const queue = knownText(text(0));
    if (queue !== null) emit(call.start, { kind: "consumes", technology, channel: queue, message: null });
  } else if (call.name === "bindQueue") {
    const place = routed(text(1), text(2));
    if (place !== null) emit(call.start, { kind: "consumes", technology, ...place });
  }
}

/** `publish("", queue)` goes through the default exchange. */
function emptyText(source: Source, open: number): boolean {
  return /^\(\s{0,40}(?:""|''|``)\s{0,9},/.test(source.code.slice(open, open + 60));
}
