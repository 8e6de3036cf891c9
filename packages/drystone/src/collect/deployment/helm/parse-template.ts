/** Helm templates (Go's text/template) as trees. */
import { type ActionPart, type TextPart, type Token, templateParts } from "./tokens.js";

export type TemplateNode =
  | TextPart
  | { readonly kind: "output"; readonly pipe: Pipe; readonly line: number }
  | { readonly kind: "template"; readonly name: string; readonly pipe: Pipe | null; readonly line: number }
  | { readonly kind: "break" | "continue" }
  | Branch;

export interface Branch {
  readonly kind: "if" | "with" | "range";
  readonly pipe: Pipe;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[];
}

export interface Pipe {
  /** Variables that take the value. */
  readonly names: readonly string[];
  /** True for `:=`, which makes them anew. */
  readonly declares: boolean;
  readonly commands: readonly Command[];
}

/** A function or a value, then arguments. */
export type Command = readonly Term[];

export type Term =
  | { readonly kind: "dot"; readonly path: readonly string[] }
  | { readonly kind: "variable"; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: "pipe"; readonly pipe: Pipe; readonly path: readonly string[] }
  | { readonly kind: "constant"; readonly value: string | number | boolean | null }
  | { readonly kind: "call"; readonly name: string };

export interface Template {
  readonly nodes: readonly TemplateNode[];
  /** Bodies of `define` and `block` by their name. */
  readonly defines: ReadonlyMap<string, readonly TemplateNode[]>;
}

const maxDepth = 100;
const maxParentheses = 40;

/** Reads a template. What is no proper action is left out; blocks that nobody closes end with the file. */
export function parseTemplate(text: string): Template {
  const defines = new Map<string, readonly TemplateNode[]>();
  const reader: Reader = { parts: templateParts(text), at: 0, defines };
  const nodes: TemplateNode[] = [];
  // An `end` too many does not end the file.
  while (reader.at < reader.parts.length) nodes.push(...readNodes(reader, 0).nodes);
  return { nodes, defines };
}

interface Reader {
  readonly parts: readonly (TextPart | ActionPart)[];
  at: number;
  readonly defines: Map<string, readonly TemplateNode[]>;
}

/** What ended a list of nodes: `end`, `else` with the words that follow it, or the file. */
interface NodesRead {
  readonly nodes: TemplateNode[];
  readonly elseTokens: readonly Token[] | null;
}

function readNodes(reader: Reader, depth: number): NodesRead {
  const nodes: TemplateNode[] = [];
  while (reader.at < reader.parts.length) {
    const part = reader.parts[reader.at++];
    if (!part) break;
    if (part.kind === "text") {
      nodes.push(part);
      continue;
    }
    const [first, ...rest] = part.tokens;
    const word = first?.kind === "word" ? first.text : "";
    if (word === "end") return { nodes, elseTokens: null };
    if (word === "else") return { nodes, elseTokens: rest };
    if (word === "if" || word === "with" || word === "range") nodes.push(branch(reader, word, rest, depth));
    else if (word === "define" || word === "block") nodes.push(...definition(reader, word, rest, part.line, depth));
    else if (word === "break" || word === "continue") nodes.push({ kind: word });
    else if (word === "template") {
      const pipe = rest.length > 1 ? pipeOf(rest.slice(1)) : null;
      nodes.push({ kind: "template", name: rest[0]?.text ?? "", pipe, line: part.line });
    } else nodes.push({ kind: "output", pipe: pipeOf(part.tokens), line: part.line });
  }
  return { nodes, elseTokens: null };
}

function branch(reader: Reader, kind: Branch["kind"], tokens: readonly Token[], depth: number): Branch {
  if (depth >= maxDepth) {
    passBlock(reader);
    return { kind, pipe: nothing, body: [], otherwise: [] };
  }
  const read = readNodes(reader, depth + 1);
  const otherwise = read.elseTokens === null ? [] : elseBranch(reader, read.elseTokens, depth + 1);
  return { kind, pipe: pipeOf(tokens), body: read.nodes, otherwise };
}

/** Goes behind the `end` of a block that is nested too deep to keep. */
function passBlock(reader: Reader): void {
  for (let open = 1; open > 0 && reader.at < reader.parts.length; reader.at++) {
    const part = reader.parts[reader.at];
    const word = part?.kind === "action" && part.tokens[0]?.kind === "word" ? part.tokens[0].text : "";
    if (/^(?:if|with|range|define|block)$/.test(word)) open++;
    else if (word === "end") open--;
  }
}

function elseBranch(reader: Reader, tokens: readonly Token[], depth: number): readonly TemplateNode[] {
  const word = tokens[0]?.text;
  if (tokens[0]?.kind === "word" && (word === "if" || word === "with")) return [branch(reader, word, tokens.slice(1), depth)];
  return readNodes(reader, depth).nodes;
}

function definition(reader: Reader, word: string, tokens: readonly Token[], line: number, depth: number): TemplateNode[] {
  const name = tokens[0]?.text ?? "";
  if (depth >= maxDepth) passBlock(reader);
  else reader.defines.set(name, readNodes(reader, depth + 1).nodes);
  return word === "block" ? [{ kind: "template", name, pipe: pipeOf(tokens.slice(1)), line }] : [];
}

const nothing: Pipe = { names: [], declares: false, commands: [] };

function pipeOf(tokens: readonly Token[]): Pipe {
  return readPipe({ tokens, at: 0 }, 0);
}

interface TokenReader {
  readonly tokens: readonly Token[];
  at: number;
}

function readPipe(reader: TokenReader, depth: number): Pipe {
  if (depth > maxParentheses) return nothing;
  const { names, declares } = readNames(reader);
  const commands: Command[] = [];
  let terms: Term[] = [];
  while (reader.at < reader.tokens.length) {
    const token = reader.tokens[reader.at];
    if (!token || isSign(token, ")")) break;
    if (isSign(token, "|")) {
      if (terms.length > 0) commands.push(terms);
      terms = [];
      reader.at++;
      continue;
    }
    const term = readTerm(reader, depth);
    if (term) terms.push(term);
  }
  if (terms.length > 0) commands.push(terms);
  return { names, declares, commands };
}

/** `$name :=`, `$name =`, `$key, $value :=`. */
function readNames(reader: TokenReader): { names: string[]; declares: boolean } {
  const [first, second, third, fourth] = reader.tokens.slice(reader.at, reader.at + 4);
  const isSet = (token: Token | undefined) => token !== undefined && (isSign(token, ":=") || isSign(token, "="));
  if (first?.kind !== "variable") return { names: [], declares: false };
  if (isSet(second)) {
    reader.at += 2;
    return { names: [first.text], declares: second?.text === ":=" };
  }
  if (second && isSign(second, ",") && third?.kind === "variable" && isSet(fourth)) {
    reader.at += 4;
    return { names: [first.text, third.text], declares: fourth?.text === ":=" };
  }
  return { names: [], declares: false };
}

/** Null for a sign that stands where none belongs. */
function readTerm(reader: TokenReader, depth: number): Term | null {
  const token = reader.tokens[reader.at++];
  if (!token) return null;
  if (token.kind === "field") return { kind: "dot", path: [...nonEmpty(token.text), ...readPath(reader)] };
  if (token.kind === "variable") return { kind: "variable", name: token.text, path: readPath(reader) };
  if (token.kind === "text") return { kind: "constant", value: token.text };
  if (token.kind === "number") return { kind: "constant", value: Number(token.text.replaceAll("_", "")) || 0 };
  if (token.kind === "word") {
    const value = constants.get(token.text);
    return value === undefined ? { kind: "call", name: token.text } : { kind: "constant", value };
  }
  if (token.text !== "(") return null;
  const pipe = readPipe(reader, depth + 1);
  const closing = reader.tokens[reader.at];
  if (closing && isSign(closing, ")")) reader.at++;
  return { kind: "pipe", pipe, path: readPath(reader) };
}

const constants: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["nil", null],
]);

/** Fields that follow without a space. */
function readPath(reader: TokenReader): string[] {
  const path: string[] = [];
  for (let token = reader.tokens[reader.at]; token?.kind === "field" && !token.spaced; token = reader.tokens[reader.at]) {
    path.push(...nonEmpty(token.text));
    reader.at++;
  }
  return path;
}

function nonEmpty(text: string): string[] {
  return text === "" ? [] : [text];
}

function isSign(token: Token, sign: string): boolean {
  return token.kind === "sign" && token.text === sign;
}
