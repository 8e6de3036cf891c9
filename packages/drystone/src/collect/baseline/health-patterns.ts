/** Pages and calls by which a program says that it is alive and ready. */
import type { Pattern } from "./pattern.js";

/** Paths that the field uses, after any prefix. */
const liveness = String.raw`(?:healthz|livez|liveness|live|alive|_healthz|health/live|health/liveness|healthcheck|health[-_]check|health|ping|q/health/live|actuator/health/liveness|actuator/health|hc|liveness-probe)`;
const readiness = String.raw`(?:ready|readyz|readiness|_ready|health/ready|health/readiness|q/health/ready|actuator/health/readiness|readiness-probe|startup)`;
const quoted = (path: string) => String.raw`["'\x60]((?:/[\w.{}:-]{1,40}){0,3}/?${path}/?)["'\x60]`;
/** What offers a page: a router's method, an annotation, an entry of a table of routes; something may be put before the path. */
const offers = String.raw`(?:\b(?:get|Get|GET|all|use|route|Route|Handle|HandleFunc|handle|handleFunc|Path|path|re_path|url|add_url_rule|add_route|addRoute|MapGet|MapHealthChecks|UseHealthChecks|UseHealthEndpoints|GetMapping|RequestMapping|Controller|HttpGet|map|match|resource|register|endpoint)\s{0,3}\(\s{0,3}(?:(?:value|path|r)\s{0,3}=\s{0,3}\{?\s{0,3})?(?:[\w.]{1,40}\s{0,3}\+\s{0,3})?|\b(?:path|route|pattern)["']?\s{0,3}:\s{0,3}|\b(?:get|GET|location)\s{1,3}=?\s{0,3})`;
const offered = (path: string) => new RegExp(offers + quoted(path));
/** A client that asks for the page of another. */
const asks =
  /\b(?:axios|fetch|requests|httpx|Net::HTTP|HttpClient|httpClient|restTemplate|RestTemplate|webClient|WebClient|curl|wget|http\.Get|superagent|got|request|client|Client)\b\.?\w{0,20}\s{0,3}[.(]/;

export const healthPatterns: readonly Pattern[] = [
  {
    kind: "health-route",
    words: ["health", "live", "alive", "ping", "hc"],
    line: offered(liveness),
    not: asks,
    subject: null,
    detail: "liveness",
  },
  { kind: "health-route", words: ["read", "startup"], line: offered(readiness), not: asks, subject: null, detail: "readiness" },
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
