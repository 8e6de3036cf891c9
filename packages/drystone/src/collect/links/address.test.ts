import { expect, test } from "vitest";
import { parseAddresses } from "./address.js";

/** host:port technology database user */
function shown(text: string): string[] {
  return parseAddresses(text).map(({ host, port, technology, database, user }) =>
    [`${host}${port === null ? "" : `:${port}`}`, technology, database, user].map((word) => word ?? "-").join(" "),
  );
}

test.each<[string, string[]]>([
  ["http://catalogue:8080/product/{}", ["catalogue:8080 http - -"]],
  ["https+http://basket-api", ["basket-api http - -"]],
  ["lb://orders", ["orders discovery - -"]],
  ["jdbc:mysql://{}:{}@mysql:3306/cities?useSSL=false", ["mysql:3306 mysql cities -"]],
  ["jdbc:postgresql://db/orders?currentSchema=sales&user=shop", ["db postgresql orders shop"]],
  ["jdbc:oracle:thin:@//ora:1521/XE", ["ora:1521 oracle XE -"]],
  ["jdbc:sqlserver://mssql:1433;databaseName=Orders;user=sa", ["mssql:1433 sqlserver Orders sa"]],
  ["mongodb://user:secret@m1:27017,m2:27017/users?replicaSet=rs", ["m1:27017 mongodb users user", "m2:27017 mongodb users user"]],
  ["amqp://guest:guest@rabbitmq:5672/vhost", ["rabbitmq:5672 rabbitmq - guest"]],
  ["PLAINTEXT://kafka:9092", ["kafka:9092 kafka - -"]],
  ["kafka1:9092,kafka2:9092", ["kafka1:9092 kafka - -", "kafka2:9092 kafka - -"]],
  ["Server=tcp:sqlserver,1433;Database=Invoicing;User Id=sa;Password=x;", ["sqlserver:1433 sqlserver Invoicing sa"]],
  ["Host=postgres;Port=5432;Database=catalog;Username=app;Password=x", ["postgres:5432 postgresql catalog app"]],
  ["host=db port=5432 user=app password=x dbname=orders sslmode=disable", ["db:5432 postgresql orders app"]],
  ["root:secret@tcp(mysql:3306)/orders?parseTime=true", ["mysql:3306 mysql orders root"]],
  ["mysql:host=mysql;dbname=ratings;charset=utf8", ["mysql mysql ratings -"]],
  ["redis:6379", ["redis:6379 redis - -"]],
  ["//quote:8090/getquote", ["quote:8090 - - -"]],
  ["http://{}:8080/x", []],
  ["hello world", []],
  ["", []],
  ["12:30", []],
])("%s", (text, expected) => {
  expect(shown(text)).toEqual(expected);
});

test("hostile text ends", () => {
  for (const text of ["a,".repeat(1000), "://".repeat(600), "host=".repeat(400), "a@".repeat(900), "[".repeat(1999)])
    expect(parseAddresses(text)).toBeInstanceOf(Array);
});
