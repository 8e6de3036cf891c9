import type { CallSite } from "../common/call-sites.js";
import type { Detector } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import type { Source } from "../source.js";
import { argumentText, rustCalls } from "./names.js";

/** actix-web, axum, Rocket, poem. */
export const webEndpoints: Detector = {
  name: "rust/web-endpoints",
  languages: ["rust"],
  words: ["actix_web", "axum", "rocket", "poem", "#[get", "#[post"],
  detect(source, emit) {
    for (const match of source.bare.matchAll(/#\[(?:\w{1,30}::)?(get|post|put|patch|delete|head|options)\(\s{0,10}(?=_{2})/g)) {
      const path = source.stringAt(match.index + match[0].length)?.value.replace(/\?.*$/, "");
      const handler =
        /\)\]\s{0,20}(?:#\[[^\]\n]{0,200}\]\s{0,20}){0,5}(?:pub(?:\([\w ]{1,12}\))?\s{1,3})?(?:async\s{1,3})?fn\s{1,3}(\w{1,80})/.exec(
          source.bare.slice(match.index, match.index + 700),
        )?.[1] ?? null;
      if (path !== undefined && /^\/|^$/.test(path))
        emit(match.index, { kind: "endpoint", method: (match[1] ?? "").toUpperCase(), path: endpointPath(path), handler });
    }
    for (const call of rustCalls(source)) {
      const { name, open, start } = call;
      if (name !== "route" && name !== "resource" && name !== "at") continue;
      const path = argumentText(source, open, 0);
      if (!path?.startsWith("/")) continue;
      const prefix = scopeOf(source, call);
      const second = argumentOffsets(source, open)[1];
      const behind =
        second === undefined ? source.bare.slice(call.close, call.close + 200) : source.bare.slice(second, call.close);
      const methods = [
        ...behind.matchAll(/(?:^|[.:\s(])(get|post|put|patch|delete|head)\(\s{0,20}(?:(?:\w{1,40}::){0,4}(\w{1,80}))?/g),
      ];
      for (const [, method = "", handler = null] of methods.slice(0, 8))
        emit(start, { kind: "endpoint", method: method.toUpperCase(), path: endpointPath(prefix + path), handler });
    }
  },
};

/** `web::scope("/api").route(…)`. */
function scopeOf(source: Source, call: CallSite): string {
  let { on } = call;
  for (let count = 0; on !== null && count < 20; count++) {
    if (on.name === "scope") return argumentText(source, on.open, 0) ?? "";
    ({ on } = on);
  }
  return "";
}

function endpointPath(path: string): string {
  const joined = `/${path}`
    .replace(/<(\w{1,60})(?:\.\.)?>/g, "{$1}")
    .replace(/\/[:*](\w{1,60})/g, "/{$1}")
    .replace(/\{\*(\w{1,60})\}/g, "{$1}")
    .replace(/\{(\w{1,60}):[^{}]{1,60}\}/g, "{$1}")
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "");
  return joined === "" ? "/" : joined;
}
