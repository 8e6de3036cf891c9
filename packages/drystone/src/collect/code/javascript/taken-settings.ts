/** The environment under other names. */
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

const maxSettings = 100;

export interface TakenSetting {
  readonly key: string;
  readonly fallbackAt: number | null;
  readonly offset: number;
}

/** `const { ORDERS_URL = "x", PORT: port } = process.env`, by the name in this file. */
export const takenSettings = perSource((source: Source): ReadonlyMap<string, TakenSetting> => {
  const found = new Map<string, TakenSetting>();
  const pattern =
    /\{([^{}]{1,2000})\}\s{0,9}=(?:[^;\n{}]{0,60}[?(\s])?\s{0,9}(?:(?:process|import\.meta)\.env|window\.(?:ENV|env|__ENV|_env_|__env))\b(?!\s{0,3}[.[])/g;
  for (let match = pattern.exec(source.bare); match !== null && found.size < maxSettings; match = pattern.exec(source.bare)) {
    const name = /(?:^|,)\s{0,60}([A-Za-z_]\w{0,100})(?:\s{0,9}:\s{0,9}([A-Za-z_$][\w$]{0,100}))?(?:\s{0,9}=\s{0,9}(?=\S))?/g;
    const inside = match[1] ?? "";
    for (let one = name.exec(inside); one !== null; one = name.exec(inside)) {
      const [whole, key = "", local = key] = one;
      const offset = match.index + 1 + one.index;
      const hasFallback = /=\s{0,9}$/.test(whole);
      found.set(local, { key, fallbackAt: hasFallback ? offset + whole.length : null, offset: offset + whole.indexOf(key) });
    }
  }
  return found;
});

/** Names for the whole environment: `const env = process.env`, `const env = schema.parse(process.env)`, `const { value: env } = schema.validate(process.env)`. */
export const environmentNames = perSource((source: Source): ReadonlySet<string> => {
  const pattern =
    /(?<![\w$.])(?:const|let|var)\s{1,9}(?:\{[^{}]{0,60}?(?:value|data)\s{0,3}:\s{0,3}([A-Za-z_$][\w$]{0,60})[^{}]{0,60}\}|([A-Za-z_$][\w$]{0,60}))(?:\s{0,3}:\s{0,3}[\w<>.]{1,60})?\s{0,3}=\s{0,9}(?:[\w$.]{1,80}(?:\([^()]{0,80}\)\s{0,40}\.[\w$]{1,40}){0,3}\(\s{0,9})?process\.env(?![\w$]|\s{0,3}[.[])/g;
  const found = new Set<string>();
  for (const match of source.bare.matchAll(pattern)) found.add(match[1] ?? match[2] ?? "");
  return found;
});
