/** Conventional infrastructure: what frameworks connect to by themselves. */
import type { Role } from "#collect/code/index.js";
import { withoutSecrets } from "#collect/secrets/index.js";
import { configServerLocations } from "#collect/settings/index.js";
import type { ComponentKind } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { parseAddresses } from "./address.js";
import { cueEvidence, type LinkContext, linkTo } from "./context.js";
import { outsideServer, targetOf } from "./find-target.js";
import type { FoundCue } from "./found-cue.js";
import type { Part } from "./parts.js";
import { resolveTemplate } from "./resolve-template.js";

/** Which kind of component answers to which role of a client, and which role its program has. */
const served: Partial<Record<Role, { readonly kinds: readonly ComponentKind[]; readonly server: Role | null }>> = {
  "discovery-client": { kinds: ["discovery"], server: "discovery-server" },
  "config-client": { kinds: ["config"], server: "config-server" },
  "resource-server": { kinds: ["auth"], server: "auth-server" },
  "tracing-client": { kinds: ["tracing"], server: "tracing-server" },
  "logging-client": { kinds: ["logging"], server: null },
  "telemetry-client": { kinds: ["telemetry"], server: null },
};

export function linkRoles(context: LinkContext): void {
  for (const part of context.parts) {
    if (hasRole(part, "config-server")) linkConfigurationRepository(context, part);
    for (const found of part.cues) {
      if (found.cue.kind !== "role") continue;
      follow(context, part, found, found.cue.role, found.cue.detail);
      followWatcher(context, part, found, found.cue.role);
      followStream(context, part, found, found.cue.role, found.cue.detail);
      followDashboard(context, part, found, found.cue.role, found.cue.detail);
    }
  }
}

/** Where a configuration server reads what it hands out, when that is outside. */
function linkConfigurationRepository(context: LinkContext, part: Part): void {
  for (const { kind, location, file, line } of configServerLocations(part.settings.map((found) => found.file))) {
    const host = /^(?:https?:\/\/|ssh:\/\/)?(?:[\w.-]+@)?((?:[\w-]+\.)+[a-z]{2,10})[/:]/.exec(location)?.[1];
    if (kind !== "git" || host === undefined) continue;
    const target = outsideServer(context, part, `${host.split(".").at(-2) ?? host}-repository`, host);
    const text = withoutSecrets(location).slice(0, 160);
    context.edges.add({
      from: part.ref,
      to: target,
      kind: "calls",
      protocol: "http",
      detail: "configuration",
      classes: ["settings"],
      evidence: [{ type: "file", repository: part.repository, file, line, text }],
    });
  }
}

/** An administration server asks every client that registers with it for its state. */
function followWatcher(context: LinkContext, part: Part, found: FoundCue, role: Role): void {
  if (role !== "admin-server") return;
  for (const client of context.parts) {
    if (client.ref === part.ref || !hasRole(client, "admin-client")) continue;
    context.edges.add({
      from: part.ref,
      to: client.ref,
      kind: "calls",
      protocol: "http",
      detail: role,
      classes: ["convention"],
      evidence: [cueEvidence(found)],
    });
  }
}

/** Metrics and traces that go over the broker: libraries send them there by themselves, collectors take them from there. */
function followStream(context: LinkContext, part: Part, found: FoundCue, role: Role, detail: string | null): void {
  const publishes = role === "metrics-stream" || (role === "tracing-client" && detail === "zipkin-stream");
  const consumes =
    (role === "metrics-dashboard" && detail === "turbine-stream") || (role === "tracing-server" && detail === "zipkin-stream");
  const brokers = [...context.resources.values()].filter(({ kind, partOf }) => kind === "broker" && partOf === null);
  const [broker] = brokers;
  if ((!publishes && !consumes) || broker === undefined || brokers.length > 1) return;
  context.edges.add({
    from: part.ref,
    to: broker.ref,
    kind: publishes ? "publishes" : "consumes",
    protocol: "queue",
    detail: role,
    classes: ["convention"],
    evidence: [cueEvidence(found)],
  });
}

/** Turbine gathers the streams of the services its settings list, `orders,payments`; a Hystrix dashboard shows what the Turbine of the system gathers. */
function followDashboard(context: LinkContext, part: Part, found: FoundCue, role: Role, detail: string | null): void {
  if (role !== "metrics-dashboard" || detail === null) return;
  const listed = found.cue.kind === "role" && !dashboards.has(detail) ? detail.split(",").slice(0, 50) : [];
  const named = listed.flatMap((name) => context.book.byName(name.trim(), part.repository) ?? []);
  const turbines =
    detail === "hystrix" && !gathersStreams(part) ? context.parts.filter(gathersStreams).map(({ ref }) => ref) : [];
  for (const target of [...named, ...(turbines.length === 1 ? turbines : [])])
    context.edges.add({
      from: part.ref,
      to: target,
      kind: "calls",
      protocol: "http",
      detail: role,
      classes: [named.includes(target) ? "settings" : "convention"],
      evidence: [cueEvidence(found)],
    });
}

const dashboards: ReadonlySet<string> = new Set(["hystrix", "turbine", "turbine-stream"]);

function gathersStreams({ cues }: Part): boolean {
  return cues.some(({ cue }) => cue.kind === "role" && cue.role === "metrics-dashboard" && cue.detail !== "hystrix");
}

function follow(context: LinkContext, part: Part, found: FoundCue, role: Role, detail: string | null): void {
  const service = served[role];
  if (service === undefined || hasRole(part, service.server)) return;
  const addressed = detail === null ? [] : addressedBy(context, part, detail);
  const targets = addressed.length > 0 ? addressed : onlyServer(context, part, service.kinds, service.server);
  for (const target of targets) {
    if (target === part.ref) continue;
    if (role === "logging-client" && context.components.get(target)?.kind === "external") {
      const alias = /^(logstash|loki|graylog|fluentd|splunk|seq) /.exec(detail ?? "")?.[1] ?? null;
      context.found.learned.set(target, { kind: "logging", alias });
    }
    const { kind, protocol } =
      role === "discovery-client" ? { kind: "discovers" as const, protocol: "http" as const } : linkTo(context, target, null);
    const classes = addressed.length > 0 ? (["settings", "convention"] as const) : (["convention"] as const);
    context.edges.add({ from: part.ref, to: target, kind, protocol, detail: role, classes, evidence: [cueEvidence(found)] });
  }
}

function hasRole(part: Part, role: Role | null): boolean {
  return role !== null && part.cues.some(({ cue }) => cue.kind === "role" && cue.role === role);
}

function addressedBy(context: LinkContext, part: Part, detail: string): Ref[] {
  const address = detail.split(" ").at(-1) ?? detail;
  return resolveTemplate(address, part, context.shared).flatMap(({ text }) =>
    parseAddresses(text).flatMap((address) => targetOf(context, part, address, false) ?? []),
  );
}

function onlyServer(context: LinkContext, part: Part, kinds: readonly ComponentKind[], server: Role | null): Ref[] {
  const byRole = context.parts.filter((other) => other.ref !== part.ref && hasRole(other, server));
  if (byRole.length === 1) return byRole.map(({ ref }) => ref);
  const byKind = [...context.components.values()].filter(({ kind, ref }) => kinds.includes(kind) && ref !== part.ref);
  return byKind.length === 1 ? byKind.map(({ ref }) => ref) : [];
}
