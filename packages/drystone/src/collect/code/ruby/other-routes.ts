/** Routes of Sinatra, Grape and what is like them: a verb, a path and a block. */
import type { Detector } from "../detector.js";

export const blockRoutes: Detector = {
  name: "ruby/block-routes",
  languages: ["ruby"],
  words: ["sinatra", "Sinatra", "Grape::API", "Hanami", "roda", "Padrino"],
  detect(source, emit) {
    const { code } = source;
    const isGrape = /\bGrape::API\b/.test(code);
    if (!isGrape && !/["']sinatra|\bSinatra::|\bHanami\b|\bPadrino::/.test(code)) return;
    const blocks: string[] = [];
    let offset = 0;
    let base = "";
    for (const line of code.split("\n")) {
      const text = line.trim().slice(0, 300);
      const at = offset + Math.max(0, line.search(/\S/));
      offset += line.length + 1;
      if (/^end\b/.test(text)) {
        blocks.pop();
        continue;
      }
      if (isGrape) base += wholeApi(text);
      const opens =
        /\bdo\b(?:\s{0,5}\|[^|]{0,80}\|)?$/.test(text) ||
        /^(?:if|unless|case|begin|def|class|module|while|until|for)\b/.test(text);
      const verb =
        /^(get|post|put|patch|delete|options)\b(?:\s{0,5}\(?\s{0,5}(?:["']([^"']{0,160})["']|:(\w{1,60})))?(?=[\s,)]|$)/.exec(
          text,
        );
      if (verb !== null && opens && (isGrape || verb[2] !== undefined)) {
        const path = clean(`${base}${blocks.join("")}/${verb[2] ?? verb[3] ?? ""}`);
        emit(at, { kind: "endpoint", method: (verb[1] ?? "").toUpperCase(), path, handler: null });
      }
      if (opens && blocks.length < 40) blocks.push(scopeOf(text));
    }
  },
};

/** `prefix :api` and `version 'v1'` of Grape stand before every path. */
function wholeApi(text: string): string {
  const prefix = /^prefix\s{1,5}["':]([\w/-]{1,60})/.exec(text)?.[1];
  const version = /^version\s{1,5}["':]([\w.-]{1,20})["']?(?!.*using:\s{0,3}:(?:header|param|accept))/.exec(text)?.[1];
  return prefix !== undefined ? `/${prefix}` : version !== undefined && !/\bdo$/.test(text) ? `/${version}` : "";
}

function scopeOf(text: string): string {
  const scope = /^(?:resources?|namespace|group|segment|scope)\s{0,3}\(?\s{0,3}["':]([\w/:.-]{1,100})/.exec(text)?.[1];
  const parameter = /^route_param\s{0,3}\(?\s{0,3}:(\w{1,60})/.exec(text)?.[1];
  return scope !== undefined ? `/${scope}` : parameter !== undefined ? `/:${parameter}` : "";
}

function clean(path: string): string {
  const whole = path
    .replace(/[:*]([A-Za-z_]\w{0,80})/g, "{$1}")
    .replace(/\/{2,}/g, "/")
    .replace(/\?$/, "");
  return whole.length > 1 ? whole.replace(/\/$/, "") : whole;
}
