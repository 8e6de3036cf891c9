/** Chains of calls in C# statements, as far as a program that only wires things together needs them. Nothing is run. */

/** `var name = root.Method<Generic>(arguments).Method(…)`. */
export interface CallChain {
  /** Variable that takes the result; null when there is none. */
  readonly assigned: string | null;
  readonly root: string;
  readonly calls: readonly ChainCall[];
  readonly line: number;
}

export interface ChainCall {
  readonly name: string;
  /** Type argument, "" when there is none. */
  readonly generic: string;
  /** As written, cut at the commas between them. */
  readonly arguments: readonly string[];
  readonly line: number;
}

const maxText = 300_000;
const maxStatements = 5000;

/** Chains of all statements, comments left out. Blocks are walked through as if they were not there. */
export function callChains(text: string): CallChain[] {
  const code = withoutComments(text.slice(0, maxText));
  const found: CallChain[] = [];
  for (const { start, end, line } of statements(code)) {
    const chain = callChain(code.slice(start, end), line);
    if (chain) found.push(chain);
  }
  return found;
}

/** The chain of one expression; null when it is none. @param line on which the text starts. */
export function callChain(text: string, line: number): CallChain | null {
  const head =
    /^(\s{0,500})(?:(?:var|[\w.<>?[\]]{1,200})\s{1,20}([A-Za-z_]\w{0,100})\s{0,20}=(?!=|>)|([A-Za-z_]\w{0,100})\s{0,20}=(?!=|>))?\s{0,500}(?:await\s{1,20})?/.exec(
      text,
    );
  const begin = head?.[0].length ?? 0;
  const root = /^[A-Za-z_][\w.]{0,200}?(?=\s{0,500}(?:$|\.\s{0,20}[A-Za-z_]\w{0,100}\s{0,20}[(<]|[;)]))/.exec(
    text.slice(begin),
  )?.[0];
  if (root === undefined) return null;
  const calls: ChainCall[] = [];
  let at = begin + root.length;
  while (calls.length < 200) {
    const next = /^\s{0,500}\.\s{0,50}([A-Za-z_]\w{0,100})\s{0,20}(?:<([^<>()]{0,200})>)?\s{0,20}(?=\()/.exec(
      text.slice(at, at + 1200),
    );
    if (!next?.[1]) break;
    const open = at + next[0].length;
    const close = closingAt(text, open);
    if (close < 0) break;
    const dot = at + next[0].indexOf(".");
    calls.push({
      name: next[1],
      generic: (next[2] ?? "").trim(),
      arguments: splitArguments(text.slice(open + 1, close)),
      line: line + newlines(text, dot),
    });
    at = close + 1;
  }
  const blank = head?.[1]?.length ?? 0;
  return { assigned: head?.[2] ?? head?.[3] ?? null, root, calls, line: line + newlines(text, blank) };
}

/** A plain string literal; null for anything else. Parts of an interpolated one are looked up. */
export function stringLiteral(text: string, lookup: (expression: string) => string | null = () => null): string | null {
  const trimmed = text.trim().replace(/^[A-Za-z_]\w{0,50}\s{0,5}:\s{0,5}(?=[$@"])/, "");
  const found = /^(\$?@?|@\$)"([^"\\]{0,2000}(?:\\.[^"\\]{0,2000}){0,50})"$/.exec(trimmed);
  if (!found) return null;
  const body = (found[2] ?? "").replace(/\\(.)/g, "$1");
  if (!found[1]?.includes("$")) return body;
  let known = true;
  const filled = body.replace(/\{([^{}]{1,200})\}/g, (_, expression: string) => {
    const value = lookup(expression.trim());
    known &&= value !== null;
    return value ?? "";
  });
  return known ? filled : null;
}

/** Comments become blanks, so that lines stay. */
function withoutComments(text: string): string {
  let result = "";
  for (let at = 0; at < text.length; ) {
    const end = literalEnd(text, at);
    if (end > at) {
      result += text.slice(at, end);
      at = end;
    } else if (text.startsWith("//", at) || text.startsWith("#", at)) {
      const line = text.indexOf("\n", at);
      at = line < 0 ? text.length : line;
    } else if (text.startsWith("/*", at)) {
      const close = text.indexOf("*/", at + 2);
      const comment = text.slice(at, close < 0 ? text.length : close + 2);
      result += comment.replace(/[^\n]/g, " ");
      at += comment.length;
    } else result += text[at++];
  }
  return result;
}

/** End of the string or character that starts here; the same place when none does. */
function literalEnd(text: string, at: number): number {
  if (text[at] === "'")
    return /^'(?:\\.|[^'\\\n])'/.exec(text.slice(at, at + 5))?.[0].length ? at + (text[at + 1] === "\\" ? 4 : 3) : at;
  if (text[at] !== '"') return at;
  if (text.startsWith('"""', at)) {
    const close = text.indexOf('"""', at + 3);
    return close < 0 ? text.length : close + 3;
  }
  const verbatim = text[at - 1] === "@" || (text[at - 1] === "$" && text[at - 2] === "@");
  for (let next = at + 1; next < text.length; next++) {
    if (text[next] === "\\" && !verbatim) next++;
    else if (text[next] === '"') {
      if (verbatim && text[next + 1] === '"') next++;
      else return next + 1;
    } else if (text[next] === "\n" && !verbatim) return next;
  }
  return text.length;
}

/** Statements end at `;`, and at braces that are not inside of brackets. */
function statements(code: string): { start: number; end: number; line: number }[] {
  const found: { start: number; end: number; line: number }[] = [];
  let depth = 0;
  let start = 0;
  let line = 1;
  const cut = (end: number) => {
    if (end > start) found.push({ start, end, line });
    line += newlines(code.slice(start, end), end);
    start = end + 1;
  };
  for (let at = 0; at < code.length && found.length < maxStatements; at++) {
    const end = literalEnd(code, at);
    if (end > at) {
      at = end - 1;
      continue;
    }
    const sign = code[at];
    if (sign === "(" || sign === "[") depth++;
    else if (sign === ")" || sign === "]") depth = Math.max(0, depth - 1);
    else if (depth === 0 && (sign === ";" || sign === "{" || sign === "}")) cut(at);
  }
  if (start < code.length) cut(code.length);
  return found;
}

/** The bracket that closes the one at `open`; -1 when it stays open. */
function closingAt(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const end = literalEnd(text, at);
    if (end > at) {
      at = end - 1;
      continue;
    }
    if ("([{".includes(text[at] ?? " ")) depth++;
    else if (")]}".includes(text[at] ?? " ") && --depth === 0) return at;
  }
  return -1;
}

function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length && parts.length < 50; at++) {
    const end = literalEnd(text, at);
    if (end > at) {
      at = end - 1;
      continue;
    }
    if ("([{".includes(text[at] ?? " ")) depth++;
    else if (")]}".includes(text[at] ?? " ")) depth--;
    else if (text[at] === "," && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === "" ? parts : [...parts, last];
}

function newlines(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
