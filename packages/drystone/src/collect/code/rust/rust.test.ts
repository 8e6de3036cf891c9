import { expect, test } from "vitest";
import { cuesOf } from "../cues-of.js";

const cues = (text: string) =>
  cuesOf("src/main.rs", text).flatMap(({ kind, file: _file, line, text: _text, ...rest }) =>
    kind === "setting" || ("use" in rest && rest.use === "literal")
      ? []
      : [
          `${line} ${kind} ${Object.values(rest)
            .map((value) => (Array.isArray(value) ? value.join("+") : value === null ? "-" : String(value)))
            .join(" ")}`,
        ],
  );

test.each([
  [
    "reqwest",
    'use reqwest::Client;\nfn f() {\n let client = Client::new();\n client\n  .post(format!("{}/x", "http://a"))\n  .send();\n}',
    ["5 call http POST http://a/x false"],
  ],
  [
    "tonic",
    'use cart::cart_service_client::CartServiceClient;\nfn f() { CartServiceClient::connect("http://cart:1"); }',
    ["2 grpc-client CartService", "2 address http://cart:1 grpc client"],
  ],
  ["actix", '#[post("/x/{id}")]\nasync fn pay() {}', ["1 endpoint POST /x/{id} pay"]],
  [
    "axum",
    'use axum::Router;\nfn f() { Router::new().route("/x/:id", get(show).post(save)); }',
    ["2 endpoint GET /x/{id} show", "2 endpoint POST /x/{id} save"],
  ],
  [
    "sqlx",
    'use sqlx::PgPool;\nasync fn f() { PgPool::connect("postgres://db/shop"); sqlx::query("SELECT * FROM orders"); }',
    ["2 table orders - read - -", "2 address postgres://db/shop postgresql client", "2 store-client postgresql sqlx -"],
  ],
  ["diesel", "diesel::table! {\n orders (id) {\n id -> Int4,\n }\n}", ["1 table orders - map - -"]],
  ["lapin", 'use lapin::Connection;\nfn f() { ch.basic_publish("", "jobs", o); }', ["2 publishes rabbitmq jobs -"]],
  [
    "serde",
    "#[derive(Debug, Serialize)]\npub struct Order {\n pub id: u32,\n name: String,\n at: i64,\n}",
    ["1 model Order id+name+at"],
  ],
])("%s", (_name, text, expected) => {
  expect(cues(text)).toEqual(expected);
});
