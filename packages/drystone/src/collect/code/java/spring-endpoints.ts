/** Spring MVC and WebFlux by annotation, Spring Data REST, servlets. */
import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { attributeOffsets } from "./arguments.js";
import { isPath, joinedPath } from "./paths.js";
import { type Annotation, type Declaration, structureOf } from "./structure.js";
import { attribute, attributes } from "./values.js";

const verbs: ReadonlyMap<string, string> = new Map([
  ["GetMapping", "GET"],
  ["PostMapping", "POST"],
  ["PutMapping", "PUT"],
  ["DeleteMapping", "DELETE"],
  ["PatchMapping", "PATCH"],
  ["GetExchange", "GET"],
  ["PostExchange", "POST"],
  ["PutExchange", "PUT"],
  ["DeleteExchange", "DELETE"],
  ["PatchExchange", "PATCH"],
]);

export const springEndpoints: Detector = {
  name: "java/spring-endpoints",
  languages: ["java", "kotlin"],
  words: ["Mapping"],
  detect(source, emit) {
    const { annotated, typeAround, types } = structureOf(source);
    for (const method of annotated) {
      if (method.kind !== "method") continue;
      const mapping = method.annotations.find(({ name }) => name === "RequestMapping" || /^\w{2,8}Mapping$/.test(name));
      if (mapping === undefined || !(mapping.name === "RequestMapping" || verbs.has(mapping.name))) continue;
      const owner = typeAround(method.nameAt);
      if (owner === null || !answers(owner)) continue;
      emitMapping(source, emit, owner, method, mapping);
    }
    for (const type of types) {
      const mapping = type.annotations.find(({ name }) => name === "RequestMapping");
      if (mapping === undefined || !answers(type)) continue;
      for (const path of pathsOf(source, mapping))
        if (path !== "" && isPath(path))
          emit(mapping.start, { kind: "endpoint-prefix", path: joinedPath(path), handler: type.name });
    }
  },
};

/** Interfaces of clients map requests that they send; others are those that a controller implements. */
export function answers({ annotations }: Declaration): boolean {
  return !annotations.some(({ name }) =>
    /^(?:FeignClient|Client|RegisterRestClient|HttpExchange|ReactiveFeignClient|RetrofitClient)$/.test(name),
  );
}

function emitMapping(source: Source, emit: Emit, owner: Declaration, method: Declaration, mapping: Annotation): void {
  const verb = verbs.get(mapping.name);
  const classMapping = owner.annotations.find(({ name }) => name === "RequestMapping");
  const methods = verb === undefined ? methodsOf(source, mapping) : [verb];
  if (methods.length === 0 && classMapping !== undefined) methods.push(...methodsOf(source, classMapping));
  for (const prefix of pathsOf(source, classMapping))
    for (const path of pathsOf(source, mapping)) {
      const whole = joinedPath(prefix, path);
      if (!isPath(whole)) continue;
      for (const verbOrAny of methods.length === 0 ? [null] : methods)
        emit(mapping.start, { kind: "endpoint", method: verbOrAny, path: whole, handler: `${owner.name}.${method.name}` });
    }
}

/** Paths of a mapping; the root when it gives none, nothing when it gives one that is not known. */
function pathsOf(source: Source, mapping: Annotation | undefined): string[] {
  if (mapping === undefined || attributeOffsets(source, mapping, "value", "path").length === 0) return [""];
  return attributes(source, mapping, "value", "path");
}

function methodsOf(source: Source, mapping: Annotation): string[] {
  return attributeOffsets(source, mapping, "method").flatMap(
    (offset) =>
      /^(?:[\w.]{0,80}\.)?(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|TRACE)\b/.exec(source.bare.slice(offset, offset + 120))?.[1] ??
      [],
  );
}

/** Repositories that Spring Data REST opens to the outside. */
export const springDataRest: Detector = {
  name: "java/spring-data-rest",
  languages: ["java", "kotlin"],
  words: ["RestResource"],
  detect(source, emit) {
    for (const { annotations, heritage, name, nameAt } of structureOf(source).types) {
      const resource = annotations.find((one) => /^(?:Repository)?RestResource$/.test(one.name));
      if (resource === undefined || /exported\s{0,5}=\s{0,5}false/.test(source.bare.slice(resource.start, resource.end)))
        continue;
      const entity = /<\s{0,5}(\w{1,80})/.exec(heritage)?.[1];
      const path = attribute(source, resource, "path") ?? (entity === undefined ? null : plural(entity));
      if (path !== null && isPath(path)) emit(nameAt, { kind: "endpoint", method: null, path: joinedPath(path), handler: name });
    }
  },
};

/** `OrderLine` as `orderLines`, as the Evo Inflector of Spring Data REST does for usual words. */
function plural(name: string): string {
  const start = `${name[0]?.toLowerCase() ?? ""}${name.slice(1)}`;
  if (/(?:s|x|z|ch|sh)$/.test(start)) return `${start}es`;
  return /[^aeiou]y$/.test(start) ? `${start.slice(0, -1)}ies` : `${start}s`;
}

export const servlets: Detector = {
  name: "java/servlets",
  languages: ["java", "kotlin"],
  words: ["@WebServlet"],
  detect(source, emit) {
    for (const { annotations, name } of structureOf(source).types)
      for (const annotation of annotations)
        if (annotation.name === "WebServlet")
          for (const path of attributes(source, annotation, "value", "urlPatterns"))
            if (isPath(path)) emit(annotation.start, { kind: "endpoint", method: null, path: joinedPath(path), handler: name });
  },
};
