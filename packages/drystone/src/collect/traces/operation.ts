/** What a span asked for, in a form that is the same for every request: `GET /orders/{}`, `shop.Cart/AddItem`. */
import type { Span } from "./span.js";

export function operationOf({ name, attributes }: Pick<Span, "name" | "attributes">): string {
  const { rpcService, rpcMethod, httpMethod, httpRoute, httpTarget, url } = attributes;
  if (rpcMethod !== undefined)
    return (rpcService === undefined || rpcMethod.includes("/") ? rpcMethod : `${rpcService}/${rpcMethod}`).replace(/^\//, "");
  const path = httpRoute ?? httpTarget ?? (url === undefined ? undefined : pathOf(url));
  if (path !== undefined && (httpMethod !== undefined || httpRoute !== undefined || httpTarget !== undefined))
    return httpMethod === undefined ? templated(path) : asked(httpMethod, path);
  return name.includes("/") || /\d/.test(name) ? templated(name) : name;
}

/** Host of the one who was called, without port: from a URL or an address; null for numbers, which are nobody's name. */
export function peerOf({ attributes }: Pick<Span, "attributes">): string | null {
  const { peer, address, url } = attributes;
  const host =
    peer ?? (address === undefined ? undefined : address.replace(/^\/+/, "")) ?? (url === undefined ? undefined : hostOf(url));
  const name = host?.replace(/:\d{1,5}$/, "").trim() ?? "";
  return name === "" || /^[\d.]+$|^\[?[0-9a-f]*:[0-9a-f:.]+\]?$|^localhost$|^host\.docker\.internal$/i.test(name)
    ? null
    : name.slice(0, 200);
}

/** True for requests of a platform, which nobody waits for. */
export function isProbe(operation: string): boolean {
  return /(?:^|[\s/])(?:_?health(?:z|check)?|livez?|ready|readyz|readiness|liveness|ping|metrics|grpc\.health\.v1\.Health)(?:$|[\s/?])/i.test(
    operation,
  );
}

const known = new Map<string, string>();
const mostKnown = 10_000;
const knownAsked = new Map<string, Map<string, string>>();
const mostMethods = 20;

/** `GET /orders/{}`; pairs of method and path come again and again. */
function asked(method: string, path: string): string {
  const before = knownAsked.get(method)?.get(path);
  if (before !== undefined) return before;
  const operation = `${method.toUpperCase()} ${templated(path)}`;
  const own = knownAsked.get(method) ?? new Map<string, string>();
  if (own.size < mostKnown) own.set(path, operation);
  if (knownAsked.size < mostMethods) knownAsked.set(method, own);
  return operation;
}

/** Paths come again and again. */
function templated(path: string): string {
  const before = known.get(path);
  if (before !== undefined) return before;
  const template = withoutIds(path);
  if (known.size < mostKnown) known.set(path, template);
  return template;
}

/** Parts of a path that are ids become `{}`, however a framework writes its parameters. */
function withoutIds(path: string): string {
  return path
    .slice(0, 200)
    .replace(/[?#].*$/s, "")
    .split("/")
    .map((part) => (isId(part) ? "{}" : part))
    .join("/");
}

function isId(part: string): boolean {
  if (/^[:{<*$]|[{}]/.test(part)) return true;
  if (/^\d+$/.test(part)) return true;
  return part.length >= 8 && /\d/.test(part) && /^[0-9a-f-]+$/i.test(part) ? true : part.length > 40;
}

function pathOf(url: string): string {
  return /^[a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] || "/";
}

function hostOf(url: string): string | undefined {
  return /^[a-z][a-z0-9+.-]{0,20}:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(url)?.[1];
}
