/** Directives of an nginx configuration as a tree. */

export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly line: number;
  /** Null for a directive that ends with `;`. */
  readonly block: readonly Directive[] | null;
}

const maxDirectives = 50_000;
const maxDepth = 50;
const maxWord = 5000;

/** Reads all directives. Templates of others (`${NAME}`, `<%= %>`, `{{ }}`) stay as part of the words they stand in. */
export function readDirectives(text: string): Directive[] {
  const root: Directive[] = [];
  const open: Directive[][] = [root];
  let words: string[] = [];
  let start = 1;
  let count = 0;
  const scanner: Scanner = { text, at: 0, line: 1 };
  for (let token = nextToken(scanner); token !== null && count < maxDirectives; token = nextToken(scanner)) {
    if (token.kind === "word") {
      if (words.length === 0) start = token.line;
      if (words.length < 200) words.push(token.text);
      continue;
    }
    const into = open.at(-1) ?? root;
    const [name, ...args] = words;
    words = [];
    if (token.kind === "close") {
      if (name !== undefined) into.push({ name, args, line: start, block: null });
      if (open.length > 1) open.pop();
      continue;
    }
    count++;
    const block: Directive[] | null = token.kind === "open" ? [] : null;
    if (name !== undefined && open.length <= maxDepth) into.push({ name, args, line: start, block });
    if (block) open.push(block);
  }
  return root;
}

interface Scanner {
  readonly text: string;
  at: number;
  line: number;
}

interface Token {
  readonly kind: "word" | "end" | "open" | "close";
  readonly text: string;
  readonly line: number;
}

function nextToken(scanner: Scanner): Token | null {
  const { text } = scanner;
  skipBlank(scanner);
  if (scanner.at >= text.length) return null;
  const line = scanner.line;
  const sign = text[scanner.at] ?? "";
  if (sign === ";" || (sign === "{" && text[scanner.at + 1] !== "{") || sign === "}") {
    scanner.at++;
    return { kind: sign === ";" ? "end" : sign === "{" ? "open" : "close", text: sign, line };
  }
  return { kind: "word", text: readWord(scanner), line };
}

function skipBlank(scanner: Scanner): void {
  const { text } = scanner;
  for (; scanner.at < text.length; scanner.at++) {
    const sign = text[scanner.at];
    if (sign === "\n") scanner.line++;
    else if (sign === "#") {
      const end = text.indexOf("\n", scanner.at);
      scanner.at = (end < 0 ? text.length : end) - 1;
    } else if (sign !== " " && sign !== "\t" && sign !== "\r") return;
  }
}

function readWord(scanner: Scanner): string {
  const { text } = scanner;
  const from = scanner.at;
  let quote = "";
  for (; scanner.at < text.length; scanner.at++) {
    const sign = text[scanner.at] ?? "";
    if (sign === "\n") scanner.line++;
    if (quote !== "") {
      if (sign === "\\") scanner.at++;
      else if (sign === quote) {
        scanner.at++;
        break;
      }
      continue;
    }
    if ((sign === '"' || sign === "'") && scanner.at === from) quote = sign;
    else if (sign === "\\") scanner.at++;
    else if (passExpression(scanner)) continue;
    else if (/[\s;{}]/.test(sign)) {
      if (sign === "\n") scanner.line--;
      break;
    }
  }
  // Nothing was read at an expression that does not end: the sign itself is the word.
  if (scanner.at === from) scanner.at++;
  const word = text.slice(from, Math.min(scanner.at, from + maxWord));
  return quote === "" ? word : word.slice(1, word.endsWith(quote) && word.length > 1 ? -1 : undefined);
}

/** Goes to the last sign of `${NAME}`, `{{ name }}` or `<%= name %>`; false when none starts here. */
function passExpression(scanner: Scanner): boolean {
  const { text, at } = scanner;
  for (const [open, close] of [
    ["${", "}"],
    ["{{", "}}"],
    ["<%", "%>"],
  ] as const) {
    if (!text.startsWith(open, at)) continue;
    const end = text.slice(at, at + 300).indexOf(close, open.length);
    if (end < 0 || text.slice(at, at + end).includes("\n")) return false;
    scanner.at = at + end + close.length - 1;
    return true;
  }
  return false;
}
