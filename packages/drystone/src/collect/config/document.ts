/** One YAML document as plain values, with the place of every value in the file. Strict: what cannot be read is a UsageError. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from "yaml";
import { UsageError } from "#util/errors.js";

/** Far above any configuration that people write. */
const maxLength = 512 * 1024;
const maxDepth = 40;
const maxValues = 50_000;

export type Path = readonly PropertyKey[];

export interface Place {
  /** `file:line:column`. */
  readonly text: string;
  readonly line: number;
  /** Of the first character in the file, from 0. */
  readonly offset: number;
}

export interface ConfigDocument {
  readonly file: string;
  /** Maps are objects without prototype; null for an empty file. */
  readonly value: unknown;
  /** Where a value stands, or its key; for a path that does not exist the nearest value around it. */
  placeOf(path: Path, of?: "key" | "value"): Place;
}

/** @throws UsageError DS-C01 for text that is no YAML, has two equal keys, a key `__proto__`, an alias within itself, or is too large or too deep. */
export function readDocument(file: string, text: string): ConfigDocument {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { text: `${file}:${Math.max(1, line)}:${Math.max(1, col)}`, line: Math.max(1, line), offset };
  };
  const fail: Fail = (offset, message, hint) => {
    throw new UsageError("DS-C01", `${place(offset).text}: ${message}`, hint);
  };
  if (text.length > maxLength)
    fail(0, `${Math.round(text.length / 1024)} kB of configuration`, `keep it below ${maxLength / 1024} kB`);
  const document = parse(text, lines, fail);
  const { value, offsets } = plainValue(document, fail);
  return {
    file,
    value,
    placeOf: (path, of = "value") => {
      for (let length = path.length; length >= 0; length--) {
        const found = offsets.get(pathKey(path.slice(0, length)));
        if (found) return place(length === path.length ? found[of] : found.value);
      }
      return place(0);
    },
  };
}

type Fail = (offset: number, message: string, hint: string) => never;

function parse(text: string, lines: LineCounter, fail: Fail): Document {
  const parsed = parseOrNull(text, lines);
  if (parsed === null) return fail(0, "nested too deeply", `nest at most ${maxDepth} levels`);
  const [error] = parsed.errors;
  if (error) fail(error.pos[0], error.message.split("\n")[0] ?? "", "correct the YAML");
  return parsed;
}

/** Null when the text is nested beyond the stack of the parser, which recurses. */
function parseOrNull(text: string, lines: LineCounter): Document | null {
  if (nesting(text) > 500) return null;
  try {
    return parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: "silent", prettyErrors: false });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Upper bound of flow nesting and of `- - - x`: a run of openers is the only way to nest deeply in little text. */
function nesting(text: string): number {
  let open = 0;
  let deepest = 0;
  let dashes = 0;
  for (const character of text) {
    if (character === "[" || character === "{") deepest = Math.max(deepest, ++open);
    else if (character === "]" || character === "}") open = Math.max(0, open - 1);
    else if (character === "\n") dashes = 0;
    else if (character === "-" || character === "?" || character === ":") deepest = Math.max(deepest, ++dashes / 2);
  }
  return deepest;
}

interface Offsets {
  readonly key: number;
  readonly value: number;
}

/** Walks the nodes itself: the library's conversion follows aliases as often as they stand there and lets `__proto__` through. */
function plainValue(document: Document, fail: Fail): { value: unknown; offsets: ReadonlyMap<string, Offsets> } {
  const offsets = new Map<string, Offsets>();
  let values = 0;

  function plain(node: unknown, path: Path, above: readonly unknown[], keyOffset: number | null): unknown {
    const offset = offsetOf(node) ?? keyOffset ?? 0;
    if (path.length > maxDepth || above.length > 2 * maxDepth)
      fail(offset, "nested too deeply", `nest at most ${maxDepth} levels`);
    if (++values > maxValues) fail(offset, `more than ${maxValues} values`, "repeat less through aliases");
    offsets.set(pathKey(path), { key: keyOffset ?? offset, value: offset });
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined) return fail(offset, `unknown alias *${node.source}`, `define it before, with &${node.source}`);
      if (above.includes(target)) return fail(offset, `alias *${node.source} contains itself`, "write the value out");
      const value = plain(target, path, above, keyOffset);
      offsets.set(pathKey(path), { key: keyOffset ?? offset, value: offset });
      return value;
    }
    if (isMap(node)) return plainMap(node, path, [...above, node]);
    if (isSeq(node)) return node.items.map((item, index) => plain(item, [...path, index], [...above, node], null));
    return isScalar(node) ? node.value : null;
  }

  function plainMap(map: YAMLMap, path: Path, above: readonly unknown[]): unknown {
    const object = Object.create(null) as Record<string, unknown>;
    const seen = new Set<string>();
    for (const { key, value } of map.items) {
      const offset = offsetOf(key) ?? offsetOf(map) ?? 0;
      const name = isScalar(key) && (typeof key.value === "string" || typeof key.value === "number") ? String(key.value) : null;
      if (name === null) return fail(offset, "a key that is no text", "write the key as text, in quotes where needed");
      if (name === "__proto__") return fail(offset, "the key __proto__ is not allowed", "take it out");
      if (seen.has(name))
        return fail(offset, `the key ${JSON.stringify(name)} stands here for a second time`, "join both entries");
      seen.add(name);
      object[name] = plain(value, [...path, name], above, offset);
    }
    return object;
  }

  return { value: plain(document.contents, [], [], null), offsets };
}

function offsetOf(node: unknown): number | null {
  if (!isScalar(node) && !isMap(node) && !isSeq(node) && !isAlias(node)) return null;
  return node.range?.[0] ?? null;
}

function pathKey(path: Path): string {
  return path.map(String).join("\0");
}
