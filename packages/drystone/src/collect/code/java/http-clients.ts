/** Requests by the HTTP clients of Java and Kotlin. */
import type { Detector, Emit } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import type { Source } from "../source.js";
import { argumentTexts } from "./arguments.js";
import { chainAt } from "./chain.js";
import { inLoop } from "./in-loop.js";
import { matches, matchesAfter } from "./matches.js";
import { structureOf } from "./structure.js";
import { argument, valueAt } from "./values.js";

/** Spring's RestTemplate and what implements RestOperations. */
export const restTemplate: Detector = {
  name: "java/rest-template",
  languages: ["java", "kotlin", "scala"],
  words: ["RestTemplate", "RestOperations"],
  detect(source, emit) {
    const { typeOf } = structureOf(source);
    const plain =
      /\.\s{0,60}(getForObject|getForEntity|postForObject|postForEntity|postForLocation|patchForObject|headForHeaders|optionsForAllow)\s{0,3}(?:<[^()]{0,100}>)?(?=\()/g;
    for (const match of matches(source.bare, plain)) {
      const verb = /^(?:get|post|patch|head|options)/.exec(match[1] ?? "")?.[0].toUpperCase() ?? null;
      emitCall(source, emit, match.index, verb, argument(source, match.index + match[0].length, 0));
    }
    const shared =
      /(?<![\w.])(?:this\.)?(\w{1,60})(?:\(\))?\s{0,60}\.\s{0,60}(exchange|execute|put|delete)\s{0,3}(?:<[^()]{0,100}>)?(?=\()/g;
    for (const match of matches(source.bare, shared)) {
      const [whole, receiver = "", name] = match;
      if (!/Rest(?:Template|Operations)$/.test(typeOf.get(receiver) ?? "") && !/rest(?:Template|Operations)/i.test(receiver))
        continue;
      const open = match.index + whole.length;
      const second = argumentTexts(source, open)[1] ?? "";
      const verb =
        name === "put" || name === "delete" ? name.toUpperCase() : (/HttpMethod\.(\w{1,10})/.exec(second)?.[1] ?? null);
      emitCall(source, emit, match.index, verb, argument(source, open, 0));
    }
  },
};

/** WebClient, RestClient, RestTestClient-like chains and `java.net.http`: `.get().uri(…)`. */
export const uriChains: Detector = {
  name: "java/uri-chains",
  languages: ["java", "kotlin", "scala"],
  words: ["WebClient", "RestClient", "HttpRequest"],
  detect(source, emit) {
    if (source.bare.includes("RouteLocator") && !source.bare.includes("WebClient")) return;
    const bases = basesOf(source, emit);
    for (const match of matches(source.bare, /\.\s{0,60}uri\s{0,3}(?=[({])/g)) {
      const before = source.bare.slice(Math.max(0, match.index - 400), match.index);
      const statement = before.slice(
        Math.max(before.lastIndexOf(";"), before.lastIndexOf("->"), before.lastIndexOf("return ")) + 1,
      );
      const behind = source.bare.slice(match.index, match.index + 500);
      const ofRequest = /HttpRequest\s{0,60}\.\s{0,60}newBuilder\(\)/.test(statement);
      const verb =
        /\.\s{0,60}(get|post|put|delete|patch|head|options)\(\)\s{0,200}$/.exec(statement)?.[1] ??
        /\.\s{0,60}method\(\s{0,20}HttpMethod\.(\w{1,10})\s{0,20}\)\s{0,200}$/.exec(statement)?.[1] ??
        (ofRequest ? /^[^;]{0,400}?\.\s{0,60}(GET|POST|PUT|DELETE|HEAD)\(/.exec(behind)?.[1] : undefined);
      if (verb === undefined && !ofRequest) continue;
      const target = uriArgument(source, match.index + match[0].length);
      if (target === null) continue;
      const receiver =
        /(?:^|[\s(=,])(?:this\.)?([a-z_]\w{0,60})(?:\(\)|\.build\(\)|\s){0,3}\s{0,200}\.[\s\S]{0,80}$/.exec(statement)?.[1] ?? "";
      const base = /^(?:\/|\?|$)/.test(target)
        ? (bases.get(receiver) ?? (bases.size === 1 ? [...bases.values()][0] : undefined))
        : undefined;
      emitCall(source, emit, match.index, verb?.toUpperCase() ?? null, `${base?.replace(/\/$/, "") ?? ""}${target}`);
    }
    for (const match of matches(source.bare, /\bHttpRequest\s{0,9}\.\s{0,9}newBuilder(?=\(\s{0,60}[^)\s])/g))
      emitCall(
        source,
        emit,
        match.index,
        chainVerb(source, match.index + match[0].length),
        argument(source, match.index + match[0].length, 0),
      );
  },
};

/** Base addresses by the name they are given to: `ordersClient = builder.baseUrl("http://orders").build()`. */
function basesOf(source: Source, emit: Emit): Map<string, string> {
  const found = new Map<string, string>();
  const pattern = /(?:\.\s{0,60}baseUrl|\b(?:WebClient|RestClient)\s{0,60}\.\s{0,60}create)\s{0,3}(?=\(\s{0,60}[^)\s])/g;
  for (const match of matches(source.bare, pattern)) {
    const value = argument(source, match.index + match[0].length, 0);
    if (value === null || found.size > 50) continue;
    emit(match.index, { kind: "address", value, technology: "http", use: "client" });
    const before = source.bare.slice(Math.max(0, match.index - 300), match.index);
    const statement = before.slice(Math.max(before.lastIndexOf(";"), before.lastIndexOf("{")) + 1);
    found.set(/(\w{1,60})\s{0,9}=(?!=)/.exec(statement)?.[1] ?? `at ${match.index}`, value);
  }
  return found;
}

/** `uri("/x/{id}", id)`, `uri(URI.create(x))`, `uri(b -> b.path("/x").build())`. */
function uriArgument(source: Source, open: number): string | null {
  const first = source.bare[open] === "{" ? open + 1 : argumentOffsets(source, open)[0];
  if (first === undefined) return null;
  const lambda = /^\s{0,60}(?:\(?\s{0,9}\w{1,40}\s{0,9}\)?\s{0,9}->|\{|\w{1,40}\s{0,9}->|it\b)/.exec(
    source.bare.slice(first, first + 120),
  );
  if (lambda === null && source.bare[open] !== "{") return valueAt(source, first);
  const body = source.bare.slice(first, structureOf(source).closeOf(open));
  const at = (name: string): string => {
    const found = new RegExp(`\\b${name}\\s{0,3}(?=\\()`).exec(body);
    return found === null ? "" : (argument(source, first + found.index + found[0].length, 0) ?? "");
  };
  const host = at("host");
  const path = at("path");
  return path === "" && host === "" ? null : `${host === "" ? "" : `${at("scheme") || "http"}://${host}`}${path}`;
}

function chainVerb(source: Source, open: number): string | null {
  for (const { name, open: at } of chainAt(source, open)) {
    if (/^(?:get|post|put|delete|patch|head|GET|POST|PUT|DELETE|PATCH|HEAD)$/.test(name)) return name.toUpperCase();
    if (name === "method") return argument(source, at, 0);
  }
  return null;
}

interface Form {
  readonly words: readonly string[];
  /** The method in its first group where the name tells it; ends before the bracket. */
  readonly pattern: RegExp;
  /** What stands before it, within 1,500 characters. */
  readonly after?: RegExp;
  readonly argument: number;
  /** `chain`: the calls behind it tell the method. */
  readonly verb: "group" | "chain" | null;
}

const forms: readonly Form[] = [
  {
    words: ["okhttp"],
    pattern: /\.\s{0,60}url\s{0,3}(?=\()/g,
    after: /Request\s{0,3}\.\s{0,3}Builder\(\)[^;]{0,200}$/,
    argument: 0,
    verb: "chain",
  },
  {
    words: ["org.apache.http", "org.apache.hc"],
    pattern: /\bnew\s{1,9}Http(Get|Post|Put|Delete|Patch|Head)\s{0,3}(?=\()/g,
    argument: 0,
    verb: "group",
  },
  {
    words: ["org.apache.http", "org.apache.hc"],
    pattern:
      /(?<![\w.])HttpUriRequestBase\s{0,3}(?=\()|\bRequest\s{0,9}\.\s{0,9}(get|post|put|delete|Get|Post|Put|Delete|Patch)\s{0,3}(?=\()/g,
    argument: 0,
    verb: "group",
  },
  {
    words: ["openConnection", "openStream"],
    pattern: /\bnew\s{1,9}URL\s{0,3}(?=\()|(?<![\w.])URL\s{0,3}(?=\(\s{0,9}__)/g,
    argument: 0,
    verb: null,
  },
  {
    words: ["Unirest"],
    pattern: /\bUnirest\s{0,9}\.\s{0,9}(get|post|put|delete|patch|head)\s{0,3}(?=\()/g,
    argument: 0,
    verb: "group",
  },
  {
    words: ["RequestEntity"],
    pattern: /\bRequestEntity\s{0,9}\.\s{0,9}(get|post|put|delete|patch|head)\s{0,3}(?=\()/g,
    argument: 0,
    verb: "group",
  },
  {
    words: ["io.ktor.client"],
    pattern: /\b\w{0,30}[cC]lient\s{0,9}\.\s{0,9}(get|post|put|delete|patch|head)\s{0,3}(?:<[\w.<>?,\s]{1,80}>\s{0,3})?(?=\()/g,
    argument: 0,
    verb: "group",
  },
  {
    words: ["asynchttpclient"],
    pattern: /\.\s{0,60}prepare(Get|Post|Put|Delete|Patch|Head)\s{0,3}(?=\()/g,
    argument: 0,
    verb: "group",
  },
  {
    words: ["io.vertx"],
    pattern: /\.\s{0,60}(get|post|put|delete|patch|head|request)Abs\s{0,3}(?=\()/g,
    argument: 0,
    verb: "group",
  },
  {
    words: ["play.api.libs.ws", "play.libs.ws"],
    pattern: /\b\w{0,20}[wW][sS]\w{0,10}\s{0,9}\.\s{0,9}url\s{0,3}(?=\()/g,
    argument: 0,
    verb: "chain",
  },
  {
    words: ["io.micronaut.http"],
    pattern: /\bHttpRequest\s{0,9}\.\s{0,9}(GET|POST|PUT|DELETE|PATCH|HEAD)\s{0,3}(?:<[\w.<>?,\s]{1,80}>\s{0,3})?(?=\()/g,
    argument: 0,
    verb: "group",
  },
  {
    words: ["feign"],
    pattern: /\.\s{0,60}target\s{0,3}(?=\(\s{0,60}\w{1,80}(?:\.class|::class))/g,
    after: /\bFeign\b/,
    argument: 1,
    verb: null,
  },
];

/** Clients that take the address in one call. */
export const otherHttpClients: Detector = {
  name: "java/http-clients",
  languages: ["java", "kotlin", "scala"],
  words: [...new Set(forms.flatMap(({ words }) => words))],
  detect(source, emit) {
    for (const { words, pattern, after, argument: index, verb } of forms) {
      if (!words.some((word) => source.text.includes(word))) continue;
      for (const match of after === undefined ? matches(source.bare, pattern) : matchesAfter(source.bare, pattern, after, 1500)) {
        const open = match.index + match[0].length;
        const method = verb === "chain" ? (chainVerb(source, open) ?? "GET") : (match[1]?.toUpperCase() ?? null);
        emitCall(source, emit, match.index, method === "REQUEST" ? null : method, argument(source, open, index));
      }
    }
  },
};

/** `client.target("http://x").path("y").request().get()`. */
export const jaxRsClient: Detector = {
  name: "java/jax-rs-client",
  languages: ["java", "kotlin", "scala"],
  words: ["ws.rs.client", "WebTarget"],
  detect(source, emit) {
    for (const match of matches(source.bare, /\.\s{0,60}target\s{0,3}(?=\()/g)) {
      const open = match.index + match[0].length;
      const base = argument(source, open, 0);
      if (base === null) continue;
      const calls = chainAt(source, open).slice(1);
      const paths = calls.flatMap(({ name, open: at }) => (name === "path" ? (argument(source, at, 0) ?? "{}") : []));
      const target = [base.replace(/\/$/, ""), ...paths.map((path) => path.replace(/^\//, ""))].join("/");
      const verb = calls.find(({ name }) => /^(?:get|post|put|delete|head|options)$/.test(name))?.name.toUpperCase() ?? null;
      emitCall(source, emit, match.index, verb, target);
    }
  },
};

/** Says a request when at least a part of the address or the path is known. */
export function emitCall(source: Source, emit: Emit, offset: number, method: string | null, target: string | null): void {
  if (target === null || !/[A-Za-z]/.test(target.replaceAll("{}", "")) || /\s/.test(target)) return;
  emit(offset, { kind: "call", protocol: "http", method, target, inLoop: inLoop(source, offset) });
}
