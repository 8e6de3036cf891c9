import type { Detector, Emit } from "../detector.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";
import { argumentOffsets } from "./argument-offsets.js";
import { assignedName, type CallSite, callsNamed, callsOf, chainedCall } from "./calls-of.js";
import { httpClients } from "./http-clients.js";
import { bindingsOf, imports, isRelative, localsOf } from "./imports.js";
import { endpointPath } from "./paths.js";
import { declaredTypes } from "./types-of.js";
import { argumentAt, argumentText, propertiesAt, propertyText, textsAt } from "./values.js";

const methods = new Map([
  ["get", "GET"],
  ["post", "POST"],
  ["put", "PUT"],
  ["patch", "PATCH"],
  ["delete", "DELETE"],
  ["del", "DELETE"],
  ["head", "HEAD"],
  ["options", "OPTIONS"],
  ["all", null],
]);
const frameworks = [
  "express",
  "koa-router",
  "@koa/router",
  "fastify",
  "@fastify/*",
  "@hapi/hapi",
  "hapi",
  "restify",
  "restify-router",
  "hono",
  "polka",
  "express-promise-router",
  "find-my-way",
  "micro-router",
  "router",
  "@tinyhttp/app",
  "itty-router",
  "elysia",
  "h3",
  "express-openapi-validator",
  "hyper-express",
  "0http",
  "oak",
  "@zeit/next-server",
  "next",
  "json-server",
  "@loopback/rest",
  "loopback",
  "directus",
];
const factories =
  /^(?:express|Router|fastify|Fastify|KoaRouter|createServer|server|Server|Hono|polka|restify|createRouter|OpenAPIHono|Elysia|App|PromiseRouter|Koa|create)$/;
/** Parameters that a module gets its application by: `module.exports = (app) => { app.get(…) }`. */
const usualNames = /^(?:app|router|server|fastify|api|routes?|expressApp|\w{1,30}Router|\w{1,30}Routes|http)$/;

/** Routes of Express and all that look alike: Koa, Fastify, Hapi, Restify, Hono. Prefixes are joined as far as this file tells. */
export const expressRoutes: Detector = {
  name: "javascript/express-routes",
  languages: ["javascript"],
  words: [".get(", ".post(", ".put(", ".patch(", ".delete(", ".route(", ".use(", ".all(", ".register(", ".basePath("],
  detect(source, emit) {
    const routers = routersOf(source);
    const prefixes = prefixesOf(source, routers);
    for (const call of callsOf(source)) {
      if (call.receiver === "" || !isRouter(source, call.receiver, routers)) continue;
      if (methods.has(call.name)) route(source, call, prefixes.get(call.receiver) ?? [""], emit);
      else if (call.name === "route") routeObject(source, call, prefixes.get(call.receiver) ?? [""], emit);
    }
    mounts(source, routers, emit);
  },
};

interface Router {
  readonly prefix: string;
}

/** Names that are made by a framework or handed to a function under a usual name and type. */
const routersOf = perSource((source: Source): ReadonlyMap<string, Router> => {
  const found = new Map<string, Router>();
  if (!imports(source, ...frameworks)) return found;
  const locals = localsOf(source, frameworks);
  for (const call of callsOf(source)) {
    const isMade = (locals.has(call.name) && call.receiver === "") || (locals.has(call.receiver) && factories.test(call.name));
    if (!isMade || (call.receiver === "" && !call.isNew && /^(?:serveStatic|static|json|urlencoded|cors)$/.test(call.name)))
      continue;
    const name = assignedName(source, call);
    if (name === null) continue;
    const options = propertiesAt(source, argumentAt(source, call.open, 0));
    const based = chainedCall(source, call.open);
    const prefix =
      propertyText(source, options, "prefix") ??
      (based?.name === "basePath" || based?.name === "prefix" ? argumentText(source, based.open, 0) : null);
    found.set(name, { prefix: prefix ?? "" });
  }
  for (const { name, type } of declaredTypes(source))
    if (/^(?:Express|Application|Router|IRouter|FastifyInstance|KoaRouter|Hono|Elysia)$/.test(type) && !found.has(name))
      found.set(name, { prefix: "" });
  return found;
});

/** `app` and the like of a file that imports no framework must not be a client of something. */
function isRouter(source: Source, name: string, routers: ReadonlyMap<string, Router>): boolean {
  if (routers.has(name)) return true;
  if (!usualNames.test(name) || httpClients(source).has(name)) return false;
  const imported = bindingsOf(source).find(({ local }) => local === name);
  return imported === undefined ? parametersOf(source).has(name) : isRelative(imported.module);
}

/** Names of parameters of functions of this file. */
const parametersOf = perSource((source: Source): ReadonlySet<string> => {
  const found = new Set<string>();
  const pattern = /\(([^()]{1,300})\)(?=\s{0,9}(?::[^(){}=;]{1,80})?(?:=>|\{))|(?<![\w$])([A-Za-z_$][\w$]{0,40})\s{0,3}=>/g;
  for (let match = pattern.exec(source.bare); match !== null && found.size < 2000; match = pattern.exec(source.bare))
    for (const one of (match[1] ?? match[2] ?? "").split(","))
      found.add(/[A-Za-z_$][\w$]{0,60}(?=\s{0,3}(?:[:=?}]|$))/.exec(one.trim())?.[0] ?? "");
  return found;
});

/** The prefixes under which this file mounts each of its routers: `app.use("/users", router)`, `app.register(routes, { prefix })`. */
function prefixesOf(source: Source, routers: ReadonlyMap<string, Router>): ReadonlyMap<string, readonly string[]> {
  const mounted = new Map<string, { parent: string; path: string }[]>();
  for (const call of callsNamed(source, "use", "register", "route", "mount")) {
    if (!isRouter(source, call.receiver, routers)) continue;
    const path = mountPath(source, call);
    for (const name of handlerNames(source, call)) {
      if (name === call.receiver) continue;
      mounted.set(name, [...(mounted.get(name) ?? []), { parent: call.receiver, path: path ?? "" }]);
    }
  }
  const full = (name: string, depth: number): string[] => {
    const own = routers.get(name)?.prefix ?? "";
    const parents = depth > 4 ? [] : (mounted.get(name) ?? []);
    if (parents.length === 0) return [own];
    return parents
      .slice(0, 5)
      .flatMap(({ parent, path }) => full(parent, depth + 1).map((prefix) => `${prefix}/${path}/${own}`))
      .slice(0, 10);
  };
  return new Map([...new Set([...routers.keys(), ...mounted.keys()])].map((name) => [name, full(name, 0)]));
}

function mountPath(source: Source, call: CallSite): string | null {
  const first = argumentText(source, call.open, 0);
  if (first !== null && /^[/*]|^\$\{/.test(first)) return first;
  return (
    argumentOffsets(source, call.open)
      .slice(1, 3)
      .map((at) => propertyText(source, propertiesAt(source, at), "prefix"))
      .find((prefix) => prefix !== null) ?? null
  );
}

function handlerNames(source: Source, call: CallSite): string[] {
  return argumentOffsets(source, call.open)
    .slice(0, 6)
    .flatMap(
      (at) => /^([A-Za-z_$][\w$]{0,80})(?:\.routes\(\s{0,3}\))?\s{0,9}[,)]/.exec(source.bare.slice(at, at + 120))?.[1] ?? [],
    );
}

/** `app.get("/x", handler)`: a path and something that answers. */
function route(source: Source, call: CallSite, prefixes: readonly string[], emit: Emit): void {
  const offsets = argumentOffsets(source, call.open);
  const first = offsets[0];
  if (first === undefined || offsets.length < 2) return;
  for (const path of textsAt(source, first)) {
    if (!/^[/*:]|^\$\{/.test(path) || /\s/.test(path)) continue;
    emitRoute(source, call, methods.get(call.name) ?? null, path, { prefixes, handlerAt: offsets.at(-1) }, emit);
  }
}

/** `router.route("/x").get(a).post(b)`, and Fastify's and Hapi's `route({ method, url, handler })`. */
function routeObject(source: Source, call: CallSite, prefixes: readonly string[], emit: Emit): void {
  const first = argumentAt(source, call.open, 0);
  if (first === null) return;
  const objects = source.bare[first] === "[" ? argumentOffsets(source, first) : [first];
  for (const at of objects.slice(0, 200)) {
    if (source.bare[at] !== "{") continue;
    const options = propertiesAt(source, at);
    const path = propertyText(source, options, "url", "path");
    if (path === null) continue;
    const given = textsAt(source, options.get("method")).map((method) =>
      /^[A-Za-z]{3,7}$/.test(method) ? method.toUpperCase() : null,
    );
    for (const method of given.length === 0 ? [null] : given)
      emitRoute(source, { ...call, start: at }, method, path, { prefixes, handlerAt: options.get("handler") }, emit);
  }
  const path = argumentText(source, call.open, 0);
  if (path === null || !path.startsWith("/")) return;
  let next = chainedCall(source, call.open);
  for (let count = 0; next !== null && count < 10; count++) {
    if (methods.has(next.name))
      emitRoute(
        source,
        { ...call, start: next.open },
        methods.get(next.name) ?? null,
        path,
        { prefixes, handlerAt: argumentOffsets(source, next.open).at(-1) },
        emit,
      );
    next = chainedCall(source, next.open);
  }
}

interface Place {
  readonly prefixes: readonly string[];
  readonly handlerAt: number | undefined;
}

function emitRoute(
  source: Source,
  call: CallSite,
  method: string | null,
  path: string,
  { prefixes, handlerAt }: Place,
  emit: Emit,
): void {
  const handler = handlerAt === undefined ? null : handlerName(source.bare.slice(handlerAt, handlerAt + 200));
  for (const prefix of prefixes)
    emit(call.start, {
      kind: "endpoint",
      method: method === "ALL" ? null : method,
      path: endpointPath(prefix, path),
      handler,
    });
}

/** `listOrders` of `listOrders`, `this.orders.listOrders.bind(…)`, `wrap(listOrders)`; null for what has no name. */
function handlerName(text: string): string | null {
  const name =
    /^(?:[\w$]{1,60}\()?(?:[\w$]{1,60}\.){0,4}?([A-Za-z_$][\w$]{0,80})\s{0,9}(?:\.bind\b|[,)\]}])/.exec(text)?.[1] ?? null;
  return name === "function" || name === "async" ? null : name;
}

/** `app.use("/users", usersRouter)` of another file. */
function mounts(source: Source, routers: ReadonlyMap<string, Router>, emit: Emit): void {
  const modules = new Map(
    bindingsOf(source)
      .filter(({ module }) => isRelative(module))
      .map(({ local, module }) => [local, module]),
  );
  for (const call of callsNamed(source, "use", "register", "route")) {
    if (!isRouter(source, call.receiver, routers)) continue;
    const path = mountPath(source, call);
    if (path === null || path === "/" || path === "*") continue;
    const named = handlerNames(source, call).flatMap((name) => modules.get(name) ?? []);
    const required = argumentOffsets(source, call.open)
      .slice(0, 5)
      .flatMap((at) =>
        /^require\(\s{0,3}/.test(source.bare.slice(at, at + 12))
          ? (argumentText(source, source.bare.indexOf("(", at), 0) ?? [])
          : [],
      );
    for (const module of [...named, ...required].filter((one) => isRelative(one)))
      emit(call.start, { kind: "mount", path: endpointPath(path), module });
  }
}
