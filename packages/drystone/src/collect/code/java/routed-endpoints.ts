/** Endpoints that code registers: router functions of Spring, Ktor, Javalin, Vert.x, Spark, Helidon. */
import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { matches } from "./matches.js";
import { isPath, joinedPath } from "./paths.js";
import { structureOf } from "./structure.js";
import { argument } from "./values.js";

const verb = "GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS";

/** `route(GET("/x"), …)`, `.GET("/x", handler::list)`, `nest(path("/api"), …)`, `"/api".nest { GET("/x") }`. */
export const springRouterFunctions: Detector = {
  name: "java/spring-router-functions",
  languages: ["java", "kotlin"],
  words: ["RouterFunction", "coRouter", "router {"],
  detect(source, emit) {
    const prefixes = [
      ...prefixesOf(source, /\b(?:nest|path)\(\s{0,60}(?:RequestPredicates\.)?(?:path\(\s{0,30})?(?=__)/g, 0),
      ...prefixesOf(source, /_\s{0,3}(?:\)\s{0,3})?\.(?:and\([^()]{0,80}\)\.)?nest(?=\s{0,5}[{(])/g, null),
    ];
    for (const match of matches(source.bare, new RegExp(`\\b(${verb})(?=\\()`, "g"))) {
      const open = match.index + match[0].length;
      const path = argument(source, open, 0);
      if (path === null || !/^\/|^\$\{/.test(path)) continue;
      emitRoute(source, emit, match.index, match[1] ?? null, path, prefixes);
    }
  },
};

/** Ktor: `routing { route("/api") { get("/x") { … } } }`. */
export const ktorEndpoints: Detector = {
  name: "java/ktor-endpoints",
  languages: ["kotlin"],
  words: ["io.ktor.server", "io.ktor.routing"],
  detect(source, emit) {
    const prefixes = prefixesOf(source, /\broute\(\s{0,30}(?=__)/g, 0);
    for (const match of matches(
      source.bare,
      /(?<![\w.])(get|post|put|delete|patch|head|options)(?:<[\w.]{1,60}>)?\s{0,3}(?=[({])/g,
    )) {
      const at = match.index + match[0].length;
      const path = source.bare[at] === "{" ? "" : argument(source, at, 0);
      if (path !== null && (path === "" ? prefixes.some((one) => inside(one, match.index)) : /^[/\w{$:]/.test(path)))
        emitRoute(source, emit, match.index, (match[1] ?? "").toUpperCase(), path, prefixes);
    }
  },
};

/** `app.get("/x", ctx -> …)`, `router.get("/x").handler(…)`, Spark's `get("/x", (req, res) -> …)`, Helidon's `rules.get("/x", this::handle)`. */
export const javaRouters: Detector = {
  name: "java/routers",
  languages: ["java", "kotlin", "scala"],
  words: ["io.javalin", "io.vertx.ext.web", "spark.Spark", "static spark", "io.helidon.webserver"],
  detect(source, emit) {
    const prefixes = prefixesOf(source, /(?<![\w.])path\(\s{0,30}(?=__)/g, 0);
    const pattern =
      /(?:\b(?:app|router|rules|routing|routes|server|\w{0,40}Router|config\.router|javalin)\s{0,40}\.|\)\s{0,60}\.|(?<![\w.]))(get|post|put|delete|patch)\(/g;
    for (const match of matches(source.bare, pattern)) {
      const path = argument(source, match.index + match[0].length - 1, 0);
      if (path !== null && path.startsWith("/"))
        emitRoute(source, emit, match.index, (match[1] ?? "").toUpperCase(), path, prefixes);
    }
  },
};

interface Prefix {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** Paths that hold for what stands in the block or the brackets behind them. @param index null: the path is the text before the match. */
function prefixesOf(source: Source, pattern: RegExp, index: 0 | null): Prefix[] {
  const found: Prefix[] = [];
  const { closeOf } = structureOf(source);
  for (const match of matches(source.bare, pattern)) {
    if (found.length > 200) break;
    const end = match.index + match[0].length;
    const literal = index === null ? source.strings.find((one) => one.end === match.index + 1) : source.stringAt(end);
    if (literal === undefined || literal === null) continue;
    const firstBracket = source.bare.indexOf("(", match.index);
    const from = index === null ? source.bare.indexOf(source.bare.slice(end).trimStart()[0] ?? "{", end) : firstBracket;
    const close = closeOf(from);
    const block = index === 0 ? /^\s{0,20}\{/.exec(source.bare.slice(close + 1, close + 30)) : null;
    const to = block === null ? close : closeOf(close + block[0].length);
    found.push({ path: literal.value, from, to });
  }
  return found;
}

function inside({ from, to }: Prefix, offset: number): boolean {
  return from < offset && offset < to;
}

function emitRoute(
  source: Source,
  emit: Parameters<Detector["detect"]>[1],
  offset: number,
  method: string | null,
  path: string,
  prefixes: readonly Prefix[],
): void {
  const around = prefixes.filter((prefix) => inside(prefix, offset)).map((prefix) => prefix.path);
  const whole = joinedPath(...around, path);
  if (isPath(whole))
    emit(offset, { kind: "endpoint", method, path: whole, handler: structureOf(source).typeAround(offset)?.name ?? null });
}
