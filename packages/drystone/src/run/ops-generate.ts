/** What is missing of the baseline, as files: rules with their tests, probes, logging. */
import { type BaselineSheet, baselineSheets, type ItemId } from "#check/operational-baseline/index.js";
import type { Facts } from "#model/facts.js";
import { type Ref, refName, shortName } from "#model/refs.js";
import type { Result } from "#model/result.js";
import {
  type GeneratedFile,
  generateFiles,
  type MetricProfileId,
  metricProfileIds,
  type ServicePlan,
} from "#report/baseline-files/index.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { plainName } from "#util/words.js";
import { assessFacts } from "./index.js";

export interface GenerateRequest {
  /** Names of services; empty for all. */
  readonly services: readonly string[];
  /** Null takes what the service is seen to use. */
  readonly metrics: string | null;
  /** Address to which the name of a service is added; null names only runbooks that are known. */
  readonly runbookBase: string | null;
  /** Also what is there already. */
  readonly all: boolean;
  readonly keepFiring: boolean;
}

/** @throws UsageError for a service or metrics that are not known. */
export async function generateBaseline(facts: Facts, request: GenerateRequest): Promise<GeneratedFile[]> {
  const profile = profileOf(request.metrics);
  const sheets = wantedSheets(baselineSheets(facts), request.services);
  const result = await assessFacts(facts, { command: "ops generate" });
  const plans = sheets.map((sheet) => planOf(sheet, facts, result, profile, request));
  return generateFiles(plans, { keepFiring: request.keepFiring });
}

function profileOf(text: string | null): MetricProfileId | null {
  const known = metricProfileIds.find((one) => one === text);
  if (text !== null && known === undefined)
    throw new UsageError("DS-U44", `--metrics ${printable(text)} is not known`, `use one of ${metricProfileIds.join(", ")}`);
  return known ?? null;
}

function wantedSheets(sheets: readonly BaselineSheet[], names: readonly string[]): BaselineSheet[] {
  if (names.length === 0) return [...sheets];
  return names.map((name) => {
    const found = sheets.find(({ component }) =>
      [component.name, ...component.aliases].some((known) => plainName(known) === plainName(name)),
    );
    if (found === undefined) {
      const known = sheets.map(({ component }) => component.name);
      throw new UsageError(
        "DS-U45",
        `no service is called ${printable(name)}`,
        `use one of ${known.slice(0, 20).map(printable).join(", ")}`,
      );
    }
    return found;
  });
}

function planOf(
  { component, items }: BaselineSheet,
  facts: Facts,
  result: Result,
  profile: MetricProfileId | null,
  { all, runbookBase }: GenerateRequest,
): ServicePlan {
  const signs = facts.baseline.filter((sign) => sign.component === component.ref);
  const deployments = facts.deployments.filter(({ subject }) => subject === component.ref);
  const deployed = deployments.find(({ format }) => format === "kubernetes" || format === "helm") ?? deployments[0];
  const isKubernetes = deployments.length === 0 || deployments.some(({ format }) => format === "kubernetes" || format === "helm");
  const name = refName(component.name);
  const protocol = speaksGrpc(component.ref, facts) ? "grpc" : "http";
  const lacks = (...ids: readonly ItemId[]) =>
    all ||
    ids.some(
      (id) =>
        !["met", "not-applicable"].includes(items.get(id)?.verdict ?? "") ||
        items.get(id)?.remarks?.some(({ rule }) => rule.endsWith("-not-asked")),
    );
  const wanted = new Set<"rules" | "probes" | "logging">();
  if (lacks("alert-errors", "alert-latency", "alert-unavailable")) wanted.add("rules");
  if (lacks("liveness", "readiness")) wanted.add("probes");
  if (lacks("json-logs", "log-fields")) wanted.add("logging");
  return {
    name,
    owner: ownerOf(component.ref, result),
    metrics: profile ?? seenProfile(signs, protocol),
    technology: component.technology,
    port: portOf(signs, deployments),
    protocol,
    livePath: pathOf(signs, "liveness-probe", "liveness") ?? "/healthz",
    readyPath: readyPathOf(signs) ?? "/ready",
    platform: isKubernetes ? "kubernetes" : "compose",
    workload: deployed === undefined ? name : refName(deployed.name),
    container: refName(containerOf(signs) ?? deployed?.name ?? name),
    runbook: runbookOf(signs, name, runbookBase),
    wanted,
  };
}

type Signs = Facts["baseline"];

/** The metrics that it is seen to have; OpenTelemetry's names where it has none yet. */
function seenProfile(signs: Signs, protocol: "http" | "grpc"): MetricProfileId {
  const libraries = signs.filter(({ kind }) => kind === "metrics-library");
  const has = (pattern: RegExp) => libraries.some(({ subject }) => pattern.test(subject));
  if (libraries.some(({ detail }) => detail === "opentelemetry")) return protocol === "grpc" ? "otel-rpc" : "otel-http";
  if (has(/micrometer/i)) return "micrometer";
  if (has(/prometheus-net/i)) return "prometheus-net";
  if (has(/prom|client_golang/i)) return "prom-client";
  return protocol === "grpc" ? "otel-rpc" : "otel-http";
}

/** It is asked for its health by gRPC, or offers a gRPC contract and no page. */
function speaksGrpc(ref: Ref, facts: Facts): boolean {
  const probes = facts.baseline.filter(
    ({ component, kind }) => component === ref && (kind === "liveness-probe" || kind === "readiness-probe"),
  );
  if (probes.length > 0) return probes.some(({ subject }) => subject.startsWith("grpc"));
  const offers = facts.contracts.some(({ provider, kind }) => provider === ref && kind === "grpc");
  return (
    offers &&
    !facts.operations.some(({ component, method }) => component === ref && /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(method))
  );
}

/** The port that is asked for its health, else the first that a deployment names. */
function portOf(signs: Signs, deployments: Facts["deployments"]): number | null {
  for (const { kind, subject } of signs) {
    const port = /-probe$|health-command/.test(kind) ? /:(\d{2,5})(?:\/|$| )/.exec(subject)?.[1] : undefined;
    if (port !== undefined) return Number(port);
  }
  return deployments.flatMap(({ ports }) => ports)[0] ?? null;
}

function containerOf(signs: Signs): string | null {
  return signs.find(({ kind, detail }) => kind === "runs" && detail !== null)?.detail ?? null;
}

function pathOf(signs: Signs, probe: "liveness-probe" | "readiness-probe", route: "liveness" | "readiness"): string | null {
  const asked = signs.find(({ kind, subject }) => kind === probe && subject.startsWith("http "));
  if (asked !== undefined) return /^http [^/]{0,100}(\/.{0,200})$/.exec(asked.subject)?.[1] ?? null;
  const offered = signs.find(({ kind, detail }) => kind === "health-route" && detail === route)?.subject;
  if (offered !== undefined) return offered.startsWith("/") ? offered : `/${offered}`;
  return signs.some(({ kind, subject }) => kind === "health-library" && subject === "Spring Boot actuator")
    ? `/actuator/health/${route}`
    : null;
}

/** Not the page that says whether it is alive. */
function readyPathOf(signs: Signs): string | null {
  const path = pathOf(signs, "readiness-probe", "readiness");
  return path === pathOf(signs, "liveness-probe", "liveness") ? null : path;
}

function ownerOf(ref: Ref, { model }: Result): string | null {
  const owners = model.components.find((component) => component.ref === ref)?.ownership.declared ?? [];
  const [team] = owners.filter((owner) => owner.ref.startsWith("group:"));
  return team === undefined ? null : shortName(team.ref);
}

function runbookOf(signs: Signs, name: string, base: string | null): string | null {
  const known = signs.find(({ kind, subject }) => kind === "runbook" && /^https?:\/\//.test(subject));
  if (known !== undefined) return known.subject;
  return base === null ? null : `${base.replace(/\/$/, "")}/${name}`;
}
