/** TOML as far as proxies use it: tables, lists of tables, and texts. */
import type { Settings } from "./document.js";

const maxLines = 20_000;

/** Nested maps of a TOML file; values other than texts are left out. */
export function readTomlSettings(text: string): Settings {
  const root = Object.create(null) as Record<string, unknown>;
  const lines = new Map<string, number>();
  let path: (string | number)[] = [];
  for (const [index, written] of text.split("\n").slice(0, maxLines).entries()) {
    const line = written.slice(0, 2000).trim();
    const header = /^\[(\[?)([^\]]{1,300})\]/.exec(line);
    if (header) path = opened(root, keysOf(header[2] ?? ""), header[1] === "[");
    const entry = /^([\w."-]{1,200})\s{0,20}=\s{0,20}(?:"([^"]{0,1000})"|'([^']{0,1000})')/.exec(line);
    const key = entry?.[1]?.replace(/["']/g, "");
    if (!entry || key === undefined) continue;
    const holder = at(root, path);
    if (holder) holder[key] = entry[2] ?? entry[3] ?? "";
    lines.set(JSON.stringify([...path, key]), index + 1);
  }
  return { root, lineOf: (wanted) => lines.get(JSON.stringify(wanted)) ?? 1 };
}

/** Parts of `http.services."my.service"`. */
function keysOf(header: string): string[] {
  return (header.match(/"[^"]{1,200}"|'[^']{1,200}'|[^."'\s]{1,200}/g) ?? []).map((key) => key.replace(/["']/g, "")).slice(0, 20);
}

function opened(root: Record<string, unknown>, keys: readonly string[], isList: boolean): (string | number)[] {
  const path: (string | number)[] = [];
  let holder = root;
  for (const [index, key] of keys.entries()) {
    const isLast = index === keys.length - 1;
    path.push(key);
    if (isLast && isList) {
      const list: unknown[] = Array.isArray(holder[key]) ? holder[key] : [];
      holder[key] = list;
      path.push(list.push(Object.create(null)) - 1);
    } else if (typeof holder[key] !== "object" || holder[key] === null) holder[key] = Object.create(null);
    const next = at(root, path);
    if (!next) return path;
    holder = next;
  }
  return path;
}

function at(root: Record<string, unknown>, path: readonly (string | number)[]): Record<string, unknown> | null {
  let value: unknown = root;
  for (const step of path)
    value = typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[step] : null;
  // Of a list of tables the last is the one that further tables belong to.
  const holder: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof holder === "object" && holder !== null ? (holder as Record<string, unknown>) : null;
}
