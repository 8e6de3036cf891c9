/** What a JavaScript or JSON configuration says, read without running it: literals, and the constants of the same file. */
import { parseTree } from "../imports/index.js";

export interface StaticReading {
  /** The exported value; objects are Maps. What could not be read is `unreadable`. */
  readonly value: StaticValue;
  /** Places of what would have to be run. */
  readonly unread: readonly { readonly line: number; readonly text: string }[];
}

export type StaticValue =
  | string
  | number
  | boolean
  | null
  | typeof unreadable
  | readonly StaticValue[]
  | ReadonlyMap<string, StaticValue>;

export const unreadable = Symbol("needs to be run");

const maxBytes = 500_000;
const maxValues = 50_000;
/** Of texts that are put together. */
const maxText = 20_000;

/** Null when the text is no JavaScript or exports nothing that can be found. JSON with comments is JavaScript here. */
export function staticValue(text: string, isJson: boolean): StaticReading | null {
  if (text.length > maxBytes) return null;
  const source = isJson ? `module.exports = ${text.trim() === "" ? "null" : text}` : text;
  const program = parseTree(source, isJson ? "jsx" : "ts") ?? (isJson ? null : parseTree(source, "jsx"));
  const body = program === null ? null : nodesOf(nodeOf(program)["body"]);
  if (body === null) return null;
  const exported = exportedNode(body);
  if (exported === null) return null;
  const reader: Reader = { source, constants: constantsOf(body), open: new Set(), unread: [], left: maxValues };
  const value = valueOf(exported, reader);
  return { value, unread: reader.unread };
}

type Node = Readonly<Record<string, unknown>>;

interface Reader {
  readonly source: string;
  readonly constants: ReadonlyMap<string, Node>;
  /** Constants that are being read: one that contains itself ends there. */
  readonly open: Set<string>;
  readonly unread: { line: number; text: string }[];
  left: number;
}

/** `module.exports = …`, `exports = …` or `export default …`; the last one wins. */
function exportedNode(body: readonly Node[]): Node | null {
  for (const statement of body.toReversed()) {
    if (statement["type"] === "ExportDefaultDeclaration") return nodeOf(statement["declaration"]);
    const expression = nodeOf(statement["expression"]);
    if (statement["type"] !== "ExpressionStatement" || expression["type"] !== "AssignmentExpression") continue;
    const target = nodeOf(expression["left"]);
    if (nodeOf(target["object"])["name"] === "module" && nodeOf(target["property"])["name"] === "exports")
      return nodeOf(expression["right"]);
  }
  return null;
}

function constantsOf(body: readonly Node[]): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  for (const statement of body) {
    const declaration = statement["type"] === "ExportNamedDeclaration" ? nodeOf(statement["declaration"]) : statement;
    if (declaration["type"] !== "VariableDeclaration" || declaration["kind"] !== "const") continue;
    for (const { id, init } of nodesOf(declaration["declarations"]) ?? []) {
      const { name } = nodeOf(id);
      if (typeof name === "string" && init !== null) found.set(name, nodeOf(init));
    }
  }
  return found;
}

function valueOf(node: Node, reader: Reader): StaticValue {
  if (--reader.left < 0) return refused(node, reader);
  switch (node["type"]) {
    case "Literal":
      return literal(node, reader);
    case "TemplateLiteral":
      return template(node, reader);
    case "BinaryExpression":
      return sum(node, reader);
    case "ArrayExpression":
      return (nodesOf(node["elements"]) ?? []).flatMap((element) => elements(element, reader));
    case "ObjectExpression":
      return object(node, reader);
    case "Identifier":
      return constant(node, reader);
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "ParenthesizedExpression":
      return valueOf(nodeOf(node["expression"]), reader);
    case "UnaryExpression":
      return negative(node, reader);
    default:
      return refused(node, reader);
  }
}

function literal(node: Node, reader: Reader): StaticValue {
  const { value, regex } = node;
  if (typeof regex === "object" && regex !== null) {
    const { pattern } = nodeOf(regex);
    return typeof pattern === "string" ? pattern : refused(node, reader);
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null
    ? value
    : refused(node, reader);
}

function template(node: Node, reader: Reader): StaticValue {
  const texts = (nodesOf(node["quasis"]) ?? []).map((part) => nodeOf(part["value"])["cooked"]);
  const values = (nodesOf(node["expressions"]) ?? []).map((part) => valueOf(part, reader));
  let text = "";
  for (const [index, part] of texts.entries()) {
    const value = values[index];
    if (typeof part !== "string" || (value !== undefined && typeof value !== "string" && typeof value !== "number"))
      return value === unreadable ? unreadable : refused(node, reader);
    text += part + (value === undefined ? "" : String(value));
    if (text.length > maxText) return refused(node, reader);
  }
  return text;
}

function sum(node: Node, reader: Reader): StaticValue {
  const [left, right] = [valueOf(nodeOf(node["left"]), reader), valueOf(nodeOf(node["right"]), reader)];
  if (left === unreadable || right === unreadable) return unreadable;
  return node["operator"] === "+" &&
    typeof left === "string" &&
    typeof right === "string" &&
    left.length + right.length <= maxText
    ? left + right
    : refused(node, reader);
}

function elements(element: Node, reader: Reader): readonly StaticValue[] {
  if (element["type"] !== "SpreadElement") return [valueOf(element, reader)];
  const spread = valueOf(nodeOf(element["argument"]), reader);
  return Array.isArray(spread)
    ? (spread as readonly StaticValue[])
    : [spread === unreadable ? unreadable : refused(element, reader)];
}

function object(node: Node, reader: Reader): StaticValue {
  const fields = new Map<string, StaticValue>();
  for (const property of nodesOf(node["properties"]) ?? []) {
    if (property["type"] === "SpreadElement") {
      const spread = valueOf(nodeOf(property["argument"]), reader);
      if (spread instanceof Map) for (const [name, value] of spread) fields.set(name, value);
      else if (spread !== unreadable) refused(property, reader);
      continue;
    }
    const key = nodeOf(property["key"]);
    const name = key["type"] === "Identifier" ? key["name"] : key["value"];
    if (property["computed"] === true || (typeof name !== "string" && typeof name !== "number")) refused(property, reader);
    else fields.set(String(name), valueOf(nodeOf(property["value"]), reader));
  }
  return fields;
}

function constant(node: Node, reader: Reader): StaticValue {
  const name = String(node["name"]);
  if (name === "undefined") return null;
  const known = reader.constants.get(name);
  if (known === undefined || reader.open.has(name)) return refused(node, reader);
  reader.open.add(name);
  const value = valueOf(known, reader);
  reader.open.delete(name);
  return value;
}

function negative(node: Node, reader: Reader): StaticValue {
  const value = valueOf(nodeOf(node["argument"]), reader);
  if (node["operator"] === "-" && typeof value === "number") return -value;
  if (node["operator"] === "!" && (typeof value === "boolean" || typeof value === "number")) return !value;
  return refused(node, reader);
}

function refused(node: Node, { source, unread }: Reader): typeof unreadable {
  const start = typeof node["start"] === "number" ? node["start"] : 0;
  const end = typeof node["end"] === "number" ? node["end"] : start;
  const line = source.slice(0, start).split("\n").length;
  if (unread.length < 100 && unread.at(-1)?.line !== line)
    unread.push({ line, text: source.slice(start, Math.min(end, start + 120)).replace(/\s+/g, " ") });
  return unreadable;
}

function nodeOf(value: unknown): Node {
  return typeof value === "object" && value !== null ? (value as Node) : {};
}

function nodesOf(value: unknown): readonly Node[] | null {
  return Array.isArray(value) ? value.map(nodeOf) : null;
}
