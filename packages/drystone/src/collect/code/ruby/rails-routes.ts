/** Routes of Rails: resources, namespaces and scopes by the blocks they stand in. */
import type { Detector, Emit } from "../detector.js";

export const railsRoutes: Detector = {
  name: "ruby/rails-routes",
  languages: ["ruby"],
  words: ["routes.draw", "Rails.application.routes", "resources :", "namespace :"],
  detect(source, emit) {
    if (!/\broutes\.draw\b|(?:^|\/)config\/routes(?:\/|\.rb$)/.test(source.code) && !/(?:^|\/)config\/routes/.test(source.path))
      return;
    const blocks: string[] = [];
    let offset = 0;
    let left = maxRoutes;
    for (const line of source.code.split("\n")) {
      if (left <= 0) break;
      readLine(line, offset, blocks, (at, cue) => {
        left--;
        emit(at, cue);
      });
      offset += line.length + 1;
    }
  },
};

const maxDepth = 40;
const maxRoutes = 3000;
/** Stands for a path that is not known here; no path has it. */
const elsewhere = "\0";

function readLine(line: string, offset: number, blocks: string[], emit: Emit): void {
  const text = line.trim().slice(0, 400);
  if (text === "") return;
  if (/^end\b/.test(text)) {
    blocks.pop();
    return;
  }
  const at = offset + line.indexOf(text.slice(0, 1));
  const prefix = blocks.join("");
  const opens = /\bdo\b(?:\s{0,5}\|[^|]{0,80}\|)?$/.test(text) || /^(?:if|unless|case|begin|def|class|module)\b/.test(text);
  const inner = emitLine(text, prefix, blocks, at, emit);
  if (opens && blocks.length < maxDepth) blocks.push(inner);
}

/** Emits what the line declares, and gives the path that a block of it adds. */
function emitLine(text: string, prefix: string, blocks: readonly string[], at: number, emit: Emit): string {
  const put = (method: string | null, path: string, handler: string | null) => {
    if (!prefix.includes(elsewhere)) emit(at, { kind: "endpoint", method, path: clean(`${prefix}/${path}`), handler });
  };
  // What a concern declares answers where it is used.
  if (/^concern\b/.test(text)) return elsewhere;
  const scoped = /^(namespace|scope)\b\s{0,5}\(?\s{0,5}(.{0,300})/.exec(text);
  if (scoped !== null) {
    const rest = scoped[2] ?? "";
    const path = /\bpath:\s{0,5}["':]{1,2}([\w/:.-]{0,100})/.exec(rest)?.[1] ?? /^["':]([\w/:.-]{1,100})/.exec(rest)?.[1];
    return path === undefined || (scoped[1] === "scope" && rest.startsWith("module:")) ? "" : `/${path}`;
  }
  const many = /^(resources|resource)\b\s{0,5}\(?\s{0,5}((?::\w{1,80}(?:\s{0,3},\s{0,3}(?=:\w))?){1,12})(.{0,300})/.exec(text);
  if (many !== null) {
    let inner = "";
    for (const name of (many[2] ?? "").matchAll(/:(\w{1,80})/g))
      inner = resource(many[1] === "resource", name[1] ?? "", many[3] ?? "", put);
    return inner;
  }
  if (/^member\b/.test(text)) return "";
  // Inside of `collection` the parameter of the resource around it is not part of the path.
  if (/^collection\b/.test(text)) return /\/:\w+$/.test(blocks.at(-1) ?? "") ? "/.." : "";
  const verb = /^(get|post|put|patch|delete|match|root)\b\s{0,5}\(?\s{0,5}(.{0,300})/.exec(text);
  if (verb === null) return "";
  const [, name = "", rest = ""] = verb;
  if (name === "root") {
    put("GET", "", handlerOf(rest));
    return "";
  }
  const path = /^["':]([^"'\s,)=]{1,160})/.exec(rest)?.[1];
  if (path === undefined) return "";
  const isCollection = /\bon:\s{0,3}:collection\b/.test(rest) && /\/:\w+$/.test(prefix);
  const methods =
    name !== "match"
      ? [name.toUpperCase()]
      : [...(/\bvia:\s{0,3}(.{1,100})/.exec(rest)?.[1] ?? "").matchAll(/:(get|post|put|patch|delete)\b/g)].map((match) =>
          (match[1] ?? "").toUpperCase(),
        );
  for (const method of methods.length === 0 ? [null] : methods) put(method, isCollection ? `../${path}` : path, handlerOf(rest));
  return "";
}

function handlerOf(rest: string): string | null {
  return /(?:\bto:\s{0,3}|=>\s{0,3})["']([\w/]{1,80}#\w{1,60})["']/.exec(rest)?.[1] ?? null;
}

type Put = (method: string | null, path: string, handler: string | null) => void;

const actions: readonly (readonly [action: string, method: string, onMember: boolean, suffix: string])[] = [
  ["index", "GET", false, ""],
  ["create", "POST", false, ""],
  ["new", "GET", false, "/new"],
  ["show", "GET", true, ""],
  ["edit", "GET", true, "/edit"],
  ["update", "PUT", true, ""],
  ["update", "PATCH", true, ""],
  ["destroy", "DELETE", true, ""],
];

function resource(isSingle: boolean, name: string, options: string, put: Put): string {
  const list = (key: string) => {
    const found = new RegExp(`\\b${key}:\\s{0,3}(?:%i\\[([\\w\\s]{0,200})\\]|\\[([^\\]]{0,200})\\]|:(\\w{1,40}))`).exec(options);
    return found === null ? null : new Set((found[1] ?? found[2] ?? found[3] ?? "").match(/\w+/g) ?? []);
  };
  const only = list("only");
  const except = list("except");
  const path = /\bpath:\s{0,3}["':]{1,2}([\w/-]{0,80})/.exec(options)?.[1] ?? name;
  const parameter = /\bparam:\s{0,3}:(\w{1,60})/.exec(options)?.[1];
  for (const [action, method, onMember, suffix] of actions) {
    if ((only !== null && !only.has(action)) || except?.has(action) || (isSingle && action === "index")) continue;
    put(method, `${path}${onMember && !isSingle ? `/:${parameter ?? "id"}` : ""}${suffix}`, `${name}#${action}`);
  }
  return isSingle ? `/${path}` : `/${path}/:${parameter ?? `${name.replace(/ies$/, "y").replace(/s$/, "")}_id`}`;
}

/** `..` takes the parameter before it away; `:id` becomes `{id}`, `(.:format)` goes. */
function clean(path: string): string {
  const whole = path
    .replace(/\/:\w{1,80}\/\.\./g, "")
    .replace(/\([^()]{0,60}\)/g, "")
    .replace(/[:*]([A-Za-z_]\w{0,80})/g, "{$1}")
    .replace(/\/{2,}/g, "/");
  return whole.length > 1 ? whole.replace(/\/$/, "") : whole;
}
