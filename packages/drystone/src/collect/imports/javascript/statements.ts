/** Import and export statements and `require` at the head of a file, read by their grammar. */
import type { ImportKind } from "#model/facts.js";
import { matchAt, skipTrivia } from "../text.js";

export interface Found {
  readonly specifier: string;
  readonly kind: ImportKind;
  readonly offset: number;
}

/** A statement that was read to its end; what it imports, if anything. */
export interface Statement {
  readonly end: number;
  readonly found: readonly Found[];
}

/** Null: certainly not such a statement. "unclear": perhaps one, in a form that is left to a full parser, or cut off by the end of the text. */
export type Read = Statement | "unclear" | null;

/** The import declaration of which the keyword stands at `at`. */
export function readImport(text: string, at: number): Read {
  let next = skipTrivia(text, at + 6);
  if (isQuote(text, next)) return fromSpecifier(text, at, next, "value");
  let typed = false;
  let first = wordAt(text, next);
  if (first === "type" || first === "typeof") {
    const behind = skipTrivia(text, next + first.length);
    typed = isTypeOnly(text, behind);
    if (typed) {
      next = behind;
      first = wordAt(text, next);
    }
  }
  if (first !== "") {
    next = skipTrivia(text, next + first.length);
    if (text[next] === "=") return readImportEquals(text, at, next, typed);
    const second = wordAt(text, next);
    if (second === "from") return readFrom(text, at, next, typed ? "type" : "value");
    // `import defer * as x`, `import source x`.
    if (first === "defer" || first === "source") return "unclear";
    if (text[next] !== ",") return otherwise(text, next);
    next = skipTrivia(text, next + 1);
  }
  if (text[next] === "*") return readFrom(text, at, behindNamespace(text, next), typed ? "type" : "value");
  if (text[next] !== "{") return otherwise(text, next);
  const names = readNames(text, next);
  if (names === null || names === "unclear") return names;
  return readFrom(text, at, names.end, typed || (names.allTyped && first === "") ? "type" : "value");
}

/** The export declaration of which the keyword stands at `at`; local exports import nothing. */
export function readExport(text: string, at: number): Read {
  let next = skipTrivia(text, at + 6);
  const first = wordAt(text, next);
  if (first === "import") return readImport(text, next);
  const typed = first === "type";
  if (typed) next = skipTrivia(text, next + 4);
  else if (first !== "") return otherwise(text, next);
  if (text[next] === "*") return readFrom(text, at, behindNamespace(text, next), typed ? "type" : "reexport");
  if (text[next] !== "{") return otherwise(text, next);
  const names = readNames(text, next);
  if (names === null || names === "unclear") return names;
  const from = readFrom(text, at, names.end, typed || names.allTyped ? "type" : "reexport");
  return from ?? { end: names.end, found: [] };
}

/** `const x = require("a"), { y } = require("b").z;` and `require("c");`; null for anything else. */
export function readRequires(text: string, at: number): Statement | null {
  const found: Found[] = [];
  const keyword = wordAt(text, at);
  let next = keyword === "require" ? at : skipTrivia(text, at + keyword.length);
  for (;;) {
    if (keyword !== "require") {
      const bound = matchAt(binding, text, next);
      if (!bound) return null;
      next = skipTrivia(text, next + bound[0].length);
      if (text[next] !== "=") return null;
      next = skipTrivia(text, next + 1);
    }
    const call = matchAt(requireCall, text, next);
    const specifier = call?.[1] ?? call?.[2];
    if (!call || specifier === undefined) return null;
    found.push({ specifier, kind: "value", offset: next });
    next = matchAt(furtherAccess, text, next + call[0].length)?.[0].length ?? 0;
    next += requireCall.lastIndex;
    const after = skipTrivia(text, next);
    if (text[after] === ";") return { end: after + 1, found };
    if (text[after] !== "," || keyword === "require") return { end: next, found };
    next = skipTrivia(text, after + 1);
  }
}

const binding = /[A-Za-z_$][\w$]{0,200}|\{[^{}()[\]=`'"/\\]{0,5000}\}/y;
const requireCall = /require\s{0,100}\(\s{0,100}(?:"([^"\\\n]{1,1000})"|'([^'\\\n]{1,1000})')\s{0,100}\)/y;
const furtherAccess = /(?:\.[A-Za-z_$][\w$]{0,200}|\((?:"[^"\\\n]{0,1000}"|'[^'\\\n]{0,1000}'|[\w$.]{0,200})\)){0,20}/y;

/** After `type`: does the rest make the import type-only, or is `type` the name of what is imported? */
function isTypeOnly(text: string, at: number): boolean {
  if (text[at] === "{" || text[at] === "*") return true;
  const word = wordAt(text, at);
  if (word !== "from") return word !== "";
  const behind = skipTrivia(text, at + 4);
  return !isQuote(text, behind);
}

/** `import fs = require("fs")` is an import, `import Name = Space.Name` is none. */
function readImportEquals(text: string, at: number, equals: number, typed: boolean): Read {
  const next = skipTrivia(text, equals + 1);
  const word = wordAt(text, next);
  if (word === "") return otherwise(text, next);
  if (word !== "require") {
    const path = matchAt(dotted, text, next);
    return path ? { end: skipSemicolon(text, next + path[0].length), found: [] } : "unclear";
  }
  const open = skipTrivia(text, next + 7);
  if (text[open] !== "(") return "unclear";
  const specifier = readSpecifier(text, skipTrivia(text, open + 1));
  if (specifier === null || specifier === "unclear") return "unclear";
  const close = skipTrivia(text, specifier.end);
  if (text[close] !== ")") return "unclear";
  const kind = typed ? "type" : "value";
  return { end: skipSemicolon(text, close + 1), found: [{ specifier: specifier.value, kind, offset: at }] };
}

const dotted = /[A-Za-z_$][\w$.]{0,300}/y;

function readFrom(text: string, at: number, from: number, kind: ImportKind): Read {
  const next = skipTrivia(text, from);
  if (wordAt(text, next) !== "from") return otherwise(text, next);
  return fromSpecifier(text, at, skipTrivia(text, next + 4), kind);
}

function fromSpecifier(text: string, at: number, quote: number, kind: ImportKind): Read {
  const specifier = readSpecifier(text, quote);
  if (specifier === null || specifier === "unclear") return specifier;
  return { end: behindAttributes(text, specifier.end), found: [{ specifier: specifier.value, kind, offset: at }] };
}

function readSpecifier(text: string, at: number): { readonly value: string; readonly end: number } | "unclear" | null {
  if (!isQuote(text, at)) return otherwise(text, at);
  const quote = text.charCodeAt(at);
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === quote) return { value: text.slice(at + 1, end), end: end + 1 };
    if (code === 10) return null;
    if (code === 92) return "unclear";
  }
  return "unclear";
}

/** `with { type: "json" }`, and the semicolon. */
function behindAttributes(text: string, at: number): number {
  const next = skipTrivia(text, at);
  const word = wordAt(text, next);
  if (word !== "with" && word !== "assert") return text[next] === ";" ? next + 1 : at;
  const attributes = matchAt(attributeList, text, skipTrivia(text, next + word.length));
  return attributes ? skipSemicolon(text, attributeList.lastIndex) : at;
}

const attributeList = /\{[^{}`\\/]{0,500}\}/y;

function skipSemicolon(text: string, at: number): number {
  const next = skipTrivia(text, at);
  return text[next] === ";" ? next + 1 : at;
}

/** Behind `* as name`, or `*` alone. */
function behindNamespace(text: string, star: number): number {
  const next = skipTrivia(text, star + 1);
  if (wordAt(text, next) !== "as") return next;
  const name = skipTrivia(text, next + 2);
  const end = isQuote(text, name) ? text.indexOf(text[name] ?? "", name + 1) + 1 : name + wordAt(text, name).length;
  return Math.max(end, name);
}

/** `{ a, type B, c as d, "e" as f }`: where it ends, and whether all names are types. */
function readNames(text: string, open: number): { readonly end: number; readonly allTyped: boolean } | "unclear" | null {
  let names = 0;
  let typed = 0;
  let words: string[] = [];
  for (let at = skipTrivia(text, open + 1); at < text.length; at = skipTrivia(text, at)) {
    const char = text[at];
    if (char === "," || char === "}") {
      if (words.length > 0) names++;
      if ((words[0] === "type" || words[0] === "typeof") && (words.length === 2 || words.length === 4)) typed++;
      words = [];
      at++;
      if (char === "}") return { end: at, allTyped: names > 0 && typed === names };
      continue;
    }
    const word = wordAt(text, at);
    if (word !== "") at += word.length;
    else if (isQuote(text, at)) {
      const name = readSpecifier(text, at);
      if (name === null || name === "unclear") return name;
      at = name.end;
    } else return otherwise(text, at);
    if (words.push(word) > 4) return null;
  }
  return "unclear";
}

/** What stands at `at` does not go on the statement: it is none, unless the text ends here or a name is written with escapes. */
function otherwise(text: string, at: number): "unclear" | null {
  return text[at] === "\\" || at + longestKeyword >= text.length ? "unclear" : null;
}

const longestKeyword = 7;

function isQuote(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 34 || code === 39;
}

/** The identifier at this offset, "" when there is none. */
export function wordAt(text: string, at: number): string {
  return matchAt(identifier, text, at)?.[0] ?? "";
}

const identifier = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y;
