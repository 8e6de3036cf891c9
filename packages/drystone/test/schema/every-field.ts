/** Documents in which every field of the model stands, also those that may be left out: a new field does not compile until it is here. */
import type { Evidence } from "#model/evidence.js";
import type { ComponentFact, Facts, Problem, RelationFact, ResourceFact, SourceFact } from "#model/facts.js";
import { type BoundaryRule, boundaryRules } from "#model/modules.js";
import type { Assessment, Finding, Measure, Result, VerdictWord } from "#model/result.js";

/** Every field present, at every depth. */
type Whole<Value> = Value extends readonly [unknown, unknown]
  ? Value
  : Value extends ArrayLike<unknown> & ArrayBufferView
    ? Value
    : Value extends readonly (infer Item)[]
      ? readonly Whole<Item>[]
      : Value extends object
        ? { readonly [Key in keyof Value]-?: Whole<Exclude<Value[Key], undefined>> }
        : Value;

const evidence: readonly Whole<Evidence>[] = [
  { type: "commit", repository: "shop", commit: "a".repeat(40), date: "2026-11-20", subject: "Add an order status" },
  { type: "file", repository: "shop", file: "services/orders/src/status.js", line: 3, text: "export const statuses = [];" },
  { type: "declaration", repository: "shop", file: "drystone.yaml", line: 4, text: "orders" },
  { type: "span", trace: "4bf92f3577b34da6a3ce929d0e0e4736", span: "00f067aa0ba902b7" },
  { type: "deploy", id: "orders-412" },
  { type: "workitem", id: "SHOP-7" },
];
const orders = "component:default/orders";
const billing = "component:default/billing";
const team = "group:default/team-orders";
const sample = { n: 50, of: "change sets", min: 30 };
const interval = [0.4, 0.66] as const;

const selector = { of: "module", value: "billing", not: false } as const;
const everyRule = Object.fromEntries(boundaryRules.map((rule) => [rule, "new"])) as Record<BoundaryRule, "new">;

const source: Whole<SourceFact> = {
  kind: "deploy",
  repository: "",
  path: "deploys.ndjson",
  read: true,
  facts: 512,
  problem: "3 lines were no event",
  window: { from: "2026-01-01", to: "2026-11-20" },
};
const problem: Whole<Problem> = {
  path: "drystone.yaml",
  line: 3,
  message: "no file under services/order",
  hint: "correct the path",
};
const resource: Whole<ResourceFact> = {
  ref: "resource:default/order-lines",
  name: "order-lines",
  kind: "table",
  partOf: "resource:default/orders-db",
  technology: "postgresql",
  aliases: ["lines"],
  evidence,
};
const relation: Whole<RelationFact> = {
  id: "r1",
  from: orders,
  to: billing,
  kind: "calls",
  protocol: "http",
  category: "business",
  confidence: "confirmed",
  seen: ["declared", "static", "runtime"],
  detail: "POST /invoices",
  operation: "api:default/billing#bill",
  evidence,
};
const operation = {
  ref: "api:default/billing#bill",
  contract: "api:default/billing",
  component: billing,
  method: "POST",
  path: "/invoices",
  prefix: "/invoices",
  evidence,
};
const contract = {
  ref: "api:default/billing",
  kind: "openapi",
  provider: billing,
  version: "1.2.0",
  file: "services/billing/openapi.yaml",
} as const;
const library = {
  name: "@shop/model",
  ecosystem: "npm",
  internal: true,
  component: "component:default/model",
  nature: "domain",
  natureReason: "it exports Order",
  uses: [{ component: orders, version: "2.1.0", resolved: true, evidence }],
} as const;
const unresolved = {
  component: orders,
  kind: "call",
  text: "http://legacy",
  reason: "no component has this name",
  evidence,
} as const;
const component = {
  ref: orders,
  name: "orders",
  kind: "service",
  built: true,
  partOf: "component:default/shop",
  repository: "shop",
  paths: ["services/orders"],
  aliases: ["orders-service"],
  technology: "node",
  inferredFrom: ["docker-compose.yml builds orders from services/orders"],
  evidence,
} as const;
const declaredOwners = [{ ref: team, source: "codeowners", evidence }] as const;

const measure: Whole<Measure> = {
  id: "coupling.degree",
  subjects: [orders, billing],
  value: 0.53,
  unit: "ratio",
  interval,
  sample,
  window: "2026-Q3",
  detail: { shared: 27, trend: "rising" },
};
const finding: Whole<Finding> = {
  code: "change-coupling/hot-pair",
  severity: "warning",
  state: "new",
  subjects: [orders, billing],
  message: "orders and billing change together",
  fix: "move the list of statuses to one of them",
  value: 0.53,
  unit: "degree",
  interval,
  sample,
  location: { repository: "shop", file: "services/orders/src/status.js", line: 3 },
  evidence,
  evidenceTotal: 27,
  fingerprint: "c1f0",
  decision: { owner: "team-orders", reason: "moves out with the checkout", until: "2027-01-31" },
  baseline: "unchanged",
};
const assessment: Whole<Assessment> = {
  id: "change-coupling",
  subject: "system",
  question: "Does a change to one service often require changes to others?",
  verdict: "present",
  value: 0.53,
  unit: "share of change sets",
  interval,
  level: 0.95,
  sample,
  conditions: [{ text: "lower bound ≥ 0.25", met: true, source: "parameters A1" }],
  comparison: "11 public systems: 0.10 to 0.65, median 0.25",
  grade: "B",
  reasons: ["27 of 50 changes touched more than one service."],
  missing: [{ input: "deploy events", how: "drystone assess --deploys FILE" }],
  findings: [finding],
};

export const everyResultField: Whole<Result> = {
  schema: "drystone.result/1",
  tool: { name: "drystone", version: "0.1.0", command: "assess" },
  inputs: {
    asOf: "2026-11-20",
    system: "shop",
    repositories: [
      {
        id: "shop",
        head: "a".repeat(40),
        commits: 1843,
        roots: 1,
        shallow: false,
        partial: false,
        changeSetUnit: "mainline",
        changeSetUnitReason: "97 % of the last 500 mainline commits are merges",
        window: { from: "2025-11-20", to: "2026-11-20", reason: "12 months before the last activity" },
        hygiene: ["412 commits"],
      },
    ],
    sources: [source],
    problems: [problem],
  },
  headline: {
    question: "Is this a distributed monolith?",
    answer: "Mixed",
    notApplicable: "one deployable",
    assessment: "change-coupling",
  },
  model: {
    components: [
      {
        ...component,
        ownership: {
          state: "owned",
          declared: declaredOwners,
          observed: { ref: team, share: 0.9, interval: [0.79, 0.96], sample },
        },
        correction: "components: { orders: { paths: [services/orders] } }",
      },
    ],
    resources: [resource],
    teams: [
      {
        ref: team,
        name: "team-orders",
        parent: "group:default/sales",
        size: 6,
        functions: ["backend"],
        source: "declared",
        evidence,
      },
    ],
    contracts: [contract],
    operations: [operation],
    libraries: [library],
    relations: [relation],
    unresolved: [unresolved],
  },
  measures: [measure],
  assessments: [assessment],
  verdicts: [
    {
      id: "distributed-monolith",
      verdict: "likely",
      rule: "3 or more present",
      counts: { present: 3, mixed: 1, absent: 1, unknown: 1, notApplicable: 0 },
      because: ["change-coupling"],
      wouldChange: ["deploy events of 8 weeks"],
    },
  ],
  advice: [
    {
      decision: "split",
      subject: "component:default/payments",
      outcome: "premature",
      assessments: [assessment],
      costs: [measure],
      benefits: [measure],
      steps: ["name the team"],
      wouldChange: ["a team of its own"],
    },
  ],
  parameters: { A1: { tLo: 0.1 } },
  comparison: {
    against: "origin/main",
    bases: [{ repository: "shop", commit: "a".repeat(40) }],
    new: 1,
    fixed: 2,
    remaining: 3,
    fixedFindings: [
      {
        code: "module-boundaries/private-import",
        subjects: [orders, billing],
        message: "orders reached into billing",
        location: { repository: "shop", file: "services/orders/src/status.js", line: 3 },
        fingerprint: "c1f0",
      },
    ],
    acceptances: [
      {
        rule: "module-boundaries/private-import",
        from: "services/orders/src/status.js",
        to: "services/billing/src/tax.js",
        owner: "team-orders",
        reason: "moves out with the checkout",
        until: "2027-01-31",
        counted: true,
        location: { repository: "shop", file: ".drystone/accepted.yaml", line: 4 },
      },
    ],
  },
};

/** Every word that an assessment may say. */
export const verdictWords = Object.keys({
  present: true,
  mixed: true,
  absent: true,
  aligned: true,
  misaligned: true,
  met: true,
  "not-met": true,
  measured: true,
  signal: true,
  weak: true,
  none: true,
  yes: true,
  no: true,
  stay: true,
  "no-reason-to-stay": true,
  pays: true,
  undecided: true,
  "does-not-pay": true,
  unknown: true,
  "not-applicable": true,
} satisfies Record<VerdictWord, true>);

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const integers = (...values: readonly number[]): Int32Array => Int32Array.from(values);

/** One commit by Ada that touches one file. */
export const everyFactsField: Whole<Facts> = {
  schema: "drystone.facts/2",
  system: { name: "shop", namedBy: "repository" },
  repositories: [
    {
      id: "shop",
      head: "a".repeat(64),
      objectFormat: "sha256",
      bare: false,
      shallow: true,
      shallowBoundary: ["a".repeat(64)],
      partial: false,
      detached: false,
      replaceRefs: 0,
      dialect: "github",
      files: ["README.md"],
    },
  ],
  sources: [source],
  problems: [problem],
  components: [{ ...component, declaredOwners, declared: true } satisfies Whole<ComponentFact>],
  resources: [resource],
  teams: [
    {
      ref: team,
      name: "team-orders",
      parent: "group:default/sales",
      members: [{ id: "ada@example.com", from: "2026-01-31", to: "2026-06" }],
      functions: ["backend"],
      mission: "orders arrive",
      source: "declared",
      evidence,
    },
  ],
  contracts: [{ ...contract, repository: "shop" }],
  operations: [operation],
  libraries: [library],
  relations: [relation],
  storeUses: [
    {
      component: orders,
      resource: "resource:default/db",
      technology: "postgresql",
      database: "orders",
      schema: "sales",
      user: "shop",
      evidence,
    },
  ],
  callSites: [
    { component: orders, target: billing, protocol: "http", method: "POST", path: "/invoices/{}", inLoop: true, evidence },
  ],
  deployments: [
    {
      subject: orders,
      format: "compose",
      repository: "shop",
      file: "docker-compose.yml",
      line: 3,
      variant: "prod",
      name: "orders",
      image: "shop/orders:1.2",
      imageExpression: "shop/orders:${TAG}",
      imagePlace: { file: "docker-compose.yml", line: 4 },
      ports: [8080],
      exposed: true,
      volumes: [{ name: "data", kind: "named", target: "/data", readOnly: false, line: 9 }],
      networkMode: "host",
      ipc: "host",
    },
  ],
  imports: [
    {
      repository: "shop",
      files: ["a.ts", "b.ts"],
      from: [0],
      to: [1],
      lines: [1],
      kinds: ["value"],
      packages: [{ from: 0, name: "zod", line: 2, kind: "value", declared: "runtime" }],
      unresolved: [{ from: 0, specifier: "./c", line: 3 }],
      allowances: [{ from: 0, line: 4, target: 5, rule: "private-import", reason: "moves in spring" }],
      counts: [{ language: "javascript", files: 2, imports: 3, resolved: 1, packages: 1, unresolved: 1 }],
    },
  ],
  clones: {
    lines: [{ component: orders, lines: 100 }],
    pairs: [
      {
        tokens: 60,
        exact: true,
        places: [
          { component: orders, repository: "shop", file: "a.ts", from: 1, to: 9 },
          { component: billing, repository: "shop", file: "b.ts", from: 3, to: 11 },
        ],
      },
    ],
  },
  models: [{ component: orders, name: "Order", fields: ["id", "total"], repository: "shop", file: "a.ts", line: 4 }],
  tables: [
    {
      table: "resource:default/orders.orders",
      name: "orders",
      uses: [{ repository: "shop", file: "a.ts", line: 4, access: "write" }],
    },
  ],
  unresolved: [unresolved],
  deploys: [
    {
      id: "orders-412",
      component: orders,
      service: "orders",
      version: "1.4.2",
      environment: "production",
      time: 1_790_000_000,
      success: true,
      proxy: false,
      source: "deploys.ndjson",
    },
  ],
  traces: {
    spans: 12,
    traces: 2,
    orphans: 1,
    late: 0,
    unnamed: 0,
    from: 1_790_000_000,
    to: 1_790_003_600,
    services: [{ name: "orders-service", component: orders, spans: 12, orphans: 1, seenAs: "emits" }],
    calls: [
      {
        from: orders,
        to: billing,
        kind: "calls",
        protocol: "http",
        technology: "postgresql",
        calls: 4,
        failed: 1,
        requests: 2,
        operations: [{ name: "POST /invoices", calls: 4 }],
        evidence,
      },
    ],
    endpoints: [
      {
        service: "orders-service",
        component: orders,
        operation: "POST /orders",
        async: false,
        requests: 2,
        days: 1,
        calls: [[2, 2]],
        depth: [[1, 2]],
        repeat: [[2, 2]],
        slowRepeat: [[0, 2]],
        serial: [[2, 2]],
        netPercent: [[17, 2]],
        messages: [[0, 2]],
        repeated: "billing POST /invoices",
        evidence,
      },
    ],
  },
  workItems: [
    {
      id: "SHOP-7",
      kind: "issue",
      steps: [{ state: "open", at: 1_790_000_000, assignee: "ada", team: "orders" }],
      done: 1_790_003_600,
      source: "work.csv",
    },
  ],
  workStates: { active: ["doing"], waiting: ["review"], done: ["closed"], teams: { review: "billing" } },
  loads: [
    {
      component: orders,
      service: "orders",
      measure: "series",
      metric: "requests",
      route: "GET /orders/{id}",
      unit: "requests/s",
      points: [[1_790_000_000, 3.5]],
      declared: false,
      source: "load.json",
      evidence,
    },
  ],
  baseline: [
    {
      component: orders,
      kind: "alert",
      subject: "errors",
      detail: "error_rate_above_1_percent",
      value: 0.01,
      reach: "component",
      evidence: evidence[1] ?? { type: "deploy", id: "orders-412" },
    },
  ],
  ownershipRules: [
    {
      repository: "shop",
      dialect: "gitlab",
      file: "CODEOWNERS",
      line: 3,
      pattern: "/services/orders/",
      owners: ["@shop/team-orders"],
      section: "backend",
      optional: false,
      exclusion: false,
      noParent: false,
    },
  ],
  histories: [
    {
      repository: "shop",
      idBytes: 32,
      ids: new Uint8Array(32),
      parentOffsets: integers(0, 1),
      parents: integers(-1),
      committerTimes: Float64Array.of(1_790_000_000),
      authorTimes: Float64Array.of(1_790_000_000),
      authors: integers(0),
      subjectOffsets: integers(0, 2),
      subjectBytes: bytes(72, 105),
      people: [{ name: "Ada Adams", email: "ada@example.com" }],
      coAuthors: { offsets: integers(0, 0), values: integers() },
      keys: { offsets: integers(0, 1), values: integers(0) },
      keyNames: ["SHOP-7"],
      reverts: [
        [0, "a1b2c3d"],
        [0, "subject:Add an order status"],
      ],
      paths: ["README.md", "readme.md"],
      fileOffsets: integers(0, 1),
      files: integers(0),
      statuses: bytes(1),
      renames: integers(0, 1, 0),
    },
  ],
  config: {
    file: "drystone.yaml",
    people: "teams",
    personAliases: [["ada", "ada@example.com"]],
    bots: ["deploy-script"],
    ticketPattern: "SHOP-#",
    thresholds: { "A1.tHi": { value: 0.3, reason: "releases are monthly" } },
    distribution: "bundled",
    answers: [
      {
        part: "orders",
        question: "owner",
        answer: "yes",
        by: "team-orders",
        on: "2026-11-01",
        until: null,
        why: "they run it already",
        evidence: { type: "declaration", repository: "shop", file: "drystone.yaml", line: 30, text: "owner" },
      },
    ],
  },
  accepted: [
    {
      rule: "module-boundaries/private-import",
      module: orders,
      from: "orders/checkout.ts",
      to: "billing/internal.ts",
      kind: "value",
      repository: "shop",
      owner: "team-orders",
      reason: "moves out with the checkout",
      until: "2027-01-31",
      file: ".drystone/accepted.yaml",
      line: 4,
    },
  ],
  policy: {
    file: "drystone.yaml",
    declared: true,
    modules: [
      {
        ref: orders,
        name: "orders",
        repository: "shop",
        paths: ["packages/orders"],
        place: { file: "drystone.yaml", line: 3 },
        parent: billing,
        faces: [
          {
            name: "events",
            files: ["packages/orders/events/**"],
            places: [{ file: "drystone.yaml", line: 4 }],
            to: [selector],
          },
        ],
        faceSource: "declared",
        uses: [{ text: "billing::events", selector, face: "events", place: { file: "drystone.yaml", line: 5 } }],
        visibleTo: [selector],
        layer: "domain",
        utility: false,
        tags: ["core"],
        owners: [team],
        enforce: everyRule,
        tables: ["orders"],
      },
    ],
    unmatched: [{ text: "libs/{name}", place: { file: "drystone.yaml", line: 9 } }],
    layers: [{ names: ["domain"], closed: true }],
    rules: [
      {
        effect: "deny",
        from: [selector],
        to: [selector],
        fromText: "orders",
        toText: "billing",
        kinds: ["value"],
        transitive: true,
        why: "ADR 7",
        see: "docs/adr/7.md",
        enforce: "strict",
        place: { file: "drystone.yaml", line: 12 },
      },
    ],
    types: "warn",
    tests: "ignore",
    enforce: everyRule,
  },
};
