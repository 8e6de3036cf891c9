/** A shop in one deployable, as a git repository: `payments` has everything a split needs, and each drystone.yaml takes something away. Its numbers are the plan's. */
import type { CommitPlan, Person } from "../fakes/index.js";

const day = 86_400;
const end = Date.UTC(2026, 10, 20, 12) / 1000;

const crews = {
  "payments-crew": ["ada", "bob", "cyd", "dan"],
  "orders-crew": ["eve", "fay", "gil", "hal", "zoe"],
  "catalog-crew": ["ivy", "jon", "kim"],
} as const;

export interface Declared {
  readonly owner: string;
  /** Hours of one coordination, and of one more deployable per month. */
  readonly touchHours: number;
  readonly opsHours: number;
}

export function drystoneYaml({ owner, touchHours, opsHours }: Declared): string {
  const teams = Object.entries(crews).map(
    ([team, members]) =>
      `  ${team}:\n    members:\n${members.map((id) => `      - { id: ${id}@example.com, from: 2024-01-01 }\n`).join("")}`,
  );
  return `system: shop
components:
  shop: { paths: ["**"], kind: service }
  payments: { paths: [src/payments], kind: module, partOf: shop, owner: ${owner} }
  orders: { paths: [src/orders], kind: module, partOf: shop, owner: orders-crew }
  catalog: { paths: [src/catalog], kind: module, partOf: shop, owner: catalog-crew }
modules:
  - { name: payments, match: src/payments, public: [index.ts] }
  - { name: orders, match: src/orders, public: [index.ts] }
  - { name: catalog, match: src/catalog, public: [index.ts] }
teams:
${teams.join("")}  backend:
    members: [ada@example.com]
thresholds:
  F.touchHours: { value: ${touchHours}, reason: asked the teams }
  F.opsHoursPerService: { value: ${opsHours}, reason: asked the platform team }
`;
}

/** One deploy of the whole on every evening of the year, as JSON lines. */
export function deploys(): string {
  return Array.from({ length: 360 }, (_, at) =>
    JSON.stringify({
      service: "shop",
      version: `1.0.${360 - at}`,
      time: new Date((end - at * day + 6 * 3600) * 1000).toISOString(),
      environment: "production",
      success: true,
    }),
  ).join("\n");
}

interface Change {
  readonly by: string;
  /** Days before the end. */
  readonly ago: number;
  readonly file: string;
}

/** What the plan says of `payments` in the last year. */
export const truth = {
  changes: 0,
  byCrew: 0,
  guests: 0,
  rest: 0,
  /** Program files: four and the public entry; of the others twice forty with an entry each, the server and the schema. */
  ownFiles: 5,
  otherFiles: 84,
};

function every(times: number, step: number, first: number, by: string, file: string): Change[] {
  return Array.from({ length: times }, (_, at) => ({ by, ago: first + at * step, file }));
}

/** The crew changes payments and nothing else; zoe of another team has to change it every twelve days. */
function plannedChanges(): Change[] {
  const [payments, orders, catalog] = [crews["payments-crew"], ["eve", "fay", "gil", "hal"], crews["catalog-crew"]];
  const crew = payments.flatMap((by, at) => every(24, 14, at + 0.1, by, `src/payments/part-${at}.ts`));
  const guest = every(30, 12, 6.1, "zoe", "src/payments/part-0.ts");
  const others = orders.flatMap((by, at) => every(12, 28, at + 8.4, by, `src/orders/part-${at}.ts`));
  const more = catalog.flatMap((by, at) => every(12, 28, at + 17.4, by, `src/catalog/part-${at}.ts`));
  const all = [...crew, ...guest, ...others, ...more].filter(({ ago }) => ago < 364);
  const own = all.filter(({ file }) => file.startsWith("src/payments/"));
  truth.changes = own.length;
  truth.guests = own.filter(({ by }) => by === "zoe").length;
  truth.byCrew = own.length - truth.guests;
  truth.rest = all.length - own.length;
  return all;
}

const person = (name: string): Person => ({ name, email: `${name}@example.com` });

export function plantedCommits(): CommitPlan[] {
  const start: CommitPlan = { author: person("ada"), time: end - 800 * day, message: "start", changes: files() };
  // Each member wrote some of it before the window: who knows a file is who made it.
  const makers = [...crews["payments-crew"].entries()].map(
    ([at, by]): CommitPlan => ({
      author: person(by),
      time: end - (700 - at) * day,
      message: `payments: part ${at}`,
      changes: { [`src/payments/part-${at}.ts`]: source(at, 0) },
    }),
  );
  const changes = plannedChanges()
    .toSorted((a, b) => b.ago - a.ago)
    .map(
      ({ by, ago, file }, at): CommitPlan => ({
        author: person(by),
        time: Math.round(end - ago * day),
        message: `change ${at}`,
        changes: { [file]: source(Number(/part-(\d+)/.exec(file)?.[1] ?? 0), at + 1, file) },
      }),
    );
  return [start, ...makers, ...changes];
}

/** Payments works on two tables of its own; the others on tables of theirs. */
function source(part: number, revision: number, file = "src/payments/"): string {
  const [, module = ""] = file.split("/");
  const tables: Readonly<Record<string, readonly string[]>> = {
    payments: ["payment_intents", "refunds"],
    orders: ["orders", "order_lines"],
    catalog: ["products", "prices"],
  };
  const [first = "", second = ""] = tables[module] ?? [];
  const entry = module === "orders" ? 'import { pay } from "../payments/index.js";\n' : "";
  return `${entry}export const revision${part} = ${revision};
export const read${part} = (db: { query(text: string): unknown }) =>
  db.query("SELECT a.id FROM ${first} a JOIN ${second} b ON b.id = a.id");
${module === "orders" ? `export const bought${part} = () => pay();\n` : ""}`;
}

function files(): Record<string, string> {
  const made: Record<string, string> = {
    "package.json":
      '{"name":"shop","version":"1.0.0","type":"module","main":"server.js","dependencies":{"express":"4","prom-client":"15","pino":"9"}}\n',
    "tsconfig.json": '{"compilerOptions":{"module":"nodenext"}}\n',
    "server.js": `import express from "express";
import { Histogram, register } from "prom-client";
import pino from "pino";
const log = pino({ base: { service: "shop", version: "1.0.0", environment: "production" } });
new Histogram({ name: "http_request_duration_seconds", help: "h", labelNames: ["status_code"], buckets: [0.1, 0.5, 1, 2.5] });
const app = express();
app.use((request, _, next) => { log.info({ trace_id: request.traceId, span_id: request.spanId }); next(); });
app.get("/healthz", (_, response) => response.send("ok"));
app.get("/ready", (_, response) => response.send("ok"));
app.get("/metrics", async (_, response) => response.send(await register.metrics()));
app.listen(8080);
`,
    Dockerfile: 'FROM node:20\nCOPY . .\nCMD ["node", "server.js"]\n',
    "k8s/shop.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  template:
    metadata:
      labels: { app: shop }
      annotations: { prometheus.io/scrape: "true", prometheus.io/path: /metrics, prometheus.io/port: "8080" }
    spec:
      containers:
        - name: server
          image: acme/shop:1
          ports: [{ containerPort: 8080 }]
          livenessProbe: { httpGet: { path: /healthz, port: 8080 } }
          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
`,
    "rules/shop.yaml": `groups:
  - name: shop
    rules:
      - alert: error_rate_above_1_percent
        expr: sum(rate(http_request_duration_seconds_count{job="shop",status_code=~"5.."}[5m])) / sum(rate(http_request_duration_seconds_count{job="shop"}[5m])) > 0.01
        labels: { service: shop }
      - alert: p99_latency_above_1_second
        expr: histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{job="shop"}[5m]))) > 1
        labels: { service: shop }
      - alert: service_unavailable
        expr: up{job="shop"} == 0
        labels: { service: shop }
`,
    "db/schema.sql": ["payment_intents", "refunds", "orders", "order_lines", "products", "prices"]
      .map((table) => `CREATE TABLE ${table} (id int primary key);\n`)
      .join(""),
    "src/payments/index.ts":
      'export interface PaymentIntent {\n  id: string;\n  amount: number;\n  currency: string;\n}\nexport interface Refund {\n  id: string;\n  reason: string;\n  amount: number;\n}\nexport { revision0 as pay } from "./part-0.js";\nexport * from "./part-1.js";\nexport * from "./part-2.js";\nexport * from "./part-3.js";\n',
    "src/orders/index.ts": "export interface Order { id: string; total: number }\n",
    "src/catalog/index.ts": "export interface Product { id: string; name: string }\n",
    "drystone.yaml": drystoneYaml({ owner: "payments-crew", touchHours: 20, opsHours: 10 }),
  };
  for (let at = 0; at < 4; at++) made[`src/payments/part-${at}.ts`] = source(at, -1);
  // Many files beside payments, so that its changes are many for its size.
  for (const module of ["orders", "catalog"])
    for (let at = 0; at < 40; at++) made[`src/${module}/part-${at}.ts`] = source(at, -1, `src/${module}/`);
  return made;
}
