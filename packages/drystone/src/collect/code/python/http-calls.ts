import type { Template } from "../cue.js";
import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { isInLoop } from "./in-loop.js";
import { argumentAt, argumentText, importsAny, type PythonCall, pythonCalls, textsAt } from "./names.js";

const modules = [
  "requests",
  "httpx",
  "aiohttp",
  "urllib",
  "urllib2",
  "urllib3",
  "http.client",
  "requests_oauthlib",
  "requests_futures",
  "treq",
  "grequests",
  "niquests",
  "curl_cffi",
  "locust",
  "uplink",
  "hishel",
];
const verbs = /^(?:get|post|put|patch|delete|head|options)$/;
const library = /^(?:requests|httpx|aiohttp|treq|grequests|niquests|requests_oauthlib|requests_futures|curl_cffi|hishel)\b/;
/** A function of the library or of a client that is made here, and no other value that comes from it. */
const direct = /^\w{1,40}(?:\.\w{1,40}){0,3}(?:\.(?:\w{0,30}Session|session|\w{0,10}Client|PoolManager)\(\))?\.\w{1,20}$/;
const clientName = /^_{0,2}(?:\w{0,30}(?:session|http|requests|httpx|aiohttp)\w{0,20}|(?:\w{0,20}_)?client)$/i;

/** requests, httpx, aiohttp, urllib and locust. */
export const httpCalls: Detector = {
  name: "python/http-calls",
  languages: ["python"],
  words: ["requests", "httpx", "aiohttp", "urllib", "http.client", "locust", "treq", "niquests"],
  detect(source, emit) {
    if (!importsAny(source, ...modules)) return;
    const host = importsAny(source, "locust") ? locustHost(source) : null;
    for (const call of pythonCalls(source)) {
      const request = requestOf(source, call);
      if (request === null || !isTarget(request.target)) continue;
      const target = host !== null && request.target.startsWith("/") ? host + request.target : request.target;
      emit(call.start, {
        kind: "call",
        protocol: "http",
        method: request.method,
        target,
        inLoop: isInLoop(source, call.start, call.close),
      });
    }
  },
};

interface Request {
  readonly method: string | null;
  readonly target: Template;
}

function requestOf(source: Source, call: PythonCall): Request | null {
  const { full, name, open } = call;
  if (/^urllib2?\.(?:request\.)?(?:urlopen|Request|urlretrieve)$/.test(full)) {
    const url = argumentText(source, open, 0, "url", "fullurl");
    return url === null ? null : { method: name === "Request" ? argumentText(source, open, null, "method") : null, target: url };
  }
  if (!isClient(source, call)) return null;
  const base = call.made === null ? "" : (argumentText(source, call.made.open, null, "base_url") ?? "");
  const at = verbs.test(name) || name === "ws_connect" ? 0 : /^(?:request|stream|fetch)$/.test(name) ? 1 : null;
  if (at === null) return null;
  const url = argumentText(source, open, at, "url");
  if (url === null) return base === "" ? null : { method: verbs.test(name) ? name.toUpperCase() : null, target: `${base}/{}` };
  const method = verbs.test(name)
    ? name.toUpperCase()
    : at === 1
      ? (argumentText(source, open, 0, "method")?.toUpperCase() ?? null)
      : null;
  return {
    method: method !== null && /^[A-Z]{3,7}$/.test(method) ? method : null,
    target: base === "" || url.includes("://") ? url : `${base.replace(/\/$/, "")}/${url.replace(/^\//, "")}`,
  };
}

function isClient(source: Source, { full, path, receiver, made, open }: PythonCall): boolean {
  if (library.test(full)) return direct.test(full) && !full.startsWith("aiohttp.web.");
  if (made !== null || !path.includes(".")) return false;
  if (!clientName.test(receiver) && !/^(?:self\.)?client$/.test(receiver)) return false;
  // A client from elsewhere: what it is given must look like an address.
  const target = argumentText(source, open, 0, "url") ?? "";
  return /^(?:https?:)?\/|^(?:\$\{[^}]{1,200}\}|\{\})\/|:\/\//.test(target);
}

function isTarget(target: Template): boolean {
  return target !== "" && !/\s/.test(target) && !/^(?:data|file):/.test(target);
}

/** `host = "http://shop"` of a locust user. */
function locustHost(source: Source): Template | null {
  const at = /^[ \t]{1,16}host[ \t]{0,3}=[ \t]{0,3}/m.exec(source.bare);
  return at === null ? null : (textsAt(source, at.index + at[0].length)[0] ?? null);
}

/** A client that is made with the address of who it calls. */
export const httpClients: Detector = {
  name: "python/http-clients",
  languages: ["python"],
  words: ["base_url", "HTTPConnection", "HTTPSConnection", "ServerProxy"],
  detect(source, emit) {
    for (const { full, start, open } of pythonCalls(source)) {
      const offset = /(?:^|\.)(?:HTTPS?Connection|ServerProxy)$/.test(full)
        ? argumentAt(source, open, 0, "host", "uri")
        : /^(?:httpx|aiohttp|requests_toolbelt|hishel|openai|anthropic)\./.test(full)
          ? argumentAt(source, open, /^aiohttp\.ClientSession$/.test(full) ? 0 : null, "base_url")
          : null;
      for (const value of textsAt(source, offset)) emit(start, { kind: "address", value, technology: "http", use: "client" });
    }
  },
};
