/** How the metrics of requests are called: conventions and libraries differ, the three alerts do not. */
import type { MetricProfileId } from "./plan.js";

export interface MetricProfile {
  /** Histogram without `_count` and `_bucket`. */
  readonly histogram: string;
  /** Matcher of failed requests, label first. */
  readonly errorLabel: string;
  readonly errorPattern: string;
  /** Values of the label in the unit tests: a failure, a success and a mistake of the caller. */
  readonly failed: string;
  readonly succeeded: string;
  readonly refused: string;
  /** One second in the unit of the histogram. */
  readonly second: number;
  /** Part of the name of the recorded latency. */
  readonly unit: "seconds" | "milliseconds";
  readonly requests: string;
}

const http = {
  errorPattern: "5..",
  failed: "500",
  succeeded: "200",
  refused: "404",
  second: 1,
  unit: "seconds",
  requests: "http",
} as const;

export const metricProfiles: Readonly<Record<MetricProfileId, MetricProfile>> = {
  "otel-http": { ...http, histogram: "http_server_request_duration_seconds", errorLabel: "http_response_status_code" },
  "otel-http-legacy-ms": {
    ...http,
    histogram: "http_server_duration_milliseconds",
    errorLabel: "http_status_code",
    second: 1000,
    unit: "milliseconds",
  },
  "prom-client": { ...http, histogram: "http_request_duration_seconds", errorLabel: "status_code" },
  micrometer: { ...http, histogram: "http_server_requests_seconds", errorLabel: "status" },
  "prometheus-net": { ...http, histogram: "http_request_duration_seconds", errorLabel: "code" },
  "otel-rpc": {
    histogram: "rpc_server_call_duration_seconds",
    errorLabel: "rpc_status_code",
    // Codes of gRPC that are the fault of the server, as words and as numbers.
    errorPattern: "UNKNOWN|DEADLINE_EXCEEDED|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|DATA_LOSS|2|4|12|13|14|15",
    failed: "UNAVAILABLE",
    succeeded: "OK",
    refused: "NOT_FOUND",
    second: 1,
    unit: "seconds",
    requests: "rpc",
  },
};
