/** The three alerts with the series they read (ecosystem.md 3.4): a share that is 0 and not missing without failures, no alarm below 20 requests in 5 minutes, all instances down and not any. */
import { type MetricProfile, metricProfiles } from "./metric-profiles.js";
import { notice, type ServicePlan } from "./plan.js";
import { yamlText } from "./yaml-text.js";

export interface RuleOptions {
  /** Prometheus before 2.42 does not know `keep_firing_for`. */
  readonly keepFiring: boolean;
}

export function prometheusRules(plan: ServicePlan, options: RuleOptions): string {
  const profile = metricProfiles[plan.metrics];
  const { requests, errors, latency } = recordedNames(profile);
  const selector = `{service=${quoted(plan.name)}}`;
  const job = `job=${quoted(plan.name)}`;
  const count = (matchers: string) => `sum by (job) (rate(${profile.histogram}_count{${matchers}}[5m]))`;
  const failed = `${job},${profile.errorLabel}=~${quoted(profile.errorPattern)}`;
  const enough = `${requests}${selector} * 300 >= 20`;
  return `# ${notice}
groups:
  - name: ${yamlText(`drystone-baseline.${plan.name}`)}
    interval: 30s
    rules:
      - record: ${requests}
        expr: ${yamlText(count(job))}
        labels:
          service: ${yamlText(plan.name)}
      - record: ${errors}
        expr: |
          (
            ${count(failed)}
            or
            0 * ${count(job)}
          )
          /
          ${count(job)}
        labels:
          service: ${yamlText(plan.name)}
      - record: ${latency}
        expr: ${yamlText(`histogram_quantile(0.99, sum by (job, le) (rate(${profile.histogram}_bucket{${job}}[5m])))`)}
        labels:
          service: ${yamlText(plan.name)}
      - alert: error_rate_above_1_percent
        expr: |
          ${errors}${selector} > 0.01
          and
          ${enough}
        for: 5m
${keepFiring(options)}${labelsOf(plan)}        annotations:
          summary: ${yamlText(errorSummary("{{ $labels.service }}", "{{ $value | humanizePercentage }}"))}
${runbookOf(plan)}      - alert: p99_latency_above_1_second
        expr: |
          ${latency}${selector} > ${profile.second}
          and
          ${enough}
        for: 5m
${keepFiring(options)}${labelsOf(plan)}        annotations:
          summary: ${yamlText(latencySummary("{{ $labels.service }}", profile.unit === "seconds" ? "{{ $value | humanizeDuration }}" : '{{ $value | printf "%.0f" }} ms'))}
${runbookOf(plan)}      - alert: service_unavailable
        expr: |
          (count by (job) (up{${job}} == 0) == count by (job) (up{${job}}))
          or
          absent_over_time(up{${job}}[5m])
        for: 2m
${labelsOf(plan)}        annotations:
          summary: ${yamlText(goneSummary(plan.name))}
${runbookOf(plan)}`;
}

export function recordedNames({ requests, unit }: MetricProfile): {
  readonly requests: string;
  readonly errors: string;
  readonly latency: string;
} {
  return {
    requests: `service:${requests}_requests:rate5m`,
    errors: `service:${requests}_request_errors:ratio_rate5m`,
    latency: `service:${requests}_request_duration_${unit}:p99_rate5m`,
  };
}

export function errorSummary(service: string, share: string): string {
  return `${service} fails ${share} of its requests (limit 1%)`;
}

export function latencySummary(service: string, duration: string): string {
  return `${service} has a p99 latency of ${duration} (limit 1s)`;
}

export function goneSummary(service: string): string {
  return `no instance of ${service} can be scraped: all targets are down, or there is none`;
}

/** Labels by which an alert finds its team. */
export function alertLabels({ name, owner }: ServicePlan): readonly (readonly [string, string])[] {
  return [["service", name], ...(owner === null ? [] : [["owner", owner] as const]), ["severity", "page"]];
}

function labelsOf(plan: ServicePlan): string {
  const lines = alertLabels(plan).map(([label, value]) => `          ${label}: ${yamlText(value)}\n`);
  const nobody = plan.owner === null ? "          # owner: nobody is declared to own it (CODEOWNERS, drystone.yaml)\n" : "";
  return `        labels:\n${lines.join("")}${nobody}`;
}

function runbookOf({ runbook }: ServicePlan): string {
  return runbook === null ? "" : `          runbook_url: ${yamlText(runbook)}\n`;
}

function keepFiring({ keepFiring: wanted }: RuleOptions): string {
  return wanted ? "        keep_firing_for: 5m\n" : "";
}

/** A value in a matcher of PromQL. */
function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
