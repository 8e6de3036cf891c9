import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { argumentAt, argumentText, importsAny, type PythonCall, pythonCalls, pythonImports, textsAt } from "./names.js";
import { endpointPath } from "./paths.js";

const frameworks = [
  "flask",
  "fastapi",
  "sanic",
  "bottle",
  "starlette",
  "quart",
  "aiohttp",
  "litestar",
  "falcon",
  "ninja",
  "robyn",
  "blacksheep",
  "flask_restful",
  "flask_restx",
  "apiflask",
  "flask_openapi3",
  "flask_smorest",
  "connexion",
  "apispec",
  "chalice",
  "aws_lambda_powertools",
  "hug",
  "japronto",
  "bocadillo",
  "responder",
  "muffin",
  "vibora",
  "klein",
];
const verbs = /^(?:get|post|put|patch|delete|head|options)$/;

/** Flask, FastAPI, Starlette, Sanic, Bottle, Quart, aiohttp, Falcon and what is made like them. */
export const webEndpoints: Detector = {
  name: "python/web-endpoints",
  languages: ["python"],
  words: ["route", "Route", "router", "app.", "api.", "add_url_rule", "add_resource", ".get(", ".post("],
  detect(source, emit) {
    const prefixes = prefixesOf(source);
    const isWeb = importsAny(source, ...frameworks) || prefixes.size > 0;
    for (const call of pythonCalls(source)) {
      const isDecorator =
        source.bare[call.start - 1] === "@" &&
        /\n[ \t]{0,40}@$/.test(source.bare.slice(Math.max(0, call.start - 42), call.start).padStart(1, "\n"));
      if (isDecorator) decorated(source, call, isWeb, prefixes, emit);
      else if (isWeb) registered(source, call, prefixes, emit);
    }
  },
};

/** `@app.route("/x", methods=["POST"])`, `@router.get("/x/{id}")`, `@get("/x")` of Bottle. */
function decorated(
  source: Source,
  call: PythonCall,
  isWeb: boolean,
  prefixes: ReadonlyMap<string, readonly string[]>,
  emit: Emit,
): void {
  const { name, receiver, full, open, start } = call;
  const isBare = receiver === "" && /^(?:bottle|litestar)\./.test(full);
  if (receiver === "" && !isBare) return;
  const isRoute = /^(?:route|api_route|websocket|view)$/.test(name);
  if (!isRoute && !verbs.test(name)) return;
  // The application of another file: only its usual names count.
  if (
    !isWeb &&
    !/^(?:app|application|api|router|bp|blueprint|\w{1,30}_(?:app|api|router|bp|blueprint|routes)|routes)$/.test(receiver)
  )
    return;
  const path = argumentText(source, open, 0, "path", "rule", "uri");
  const isEmpty = path === null && argumentAt(source, open, 0, "path", "rule", "uri") === null;
  const text = isEmpty || path === "" ? "" : path;
  if (text === null || (text !== "" && !text.startsWith("/")) || (text === "" && !prefixes.has(receiver) && !isBare)) return;
  const methods = verbs.test(name)
    ? [name.toUpperCase()]
    : methodsAt(source, argumentAt(source, open, null, "methods", "method"));
  const isFlask = name === "route" && importsAny(source, "flask", "quart", "bottle", "flask_restx");
  const all = methods.length > 0 ? methods : name === "websocket" || isFlask || name === "api_route" ? ["GET"] : [null];
  for (const prefix of prefixes.get(receiver) ?? [""])
    for (const method of all)
      emit(start, { kind: "endpoint", method, path: endpointPath(prefix, text), handler: handlerAfter(source, call.close) });
}

/** `app.add_url_rule(…)`, `api.add_resource(…)`, `web.get(…)`, `app.add_api_route(…)`, `Route(…)`, `add_route(…)`. */
function registered(source: Source, call: PythonCall, prefixes: ReadonlyMap<string, readonly string[]>, emit: Emit): void {
  const { name, receiver, full, open, start } = call;
  const put = (method: string | null, path: string | null, handler: string | null) => {
    if (path === null || !/^\/|^$/.test(path)) return;
    for (const prefix of prefixes.get(receiver) ?? [""])
      emit(start, { kind: "endpoint", method, path: endpointPath(prefix, path), handler });
  };
  const nameOf = (offset: number | null) =>
    offset === null
      ? null
      : (/^[\w.]{1,100}/
          .exec(source.bare.slice(offset, offset + 100))?.[0]
          .split(".")
          .at(-1) ?? null);
  const each = (methods: readonly string[], path: string | null, handler: string | null) => {
    for (const method of methods.length > 0 ? methods : [null]) put(method, path, handler);
  };
  if (/^(?:add_url_rule|add_api_route|add_websocket_route)$/.test(name)) {
    const methods = methodsAt(source, argumentAt(source, open, null, "methods"));
    each(
      methods.length > 0 ? methods : name === "add_api_route" ? ["GET"] : [],
      argumentText(source, open, 0, "rule", "path"),
      nameOf(argumentAt(source, open, name === "add_url_rule" ? 2 : 1, "view_func", "endpoint")),
    );
  } else if (name === "add_resource") {
    const handler = nameOf(argumentAt(source, open, 0));
    const methods = handler === null ? [] : methodsOfClass(source, handler);
    for (let index = 1; index < 6; index++) {
      const path = argumentText(source, open, index);
      if (path !== null) each(methods, path, handler);
    }
  } else if (/^add_(?:get|post|put|patch|delete|head|view)$/.test(name)) {
    put(
      name === "add_view" ? null : name.slice(4).toUpperCase(),
      argumentText(source, open, 0),
      nameOf(argumentAt(source, open, 1)),
    );
  } else if (/^aiohttp\.web\.(?:get|post|put|patch|delete|head|view)$/.test(full)) {
    put(name === "view" ? null : name.toUpperCase(), argumentText(source, open, 0), nameOf(argumentAt(source, open, 1)));
  } else if (name === "add_route") {
    const first = argumentText(source, open, 0);
    if (first !== null && /^(?:[A-Z]{3,7}|\*)$/.test(first))
      put(first === "*" ? null : first, argumentText(source, open, 1), nameOf(argumentAt(source, open, 2)));
    else if (importsAny(source, "falcon")) put(null, first, nameOf(argumentAt(source, open, 1)));
    else if (importsAny(source, "sanic"))
      each(
        methodsAt(source, argumentAt(source, open, 2, "methods")),
        argumentText(source, open, 1, "uri"),
        nameOf(argumentAt(source, open, 0)),
      );
  } else if (/^(?:starlette|fastapi|litestar)\.(?:routing\.)?(?:Route|WebSocketRoute|APIRoute)$/.test(full)) {
    each(
      methodsAt(source, argumentAt(source, open, null, "methods")),
      argumentText(source, open, 0, "path"),
      nameOf(argumentAt(source, open, 1, "endpoint")),
    );
  } else if (name === "include_router" || name === "register_blueprint" || name === "include_app") mounted(source, call, emit);
}

/** What is mounted from another module keeps its path there. */
function mounted(source: Source, { open, start }: PythonCall, emit: Emit): void {
  const prefix = argumentText(source, open, null, "prefix", "url_prefix");
  const first = argumentAt(source, open, 0);
  const written = first === null ? null : /^[\w.]{1,100}/.exec(source.bare.slice(first, first + 100))?.[0];
  if (prefix === null || prefix === "" || !written) return;
  const [root = "", ...rest] = written.split(".");
  const module = pythonImports(source).get(root);
  if (module === undefined) return;
  const parts = [module, ...rest].join(".").split(".");
  emit(start, { kind: "mount", path: endpointPath(prefix), module: modulePath(parts.slice(0, -1).join(".")) });
}

/** `.routers.users` is `./routers/users`. */
export function modulePath(module: string): string {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const up = dots <= 1 ? "./".slice(0, dots * 2) : "../".repeat(dots - 1);
  return up + module.slice(dots).replaceAll(".", "/");
}

/** Prefixes of the routers and blueprints of this file, with those they are included with here. */
function prefixesOf(source: Source): Map<string, string[]> {
  const own = new Map<string, string>();
  for (const { full, open, start } of pythonCalls(source)) {
    if (
      !/(?:^|\.)(?:APIRouter|Blueprint|APIBlueprint|Router|Namespace|FastAPI|Flask|Sanic|Quart|Bottle|RouteTableDef|Chalice|Api|NinjaAPI|Litestar|APIFlask)$/.test(
        full,
      )
    )
      continue;
    const name =
      /(?:^|[\n;])[ \t]{0,40}(?:[\w.]{1,60}\.)?(\w{1,60})(?:[ \t]{0,3}:[ \t]{0,3}[\w.]{1,60})?[ \t]{0,9}=[ \t]{0,9}$/.exec(
        source.bare.slice(Math.max(0, start - 200), start),
      )?.[1];
    const isNamespace = full.endsWith("Namespace");
    if (name !== undefined && !own.has(name))
      own.set(name, argumentText(source, open, isNamespace ? null : null, "prefix", "url_prefix", "root_path", "path") ?? "");
  }
  const found = new Map([...own].map(([name, prefix]): [string, string[]] => [name, [prefix]]));
  for (const { name, receiver, open } of pythonCalls(source)) {
    if (!/^(?:include_router|register_blueprint|blueprint|mount)$/.test(name)) continue;
    const child = argumentAt(source, open, name === "mount" ? 1 : 0);
    const local = child === null ? undefined : /^\w{1,60}/.exec(source.bare.slice(child, child + 60))?.[0];
    if (local === undefined || !own.has(local)) continue;
    const outer = own.get(receiver) ?? "";
    const given =
      name === "mount" ? argumentText(source, open, 0, "path") : argumentText(source, open, null, "prefix", "url_prefix");
    // Flask: the prefix of the registration replaces that of the blueprint.
    const replaces = name === "register_blueprint" && given !== null;
    found.set(local, [[outer, given ?? "", replaces ? "" : (own.get(local) ?? "")].join("/")]);
  }
  return found;
}

function methodsAt(source: Source, offset: number | null): string[] {
  return textsAt(source, offset).flatMap((text) => (/^[A-Za-z]{3,7}$/.test(text) ? [text.toUpperCase()] : []));
}

/** Names of the methods of a view class that answer. */
function methodsOfClass(source: Source, name: string): string[] {
  const at = source.bare.search(new RegExp(`^[ \\t]{0,20}class[ \\t]{1,5}${name}\\b`, "m"));
  if (at < 0) return [];
  const body = source.bare.slice(at + 6, at + 8000);
  const end = body.search(/\n(?:class|def|@)\b|\n[A-Za-z]/);
  return [
    ...(end < 0 ? body : body.slice(0, end)).matchAll(
      /\n[ \t]{1,20}(?:async[ \t]{1,5})?def[ \t]{1,5}(get|post|put|patch|delete)\(/g,
    ),
  ].map(([, verb = ""]) => verb.toUpperCase());
}

function handlerAfter(source: Source, from: number): string | null {
  return (
    /^[^\n]{0,200}(?:\n[ \t]{0,40}(?:[@#][^\n]{0,200})?){0,12}\n?[ \t]{0,40}(?:async[ \t]{1,5})?def[ \t]{1,5}(\w{1,80})/.exec(
      source.bare.slice(from, from + 1500),
    )?.[1] ?? null
  );
}
