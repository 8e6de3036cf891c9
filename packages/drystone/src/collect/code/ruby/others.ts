/** Mail, telemetry and constants. */
import { matches } from "../common/matches.js";
import type { Detector } from "../detector.js";
import { templateAt } from "../expression.js";
import { option } from "./values.js";

export const mail: Detector = {
  name: "ruby/mail",
  languages: ["ruby"],
  words: ["ActionMailer", "ApplicationMailer", "Pony", "Net::SMTP", "Mail.deliver", "smtp_settings"],
  detect(source, emit) {
    const found =
      /<\s{0,3}(?:ApplicationMailer|ActionMailer::Base)\b|\bPony\.mail\b|\bNet::SMTP\.(?:start|new)\b|\bMail\.(?:deliver|new)\b|\baction_mailer\.smtp_settings\b/.exec(
        source.bare,
      );
    if (found === null) return;
    const library = found[0].includes("Pony")
      ? "pony"
      : found[0].includes("SMTP")
        ? "net-smtp"
        : found[0].startsWith("Mail")
          ? "mail"
          : "action_mailer";
    emit(found.index, { kind: "mail", library });
    for (const match of matches(source.bare, /\bsmtp_settings\s{0,5}=\s{0,5}(?=\{)/g)) {
      const address = option(source, match.index + match[0].length - 1, "address");
      if (address !== null) emit(match.index, { kind: "address", value: address, technology: "smtp", use: "client" });
    }
  },
};

export const roles: Detector = {
  name: "ruby/roles",
  languages: ["ruby"],
  words: ["OpenTelemetry", "Zipkin", "Jaeger", "Prometheus", "LogStashLogger", "Fluent"],
  detect(source, emit) {
    const put = (
      pattern: RegExp,
      role: "telemetry-client" | "tracing-client" | "metrics-endpoint" | "logging-client",
      detail: string,
    ) => {
      const found = pattern.exec(source.bare);
      if (found !== null) emit(found.index, { kind: "role", role, detail });
    };
    put(/\bOpenTelemetry::SDK\.configure\b|\bOpenTelemetry::Exporter::OTLP\b/, "telemetry-client", "otlp");
    put(/\bZipkin(?:Tracer)?::/, "tracing-client", "zipkin");
    put(/\bJaeger::Client\b/, "tracing-client", "jaeger");
    put(/\bPrometheus::(?:Middleware|Client)\b/, "metrics-endpoint", "prometheus");
    put(/\bLogStashLogger\.new\b|\bFluent::Logger\b/, "logging-client", "logs");
  },
};

/** Looks like the name of something: a topic, queue, host, path, key; no sentence. */
const nameLike = /^(?=.{0,300}[A-Za-z])[\w${}./:*#@?&=,+~-]{2,300}$/;

export const constants: Detector = {
  name: "ruby/constants",
  languages: ["ruby"],
  words: null,
  detect(source, emit) {
    for (const match of matches(source.bare, /^[ \t]{0,40}([A-Z][A-Z0-9_]{1,80})\s{0,5}=(?![=~>])\s{0,5}/gm)) {
      const value = templateAt(source, match.index + match[0].length);
      if (value !== null && !value.startsWith("{}") && nameLike.test(value))
        emit(match.index, { kind: "constant", name: match[1] ?? "", value });
    }
  },
};
