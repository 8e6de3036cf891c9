/** Routes of Laravel, Lumen, Slim, Symfony and what is like them. */
import { matches } from "../common/matches.js";
import type { Detector, Emit } from "../detector.js";
import { argumentOffsets, templateAt } from "../expression.js";
import type { Source } from "../source.js";
import { classesOf, closeOf, entry, joinPaths } from "./values.js";

const verbs =
  "get|post|put|patch|delete|options|any|match|map|resource|apiResource|apiResources|resources|singleton|apiSingleton|view|redirect";

/** `Route::get('/x', …)`, `$router->get(…)`, `$app->post(…)`, with the prefixes of the groups around. */
export const routeCalls: Detector = {
  name: "php/routes",
  languages: ["php"],
  words: ["Route::", "$router", "$app->", "$group->", "$route->", "$this->router", "$r->"],
  detect(source, emit) {
    const groups = groupsOf(source);
    const base = /(?:^|\/)routes\/api\.php$/.test(source.path) && source.text.includes("Route::") ? "api" : "";
    const pattern = new RegExp(
      `(?:\\bRoute::|\\$(?:router|app|group|route|r|routes|api|this->router|this->app)->|\\bRoute::[\\w:>()'"\\[\\], .\\-/\\\\]{1,200}->)(${verbs})\\s{0,3}(?=\\()`,
      "g",
    );
    for (const match of matches(source.code, pattern)) {
      const open = match.index + match[0].length;
      // What `$app->get('service')` of a container gives has no second argument.
      if (argumentOffsets(source, open).length < 2 && !/[rR]esource/.test(match[1] ?? "")) continue;
      const prefix = joinPaths(
        base,
        ...groups.filter(({ from, to }) => from < match.index && match.index < to).map((group) => group.prefix),
        chained(match[0]),
      );
      emitRoute(source, emit, match.index, match[1] ?? "", open, prefix);
    }
  },
};

function emitRoute(source: Source, emit: Emit, at: number, verb: string, open: number, prefix: string): void {
  const offsets = argumentOffsets(source, open);
  const several = verb === "match" || verb === "map";
  const path = pathAt(source, offsets[several ? 1 : 0]);
  if (path === null) return;
  const put = (method: string | null, whole: string) =>
    emit(at, {
      kind: "endpoint",
      method,
      path: joinPaths(prefix, whole).replace(/\{(\w{1,80})[?:][^{}]{0,120}\}/g, "{$1}"),
      handler: null,
    });
  if (/[rR]esources?$/.test(verb)) {
    const name = path.replace(/^\//, "");
    const id = `{${(name.split(/[/.]/).at(-1) ?? name).replace(/ies$/, "y").replace(/s$/, "").replaceAll("-", "_")}}`;
    for (const [method, rest] of [
      ["GET", ""],
      ["POST", ""],
      ["GET", id],
      ["PUT", id],
      ["PATCH", id],
      ["DELETE", id],
    ] as const)
      put(method, `${name}/${rest}`);
    if (verb === "resource") for (const rest of ["create", `${id}/edit`]) put("GET", `${name}/${rest}`);
  } else if (several) {
    const methods = [...source.code.slice(open, offsets[1]).matchAll(/["'](get|post|put|patch|delete|options)["']/gi)];
    for (const match of methods) put((match[1] ?? "").toUpperCase(), path);
  } else if (/^(?:view|redirect)$/.test(verb)) put("GET", path);
  else if (!verb.endsWith("ingleton")) put(verb === "any" ? null : verb.toUpperCase(), path);
}

/** Routes have braces of their own: a plain text is taken as written. */
function pathAt(source: Source, offset: number | undefined): string | null {
  if (offset === undefined) return null;
  const literal = source.stringAt(offset);
  if (literal === null) {
    const value = templateAt(source, offset);
    return value !== null && value.startsWith("/") ? value : null;
  }
  return /^[\w/{}?:.*+()[\]\\|~@-]{0,200}$/.test(literal.value) ? literal.value : null;
}

interface Group {
  readonly from: number;
  readonly to: number;
  readonly prefix: string;
}

function chained(call: string): string {
  return /(?:->|::)prefix\(\s{0,5}["']([\w/{}.-]{1,100})["']/.exec(call)?.[1] ?? "";
}

/** `Route::prefix('x')->group(…)`, `group(['prefix' => 'x'], …)`, `$app->group('/x', …)`. */
function groupsOf(source: Source): Group[] {
  const found: Group[] = [];
  for (const match of matches(source.bare, /(?:->|::)group\s{0,3}(?=\()/g)) {
    const open = match.index + match[0].length;
    const to = closeOf(source, open);
    const first = argumentOffsets(source, open)[0];
    if (first === undefined) continue;
    const literal = source.stringAt(first);
    const given =
      literal?.value ??
      (source.bare[first] === "[" || source.bare.startsWith("array(", first)
        ? entry(source, first, closeOf(source, source.bare.indexOf(source.bare[first] === "[" ? "[" : "(", first)), "prefix")
        : null);
    const from = Math.max(
      source.bare.lastIndexOf(";", match.index),
      source.bare.lastIndexOf("{", match.index),
      match.index - 600,
      0,
    );
    const prefix = given ?? chained(source.code.slice(from, match.index));
    if (prefix !== "") found.push({ from: open, to, prefix });
  }
  return found;
}

/** `#[Route('/x', methods: ['GET'])]` and `@Route("/x", methods={"GET"})`, of the class and of its methods. */
export const routeAttributes: Detector = {
  name: "php/route-attributes",
  languages: ["php"],
  words: [
    "@Route(",
    "#[Route(",
    "@Get(",
    "@Post(",
    "@Put(",
    "@Delete(",
    "#[Get(",
    "#[Post(",
    "#[Put(",
    "#[Delete(",
    "#[Patch(",
    "Rest\\",
  ],
  detect(source, emit) {
    const classes = classesOf(source);
    const pattern =
      /(?:#\[|\*\s{0,5}|,\s{0,60})@?(?:[A-Z]\w{0,30}\\){0,4}(Route|Get|Post|Put|Patch|Delete)\(([^()]{0,600}(?:\([^()]{0,200}\)[^()]{0,300}){0,4})\)/g;
    const routes = [...source.text.matchAll(pattern)].slice(0, 400).flatMap((match) => {
      const path =
        /^\s{0,40}\*?\s{0,40}(?:(?:path|name)\s{0,3}[:=]\s{0,3})?["']([^"']{0,200})["']/.exec(match[2] ?? "")?.[1] ??
        /\bpath\s{0,3}[:=]\s{0,3}["']([^"']{0,200})["']/.exec(match[2] ?? "")?.[1];
      const isNamed = /^\s{0,40}name\s{0,3}[:=]/.test(match[2] ?? "");
      return path === undefined || isNamed ? [] : [{ at: match.index, verb: match[1] ?? "", path, text: match[2] ?? "" }];
    });
    for (const route of routes) {
      const owner = classes.find(({ open, close }) => open < route.at && route.at < close);
      if (owner === undefined) {
        const next = classes.find(({ at }) => at > route.at);
        // An action that is the class itself.
        if (next !== undefined && /\bfunction\s{1,5}__invoke\b/.test(source.bare.slice(next.open, next.close)))
          emitAll(emit, route, "", next.name);
        continue;
      }
      const before = classes.findLast(({ close }) => close < owner.at)?.close ?? 0;
      const prefix = routes.find(({ at, verb }) => verb === "Route" && at > before && at < owner.at)?.path ?? "";
      emitAll(emit, route, prefix, owner.name);
    }
  },
};

function emitAll(
  emit: Emit,
  { at, verb, path, text }: { readonly at: number; readonly verb: string; readonly path: string; readonly text: string },
  prefix: string,
  handler: string,
): void {
  const list = /\bmethods\s{0,3}[:=]\s{0,3}(?:[[{]([^\]}]{0,120})[\]}]|["'](\w{3,7})["'])/.exec(text);
  const methods =
    verb !== "Route"
      ? [verb]
      : [...(list?.[1] ?? list?.[2] ?? "").matchAll(/\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b/gi)].map(
          (match) => match[1] ?? "",
        );
  const whole = joinPaths(prefix, path).replace(/\{!?(\w{1,80})[^{}]{0,120}\}/g, "{$1}");
  for (const method of methods.length === 0 ? [null] : methods)
    emit(at, { kind: "endpoint", method: method?.toUpperCase() ?? null, path: whole, handler });
}
