import { expect, test } from "vitest";
import { linked, shown } from "./fixtures/index.js";

test.each<[string, string, string[]]>([
  [
    "kafkajs",
    "import { Kafka } from 'kafkajs';\nconst kafka = new Kafka({ brokers: [process.env.KAFKA_URL] });\nconst p = kafka.producer();\nawait producer.send({ topic: Topics.ORDERS, messages: [] });\nawait consumer.subscribe({ topics: ['a.b', 'c'] })",
    [
      "address ${KAFKA_URL} kafka client",
      "store-client kafka kafkajs",
      "publishes kafka ${const:Topics.ORDERS}",
      "consumes kafka a.b",
      "consumes kafka c",
    ],
  ],
  [
    "a producer of another file",
    "await this.producer.sendBatch({ topicMessages: [{ topic: 'orders', messages: [m] }] });\nproducer.send(frame)",
    ["publishes kafka orders"],
  ],
  [
    "amqplib",
    "const amqp = require('amqplib');\nconst c = await amqp.connect('amqp://rabbit:5672');\nch.sendToQueue('mail', b);\nchannel.publish('orders', 'order.created', b);\nchannel.publish('', 'jobs', b);\nchannel.publish(exchange, '', b);\nchannel.bindQueue(q.queue, 'orders', 'order.*');\nchannel.consume('mail', h)",
    [
      "address amqp://rabbit:5672 rabbitmq client",
      "store-client rabbitmq amqplib",
      "publishes rabbitmq mail",
      "publishes rabbitmq orders order.created",
      "publishes rabbitmq jobs",
      "consumes rabbitmq orders",
      "consumes rabbitmq mail",
    ],
  ],
  [
    "own connect of a file with amqplib",
    "import * as amqp from 'amqplib';\nthis.createConnection(o);\ndb.connect('mongodb://x')",
    [],
  ],
  [
    "RabbitMQ in NestJS",
    "import { RabbitSubscribe, AmqpConnection } from '@golevelup/nestjs-rabbitmq';\nclass A {\n  constructor(private readonly amqp: AmqpConnection) {}\n  @RabbitSubscribe({ exchange: 'x', routingKey: 'k', queue: 'q' })\n  on() { this.amqp.publish('y', 'z', {}) }\n}",
    ["consumes rabbitmq x k", "publishes rabbitmq y z"],
  ],
  [
    "Redis",
    "import Redis from 'ioredis';\nconst pub = new Redis(process.env.REDIS_URL);\npub.publish('votes', v);\nsub.subscribe('votes', 'cats');\nredis.xadd('log', '*', 'k', v);\nredis.xread('BLOCK', 0, 'STREAMS', 'log', '$');\nredis.brpop('jobs', 0);\nredis.get('votes')",
    [
      "address ${REDIS_URL} redis client",
      "store-client redis ioredis",
      "publishes redis votes",
      "consumes redis votes",
      "consumes redis cats",
      "publishes redis log",
      "consumes redis log",
      "consumes redis jobs",
    ],
  ],
  [
    "BullMQ",
    "import { Queue, Worker } from 'bullmq';\nconst mails = new Queue('mails', { connection: { host: 'cache', port: 6379 } });\nmails.add('send', {});\nnew Worker('reports', run)",
    ["address cache:6379 redis client", "store-client redis bullmq", "publishes redis mails", "consumes redis reports"],
  ],
  [
    "a queue that nobody adds to here",
    "import { Queue } from 'bullmq';\nexport const q = new Queue('mails')",
    ["store-client redis bullmq"],
  ],
  [
    "a queue that another file made: by its variable, by its class, through a wrapper",
    "import { mailQueue, AuditQueue, QueueName } from './queues';\nimport PQueue from 'p-queue';\nmailQueue.add('send', {});\nawait AuditQueue.getInstance()?.add('x', {});\nconst q = AuditQueue.getInstance();\nq.addBulk([]);\nWorkerManager.register(QueueName.Mail, sendMail, {});\nother.register(QueueName.Mail, f)",
    ["publishes redis ${const:queue:mailQueue}", "publishes redis ${const:queue:AuditQueue}", "consumes ${const:QueueName.Mail}"],
  ],
  [
    "own producers and consumers that are handed exchange and key",
    "import { Channel } from 'amqplib';\nasync function setupMailConsumer(channel, exchange, key) {}\nsetupMailConsumer(channel, 'shop-mail', 'order-mail');\nthis.authProducer.publishDirectMessage(channel, 'shop-users', 'user-created', text)",
    ["consumes shop-mail order-mail", "publishes shop-users user-created"],
  ],
  [
    "Bull in NestJS",
    "import { InjectQueue, Processor } from '@nestjs/bull';\n@Processor('audio')\nclass A {}\nclass B {\n  constructor(@InjectQueue('mail') private readonly mail: Queue) {}\n  go() { this.mail.add({}) }\n}",
    ["consumes redis audio", "publishes redis mail"],
  ],
  [
    "NATS",
    "import { connect } from 'nats';\nconst nc = await connect({ servers: 'nats://nats:4222' });\nnc.publish('a.b', d);\nnc.subscribe('c.*')",
    ["address nats://nats:4222 nats client", "store-client nats nats", "publishes nats a.b", "consumes nats c.*"],
  ],
  [
    "MQTT",
    "const mqtt = require('mqtt');\nconst client = mqtt.connect(process.env.MQTT);\nclient.publish('t/1', m)",
    ["address ${MQTT} mqtt client", "store-client mqtt mqtt", "publishes mqtt t/1"],
  ],
  [
    "SQS and SNS",
    "import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';\nimport { PublishCommand } from '@aws-sdk/client-sns';\nnew SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: b });\nnew PublishCommand({ TopicArn: 'arn:aws:sns:x:1:orders' })",
    ["publishes sqs ${QUEUE_URL}", "publishes sns arn:aws:sns:x:1:orders"],
  ],
  [
    "Pub/Sub and Service Bus",
    "import { PubSub } from '@google-cloud/pubsub';\nimport { ServiceBusClient } from '@azure/service-bus';\npubsub.topic('orders').publishMessage(m);\npubsub.subscription('orders-sub').on('message', h);\nbus.createSender('mails');\nbus.createReceiver('jobs')",
    ["publishes pubsub orders", "consumes pubsub orders-sub", "publishes servicebus mails", "consumes servicebus jobs"],
  ],
  [
    "clients and patterns of NestJS",
    "import { ClientsModule, Transport, ClientProxy } from '@nestjs/microservices';\n@Module({ imports: [ClientsModule.register([{ name: 'AUTH', transport: Transport.TCP, options: { host: process.env.AUTH_HOST, port: 3001 } }])] })\nclass M {}\nclass A {\n  constructor(@Inject('AUTH') private readonly auth: ClientProxy) {}\n  go() { this.auth.send({ cmd: 'sum' }, 1); this.auth.emit('user.made', u) }\n  @MessagePattern({ cmd: 'sum' }) sum() {}\n  @EventPattern('user.made') made() {}\n}",
    [
      "address ${AUTH_HOST}:3001 tcp client",
      "named-call AUTH nest",
      "named-call AUTH nest sum",
      "publishes sum",
      "named-call AUTH nest user.made",
      "publishes user.made",
      "consumes sum",
      "consumes user.made",
    ],
  ],
  [
    "a microservice of NestJS listens",
    "import { Transport } from '@nestjs/microservices';\napp.connectMicroservice({ transport: Transport.TCP, options: { host: '0.0.0.0', port: 3001 } });\napp.connectMicroservice({ transport: Transport.RMQ, options: { urls: ['amqp://r'], queue: 'mails' } })",
    ["address amqp://r rabbitmq client", "consumes rabbitmq mails", "store-client rabbitmq @nestjs/microservices"],
  ],
  [
    "wrappers by type",
    "await this.rabbitmqPublisher.publishMessage(new UserCreated(u));\nawait this.consumer.consumeMessage<UserCreated>(UserCreated, h);\nthis.eventBus.publish(event)",
    ["publishes UserCreated", "consumes UserCreated"],
  ],
  [
    "wrappers by name",
    "import { publishDirect } from './producer';\neventBus.publish('payment.failed', {});\nmessageBroker.subscribe('order.created', h);\nawait publishDirect(channel, 'orders-exchange', 'order-made', text);\nlogger.publish('a.b', c)",
    ["publishes payment.failed", "consumes order.created", "publishes orders-exchange order-made"],
  ],
  [
    "events within the process",
    "import { EventBus } from '@nestjs/cqrs';\nthis.eventBus.publish('a.b', c);\nthis.emitter.emit('a.b', c)",
    [],
  ],
  [
    "classes for messages",
    "class TicketCreatedPublisher extends Publisher<TicketCreatedEvent> {\n  subject: Subjects.TicketCreated = Subjects.TicketCreated;\n}\nclass L extends Listener<OrderCreated> {\n  readonly subject = Subjects.OrderCreated;\n}",
    ["publishes ${const:Subjects.TicketCreated} TicketCreatedEvent", "consumes ${const:Subjects.OrderCreated} OrderCreated"],
  ],
])("messages: %s", (_, text, expected) => expect(linked(text)).toEqual(expected));

test("a class stands for its queue, and who holds one adds to it", () => {
  expect(
    shown("export class MailQueueService extends QueueBaseService {\n  constructor(b: B) { super(Jobs.MAIL, b) }\n}"),
  ).toEqual(["constant MailQueueService ${const:Jobs.MAIL}"]);
  expect(
    shown("class A {\n  constructor(private mail: MailQueueService) {}\n  go() { return this.mail.add({ a: 1 }) }\n}"),
  ).toEqual(["publishes ${const:MailQueueService}"]);
  expect(shown("export class MailWorker extends MailWorkerService {\n  run() {}\n}")).toEqual([
    "consumes ${const:MailWorkerService}",
  ]);
});
