/** Clients that are registered with an address, and interfaces that stand for one: HttpClient factories, Refit, RestSharp, Flurl, Dapr. */
import { matches } from "../common/matches.js";
import type { Template } from "../cue.js";
import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { callsOf } from "./calls.js";
import { baseAddressIn, baseAddressName } from "./http-calls.js";
import { inLoop } from "./in-loop.js";
import { lastName, structureOf } from "./structure.js";
import { argument, argumentAt, valueAt } from "./values.js";

/** `AddHttpClient<ICatalog, CatalogClient>(c => c.BaseAddress = …)`, `AddRefitClient<ICatalog>().ConfigureHttpClient(…)`, `AddGrpcClient<X.XClient>(o => o.Address = …)`. */
export const registeredClients: Detector = {
  name: "csharp/registered-clients",
  languages: ["csharp"],
  words: ["AddHttpClient", "AddRefitClient", "AddGrpcClient", "BaseAddress", "GrpcChannel", "AddCodeFirstGrpcClient"],
  detect(source, emit) {
    const { bare } = source;
    for (const call of callsOf(source, "AddHttpClient|AddRefitClient|AddGrpcClient|AddCodeFirstGrpcClient")) {
      const end = statementEnd(source, call.open);
      const pattern = /\b(?:BaseAddress|Address)\s{0,9}=(?!=)\s{0,40}/g;
      pattern.lastIndex = call.open;
      const match = pattern.exec(bare);
      if (match === null || match.index > end) continue;
      const value = valueAt(source, pattern.lastIndex);
      if (value === null) continue;
      emit(match.index, { kind: "address", value, technology: call.name.includes("Grpc") ? "grpc" : "http", use: "client" });
      if (call.name.includes("Grpc")) continue;
      for (const type of call.generic.split(",").map((one) => lastName(one.trim())))
        if (type !== "") emit(match.index, { kind: "constant", name: baseAddressName(type), value });
    }
    for (const match of matches(bare, /\bBaseAddress\s{0,9}=(?!=)\s{0,40}/g, 40)) {
      const value = valueAt(source, match.index + match[0].length);
      if (value !== null && /[/:]|\$\{/.test(value))
        emit(match.index, { kind: "address", value, technology: "http", use: "client" });
    }
    for (const match of matches(
      bare,
      /\b(?:GrpcChannel\s{0,9}\.\s{0,9}ForAddress|new\s{1,9}(?:Grpc\.Core\.)?Channel)\s{0,3}(?=\()/g,
    )) {
      const open = match.index + match[0].length;
      const value = argument(source, open, 0, "address", "target");
      if (value !== null && !value.startsWith("{}"))
        emit(match.index, { kind: "address", value: withPort(source, open, value), technology: "grpc", use: "client" });
    }
  },
};

/** `new Channel("orders", 50051, …)`. */
function withPort(source: Source, open: number, value: Template): Template {
  const at = argumentAt(source, open, 1, "port");
  const port = at === null ? undefined : /^\d{2,5}\b/.exec(source.bare.slice(at, at + 8))?.[0];
  return port === undefined ? value : `${value}:${port}`;
}

/** Offset of the `;` behind a call and what is chained to it, brackets stepped over. */
function statementEnd(source: Source, open: number): number {
  const { closeOf } = structureOf(source);
  for (let at = closeOf(open) + 1; at < Math.min(source.bare.length, open + 6000); at++) {
    const char = source.bare[at];
    if (char === ";" || char === "}") return at;
    if (char === "(" || char === "{" || char === "[") at = closeOf(at);
  }
  return Math.min(source.bare.length, open + 6000);
}

/** Refit and RestEase: `[Get("/products/{id}")]` on methods of an interface are requests. */
export const refit: Detector = {
  name: "csharp/refit",
  languages: ["csharp"],
  words: ["[Get(", "[Post(", "[Put(", "[Delete(", "[Patch(", "RestService", "RestEase"],
  detect(source, emit) {
    const { attributed, typeAround } = structureOf(source);
    const isRestEase = /\busing\s{1,5}RestEase\b/.test(source.bare);
    for (const { nameAt, attributes } of attributed) {
      const type = typeAround(nameAt);
      if (type?.word !== "interface") continue;
      for (const { name, open } of attributes) {
        if (!/^(?:Get|Post|Put|Delete|Patch)$/.test(name) || (open === null && !isRestEase)) continue;
        const at = open === null ? null : argumentAt(source, open, 0);
        const path = open === null ? "" : at === null ? null : (source.stringAt(at)?.value ?? null);
        if (path === null) continue;
        const target = `\${const:${baseAddressName(type.name)}}/${path.replace(/\{[^{}]*\}/g, "{}").replace(/^\//, "")}`;
        emit(nameAt, { kind: "call", protocol: "http", method: name.toUpperCase(), target, inLoop: false });
      }
    }
    for (const call of callsOf(source, "For")) {
      if (!/^Rest(?:Service|Client)$/.test(call.receiver) || call.generic === "") continue;
      const value = argument(source, call.open, 0, "hostUrl") ?? baseAddressIn(source);
      if (value === null || value.startsWith("{}")) continue;
      emit(call.start, { kind: "address", value, technology: "http", use: "client" });
      emit(call.start, { kind: "constant", name: baseAddressName(lastName(call.generic)), value });
    }
  },
};

/** RestSharp: `new RestClient(url)`, `new RestRequest("orders/{id}", Method.Get)`. */
export const restSharp: Detector = {
  name: "csharp/restsharp",
  languages: ["csharp"],
  words: ["RestSharp", "RestClient"],
  detect(source, emit) {
    const bases = new Set<string>();
    for (const match of matches(source.bare, /\bnew\s{1,9}RestClient(?:Options)?\s{0,3}(?=\()/g)) {
      const value = argument(source, match.index + match[0].length, 0, "baseUrl");
      if (value === null || value.startsWith("{}")) continue;
      bases.add(value);
      emit(match.index, { kind: "address", value, technology: "http", use: "client" });
    }
    const [base] = bases;
    for (const match of matches(source.bare, /\bnew\s{1,9}RestRequest\s{0,3}(?=\()/g)) {
      const open = match.index + match[0].length;
      const path = argument(source, open, 0, "resource");
      if (path === null) continue;
      const method =
        /\bMethod\.(Get|Post|Put|Delete|Patch)/i
          .exec(source.bare.slice(open, structureOf(source).closeOf(open)))?.[1]
          ?.toUpperCase() ?? "GET";
      const whole = /^[a-z]{2,6}:\/\//.test(path)
        ? path
        : `${bases.size === 1 ? (base ?? "").replace(/\/$/, "") : "{}"}/${path.replace(/^\//, "").replace(/\{[A-Za-z]\w{0,60}\}/g, "{}")}`;
      emit(match.index, { kind: "call", protocol: "http", method, target: whole, inLoop: inLoop(source, match.index) });
    }
  },
};

/** Flurl: `url.AppendPathSegment("orders").GetJsonAsync<T>()`. */
export const flurl: Detector = {
  name: "csharp/flurl",
  languages: ["csharp"],
  words: ["Flurl"],
  detect(source, emit) {
    const pattern =
      /(["\w)])\s{0,60}\.\s{0,5}(Get|Post|Put|Patch|Delete)(?:Json|String|UrlEncoded|Multipart|Stream|Bytes)?Async\b/g;
    for (const match of matches(source.bare, pattern)) {
      const from =
        Math.max(source.bare.lastIndexOf(";", match.index), source.bare.lastIndexOf("{", match.index), match.index - 1000) + 1;
      const statement = source.bare.slice(from, match.index + 1);
      const lead = /(?:\b(?:await|return)\s{1,9}|=\s{0,9}(?:await\s{1,9})?)(?!.*(?:await|return)\s)/s.exec(statement);
      const start = lead === null ? from + (/^\s*/.exec(statement)?.[0].length ?? 0) : from + lead.index + lead[0].length;
      emitChain(source, emit, start, match.index, (match[2] ?? "").toUpperCase());
    }
  },
};

function emitChain(source: Source, emit: Emit, start: number, end: number, method: string): void {
  let target = valueAt(source, start);
  if (target === null || !/^(?:https?:\/\/|\$\{)/.test(target)) return;
  for (const segment of source.bare.slice(start, end + 1).matchAll(/\.\s{0,5}AppendPathSegments?\s{0,3}(?=\()/g)) {
    const value = argument(source, start + segment.index + segment[0].length, 0) ?? "{}";
    target += `/${value.replace(/^\//, "")}`;
  }
  emit(start, { kind: "call", protocol: "http", method, target, inLoop: inLoop(source, start) });
}

/** Dapr: `InvokeMethodAsync(HttpMethod.Get, "orders", "list")`, `CreateInvokeHttpClient("orders")`; state stores are stores by a name of their own. */
export const dapr: Detector = {
  name: "csharp/dapr",
  languages: ["csharp"],
  words: ["Dapr"],
  detect(source, emit) {
    for (const call of callsOf(
      source,
      "InvokeMethodAsync|InvokeMethodGrpcAsync|CreateInvokeMethodRequest|CreateInvokeHttpClient|CreateInvocationInvoker|InvokeMethodWithResponseAsync",
    )) {
      const hasVerb = /^\(\s{0,40}HttpMethod\b/.test(source.bare.slice(call.open, call.open + 60));
      const name = argument(source, call.open, hasVerb ? 1 : 0, "appId");
      const path = argument(source, call.open, hasVerb ? 2 : 1, "methodName");
      if (name !== null && !name.startsWith("{}"))
        emit(call.start, { kind: "named-call", name, via: "dapr", path: path === "{}" ? null : path });
    }
    for (const call of callsOf(
      source,
      "PublishEventAsync|BulkPublishEventAsync|(?:Get|Save|Delete|TryGet|TrySave|TryDelete)State(?:Async|EntryAsync|AndETagAsync)|GetBulkStateAsync|ExecuteStateTransactionAsync|InvokeBindingAsync",
    )) {
      const name = argument(source, call.open, 0, "pubsubName", "storeName", "bindingName");
      if (name !== null && /^[\w.-]{1,80}$/.test(name)) emit(call.start, { kind: "building-block", name });
    }
    for (const call of callsOf(source, "PublishEventAsync|BulkPublishEventAsync")) {
      const channel = argument(source, call.open, 1, "topicName");
      if (channel !== null) emit(call.start, { kind: "publishes", technology: null, channel, message: null });
    }
    for (const { nameAt, attributes } of structureOf(source).attributed)
      for (const { name, open } of attributes) {
        const channel = name === "Topic" && open !== null ? argument(source, open, 1, "name") : null;
        const block = name === "Topic" && open !== null ? argument(source, open, 0, "pubsubName") : null;
        if (block !== null && /^[\w.-]{1,80}$/.test(block)) emit(nameAt, { kind: "building-block", name: block });
        if (channel !== null) emit(nameAt, { kind: "consumes", technology: null, channel, message: null });
      }
    for (const call of callsOf(source, "WithTopic")) {
      const channel = argument(source, call.open, 1, "name");
      if (channel !== null) emit(call.start, { kind: "consumes", technology: null, channel, message: null });
    }
  },
};

/** YARP in code: `app.MapForwarder("/images/{id}", "http://catalog", "/api/images/{id}")`. */
export const forwarders: Detector = {
  name: "csharp/forwarders",
  languages: ["csharp"],
  words: ["MapForwarder"],
  detect(source, emit) {
    for (const call of callsOf(source, "MapForwarder")) {
      const at = argumentAt(source, call.open, 0, "pattern");
      const path = at === null ? null : (source.stringAt(at)?.value ?? null);
      const target = argument(source, call.open, 1, "destinationPrefix");
      if (target !== null && !target.startsWith("{}")) emit(call.start, { kind: "route", path, target });
    }
  },
};
