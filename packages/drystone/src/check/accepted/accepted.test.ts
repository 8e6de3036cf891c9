import { describe, expect, test } from "vitest";
import type { AcceptedFact, Enforcement, Violation } from "#model/policy.js";
import { applyAccepted, compareWithBase, planAcceptance, planPrune } from "./index.js";

const rule = "module-boundaries/private-import";
const orders = "component:default/orders";

function violation(from: string, to: string, enforcement: Exclude<Enforcement, "off"> = "new"): Violation {
  return {
    enforcement,
    key: { rule, module: orders, from, to, kind: "value" },
    finding: {
      code: rule,
      severity: "error",
      state: "new",
      subjects: [orders, "component:default/payments"],
      message: `${from} uses ${to}.`,
      fix: "Use the public face.",
      value: null,
      unit: null,
      sample: null,
      location: { repository: "shop", file: from, line: 3 },
      evidence: [],
      evidenceTotal: 0,
      fingerprint: `${from} ${to}`,
    },
  };
}

function entry(from: string, to: string, more: Partial<AcceptedFact> = {}): AcceptedFact {
  return {
    rule,
    module: orders,
    from,
    to,
    kind: "value",
    repository: "shop",
    owner: "team-orders",
    reason: "moves with the invoice rewrite",
    until: null,
    file: ".drystone/accepted.yaml",
    line: 7,
    ...more,
  };
}

const short = (applied: ReturnType<typeof applyAccepted>) =>
  applied.findings.map(({ code, state, severity, decision }) => [
    code.slice(code.indexOf("/") + 1),
    state,
    severity,
    decision?.until ?? null,
  ]);

describe("what was accepted", () => {
  test.each<[string, Violation, AcceptedFact[], unknown]>([
    ["nothing accepted: new", violation("a.ts", "b.ts"), [], [["private-import", "new", "error", null]]],
    ["accepted", violation("a.ts", "b.ts"), [entry("a.ts", "b.ts")], [["private-import", "accepted", "error", null]]],
    [
      "accepted on its last day",
      violation("a.ts", "b.ts"),
      [entry("a.ts", "b.ts", { until: "2026-11-20" })],
      [["private-import", "accepted", "error", "2026-11-20"]],
    ],
    [
      "the day after: expired",
      violation("a.ts", "b.ts"),
      [entry("a.ts", "b.ts", { until: "2026-11-19" })],
      [["private-import", "expired", "error", "2026-11-19"]],
    ],
    [
      "strict fails all the same",
      violation("a.ts", "b.ts", "strict"),
      [entry("a.ts", "b.ts")],
      [["private-import", "new", "error", null]],
    ],
    ["warn never fails", violation("a.ts", "b.ts", "warn"), [], [["private-import", "new", "warning", null]]],
    [
      "another kind of import is another edge",
      violation("a.ts", "b.ts"),
      [entry("a.ts", "b.ts", { kind: "type" })],
      [
        ["private-import", "new", "error", null],
        ["unused-acceptance", "new", "warning", null],
      ],
    ],
    [
      "a module of another name is the same edge",
      violation("a.ts", "b.ts"),
      [entry("a.ts", "b.ts", { module: "component:default/ordering" })],
      [["private-import", "accepted", "error", null]],
    ],
    [
      "without reason and owner it counts, and is told",
      violation("a.ts", "b.ts"),
      [entry("a.ts", "b.ts", { owner: null, reason: null })],
      [
        ["private-import", "accepted", "error", null],
        ["acceptance-without-owner", "new", "warning", null],
      ],
    ],
  ])("%s", (_, found, accepted, expected) => expect(short(applyAccepted([found], accepted, "2026-11-20"))).toEqual(expected));

  test("two edges need two entries", () => {
    const applied = applyAccepted([violation("a.ts", "b.ts"), violation("a.ts", "c.ts")], [entry("a.ts", "b.ts")], "2026-11-20");
    expect(short(applied).map(([, state]) => state)).toEqual(["accepted", "new"]);
  });

  test("an entry of an assessment that did not run is not unused; --strict-accepted makes an unused one an error", () => {
    const options = { assessments: new Set(["operational-baseline"]) };
    expect(applyAccepted([], [entry("a.ts", "b.ts")], "2026-11-20", options).findings).toEqual([]);
    expect(short(applyAccepted([], [entry("a.ts", "b.ts")], "2026-11-20", { strictAccepted: true }))).toEqual([
      ["unused-acceptance", "new", "error", null],
    ]);
  });

  test("a moved file keeps its entries, but only to the same target", () => {
    const renames = new Map([["a.ts", "new/a.ts"]]);
    const found = [violation("new/a.ts", "b.ts"), violation("new/a.ts", "c.ts")];
    expect(short(applyAccepted(found, [entry("a.ts", "b.ts")], "2026-11-20", { renames })).map(([, state]) => state)).toEqual([
      "accepted",
      "new",
    ]);
    expect(planPrune(found, [entry("a.ts", "b.ts")], renames, new Set(["module-boundaries"]))).toEqual({
      entries: [entry("new/a.ts", "b.ts")],
      removed: [],
      moved: [entry("new/a.ts", "b.ts")],
    });
  });
});

describe("accepting", () => {
  const context = {
    asOf: "2026-11-20",
    renames: new Map<string, string>(),
    ownerOf: () => "team-orders",
    repositoryOf: () => "shop",
  };
  const request = { rules: [], modules: [], reason: "as it is", owner: null, until: "2027-01-31" };

  test("adds what is new, renews what has ended, refuses what is strict, leaves the rest", () => {
    const plan = planAcceptance(
      [
        violation("a.ts", "b.ts"),
        violation("c.ts", "d.ts", "strict"),
        violation("e.ts", "f.ts"),
        violation("g.ts", "h.ts"),
        violation("i.ts", "j.ts", "warn"),
      ],
      [entry("e.ts", "f.ts"), entry("g.ts", "h.ts", { until: "2026-01-01" })],
      request,
      context,
    );
    expect(plan.added).toEqual([entry("a.ts", "b.ts", { reason: "as it is", until: "2027-01-31", file: "", line: 0 })]);
    expect(plan.renewed).toEqual([entry("g.ts", "h.ts", { reason: "as it is", until: "2027-01-31" })]);
    expect(plan.refused.map(({ key }) => key.from)).toEqual(["c.ts"]);
    expect([plan.kept, plan.entries.length]).toEqual([1, 3]);
  });

  test("an entry without owner or reason gets them, and keeps what it has", () => {
    const bare = entry("a.ts", "b.ts", { owner: null, reason: null });
    const whole = entry("c.ts", "d.ts", { until: "2026-12-31" });
    const plan = planAcceptance(
      [violation("a.ts", "b.ts"), violation("c.ts", "d.ts")],
      [bare, whole],
      { ...request, owner: "core" },
      context,
    );
    expect(plan.entries).toEqual([{ ...bare, owner: "core", reason: "as it is", until: "2027-01-31" }, whole]);
    expect([plan.added.length, plan.renewed.length, plan.kept]).toEqual([0, 1, 1]);
  });

  test.each([
    [{ rules: ["private-import"] }, 1],
    [{ rules: [rule] }, 1],
    [{ rules: ["cycle"] }, 0],
    [{ modules: ["orders"] }, 1],
    [{ modules: ["payments"] }, 0],
  ])("only what is asked: %j", (asked, count) => {
    expect(planAcceptance([violation("a.ts", "b.ts")], [], { ...request, ...asked }, context).added.length).toBe(count);
  });

  test("prune removes what is gone and nothing of an assessment that did not run", () => {
    const other = entry("x", "y", { rule: "operational-baseline/liveness" });
    expect(planPrune([], [entry("a.ts", "b.ts"), other], new Map(), new Set(["module-boundaries"]))).toEqual({
      entries: [other],
      removed: [entry("a.ts", "b.ts")],
      moved: [],
    });
  });
});

test("a pull request: new, fixed and left; an acceptance without reason and owner does not hide what is new", () => {
  const renames = new Map([["a.ts", "moved/a.ts"]]);
  const bare = entry("n.ts", "m.ts", { owner: null, reason: null });
  const compared = compareWithBase(
    {
      violations: [violation("moved/a.ts", "b.ts"), violation("n.ts", "m.ts")],
      accepted: [entry("a.ts", "b.ts"), bare, entry("k.ts", "l.ts")],
    },
    { violations: [violation("a.ts", "b.ts"), violation("old.ts", "b.ts")], accepted: [entry("a.ts", "b.ts")] },
    renames,
    "2026-11-20",
  );
  expect(compared.before).toEqual([true, false]);
  expect(compared.fixed.map(({ key }) => key.from)).toEqual(["old.ts"]);
  expect(compared.accepted).toEqual([entry("a.ts", "b.ts"), entry("k.ts", "l.ts")]);
  expect(compared.acceptedNow).toEqual([bare, entry("k.ts", "l.ts")]);
});

function circle(...names: readonly string[]): Violation {
  const one = violation("", "");
  return { ...one, key: { ...one.key, rule: "module-boundaries/cycle", from: names.join(" "), to: "circle" } };
}

test("a pull request: a circle that more modules join is new, and none is mended", () => {
  const base = { violations: [circle("a", "b"), circle("x", "y")], accepted: [] };
  const compared = compareWithBase({ violations: [circle("a", "b", "c")], accepted: [] }, base, new Map(), "2026-11-20");
  expect([compared.before, compared.fixed.map(({ key }) => key.from)]).toEqual([[false], ["x y"]]);
});

test("a pull request that takes an acceptance back brings the violation back", () => {
  const now = { violations: [violation("a.ts", "b.ts")], accepted: [] };
  const base = { violations: now.violations, accepted: [entry("a.ts", "b.ts")] };
  expect(compareWithBase(now, base, new Map(), "2026-11-20").before).toEqual([false]);
  expect(compareWithBase(now, { ...base, accepted: [] }, new Map(), "2026-11-20").before).toEqual([true]);
});
