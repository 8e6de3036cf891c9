import { expect, test } from "vitest";
import { cuesOf } from "../cues-of.js";

function messages(text: string, path = "A.java"): string[] {
  return cuesOf(path, text).flatMap((cue) =>
    cue.kind === "publishes" || cue.kind === "consumes"
      ? [`${cue.kind} ${cue.technology ?? "?"} ${cue.channel ?? "-"} ${cue.message ?? "-"}`]
      : [],
  );
}

const cases: [string, string, string[]][] = [
  [
    "Spring Kafka",
    `class A { private KafkaTemplate<String, Order> kafkaTemplate;
       void a(Order order) { kafkaTemplate.send("orders", order.getId(), order); kafkaTemplate.send(new ProducerRecord<>(Topics.ITEMS, item)); }
       @KafkaListener(topics = {"orders", "\${topics.items:items}"}, groupId = "x") public void on(OrderCreated event) {} }`,
    [
      "publishes kafka orders Order",
      "publishes kafka ${const:Topics.ITEMS} -",
      "consumes kafka orders OrderCreated",
      "consumes kafka ${topics.items:-items} OrderCreated",
    ],
  ],
  [
    "Spring Kafka: a message that is built first",
    `import static org.springframework.kafka.support.KafkaHeaders.TOPIC;
     class A { private KafkaTemplate<String, Paid> kafkaTemplate;
       void a(Paid paid) { Message<Paid> message = MessageBuilder.withPayload(paid).setHeader(TOPIC, "payments").build(); kafkaTemplate.send(message); } }`,
    ["publishes kafka payments Paid"],
  ],
  [
    "Spring AMQP: exchange, default exchange, bindings",
    `import org.springframework.amqp.rabbit.core.RabbitTemplate;
     class A { RabbitTemplate rabbitTemplate; static final String Q = "mails";
       void a() { rabbitTemplate.convertAndSend("shop", "order.created", new OrderCreated()); rabbitTemplate.convertAndSend("", Q, x); }
       @RabbitListener(queues = A.Q) void on(Mail mail) {}
       @RabbitListener(bindings = @QueueBinding(value = @Queue("q1"), exchange = @Exchange(value = "shop", type = "topic"), key = "order.*")) void on2(String s) {} }`,
    [
      "publishes rabbitmq shop OrderCreated",
      "publishes rabbitmq mails -",
      "consumes rabbitmq mails Mail",
      "consumes rabbitmq q1 -",
      "consumes rabbitmq shop -",
    ],
  ],
  [
    "a queue bound to an exchange by beans",
    `import org.springframework.amqp.core.*;
     class A { @Bean TopicExchange shop() { return new TopicExchange("shop"); } @Bean Queue q() { return new Queue("q"); }
       @Bean Binding b(Queue q, TopicExchange shop) { return BindingBuilder.bind(q).to(shop).with("#"); } }`,
    ["consumes rabbitmq shop -"],
  ],
  [
    "JMS",
    `class A { JmsTemplate jmsTemplate; void a() { jmsTemplate.convertAndSend("mailbox", mail); } @JmsListener(destination = "mailbox") void on(Email mail) {} }`,
    ["publishes jms mailbox Email", "consumes jms mailbox Email"],
  ],
  [
    "Kafka's own client and streams",
    `import org.apache.kafka.clients.producer.*; import org.apache.kafka.streams.*;
     class A { void a() { producer.send(new ProducerRecord<>("a", v)); consumer.subscribe(Arrays.asList("b", "c")); builder.stream("d").mapValues(x -> x).to("e"); } }`,
    ["publishes kafka a -", "consumes kafka b -", "consumes kafka c -", "consumes kafka d -", "publishes kafka e -"],
  ],
  [
    "Spring Cloud Stream",
    `import org.springframework.cloud.stream.annotation.*;
     @EnableBinding(Source.class) class A { StreamBridge streamBridge; void a() { streamBridge.send("orders-out-0", new OrderCreated()); } }
     interface C { @Input("mails") SubscribableChannel mails(); }`,
    [
      "publishes ? ${spring.cloud.stream.bindings.orders-out-0.destination:-orders-out-0} OrderCreated",
      "consumes ? ${spring.cloud.stream.bindings.mails.destination:-mails} -",
      "publishes ? ${spring.cloud.stream.bindings.output.destination:-output} -",
    ],
  ],
  [
    "Micronaut",
    `import io.micronaut.configuration.kafka.annotation.*;
     @KafkaClient interface P { @Topic("policies") void send(PolicyRegistered event); }
     @KafkaListener class L { @Topic("policies") void on(PolicyRegistered event) {} }`,
    ["publishes kafka policies PolicyRegistered", "consumes kafka policies PolicyRegistered"],
  ],
  [
    "MicroProfile",
    `class A { @Inject @Channel("fights") Emitter<Fight> emitter; @Incoming("results") void on(Result r) {} }`,
    [
      "publishes ? ${mp.messaging.outgoing.fights.topic:-fights} -",
      "consumes ? ${mp.messaging.incoming.results.topic:-results} -",
    ],
  ],
  [
    "Eventuate",
    `package shop.kitchen; import io.eventuate.tram.events.*; import shop.orders.Order;
     class A { DomainEventHandlers h() { return DomainEventHandlersBuilder.forAggregateType("shop.orders.Order").onEvent(OrderCreated.class, this::on).build(); }
       void p() { eventPublisher.publish(Ticket.class, id, asList(new TicketCreated())); } }
     class P extends AbstractAggregateDomainEventPublisher<Order, OrderEvent> {}`,
    [
      "consumes eventuate shop.orders.Order -",
      "consumes eventuate - OrderCreated",
      "publishes eventuate shop.kitchen.Ticket TicketCreated",
      "publishes eventuate shop.orders.Order -",
    ],
  ],
  [
    "Axon",
    `import org.axonframework.commandhandling.*;
     class A { @CommandHandler void on(CreateOrder c) { AggregateLifecycle.apply(new OrderCreated(c)); } @EventHandler void on(OrderPaid e) {} }`,
    ["consumes axon - CreateOrder", "consumes axon - OrderPaid", "publishes axon - OrderCreated"],
  ],
  [
    "own buses, but not Spring's own events",
    `class A { MessagePublisher publisher; ApplicationEventPublisher events; ApplicationEventPublisher eventPublisher;
       void a() { publisher.publish(new OrderCreated(1)); eventPublisher.publish(new Local()); eventPublisher.publishEvent(new Local()); } }`,
    ["publishes ? - OrderCreated"],
  ],
  [
    "an executor and a stream are none",
    `class A { void a() { executor.send(task); list.stream().map(X::to).collect(toList()); } }`,
    [],
  ],
];

test.each(cases)("%s", (_, text, expected) => {
  expect(messages(text).toSorted()).toEqual(expected.toSorted());
});
