import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { UsageError } from "#util/errors.js";
import { processorTime } from "../../../test/fakes/index.js";
import { textTree } from "../files/index.js";
import { configJsonSchema, readConfig, type SystemDeclaration } from "./index.js";

const code = {
  "services/orders/a.ts": "",
  "services/web/b.ts": "",
  "services/web/vendor/c.ts": "",
  "libs/x/d.ts": "",
  "README.md": "",
};
const read = (text: string, more: Record<string, string> = {}): SystemDeclaration =>
  readConfig(textTree("shop", { "drystone.yaml": text, ...code, ...more }));

function mistake(text: string): { code: string; message: string; hint: string } {
  try {
    read(text);
  } catch (error) {
    if (error instanceof UsageError) return { code: error.code, message: error.message, hint: error.hint };
    throw error;
  }
  return { code: "", message: "no mistake", hint: "" };
}

const line = (n: number, text: string) => ({ type: "declaration", repository: "shop", file: "drystone.yaml", line: n, text });
const rule = (n: number, pattern: string, ...owners: string[]) => ({
  repository: "shop",
  dialect: "github",
  file: "drystone.yaml",
  line: n,
  pattern,
  owners,
  section: null,
  optional: false,
  exclusion: false,
  noParent: false,
});

test("everything at once", () => {
  const found = read(`system: { name: shop, tickets: "SHOP-#" }
repositories: [./]
components:
  orders:
    paths: [services/orders/**]
    kind: job
    owner: [red, "@org/blue"]
    aliases: [orders-api]
    technology: node
teams:
  red:
    members: [ada@example.com, "@ada", { id: Ada Lovelace, from: 2026-01-01, to: 2026-06 }]
    functions: [backend]
    mission: take orders
    parent: sales
  sales:
owners:
  "*": sales
  services/{orders,web}/**: red
  services/web/vendor/:
aliases: { people: [[ada, ada@example.com]], bots: [deploy-script] }
thresholds: { A1.tHi: { value: 0.3, reason: monthly releases } }
people: off
modules: [{ match: 'libs/{name}' }]
layers: [app, domain]
rules: [{ deny: { from: a, to: b } }]
units: { retail: { teams: [red] } }
inputs: { traces: t.json, work: [a.csv, b.csv] }
distribution: bundled
answers: { orders: { owner: { answer: no, by: ada, on: 2026-11-01, why: she leaves } } }
`);
  expect(found).toEqual({
    config: {
      file: "drystone.yaml",
      people: "off",
      personAliases: [["ada", "ada@example.com"]],
      bots: ["deploy-script"],
      ticketPattern: "SHOP-#",
      thresholds: { "A1.tHi": { value: 0.3, reason: "monthly releases" } },
      distribution: "bundled",
      answers: [
        {
          part: "orders",
          question: "owner",
          answer: "no",
          by: "ada",
          on: "2026-11-01",
          until: null,
          why: "she leaves",
          evidence: line(30, "owner"),
        },
      ],
    },
    components: [
      {
        ref: "component:default/orders",
        name: "orders",
        kind: "job",
        built: true,
        partOf: null,
        repository: "shop",
        paths: ["services/orders"],
        aliases: ["orders-api"],
        technology: "node",
        declaredOwners: [
          { ref: "group:default/red", source: "drystone.yaml", evidence: [line(7, "owner of orders")] },
          { ref: "group:default/blue", source: "drystone.yaml", evidence: [line(7, "owner of orders")] },
        ],
        declared: true,
        inferredFrom: [],
        evidence: [line(4, "orders")],
      },
    ],
    teams: [
      {
        ref: "group:default/red",
        name: "red",
        parent: "group:default/sales",
        members: [
          { id: "ada@example.com", from: null, to: null },
          { id: "@ada", from: null, to: null },
          { id: "Ada Lovelace", from: "2026-01-01", to: "2026-06" },
        ],
        functions: ["backend"],
        mission: "take orders",
        source: "declared",
        evidence: [line(11, "red")],
      },
      {
        ref: "group:default/sales",
        name: "sales",
        parent: null,
        members: [],
        functions: [],
        mission: null,
        source: "declared",
        evidence: [line(16, "sales")],
      },
    ],
    ownershipRules: [
      rule(18, "*", "sales"),
      rule(19, "/services/orders/**", "red"),
      rule(19, "/services/web/**", "red"),
      rule(20, "/services/web/vendor/"),
    ],
    system: "shop",
    repositories: [""],
    policy: {
      modules: [{ match: "libs/{name}" }],
      layers: ["app", "domain"],
      rules: [{ deny: { from: "a", to: "b" } }],
      placeOf: expect.any(Function),
    },
    units: new Map([["retail", { value: { teams: ["red"] }, line: 27 }]]),
    inputs: { traces: ["t.json"], deploys: [], work: ["a.csv", "b.csv"], load: [], states: null },
    sources: [{ kind: "config", repository: "shop", path: "drystone.yaml", read: true, facts: 7, problem: null, window: null }],
    problems: [
      {
        path: "drystone.yaml",
        line: 7,
        message: "group:default/blue owns components but is not among teams",
        hint: "declare it under teams, or correct the name",
      },
    ],
  });
});

test("captures make one component per folder; a name written out goes before; owners and rules are filled in", () => {
  const found = read(`components:
  "{name}": { match: "services/{name}", owner: "team-{name}" }
  web: { paths: services/web }
  all: { paths: "**", kind: library }
  gone: { paths: services/gone }
  ext: { kind: external }
owners:
  "services/{name}/vendor/**": "@org/{name}-vendors"
`);
  expect(
    found.components.map(({ name, paths, built, declaredOwners }) => [
      name,
      paths,
      built,
      ...declaredOwners.map(({ ref }) => ref),
    ]),
  ).toEqual([
    ["orders", ["services/orders"], true, "group:default/team-orders"],
    ["web", ["services/web"], true],
    ["all", [""], true],
    ["gone", ["services/gone"], false],
    ["ext", [], false],
  ]);
  expect(found.ownershipRules.map(({ pattern, owners }) => [pattern, ...owners])).toEqual([
    ["/services/orders/vendor/**", "@org/orders-vendors"],
    ["/services/web/vendor/**", "@org/web-vendors"],
  ]);
  expect(found.problems.map(({ line, message }) => [line, message])).toEqual([
    [5, "components.gone: no file under services/gone"],
  ]);
});

test("rules below a listed repository are of that repository", () => {
  const found = read("repositories: [repos/web, repos/api]\nowners: { repos/web/src/**: red, docs/**: blue }\n");
  expect(found.ownershipRules.map(({ repository, pattern }) => [repository, pattern])).toEqual([
    ["web", "/src/**"],
    ["shop", "/docs/**"],
  ]);
});

test("owners keep the order of the file, whatever the keys look like", () => {
  expect(read("owners: { b: x, 2024: y, a: z }\n").ownershipRules.map(({ pattern }) => pattern)).toEqual(["/b", "/2024", "/a"]);
});

test("none, empty, .yml, both, and another path", () => {
  expect(readConfig(textTree("shop", code)).config.file).toBe(null);
  expect(read("# nothing\n").config.file).toBe("drystone.yaml");
  expect(readConfig(textTree("shop", { "drystone.yml": "system: a" })).system).toBe("a");
  expect(read("system: a", { "drystone.yml": "system: b" })).toMatchObject({ system: "a", problems: [{ path: "drystone.yml" }] });
  expect(readConfig(textTree("shop", { "x/d.yaml": "system: c" }), "x/d.yaml")).toMatchObject({
    system: "c",
    config: { file: "x/d.yaml" },
  });
  expect(() => readConfig(textTree("shop", {}), "gone.yaml")).toThrow(UsageError);
  expect(() => readConfig(textTree("shop", { "drystone.yaml": "a\0b" }))).toThrow(UsageError);
});

test.each<[string, string, string, string]>([
  ["componets: {}", "DS-C02", 'drystone.yaml:1:1: unknown key "componets"', "did you mean components?"],
  [
    "a: 1\nsystem: x",
    "DS-C02",
    'drystone.yaml:1:1: unknown key "a"',
    "known here: system, repositories, components, modules, layers, rules, owners, teams, aliases, thresholds, people, units, inputs",
  ],
  ["components:\n  a:\n    pahts: x", "DS-C02", 'drystone.yaml:3:5: unknown key "pahts"', "did you mean paths?"],
  [
    "components: { a: { kind: servise } }",
    "DS-C03",
    'drystone.yaml:1:26: components.a.kind is "servise"',
    "did you mean service? One of service",
  ],
  ["people: nobody", "DS-C03", 'drystone.yaml:1:9: people is "nobody"', "one of teams, handles, off"],
  ["answers: { a: { ownr: {} } }", "DS-C02", 'drystone.yaml:1:17: unknown key "ownr"', "did you mean owner?"],
  [
    "answers: { a: { owner: { answer: yes, on: 2026-01-01, why: x } } }",
    "DS-C03",
    "drystone.yaml:1:24: answers.a.owner.by is missing",
    "expected a text",
  ],
  [
    "answers: { a: { owner: { answer: yes, by: ada, on: 2026-02-30, why: x } } }",
    "DS-C03",
    'drystone.yaml:1:52: answers.a.owner.on is "2026-02-30"',
    "expected a day that there is",
  ],
  ["system: 3", "DS-C03", "drystone.yaml:1:9: system is 3 (number)", "expected the name of the system, or { name, tickets }"],
  ["system: { nam: x }", "DS-C02", 'drystone.yaml:1:11: unknown key "nam"', "did you mean name?"],
  ["teams:\n  red:\n    members: ada", "DS-C03", 'drystone.yaml:3:14: teams.red.members is "ada"', "expected a list"],
  [
    "teams: { red: { members: [{ id: a, from: 1.1.2026 }] } }",
    "DS-C03",
    'drystone.yaml:1:42: teams.red.members.0.from is "1.1.2026"',
    "expected a date such as 2026-01-31",
  ],
  [
    "teams: { red: { members: [{ id: a, form: 2026 }] } }",
    "DS-C02",
    'drystone.yaml:1:36: unknown key "form"',
    "did you mean from?",
  ],
  [
    "thresholds: { A1.tHi: { value: 0.3 } }",
    "DS-C03",
    "drystone.yaml:1:23: thresholds.A1.tHi.reason is missing",
    "expected a text; put numbers in quotes",
  ],
  [
    "thresholds: { a b: { value: 0.3, reason: x } }",
    "DS-C03",
    'drystone.yaml:1:15: thresholds.a b is not a valid key: "a b"',
    "expected a parameter such as A1.tHi",
  ],
  [
    "owners: { ../x: a }",
    "DS-C03",
    'drystone.yaml:1:11: owners.../x is not a valid key: "../x"',
    "a path may not lead out of the repository",
  ],
  [
    "components: { a: { paths: 'x/{b' } }",
    "DS-C03",
    'drystone.yaml:1:27: components.a.paths is "x/{b"',
    "braces must be closed and not nested",
  ],
  [
    "repositories: [../other]",
    "DS-C03",
    'drystone.yaml:1:16: repositories.0 is "../other"',
    "list folders below this file; give others on the command line",
  ],
  [
    "repositories: [/etc]",
    "DS-C03",
    'drystone.yaml:1:16: repositories.0 is "/etc"',
    "list folders below this file; give others on the command line",
  ],
  ["- a", "DS-C03", "drystone.yaml:1:1: the file is a list", "expected a map"],
  ["a: [", "DS-C01", "drystone.yaml:1:5: ", "correct the YAML"],
  ["system: a\nsystem: b", "DS-C01", 'drystone.yaml:2:1: the key "system" stands here for a second time', "join both entries"],
  ["units: { __proto__: { x: 1 } }", "DS-C01", "drystone.yaml:1:10: the key __proto__ is not allowed", "take it out"],
  ["units: { a: *b }", "DS-C01", "drystone.yaml:1:13: ", ""],
  ["units: &u { a: *u }", "DS-C01", "drystone.yaml:1:16: alias *u contains itself", "write the value out"],
  [
    "units: { ? [a] : b }",
    "DS-C01",
    "drystone.yaml:1:12: a key that is no text",
    "write the key as text, in quotes where needed",
  ],
])("%j", (text, errorCode, message, hint) => {
  const found = mistake(text);
  expect(found.code).toBe(errorCode);
  expect(found.message.slice(0, message.length)).toBe(message);
  expect(found.hint.slice(0, hint.length)).toBe(hint);
});

test("several mistakes: the first is named, the others counted; control characters are made visible", () => {
  expect(mistake('people: "\\e[31m"\nsystme: x\n').message).toBe(
    'drystone.yaml:1:9: people is "\\x1b[31m" (and 1 more)'.replace("\\x1b", "\\u001b"),
  );
});

test("hostile YAML ends in time", () => {
  const bomb = `units:\n  a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, at) => `  a${at + 1}: &a${at + 1} [${Array.from({ length: 10 }, () => `*a${at}`).join(",")}]`).join("\n")}\n`;
  const spent = processorTime();
  expect(mistake(bomb).code).toBe("DS-C01");
  expect(mistake("[".repeat(400_000)).code).toBe("DS-C01");
  expect(mistake(`units: ${"{a: ".repeat(400)}`).code).toBe("DS-C01");
  expect(mistake("- ".repeat(100_000)).code).toBe("DS-C01");
  expect(mistake(Array.from({ length: 700 }, (_, at) => `${" ".repeat(at)}a:`).join("\n")).code).toBe("DS-C01");
  expect(mistake(`units:\n${Array.from({ length: 40_000 }, (_, at) => `  k${at}: 1`).join("\n")}`).message).toBe("no mistake");
  expect(mistake("x".repeat(600_000)).code).toBe("DS-C01");
  expect(mistake(`components: { a: { paths: "${"{a,b}".repeat(30)}" } }`).message).toBe("no mistake");
  expect(mistake(`owners: { "${"{x}/".repeat(200)}": a }`).message).toBe("no mistake");
  expect(spent()).toBeLessThan(15_000);
});

test("rules of which the last was taken out are none", () => {
  expect(read("modules: [{ match: 'libs/{name}' }]\nrules:\n  # nothing left\n").policy.rules).toEqual([]);
});

test("the published schema is the one that validates; UPDATE=1 writes it", () => {
  const file = fileURLToPath(new URL("../../../schema/drystone.schema.json", import.meta.url));
  const text = `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
  if (process.env["UPDATE"]) writeFileSync(file, text);
  expect(readFileSync(file, "utf8")).toBe(text);
});
