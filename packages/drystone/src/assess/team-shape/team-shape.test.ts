import { expect, test } from "vitest";
import { authoredFiles, truckFactor } from "#derive/authorship/index.js";
import { type Change, smallEstate, weekly } from "#derive/team-changes/fixtures/index.js";
import { groupRef } from "#model/refs.js";
import { degreeOfAuthorship, teamStability } from "#util/statistics/index.js";
import { assessTeamShape } from "./index.js";
import { layerOf, layersByTeam } from "./layers.js";
import { isGenericName } from "./shapes.js";

const services = { orders: "checkout", billing: "payments" };
const long = { from: "2024-01-01", to: null };
const dated = (...names: string[]) => names.map((id) => ({ id, ...long }));
const whole = { checkout: dated("ada", "bob", "cleo"), payments: dated("dan", "eve", "fay") };
const busy: Change[] = ["ada", "bob", "cleo"]
  .flatMap((by) => weekly(10, { by: [by], touches: ["orders"] }))
  .concat(["dan", "eve", "fay"].flatMap((by) => weekly(10, { by: [by], touches: ["billing"] })));
const many = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => `${prefix}${at}`);

test.each([
  ["named, small and stable", whole, "aligned", 1],
  ["half of the teams have a generic name", { "backend-team": whole.checkout, payments: whole.payments }, "misaligned", 0.5],
  [
    "half of the teams are too large",
    { checkout: dated("ada", "bob", "cleo", ...many("x", 8)), payments: whole.payments },
    "misaligned",
    0.5,
  ],
  ["a team of two is neither", { checkout: dated("ada", "bob"), payments: whole.payments }, "mixed", 0.5],
  [
    "a team that lost half of its people",
    {
      checkout: [...dated("ada", "bob", "cleo"), ...many("left", 3).map((id) => ({ id, from: "2024-01-01", to: "2026-07-01" }))],
      payments: whole.payments,
    },
    "misaligned",
    0.5,
  ],
  [
    "stability is not known without dates",
    { checkout: ["ada", "bob", "cleo"], payments: ["dan", "eve", "fay"] },
    "unknown",
    null,
  ],
  ["names only", { checkout: [], payments: [] }, "unknown", null],
  ["no teams", {}, "unknown", null],
])("%s: %s", (_, teams, verdict, value) => {
  const { assessment } = assessTeamShape(smallEstate({ services, teams, changes: busy }));
  expect([assessment.verdict, assessment.value, assessment.unit, assessment.sample?.of]).toEqual([
    verdict,
    value,
    "share of teams",
    "teams",
  ]);
  expect(assessment.missing.length).toBe(verdict === "unknown" ? 1 : 0);
});

test("a mission makes up for a generic name; the whole of an aligned one", () => {
  const teams = {
    platform: {
      mission: "deploys in minutes",
      members: whole.checkout.map((member) => ({ ...member, id: `${member.id}@example.com` })),
    },
    payments: whole.payments,
  };
  const { assessment } = assessTeamShape(
    smallEstate({ services: { orders: "platform", billing: "payments" }, teams, changes: busy }),
  );
  expect([assessment.verdict, assessment.grade, assessment.reasons, assessment.findings]).toEqual([
    "aligned",
    "B",
    [
      "2 of 2 teams are named, small and stable.",
      "6 people changed something in the window, 6 of them ten times or more.",
      "6 people work here regularly (ten changes or more): no more than one team, so a boundary between teams would buy little.",
      "Whether teams need each other's layers cannot be seen: too few changes name a ticket or have several commits.",
      "Truck factor 6 over 2 source files: without 6 people, less than half of them have an author left. It exaggerates the loss.",
    ],
    [],
  ]);
});

test("without teams: people, developers and truck factor are still told", () => {
  const { assessment, measures } = assessTeamShape(smallEstate({ services: { orders: null, billing: null }, changes: busy }));
  expect(assessment.reasons.slice(0, 2)).toEqual([
    "No teams are declared.",
    "6 people changed something in the window, 6 of them ten times or more.",
  ]);
  expect(measures.map(({ id, subjects, value }) => [id, subjects, value])).toEqual([
    ["team.people", ["system"], 6],
    ["team.truck-factor", ["system"], 6],
  ]);
});

test("a large team: channels, and a note for ten members", () => {
  const teams = { checkout: dated("ada", "bob", "cleo", ...many("x", 9)), payments: dated("dan", "eve", "fay", ...many("y", 7)) };
  const { assessment } = assessTeamShape(smallEstate({ services, teams, changes: busy }));
  expect(assessment.findings.map(({ code, severity, subjects, value }) => [code, severity, subjects[0], value])).toEqual([
    ["team-shape/too-large", "warning", groupRef("checkout"), 12],
    ["team-shape/too-large", "note", groupRef("payments"), 10],
  ]);
  expect(assessment.findings[0]?.message).toBe(
    "checkout has 12 members, 3 of them with a change in the last 90 days: 66 pairs who could have to talk. Teams of 3 to 9 are the convention.",
  );
});

test("more than nine components; more than a hundred members without units", () => {
  const wide = Object.fromEntries(many("service", 10).map((name) => [name, "checkout"]));
  const teams = { checkout: whole.checkout, payments: dated(...many("p", 99)) };
  const { assessment } = assessTeamShape(smallEstate({ services: { ...wide, billing: "payments" }, teams, changes: busy }));
  expect(assessment.findings.map(({ code, subjects, value }) => [code, subjects[0], value])).toEqual([
    ["team-shape/organisation-size", "system", 102],
    ["team-shape/span", groupRef("checkout"), 10],
    ["team-shape/too-large", groupRef("payments"), 99],
  ]);
});

test.each([
  ["people: off", { people: "off" as const }, "not-applicable", "People are switched off"],
  ["a shallow clone", { shallow: true }, "unknown", "shop is a shallow clone"],
])("%s", (_, shop, verdict, reason) => {
  const { assessment } = assessTeamShape(smallEstate({ services, teams: whole, changes: busy, ...shop }));
  expect([assessment.verdict, assessment.reasons[0]]).toEqual([verdict, expect.stringContaining(reason)]);
});

test("nobody is named", () => {
  const outcome = assessTeamShape(smallEstate({ services, teams: { checkout: ["ada"], payments: dated("dan") }, changes: busy }));
  expect(JSON.stringify(outcome)).not.toMatch(/\b(?:ada|bob|cleo|dan|eve|fay)\b/);
});

const member = (id: string, from: string, to: string | null) => ({ id, from, to });

test("retention and Jaccard of {a..f} to {a,b,c,d,g} (metrics.md D5)", () => {
  const stability = teamStability(["a", "b", "c", "d", "e", "f"], ["a", "b", "c", "d", "g"]);
  expect([stability?.retention, stability?.jaccard]).toEqual([4 / 6, 4 / 7]);
  const team = [
    ...["a", "b", "c", "d"].map((id) => member(id, "2024", null)),
    member("e", "2024", "2026-06"),
    member("f", "2024", "2026-09-30"),
    member("g", "2026-08-01", null),
  ];
  const { measures } = assessTeamShape(smallEstate({ services, teams: { checkout: team }, changes: busy }));
  expect(
    measures.filter(({ id }) => id === "team.retention").map(({ value, sample, detail }) => [value, sample?.n, detail]),
  ).toEqual([[0.666667, 6, { jaccard: 0.571429, from: "dates" }]]);
});

test("degree of authorship: creator with 5 own and 3 foreign changes is the author, the other is not (metrics.md D5)", () => {
  expect([degreeOfAuthorship(true, 5, 3), degreeOfAuthorship(false, 3, 5)].map((degree) => Number(degree.toFixed(4)))).toEqual([
    4.766, 3.2098,
  ]);
  const estate = smallEstate({
    services,
    changes: [...weekly(3, { by: ["bob"], touches: ["orders"] }), ...weekly(5, { by: ["ada"], touches: ["orders"] }, 7, 100)],
  });
  const ada = estate.people.persons.findIndex(({ handle }) => handle === "ada");
  expect(authoredFiles(estate).map(({ component, authors }) => ({ component, authors }))).toEqual([
    { component: 0, authors: [ada] },
  ]);
});

test("noise, files that are gone and files of nobody have no author; bots make no file", () => {
  const estate = smallEstate({
    services,
    changes: [
      { by: ["ada"], ago: 3, touches: ["orders/README.md", "orders/package-lock.json", "elsewhere/main.js"] },
      { by: ["renovate[bot]"], ago: 2, touches: ["orders/src/bot.js"] },
      { by: ["ada", "bob"], ago: 1, touches: ["orders"] },
    ],
  });
  expect(authoredFiles(estate).map(({ authors }) => authors.length)).toEqual([2]);
});

test.each([
  ["nothing", [], null],
  ["one person has it all", [[0], [0], [0]], 1],
  ["two halves: with half of the files covered it goes on", [[0], [0], [1], [1]], 2],
  [
    "every file has two authors",
    [
      [0, 1],
      [0, 1],
      [0, 1],
    ],
    2,
  ],
  ["most files have no author from the start", [[0], [], []], 0],
  ["one of many holds most", [[0], [0], [0], [1], [2]], 1],
  ["a person with less than a tenth of the strongest is no key person", [...Array.from({ length: 22 }, () => [0, 1]), [2]], 2],
])("truck factor: %s", (_, authors, expected) => {
  expect(truckFactor(authors.map((persons) => ({ authors: persons })))).toBe(expected);
});

test.each([
  ["backend-team", true],
  ["Backend Developers", true],
  ["qa", true],
  ["team-2", true],
  ["core-maintainers", true],
  ["payments", false],
  ["payments-backend", false],
  ["team-orders", false],
  ["Zahlungsverkehr", false],
  ["数据团队", false],
])("generic name: %s %s", (name, expected) => {
  expect(isGenericName(name)).toBe(expected);
});

test.each([
  ["orders/src/main/resources/db/migration/V1__init.sql", undefined, "schema"],
  ["db/migrate/20260101_add.rb", undefined, "schema"],
  ["orders/prisma/schema.prisma", undefined, "schema"],
  ["orders/src/Order.java", undefined, "backend"],
  ["src/Infrastructure/OrderRepository.cs", undefined, "backend"],
  ["tools/deploy/main.go", undefined, "backend"],
  ["shop/src/cart.ts", "frontend", "frontend"],
  ["shop/src/cart.ts", "service", "backend"],
  ["web/src/Cart.tsx", undefined, "frontend"],
  ["app/views/show.html", undefined, "frontend"],
  ["orders/Dockerfile", undefined, "infrastructure"],
  ["k8s/orders.yaml", undefined, "infrastructure"],
  ["infra/main.tf", undefined, "infrastructure"],
  [".github/workflows/ci.yml", undefined, "infrastructure"],
  ["Makefile", undefined, null],
  ["orders/README.md", undefined, null],
  ["package-lock.json", undefined, null],
  ["orders/config.yaml", undefined, null],
] as const)("layer of %s in %s: %s", (path, kind, expected) => {
  expect(layerOf(path, kind)).toBe(expected);
});

const layers = { backenders: ["ada"], fronters: ["bob"], tables: ["cleo"] };

test("functional teams: each ticket needs all three of them", () => {
  const tickets = many("SHOP-1", 20);
  const changes = tickets.flatMap((key, at): Change[] => [
    { by: ["ada"], ago: at * 10 + 1, touches: ["orders"], keys: [key] },
    { by: ["bob"], ago: at * 10 + 2, touches: ["orders/web/Cart.tsx"], keys: [key] },
    { by: ["cleo"], ago: at * 10 + 3, touches: ["orders/migrations/add.sql"], keys: [key] },
  ]);
  const estate = smallEstate({ services, teams: layers, changes });
  expect(
    [...layersByTeam(estate)]
      .map(([team, { shape, telling, needing, contains }]) => [team, shape, telling, needing.length, [...contains]])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  ).toEqual([
    [groupRef("backenders"), "layered", 20, 20, [["backend", 20]]],
    [groupRef("fronters"), "layered", 20, 20, [["frontend", 20]]],
    [groupRef("tables"), "layered", 20, 20, [["schema", 20]]],
  ]);
  const { assessment } = assessTeamShape(estate);
  expect(
    assessment.findings
      .filter(({ code }) => code === "team-shape/layered")
      .map(({ message, evidenceTotal }) => [message, evidenceTotal])[0],
  ).toEqual(["20 of 20 changes of backenders also needed a layer that another team changed; its own changes are backend.", 20]);
});

type Keys = "tickets" | "tickets and Change-Ids" | "Change-Ids" | "none";

const made = (named: Keys): Change[] =>
  Array.from({ length: 40 }, (_, at) => {
    const [ticket, changeId] = [`SHOP-${at >> 1}`, `I${String(at).padStart(40, "0")}`];
    return {
      by: ["ada"],
      ago: at * 5 + 1,
      touches: [at % 2 === 0 ? "orders" : "orders/web/Cart.tsx"],
      keys: { tickets: [ticket], "tickets and Change-Ids": [changeId, ticket], "Change-Ids": [changeId], none: [] }[named],
    };
  });

test.each<[Keys, unit: string, chains: number, telling: number, shape: string | null]>([
  ["tickets", "ticket", 20, 20, "vertical"],
  ["tickets and Change-Ids", "ticket", 20, 20, "vertical"],
  ["Change-Ids", "commit", 40, 0, null],
  ["none", "commit", 40, 0, null],
])("vertical teams: each ticket stays in one of them; commits name %s", (named, ...expected) => {
  const estate = smallEstate({ services, teams: layers, changes: made(named) });
  const { chains, telling, shape } = layersByTeam(estate).get(groupRef("backenders")) ?? {};
  expect([estate.repositories[0]?.unit.unit, chains, telling, shape]).toEqual(expected);
});
