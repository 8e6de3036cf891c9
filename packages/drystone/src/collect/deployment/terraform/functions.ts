/** Functions of Terraform's language on texts, lists and maps. */
import { readYaml, record } from "#collect/yaml/index.js";
import type { Expression } from "./hcl.js";
import { interpolated } from "./hcl-tokens.js";
import { textOf } from "./parse-hcl.js";
import type { Scope } from "./scope.js";
import {
  fieldOf,
  isEncoded,
  isList,
  isMap,
  isUnresolved,
  jsonText,
  listOf,
  scalarOf,
  type TerraformMap,
  type TerraformValue,
  unresolved,
} from "./value.js";

type Evaluate = (expression: Expression, scope: Scope) => TerraformValue;
type Pure = (args: readonly TerraformValue[]) => TerraformValue;

const maxText = 200_000;

/** The value of a call; unresolved for functions that are not known. */
export function terraformFunction(name: string, args: readonly Expression[], scope: Scope, evaluate: Evaluate): TerraformValue {
  const values = args.map((arg) => evaluate(arg, scope));
  if (name === "file") return scope.readFile(scalarOf(values[0]) ?? "") ?? unresolved("file");
  if (name === "templatefile") return template(values, scope, evaluate);
  const known = functions.get(name);
  return known ? known(values) : unresolved(`${name}()`);
}

function template([path, variables]: readonly TerraformValue[], scope: Scope, evaluate: Evaluate): TerraformValue {
  const text = scope.readFile(scalarOf(path) ?? "");
  if (text === null) return unresolved("templatefile");
  const names = new Map(isMap(variables) ? variables.entries : []);
  return evaluate(textOf(interpolated(text.slice(0, maxText), 1)), { ...scope, names });
}

const functions: ReadonlyMap<string, Pure> = new Map<string, Pure>([
  ["jsonencode", ([value]) => ({ kind: "encoded", value: value ?? null })],
  ["jsondecode", ([value]) => decoded(value)],
  ["yamldecode", ([value]) => decoded(value)],
  ["concat", (args) => args.flatMap((arg) => listOf(arg)).slice(0, 5000)],
  ["merge", (args) => merged(args)],
  ["flatten", ([value]) => flat(value ?? null, 0)],
  ["distinct", ([value]) => distinct(listOf(value))],
  ["toset", ([value]) => distinct(listOf(value))],
  ["tolist", ([value]) => listOf(value)],
  ["tomap", ([value]) => value ?? null],
  ["tostring", ([value]) => (isUnresolved(value) ? value : scalarOf(value))],
  ["tonumber", ([value]) => (isUnresolved(value) ? value : Number(scalarOf(value) ?? 0) || 0)],
  ["tobool", ([value]) => value ?? null],
  ["sensitive", ([value]) => value ?? null],
  ["nonsensitive", ([value]) => value ?? null],
  ["try", (args) => args.find((arg) => arg !== null && !isUnresolved(arg)) ?? args.at(-1) ?? null],
  ["coalesce", (args) => args.find((arg) => arg !== null && arg !== "") ?? null],
  ["coalescelist", (args) => args.find((arg) => listOf(arg).length > 0) ?? []],
  ["compact", ([value]) => listOf(value).filter((item) => item !== null && item !== "")],
  ["element", ([value, index]) => listOf(value)[Number(scalarOf(index) ?? 0) % Math.max(1, listOf(value).length)] ?? null],
  ["one", ([value]) => listOf(value)[0] ?? null],
  ["lookup", ([map, key, otherwise]) => (isUnresolved(map) ? map : (fieldOf(map, scalarOf(key) ?? "") ?? otherwise ?? null))],
  ["keys", ([value]) => (isMap(value) ? [...value.entries.keys()] : [])],
  ["values", ([value]) => (isMap(value) ? [...value.entries.values()] : [])],
  ["length", ([value]) => (isMap(value) ? value.entries.size : isList(value) ? value.length : (scalarOf(value) ?? "").length)],
  ["contains", ([value, item]) => listOf(value).some((other) => scalarOf(other) === scalarOf(item))],
  [
    "join",
    ([separator, value]) =>
      listOf(value)
        .map(embedded)
        .join(scalarOf(separator) ?? "")
        .slice(0, maxText),
  ],
  ["split", ([separator, value]) => (scalarOf(value) ?? "").split(scalarOf(separator) ?? ",").slice(0, 2000)],
  ["format", ([format, ...args]) => formatted(scalarOf(format) ?? "", args)],
  ["lower", ([value]) => changed(value, (text) => text.toLowerCase())],
  ["upper", ([value]) => changed(value, (text) => text.toUpperCase())],
  ["title", ([value]) => changed(value, (text) => text.charAt(0).toUpperCase() + text.slice(1))],
  ["trimspace", ([value]) => changed(value, (text) => text.trim())],
  ["chomp", ([value]) => changed(value, (text) => text.replace(/[\r\n]{1,10}$/, ""))],
  [
    "trimprefix",
    ([value, part]) =>
      changed(value, (text) => (text.startsWith(scalarOf(part) ?? "") ? text.slice((scalarOf(part) ?? "").length) : text)),
  ],
  ["trimsuffix", ([value, part]) => changed(value, (text) => withoutEnd(text, scalarOf(part) ?? ""))],
  [
    "substr",
    ([value, from, length]) => changed(value, (text) => part(text, Number(scalarOf(from) ?? 0), Number(scalarOf(length) ?? -1))),
  ],
  ["replace", ([value, old, fresh]) => changed(value, (text) => replaced(text, scalarOf(old) ?? "", scalarOf(fresh) ?? ""))],
  ["zipmap", ([names, values]) => zipped(listOf(names), listOf(values))],
  ["base64encode", ([value]) => value ?? null],
]);

function changed(value: TerraformValue | undefined, change: (text: string) => string): TerraformValue {
  if (isUnresolved(value)) return value;
  const text = scalarOf(value);
  return text === null ? null : change(text).slice(0, maxText);
}

function embedded(value: TerraformValue): string {
  return isUnresolved(value) ? `\${${value.text}}` : (scalarOf(value) ?? "");
}

function withoutEnd(text: string, end: string): string {
  return end !== "" && text.endsWith(end) ? text.slice(0, -end.length) : text;
}

function part(text: string, from: number, length: number): string {
  return length < 0 ? text.slice(from) : text.slice(from, from + length);
}

/** A pattern in slashes is one of a stranger and is not run. */
function replaced(text: string, old: string, fresh: string): string {
  return old === "" || /^\/.+\/$/.test(old) || fresh.length > 1000 ? text : text.replaceAll(old, () => fresh);
}

function formatted(format: string, args: readonly TerraformValue[]): string {
  let next = 0;
  return format
    .replace(/%(?:%|[-+# 0]{0,3}\d{0,3}(?:\.\d{1,3})?[a-zA-Z])/g, (verb) =>
      verb === "%%" ? "%" : embedded(args[next++] ?? null),
    )
    .slice(0, maxText);
}

function merged(args: readonly TerraformValue[]): TerraformValue {
  const maps = args.filter(isMap);
  const owners = new Map<string, TerraformMap>();
  const entries = new Map<string, TerraformValue>();
  for (const map of maps) {
    for (const [key, value] of map.entries) {
      entries.set(key, value);
      owners.set(key, map);
    }
  }
  return maps.length === 0 && args.some(isUnresolved)
    ? unresolved("merge()")
    : { kind: "map", entries, lineOf: (key) => owners.get(key)?.lineOf(key) ?? { file: "", line: 1 } };
}

function zipped(names: readonly TerraformValue[], values: readonly TerraformValue[]): TerraformValue {
  const entries = names.map((name, index) => [scalarOf(name) ?? "", values[index] ?? null] as const);
  return { kind: "map", entries: new Map(entries), lineOf: () => ({ file: "", line: 1 }) };
}

function flat(value: TerraformValue, depth: number): TerraformValue[] {
  return isList(value) && depth < 20 ? value.flatMap((item) => flat(item, depth + 1)).slice(0, 5000) : [value];
}

function distinct(items: readonly TerraformValue[]): TerraformValue[] {
  return [...new Map(items.map((item) => [scalarOf(item) ?? jsonText(item), item])).values()];
}

/** JSON and YAML, when the text is fully known. */
function decoded(value: TerraformValue | undefined): TerraformValue {
  if (isEncoded(value)) return value.value;
  const text = scalarOf(value);
  const document = text === null || isUnresolved(value) ? undefined : readYaml("", text).documents[0];
  return document ? fromPlain(document.value, () => ({ file: "", line: 1 })) : unresolved("jsondecode()");
}

/** Values of a parsed document. @param placeAt of a path in it. */
export function fromPlain(
  value: unknown,
  placeAt: (path: readonly (string | number)[]) => { readonly file: string; readonly line: number },
  path: readonly (string | number)[] = [],
): TerraformValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((item, index) => fromPlain(item, placeAt, [...path, index]));
  if (typeof value !== "object" || value === null) return null;
  const entries = Object.entries(record(value)).map(([key, inner]) => [key, fromPlain(inner, placeAt, [...path, key])] as const);
  return { kind: "map", entries: new Map(entries), lineOf: (key) => placeAt([...path, key]) };
}
