import { expect, test } from "vitest";
import { processorTime } from "../../../test/fakes/index.js";
import { settingText, withoutSecrets } from "./index.js";

test.each([
  ["postgres://shop:hunter2@db:5432/orders", "postgres://shop:***@db:5432/orders"],
  ["postgres://shop:hun@ter2@db/orders", "postgres://shop:***@db/orders"],
  ["amqp://shop:hun/ter2@mq:5672/", "amqp://shop:***@mq:5672/"],
  ["redis://:hunter2@cache:6379/0", "redis://:***@cache:6379/0"],
  ["mongodb://u:hunter2@a:27017,b:27017/shop", "mongodb://u:***@a:27017,b:27017/shop"],
  ["amqp://a:hunter2@h1,amqp://b:hunter2@h2", "amqp://a:***@h1,amqp://b:***@h2"],
  ["shop:hunter2@tcp(db:3306)/orders", "shop:***@tcp(db:3306)/orders"],
  ['sql.Open("mysql", "shop:hunter2@tcp(db:3306)/orders")', 'sql.Open("mysql", "shop:***@tcp(db:3306)/orders")'],
  ["DSN=shop:hunter2@db:5432/orders", "DSN=shop:***@db:5432/orders"],
  ["https://0123456789abcdef0123456789abcdef@sentry.io/1", "https://***@sentry.io/1"],
  ["Server=db;Database=Orders;User Id=sa;Password=hunter2;", "Server=db;Database=Orders;User Id=sa;Password=***;"],
  ["Endpoint=sb://x/;SharedAccessKey=hunter2=", "Endpoint=sb://x/;SharedAccessKey=***"],
  ["host=db user=shop password=hunter2 dbname=orders", "host=db user=shop password=*** dbname=orders"],
  ["jdbc:mysql://db/orders?user=shop&password=hunter2", "jdbc:mysql://db/orders?user=shop&password=***"],
  ["spring.datasource.password=hunter2", "spring.datasource.password=***"],
  ["POSTGRES_PASSWORD: hunter2", "POSTGRES_PASSWORD: ***"],
  ["DB_PASS=hunter2", "DB_PASS=***"],
  ["dbPass: 'hunter2'", "dbPass: ***"],
  ['new Pool({ host: "db", password: "hunter2 and more" })', 'new Pool({ host: "db", password: *** })'],
  ['{"url":"http://db","password":"hunter2"}', '{"url":"http://db","password":***}'],
  ['config["Password"] = "hunter2"', 'config["Password"] = ***'],
  ["'password' => 'hunter2',", "'password' => ***,"],
  ['<property name="password" value="hunter2"/>', '<property name="password" value=***/>'],
  ["<password>hunter2</password>", "<password>***</password>"],
  ['.password("hunter2")', '.password("***")'],
  ['.WithEnvironment("DB_PASSWORD", "hunter2")', '.WithEnvironment("DB_PASSWORD", "***")'],
  ['os.getenv("API_KEY", "hunter2")', 'os.getenv("API_KEY", "***")'],
  ['DriverManager.getConnection("jdbc:h2:mem", "sa", "hunter2")', 'DriverManager.getConnection("jdbc:h2:mem", "***", "***")'],
  ["pika.PlainCredentials('guest', 'hunter2')", 'pika.PlainCredentials("***", "***")'],
  ['headers: { Authorization: "Bearer hunter2.hunter2" }', 'headers: { Authorization: "Bearer ***" }'],
  ["url: ${DB_URL:postgres://u:hunter2@db/x}", "url: ${DB_URL:postgres://u:***@db/x}"],
  ["${DB_PASSWORD:-hunter2}", "${DB_PASSWORD:-***}"],
  [
    '"postgres://u:hunter2@db/x?sslmode=disable", "amqp://guest:hunter2@mq"',
    '"postgres://u:***@db/x?sslmode=disable", "amqp://guest:***@mq"',
  ],
  ['requests.get(url, auth=("shop", "hunter2"))', 'requests.get(url, auth=("shop", "***"))'],
  ["create user shop with password 'hunter2';", "create user shop with password '***';"],
  ["insert into people values (1, 'Ada', 'hunter2')", "insert into people values (1, '***', '***')"],
  ["git+https://ghp_abcdefghijklmnopqrstuvwxyz0123456789@github.com/a/b", "git+https://***@github.com/a/b"],
])("%s", (text, expected) => {
  expect(withoutSecrets(text)).toBe(expected);
});

test.each([
  "http://cart:8080/users/a@b.example",
  "http://cart:8080/users?mail=a@b",
  "postgres://u:${DB_PASSWORD}@db/orders",
  "password=${DB_PASSWORD}",
  "git@github.com:shop/cart.git",
  "nginx:1.25@sha256:9f86d081884c7d65",
  "tokenUrl: http://auth:8080/token",
  "secretName: cart-tls",
  "@Autowired private PassengerClient passengers",
  "import passport from 'passport'",
  "monkey = keyboard",
])("stays as it is: %s", (text) => {
  expect(withoutSecrets(text)).toBe(text);
});

test.each([
  ["spring.datasource.password", "hunter2 with blanks", "spring.datasource.password = ***"],
  ["spring.datasource.password", "${DB_PASSWORD}", "spring.datasource.password = ${DB_PASSWORD}"],
  ["spring.datasource.url", "jdbc:postgresql://db/orders", "spring.datasource.url = jdbc:postgresql://db/orders"],
  ["DATABASE_URL", `postgres://u:${"hunter2".repeat(40)}@db/orders`, "DATABASE_URL = postgres://u:***@db/orders"],
])("the setting %s = %s", (key, value, expected) => {
  expect(settingText(key, value)).toBe(expected);
});

test("time grows with the text, not faster", () => {
  const spent = processorTime();
  for (const piece of [
    "://a:",
    "password",
    "password=",
    'password="',
    "a:b",
    "@",
    "://a:b/",
    "login(",
    "eyJaaaaaaaaaaa.",
    "'",
    "pass",
    " ",
  ])
    withoutSecrets(piece.repeat(Math.ceil(100_000 / piece.length)));
  expect(spent()).toBeLessThan(10_000);
});
