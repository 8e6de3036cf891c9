/** Words of Terraform's language. Texts keep what stands in `${}` for the parser. */

export interface Token {
  readonly kind: "name" | "number" | "text" | "sign" | "newline" | "end";
  readonly text: string;
  /** Of a text: its plain parts and the sources of its expressions, in turn. */
  readonly parts: readonly TextPart[];
  readonly line: number;
}

export interface TextPart {
  readonly text: string;
  readonly isExpression: boolean;
  readonly line: number;
}

const maxTokens = 200_000;

export function hclTokens(text: string, firstLine = 1): Token[] {
  const tokens: Token[] = [];
  let line = firstLine;
  const push = (kind: Token["kind"], content: string, parts: readonly TextPart[] = []) =>
    tokens.push({ kind, text: content, parts, line });
  for (let at = 0; at < text.length && tokens.length < maxTokens; ) {
    const sign = text[at] ?? "";
    if (sign === "\n") {
      push("newline", sign);
      line++;
      at++;
    } else if (/\s/.test(sign)) at++;
    else if (sign === "#" || text.startsWith("//", at)) at = endOf(text, "\n", at, 0);
    else if (text.startsWith("/*", at)) {
      const end = endOf(text, "*/", at + 2, 2);
      line += newlines(text, at, end);
      at = end;
    } else if (sign === '"') {
      const read = readQuoted(text, at + 1, line);
      push("text", "", read.parts);
      line += newlines(text, at, read.end);
      at = read.end;
    } else if (text.startsWith("<<", at)) {
      const read = readHeredoc(text, at, line);
      push("text", "", read.parts);
      line += newlines(text, at, read.end);
      at = read.end;
    } else {
      const word =
        /^(?:[A-Za-z_][\w-]{0,200}|\d[\d.eE]{0,30}|=>|==|!=|<=|>=|&&|\|\||\.\.\.)/.exec(text.slice(at, at + 210))?.[0] ?? sign;
      push(/^[A-Za-z_]/.test(word) ? "name" : /^\d/.test(word) ? "number" : "sign", word);
      at += word.length;
    }
  }
  push("end", "");
  return tokens;
}

interface ReadText {
  readonly parts: TextPart[];
  /** Place behind the text. */
  readonly end: number;
}

function readQuoted(text: string, from: number, firstLine: number): ReadText {
  const parts: TextPart[] = [];
  let plain = "";
  let at = from;
  let line = firstLine;
  for (; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (sign === '"' || sign === "\n") break;
    if (sign === "\\") plain += escaped(text[++at] ?? "");
    else if (text.startsWith("$${", at)) {
      plain += "${";
      at += 2;
    } else if (text.startsWith("${", at)) {
      const end = endOfExpression(text, at + 2);
      parts.push({ text: plain, isExpression: false, line }, { text: text.slice(at + 2, end), isExpression: true, line });
      line += newlines(text, at, end);
      plain = "";
      at = end;
    } else plain += sign;
  }
  parts.push({ text: plain, isExpression: false, line });
  return { parts, end: at + 1 };
}

function escaped(sign: string): string {
  return sign === "n" ? "\n" : sign === "t" ? "\t" : sign === "r" ? "\r" : sign;
}

/** Place of the brace that ends an expression in a text; texts inside may hold braces. */
function endOfExpression(text: string, from: number): number {
  let depth = 0;
  let isQuoted = false;
  const limit = Math.min(text.length, from + 20_000);
  for (let at = from; at < limit; at++) {
    const sign = text[at];
    if (isQuoted) {
      if (sign === "\\") at++;
      else if (sign === '"') isQuoted = false;
    } else if (sign === '"') isQuoted = true;
    else if (sign === "{") depth++;
    else if (sign === "}" && depth-- === 0) return at;
  }
  return limit;
}

function readHeredoc(text: string, from: number, line: number): ReadText {
  const head = /^<<(-?)([A-Za-z_]\w{0,60})[^\n]{0,200}\n/.exec(text.slice(from, from + 300));
  if (!head) return { parts: [{ text: "", isExpression: false, line }], end: from + 2 };
  const start = from + head[0].length;
  const marker = head[2] ?? "";
  let end = start;
  let next = start;
  while (next < text.length) {
    const stop = text.indexOf("\n", next);
    const lineEnd = stop < 0 ? text.length : stop;
    if (lineEnd - next < 400 && text.slice(next, lineEnd).trim() === marker) break;
    end = Math.min(lineEnd + 1, text.length);
    next = lineEnd + 1;
  }
  const parts = interpolated(text.slice(start, end), line + 1);
  const after = text.indexOf("\n", Math.min(next, text.length));
  return { parts, end: next >= text.length ? text.length : after < 0 ? text.length : after };
}

/** Parts of a text without quotes. */
export function interpolated(text: string, firstLine: number): TextPart[] {
  const parts: TextPart[] = [];
  let line = firstLine;
  let at = 0;
  while (parts.length < 5000) {
    const open = text.indexOf("${", at);
    if (open < 0) break;
    if (text[open - 1] === "$") {
      parts.push({ text: `${text.slice(at, open - 1)}\${`, isExpression: false, line });
      at = open + 2;
      continue;
    }
    const end = endOfExpression(text, open + 2);
    line += newlines(text, at, open);
    parts.push(
      { text: text.slice(at, open), isExpression: false, line },
      { text: text.slice(open + 2, end), isExpression: true, line },
    );
    line += newlines(text, open, end);
    at = end + 1;
  }
  parts.push({ text: text.slice(at), isExpression: false, line });
  return parts;
}

function endOf(text: string, mark: string, from: number, length: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + length;
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 10) count++;
  return count;
}
