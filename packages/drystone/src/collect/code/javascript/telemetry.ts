import type { Role } from "../cue.js";
import type { Detector } from "../detector.js";
import { connectionOf, emitAddresses } from "./addresses.js";
import { type CallSite, callsOf } from "./calls-of.js";
import { imports, localsOf, modulesOf } from "./imports.js";

interface Exporter {
  readonly modules: readonly string[];
  readonly names: readonly string[];
  readonly role: Role;
  readonly technology: string;
}

const exporters: readonly Exporter[] = [
  {
    modules: ["@opentelemetry/exporter-zipkin", "zipkin-transport-http", "zipkin"],
    names: ["ZipkinExporter", "HttpLogger"],
    role: "tracing-client",
    technology: "zipkin",
  },
  {
    modules: ["@opentelemetry/exporter-jaeger", "jaeger-client", "nest-jaeger"],
    names: ["JaegerExporter", "initTracer", "initTracerFromEnv"],
    role: "tracing-client",
    technology: "jaeger",
  },
  { modules: ["dd-trace"], names: ["init", "default"], role: "tracing-client", technology: "datadog" },
  {
    modules: ["elastic-apm-node", "@elastic/apm-rum"],
    names: ["start", "init"],
    role: "tracing-client",
    technology: "elastic-apm",
  },
  {
    modules: ["@grafana/faro-web-sdk", "@grafana/faro-react"],
    names: ["initializeFaro"],
    role: "telemetry-client",
    technology: "faro",
  },
  { modules: ["winston-loki", "pino-loki"], names: ["default", "LokiTransport"], role: "logging-client", technology: "loki" },
  {
    modules: ["winston-elasticsearch", "pino-elasticsearch"],
    names: ["default", "ElasticsearchTransport"],
    role: "logging-client",
    technology: "elasticsearch",
  },
  {
    modules: [
      "winston-logstash",
      "winston3-logstash-transport",
      "winston-logstash-transport",
      "logstash-client",
      "node-logstash",
    ],
    names: ["default", "Logstash", "LogstashTransport"],
    role: "logging-client",
    technology: "logstash",
  },
  {
    modules: ["fluent-logger", "winston-fluent"],
    names: ["configure", "createFluentSender", "default"],
    role: "logging-client",
    technology: "fluentd",
  },
  {
    modules: ["winston-graylog2", "gelf-pro", "winston-gelf", "graygelf"],
    names: ["default", "setConfig"],
    role: "logging-client",
    technology: "graylog",
  },
  {
    modules: ["seq-logging", "winston-seq", "@datalust/winston-seq", "pino-seq", "bunyan-seq"],
    names: ["Logger", "SeqTransport", "default", "createStream"],
    role: "logging-client",
    technology: "seq",
  },
  { modules: ["winston-syslog"], names: ["Syslog", "default"], role: "logging-client", technology: "syslog" },
  {
    modules: ["hot-shots", "node-statsd", "statsd-client", "lynx"],
    names: ["default", "StatsD"],
    role: "telemetry-client",
    technology: "statsd",
  },
  {
    modules: ["eureka-js-client", "eureka-nodejs-client", "nestjs-eureka"],
    names: ["Eureka", "default", "forRoot"],
    role: "discovery-client",
    technology: "eureka",
  },
  { modules: ["consul", "nestjs-consul"], names: ["default", "Consul"], role: "discovery-client", technology: "consul" },
  { modules: ["nacos", "nacos-naming"], names: ["NacosNamingClient"], role: "discovery-client", technology: "nacos" },
  {
    modules: ["cloud-config-client", "spring-cloud-config"],
    names: ["load", "Client"],
    role: "config-client",
    technology: "spring-cloud-config",
  },
  { modules: ["nacos", "nacos-config"], names: ["NacosConfigClient"], role: "config-client", technology: "nacos" },
  {
    modules: ["keycloak-connect", "nest-keycloak-connect"],
    names: ["default", "register"],
    role: "resource-server",
    technology: "keycloak",
  },
  {
    modules: ["express-oauth2-jwt-bearer", "express-jwt", "jwks-rsa", "express-oauth2-bearer"],
    names: ["auth", "expressJwtSecret", "passportJwtSecret"],
    role: "resource-server",
    technology: "http",
  },
];

/** Clients of tracing, logging, discovery and configuration, with their addresses. */
export const infrastructureClients: Detector = {
  name: "javascript/infrastructure-clients",
  languages: ["javascript"],
  words: exporters.flatMap(({ modules }) => modules),
  detect(source, emit) {
    for (const { modules, names, role, technology } of exporters) {
      if (!imports(source, ...modules)) continue;
      const all = localsOf(source, modules);
      const direct = localsOf(source, modules, names.includes("default") ? [...names, "default", "*"] : names);
      for (const call of callsOf(source)) {
        const isMade =
          call.path === call.name ? direct.has(call.name) : all.has(call.path.split(".")[0] ?? "") && names.includes(call.name);
        if (!isMade) continue;
        emit(call.start, { kind: "role", role, detail: technology });
        emitAddresses(emit, call.start, technology, connectionOf(source, call.open));
      }
    }
  },
};

/** OpenTelemetry: exporters over OTLP, or the SDK, which takes the address from the environment. */
export const openTelemetry: Detector = {
  name: "javascript/open-telemetry",
  languages: ["javascript"],
  words: ["opentelemetry"],
  detect(source, emit) {
    const isSdk = imports(
      source,
      "@opentelemetry/sdk-node",
      "@opentelemetry/auto-instrumentations-node/register",
      "@vercel/otel",
    );
    for (const call of callsOf(source)) {
      if (call.isNew && /^OTLP(?:Trace|Metric|Log)s?Exporter$/.test(call.name)) {
        emit(call.start, { kind: "role", role: "telemetry-client", detail: "otlp" });
        emitAddresses(emit, call.start, "otlp", connectionOf(source, call.open));
      } else if (isSdk && (call.name === "NodeSDK" || call.name === "registerOTel"))
        emit(call.start, { kind: "role", role: "telemetry-client", detail: "otlp" });
      else if (call.isNew && call.name === "PrometheusExporter")
        emit(call.start, { kind: "role", role: "metrics-endpoint", detail: "prometheus" });
    }
  },
};

const metricModules = [
  "prom-client",
  "express-prom-bundle",
  "express-prometheus-middleware",
  "@willsoto/nestjs-prometheus",
  "fastify-metrics",
  "koa-prom",
  "express-prometheus",
  "swagger-stats",
  "prometheus-api-metrics",
  "next-metrics",
  "@promster/express",
];
const serves = /^(?:metrics|collectDefaultMetrics|promBundle|register|expressPrometheus|getMiddleware)$/;

/** Metrics that Prometheus fetches. */
export const metricsEndpoint: Detector = {
  name: "javascript/metrics-endpoint",
  languages: ["javascript"],
  words: metricModules,
  detect(source, emit) {
    if (!imports(source, ...metricModules)) return;
    const isMiddleware = [...modulesOf(source)].some((module) => metricModules.includes(module) && module !== "prom-client");
    const call = callsOf(source).find(
      (one: CallSite) =>
        serves.test(one.name) || (isMiddleware && localsOf(source, metricModules).has(one.path.split(".")[0] ?? "")),
    );
    if (call !== undefined) emit(call.start, { kind: "role", role: "metrics-endpoint", detail: "prometheus" });
  },
};
