/** How a program writes its log: JSON, or text that a machine has to guess at. */
import type { Pattern } from "./pattern.js";

const json = (subject: string, words: readonly string[], line: RegExp, detail?: string): Pattern => ({
  kind: "json-logs",
  subject,
  words,
  line,
  ...(detail === undefined ? {} : { detail }),
});
const plain = (subject: string, words: readonly string[], line: RegExp, detail?: string): Pattern => ({
  kind: "plain-logs",
  subject,
  words,
  line,
  ...(detail === undefined ? {} : { detail }),
});

export const loggingPatterns: readonly Pattern[] = [
  // JavaScript
  json("pino", ["pino"], /(?:\brequire\(["']|\bfrom ["'])(?:nestjs-)?pino(?:-http)?["']/),
  json("bunyan", ["bunyan"], /(?:\brequire\(["']|\bfrom ["'])bunyan["']/),
  json("winston", ["format.json", "json()"], /\b(?:format\.json|\bjson)\(\)/),
  json("winston", ["createLogger"], /\bwinston\.createLogger\(|\bWinstonModule\.(?:createLogger|forRoot)/, "default"),
  plain("winston", ["format.simple", "format.printf", "format.cli"], /\bformat\.(?:simple|printf|cli)\(/),
  plain("log4js", ["log4js"], /(?:\brequire\(["']|\bfrom ["'])log4js["']/),
  plain("console", ["console."], /\bconsole\.(?:log|info|error|warn)\(/, "default"),
  // Python
  json("python-json-logger", ["pythonjsonlogger"], /\bpythonjsonlogger\b/),
  json(
    "a JSON formatter",
    ["JsonFormatter", "JSONFormatter", "StdlibFormatter"],
    /\b(?:\w{0,40}J(?:son|SON)Formatter|ecs_logging\.StdlibFormatter)\b/,
  ),
  json("structlog", ["JSONRenderer"], /\bJSONRenderer\(/),
  json("loguru", ["serialize"], /\bserialize\s{0,3}=\s{0,3}True/),
  plain("logging", ["basicConfig", "logging.Formatter"], /\blogging\.(?:basicConfig|Formatter)\(/),
  plain("logging", ["logging."], /\blogging\.(?:getLogger|info|warning|error|debug)\(/, "default"),
  // JVM
  json(
    "logstash encoder",
    ["LogstashEncoder", "LoggingEventCompositeJsonEncoder", "LogstashTcpSocketAppender"],
    /\b(?:LogstashEncoder|LoggingEventCompositeJsonEncoder)\b/,
  ),
  json(
    "a JSON layout",
    ["JsonLayout", "JsonTemplateLayout", "EcsLayout", "EcsEncoder", "JsonEncoder"],
    /\b(?:JsonLayout|JsonTemplateLayout|EcsLayout|EcsEncoder|JsonEncoder|StackdriverJsonLayout)\b/,
  ),
  json(
    "Spring Boot structured logging",
    ["structured"],
    /\blogging\.structured\.format\.(?:console|file)\b|^\s{0,20}structured:\s{0,3}$/,
  ),
  plain(
    "a pattern layout",
    ["<pattern>", "<Pattern>", "PatternLayout", "ConversionPattern"],
    /<[pP]attern>|<PatternLayout\b|\.ConversionPattern\b|\bPatternLayout\b/,
  ),
  plain("a pattern layout", ["logging.pattern"], /\blogging\.pattern\.(?:console|level|file)\b/),
  // Go
  json("zap", ["zap.NewProduction", "NewJSONEncoder"], /\bzap\.NewProduction(?:Config)?\(|\bzapcore\.NewJSONEncoder\(/),
  json("zerolog", ["zerolog"], /"github\.com\/rs\/zerolog(?:\/log)?"/),
  json("logrus", ["JSONFormatter"], /\bJSONFormatter\{/),
  json("slog", ["NewJSONHandler"], /\bslog\.NewJSONHandler\(/),
  json("go-kit log", ["NewJSONLogger"], /\blog\.NewJSONLogger\(/),
  json("hclog", ["JSONFormat"], /\bJSONFormat:\s{0,5}true/),
  plain("zerolog console writer", ["ConsoleWriter"], /\bzerolog\.ConsoleWriter\{/),
  plain(
    "logfmt",
    ["NewLogfmtLogger", "NewTextHandler", "TextFormatter{"],
    /\blog\.NewLogfmtLogger\(|\bslog\.NewTextHandler\(|\blogrus\.TextFormatter\{/,
  ),
  plain("zap for development", ["zap.NewDevelopment"], /\bzap\.NewDevelopment\(/, "default"),
  plain("log", ["log."], /\blog\.(?:Println|Printf|Print|Fatalf|Fatal|Fatalln)\(/, "default"),
  // .NET
  json("AddJsonConsole", ["AddJsonConsole"], /\bAddJsonConsole\(/),
  json(
    "Serilog",
    ["JsonFormatter", "EcsTextFormatter", "JsonSink"],
    /\b(?:RenderedCompactJsonFormatter|CompactJsonFormatter|ElasticsearchJsonFormatter|EcsTextFormatter|JsonFormatter)\b/,
  ),
  json(
    "OpenTelemetry logs",
    ["AddOpenTelemetry", "LoggerProvider"],
    /\bLogging\.AddOpenTelemetry\(|\bLoggerProvider(?:Builder)?\b\s{0,3}[(=]|\bNewLoggerProvider\(/,
    "otlp",
  ),
  plain("Serilog console", ["WriteTo"], /\bWriteTo\.(?:Console|File)\(\s{0,3}(?:\)|outputTemplate|theme)/),
  // PHP, Ruby, Rust
  json("monolog JSON formatter", ["JsonFormatter", "formatter.json"], /\bmonolog\.formatter\.json\b/),
  plain("monolog", ["StreamHandler", "LineFormatter"], /\bnew\s{1,3}(?:StreamHandler|LineFormatter)\(/, "default"),
  json("lograge", ["Lograge", "lograge"], /\bLograge::Formatters::(?:Json|Logstash)\b/),
  json("a JSON log formatter", [":json", "Ougai"], /\bformatter:?\s{0,3}[=(:]?\s{0,3}:json\b|\bOugai::Logger\b/),
  json("tracing-subscriber", [".json()"], /\btracing_subscriber::fmt.{0,80}\.json\(\)|\.json\(\)\.(?:init|with_)/),
  plain("env_logger", ["env_logger"], /\benv_logger::(?:init|Builder)/),
  // OpenTelemetry by setting
  json("OpenTelemetry logs", ["OTEL_LOGS_EXPORTER"], /OTEL_LOGS_EXPORTER["']?\s{0,3}[:=,]\s{0,3}["']?otlp/, "otlp"),
];

/** Names of the five fields and their aliases, as keys: `"service":`, `service=`, `"service",`. */
const key = (names: string) => new RegExp(String.raw`(?:^|[\s"'\x60({\[,.<%])(?:${names})["'\x60]?\s{0,3}(?:[:=,>)\]}]|=>)`);
export const logFieldPatterns: readonly Pattern[] = [
  {
    kind: "log-field",
    subject: "service",
    words: ["service", "app", "Service", "App"],
    line: key(String.raw`service|service[._]?[nN]ame|app_?[nN]ame|ServiceName|Application(?:Name)?|application`),
  },
  {
    kind: "log-field",
    subject: "version",
    words: ["ersion"],
    line: key(String.raw`version|service[._]version|app_?[vV]ersion|Version|ServiceVersion`),
  },
  {
    kind: "log-field",
    subject: "environment",
    words: ["env", "Env"],
    line: key(String.raw`env|environment|deployment\.environment(?:\.name)?|Environment|EnvironmentName`),
  },
  {
    kind: "log-field",
    subject: "trace_id",
    words: ["race"],
    line: key(String.raw`trace_?[iI]d|trace\.id|dd\.trace_id|TraceId|X-B3-TraceId|logging\.googleapis\.com/trace|otelTraceID`),
  },
  {
    kind: "log-field",
    subject: "span_id",
    words: ["pan"],
    line: key(String.raw`span_?[iI]d|span\.id|dd\.span_id|SpanId|X-B3-SpanId|logging\.googleapis\.com/spanId|otelSpanID`),
  },
];

/** Fields that come with what OpenTelemetry is told about the program, wherever that stands. */
export const resourcePatterns: readonly Pattern[] = [
  {
    kind: "log-field",
    subject: "service",
    words: ["OTEL_SERVICE_NAME", "service.name", "SERVICE_NAME", "AddService("],
    line: /\bOTEL_SERVICE_NAME\b|\bservice\.name\b|\b(?:SEMRESATTRS|ATTR)_SERVICE_NAME\b|\bServiceName(?:Key)?\(|\bAddService\(/,
  },
  {
    kind: "log-field",
    subject: "version",
    words: ["service.version", "SERVICE_VERSION", "serviceVersion", "ServiceVersion"],
    line: /\bservice\.version\b|\b(?:SEMRESATTRS|ATTR)_SERVICE_VERSION\b|\bserviceVersion\s{0,3}:|\bServiceVersion(?:Key)?\(/,
  },
  {
    kind: "log-field",
    subject: "environment",
    words: ["deployment.environment", "DEPLOYMENT_ENVIRONMENT", "DeploymentEnvironment"],
    line: /\bdeployment\.environment\b|_DEPLOYMENT_ENVIRONMENT\b|\bDeploymentEnvironment(?:Name)?(?:Key)?\(/,
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
