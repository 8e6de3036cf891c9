/** JSON and YAML of contracts as values in which every place has its line. */
import { readYaml } from "#collect/yaml/index.js";
import type { ContractDocument } from "#model/contract-source.js";
import type { Problem } from "#model/facts.js";

export interface ReadDocument {
  /** Null when nothing could be read. */
  readonly document: ContractDocument | null;
  readonly problems: readonly Problem[];
}

/** Generated specifications get long: those of large platforms take 5 to 12 MB. */
const megabytes = 24;
/** YAML costs some two hundred times its size in memory where it is made of nothing but short items. */
const yamlMegabytes = 12;
const maxBytes = megabytes * 1024 * 1024;
const maxDepth = 200;

/** The first document of a file. Never throws. */
export function readContractDocument(file: string, text: string): ReadDocument {
  if (text.length > maxBytes) return refused(file, null, "is larger than 24 MB", "split it");
  if (/^\s{0,1000}[{[]/.test(text)) {
    const json = readJson(file, text);
    // Braces open YAML too.
    if (json.document !== null || /\.json$/i.test(file)) return json;
  }
  const { documents, problems } = readYaml(file, text, { megabytes: yamlMegabytes });
  const [first] = documents;
  if (first === undefined)
    return problems.length > 0 ? { document: null, problems } : refused(file, null, "holds nothing", "write a contract into it");
  return { document: { file, value: first.value, lineOf: (path) => first.lineOf(path.map(step)) }, problems };
}

/** Items are asked for by number, keys by name; a key that looks like a number is found either way. */
function step(key: string): string | number {
  return /^\d{1,6}$/.test(key) ? Number(key) : key;
}

function readJson(file: string, text: string): ReadDocument {
  const deep = tooDeep(text);
  if (deep !== null) return refused(file, deep, `is nested deeper than ${maxDepth} levels`, "nothing was read from it");
  try {
    const value: unknown = JSON.parse(text);
    let lines: ReadonlyMap<string, number> | null = null;
    const lineOf = (path: readonly string[]): number => {
      lines ??= jsonLines(text);
      for (let length = path.length; length > 0; length--) {
        const line = lines.get(pointerText(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return 1;
    };
    return { document: { file, value, lineOf }, problems: [] };
  } catch (error) {
    return refused(file, brokenLine(text, error), "is not JSON", "correct it; nothing was read from it");
  }
}

/** Where the parser gave up; its own text quotes the file, which may hold a password. */
function brokenLine(text: string, error: unknown): number | null {
  const position = /position (\d{1,9})/.exec(error instanceof Error ? error.message : "")?.[1];
  if (position === undefined) return /end of JSON/i.test(String(error)) ? text.split("\n").length : null;
  return text.slice(0, Number(position)).split("\n").length;
}

function refused(path: string, line: number | null, what: string, hint: string): ReadDocument {
  const place = line === null ? path : `${path}:${line}`;
  return { document: null, problems: [{ path, line, message: `${place} ${what}`, hint }] };
}

function tooDeep(text: string): number | null {
  let depth = 0;
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) line++;
    else if (code === 34) {
      for (at++; at < text.length && text.charCodeAt(at) !== 34; at++) if (text.charCodeAt(at) === 92) at++;
    } else if (code === 123 || code === 91) {
      if (++depth > maxDepth) return line;
    } else if (code === 125 || code === 93) depth--;
  }
  return null;
}

function pointerText(path: readonly string[]): string {
  return path.map((key) => key.replaceAll("~", "~0").replaceAll("/", "~1")).join("/");
}

const maxPlaces = 1_000_000;

/** Lines of all keys and items by path, in one pass over text that is known to be JSON. */
function jsonLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  const open: { readonly list: boolean; readonly prefix: string; index: number }[] = [];
  let line = 1;
  let key = "";
  let expectsItem = false;
  const child = (): string => {
    const top = open.at(-1);
    if (top === undefined) return "";
    const name = top.list ? String(top.index) : key;
    return top.prefix === "" && open.length === 1 ? name : `${top.prefix}/${name}`;
  };
  const note = (place: string) => {
    if (lines.size < maxPlaces) lines.set(place, line);
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) line++;
    else if (code === 44) {
      const top = open.at(-1);
      if (top?.list) {
        top.index++;
        expectsItem = true;
      }
    } else if (code === 125 || code === 93) {
      open.pop();
      expectsItem = false;
    } else if (code > 32) {
      if (expectsItem && open.at(-1)?.list) note(child());
      expectsItem = false;
      if (code === 34) {
        const start = at;
        for (at++; at < text.length && text.charCodeAt(at) !== 34; at++) if (text.charCodeAt(at) === 92) at++;
        if (open.at(-1)?.list === false && isKey(text, at + 1)) {
          key = keyText(text.slice(start, at + 1));
          note(child());
        }
      } else if (code === 123 || code === 91) {
        open.push({ list: code === 91, prefix: child(), index: 0 });
        expectsItem = code === 91;
      }
    }
  }
  return lines;
}

function isKey(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 32) return code === 58;
  }
  return false;
}

function keyText(quoted: string): string {
  const name: unknown = JSON.parse(quoted);
  return (typeof name === "string" ? name : "").replaceAll("~", "~0").replaceAll("/", "~1");
}
