/** Telemetry, logging, discovery, mail and settings that code names. */
import { matches } from "../common/matches.js";
import type { Role } from "../cue.js";
import type { Detector } from "../detector.js";
import { callsOf } from "./calls.js";
import { settingChains } from "./setting-chains.js";
import { argument, valueAt } from "./values.js";

/** Settings by their whole key, where indexers and sections are chained. */
export const settings: Detector = {
  name: "csharp/settings",
  languages: ["csharp"],
  words: ["GetSection", "GetConnectionString", "GetValue", "onfig", "ConnectionStrings", "GetRequiredSection"],
  detect(source, emit) {
    for (const { start, key, expression } of settingChains(source)) {
      const fallback = /, "([^"{}$]{1,200})"\)$/.exec(expression)?.[1] ?? null;
      emit(start, { kind: "setting", key, fallback });
    }
  },
};

const roles: readonly {
  readonly names: string;
  readonly role: Role;
  readonly detail: string;
  readonly words: readonly string[];
}[] = [
  { names: "AddOtlpExporter|UseOtlpExporter", role: "telemetry-client", detail: "otlp", words: ["OtlpExporter"] },
  { names: "AddZipkinExporter", role: "tracing-client", detail: "zipkin", words: ["ZipkinExporter"] },
  { names: "AddJaegerExporter|AddJaeger", role: "tracing-client", detail: "jaeger", words: ["Jaeger"] },
  {
    names:
      "AddPrometheusExporter|MapPrometheusScrapingEndpoint|UseOpenTelemetryPrometheusScrapingEndpoint|MapMetrics|UseMetricServer|UseHttpMetrics",
    role: "metrics-endpoint",
    detail: "prometheus",
    words: ["Prometheus", "Metric"],
  },
  {
    names:
      "AddDiscoveryClient|AddServiceDiscovery(?=\\s*\\(\\s*options)|AddEurekaDiscoveryClient|AddConsul|AddConsulDiscoveryClient",
    role: "discovery-client",
    detail: "discovery",
    words: ["AddDiscoveryClient", "Eureka", "Consul"],
  },
  {
    names: "AddConfigServer|AddSpringCloudConfig",
    role: "config-client",
    detail: "spring-cloud-config",
    words: ["ConfigServer"],
  },
  { names: "AddOcelot|AddReverseProxy", role: "gateway", detail: "gateway", words: ["AddOcelot", "AddReverseProxy"] },
  {
    names: "AddIdentityServer|AddOpenIddict",
    role: "auth-server",
    detail: "oauth2",
    words: ["AddIdentityServer", "AddOpenIddict"],
  },
];

export const roleCalls: Detector = {
  name: "csharp/roles",
  languages: ["csharp"],
  words: roles.flatMap(({ words }) => words),
  detect(source, emit) {
    for (const { names, role, detail, words } of roles) {
      if (!words.some((word) => source.text.includes(word))) continue;
      const call = callsOf(source, names)[0];
      if (call !== undefined) emit(call.start, { kind: "role", role, detail });
    }
  },
};

/** Sinks that send logs over the network: `WriteTo.Seq("http://seq")`, `AddSeq(…)`. */
export const logSinks: Detector = {
  name: "csharp/log-sinks",
  languages: ["csharp"],
  words: ["WriteTo", "AddSeq", "AddGelf", "AddFluentd", "UseSerilogSeq"],
  detect(source, emit) {
    for (const call of callsOf(
      source,
      "Seq|Http|DurableHttpUsingFileSizeRolledBuffers|LogstashHttp|Elasticsearch|GrafanaLoki|LokiHttp|Graylog|Fluentd|OpenTelemetry|TCPSink|UDPSink|AddSeq|AddGelf|AddFluentd|ApplicationInsights",
    )) {
      if (
        !call.name.startsWith("Add") &&
        !/WriteTo\s{0,9}\.?\s{0,9}$|WriteTo$/.test(call.receiver) &&
        !/\.\s{0,9}WriteTo\s{0,9}\.\s{0,9}$/.test(source.bare.slice(Math.max(0, call.start - 60), call.open - call.name.length))
      )
        continue;
      const detail = call.name.replace(/^Add/, "").toLowerCase();
      emit(call.start, { kind: "role", role: detail === "opentelemetry" ? "telemetry-client" : "logging-client", detail });
      const value = argument(source, call.open, 0, "serverUrl", "requestUri", "uri", "nodeUris");
      if (value !== null && /:\/\/|^\$\{/.test(value))
        emit(call.start, { kind: "address", value, technology: "http", use: "client" });
    }
  },
};

/** Addresses that options of exporters and of authentication are given. */
export const namedAddresses: Detector = {
  name: "csharp/named-addresses",
  languages: ["csharp"],
  words: ["Authority", "MetadataAddress", "AgentHost", "Endpoint"],
  detect(source, emit) {
    for (const match of matches(
      source.bare,
      /\b(Authority|MetadataAddress|AgentHost|Endpoint|Address)\s{0,9}=(?!=|>)\s{0,40}/g,
    )) {
      const name = match[1] ?? "";
      if (
        /^(?:Endpoint|Address)$/.test(name) &&
        !/Exporter\w{0,10}\s{0,3}\(|ConsulClient/.test(source.bare.slice(Math.max(0, match.index - 300), match.index))
      )
        continue;
      const value = valueAt(source, match.index + match[0].length);
      if (value === null || !(/:\/\/|^\$\{/.test(value) || name === "AgentHost")) continue;
      const technology = name === "Endpoint" ? "otlp" : name === "AgentHost" ? "jaeger" : "http";
      emit(match.index, { kind: "address", value, technology, use: "client" });
    }
  },
};

export const mail: Detector = {
  name: "csharp/mail",
  languages: ["csharp"],
  words: ["SmtpClient", "SendGridClient", "MailKit", "AddFluentEmail"],
  detect(source, emit) {
    const made =
      /\bnew\s{1,9}((?:[\w.]{1,60}\.)?(SmtpClient|SendGridClient))\s{0,3}[({]|\b(AddFluentEmail|AddSmtpSender)\s{0,3}\(/.exec(
        source.bare,
      );
    if (made === null) return;
    const library = source.text.includes("MailKit")
      ? "MailKit"
      : made[2] === "SendGridClient"
        ? "SendGrid"
        : made[3] !== undefined
          ? "FluentEmail"
          : "System.Net.Mail";
    emit(made.index, { kind: "mail", library });
    const open = made.index + made[0].length - 1;
    const connected =
      library === "MailKit"
        ? callsOf(source, "Connect(?:Async)?")[0]?.open
        : source.bare[open] === "(" && made[2] === "SmtpClient"
          ? open
          : undefined;
    const host = connected === undefined ? null : argument(source, connected, 0, "host");
    if (host !== null && !host.startsWith("{}"))
      emit(made.index, { kind: "address", value: host, technology: "smtp", use: "client" });
  },
};
