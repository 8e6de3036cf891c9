import { describe, expect, test } from "vitest";
import { processorTime } from "../../../test/fakes/index.js";
import { shellWords, waitsFor } from "./command-words.js";
import { readEnv } from "./env-file.js";
import { readAspire, readComposeFiles, readDockerfile, readProcfile, readServerless } from "./index.js";

test.each([
  ["A=1\n# x\nexport B='a $A'\nC=\"b ${A}\"\nD=x # y\nE=${NO}", { A: "1", B: "a $A", C: "b 1", D: "x" }],
  ['A="one\ntwo"\nB=2', { A: "one\ntwo", B: "2" }],
  ['A="open\nB=2', { A: '"open', B: "2" }],
])("env file %j", (text, expected) => {
  expect(Object.fromEntries(readEnv(text))).toEqual(expected);
});

test.each([
  ["./wait-for-it.sh db:5432 -- npm start", ["db"]],
  ["dockerize -wait tcp://db:5432 -wait http://cart/health ./run", ["db", "cart"]],
  ["sh -c 'until nc -z queue 5672; do sleep 1; done; exec app'", ["queue"]],
  ["sh -c \"while ! mysqladmin ping -h'mysqldb' -u root; do sleep 5; done; run\"", ["mysqldb"]],
  ["nc db 5432", []],
  ["./wait-for-it.sh localhost:80", []],
])("%s waits for %j", (command, names) => {
  expect(waitsFor(shellWords(command), 3)).toEqual(names.map((name) => ({ name, line: 3, alias: null, kind: "wait" })));
});

test("Procfile: processes, assigned variables, other folders", () => {
  const read = readProcfile(
    "shop/Procfile.dev",
    "# x\nweb: PORT=5000 node server.js\nworker: cd jobs && npm start\nrelease: migrate\n",
  );
  expect(
    read.map(({ name, line, variant, folder, command, exposed, job }) => [name, line, variant, folder, command, exposed, job]),
  ).toEqual([
    ["web", 2, "dev", "shop", ["node", "server.js"], true, false],
    ["worker", 3, "dev", "shop/jobs", ["cd", "jobs", "&&", "npm", "start"], false, false],
    ["release", 4, "dev", "shop", ["migrate"], false, true],
  ]);
  expect(read[0]?.environment).toEqual([{ key: "PORT", value: "5000", file: "shop/Procfile.dev", line: 2, from: "own" }]);
});

test("serverless.yml: functions with environment, addresses and triggers", () => {
  const text = `service: orders
custom: {stage: "\${opt:stage, 'dev'}", table: "orders-\${self:custom.stage}"}
provider:
  environment:
    TABLE: \${self:custom.table}
    SECRET: \${env:SECRET}
functions:
  create:
    handler: src/create.handler
    environment: {URL: http://cart}
    events:
      - http: {path: orders, method: post}
      - httpApi: 'GET /orders/{id}'
      - sqs: {arn: {Fn::GetAtt: [Queue, Arn]}}
  nightly:
    handler: src/nightly.handler
    events: [{schedule: rate(1 day)}]
`;
  const { functions, problems } = readServerless("orders/serverless.yml", text);
  expect(problems).toEqual([]);
  expect(
    functions.map(({ name, service, folder, handler, httpEvents, triggers, exposed, job }) => ({
      name,
      service,
      folder,
      handler,
      httpEvents,
      triggers,
      exposed,
      job,
    })),
  ).toEqual([
    {
      name: "create",
      service: "orders",
      folder: "orders",
      handler: "src/create.handler",
      httpEvents: [
        { method: "POST", path: "/orders", line: 12 },
        { method: "GET", path: "/orders/{id}", line: 13 },
      ],
      triggers: [{ kind: "sqs", name: "Queue", line: 14 }],
      exposed: true,
      job: false,
    },
    {
      name: "nightly",
      service: "orders",
      folder: "orders",
      handler: "src/nightly.handler",
      httpEvents: [],
      triggers: [{ kind: "schedule", name: "rate(1 day)", line: 17 }],
      exposed: false,
      job: true,
    },
  ]);
  expect(functions[0]?.environment.map(({ key, value, line, from }) => [key, value, line, from])).toEqual([
    ["TABLE", "orders-dev", 5, "shared"],
    ["SECRET", null, 6, "shared"],
    ["URL", "http://cart", 10, "own"],
  ]);
});

describe("readAspire", () => {
  const paths = ["src/Cart.API/Cart.API.csproj", "src/Host/Program.cs", "src/web/package.json"];
  test("projects, servers, databases, references", () => {
    const text = `var builder = DistributedApplication.CreateBuilder(args);
const string CacheName = "cache"; // not "x"
var cache = builder.AddRedis(CacheName).WithDataVolume("cache-data");
var postgres = builder.AddPostgres("pg");
var db = postgres.AddDatabase("cartdb");
var queue = builder.AddRabbitMQ("bus");

var cart = builder.AddProject<Projects.Cart_API>("cart-api")
    .WithReference(cache)
    .WithReference(db).WaitFor(db)
    /* .WithReference(gone) */
    .WithEnvironment("Level", "debug")
    .WithHttpEndpoint(port: 8080, targetPort: 80);
var endpoint = cart.GetEndpoint("http");
builder.AddNpmApp("web", "../web")
    .WithReference(cart)
    .WithReference(builder.AddMongoDB("mongo").AddDatabase("pages"), "Pages")
    .WithEnvironment("CART", $"{endpoint}/v1")
    .WithEnvironment("KEY", secret)
    .WithExternalHttpEndpoints();
builder.AddContainer("mail", "axllent/mailpit").ConfigureRoutes(cart);
builder.Build().Run();
`;
    expect(
      readAspire("src/Host/Program.cs", text, paths).map((resource) => [
        resource.name,
        resource.line,
        resource.kind,
        resource.folder ?? resource.image ?? resource.partOf,
        resource.environment.map(({ key, value, line }) => `${line} ${key}=${value}`),
        resource.dependsOn.map(({ name, kind }) => `${kind} ${name}`),
      ]),
    ).toEqual([
      ["cache", 3, "server", "redis", [], []],
      ["pg", 4, "server", "postgres", [], []],
      ["cartdb", 5, "database", "pg", [], []],
      ["bus", 6, "server", "rabbitmq", [], []],
      [
        "cart-api",
        8,
        "project",
        "src/Cart.API",
        ["9 ConnectionStrings__cache=cache:6379", "10 ConnectionStrings__cartdb=Host=pg;Database=cartdb", "12 Level=debug"],
        ["link cache", "link cartdb", "wait cartdb"],
      ],
      [
        "web",
        15,
        "program",
        "src/web",
        [
          "16 services__cart-api__http__0=http://cart-api",
          "17 ConnectionStrings__Pages=mongodb://mongo/pages",
          "18 CART=http://cart-api/v1",
          "19 KEY=null",
        ],
        ["link cart-api", "link pages"],
      ],
      ["mongo", 17, "server", "mongo", [], []],
      ["pages", 17, "database", "mongo", [], []],
      ["mail", 21, "container", "axllent/mailpit", [], ["link cart-api"]],
    ]);
  });
});

test("hostile texts end soon and throw nothing", () => {
  const bombs = [
    "${A:-".repeat(50_000),
    `A=${"${A:-".repeat(50_000)}`,
    `services:\n  a:\n    image: ${"${A:-".repeat(20_000)}\n`,
    `services:\n${Array.from({ length: 5000 }, (_, i) => `  s${i}: {extends: s${i + 1}, image: x}\n`).join("")}`,
    `services:\n${Array.from({ length: 40 }, (_, i) => `  s${i}: {image: '${"${".repeat(9000)}'}\n`).join("")}`,
    `services:\n  a: {image: a, ports: ['1-65535:1-65535'], environment: {__proto__: 1, constructor: 2}}\n`,
    `FROM ${"$".repeat(200_000)}`,
    `ENV ${"A ".repeat(100_000)}`,
    "ENV A=1\n".repeat(30_000),
    `RUN ${"<<A ".repeat(50_000)}`,
    " ".repeat(500_000),
    `DistributedApplication.CreateBuilder ${"a.B(".repeat(50_000)}`,
    `var a = b${".AddRedis(".repeat(20_000)}`,
    `x.WithEnvironment("${"{".repeat(50_000)}`,
    `$"${'"'.repeat(100_001)}`,
    `functions:\n  a: {handler: "${"${self:functions.a.handler}".repeat(100)}"}\n`,
    `web: ${"cd x; ".repeat(1000)}`,
  ];
  const spent = processorTime();
  for (const bomb of bombs) {
    readEnv(bomb);
    readDockerfile("Dockerfile", bomb);
    readComposeFiles(["compose.yml"], (path) => (path === "compose.yml" || path === ".env" ? bomb : null));
    readProcfile("Procfile", bomb);
    readServerless("serverless.yml", bomb);
    readAspire("Program.cs", bomb, []);
    waitsFor(shellWords(bomb), 1);
  }
  expect(spent()).toBeLessThan(10_000);
});
