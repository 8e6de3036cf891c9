/** Envoy, versions 2 and 3 of its configuration: routes of listeners and the addresses of their clusters. */
import { record, scalarText, type YamlPath } from "#collect/yaml/index.js";
import { type Fields, hostAndPort, itemsAt, type Settings } from "./document.js";
import { type FoundRoute, fixedStart, maxRoutes } from "./proxy-route.js";

interface Cluster {
  readonly targets: readonly string[];
  readonly grpc: boolean;
  readonly line: number;
}

const maxDepth = 60;

export function isEnvoy({ root }: Settings): boolean {
  return (
    record(root["static_resources"])["clusters"] !== undefined ||
    ("resources" in root && (JSON.stringify(root["resources"]) ?? "").includes("envoy.config"))
  );
}

export function readEnvoy({ root, lineOf }: Settings): FoundRoute[] {
  const clusters = clustersOf(root, lineOf);
  const routes: FoundRoute[] = [];
  walk(root, [], 0, (fields, path) => {
    if (routes.length >= maxRoutes) return;
    if (fields["virtual_hosts"] !== undefined)
      routes.push(...virtualHosts(fields["virtual_hosts"], [...path, "virtual_hosts"], clusters, lineOf));
    const name = scalarText(fields["cluster"]);
    // A proxy for streams has a cluster and no routes.
    if (name !== "" && fields["stat_prefix"] !== undefined && fields["virtual_hosts"] === undefined)
      routes.push(...toCluster(name, { path: null, host: null }, clusters, lineOf([...path, "cluster"]), "tcp"));
  });
  return routes;
}

/** Visits every map of a tree. */
function walk(value: unknown, path: YamlPath, depth: number, visit: (fields: Fields, path: YamlPath) => void): void {
  if (depth > maxDepth || typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) visit(record(value), path);
  for (const [key, inner] of Object.entries(value))
    walk(inner, [...path, Array.isArray(value) ? Number(key) : key], depth + 1, visit);
}

function clustersOf(root: Fields, lineOf: Settings["lineOf"]): ReadonlyMap<string, Cluster> {
  const clusters = new Map<string, Cluster>();
  walk(root, [], 0, (fields, path) => {
    const name = scalarText(fields["name"]);
    if (name === "" || (fields["load_assignment"] === undefined && fields["hosts"] === undefined)) return;
    const targets = [...addresses(fields["load_assignment"]), ...addresses(fields["hosts"])];
    const text = JSON.stringify(fields["typed_extension_protocol_options"] ?? {});
    const grpc = fields["http2_protocol_options"] !== undefined || text.includes("http2_protocol_options");
    if (targets.length > 0) clusters.set(name, { targets: targets.slice(0, 50), grpc, line: lineOf(path) });
  });
  return clusters;
}

/** Socket addresses anywhere inside. */
function addresses(value: unknown): string[] {
  const found = new Set<string>();
  walk(value, [], 0, (fields) => {
    const address = record(fields["socket_address"]);
    const target = hostAndPort(address["address"], address["port_value"]);
    if (target !== null) found.add(target);
  });
  return [...found];
}

function virtualHosts(
  value: unknown,
  at: YamlPath,
  clusters: ReadonlyMap<string, Cluster>,
  lineOf: Settings["lineOf"],
): FoundRoute[] {
  return itemsAt(value, at).flatMap(({ fields, path }) => {
    const domains = Array.isArray(fields["domains"]) ? fields["domains"].map(scalarText) : [];
    const host = domains.find((domain) => domain !== "" && !domain.includes("*")) ?? null;
    return itemsAt(fields["routes"], [...path, "routes"]).flatMap((route) => {
      const action = record(route.fields["route"]);
      const weighted = itemsAt(record(action["weighted_clusters"])["clusters"], []).map((cluster) =>
        scalarText(cluster.fields["name"]),
      );
      const names = [scalarText(action["cluster"]), ...weighted].filter((name) => name !== "");
      const condition = { path: pathOf(record(route.fields["match"])), host };
      return names.flatMap((name) => toCluster(name, condition, clusters, lineOf([...route.path, "route", "cluster"]), "http"));
    });
  });
}

function pathOf(match: Fields): string | null {
  const plain = scalarText(match["prefix"] ?? match["path"] ?? match["path_separated_prefix"]);
  const pattern = scalarText(record(match["safe_regex"])["regex"] ?? match["regex"]);
  return plain !== "" ? plain : fixedStart(pattern);
}

function toCluster(
  name: string,
  condition: { readonly path: string | null; readonly host: string | null },
  clusters: ReadonlyMap<string, Cluster>,
  line: number,
  protocol: "http" | "tcp",
): FoundRoute[] {
  const cluster = clusters.get(name);
  return (cluster?.targets ?? []).map((target) => ({
    ...condition,
    target,
    line,
    protocol: cluster?.grpc && protocol === "http" ? "grpc" : protocol,
  }));
}
