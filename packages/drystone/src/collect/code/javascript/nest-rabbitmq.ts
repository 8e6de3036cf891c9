import type { Detector } from "../detector.js";
import { emitAddresses, optionsOf } from "./addresses.js";
import { argumentOffsets } from "./argument-offsets.js";
import { callsNamed } from "./calls-of.js";
import { classesOf, decoratorsIn } from "./classes.js";
import { imports } from "./imports.js";
import { routed } from "./routed.js";
import { declaredTypes } from "./types-of.js";
import { argumentAt, argumentText, propertiesAt, propertyText } from "./values.js";

/** @golevelup/nestjs-rabbitmq. */
export const nestRabbit: Detector = {
  name: "javascript/nest-rabbitmq",
  languages: ["javascript"],
  words: ["@golevelup/nestjs-rabbitmq"],
  detect(source, emit) {
    if (!imports(source, "@golevelup/nestjs-rabbitmq")) return;
    for (const site of classesOf(source))
      for (const { name, start, open } of decoratorsIn(source, site.open, site.end)) {
        if (!/^Rabbit(?:Subscribe|RPC|Handler)$/.test(name) || open === null) continue;
        const options = propertiesAt(source, argumentAt(source, open, 0));
        const place = routed(propertyText(source, options, "exchange"), propertyText(source, options, "routingKey")) ?? {
          channel: propertyText(source, options, "queue"),
          message: null,
        };
        emit(start, { kind: "consumes", technology: "rabbitmq", ...place });
      }
    const connections = new Set(declaredTypes(source).flatMap(({ name, type }) => (type === "AmqpConnection" ? [name] : [])));
    for (const call of callsNamed(source, "publish", "request")) {
      if (!connections.has(call.receiver)) continue;
      const options = propertiesAt(source, argumentAt(source, call.open, 0));
      const exchange = call.name === "publish" ? argumentText(source, call.open, 0) : propertyText(source, options, "exchange");
      const key = call.name === "publish" ? argumentText(source, call.open, 1) : propertyText(source, options, "routingKey");
      const place = routed(exchange, key);
      if (place !== null) emit(call.start, { kind: "publishes", technology: "rabbitmq", ...place });
    }
    for (const call of callsNamed(source, "forRoot", "forRootAsync")) {
      if (call.receiver !== "RabbitMQModule") continue;
      const at = argumentAt(source, call.open, call.name === "forRoot" && argumentOffsets(source, call.open).length > 1 ? 1 : 0);
      if (at !== null) emitAddresses(emit, call.start, "rabbitmq", optionsOf(source, at));
      emit(call.start, { kind: "store-client", technology: "rabbitmq", library: "@golevelup/nestjs-rabbitmq", database: null });
    }
  },
};
