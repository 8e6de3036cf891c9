/** What the libraries of a build file do by themselves, without a line of program text. */
import type { BuildManifest } from "#collect/manifests/index.js";
import type { BaselineSignKind } from "#model/baseline.js";
import { type FileSign, fileSign } from "./file-sign.js";

export function signsOfManifest({ dependencies }: BuildManifest): FileSign[] {
  return dependencies
    .filter(({ runtime }) => runtime)
    .slice(0, 2000)
    .flatMap(({ name, line }) =>
      libraries
        .filter(({ library }) => library.test(name))
        .flatMap(({ signs }) =>
          signs.map(([kind, subject, detail = null]) =>
            fileSign(kind, subject || name, { line, text: name.slice(0, 160) }, { detail }),
          ),
        ),
    );
}

interface Library {
  readonly library: RegExp;
  /** Kind, subject ("" stands for the name of the library) and detail. */
  readonly signs: readonly (readonly [kind: BaselineSignKind, subject: string, detail?: string])[];
}

const otel = ["tracing", "w3c", "OpenTelemetry"] as const;
const agent = ["tracing", "w3c", "agent"] as const;

const libraries: readonly Library[] = [
  // Health
  {
    library: /^org\.springframework\.boot:spring-boot-starter-actuator$/,
    signs: [["health-library", "Spring Boot actuator", "liveness readiness"]],
  },
  { library: /^io\.quarkus:quarkus-smallrye-health$/, signs: [["health-library", "SmallRye Health", "liveness readiness"]] },
  { library: /^io\.micronaut:micronaut-management$/, signs: [["health-library", "Micronaut management", "liveness readiness"]] },
  {
    library: /^(?:io\.helidon\.\w{2,40}:helidon-health|.{1,60}:microprofile-health-api)/,
    signs: [["health-library", "", "liveness readiness"]],
  },
  { library: /^io\.dropwizard:dropwizard-core$/, signs: [["health-library", "Dropwizard", "liveness"]] },
  { library: /^(?:@godaddy\/terminus|lightship)$/, signs: [["health-library", "", "liveness readiness"]] },
  {
    library: /^(?:django-health-check|django-watchman|py-healthcheck|fastapi-healthcheck)$/,
    signs: [["health-library", "", "liveness"]],
  },
  { library: /^(?:rails-health-check|health_check|okcomputer)$/, signs: [["health-library", "", "liveness"]] },
  // Metrics
  {
    library: /^io\.micrometer:micrometer-registry-(?!otlp)[\w-]{2,40}$/,
    signs: [
      ["metrics-library", "", "prometheus"],
      ["request-histogram", "none", "Micrometer publishes no histogram unless it is told to"],
    ],
  },
  {
    library: /^io\.quarkus:quarkus-micrometer-registry-prometheus$/,
    signs: [
      ["metrics-library", "", "prometheus"],
      ["request-histogram", "none", "Micrometer publishes no histogram unless it is told to"],
    ],
  },
  {
    library: /^io\.micronaut\.micrometer:micronaut-micrometer-registry-prometheus$/,
    signs: [
      ["metrics-library", "", "prometheus"],
      ["request-histogram", "none", "Micrometer publishes no histogram unless it is told to"],
    ],
  },
  {
    library:
      /^(?:io\.micrometer:micrometer-registry-otlp|io\.prometheus:simpleclient\w{0,30}|io\.prometheus:prometheus-metrics-[\w-]{2,60}|.{1,60}:microprofile-metrics-api|io\.quarkus:quarkus-smallrye-metrics)$/,
    signs: [["metrics-library", ""]],
  },
  {
    library: /^(?:express-prom-bundle|koa-prom-bundle)$/,
    signs: [
      ["metrics-library", ""],
      ["request-histogram", "not-at-1s", "default boundaries 0.003, 0.03, 0.1, 0.3, 1.5, 10"],
    ],
  },
  {
    library: /^(?:prom-client|express-prometheus-middleware|@willsoto\/nestjs-prometheus|fastify-metrics)$/,
    signs: [["metrics-library", ""]],
  },
  {
    library:
      /^(?:prometheus[-_]flask[-_]exporter|prometheus[-_]fastapi[-_]instrumentator|starlette[-_]exporter|starlette[-_]prometheus|django[-_]prometheus)$/i,
    signs: [
      ["metrics-library", ""],
      ["request-histogram", "at-1s", "default boundaries of the library"],
    ],
  },
  { library: /^prometheus[-_]client$/i, signs: [["metrics-library", ""]] },
  {
    library: /^prometheus-net\.AspNetCore$/i,
    signs: [
      ["metrics-library", ""],
      ["request-histogram", "not-at-1s", "default boundaries are powers of two; the one closest to 1 s is 1.024 s"],
    ],
  },
  {
    library: /^(?:prometheus-net|App\.Metrics[\w.]{0,60}|OpenTelemetry\.Exporter\.Prometheus[\w.]{0,40})$/i,
    signs: [["metrics-library", ""]],
  },
  {
    library:
      /^(?:promphp\/prometheus_client_php|endclothing\/prometheus_client_php|prometheus-client|prometheus_exporter|yabeda-prometheus|metrics-exporter-prometheus|axum-prometheus|actix-web-prom)$/,
    signs: [["metrics-library", ""]],
  },
  {
    library: /^@opentelemetry\/exporter-(?:metrics-otlp-[\w-]{2,20}|prometheus)$/,
    signs: [["metrics-library", "OpenTelemetry metrics", "opentelemetry"]],
  },
  {
    library: /^go\.opentelemetry\.io\/otel\/exporters\/(?:otlp\/otlpmetric|prometheus)/,
    signs: [["metrics-library", "OpenTelemetry metrics", "opentelemetry"]],
  },
  {
    library: /^OpenTelemetry\.AutoInstrumentation$/i,
    signs: [
      ["metrics-library", "OpenTelemetry agent", "opentelemetry"],
      ["json-logs", "OpenTelemetry logs", "otlp"],
    ],
  },
  {
    library: /^opentelemetry-(?:metrics-sdk|exporter-otlp-metrics)$/,
    signs: [["metrics-library", "OpenTelemetry metrics", "opentelemetry"]],
  },
  // Logs
  { library: /^(?:pino|nestjs-pino|pino-http)$/, signs: [["json-logs", "pino"]] },
  { library: /^bunyan$/, signs: [["json-logs", "bunyan"]] },
  { library: /^net\.logstash\.logback:logstash-logback-encoder$/, signs: [["json-logs", "logstash encoder", "library"]] },
  {
    library:
      /^(?:co\.elastic\.logging:[\w-]{2,60}|io\.quarkus:quarkus-logging-json|org\.apache\.logging\.log4j:log4j-layout-template-json|io\.quarkiverse\.loggingjson:[\w-]{2,60})$/,
    signs: [["json-logs", ""]],
  },
  {
    library:
      /^(?:ecs-logging|@elastic\/ecs-[\w-]{2,40}-format|Elastic\.CommonSchema\.Serilog|lograge|structlog-gcp|python-json-logger)$/i,
    signs: [["json-logs", "", "library"]],
  },
  {
    library: /^org\.springframework\.boot:spring-boot-starter(?:-web|-webflux|-data-\w{2,20}|-actuator)?$/,
    signs: [["plain-logs", "Spring Boot's default", "default"]],
  },
  { library: /^io\.quarkus:quarkus-(?:resteasy|rest)[\w-]{0,40}$/, signs: [["plain-logs", "Quarkus's default", "default"]] },
  {
    library:
      /^(?:io\.opentelemetry\.instrumentation:opentelemetry-logback-[\w.-]{2,40}|opentelemetry-instrumentation-logging|@opentelemetry\/instrumentation-(?:pino|winston|bunyan)|Serilog\.Enrichers\.(?:Span|OpenTelemetry))$/i,
    signs: [
      ["log-field", "trace_id", "context"],
      ["log-field", "span_id", "context"],
    ],
  },
  // Trace context
  {
    library: /^com\.google\.cloud:spring-cloud-gcp-starter-trace$/,
    signs: [
      ["tracing", "b3", "Spring Cloud GCP trace"],
      ["log-field", "trace_id", "context"],
      ["log-field", "span_id", "context"],
    ],
  },
  {
    library: /^@opentelemetry\/auto-instrumentations-(?:node|web)$/,
    signs: [otel, ["log-field", "trace_id", "context"], ["log-field", "span_id", "context"]],
  },
  {
    library:
      /^@opentelemetry\/(?:sdk-node|instrumentation-(?:http|grpc|express|undici|fetch|xml-http-request|nestjs-core|fastify|koa))$/,
    signs: [otel],
  },
  {
    library:
      /^opentelemetry-instrumentation-(?:flask|fastapi|django|requests|httpx|aiohttp-client|grpc|urllib3?|starlette|asgi|wsgi|celery|pika|kafka-python)$/i,
    signs: [otel],
  },
  { library: /^opentelemetry-distro$/i, signs: [agent] },
  {
    library:
      /^(?:org\.springframework\.cloud:spring-cloud-(?:starter-)?sleuth|org\.springframework\.cloud:spring-cloud-starter-zipkin|org\.springframework\.cloud:spring-cloud-sleuth-zipkin)$/,
    signs: [
      ["tracing", "b3", "Spring Cloud Sleuth"],
      ["log-field", "trace_id", "context"],
      ["log-field", "span_id", "context"],
    ],
  },
  {
    library: /^io\.micrometer:micrometer-tracing-bridge-(?:otel|brave)$/,
    signs: [
      ["tracing", "w3c", "Micrometer tracing"],
      ["log-field", "trace_id", "context"],
      ["log-field", "span_id", "context"],
    ],
  },
  {
    library: /^io\.opentelemetry\.instrumentation:opentelemetry-spring-boot-starter$/,
    signs: [otel, ["json-logs", "OpenTelemetry logs", "otlp"], ["metrics-library", "OpenTelemetry metrics", "opentelemetry"]],
  },
  {
    library: /^(?:io\.quarkus:quarkus-opentelemetry|io\.micronaut\.tracing:micronaut-tracing-opentelemetry[\w-]{0,20})$/,
    signs: [otel],
  },
  {
    library:
      /^(?:io\.micronaut\.tracing:micronaut-tracing-(?:brave|zipkin)[\w-]{0,20}|io\.zipkin\.brave:brave-instrumentation-[\w-]{2,40})$/,
    signs: [["tracing", "b3", "Zipkin"]],
  },
  {
    library:
      /^(?:io\.opentracing[\w.]{0,60}:[\w-]{2,60}|io\.jaegertracing:[\w-]{2,40}|jaeger-client|opentracing-instrumentation|flask-opentracing|OpenTracing\.Contrib\.NetCore|Jaeger)$/i,
    signs: [["tracing", "other", "OpenTracing (uber-trace-id)"]],
  },
  {
    library:
      /^(?:dd-trace|ddtrace|elastic-apm-node|elastic-apm|newrelic|applicationinsights|azure-monitor-opentelemetry|@instana\/collector|instana|Microsoft\.ApplicationInsights\.AspNetCore|Elastic\.Apm\.NetCoreAll|github\.com\/instana\/go-sensor|io\.honeycomb[\w.]{0,40}:[\w-]{2,60})$/i,
    signs: [agent],
  },
  {
    library: /^(?:OpenTelemetry\.Instrumentation\.(?:AspNetCore|Http|GrpcNetClient)|OpenTelemetry\.AutoInstrumentation)$/i,
    signs: [otel],
  },
  {
    library:
      /^(?:opentelemetry-instrumentation-all|opentelemetry-instrumentation-(?:rails|rack|faraday|net_http)|open-telemetry\/opentelemetry-auto-[\w-]{2,40}|tracing-opentelemetry|axum-tracing-opentelemetry)$/,
    signs: [otel],
  },
  // Circuit breakers of which having them is not using them are read in the program text.
];
