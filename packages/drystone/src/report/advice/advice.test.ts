import { describe, expect, test } from "vitest";
import type { Advice, Assessment, Result } from "#model/result.js";
import { hostile, likely } from "#report/_shared/fixtures/index.js";
import { displayWidth } from "#report/_shared/index.js";
import { adviceHeadline, adviceToMarkdown, adviceToText } from "./index.js";

const subject = likely.model.components[0]?.ref ?? "";

function answer(id: string, verdict: Assessment["verdict"], reason: string): Assessment {
  return {
    id,
    subject,
    question: "",
    verdict,
    value: null,
    unit: null,
    interval: null,
    level: 0.95,
    sample: null,
    conditions: [],
    comparison: null,
    grade: null,
    reasons: [reason],
    missing: verdict === "unknown" ? [{ input: "deploys", how: "drystone import deploys FILE" }] : [],
    findings: [],
  };
}

const split: Advice = {
  decision: "split",
  subject,
  outcome: "premature",
  assessments: [
    answer("owner", "no", "Nobody owns it."),
    answer("deploys-alone", "unknown", "No deploys are known."),
    answer("tacked-on", "none", "47 % crosses."),
  ],
  costs: [
    {
      id: "cost.latency",
      subjects: [subject],
      value: 1.5,
      unit: "ms per call",
      interval: null,
      sample: null,
      window: null,
      detail: { basis: "assumed" },
    },
  ],
  benefits: [],
  steps: [
    "Keep it.",
    'modules: [{ name: "a", match: "a/very/long/path/that/is/not/shortened/because/it/is/copied/by/a/reader" }]',
  ],
  wouldChange: ["yes to owner"],
};

function withAdvice(advice: readonly Advice[], base: Result = likely): Result {
  return {
    ...base,
    advice,
    measures: [
      {
        id: "sensitivity.owner",
        subjects: [subject],
        value: 1,
        unit: "",
        interval: null,
        sample: { n: 3, of: "settings" },
        window: null,
        detail: { plain: "no", "6 months": "no", "24 months": "yes", "15 files per change": "unknown" },
      },
    ],
  };
}

const options = { columns: 100, colour: false, people: "teams" } as const;

describe("advice in the terminal", () => {
  const text = adviceToText(withAdvice([split]), options);
  test.each([
    ["the outcome and why", "● PREMATURE\n  What it would take is not there: no owner."],
    ["an answer with its reason", "· no            One named, stable, small team owns it\n                Nobody owns it."],
    ["what a number rests on", "· 1.5 ms per call (assumed)"],
    ["the strip", "■□·  One named, stable, small team owns it: no; 1 of 3 differ: yes with 24 months"],
    ["what is missing, and how to get it", "? deploys (for independent deployment)\n    drystone import deploys FILE"],
    ["a line to copy, as it is", 'match: "a/very/long/path/that/is/not/shortened/because/it/is/copied/by/a/reader" }]'],
    ["what would change it", "- yes to owner"],
  ])("%s", (_, part) => {
    expect(text).toContain(part);
  });

  test("several parts make one line each, and no advice says so", () => {
    const stay: Advice = {
      ...split,
      decision: "stay",
      subject: "system",
      outcome: "stay",
      assessments: [answer("stay-monolith", "stay", "Eight people.")],
    };
    const overview = adviceToText(withAdvice([stay, split, { ...split, outcome: "pays" as const }]), options);
    expect(
      overview.split("\n").filter((line) => / (?:premature|pays) .*0 signals; 0 yes, 1 no, 1 unknown$/.test(line)).length,
    ).toBe(2);
    expect(adviceToText(withAdvice([]), options)).toContain("Nothing to advise on");
  });
});

test("hostile names and texts are tamed in both formats", () => {
  const evil = `evil\u001b[31m\n<script>alert(1)</script> @everyone ${"x".repeat(3000)}`;
  const advice: Advice = {
    ...split,
    subject: `path:${evil}`,
    steps: [evil],
    wouldChange: [evil],
    assessments: [answer("owner", "no", evil)],
  };
  const text = adviceToText(withAdvice([advice], hostile), options);
  const markdown = adviceToMarkdown(withAdvice([advice], hostile), { people: "teams" });
  expect(text).not.toContain("\u001b");
  expect(text.split("\n").every((line) => displayWidth(line) <= 100)).toBe(true);
  expect(markdown).not.toMatch(/<script|[^;]@everyone|\u001b/);
});

describe("what a page of advise answers first", () => {
  test.each([
    ["one decision", [split], [{ question: "Should orders be split out?", label: "Premature", symbol: "●" }]],
    ["several", [split, { ...split, outcome: "pays" as const }, split], [{ label: "2 × premature and 1 × pays", symbol: "" }]],
  ])("%s", (_, advice, [expected]) => {
    expect(adviceHeadline({ ...withAdvice(advice), tool: { ...likely.tool, command: "advise" } }, "teams")).toMatchObject(
      expected ?? {},
    );
  });

  test("a result of assess keeps its own headline", () => {
    expect(adviceHeadline(withAdvice([split]), "teams")).toBeNull();
  });
});
