import { describe, expect, test } from "vitest";
import { processorTime } from "../../../test/fakes/index.js";
import { cuesOfSettings, isSettingsFile, normalKey, readSettingsFile, servedAs } from "./index.js";

describe("files", () => {
  test.each([
    ["orders/src/main/resources/application.yml", true],
    ["orders/src/main/resources/application-docker.properties", true],
    ["orders/src/main/resources/bootstrap.yml", true],
    ["config/src/main/resources/shared/account-service.yml", true],
    ["config-repo/orders.yml", true],
    ["api/appsettings.Production.json", true],
    ["api/Properties/launchSettings.json", true],
    [".env", true],
    ["services/orders/.env.docker", true],
    ["services/orders/config/default.json", true],
    ["app/src/main/resources/application.conf", true],
    ["orders/src/test/resources/application.yml", false],
    ["orders/src/main/resources/application-test.yml", false],
    ["node_modules/x/config/default.json", false],
    ["package.json", false],
    ["web/tsconfig.json", false],
    ["docker-compose.yml", false],
    ["deploy/templates/orders-service.yaml", false],
    [".github/workflows/api.yml", false],
    ["src/main/resources/messages/messages_en.properties", false],
    ["docs/readme.md", false],
  ])("%s: %s", (path, expected) => {
    expect(isSettingsFile(path)).toBe(expected);
  });

  test.each([
    ["config/src/main/resources/shared/account-service.yml", { application: "account-service", profile: "" }],
    ["config/src/main/resources/shared/application.yml", { application: "application", profile: "" }],
    ["config-repo/orders-docker.yml", { application: "orders", profile: "docker" }],
    ["vets-service.yml", { application: "vets-service", profile: "" }],
    ["orders/src/main/resources/application.yml", null],
    ["orders/config/application.yml", null],
    ["orders/src/main/resources/bootstrap.yml", null],
    ["orders/package.json", null],
  ])("%s is served to %o", (path, expected) => {
    expect(servedAs(path)).toEqual(expected);
  });
});

test("spellings of a key meet", () => {
  const orders = [
    "ORDER_DESTINATIONS_ORDERSERVICEURL",
    "order.destinations.order-service-url",
    "order.destinations.orderServiceUrl",
  ];
  expect(new Set(orders.map(normalKey))).toEqual(new Set(["orderdestinationsorderserviceurl"]));
  expect([normalKey("Urls__Basket"), normalKey("Urls:Basket"), normalKey("URLS[0].Basket"), normalKey("URLS_0_BASKET")]).toEqual([
    "urlsbasket",
    "urlsbasket",
    "urls0basket",
    "urls0basket",
  ]);
});

/** `line key = value (profile)`. */
function entries(path: string, text: string): string[] | null {
  const read = readSettingsFile(path, text);
  return read === null
    ? null
    : read.entries.map(({ key, value, line, profile }) => `${line} ${key} = ${value}${profile === "" ? "" : ` (${profile})`}`);
}

describe("formats", () => {
  test.each<[string, string, string[] | null]>([
    [
      "src/main/resources/application.yml",
      "spring:\n  application.name: orders\n  version: @project.version@\nurls:\n  - ${A:http://a}\n  - b\n---\nspring:\n  config:\n    activate:\n      on-profile: docker\nx: 1\n---\nspring:\n  profiles: test\ny: 2\n",
      [
        "2 spring.application.name = orders",
        "3 spring.version = @project.version@",
        "5 urls[0] = ${A:-http://a}",
        "6 urls[1] = b",
        "11 spring.config.activate.on-profile = docker (docker)",
        "12 x = 1 (docker)",
      ],
    ],
    [
      "application-prod.properties",
      "# c\na.b = 1\nc:2\nd e\\\n  f\n%dev.g=${H:${I:1}}\nu=caf\\u00e9",
      ["2 a.b = 1 (prod)", "3 c = 2 (prod)", "4 d = ef (prod)", "6 g = ${H:-${I:-1}} (dev)", "7 u = café (prod)"],
    ],
    [
      "api/appsettings.Development.json",
      '{\n  // comment\n  "Urls": { "Basket": "http://basket", "All": [ "a", ], },\n  "Logging": { "Url": "http://x//y" }\n}',
      [
        "3 Urls:Basket = http://basket (Development)",
        "3 Urls:All[0] = a (Development)",
        "4 Logging:Url = http://x//y (Development)",
      ],
    ],
    [
      "Properties/launchSettings.json",
      '{ "profiles": { "api": { "applicationUrl": "http://localhost:5100", "environmentVariables": { "A__B": "c" }, "launchBrowser": true } } }',
      ["1 profiles.api.applicationUrl = http://localhost:5100 (launch)", "1 A__B = c (launch)"],
    ],
    [".env", "A=1\nexport B='x y' # c\n#C=2\nD=${E:-f}\nbroken", ["1 A = 1", "2 B = x y", "4 D = ${E:-f}"]],
    [
      "config/app.toml",
      '[db]\nhost = "db" # c\nports = ["1", "2"]\n',
      ["2 db.host = db", "3 db.ports[0] = 1", "3 db.ports[1] = 2"],
    ],
    ["config/app.ini", "[redis]\nhost=cache\n; x\nport: 6379", ["2 redis.host = cache", "4 redis.port = 6379"]],
    [
      "conf/application.conf",
      'db {\n  url = "jdbc:postgresql://"${db.host}"/orders"\n  host = "localhost"\n  host = ${?DB_HOST}\n}\na.b = c\nk { x = 1, y = "z" }\n',
      [
        "2 db.url = jdbc:postgresql://${db.host}/orders",
        "3 db.host = ${DB_HOST:-localhost}",
        "6 a.b = c",
        "7 k.x = 1",
        "7 k.y = z",
      ],
    ],
    [
      "src/main/resources/logback-spring.xml",
      '<configuration>\n<appender name="S" class="net.logstash.logback.appender.LogstashTcpSocketAppender">\n<destination>logstash:5000</destination></appender>\n<appender name="C" class="ch.qos.logback.core.ConsoleAppender"/></configuration>',
      [
        "2 appender.S.@class = net.logstash.logback.appender.LogstashTcpSocketAppender",
        "3 appender.S.destination = logstash:5000",
      ],
    ],
    ["config/orders.yml", "apiVersion: v1\nkind: ConfigMap\n", null],
    ["config/stack.yml", "services:\n  a:\n    image: b\n", null],
    ["conf/default.conf", "server {\n  listen 80;\n  location / { proxy_pass http://a; }\n}", null],
    ["application.yml", "swagger:\n  controllerPackage: x\n", ["2 swagger.controllerPackage = x"]],
  ])("%s", (path, text, expected) => {
    expect(entries(path, text)).toEqual(expected);
  });

  test("what cannot be read is a problem, not an error", () => {
    const read = readSettingsFile("application.yml", "a: [\n---\nb: 1");
    expect(read?.entries.map(({ key }) => key)).toEqual(["b"]);
    expect(read?.problems).toHaveLength(1);
    expect(readSettingsFile("application.yml", "a".repeat(2_000_000))).toBeNull();
  });
});

/** `kind: values`. */
function cues(text: string, path = "src/main/resources/application.yml"): string[] {
  const read = readSettingsFile(path, text);
  return read === null
    ? []
    : cuesOfSettings(read).map(({ file: _file, line: _line, text: _text, ...body }) =>
        Object.values(body)
          .map((value) => value ?? "-")
          .join(" "),
      );
}

describe("cues", () => {
  test.each<[string, string, string[]]>([
    [
      "stores by address, host and connection",
      "spring:\n  datasource.url: jdbc:mysql://user:pass@db:3306/orders?ssl=false\n  data.mongodb: { host: mongo, port: 27018, database: carts }\n  rabbitmq.host: ${RABBIT:rabbit}\n  kafka.bootstrap-servers: k1:9092,k2:9092\n",
      [
        "address jdbc:mysql://user:***@db:3306/orders?ssl=false mysql client",
        "store-client mysql spring.datasource.url orders",
        "address mongo:27018 mongodb client",
        "store-client mongodb spring.data.mongodb.host carts",
        "address ${RABBIT:-rabbit} rabbitmq client",
        "store-client rabbitmq spring.rabbitmq.host -",
        "address k1:9092 kafka client",
        "store-client kafka spring.kafka.bootstrap-servers -",
        "address k2:9092 kafka client",
      ],
    ],
    [
      "drivers of Go",
      "dsn: host=db port=5433 user=u password=p dbname=orders sslmode=disable\nmysql.dsn: root:pw@tcp(items-db:3306)/items?parseTime=true\nlisten: 0.0.0.0:80\nclient.url: 0.0.0.0:5001\n",
      [
        "address postgresql://db:5433/orders postgresql client",
        "store-client postgresql dsn orders",
        "address mysql://items-db:3306/items mysql client",
        "store-client mysql mysql.dsn items",
        "address 0.0.0.0:5001 - literal",
      ],
    ],
    ["databases inside of the program are none", "spring.datasource.url: jdbc:h2:mem:test\nx.url: jdbc:sqlite:a.db\n", []],
    [
      "other services",
      "rates.url: https://api.rates.io\norders:\n  host: orders\n  port: 8080\nitems: items:9000\n",
      ["address https://api.rates.io - literal", "address orders:8080 - literal", "address items:9000 - literal"],
    ],
    [
      "an address that another setting may replace",
      "echo.baseUrl: ${services.echo.baseUrl:http://localhost:8089}\necho.name: ${services.echo.name:echo}\n",
      ["address ${services.echo.baseUrl:-http://localhost:8089} - literal"],
    ],
    [
      "what is the program's own, a time, an image or a document",
      "server.address: 0.0.0.0\nserver.port: 80\ncron.time: 10:30\nimage: postgres:14\ninfo.url: http://x.y\nschema: http://www.w3.org/x\nmanagement.host: a\n",
      [],
    ],
    [
      "infrastructure",
      "eureka.client.serviceUrl.defaultZone: http://e1:8761/eureka/,http://e2:8761/eureka/\nspring.config.import: optional:configserver:${C:http://c:8888}\nspring.zipkin.sender.type: rabbit\nspring.boot.admin.client.url: http://admin:9090\nmanagement.metrics.export.prometheus.enabled: true\n",
      [
        "address http://e1:8761/eureka/ - literal",
        "address http://e2:8761/eureka/ - literal",
        "address ${C:-http://c:8888} - literal",
        "role discovery-client http://e1:8761/eureka/",
        "role discovery-client http://e2:8761/eureka/",
        "role config-client ${C:-http://c:8888}",
        "role tracing-client rabbit",
        "address http://admin:9090 - literal",
        "role admin-client http://admin:9090",
        "role metrics-endpoint true",
      ],
    ],
    [
      "a registry alone is no client of itself",
      "eureka.client:\n  registerWithEureka: false\n  fetchRegistry: false\n  serviceUrl.defaultZone: http://localhost:8761/eureka/\n",
      ["address http://localhost:8761/eureka/ - literal"],
    ],
    [
      "routes of Zuul",
      "zuul:\n  prefix: /api\n  routes:\n    users: /users/**\n    orders: { path: /o/**, serviceId: order-service, stripPrefix: false }\n    old: { path: /old/**, url: 'http://old:80' }\n    in: { path: /in/**, url: 'forward:/x' }\n    plain: { serviceId: plain-service }\n",
      [
        "route /api/users/** users",
        "route /api/o/** order-service",
        "address http://old:80 - literal",
        "route /api/old/** http://old:80",
        "route /api/plain/** plain-service",
      ].toSorted(),
    ],
    [
      "routes of Spring Cloud Gateway",
      "spring.cloud.gateway:\n  discovery.locator.enabled: true\n  routes:\n  - id: a\n    uri: lb://a\n    predicates: ['Path=/a/**,/b/**', Method=GET]\n  - id: c\n    uri: http://c:80\n    predicates:\n    - name: Path\n      args: { pattern: /c/** }\n",
      ["address http://c:80 - literal", "route - -", "route /a/** lb://a", "route /b/** lb://a", "route /c/** http://c:80"],
    ],
    [
      "channels",
      "spring.cloud.stream:\n  kafka.binder.x: 1\n  bindings:\n    order-out-0.destination: orders\n    mail-in-0: { destination: mails, group: g }\n    custom.destination: unknown\nmp.messaging.incoming.fights: { connector: smallrye-kafka, topic: fight }\n",
      ["publishes kafka orders -", "consumes kafka mails -", "consumes kafka fight -"],
    ],
    ["mail", "spring.mail: { host: smtp.x.io, port: 465 }\n", ["address smtp.x.io:465 smtp literal", "mail spring.mail.host"]],
  ])("%s", (_, text, expected) => {
    const found = cues(text);
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  test("connection strings of .NET, without passwords", () => {
    const text =
      '{ "ConnectionStrings": { "A": "Server=db,1433;Database=Orders;User Id=sa;Password=x@y;TrustServerCertificate=true", "B": "Host=pg;Port=5432;Database=b;Username=u;Password=p", "C": "Data Source=app.db" } }';
    expect(cues(text, "appsettings.json")).toEqual([
      "address Server=db,1433;Database=Orders;User Id=sa;Password=***;TrustServerCertificate=true sqlserver client",
      "store-client sqlserver ConnectionStrings:A Orders",
      "address Host=pg;Port=5432;Database=b;Username=u;Password=*** postgresql client",
      "store-client postgresql ConnectionStrings:B b",
    ]);
  });
});

describe("hostile files", () => {
  test.each([
    ["application.yml", "a: {".repeat(5000)],
    ["application.yml", `a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n${"d: *c\n".repeat(5)}`],
    ["application.yml", "__proto__:\n  url: http://a\nconstructor: b:80\n"],
    ["application.properties", "a=b\\\n".repeat(50_000)],
    ["application.properties", `a=${"\\".repeat(300_000)}`],
    ["application.properties", `u=${"${a:".repeat(60_000)}`],
    ["config/a.conf", "a { ".repeat(100_000)],
    ["config/a.conf", `${"}".repeat(300_000)}\na = ${'"'.repeat(100_000)}`],
    ["appsettings.json", `{"a": "${"/*".repeat(100_000)}`],
    ["config/a.toml", `a = [${'"x", '.repeat(60_000)}`],
    [".env", `A=${"x".repeat(300_000)}`],
    ["logback.xml", "<appender ".repeat(30_000)],
    ["logback.xml", `<appender name="a" class="Socket">`.repeat(6000)],
    ["application.yml", `a: ${"http://a,".repeat(60_000)}`],
    ["application.yml", `spring.datasource.url: jdbc:${"a:".repeat(100_000)}`],
  ])("%s: %#", (path, text) => {
    const spent = processorTime();
    const read = readSettingsFile(path, text);
    if (read !== null) expect(cuesOfSettings(read).length).toBeLessThanOrEqual(2000);
    expect(spent()).toBeLessThan(10_000);
  });
});
