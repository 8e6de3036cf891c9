/** Results of made-up estates of any size, the same for the same options: to draw, to measure and to check the page with. */
import type { Evidence } from "../../../drystone/src/model/evidence.js";
import type { LibraryFact, OperationFact, RelationFact, ResourceFact } from "../../../drystone/src/model/facts.js";
import { defaultParameters } from "../../../drystone/src/model/parameters.js";
import type {
  Assessment,
  Finding,
  Measure,
  ModelComponent,
  ModelTeam,
  Result,
  VerdictWord,
} from "../../../drystone/src/model/result.js";

export interface EstateOptions {
  readonly services: number;
  /** How things are called: short words, 60 characters, or Hebrew and Arabic. */
  readonly names?: "plain" | "long" | "rtl";
  readonly seed?: number;
}

/** A shop of `services` services, about eight per team, with a datastore each, shared tables, calls, libraries, couplings and findings. */
export function syntheticResult({ services, names = "plain", seed = 1 }: EstateOptions): Result {
  const random = generator(seed);
  const spell = spellings[names];
  const teams = Array.from({ length: Math.max(2, Math.round(services / 8)) }, (_, index) => teamOf(index, spell));
  const components = Array.from({ length: services }, (_, index) => componentOf(index, teams, spell, random));
  const resources = resourcesOf(components);
  const relations = relationsOf(components, resources, random);
  const pairs = pairsOf(components, random);
  const operations = components.flatMap((component) => operationsOf(component));
  return {
    schema: "drystone.result/1",
    tool: { name: "drystone", version: "0.1.0", command: "assess" },
    inputs: inputsOf(services, spell),
    headline: {
      question: "Is this a distributed monolith?",
      answer: `The strongest sign: ${pairs.length} pairs of services change together.`,
      notApplicable: null,
      assessment: "change-coupling",
    },
    model: {
      components,
      resources,
      teams,
      contracts: components
        .filter((_, index) => index % 3 === 0)
        .map(({ ref, name }) => ({
          ref: `api:default/${nameOf(ref)}`,
          kind: "openapi" as const,
          provider: ref,
          version: "1.2.0",
          file: `services/${name}/openapi.yaml`,
        })),
      operations,
      libraries: librariesOf(components),
      relations,
      unresolved: components.slice(0, 3).map(({ ref, name }) => ({
        component: ref,
        kind: "call" as const,
        text: `http://${name}-unknown:8080/v1`,
        reason: "no component has this name",
        evidence: [line(name, "src/client.ts", 12)],
      })),
    },
    measures: measuresOf(components, resources, teams, pairs, random),
    assessments: assessmentsOf(components, pairs),
    verdicts: [
      {
        id: "distributed-monolith",
        verdict: "mixed",
        rule: "At least 4 of the 6 symptoms must be known. Likely: 3 or more present.",
        counts: { present: 2, mixed: 1, absent: 1, unknown: 2, notApplicable: 0 },
        because: ["change-coupling", "shared-datastore"],
        wouldChange: ["3 symptoms present, with change coupling or lockstep deployment among them"],
      },
    ],
    advice: components.slice(0, 1).map(({ ref }) => ({
      decision: "split" as const,
      subject: ref,
      outcome: "premature" as const,
      assessments: [assessment("owner", "no", { subject: ref, question: "Who will own it?", reasons: ["Nobody is named."] })],
      costs: [measure("boundary.latency", [ref], 12, "ms per request")],
      benefits: [measure("boundary.coordination", [ref], 0.2, "share of change sets")],
      steps: ["Name an owner."],
      wouldChange: ["a team that owns it"],
    })),
    parameters: { ...defaultParameters },
  };
}

interface Spelling {
  readonly service: (index: number) => string;
  readonly team: (index: number) => string;
  readonly system: string;
}

const capabilities = [
  "orders",
  "billing",
  "catalog",
  "cart",
  "payments",
  "shipping",
  "returns",
  "search",
  "pricing",
  "identity",
  "loyalty",
  "inventory",
];
const parts = ["api", "worker", "store", "events", "web", "rules", "sync", "export"];
const hebrew = ["הזמנות", "חשבוניות", "קטלוג", "עגלה", "תשלומים"];
const arabic = ["الطلبات", "الفواتير", "المخزون", "الشحن", "البحث"];

const plainName = (index: number): string => {
  const round = Math.floor(index / (capabilities.length * parts.length));
  const part = parts[Math.floor(index / capabilities.length) % parts.length];
  return `${capabilities[index % capabilities.length]}-${part}${round === 0 ? "" : `-${round}`}`;
};

const spellings: Readonly<Record<NonNullable<EstateOptions["names"]>, Spelling>> = {
  plain: {
    service: plainName,
    team: (index) =>
      `team-${capabilities[index % capabilities.length]}${index < capabilities.length ? "" : `-${Math.floor(index / capabilities.length)}`}`,
    system: "shop",
  },
  long: {
    service: (index) => `${plainName(index)}-of-the-international-customer-relationship-platform-x`.padEnd(60, "x").slice(0, 60),
    team: (index) => `team-${plainName(index)}-with-a-name-that-nobody-ever-shortened-in-years`.slice(0, 60),
    system: "the-international-customer-relationship-platform-of-the-group",
  },
  rtl: {
    service: (index) => `${(index % 2 === 0 ? hebrew : arabic)[Math.floor(index / 2) % 5]}-${index}`,
    team: (index) => `צוות ${hebrew[index % 5]} ${index}`,
    system: "חנות",
  },
};

function teamOf(index: number, spell: Spelling): ModelTeam {
  return {
    ref: `group:default/team-${index}`,
    name: spell.team(index),
    parent: null,
    size: 4 + (index % 6),
    functions: ["backend", "frontend"],
    source: "declared",
    evidence: [],
  };
}

function componentOf(index: number, teams: readonly ModelTeam[], spell: Spelling, random: () => number): ModelComponent {
  const team = teams[Math.floor((index * teams.length) / Math.max(1, index + 1)) % teams.length] ?? teams[0];
  const owner = teams[index % teams.length] ?? team;
  const share = 0.4 + 0.6 * random();
  const isOwned = index % 9 !== 8;
  return {
    ref: `component:default/s${index}`,
    name: spell.service(index),
    kind: index === 0 ? "gateway" : index % 11 === 10 ? "frontend" : "service",
    built: true,
    partOf: null,
    repository: "shop",
    paths: [`services/s${index}`],
    aliases: [],
    technology: ["node", "java", "go", "python"][index % 4] ?? null,
    ownership: {
      state: isOwned ? "owned" : "unmatched",
      declared: isOwned && owner !== undefined ? [{ ref: owner.ref, source: "codeowners", evidence: [] }] : [],
      observed:
        owner === undefined
          ? null
          : {
              ref: owner.ref,
              share: rounded(share),
              interval: [rounded(Math.max(0, share - 0.15)), rounded(Math.min(1, share + 0.1))],
              sample: { n: 20 + (index % 40), of: "change sets" },
            },
    },
    inferredFrom: ["docker-compose.yml names build context"],
    correction: null,
    evidence: [{ type: "declaration", repository: "shop", file: "docker-compose.yml", line: 3 + index }],
  };
}

/** A datastore for every two services; every fourth table is used by two. */
function resourcesOf(components: readonly ModelComponent[]): readonly ResourceFact[] {
  return components.flatMap(({ ref }, index) => {
    const table: ResourceFact = {
      ref: `resource:default/table-${index}`,
      name: `table_${nameOf(ref)}`,
      kind: "table",
      partOf: `resource:default/db-${Math.floor(index / 2)}`,
      technology: null,
      aliases: [],
      evidence: [],
    };
    if (index % 2 === 1) return [table];
    const store: ResourceFact = {
      ref: `resource:default/db-${index / 2}`,
      name: `db-${index / 2}`,
      kind: "datastore",
      partOf: null,
      technology: "postgresql",
      aliases: [],
      evidence: [],
    };
    return [store, table];
  });
}

function relationsOf(
  components: readonly ModelComponent[],
  resources: readonly ResourceFact[],
  random: () => number,
): readonly RelationFact[] {
  const relations: RelationFact[] = [];
  const add = (from: string, to: string, kind: RelationFact["kind"], protocol: RelationFact["protocol"]): void => {
    const confidence = (["confirmed", "likely", "hint"] as const)[Math.floor(random() * 3)] ?? "hint";
    const seen: RelationFact["seen"] = random() < 0.5 ? ["static"] : ["declared", "static"];
    relations.push({
      id: `r${relations.length}`,
      from,
      to,
      kind,
      protocol,
      category: "business",
      confidence,
      seen,
      detail: kind === "calls" ? "GET /items/{id}" : null,
      operation: null,
      evidence: [line(from, "src/client.ts", 10 + relations.length)],
    });
  };
  for (const [index, { ref }] of components.entries()) {
    for (let call = 0; call < 5; call++) {
      const target = components[targetOf(index, components.length, random)];
      if (target !== undefined && target.ref !== ref) add(ref, target.ref, "calls", "http");
    }
    add(ref, `resource:default/table-${index}`, "writes", "db");
    const neighbour = resources.find(({ ref: table }) => table === `resource:default/table-${index - 1}`);
    if (index % 4 === 3 && neighbour !== undefined) add(ref, neighbour.ref, "reads", "db");
  }
  return relations;
}

/** Mostly a neighbour of its own team, sometimes one of the few that everybody calls, seldom anybody. */
function targetOf(from: number, services: number, random: () => number): number {
  const teams = Math.max(2, Math.round(services / 8));
  const draw = random();
  if (draw < 0.65) return (from + teams * (1 + Math.floor(random() * 7))) % services;
  return draw < 0.9 ? Math.floor(random() * Math.min(4, services)) : Math.floor(random() * services);
}

interface CoupledPair {
  readonly one: string;
  readonly other: string;
  readonly shared: number;
  readonly revisions: readonly [number, number];
}

function pairsOf(components: readonly ModelComponent[], random: () => number): readonly CoupledPair[] {
  return components.flatMap(({ ref }, index) => {
    const other = components[(index + 1 + Math.floor(random() * 6)) % components.length];
    if (other === undefined || other.ref === ref || random() < 0.35) return [];
    const revisions = [10 + Math.floor(random() * 40), 10 + Math.floor(random() * 40)] as const;
    return [{ one: ref, other: other.ref, shared: 1 + Math.floor(random() * Math.min(...revisions)), revisions }];
  });
}

function operationsOf({ ref, name }: ModelComponent): readonly OperationFact[] {
  return ["GET /items", "GET /items/{id}", "POST /items"].map((operation) => {
    const [method = "", path = ""] = operation.split(" ");
    return {
      ref: `${ref}#${operation}`,
      contract: null,
      component: ref,
      method,
      path,
      evidence: [line(name, "src/routes.ts", 7)],
    };
  });
}

function librariesOf(components: readonly ModelComponent[]): readonly LibraryFact[] {
  const uses = (every: number, versions: readonly string[]): LibraryFact["uses"] =>
    components
      .filter((_, index) => index % every === 0)
      .map(({ ref, name }, index) => ({
        component: ref,
        version: versions[index % versions.length] ?? "",
        resolved: true,
        evidence: [line(name, "package.json", 20)],
      }));
  return [
    {
      name: "@shop/model",
      ecosystem: "npm",
      internal: true,
      component: null,
      nature: "domain",
      natureReason: "it declares Order",
      uses: uses(2, ["2.1.0", "2.0.3", "1.9.0"]),
    },
    {
      name: "@shop/logging",
      ecosystem: "npm",
      internal: true,
      component: null,
      nature: "infrastructure",
      natureReason: null,
      uses: uses(1, ["1.0.0"]),
    },
    {
      name: "express",
      ecosystem: "npm",
      internal: false,
      component: null,
      nature: "unclassified",
      natureReason: null,
      uses: uses(4, ["4.18.2", "4.19.0", "5.0.0"]),
    },
  ];
}

function measuresOf(
  components: readonly ModelComponent[],
  resources: readonly ResourceFact[],
  teams: readonly ModelTeam[],
  pairs: readonly CoupledPair[],
  random: () => number,
): readonly Measure[] {
  return [
    ...pairs.map(({ one, other, shared, revisions }): Measure => {
      const mean = (revisions[0] + revisions[1]) / 2;
      return {
        ...measure("coupling.degree", [one, other], rounded(shared / mean), "ratio"),
        sample: { n: Math.round(mean), of: "change sets", min: 5 },
        window: "2024-11-20/2026-11-20",
        detail: {
          shared,
          revisionsA: revisions[0],
          revisionsB: revisions[1],
          expected: 1.5,
          lift: rounded(shared / 1.5),
          q: shared >= 10 ? 0.01 : 0.4,
          beyondChance: shared >= 10 ? "yes" : "no",
        },
      };
    }),
    ...components.flatMap(({ ref, ownership }): Measure[] => {
      const sample = { n: 40, of: "change sets", min: 10 };
      const share = ownership.observed?.share ?? 0;
      const [owner] = ownership.declared;
      const foreign = teams[Math.floor(random() * teams.length)];
      const ofTeams = [owner?.ref, foreign?.ref].filter((team) => team !== undefined);
      return [
        {
          ...measure("ownership.share", [ref], share, "share of change sets"),
          interval: [rounded(share * 0.8), share],
          sample,
          detail: { owner: nameOf(owner?.ref ?? ""), state: "owned", changes: 40, unknown: 0 },
        },
        ...[...new Set(ofTeams)].map((team, index) => ({
          ...measure("ownership.team-share", [ref, team], rounded(index === 0 ? share : 1 - share), "share of change sets"),
          sample,
        })),
        {
          ...measure("mandate.externalisable", [ref], 0, "share of ten items"),
          detail: {
            documented: "yes",
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
      ];
    }),
    ...resources
      .filter(({ kind }) => kind === "datastore")
      .map(({ ref }) => ({ ...measure("datastore.level", [ref], 4, "level"), detail: { services: 2, tables: 2 } })),
    ...components.flatMap(({ ref }, index): Measure[] => {
      const before = components[index - 1];
      return index % 4 === 3 && before !== undefined
        ? [
            {
              ...measure("datastore.shared-level", [before.ref, ref, `resource:default/db-${Math.floor(index / 2)}`], 4, "level"),
              detail: { sharing: "same-table", certain: "yes", tables: 1 },
            },
          ]
        : [];
    }),
    {
      ...measure("library.reach", ["component:default/model"], Math.ceil(components.length / 2), "services"),
      detail: { library: "@shop/model", direct: Math.ceil(components.length / 2) },
    },
  ];
}

function assessmentsOf(components: readonly ModelComponent[], pairs: readonly CoupledPair[]): readonly Assessment[] {
  const shareOfChanges = { unit: "share of change sets", sample: { n: 76, of: "change sets", min: 30 } };
  const hotPairs = pairs.filter(({ shared }) => shared >= 10).map((pair, index) => hotPair(pair, index));
  return [
    assessment("change-coupling", "present", {
      ...shareOfChanges,
      value: 0.43,
      interval: [0.33, 0.55],
      conditions: [
        { text: "present: lower bound ≥ 0.25", met: true, source: "parameters A1" },
        { text: "absent: upper bound ≤ 0.1", met: false, source: "parameters A1" },
      ],
      comparison: "10 public systems: 0.10 to 0.65, median 0.24",
      reasons: ["33 of 76 changes to a service also changed another service (43 %)."],
      findings: hotPairs,
    }),
    unknown("lockstep-deployment", "deploy events of 8 weeks", "drystone assess PATH --deploys FILE"),
    unknown("chattiness", "traces of 3 days", "drystone assess PATH --traces FILE"),
    assessment("developer-spread", "absent", {
      ...shareOfChanges,
      value: 0.06,
      interval: [0.02, 0.09],
      reasons: ["5 of 76 changes to a service came from outside of its team."],
    }),
    assessment("shared-datastore", "present", {
      value: 0.25,
      unit: "share of tables",
      interval: [0.12, 0.4],
      sample: { n: components.length, of: "tables" },
      reasons: ["A quarter of the tables are used by two services."],
      findings: components.filter((_, index) => index % 4 === 3).map((component, index) => sharedTable(component, index)),
    }),
    assessment("shared-code", "mixed", {
      value: 0.02,
      unit: "share of lines",
      sample: { n: 120_000, of: "lines" },
      comparison: "18 public systems, most of them samples: 0 to 0.53, median 0.13",
      reasons: ["@shop/model holds business types and is used by half of the services."],
    }),
    assessment("library-drift", "mixed", {
      value: 0.4,
      unit: "ratio",
      sample: { n: 12, of: "services with an exact version" },
      reasons: ["@shop/model is used in three versions."],
    }),
    assessment("ownership", "mixed", {
      ...shareOfChanges,
      value: 0.66,
      interval: [0.6, 0.72],
      reasons: ["Owners make 66 % of the changes to what they own."],
    }),
    assessment("coordination", "misaligned", {
      ...shareOfChanges,
      value: 0.41,
      interval: [0.3, 0.52],
      reasons: ["31 of 76 changes needed two teams or more."],
    }),
    assessment("module-boundaries", "not-met", {
      value: 1,
      unit: "broken boundaries",
      reasons: ["One boundary is broken."],
      findings: [broken(components[0])],
    }),
    assessment("boundary-quality", "absent", {
      value: 0,
      unit: "share of services",
      sample: { n: components.length, of: "services" },
      reasons: ["No service is a technical part that half of the others wait for."],
    }),
    assessment("interface-mandate", "not-met", {
      value: 0.3,
      unit: "share of uses",
      interval: [0.2, 0.4],
      sample: { n: 60, of: "uses" },
      reasons: ["18 of 60 uses lead to an operation of a contract."],
    }),
    unknown("contract-compatibility", "contracts of two versions", "drystone contracts diff OLD NEW"),
    unknown("flow", "work items with their states", "drystone assess PATH --work FILE"),
    unknown("operational-baseline", "the baseline of each service", "drystone ops check PATH"),
  ];
}

function assessment(id: string, verdict: VerdictWord, overrides: Partial<Assessment>): Assessment {
  return {
    id,
    subject: "system",
    question: `What about ${id}?`,
    verdict,
    value: null,
    unit: null,
    interval: null,
    level: 0.95,
    sample: null,
    conditions: [],
    comparison: null,
    grade: verdict === "unknown" ? null : "B",
    reasons: [],
    missing: [],
    findings: [],
    ...overrides,
  };
}

function unknown(id: string, input: string, how: string): Assessment {
  return assessment(id, "unknown", { missing: [{ input, how }] });
}

function hotPair({ one, other, shared, revisions }: CoupledPair, index: number): Finding {
  const n = Math.round((revisions[0] + revisions[1]) / 2);
  return {
    ...finding("change-coupling/hot-pair", [one, other], index),
    message: `${nameOf(one)} and ${nameOf(other)} changed together in ${shared} of ${n} changes.`,
    fix: "Read the commits: what did the second service need to know?",
    value: rounded(Math.min(1, shared / n)),
    unit: "degree",
    sample: { n, of: "change sets" },
    evidence: Array.from({ length: Math.min(20, shared) }, (_, place) => commit(index * 31 + place)),
    evidenceTotal: shared,
  };
}

function sharedTable({ ref, name }: ModelComponent, index: number): Finding {
  return {
    ...finding("shared-datastore/shared-table", [ref], index),
    message: `${nameOf(ref)} reads a table of another service.`,
    fix: "Let the owner of the data offer an operation or an event for what others need.",
    location: { repository: "shop", file: `services/${nameOf(ref)}/src/store.ts`, line: 12 },
    evidence: [line(name, "src/store.ts", 12)],
    evidenceTotal: 1,
  };
}

function broken(component: ModelComponent | undefined): Finding {
  return {
    ...finding("module-boundaries/private-import", [component?.ref ?? "system"], 0),
    state: "accepted",
    message: "orders imports what payments keeps to itself.",
    decision: { owner: "team-orders", reason: "until the new checkout is out", until: "2027-01-31" },
  };
}

function finding(code: string, subjects: readonly string[], index: number): Finding {
  return {
    code,
    severity: (["warning", "error", "note"] as const)[index % 3] ?? "note",
    state: "new",
    subjects,
    message: "",
    fix: "",
    value: null,
    unit: null,
    sample: null,
    location: null,
    evidence: [],
    evidenceTotal: 0,
    fingerprint: `${code.replace(/\W/g, "")}${index}`,
  };
}

function measure(id: string, subjects: readonly string[], value: number, unit: string): Measure {
  return { id, subjects, value, unit, interval: null, sample: null, window: null };
}

function inputsOf(services: number, spell: Spelling): Result["inputs"] {
  return {
    asOf: "2026-11-20",
    system: spell.system,
    repositories: [
      {
        id: "shop",
        head: "4f1c2aa09b3de8c7715e6a0d2b9c8f7e6d5a4b3c",
        commits: services * 40,
        roots: 1,
        shallow: false,
        partial: false,
        changeSetUnit: "mainline",
        changeSetUnitReason: "97 % of the last 500 commits of the main line are squash merges",
        window: { from: "2025-11-20", to: "2026-11-20", reason: "12 months before the last activity" },
        hygiene: [`${services * 40} commits in the window`, "76 by people to judge"],
      },
    ],
    sources: [
      { kind: "git", repository: "shop", path: ".git", read: true, facts: services * 40, problem: null, window: null },
      { kind: "trace", repository: "", path: "traces.json", read: false, facts: 0, problem: "no file was given", window: null },
    ],
    problems: [{ path: "services/orders/compose.yaml", line: 3, message: "the port is no number", hint: "write a number" }],
  };
}

function line(of: string, file: string, at: number): Evidence {
  return {
    type: "file",
    repository: "shop",
    file: `services/${nameOf(of)}/${file}`,
    line: at,
    text: "await client.get(`/items/${id}`)",
  };
}

function commit(index: number): Evidence {
  const id = Math.floor((((index + 1) * 0.618033988749895) % 1) * 2 ** 48)
    .toString(16)
    .padStart(12, "0");
  return {
    type: "commit",
    repository: "shop",
    commit: id.repeat(4).slice(0, 40),
    date: `2026-${String(1 + (index % 11)).padStart(2, "0")}-14`,
    subject: `Add VAT to what is billed (#${index})`,
  };
}

function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf("/") + 1);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Mulberry32: numbers in 0..1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
