/** Every outcome of a split is reached by a planted shop: all prerequisites met, and one thing taken away at a time. */
import { describe, expect, test } from "vitest";
import { findPart } from "#derive/parts/index.js";
import type { AnswerFact } from "#model/facts.js";
import type { VerdictWord } from "#model/result.js";
import { assessed, plantedShop, type ShopChanges } from "./_shared/fixtures/index.js";
import { type AdvisedSystem, advisedSystem, adviseMerging, adviseSplit } from "./index.js";
import { adviseStay } from "./stay-monolith/index.js";

const met = { "operational-baseline": "met", "contract-compatibility": "met", "module-boundaries": "met" } as const;

function system(changes: ShopChanges = {}, verdicts: Readonly<Record<string, VerdictWord>> = met): AdvisedSystem {
  return advisedSystem(plantedShop(changes), assessed(verdicts));
}

function split(changes: ShopChanges = {}, verdicts: Readonly<Record<string, VerdictWord>> = met, name = "payments") {
  const advised = system(changes, verdicts);
  const { found } = findPart(advised.estate, advised.view, name);
  if (found === null) throw new Error(`${name} was not planted`);
  const advice = adviseSplit(advised, found);
  return { advice, words: Object.fromEntries(advice.assessments.map(({ id, verdict }) => [id, verdict])) };
}

const declared = (touch: number, ops: number): ShopChanges => ({
  facts: ({ config }) => ({
    config: {
      ...config,
      thresholds: { "F.touchHours": { value: touch, reason: "asked" }, "F.opsHoursPerService": { value: ops, reason: "asked" } },
    },
  }),
});

describe("split out?", () => {
  test("pays: all five prerequisites, the baseline, no reason to stay, two signals, and a boundary that pays", () => {
    const { advice, words } = split();
    expect(words).toEqual({
      "scales-differently": "unknown",
      "tacked-on": "unknown",
      "changes-faster": "signal",
      "deploys-more-often": "signal",
      "worked-on-alone": "signal",
      "isolated-tables": "unknown",
      owner: "yes",
      "deploys-alone": "yes",
      "changes-alone": "yes",
      "has-contract": "yes",
      "knows-domain": "yes",
      "boundary-cost": "pays",
      "stay-monolith": "no-reason-to-stay",
    });
    expect(advice.outcome).toBe("pays");
  });

  test.each<[string, ShopChanges, Readonly<Record<string, VerdictWord>>, string, Record<string, VerdictWord>]>([
    ["the backend team is no answer", { owner: "backend" }, met, "premature", { owner: "no" }],
    ["several owners are none", { owner: ["payments-crew", "orders-crew"] }, met, "premature", { owner: "no" }],
    [
      "half of its internal changes touch other modules",
      { changes: Array.from({ length: 120 }, (_, at) => ({ by: ["ada"], ago: at * 2.5, touches: ["payments", "orders"] })) },
      met,
      "premature",
      { "changes-alone": "no" },
    ],
    [
      "no contract, and a caller",
      { facts: () => ({ contracts: [], operations: [] }) },
      met,
      "premature",
      { "has-contract": "no" },
    ],
    ["the operational baseline is not met", {}, { ...met, "operational-baseline": "not-met" }, "premature", { owner: "yes" }],
    ["no deploys are known", { facts: () => ({ deploys: [] }) }, met, "not-demonstrated", { "deploys-alone": "unknown" }],
    [
      "no dates of members",
      {
        facts: ({ teams }) => ({
          teams: teams.map((team) => ({ ...team, members: team.members.map(({ id }) => ({ id, from: null, to: null })) })),
        }),
      },
      met,
      "not-demonstrated",
      { owner: "unknown" },
    ],
    [
      "nobody knows about the baseline",
      {},
      { "contract-compatibility": "met", "module-boundaries": "met" },
      "not-demonstrated",
      { "stay-monolith": "unknown" },
    ],
    [
      "contracts are not compared",
      {},
      { "operational-baseline": "met", "module-boundaries": "met" },
      "not-demonstrated",
      { "has-contract": "unknown" },
    ],
    [
      "hours are not declared",
      { facts: ({ config }) => ({ config: { ...config, thresholds: {} } }) },
      met,
      "not-demonstrated",
      { "boundary-cost": "unknown" },
    ],
    ["more hours to operate than it removes", declared(1, 100), met, "does-not-pay", { "boundary-cost": "does-not-pay" }],
    ["the margin of the hours holds zero", declared(4, 10), met, "not-demonstrated", { "boundary-cost": "undecided" }],
  ])("%s", (_, changes, verdicts, outcome, words) => {
    const found = split(changes, verdicts);
    expect(found.advice.outcome).toBe(outcome);
    expect(found.words).toMatchObject(words);
    expect(found.advice.steps.length).toBeGreaterThan(0);
    expect(found.advice.wouldChange.length).toBeGreaterThan(0);
  });

  test("a split never pays while any input is missing: every unknown names what would decide it", () => {
    const { advice } = split({ facts: () => ({ deploys: [] }) });
    for (const { verdict, missing } of advice.assessments) if (verdict === "unknown") expect(missing.length).toBeGreaterThan(0);
  });

  test("a folder is a part as good as a component", () => {
    const { advice } = split({}, met, "orders/src");
    expect(advice.subject).toBe("path:orders/src");
    expect(advice.outcome).not.toBe("pays");
  });
});

function answered(question: AnswerFact["question"], more: Partial<AnswerFact> = {}): ShopChanges["facts"] {
  const answer: AnswerFact = {
    part: "payments",
    question,
    answer: "yes",
    by: "ada",
    on: "2026-10-01",
    until: null,
    why: "asked.",
    evidence: { type: "declaration", repository: "shop", file: "drystone.yaml", line: 7, text: question },
    ...more,
  };
  return ({ config }) => ({ config: { ...config, answers: [answer] } });
}

const silent: ShopChanges["facts"] = (facts) => ({
  ...answered("deploys-alone")?.(facts),
  deploys: [],
});
const said = "Declared by ada on 2026-10-01, until 2027-04-01: yes. asked.";

describe("what people answered", () => {
  test.each<[string, ShopChanges["facts"], AnswerFact["question"], ShopChanges, VerdictWord, string | null, string]>([
    ["what is not known", silent, "deploys-alone", {}, "yes", "D", said],
    [
      "expired on its own day",
      (facts) => ({ ...silent?.(facts), ...answered("deploys-alone", { until: "2026-11-19" })?.(facts) }),
      "deploys-alone",
      {},
      "unknown",
      "C",
      "An answer has expired and counts no more. Declared by ada on 2026-10-01, until 2026-11-19: yes. asked.",
    ],
    [
      "expired after six months, whatever it says",
      (facts) => ({ ...silent?.(facts), ...answered("deploys-alone", { on: "2026-05-01", until: "2028-01-01" })?.(facts) }),
      "deploys-alone",
      {},
      "unknown",
      "C",
      "An answer has expired and counts no more. Declared by ada on 2026-05-01, until 2026-11-01: yes. asked.",
    ],
    [
      "a folder that is the same part",
      (facts) => ({ ...silent?.(facts), ...answered("deploys-alone", { part: "payments/" })?.(facts) }),
      "deploys-alone",
      {},
      "yes",
      "D",
      said,
    ],
    [
      "against what was observed: no stands, and both are shown",
      answered("owner"),
      "owner",
      { owner: ["payments-crew", "orders-crew"] },
      "no",
      "D",
      `2 owners are declared: payments-crew and orders-crew. Several owners are none. That stands against an answer of a person. ${said}`,
    ],
    [
      "a no against an observed yes makes it unknown",
      answered("owner", { answer: "no" }),
      "owner",
      {},
      "unknown",
      "B",
      "What was observed says yes, a person says no. Declared by ada on 2026-10-01, until 2027-04-01: no. asked.",
    ],
  ])("%s", (_, facts, question, changes, verdict, grade, reason) => {
    const { advice } = split({ ...changes, ...(facts === undefined ? {} : { facts }) });
    const found = advice.assessments.find(({ id }) => id === question);
    expect([found?.verdict, found?.grade, found?.reasons[0]]).toEqual([verdict, grade, reason]);
    expect(found?.findings.at(-1)).toMatchObject({
      code: `${question}/answer`,
      location: { file: "drystone.yaml", line: 7 },
    });
  });

  test("of another part: nothing", () => {
    const { words } = split({
      facts: (facts) => ({ ...silent?.(facts), ...answered("deploys-alone", { part: "orders" })?.(facts) }),
    });
    expect(words["deploys-alone"]).toBe("unknown");
  });
});

const merged = (changes: ShopChanges, x = "payments", y = "orders") => {
  const advised = system(changes);
  const [part, other] = [findPart(advised.estate, advised.view, x).found, findPart(advised.estate, advised.view, y).found];
  if (part === null || other === null) throw new Error("not planted");
  return adviseMerging(advised, part, other);
};
const services: ShopChanges["facts"] = ({ components }) => ({
  components: components.map((component) => ({ ...component, kind: "service" as const, partOf: null })),
});

const step = (churn: number, floor: number) => ({ churn, floor, files: 40 });

describe("M2: the domain is not stable", () => {
  test.each([
    ["twice far beyond chance", [step(0.9, 0.2), step(0.8, 0.3), null], true],
    ["once only", [step(0.9, 0.2), step(0.4, 0.3), step(0.4, 0.3)], false],
    ["halves of a quarter differ as much: moved files decide", [step(1, 0.8), step(1, 0.9), step(1, 0.9)], false],
  ])("%s", (_, churn, met) => {
    const stay = adviseStay(plantedShop(), assessed({ "operational-baseline": "met", "module-boundaries": "met" }), churn);
    expect(stay?.advice.assessments[0]?.conditions.find(({ text }) => text.startsWith("M2"))?.met).toBe(met);
  });
});

describe("merge again?", () => {
  test("two services of two teams that change apart, without deploys: nothing speaks for it yet", () => {
    const advice = merged({ facts: services });
    expect([advice.outcome, advice.assessments[0]?.conditions.map(({ met: one }) => one)]).toEqual([
      "not-demonstrated",
      [null, false, false, null],
    ]);
  });

  test("one owner, and nearly every change touches both: merge", () => {
    const changes = Array.from({ length: 300 }, (_, at) => ({ by: ["eve"], ago: at, touches: ["payments", "orders"] }));
    const advice = merged({ owner: "orders-crew", changes, facts: services });
    expect([advice.outcome, advice.assessments[0]?.conditions.map(({ met: one }) => one)]).toEqual([
      "merge",
      [null, true, true, null],
    ]);
  });
});
