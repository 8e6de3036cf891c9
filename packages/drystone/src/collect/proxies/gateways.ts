/** Gateways whose routes stand in JSON or YAML: Kong, KrakenD, Ocelot, YARP, Express Gateway, APISIX. */
import { record, scalarText, texts } from "#collect/yaml/index.js";
import { type Fields, fieldOf, hostAndPort, itemsAt, type Settings } from "./document.js";
import { type FoundRoute, fixedStart } from "./proxy-route.js";

interface Format {
  readonly is: (settings: Settings) => boolean;
  readonly read: (settings: Settings) => FoundRoute[];
}

/** In the order in which they are asked. */
export const gateways: readonly Format[] = [
  {
    is: ({ root }) => root["_format_version"] !== undefined || (root["_info"] !== undefined && root["services"] !== undefined),
    read: kong,
  },
  {
    is: ({ root }) =>
      Array.isArray(root["endpoints"]) && itemsAt(root["endpoints"], []).some(({ fields }) => fields["backend"] !== undefined),
    read: krakend,
  },
  { is: ({ root }) => ocelotRoutes(root) !== null, read: ocelot },
  { is: ({ root }) => fieldOf(record(fieldOf(root, "ReverseProxy")), "Clusters") !== undefined, read: yarp },
  { is: ({ root }) => root["serviceEndpoints"] !== undefined && root["pipelines"] !== undefined, read: expressGateway },
  {
    is: ({ root }) =>
      Array.isArray(root["routes"]) &&
      itemsAt(root["routes"], []).some(({ fields }) => (fields["uri"] ?? fields["uris"]) !== undefined),
    read: apisix,
  },
];

function kong({ root, lineOf }: Settings): FoundRoute[] {
  const upstreams = new Map(
    itemsAt(root["upstreams"], []).map(({ fields }) => [
      scalarText(fields["name"]),
      itemsAt(fields["targets"], [])
        .map((target) => scalarText(target.fields["target"]))
        .filter((target) => target !== ""),
    ]),
  );
  return itemsAt(root["services"], ["services"]).flatMap(({ fields, path }) => {
    const url = scalarText(fields["url"]);
    const written = /^([a-z]{2,10}):\/\/([^/:]{1,300})(?::(\d{1,5}))?(\/.{0,1000})?$/.exec(url);
    const scheme = written?.[1] ?? (scalarText(fields["protocol"]) || "http");
    const host = written?.[2] ?? scalarText(fields["host"]);
    const address = hostAndPort(host, written?.[3] ?? fields["port"]);
    if (address === null) return [];
    const servers = upstreams.get(host) ?? [address];
    const top = itemsAt(root["routes"], []).filter((route) => serviceOf(route.fields) === scalarText(fields["name"]));
    const routes = [...itemsAt(fields["routes"], []), ...top];
    const line = lineOf([...path, url === "" ? "host" : "url"]);
    return routes.flatMap((route) =>
      crossed(
        texts(route.fields["hosts"]),
        texts(route.fields["paths"]).map((one) => fixedStart(one.replace(/^~/, ""))),
      ).flatMap((condition) =>
        servers.map((server) => ({
          ...condition,
          target: `${scheme}://${server}${written?.[4] ?? scalarText(fields["path"])}`,
          line,
          protocol: scheme.startsWith("grpc")
            ? ("grpc" as const)
            : /^(?:tcp|tls)/.test(scheme)
              ? ("tcp" as const)
              : ("http" as const),
        })),
      ),
    );
  });
}

function serviceOf(route: Fields): string {
  return scalarText(route["service"]) || scalarText(record(route["service"])["name"]);
}

function krakend({ root, lineOf }: Settings): FoundRoute[] {
  return itemsAt(root["endpoints"], ["endpoints"]).flatMap(({ fields, path }) =>
    itemsAt(fields["backend"], [...path, "backend"]).flatMap((backend) => {
      const hosts = texts(backend.fields["host"] ?? root["host"]);
      const line = lineOf([...backend.path, backend.fields["host"] === undefined ? "url_pattern" : "host"]);
      return hosts.map((host) => ({
        path: fixedStart(scalarText(fields["endpoint"])),
        host: null,
        target: host.replace(/\/$/, "") + scalarText(backend.fields["url_pattern"]),
        line,
        protocol: "http" as const,
      }));
    }),
  );
}

/** Name and value of the list of routes; null when it is no such file. */
function ocelotRoutes(root: Fields): readonly [string, unknown] | null {
  for (const name of ["Routes", "ReRoutes", "DynamicRoutes"]) {
    const isRoutes = itemsAt(root[name], []).some(({ fields }) => fieldOf(fields, "UpstreamPathTemplate") !== undefined);
    if (Array.isArray(root[name]) && isRoutes) return [name, root[name]];
  }
  return null;
}

function ocelot({ root, lineOf }: Settings): FoundRoute[] {
  const [name, routes] = ocelotRoutes(root) ?? ["Routes", []];
  return itemsAt(routes, [name]).flatMap(({ fields, path }) => {
    const scheme = scalarText(fieldOf(fields, "DownstreamScheme")) || "http";
    const servers = itemsAt(fieldOf(fields, "DownstreamHostAndPorts"), [...path, "DownstreamHostAndPorts"]).flatMap((server) => {
      const address = hostAndPort(fieldOf(server.fields, "Host"), fieldOf(server.fields, "Port"));
      return address === null ? [] : [{ address, line: lineOf([...server.path, "Host"]) }];
    });
    // By the name under which the service is registered.
    const service = scalarText(fieldOf(fields, "ServiceName"));
    const registered =
      servers.length === 0 && service !== "" ? [{ address: service, line: lineOf([...path, "ServiceName"]) }] : [];
    return [...servers, ...registered].map(({ address, line }) => ({
      path: fixedStart(scalarText(fieldOf(fields, "UpstreamPathTemplate"))),
      host: scalarText(fieldOf(fields, "UpstreamHost")) || null,
      target: `${scheme}://${address}${scalarText(fieldOf(fields, "DownstreamPathTemplate"))}`,
      line,
      protocol: /^grpc/i.test(scheme) ? ("grpc" as const) : ("http" as const),
    }));
  });
}

function yarp({ root, lineOf }: Settings): FoundRoute[] {
  const proxy = record(fieldOf(root, "ReverseProxy"));
  const clusters = new Map(
    itemsAt(fieldOf(proxy, "Clusters"), ["ReverseProxy", "Clusters"]).map((cluster) => [cluster.key.toLowerCase(), cluster]),
  );
  return itemsAt(fieldOf(proxy, "Routes"), []).flatMap(({ fields }) => {
    const match = record(fieldOf(fields, "Match"));
    const cluster = clusters.get(scalarText(fieldOf(fields, "ClusterId")).toLowerCase());
    const path = scalarText(fieldOf(match, "Path"));
    const grpc = scalarText(record(fieldOf(cluster?.fields ?? {}, "HttpRequest"))["Version"]) === "2";
    return crossed(
      texts(fieldOf(match, "Hosts")),
      path === "" ? [] : [fixedStart(path.startsWith("/") ? path : `/${path}`)],
    ).flatMap((condition) =>
      itemsAt(fieldOf(cluster?.fields ?? {}, "Destinations"), [...(cluster?.path ?? []), "Destinations"]).flatMap(
        (destination) => {
          const target = scalarText(fieldOf(destination.fields, "Address"));
          const line = lineOf([...destination.path, "Address"]);
          return target === "" ? [] : [{ ...condition, target, line, protocol: grpc ? ("grpc" as const) : ("http" as const) }];
        },
      ),
    );
  });
}

function expressGateway({ root, lineOf }: Settings): FoundRoute[] {
  const api = record(root["apiEndpoints"]);
  const services = record(root["serviceEndpoints"]);
  return itemsAt(root["pipelines"], ["pipelines"]).flatMap(({ fields, key }) => {
    const entries = [...texts(fields["apiEndpoints"]), ...texts(fields["apiEndpoint"])].map((name) => record(api[name]));
    const names = new Set(policyServices(fields["policies"], 0));
    if (key === "" && names.size === 0) return [];
    return entries.flatMap((entry) =>
      crossed(
        texts(entry["host"]).filter((host) => !host.includes("*")),
        texts(entry["paths"]).map(fixedStart),
      ).flatMap((condition) =>
        [...names].flatMap((name) => {
          const service = record(services[name]);
          const line = lineOf(["serviceEndpoints", name, service["url"] === undefined ? "urls" : "url"]);
          return [...texts(service["url"]), ...texts(service["urls"])].map((target) => ({
            ...condition,
            target,
            line,
            protocol: "http" as const,
          }));
        }),
      ),
    );
  });
}

/** Values of `serviceEndpoint` anywhere in the policies. */
function policyServices(value: unknown, depth: number): string[] {
  if (depth > 10 || typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "serviceEndpoint" ? texts(inner) : policyServices(inner, depth + 1),
  );
}

function apisix({ root, lineOf }: Settings): FoundRoute[] {
  const upstreams = byId(root["upstreams"]);
  const services = byId(root["services"]);
  const upstreamOf = (fields: Fields): Fields => {
    if (fields["upstream"] !== undefined) return record(fields["upstream"]);
    return upstreams.get(scalarText(fields["upstream_id"])) ?? {};
  };
  return itemsAt(root["routes"], ["routes"]).flatMap(({ fields, path }) => {
    const own = upstreamOf(fields);
    const upstream = Object.keys(own).length > 0 ? own : upstreamOf(services.get(scalarText(fields["service_id"])) ?? {});
    const scheme = scalarText(upstream["scheme"]);
    const line = lineOf([...path, fields["upstream"] === undefined ? "uri" : "upstream"]);
    const paths = [...texts(fields["uri"]), ...texts(fields["uris"])].map(fixedStart);
    return crossed([...texts(fields["host"]), ...texts(fields["hosts"])], paths).flatMap((condition) =>
      nodesOf(upstream["nodes"]).map((node) => ({
        ...condition,
        target: scheme === "" ? node : `${scheme}://${node}`,
        line,
        protocol: scheme.startsWith("grpc") ? ("grpc" as const) : ("http" as const),
      })),
    );
  });
}

function byId(list: unknown): ReadonlyMap<string, Fields> {
  return new Map(itemsAt(list, []).map(({ fields }) => [scalarText(fields["id"]), fields]));
}

/** `{ "cart:80": 1 }` or a list with hosts and ports. */
function nodesOf(value: unknown): string[] {
  if (!Array.isArray(value)) return Object.keys(record(value)).slice(0, 50);
  return itemsAt(value, []).flatMap(({ fields }) => hostAndPort(fields["host"], fields["port"]) ?? []);
}

function crossed(hosts: readonly string[], paths: readonly (string | null)[]): { host: string | null; path: string | null }[] {
  const each: readonly (string | null)[] = hosts.length > 0 ? hosts.slice(0, 50) : [null];
  return each.flatMap((host) => (paths.length > 0 ? paths.slice(0, 200) : [null]).map((path) => ({ host, path })));
}
