import type { Template } from "../cue.js";
import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { argumentOffsets } from "./argument-offsets.js";
import { type CallSite, callsOf, closeNear, isDefinition } from "./calls-of.js";
import { type HttpClient, httpClients, httpModules } from "./http-clients.js";
import { bindingsOf, isRelative } from "./imports.js";
import { isInLoop } from "./loops.js";
import { argumentAt, argumentText, propertiesAt, propertyText } from "./values.js";

const methods = new Map([
  ["get", "GET"],
  ["post", "POST"],
  ["put", "PUT"],
  ["patch", "PATCH"],
  ["delete", "DELETE"],
  ["del", "DELETE"],
  ["head", "HEAD"],
  ["options", "OPTIONS"],
  ["getJSON", "GET"],
  ["postForm", "POST"],
  ["putForm", "PUT"],
  ["patchForm", "PATCH"],
  ["jsonp", "GET"],
]);
const general = new Set(["request", "fetch", "stream", "ajax", "$request", "getUri"]);
/** Functions that everybody has without an import. */
const globals = new Set(["fetch", "$fetch", "useFetch", "useLazyFetch", "$http", "importScripts"]);
const ownFunction =
  /^(?:use(?:Request|Fetch|Axios|Api)|\$?(?:fetch|request|http|ajax|api|axios)|(?:api|http|rest|my|auth|authed|base|do|send|make|custom|safe|private|public|secure|fetch|server|client)(?:Fetch|Request|Api|Axios|Http|Json|JSON|Call|WithAuth)|\w{1,30}(?:Fetch|Fetcher|Axios|HttpRequest|ApiRequest|ApiCall))$/;

/** Requests over HTTP with any of the usual clients, and with own functions that are named like one. */
export const httpCalls: Detector = {
  name: "javascript/http-calls",
  languages: ["javascript"],
  words: [
    "fetch",
    "axios",
    "http",
    "request",
    "got",
    "ky",
    "Http",
    "ajax",
    "Request",
    "api",
    "superagent",
    "undici",
    "needle",
    "sendBeacon",
    "EventSource",
    "useSWR",
    "XMLHttpRequest",
    "Axios",
    "Fetch",
  ],
  detect(source, emit) {
    const clients = httpClients(source);
    const functions = requestFunctions(source, clients);
    for (const call of callsOf(source)) {
      const client = clientOf(call, clients);
      if (call.receiver !== "" && (client !== undefined || isJquery(call)))
        memberCall(source, call, client ?? { base: null, library: "jquery" }, emit);
      else if (call.receiver === "" || /^(?:window|globalThis|self|global)$/.test(call.receiver)) {
        const own = functions.get(call.name);
        if (own !== undefined && !isDefinition(source, call)) directCall(source, call, own, emit);
      }
      if (client === undefined) handedClient(source, call, emit);
      browserCall(source, call, emit);
    }
  },
};

/** `client.get("/api/orders")` of a client that the function is handed: only what looks like nothing else. */
function handedClient(source: Source, call: CallSite, emit: Emit): void {
  if (!/^(?:client|api|http|axios|(?:api|http|axios)(?:Client|Instance))$/.test(call.receiver) || !methods.has(call.name)) return;
  const path = argumentText(source, call.open, 0);
  if (path !== null && /^\/(?:api|v\d{1,2})\//.test(path)) memberCall(source, call, { base: null, library: "own" }, emit);
}

/** Functions that send a request when they are called themselves. */
function requestFunctions(source: Source, clients: ReadonlyMap<string, HttpClient>): Map<string, HttpClient> {
  const found = new Map<string, HttpClient>([...globals].map((name) => [name, { base: null, library: "fetch" }]));
  for (const { local, imported, module } of bindingsOf(source)) {
    if (httpModules.has(module) && !/^[A-Z]/.test(imported)) found.set(local, { base: null, library: module });
    else if (module === "swr" || module === "swr/immutable") found.set(local, { base: null, library: "swr" });
    else if (isRelative(module) && ownFunction.test(local)) found.set(local, { base: null, library: "own" });
  }
  for (const [name, client] of clients) if (client.base !== null || !found.has(name)) found.set(name, client);
  return found;
}

/** The receiver, or what it is a part of where only that has an address: `this.orders.axios.get(…)`. */
function clientOf({ path, receiver }: CallSite, clients: ReadonlyMap<string, HttpClient>): HttpClient | undefined {
  const based = path
    .split(".")
    .slice(0, -1)
    .reverse()
    .flatMap((part) => clients.get(part) ?? [])
    .find(({ base }) => base !== null);
  return based ?? clients.get(receiver) ?? (receiver === "axiosRef" ? { base: null, library: "axios" } : undefined);
}

/** `client.get(path)`, `client.request({ method, url })`. */
function memberCall(source: Source, call: CallSite, client: HttpClient, emit: Emit): void {
  const method = methods.get(call.name) ?? null;
  if (method === null && !general.has(call.name)) return;
  if (client.library === "own" && looksLikeRoute(source, call)) return;
  if (/^(?:node:)?https?$|follow-redirects/.test(client.library) && !["get", "request"].includes(call.name)) return;
  send(source, call, client, method, emit);
}

function directCall(source: Source, call: CallSite, client: HttpClient, emit: Emit): void {
  if (client.library === "typed") return;
  // `superagent("POST", url)`.
  const first = argumentText(source, call.open, 0);
  if (first !== null && /^(?:GET|POST|PUT|PATCH|DELETE|HEAD)$/i.test(first)) {
    const target = argumentText(source, call.open, 1);
    if (target !== null) emitCall(source, call, first.toUpperCase(), joined(client.base, target), emit);
    return;
  }
  send(source, call, client, null, emit);
}

function send(source: Source, call: CallSite, client: HttpClient, method: string | null, emit: Emit): void {
  const first = argumentAt(source, call.open, 0);
  if (first === null) return;
  const options = source.bare[first] === "{" ? propertiesAt(source, first) : new Map<string, number>();
  const text = options.size > 0 ? null : argumentText(source, call.open, 0);
  // A variable may hold the options.
  const named = text === null && options.size === 0 ? propertiesAt(source, first) : options;
  const target = text ?? addressIn(source, named);
  const base = named.size > 0 ? (propertyText(source, named, "baseURL", "baseUrl", "prefixUrl") ?? client.base) : client.base;
  const whole = target === null ? base : joined(base, target);
  if (whole === null || !isTarget(whole, client)) return;
  emitCall(source, call, method ?? methodIn(source, call, named) ?? (client.library === "typed" ? null : "GET"), whole, emit);
}

function addressIn(source: Source, options: ReadonlyMap<string, number>): Template | null {
  const whole = propertyText(source, options, "url", "uri");
  if (whole !== null) return whole;
  const host = propertyText(source, options, "host", "hostname");
  if (host === null) return null;
  const port = propertyText(source, options, "port");
  return `http://${host}${port === null || /:\d+$/.test(host) ? "" : `:${port}`}${propertyText(source, options, "path") ?? ""}`;
}

function methodIn(source: Source, call: CallSite, named: ReadonlyMap<string, number>): string | null {
  const later = argumentOffsets(source, call.open)
    .slice(1, 3)
    .map((at) => propertiesAt(source, at));
  for (const options of [named, ...later]) {
    const method = propertyText(source, options, "method", "type");
    if (method !== null) return /^[a-z]{3,7}$/i.test(method) ? method.toUpperCase() : null;
  }
  return null;
}

function emitCall(source: Source, call: CallSite, method: string | null, whole: Template, emit: Emit): void {
  // Holes side by side are one: what is put together there is unknown anyway.
  const one = whole.trim().replace(/\{\}(?:\s{0,9}\{\}){1,40}/g, "{}");
  // Relative to a page, it is a path and no host.
  const target = /^(?!\$\{)[\w-]{1,60}\//.test(one) ? `/${one}` : one;
  emit(call.start, { kind: "call", protocol: "http", method, target, inLoop: isInLoop(source, call.start) });
}

/** A base and a path; an address of its own stays as it is. */
function joined(base: Template | null, path: Template): Template {
  if (base === null || /^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(path)) return path;
  return `${base.replace(/\/{1,9}$/, "")}/${path.replace(/^\/{1,9}/, "")}`;
}

/** A URL, a path, or something put together; own functions need a path. */
function isTarget(target: Template, { library }: HttpClient): boolean {
  if (target.length > 1000 || /[\n<>]/.test(target) || !/[a-z]/i.test(target.replaceAll("{}", ""))) return false;
  if (/^(?:data|blob|file|chrome|about|mailto|javascript):/i.test(target)) return false;
  const isAddress = /^(?:https?:)?\/\/[^\s/]|^\/[\w${]|^\$\{|^\{\}\/[\w${]/i.test(target);
  if (library === "own" || library === "swr") return isAddress && !/\.(?:json|svg|png|md|css|html?|woff2?)$/.test(target);
  return isAddress || /^\{\}[\w${}/]/.test(target) || /^\.{0,2}\/?[\w-]{1,40}\//.test(target);
}

/** `api.get("/users", list)` of a router of this component: a statement of its own whose further arguments are handlers. */
function looksLikeRoute(source: Source, call: CallSite): boolean {
  const handlers = argumentOffsets(source, call.open).slice(1);
  const isHandler = handlers.some((at) =>
    /^(?:async\s{0,9})?(?:\([^()]{0,200}\)|[\w$]{1,60})\s{0,9}=>|^(?:async\s{1,9})?function\b/.test(
      source.bare.slice(at, at + 300),
    ),
  );
  if (isHandler) return true;
  const isUsed = /(?:\b(?:await|return|yield|void)|=>|[=(,?:&|[])\s{0,60}$/.test(
    source.bare.slice(Math.max(0, call.start - 80), call.start),
  );
  if (isUsed) return false;
  const behind = closeNear(source, call.open);
  return !/^\s{0,60}\??\.(?:then|pipe|subscribe|catch|json)\b/.test(source.bare.slice(behind, behind + 90));
}

function isJquery({ receiver, name }: CallSite): boolean {
  return (
    ((receiver === "$" || receiver === "jQuery") && ["get", "post", "ajax", "getJSON", "put", "delete"].includes(name)) ||
    receiver === "$http" ||
    receiver === "$axios"
  );
}

/** What browsers bring along. */
function browserCall(source: Source, call: CallSite, emit: Emit): void {
  if (call.name === "sendBeacon" || (call.isNew && call.name === "EventSource")) {
    const target = argumentText(source, call.open, 0);
    if (target !== null && isTarget(target, { base: null, library: "fetch" }))
      emitCall(source, call, call.isNew ? "GET" : "POST", target, emit);
  } else if (call.name === "open" && source.text.includes("XMLHttpRequest")) {
    const [method, target] = [argumentText(source, call.open, 0), argumentText(source, call.open, 1)];
    if (target === null || !isTarget(target, { base: null, library: "fetch" })) return;
    if (method !== null && /^(?:GET|POST|PUT|PATCH|DELETE)$/i.test(method))
      emitCall(source, call, method.toUpperCase(), target, emit);
  }
}
