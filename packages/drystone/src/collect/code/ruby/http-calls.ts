/** Requests: Net::HTTP, Faraday, HTTParty, RestClient, HTTP.rb, Typhoeus, Excon. */
import { matches } from "../common/matches.js";
import type { Template } from "../cue.js";
import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { argument, inLoop, option } from "./values.js";

export const httpCalls: Detector = {
  name: "ruby/http-calls",
  languages: ["ruby"],
  words: ["Faraday", "HTTParty", "RestClient", "Net::HTTP", "HTTP.", "Typhoeus", "Excon", "HTTPClient", "Curl"],
  detect(source, emit) {
    const base = baseOf(source, emit);
    const put = (at: number, method: string | null, target: Template | null) => {
      const whole = withBase(target, base);
      if (whole !== null)
        emit(at, {
          kind: "call",
          protocol: "http",
          method: method === null ? null : method.toUpperCase(),
          target: whole,
          inLoop: inLoop(source, at),
        });
    };
    for (const match of matches(
      source.bare,
      /\b(?:Faraday|HTTParty|RestClient|HTTP|Typhoeus|Excon|HTTPClient)(?:\.(?:headers|auth|timeout|basic_auth|with|follow|accept)\([^()\n]{0,200}\)){0,4}\.(get|post|put|patch|delete|head)\b(?!\?)/g,
    ))
      put(match.index, match[1] ?? "", argument(source, match.index + match[0].length, 0));
    for (const match of matches(source.bare, /\bNet::HTTP\.(get|get_response|post|post_form|get_print)\b/g))
      put(match.index, (match[1] ?? "").startsWith("post") ? "POST" : "GET", argument(source, match.index + match[0].length, 0));
    for (const match of matches(source.bare, /\bNet::HTTP::(Get|Post|Put|Patch|Delete)\.new\b/g))
      put(match.index, match[1] ?? "", argument(source, match.index + match[0].length, 0));
    for (const match of matches(source.bare, /\bRestClient::Request\.execute\b/g))
      put(
        match.index,
        option(source, match.index + match[0].length, "method"),
        option(source, match.index + match[0].length, "url"),
      );
    // A connection of Faraday, and the methods that a class gets from HTTParty.
    if (/\bFaraday\b/.test(source.bare))
      for (const match of matches(
        source.bare,
        /\b(?:conn|connection|client|http|faraday|@conn|@connection|@client|@http)\.(get|post|put|patch|delete)\b/g,
      ))
        put(match.index, match[1] ?? "", argument(source, match.index + match[0].length, 0));
    if (/\binclude\s{1,5}HTTParty\b/.test(source.bare))
      for (const match of matches(
        source.bare,
        /(?:\bself\.class\.|(?<![\w.:@])self\.|(?<=\n\s{2,40}|=\s{1,5})(?=get\(|post\(|put\(|patch\(|delete\())(get|post|put|patch|delete)\b(?=\s{0,3}\()/g,
      ))
        put(match.index, match[1] ?? "", argument(source, match.index + match[0].length, 0));
  },
};

function withBase(target: Template | null, base: Template | null): Template | null {
  if (target === null || target.length > 1000 || /\s/.test(target.replace(/\$\{[^{}]*\}/g, ""))) return null;
  if (/^[a-z]{2,6}:\/\/|^\$\{|^\{\}\//.test(target)) return target;
  return /^[\w/?]/.test(target) && (target.includes("/") || base !== null)
    ? `${base?.replace(/\/$/, "") ?? "{}"}/${target.replace(/^\//, "")}`
    : null;
}

/** `Faraday.new(url: X)`, `Faraday.new(X)`, `base_uri X`, `Net::HTTP.new(host, port)`. */
function baseOf(source: Source, emit: Parameters<Detector["detect"]>[1]): Template | null {
  const found = new Set<string>();
  const put = (at: number, value: Template | null) => {
    if (value === null || value.startsWith("{}")) return;
    const whole = /^[a-z]{2,6}:\/\/|^\$\{/.test(value) ? value : `http://${value}`;
    found.add(whole);
    emit(at, { kind: "address", value: whole, technology: "http", use: "client" });
  };
  for (const match of matches(source.bare, /\b(?:Faraday|Excon)\.new\b/g)) {
    const end = match.index + match[0].length;
    put(match.index, option(source, end, "url") ?? argument(source, end, 0));
  }
  if (/\bHTTParty\b/.test(source.bare))
    for (const match of matches(source.bare, /\bbase_uri\b(?=[ (])/g))
      put(match.index, argument(source, match.index + match[0].length, 0));
  for (const match of matches(source.bare, /\bNet::HTTP\.(?:new|start)\b/g)) {
    const end = match.index + match[0].length;
    const host = argument(source, end, 0);
    const port = argument(source, end, 1);
    put(match.index, host !== null && port !== null && /^(?:\d{2,5}|\$\{.*\})$/.test(port) ? `${host}:${port}` : host);
  }
  const [only] = found;
  return found.size === 1 ? (only ?? null) : null;
}
