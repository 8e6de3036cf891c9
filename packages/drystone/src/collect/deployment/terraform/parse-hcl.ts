/** Reads Terraform's language. What cannot be understood is left out up to the next line that can. */
import { type Attribute, type Block, type Body, type Expression, type ForExpression, type MapEntry, nothing } from "./hcl.js";
import { hclTokens, type TextPart, type Token } from "./hcl-tokens.js";

const maxText = 1024 * 1024;
const maxDepth = 60;

export function parseHcl(text: string): Body {
  return readBody({ tokens: hclTokens(text.slice(0, maxText)), at: 0, depth: 0 });
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

function readBody(reader: Reader): Body {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  for (;;) {
    const token = peek(reader);
    if (token.kind === "end" || isSign(token, "}")) break;
    reader.at++;
    if (token.kind !== "name" && token.kind !== "text") continue;
    const next = peek(reader);
    if (isSign(next, "=") || isSign(next, ":")) {
      reader.at++;
      attributes.set(nameOf(token), { value: readExpression(reader), line: token.line });
      continue;
    }
    const labels: string[] = [];
    for (let label = peek(reader); label.kind === "name" || label.kind === "text"; label = peek(reader)) {
      labels.push(nameOf(label));
      reader.at++;
    }
    if (!isSign(peek(reader), "{")) continue;
    const body = readNested(reader);
    if (body) blocks.push({ type: nameOf(token), labels, body, line: token.line });
  }
  return { attributes, blocks };
}

/** The body in braces; null, and passed over, when it is too deep. */
function readNested(reader: Reader): Body | null {
  if (reader.depth >= maxDepth) {
    pass(reader);
    return null;
  }
  reader.at++;
  reader.depth++;
  const body = readBody(reader);
  reader.depth--;
  reader.at++;
  return body;
}

/** Goes behind the bracket that closes the one at hand. */
function pass(reader: Reader): void {
  let open = 0;
  do {
    const token = peek(reader);
    if (token.kind === "end") return;
    if (token.kind === "sign" && /^[{[(]$/.test(token.text)) open++;
    if (token.kind === "sign" && /^[}\])]$/.test(token.text)) open--;
    reader.at++;
  } while (open > 0);
}

function readExpression(reader: Reader): Expression {
  if (reader.depth >= maxDepth) {
    if (/^[{[(]$/.test(peek(reader).text)) pass(reader);
    else if (peek(reader).kind !== "end") reader.at++;
    return nothing;
  }
  reader.depth++;
  const test = readOperation(reader, 0);
  let read = test;
  const mark = reader.at;
  skipLines(reader);
  if (isSign(peek(reader), "?")) {
    reader.at++;
    skipLines(reader);
    const yes = readExpression(reader);
    skipLines(reader);
    if (isSign(peek(reader), ":")) reader.at++;
    skipLines(reader);
    read = { kind: "choice", test, yes, no: readExpression(reader) };
  } else reader.at = mark;
  reader.depth--;
  return read;
}

const levels: readonly ReadonlySet<string>[] = [
  new Set(["||"]),
  new Set(["&&"]),
  new Set(["==", "!="]),
  new Set(["<", ">", "<=", ">="]),
  new Set(["+", "-"]),
  new Set(["*", "/", "%"]),
];

function readOperation(reader: Reader, level: number): Expression {
  const operators = levels[level];
  if (!operators) return readUnary(reader);
  let left = readOperation(reader, level + 1);
  for (let token = peek(reader); token.kind === "sign" && operators.has(token.text); token = peek(reader)) {
    reader.at++;
    skipLines(reader);
    left = { kind: "operation", operator: token.text, left, right: readOperation(reader, level + 1) };
  }
  return left;
}

function readUnary(reader: Reader): Expression {
  const token = peek(reader);
  const isUnary = isSign(token, "!") || isSign(token, "-");
  if (!isUnary || reader.depth >= maxDepth) return readSteps(reader, readPrimary(reader));
  reader.at++;
  reader.depth++;
  const right = readUnary(reader);
  reader.depth--;
  return { kind: "operation", operator: token.text, left: null, right };
}

function readPrimary(reader: Reader): Expression | string {
  const token = peek(reader);
  if (isSign(token, "[")) return readList(reader);
  if (isSign(token, "{")) return readMap(reader);
  if (token.kind === "newline" || token.kind === "end" || /^[}\]),]$/.test(token.text)) return nothing;
  reader.at++;
  if (token.kind === "number") return { kind: "constant", value: Number(token.text) || 0 };
  if (token.kind === "text") return textOf(token.parts, reader.depth);
  if (isSign(token, "(")) {
    skipLines(reader);
    const inner = readExpression(reader);
    skipLines(reader);
    if (isSign(peek(reader), ")")) reader.at++;
    return inner;
  }
  if (token.kind !== "name") return nothing;
  if (token.text === "true" || token.text === "false") return { kind: "constant", value: token.text === "true" };
  if (token.text === "null") return nothing;
  if (!isSign(peek(reader), "(")) return token.text;
  reader.at++;
  return { kind: "call", name: token.text, args: readItems(reader, ")") };
}

/** `.name`, `[0]`, `.*`, `[*]` behind a value. */
function readSteps(reader: Reader, base: Expression | string): Expression {
  const steps: (Expression | string | null)[] = [];
  for (let token = peek(reader); steps.length < 100; token = peek(reader)) {
    if (isSign(token, ".")) {
      const next = reader.tokens[reader.at + 1];
      reader.at += 2;
      if (next && isSign(next, "*")) steps.push(null);
      else if (next?.kind === "name" || next?.kind === "number") steps.push(next.text);
    } else if (isSign(token, "[")) {
      reader.at++;
      if (isSign(peek(reader), "*")) {
        reader.at++;
        steps.push(null);
      } else steps.push(readExpression(reader));
      skipLines(reader);
      if (isSign(peek(reader), "]")) reader.at++;
    } else break;
  }
  return typeof base === "string" || steps.length > 0 ? { kind: "path", base, steps } : base;
}

function readList(reader: Reader): Expression {
  reader.at++;
  skipLines(reader);
  if (isFor(reader)) return readFor(reader, "]");
  return { kind: "list", items: readItems(reader, "]") };
}

function readItems(reader: Reader, close: string): Expression[] {
  const items: Expression[] = [];
  for (;;) {
    skipLines(reader);
    const token = peek(reader);
    if (token.kind === "end") return items;
    if (isSign(token, close)) {
      reader.at++;
      return items;
    }
    const before = reader.at;
    if (isSign(token, ",") || isSign(token, "...")) reader.at++;
    else items.push(readExpression(reader));
    if (reader.at === before) reader.at++;
  }
}

function readMap(reader: Reader): Expression {
  reader.at++;
  skipLines(reader);
  if (isFor(reader)) return readFor(reader, "}");
  const entries: MapEntry[] = [];
  for (;;) {
    skipLines(reader);
    const token = peek(reader);
    if (token.kind === "end") break;
    if (isSign(token, "}")) {
      reader.at++;
      break;
    }
    const before = reader.at;
    if (isSign(token, ",")) reader.at++;
    else {
      const key = readKey(reader);
      skipLines(reader);
      if (isSign(peek(reader), "=") || isSign(peek(reader), ":")) {
        reader.at++;
        skipLines(reader);
        entries.push({ key, value: readExpression(reader), line: token.line });
      }
    }
    if (reader.at === before) reader.at++;
  }
  return { kind: "map", entries };
}

/** A bare name is the key itself. */
function readKey(reader: Reader): Expression {
  const token = peek(reader);
  const next = reader.tokens[reader.at + 1];
  if (token.kind === "name" && next && (isSign(next, "=") || isSign(next, ":"))) {
    reader.at++;
    return { kind: "constant", value: token.text };
  }
  return readExpression(reader);
}

function isFor(reader: Reader): boolean {
  return peek(reader).kind === "name" && peek(reader).text === "for";
}

function readFor(reader: Reader, close: string): ForExpression {
  reader.at++;
  const names: string[] = [];
  for (let token = peek(reader); token.kind !== "end" && token.text !== "in"; token = peek(reader)) {
    if (token.kind === "name") names.push(token.text);
    reader.at++;
  }
  reader.at++;
  const over = readExpression(reader);
  skipLines(reader);
  if (isSign(peek(reader), ":")) reader.at++;
  skipLines(reader);
  const first = readExpression(reader);
  skipLines(reader);
  const isMap = isSign(peek(reader), "=>");
  if (isMap) reader.at++;
  skipLines(reader);
  const value = isMap ? readExpression(reader) : first;
  skipLines(reader);
  const groups = isSign(peek(reader), "...");
  if (groups) reader.at++;
  skipLines(reader);
  const isFiltered = peek(reader).text === "if";
  if (isFiltered) reader.at++;
  const condition = isFiltered ? readExpression(reader) : null;
  skipLines(reader);
  if (isSign(peek(reader), close)) reader.at++;
  return { kind: "for", names, over, key: isMap ? first : null, value, condition, groups };
}

/** A text, or the template that it is. */
export function textOf(parts: readonly TextPart[], depth = 0): Expression {
  const read = parts
    .filter((part) => part.isExpression || part.text !== "")
    .map((part): Expression => (part.isExpression ? readPart(part, depth) : { kind: "constant", value: part.text }));
  const [only] = read;
  if (read.length === 0) return { kind: "constant", value: "" };
  return read.length === 1 && only && parts.length <= 3 ? only : { kind: "template", parts: read };
}

function readPart(part: TextPart, depth: number): Expression {
  if (depth >= maxDepth) return nothing;
  return readExpression({ tokens: hclTokens(part.text, part.line), at: 0, depth: depth + 1 });
}

function nameOf(token: Token): string {
  return token.kind === "text" ? token.parts.map((part) => part.text).join("") : token.text;
}

function skipLines(reader: Reader): void {
  while (peek(reader).kind === "newline") reader.at++;
}

function peek(reader: Reader): Token {
  return reader.tokens[Math.min(reader.at, reader.tokens.length - 1)] ?? end;
}

const end: Token = { kind: "end", text: "", parts: [], line: 1 };

function isSign(token: Token, sign: string): boolean {
  return token.kind === "sign" && token.text === sign;
}
