/** What single lines and files say; tables of small texts. */
import { describe, expect, test } from "vitest";
import { processorTime } from "../../../test/fakes/index.js";
import { alertMeaning } from "./alert-meaning.js";
import { readAlertRules } from "./alert-rules.js";
import { componentPlaces } from "./component-place.js";
import { signsOfManifest } from "./dependency-signs.js";
import { pipelineSystem, signsOfPipeline } from "./pipelines.js";
import { isRunbook } from "./runbooks.js";
import { signsOfFile } from "./signs-of-file.js";

const said = (path: string, text: string) =>
  signsOfFile(path, text).map(({ kind, subject, line }) => `${line} ${kind} ${subject}`);

describe("program text and settings", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["Express", "app.js", "app.get('/healthz', ok);", ["1 health-route /healthz"]],
    ["a router of Go", "main.go", 'r.HandleFunc(base+"/_healthz", alive)', ["1 health-route /_healthz"]],
    ["Flask", "app.py", '@app.route("/ready", methods=["GET"])', ["1 health-route /ready"]],
    ["Spring", "A.java", '@GetMapping(value = "/actuator/health/liveness")', ["1 health-route /actuator/health/liveness"]],
    ["a table of routes", "routes.ts", "{ method: 'GET', path: '/readyz', handler }", ["1 health-route /readyz"]],
    [
      "the actuator without its page of health",
      "a.yaml",
      "m:\n  exposure:\n    include:\n      - prometheus\n",
      ["2 health-library Spring Boot actuator"],
    ],
    ["the actuator with it", "a.yaml", "m:\n  exposure:\n    include: prometheus, health\n", []],
    ["all of the actuator", "a.properties", "management.endpoints.web.exposure.include=*\n", []],
    [
      "a histogram switched on over several lines",
      "a.yaml",
      "d:\n  percentiles-histogram:\n    http:\n      server.requests: 'true'\n",
      ["2 request-histogram not-at-1s"],
    ],
    ["httpx gives up by itself", "a.py", "client = httpx.AsyncClient()", ["1 timeout the default of httpx"]],
    ["httpx that was told not to", "a.py", "client = httpx.Client(timeout=None)", []],
    ["a client asks another", "a.js", "axios.get('/health')", []],
    ["a client of Ruby", "a.rb", "Net::HTTP.get_response(url, '/health')", []],
    ["a page that only sounds like it", "a.js", "app.get('/healthy-recipes', list)", []],
    ["a comment", "a.js", "// app.get('/healthz', ok)", []],
    ["ASP.NET Core", "P.cs", 'app.MapHealthChecks("/alive");', ["1 health-route /alive"]],
    ["the health service of gRPC", "m.go", "healthpb.RegisterHealthServer(srv, check)", ["1 health-library grpc.health.v1"]],
    [
      "metrics of Go",
      "m.go",
      'http.Handle("/metrics", promhttp.Handler())',
      ["1 metrics-route /metrics", "1 metrics-library client_golang"],
    ],
    ["metrics of Rust", "m.rs", "let families = prometheus::gather();", ["1 metrics-library a Prometheus crate"]],
    ["a comment of Rust", "m.rs", "// see prometheus::Encoder", []],
    ["metrics of a controller", "m.ts", "@Controller('metrics')", ["1 metrics-route metrics"]],
    ["words about metrics", "m.py", 'expr = "sum(rate(x[5m]))  # metrics"', []],
    ["pino", "l.js", "import pino from 'pino';", ["1 json-logs pino"]],
    ["winston as JSON", "l.js", "const winston = 1;\nformat: combine(timestamp(), json()),", ["2 json-logs winston"]],
    ["json() of a request is no logger", "l.js", "app.use(express.json());\nconst body = await response.json();", []],
    ["json() of Python is no logger", "l.py", "data = response.json()", []],
    ["slog", "l.go", "slog.New(slog.NewJSONHandler(os.Stdout, nil))", ["1 json-logs slog"]],
    ["logback", "logback.xml", "<pattern>%d %m%n</pattern>", ["1 plain-logs a pattern layout"]],
    ["a list of expressions is no layout", "A.java", "import ch.qos.logback;\nprivate List<Pattern> ivy;", []],
    [
      "a pattern that writes JSON",
      "log4j2.xml",
      `<PatternLayout pattern='{"message": "%m"}%n'/>`,
      ["1 json-logs a pattern that writes JSON", "1 plain-logs a pattern layout"],
    ],
    [
      "Python's configuration",
      "logging.conf",
      '[formatter_x]\nformat={"message": "%(message)s"}',
      ["2 json-logs a format that writes JSON"],
    ],
    [
      "Spring's setting",
      "application.properties",
      "logging.structured.format.console=ecs",
      ["1 json-logs Spring Boot structured logging"],
    ],
    ["OpenTelemetry in Go", "t.go", "otel.SetTextMapPropagator(propagation.TraceContext{})", ["1 tracing w3c"]],
    ["by hand", "t.js", "headers['traceparent'] = incoming", ["1 tracing w3c"]],
    ["B3 by hand", "t.js", "const forwarded = ['x-b3-traceid']", ["1 tracing b3"]],
    ["a timeout in Python", "c.py", "requests.get(url, timeout=3)", ["1 timeout timeout"]],
    ["a timeout in Go", "c.go", "ctx, cancel := context.WithTimeout(ctx, time.Second)", ["1 timeout context.WithTimeout"]],
    ["a browser's setTimeout", "c.js", "setTimeout(done, 100)", []],
    ["resilience of .NET", "c.cs", "http.AddStandardResilienceHandler();", ["1 timeout resilience handler"]],
  ])("%s", (_, path, text, expected) => expect(said(path, text)).toEqual(expected));

  test.each<[string, string, readonly string[]]>([
    [
      "a boundary at 1 s",
      "new Histogram({ name: 'http_request_duration_seconds', buckets: [0.1, 0.5, 1, 5] })",
      ["1 request-histogram at-1s"],
    ],
    [
      "none at 1 s",
      "new Histogram({ name: 'http_request_duration_seconds', buckets: [0.5, 5] })",
      ["1 request-histogram not-at-1s"],
    ],
    [
      "in milliseconds",
      "new Histogram({ name: 'request_duration_ms', buckets: [100, 500, 1000, 5000] })",
      ["1 request-histogram at-1s"],
    ],
    ["of something else", "Histogram('units_sold', 'Units', buckets=(1, 2, 5, 10, 100))", []],
  ])("histograms: %s", (_, text, expected) => expect(said("m.js", text)).toEqual(expected));

  test("the fields of a log are read where the logger is set up", () => {
    const text = `import pino from "pino";\nconst log = pino({ base: { service: "orders", version: "1" } });${"\n".repeat(60)}const version = 3;`;
    expect(said("l.js", text)).toEqual(["1 json-logs pino", "2 log-field service", "2 log-field version"]);
  });

  test("a password is no evidence", () => {
    const [sign] = signsOfFile("a.js", "app.get('/healthz', () => connect('postgres://shop:hunter2@db'))");
    expect(sign?.text).not.toContain("hunter2");
  });

  test.each([
    "a".repeat(400_000),
    "get(".repeat(60_000),
    `${'"/'.repeat(100_000)}healthz`,
    "[".repeat(200_000),
    `buckets: [${"1, ".repeat(80_000)}`,
  ])("hostile text number %# is read in bounded time", (text) => {
    const spent = processorTime();
    signsOfFile("a.js", `Histogram request ${text}`);
    expect(spent()).toBeLessThan(10_000);
  });
});

test.each<[string, readonly string[]]>([
  [
    "org.springframework.boot:spring-boot-starter-actuator",
    ["health-library Spring Boot actuator", "plain-logs Spring Boot's default"],
  ],
  [
    "io.micrometer:micrometer-registry-prometheus",
    ["metrics-library io.micrometer:micrometer-registry-prometheus", "request-histogram none"],
  ],
  ["express-prom-bundle", ["metrics-library express-prom-bundle", "request-histogram not-at-1s"]],
  ["opentelemetry-instrumentation-flask", ["tracing w3c"]],
  ["left-pad", []],
])("a build that needs %s", (name, expected) => {
  const dependency = { name, version: "1", line: 3, path: null };
  const manifest = {
    path: "m",
    folder: "",
    ecosystem: "npm",
    technology: "node",
    name: null,
    line: 1,
    executable: null,
    aggregator: false,
    members: [],
    published: false,
  } as const;
  expect(
    signsOfManifest({ ...manifest, dependencies: [{ ...dependency, runtime: true }] }).map(
      ({ kind, subject }) => `${kind} ${subject}`,
    ),
  ).toEqual(expected);
  expect(signsOfManifest({ ...manifest, dependencies: [{ ...dependency, runtime: false }] })).toEqual([]);
});

describe("alerts by what they watch", () => {
  test.each<[string, string, ReturnType<typeof alertMeaning>]>([
    [
      "a share of 5xx",
      'sum(rate(http_requests_total{status=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) > 0.05',
      { subject: "errors", limit: 0.05, quantile: null },
    ],
    [
      "in percent",
      '100 * sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) * 100 > 5',
      { subject: "errors", limit: 0.05, quantile: null },
    ],
    [
      "gRPC",
      'sum(rate(grpc_server_handled_total{grpc_code!="OK"}[5m])) / sum(rate(grpc_server_handled_total[5m])) > 0.01',
      { subject: "errors", limit: 0.01, quantile: null },
    ],
    [
      "p99",
      "histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 1",
      { subject: "latency", limit: 1, quantile: 0.99 },
    ],
    [
      "p95 in milliseconds",
      "histogram_quantile(.95, sum by (le) (rate(latency_ms_bucket[5m]))) > 500",
      { subject: "latency", limit: 0.5, quantile: 0.95 },
    ],
    ["a target is down", 'up{job="orders"} == 0', { subject: "unavailable", limit: null, quantile: null }],
    ["all targets", "sum(up) by (job) < 1", { subject: "unavailable", limit: null, quantile: null }],
    ["a target vanished", 'absent(up{job="orders"})', { subject: "unavailable", limit: null, quantile: null }],
    ["a black box", 'probe_success{job="orders-probe"} == 0', { subject: "unavailable", limit: null, quantile: null }],
    ["replicas", "kube_deployment_status_replicas_available == 0", { subject: "unavailable", limit: null, quantile: null }],
    ["the disk", "node_filesystem_avail_bytes / node_filesystem_size_bytes < 0.1", null],
    ["a queue", "rabbitmq_queue_messages > 1000", null],
    ["errors of the monitoring itself", "rate(node_scrape_collector_errors[5m]) > 0", null],
  ])("%s", (_, expression, expected) => expect(alertMeaning("SomeAlert", expression)).toEqual(expected));

  test("the names of the convention count whatever they watch", () => {
    expect(alertMeaning("error_rate_above_1_percent", "my:series > 0.01")?.subject).toBe("errors");
  });

  const rule =
    '- alert: Down\n        expr: up{job="orders"} == 0\n        annotations: { runbook_url: https://runbooks.example/orders }';
  test.each<[string, string, string]>([
    ["a rule file", "rules.yaml", `groups:\n  - name: shop\n    rules:\n      ${rule}`],
    [
      "a PrometheusRule",
      "rule.yaml",
      `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: x }\nspec:\n  groups:\n  - name: shop\n    rules:\n      ${rule}`,
    ],
    [
      "a ConfigMap",
      "map.yaml",
      `kind: ConfigMap\ndata:\n  rules.yaml: |\n    groups:\n      - name: shop\n        rules:\n          - alert: Down\n            expr: up{job="orders"} == 0\n            annotations: { runbook_url: https://runbooks.example/orders }`,
    ],
    [
      "a template of Helm",
      "templates/rules.yaml",
      `{{- if .Values.alerts }}\ngroups:\n  - name: shop\n    rules:\n      ${rule}\n{{- end }}`,
    ],
  ])("%s", (_, path, text) => {
    const { rules, problems } = readAlertRules(path, text);
    expect(problems).toEqual([]);
    expect(rules.map(({ name, expression, runbook }) => ({ name, expression, runbook }))).toEqual([
      { name: "Down", expression: 'up{job="orders"} == 0', runbook: "https://runbooks.example/orders" },
    ]);
  });

  test("recorded series are looked through", () => {
    const text =
      'groups:\n- name: x\n  rules:\n  - record: orders:ratio\n    expr: sum(rate(http_requests_total{status=~"5.."}[5m])) / sum(rate(http_requests_total[5m]))\n  - alert: TooMany\n    expr: orders:ratio > 0.02';
    const [alert] = readAlertRules("r.yaml", text).rules;
    expect(alertMeaning(alert?.name ?? "", alert?.expression ?? "")).toEqual({ subject: "errors", limit: 0.02, quantile: null });
  });

  test("broken YAML is a problem with its place, not an exception", () => {
    expect(readAlertRules("r.yaml", "groups: [\n").problems).toHaveLength(1);
  });
});

describe("pipelines", () => {
  const component = {
    kind: "service",
    built: true,
    partOf: null,
    repository: "shop",
    aliases: [],
    technology: null,
    declaredOwners: [],
    declared: false,
    inferredFrom: [],
    evidence: [],
  } as const;
  const places = componentPlaces(
    ["cart", "orders"].map((name) => ({ ...component, ref: `component:default/${name}`, name, paths: [`services/${name}`] })),
  );
  const built = (path: string, text: string) =>
    signsOfPipeline(path, text, pipelineSystem(path) ?? "none", "shop", places).flatMap(({ kind, component: ref }) =>
      kind === "pipeline" && ref !== null ? [ref.split("/")[1]] : [],
    );

  test.each<[string, string, string, readonly string[]]>([
    ["names a folder", ".github/workflows/ci.yml", "run: docker build services/cart", ["cart"]],
    [
      "names both in a matrix",
      ".github/workflows/ci.yml",
      "matrix: { service: [cart, orders] }\nrun: docker build .",
      ["cart", "orders"],
    ],
    ["builds all", "Jenkinsfile", "sh 'mvn clean package'", ["cart", "orders"]],
    ["builds all of a solution", ".github/workflows/ci.yml", "run: dotnet build ./src/Shop.sln -c Release", ["cart", "orders"]],
    ["builds one project", ".github/workflows/ci.yml", "run: dotnet build ./src/Tools/Tools.csproj", []],
    ["stands beside one", "services/cart/Jenkinsfile", "sh 'docker build .'", ["cart"]],
    ["only a part of a longer name", ".github/workflows/ci.yml", "run: docker build services/cart-ui", []],
    ["only checks spelling", ".github/workflows/lint.yml", "run: make build-docs", []],
    ["a comment", ".github/workflows/ci.yml", "# docker build services/cart\nrun: helm deploy other", []],
  ])("%s", (_, path, text, expected) => expect(built(path, text)).toEqual(expected));

  test.each([
    ["src/lib/bootstrap/.travis.yml", null],
    [".gitlab-ci.yml", "GitLab CI"],
    ["services/cart/Jenkinsfile", "Jenkins"],
    ["docs/pipeline.yml", null],
  ])("%s is of %s", (path, system) => expect(pipelineSystem(path)).toBe(system));
});

test.each([
  ["docs/runbooks/orders.md", true],
  ["services/cart/RUNBOOK.md", true],
  ["docs/running.md", false],
  ["runbook.ts", false],
])("%s is a runbook: %s", (path, expected) => expect(isRunbook(path)).toBe(expected));
