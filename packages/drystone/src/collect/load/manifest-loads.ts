/** Replicas and the limits of autoscalers, as manifests declare them: what somebody expects, not what runs. */
import type { FileTree } from "#collect/files/index.js";
import type { ComponentNames } from "#collect/records/index.js";
import { readYaml, record, scalarText, type YamlDocument, type YamlPath } from "#collect/yaml/index.js";
import type { DeploymentFact } from "#model/facts.js";
import type { LoadFact } from "#model/running.js";

const mostFiles = 2_000;
const workloads = new Set(["Deployment", "StatefulSet", "Rollout", "ReplicaSet"]);

/** Reads YAML beside the deployment files; templates of charts are left out, because their numbers stand elsewhere. */
export function manifestLoads(
  trees: readonly FileTree[],
  deployments: readonly DeploymentFact[],
  names: ComponentNames,
): LoadFact[] {
  const folders = new Set(
    deployments.flatMap(({ format, repository, file }) =>
      format === "kubernetes" || format === "compose" ? [`${repository}\0${folderOf(file)}`] : [],
    ),
  );
  return trees.flatMap((tree) => {
    const paths = tree.paths.filter(
      (path) => /\.ya?ml$/.test(path) && !path.includes("templates/") && folders.has(`${tree.repository}\0${folderOf(path)}`),
    );
    const texts = tree.read(paths.slice(0, mostFiles), { quiet: true });
    return [...texts].flatMap(([path, text]) => {
      if (!/replica/i.test(text)) return [];
      return readYaml(path, text, { wanted: (part) => /replica/i.test(part) }).documents.flatMap((document) =>
        loadsOf(document, tree.repository, path, names),
      );
    });
  });
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}

function loadsOf(document: YamlDocument, repository: string, file: string, names: ComponentNames): LoadFact[] {
  const root = record(document.value);
  const spec = record(root["spec"]);
  const load = (service: string, measure: LoadFact["measure"], value: unknown, way: YamlPath): LoadFact[] => {
    if (service === "" || typeof value !== "number" || !Number.isInteger(value) || value < 0) return [];
    return [
      {
        component: names.find(service),
        service,
        measure,
        metric: "",
        unit: "replicas",
        points: [[0, value]],
        declared: true,
        source: file,
        evidence: [
          { type: "declaration", repository, file, line: document.lineOf(way), text: `${String(way.at(-1))}: ${value}` },
        ],
      },
    ];
  };
  const kind = scalarText(root["kind"]);
  if (workloads.has(kind))
    return load(scalarText(record(root["metadata"])["name"]), "replicas", spec["replicas"], ["spec", "replicas"]);
  if (kind === "HorizontalPodAutoscaler" || kind === "ScaledObject") {
    const target = scalarText(record(spec["scaleTargetRef"])["name"]);
    const [least, most] = kind === "ScaledObject" ? ["minReplicaCount", "maxReplicaCount"] : ["minReplicas", "maxReplicas"];
    return [
      ...load(target, "minReplicas", spec[least], ["spec", least]),
      ...load(target, "maxReplicas", spec[most], ["spec", most]),
    ];
  }
  return Object.entries(record(root["services"])).flatMap(([name, service]) =>
    load(name, "replicas", record(record(service)["deploy"])["replicas"], ["services", name, "deploy", "replicas"]),
  );
}
