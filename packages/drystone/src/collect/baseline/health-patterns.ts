/** Pages and calls by which a program says that it is alive and ready. */
import type { Pattern } from "./pattern.js";

/** Paths that the field uses, after any prefix; each stands in quotes in program text. */
const liveness = String.raw`(?:healthz|livez|liveness|live|alive|_healthz|health/live|health/liveness|healthcheck|health[-_]check|health|ping|q/health/live|actuator/health/liveness|actuator/health|hc|liveness-probe)`;
const readiness = String.raw`(?:ready|readyz|readiness|_ready|health/ready|health/readiness|q/health/ready|actuator/health/readiness|readiness-probe|startup)`;
const quoted = (path: string) => new RegExp(String.raw`["'\x60]((?:/[\w.{}:-]{1,40}){0,3}/?${path}/?)["'\x60]`);
/** What tells a page that is offered from one that is asked for. */
const offers = String.raw`\b(?:get|Get|GET|all|use|route|Route|Handle|HandleFunc|handle|handleFunc|HandlerFunc|Path|path|re_path|url|add_url_rule|add_route|addRoute|MapGet|MapHealthChecks|UseHealthChecks|UseHealthEndpoints|GetMapping|RequestMapping|Controller|HttpGet|endpoint|location|map|match|resource|register|http\.Handle)\b`;
const offered = (path: string) => new RegExp(String.raw`${offers}.{0,120}?${quoted(path).source}`);

export const healthPatterns: readonly Pattern[] = [
  {
    kind: "health-route",
    words: ["health", "live", "alive", "ping", "hc"],
    line: offered(liveness),
    subject: null,
    detail: "liveness",
  },
  { kind: "health-route", words: ["read", "startup"], line: offered(readiness), subject: null, detail: "readiness" },
  // A server without a router compares the path.
  {
    kind: "health-route",
    words: ["health", "live", "alive"],
    line: /(?:url|path|Path|uri)\b.{0,40}?={2,3}\s{0,3}["'](\/(?:healthz|livez|health|alive|live)\/?)["']/,
    subject: null,
    detail: "liveness",
  },
  {
    kind: "health-library",
    words: ["ealth"],
    line: /\b(?:grpc_health_v1|healthpb|health)\.RegisterHealthServer\(|\badd_HealthServicer_to_server\(|\bHealthStatusManager\(|\bHealthImplementation\(|\bMapGrpcHealthChecksService\(|tonic_health::server|health_reporter\(/,
    subject: "grpc.health.v1",
    detail: "liveness",
  },
  {
    kind: "health-library",
    words: ["AddHealthChecks"],
    line: /\bAddHealthChecks\(/,
    subject: "ASP.NET Core health checks",
    detail: "checks",
  },
  {
    kind: "health-library",
    words: ["Terminus", "terminus"],
    line: /\b(?:TerminusModule|createTerminus|HealthCheckService)\b/,
    subject: "terminus",
    detail: "checks",
  },
];
