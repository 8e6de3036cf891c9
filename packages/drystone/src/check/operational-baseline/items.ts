/** What every service needs before it is operated alone: ten items of the baseline, and three that must stand before a split (product.md S7, S4). */

export const itemIds = [
  "liveness",
  "readiness",
  "metrics",
  "request-histogram",
  "json-logs",
  "log-fields",
  "trace-context",
  "alert-errors",
  "alert-latency",
  "alert-unavailable",
  "pipeline",
  "runbook",
  "timeouts",
] as const;
export type ItemId = (typeof itemIds)[number];

export interface Item {
  readonly id: ItemId;
  /** True for what must stand before a split and is no part of the baseline itself. */
  readonly beforeSplit: boolean;
  /** What holds when the item is met. */
  readonly text: string;
  /** What to do when it is not. */
  readonly fix: string;
}

export const items: readonly Item[] = [
  {
    id: "liveness",
    beforeSplit: false,
    text: "something asks whether it is alive",
    fix: "Answer GET /healthz without asking other services, and let the deployment ask it: drystone ops generate writes the probe.",
  },
  {
    id: "readiness",
    beforeSplit: false,
    text: "something asks whether it is ready, at another place than whether it is alive",
    fix: "Answer GET /ready with 503 while it starts, drains or lacks what it needs, and let the deployment ask it apart from /healthz.",
  },
  {
    id: "metrics",
    beforeSplit: false,
    text: "it shows metrics",
    fix: "Offer /metrics with a Prometheus client, or export metrics with OpenTelemetry.",
  },
  {
    id: "request-histogram",
    beforeSplit: false,
    text: "its requests are measured in a histogram with a boundary at 1 s",
    fix: "Give the histogram of request durations a boundary at 1 s: without it a p99 near one second is a guess between two others.",
  },
  {
    id: "json-logs",
    beforeSplit: false,
    text: "it writes its log as JSON",
    fix: "Write one JSON object per line: drystone ops generate writes the configuration of the logger.",
  },
  {
    id: "log-fields",
    beforeSplit: false,
    text: "its log has service, version, environment, trace_id and span_id",
    fix: "Let the logger add what is missing to each line; the two ids come from the tracing library.",
  },
  {
    id: "trace-context",
    beforeSplit: false,
    text: "it passes traceparent and tracestate on",
    fix: "Start it with OpenTelemetry's instrumentation of its stack, or forward both headers with every call.",
  },
  {
    id: "alert-errors",
    beforeSplit: false,
    text: "an alert watches its share of failed requests",
    fix: "Add error_rate_above_1_percent: drystone ops generate writes the rule with its test.",
  },
  {
    id: "alert-latency",
    beforeSplit: false,
    text: "an alert watches its p99 latency",
    fix: "Add p99_latency_above_1_second: drystone ops generate writes the rule with its test.",
  },
  {
    id: "alert-unavailable",
    beforeSplit: false,
    text: "an alert tells when it is gone",
    fix: "Add service_unavailable: drystone ops generate writes the rule with its test.",
  },
  {
    id: "pipeline",
    beforeSplit: true,
    text: "a pipeline in the repository builds or deploys it",
    fix: "Let the pipeline that builds the other services build this one too.",
  },
  {
    id: "runbook",
    beforeSplit: true,
    text: "a runbook says what to do when it fails",
    fix: "Write docs/runbooks/NAME.md and name it as runbook_url in the alerts of the service.",
  },
  {
    id: "timeouts",
    beforeSplit: true,
    text: "each of its remote calls has a timeout or a circuit breaker",
    fix: "Give each client a timeout: one caller that waits for ever holds up all that wait for it.",
  },
];
