/** Conventional infrastructure that settings point to. */
import type { Role } from "#collect/code/index.js";
import type { EmitSetting } from "./emit-setting.js";
import type { SettingsIndex } from "./index-of-settings.js";
import type { SettingEntry, SettingsFile } from "./settings-file.js";

interface Rule {
  /** On the normal key. */
  readonly key: RegExp;
  readonly role: Role;
  /** What the value must look like; null: anything but empty, false, none. */
  readonly value?: RegExp;
}

const rules: readonly Rule[] = [
  { key: /^eurekaclient(?:serviceurl|availabilityzones)\w{0,40}$/, role: "discovery-client", value: /[:/$]/ },
  {
    key: /^springcloudconsulhost$|^consulclient(?:defaultzone|host)$|^springcloudzookeeperconnectstring$|^springcloudnacosdiscoveryserveraddr$|^quarkusstork\w{1,60}servicediscoveryconsulhost$/,
    role: "discovery-client",
  },
  {
    key: /^springcloudconfig(?:uri|discoveryserviceid)$|^springcloudnacosconfigserveraddr$|^micronautconfigclienturi$|^springcloudconfigserverurl$/,
    role: "config-client",
  },
  { key: /^springconfigimport\d{0,2}$/, role: "config-client", value: /configserver:|consul:|nacos:|vault:/ },
  {
    key: /^(?:springzipkin(?:baseurl|locatordiscoveryenabled)|managementzipkintracingendpoint|tracingzipkin(?:http)?url|zipkin(?:baseurl|host|httpurl|url|collector\w{0,20}|endpoint)|quarkusopentelemetrytracerexporterzipkinendpoint)$/,
    role: "tracing-client",
  },
  { key: /^springzipkinsendertype$/, role: "tracing-client", value: /^(?!web$)/ },
  {
    key: /^(?:opentracing)?jaeger\w{0,20}(?:host|endpoint|url|udpsender|httpsenderurl)$|^tracingjaeger\w{0,30}(?:host|endpoint)$|^opentracingjaeger\w{1,60}(?:host|url)$/,
    role: "tracing-client",
  },
  { key: /^springbootadmin(?:client)?url\d{0,2}$/, role: "admin-client" },
  { key: /^securityoauth2resource(?:userinfouri|tokeninfouri|jwtkeyuri|jwkkeyseturi)$/, role: "resource-server" },
  {
    key: /^springsecurityoauth2resourceserver(?:jwt(?:issueruri|jwkseturi)|opaquetokenintrospectionuri)$/,
    role: "resource-server",
  },
  {
    key: /^(?:quarkusoidcauthserverurl|mpjwtverifypublickeylocation|keycloakauthserverurl|micronautsecuritytokenjwtsignaturesjwks\w{1,40}url)$/,
    role: "resource-server",
  },
  {
    key: /^management(?:metricsexportprometheusenabled|prometheusmetricsexportenabled|endpointprometheusenabled)$|^quarkusmicrometerexportprometheus(?:enabled|path)$|^micronautmetricsexportprometheusenabled$/,
    role: "metrics-endpoint",
    value: /^(?!false)/,
  },
  {
    key: /^management(?:endpointswebexposure|endpointswebexposureinclude)\w{0,10}$/,
    role: "metrics-endpoint",
    value: /\bprometheus\b/,
  },
  { key: /^turbine(?:appconfig|aggregatorclusterconfig)\d{0,2}$/, role: "metrics-dashboard" },
  {
    key: /^(?:spring)?(?:logging|log|app)?(?:logstash|graylog|gelf|loki|fluentd?|splunk|seq)(?:server|tcp)?(?:host|url|uri|address|destination|servers?|servernames|endpoint|serverurl)\w{0,10}$|^loggingconfiglogstash\w{1,20}$|^seq\w{0,10}url$|^quarkusloghandlergelfhost$|^serilogwriteto\d{1,2}args(?:serverurl|nodeuris|requesturi|host)$|^appender\w{1,80}(?:destination|host|remotehost|sysloghost|grayloghost|graylog2serverhost|url|httpurl|address|server|bootstrapservers|elasticsearchurl)$/,
    role: "logging-client",
  },
  {
    key: /^management(?:otlp\w{0,60}(?:endpoint|url)|metricsexport(?:otlp|influx|datadog|newrelic|wavefront|elastic|graphite|statsd)(?:url|uri|host))$|^otelexporterotlp\w{0,20}endpoint$|^quarkusotel\w{0,40}endpoint$|^opentelemetry\w{0,40}endpoint$|^oteltraces?\w{0,10}endpoint$|^otlp\w{0,20}(?:endpoint|url)$|^telemetry\w{0,20}endpoint$/,
    role: "telemetry-client",
  },
];

export function roleCues(file: SettingsFile, index: SettingsIndex, emit: EmitSetting): void {
  for (const entry of file.entries) {
    if (entry.value === "" || entry.value === "{}") continue;
    const normal = index.normal(entry);
    for (const rule of rules) {
      if (!rule.key.test(normal) || !(rule.value ?? /^(?!(?:false|none|null)$)/i).test(entry.value)) continue;
      if (rule.role === "discovery-client" && isLonely(entry, index)) continue;
      // Replicas of a server stand in one value.
      for (const detail of detailOf(entry, normal, index)
        .split(/,(?=\s{0,5}[a-z]{2,10}:\/\/)/)
        .slice(0, 10))
        emit(entry, { kind: "role", role: rule.role, detail: detail.trim() });
    }
  }
}

/** A registry that does not register itself names its own address. */
function isLonely(entry: SettingEntry, index: SettingsIndex): boolean {
  const off = (key: string) => index.get(key, entry.profile)?.value === "false";
  return off("eurekaclientregisterwitheureka") && off("eurekaclientfetchregistry");
}

function detailOf(entry: SettingEntry, normal: string, index: SettingsIndex): string {
  if (normal.startsWith("springconfigimport"))
    return entry.value.replace(/^[\s\S]{0,200}?(?:configserver|consul|nacos|vault):/, "");
  const port = normal.endsWith("host") ? index.get(normal.replace(/host$/, "port"), entry.profile)?.value : undefined;
  return port === undefined || /:\d{2,5}$/.test(entry.value) ? entry.value : `${entry.value}:${port}`;
}
