/** Kubernetes workloads and Skaffold build lists in YAML; Helm templates as far as they can be read without running them. */
import type { Problem } from "#model/facts.js";
import { readYaml, record, type YamlDocument, type YamlPath } from "../yaml/index.js";
import { folderOf, joinPath, lastPart } from "./manifest.js";

export interface Workload {
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  /** That of the chart where the template makes up the name. */
  readonly name: string;
  /** Folder name of the Helm chart that it is part of. */
  readonly chart: string | null;
  readonly images: readonly { readonly image: string; readonly line: number }[];
}

/** An image and the folder it is built from. */
export interface BuiltImage {
  readonly file: string;
  readonly line: number;
  readonly image: string;
  readonly folder: string;
  readonly dockerfile: string | null;
}

export interface KubernetesFile {
  readonly workloads: readonly Workload[];
  readonly builds: readonly BuiltImage[];
  readonly problems: readonly Problem[];
}

const workloadKinds =
  /^kind:\s{0,9}["']?(Deployment|StatefulSet|DaemonSet|Job|CronJob|Rollout|ReplicaSet|ReplicationController|DeploymentConfig)\b/m;
const skaffold = /^apiVersion:\s{0,9}["']?skaffold\//m;

/** Cheap look whether a file is worth reading. */
export function mayHoldWorkloads(text: string): boolean {
  return (text.includes("apiVersion") && workloadKinds.test(text)) || skaffold.test(text);
}

/** Default values of a chart by their dotted path: `cart.image.name`. */
export type ChartValues = ReadonlyMap<string, string>;

/** Reads the `values.yaml` of a chart; only words, numbers and texts are kept. */
export function readChartValues(path: string, text: string): ChartValues {
  const values = new Map<string, string>();
  const collect = (value: unknown, at: string, depth: number) => {
    if (typeof value === "string" || typeof value === "number") values.set(at, String(value));
    else if (depth < 8)
      for (const [key, inner] of Object.entries(record(value))) collect(inner, at === "" ? key : `${at}.${key}`, depth + 1);
  };
  for (const document of readYaml(path, text).documents) collect(document.value, "", 0);
  return values;
}

/**
 * Reads the documents of a file that describe workloads. A template that stays unreadable is a problem, as any broken document.
 * @param values of the chart that a template belongs to.
 */
export function readKubernetes(path: string, text: string, values: ChartValues = new Map()): KubernetesFile {
  const { documents, problems } = readYaml(path, text.includes("{{") ? withoutTemplate(text, values) : text, {
    wanted: (part) => (/^apiVersion:/m.test(part) && workloadKinds.test(part)) || skaffold.test(part),
  });
  return {
    workloads: documents.flatMap((document) => workload(path, document)),
    builds: documents.flatMap((document) => artifacts(path, document)),
    problems,
  };
}

/** Lines that only steer the template go; an expression in a line becomes a word, or nothing where it stands for more than a word. */
function withoutTemplate(text: string, values: ChartValues): string {
  return text
    .split("\n")
    .map((line) => {
      const trimmed = line.trim();
      if (trimmed.startsWith("{{") && trimmed.endsWith("}}")) return "";
      return line.slice(0, 2000).replace(/\{\{-?([^{}]{0,500})-?\}\}/g, (_, expression: string) => word(expression, values));
    })
    .join("\n");
}

/** The default of a value that the chart gives; for others a mark. */
function word(expression: string, values: ChartValues): string {
  const path = /\.Values\.([\w.-]{1,200})/.exec(expression)?.[1];
  const given = path === undefined ? undefined : values.get(path);
  return given !== undefined && /^[\w./:@-]{1,200}$/.test(given) ? given : templated;
}

/** Stands where the value is only known when the chart is rendered. */
const templated = "x-templated-x";

function workload(path: string, document: YamlDocument): Workload[] {
  const root = record(document.value);
  const kind = root["kind"];
  const name = record(root["metadata"])["name"];
  const chart = chartOf(path);
  if (typeof kind !== "string" || typeof name !== "string" || (name.includes(templated) && chart === null)) return [];
  const podPath: YamlPath =
    kind === "CronJob" ? ["spec", "jobTemplate", "spec", "template", "spec"] : ["spec", "template", "spec"];
  const pod = podPath.reduce<unknown>((value, step) => record(value)[String(step)], root);
  const containers = record(pod)["containers"];
  if (!Array.isArray(containers)) return [];
  const images = containers.flatMap((container, index) => {
    const image = record(container)["image"];
    return typeof image === "string"
      ? [{ image: image.replaceAll(templated, ""), line: document.lineOf([...podPath, "containers", index, "image"]) }]
      : [];
  });
  return [
    {
      file: path,
      line: document.lineOf(["metadata", "name"]),
      kind,
      name: name.includes(templated) && chart !== null ? chart : name,
      chart,
      images,
    },
  ];
}

/** `charts/cart/templates/deployment.yaml` is part of `cart`. */
function chartOf(path: string): string | null {
  const at = path.lastIndexOf("/templates/");
  return at < 0 ? null : lastPart(path.slice(0, at));
}

function artifacts(path: string, document: YamlDocument): BuiltImage[] {
  const root = record(document.value);
  if (typeof root["apiVersion"] !== "string" || !root["apiVersion"].startsWith("skaffold/")) return [];
  const listed = record(root["build"])["artifacts"];
  return (Array.isArray(listed) ? listed : []).flatMap((value, index) => {
    const artifact = record(value);
    const context = typeof artifact["context"] === "string" ? artifact["context"] : ".";
    const folder = joinPath(folderOf(path), context);
    const dockerfile = record(artifact["docker"])["dockerfile"];
    if (typeof artifact["image"] !== "string" || folder === null) return [];
    const line = document.lineOf(["build", "artifacts", index, "image"]);
    return [
      {
        file: path,
        line,
        image: artifact["image"],
        folder,
        dockerfile: typeof dockerfile === "string" ? joinPath(folder, dockerfile) : null,
      },
    ];
  });
}
