/** How a program shows its metrics. */
import type { Pattern } from "./pattern.js";

export const metricsPatterns: readonly Pattern[] = [
  {
    kind: "metrics-route",
    words: ["metrics", "prometheus"],
    line: /\b(?:get|Get|GET|all|use|route|Route|Handle|HandleFunc|handle|Path|path|re_path|url|add_url_rule|MapGet|MapMetrics|UseMetricServer|GetMapping|Controller|mount|register|http\.Handle)\b.{0,100}?["'`](\/?(?:[\w-]{1,30}\/){0,2}(?:metrics|prometheus))["'`]/,
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
    words: ["MeterProvider", "MetricReader", "metricReader"],
    line: /\b(?:NewMeterProvider|MeterProvider|PeriodicExportingMetricReader|metricReaders?)\b\s{0,3}[({:=]/,
    subject: "OpenTelemetry metrics",
    detail: "opentelemetry",
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
  // Spring: which boundaries the request histogram has.
  {
    kind: "request-histogram",
    words: ["percentiles-histogram", "percentilesHistogram"],
    line: /percentiles-?[hH]istogram.{0,60}?true/,
    subject: "not-at-1s",
    detail: "Micrometer's own boundaries; the one closest to 1 s is 1.07 s",
  },
];
