/** What carries the trace context from a request to the requests that follow from it. */
import type { Pattern } from "./pattern.js";

const w3c = (words: readonly string[], line: RegExp, detail: string): Pattern => ({
  kind: "tracing",
  subject: "w3c",
  words,
  line,
  detail,
});

export const tracingPatterns: readonly Pattern[] = [
  // The instrumentation of Python and .NET exports metrics too, unless it is told not to.
  {
    kind: "metrics-library",
    subject: "OpenTelemetry agent",
    words: ["opentelemetry-instrument", "CORECLR_PROFILER"],
    line: /\bopentelemetry-instrument\b(?!ation)|\bOTEL_DOTNET_AUTO_HOME\b/,
    detail: "opentelemetry",
  },
  // Go's OpenTelemetry propagates nothing until it is told to.
  w3c(["TraceContext{", "autoprop"], /\bpropagation\.TraceContext\{|\bautoprop\.NewTextMapPropagator\(/, "OpenTelemetry"),
  w3c(
    ["NodeSDK", "NodeTracerProvider", "registerInstrumentations"],
    /\bnew\s{1,3}(?:\w{1,20}\.)?(?:NodeSDK|NodeTracerProvider)\(|\bregisterInstrumentations\(/,
    "OpenTelemetry",
  ),
  w3c(
    ["Instrumentor("],
    /\b(?:GrpcInstrumentor\w{0,10}|FlaskInstrumentor|FastAPIInstrumentor|DjangoInstrumentor|RequestsInstrumentor|HTTPXClientInstrumentor|AioHttp\w{0,30}Instrumentor|Urllib3?Instrumentor)\(/,
    "OpenTelemetry",
  ),
  w3c(
    ["AddHttpClientInstrumentation", "AddAspNetCoreInstrumentation", "AddGrpcClientInstrumentation"],
    /\bAdd(?:HttpClient|AspNetCore|GrpcClient)Instrumentation\(/,
    "OpenTelemetry",
  ),
  w3c(["opentelemetry"], /\b(?:tracing_opentelemetry|opentelemetry_otlp|TraceContextPropagator)\b/, "OpenTelemetry"),
  w3c(
    ["OpenTelemetry::SDK", "OpenTelemetry\\"],
    /\bOpenTelemetry::SDK\.configure\b|\bOpenTelemetry\\(?:SDK|API|Contrib)\\/,
    "OpenTelemetry",
  ),
  w3c(["opentelemetry-cpp", "HttpTraceContext"], /\bHttpTraceContext\b/, "OpenTelemetry"),
  w3c(
    ["javaagent"],
    /-javaagent:\S{0,200}(?:opentelemetry|otel|elastic-apm|dd-java|newrelic|applicationinsights|splunk-otel)/,
    "agent",
  ),
  w3c(["opentelemetry-instrument"], /\bopentelemetry-instrument\b(?!ation)/, "agent"),
  w3c(
    ["auto-instrumentations-node/register", "instrumentation.opentelemetry.io/inject"],
    /auto-instrumentations-node\/register|\binstrumentation\.opentelemetry\.io\/inject-\w{1,12}["']?\s{0,3}[:=]\s{0,3}["']?(?!false)/,
    "agent",
  ),
  w3c(["traceparent"], /["'`]traceparent["'`]/, "forwarded by hand"),
  {
    kind: "tracing",
    subject: "b3",
    words: ["b3", "B3", "B3Propagator"],
    line: /["'`]x-b3-traceid["'`]|\bB3Propagator\b|\bb3\.New\(/i,
    detail: "B3 headers",
  },
  {
    kind: "tracing",
    subject: "b3",
    words: ["zipkin", "Zipkin"],
    line: /\bappmetrics-zipkin\b|\bzipkin-instrumentation-\w{2,20}|\bzipkinhttp\.NewServerMiddleware\(|\bzipkinhttp\.NewTransport\(/,
    detail: "Zipkin",
  },
  {
    kind: "tracing",
    subject: "other",
    words: ["jaeger", "opentracing"],
    line: /\b(?:jaegercfg|jaegerConfig|initJaegerTracer|opentracing\.(?:SetGlobalTracer|InitGlobalTracer|initGlobalTracer))\b/,
    detail: "OpenTracing (uber-trace-id)",
  },
];
