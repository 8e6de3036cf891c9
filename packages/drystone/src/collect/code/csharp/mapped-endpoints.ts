/** Endpoints that are mapped by calls: minimal APIs, Carter, FastEndpoints, Nancy, hubs and health checks. */
import type { Detector, Emit } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import type { Source } from "../source.js";
import { callsOf } from "./calls.js";
import { joinRoutes } from "./paths.js";
import { structureOf } from "./structure.js";
import { argumentAt, isEmptyText, valueAt } from "./values.js";

export const minimalApis: Detector = {
  name: "csharp/minimal-apis",
  languages: ["csharp"],
  words: [
    "MapGet",
    "MapPost",
    "MapPut",
    "MapDelete",
    "MapPatch",
    "MapMethods",
    "MapHub",
    "MapHealthChecks",
    "UseHealthChecks",
    "MapGraphQL",
  ],
  detect(source, emit) {
    const groups = groupsOf(source);
    for (const call of callsOf(source, "Map(?:Get|Post|Put|Delete|Patch|Methods|Hub|HealthChecks|GraphQL)|UseHealthChecks")) {
      const path = pathAt(source, call.open, 0);
      if (path === null && call.name !== "MapGraphQL") continue;
      const prefix = prefixOf(source, call.start, call.receiver, groups);
      for (const method of methodsOf(source, call.name, call.open))
        emit(call.start, {
          kind: "endpoint",
          method,
          path: joinRoutes(prefix, path ?? "graphql"),
          handler: handlerAt(source, call.open),
        });
    }
  },
};

function methodsOf(source: Source, name: string, open: number): (string | null)[] {
  const verb = /^Map(Get|Post|Put|Delete|Patch)$/.exec(name)?.[1];
  if (verb !== undefined) return [verb.toUpperCase()];
  if (name.endsWith("HealthChecks")) return ["GET"];
  if (name === "MapGraphQL") return ["POST"];
  if (name !== "MapMethods") return [null];
  const at = argumentOffsets(source, open)[1];
  const text = at === undefined ? "" : source.code.slice(at, at + 120);
  const verbs = [...text.matchAll(/"(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)"/gi)].map((match) => (match[1] ?? "").toUpperCase());
  return verbs.length === 0 ? [null] : verbs;
}

/** A method by name; null for what is written in place. */
function handlerAt(source: Source, open: number): string | null {
  const at = argumentOffsets(source, open)[1];
  return at === undefined ? null : (/^([A-Za-z_][\w.]{0,100})\s{0,9}[,)]/.exec(source.bare.slice(at, at + 120))?.[1] ?? null);
}

/** Routes have braces of their own, so a plain text is taken as written. */
function pathAt(source: Source, open: number, index: number): string | null {
  const at = argumentAt(source, open, index, "pattern", "path");
  if (at === null) return null;
  if (isEmptyText(source, at)) return "";
  const literal = source.stringAt(at);
  if (literal !== null && literal.holes === "" && !/^\s{0,9}\+/.test(source.bare.slice(literal.end, literal.end + 12)))
    return literal.value;
  const value = valueAt(source, at);
  return value?.includes("${") ? null : value;
}

interface RouteGroup {
  readonly at: number;
  readonly prefix: string;
}

/** Variables that stand for a group, with the prefixes of groups around them joined. */
function groupsOf(source: Source): Map<string, RouteGroup[]> {
  const found = new Map<string, RouteGroup[]>();
  for (const call of callsOf(source, "MapGroup")) {
    const path = pathAt(source, call.open, 0);
    if (path === null) continue;
    const before = source.bare.slice(Math.max(0, call.start - 160), call.start);
    const variable = /\b([A-Za-z_]\w{0,60})\s{0,9}=\s{0,40}(?:[\w.]{0,80}(?:\([^()]{0,60}\))?\s{0,60}\.?\s{0,5})?$/.exec(
      before,
    )?.[1];
    const inner = prefixOf(source, call.start, call.receiver, found);
    if (variable !== undefined)
      found.set(variable, [...(found.get(variable) ?? []), { at: call.start, prefix: joinRoutes(inner, path) }]);
  }
  return found;
}

/** The prefix of the group that a call is made on: a variable, or `MapGroup("x")` earlier in the same chain. */
function prefixOf(source: Source, start: number, receiver: string, groups: ReadonlyMap<string, readonly RouteGroup[]>): string {
  const own = groups.get(receiver)?.findLast(({ at }) => at < start)?.prefix;
  if (own !== undefined) return own;
  if (receiver !== "") return "";
  // The statement so far: every chain ends with `;` or begins in a block.
  const from = Math.max(
    source.bare.lastIndexOf(";", start),
    source.bare.lastIndexOf("\n{", start),
    source.bare.lastIndexOf("=>", start),
    start - 3000,
    0,
  );
  const text = source.bare.slice(from, start);
  let prefix = "";
  const head = /([A-Za-z_]\w{0,60})\s{0,60}\.\s{0,9}Map[A-Z]/.exec(text)?.[1];
  if (head !== undefined) prefix = groups.get(head)?.findLast(({ at }) => at < start)?.prefix ?? "";
  for (const match of text.matchAll(/\.\s{0,9}MapGroup\s{0,3}(?=\()/g)) {
    const path = pathAt(source, from + match.index + match[0].length, 0);
    if (path !== null) prefix = joinRoutes(prefix, path);
  }
  return prefix;
}

/** `Get("/x", …)` of Carter, FastEndpoints and Nancy, where the class is such a module. */
export const endpointModules: Detector = {
  name: "csharp/endpoint-modules",
  languages: ["csharp"],
  words: ["CarterModule", "Endpoint", "NancyModule"],
  detect(source, emit) {
    for (const type of structureOf(source).types) {
      if (
        type.body === null ||
        !/\b(?:CarterModule|NancyModule|Endpoint(?:WithoutRequest|WithMapping)?|EndpointBase\w{0,20})\b/.test(type.bases)
      )
        continue;
      const base = /\bbase\s{0,5}(?=\()/.exec(source.bare.slice(type.body.open, type.body.close));
      const prefix =
        base === null || !/Module/.test(type.bases)
          ? ""
          : (pathAt(source, type.body.open + base.index + base[0].length, 0) ?? "");
      emitModule(source, emit, type.name, type.body.open, type.body.close, prefix);
    }
  },
};

function emitModule(source: Source, emit: Emit, handler: string, from: number, to: number, prefix: string): void {
  const pattern = /(?<![\w.])(?:this\.)?(Get|Post|Put|Delete|Patch)(?:<[\w.]{1,80}>)?\s{0,3}(?=[([]\s{0,30}[_A-Z])/g;
  pattern.lastIndex = from;
  for (let match = pattern.exec(source.bare); match !== null && match.index < to; match = pattern.exec(source.bare)) {
    const path = pathAt(source, pattern.lastIndex, 0);
    if (path !== null && (path === "" || path.includes("/") || prefix !== ""))
      emit(match.index, { kind: "endpoint", method: (match[1] ?? "").toUpperCase(), path: joinRoutes(prefix, path), handler });
  }
}
