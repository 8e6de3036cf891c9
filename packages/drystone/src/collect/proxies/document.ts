/** JSON and YAML configurations, with the lines of their values. */
import { readYaml, record, scalarText, type YamlPath } from "#collect/yaml/index.js";

export type Fields = Readonly<Record<string, unknown>>;

export interface Settings {
  readonly root: Fields;
  readonly lineOf: (path: YamlPath) => number;
}

/** The documents of a text that are maps. Comments of JSON are passed over. */
export function readSettings(text: string): Settings[] {
  const bare = text.replace(/^\uFEFF/, "");
  const isJson = /^\s{0,1000}[{[]|^\s{0,1000}\/[/*]/.test(bare);
  const { documents } = readYaml("", isJson ? withoutComments(bare) : bare);
  return documents.map((document) => ({ root: record(document.value), lineOf: (path) => document.lineOf(path) }));
}

/** Comments become blanks: lines and columns stay. Texts may hold slashes. */
function withoutComments(text: string): string {
  if (!/\/[/*]/.test(text)) return text;
  let result = "";
  for (let at = 0; at < text.length; ) {
    const end = endOfPart(text, at);
    const isComment = text.startsWith("//", at) || text.startsWith("/*", at);
    result += isComment ? text.slice(at, end).replace(/[^\n]/g, " ") : text.slice(at, end);
    at = end;
  }
  return result;
}

/** Where a text, a comment or what stands between them ends. */
function endOfPart(text: string, start: number): number {
  const after = (found: number, length: number) => (found < 0 ? text.length : found + length);
  if (text.startsWith("//", start)) return after(text.indexOf("\n", start), 0);
  if (text.startsWith("/*", start)) return after(text.indexOf("*/", start + 2), 2);
  const isText = text[start] === '"';
  for (let at = start + 1; at < text.length; at++) {
    const sign = text[at];
    if (isText && sign === "\\") at++;
    else if (isText && (sign === '"' || sign === "\n")) return at + 1;
    else if (!isText && (sign === '"' || (sign === "/" && /[/*]/.test(text[at + 1] ?? "")))) return at;
  }
  return text.length;
}

export interface Item {
  readonly fields: Fields;
  readonly path: YamlPath;
}

/** Items of a list that are maps, or values of a map by name. */
export function itemsAt(value: unknown, path: YamlPath): (Item & { readonly key: string })[] {
  if (Array.isArray(value))
    return value.slice(0, 5000).map((item, index) => ({ key: "", fields: record(item), path: [...path, index] }));
  return Object.entries(record(value))
    .slice(0, 5000)
    .map(([key, item]) => ({ key, fields: record(item), path: [...path, key] }));
}

/** `host:port`; the host alone without a port; null without a host. */
export function hostAndPort(host: unknown, port: unknown): string | null {
  const name = scalarText(host);
  const number = scalarText(port);
  return name === "" ? null : number === "" || number === "0" ? name : `${name}:${number}`;
}

/** A field whatever the case of its name. */
export function fieldOf(fields: Fields, name: string): unknown {
  if (name in fields) return fields[name];
  const found = Object.keys(fields).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : fields[found];
}
