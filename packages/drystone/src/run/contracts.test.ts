import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { textTree } from "#collect/files/index.js";
import { git as gitIn } from "../../test/fakes/index.js";
import { compareContracts } from "./contracts.js";
import { contractsCompatible } from "./contracts-compatible.js";
import { diffContracts } from "./contracts-diff.js";
import { externalizableContracts, listContracts } from "./contracts-list.js";

const options = { asOf: "2026-11-20", wireOnly: false, direction: "response" } as const;

function openapi(title: string, properties: string): string {
  return `openapi: 3.0.3
info: { title: ${title}, version: 1.0.0 }
paths:
  /orders/{id}:
    get:
      summary: One order
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        "200": { description: ok, content: { application/json: { schema: { type: object, required: [${properties}], properties: { ${properties
          .split(", ")
          .map((name) => `${name}: { type: number }`)
          .join(", ")} } } } } }
`;
}

test("contracts are found again after a move, told when they are gone, and broken files are not taken for gone", () => {
  const before = textTree("shop", {
    "api/orders.yaml": openapi("orders", "id, total"),
    "api/billing.yaml": openapi("billing", "id"),
    "api/stock-openapi.yaml": openapi("stock", "id"),
  });
  const after = textTree("shop", {
    "services/orders/openapi.yaml": openapi("orders", "id"),
    "api/stock-openapi.yaml": "openapi: 3.0.3\npaths: [",
    "api/new.yaml": openapi("new", "id"),
  });
  const seen = compareContracts(before, after, options).map(({ old, new: next, changes }) => [
    old?.file ?? null,
    next?.file ?? null,
    changes.map(({ level, rule }) => `${level} ${rule}`),
  ]);
  expect(seen).toEqual([
    ["api/billing.yaml", null, ["error contract-removed"]],
    [null, "api/new.yaml", []],
    ["api/stock-openapi.yaml", "api/stock-openapi.yaml", ["error malformed"]],
    ["api/orders.yaml", "services/orders/openapi.yaml", ["error response-property-removed"]],
  ]);
});

const author = ["-c", "user.name=Ada", "-c", "user.email=ada@shop.example"];
const folder = mkdtempSync(join(tmpdir(), "drystone-contracts-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a shop: diff, compatible, list and the checklist", async () => {
  write(
    "docker-compose.yml",
    "services:\n  orders: { build: orders, ports: ['8081:8080'] }\n  web: { build: web, environment: { ORDERS_URL: 'http://orders:8080' } }\n",
  );
  write("orders/package.json", '{"name":"orders","dependencies":{"express":"4"}}');
  write("orders/index.js", 'const app = require("express")(); app.get("/orders/:id", (q, s) => s.json({}));\n');
  write("web/package.json", '{"name":"web","dependencies":{"axios":"1"}}');
  write(
    "web/index.js",
    'const axios = require("axios"); const url = process.env.ORDERS_URL; exports.get = (id) => axios.get(`${url}/orders/${id}`);\n',
  );
  write("orders/openapi.yaml", openapi("orders", "id, total"));
  git("init", "-q");
  commit("one");
  git("tag", "v1");
  write("orders/openapi.yaml", openapi("orders", "id"));
  commit("two");
  write(
    "deploys.jsonl",
    ["orders", "web"]
      .map(
        (service) =>
          `${JSON.stringify({ service, version: "v1", time: "2026-11-01T10:00:00Z", environment: "production", success: true })}\n`,
      )
      .join(""),
  );

  const diff = diffContracts(["v1..HEAD"], { ...options, repository: folder, facts: null });
  expect(diff.assessments[0]?.findings.map(({ code, severity, location }) => [code, severity, location?.line])).toEqual([
    ["contract-compatibility/response-property-removed", "error", 9],
  ]);

  const asked = {
    ...options,
    environment: "production",
    deploys: [join(folder, "deploys.jsonl")],
    paths: [folder],
    config: undefined,
  };
  const verdict = async (candidate: string) => (await contractsCompatible({ ...asked, candidate })).assessments[0]?.verdict;
  expect([await verdict("orders@v1"), await verdict("orders@HEAD")]).toEqual(["met", "not-met"]);
  await expect(contractsCompatible({ ...asked, candidate: "orders", environment: "staging" })).rejects.toThrow(
    "has no deploy to staging",
  );
  await expect(contractsCompatible({ ...asked, candidate: "nobody" })).rejects.toThrow("is no component");

  write(
    "pacts/web-orders.json",
    '{"consumer":{"name":"web"},"provider":{"name":"orders"},"interactions":[{"request":{"method":"GET","path":"/orders/7"},"response":{"body":{"id":7}}}]}',
  );
  commit("pact");
  expect(await verdict("orders@HEAD")).toBe("met");

  write(
    "deploys.jsonl",
    `${JSON.stringify({ service: "web", version: "0.9-lost", time: "2026-11-01T10:00:00Z", environment: "production" })}\n`,
  );
  expect(await verdict("orders@HEAD")).toBe("unknown");

  write(
    "deploys.jsonl",
    `${JSON.stringify({ service: "orders", version: "v1", time: "2026-11-01T10:00:00Z", environment: "production" })}\n`,
  );
  const [alone] = (await contractsCompatible({ ...asked, candidate: "orders@HEAD" })).assessments;
  expect([alone?.verdict, alone?.findings.map(({ severity }) => severity), alone?.reasons[1]]).toEqual([
    "unknown",
    ["warning"],
    "Not counted, as no deploy of them to production is known: web. If they do run there, pass their deploys too.",
  ]);

  const list = listContracts({ paths: [folder], config: undefined, asOf: "2026-11-20" });
  expect(list.model.contracts.map(({ kind, provider, file }) => [kind, provider, file])).toEqual([
    ["openapi", "component:default/orders", "orders/openapi.yaml"],
  ]);
  const [checklist] = externalizableContracts(["orders"], { paths: [folder], config: undefined, asOf: "2026-11-20" }).assessments;
  expect(checklist?.conditions.map(({ met }) => met)).toEqual([false, true, false, false, false, null, true, false, null, null]);
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function git(...args: string[]): void {
  gitIn(folder, [...author, ...args]);
}

function commit(message: string): void {
  git("add", "-A");
  git("commit", "-qm", message);
}

const events = (required: string) => `asyncapi: 3.0.0
info: { title: orders, version: 1.0.0 }
channels:
  placed: { address: orders.placed, messages: { placed: { payload: { type: object, required: [${required}], properties: { id: { type: string }, total: { type: integer } } } } } }
operations:
  tell: { action: send, channel: { $ref: "#/channels/placed" } }
`;
const put = (file: string, text: string) => write(join("topics", file), text);

test("services that talk over a topic meet on its contract, whatever form the deploys have", async () => {
  const place = join(folder, "topics");
  const local = (...args: string[]) => gitIn(place, [...author, ...args]);
  put(
    "docker-compose.yml",
    "services:\n  orders: { build: orders, environment: { KAFKA: 'kafka:9092' } }\n  mailer: { build: mailer, environment: { KAFKA: 'kafka:9092' } }\n  kafka: { image: apache/kafka }\n",
  );
  put("orders/package.json", '{"name":"orders","dependencies":{"kafkajs":"2"}}');
  put(
    "orders/index.js",
    'const { Kafka } = require("kafkajs"); const producer = new Kafka({ brokers: ["kafka:9092"] }).producer(); producer.send({ topic: "orders.placed", messages: [] });\n',
  );
  put("orders/asyncapi.yaml", events("id, total"));
  put("mailer/package.json", '{"name":"mailer","dependencies":{"kafkajs":"2"}}');
  put(
    "mailer/index.js",
    'const { Kafka } = require("kafkajs"); const consumer = new Kafka({ brokers: ["kafka:9092"] }).consumer({ groupId: "m" }); consumer.subscribe({ topic: "orders.placed" });\n',
  );
  local("init", "-q");
  local("add", "-A");
  local("commit", "-qm", "one");
  local("tag", "v1");
  put("orders/asyncapi.yaml", events("id"));
  local("commit", "-qam", "two");
  const csv = join(folder, "deploys.csv");
  writeFileSync(csv, "service,version,environment,time,success\nmailer,v1,production,2026-11-01T10:00:00Z,true\n");
  const cd = join(folder, "deploys.json");
  const context = {
    specversion: "0.4.1",
    id: "1",
    source: "/ci",
    type: "dev.cdevents.service.deployed.0.1.4",
    timestamp: "2026-11-01T10:00:00Z",
  };
  const content = { environment: { id: "production" }, artifactId: "pkg:oci/orders@sha256%3A00?tag=v1" };
  writeFileSync(cd, JSON.stringify({ context, subject: { id: "orders", type: "service", content } }));
  const ask = async (candidate: string) => {
    const asked = { ...options, candidate, environment: "production", deploys: [csv, cd], paths: [place], config: undefined };
    const [assessment] = (await contractsCompatible(asked)).assessments;
    return [assessment?.verdict, ...(assessment?.findings ?? []).map(({ code, severity }) => `${severity} ${code}`)];
  };
  expect(await ask("orders@v1")).toEqual(["met"]);
  expect(await ask("orders@HEAD")).toEqual(["not-met", "error contract-compatibility/response-property-became-optional"]);
  expect(await ask("mailer@HEAD")).toEqual(["met"]);
});
