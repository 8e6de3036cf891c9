/** Conventional parts of a Spring system, by the annotation or call that switches them on, and mail. */
import type { Role } from "../cue.js";
import type { Detector } from "../detector.js";
import { structureOf } from "./structure.js";

const byAnnotation: ReadonlyMap<string, readonly [Role, string | null]> = new Map<string, readonly [Role, string | null]>([
  ["EnableEurekaServer", ["discovery-server", "eureka"]],
  ["EnableEurekaClient", ["discovery-client", "eureka"]],
  ["EnableDiscoveryClient", ["discovery-client", null]],
  ["SpringCloudApplication", ["discovery-client", null]],
  ["EnableSidecar", ["discovery-client", null]],
  ["EnableConfigServer", ["config-server", "spring-cloud-config"]],
  ["EnableZuulProxy", ["gateway", "zuul"]],
  ["EnableZuulServer", ["gateway", "zuul"]],
  ["EnableAuthorizationServer", ["auth-server", "oauth2"]],
  ["EnableResourceServer", ["resource-server", "oauth2"]],
  ["EnableOAuth2Sso", ["resource-server", "oauth2-sso"]],
  ["EnableOAuth2Resource", ["resource-server", "oauth2"]],
  ["EnableAdminServer", ["admin-server", "spring-boot-admin"]],
  ["EnableHystrixDashboard", ["metrics-dashboard", "hystrix"]],
  ["EnableTurbine", ["metrics-dashboard", "turbine"]],
  ["EnableTurbineStream", ["metrics-dashboard", "turbine-stream"]],
  ["EnableTurbineAmqp", ["metrics-dashboard", "turbine-stream"]],
  ["EnableZipkinServer", ["tracing-server", "zipkin"]],
  ["EnableZipkinStreamServer", ["tracing-server", "zipkin-stream"]],
  ["EnablePrometheusEndpoint", ["metrics-endpoint", "prometheus"]],
]);

export const roleAnnotations: Detector = {
  name: "java/role-annotations",
  languages: ["java", "kotlin", "scala"],
  words: ["@Enable", "@SpringCloudApplication"],
  detect(source, emit) {
    for (const { name, start } of structureOf(source).annotations) {
      const found = byAnnotation.get(name);
      if (found === undefined) continue;
      emit(start, { kind: "role", role: found[0], detail: found[1] });
      // Zuul's proxy, which a sidecar has too, sends to every registered service unless the settings say otherwise.
      if (name === "EnableZuulProxy" || name === "EnableSidecar") emit(start, { kind: "route", path: null, target: null });
    }
  },
};

const byCall: readonly {
  readonly words: readonly string[];
  readonly pattern: RegExp;
  readonly role: Role;
  readonly detail: string;
}[] = [
  { words: ["oauth2ResourceServer"], pattern: /\boauth2ResourceServer\s{0,3}[({]/, role: "resource-server", detail: "oauth2" },
  {
    words: ["OAuth2AuthorizationServerConfig"],
    pattern: /\bOAuth2AuthorizationServerConfigur(?:ation|er)\b(?!\s{0,3};)/,
    role: "auth-server",
    detail: "spring-authorization-server",
  },
  {
    words: ["KeycloakWebSecurityConfigurerAdapter"],
    pattern: /\bextends\s{1,9}KeycloakWebSecurityConfigurerAdapter\b/,
    role: "resource-server",
    detail: "keycloak",
  },
  {
    words: ["opentelemetry.exporter"],
    pattern: /\bOtlp\w{2,40}Exporter\s{0,3}\.\s{0,3}(?:builder|getDefault)/,
    role: "telemetry-client",
    detail: "otlp",
  },
  {
    words: ["zipkin"],
    pattern: /\b(?:OkHttpSender|URLConnectionSender|AsyncReporter|ZipkinSpanExporter)\s{0,3}\.\s{0,3}\w/,
    role: "tracing-client",
    detail: "zipkin",
  },
  {
    words: ["jaeger"],
    pattern: /\b(?:JaegerTracer|JaegerGrpcSpanExporter|io\.jaegertracing\.Configuration)\b(?!\s{0,3};)/,
    role: "tracing-client",
    detail: "jaeger",
  },
  {
    words: ["prometheus"],
    pattern: /\b(?:MetricsServlet|PrometheusMeterRegistry|HTTPServer\.Builder|DefaultExports)\s{0,3}(?:\(|\.)/,
    role: "metrics-endpoint",
    detail: "prometheus",
  },
];

export const roleCalls: Detector = {
  name: "java/role-calls",
  languages: ["java", "kotlin", "scala"],
  words: byCall.flatMap(({ words }) => words),
  detect(source, emit) {
    for (const { words, pattern, role, detail } of byCall) {
      if (!words.some((word) => source.text.includes(word))) continue;
      const found = pattern.exec(source.bare);
      if (found !== null) emit(found.index, { kind: "role", role, detail });
    }
  },
};

export const mail: Detector = {
  name: "java/mail",
  languages: ["java", "kotlin", "scala"],
  words: ["JavaMailSender", "javax.mail", "jakarta.mail", "simplejavamail", "quarkus.mailer"],
  detect(source, emit) {
    const found =
      /\b(?:JavaMailSender(?:Impl)?\s{1,5}\w|\w{1,40}\s{0,3}:\s{0,3}JavaMailSender|Transport\s{0,3}\.\s{0,3}send\s{0,3}\(|MailerBuilder|(?:Reactive)?Mailer\s{1,5}\w)/.exec(
        source.bare,
      );
    if (found === null) return;
    const library = source.text.includes("JavaMailSender")
      ? "spring-mail"
      : /quarkus\.mailer/.test(source.text)
        ? "quarkus-mailer"
        : source.text.includes("simplejavamail")
          ? "simple-java-mail"
          : "jakarta-mail";
    emit(found.index, { kind: "mail", library });
  },
};
