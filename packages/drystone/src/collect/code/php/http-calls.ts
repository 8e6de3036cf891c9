/** Requests: Guzzle, Laravel's and Symfony's clients, curl, streams, SOAP. */
import { matches } from "../common/matches.js";
import type { Template } from "../cue.js";
import type { Detector } from "../detector.js";
import { argumentOffsets, templateAt } from "../expression.js";
import type { Source } from "../source.js";
import { argument, closeOf, entry, inLoop } from "./values.js";

export const httpCalls: Detector = {
  name: "php/http-calls",
  languages: ["php"],
  words: ["lient", "Http::", "Guzzle", "curl_", "file_get_contents", "SoapClient", "http"],
  detect(source, emit) {
    const base = baseUri(source, emit);
    // What curl sends when no option says otherwise.
    const curl = /\bCURLOPT_(?:POST\b|POSTFIELDS|CUSTOMREQUEST|PUT\b)/.test(source.bare) ? null : "GET";
    const put = (at: number, method: string | null, target: Template | null) => {
      const whole = withBase(target, base);
      if (whole !== null)
        emit(at, {
          kind: "call",
          protocol: "http",
          method: method?.toUpperCase() ?? null,
          target: whole,
          inLoop: inLoop(source, at),
        });
    };
    // `$this->client->request('GET', $url)`.
    for (const match of matches(
      source.bare,
      /\$(?:this->)?(\w{0,40}(?:[cC]lient|[hH]ttp|[gG]uzzle)\w{0,20})\s{0,60}->\s{0,5}(request(?:Async)?|get|post|put|patch|delete|getAsync|postAsync)\s{0,3}(?=\()/g,
    )) {
      const open = match.index + match[0].length;
      const verb = match[2] ?? "";
      if (
        /redis|amqp|mongo|s3|sqs|sns|soap|elastic|predis|kafka/i.test(match[1] ?? "") ||
        !/Guzzle|HttpClient|Http\\|http/.test(source.text)
      )
        continue;
      if (verb.startsWith("request")) put(match.index, argument(source, open, 0), argument(source, open, 1));
      else put(match.index, verb.replace("Async", ""), argument(source, open, 0));
    }
    for (const match of matches(
      source.bare,
      /\bHttp::(?:[\w:>()$_,=[\]\s-]{0,300}?->\s{0,5})?(get|post|put|patch|delete|head)\s{0,3}(?=\()/g,
    ))
      put(match.index, match[1] ?? "", argument(source, match.index + match[0].length, 0));
    for (const match of matches(source.bare, /\bcurl_init\s{0,3}(?=\(\s{0,9}[^)\s])/g))
      put(match.index, curl, argument(source, match.index + match[0].length, 0));
    for (const match of matches(source.bare, /\bcurl_setopt\s{0,3}(?=\([^,()]{1,60},\s{0,5}CURLOPT_URL\b)/g))
      put(match.index, curl, argument(source, match.index + match[0].length, 2));
    for (const match of matches(source.bare, /\bfile_get_contents\s{0,3}(?=\()/g)) {
      const target = argument(source, match.index + match[0].length, 0);
      if (target !== null && /^https?:\/\/|^\$\{[^{}]{1,80}(?:URL|URI|HOST|url|host)[^{}]{0,80}\}/.test(target))
        put(match.index, "GET", target);
    }
    for (const match of matches(source.bare, /\bnew\s{1,5}\\?(?:GuzzleHttp\\Psr7\\)?Request\s{0,3}(?=\()/g)) {
      const open = match.index + match[0].length;
      const method = argument(source, open, 0);
      if (method !== null && /^(?:GET|POST|PUT|PATCH|DELETE)$/i.test(method)) put(match.index, method, argument(source, open, 1));
    }
    for (const match of matches(source.bare, /\bnew\s{1,5}\\?SoapClient\s{0,3}(?=\()/g))
      put(match.index, "POST", argument(source, match.index + match[0].length, 0));
  },
};

/** A whole address, or a path behind the base of the client. */
function withBase(target: Template | null, base: Template | null): Template | null {
  if (target === null || /\s/.test(target.replace(/\$\{[^{}]*\}/g, "")) || target.length > 1000) return null;
  if (/^[a-z]{2,6}:\/\/|^\$\{/.test(target)) return target;
  if (target.startsWith("{}")) return target.startsWith("{}/") ? (base === null ? target : target) : null;
  if (!/^[\w/?]/.test(target)) return null;
  return `${base?.replace(/\/$/, "") ?? "{}"}/${target.replace(/^\//, "")}`;
}

/** `new Client(['base_uri' => $url])`, `HttpClient::createForBaseUri(…)`, `Http::baseUrl(…)`. */
function baseUri(source: Source, emit: Parameters<Detector["detect"]>[1]): Template | null {
  const found = new Set<string>();
  const put = (at: number, value: Template | null) => {
    if (value === null || !/[/:]|^\$\{/.test(value)) return;
    found.add(value);
    emit(at, { kind: "address", value, technology: "http", use: "client" });
  };
  for (const match of matches(source.bare, /\bnew\s{1,5}\\?(?:\w{1,30}\\){0,4}(?:Guzzle)?(?:Http)?Client\s{0,3}(?=\()/g)) {
    const open = match.index + match[0].length;
    put(match.index, entry(source, open, closeOf(source, open), "base_uri", "base_url"));
  }
  for (const match of matches(source.bare, /(?:\bHttpClient::createForBaseUri|(?:::|->)baseUrl)\s{0,3}(?=\()/g)) {
    const first = argumentOffsets(source, match.index + match[0].length)[0];
    put(match.index, first === undefined ? null : templateAt(source, first));
  }
  const [only] = found;
  return found.size === 1 ? (only ?? null) : null;
}
