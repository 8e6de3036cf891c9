/** JSON logs with service, version, environment, trace_id and span_id, per stack. The two ids come from OpenTelemetry's current span. */
import { type GeneratedFile, notice, type ServicePlan } from "./plan.js";

/** Null for a stack without a snippet. */
export function loggingFile(plan: ServicePlan): GeneratedFile | null {
  const snippet = snippets.get(plan.technology ?? "");
  if (snippet === undefined) return null;
  return {
    path: `logging/${plan.name}${snippet.ending}`,
    text: `${snippet.comment(`${notice}\n${snippet.needs}`)}${snippet.text(JSON.stringify(plan.name))}`,
  };
}

interface Snippet {
  /** Put behind the name of the service. */
  readonly ending: string;
  readonly needs: string;
  readonly comment: (text: string) => string;
  /** @param name of the service in double quotes. */
  readonly text: (name: string) => string;
}

const lines = (mark: string) => (text: string) =>
  `${text
    .split("\n")
    .map((line) => `${mark} ${line}`)
    .join("\n")}\n`;

const logback: Snippet = {
  ending: ".logback-spring.xml",
  needs: "needs net.logstash.logback:logstash-logback-encoder, and OpenTelemetry's Java agent or Micrometer tracing for the ids",
  comment: (text) => `<!-- ${text.replaceAll("--", "- -")} -->\n`,
  text: (name) => `<configuration>
  <appender name="json" class="ch.qos.logback.core.ConsoleAppender">
    <encoder class="net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder">
      <providers>
        <timestamp/>
        <logLevel><fieldName>level</fieldName></logLevel>
        <loggerName><fieldName>logger</fieldName></loggerName>
        <message/>
        <stackTrace/>
        <pattern>
          <pattern>{
            "service": ${name.replaceAll("<", "&lt;")},
            "version": "\${SERVICE_VERSION:-unknown}",
            "environment": "\${ENVIRONMENT:-unknown}",
            "trace_id": "%mdc{trace_id:-%mdc{traceId}}",
            "span_id": "%mdc{span_id:-%mdc{spanId}}"
          }</pattern>
        </pattern>
      </providers>
    </encoder>
  </appender>
  <root level="INFO"><appender-ref ref="json"/></root>
</configuration>
`,
};

const snippets: ReadonlyMap<string, Snippet> = new Map<string, Snippet>([
  [
    "node",
    {
      ending: ".logger.mjs",
      needs: "needs pino and @opentelemetry/api",
      comment: lines("//"),
      text: (name) => `import { isSpanContextValid, trace } from "@opentelemetry/api";
import pino from "pino";

export const logger = pino({
  base: {
    service: process.env.OTEL_SERVICE_NAME ?? ${name},
    version: process.env.SERVICE_VERSION ?? "unknown",
    environment: process.env.ENVIRONMENT ?? "unknown",
  },
  messageKey: "message",
  formatters: { level: (level) => ({ level }) },
  timestamp: pino.stdTimeFunctions.isoTime,
  mixin() {
    const context = trace.getActiveSpan()?.spanContext();
    return context && isSpanContextValid(context) ? { trace_id: context.traceId, span_id: context.spanId } : {};
  },
});
`,
    },
  ],
  ["java", logback],
  ["kotlin", logback],
  [
    "python",
    {
      ending: ".logging_json.py",
      needs: "needs opentelemetry-api; call set_up_logging() once at the start",
      comment: lines("#"),
      text: (name) => `import json
import logging
import os
import sys
from datetime import datetime, timezone

from opentelemetry import trace


class JsonFormatter(logging.Formatter):
    fields = {
        "service": os.environ.get("OTEL_SERVICE_NAME", ${name}),
        "version": os.environ.get("SERVICE_VERSION", "unknown"),
        "environment": os.environ.get("ENVIRONMENT", "unknown"),
    }

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **self.fields,
        }
        context = trace.get_current_span().get_span_context()
        if context.is_valid:
            line["trace_id"] = format(context.trace_id, "032x")
            line["span_id"] = format(context.span_id, "016x")
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line)


def set_up_logging(level=logging.INFO):
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
`,
    },
  ],
  [
    "go",
    {
      ending: ".logging.go",
      needs:
        "needs go.opentelemetry.io/otel/trace; Go 1.21; call SetUpLogging at the start and slog.InfoContext(ctx, …) afterwards",
      comment: lines("//"),
      text: (name) => `
package logging

import (
	"cmp"
	"context"
	"log/slog"
	"os"

	"go.opentelemetry.io/otel/trace"
)

// SetUpLogging makes slog write JSON with the fields of the baseline.
func SetUpLogging() {
	handler := traced{slog.NewJSONHandler(os.Stdout, nil)}
	slog.SetDefault(slog.New(handler).With(
		"service", cmp.Or(os.Getenv("OTEL_SERVICE_NAME"), ${name}),
		"version", cmp.Or(os.Getenv("SERVICE_VERSION"), "unknown"),
		"environment", cmp.Or(os.Getenv("ENVIRONMENT"), "unknown"),
	))
}

type traced struct{ slog.Handler }

func (handler traced) Handle(ctx context.Context, record slog.Record) error {
	if span := trace.SpanContextFromContext(ctx); span.IsValid() {
		record.AddAttrs(slog.String("trace_id", span.TraceID().String()), slog.String("span_id", span.SpanID().String()))
	}
	return handler.Handler.Handle(ctx, record)
}

func (handler traced) WithAttrs(attrs []slog.Attr) slog.Handler {
	return traced{handler.Handler.WithAttrs(attrs)}
}

func (handler traced) WithGroup(name string) slog.Handler {
	return traced{handler.Handler.WithGroup(name)}
}
`,
    },
  ],
  [
    "dotnet",
    {
      ending: ".Logging.cs",
      needs: "needs Serilog.AspNetCore; in Program.cs: builder.Host.UseBaselineLogging();",
      comment: lines("//"),
      text: (name) => `using System.Diagnostics;
using System.Text.Json;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

public static class BaselineLogging
{
    public static IHostBuilder UseBaselineLogging(this IHostBuilder host) =>
        host.UseSerilog((_, logger) => logger.WriteTo.Console(new BaselineFormatter()));

    private sealed class BaselineFormatter : ITextFormatter
    {
        private static readonly string Service = Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME") ?? ${name};
        private static readonly string Version = Environment.GetEnvironmentVariable("SERVICE_VERSION") ?? "unknown";
        private static readonly string Stage = Environment.GetEnvironmentVariable("ENVIRONMENT") ?? "unknown";

        public void Format(LogEvent log, TextWriter output)
        {
            var line = new Dictionary<string, object?>
            {
                ["time"] = log.Timestamp.UtcDateTime.ToString("O"),
                ["level"] = log.Level.ToString().ToLowerInvariant(),
                ["message"] = log.RenderMessage(),
                ["service"] = Service,
                ["version"] = Version,
                ["environment"] = Stage,
            };
            if (log.TraceId is { } trace) line["trace_id"] = trace.ToHexString();
            if (log.SpanId is { } span) line["span_id"] = span.ToHexString();
            if (log.Exception is { } exception) line["exception"] = exception.ToString();
            output.WriteLine(JsonSerializer.Serialize(line));
        }
    }
}
`,
    },
  ],
  [
    "php",
    {
      ending: ".logging.php",
      needs: "needs monolog/monolog 3 and open-telemetry/api",
      comment: (text) => `<?php\n${lines("//")(text)}`,
      text: (name) => `
use Monolog\\Formatter\\JsonFormatter;
use Monolog\\Handler\\StreamHandler;
use Monolog\\Logger;
use Monolog\\LogRecord;
use OpenTelemetry\\API\\Trace\\Span;

// The fields stand beside the message, not below "extra".
final class BaselineFormatter extends JsonFormatter
{
    protected function normalizeRecord(LogRecord $record): array
    {
        $line = parent::normalizeRecord($record);
        $fields = $line['extra'] ?? [];
        unset($line['extra']);
        return $fields + $line;
    }
}

$handler = new StreamHandler('php://stdout');
$handler->setFormatter(new BaselineFormatter());
$logger = new Logger(${name});
$logger->pushHandler($handler);
$logger->pushProcessor(function (LogRecord $record): LogRecord {
    $record->extra += [
        'service' => getenv('OTEL_SERVICE_NAME') ?: ${name},
        'version' => getenv('SERVICE_VERSION') ?: 'unknown',
        'environment' => getenv('ENVIRONMENT') ?: 'unknown',
    ];
    $context = Span::getCurrent()->getContext();
    if ($context->isValid()) {
        $record->extra += ['trace_id' => $context->getTraceId(), 'span_id' => $context->getSpanId()];
    }
    return $record;
});

return $logger;
`,
    },
  ],
  [
    "ruby",
    {
      ending: ".logging.rb",
      needs: "needs opentelemetry-api",
      comment: lines("#"),
      text: (name) => `
require "json"
require "logger"
require "opentelemetry"

LOGGER = Logger.new($stdout)
LOGGER.formatter = proc do |severity, time, _program, message|
  line = {
    time: time.utc.strftime("%Y-%m-%dT%H:%M:%S.%3NZ"), level: severity.downcase, message: message.to_s,
    service: ENV.fetch("OTEL_SERVICE_NAME", ${name}),
    version: ENV.fetch("SERVICE_VERSION", "unknown"),
    environment: ENV.fetch("ENVIRONMENT", "unknown"),
  }
  context = OpenTelemetry::Trace.current_span.context
  line.merge!(trace_id: context.hex_trace_id, span_id: context.hex_span_id) if context.valid?
  "#{JSON.generate(line)}\\n"
end
`,
    },
  ],
]);
