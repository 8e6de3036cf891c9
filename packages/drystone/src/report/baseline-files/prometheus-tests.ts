/**
 * Unit tests for promtool beside the rules. Each case exists because a wrong rule passes without it: another threshold, another quantile, no guard against few
 * requests, no zero where nothing failed, any instance down instead of all, a vanished target, a wrong label.
 */
import { type MetricProfile, metricProfiles } from "./metric-profiles.js";
import { notice, type ServicePlan } from "./plan.js";
import { alertLabels, errorSummary, goneSummary, latencySummary, recordedNames } from "./prometheus-rules.js";
import { yamlText } from "./yaml-text.js";

/** @param rulesFile name of the file with the rules, beside this one. */
export function prometheusTests(plan: ServicePlan, rulesFile: string): string {
  const profile = metricProfiles[plan.metrics];
  return `# ${notice}
# promtool test rules ${rulesFile.replace(/\.yaml$/, ".test.yaml")}
rule_files:
  - ${yamlText(rulesFile)}
evaluation_interval: 30s
tests:
${[...errorCases(plan, profile), ...latencyCases(plan, profile), ...goneCases(plan)].join("")}`;
}

const minutes = 60;

/** Samples every 30 s for 30 minutes, `step` more each time. */
function growing(step: number): string {
  return `0+${step}x${minutes}`;
}

function errorCases(plan: ServicePlan, profile: MetricProfile): string[] {
  const series = (job: string, code: string, step: number) =>
    [`${profile.histogram}_count{job=${quoted(job)},instance="a",${profile.errorLabel}=${quoted(code)}}`, growing(step)] as const;
  const own = (code: string, step: number) => series(plan.name, code, step);
  const alert = "error_rate_above_1_percent";
  const fires = (share: string) => expected(plan, errorSummary(plan.name, share));
  const { errors } = recordedNames(profile);
  return [
    testCase(
      "5 of 100 requests fail: not at once, but after five minutes",
      [own(profile.succeeded, 95), own(profile.failed, 5)],
      [alertTest("4m", alert, ""), alertTest("15m", alert, fires("5%"))],
    ),
    testCase(
      "15 of 1000 fail: above the limit",
      [own(profile.succeeded, 985), own(profile.failed, 15)],
      [alertTest("15m", alert, fires("1.5%"))],
    ),
    testCase(
      "8 of 1000 fail: below the limit",
      [own(profile.succeeded, 992), own(profile.failed, 8)],
      [alertTest("15m", alert, "")],
    ),
    testCase(
      "callers make mistakes, and another service fails: not the fault of this one",
      [own(profile.succeeded, 90), own(profile.refused, 10), series(`other-${plan.name}`, profile.failed, 100)],
      [alertTest("15m", alert, "")],
    ),
    testCase(
      "10 requests in 5 minutes, all failed: too few to wake somebody",
      [own(profile.failed, 1)],
      [alertTest("15m", alert, "")],
    ),
    testCase("30 requests in 5 minutes, all failed: enough", [own(profile.failed, 3)], [alertTest("15m", alert, fires("100%"))]),
    testCase(
      "nothing failed: the share is 0 and not missing",
      [own(profile.succeeded, 100)],
      [],
      [
        `      - expr: ${errors}\n        eval_time: 15m\n        exp_samples:\n          - labels: ${yamlText(`${errors}{job=${quoted(plan.name)}, service=${quoted(plan.name)}}`)}\n            value: 0\n`,
      ],
    ),
  ];
}

function latencyCases(plan: ServicePlan, profile: MetricProfile): string[] {
  const { second } = profile;
  /** Requests per step up to half a second, one second, two and a half, and all. */
  const buckets = (steps: readonly [number, number, number]) => [
    ...([0.5, 1, 2.5] as const).map(
      (boundary, index) =>
        [
          `${profile.histogram}_bucket{job=${quoted(plan.name)},instance="a",le=${quoted(String(boundary * second))}}`,
          growing(steps[index] ?? 0),
        ] as const,
    ),
    [`${profile.histogram}_bucket{job=${quoted(plan.name)},instance="a",le="+Inf"}`, growing(steps[2])] as const,
    [
      `${profile.histogram}_count{job=${quoted(plan.name)},instance="a",${profile.errorLabel}=${quoted(profile.succeeded)}}`,
      growing(steps[2]),
    ] as const,
  ];
  const alert = "p99_latency_above_1_second";
  const slow = expected(plan, latencySummary(plan.name, profile.unit === "seconds" ? "1.75s" : "1750 ms"));
  return [
    testCase("2 of 100 requests take longer than a second: not at once, but after five minutes", buckets([90, 98, 100]), [
      alertTest("4m", alert, ""),
      alertTest("15m", alert, slow),
    ]),
    testCase("5 of 1000 take longer: the slowest hundredth is below a second", buckets([900, 995, 1000]), [
      alertTest("15m", alert, ""),
    ]),
    testCase("all slow, but 10 requests in 5 minutes: too few", buckets([0, 0, 1]), [alertTest("15m", alert, "")]),
  ];
}

function goneCases(plan: ServicePlan): string[] {
  const up = (instance: string, values: string) => [`up{job=${quoted(plan.name)},instance=${quoted(instance)}}`, values] as const;
  const alert = "service_unavailable";
  const gone = expected(plan, goneSummary(plan.name));
  return [
    testCase(
      "one of two instances is down: the service is there",
      [up("a", `1x${minutes}`), up("b", `0x${minutes}`)],
      [alertTest("15m", alert, "")],
    ),
    testCase(
      "all instances are down: not at once, but after two minutes",
      [up("a", `0x${minutes}`), up("b", `0x${minutes}`)],
      [alertTest("1m", alert, ""), alertTest("5m", alert, gone)],
    ),
    testCase("its targets are gone", [up("a", "1x10 _x50")], [alertTest("4m", alert, ""), alertTest("20m", alert, gone)]),
  ];
}

type Series = readonly [series: string, values: string];

function testCase(
  name: string,
  series: readonly Series[],
  alerts: readonly string[],
  expressions: readonly string[] = [],
): string {
  const inputs = series.map(([one, values]) => `      - series: ${yamlText(one)}\n        values: ${yamlText(values)}\n`);
  const alertPart = alerts.length === 0 ? "" : `    alert_rule_test:\n${alerts.join("")}`;
  const expressionPart = expressions.length === 0 ? "" : `    promql_expr_test:\n${expressions.join("")}`;
  return `  # ${name}\n  - interval: 30s\n    input_series:\n${inputs.join("")}${alertPart}${expressionPart}`;
}

function alertTest(time: string, alert: string, expectedAlerts: string): string {
  return `      - eval_time: ${time}\n        alertname: ${alert}\n${expectedAlerts}`;
}

function expected(plan: ServicePlan, summary: string): string {
  const labels = [...alertLabels(plan), ["job", plan.name] as const].map(
    ([label, value]) => `              ${label}: ${yamlText(value)}\n`,
  );
  const runbook = plan.runbook === null ? "" : `              runbook_url: ${yamlText(plan.runbook)}\n`;
  return `        exp_alerts:\n          - exp_labels:\n${labels.join("")}            exp_annotations:\n              summary: ${yamlText(summary)}\n${runbook}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
