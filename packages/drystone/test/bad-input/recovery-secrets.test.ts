/** Passwords stand in files in many forms; none of them comes out again, in no format. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Result } from "#model/index.js";
import { workspace, writeRepository } from "../fakes/index.js";
import { drystone, type Finished } from "./command.js";
import { ada, firstTime } from "./shop.js";

const scratch = workspace();
const repository = scratch.path("repository");
let json: Finished;

beforeAll(async () => {
  writeRepository(repository, {
    commits: [{ author: ada, time: firstTime, message: "Start\n", changes: new Map(Object.entries(files)) }],
  });
  json = await drystone(["assess", repository, "--format", "json", "--no-cache"]);
});
afterAll(() => scratch.cleanup());

test("the relations that the settings with passwords tell are found", () => {
  expect(json.code, json.stderr).toBe(0);
  const { relations } = (JSON.parse(json.stdout) as Result).model;
  const found = relations.map(({ from, to }) => `${from.split("/").at(-1)} ${to.split("/").at(-1)}`);
  for (const service of ["node", "spring", "dotnet", "golang", "python", "php"])
    expect(found).toEqual(expect.arrayContaining([`${service} database`]));
  expect(found).toEqual(expect.arrayContaining(["node broker", "node cache", "python node"]));
});

test.each([
  [["assess", repository, "--format", "json"]],
  [["assess", repository, "--format", "text"]],
  [["assess", repository, "--format", "markdown"]],
  [["collect", repository]],
  [["explain", "node", "database", "--path", repository]],
])("%j", async (commandLine) => {
  const run = commandLine.includes("json") ? json : await drystone([...commandLine, "--no-cache"]);
  expect(run.code, run.stderr).toBe(0);
  expect(linesWith(run.stdout + run.stderr)).toEqual([]);
});

/** What stands around each password. */
function linesWith(text: string): string[] {
  return [...text.matchAll(/.{0,120}hunter2.{0,60}/g)].map(([around]) => around);
}

// The system is one compose file with a service per framework, and the same programs in Kubernetes, Helm and Terraform.
const files: Readonly<Record<string, string>> = {
  "docker-compose.yml": `services:
  database:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: hunter2
      POSTGRES_USER: shop
    command: postgres -c password=hunter2
  broker:
    image: rabbitmq:3
    environment: [RABBITMQ_DEFAULT_USER=shop, RABBITMQ_DEFAULT_PASS=hunter2]
  cache:
    image: redis:7
    command: redis-server --requirepass hunter2
    healthcheck: {test: [CMD, redis-cli, -a, hunter2, ping]}
  node:
    build: ./node
    environment:
      DATABASE_URL: postgres://shop:hunter2@database:5432/orders
      AMQP_URL: "amqp://shop:hunter2@broker:5672"
      REDIS_URL: "redis://:hunter2@cache:6379"
      SLASHED_URL: "amqp://shop:hun/hunter2@broker:5672"
      API_TOKEN: hunter2
      COMPLICATED: "\${DATABASE_URL:-postgres://shop:hunter2@database/orders}"
    command: ["node", "server.js", "--database=postgres://shop:hunter2@database:5432/orders", "--password=hunter2"]
    env_file: [.env]
  spring:
    build: ./spring
    environment: {SPRING_DATASOURCE_URL: "jdbc:postgresql://database:5432/orders?user=shop&password=hunter2", SPRING_DATASOURCE_PASSWORD: hunter2}
  dotnet:
    build: ./dotnet
    environment:
      - ConnectionStrings__Orders=Server=database;Database=orders;User Id=shop;Password=hunter2;
      - ConnectionStrings__Bus=Endpoint=sb://broker/;SharedAccessKeyName=all;SharedAccessKey=hunter2=
  golang: {build: ./golang}
  python: {build: ./python, environment: {NODE_URL: "http://shop:hunter2@node:3000"}}
  php: {build: ./php}
`,
  ".env": "DATABASE_URL=postgres://shop:hunter2@database:5432/orders\nDB_PASSWORD=hunter2\n",
  "node/Dockerfile":
    "FROM node:20\nARG NPM_TOKEN=hunter2\nENV DATABASE_URL=postgres://shop:hunter2@database/orders DB_PASSWORD=hunter2\nRUN curl http://shop:hunter2@node/x\nCMD node server.js --database=postgres://shop:hunter2@database/orders\n",
  "node/package.json":
    '{"name":"node","scripts":{"start":"DATABASE_URL=postgres://shop:hunter2@database/orders node server.js"},"dependencies":{"pg":"8.0.0","amqplib":"0.10.0","ioredis":"5","private":"git+https://shop:hunter2@github.com/shop/private.git"}}',
  "node/package-lock.json":
    '{"lockfileVersion":3,"packages":{"":{"name":"node"},"node_modules/private":{"version":"git+https://shop:hunter2@github.com/shop/private.git#1","resolved":"git+https://shop:hunter2@github.com/shop/private.git"}}}',
  "node/server.js": `import { Pool } from "pg";
import amqp from "amqplib";
import Redis from "ioredis";
const pool = new Pool({ connectionString: process.env.DATABASE_URL || "postgres://shop:hunter2@database:5432/orders" });
const other = new Pool({ host: "database", user: "shop", password: "hunter2", database: "orders" });
const broker = await amqp.connect("amqp://shop:hunter2@broker:5672");
const cache = new Redis("redis://:hunter2@cache:6379/0"); const more = new Redis({ host: "cache", password: 'hunter2' });
const unknown = await fetch("http://shop:hunter2@unknown-service:8080/things", { headers: { Authorization: "Basic hunter2" } });
await axios.get("http://missing-service/things?token=hunter2");
await axios.get(\`http://shop:hunter2@missing-service/\${id}\`, { auth: { username: "shop", password: "hunter2" } });
const PASSWORD = "hunter2", BROKER_URL = "amqp://shop:hunter2@broker";
await pool.query("select * from orders where password = 'hunter2'");
await pool.query("create user shop password 'hunter2'");
`,
  "node/db/migrations/1.sql":
    "create table orders (id int); create user shop with password 'hunter2'; insert into orders values ('hunter2');\n",
  "spring/Dockerfile": "FROM eclipse-temurin:21\nCOPY target/app.jar /app.jar\n",
  "spring/pom.xml":
    "<project><groupId>shop</groupId><artifactId>spring</artifactId><properties><db.password>hunter2</db.password></properties><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies></project>",
  "spring/src/main/resources/application.properties":
    "spring.application.name=spring\nspring.datasource.url=jdbc:postgresql://shop:hunter2@database:5432/orders\nspring.datasource.password=hunter2\nspring.datasource.password=${DB_PASSWORD:hunter2}\nspring.rabbitmq.addresses=amqp://shop:hunter2@broker\nspring.cloud.config.uri=http://shop:hunter2@config:8888\neureka.client.serviceUrl.defaultZone=http://shop:hunter2@discovery:8761/eureka\n",
  "spring/src/main/resources/application-docker.yml":
    "spring:\n  datasource:\n    url: jdbc:postgresql://database:5432/orders?password=hunter2\n    password: hunter2 with blanks hunter2\n  data: {mongodb: {uri: 'mongodb://shop:hunter2@database:27017/orders'}}\n  cloud: {config: {server: {git: {uri: 'https://shop:hunter2@git.example/config', password: hunter2}}}}\n",
  "spring/src/main/java/shop/App.java":
    '@SpringBootApplication class App { @Value("${db.url:jdbc:postgresql://shop:hunter2@database/orders}") String url; void go() throws Exception { DriverManager.getConnection("jdbc:postgresql://database/orders", "shop", "hunter2"); new RestTemplate().getForObject("http://shop:hunter2@node:3000/things", String.class); dataSource.setUrl("jdbc:postgresql://database/orders"); dataSource.setPassword("hunter2"); } }\n',
  "spring/src/main/resources/logback.xml":
    '<configuration><appender name="x" class="net.logstash.logback.appender.LogstashTcpSocketAppender"><destination>shop:hunter2@logs:5044</destination></appender></configuration>',
  "dotnet/Dockerfile": "FROM mcr.microsoft.com/dotnet/aspnet:8.0\n",
  "dotnet/dotnet.csproj":
    '<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><PackageReference Include="Npgsql" Version="8.0.0"/></ItemGroup></Project>',
  "dotnet/appsettings.json":
    '{"ConnectionStrings":{"Orders":"Host=database;Database=orders;Username=shop;Password=hunter2","Bus":"amqp://shop:hunter2@broker","Cache":"cache:6379,password=hunter2,ssl=False"},"Jwt":{"Secret":"hunter2","Authority":"http://shop:hunter2@node"}}',
  "dotnet/Program.cs":
    'var builder = WebApplication.CreateBuilder(args);\nbuilder.Services.AddDbContext<Orders>(o => o.UseNpgsql("Host=database;Database=orders;Username=shop;Password=hunter2"));\nvar c = new NpgsqlConnection("Server=database;User Id=shop;Pwd=hunter2");\nvar f = new ConnectionFactory { HostName = "broker", UserName = "shop", Password = "hunter2" };\nConnectionMultiplexer.Connect("cache:6379,password=hunter2");\nbuilder.Services.AddHttpClient("x", c => c.BaseAddress = new Uri("http://shop:hunter2@missing:80"));\n',
  "golang/Dockerfile": "FROM golang:1.23\n",
  "golang/go.mod": "module shop/golang\n\ngo 1.23\n\nrequire github.com/lib/pq v1.10.9\n",
  "golang/main.go": `package main
import ("database/sql"; "net/http"; _ "github.com/lib/pq")
func main() {
	sql.Open("postgres", "host=database port=5432 user=shop password=hunter2 dbname=orders")
	sql.Open("mysql", "shop:hunter2@tcp(database:3306)/orders")
	redis.NewClient(&redis.Options{Addr: "cache:6379", Password: "hunter2"})
	http.Get("http://shop:hunter2@node:3000/things")
	amqp.Dial("amqp://shop:hunter2@broker:5672/")
	dsn := fmt.Sprintf("%s:%s@tcp(database:3306)/%s", "shop", "hunter2", "orders")
	http.Get("http://shop:hunter2@nowhere:3000/things")
	getenv("DB_PASSWORD", "hunter2")
}
`,
  "python/Dockerfile": "FROM python:3.12\nENV DB_PASSWORD hunter2\n",
  "python/requirements.txt":
    "psycopg2==2.9.9\nrequests==2.31\npika==1.3\n--extra-index-url https://shop:hunter2@pypi.example/simple\nprivate @ git+https://shop:hunter2@github.com/shop/private.git\n",
  "python/app.py": `import os, psycopg2, requests, pika
DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql://shop:hunter2@database:5432/orders")
PASSWORD = os.getenv("DB_PASSWORD", "hunter2")
psycopg2.connect("host=database dbname=orders user=shop password=hunter2")
psycopg2.connect(host="database", user="shop", password="hunter2", dbname="orders")
create_engine("postgresql+psycopg2://shop:hunter2@database/orders")
requests.get("http://node:3000/things", auth=("shop", "hunter2"))
requests.get("http://nowhere:3000/things", auth=HTTPBasicAuth("shop", "hunter2"))
requests.get(f"http://shop:hunter2@node:3000/{id}", headers={"X-Api-Key": "hunter2"})
pika.BlockingConnection(pika.ConnectionParameters("broker", 5672, "/", pika.PlainCredentials("shop", "hunter2")))
`,
  "python/settings.py":
    'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "orders", "HOST": "database", "PASSWORD": "hunter2"}}\nCELERY_BROKER_URL = "amqp://shop:hunter2@broker//"\n',
  "php/Dockerfile": "FROM php:8\n",
  "php/composer.json":
    '{"name":"shop/php","require":{"php":"^8"},"repositories":[{"type":"vcs","url":"https://shop:hunter2@github.com/x/y"}]}',
  "php/index.php":
    "<?php\n$db = new PDO('pgsql:host=database;dbname=orders', 'shop', 'hunter2');\n$m = mysqli_connect('database', 'shop', 'hunter2', 'orders');\n$e = new PDO('pgsql:host=database;dbname=orders;user=shop;password=hunter2');\nfile_get_contents('http://shop:hunter2@node:3000/x');\n",
  "php/config/database.php":
    "<?php return ['host' => env('DB_HOST', 'database'), 'password' => env('DB_PASSWORD', 'hunter2')];\n",
  "nginx/nginx.conf":
    'http { server { location /node { proxy_set_header Authorization "Basic hunter2"; proxy_pass http://shop:hunter2@node:3000/; } location /n { proxy_pass http://shop:hunter2@nowhere; } } }\n',
  "k8s/all.yaml": `apiVersion: v1
kind: Secret
metadata: {name: node}
stringData: {DATABASE_URL: "postgres://shop:hunter2@database:5432/orders", PASSWORD: hunter2}
---
apiVersion: v1
kind: Secret
metadata: {name: encoded}
data: {DATABASE_URL: ${Buffer.from("postgres://shop:hunter2@database:5432/orders").toString("base64")}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: node}
data: {AMQP_URL: "amqp://shop:hunter2@broker:5672", application.properties: "spring.datasource.password=hunter2\\nx.url=http://shop:hunter2@node"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: node}
spec:
  template:
    metadata: {labels: {app: node}}
    spec:
      initContainers: [{name: wait, image: busybox, command: [sh, -c, "until pg_isready -d postgres://shop:hunter2@database:5432/orders; do sleep 1; done"]}]
      containers:
        - name: node
          image: shop/node
          args: ["--database=postgres://shop:hunter2@database:5432/orders", "--password", "hunter2"]
          envFrom: [{secretRef: {name: node}}, {configMapRef: {name: node}}, {secretRef: {name: encoded}}]
          env: [{name: REDIS_URL, value: "redis://:hunter2@cache:6379"}, {name: DB_PASSWORD, value: hunter2}]
`,
  "terraform/main.tf": `variable "db_password" { default = "hunter2" }
resource "aws_db_instance" "database" {
  engine   = "postgres"
  username = "shop"
  password = "hunter2"
}
resource "aws_ecs_task_definition" "node" {
  family = "node"
  container_definitions = jsonencode([{ name = "node", image = "shop/node", environment = [{ name = "DATABASE_URL", value = "postgres://shop:\${var.db_password}@database/orders" }] }])
}
`,
  "charts/node/Chart.yaml": "apiVersion: v2\nname: node\nversion: 0.1.0\n",
  "charts/node/values.yaml": "password: hunter2\ndatabase: postgres://shop:hunter2@database:5432/orders\n",
  "charts/node/templates/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: node}
spec: {template: {spec: {containers: [{name: node, image: shop/node, env: [{name: DATABASE_URL, value: "{{ .Values.database }}"}, {name: URL, value: "postgres://shop:{{ .Values.password }}@database/orders"}, {name: DB_PASSWORD, value: "{{ .Values.password }}"}]}]}}}
`,
  "openapi.yaml":
    "openapi: 3.0.0\ninfo: {title: node, version: '1'}\nservers: [{url: 'http://shop:hunter2@node:3000'}]\npaths: {/things: {get: {operationId: x, responses: {}}}}\n",
  "broken.yaml":
    "apiVersion: v1\nkind: Secret\nstringData:\n  password: hunter2: hunter2\n   url: postgres://shop:hunter2@database\n\t*hunter2\n",
  "api/openapi.json": '{"openapi":"3.0.0","servers":[{"url":"http://shop:hunter2@node"}],"paths": hunter2}',
  "k8s/anchor.yaml": "apiVersion: v1\nkind: Secret\nstringData: {password: *hunter2}\n",
  Procfile: "web: DATABASE_URL=postgres://shop:hunter2@database/orders node node/server.js --password hunter2\n",
  "serverless.yml":
    "service: functions\nprovider: {name: aws, environment: {DATABASE_URL: 'postgres://shop:hunter2@database/orders', PASSWORD: hunter2}}\nfunctions: {hello: {handler: node/server.hello, environment: {TOKEN: hunter2}}}\n",
};
