import type { Role } from "../cue.js";
import type { Detector } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import { argumentText, goCalls } from "./names.js";

const roles: readonly { readonly makes: RegExp; readonly role: Role }[] = [
  {
    makes: /^go\.opentelemetry\.io\/otel\/exporters\/otlp\/[\w/]{1,60}\.New(?:Client|Exporter|Unstarted)?$/,
    role: "telemetry-client",
  },
  {
    makes: /^go\.opentelemetry\.io\/otel\/exporters\/(?:trace\/)?(?:jaeger|zipkin)\.New(?:RawExporter)?$/,
    role: "tracing-client",
  },
  {
    makes:
      /^github\.com\/(?:uber|jaegertracing)\/jaeger-client-go[\w/]{0,30}\.(?:NewTracer|FromEnv|InitGlobalTracer|NewRemoteReporter|NewUDPTransport)$/,
    role: "tracing-client",
  },
  {
    makes:
      /^github\.com\/openzipkin\/(?:zipkin-go(?:\/reporter\/http)?|zipkin-go-opentracing)\.New(?:Reporter|HTTPCollector|Tracer)$/,
    role: "tracing-client",
  },
  { makes: /^contrib\.go\.opencensus\.io\/exporter\/(?:jaeger|zipkin)\.NewExporter$/, role: "tracing-client" },
  { makes: /^github\.com\/hashicorp\/consul\/api\.NewClient$/, role: "discovery-client" },
  {
    makes: /^github\.com\/(?:ArthurHlt|hudl|xuanbo)\/[\w-]{0,20}eureka[\w-]{0,20}(?:\/eureka)?\.\w{1,40}$/,
    role: "discovery-client",
  },
  { makes: /^github\.com\/fluent\/fluent-logger-golang\/fluent\.New$/, role: "logging-client" },
];

/** Telemetry, discovery, log sinks and mail. */
export const goRoles: Detector = {
  name: "go/roles",
  languages: ["go"],
  words: ["opentelemetry", "jaeger", "zipkin", "consul", "eureka", "fluent", "smtp", "mail", "sendgrid", "opencensus"],
  detect(source, emit) {
    for (const { full, name, open, start } of goCalls(source)) {
      const role = roles.find(({ makes }) => makes.test(full))?.role;
      if (role !== undefined) emit(start, { kind: "role", role, detail: null });
      if (
        /^go\.opentelemetry\.io\/otel\/exporters\/.{1,80}\.With(?:Endpoint|EndpointURL|CollectorEndpoint|AgentHost)$/.test(full)
      ) {
        const value = argumentText(source, open, 0);
        if (value !== null && /[A-Za-z]/.test(value)) emit(start, { kind: "address", value, technology: "otlp", use: "client" });
      }
      if (
        /^net\/smtp\.(?:SendMail|Dial)$|(?:gomail|go-mail\/mail|wneessen\/go-mail)\.(?:NewDialer|NewPlainDialer|NewClient)$|xhit\/go-simple-mail\.NewSMTPClient$|sendgrid-go\.NewSendClient$|mailgun-go(?:\/v\d)?\.NewMailgun$/.test(
          full,
        )
      ) {
        emit(start, { kind: "mail", library: full.slice(0, full.lastIndexOf(".")) });
        const host = argumentText(source, open, 0);
        const port = argumentOffsets(source, open).length > 1 ? argumentText(source, open, 1) : null;
        if (host !== null && /[A-Za-z]/.test(host) && /smtp|mail\.v|go-mail|gomail/.test(full))
          emit(start, {
            kind: "address",
            value: name !== "SendMail" && port !== null && /^\d{2,5}$|^\$\{/.test(port) ? `${host}:${port}` : host,
            technology: "smtp",
            use: "client",
          });
      }
    }
  },
};
