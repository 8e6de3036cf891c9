/** RabbitMQ's own client and the objects of Spring AMQP. */
import type { Template } from "../cue.js";
import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { argumentTexts } from "./arguments.js";
import { matches } from "./matches.js";
import { structureOf } from "./structure.js";
import { argument } from "./values.js";

/** RabbitMQ's own objects: `new Queue("q")`, `BindingBuilder.bind(q).to(x)`, `channel.basicPublish("x", "k", …)`, `basicConsume("q")`, containers that listen. */
export const rabbitObjects: Detector = {
  name: "java/rabbitmq",
  languages: ["java", "kotlin", "scala"],
  words: ["springframework.amqp", "com.rabbitmq.client"],
  detect(source, emit) {
    for (const match of matches(
      source.bare,
      /\.\s{0,60}(basicPublish|basicConsume|setQueueNames|addQueueNames)\s{0,3}(?=\(\s{0,60}[^)\s])/g,
    )) {
      const open = match.index + match[0].length;
      const publishes = match[1] === "basicPublish";
      const channel =
        publishes && argumentTexts(source, open)[0] === '""' ? argument(source, open, 1) : argument(source, open, 0);
      if (channel !== null)
        emit(match.index, { kind: publishes ? "publishes" : "consumes", technology: "rabbitmq", channel, message: null });
    }
    if (!source.text.includes("springframework.amqp")) return;
    // A queue bound to an exchange: who reads the queue reads what goes to the exchange.
    for (const match of matches(source.bare, /\bBindingBuilder\s{0,60}\.\s{0,60}bind\s{0,3}(?=\()/g)) {
      const rest = source.bare.slice(match.index, match.index + 600);
      const to = /\.\s{0,60}to\s{0,3}(?=\()/.exec(rest);
      const exchange = to === null ? null : beanName(source, match.index + to.index + to[0].length);
      if (exchange !== null) emit(match.index, { kind: "consumes", technology: "rabbitmq", channel: exchange, message: null });
    }
  },
};

/** The name in the exchange that is made here or by the method of this file that is called here: `new TopicExchange("x")`. */
function beanName(source: Source, open: number): Template | null {
  const inner = source.bare.slice(open + 1, open + 200);
  const made = /^\s{0,60}new\s{1,9}\w{1,40}Exchange\s{0,3}(?=\()/.exec(inner);
  if (made !== null) return argument(source, open + 1 + made[0].length, 0);
  const wanted = /^\s{0,60}(\w{1,80})/.exec(inner)?.[1];
  for (const method of structureOf(source).annotated) {
    if (method.kind !== "method" || method.body === null || !method.type.endsWith("Exchange")) continue;
    const only = structureOf(source).annotated.filter(({ type }) => type.endsWith("Exchange")).length === 1;
    if (method.name !== wanted && !only) continue;
    const body = source.bare.slice(method.body.open, method.body.close);
    const creates = /(?:new\s{1,9}\w{1,40}Exchange|ExchangeBuilder\s{0,60}\.\s{0,60}\w{1,40}Exchange)\s{0,3}(?=\()/.exec(body);
    if (creates !== null) return argument(source, method.body.open + creates.index + creates[0].length, 0);
  }
  return null;
}
