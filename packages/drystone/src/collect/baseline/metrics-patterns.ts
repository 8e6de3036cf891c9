/** How a program shows its metrics. */
import type { Pattern } from "./pattern.js";

export const metricsPatterns: readonly Pattern[] = [
  {
    kind: "metrics-route",
    words: ["metrics", "prometheus"],
    line: /(?:\b(?:get|Get|GET|all|use|route|Route|Handle|HandleFunc|handle|Path|path|re_path|url|add_url_rule|add_route|MapGet|MapMetrics|UseMetricServer|GetMapping|RequestMapping|Controller|mount|register|map)\s{0,3}\(\s{0,3}(?:(?:value|path|r)\s{0,3}=\s{0,3}\{?\s{0,3})?(?:[\w.]{1,40}\s{0,3}\+\s{0,3})?|\b(?:path|route|pattern)["']?\s{0,3}:\s{0,3})["'`](\/?(?:[\w-]{1,30}\/){0,2}(?:metrics|prometheus))["'`]/,
    not: /\b(?:axios|fetch|requests|httpx|restTemplate|webClient|http\.Get|client|Client)\b\.?\w{0,20}\s{0,3}[.(]/,
    subject: null,
  },
  {
    kind: "metrics-library",
    words: ["promhttp", "promauto"],
    line: /\bpromhttp\.(?:Handler|HandlerFor|InstrumentMetricHandler)\(|\bpromauto\.New/,
    subject: "client_golang",
  },
  {
    kind: "metrics-library",
    words: ["MapMetrics", "UseMetricServer", "UseHttpMetrics", "KestrelMetricServer", "MetricServer("],
    line: /\b(?:MapMetrics|UseMetricServer|UseHttpMetrics|KestrelMetricServer|MetricServer)\(/,
    subject: "prometheus-net",
  },
  {
    kind: "metrics-library",
    words: ["WithMetrics", "AddMeter", "MapPrometheusScrapingEndpoint", "UseOpenTelemetryPrometheusScrapingEndpoint"],
    line: /\b(?:WithMetrics|MapPrometheusScrapingEndpoint|UseOpenTelemetryPrometheusScrapingEndpoint)\(/,
    subject: "OpenTelemetry metrics",
    detail: "opentelemetry",
  },
  {
    kind: "metrics-library",
    words: ["MeterProvider", "MetricReader", "metricReader", "OpenTelemetry::Metrics"],
    line: /\b(?:NewMeterProvider|MeterProvider|PeriodicExportingMetricReader|metricReaders?|SdkMeterProvider)\b\s{0,3}[({:=]|\bOpenTelemetry\\SDK\\Metrics\\|\bOpenTelemetry::SDK::Metrics\b/,
    subject: "OpenTelemetry metrics",
    detail: "opentelemetry",
  },
  {
    kind: "metrics-library",
    words: ["prometheus::", "prometheus_client::", "PrometheusBuilder", "PrometheusMetricLayer", "PrometheusMetricsBuilder"],
    line: /\b(?:prometheus(?:_client)?|opentelemetry_prometheus)::(?:\{|[\w:]{1,60})|\bPrometheus(?:Builder|MetricLayer|MetricsBuilder)::/,
    not: /^\s{0,40}\/\//,
    subject: "a Prometheus crate",
  },
  {
    kind: "metrics-library",
    words: ["start_http_server", "make_asgi_app", "make_wsgi_app", "generate_latest"],
    line: /\b(?:start_http_server|make_asgi_app|make_wsgi_app|generate_latest)\(/,
    subject: "prometheus_client",
  },
  {
    kind: "metrics-library",
    words: ["collectDefaultMetrics", "register.metrics", "registry.metrics"],
    line: /\b(?:collectDefaultMetrics|(?:register|registry)\.metrics)\(/,
    subject: "prom-client",
  },
  {
    kind: "metrics-library",
    words: ["OTEL_METRICS_EXPORTER"],
    line: /OTEL_METRICS_EXPORTER["']?\s{0,3}[:=,]\s{0,3}["']?(?:otlp|prometheus)/,
    subject: "OpenTelemetry metrics",
    detail: "opentelemetry",
  },
  {
    kind: "request-histogram",
    words: ["slo", "sla", "serviceLevelObjectives"],
    line: /\b(?:slo|sla|serviceLevelObjectives)\b.{0,120}?(?:\b1s\b|\b1000ms\b|ofSeconds\(1\))/,
    subject: "at-1s",
    detail: "a boundary at 1 s in the settings",
  },
  // Spring: which boundaries the request histogram has.
  {
    kind: "request-histogram",
    words: ["percentiles-histogram", "percentilesHistogram"],
    line: /percentiles-?[hH]istogram.{0,60}?true/,
    subject: "not-at-1s",
    detail: "Micrometer's own boundaries; the one closest to 1 s is 1.07 s",
  },
];
