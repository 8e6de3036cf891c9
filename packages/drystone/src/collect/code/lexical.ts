/** How the languages write comments and texts: enough to blank comments and find every text, never an error. */
import type { Language } from "./language.js";

export interface StringLiteral {
  /** Offset of the first character of the literal, its prefix and quotes included. */
  readonly start: number;
  /** Offset behind the last. */
  readonly end: number;
  /** Between the quotes; common escapes resolved. */
  readonly value: string;
  /** `$` or `f` where the literal has holes, else "". */
  readonly holes: "" | "${}" | "{}" | "#{}" | "$";
}

export interface Lexed {
  /** The text with comments replaced by blanks of the same length. */
  readonly code: string;
  readonly strings: readonly StringLiteral[];
}

interface Syntax {
  readonly line: readonly string[];
  readonly block: readonly (readonly [open: string, close: string])[];
  /** Quotes of texts; a one-character quote ends at the end of the line unless it is in `multiline`. */
  readonly quotes: string;
  readonly multiline: string;
  readonly triple: boolean;
  /** Characters in `'…'` are single characters, so `'` may also stand alone. */
  readonly charQuote: boolean;
  readonly rawQuotes: string;
  readonly regex: boolean;
}

const cLike: Syntax = {
  line: ["//"],
  block: [["/*", "*/"]],
  quotes: '"',
  multiline: "",
  triple: false,
  charQuote: true,
  rawQuotes: "",
  regex: false,
};
const hashed: Syntax = { ...cLike, line: ["#"], block: [], quotes: "\"'", charQuote: false };
const markup: Syntax = { ...cLike, line: [], block: [["<!--", "-->"]], quotes: "\"'", multiline: "\"'", charQuote: false };

const syntaxes: Readonly<Record<Language, Syntax>> = {
  javascript: { ...cLike, quotes: "\"'`", multiline: "`", charQuote: false, regex: true },
  java: { ...cLike, triple: true },
  kotlin: { ...cLike, triple: true },
  scala: { ...cLike, triple: true },
  csharp: { ...cLike, triple: true },
  go: { ...cLike, quotes: '"`', multiline: "`", rawQuotes: "`" },
  rust: cLike,
  cpp: cLike,
  php: { ...cLike, line: ["//", "#"], quotes: "\"'", multiline: "\"'", charQuote: false },
  python: { ...hashed, triple: true },
  ruby: { ...hashed, block: [["\n=begin", "\n=end"]], multiline: "\"'" },
  elixir: { ...hashed, triple: true },
  html: markup,
  xml: markup,
  sql: { ...cLike, line: ["--"], quotes: "'", multiline: "'", charQuote: false },
  prisma: cLike,
};

/** One pass over the text. Linear; an open text or comment ends with the line or the file. */
export function lex(text: string, language: Language): Lexed {
  const syntax = syntaxes[language];
  const strings: StringLiteral[] = [];
  const pieces: string[] = [];
  let copied = 0;
  let at = 0;
  let significant = "";
  const blank = (from: number, to: number) => {
    pieces.push(text.slice(copied, from), text.slice(from, to).replace(/[^\n]/g, " "));
    copied = to;
  };
  while (at < text.length) {
    const char = text[at] ?? "";
    if (char === " " || char === "\t" || char === "\r") {
      at++;
      continue;
    }
    const comment = commentEnd(text, at, syntax, language);
    if (comment > at) {
      blank(at, comment);
      at = comment;
      continue;
    }
    if (char === "\n") {
      at++;
      continue;
    }
    const literal = literalAt(text, at, syntax, language);
    if (literal !== null) {
      strings.push(literal);
      at = literal.end;
      significant = '"';
      continue;
    }
    if (syntax.regex && char === "/" && !/[\w$)\]"}]/.test(significant)) {
      at = regexEnd(text, at);
      significant = "/";
      continue;
    }
    if (/[A-Za-z_$]/.test(char)) {
      const from = at;
      while (at < text.length && /[\w$]/.test(text[at] ?? "")) at++;
      significant = syntax.regex && /^(?:return|typeof|case|in|of|do|else|void|delete)$/.test(text.slice(from, at)) ? "(" : "a";
      continue;
    }
    significant = char;
    at++;
  }
  pieces.push(text.slice(copied));
  return { code: pieces.join(""), strings };
}

function commentEnd(text: string, at: number, syntax: Syntax, language: Language): number {
  for (const mark of syntax.line) {
    if (!text.startsWith(mark, at)) continue;
    // PHP attributes `#[…]` are code.
    if (language === "php" && mark === "#" && text[at + 1] === "[") continue;
    const end = text.indexOf("\n", at);
    return end < 0 ? text.length : end;
  }
  for (const [open, close] of syntax.block) {
    if (!text.startsWith(open, at)) continue;
    const end = text.indexOf(close, at + open.length);
    return end < 0 ? text.length : end + close.length;
  }
  return at;
}

function literalAt(text: string, at: number, syntax: Syntax, language: Language): StringLiteral | null {
  const prefixed = prefix(text, at, language);
  const open = at + prefixed.length;
  const quote = text[open] ?? "";
  if (quote === "" || !(syntax.quotes.includes(quote) || (syntax.charQuote && quote === "'"))) {
    return heredoc(text, at, language);
  }
  // A prefix is only one when nothing of a name stands before it.
  if (prefixed !== "" && /[\w$]/.test(text[at - 1] ?? "")) return null;
  if (syntax.charQuote && quote === "'") return character(text, at);
  if (syntax.triple && text.startsWith(quote.repeat(3), open)) {
    const end = text.indexOf(quote.repeat(3), open + 3);
    const close = end < 0 ? text.length : end;
    return literal(at, Math.min(text.length, close + 3), text.slice(open + 3, close), holesOf(prefixed, quote, language), true);
  }
  const hashes = language === "rust" && prefixed.startsWith("r") ? prefixed.slice(1) : null;
  if (hashes !== null) {
    const end = text.indexOf(`"${hashes}`, open + 1);
    const close = end < 0 ? text.length : end;
    return literal(at, Math.min(text.length, close + 1 + hashes.length), text.slice(open + 1, close), "", true);
  }
  const verbatim = language === "csharp" && prefixed.includes("@");
  const raw = verbatim || syntax.rawQuotes.includes(quote) || (language === "python" && /r/i.test(prefixed));
  const close = closing(text, open + 1, quote, {
    escapes: !verbatim && !syntax.rawQuotes.includes(quote),
    doubled: verbatim || language === "sql",
    multiline: verbatim || syntax.multiline.includes(quote),
    nested: language === "javascript" && quote === "`" ? "${" : language === "csharp" && prefixed.includes("$") ? "{" : "",
  });
  return literal(at, Math.min(text.length, close + 1), text.slice(open + 1, close), holesOf(prefixed, quote, language), raw);
}

function prefix(text: string, at: number, language: Language): string {
  const pattern = prefixes.get(language);
  if (pattern === undefined) return "";
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

const prefixes: ReadonlyMap<Language, RegExp> = new Map([
  ["python", /(?:[rRbBuUfF]{1,2})?(?=["'])/y],
  ["csharp", /(?:\$@|@\$|\$+|@)?(?=")/y],
  ["rust", /(?:b?r#{0,5}|b)?(?=")/y],
  ["scala", /(?:s|f|raw)?(?=")/y],
]);

function holesOf(prefixed: string, quote: string, language: Language): StringLiteral["holes"] {
  if (language === "javascript") return quote === "`" ? "${}" : "";
  if (language === "python") return /f/i.test(prefixed) ? "{}" : "";
  if (language === "csharp") return prefixed.includes("$") ? "{}" : "";
  if (language === "kotlin" || (language === "scala" && prefixed !== "")) return "$";
  if (language === "php") return quote === '"' ? "$" : "";
  if (language === "ruby" || language === "elixir") return quote === '"' ? "#{}" : "";
  if (language === "rust") return "{}";
  return "";
}

interface Closing {
  readonly escapes: boolean;
  readonly doubled: boolean;
  readonly multiline: boolean;
  /** What opens a hole in which texts may stand again; "" for none. */
  readonly nested: "" | "{" | "${";
}

/** Offset of the closing quote, of the end of the line where the text may not go on, or of the end of the file. */
function closing(text: string, from: number, quote: string, { escapes, doubled, multiline, nested }: Closing): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (escapes && char === "\\") at++;
    else if (nested === "{" && char === "{" && text[at + 1] === "{" && depth === 0) at++;
    else if (nested !== "" && depth === 0 && text.startsWith(nested, at)) {
      depth++;
      at += nested.length - 1;
    } else if (depth > 0 && char === "{") depth++;
    else if (depth > 0 && char === "}") depth--;
    else if (depth === 0 && char === quote) {
      if (doubled && text[at + 1] === quote) at++;
      else return at;
    } else if (char === "\n" && !multiline) return at;
  }
  return text.length;
}

function character(text: string, at: number): StringLiteral | null {
  const found = /^'(?:\\(?:u\{?[0-9a-fA-F]{1,6}\}?|.)|[^'\\\n])'/.exec(text.slice(at, at + 14));
  return found ? { start: at, end: at + found[0].length, value: "", holes: "" } : null;
}

/** Ruby and PHP here-documents. */
function heredoc(text: string, at: number, language: Language): StringLiteral | null {
  if (language !== "ruby" && language !== "php") return null;
  const pattern = language === "ruby" ? /<<[~-]["'`]?([A-Z_]\w{0,60})["'`]?[^\n]{0,500}\n/y : /<<<\s{0,4}["']?(\w{1,60})["']?\n/y;
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (!found?.[1]) return null;
  const start = at + found[0].length;
  const end = new RegExp(`\\n[ \\t]{0,200}${found[1]}\\b`).exec(text.slice(start - 1));
  const close = end ? start - 1 + end.index : text.length;
  return literal(
    at,
    end ? close + end[0].length : text.length,
    text.slice(start, close),
    language === "ruby" ? "#{}" : "$",
    true,
  );
}

function literal(start: number, end: number, value: string, holes: StringLiteral["holes"], raw: boolean): StringLiteral {
  return { start, end, value: raw || !value.includes("\\") ? value : unescaped(value), holes };
}

function unescaped(value: string): string {
  return value.replace(/\\(.)/gs, (_, char: string) =>
    char === "n" || char === "r" || char === "t" ? " " : char === "\n" ? "" : char,
  );
}

function regexEnd(text: string, at: number): number {
  let inClass = false;
  for (let i = at + 1; i < text.length; i++) {
    const char = text[i];
    if (char === "\\") i++;
    else if (char === "\n") return at + 1;
    else if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    else if (char === "/" && !inClass) return i + 1;
  }
  return at + 1;
}
