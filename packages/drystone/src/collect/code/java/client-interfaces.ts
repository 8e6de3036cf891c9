/** Clients that are interfaces: Feign, Micronaut, MicroProfile, Spring's HTTP interfaces, Retrofit. */
import type { Template } from "../cue.js";
import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { emitCall } from "./http-clients.js";
import { matchesAfter } from "./matches.js";
import { joinedPath } from "./paths.js";
import { type Annotation, type Declaration, structureOf } from "./structure.js";
import { argument, attribute } from "./values.js";

interface Operation {
  readonly offset: number;
  readonly method: string | null;
  readonly path: string;
}

export const feignClients: Detector = {
  name: "java/feign",
  languages: ["java", "kotlin", "scala"],
  words: ["FeignClient"],
  detect(source, emit) {
    for (const type of structureOf(source).types) {
      const client = type.annotations.find(({ name }) => /^(?:Reactive)?FeignClient$/.test(name));
      if (client === undefined) continue;
      const name = attribute(source, client, "name", "value", "serviceId");
      const url = attribute(source, client, "url");
      const prefix = attribute(source, client, "path") ?? "";
      emitClient(source, emit, client, { name, url, via: "feign" }, operationsOf(source, type, prefix));
    }
  },
};

export const micronautClients: Detector = {
  name: "java/micronaut-client",
  languages: ["java", "kotlin"],
  words: ["io.micronaut.http"],
  detect(source, emit) {
    const { types, annotated } = structureOf(source);
    for (const type of types) {
      const client = type.annotations.find(({ name }) => name === "Client");
      if (client === undefined) continue;
      const given = attribute(source, client, "id") ?? attribute(source, client, "value");
      const prefix = attribute(source, client, "path") ?? "";
      emitClient(source, emit, client, addressOrName(given, "micronaut"), operationsOf(source, type, prefix));
    }
    for (const { annotations, kind } of annotated)
      for (const annotation of annotations)
        if (kind === "field" && annotation.name === "Client")
          emitClient(source, emit, annotation, addressOrName(attribute(source, annotation, "value", "id"), "micronaut"), []);
  },
};

/** MicroProfile REST clients: the address stands in the settings, under the key or the name of the class. */
export const registeredRestClients: Detector = {
  name: "java/register-rest-client",
  languages: ["java", "kotlin"],
  words: ["RegisterRestClient"],
  detect(source, emit) {
    const inPackage = /^\s{0,9}package\s{1,9}([\w.]{1,160})/m.exec(source.bare)?.[1];
    for (const type of structureOf(source).types) {
      const client = type.annotations.find(({ name }) => name === "RegisterRestClient");
      if (client === undefined) continue;
      const fullName = inPackage === undefined ? type.name : `${inPackage}.${type.name}`;
      const key = attribute(source, client, "configKey") ?? fullName;
      const fallback = attribute(source, client, "baseUri");
      const url = `\${quarkus.rest-client.${key}.url${fallback === null ? "" : `:-${fallback}`}}`;
      const other = `\${${key}/mp-rest/url${fallback === null ? "" : `:-${fallback}`}}`;
      emit(client.start, { kind: "address", value: other, technology: "http", use: "client" });
      const prefix = type.annotations.find(({ name }) => name === "Path");
      const path = prefix === undefined ? "" : (attribute(source, prefix, "value") ?? "");
      emitClient(source, emit, client, { name: null, url, via: "rest-client" }, operationsOf(source, type, path));
    }
  },
};

export const httpExchange: Detector = {
  name: "java/http-exchange",
  languages: ["java", "kotlin"],
  words: ["Exchange;", "Exchange\n", "HttpExchange", "annotation.*"],
  detect(source, emit) {
    for (const type of structureOf(source).types) {
      const methods = operationsOf(source, type, "").filter(({ offset }) =>
        /^@\w{0,8}Exchange\b/.test(source.bare.slice(offset, offset + 20)),
      );
      if (type.word !== "interface" || methods.length === 0) continue;
      const exchange = type.annotations.find(({ name }) => name === "HttpExchange");
      const given = exchange === undefined ? "" : (attribute(source, exchange, "value", "url") ?? "");
      const isAddress = /^(?:https?:)?\/\/|^\$\{/.test(given);
      for (const { offset, method, path } of methods)
        emitCall(source, emit, offset, method, isAddress ? `${given.replace(/\/$/, "")}${path}` : joinedPath(given, path));
    }
  },
};

export const retrofit: Detector = {
  name: "java/retrofit",
  languages: ["java", "kotlin"],
  words: ["retrofit2"],
  detect(source, emit) {
    const { types, bare } = { ...structureOf(source), bare: source.bare };
    for (const match of matchesAfter(bare, /\.\s{0,60}baseUrl\s{0,3}(?=\()/g, /Retrofit\s{0,3}\.\s{0,3}Builder\(\)/, 600)) {
      const value = argument(source, match.index + match[0].length, 0);
      if (value !== null) emit(match.index, { kind: "address", value, technology: "http", use: "client" });
    }
    for (const type of types)
      if (type.word === "interface")
        for (const { offset, method, path } of operationsOf(source, type, "")) emitCall(source, emit, offset, method, path);
  },
};

interface Target {
  readonly name: Template | null;
  readonly url: Template | null;
  readonly via: string;
}

/** Micronaut and others take an address, a path of the own server or a service id in the same place. */
function addressOrName(given: Template | null, via: string): Target {
  const isAddress = given !== null && /:\/\/|^\$\{[^}]*(?:ur[li]|address|host|endpoint)/i.test(given);
  return { name: isAddress || given?.startsWith("/") ? null : given, url: isAddress ? given : null, via };
}

function emitClient(
  source: Source,
  emit: Emit,
  client: Annotation,
  { name, url, via }: Target,
  operations: readonly Operation[],
): void {
  // An empty default means that the name counts where nobody sets the address.
  const byName = url === null || url === "" || url.endsWith(":-}");
  if (!byName) emit(client.start, { kind: "address", value: url, technology: "http", use: "client" });
  if (byName && name !== null && name !== "") {
    if (operations.length === 0) emit(client.start, { kind: "named-call", name, via, path: null });
    for (const { offset, path } of operations) emit(offset, { kind: "named-call", name, via, path });
  }
  if (!byName)
    for (const { offset, method, path } of operations) emitCall(source, emit, offset, method, `${url.replace(/\/$/, "")}${path}`);
}

/** Requests that the methods of the interface stand for. */
function operationsOf(source: Source, type: Declaration, prefix: string): Operation[] {
  const { annotated } = structureOf(source);
  const { body } = type;
  if (body === null) return [];
  const own = type.annotations.find(({ name }) => name === "RequestMapping");
  const base = joinedPath(prefix, own === undefined ? "" : (attribute(source, own, "value", "path") ?? ""));
  return annotated.flatMap((method): Operation[] => {
    if (method.kind !== "method" || method.nameAt < body.open || method.nameAt > body.close) return [];
    const mapping = method.annotations.find(({ name }) =>
      /^(?:Request|Get|Post|Put|Delete|Patch)Mapping$|^RequestLine$|^(?:Http|Get|Post|Put|Delete|Patch)Exchange$/.test(name),
    );
    if (mapping?.name === "RequestLine") {
      const line = /^(\w{1,10})\s{1,3}(\S{1,300})/.exec(attribute(source, mapping, "value") ?? "");
      return line?.[2] === undefined
        ? []
        : [{ offset: mapping.start, method: line[1] ?? null, path: joinedPath(base, line[2].split("?")[0] ?? "") }];
    }
    if (mapping !== undefined) {
      const verb =
        /^(?:Get|Post|Put|Delete|Patch)/.exec(mapping.name)?.[0] ??
        /RequestMethod\.(\w{1,10})|HttpMethod\.(\w{1,10})/.exec(source.bare.slice(mapping.start, mapping.end))?.[1] ??
        null;
      return [
        {
          offset: mapping.start,
          method: verb?.toUpperCase() ?? null,
          path: joinedPath(base, attribute(source, mapping, "value", "path", "url") ?? ""),
        },
      ];
    }
    const verb = method.annotations.find(({ name }) =>
      /^(?:GET|POST|PUT|DELETE|PATCH|HEAD|Get|Post|Put|Delete|Patch|Head)$/.test(name),
    );
    if (verb === undefined) return [];
    const path = method.annotations.find(({ name }) => name === "Path");
    const given = attribute(source, path ?? verb, "value", "uri") ?? "";
    return [{ offset: verb.start, method: verb.name.toUpperCase(), path: joinedPath(base, given) }];
  });
}
