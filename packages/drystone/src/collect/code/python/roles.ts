import type { Role } from "../cue.js";
import type { Detector } from "../detector.js";
import { argumentText, importsAny, pythonCalls } from "./names.js";

const roles: readonly { readonly makes: RegExp; readonly role: Role; readonly address: readonly string[] }[] = [
  { makes: /^opentelemetry\.exporter\.otlp\.[\w.]{1,80}Exporter$/, role: "telemetry-client", address: ["endpoint"] },
  {
    makes: /^opentelemetry\.exporter\.(?:jaeger|zipkin)[\w.]{0,80}Exporter$/,
    role: "tracing-client",
    address: ["agent_host_name", "collector_endpoint", "endpoint"],
  },
  {
    makes: /^jaeger_client\.(?:config\.)?Config$|^py_zipkin\.zipkin\.zipkin_span$|^aiozipkin\.create$/,
    role: "tracing-client",
    address: [],
  },
  {
    makes:
      /^(?:prometheus_client\.(?:exposition\.)?(?:start_http_server|generate_latest|make_wsgi_app|make_asgi_app)|(?:prometheus_flask_exporter|prometheus_fastapi_instrumentator|starlette_exporter)[\w.]{0,60}|(?:starlette_)?prometheus[\w.]{0,30}PrometheusMiddleware)$/,
    role: "metrics-endpoint",
    address: [],
  },
  {
    makes:
      /^(?:logstash(?:_async\.handler)?|fluent\.(?:handler|sender)|seqlog|graypy|logging_loki|cmreslogging\.handlers)\.\w{1,40}$/,
    role: "logging-client",
    address: ["host", "server_url", "url"],
  },
  {
    makes: /^(?:consul(?:\.aio)?\.Consul|py_eureka_client\.eureka_client\.\w{1,30})$/,
    role: "discovery-client",
    address: ["host", "eureka_server"],
  },
];

/** Telemetry, metrics, log sinks, discovery and mail. */
export const pythonRoles: Detector = {
  name: "python/roles",
  languages: ["python"],
  words: [
    "opentelemetry",
    "jaeger",
    "zipkin",
    "prometheus",
    "logstash",
    "fluent",
    "seqlog",
    "graypy",
    "loki",
    "consul",
    "eureka",
    "smtplib",
    "aiosmtplib",
    "sendgrid",
    "mailjet",
    "mailgun",
    "flask_mail",
    "fastapi_mail",
    "django.core.mail",
  ],
  detect(source, emit) {
    for (const { full, open, start } of pythonCalls(source)) {
      const known = roles.find(({ makes }) => makes.test(full));
      if (known !== undefined)
        emit(start, {
          kind: "role",
          role: known.role,
          detail:
            known.address.length === 0
              ? null
              : argumentText(
                  source,
                  open,
                  known.role === "logging-client" || known.role === "discovery-client" ? 0 : null,
                  ...known.address,
                ),
        });
      if (/^(?:aio)?smtplib\.(?:SMTP|SMTP_SSL|send)$/.test(full)) {
        emit(start, { kind: "mail", library: "smtplib" });
        const host = argumentText(source, open, full.endsWith("send") ? null : 0, "host", "hostname");
        const port = argumentText(source, open, full.endsWith("send") ? null : 1, "port");
        if (host !== null)
          emit(start, { kind: "address", value: port === null ? host : `${host}:${port}`, technology: "smtp", use: "client" });
      } else if (
        /^(?:sendgrid\.SendGridAPIClient|mailjet_rest\.Client|flask_mail\.Mail|flask_mail\.Message|fastapi_mail\.FastMail|django\.core\.mail\.(?:send_mail|EmailMessage|EmailMultiAlternatives))$/.test(
          full,
        )
      )
        emit(start, { kind: "mail", library: full.split(".")[0] ?? "mail" });
    }
    if (importsAny(source, "prometheus_flask_exporter")) emit(0, { kind: "role", role: "metrics-endpoint", detail: null });
  },
};
