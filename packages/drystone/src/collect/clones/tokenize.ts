/** Program text to tokens: names and literals folded, comments and imports left out. */
import { type Language, languageOfPath } from "#collect/code/index.js";
import { isGeneratedHeader } from "./clonable.js";
import { codeOnly } from "./scripts.js";
import { blockCommentEnd, lineEnd, literalEnd, regexEnd } from "./spans.js";
import { type ImportEnd, keywordCodes, literalCode, nameCode, type Syntax, syntaxOf } from "./syntax.js";

/** Columns, one entry per token. */
export interface FileTokens {
  readonly language: Language;
  /** What kind of token: names are one kind, literals another, keywords and punctuation themselves. */
  readonly codes: Uint8Array;
  /** Hash of the token as written, for the comparison letter by letter. */
  readonly hashes: Uint32Array;
  /** Line it starts on, from 1. */
  readonly lines: Uint16Array;
  /** Lines from the first token to the last, comments and blank lines between them included, as the lines of a copy are counted. */
  readonly programLines: number;
}

/** Longer files are data or written by a tool. */
const maxCharacters = 500_000;
/** Longer lines on average are not written by people. */
const maxMeanLine = 200;
const maxLines = 65_535;
const importWords = 400;

/** Null for what is no program text, or not written by hand. One pass, linear; text that does not lex gives the tokens that could be read. */
export function tokenize(path: string, text: string): FileTokens | null {
  const language = languageOfPath(path);
  const syntax = language === null ? null : syntaxOf(language);
  if (language === null || syntax === null || text.length > maxCharacters) return null;
  const code = codeOnly(path, text);
  const tokens = new Tokens(code.length);
  const isWrittenByHand = scan(code, syntax, tokens);
  return isWrittenByHand ? tokens.columns(language) : null;
}

/** False for the text of a generator or minifier, as soon as that is seen. */
function scan(text: string, syntax: Syntax, tokens: Tokens): boolean {
  let at = 0;
  let line = 1;
  let lineStart = true;
  let skip: Skip | null = null;
  let header = true;
  /** Code of the last token, to tell a regular expression from a division. */
  let last = 0;
  const count = (from: number, to: number) => {
    for (let next = text.indexOf("\n", from); next >= 0 && next < to; next = text.indexOf("\n", next + 1)) line++;
  };
  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === 10) {
      line++;
      at++;
      lineStart = true;
      if (line > maxLines) return false;
      if (skip !== null && skip.end === "line" && skip.depth === 0 && text[at - 2] !== "\\") skip = null;
      continue;
    }
    if (char <= 32) {
      at++;
      continue;
    }
    const comment = commentEnd(text, at, syntax);
    if (comment > at) {
      if (header && isGeneratedHeader(text.slice(at, Math.min(comment, at + 2000)))) return false;
      count(at, comment);
      at = comment;
      continue;
    }
    const first = lineStart;
    lineStart = false;
    const end = tokenEnd(text, at, char, syntax, last);
    const code = codeOf(text, at, end, char);
    if (header && !isHeaderToken(char)) header = false;
    if (first && skip === null) skip = skipFrom(text, at, end, syntax);
    if (skip === null) tokens.add(code, code === nameCode || code === literalCode ? hash(text, at, end) : code, line);
    else skip = advance(skip, code, char);
    last = code;
    if (end > at + 1) count(at, end);
    at = end;
  }
  return text.length < 2000 || text.length / line < maxMeanLine;
}

interface Skip {
  readonly end: ImportEnd;
  /** Brackets opened inside of it. */
  readonly depth: number;
  readonly tokens: number;
}

/** An import that starts here, or null. */
function skipFrom(text: string, at: number, end: number, syntax: Syntax): Skip | null {
  const word = text.slice(at, Math.min(end, at + 20));
  const ends = syntax.imports.get(word);
  if (ends !== undefined) {
    const next = text.slice(end, end + 200);
    if (ends === "text" && /^\s{0,20}[(.]/.test(next)) return null;
    if (ends === "using" && !/^\s{1,20}(?:static\s{1,20})?[\w.]{1,150}\s{0,20}(?:;|=\s{0,20}[\w.<>,\s]{1,150};)/.test(next))
      return null;
    return { end: ends, depth: 0, tokens: 0 };
  }
  if (!syntax.regex)
    return word === "#" || (word === "global" && syntax.imports.has("using")) ? { end: "line", depth: 0, tokens: 0 } : null;
  if (word === "export" && /^\s{0,20}(?:\*|(?:type\s{1,20})?\{)/.test(text.slice(end, end + 60)))
    return { end: "line", depth: 0, tokens: 0 };
  const isRequire =
    (word === "const" || word === "var" || word === "let") &&
    /^[^=\n]{1,300}=\s{0,20}require\s{0,20}\(/.test(text.slice(end, end + 400));
  return isRequire ? { end: "line", depth: 0, tokens: 0 } : null;
}

/** The rest of an import after one more token; null behind its end. */
function advance(skip: Skip, code: number, char: number): Skip | null {
  if (skip.tokens > importWords) return null;
  if ((skip.end === "semicolon" || skip.end === "using") && char === 59) return null;
  if (skip.end === "text" && code === literalCode) return { end: "line", depth: 0, tokens: 0 };
  const opens = char === 40 || char === 123 ? 1 : char === 41 || char === 125 ? -1 : 0;
  return { end: skip.end, depth: Math.max(0, skip.depth + opens), tokens: skip.tokens + 1 };
}

function commentEnd(text: string, at: number, syntax: Syntax): number {
  const char = text.charCodeAt(at);
  if (syntax.slashComments && char === 47) {
    const next = text.charCodeAt(at + 1);
    if (next === 47) return lineEnd(text, at);
    if (next === 42) return blockCommentEnd(text, at + 2, "*/");
  }
  // PHP attributes `#[…]` are code.
  if (syntax.hashComments && char === 35 && !(syntax.slashComments && text[at + 1] === "[")) return lineEnd(text, at);
  if (syntax.hashComments && char === 61 && text.startsWith("=begin", at) && text[at - 1] === "\n")
    return blockCommentEnd(text, at, "\n=end");
  return at;
}

function tokenEnd(text: string, at: number, char: number, syntax: Syntax, last: number): number {
  if (isWordStart(char) || isDigit(char)) {
    let end = at + 1;
    while (end < text.length && isWord(text.charCodeAt(end))) end++;
    return end;
  }
  const literal = literalEnd(text, at, syntax);
  if (literal > at) return literal;
  const endsOperand = last === nameCode || last === literalCode || last === 41 || last === 93 || last === 125;
  return syntax.regex && char === 47 && !endsOperand ? regexEnd(text, at) : at + 1;
}

function codeOf(text: string, at: number, end: number, char: number): number {
  if (isWordStart(char)) return keywordCodes.get(text.slice(at, Math.min(end, at + 16))) ?? nameCode;
  return isDigit(char) || end > at + 1 || char > 126 ? literalCode : char;
}

/** `<?php`, `#!`, quotes of a docstring: a header comment may follow. */
function isHeaderToken(char: number): boolean {
  return char === 60 || char === 63 || char === 33 || char === 112;
}

function isWordStart(char: number): boolean {
  return (char >= 97 && char <= 122) || (char >= 65 && char <= 90) || char === 95 || char === 36 || char === 64 || char > 191;
}

function isDigit(char: number): boolean {
  return char >= 48 && char <= 57;
}

function isWord(char: number): boolean {
  return (char >= 97 && char <= 122) || (char >= 65 && char <= 90) || isDigit(char) || char === 95 || char === 36 || char > 191;
}

/** FNV-1a. */
function hash(text: string, from: number, to: number): number {
  let value = 0x811c9dc5;
  for (let at = from; at < to; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** Columns that grow while a file is read. */
class Tokens {
  #size = 0;
  readonly #codes: Uint8Array;
  readonly #hashes: Uint32Array;
  readonly #lines: Uint16Array;

  /** @param most tokens that can come: one per character. */
  constructor(most: number) {
    this.#codes = new Uint8Array(most);
    this.#hashes = new Uint32Array(most);
    this.#lines = new Uint16Array(most);
  }

  add(code: number, tokenHash: number, line: number): void {
    this.#codes[this.#size] = code;
    this.#hashes[this.#size] = tokenHash;
    this.#lines[this.#size] = line;
    this.#size++;
  }

  columns(language: Language): FileTokens {
    return {
      language,
      codes: this.#codes.slice(0, this.#size),
      hashes: this.#hashes.slice(0, this.#size),
      lines: this.#lines.slice(0, this.#size),
      programLines: this.#size === 0 ? 0 : (this.#lines[this.#size - 1] ?? 0) - (this.#lines[0] ?? 0) + 1,
    };
  }
}
