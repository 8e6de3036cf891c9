import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { endpointPath } from "./paths.js";

const verbs = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS";

/** Frameworks where the place of the file is the path: Next.js, Nuxt and Nitro, SvelteKit, Astro. */
export const fileRoutes: Detector = {
  name: "javascript/file-routes",
  languages: ["javascript"],
  words: ["export"],
  detect(source, emit) {
    const path = routePath(source.path);
    if (path === null) return;
    if (path.isHandlerFile) {
      const pattern = new RegExp(
        `(?<![\\w$])export\\s{1,9}(?:async\\s{1,9})?(?:function\\s{1,9}|const\\s{1,9})(${verbs}|ALL)\\b`,
        "g",
      );
      for (const { index, 1: method = "" } of source.bare.matchAll(pattern))
        emit(index, { kind: "endpoint", method: method === "ALL" ? null : method, path: path.path, handler: method });
      for (const { index, 1: names = "" } of source.bare.matchAll(/(?<![\w$])export\s{1,9}(?:const\s{1,9})?\{([^{}]{1,400})\}/g))
        for (const method of names.match(new RegExp(`\\b(?:${verbs})\\b`, "g")) ?? [])
          emit(index, { kind: "endpoint", method, path: path.path, handler: method });
      return;
    }
    const at = source.bare.search(/(?<![\w$])export\s{1,9}default\b|module\.exports\s{0,3}=/);
    if (at < 0) return;
    const tested = methodsOf(source);
    for (const method of path.method === null ? tested : [path.method])
      emit(at, { kind: "endpoint", method, path: path.path, handler: null });
  },
};

interface RoutePath {
  readonly path: string;
  /** Exports are named after the methods. */
  readonly isHandlerFile: boolean;
  readonly method: string | null;
}

function routePath(file: string): RoutePath | null {
  const plain = file.replace(/\.[cm]?[jt]sx?$/, "");
  if (/\.(?:test|spec|d)$/.test(plain) || plain === file) return null;
  const app = /(?:^|\/)app\/((?:[^/]{1,100}\/){0,15})route$/.exec(plain);
  if (app) return { path: endpointPath(...folders(app[1] ?? "")), isHandlerFile: true, method: null };
  const svelte = /(?:^|\/)src\/routes\/((?:[^/]{1,100}\/){0,15})\+server$/.exec(plain);
  if (svelte) return { path: endpointPath(...folders(svelte[1] ?? "")), isHandlerFile: true, method: null };
  const pages = /(?:^|\/)pages\/(api\/(?:[^/]{1,100}\/){0,15}[^/]{1,100})$/.exec(plain);
  if (pages) {
    const path = endpointPath(...folders((pages[1] ?? "").replace(/\/index$/, "")));
    return { path, isHandlerFile: file.includes("/src/pages/api/") && /(?:^|\/)astro\./.test(file), method: null };
  }
  const nitro =
    /(?:^|\/)server\/((?:api|routes)\/(?:[^/]{1,100}\/){0,15})([^/]{1,100}?)(?:\.(get|post|put|patch|delete|head))?$/.exec(plain);
  if (nitro && /\.(?:get|post|put|patch|delete)$|^\[|^(?:index)$/.test((nitro[2] ?? "") + (nitro[3] ? `.${nitro[3]}` : "")))
    return {
      path: endpointPath(
        ...folders((nitro[1] ?? "").replace(/^routes\//, "")),
        ...(nitro[2] === "index" ? [] : [nitro[2] ?? ""]),
      ),
      isHandlerFile: false,
      method: nitro[3]?.toUpperCase() ?? null,
    };
  return null;
}

/** Groups `(shop)` and slots `@modal` are no part of the path. */
function folders(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && !/^\(.{1,100}\)$|^@/.test(part));
}

/** Methods that a handler of `pages/api` asks for; [null] when it asks for none. */
function methodsOf({ code }: Source): (string | null)[] {
  const found = new Set<string>();
  const pattern = new RegExp(`(?:method\\s{0,3}[!=]==?\\s{0,3}|case\\s{1,3}|\\[?)["'](${verbs})["']`, "g");
  for (const match of code.matchAll(pattern))
    if (!match[0].startsWith('"') && !match[0].startsWith("'")) found.add(match[1] ?? "");
  return found.size === 0 ? [null] : [...found];
}
