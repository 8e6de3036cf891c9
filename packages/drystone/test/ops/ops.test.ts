/** `drystone ops` as a platform team uses it: check in a pipeline, write what is missing, check again. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drystone } from "../bad-input/command.js";
import { workspace, writeRepository } from "../fakes/index.js";

const scratch = workspace();
const files = {
  CODEOWNERS: "/orders/ @acme/team-checkout\n",
  "orders/package.json":
    '{"name":"orders","version":"1.0.0","main":"server.js","dependencies":{"express":"4","prom-client":"15"}}\n',
  "orders/server.js":
    'const app = require("express")();\napp.get("/health", (_, response) => response.send("ok"));\nconsole.log("started");\napp.listen(8080);\n',
  "orders/Dockerfile": 'FROM node:20\nEXPOSE 8080\nCMD ["node", "server.js"]\n',
  "k8s/orders.yaml":
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: orders }\nspec:\n  template:\n    metadata: { labels: { app: orders } }\n    spec:\n      containers:\n      - { name: server, image: acme/orders:1, ports: [{ containerPort: 8080 }] }\n",
};
let shop = "";
beforeAll(() => {
  shop = repository("shop", files);
});
afterAll(() => scratch.cleanup());

function repository(name: string, changes: Readonly<Record<string, string>>): string {
  const author = { name: "Ada", email: "ada@example.com" };
  return writeRepository(scratch.path(name), { commits: [{ message: "Start", author, time: 1_780_000_000, changes }] });
}

interface Printed {
  readonly assessments: readonly {
    readonly id: string;
    readonly findings: readonly { readonly code: string; readonly severity: string }[];
  }[];
  readonly measures: readonly { readonly id: string; readonly detail: { readonly verdict: string } }[];
}

const verdicts = (text: string): Record<string, string> =>
  Object.fromEntries(
    (JSON.parse(text) as Printed).measures.map(({ id, detail }) => [id.replace("baseline.", ""), detail.verdict]),
  );

test("what the files say of one service, and exit code 1 for what is missing", async () => {
  const { code, stdout } = await drystone(["ops", "check", shop, "--format", "json", "--no-cache"]);
  expect(code).toBe(1);
  expect(verdicts(stdout)).toEqual({
    liveness: "met",
    readiness: "not-met",
    metrics: "met",
    "request-histogram": "unknown",
    "json-logs": "not-met",
    "log-fields": "not-met",
    "trace-context": "not-applicable",
    "alert-errors": "unknown",
    "alert-latency": "unknown",
    "alert-unavailable": "unknown",
    pipeline: "unknown",
    runbook: "unknown",
    timeouts: "not-applicable",
  });
  const [only] = (JSON.parse(stdout) as Printed).assessments;
  expect(only?.findings.map(({ code: rule, severity }) => `${severity} ${rule}`)).toEqual([
    "error operational-baseline/readiness",
    "error operational-baseline/json-logs",
    "warning operational-baseline/liveness-not-asked",
  ]);
});

test("facts that were kept give the same bytes", async () => {
  const kept = scratch.path("facts.json");
  await drystone(["collect", shop, "--output", kept, "--no-cache"]);
  const [from, direct] = await Promise.all([
    drystone(["ops", "check", "--facts", kept, "--format", "json"]),
    drystone(["ops", "check", shop, "--format", "json", "--no-cache"]),
  ]);
  expect(from.stdout).toBe(direct.stdout);
});

test("what is missing is written once, with owner, port, container and the metrics that it has; nothing is replaced", async () => {
  const folder = scratch.path("generated");
  const command = ["ops", "generate", "--path", shop, "--output", folder, "--no-cache", "--quiet"];
  expect((await drystone(command)).code).toBe(0);
  expect(
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter((path) => path.includes("."))
      .sort(),
  ).toEqual([
    "kubernetes/orders.probes.yaml",
    "logging/orders.logger.mjs",
    "prometheus/orders.rules.test.yaml",
    "prometheus/orders.rules.yaml",
  ]);
  const rules = readFileSync(join(folder, "prometheus/orders.rules.yaml"), "utf8");
  expect(rules).toContain("owner: team-checkout");
  expect(rules).toContain('http_request_duration_seconds_count{job=\\"orders\\"}');
  const probes = readFileSync(join(folder, "kubernetes/orders.probes.yaml"), "utf8");
  expect(probes).toContain("- name: server");
  expect(probes).toContain("port: 8080");
  expect((await drystone(command)).code).toBe(0);
  writeFileSync(join(folder, "prometheus/orders.rules.yaml"), "mine\n");
  const refused = await drystone(command);
  expect([refused.code, refused.stderr.includes("nothing was written")]).toEqual([2, true]);
  expect(readFileSync(join(folder, "prometheus/orders.rules.yaml"), "utf8")).toBe("mine\n");
  expect((await drystone([...command, "--force"])).code).toBe(0);
  expect(readFileSync(join(folder, "prometheus/orders.rules.yaml"), "utf8")).toBe(rules);
});

test("what was generated is found: the check after it has the alerts and the probes", async () => {
  const folder = scratch.path("second");
  mkdirSync(folder);
  await drystone(["ops", "generate", "--path", shop, "--output", folder, "--no-cache", "--quiet"]);
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  const after = repository("after", {
    ...files,
    "rules/orders.rules.yaml": read("prometheus/orders.rules.yaml"),
    "orders/logger.mjs": read("logging/orders.logger.mjs"),
  });
  const { stdout } = await drystone(["ops", "check", after, "--format", "json", "--no-cache"]);
  expect(verdicts(stdout)).toMatchObject({
    "alert-errors": "met",
    "alert-latency": "met",
    "alert-unavailable": "met",
    "json-logs": "met",
    "log-fields": "met",
  });
});

test.each<[string, readonly string[], string]>([
  ["no folder to write into", ["ops", "generate"], "--output"],
  ["a service that is none", ["ops", "generate", "nobody", "--output", "x"], "use one of orders"],
  ["metrics that are none", ["ops", "generate", "--metrics", "statsd", "--output", "x"], "otel-http"],
  ["no address", ["ops", "probe", "orders"], "http://localhost:8080"],
  ["a password in the address", ["ops", "probe", "http://a:b@localhost"], "--header"],
  ["a log that is none", ["ops", "probe", "http://localhost", "--logs", "nothing.log"], "standard input"],
  ["a header that is none", ["ops", "probe", "http://localhost", "--header", "x"], "NAME: VALUE"],
  ["a command that is none", ["ops", "chekc"], "check"],
])("%s: two lines and exit 2", async (_, command, hint) => {
  const { code, stdout, stderr } = await drystone(command, { cwd: shop });
  expect([code, stdout, stderr.includes(hint)]).toEqual([2, "", true]);
  expect(existsSync(join(shop, "x"))).toBe(false);
});
