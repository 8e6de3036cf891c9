import { describe, expect, test } from "vitest";
import { callSite, importGraph, relation, relations, resource, storeUse } from "#derive/calls/fixtures/index.js";
import { type Shop, smallEstate } from "#derive/team-changes/fixtures/index.js";
import type { ContractFact, DeploymentFact, DeploymentVolume, Facts, OperationFact } from "#model/facts.js";
import { componentRef, shortName } from "#model/refs.js";
import { answers } from "./coverage.js";
import { assessInterfaceMandate } from "./index.js";

function assessed(services: Shop["services"], facts: Partial<Facts>) {
  const estate = smallEstate({ services, changes: [] });
  const { assessment, measures } = assessInterfaceMandate({ ...estate, facts: { ...estate.facts, ...facts } });
  return {
    ...assessment,
    measures,
    rules: assessment.conditions.map(({ text, met }) => `${text.slice(0, 2)} ${met}`).join(", "),
    told: assessment.findings.map(
      ({ code, severity, subjects }) => `${code.split("/")[1]} ${severity} ${subjects.map(shortName).join(" ")}`,
    ),
  };
}

function contract(name: string, kind: ContractFact["kind"] = "openapi"): ContractFact {
  return {
    ref: `api:default/${name}`,
    kind,
    provider: componentRef(name),
    version: "1.0.0",
    repository: "shop",
    file: `${name}/api.yaml`,
  };
}

function operation(name: string, method: string, path: string): OperationFact {
  return {
    ref: `api:default/${name}#${method}${path}`,
    contract: `api:default/${name}`,
    component: componentRef(name),
    method,
    path,
    evidence: [],
  };
}

test("the worked example of metrics.md I: three of four uses lead to a contract, two back doors", () => {
  const { findings, conditions, measures, rules, told, ...answer } = assessed(
    { web: "red", billing: "blue", crm: "green", orders: "red", search: "red" },
    {
      contracts: [contract("orders"), contract("search")],
      operations: [operation("orders", "GET", "/orders/{id}"), operation("search", "GET", "/search")],
      relations: [
        ...relations("web calls orders, billing calls orders, crm calls orders, web calls search"),
        ...relations("orders writes order, billing reads order"),
      ],
      callSites: [
        callSite("web", "orders", { path: "/orders/:id" }),
        callSite("billing", "orders", { path: "/api/orders/${id}" }),
        callSite("crm", "orders", { path: "/internal/orders" }),
        callSite("web", "search", { path: "/search?q=jug" }),
      ],
      storeUses: [storeUse("orders", "db", { database: "shop" }), storeUse("billing", "db", { database: "shop" })],
      resources: [resource("db", "datastore"), resource("order", "table", "db")],
      imports: [importGraph(["crm/src/main.js", "orders/src/main.js"])],
    },
  );
  expect(answer).toEqual({
    id: "interface-mandate",
    subject: "system",
    question: "Do teams reach each other's data and functions only through interfaces?",
    verdict: "not-met",
    value: 0.75,
    unit: "share of uses",
    interval: [0.300642, 0.954413],
    level: 0.95,
    sample: { n: 4, of: "uses of one service by another" },
    comparison: null,
    grade: "B",
    reasons: [
      "3 of 4 uses of one service by another lead to an operation of a machine-readable contract.",
      "2 ways around an interface: 1 by imports, 1 by tables of both; 2 of them between teams.",
      "3 of 5 services could not be opened to outsiders for want of a contract, 1 because others go past theirs; of the others it is unknown: drystone contracts externalizable reads their contracts.",
    ],
    missing: [
      {
        input: "traces: what is called in production, and what no contract names",
        how: "drystone assess PATH --traces FILE   (OTLP, Jaeger or Zipkin)",
      },
    ],
  });
  expect(rules).toBe("I1 true, I2 false, I3 false, I4 false, I5 null, I6 true");
  expect(conditions.map(({ source }) => source)).toEqual(conditions.map(() => "parameters I"));
  expect(told).toEqual([
    "direct-link error crm orders",
    "foreign-store error billing orders",
    "unresolved-use warning crm orders",
  ]);
  expect(findings.map(({ message, evidenceTotal, location }) => [message, evidenceTotal, location?.file])).toEqual([
    ["crm imports files of orders: one import; they belong to different teams.", 1, "crm/src/main.js"],
    ["billing works in the data of orders: the table order of db; they belong to different teams.", 4, "billing/src/main.js"],
    ["crm calls orders where its contract has no such operation.", 1, "crm/src/main.js"],
  ]);
  expect(measures.slice(0, 2)).toEqual([
    {
      id: "mandate.back-doors",
      subjects: ["system"],
      value: 2,
      unit: "distinct service, service and class",
      interval: null,
      sample: null,
      window: null,
      detail: { import: 1, store: 1 },
    },
    {
      id: "mandate.externalisable",
      subjects: [componentRef("web")],
      value: 0,
      unit: "share of ten items",
      interval: null,
      sample: null,
      window: null,
      detail: {
        documented: "no",
        versioned: "no",
        authenticated: "unknown",
        "rate-limited": "unknown",
        leaks: "unknown",
        evolution: "unknown",
        robust: "unknown",
        audience: "unknown",
        paginated: "unknown",
        "back-door": "unknown",
        externalisable: "no",
      },
    },
  ]);
});

const two = { a: "red", b: "blue" };

describe("contracts", () => {
  test.each<[string, Partial<Facts>, string, string, string[]]>([
    ["nothing known", {}, "unknown", "I1 null, I2 null", []],
    [
      "a service without contract",
      { relations: relations("a calls b") },
      "not-met",
      "I1 false, I2 false",
      ["no-contract warning b"],
    ],
    [
      "the relation names the operation: still no verdict without traces",
      {
        relations: [relation("a", "calls", "b", { operation: operation("b", "GET", "/x").ref })],
        contracts: [contract("b")],
        operations: [operation("b", "GET", "/x")],
      },
      "unknown",
      "I1 true, I2 true",
      [],
    ],
    [
      "an operation that only the code shows is no contract",
      {
        relations: [relation("a", "calls", "b", { operation: "op" })],
        operations: [{ ...operation("b", "GET", "/x"), ref: "op", contract: null }],
      },
      "not-met",
      "I1 false, I2 false",
      ["no-contract warning b"],
    ],
    [
      "gRPC with a contract",
      { relations: [relation("a", "calls", "b", { protocol: "grpc" })], contracts: [contract("b", "grpc")] },
      "unknown",
      "I1 true, I2 true",
      [],
    ],
    [
      "gRPC has a contract, found here or not",
      { relations: [relation("a", "calls", "b", { protocol: "grpc" })] },
      "unknown",
      "I1 true, I2 null",
      [],
    ],
    [
      "a contract, but what is asked is not known",
      { relations: relations("a calls b"), contracts: [contract("b")] },
      "unknown",
      "I1 true, I2 null",
      [],
    ],
    [
      "types of a library are no contract of a service",
      { relations: relations("a calls b"), contracts: [contract("b", "typescript")] },
      "not-met",
      "I1 false, I2 false",
      ["no-contract warning b"],
    ],
    [
      "messages: the publisher provides",
      {
        relations: relations("a publishes orders, b consumes orders"),
        resources: [resource("mq", "broker"), resource("orders", "topic", "mq")],
      },
      "not-met",
      "I1 false, I2 false",
      ["no-contract warning a"],
    ],
    [
      "messages in a contract",
      {
        relations: relations("a publishes orders, b consumes orders"),
        resources: [resource("mq", "broker"), resource("orders", "topic", "mq")],
        contracts: [contract("a", "asyncapi")],
        operations: [operation("a", "send", "orders")],
      },
      "unknown",
      "I1 true, I2 true",
      [],
    ],
  ])("%s", (_, facts, verdict, rules, told) => {
    const answer = assessed(two, facts);
    expect([answer.verdict, answer.rules.slice(0, rules.length), answer.told]).toEqual([verdict, rules, told]);
    expect(answer.missing.length).toBeGreaterThan(0);
  });

  test.each<[string, string, string | null, string, boolean]>([
    ["GET", "/orders/{id}", "GET", "/orders/{}", true],
    ["GET", "/orders/{id}", "GET", "http://orders:8080/api/orders/${id}?full=1", true],
    ["GET", "/orders/{id}", "POST", "/orders/{}", false],
    ["GET", "/orders/{id}", null, "/orders/7", true],
    ["GET", "/orders/{id}", "GET", "/orders", false],
    ["GET", "/{id}", "GET", "/orders", false],
    ["GET", "/", "GET", "http://orders/", true],
    ["GET", "/orders", "GET", "/customers", false],
  ])("%s %s answers %s %s: %s", (method, path, asked, target, expected) => {
    expect(answers({ method, path }, { method: asked, path: target })).toBe(expected);
  });
});

describe("direct links", () => {
  test.each<[string, Shop["services"], readonly (readonly [string, string])[], string, string[]]>([
    ["between teams", two, [["a/src/main.js", "b/src/main.js"]], "I3 false", ["direct-link error a b"]],
    ["inside of a team", { a: "red", b: "red" }, [["a/src/main.js", "b/src/main.js"]], "I3 true", ["direct-link note a b"]],
    ["owners not known", { a: null, b: null }, [["a/src/main.js", "b/src/main.js"]], "I3 null", ["direct-link warning a b"]],
    ["inside of a service", two, [["a/src/main.js", "a/src/other.js"]], "I3 true", []],
    ["from a test", two, [["a/test/main.js", "b/src/main.js"]], "I3 true", []],
    ["to a contract", two, [["a/src/main.js", "b/proto/shop.pb.go"]], "I3 true", []],
    ["from a test class", two, [["a/src/OrdersTest.java", "b/src/Orders.java"]], "I3 true", []],
    ["to a class of that name that the build does not name", two, [["a/src/Main.java", "b/src/Orders.java"]], "I3 true", []],
  ])("%s", (_, services, edges, rule, told) => {
    const answer = assessed(services, { imports: [importGraph(...edges)] });
    expect([answer.rules.includes(rule), answer.told]).toEqual([true, told]);
  });

  test("to a class of a service that the build names", () => {
    const facts = { imports: [importGraph(["a/src/Main.java", "b/src/Orders.java"])] };
    const dependency = relation("a", "dependsOn", "b", { protocol: "code" });
    expect(assessed(two, { ...facts, relations: [dependency] }).told).toEqual(["direct-link error a b"]);
  });
});

function unit(name: string, more: Partial<DeploymentFact> = {}): DeploymentFact {
  return {
    subject: componentRef(name),
    format: "compose",
    repository: "shop",
    file: "docker-compose.yml",
    line: 1,
    variant: "",
    name,
    image: null,
    imageExpression: null,
    ports: [],
    exposed: false,
    volumes: [],
    networkMode: null,
    ipc: null,
    ...more,
  };
}

function volume(name: string, readOnly = false, kind: DeploymentVolume["kind"] = "named"): DeploymentVolume {
  return { name, kind, target: "/data", readOnly, line: 4 };
}

describe("back doors", () => {
  const mounts = (a: DeploymentVolume, b: DeploymentVolume) => [unit("a", { volumes: [a] }), unit("b", { volumes: [b] })];
  test.each<[string, DeploymentFact[], string[]]>([
    ["a volume that both write", mounts(volume("uploads"), volume("uploads")), ["a b volume"]],
    ["a volume that one reads", mounts(volume("uploads"), volume("uploads", true)), ["b a files"]],
    ["a volume that both read", mounts(volume("uploads", true), volume("uploads", true)), []],
    ["two volumes", mounts(volume("uploads"), volume("pictures")), []],
    [
      "one name in two projects",
      [...mounts(volume("data"), volume("other")), unit("b", { file: "b/docker-compose.yml", volumes: [volume("data")] })],
      [],
    ],
    ["a claim", mounts(volume("uploads", false, "claim"), volume("uploads", false, "claim")), ["a b volume"]],
    ["a folder of the host", mounts(volume("/srv/files", false, "host"), volume("/srv/files", false, "host")), ["a b volume"]],
    [
      "the socket of the host",
      mounts(volume("/var/run/docker.sock", false, "host"), volume("/var/run/docker.sock", false, "host")),
      [],
    ],
    ["the source on a developer's machine", mounts(volume("./a/src", false, "host"), volume("./a/src", false, "host")), []],
    [
      "a cache of the build, logs",
      mounts(volume("gradle-cache"), volume("gradle-cache")).concat(mounts(volume("app_logs"), volume("app_logs"))),
      [],
    ],
    [
      "configuration that is only read, whatever the mount allows",
      mounts(volume("shop/config", false, "host"), volume("shop/config", false, "host")),
      [],
    ],
    ["the network of another one", [unit("a", { networkMode: "service:b" }), unit("b")], ["a b network"]],
    ["the memory of another one", [unit("a", { ipc: "container:b" }), unit("b", { ipc: "shareable" })], ["a b memory"]],
    ["the network of the host", [unit("a", { networkMode: "host" }), unit("b", { networkMode: "host" })], []],
    [
      "the same twice, in an override",
      mounts(volume("uploads"), volume("uploads")).flatMap((one) => [one, { ...one, variant: "override" }]),
      ["a b volume"],
    ],
  ])("%s", (_, deployments, doors) => {
    const { findings, measures, rules, verdict } = assessed(two, { deployments });
    const count = measures[0]?.detail ?? {};
    expect(findings.map(({ subjects }) => [...subjects.map(shortName), ...Object.keys(count)].join(" "))).toEqual(doors);
    expect([verdict, rules.includes("I5 null")]).toEqual(doors.length > 0 ? ["not-met", false] : ["unknown", true]);
  });
});

test("services in one schema are one finding, tables of both one for each two", () => {
  const { findings, told } = assessed(
    { a: null, b: null, c: null, d: null },
    {
      resources: [resource("db", "datastore"), ...["t", "u", "v"].map((name) => resource(name, "table", "db"))],
      relations: relations("a writes t, b writes t, c writes u, d writes v"),
      storeUses: ["a", "b", "c", "d"].map((name) => storeUse(name, "db", { database: "shop" })),
    },
  );
  expect(told).toEqual(["foreign-store warning a b", "foreign-store warning a b c d"]);
  expect(findings.map(({ message }) => message)).toEqual([
    "a and b use the same data: the table t of db; whether they belong to different teams is unknown.",
    "a, b, c and d work in one schema of the database shop of db, where each can reach the tables of the others; whether they belong to different teams is unknown.",
  ]);
});

test("one service", () => {
  expect(assessed({ a: null }, {}).verdict).toBe("not-applicable");
});
