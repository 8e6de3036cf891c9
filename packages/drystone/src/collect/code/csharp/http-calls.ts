/** Requests of HttpClient and of the clients around it. */
import { matches } from "../common/matches.js";
import type { Template } from "../cue.js";
import type { Detector } from "../detector.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";
import { type Call, callsOf } from "./calls.js";
import { inLoop } from "./in-loop.js";
import { structureOf } from "./structure.js";
import { argument, valueAt } from "./values.js";

const methods: ReadonlyMap<string, string> = new Map([
  ["GetAsync", "GET"],
  ["GetStringAsync", "GET"],
  ["GetStreamAsync", "GET"],
  ["GetByteArrayAsync", "GET"],
  ["GetFromJsonAsync", "GET"],
  ["GetFromJsonAsAsyncEnumerable", "GET"],
  ["PostAsync", "POST"],
  ["PostAsJsonAsync", "POST"],
  ["PutAsync", "PUT"],
  ["PutAsJsonAsync", "PUT"],
  ["PatchAsync", "PATCH"],
  ["PatchAsJsonAsync", "PATCH"],
  ["DeleteAsync", "DELETE"],
  ["DeleteFromJsonAsync", "DELETE"],
]);

export const httpCalls: Detector = {
  name: "csharp/http-calls",
  languages: ["csharp"],
  words: ["HttpClient", "Http.", "http", "Client", "client"],
  detect(source, emit) {
    for (const call of callsOf(source, [...methods.keys()].join("|"))) {
      if (!isHttpClient(source, call)) continue;
      const target = targetOf(source, call.start, argument(source, call.open, 0, "requestUri"));
      if (target !== null)
        emit(call.start, {
          kind: "call",
          protocol: "http",
          method: methods.get(call.name) ?? null,
          target,
          inLoop: inLoop(source, call.start),
        });
    }
  },
};

/** By its type; by its name where the file does not declare it. A cache, a repository or a grain has such methods too. */
function isHttpClient(source: Source, { receiver, start }: Call): boolean {
  const type = structureOf(source).typeOf(receiver, start);
  if (type !== null && type !== "var") return /(?:^|\.)HttpClient$/.test(type);
  return (
    /^_?(?:\w{0,30}[hH]ttp(?:Client)?|(?:api|rest)?[cC]lient|\w{1,30}HttpClient)$/.test(receiver) &&
    /\bHttpClient|\bIHttpClientFactory|@inject|HttpContent|System\.Net\.Http/.test(source.bare)
  );
}

/** `new HttpRequestMessage(HttpMethod.Get, url)`, and `RequestUri` where it is set on its own. */
export const httpRequests: Detector = {
  name: "csharp/http-requests",
  languages: ["csharp"],
  words: ["HttpRequestMessage"],
  detect(source, emit) {
    for (const match of matches(source.bare, /\bnew\s{1,9}HttpRequestMessage\s{0,9}(?=[({])/g)) {
      const open = match.index + match[0].length;
      const { closeOf } = structureOf(source);
      const end = source.bare[open] === "(" ? closeOf(open) : open;
      const rest = source.bare.slice(open, end + 400);
      const method = /\bHttpMethod\.(\w{3,8})\b/.exec(rest)?.[1]?.toUpperCase() ?? null;
      const property = /\bRequestUri\s{0,9}=\s{0,9}/.exec(rest);
      const template =
        argument(source, open, 1, "requestUri") ??
        (property === null ? null : valueAt(source, open + property.index + property[0].length));
      const target = targetOf(source, match.index, template);
      if (target !== null)
        emit(match.index, { kind: "call", protocol: "http", method, target, inLoop: inLoop(source, match.index) });
    }
  },
};

/** A whole address; or a path behind the base address of the client, which may be given where the client is registered. */
function targetOf(source: Source, offset: number, template: Template | null): Template | null {
  if (template === null || template.length > 1000 || /\s/.test(template.replace(/\$\{[^{}]*\}/g, ""))) return null;
  if (/^(?:[a-z+]{2,10}:\/\/|\$\{|\{\})/.test(template))
    return /[/:]/.test(template) || template.startsWith("${") ? template : null;
  if (!/^[\w/~?]/.test(template) || (!template.includes("/") && !template.includes("?") && !/^[\w-]{2,60}$/.test(template)))
    return null;
  const path = template.startsWith("/") ? template : `/${template}`;
  const own = baseAddressIn(source);
  if (own !== null) return own.replace(/\/$/, "") + path;
  const type = structureOf(source).typeAround(offset)?.name;
  return `${type === undefined ? "{}" : `\${const:${baseAddressName(type)}}`}${path}`;
}

/** Where a client class or interface sends its requests to, as a constant for other files. */
export function baseAddressName(type: string): string {
  return `BaseAddressOf${type}`;
}

/** The only base address that this file sets. */
export const baseAddressIn = perSource((source): Template | null => {
  const found = new Set(
    matches(source.bare, /\bBaseAddress\s{0,9}=(?!=)\s{0,40}/g, 40).map((match) =>
      valueAt(source, match.index + match[0].length),
    ),
  );
  const [only] = found;
  return found.size === 1 ? (only ?? null) : null;
});
