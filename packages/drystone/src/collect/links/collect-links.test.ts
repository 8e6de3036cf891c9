import { describe, expect, test } from "vitest";
import type { Cue, CueBody } from "#collect/code/index.js";
import type { Deployed } from "#collect/deployment/index.js";
import type { Placement } from "#collect/inventory/index.js";
import type { ComponentFact, ResourceFact } from "#model/facts.js";
import { componentRef, resourceRef } from "#model/refs.js";
import { collectLinks, type Links } from "./collect-links.js";
import type { FoundCue } from "./found-cue.js";
import type { Belongings } from "./parts.js";
import { withOperations } from "./with-operations.js";

interface Small {
  readonly components?: Readonly<Record<string, { readonly kind?: ComponentFact["kind"]; readonly cues?: readonly CueBody[] }>>;
  readonly resources?: Readonly<Record<string, string>>;
  /** Environment of each unit: `KEY=value`, with `~` in front where others share it. */
  readonly environment?: Readonly<Record<string, readonly string[]>>;
  readonly dependsOn?: Readonly<Record<string, readonly string[]>>;
}

/** `from kind to protocol confidence`, sorted. */
function links(small: Small): string[] {
  return shown(collect(small));
}

function shown({ relations }: Links): string[] {
  return relations
    .map(({ from, to, kind, protocol, confidence }) => `${short(from)} ${kind} ${short(to)} ${protocol} ${confidence}`)
    .sort();
}

function short(ref: string): string {
  return ref.slice(ref.indexOf("/") + 1);
}

function collect({ components = {}, resources = {}, environment = {}, dependsOn = {} }: Small): Links {
  const names = [...Object.keys(components), ...Object.keys(resources)];
  return collectLinks({
    components: Object.entries(components).map(([name, { kind = "service" }]) => component(name, kind)),
    resources: Object.entries(resources).map(([name, technology]) => resource(name, technology)),
    placed: names.map(
      (name): Placement => ({
        ref: name in components ? componentRef(name) : resourceRef(name),
        unit: unit(name, environment[name] ?? [], dependsOn[name] ?? []),
        dockerfile: null,
        repository: "shop",
      }),
    ),
    belongings: new Map(
      Object.entries(components).map(([name, { cues = [] }]) => [
        componentRef(name),
        { cues: cues.map((cue, index) => found(name, cue, index)), settings: [] },
      ]),
    ),
  });
}

function found(name: string, cue: CueBody, index: number): FoundCue {
  return { repository: "shop", cue: { ...cue, file: `${name}/main.js`, line: index + 1, text: "…" }, own: true };
}

function component(name: string, kind: ComponentFact["kind"]): ComponentFact {
  return {
    ref: componentRef(name),
    name,
    kind,
    built: true,
    partOf: null,
    repository: "shop",
    paths: [name],
    aliases: [],
    technology: null,
    declaredOwners: [],
    declared: false,
    inferredFrom: [],
    evidence: [],
  };
}

function resource(name: string, technology: string): ResourceFact {
  const kind = technology === "kafka" || technology === "rabbitmq" ? "broker" : technology === "redis" ? "cache" : "datastore";
  return { ref: resourceRef(name), name, kind, partOf: null, technology, aliases: [], evidence: [] };
}

function unit(name: string, environment: readonly string[], dependsOn: readonly string[]): Deployed {
  return {
    format: "compose",
    file: "docker-compose.yml",
    line: 1,
    variant: "",
    name,
    aliases: [],
    image: null,
    imageLine: 1,
    imageExpression: null,
    environment: environment.map((text, line) => {
      const [key = "", ...value] = text.replace(/^~/, "").split("=");
      return { key, value: value.join("="), file: "docker-compose.yml", line, from: text.startsWith("~") ? "shared" : "own" };
    }),
    dependsOn: dependsOn.map((target) => ({ name: target, line: 1, alias: null, kind: "depends_on" })),
    ports: [],
    command: [],
    volumes: [],
    networkMode: null,
    ipc: null,
    exposed: false,
    job: false,
  };
}

const settingsOf = (name: string, profile: string, active: string): Belongings => {
  const file = `${name}/application-${profile}.yaml`;
  const key = "spring.datasource.dynamic.datasource.master.url";
  const value = `jdbc:mysql://127.0.0.1:3306/${name === "bill" ? "bill" : "shop"}?useSSL=false`;
  const address: Cue = {
    kind: "address",
    value,
    technology: "mysql",
    use: "literal",
    file,
    line: 2,
    text: `${key} = ${value}`,
  };
  const entries = [
    { key, value, line: 2, file, profile },
    { key: "spring.profiles.active", value: active, line: 1, file: `${name}/application.yaml`, profile: "" },
  ];
  return {
    cues: [{ repository: "shop", cue: address, own: true }],
    settings: [{ repository: "shop", file: { file, application: null, profile, entries, problems: [] }, shared: false }],
  };
};

const literal = (value: string): CueBody => ({ kind: "address", value, technology: null, use: "literal" });
const setting = (key: string, fallback: string | null = null): CueBody => ({ kind: "setting", key, fallback });

describe("addresses", () => {
  test.each<[string, Small, string[]]>([
    [
      "a literal alone is likely",
      { components: { web: { cues: [literal("http://cart:8080/items")] }, cart: {} } },
      ["web calls cart http likely"],
    ],
    [
      "a page of the system on the internet is no host inside, one in a cluster is",
      {
        components: {
          web: { cues: [literal("https://shop.app/logo.png"), literal("http://cart.app.svc/items")] },
          shop: {},
          cart: {},
        },
      },
      ["web calls cart http likely"],
    ],
    [
      "a call with an address from the environment is confirmed",
      {
        components: {
          web: { cues: [{ kind: "call", protocol: "http", method: "GET", target: "${CART_URL}/items", inLoop: false }] },
          cart: {},
        },
        environment: { web: ["CART_URL=http://cart:8080"] },
      },
      ["web calls cart http confirmed"],
    ],
    [
      "the default of a setting",
      { components: { web: { cues: [setting("CART_HOST", "cart")] }, cart: {} } },
      ["web calls cart http likely"],
    ],
    [
      "what everybody is given counts only when the code reads it",
      { components: { web: {}, cart: {} }, environment: { web: ["~CART_URL=http://cart:8080"] } },
      [],
    ],
    [
      "and then it is confirmed",
      { components: { web: { cues: [setting("CART_URL")] }, cart: {} }, environment: { web: ["~CART_URL=http://cart:8080"] } },
      ["web calls cart http confirmed"],
    ],
    [
      "its own is likely",
      { components: { web: {}, cart: {} }, environment: { web: ["CART_URL=http://cart:8080"] } },
      ["web calls cart http likely"],
    ],
    ["its own address is no link", { components: { web: { cues: [literal("http://web:80")] } } }, []],
    ["start order is a hint", { components: { web: {}, cart: {} }, dependsOn: { web: ["cart"] } }, ["web calls cart http hint"]],
    ["nobody has the name", { components: { web: { cues: [literal("http://carts:80")] }, cart: {} } }, []],
    [
      "a store",
      { components: { cart: { cues: [literal("redis://redis:6379")] } }, resources: { redis: "redis" } },
      ["cart reads redis db likely"],
    ],
    [
      "documentation is no system",
      { components: { web: { cues: [{ kind: "address", value: "https://www.w3.org/x", technology: "http", use: "client" }] } } },
      [],
    ],
    [
      "a system outside that the code calls",
      {
        components: {
          web: { cues: [{ kind: "address", value: "https://api.stripe.com/v1", technology: "http", use: "client" }] },
        },
      },
      ["web calls api.stripe.com http likely"],
    ],
  ])("%s", (_, small, expected) => expect(links(small)).toEqual(expected));
});

const postgresAt = (host: string): CueBody => ({
  kind: "address",
  value: `postgresql://${host}/shop`,
  technology: "postgresql",
  use: "client",
});

describe("stores without an address", () => {
  const client: CueBody = { kind: "store-client", technology: "postgresql", library: "pg", database: null };
  test.each<[string, Small, string[]]>([
    ["the only one", { components: { cart: { cues: [client] } }, resources: { db: "postgresql" } }, ["cart reads db db likely"]],
    [
      "one of two: nobody knows",
      { components: { cart: { cues: [client] } }, resources: { a: "postgresql", b: "postgresql" } },
      [],
    ],
    [
      "the one with its name",
      { components: { cart: { cues: [client] } }, resources: { "cart-db": "postgresql", "user-db": "postgresql" } },
      ["cart reads cart-db db likely"],
    ],
    [
      "in memory is none",
      { components: { cart: { cues: [{ ...client, technology: "in-memory" }] } }, resources: { db: "postgresql" } },
      [],
    ],
  ])("%s", (_, small, expected) => expect(links(small)).toEqual(expected));

  test("a server that nothing deploys: one per address, one broker of a kind, none where another is in use", () => {
    const kafka: CueBody = { kind: "store-client", technology: "kafka", library: "kafkajs", database: null };
    const found = collect({
      components: {
        cart: { cues: [client, postgresAt("localhost:5432"), kafka] },
        pay: { cues: [client, postgresAt("127.0.0.1:5432"), kafka] },
        bill: { cues: [client, postgresAt("db.example:5432")] },
        mail: { cues: [client] },
        log: {
          cues: [
            { ...client, technology: "mysql" },
            { kind: "address", value: "mysql://maria:3306/log", technology: "postgresql", use: "client" },
          ],
        },
      },
      resources: { maria: "mariadb" },
    });
    expect(shown(found)).toEqual([
      "bill reads postgresql-db.example-5432 db likely",
      "cart dependsOn kafka queue likely",
      "cart reads postgresql db likely",
      "log reads maria db likely",
      "pay dependsOn kafka queue likely",
      "pay reads postgresql db likely",
    ]);
    expect(
      found.storeUses.flatMap(({ component: user, database }) => (database === null ? [] : [`${short(user)} ${database}`])),
    ).toEqual(["bill shop", "cart shop", "log log", "pay shop"]);
  });

  test("a data source that the framework opens by itself, in the profile that its own settings choose", () => {
    const names = ["bill", "cart", "mail", "pay"];
    const profiles = [settingsOf("bill", "dev", "dev"), settingsOf("cart", "local", "log, local")];
    const found = collectLinks({
      components: names.map((name) => component(name, "service")),
      resources: [],
      placed: [],
      belongings: new Map(
        [...profiles, settingsOf("mail", "prod", "local"), settingsOf("pay", "", "")].map((own, index) => [
          componentRef(names[index] ?? ""),
          own,
        ]),
      ),
    });
    expect(shown(found)).toEqual(["bill reads mysql db likely", "cart reads mysql db likely", "pay reads mysql db likely"]);
    expect(found.storeUses.map(({ component: user, database }) => `${short(user)} ${database}`)).toEqual([
      "bill bill",
      "cart shop",
      "pay shop",
    ]);
  });

  test("tables belong to the store, with who reads and who writes", () => {
    const found = collect({
      components: {
        cart: {
          cues: [
            literal("postgres://db:5432/shop"),
            { kind: "table", name: "items", schema: null, access: "define", technology: null, entity: "Item" },
          ],
        },
        report: {
          cues: [
            literal("postgres://db:5432/shop"),
            { kind: "table", name: "items", schema: null, access: "read", technology: null, entity: null },
          ],
        },
      },
      resources: { db: "postgresql" },
    });
    expect(found.resources.filter(({ kind }) => kind === "table")).toMatchObject([
      { ref: "resource:default/db.shop.items", name: "items", partOf: "resource:default/db" },
    ]);
    expect(shown(found).filter((text) => text.includes("items"))).toEqual([
      "cart writes db.shop.items db likely",
      "report reads db.shop.items db likely",
    ]);
    expect(found.storeUses.map(({ component: user, database }) => `${short(user)} ${database}`)).toEqual([
      "cart shop",
      "report shop",
    ]);
  });
});

test("gRPC goes to the only one that implements the service", () => {
  const client: CueBody = { kind: "grpc-client", service: "shop.CartService" };
  const server: CueBody = { kind: "grpc-server", service: "CartService" };
  expect(links({ components: { web: { cues: [client] }, cart: { cues: [server] } } })).toEqual(["web calls cart grpc likely"]);
  expect(links({ components: { web: { cues: [client] }, cart: { cues: [server] }, other: { cues: [server] } } })).toEqual([]);
});

test("publisher and consumer meet at the topic, and at the broker", () => {
  const publishes: CueBody = { kind: "publishes", technology: "kafka", channel: "${const:Topics.ORDERS}", message: null };
  const constant: CueBody = { kind: "constant", name: "Topics.ORDERS", value: "orders" };
  const consumes: CueBody = { kind: "consumes", technology: "kafka", channel: "${TOPIC:-orders}", message: null };
  expect(
    links({ components: { shop: { cues: [publishes, constant] }, mail: { cues: [consumes] } }, resources: { kafka: "kafka" } }),
  ).toEqual([
    "mail consumes kafka queue likely",
    "mail consumes kafka.orders queue likely",
    "shop publishes kafka queue likely",
    "shop publishes kafka.orders queue likely",
  ]);
});

test("who consumes a channel without naming types gets all of them", () => {
  const publishes: CueBody = { kind: "publishes", technology: "rabbitmq", channel: "events", message: "OrderPlaced" };
  const consumes: CueBody = { kind: "consumes", technology: "rabbitmq", channel: "events", message: null };
  const other: CueBody = { kind: "consumes", technology: "rabbitmq", channel: "events", message: "OrderPaid" };
  const found = links({
    components: { shop: { cues: [publishes] }, log: { cues: [consumes] }, bill: { cues: [other] } },
    resources: { mq: "rabbitmq" },
  });
  expect(found.filter((text) => text.includes("mq."))).toEqual([
    "bill consumes mq.orderpaid queue likely",
    "log consumes mq.orderpaid queue likely",
    "log consumes mq.orderplaced queue likely",
    "shop publishes mq.orderplaced queue likely",
  ]);
});

test("a topic of Kafka gives all that is sent there, whatever the consumer calls it", () => {
  const sent: CueBody = { kind: "publishes", technology: "kafka", channel: "payments", message: "PaymentRequest" };
  const taken: CueBody = { kind: "consumes", technology: null, channel: "payments", message: "PaymentConfirmation" };
  const found = links({ components: { pay: { cues: [sent] }, mail: { cues: [taken] } }, resources: { mq: "kafka" } });
  expect(found.filter((text) => text.includes("mq."))).toEqual([
    "mail consumes mq.paymentrequest queue likely",
    "pay publishes mq.paymentrequest queue likely",
  ]);
});

const addressOf = (name: string): CueBody => ({
  kind: "address",
  value: `http://${name}:80`,
  technology: null,
  use: "literal",
});

test("a list of all services in the settings of each says nothing of who calls whom, unless code reads the key", () => {
  const all = ["shop", "bill", "mail"];
  const inSettings = collectLinks({
    components: all.map((name) => component(name, "service")),
    resources: [],
    placed: all.map((name) => ({ ref: componentRef(name), unit: unit(name, [], []), dockerfile: null, repository: "shop" })),
    belongings: new Map(
      all.map((name) => [
        componentRef(name),
        {
          cues: [
            ...all.map((other, index) => ({
              repository: "shop",
              cue: {
                ...addressOf(other),
                file: `${name}/settings.json`,
                line: index + 1,
                text: `urls.${other} = http://${other}:80`,
              },
              own: true,
            })),
            ...(name === "shop" ? [found(name, { kind: "setting", key: "urls.bill", fallback: null }, 9)] : []),
          ],
          settings: [],
        },
      ]),
    ),
  });
  expect(shown(inSettings)).toEqual([
    "bill calls mail http hint",
    "bill calls shop http hint",
    "mail calls bill http hint",
    "mail calls shop http hint",
    "shop calls bill http likely",
    "shop calls mail http hint",
  ]);
});

test("a connection string of .NET that no code reads opens nothing without a client of such a store", () => {
  const programs = ["catalog", "status"];
  const text = "ConnectionString = Server=db,1433;Initial Catalog=CatalogDb";
  const inSettings = (name: string): FoundCue => ({
    repository: "shop",
    cue: {
      kind: "address",
      value: "mssql://db:1433/CatalogDb",
      technology: "sqlserver",
      use: "client",
      file: `${name}/appsettings.json`,
      line: 2,
      text,
    },
    own: true,
  });
  const client: FoundCue = {
    repository: "shop",
    cue: {
      kind: "store-client",
      technology: "sqlserver",
      library: "EF",
      database: null,
      file: "catalog/A.cs",
      line: 1,
      text: "",
    },
    own: true,
  };
  const input = collectLinks({
    components: programs.map((name) => ({ ...component(name, "service"), technology: "dotnet" })),
    resources: [resource("db", "sqlserver")],
    placed: [{ ref: resourceRef("db"), unit: unit("db", [], []), dockerfile: null, repository: "shop" }],
    belongings: new Map(
      programs.map((name) => [
        componentRef(name),
        { cues: [inSettings(name), ...(name === "catalog" ? [client] : [])], settings: [] },
      ]),
    ),
  });
  expect(shown(input)).toEqual(["catalog reads db db likely", "status reads db db hint"]);
  expect(input.storeUses.map(({ component: user }) => short(user))).toEqual(["catalog"]);
});

const model = (name: string): CueBody => ({ kind: "model", name, fields: ["id", "at", "by"] });
const takes = (message: string): CueBody => ({ kind: "consumes", technology: null, channel: null, message });

test("who sends whatever comes sends the types of its own that somebody takes and nobody else sends", () => {
  const loop: CueBody = { kind: "publishes", technology: null, channel: null, message: null };
  const found = links({
    components: {
      plan: { cues: [loop, model("JobPlanned"), model("CustomerKnown"), model("JobSeen"), takes("JobSeen")] },
      sales: { cues: [{ ...loop, message: "CustomerKnown" }] },
      mail: { cues: [takes("JobPlanned"), takes("CustomerKnown"), takes("JobSeen")] },
    },
    resources: { mq: "rabbitmq" },
  });
  expect(found.filter((text) => text.includes("publishes mq."))).toEqual([
    "plan publishes mq.jobplanned queue likely",
    "sales publishes mq.customerknown queue likely",
  ]);
});

test.each<[string, Small["components"], string[]]>([
  [
    "Turbine gathers what its settings list, and a dashboard shows the only Turbine",
    {
      board: { kind: "monitoring", cues: [{ kind: "role", role: "metrics-dashboard", detail: "hystrix" }] },
      turbine: { kind: "monitoring", cues: [{ kind: "role", role: "metrics-dashboard", detail: "shop, bill" }] },
      shop: {},
      bill: {},
    },
    ["board calls turbine http likely", "turbine calls bill http likely", "turbine calls shop http likely"],
  ],
  [
    "a pattern stands for what is sent and fits it",
    {
      shop: {
        cues: ["orders.placed", "orders.paid.late", "carts.left"].map((channel) => ({
          kind: "publishes",
          technology: "nats",
          channel,
          message: null,
        })),
      },
      one: { cues: [{ kind: "consumes", technology: "nats", channel: "orders.*", message: null }] },
      rest: { cues: [{ kind: "consumes", technology: "nats", channel: "orders.>", message: null }] },
      none: { cues: [{ kind: "consumes", technology: "nats", channel: "bills.*", message: null }] },
    },
    [
      "none consumes bills queue likely",
      "one consumes orders.placed queue likely",
      "rest consumes orders.paid.late queue likely",
      "rest consumes orders.placed queue likely",
      "shop publishes carts.left queue likely",
      "shop publishes orders.paid.late queue likely",
      "shop publishes orders.placed queue likely",
    ],
  ],
])("%s", (_, components, expected) => expect(links({ components: components ?? {} })).toEqual(expected));

const job = (name: string, kind: "publishes" | "consumes"): FoundCue => ({
  repository: "shop",
  cue: { kind, technology: "redis", channel: null, message: "MailJob", file: `${name}/job.rb`, line: 1, text: "…" },
  own: true,
});

test("two programs with jobs of one name keep them apart", () => {
  const found = collectLinks({
    components: ["shop", "bill"].map((name) => component(name, "service")),
    resources: [],
    placed: [],
    belongings: new Map(
      ["shop", "bill"].map((name) => [
        componentRef(name),
        { cues: [job(name, "consumes"), ...(name === "shop" ? [job(name, "publishes")] : [])], settings: [] },
      ]),
    ),
  });
  expect(shown(found)).toEqual([
    "bill consumes bill.mailjob queue likely",
    "shop consumes shop.mailjob queue likely",
    "shop publishes shop.mailjob queue likely",
  ]);
});

test("a queue of another file is one only where a file makes it", () => {
  const cues = ["MailQueue", "taskQueue"].map(
    (holder): CueBody => ({ kind: "publishes", technology: "redis", channel: `\${const:queue:${holder}}`, message: null }),
  );
  const made: CueBody = { kind: "constant", name: "queue:MailQueue", value: "mails" };
  expect(links({ components: { web: { cues: [...cues, made] } } })).toEqual(["web publishes mails queue likely"]);
});

test("endpoints stand below the paths where their modules are mounted", () => {
  const files = new Map<string, readonly CueBody[]>([
    ["api/src/app.ts", [{ kind: "mount", path: "/api", module: "./routes" }]],
    ["api/src/routes/index.ts", [{ kind: "mount", path: "/users", module: "./users.js" }]],
    ["api/src/routes/users.ts", [{ kind: "endpoint", method: "GET", path: "/{id}", handler: null }]],
    ["api/src/health.ts", [{ kind: "endpoint", method: "GET", path: "/health", handler: null }]],
  ]);
  const cues = [...files].flatMap(([file, bodies]) =>
    bodies.map((body): FoundCue => ({ repository: "shop", cue: { ...body, file, line: 1, text: "…" }, own: true })),
  );
  const { operations } = collectLinks({
    components: [component("api", "service")],
    resources: [],
    placed: [],
    belongings: new Map([[componentRef("api"), { cues, settings: [] }]]),
  });
  expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /api/users/{id}", "GET /health"]);
});

test.each([
  ["the name of a database is no host", { environment: { db: ["POSTGRES_DB=orders"] } }, []],
  ["where browsers are sent back to", { environment: { web: ["OAUTH_REDIRECT_URI=http://orders/back"] } }, []],
  ["an address", { environment: { web: ["ORDERS_URL=http://orders"] } }, ["web calls orders http likely"]],
])("%s", (_, more: Small, expected) => {
  expect(links({ components: { web: {}, orders: {} }, resources: { db: "postgresql" }, ...more })).toEqual(expected);
});

test("a path that only one component answers tells whom a call means", () => {
  const call: CueBody = { kind: "call", protocol: "http", method: "GET", target: "{}/api/orders/{}", inLoop: true };
  const endpoint: CueBody = { kind: "endpoint", method: "GET", path: "/api/orders/{id}", handler: null };
  const found = collect({ components: { web: { cues: [call] }, orders: { cues: [endpoint] } } });
  expect(shown(found)).toEqual(["web calls orders http likely"]);
  const [relation] = withOperations(found.relations, found.callSites, found.operations, found.contextPaths);
  expect(relation?.operation).toBe("component:default/orders#GET /api/orders/{id}");
  expect(found.callSites).toMatchObject([
    { target: "component:default/orders", method: "GET", path: "/api/orders/{}", inLoop: true },
  ]);
});

test("passwords are never kept", () => {
  const found = collect({
    components: { cart: { cues: [literal("postgres://shop:hunter2@db:5432/shop")] } },
    resources: { db: "postgresql" },
    environment: { cart: ["DATABASE_URL=postgres://shop:hunter2@db:5432/shop", "DB_HOST=db"] },
  });
  expect(JSON.stringify(found)).not.toContain("hunter2");
  expect(found.storeUses.map(({ user }) => user)).toContain("shop");
});
