import { expect, test } from "vitest";
import type { Cue } from "#collect/code/index.js";
import type { ImportGraph } from "#model/facts.js";
import { componentRef } from "#model/refs.js";
import { reachByImports } from "./reach.js";

/** Two services use the library `client`; only `orders` asks for what is in it, `sdk` asks for the other client, and each fallback stands beside its client. */
const files = [
  "orders/Orders.java",
  "stock/Stock.java",
  "client/StockClient.java",
  "client/StockFallback.java",
  "client/MailClient.java",
  "client/MailFallback.java",
  "sdk/Mailer.java",
];
const imports: readonly (readonly [number, number])[] = [
  [0, 2],
  [3, 2],
  [5, 4],
  [6, 4],
];

const graph: ImportGraph = {
  repository: "shop",
  files,
  from: imports.map(([from]) => from),
  to: imports.map(([, to]) => to),
  lines: imports.map(() => 1),
  kinds: imports.map(() => "value" as const),
} as unknown as ImportGraph;

const owners = { of: (_: string, path: string) => componentRef(path.slice(0, path.indexOf("/"))) };
const uses = new Map([
  [componentRef("orders"), new Set([componentRef("client")])],
  [componentRef("stock"), new Set([componentRef("client"), componentRef("sdk")])],
]);
const call = (file: string, via: string): Cue => ({ kind: "named-call", name: "x", via, path: null, file, line: 1, text: "" });

test("a client in a library is used by those whose code leads to it, not by all who have the library", () => {
  const reaches = reachByImports([graph], new Map(), owners, uses);
  const who = (file: string, via: string) =>
    ["orders", "stock"].filter((name) => reaches(componentRef(name), "shop", call(`client/${file}`, via)));
  expect({
    stock: who("StockClient.java", "feign"),
    mail: who("MailClient.java", "feign"),
    // Code that runs wherever the library is.
    discovered: who("MailClient.java", "discovery"),
  }).toEqual({ stock: ["orders"], mail: ["stock"], discovered: ["orders", "stock"] });
});
