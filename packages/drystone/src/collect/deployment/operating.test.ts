/** What deployment files say about how a program is watched. */
import { expect, test } from "vitest";
import { readComposeFiles, readDockerfile, readKubernetesFiles } from "./index.js";

const deployment = (container: string, more = "") => `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  template:
    metadata:
      labels: { app: cart }
      annotations: { instrumentation.opentelemetry.io/inject-java: "true" }
    spec:
      containers:
      - name: server
        image: cart:1
        ports: [{ name: web, containerPort: 8080 }]
${container}
---
apiVersion: v1
kind: Service
metadata:
  name: cart
  labels: { team: shop }
  annotations: { prometheus.io/scrape: "true" }
spec: { selector: { app: cart }, ports: [{ port: 80, targetPort: web }] }
${more}`;

const operating = (text: string) => readKubernetesFiles(new Map([["k8s/cart.yaml", text]])).workloads[0]?.operating;

test.each<[string, string, readonly string[]]>([
  [
    "a page, its port by name",
    "        livenessProbe: { httpGet: { path: /healthz, port: web } }",
    ["liveness http :8080/healthz"],
  ],
  ["gRPC", "        readinessProbe: { grpc: { port: 50051, service: ready } }", ["readiness grpc :50051 ready"]],
  ["a port", "        startupProbe: { tcpSocket: { port: 80 } }", ["startup tcp :80"]],
  ["a command", '        livenessProbe: { exec: { command: ["cat", "/tmp/ok"] } }', ["liveness exec cat /tmp/ok"]],
  [
    "a command that asks a page",
    '        livenessProbe: { exec: { command: ["curl", "-f", "http://localhost:80/live"] } }',
    ["liveness http :80/live"],
  ],
  ["a probe that asks nothing", "        livenessProbe: { periodSeconds: 3 }", []],
  ["none", "", []],
])("Kubernetes: %s", (_, container, expected) => {
  const found = operating(deployment(container));
  expect(found?.probes.map(({ kind, target }) => `${kind} ${target}`)).toEqual(expected);
  expect(found?.container).toBe("server");
});

test("a probe has the line where it stands", () => {
  expect(operating(deployment("        livenessProbe: { tcpSocket: { port: 80 } }"))?.probes[0]).toMatchObject({
    file: "k8s/cart.yaml",
    line: 14,
  });
});

test.each<[string, string, readonly string[]]>([
  [
    "by its labels",
    "---\napiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: shop }\nspec: { selector: { matchLabels: { team: shop } } }",
    ["ServiceMonitor shop"],
  ],
  [
    "of another team",
    "---\napiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: shop }\nspec: { selector: { matchLabels: { team: bank } } }",
    [],
  ],
  [
    "pods",
    "---\napiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: { name: pods }\nspec: { selector: { matchExpressions: [{ key: app, operator: In, values: [cart] }] } }",
    ["PodMonitor pods"],
  ],
])("monitors: %s", (_, more, expected) => {
  const found = operating(deployment("", more))?.annotations.map(({ key, value }) => `${key} ${value}`) ?? [];
  expect(found.slice(0, 2)).toEqual(["instrumentation.opentelemetry.io/inject-java true", "prometheus.io/scrape true"]);
  expect(found.slice(2)).toEqual(expected);
});

test.each<[string, string, string | null]>([
  ["a shell", "HEALTHCHECK --interval=5s CMD curl -f http://localhost:5100/hc || exit 1", "http :5100/hc"],
  ["words", 'HEALTHCHECK CMD ["pg_isready"]', "exec pg_isready"],
  ["taken away", "HEALTHCHECK CMD x\nHEALTHCHECK NONE", null],
])("Dockerfile: %s", (_, text, expected) =>
  expect(readDockerfile("Dockerfile", `FROM node:20\n${text}`).healthcheck?.target ?? null).toBe(expected),
);

test.each<[string, string, string | undefined]>([
  ["a test", '["CMD", "wget", "-q", "http://localhost/health"]', "http /health"],
  ["a line", "nc -z localhost 9001", "exec nc -z localhost 9001"],
  ["switched off", '["NONE"]', undefined],
])("compose: %s", (_, check, expected) => {
  const text = `services:\n  cart:\n    image: cart\n    healthcheck:\n      test: ${check}\n`;
  const read = readComposeFiles(["docker-compose.yml"], (path) => (path === "docker-compose.yml" ? text : null));
  expect(read.services[0]?.operating?.probes[0]?.target).toBe(expected);
});
