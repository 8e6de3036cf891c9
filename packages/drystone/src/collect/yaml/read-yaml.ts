/** YAML of an untrusted repository as plain values, each with the line it stands on. */
import { type Alias, type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { Problem } from "#model/facts.js";

const maxBytes = 1024 * 1024;
const maxDocuments = 2000;
const maxDepth = 64;
/** Values of one document after aliases are expanded. */
const maxValues = 200_000;

export type YamlPath = readonly (string | number)[];

export interface YamlDocument {
  /** Objects without a prototype, arrays and scalars; merge keys (`<<`) applied. A tree: no cycles, at most 64 deep. Last of two equal keys wins. */
  readonly value: unknown;
  /** Line in the file, from 1, of the key or item at `path`; of the deepest part of it that exists. */
  lineOf(path: YamlPath): number;
  /** The same with the column, from 1. */
  positionOf(path: YamlPath): { readonly line: number; readonly column: number };
}

export interface ReadYaml {
  /** Those that could be read; empty documents are left out. */
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly Problem[];
}

/**
 * Reads all documents of a file. Never throws: a document that is broken, cyclic or too large becomes a problem with file and line, the others are kept.
 * @param options.wanted decides on the text of a document whether it is parsed at all. @param options.version YAML 1.1 where a format asks for it. @param options.megabytes how much of one file is read; values grow with it.
 */
export function readYaml(
  path: string,
  text: string,
  options: { readonly wanted?: (text: string) => boolean; readonly version?: "1.1" | "1.2"; readonly megabytes?: number } = {},
): ReadYaml {
  const documents: YamlDocument[] = [];
  const problems: Problem[] = [];
  const { megabytes = 1 } = options;
  if (text.length > megabytes * maxBytes) {
    problems.push({
      path,
      line: null,
      message: `${path} is larger than ${megabytes} MB`,
      hint: "split the file; nothing was read from it",
    });
    return { documents, problems };
  }
  for (const part of documentTexts(text)) {
    if (options.wanted && !options.wanted(part.text)) continue;
    const read = readDocument(path, part.text, part.line, options.version ?? "1.2", megabytes * maxValues);
    if ("message" in read) problems.push(read);
    else if (read.value !== null) documents.push(read);
  }
  return { documents, problems };
}

/** A marker in the first column ends whatever stands before it, so the file can be cut before it is parsed. */
function documentTexts(text: string): { text: string; line: number }[] {
  const parts: { text: string; line: number }[] = [];
  const lines = text.split("\n");
  let start = 0;
  for (let at = 0; at <= lines.length && parts.length < maxDocuments; at++) {
    const line = lines[at];
    if (line !== undefined && !/^(?:---|\.\.\.)(?:\s|$)/.test(line)) continue;
    const part = lines.slice(start, at);
    if (part.some(hasContent)) parts.push({ text: part.join("\n"), line: start });
    // `--- value` on one line keeps its value; the marker itself is left with it.
    start = line?.startsWith("--- ") && hasContent(line.slice(4)) ? at : at + 1;
  }
  return parts;
}

function hasContent(line: string): boolean {
  const start = line.trimStart();
  return start !== "" && !start.startsWith("#") && !start.startsWith("%");
}

/** @param offset lines of the file before the text. */
function readDocument(
  path: string,
  text: string,
  offset: number,
  version: "1.1" | "1.2",
  mostValues: number,
): YamlDocument | Problem {
  const tooDeep = deepLine(text);
  if (tooDeep !== null)
    return problem(path, offset + tooDeep, `is nested deeper than ${maxDepth} levels`, "nothing was read from this document");
  let read: Parsed;
  try {
    read = parsedText(text, version);
  } catch (error) {
    return problem(path, offset + 1, `is not YAML: ${firstLine(error)}`, "nothing was read from this document");
  }
  const { parsed, lines } = read;
  const broken = parsed.errors[0];
  if (broken) {
    const at = lines.linePos(broken.pos[0]);
    return problem(
      path,
      offset + at.line,
      `is not YAML: ${firstLine(broken)}`,
      `correct column ${at.col}; nothing was read from this document`,
    );
  }
  const converted = convert(parsed, mostValues);
  if (typeof converted === "object" && converted !== null && converted instanceof Refusal) {
    return problem(path, offset + lines.linePos(converted.offset).line, converted.message, converted.hint);
  }
  const positionOf = (wanted: YamlPath) => {
    const at = lines.linePos(offsetOf(parsed, wanted));
    return { line: offset + Math.max(1, at.line), column: Math.max(1, at.col) };
  };
  return { value: converted, lineOf: (wanted) => positionOf(wanted).line, positionOf };
}

interface Parsed {
  readonly parsed: Document.Parsed;
  readonly lines: LineCounter;
}

/** Texts that were parsed lately, by version: manifests are copies of each other, and several readers ask for one file. */
const lately = new Map<string, Parsed>();
let latelyLength = 0;
/** Characters of text; what is parsed of them takes some fifty times as many bytes. */
const mostLately = 512 * 1024;

/** Nobody may change what this returns. @throws what the library throws. */
function parsedText(text: string, version: "1.1" | "1.2"): Parsed {
  const key = `${version} ${text}`;
  const known = lately.get(key);
  if (known !== undefined) return known;
  const lines = new LineCounter();
  // Pretty errors quote the line of each error: a long line with an error at every word would take minutes.
  const options = { uniqueKeys: false, version, logLevel: "silent", stringKeys: false, prettyErrors: false } as const;
  const read = { parsed: parseDocument(text, { ...options, lineCounter: lines }), lines };
  latelyLength += text.length;
  if (latelyLength > mostLately) {
    lately.clear();
    latelyLength = text.length;
  }
  if (text.length <= mostLately / 8) lately.set(key, read);
  return read;
}

function problem(path: string, line: number, what: string, hint: string): Problem {
  return { path, line, message: `${path}:${line} ${what}`, hint };
}

/** Without the text of the file that the parser quotes: it may be a password. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "").replace(/: .*$/, "");
}

/** Line of the first place that is too deep, or null. The parser recurses, so depth is bounded before it starts; text in quotes only makes this stricter. */
function deepLine(text: string): number | null {
  let line = 1;
  let flow = 0;
  let run = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      line++;
      run = 0;
      continue;
    }
    if (code === 91 || code === 123) flow++;
    else if ((code === 93 || code === 125) && flow > 0) flow--;
    else if (code === 45 || code === 63) run++;
    else if (code !== 32) run = Number.NEGATIVE_INFINITY;
    if (flow > maxFlow || run > maxDepth * 8) return line;
  }
  return null;
}

/** Brackets in text count too and may stay open there, hence far above `maxDepth`. */
const maxFlow = 1000;

class Refusal {
  readonly offset: number;
  readonly message: string;
  readonly hint: string;
  constructor(node: Node | null, message: string, hint: string) {
    this.offset = node?.range?.[0] ?? 0;
    this.message = message;
    this.hint = hint;
  }
}

/** Own conversion instead of the library's: it refuses cycles and counts what aliases expand to. */
function convert(parsed: Document.Parsed, mostValues: number): unknown {
  const open = new Set<Node>();
  const anchors = new Map<string, Node>();
  let values = 0;
  const follow = (alias: Alias): Node => {
    const target = anchors.get(alias.source);
    if (!target)
      throw new Refusal(
        alias,
        "names an anchor that does not exist before it",
        "define the anchor first, or put the text in quotes",
      );
    return target;
  };
  const value = (node: unknown, depth: number): unknown => {
    if (!isNode(node)) return null;
    if (++values > mostValues)
      throw new Refusal(
        node,
        `expands to more than ${mostValues} values`,
        "remove nested aliases; nothing was read from this document",
      );
    if (depth > maxDepth)
      throw new Refusal(node, `is nested deeper than ${maxDepth} levels`, "nothing was read from this document");
    if (isAlias(node)) return value(follow(node), depth + 1);
    if (isScalar(node)) {
      if (node.anchor) anchors.set(node.anchor, node);
      return scalar(node.value);
    }
    if (open.has(node))
      throw new Refusal(node, "holds an alias of itself", "remove the cycle; nothing was read from this document");
    if (node.anchor) anchors.set(node.anchor, node);
    open.add(node);
    const converted = isMap(node)
      ? mapping(node.items, depth)
      : isSeq(node)
        ? node.items.map((item) => value(item, depth + 1))
        : null;
    open.delete(node);
    return converted;
  };
  const mapping = (items: readonly { key: unknown; value: unknown }[], depth: number): Record<string, unknown> => {
    const own: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    const merged: unknown[] = [];
    for (const item of items) {
      const name = keyText(item.key);
      if (name === "<<") merged.push(value(item.value, depth + 1));
      else own[name] = value(item.value, depth + 1);
    }
    // What stands in the map wins over what is merged into it, the first merged over later ones.
    for (const other of merged.flat()) {
      if (typeof other !== "object" || other === null || Array.isArray(other)) continue;
      for (const [name, inherited] of Object.entries(other)) {
        if (++values > mostValues) throw new Refusal(null, `expands to more than ${mostValues} values`, "remove nested merges");
        if (!(name in own)) own[name] = inherited;
      }
    }
    return own;
  };
  try {
    return value(parsed.contents, 0);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function scalar(value: unknown): unknown {
  if (value === undefined) return null;
  return typeof value === "bigint" || value instanceof Date || value instanceof Uint8Array ? String(value) : value;
}

function keyText(key: unknown): string {
  if (isScalar(key)) return typeof key.value === "string" ? key.value : (JSON.stringify(key.value ?? "") ?? "");
  return isAlias(key) ? `*${key.source}` : "";
}

/** Offset of the key or item, or of the deepest part of the path that exists. */
function offsetOf(parsed: Document.Parsed, path: YamlPath): number {
  let node: unknown = parsed.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(parsed);
    if (isMap(node)) {
      const pair = node.items.find((item) => keyText(item.key) === String(step));
      if (!pair) return offset;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (!isNode(node)) return offset;
      offset = node.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}
