/** ASP.NET controllers, Azure Functions and what else declares routes by attributes. */
import { matches } from "../common/matches.js";
import type { Template } from "../cue.js";
import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { joinRoutes, withTokens } from "./paths.js";
import { type Attribute, type Method, structureOf, type TypeDeclaration } from "./structure.js";
import { argument, argumentAt, isEmptyText } from "./values.js";

const verb = /^Http(Get|Post|Put|Delete|Patch|Head|Options)$/;

export const controllers: Detector = {
  name: "csharp/controllers",
  languages: ["csharp"],
  words: ["[Http", "[Route", "[AcceptVerbs", "[ODataRoute"],
  detect(source, emit) {
    const { attributed, typeAround } = structureOf(source);
    for (const method of attributed) {
      const type = typeAround(method.nameAt);
      if (type === null || type.word === "interface") continue;
      for (const { verb: name, path } of routesOf(source, type, method))
        emit(method.nameAt, { kind: "endpoint", method: name, path, handler: `${type.name}.${method.name}` });
    }
    for (const type of structureOf(source).types) emitTypeRoutes(source, type, emit);
  },
};

interface Route {
  readonly verb: string | null;
  readonly path: string;
}

function routesOf(source: Source, type: TypeDeclaration, { name, attributes }: Method): Route[] {
  const verbs = attributes.filter((one) => verb.test(one.name) || one.name === "AcceptVerbs");
  const routes = attributes.filter((one) => one.name === "Route" || one.name === "ODataRoute");
  if (verbs.length === 0 && (routes.length === 0 || !type.name.endsWith("Controller"))) return [];
  const tokens = {
    controller: type.name.replace(/Controller$/, ""),
    action: name.replace(/Async$/, ""),
    area: areaOf(source, type),
  };
  const prefixes = prefixesOf(source, type);
  const own = routes.flatMap((route) => templateOf(source, route) ?? []);
  const pairs = (verbs.length === 0 ? [null] : verbs).flatMap((one) => {
    const text = one === null || one.name === "AcceptVerbs" ? null : templateOf(source, one);
    const templates = text !== null ? [text] : own.length > 0 ? own : [""];
    return templates.map((template) => ({
      verb: one === null ? null : (verb.exec(one.name)?.[1]?.toUpperCase() ?? null),
      template,
    }));
  });
  // Without any route of its own, convention decides where it answers.
  if (prefixes.length === 0 && pairs.every(({ template }) => template === "")) return [];
  return pairs.flatMap(({ verb: method, template }) =>
    (prefixes.length === 0 ? [""] : prefixes).map((prefix) => ({
      verb: method,
      path: joinRoutes(withTokens(prefix, tokens), withTokens(template, tokens), true),
    })),
  );
}

function prefixesOf(source: Source, type: TypeDeclaration): string[] {
  return type.attributes
    .filter(({ name }) => name === "Route" || name === "RoutePrefix" || name === "ODataRoutePrefix")
    .flatMap((one) => templateOf(source, one) ?? []);
}

function areaOf(source: Source, type: TypeDeclaration): string {
  const area = type.attributes.find(({ name }) => name === "Area");
  return area === undefined ? "" : (templateOf(source, area) ?? "");
}

/** The route of an attribute: first argument, or `template`; null when it has none. */
function templateOf(source: Source, { open }: Attribute): Template | null {
  if (open === null) return null;
  const at = argumentAt(source, open, 0, "template");
  if (at === null || /^[A-Za-z_]\w{0,40}\s{0,5}=(?!=)/.test(source.bare.slice(at, at + 60))) return null;
  if (isEmptyText(source, at)) return "";
  // A route in a text has braces of its own: no template of ours.
  const literal = source.stringAt(at);
  return literal !== null && literal.holes === "" ? literal.value : argument(source, open, 0, "template");
}

/** FastEndpoints on the class: `[HttpGet("/x")] class A : Endpoint<…>`; ServiceStack on the message: `[Route("/x", "GET")]`. */
function emitTypeRoutes(source: Source, type: TypeDeclaration, emit: Parameters<Detector["detect"]>[1]): void {
  const isEndpoint = /\bEndpoint(?:WithoutRequest|WithMapping)?\b/.test(type.bases);
  const isMessage = /\bIReturn(?:Void)?\b/.test(type.bases);
  if (!isEndpoint && !isMessage) return;
  for (const attribute of type.attributes) {
    const path = templateOf(source, attribute);
    if (path === null) continue;
    const method = verb.exec(attribute.name)?.[1]?.toUpperCase();
    if (isEndpoint && method !== undefined)
      emit(type.nameAt, { kind: "endpoint", method, path: joinRoutes("", path), handler: type.name });
    if (isMessage && attribute.name === "Route" && attribute.open !== null) {
      const verbs = argument(source, attribute.open, 1, "Verbs");
      for (const one of verbs?.split(/[ ,]+/) ?? [null])
        emit(type.nameAt, { kind: "endpoint", method: one, path: joinRoutes("", path), handler: type.name });
    }
  }
}

/** Azure Functions: `[HttpTrigger(AuthorizationLevel.Function, "get", Route = "orders/{id}")]`. */
export const azureFunctions: Detector = {
  name: "csharp/azure-functions",
  languages: ["csharp"],
  words: ["HttpTrigger"],
  detect(source, emit) {
    for (const match of matches(source.bare, /\[\s{0,9}HttpTrigger\s{0,3}(?=\()/g)) {
      const open = match.index + match[0].length;
      const text = source.code.slice(open, Math.min(structureOf(source).closeOf(open), open + 400));
      const route = /\bRoute\s{0,9}=\s{0,9}"([^"]{0,200})"/.exec(text)?.[1];
      const before = [
        ...source.code
          .slice(Math.max(0, match.index - 800), match.index)
          .matchAll(/\[\s{0,5}Function(?:Name)?\s{0,3}\(\s{0,9}(?:"([\w-]{1,80})"|nameof\((\w{1,80})\))/g),
      ].at(-1);
      const name = before?.[1] ?? before?.[2];
      if (route === undefined && name === undefined) continue;
      const verbs = [...text.matchAll(/"(get|post|put|delete|patch|head|options)"/gi)].map((one) => (one[1] ?? "").toUpperCase());
      for (const method of verbs.length === 0 ? [null] : verbs)
        emit(match.index, { kind: "endpoint", method, path: joinRoutes("api", route ?? name ?? ""), handler: name ?? null });
    }
  },
};
