/** What deployment files and Dockerfiles say about operating a component. */
import type { Deployed, DeployedOperating } from "#collect/deployment/index.js";
import type { Placement } from "#collect/inventory/index.js";
import { withoutSecrets } from "#collect/secrets/index.js";
import type { BaselineSign, BaselineSignKind } from "#model/baseline.js";
import type { Ref } from "#model/refs.js";
import { signsOfFile } from "./signs-of-file.js";

export function signsOfPlacements(placements: readonly Placement[]): BaselineSign[] {
  const off = new Set(placements.flatMap(switchedOff));
  return placements.flatMap(signsOf).filter(({ component, kind, subject }) => !off.has(`${component} ${kind} ${subject}`));
}

/** What an agent is told not to send; the Dockerfile may name the agent and another file tell it. */
function switchedOff({ ref, unit, dockerfile }: Placement): string[] {
  const lines = [unit, dockerfile].flatMap((one) =>
    one === null ? [] : [one.command.join(" "), ...one.environment.map(({ key, value }) => `${key}=${value ?? ""}`)],
  );
  const isOff = (what: string) => lines.some((text) => new RegExp(`\\botel[._]${what}[._]exporter=none\\b`, "i").test(text));
  return [
    ...(isOff("metrics") ? [`${ref} metrics-library ${agentName}`] : []),
    ...(isOff("logs") ? [`${ref} json-logs ${agentLogs}`] : []),
  ];
}

const agentName = "OpenTelemetry agent";
const agentLogs = "OpenTelemetry logs";

function signsOf({ ref, unit, dockerfile, repository }: Placement): BaselineSign[] {
  return [
    ...(unit === null ? [] : signsOfUnit(ref, unit, repository)),
    ...(dockerfile === null
      ? []
      : [
          ...(dockerfile.healthcheck === null
            ? []
            : [
                placed(
                  ref,
                  "health-command",
                  dockerfile.healthcheck.target,
                  repository,
                  dockerfile.path,
                  dockerfile.healthcheck.line,
                  "Dockerfile",
                ),
              ]),
          ...(dockerfile.base !== null &&
          /(?:^|\/)(?:nginx[\w-]{0,30}|openresty|httpd|caddy|apache)(?::|@|$)/.test(dockerfile.base)
            ? [placed(ref, "static-server", dockerfile.base, repository, dockerfile.path, dockerfile.baseLine, null)]
            : []),
          ...signsOfSettings(ref, repository, dockerfile.path, dockerfile.baseLine, dockerfile.command, dockerfile.environment),
        ]),
  ];
}

function signsOfUnit(ref: Ref, unit: Deployed, repository: string): BaselineSign[] {
  const at = (kind: BaselineSignKind, subject: string, detail: string | null = unit.variant) =>
    placed(ref, kind, subject, repository, unit.file, unit.line, detail);
  if (unit.job) return [at("runs-once", unit.format)];
  return [
    at("runs", unit.format, unit.operating?.container ?? null),
    ...(unit.operating?.probes ?? []).map(({ kind, target, file, line }) =>
      placed(ref, probeKinds[kind], target, repository, file, line, unit.format),
    ),
    // Aspire tells each program its name.
    ...(unit.format === "aspire" ? [at("log-field", "service", "OTEL_SERVICE_NAME")] : []),
    ...absentProbes(unit).map((kind) => at(kind, unit.format, unit.variant)),
    ...annotationSigns(ref, repository, unit.operating),
    ...signsOfSettings(ref, repository, unit.file, unit.line, unit.command, unit.environment),
  ];
}

/** A pod that nobody asks; other platforms have other ways. */
function absentProbes({ operating }: Deployed): ("no-liveness-probe" | "no-readiness-probe")[] {
  if (operating === undefined || operating.container === null) return [];
  const kinds = new Set(operating.probes.map(({ kind }) => kind));
  return [
    ...(kinds.has("liveness") || kinds.has("startup") ? [] : (["no-liveness-probe"] as const)),
    ...(kinds.has("readiness") ? [] : (["no-readiness-probe"] as const)),
  ];
}

const probeKinds = {
  liveness: "liveness-probe",
  readiness: "readiness-probe",
  startup: "startup-probe",
  command: "health-command",
} as const satisfies Record<DeployedOperating["probes"][number]["kind"], BaselineSignKind>;

function annotationSigns(ref: Ref, repository: string, operating: DeployedOperating | undefined): BaselineSign[] {
  return (operating?.annotations ?? []).flatMap(({ key, value, file, line }): BaselineSign[] => {
    const at = (kind: BaselineSignKind, subject: string, detail: string | null) =>
      placed(ref, kind, subject, repository, file, line, detail, `${key}: ${value}`);
    if (key === "ServiceMonitor" || key === "PodMonitor") return [at("scrape", key, value)];
    if (key === "prometheus.io/scrape" && value === "true") return [at("scrape", key, null)];
    if (key.startsWith("instrumentation.opentelemetry.io/inject-") && value !== "false") return [at("tracing", "w3c", "agent")];
    if (/^(?:sidecar\.istio\.io\/inject|linkerd\.io\/inject)$/.test(key) && /^(?:true|enabled)$/.test(value))
      return [at("mesh", key, null)];
    if (/runbook/i.test(key) && value !== "") return [at("runbook", value, key)];
    return [];
  });
}

/** Agents and exporters that a program is given from outside. */
function signsOfSettings(
  ref: Ref,
  repository: string,
  file: string,
  line: number,
  command: readonly string[],
  environment: Deployed["environment"],
): BaselineSign[] {
  const lines = [
    { text: command.join(" "), file, line },
    ...environment.map((entry) => ({ text: `${entry.key}=${entry.value ?? ""}`, file: entry.file, line: entry.line })),
  ];
  return lines.flatMap(({ text, file: where, line: at }) => {
    if (!/javaagent|opentelemetry|otel|service\.|traceparent|structured|percentiles|imeout|TIMEOUT/i.test(text)) return [];
    const own = signsOfFile("", text.slice(0, 2000)).map(
      (sign): BaselineSign => ({
        component: ref,
        kind: sign.kind,
        subject: sign.subject,
        detail: sign.detail,
        value: sign.value,
        reach: sign.reach,
        evidence: { type: "file", repository, file: where, line: at, text: sign.text },
      }),
    );
    // The agent of Java sends metrics and logs without being asked to.
    const agent =
      own.some(({ kind, detail }) => kind === "tracing" && detail === "agent") &&
      /javaagent:\S{0,200}(?:opentelemetry|otel)/.test(text);
    const more = (kind: BaselineSignKind, subject: string, detail: string) =>
      placed(ref, kind, subject, repository, where, at, detail, withoutSecrets(text).slice(0, 160));
    return agent ? [...own, more("metrics-library", agentName, "opentelemetry"), more("json-logs", agentLogs, "otlp")] : own;
  });
}

function placed(
  component: Ref,
  kind: BaselineSignKind,
  subject: string,
  repository: string,
  file: string,
  line: number,
  detail: string | null,
  text = "",
): BaselineSign {
  const evidence = { type: "file", repository, file, line, ...(text === "" ? {} : { text }) } as const;
  return { component, kind, subject, detail, value: null, reach: "component", evidence };
}
