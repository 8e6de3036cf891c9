/** Cuts a Helm template into its texts and the words of its actions. */

export interface TextPart {
  readonly kind: "text";
  readonly text: string;
  /** Line on which the text starts, from 1. */
  readonly line: number;
}

export interface ActionPart {
  readonly kind: "action";
  readonly tokens: readonly Token[];
  readonly line: number;
}

export interface Token {
  readonly kind: "word" | "field" | "variable" | "text" | "number" | "sign";
  /** Without dot, dollar and quotes. */
  readonly text: string;
  /** White space stands before it: `.a .b` is two terms, `.a.b` one. */
  readonly spaced: boolean;
}

const maxTokens = 400;

/** Parts of a template in order, white space trimmed as `{{-` and `-}}` ask for. An action that does not end takes the rest with it. */
export function templateParts(text: string): (TextPart | ActionPart)[] {
  const parts: (TextPart | ActionPart)[] = [];
  let line = 1;
  let trimStart = false;
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf("{{", at);
    const end = open < 0 ? text.length : open;
    const trimEnd = open >= 0 && text[open + 2] === "-" && isSpace(text[open + 3]);
    pushText(parts, text.slice(at, end), line, trimStart, trimEnd);
    line += newlines(text, at, end);
    if (open < 0) break;
    const action = readAction(text, open + (trimEnd ? 3 : 2));
    if (action.tokens.length > 0) parts.push({ kind: "action", tokens: action.tokens, line });
    line += newlines(text, open, action.end);
    trimStart = action.trim;
    at = action.end;
  }
  return parts;
}

function pushText(parts: (TextPart | ActionPart)[], whole: string, line: number, trimStart: boolean, trimEnd: boolean): void {
  const kept = trimEnd ? whole.trimEnd() : whole;
  const text = trimStart ? kept.trimStart() : kept;
  if (text === "") return;
  parts.push({ kind: "text", text, line: line + newlines(kept, 0, kept.length - text.length) });
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 10) count++;
  return count;
}

interface Action {
  readonly tokens: Token[];
  /** Place behind the closing braces. */
  readonly end: number;
  readonly trim: boolean;
}

function readAction(text: string, from: number): Action {
  const comment = /^\s{0,50}\/\*/.exec(text.slice(from, from + 60));
  if (comment) return endOfComment(text, from);
  const tokens: Token[] = [];
  let at = from;
  let spaced = false;
  const push = (kind: Token["kind"], content: string, length: number) => {
    if (tokens.length < maxTokens) tokens.push({ kind, text: content, spaced });
    spaced = false;
    at += length;
  };
  while (at < text.length) {
    const sign = text[at] ?? "";
    if (text.startsWith("}}", at)) return { tokens, end: at + 2, trim: false };
    if (sign === "-" && spaced && text.startsWith("-}}", at)) return { tokens, end: at + 3, trim: true };
    if (isSpace(sign)) {
      spaced = true;
      at++;
    } else if (sign === '"') {
      const end = endOfQuoted(text, at);
      push("text", unescaped(text.slice(at + 1, end)), end + 1 - at);
    } else if (sign === "`") {
      const end = closed(text.indexOf("`", at + 1), text);
      push("text", text.slice(at + 1, end), end + 1 - at);
    } else {
      const word = wordPattern.exec(text.slice(at, at + 300))?.[0];
      if (word === undefined) push("sign", text.startsWith(":=", at) ? ":=" : sign, text.startsWith(":=", at) ? 2 : 1);
      else if (word.startsWith("$")) push("variable", word.slice(1), word.length);
      else if (word.startsWith(".")) push("field", word.slice(1), word.length);
      else push(/^[-\d]/.test(word) ? "number" : "word", word, word.length);
    }
  }
  return { tokens, end: text.length, trim: false };
}

const wordPattern = /^(?:\$\w*|\.(?!\d)\w*|-?\d[\w.]*|[A-Za-z_]\w*)/;

function endOfComment(text: string, from: number): Action {
  const close = text.indexOf("*/", from);
  const braces = close < 0 ? -1 : text.indexOf("}}", close);
  if (braces < 0) return { tokens: [], end: text.length, trim: false };
  return { tokens: [], end: braces + 2, trim: text[braces - 1] === "-" };
}

function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"' || text[at] === "\n") return at;
  }
  return text.length;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, sign: string) => (sign === "n" ? "\n" : sign === "t" ? "\t" : sign));
}

function closed(at: number, text: string): number {
  return at < 0 ? text.length : at;
}

function isSpace(sign: string | undefined): boolean {
  return sign === " " || sign === "\n" || sign === "\t" || sign === "\r";
}
