import { closingBrackets } from "../common/call-sites.js";
import type { Detector, Emit } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import type { Source } from "../source.js";
import { argumentText, type GoCall, goCalls, goImports, importsAny } from "./names.js";

const frameworks = [
  "net/http",
  "github.com/gin-gonic/gin",
  "github.com/labstack/echo",
  "github.com/gofiber/fiber",
  "github.com/go-chi/chi",
  "github.com/gorilla/mux",
  "github.com/julienschmidt/httprouter",
  "github.com/valyala/fasthttp",
  "github.com/fasthttp/router",
  "github.com/kataras/iris",
  "github.com/go-kit/kit",
  "github.com/beego/beego",
  "github.com/astaxie/beego",
  "github.com/gogf/gf",
  "github.com/zeromicro/go-zero",
  "github.com/cloudwego/hertz",
  "github.com/emicklei/go-restful",
  "github.com/danielgtaylor/huma",
  "github.com/uptrace/bunrouter",
  "github.com/bmizerany/pat",
  "github.com/gocraft/web",
  "github.com/go-martini/martini",
  "github.com/goji/goji",
  "goji.io",
];
const verb = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|Get|Post|Put|Patch|Delete|Head|Options|Any|ANY|All)$/;
const openers = /^(?:Group|Route|PathPrefix|Party|NewGroup|Namespace|Subrouter)$/;
const clientLike =
  /client|resty|http$|^req$|header|query|params|cache|redis|store|repo|session|cookie|form|values|config|viper|ctx|context/i;

/** gin, echo, fiber, chi, gorilla/mux, httprouter, iris and net/http with the groups of the file. */
export const webEndpoints: Detector = {
  name: "go/web-endpoints",
  languages: ["go"],
  words: ["Handle", ".GET(", ".POST(", ".Get(", ".Post(", ".PUT(", ".Put(", ".DELETE(", ".Delete(", ".Method(", ".Any("],
  detect(source, emit) {
    if (!importsAny(source, ...frameworks)) return;
    const prefixes = prefixesOf(source);
    for (const call of goCalls(source)) endpoint(source, call, prefixes, emit);
  },
};

interface Prefixes {
  readonly byName: ReadonlyMap<string, string>;
  /** Bodies of `r.Route("/x", func(r chi.Router) { … })`. */
  readonly blocks: readonly { readonly from: number; readonly to: number; readonly prefix: string }[];
}

function endpoint(source: Source, call: GoCall, prefixes: Prefixes, emit: Emit): void {
  const { name, receiver, full, open, start } = call;
  if (!verb.test(name) && !/^(?:Handle|HandleFunc|HandlerFunc|Handler|Method|MethodFunc|Add|HandleContext)$/.test(name)) return;
  const offsets = argumentOffsets(source, open);
  // A group of another file: its prefix is not known here.
  if (call.on === null && /group$/i.test(receiver) && !prefixes.byName.has(receiver)) return;
  const put = (method: string | null, written: string | null, handlerAt: number | undefined) => {
    const path = withoutBase(written);
    if (path === null || !/^\/|^$/.test(path) || /\s/.test(path)) return;
    emit(start, {
      kind: "endpoint",
      method,
      path: endpointPath(prefixAt(call, prefixes), path),
      handler: handlerName(source, handlerAt),
    });
  };
  if (/^(?:Handle|HandleFunc|HandlerFunc|Handler|Method|MethodFunc|Add|HandleContext)$/.test(name)) {
    const first = withoutBase(argumentText(source, open, 0));
    const methodName = methodOf(source, offsets[0]);
    // httprouter, gin: `Handle("GET", "/x", h)`; chi: `Method("GET", "/x", h)`.
    if (methodName !== null && offsets.length >= 3) put(methodName, argumentText(source, open, 1), offsets.at(-1));
    else if (/^Handle(?:Func)?$/.test(name) && first !== null && offsets.length >= 2) {
      // net/http since 1.22: `"GET /x/{id}"`.
      const [, method = null, path = ""] = /^(?:([A-Z]{3,7}) +)?(?:[\w.-]{1,80}(?=\/))?(\/.*|)$/.exec(first) ?? [];
      const chained = method === null ? methodsBehind(source, call) : [];
      if (path === "" || isFiles(source, offsets[1])) return;
      for (const one of chained.length > 0 ? chained : [method]) put(one, path, offsets[1]);
    }
    return;
  }
  if (!verb.test(name) || offsets.length < 2) return;
  if (
    /^net\/http\b|resty|grequests|imroc/.test(full) ||
    (clientLike.test(receiver) && !/router|group|route|server|app|api|mux/i.test(receiver))
  )
    return;
  if (call.on !== null && !openers.test(call.on.name)) return;
  const path = argumentText(source, open, 0);
  if (path === null && source.stringAt(offsets[0] ?? -1) === null) return;
  put(/^(?:any|all)$/i.test(name) ? null : name.toUpperCase(), path ?? "", offsets.at(-1));
}

/** `baseUrl + "/x"`: where the server is mounted is not known here. */
function withoutBase(path: string | null): string | null {
  return path?.replace(/^(?:\{\}|\$\{[^{}]{1,120}\})(?=\/)/, "") ?? null;
}

/** `.Methods("GET", http.MethodPost)` of gorilla/mux. */
function methodsBehind(source: Source, { close }: GoCall): string[] {
  const found = /^\s{0,40}\.\s{0,40}Methods\(/.exec(source.bare.slice(close, close + 120));
  if (found === null) return [];
  return argumentOffsets(source, close + found[0].length - 1).flatMap((at) => methodOf(source, at) ?? []);
}

function methodOf(source: Source, offset: number | undefined): string | null {
  if (offset === undefined) return null;
  const constant = /^http\.Method([A-Z]\w{2,8})/.exec(source.bare.slice(offset, offset + 30))?.[1];
  const text = constant ?? source.stringAt(offset)?.value ?? "";
  return /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE)$/i.test(text) ? text.toUpperCase() : null;
}

function isFiles(source: Source, offset: number | undefined): boolean {
  return offset !== undefined && /^http\.(?:FileServer|StripPrefix)\(/.test(source.bare.slice(offset, offset + 30));
}

function handlerName(source: Source, offset: number | undefined): string | null {
  if (offset === undefined) return null;
  const name = /^(?:\w{1,40}\(){0,2}(?:&?\w{1,60}\.){0,4}(\w{1,80})/.exec(source.bare.slice(offset, offset + 240))?.[1] ?? null;
  return name === null || /^(?:func|http|HandlerFunc)$/.test(name) ? null : name;
}

function prefixAt({ start, receiver, on }: GoCall, { byName, blocks }: Prefixes): string {
  const around = blocks.filter(({ from, to }) => from < start && start < to).toSorted((a, b) => b.from - a.from)[0];
  if (around !== undefined && on === null) return around.prefix;
  return on === null ? (byName.get(receiver) ?? "") : "";
}

function prefixesOf(source: Source): Prefixes {
  const byName = new Map<string, string>();
  const blocks: { from: number; to: number; prefix: string }[] = [];
  const closes = closingBrackets(source);
  const calls = goCalls(source);
  for (const call of calls) {
    if (!/^(?:Group|Route|PathPrefix|Party|Mount)$/.test(call.name) || (call.path === call.name && call.on === null)) continue;
    const path = argumentText(source, call.open, 0);
    if (path === null || !/^\/|^$/.test(path)) continue;
    const outer =
      blocks.filter(({ from, to }) => from < call.start && call.start < to).toSorted((a, b) => b.from - a.from)[0]?.prefix ??
      byName.get(call.receiver) ??
      "";
    const prefix = `${outer}${path === "/" ? "" : path}`;
    const second = argumentOffsets(source, call.open)[1];
    const callback =
      second === undefined ? null : /^func\([^(){}]{0,100}\)\s{0,3}\{/.exec(source.bare.slice(second, second + 120));
    if (callback !== null && second !== undefined) {
      const from = second + callback[0].length - 1;
      blocks.push({ from, to: closes.get(from) ?? from, prefix });
      continue;
    }
    const name = /(?:^|[\n;{(])[ \t]{0,40}(?:[\w.]{1,60}\.)?(\w{1,60})[ \t]{0,9}:?=[ \t]{0,9}(?:\w{1,40}\.){0,4}$/.exec(
      source.bare.slice(Math.max(0, call.start - 160), call.start),
    )?.[1];
    if (name !== undefined) byName.set(name, prefix);
  }
  return { byName, blocks };
}

/** `{id}` for `:id`, `*path` and `{id:[0-9]+}`. */
function endpointPath(...parts: readonly string[]): string {
  const joined = parts
    .join("/")
    .replace(/\{(\w{1,60}):(?:[^{}]|\{[^{}]{0,20}\}){1,80}\}/g, "{$1}")
    .replace(/\{(\w{1,60})\.{3}\}/g, "{$1}")
    .replace(/\/[:*](\w{1,60})\??/g, "/{$1}")
    .replace(/\{\$\}/g, "")
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "");
  return joined.startsWith("/") ? joined : `/${joined}`;
}

/** Prometheus metrics that are answered by the library. */
export const metricsEndpoint: Detector = {
  name: "go/metrics-endpoint",
  languages: ["go"],
  words: ["promhttp", "prometheus"],
  detect(source, emit) {
    if (
      [...goImports(source).values()].some((path) =>
        /prometheus\/promhttp$|go-gin-prometheus$|echo-prometheus$|echoprometheus$|fiberprometheus$/.test(path),
      )
    )
      emit(Math.max(0, source.text.search(/promhttp|prometheus/)), { kind: "role", role: "metrics-endpoint", detail: null });
  },
};
