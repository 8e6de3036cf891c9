/** Facts of one small shop, item by item: what is there, what is missing, and what files cannot tell. */
import { describe, expect, test } from "vitest";
import type { BaselineSign, BaselineSignKind } from "#model/baseline.js";
import { type CallSiteFact, type ComponentFact, type Facts, noCodeFacts, noRunningFacts } from "#model/facts.js";
import { baselineSheets, checkOperationalBaseline, type ItemId } from "./index.js";

const orders = "component:default/orders";

function component(name: string, more: Partial<ComponentFact> = {}): ComponentFact {
  return {
    ref: `component:default/${name}`,
    name,
    kind: "service",
    built: true,
    partOf: null,
    repository: "shop",
    paths: [`services/${name}`],
    aliases: [],
    technology: "node",
    declaredOwners: [],
    declared: false,
    inferredFrom: [],
    evidence: [{ type: "file", repository: "shop", file: `services/${name}/package.json`, line: 1 }],
    ...more,
  };
}

type Said = readonly [kind: BaselineSignKind, subject: string, detail?: string | null, more?: Partial<BaselineSign>];

let line = 0;
function sign([kind, subject, detail = null, more = {}]: Said): BaselineSign {
  return {
    component: orders,
    kind,
    subject,
    detail,
    value: null,
    reach: "component",
    evidence: { type: "file", repository: "shop", file: "deploy.yaml", line: ++line },
    ...more,
  };
}

function facts(said: readonly Said[], more: Partial<Facts> = {}): Facts {
  return {
    schema: "drystone.facts/2",
    system: { name: "shop", namedBy: "repository" },
    repositories: [],
    sources: [],
    problems: [],
    components: [component("orders")],
    resources: [],
    teams: [],
    libraries: [],
    relations: [],
    ...noCodeFacts,
    ...noRunningFacts,
    ownershipRules: [],
    histories: [],
    config: { file: null, people: null, personAliases: [], bots: [], ticketPattern: null, thresholds: {} },
    baseline: said.map(sign),
    ...more,
  };
}

function verdictOf(item: ItemId, said: readonly Said[], more: Partial<Facts> = {}): string {
  return baselineSheets(facts(said, more))[0]?.items.get(item)?.verdict ?? "no subject";
}

function codes(said: readonly Said[], more: Partial<Facts> = {}): string[] {
  return checkOperationalBaseline(facts(said, more)).assessment.findings.map(
    ({ code, severity }) => `${severity} ${code.split("/")[1]}`,
  );
}

const kubernetes: Said = ["runs", "kubernetes", "orders"];
const compose: Said = ["runs", "compose"];
const call: CallSiteFact = {
  component: orders,
  target: "component:default/billing",
  protocol: "http",
  method: "GET",
  path: "/bills",
  inLoop: false,
  evidence: [{ type: "file", repository: "shop", file: "services/orders/client.js", line: 7 }],
};

describe("one item, many situations", () => {
  test.each<[string, ItemId, readonly Said[], string]>([
    ["a probe", "liveness", [kubernetes, ["liveness-probe", "http :80/healthz"]], "met"],
    ["a health check of compose", "liveness", [compose, ["health-command", "http :80/health"]], "met"],
    ["a page that nobody asks", "liveness", [kubernetes, ["health-route", "/health", "liveness"]], "met"],
    ["Kubernetes and nothing", "liveness", [kubernetes], "not-met"],
    ["compose and nothing", "liveness", [compose], "not-met"],
    ["no deployment at hand", "liveness", [["json-logs", "pino"]], "unknown"],
    ["a platform with ways of its own", "liveness", [["runs", "procfile"]], "unknown"],
    ["a function", "liveness", [["runs", "serverless"]], "not-applicable"],
    [
      "two questions",
      "readiness",
      [kubernetes, ["liveness-probe", "http :80/healthz"], ["readiness-probe", "http :80/ready"]],
      "met",
    ],
    [
      "one question twice",
      "readiness",
      [kubernetes, ["liveness-probe", "http :80/health"], ["readiness-probe", "http :80/health"]],
      "not-met",
    ],
    [
      "gRPC with a service of its own",
      "readiness",
      [kubernetes, ["liveness-probe", "grpc :1 live"], ["readiness-probe", "grpc :1 ready"]],
      "met",
    ],
    [
      "/alive and /health",
      "readiness",
      [kubernetes, ["health-route", "/alive", "liveness"], ["health-route", "/health", "liveness"]],
      "met",
    ],
    ["an exporter", "metrics", [kubernetes, ["metrics-library", "prom-client"]], "met"],
    ["scraped, and no exporter in the code", "metrics", [kubernetes, ["scrape", "prometheus.io/scrape"]], "unknown"],
    ["nothing", "metrics", [kubernetes], "not-met"],
    [
      "a boundary at 1 s",
      "request-histogram",
      [
        ["metrics-library", "x"],
        ["request-histogram", "at-1s"],
      ],
      "met",
    ],
    [
      "boundaries beside it",
      "request-histogram",
      [
        ["metrics-library", "x"],
        ["request-histogram", "not-at-1s", "0.5, 5"],
      ],
      "not-met",
    ],
    ["a library whose histograms are not known", "request-histogram", [["metrics-library", "x"]], "unknown"],
    [
      "OpenTelemetry",
      "request-histogram",
      [
        ["metrics-library", "x", "opentelemetry"],
        ["tracing", "w3c", "OpenTelemetry"],
      ],
      "met",
    ],
    [
      "a logger that writes JSON",
      "json-logs",
      [
        ["json-logs", "pino"],
        ["plain-logs", "console", "default"],
      ],
      "met",
    ],
    [
      "a logger told to write text",
      "json-logs",
      [
        ["json-logs", "winston", "default"],
        ["plain-logs", "winston"],
      ],
      "not-met",
    ],
    ["console", "json-logs", [["plain-logs", "console", "default"]], "not-met"],
    ["no logger that is known", "json-logs", [kubernetes], "unknown"],
    [
      "all five fields",
      "log-fields",
      [
        ["json-logs", "pino"],
        ...(["service", "version", "environment", "trace_id", "span_id"] as const).map((field): Said => ["log-field", field]),
      ],
      "met",
    ],
    [
      "exported records carry the ids",
      "log-fields",
      [
        ["json-logs", "x", "otlp"],
        ["log-field", "service"],
        ["log-field", "version"],
        ["log-field", "environment"],
      ],
      "met",
    ],
    [
      "three of five",
      "log-fields",
      [
        ["json-logs", "pino"],
        ["log-field", "service"],
        ["log-field", "version"],
        ["log-field", "environment"],
      ],
      "not-met",
    ],
    [
      "a format written out does not hold what a library offers",
      "log-fields",
      [
        ["json-logs", "a pattern that writes JSON"],
        ...(["service", "version", "environment", "trace_id", "span_id"] as const).map(
          (field): Said => ["log-field", field, "context"],
        ),
      ],
      "not-met",
    ],
    ["plain text", "log-fields", [["plain-logs", "console", "default"]], "not-met"],
    ["traceparent", "trace-context", [["tracing", "w3c", "OpenTelemetry"]], "met"],
    ["B3", "trace-context", [["tracing", "b3", "Zipkin"]], "met"],
    ["it calls nobody", "trace-context", [kubernetes], "not-applicable"],
    ["an alert for it", "alert-errors", [["alert", "errors", "TooMany", { value: 0.01 }]], "met"],
    ["an alert for all", "alert-unavailable", [["alert", "unavailable", "Down", { component: null }]], "met"],
    ["alerts about other things", "alert-latency", [["alert-rules", "Disk", null, { component: null }]], "not-met"],
    ["no rules at hand", "alert-latency", [], "unknown"],
    ["a pipeline", "pipeline", [["pipeline", "Jenkins"]], "met"],
    ["pipelines of others", "pipeline", [["pipelines", "Jenkins", null, { component: null }]], "not-met"],
    ["no pipeline at hand", "pipeline", [], "unknown"],
    ["a runbook", "runbook", [["runbook", "docs/runbooks/orders.md"]], "met"],
    ["alerts without one", "runbook", [["alert", "errors", "x"]], "not-met"],
    ["none at hand", "runbook", [], "unknown"],
    ["no calls", "timeouts", [], "not-applicable"],
  ])("%s: %s", (_, item, said, expected) => expect(verdictOf(item, said)).toBe(expected));

  test.each<[string, readonly Said[], string]>([
    ["nothing", [], "not-met"],
    [
      "in the file of the call",
      [
        [
          "timeout",
          "timeout",
          null,
          { reach: "file", evidence: { type: "file", repository: "shop", file: "services/orders/client.js", line: 3 } },
        ],
      ],
      "met",
    ],
    ["in another file", [["timeout", "timeout", null, { reach: "file" }]], "not-met"],
    ["of the client for all calls", [["timeout", "client timeout"]], "met"],
    ["a circuit breaker somewhere", [["timeout", "circuit breaker", null, { reach: "file" }]], "unknown"],
  ])("a call with a timeout: %s", (_, said, expected) => {
    expect(verdictOf("timeouts", said, { callSites: [call] })).toBe(expected);
  });

  test("a call that nothing traces", () => {
    expect(verdictOf("trace-context", [], { callSites: [call] })).toBe("not-met");
    expect(verdictOf("trace-context", [["mesh", "sidecar.istio.io/inject"]], { callSites: [call] })).toBe("not-met");
  });

  test("a page that calls its own server says nothing of the server", () => {
    const components = [component("orders", { technology: "ruby" })];
    const page = { ...call, evidence: [{ type: "file" as const, repository: "shop", file: "app/javascript/user.js", line: 3 }] };
    const of = (item: ItemId) => verdictOf(item, [], { components, callSites: [page] });
    expect([of("timeouts"), of("trace-context")]).toEqual(["not-applicable", "not-applicable"]);
  });

  test("what is not built here is unknown where only its code would tell", () => {
    const components = [component("orders", { built: false, technology: null })];
    const of = (item: ItemId) => verdictOf(item, [kubernetes, ["scrape", "prometheus.io/scrape"]], { components });
    expect(
      ["liveness", "metrics", "json-logs", "log-fields", "trace-context", "pipeline"].map((item) => of(item as ItemId)),
    ).toEqual(["not-met", "met", "unknown", "unknown", "unknown", "not-applicable"]);
  });
});

test("jobs, stores, tools and apps that nothing serves are no services", () => {
  const components = [
    component("nightly", { kind: "job" }),
    component("orders"),
    component("migration"),
    component("phone", { kind: "frontend" }),
    component("grafana", { kind: "monitoring", built: false }),
    component("shop-types", { kind: "library" }),
  ];
  const said: Said[] = [kubernetes, ["runs-once", "kubernetes", null, { component: "component:default/migration" }]];
  expect(baselineSheets(facts(said, { components })).map((sheet) => sheet.component.name)).toEqual(["orders"]);
});

test("images of one publisher are services of somebody, three or more of them", () => {
  const names = ["carts", "payment", "user", "user-db", "traefik"];
  const components = names.map((name) => component(name, { kind: "external", built: false, technology: null }));
  const deployments = names.map((name) => ({
    subject: `component:default/${name}`,
    format: "kubernetes" as const,
    repository: "shop",
    file: "d.yaml",
    line: 1,
    variant: "",
    name,
    image: name === "traefik" ? "traefik:2" : `acme/${name}:1`,
    imageExpression: null,
    ports: [],
    exposed: false,
    volumes: [],
    networkMode: null,
    ipc: null,
  }));
  const said = names.map((name): Said => ["runs", "kubernetes", null, { component: `component:default/${name}` }]);
  expect(baselineSheets(facts(said, { components, deployments })).map((sheet) => sheet.component.name)).toEqual([
    "carts",
    "payment",
    "user",
  ]);
  expect(
    baselineSheets(facts(said, { components, deployments: deployments.slice(1) })).map((sheet) => sheet.component.name),
  ).toEqual([]);
});

function alertRemarks(value: number): string[] {
  return codes([["alert", "errors", "TooMany", { value }]]).filter((code) => code.includes("alert"));
}

function keysOf(said: readonly Said[]) {
  return checkOperationalBaseline(facts(said)).violations.map(({ key, finding }) => ({
    ...key,
    fingerprint: finding.fingerprint,
  }));
}

describe("findings", () => {
  test("a missing capability is an error, another path a note, one question twice a warning", () => {
    expect(
      codes([
        kubernetes,
        ["liveness-probe", "http :80/health"],
        ["readiness-probe", "http :80/health"],
        ["metrics-library", "x"],
        ["request-histogram", "at-1s"],
        ["plain-logs", "console", "default"],
      ]),
    ).toEqual(["warning readiness", "error json-logs", "note health-path"]);
  });

  test("another limit is the team's decision", () => {
    expect([alertRemarks(0.01), alertRemarks(0.05)]).toEqual([[], ["note alert-limit"]]);
  });

  test("two services that differ from the convention alike are one note", () => {
    const components = ["cart", "orders"].map((name) => component(name));
    const said = components.flatMap(({ ref }): Said[] => [
      ["runs", "kubernetes", null, { component: ref }],
      ["liveness-probe", "http :80/health", null, { component: ref }],
    ]);
    const notes = checkOperationalBaseline(facts(said, { components })).assessment.findings.filter(
      ({ severity }) => severity === "note",
    );
    expect(notes.map(({ subjects, message }) => ({ subjects, message }))).toEqual([
      {
        subjects: ["component:default/cart", "component:default/orders"],
        message: "cart and orders: it is asked at http :80/health, the convention is /healthz.",
      },
    ]);
  });

  test("what is accepted is recognised by service and rule, not by line or text", () => {
    expect(keysOf([kubernetes])).toEqual(keysOf([kubernetes]));
    expect(keysOf([kubernetes])[0]).toMatchObject({
      rule: "operational-baseline/liveness",
      module: orders,
      from: orders,
      to: "liveness",
      kind: null,
    });
  });
});

describe("the answer for the system", () => {
  test("no service: the question does not apply", () => {
    expect(checkOperationalBaseline(facts([], { components: [] })).assessment).toMatchObject({
      verdict: "not-applicable",
      value: null,
      conditions: [],
      findings: [],
    });
  });

  test("nothing is known: unknown, each with a command that would tell; never green", () => {
    const { assessment, measures } = checkOperationalBaseline(
      facts([], { components: [component("orders", { built: false, kind: "service" })], baseline: [sign(["runs", "procfile"])] }),
    );
    expect(assessment.verdict).toBe("unknown");
    expect(assessment.value).toBe(0);
    expect(assessment.findings).toEqual([]);
    expect(assessment.missing.every(({ how }) => how.startsWith("drystone "))).toBe(true);
    expect(measures.filter(({ value }) => value !== null)).toEqual([]);
  });

  test("what is lacking and accepted does not fail, and is told", () => {
    const { assessment, judge } = checkOperationalBaseline(
      facts([kubernetes, ["plain-logs", "console", "default"], ["json-logs", "pino"]]),
    );
    const [first] = assessment.findings;
    const accepted = assessment.findings.map((finding) => ({ ...finding, state: "accepted" as const }));
    const text = (one: typeof assessment, item: string) => one.conditions.find((condition) => condition.text.startsWith(item));
    expect([assessment.verdict, text(assessment, "liveness")?.met]).toEqual(["not-met", false]);
    expect(first?.code).toBe("operational-baseline/liveness");
    const decided = judge(accepted);
    expect([decided.verdict, text(decided, "liveness")]).toEqual([
      "unknown",
      {
        ...text(assessment, "liveness"),
        met: true,
        text: text(assessment, "liveness")?.text.replace("1 not", "1 not, and accepted"),
      },
    ]);
    expect(decided.reasons.find((reason) => reason.includes("accepted"))).toMatch(
      /^Not there and accepted for now: liveness \(1\)/,
    );
  });

  test("everything is there", () => {
    const all: Said[] = [
      kubernetes,
      ["liveness-probe", "http :80/healthz"],
      ["readiness-probe", "http :80/ready"],
      ["metrics-library", "prom-client"],
      ["request-histogram", "at-1s"],
      ["json-logs", "pino"],
      ...(["service", "version", "environment", "trace_id", "span_id"] as const).map((field): Said => ["log-field", field]),
      ["tracing", "w3c", "OpenTelemetry"],
      ["alert", "errors", "a", { value: 0.01 }],
      ["alert", "latency", "b, quantile 0.99", { value: 1 }],
      ["alert", "unavailable", "c"],
      ["pipeline", "Jenkins"],
      ["runbook", "r.md"],
    ];
    const { assessment, measures } = checkOperationalBaseline(facts(all));
    expect(assessment).toMatchObject({ verdict: "met", value: 1, sample: { n: 1, of: "services" }, missing: [], findings: [] });
    expect(assessment.conditions.map(({ met }) => met)).toEqual([...Array.from({ length: 12 }, () => true), null]);
    expect(measures).toHaveLength(13);
  });
});
