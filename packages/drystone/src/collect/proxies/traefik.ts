/** Traefik's files of routes: routers and services of version 2 and later, frontends and backends of version 1. */
import { record, scalarText } from "#collect/yaml/index.js";
import { type Fields, itemsAt, type Settings } from "./document.js";
import type { FoundRoute } from "./proxy-route.js";

export function isTraefik({ root }: Settings): boolean {
  return (
    [record(root["http"]), record(root["tcp"])].some((part) => part["routers"] !== undefined && part["services"] !== undefined) ||
    (root["frontends"] !== undefined && root["backends"] !== undefined)
  );
}

export function readTraefik({ root, lineOf }: Settings): FoundRoute[] {
  return [...routersOf(root, "http", lineOf), ...routersOf(root, "tcp", lineOf), ...frontendsOf(root, lineOf)];
}

function routersOf(root: Fields, part: "http" | "tcp", lineOf: Settings["lineOf"]): FoundRoute[] {
  const services = record(record(root[part])["services"]);
  return itemsAt(record(root[part])["routers"], [part, "routers"]).flatMap(({ fields }) => {
    const name = scalarText(fields["service"]).replace(/@.{0,50}$/, "");
    return serversOf(services, name, [part, "services"], 0).flatMap(({ target, path }) =>
      rulesOf(scalarText(fields["rule"])).map((rule) => ({
        ...rule,
        target,
        line: lineOf(path),
        protocol: part === "tcp" ? ("tcp" as const) : target.startsWith("h2c:") ? ("grpc" as const) : ("http" as const),
      })),
    );
  });
}

/** Servers of a service; of all parts of a weighted one. */
function serversOf(
  services: Fields,
  name: string,
  at: readonly string[],
  depth: number,
): { target: string; path: readonly (string | number)[] }[] {
  const service = record(services[name]);
  const balancer = record(service["loadBalancer"]);
  const own = itemsAt(balancer["servers"], [...at, name, "loadBalancer", "servers"]).flatMap(({ fields, path }) => {
    const field = fields["url"] === undefined ? "address" : "url";
    const target = scalarText(fields[field]);
    return target === "" ? [] : [{ target, path: [...path, field] }];
  });
  const weighted = depth < 3 ? itemsAt(record(service["weighted"])["services"], []) : [];
  return [
    ...own,
    ...weighted.slice(0, 50).flatMap(({ fields }) => serversOf(services, scalarText(fields["name"]), at, depth + 1)),
  ];
}

function frontendsOf(root: Fields, lineOf: Settings["lineOf"]): FoundRoute[] {
  const backends = record(root["backends"]);
  return itemsAt(root["frontends"], ["frontends"]).flatMap(({ fields }) => {
    const name = scalarText(fields["backend"]);
    const servers = itemsAt(record(backends[name])["servers"], ["backends", name, "servers"]);
    const rules = itemsAt(fields["routes"], []).flatMap((route) => rulesOf(scalarText(route.fields["rule"])));
    return servers.flatMap(({ fields: server, path }) => {
      const target = scalarText(server["url"]);
      return target === ""
        ? []
        : rules.map((rule) => ({ ...rule, target, line: lineOf([...path, "url"]), protocol: "http" as const }));
    });
  });
}

/** Hosts and prefixes of a rule: ``Host(`a`) && PathPrefix(`/b`)``, `PathPrefix:/b`. */
function rulesOf(rule: string): { path: string | null; host: string | null }[] {
  const text = rule.slice(0, 2000);
  const inside = (name: RegExp) =>
    [...text.matchAll(name)]
      .flatMap((match) => (match[1] ?? match[2] ?? "").split(",").map((value) => value.replace(/[`"'\s]/g, "")))
      .filter((value) => value !== "");
  const hosts = inside(/\bHost(?:SNI)?(?:\(([^)]{1,500})\)|:([^;]{1,500}))/g).filter((host) => host !== "*");
  const paths = [
    ...inside(/\bPath(?:Prefix)?(?:StripRegex|Strip)?\(([^)]{1,500})\)/g),
    ...inside(/\bPath(?:Prefix)?(?:Strip)?:([^;]{1,500})/g),
  ];
  return (hosts.length > 0 ? hosts : [null]).flatMap((host) =>
    (paths.length > 0 ? paths : [null]).map((path) => ({ host, path })),
  );
}
