/** Names of a file that stand for an HTTP client, with the address they start from. */
import type { Template } from "../cue.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";
import { assignedName, callsOf } from "./calls-of.js";
import { bindingsOf, isRelative } from "./imports.js";
import { textAt } from "./text-at.js";
import { namesOfType } from "./types-of.js";
import { argumentAt, argumentText, propertiesAt, propertyText } from "./values.js";

export interface HttpClient {
  readonly base: Template | null;
  readonly library: string;
}

export const httpModules = new Set([
  "axios",
  "got",
  "ky",
  "ky-universal",
  "superagent",
  "superagent-promise",
  "request",
  "request-promise",
  "request-promise-native",
  "requestretry",
  "node-fetch",
  "node-fetch-cjs",
  "cross-fetch",
  "isomorphic-fetch",
  "isomorphic-unfetch",
  "unfetch",
  "undici",
  "ofetch",
  "needle",
  "phin",
  "wretch",
  "redaxios",
  "http",
  "https",
  "node:http",
  "node:https",
  "follow-redirects",
  "axios-retry",
  "gaxios",
  "teeny-request",
  "make-fetch-happen",
  "fetch-retry",
  "urllib",
  "@angular/common/http",
  "@nestjs/axios",
  "umi-request",
  "alova",
  "popsicle",
  "xior",
]);

/** A module of this component whose name says that it sends requests: `./api`, `../utils/http-client`. */
const ownModule =
  /(?:^|[/._-])(?:api|http|axios|request|fetch|fetcher|client|rest|ajax|service)s?(?:[-_.]?(?:client|instance|service|utils?|helper|request|api|config|index))?(?:\.[jt]sx?)?$|(?:Request|Fetch|Http|Axios|Api|ApiClient|HttpClient|RestClient|Gateway)(?:\.[jt]s)?$/i;
const ownName =
  /^(?:\$?(?:api|http|axios|request|fetcher|ajax|rest|client|xhr)|(?:api|http|rest|auth|authed|my|base|secure|private|public)(?:Client|Instance|Axios|Fetch|Request|Service|Api)|\w{1,30}(?:Axios|HttpClient|ApiClient|AxiosInstance|RestClient|FetchClient)|axios\w{1,20})$/i;

/** `x = this.client` and `x = this.client.axios`. */
const alias =
  /(?<![\w$.])([A-Za-z_$][\w$]{0,80})\s{0,3}=\s{0,9}(?:this\.)?([A-Za-z_$][\w$]{0,80})(?:\.(?:axios|axiosRef|instance|client|http|api))?\s{0,3}(?:;|\n)/g;

/** Instances by name: imported libraries, `axios.create`, fields of type `AxiosInstance` or `HttpService`. */
export const httpClients = perSource((source: Source): ReadonlyMap<string, HttpClient> => {
  const found = new Map<string, HttpClient>();
  for (const { local, imported, module } of bindingsOf(source)) {
    if (httpModules.has(module) && !/^[A-Z]/.test(imported)) found.set(local, { base: null, library: module });
    else if (
      isRelative(module) &&
      (/^axios\w{0,20}$|^\w{1,20}Axios$/.test(local) || (ownModule.test(module) && ownName.test(local)))
    )
      found.set(local, { base: null, library: "own" });
  }
  for (const name of namesOfType(
    source,
    /^(?:AxiosInstance|AxiosStatic|Axios|HttpService|HttpClient|KyInstance|Got|HttpBackend)$/,
  ))
    found.set(name, { base: null, library: "typed" });
  const library = new Map(found);
  for (const call of callsOf(source)) {
    if (!/^(?:create|extend|defaults|Axios|instance|createInstance)$/.test(call.name)) continue;
    const isClient =
      library.has(call.receiver) ||
      (call.name === "create" && /axios|ofetch|\$fetch/i.test(call.receiver)) ||
      (call.isNew && call.name === "Axios");
    const name = isClient ? assignedName(source, call) : null;
    if (name === null) continue;
    const options = propertiesAt(source, argumentAt(source, call.open, 0));
    found.set(name, { base: propertyText(source, options, "baseURL", "baseUrl", "prefixUrl", "prefix"), library: call.receiver });
  }
  for (const call of callsOf(source)) {
    if (
      !call.isNew ||
      !/(?:Axios|Http|Rest|Api|Fetch)\w{0,20}$/.test(call.name) ||
      /Error|Exception|Agent|Server/.test(call.name)
    )
      continue;
    const name = assignedName(source, call);
    const base =
      argumentText(source, call.open, 0) ??
      propertyText(source, propertiesAt(source, argumentAt(source, call.open, 0)), "baseURL", "baseUrl", "url");
    if (name !== null && base !== null && /^[a-z]{2,6}:\/\/|^\$\{/i.test(base)) found.set(name, { base, library: "based" });
  }
  for (const [, name = "", of = ""] of source.bare.matchAll(alias)) {
    const client = found.get(of);
    if (client !== undefined && !found.has(name)) found.set(name, client);
  }
  for (const [name, base] of defaultBases(source)) found.set(name, { base, library: found.get(name)?.library ?? name });
  return found;
});

/** `axios.defaults.baseURL = "…"`. */
function defaultBases(source: Source): [name: string, base: Template][] {
  const found: [string, Template][] = [];
  let count = 0;
  const pattern = /(?<![\w$])([\w$]{1,80})\.defaults\.baseURL\s{0,9}=\s{0,20}(?!=)/g;
  for (let match = pattern.exec(source.bare); match !== null && count++ < 50; match = pattern.exec(source.bare)) {
    const base = textAt(source, pattern.lastIndex);
    if (base !== null && match[1] !== undefined) found.push([match[1], base]);
  }
  return found;
}
