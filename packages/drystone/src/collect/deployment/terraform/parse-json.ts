/** Terraform written as JSON (`*.tf.json`): the same tree as of its own language. */
import { readYaml, record, type YamlDocument, type YamlPath } from "#collect/yaml/index.js";
import type { Attribute, Block, Body, Expression } from "./hcl.js";
import { interpolated } from "./hcl-tokens.js";
import { textOf } from "./parse-hcl.js";

const empty: Body = { attributes: new Map(), blocks: [] };

/** Empty for what is no JSON. */
export function parseTerraformJson(path: string, text: string): Body {
  const document = readYaml(path, text).documents[0];
  if (document === undefined) return empty;
  const root = record(document.value);
  const blocks = Object.keys(labels).flatMap((type) => blocksAt(document, type, root[type], [type], labels[type] ?? 0, []));
  return { attributes: new Map(), blocks };
}

/** Blocks of the first level by how many labels they have. */
const labels: Readonly<Record<string, number>> = { resource: 2, data: 2, module: 1, variable: 1, output: 1, locals: 0 };

/** One object per block, or a list of them, below as many keys as the block has labels. */
function blocksAt(
  document: YamlDocument,
  type: string,
  value: unknown,
  at: YamlPath,
  missing: number,
  given: readonly string[],
): Block[] {
  if (Array.isArray(value))
    return value
      .slice(0, mostEntries)
      .flatMap((item: unknown, index) => blocksAt(document, type, item, [...at, index], missing, given));
  if (!isObject(value)) return [];
  if (missing === 0) return [{ type, labels: given, body: bodyOf(document, value, at), line: document.lineOf(at) }];
  return entriesOf(value).flatMap(([key, item]) => blocksAt(document, type, item, [...at, key], missing - 1, [...given, key]));
}

/** JSON does not tell blocks from attributes that are objects: what may be either is both. */
function bodyOf(document: YamlDocument, value: object, at: YamlPath): Body {
  const entries = entriesOf(value);
  const attributes = entries.map(([key, item]): [string, Attribute] => [
    key,
    { value: expressionOf(document, item, [...at, key]), line: document.lineOf([...at, key]) },
  ]);
  const blocks = entries.flatMap(([key, item]) => blocksAt(document, key, item, [...at, key], key === "dynamic" ? 1 : 0, []));
  return { attributes: new Map(attributes), blocks };
}

function expressionOf(document: YamlDocument, value: unknown, at: YamlPath): Expression {
  if (typeof value === "string") return textOf(interpolated(value, document.lineOf(at)));
  if (typeof value === "number" || typeof value === "boolean") return { kind: "constant", value };
  if (Array.isArray(value))
    return {
      kind: "list",
      items: value.slice(0, mostEntries).map((item: unknown, index) => expressionOf(document, item, [...at, index])),
    };
  if (!isObject(value)) return { kind: "constant", value: null };
  return {
    kind: "map",
    entries: entriesOf(value).map(([key, item]) => ({
      key: textOf(interpolated(key, 1)),
      value: expressionOf(document, item, [...at, key]),
      line: document.lineOf([...at, key]),
    })),
  };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Without comments, which are keys of two strokes. */
function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value)
    .slice(0, mostEntries)
    .filter(([key]) => key !== "//");
}

/** Of one object or list; people and generators write fewer, and finding the line of each takes longer the more there are. */
const mostEntries = 1000;
