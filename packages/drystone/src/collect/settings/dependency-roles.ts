/** Conventional parts of a system that a build dependency switches on by itself. */
import type { Role } from "#collect/code/index.js";

export interface DependencyRole {
  readonly role: Role;
  readonly technology: string;
  /** The dependency that says so. */
  readonly library: string;
}

/** On the last part of the name: the artifact of Maven and Gradle, the whole name elsewhere. */
const rules: readonly (readonly [RegExp, Role, string])[] = [
  [/^spring-cloud-starter-(?:netflix-)?eureka-server$/, "discovery-server", "eureka"],
  [
    /^spring-cloud-(?:starter-(?:netflix-)?eureka(?:-client)?|netflix-eureka-client)$|^micronaut-discovery-client$|^quarkus-eureka$|^eureka-client$|^eureka-js-client$|^Steeltoe\.Discovery\.Eureka$|^py[-_]eureka[-_]client$/,
    "discovery-client",
    "eureka",
  ],
  [
    /^spring-cloud-starter-consul(?:-discovery|-all)?$|^Steeltoe\.Discovery\.Consul$|^Consul$|^consul$|^github\.com\/hashicorp\/consul\/api$|^python-consul2?$/,
    "discovery-client",
    "consul",
  ],
  [/^spring-cloud-starter-zookeeper-discovery$/, "discovery-client", "zookeeper"],
  [/^spring-cloud-starter-alibaba-nacos-discovery$/, "discovery-client", "nacos"],
  [/^spring-cloud-starter-kubernetes(?:-client)?(?:-all|-discovery)?$/, "discovery-client", "kubernetes"],
  [/^spring-cloud-config-server$/, "config-server", "spring-cloud-config"],
  [
    /^spring-cloud-(?:starter-config|config-client)$|^Steeltoe\.Configuration\.ConfigServer$|^Steeltoe\.Extensions\.Configuration\.ConfigServer(?:Core)?$/,
    "config-client",
    "spring-cloud-config",
  ],
  [/^spring-cloud-starter-consul-config$/, "config-client", "consul"],
  [/^spring-cloud-starter-alibaba-nacos-config$/, "config-client", "nacos"],
  [/^spring-cloud-starter-(?:netflix-)?zuul$/, "gateway", "zuul"],
  [/^spring-cloud-starter-gateway(?:-mvc|-server-webflux|-server-webmvc)?$/, "gateway", "spring-cloud-gateway"],
  [/^Ocelot$/, "gateway", "ocelot"],
  [/^Yarp\.ReverseProxy$/, "gateway", "yarp"],
  [
    /^spring-security-oauth2-authorization-server$|^spring-boot-starter-oauth2-authorization-server$/,
    "auth-server",
    "spring-authorization-server",
  ],
  [/^(?:Duende\.)?IdentityServer4?$|^IdentityServer4(?:\.\w+)?$/, "auth-server", "identityserver"],
  [/^spring-boot-starter-oauth2-resource-server$/, "resource-server", "oauth2"],
  [/^spring-boot-admin-(?:starter-server|server(?:-ui)?)$/, "admin-server", "spring-boot-admin"],
  [/^spring-boot-admin-starter-client$/, "admin-client", "spring-boot-admin"],
  [
    /^spring-cloud-starter-zipkin$|^spring-cloud-sleuth-zipkin$|^zipkin-reporter-brave$|^micrometer-tracing-reporter-wavefront$|^opentelemetry-exporter-zipkin$|^zipkin$|^py[-_]zipkin$|^opentelemetry-exporter-zipkin(?:-\w+)?$|^OpenTelemetry\.Exporter\.Zipkin$/,
    "tracing-client",
    "zipkin",
  ],
  [/^spring-cloud-sleuth-stream$/, "tracing-client", "zipkin-stream"],
  [
    /^jaeger-client$|^opentracing-spring-jaeger(?:-web)?-starter$|^opentelemetry-exporter-jaeger$|^OpenTelemetry\.Exporter\.Jaeger$/,
    "tracing-client",
    "jaeger",
  ],
  [/^zipkin-server$|^zipkin-autoconfigure-ui$/, "tracing-server", "zipkin"],
  [
    /^micrometer-registry-prometheus(?:-simpleclient)?$|^simpleclient_(?:spring_boot|servlet|httpserver)$|^prom-client$|^express-prom-bundle$|^@willsoto\/nestjs-prometheus$|^prometheus[-_]client$|^prometheus-fastapi-instrumentator$|^django-prometheus$|^prometheus-flask-exporter$|^prometheus-net(?:\.AspNetCore)?$|^OpenTelemetry\.Exporter\.Prometheus(?:\.AspNetCore)?$|^github\.com\/prometheus\/client_golang$|^quarkus-micrometer-registry-prometheus$|^micronaut-micrometer-registry-prometheus$/,
    "metrics-endpoint",
    "prometheus",
  ],
  [/^spring-cloud-(?:starter-)?netflix-hystrix-stream$|^spring-cloud-hystrix-stream$/, "metrics-stream", "hystrix-stream"],
  [
    /^spring-cloud-starter-(?:netflix-)?hystrix-dashboard$|^spring-cloud-netflix-hystrix-dashboard$/,
    "metrics-dashboard",
    "hystrix",
  ],
  [
    /^spring-cloud-(?:starter-(?:netflix-)?|netflix-)turbine-stream$|^spring-cloud-starter-turbine-amqp$/,
    "metrics-dashboard",
    "turbine-stream",
  ],
  [/^spring-cloud-(?:starter-(?:netflix-)?|netflix-)turbine$/, "metrics-dashboard", "turbine"],
  [
    /^logstash-logback-encoder$|^winston-logstash$|^python-logstash$|^Serilog\.Sinks\.(?:Http|Logstash\w*)$/,
    "logging-client",
    "logstash",
  ],
  [/^logback-gelf$|^gelf4?j$|^gelfclient$|^graypy$|^winston-graylog2$|^Serilog\.Sinks\.Graylog$/, "logging-client", "graylog"],
  [/^Serilog\.Sinks\.Seq$|^Seq\.Extensions\.Logging$/, "logging-client", "seq"],
  [/^loki-logback-appender$|^winston-loki$|^Serilog\.Sinks\.Grafana\.Loki$/, "logging-client", "loki"],
  [/^fluency-core$|^fluent-logger$|^logback-more-appenders$/, "logging-client", "fluentd"],
  [
    /^opentelemetry-exporter-otlp(?:-[\w-]+)?$|^micrometer-registry-otlp$|^@opentelemetry\/exporter-\w+-otlp-\w+$|^OpenTelemetry\.Exporter\.OpenTelemetryProtocol$|^go\.opentelemetry\.io\/otel\/exporters\/otlp\/\w+(?:\/\w+)?$|^quarkus-opentelemetry$|^opentelemetry-spring-boot-starter$/,
    "telemetry-client",
    "otlp",
  ],
];

/** @param names of runtime dependencies, `group:artifact` or alone. */
export function rolesOfDependencies(names: readonly string[]): DependencyRole[] {
  return names.flatMap((library) => {
    const artifact = library.includes(":") && !library.startsWith("@") ? (library.split(":")[1] ?? library) : library;
    return rules.flatMap(([pattern, role, technology]) => (pattern.test(artifact) ? [{ role, technology, library }] : []));
  });
}
