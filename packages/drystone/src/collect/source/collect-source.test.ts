import { expect, test } from "vitest";
import { textTree } from "#collect/files/index.js";
import { collectInventory } from "#collect/inventory/index.js";
import { collectSource } from "./collect-source.js";

/** `from kind to confidence` of a system of one repository, sorted; the use of libraries left out. */
function relations(files: Readonly<Record<string, string>>): string[] {
  const tree = textTree("shop", files);
  const inventory = collectInventory([tree], [], { systemName: "shop" });
  return collectSource([tree], [], inventory)
    .relations.filter(({ protocol, kind }) => protocol !== "code" && kind !== "imports")
    .map(({ from, to, kind, confidence }) => `${short(from)} ${kind} ${short(to)} ${confidence}`)
    .sort();
}

function short(ref: string): string {
  return ref.slice(ref.indexOf("/") + 1);
}

const nodeService = (name: string, dependencies: Record<string, string> = {}) =>
  JSON.stringify({ name, scripts: { start: "node main.js" }, dependencies: { express: "4.0.0", ...dependencies } });
const goModule = "module shop\n\ngo 1.22\n";
const project = '<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup></ItemGroup></Project>';
const kube = (kind: string, name: string, rest: string) =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${rest}---\n`;

const pom = (name: string, rest = "") =>
  `<project><groupId>shop</groupId><artifactId>${name}</artifactId><dependencies>${rest}</dependencies></project>`;
const usesCore = "<dependency><groupId>shop</groupId><artifactId>core</artifactId></dependency>";
const springMain = (name: string) =>
  `package shop.${name};\n@SpringBootApplication\npublic class App { public static void main(String[] a) { SpringApplication.run(App.class, a); } }\n`;
const springUrl = "spring:\n  datasource:\n    url: jdbc:mysql://db:3306/shop\n";

test.each<[string, Record<string, string>, string[]]>([
  [
    "a class in a library stands for a table to those whose code works with it, not to all who have the library",
    {
      "docker-compose.yml": "services:\n  db: {image: 'mysql:8'}\n",
      "pom.xml": "<project><artifactId>shop</artifactId><modules><module>core</module></modules></project>",
      "core/pom.xml": pom("core"),
      "core/src/main/java/shop/core/Account.java":
        'package shop.core;\nimport jakarta.persistence.Entity;\n@Entity\n@Table(name = "account")\npublic class Account { Long id; }\n',
      "users/pom.xml": pom("users", usesCore),
      "users/src/main/java/shop/users/App.java": springMain("users"),
      "users/src/main/java/shop/users/Accounts.java":
        "package shop.users;\nimport shop.core.Account;\npublic interface Accounts extends JpaRepository<Account, Long> { }\n",
      "users/src/main/resources/application.yml": springUrl,
      "mail/pom.xml": pom("mail", usesCore),
      "mail/src/main/java/shop/mail/App.java": springMain("mail"),
      "mail/src/main/resources/application.yml": springUrl,
    },
    ["mail reads db likely", "users reads db likely", "users reads db.shop.account likely"],
  ],
  [
    "a script that waits for others uses none of them",
    {
      "docker-compose.yml": "services:\n  mail: {build: mail}\n  docs: {image: 'mongo:7'}\n  cache: {image: 'redis:7'}\n",
      "mail/Dockerfile": "FROM node\nCOPY . .\n",
      "mail/package.json": nodeService("mail"),
      "mail/main.js": "const url = 'redis://cache:6379';\n",
      "mail/docker/wait-for/wait-for.env": "WAIT_FOR_DOCS_URI=mongodb://docs:27017/shop\n",
      "mail/docker/wait4.config.js": "module.exports = { uri: 'mongodb://docs:27017/shop' };\n",
    },
    ["mail reads cache likely"],
  ],
  [
    "programs of one Go module share its packages: a lone address there is a hint, a connection is none",
    {
      "docker-compose.yml":
        "services:\n  core: {image: 'shop/core'}\n  jobs: {image: 'shop/jobs'}\n  cache: {image: 'redis:7'}\n",
      "src/go.mod": goModule,
      "src/core/main.go": 'package main\n\nimport "shop/common"\n\nfunc main() { common.Connect() }\n',
      "src/jobs/main.go": 'package main\n\nimport "shop/common"\n\nfunc main() { common.Connect() }\n',
      "src/common/a.go":
        'package common\n\nimport "github.com/redis/go-redis/v9"\n\nconst CoreEndpoint = "http://core:8080"\n\nfunc Connect() {\n\tredis.NewClient(&redis.Options{Addr: "cache:6379"})\n}\n',
    },
    ["core reads cache confirmed", "jobs calls core hint", "jobs reads cache confirmed"],
  ],
  [
    "a publisher of the system's own is handed its topic by its callers",
    {
      "go.mod": goModule,
      "orders/cmd/main.go": 'package main\n\nimport "shop/pkg/bus"\n\nfunc main() { bus.PublishEvent(p, "orders", e) }\n',
      "mail/cmd/main.go": 'package main\n\nimport "shop/pkg/bus"\n\nfunc main() { bus.StartConsumer(c, topicName()) }\n',
      "mail/cmd/topics.go": 'package main\n\nfunc topicName() string {\n\treturn "orders"\n}\n',
      "pkg/bus/publish.go":
        'package bus\n\nimport "github.com/IBM/sarama"\n\nfunc PublishEvent(p sarama.SyncProducer, topic string, e any) {\n\tp.SendMessage(&sarama.ProducerMessage{Topic: topic})\n}\n',
      "pkg/bus/consume.go":
        'package bus\n\nimport "github.com/IBM/sarama"\n\nfunc StartConsumer(c sarama.Consumer, topic string) {\n\tc.ConsumePartition(topic, 0, 0)\n}\n',
      "docker-compose.yml": "services:\n  kafka: {image: 'bitnami/kafka'}\n",
    },
    [
      "mail consumes kafka likely",
      "mail consumes kafka.orders likely",
      "orders publishes kafka likely",
      "orders publishes kafka.orders likely",
    ],
  ],
  [
    "a consumer of the system's own is handed an object",
    {
      "docker-compose.yml": "services:\n  mq: {image: 'rabbitmq:3'}\n",
      "shop/package.json": nodeService("shop", { amqplib: "1" }),
      "shop/main.js": "import amqp from 'amqplib';\nchannel.publish('orders', '', data);",
      "mail/package.json": nodeService("mail", { amqplib: "1" }),
      "mail/main.js":
        "import { registerConsumer } from './consumer.js';\nregisterConsumer({ exchange: 'orders', queue: 'mails' }, handle);",
      "mail/consumer.js":
        "import amqp from 'amqplib';\nexport async function registerConsumer(options, handler) {\n  const { exchange, queue } = options;\n  await channel.bindQueue(queue, exchange, '');\n}\n",
    },
    [
      "mail consumes mq likely",
      "mail consumes mq.orders likely",
      "mail dependsOn mq hint",
      "shop dependsOn mq hint",
      "shop publishes mq likely",
      "shop publishes mq.orders likely",
    ],
  ],
  [
    "a saga sends from its states; who takes the interface of a message gets it",
    {
      "src/Saga/Saga.csproj": project,
      "src/Saga/Program.cs": "var app = WebApplication.CreateBuilder(args).Build(); app.Run();",
      "src/Saga/OrderSaga.cs":
        "public class OrderSaga : MassTransitStateMachine<State> {\n  private Event<IPaid> Paid { get; set; }\n  public OrderSaga() {\n    When(Paid).TransitionTo(Done).Publish(context => new OrderClosed { Id = 1 });\n  }\n}",
      "src/Mail/Mail.csproj": project,
      "src/Mail/Program.cs": "var app = WebApplication.CreateBuilder(args).Build(); app.Run();",
      "src/Mail/Closed.cs":
        "public class Closed : IConsumer<IOrderClosed> { public Task Consume(ConsumeContext<IOrderClosed> context) { return context.Publish(new Paid()); } }",
      "docker-compose.yml": "services:\n  mq: {image: 'rabbitmq:3'}\n",
    },
    [
      "mail consumes mq likely",
      "mail consumes mq.orderclosed likely",
      "mail publishes mq likely",
      "mail publishes mq.paid likely",
      "saga consumes mq likely",
      "saga consumes mq.paid likely",
      "saga publishes mq likely",
      "saga publishes mq.orderclosed likely",
    ],
  ],
  [
    "a handler that never asks for the type of a message takes all of them",
    {
      "src/Sales/Sales.csproj": project,
      "src/Sales/Program.cs": "var app = WebApplication.CreateBuilder(args).Build(); app.Run();",
      "src/Sales/A.cs":
        "public class A { IMessagePublisher _messagePublisher; void F() { _messagePublisher.PublishMessageAsync(new OrderPlaced()); } }",
      "src/Audit/Audit.csproj": project,
      "src/Audit/Program.cs": "var app = WebApplication.CreateBuilder(args).Build(); app.Run();",
      "src/Audit/Worker.cs":
        "public class Worker : IMessageHandlerCallback { public async Task<bool> HandleMessageAsync(string messageType, string message) { Log.Information(messageType); return true; } }",
      "docker-compose.yml": "services:\n  mq: {image: 'rabbitmq:3'}\n",
    },
    [
      "audit consumes mq likely",
      "audit consumes mq.orderplaced likely",
      "sales publishes mq likely",
      "sales publishes mq.orderplaced likely",
    ],
  ],
  [
    "patterns of NestJS over TCP are requests, no messages",
    {
      "docker-compose.yml": "services:\n  web: {build: web, environment: ['PAY_HOST=pay']}\n  pay: {build: pay}\n",
      "web/package.json": nodeService("web", { "@nestjs/microservices": "10" }),
      "web/main.ts":
        "import { ClientProxy, ClientProxyFactory, Transport } from '@nestjs/microservices';\nconst pay: ClientProxy = ClientProxyFactory.create({ transport: Transport.TCP, options: { host: process.env.PAY_HOST, port: 3001 } });\nexport class A { constructor(@Inject('PAY') private readonly client: ClientProxy) {}\n  f() { return this.client.send('pay_now', {}); } }",
      "pay/package.json": nodeService("pay", { "@nestjs/microservices": "10" }),
      "pay/main.ts":
        "import { MessagePattern, Transport } from '@nestjs/microservices';\nNestFactory.createMicroservice(App, { transport: Transport.TCP, options: { port: 3001 } });\n@Controller()\nexport class B { @MessagePattern('pay_now') pay() {} }",
    },
    ["web calls pay confirmed"],
  ],
  [
    "configuration in a ConfigMap belongs to who mounts it",
    {
      "web/package.json": nodeService("web"),
      "web/main.js": "",
      "web/Dockerfile": "FROM node:20\n",
      "k8s/all.yaml":
        kube(
          "ConfigMap",
          "proxy-files",
          "data:\n  default.conf: |\n    server {\n      location / { proxy_pass http://web:80; }\n    }\n",
        ) +
        kube(
          "Deployment",
          "proxy",
          "spec:\n  template:\n    metadata: {labels: {app: proxy}}\n    spec:\n      containers:\n        - name: proxy\n          image: nginx:1\n          volumeMounts: [{name: files, mountPath: /etc/nginx/conf.d}]\n      volumes: [{name: files, configMap: {name: proxy-files}}]\n",
        ) +
        kube(
          "Deployment",
          "web",
          "spec:\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, image: web}]}\n",
        ) +
        kube("Service", "web", "spec: {selector: {app: web}, ports: [{port: 80}]}\n"),
    },
    ["proxy calls web confirmed"],
  ],
  [
    "who asks a sidecar of Dapr for a building block uses what stands behind it",
    {
      "docker-compose.yml": "services:\n  cache: {image: 'redis:7'}\n  mq: {image: 'rabbitmq:3'}\n",
      "cart/package.json": nodeService("cart", { "@dapr/dapr": "3" }),
      "cart/main.js":
        "import { DaprClient } from '@dapr/dapr';\nconst client = new DaprClient();\nclient.state.save('store', []);\nclient.pubsub.publish('bus', 'placed', {});",
      "bill/package.json": nodeService("bill"),
      "bill/main.js": "",
      "dapr/components/store.yaml":
        "apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {name: store}\nspec:\n  type: state.redis\n  metadata:\n    - {name: redisHost, value: 'cache:6379'}\n",
      "dapr/components/bus.yaml":
        "apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {name: bus}\nspec:\n  type: pubsub.rabbitmq\n  metadata:\n    - {name: connectionString, value: 'amqp://mq:5672'}\nscopes: [bill]\n",
    },
    [
      "bill dependsOn mq likely",
      "cart dependsOn mq likely",
      "cart publishes mq likely",
      "cart publishes mq.placed likely",
      "cart reads cache likely",
    ],
  ],
  [
    "a monitor asks its sources; links on its page are for people",
    {
      "docker-compose.yml":
        "services:\n  web: {build: web, ports: ['8080:80']}\n  prometheus: {image: 'prom/prometheus'}\n  grafana: {image: 'grafana/grafana', volumes: ['./grafana:/etc/grafana']}\n",
      "web/package.json": nodeService("web"),
      "web/main.js": "",
      "grafana/sources.yaml":
        "datasources:\n  - url: http://prometheus:9090\n    jsonData:\n      exemplarTraceIdDestinations:\n        - url: http://localhost:8080/trace\n",
    },
    ["grafana calls prometheus likely"],
  ],
  [
    "a monitor with the socket of the container engine sees what runs beside it",
    {
      "docker-compose.yml":
        "services:\n  scope: {image: 'weaveworks/scope:1', volumes: ['/var/run/docker.sock:/var/run/docker.sock']}\n  web: {build: web/target}\n  db: {image: 'postgres:16'}\n  logs: {image: 'amir20/dozzle', volumes: ['/var/run/docker.sock:/var/run/docker.sock']}\n",
      "web/package.json": nodeService("web"),
      "web/main.js": "",
    },
    ["scope calls db likely", "scope calls logs likely", "scope calls web likely"],
  ],
  [
    "a setting that is called like a component and has no value means that component",
    {
      "web/package.json": nodeService("web"),
      "web/main.js": "fetch(`${process.env.CART_SERVICE_URL}/items`); fetch(`${process.env.FRONTEND_URL}/x`);",
      "cart/package.json": nodeService("cart"),
      "cart/main.js": "fetch(`${process.env.WEB_BASE}/x`);",
    },
    ["web calls cart likely"],
  ],
])("%s", (_name, files, expected) => expect(relations(files)).toEqual(expected));
