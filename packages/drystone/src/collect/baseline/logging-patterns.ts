/** How a program writes its log: JSON, or text that a machine has to guess at. */
import type { Language } from "#collect/code/index.js";
import type { Pattern } from "./pattern.js";

type Languages = readonly Language[] | null;
const javascript: Languages = ["javascript"];
const python: Languages = ["python"];
const jvm: Languages = ["java", "kotlin", "scala", "xml"];
const go: Languages = ["go"];
const dotnet: Languages = ["csharp"];

function json(languages: Languages, subject: string, words: readonly string[], line: RegExp, detail?: string): Pattern {
  return made("json-logs", languages, subject, words, line, detail);
}

function plain(languages: Languages, subject: string, words: readonly string[], line: RegExp, detail?: string): Pattern {
  return made("plain-logs", languages, subject, words, line, detail);
}

function made(
  kind: Pattern["kind"],
  languages: Languages,
  subject: string,
  words: readonly string[],
  line: RegExp,
  detail: string | undefined,
): Pattern {
  return {
    kind,
    subject,
    words,
    line,
    ...(languages === null ? {} : { languages }),
    ...(detail === undefined ? {} : { detail }),
  };
}

export const loggingPatterns: readonly Pattern[] = [
  // JavaScript
  json(javascript, "pino", ["pino"], /(?:\brequire\(["']|\bfrom ["'])(?:nestjs-)?pino(?:-http)?["']/),
  json(javascript, "bunyan", ["bunyan"], /(?:\brequire\(["']|\bfrom ["'])bunyan["']/),
  { ...json(javascript, "winston", ["format.json", "json()"], /\b(?:format\.json|(?<![.\w])json)\(\)/), needs: "winston" },
  json(javascript, "winston", ["createLogger"], /\bwinston\.createLogger\(|\bWinstonModule\.(?:createLogger|forRoot)/, "default"),
  plain(javascript, "winston", ["format.simple", "format.printf", "format.cli"], /\bformat\.(?:simple|printf|cli)\(/),
  plain(javascript, "log4js", ["log4js"], /(?:\brequire\(["']|\bfrom ["'])log4js["']/),
  plain(javascript, "console", ["console."], /\bconsole\.(?:log|info|error|warn)\(/, "default"),
  // Python
  json(python, "python-json-logger", ["pythonjsonlogger"], /\bpythonjsonlogger\b/),
  json(
    python,
    "a JSON formatter",
    ["JsonFormatter", "JSONFormatter", "StdlibFormatter"],
    /\b(?:\w{0,40}J(?:son|SON)Formatter|ecs_logging\.StdlibFormatter)\b/,
  ),
  json(python, "structlog", ["JSONRenderer"], /\bJSONRenderer\(/),
  json(python, "loguru", ["serialize"], /\bserialize\s{0,3}=\s{0,3}True/),
  plain(python, "logging", ["basicConfig", "logging.Formatter"], /\blogging\.(?:basicConfig|Formatter)\(/),
  plain(python, "logging", ["logging."], /\blogging\.(?:getLogger|info|warning|error|debug)\(/, "default"),
  {
    ...json(null, "a format that writes JSON", ["format"], /^\s{0,20}(?:format|fmt)\s{0,3}[:=]\s{0,3}["']?\{\s{0,5}["']/),
    needs: "formatter",
  },
  {
    ...json(null, "a JSON formatter", ["ormatter"], /^\s{0,20}(?:class|\(\)|"\(\)")\s{0,3}[:=].{0,100}J(?:son|SON)Formatter/),
    needs: "formatter",
  },
  {
    ...plain(null, "a text format", ["format"], /^\s{0,20}(?:format|fmt)\s{0,3}[:=]\s{0,3}["']?[^{\s]?[^{]{0,200}%\(/),
    needs: "formatter",
  },
  // JVM
  json(
    jvm,
    "logstash encoder",
    ["LogstashEncoder", "LoggingEventCompositeJsonEncoder", "LogstashTcpSocketAppender"],
    /\b(?:LogstashEncoder|LoggingEventCompositeJsonEncoder)\b/,
  ),
  json(
    jvm,
    "a JSON layout",
    ["JsonLayout", "JsonTemplateLayout", "EcsLayout", "EcsEncoder", "JsonEncoder"],
    /\b(?:JsonLayout|JsonTemplateLayout|EcsLayout|EcsEncoder|JsonEncoder|StackdriverJsonLayout)\b/,
  ),
  {
    ...json(
      null,
      "Spring Boot structured logging",
      ["structured"],
      /\blogging\.structured\.format\.(?:console|file)\b|^\s{0,20}structured:\s{0,3}$/,
    ),
    needs: "logging",
  },
  json(null, "Quarkus JSON logging", ["quarkus.log"], /\bquarkus\.log\.console\.json(?:\.enabled)?\s{0,3}=\s{0,3}true/),
  json(jvm, "a pattern that writes JSON", ["pattern"], /\bpattern(?:\s{0,3}=\s{0,3}["']|>)\s{0,20}\{\s{0,20}(?:"|&quot;|%)/),
  plain(
    jvm,
    "a pattern layout",
    ["<pattern>", "<Pattern>", "PatternLayout", "ConversionPattern"],
    /(?<![\w.])<[pP]attern>|<PatternLayout\b|\.ConversionPattern\b|\bPatternLayout\b/,
  ),
  plain(null, "a pattern layout", ["logging.pattern"], /\blogging\.pattern\.(?:console|level|file)\b/),
  // Go
  json(go, "zap", ["zap.NewProduction", "NewJSONEncoder"], /\bzap\.NewProduction(?:Config)?\(|\bzapcore\.NewJSONEncoder\(/),
  json(go, "zerolog", ["zerolog"], /"github\.com\/rs\/zerolog(?:\/log)?"/),
  json(go, "logrus", ["JSONFormatter"], /\bJSONFormatter\{/),
  json(go, "slog", ["NewJSONHandler"], /\bslog\.NewJSONHandler\(/),
  json(go, "go-kit log", ["NewJSONLogger"], /\blog\.NewJSONLogger\(/),
  json(go, "hclog", ["JSONFormat"], /\bJSONFormat:\s{0,5}true/),
  plain(go, "zerolog console writer", ["ConsoleWriter"], /\bzerolog\.ConsoleWriter\{/),
  plain(
    go,
    "logfmt",
    ["NewLogfmtLogger", "NewTextHandler", "TextFormatter{"],
    /\blog\.NewLogfmtLogger\(|\bslog\.NewTextHandler\(|\blogrus\.TextFormatter\{/,
  ),
  plain(go, "zap for development", ["zap.NewDevelopment"], /\bzap\.NewDevelopment\(/, "default"),
  plain(go, "log", ["log."], /\blog\.(?:Println|Printf|Print|Fatalf|Fatal|Fatalln)\(/, "default"),
  // .NET
  json(dotnet, "AddJsonConsole", ["AddJsonConsole"], /\bAddJsonConsole\(/),
  json(
    dotnet,
    "Serilog",
    ["JsonFormatter", "EcsTextFormatter", "JsonSink"],
    /\b(?:RenderedCompactJsonFormatter|CompactJsonFormatter|ElasticsearchJsonFormatter|EcsTextFormatter|JsonFormatter)\b/,
  ),
  json(
    null,
    "OpenTelemetry logs",
    ["AddOpenTelemetry", "LoggerProvider", "OpenTelemetry\\Contrib\\Logs"],
    /\bLogging\.AddOpenTelemetry\(|\.AddOpenTelemetry\(\s{0,3}\w{1,40}\s{0,3}=>|\bLoggerProvider(?:Builder)?\b\s{0,3}[(=]|\bNewLoggerProvider\(|\bOpenTelemetry\\Contrib\\Logs\\/,
    "otlp",
  ),
  // Serilog's servers take whole events, not lines.
  json(
    dotnet,
    "Serilog to a log server",
    ["WriteTo"],
    /\bWriteTo\.(?:Seq|Elasticsearch|OpenTelemetry|Http|DatadogLogs|GrafanaLoki|Graylog)\(/,
  ),
  {
    ...json(
      null,
      "Serilog to a log server",
      ['"Name"'],
      /"Name"\s{0,3}:\s{0,3}"(?:Seq|Elasticsearch|OpenTelemetry|Http|DatadogLogs|GrafanaLoki|Graylog)"/,
    ),
    needs: "Serilog",
  },
  plain(dotnet, "Serilog without a JSON formatter", ["UseSerilog", "AddSerilog"], /\b(?:UseSerilog|AddSerilog)\(/, "default"),
  plain(dotnet, "Serilog console", ["WriteTo"], /\bWriteTo\.(?:Console|File)\(\s{0,3}(?:\)|outputTemplate|theme)/),
  // PHP, Ruby, Rust
  json(["php"], "monolog JSON formatter", ["JsonFormatter", "formatter.json"], /\bmonolog\.formatter\.json\b/),
  plain(["php"], "monolog", ["StreamHandler", "LineFormatter"], /\bnew\s{1,3}(?:StreamHandler|LineFormatter)\(/, "default"),
  json(["ruby"], "lograge", ["Lograge", "lograge"], /\bLograge::Formatters::(?:Json|Logstash)\b/),
  json(["ruby"], "a JSON log formatter", [":json", "Ougai"], /\bformatter:?\s{0,3}[=(:]?\s{0,3}:json\b|\bOugai::Logger\b/),
  json(["rust"], "tracing-subscriber", [".json()"], /\btracing_subscriber::fmt.{0,80}\.json\(\)|\.json\(\)\.(?:init|with_)/),
  plain(["rust"], "env_logger", ["env_logger"], /\benv_logger::(?:init|Builder)/),
  // OpenTelemetry by setting
  json(null, "OpenTelemetry logs", ["OTEL_LOGS_EXPORTER"], /OTEL_LOGS_EXPORTER["']?\s{0,3}[:=,]\s{0,3}["']?otlp/, "otlp"),
];

/** Names of the five fields and their aliases, as keys: `"service":`, `service=`, `"service",`. */
const key = (names: string) => new RegExp(String.raw`(?:^|[\s"'\x60({\[,.<%])(?:${names})["'\x60]?\s{0,3}(?:[:=,>)\]}]|=>)`);
/** The head of an XML file, and variables that are filled in. */
const elsewhere = /<\?xml|\$\{env:|%\{env|xmlns/;
export const logFieldPatterns: readonly Pattern[] = [
  {
    kind: "log-field",
    subject: "service",
    words: ["service", "app", "Service", "App"],
    not: elsewhere,
    line: key(String.raw`service|service[._]?[nN]ame|app_?[nN]ame|ServiceName|Application(?:Name)?|application`),
  },
  {
    kind: "log-field",
    subject: "version",
    words: ["ersion"],
    not: elsewhere,
    line: key(String.raw`version|service[._]version|app_?[vV]ersion|Version|ServiceVersion`),
  },
  {
    kind: "log-field",
    subject: "environment",
    words: ["env", "Env"],
    not: elsewhere,
    line: key(String.raw`env|environment|deployment\.environment(?:\.name)?|Environment|EnvironmentName`),
  },
  {
    kind: "log-field",
    subject: "trace_id",
    words: ["race"],
    not: elsewhere,
    line: key(String.raw`trace_?[iI]d|trace\.id|dd\.trace_id|TraceId|X-B3-TraceId|logging\.googleapis\.com/trace|otelTraceID`),
  },
  {
    kind: "log-field",
    subject: "span_id",
    words: ["pan"],
    not: elsewhere,
    line: key(String.raw`span_?[iI]d|span\.id|dd\.span_id|SpanId|X-B3-SpanId|logging\.googleapis\.com/spanId|otelSpanID`),
  },
];

/** Fields that come with what OpenTelemetry is told about the program, wherever that stands. */
export const resourcePatterns: readonly Pattern[] = [
  {
    kind: "log-field",
    subject: "service",
    words: ["OTEL_SERVICE_NAME", "service.name", "SERVICE_NAME", "ServiceName("],
    line: /\bOTEL_SERVICE_NAME\b|\bservice\.name\b|\b(?:SEMRESATTRS|ATTR)_SERVICE_NAME\b|\bsemconv\.ServiceName(?:Key)?\b/,
  },
  {
    kind: "log-field",
    subject: "version",
    words: ["service.version", "SERVICE_VERSION", "serviceVersion", "ServiceVersion"],
    line: /\bservice\.version\b|\b(?:SEMRESATTRS|ATTR)_SERVICE_VERSION\b|\bserviceVersion\s{0,3}:|\bsemconv\.ServiceVersion(?:Key)?\b/,
  },
  {
    kind: "log-field",
    subject: "environment",
    words: ["deployment.environment", "DEPLOYMENT_ENVIRONMENT", "DeploymentEnvironment"],
    line: /\bdeployment\.environment\b|_DEPLOYMENT_ENVIRONMENT\b|\bsemconv\.DeploymentEnvironment(?:Name)?(?:Key)?\b/,
  },
  {
    kind: "log-field",
    subject: "trace_id",
    words: ["ActivityTrackingOptions.TraceId", "Enrich.WithSpan", "LoggingInstrumentor", "OTEL_PYTHON_LOG_CORRELATION"],
    line: /\bActivityTrackingOptions\.TraceId|\bEnrich\.WithSpan\(|\bLoggingInstrumentor\(|\bOTEL_PYTHON_LOG_CORRELATION\b/,
  },
  {
    kind: "log-field",
    subject: "span_id",
    words: ["ActivityTrackingOptions.SpanId", "Enrich.WithSpan", "LoggingInstrumentor", "OTEL_PYTHON_LOG_CORRELATION"],
    line: /\bActivityTrackingOptions\.SpanId|\bEnrich\.WithSpan\(|\bLoggingInstrumentor\(|\bOTEL_PYTHON_LOG_CORRELATION\b/,
  },
];
