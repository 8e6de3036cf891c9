import type { Template } from "../cue.js";
import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { optionsOf } from "./addresses.js";
import { argumentOffsets } from "./argument-offsets.js";
import { type CallSite, callsOf } from "./calls-of.js";
import { imports, localsOf } from "./imports.js";
import { textAt } from "./text-at.js";
import { argumentAt, argumentText, propertiesAt, propertyText } from "./values.js";

const modules = [
  "http-proxy-middleware",
  "express-http-proxy",
  "http-proxy",
  "@fastify/http-proxy",
  "fastify-http-proxy",
  "@fastify/reply-from",
  "koa-proxies",
  "koa-better-http-proxy",
  "fast-gateway",
  "redbird",
  "httpxy",
  "koa-proxy",
];

/** Requests that are sent on: http-proxy-middleware and its relatives, and the proxies of development servers. */
export const proxies: Detector = {
  name: "javascript/proxies",
  languages: ["javascript"],
  words: ["proxy", "proxies", "fast-gateway", "redbird", "httpxy", "rewrites", "reply-from"],
  detect(source, emit) {
    if (imports(source, ...modules)) {
      const makers = localsOf(source, modules);
      for (const call of callsOf(source)) {
        const isMaker =
          (makers.has(call.name) && call.receiver === "") ||
          (makers.has(call.receiver) &&
            /^(?:createProxyServer|createProxyMiddleware|createServer|createProxy)$/.test(call.name)) ||
          (call.name === "register" && makers.has(firstName(source, call)));
        if (isMaker) proxy(source, call, emit);
        else if (/^(?:web|ws)$/.test(call.name) && /proxy/i.test(call.receiver)) target(source, call, emit);
      }
    }
    if (
      /(?:^|\/)(?:vite|vue|webpack|rsbuild|nuxt|quasar|astro|next|umirc|proxy\.conf|angular|rspack|farm|craco)[\w.-]{0,40}\.[cm]?[jt]s$|(?:^|\/)(?:setupProxy|proxy)\.[cm]?[jt]s$|(?:^|\/)\.umirc\.ts$/.test(
        source.path,
      )
    )
      configured(source, emit);
  },
};

function firstName(source: Source, call: CallSite): string {
  const first = argumentAt(source, call.open, 0);
  return first === null ? "" : (/^[\w$]{1,80}/.exec(source.bare.slice(first, first + 90))?.[0] ?? "");
}

/** `createProxyMiddleware("/api", { target })` and `app.use("/users", createProxyMiddleware({ target }))`. */
function proxy(source: Source, call: CallSite, emit: Emit): void {
  const first = argumentText(source, call.open, 0);
  const objects = argumentOffsets(source, call.open)
    .slice(0, 3)
    .filter((at) => propertiesAt(source, at).size > 0);
  const options = objects.map((at) => ({ at, values: propertiesAt(source, at) }));
  const goal =
    options.map(({ at }) => optionsOf(source, at).addresses[0]).find((address) => address !== undefined) ??
    (first !== null && isGoal(first) ? first : null);
  if (goal === null || goal === undefined || goal === "{}") return;
  const own = first !== null && first !== goal && first.startsWith("/") ? first : null;
  const prefix =
    options
      .map(({ values }) => propertyText(source, values, "prefix", "pathFilter", "context"))
      .find((path) => path?.startsWith("/")) ?? null;
  emit(call.start, { kind: "route", path: own ?? prefix ?? mountedAt(source, call), target: goal });
}

function isGoal(text: Template): boolean {
  return /^[a-z]{2,10}:\/\/|^\$\{|^[a-z][\w.-]{0,80}:\d{2,5}/i.test(text);
}

/** The path of the `use` that the call is an argument of. */
function mountedAt(source: Source, call: CallSite): string | null {
  const before = source.bare.slice(Math.max(0, call.start - 400), call.start);
  const opened =
    /\.(?:use|all|get|post|any|route)\s?\((\s{0,60}[^()]{0,300},\s{0,60}(?:[\w$.]{1,60}\([^()]{0,80}\),\s{0,60})?)$/.exec(before);
  if (opened === null) return null;
  const path = textAt(source, call.start - (opened[1] ?? "").trimStart().length);
  return path?.startsWith("/") ? path : null;
}

/** `proxy.web(req, res, { target })`. */
function target(source: Source, call: CallSite, emit: Emit): void {
  const goal = propertyText(source, propertiesAt(source, argumentAt(source, call.open, 2)), "target", "forward");
  if (goal !== null && isGoal(goal)) emit(call.start, { kind: "route", path: null, target: goal });
}

/** `proxy: { "/api": "http://…" | { target } }` and `rewrites: [{ source, destination }]` of a configuration file. */
function configured(source: Source, emit: Emit): void {
  for (const match of source.bare.matchAll(/(?<![\w$])(?:proxy|proxies|PROXY_CONFIG|devProxy|routeRules)\s{0,3}[:=]\s{0,9}\{/g)) {
    const open = match.index + match[0].length - 1;
    for (const [path, at] of propertiesAt(source, open)) {
      if (!/^[\^/]/.test(path)) continue;
      const goal =
        source.bare[at] === "{" ? propertyText(source, propertiesAt(source, at), "target", "proxy", "to") : textAt(source, at);
      if (goal !== null && isGoal(goal)) emit(at, { kind: "route", path: path.replace(/^\^/, ""), target: goal });
    }
  }
  for (const match of source.bare.matchAll(/(?<![\w$])(?:destination|target)\s{0,3}:\s{0,9}(?=[_`\w])/g)) {
    const open = source.bare.lastIndexOf("{", match.index);
    if (open < 0 || match.index - open > 400) continue;
    const options = propertiesAt(source, open);
    const goal = propertyText(source, options, "destination", "target");
    const context = options.get("context");
    const from =
      propertyText(source, options, "source") ??
      (context === undefined ? null : textAt(source, source.bare[context] === "[" ? context + 1 : context));
    if (goal !== null && isGoal(goal) && from?.startsWith("/"))
      emit(match.index, { kind: "route", path: from.replace(/\/:[a-z]\w{0,40}\*$/i, ""), target: goal });
  }
}
