/** Which paths of the outside lead to which service: Ingress, Gateway API, Istio, OpenShift, Traefik, Contour, Emissary, APISIX. */
import { record, scalarText, texts } from "../yaml/index.js";
import type { KubeObject } from "./kubernetes-objects.js";
import { type Place, placeOf } from "./kubernetes-places.js";

export interface IngressRoute {
  readonly host: string | null;
  /** Prefix or pattern as written; null for all. */
  readonly path: string | null;
  readonly service: string;
  readonly port: number | null;
  readonly file: string;
  readonly line: number;
}

/** Routes of an object; none for objects of other kinds, and for rules that hold between services only. */
export function routesOf(object: KubeObject): IngressRoute[] {
  const spec = record(object.value["spec"]);
  const found = readers.get(object.kind)?.(spec) ?? [];
  return found
    .filter((route) => route.service !== "")
    .map(({ at, ...route }) => ({ ...route, file: at?.file ?? object.file, line: at?.line ?? object.line }));
}

interface Found {
  readonly host: string | null;
  readonly path: string | null;
  readonly service: string;
  readonly port: number | null;
  readonly at: Place | null;
}

type Fields = Readonly<Record<string, unknown>>;

const readers: ReadonlyMap<string, (spec: Fields) => Found[]> = new Map([
  ["Ingress", ingress],
  ["HTTPRoute", gatewayRoute],
  ["GRPCRoute", gatewayRoute],
  ["TCPRoute", gatewayRoute],
  ["TLSRoute", gatewayRoute],
  ["VirtualService", virtualService],
  ["Route", openShiftRoute],
  ["IngressRoute", traefikRoute],
  ["HTTPProxy", contourRoute],
  ["Mapping", emissaryRoute],
  ["ApisixRoute", apisixRoute],
]);

function ingress(spec: Fields): Found[] {
  const routes = maps(spec["rules"]).flatMap((rule) =>
    maps(record(rule["http"])["paths"]).map((path) => ({
      host: textOrNull(rule["host"]),
      path: textOrNull(path["path"]),
      ...ingressBackend(path["backend"]),
    })),
  );
  const byDefault = spec["defaultBackend"] ?? spec["backend"];
  return byDefault === undefined ? routes : [...routes, { host: null, path: null, ...ingressBackend(byDefault) }];
}

function ingressBackend(value: unknown): { service: string; port: number | null; at: Place | null } {
  const backend = record(value);
  const service = record(backend["service"]);
  if (backend["service"] === undefined)
    return {
      service: scalarText(backend["serviceName"]),
      port: portOf(backend["servicePort"]),
      at: placeOf(backend, "serviceName"),
    };
  return { service: scalarText(service["name"]), port: portOf(record(service["port"])["number"]), at: placeOf(service, "name") };
}

function gatewayRoute(spec: Fields): Found[] {
  return maps(spec["rules"]).flatMap((rule) => {
    const matches = maps(rule["matches"]);
    const paths = matches.map((match) => textOrNull(record(match["path"])["value"]) ?? grpcPath(record(match["method"])));
    return crossed(hostsOf(spec["hostnames"]), paths, maps(rule["backendRefs"]), (backend) => ({
      service: scalarText(backend["name"]),
      port: portOf(backend["port"]),
      at: placeOf(backend, "name"),
    }));
  });
}

function grpcPath(method: Fields): string | null {
  const service = scalarText(method["service"]);
  return service === "" ? null : `/${service}`;
}

/** Rules without a gateway hold inside of the mesh only. */
function virtualService(spec: Fields): Found[] {
  if (!texts(spec["gateways"]).some((gateway) => gateway !== "mesh")) return [];
  return [...maps(spec["http"]), ...maps(spec["tls"]), ...maps(spec["tcp"])].flatMap((rule) => {
    const paths = maps(rule["match"]).flatMap((match) => {
      const uri = record(match["uri"]);
      return [textOrNull(uri["prefix"] ?? uri["exact"] ?? uri["regex"])];
    });
    return crossed(hostsOf(spec["hosts"]), paths, maps(rule["route"]), (route) => {
      const destination = record(route["destination"]);
      return {
        service: serviceName(scalarText(destination["host"])),
        port: portOf(record(destination["port"])["number"]),
        at: placeOf(destination, "host"),
      };
    });
  });
}

function openShiftRoute(spec: Fields): Found[] {
  const to = record(spec["to"]);
  const port = portOf(record(spec["port"])["targetPort"]);
  return [
    {
      host: textOrNull(spec["host"]),
      path: textOrNull(spec["path"]),
      service: scalarText(to["name"]),
      port,
      at: placeOf(to, "name"),
    },
  ];
}

function traefikRoute(spec: Fields): Found[] {
  return maps(spec["routes"]).flatMap((route) => {
    const match = scalarText(route["match"]).slice(0, 2000);
    const all = (rule: RegExp) => [...match.matchAll(rule)].flatMap((found) => found[1] ?? []);
    return crossed(
      all(/\bHost(?:SNI)?\(\s{0,5}[`"']([^`"')]{1,200})/g),
      all(/\bPath(?:Prefix|Regexp)?\(\s{0,5}[`"']([^`"')]{1,200})/g),
      maps(route["services"]),
      (service) => ({ service: scalarText(service["name"]), port: portOf(service["port"]), at: placeOf(service, "name") }),
    );
  });
}

function contourRoute(spec: Fields): Found[] {
  const host = textOrNull(record(spec["virtualhost"])["fqdn"]);
  return maps(spec["routes"]).flatMap((route) => {
    const paths = maps(route["conditions"]).flatMap((condition) => textOrNull(condition["prefix"]) ?? []);
    return crossed(host === null ? [] : [host], paths, maps(route["services"]), (service) => ({
      service: scalarText(service["name"]),
      port: portOf(service["port"]),
      at: placeOf(service, "name"),
    }));
  });
}

function emissaryRoute(spec: Fields): Found[] {
  const [, service = "", port] = /^(?:[a-z]{2,6}:\/\/)?([\w.-]{1,200})(?::(\d{1,5}))?/.exec(scalarText(spec["service"])) ?? [];
  const host = textOrNull(spec["hostname"] ?? spec["host"]);
  return [
    { host, path: textOrNull(spec["prefix"]), service: serviceName(service), port: portOf(port), at: placeOf(spec, "service") },
  ];
}

function apisixRoute(spec: Fields): Found[] {
  return maps(spec["http"]).flatMap((rule) => {
    const match = record(rule["match"]);
    return crossed(texts(match["hosts"]), texts(match["paths"]), maps(rule["backends"]), (backend) => ({
      service: scalarText(backend["serviceName"]),
      port: portOf(backend["servicePort"]),
      at: placeOf(backend, "serviceName"),
    }));
  });
}

/** One route for each host, path and backend; all hosts and all paths where none is named. */
function crossed(
  hosts: readonly string[],
  paths: readonly (string | null)[],
  backends: readonly Fields[],
  toService: (backend: Fields) => { service: string; port: number | null; at: Place | null },
): Found[] {
  const eachHost: readonly (string | null)[] = hosts.length > 0 ? hosts.slice(0, 50) : [null];
  const eachPath = paths.length > 0 ? paths.slice(0, 200) : [null];
  const services = backends.slice(0, 50).map(toService);
  return eachHost.flatMap((host) => eachPath.flatMap((path) => services.map((service) => ({ host, path, ...service }))));
}

function hostsOf(value: unknown): string[] {
  return texts(value).filter((host) => host !== "*");
}

/** `cart` of `cart.shop.svc.cluster.local`. */
function serviceName(host: string): string {
  return host.split(".", 1)[0] ?? "";
}

function portOf(value: unknown): number | null {
  const port = Number(value);
  return value !== null && value !== undefined && value !== "" && Number.isInteger(port) && port > 0 && port < 65_536
    ? port
    : null;
}

function textOrNull(value: unknown): string | null {
  return scalarText(value) || null;
}

function maps(value: unknown): Fields[] {
  return (Array.isArray(value) ? value.slice(0, 1000) : []).map(record);
}
