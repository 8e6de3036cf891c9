/** What files say about operating a component: probes, metrics, logs, trace context, alerts, pipelines, runbooks, timeouts. Nothing is judged here. */
import type { Evidence } from "./evidence.js";
import type { Ref } from "./refs.js";

export const baselineSignKinds = [
  "runs",
  "runs-once",
  "static-server",
  "liveness-probe",
  "readiness-probe",
  "startup-probe",
  "no-liveness-probe",
  "no-readiness-probe",
  "health-command",
  "health-route",
  "health-library",
  "scrape",
  "metrics-route",
  "metrics-library",
  "request-histogram",
  "json-logs",
  "plain-logs",
  "log-field",
  "tracing",
  "mesh",
  "alert",
  "alert-rules",
  "pipeline",
  "pipelines",
  "runbook",
  "timeout",
  "contract-check",
] as const;
export type BaselineSignKind = (typeof baselineSignKinds)[number];

export interface BaselineSign {
  /** Null: it is about every component of the repository. */
  readonly component: Ref | null;
  readonly kind: BaselineSignKind;
  /**
   * runs: format of the deployment file. static-server: the image of a server of pages. Probes: what is asked, `http :8080/healthz`, `grpc :50051`, `tcp :80`, `exec curl …`. health-route, metrics-route: the path.
   * request-histogram: `at-1s`, `not-at-1s` or `none`. log-field: service, version, environment, trace_id or span_id.
   * tracing: `w3c`, `b3` or `other`. alert: errors, latency or unavailable. Of libraries, loggers, pipelines, timeouts and what compares contracts their name.
   */
  readonly subject: string;
  /** What else a reader wants to know: the name of an alert, the boundaries of a histogram, the container of a pod. */
  readonly detail: string | null;
  /** The limit of an alert, in seconds or as a share; null for everything else and where it is not said. */
  readonly value: number | null;
  /** For a timeout: `file` when it is for the calls of its file, `component` when for all calls. */
  readonly reach: "file" | "component";
  readonly evidence: Evidence;
}
