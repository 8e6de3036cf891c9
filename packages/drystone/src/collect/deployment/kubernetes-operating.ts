/** How Kubernetes watches a container: its probes, and what has its metrics collected. */
import { record, scalarText, texts } from "../yaml/index.js";
import { commandTarget } from "./command-target.js";
import type { DeployedAnnotation, DeployedOperating, DeployedProbe } from "./deployed.js";
import { monitorsIn, type Scope } from "./kubernetes-lookup.js";
import type { KubeObject } from "./kubernetes-objects.js";
import { placeOf } from "./kubernetes-places.js";

type Fields = Readonly<Record<string, unknown>>;

/** @param labels of the pod. @param services that select the pod. */
export function operatingOf(
  object: KubeObject,
  labels: Fields,
  container: Fields,
  services: readonly KubeObject[],
  scope: Scope,
): DeployedOperating {
  return {
    container: scalarText(container["name"]) || null,
    probes: probeKeys.flatMap(([key, kind]): DeployedProbe[] => {
      const probe = record(container[key]);
      const target = targetOf(probe, container);
      if (target === null) return [];
      const place = placeOf(container, key) ?? { file: object.file, line: object.line };
      return [{ kind, target, file: place.file, line: place.line }];
    }),
    annotations: [
      ...annotationsOf(object, podMetadata(object)),
      ...annotationsOf(object, record(object.value["metadata"])),
      ...services.flatMap((service) => annotationsOf(service, record(service.value["metadata"]))),
      ...monitorsOf(labels, services, scope),
    ].slice(0, 100),
  };
}

const probeKeys = [
  ["livenessProbe", "liveness"],
  ["readinessProbe", "readiness"],
  ["startupProbe", "startup"],
] as const;

/** Null for a probe that asks nothing: an empty one, or one that a template leaves out. */
function targetOf(probe: Fields, container: Fields): string | null {
  if (probe["httpGet"] !== undefined) {
    const request = record(probe["httpGet"]);
    const path = scalarText(request["path"]) || "/";
    return `http ${portText(request["port"], container)}${path.startsWith("/") ? path : `/${path}`}`;
  }
  if (probe["grpc"] !== undefined) {
    const request = record(probe["grpc"]);
    const service = scalarText(request["service"]);
    return `grpc ${portText(request["port"], container)}${service === "" ? "" : ` ${service}`}`;
  }
  if (probe["tcpSocket"] !== undefined) return `tcp ${portText(record(probe["tcpSocket"])["port"], container)}`;
  const command = texts(record(probe["exec"])["command"]);
  return command.length === 0 ? null : commandTarget(command);
}

/** A port by its name is the port that has the name. */
function portText(port: unknown, container: Fields): string {
  const name = scalarText(port);
  const ports = Array.isArray(container["ports"]) ? container["ports"].slice(0, 100).map(record) : [];
  const named = ports.find((candidate) => candidate["name"] !== undefined && scalarText(candidate["name"]) === name);
  return name === "" ? "" : `:${scalarText(named?.["containerPort"]) || name}`;
}

function podMetadata(object: KubeObject): Fields {
  return record(record(record(object.value["spec"])["template"])["metadata"]);
}

function annotationsOf(object: KubeObject, metadata: Fields): DeployedAnnotation[] {
  const annotations = record(metadata["annotations"]);
  return Object.entries(annotations)
    .slice(0, 50)
    .map(([key, value]) => {
      const place = placeOf(annotations, key) ?? { file: object.file, line: object.line };
      return { key, value: scalarText(value).slice(0, 200), file: place.file, line: place.line };
    });
}

/** ServiceMonitors and PodMonitors that select it, as annotations of the kind's name. */
function monitorsOf(labels: Fields, services: readonly KubeObject[], scope: Scope): DeployedAnnotation[] {
  const found: DeployedAnnotation[] = [];
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    for (const { kind, name, value, file, line } of monitorsIn(at)) {
      const selector = record(record(value["spec"])["selector"]);
      const selected =
        kind === "PodMonitor"
          ? selects(selector, labels)
          : services.some((service) => selects(selector, record(record(service.value["metadata"])["labels"])));
      if (selected) found.push({ key: kind, value: name, file, line });
    }
  }
  return found;
}

/** An empty selector takes everything; expressions other than In and Exists are not evaluated and take nothing. */
function selects(selector: Fields, labels: Fields): boolean {
  const expressions = Array.isArray(selector["matchExpressions"]) ? selector["matchExpressions"].slice(0, 20).map(record) : [];
  return (
    Object.entries(record(selector["matchLabels"])).every(([key, value]) => scalarText(labels[key]) === scalarText(value)) &&
    expressions.every((expression) => {
      const label = labels[scalarText(expression["key"])];
      if (expression["operator"] === "Exists") return label !== undefined;
      return expression["operator"] === "In" && label !== undefined && texts(expression["values"]).includes(scalarText(label));
    })
  );
}
