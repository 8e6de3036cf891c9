/** What is sent through the templates of Spring: Kafka, RabbitMQ, JMS, Pulsar, cloud queues, Redis channels. */
import { handedMark, handedTexts } from "../common/handed.js";
import type { Template } from "../cue.js";
import type { Detector } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import type { Source } from "../source.js";
import { argumentTexts } from "./arguments.js";
import { matches } from "./matches.js";
import { messageOf } from "./message-types.js";
import { structureOf } from "./structure.js";
import { argument, valueAt } from "./values.js";

/** A call that publishes: receiver by type or name, method, and which argument names the channel. */
interface Send {
  readonly technology: string;
  readonly words: readonly string[];
  readonly receiverType: RegExp;
  readonly receiverName: RegExp;
  readonly method: RegExp;
  /** Index of the channel by the number of arguments; null: none is named. */
  readonly channel: (texts: readonly string[]) => number | null;
}

const first = () => 0;

const sends: readonly Send[] = [
  {
    technology: "kafka",
    words: ["KafkaTemplate", "KafkaOperations", "ReactiveKafkaProducerTemplate"],
    receiverType: /Kafka(?:Template|Operations)$|KafkaProducerTemplate$/,
    receiverName: /kafka(?:Template|Operations)|kafkaProducerTemplate/i,
    method: /^(?:send|sendDefault|sendAndReceive|sendMessage)$/,
    channel: (texts) => (texts.length > 1 ? 0 : null),
  },
  {
    technology: "rabbitmq",
    words: ["RabbitTemplate", "AmqpTemplate", "RabbitOperations", "RabbitMessagingTemplate", "AmqpAdmin"],
    receiverType: /(?:Rabbit|Amqp)(?:Messaging)?(?:Template|Operations)$/,
    receiverName: /(?:rabbit|amqp)\w{0,20}(?:Template|Operations)/i,
    method: /^(?:convertAndSend|convertSendAndReceive\w*|send|sendAndReceive)$/,
    // Without an exchange the first of two is the routing key: for the default exchange the name of the queue.
    channel: (texts) => (texts.length > 1 ? 0 : null),
  },
  {
    technology: "jms",
    words: ["JmsTemplate", "JmsOperations", "JmsMessagingTemplate", "JmsClient"],
    receiverType: /Jms\w{0,20}(?:Template|Operations)$/,
    receiverName: /jms\w{0,20}(?:Template|Operations)/i,
    method: /^(?:convertAndSend|convertSendAndReceive|send|sendAndReceive)$/,
    channel: (texts) => (texts.length > 1 ? 0 : null),
  },
  {
    technology: "pulsar",
    words: ["PulsarTemplate"],
    receiverType: /PulsarTemplate$/,
    receiverName: /pulsarTemplate/i,
    method: /^(?:send|sendAsync)$/,
    channel: (texts) => (texts.length > 1 ? 0 : null),
  },
  {
    technology: "sqs",
    words: ["SqsTemplate", "QueueMessagingTemplate", "SqsAsyncOperations", "SqsOperations"],
    receiverType: /(?:Sqs\w{0,10}(?:Template|Operations)|QueueMessagingTemplate)$/,
    receiverName: /(?:sqs|queueMessaging)\w{0,10}(?:Template|Operations)/i,
    method: /^(?:convertAndSend|send|sendAsync)$/,
    channel: (texts) => (texts.length > 1 ? 0 : null),
  },
  {
    technology: "sns",
    words: ["SnsTemplate", "NotificationMessagingTemplate"],
    receiverType: /(?:Sns|Notification)(?:Messaging)?(?:Template|Operations)$/,
    receiverName: /(?:sns|notificationMessaging)Template/i,
    method: /^(?:convertAndSend|send|sendNotification)$/,
    channel: first,
  },
  {
    technology: "pubsub",
    words: ["PubSubTemplate"],
    receiverType: /PubSub\w{0,12}Template$/,
    receiverName: /pubSub\w{0,12}Template/i,
    method: /^publish$/,
    channel: first,
  },
  {
    technology: "redis",
    words: ["RedisTemplate", "RedisOperations"],
    receiverType: /Redis(?:Template|Operations)$/,
    receiverName: /redis(?:Template|Operations)/i,
    method: /^convertAndSend$/,
    channel: first,
  },
  {
    technology: "servicebus",
    words: ["ServiceBusTemplate"],
    receiverType: /ServiceBusTemplate$/,
    receiverName: /serviceBusTemplate/i,
    method: /^send(?:Async)?$/,
    channel: first,
  },
];

const receiverCall =
  /(?<![\w$])(?:this\s{0,60}\.\s{0,60})?([a-zA-Z_]\w{0,80})(?:\(\))?\s{0,100}\.\s{0,60}([a-zA-Z]\w{2,60})\s{0,3}(?:<[^()]{0,80}>\s{0,3})?(?=\()/g;

export const templateSends: Detector = {
  name: "java/messaging-templates",
  languages: ["java", "kotlin", "scala"],
  words: sends.flatMap(({ words }) => words),
  detect(source, emit) {
    const { typeOf } = structureOf(source);
    const known = sends.filter(({ words }) => words.some((word) => source.text.includes(word)));
    for (const match of matches(source.bare, receiverCall)) {
      const [whole, receiver = "", name = ""] = match;
      const send = known.find(
        (one) => one.method.test(name) && (one.receiverType.test(typeOf.get(receiver) ?? "") || one.receiverName.test(receiver)),
      );
      if (send === undefined) continue;
      const open = match.index + whole.length;
      const texts = argumentTexts(source, open);
      const index = send.channel(texts);
      const channel =
        index === null ? (recordTopic(source, open) ?? builtTopic(source, texts, match.index)) : argument(source, open, index);
      const rabbit = send.technology === "rabbitmq" ? rabbitChannel(source, open, texts) : channel;
      emit(match.index, {
        kind: "publishes",
        technology: send.technology,
        channel: rabbit === null || rabbit === "{}" ? (handedArgument(source, open, index) ?? rabbit) : rabbit,
        message: messageOf(source, texts) ?? heldMessage(source, texts),
      });
    }
  },
};

/** The channel is what the method around is handed; behind the default exchange that is the routing key. */
function handedArgument(source: Source, open: number, index: number | null): Template | null {
  const offsets = argumentOffsets(source, open);
  const at = index === null ? undefined : offsets[source.stringAt(offsets[index] ?? -1)?.value === "" ? index + 1 : index];
  return at === undefined ? null : handedMark(source, at);
}

export const handedChannels = [handedTexts("java", valueAt), handedTexts("kotlin", valueAt)];

/** `Paid` of a variable that is declared as `Message<Paid>`. */
function heldMessage(source: Source, texts: readonly string[]): string | null {
  const name = texts.length === 1 && /^[a-z]\w{0,80}$/.test(texts[0] ?? "") ? (texts[0] ?? "") : "";
  if (name === "") return null;
  const type = new RegExp(`\\b(?:Message|ProducerRecord)<(?:[\\w?.]{1,60},\\s{0,3})?([A-Z]\\w{1,80})>\\s{1,9}${name}\\b`).exec(
    source.bare,
  )?.[1];
  return type === undefined || /^(?:String|Object|Map|JsonNode|GenericRecord)$/.test(type) ? null : type;
}

/** The exchange; the routing key where it is the default exchange, which holds the queues by name. */
function rabbitChannel(source: Source, open: number, texts: readonly string[]): Template | null {
  if (texts.length < 2) return null;
  const exchange = argument(source, open, 0);
  const isDefault = texts[0] === '""';
  return isDefault ? argument(source, open, 1) : exchange;
}

/** `new ProducerRecord<>("topic", value)`, `MessageBuilder….setHeader(KafkaHeaders.TOPIC, "topic")`. */
function recordTopic(source: Source, open: number): Template | null {
  const { closeOf } = structureOf(source);
  const text = source.bare.slice(open, Math.min(closeOf(open), open + 1500));
  const made = /(?:\bnew\s{1,9})?\bProducerRecord\s{0,3}(?:<[^()]{0,80}>)?\s{0,3}(?=\()/.exec(text);
  if (made !== null) return argument(source, open + made.index + made[0].length, 0);
  return headerTopic(source, open, text);
}

/** The same for a message or record that a variable holds: `Message<Paid> message = MessageBuilder….setHeader(TOPIC, "paid").build()`. */
function builtTopic(source: Source, texts: readonly string[], at: number): Template | null {
  const name = texts.length === 1 && /^[a-z]\w{0,80}$/.test(texts[0] ?? "") ? (texts[0] ?? "") : "";
  if (name === "") return null;
  const from = Math.max(0, at - 3000);
  const given = [...source.bare.slice(from, at).matchAll(new RegExp(`(?<![\\w.])${name}\\s{0,9}=(?!=)`, "g"))].at(-1)?.index;
  if (given === undefined) return null;
  const text = source.bare.slice(from + given, at);
  const made = /\bnew\s{1,9}ProducerRecord\s{0,3}(?:<[^()]{0,80}>)?\s{0,3}(?=\()/.exec(text);
  if (made !== null) return argument(source, from + given + made.index + made[0].length, 0);
  return headerTopic(source, from + given, text);
}

function headerTopic(source: Source, from: number, text: string): Template | null {
  const header = /\.setHeader\s{0,3}(?=\(\s{0,60}(?:KafkaHeaders\.)?TOPIC\b)/.exec(text);
  return header === null ? null : argument(source, from + header.index + header[0].length, 1);
}
