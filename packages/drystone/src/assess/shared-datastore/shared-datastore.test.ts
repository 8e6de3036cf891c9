import { expect, test } from "vitest";
import { relations, resource, storeUse } from "#derive/calls/fixtures/index.js";
import type { Estate } from "#derive/estate/index.js";
import { type Shop, smallEstate } from "#derive/team-changes/fixtures/index.js";
import type { Facts } from "#model/facts.js";
import { shortName } from "#model/refs.js";
import { assessSharedDatastore } from "./index.js";

/** Services of a shop that all connect to one server, and what they do with its tables. */
function estateOf(
  services: Shop["services"],
  uses: string,
  facts: Partial<Facts> = {},
  databaseOf: (name: string) => string | null = () => "shop",
  others: Shop["services"] = {},
): Estate {
  const estate = smallEstate({ services: { ...services, ...others }, changes: [] });
  const all = uses === "" ? [] : relations(uses);
  const tables = [...new Set(all.map(({ to }) => shortName(to)))].map((name) => resource(name, "table", "db"));
  const storeUses = Object.keys(services).map((name) => storeUse(name, "db", { database: databaseOf(name) }));
  const resources = [resource("db", "datastore", null, "mysql"), ...tables];
  return { ...estate, facts: { ...estate.facts, resources, relations: all, storeUses, ...facts } };
}

const example = [
  "orders reads order, orders writes order, orders reads customer, orders writes customer",
  "billing reads order, billing reads invoice, billing writes invoice",
  "crm reads customer, crm writes customer, crm reads note, crm writes note",
].join(", ");

test("the worked example of metrics.md A5: four tables, two with several users, one with several writers", () => {
  const { assessment, measures } = assessSharedDatastore(estateOf({ orders: "red", billing: "red", crm: "blue" }, example));
  expect({
    ...assessment,
    findings: assessment.findings.map(({ code, severity, subjects, value, evidenceTotal, location, message }) => [
      code,
      severity,
      subjects.map(shortName).join(" "),
      value,
      evidenceTotal,
      location?.file,
      message,
    ]),
  }).toEqual({
    id: "shared-datastore",
    subject: "system",
    question: "Do many services share a datastore?",
    verdict: "present",
    value: 0.5,
    unit: "share of tables",
    interval: [0.150039, 0.849961],
    level: 0.95,
    sample: { n: 4, of: "tables" },
    conditions: [
      {
        text: "something is known of the data of more than 70 % of the services (pages and gateways aside)",
        met: true,
        source: "parameters A5",
      },
      { text: "present: a table that services of different teams write", met: true, source: "parameters A5" },
      {
        text: "present: share of tables with two users or more ≥ 0.2, and 2 of them or more (fewer than 20 tables)",
        met: true,
        source: "parameters A5",
      },
      { text: "absent: nothing shared from level 3 (one schema) on", met: false, source: "parameters A5" },
    ],
    comparison: null,
    grade: "B",
    reasons: ["2 of 4 tables are used by two services or more, 1 of them written by more than one."],
    missing: [],
    findings: [
      [
        "shared-datastore/multi-writer-table",
        "error",
        "customer crm orders",
        2,
        6,
        "orders/src/main.js",
        "crm and orders write the table customer of db (database shop), and belong to different teams.",
      ],
      [
        "shared-datastore/foreign-read",
        "note",
        "order orders billing",
        1,
        5,
        "orders/src/main.js",
        "billing reads the table order of db (database shop), which orders writes, all of one team.",
      ],
      [
        "shared-datastore/shared-schema",
        "warning",
        "db billing crm",
        2,
        9,
        "billing/.env",
        "billing and crm work in one schema of the database shop of db, and belong to different teams.",
      ],
    ],
  });
  expect(measures.map(({ id, subjects, value, detail }) => [id, subjects.map(shortName).join(" "), value, detail])).toEqual([
    ["datastore.level", "db", 5, { services: 3, tables: 4 }],
    ["datastore.shared-level", "crm orders db", 5, { sharing: "same-table", certain: "yes", tables: 1 }],
    ["datastore.shared-level", "billing orders db", 4, { sharing: "same-table", certain: "yes", tables: 1 }],
    ["datastore.shared-level", "billing crm db", 3, { sharing: "same-database-different-tables", certain: "yes", tables: 0 }],
    ["datastore.access-entropy", "system", 0.346574, { multiUser: 2, multiWriter: 1 }],
  ]);
});

test("each finding has connections and uses of tables of every user", () => {
  const [finding] = assessSharedDatastore(estateOf({ orders: null, crm: null }, "orders writes customer, crm writes customer"))
    .assessment.findings;
  expect(finding?.evidence.map((one) => ("file" in one ? `${one.type} ${one.file}` : ""))).toEqual([
    "declaration crm/.env",
    "declaration orders/.env",
    "file crm/src/main.js",
    "file orders/src/main.js",
  ]);
});

const owned = { a: "red", b: "blue", c: "blue", d: "blue" };
const unowned = { a: null, b: null, c: null, d: null };
const own = (name: string) => name;

test.each<[string, Estate, string, string | null]>([
  ["a table written by two teams", estateOf(owned, "a writes t, b writes t, c writes u, d writes v"), "present", "B"],
  ["a table written by one team", estateOf(owned, "b writes t, c writes t, d writes u, a writes v"), "mixed", "B"],
  ["owners not known: the count decides", estateOf(unowned, "a writes t, b writes t, c writes u, d writes v"), "mixed", "B"],
  ["two shared tables", estateOf(unowned, "a writes t, b reads t, c writes u, d reads u"), "present", "B"],
  ["one schema, tables of their own", estateOf(unowned, "a writes t, b writes u, c writes v, d writes w"), "mixed", "B"],
  ["one schema, tables not known", estateOf(unowned, ""), "mixed", "C"],
  ["a database each", estateOf(unowned, "a writes t, b writes t", {}, own), "absent", "B"],
  ["a database each, no tables known", estateOf(unowned, "", {}, own), "absent", "C"],
  ["one server, databases not known", estateOf(unowned, "", {}, () => null), "unknown", "C"],
  ["nothing read", estateOf(unowned, "", { storeUses: [] }), "unknown", "C"],
  [
    "read, and no datastore found",
    estateOf(unowned, "", { storeUses: [], relations: relations("a calls b, b calls c, c calls d") }),
    "unknown",
    "C",
  ],
  [
    "a store that could not be told",
    estateOf(unowned, "", {
      storeUses: [],
      relations: relations("a calls b, b calls c, c calls d"),
      unresolved: [
        { component: "component:default/a", kind: "store", text: "DB_HOST", reason: "no value", evidence: [] },
        { component: "component:default/b", kind: "store", text: "DB_HOST", reason: "no value", evidence: [] },
      ],
    }),
    "unknown",
    "C",
  ],
  [
    "one store that could not be told may be one of the others",
    estateOf(
      unowned,
      "",
      { unresolved: [{ component: "component:default/e", kind: "store", text: "DB_HOST", reason: "no value", evidence: [] }] },
      own,
      { e: null },
    ),
    "unknown",
    "C",
  ],
])("%s", (_, estate, verdict, grade) => {
  const { assessment } = assessSharedDatastore(estate);
  expect([assessment.verdict, assessment.grade, assessment.missing.length > 0]).toEqual([verdict, grade, verdict === "unknown"]);
});

test.each<[number, string]>([
  [6, "present"],
  [4, "mixed"],
])("with twenty tables the interval decides: %d of 20 shared", (shared, verdict) => {
  const tables = Array.from({ length: 20 }, (_, at) => `a writes t${at}${at < shared ? `, b reads t${at}` : ""}`).join(", ");
  expect(assessSharedDatastore(estateOf({ a: null, b: null }, tables)).assessment.verdict).toBe(verdict);
});

test("unknown owners are said to be unknown", () => {
  const { reasons } = assessSharedDatastore(estateOf(unowned, "a writes t, b writes t, c writes u, d writes u")).assessment;
  expect(reasons[1]).toBe(
    "Whether different teams write the same table is unknown: not all of these services have a declared owner. The count decided.",
  );
});

test("one service", () => {
  expect(assessSharedDatastore(estateOf({ a: null }, "")).assessment.verdict).toBe("not-applicable");
});

const started = (database: string, repository: string) =>
  ({ subject: resource(database, "datastore").ref, format: "compose", repository }) as Facts["deployments"][number];

test("databases that each repository starts for itself do not show that they are apart in production", () => {
  const small = estateOf({ orders: "red", crm: "blue" }, "");
  const judged = (homes: Readonly<Record<string, string>>) => {
    const facts = {
      ...small.facts,
      components: small.facts.components.map((one) => ({ ...one, repository: homes[one.name] ?? "shop" })),
      resources: ["orders-db", "crm-db"].map((name) => resource(name, "datastore", null, "mysql")),
      storeUses: ["orders", "crm"].map((name) => storeUse(name, `${name}-db`, { database: "shop" })),
      deployments: ["orders", "crm"].map((name) => started(`${name}-db`, homes[name] ?? "shop")),
    };
    const { verdict, reasons, missing } = assessSharedDatastore({ ...small, facts }).assessment;
    return { verdict, reasons, missing: missing.map(({ input }) => input) };
  };
  expect([judged({ orders: "orders", crm: "crm" }), judged({})]).toEqual([
    {
      verdict: "unknown",
      reasons: [
        "2 of 2 services connect to a datastore, no two of them to the same one.",
        "crm-db and orders-db: 2 databases are each started by the repository of one service, and whether they are one in production is not known.",
      ],
      missing: ["which servers crm-db and orders-db are in production"],
    },
    { verdict: "absent", reasons: ["2 of 2 services connect to a datastore, no two of them to the same one."], missing: [] },
  ]);
});
