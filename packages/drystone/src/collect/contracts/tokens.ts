/** Words, texts and signs of a small language with braces. */

export interface Token {
  /** A text starts with its quote. */
  readonly text: string;
  readonly line: number;
}

export interface Tokens {
  readonly list: readonly Token[];
  /** By index of an opening bracket the index behind the one that closes it; of anything else the next index. */
  readonly behind: readonly number[];
}

/** @param comment what starts a comment up to the end of the line; with `//`, block comments are left out too. */
export function tokensOf(text: string, comment: "//" | "#"): Tokens {
  const list = split(text, comment);
  return { list, behind: behindEach(list) };
}

const maxTokens = 500_000;

function split(text: string, comment: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let counted = 0;
  const lineAt = (offset: number): number => {
    for (; counted < offset; counted++) if (text.charCodeAt(counted) === 10) line++;
    return line;
  };
  const pattern = /[A-Za-z_$][\w.$-]{0,300}|"""|["']|\/\/|\/\*|#|[^\s\w]|\d[\w.]{0,100}/g;
  for (let found = pattern.exec(text); found && tokens.length < maxTokens; found = pattern.exec(text)) {
    const [sign] = found;
    const end = sign === comment ? lineEnd(text, found.index) : endOf(text, found.index, sign, comment);
    if (end > found.index + sign.length || sign === comment) pattern.lastIndex = end;
    if (sign === comment || (sign === "/*" && comment === "//")) continue;
    tokens.push({ text: text.slice(found.index, Math.min(end, found.index + 400)), line: lineAt(found.index) });
  }
  return tokens;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** Offset behind a text or block comment; behind the sign itself for all else. */
function endOf(text: string, from: number, sign: string, comment: string): number {
  if (sign === "/*" && comment === "//") return behind(text, "*/", from + 2);
  if (sign === '"""') return behind(text, '"""', from + 3);
  if (sign !== '"' && sign !== "'") return from + sign.length;
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 10) return at;
    else if (text[at] === sign) return at + 1;
  }
  return text.length;
}

function behind(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end + mark.length;
}

function behindEach(list: readonly Token[]): number[] {
  const behind = list.map((_, index) => index + 1);
  const open: number[] = [];
  for (const [index, { text }] of list.entries()) {
    if (text === "{" || text === "(" || text === "[") {
      open.push(index);
      // What is never closed ends with the file.
      behind[index] = list.length;
    } else if (text.length === 1 && list[open.at(-1) ?? -1]?.text === openings.get(text)) behind[open.pop() ?? 0] = index + 1;
  }
  return behind;
}

const openings: ReadonlyMap<string, string> = new Map([
  ["}", "{"],
  [")", "("],
  ["]", "["],
]);
