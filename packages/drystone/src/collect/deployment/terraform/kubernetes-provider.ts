/** Objects of Kubernetes that Terraform describes, as the objects that they become. */

import type { Deployed } from "../deployed.js";
import type { Scope } from "../kubernetes-lookup.js";
import { type KubeObject, objectOf } from "../kubernetes-objects.js";
import { fromEntries, placedAt } from "../kubernetes-places.js";
import { workloadsOf } from "../kubernetes-workloads.js";
import { type Nested, nestedBlocks } from "./blocks.js";
import { evaluate } from "./evaluate.js";
import type { Placed } from "./modules.js";
import { isEncoded, isList, isMap, isUnresolved, type TerraformValue } from "./value.js";

/** Programs of the objects among the blocks. */
export function kubernetesPrograms(blocks: readonly Placed[]): (Deployed & { readonly address: string })[] {
  const scope: Scope = { objects: blocks.flatMap(objectsIn), outer: null };
  const addresses = new Map(blocks.map((placed) => [`${placed.file}:${placed.block.line}`, placed.address]));
  return workloadsOf(scope, {
    format: "terraform",
    variant: "",
    chartOf: () => null,
    writtenAt: () => null,
    aliasesOf: () => [],
  }).map((one) => ({ ...one, address: addresses.get(`${one.file}:${one.line}`) ?? "" }));
}

function objectsIn(placed: Placed): KubeObject[] {
  const [type = "", label = ""] = placed.block.labels;
  if (placed.block.type !== "resource" || !type.startsWith("kubernetes_")) return [];
  const nested: Nested = { body: placed.block.body, scope: placed.scope, line: placed.block.line };
  const place = { file: placed.file, line: placed.block.line };
  if (type === "kubernetes_manifest") {
    const manifest = nested.body.attributes.get("manifest");
    const made = manifest ? objectOf(plain(evaluate(manifest.value, placed.scope), 0), place) : null;
    return made ? [made] : [];
  }
  const kind = kinds.get(type.replace(/^kubernetes_/, "").replace(/_v\d{1,2}(?:beta\d)?$/, ""));
  if (kind === undefined) return [];
  const fields = blockFields(nested, placed.file, 0);
  const named = { ...fields, kind, apiVersion: "v1" };
  const made =
    objectOf(
      placedAt(fromEntries(Object.entries(named)), () => place),
      place,
    ) ?? objectOf(fromEntries([...Object.entries(named), ["metadata", { name: label }]]), place);
  return made ? [made] : [];
}

const kinds: ReadonlyMap<string, string> = new Map([
  ["deployment", "Deployment"],
  ["stateful_set", "StatefulSet"],
  ["daemonset", "DaemonSet"],
  ["daemon_set", "DaemonSet"],
  ["job", "Job"],
  ["cron_job", "CronJob"],
  ["pod", "Pod"],
  ["replication_controller", "ReplicationController"],
  ["service", "Service"],
  ["ingress", "Ingress"],
  ["config_map", "ConfigMap"],
  ["secret", "Secret"],
]);

/** Blocks that are lists of the API, by their name in Terraform. */
const lists: ReadonlyMap<string, string> = new Map([
  ["container", "containers"],
  ["init_container", "initContainers"],
  ["env", "env"],
  ["env_from", "envFrom"],
  ["port", "ports"],
  ["volume", "volumes"],
  ["volume_mount", "volumeMounts"],
  ["volume_claim_template", "volumeClaimTemplates"],
  ["rule", "rules"],
  ["path", "paths"],
]);

function blockFields(nested: Nested, file: string, depth: number): Record<string, unknown> {
  const fields: [string, unknown][] = [];
  const lines = new Map<string, number>();
  for (const [name, { value, line }] of nested.body.attributes) {
    fields.push([camelCase(name), plain(evaluate(value, nested.scope), 0)]);
    lines.set(camelCase(name), line);
  }
  const types = new Set(nested.body.blocks.map((block) => (block.type === "dynamic" ? (block.labels[0] ?? "") : block.type)));
  for (const type of depth < 20 ? types : []) {
    const made = nestedBlocks(nested, type).map((inner) => blockFields(inner, file, depth + 1));
    const list = lists.get(type);
    // A volume that is claimed, and a port of a backend, are no lists.
    const isList = list !== undefined && !(type === "port" && nested.body.attributes.size > 0 && made.length === 1 && depth > 6);
    fields.push(isList ? [list, made] : [camelCase(type), made[0]]);
  }
  return placedAt(fromEntries(fields), (key) => ({ file, line: lines.get(String(key)) ?? nested.line }));
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, sign: string) => sign.toUpperCase());
}

function plain(value: TerraformValue, depth: number): unknown {
  if (depth > 40) return null;
  if (isUnresolved(value)) return value.text;
  if (isEncoded(value)) return plain(value.value, depth + 1);
  if (isList(value)) return value.map((item) => plain(item, depth + 1));
  if (!isMap(value)) return value;
  return placedAt(fromEntries([...value.entries].map(([key, item]) => [key, plain(item, depth + 1)])), (key) =>
    value.lineOf(String(key)),
  );
}
