/** Objects of the Kubernetes API as files describe them. */
import type { Problem } from "#model/facts.js";
import { readYaml, record, scalarText, type YamlDocument } from "../yaml/index.js";
import { located, type Place } from "./kubernetes-places.js";

export interface KubeObject {
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  /** Name before a kustomization put something before or behind it. */
  readonly writtenName: string;
  /** Null when the file leaves it to whoever applies it. */
  readonly namespace: string | null;
  /** Where it is described; a template for what a chart renders. */
  readonly file: string;
  readonly line: number;
  readonly value: Readonly<Record<string, unknown>>;
}

/** True when a text may describe objects. */
export function mayHoldObjects(text: string): boolean {
  return (
    text.includes("apiVersion") &&
    /^[ \t]{0,8}(?:- )?["']?kind["']?:/m.test(text) &&
    /^[ \t]{0,8}(?:- )?["']?apiVersion["']?:/m.test(text)
  );
}

/** True for a document of a kind that says something about programs, their settings and how they are reached. Parsing the rest takes time. */
export function isOfInterest(text: string): boolean {
  return (
    text.includes("apiVersion") &&
    /^[ \t]{0,8}(?:- )?["']?kind["']?:[ \t]{0,9}["']?(?:Deployment|StatefulSet|DaemonSet|Job|CronJob|Rollout|ReplicaSet|Pod|ReplicationController|DeploymentConfig|Service|ServiceMonitor|PodMonitor|ConfigMap|Secret|Ingress|(?:HTTP|GRPC|TCP|TLS)Route|VirtualService|Route|IngressRoute|HTTPProxy|Mapping|ApisixRoute|\w{0,60}List)\b/m.test(
      text,
    )
  );
}

/** Objects of a file of plain YAML. */
export function readObjects(
  path: string,
  text: string,
): { readonly objects: KubeObject[]; readonly problems: readonly Problem[] } {
  const { documents, problems } = readYaml(path, text, { wanted: isOfInterest });
  const objects = documents.flatMap((document) => objectsOf(document, (line) => ({ file: path, line })));
  return { objects, problems };
}

/** @param toPlace of a line of the text that was parsed. @param change for each text. */
export function objectsOf(
  document: YamlDocument,
  toPlace: (line: number) => Place,
  change?: (text: string) => string,
): KubeObject[] {
  const value = located(document.value, (path) => toPlace(document.lineOf(path)), change);
  const root = record(value);
  // A list holds objects; other maps with items do not have their own kinds inside.
  const items = root["items"];
  if (typeof root["kind"] === "string" && root["kind"].endsWith("List") && Array.isArray(items)) {
    return items.flatMap((item, index) => objectOf(item, toPlace(document.lineOf(["items", index, "metadata", "name"]))) ?? []);
  }
  const one = objectOf(value, toPlace(document.lineOf(["metadata", "name"])));
  return one ? [one] : [];
}

/** Null for what is no object with a name. */
export function objectOf(value: unknown, place: Place): KubeObject | null {
  const root = record(value);
  const metadata = record(root["metadata"]);
  const name = scalarText(metadata["name"]) || scalarText(metadata["generateName"]).replace(/-$/, "");
  const kind = scalarText(root["kind"]);
  if (name === "" || kind === "" || root["apiVersion"] === undefined) return null;
  return {
    kind,
    apiVersion: scalarText(root["apiVersion"]),
    name,
    writtenName: name,
    namespace: scalarText(metadata["namespace"]) || null,
    ...place,
    value: root,
  };
}

/** The pod that a workload starts; null for other objects. */
export function podOf(
  object: KubeObject,
): { readonly labels: Readonly<Record<string, unknown>>; readonly spec: Readonly<Record<string, unknown>> } | null {
  const spec = record(object.value["spec"]);
  const template = templateOf(object, spec);
  if (!Array.isArray(record(template["spec"])["containers"])) return null;
  return { labels: record(record(template["metadata"])["labels"]), spec: record(template["spec"]) };
}

const workloadKinds: ReadonlySet<string> = new Set([
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "Job",
  "Rollout",
  "ReplicaSet",
  "ReplicationController",
  "DeploymentConfig",
]);

function templateOf(object: KubeObject, spec: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (object.kind === "Pod") return object.value;
  if (object.kind === "CronJob") return record(record(record(spec["jobTemplate"])["spec"])["template"]);
  const isKnown = workloadKinds.has(object.kind) || isKnative(object);
  return isKnown ? record(spec["template"]) : {};
}

export function isKnative(object: KubeObject): boolean {
  return object.kind === "Service" && object.apiVersion.startsWith("serving.knative.dev/");
}

/** True for a Service of the network. */
export function isService(object: KubeObject): boolean {
  return object.kind === "Service" && object.apiVersion === "v1";
}
