/** The three alerts, found by what they watch; their names are a convention. */
import type { BaselineSign } from "#model/baseline.js";
import { type ComponentView, evidenceOf, type Judged, type Remark, signsOf } from "./view.js";

const conventions = {
  errors: "error_rate_above_1_percent",
  latency: "p99_latency_above_1_second",
  unavailable: "service_unavailable",
} as const;

const rules = {
  input: "alert rules",
  how: "drystone ops check PATH RULES_REPOSITORY   (or ask the server: drystone ops probe URL --prometheus URL)",
};

export function judgeAlert(view: ComponentView, which: keyof typeof conventions): Judged {
  const found = signsOf(view, "alert").filter(({ subject }) => subject === which);
  const [first] = found;
  if (first === undefined) {
    return view.someAlerts
      ? {
          verdict: "not-met",
          says: absent[which],
          evidence: signsOf(view, "alert-rules")
            .slice(0, 3)
            .map(({ evidence }) => evidence),
        }
      : { verdict: "unknown", says: "no alert rules are in these repositories", evidence: [], missing: rules };
  }
  const own = found.filter(({ component }) => component !== null);
  const best = own[0] ?? first;
  return { verdict: "met", says: best.detail ?? "", evidence: evidenceOf(found), remarks: remarks(found, which) };
}

const absent = {
  errors: "no alert watches its share of failed requests",
  latency: "no alert watches its latency",
  unavailable: "no alert tells when it is gone",
} as const;

/** Only where no alert is as the convention wants it. */
function remarks(found: readonly BaselineSign[], which: keyof typeof conventions): Remark[] {
  const said = found.map((alert) => ({ alert, says: difference(alert, which) }));
  const [first] = said;
  if (first === undefined || said.some(({ says }) => says === null)) return [];
  return [
    {
      rule: "alert-limit",
      severity: "note",
      says: `${first.alert.detail ?? ""} ${first.says}`,
      fix: `The convention is ${conventions[which]}; another limit is the team's decision.`,
      evidence: evidenceOf([first.alert]),
    },
  ];
}

/** Null when it watches what the convention says. */
function difference({ value, detail }: BaselineSign, which: keyof typeof conventions): string | null {
  const quantile = Number(/, quantile (0?\.\d{1,6}|1)$/.exec(detail ?? "")?.[1] ?? "0.99");
  if (which === "latency" && quantile < 0.99) return `watches p${Math.round(quantile * 1000) / 10}`;
  if (value === null || which === "unavailable") return null;
  if (which === "latency" && Math.abs(value - 1) > 1e-9) return `fires above ${value} s`;
  if (which === "errors" && value < 1 && Math.abs(value - 0.01) > 1e-9)
    return `fires above ${Math.round(value * 10_000) / 100} %`;
  return which === "errors" && value >= 1 ? `fires above a rate of ${value}, which is no share of requests` : null;
}
