/** Avro: what a writer's schema allows has to be readable by the reader's schema (the rules of schema resolution in its specification). */
import type { RuleDraft } from "./change-log.js";
import { type Fields, fields, isFields, list, own, shown, text, texts } from "./values.js";

export function compareAvro(writer: unknown, reader: unknown): RuleDraft[] {
  const found: RuleDraft[] = [];
  const names = { writer: namedTypes(writer), reader: namedTypes(reader) };
  const open = new Set<string>();
  const tell = (rule: string, message: string, fix: string) =>
    void found.push({ rule: `avro-${rule}`, level: "error", message, fix });
  const compare = (w: unknown, r: unknown, path: string, depth: number): void => {
    const [from, to] = [resolved(w, names.writer), resolved(r, names.reader)];
    const key = `${nameOf(from)} ${nameOf(to)}`;
    if (depth > 40 || found.length > 200 || (isFields(from) && nameOf(from) !== "" && open.has(key))) return;
    open.add(key);
    if (Array.isArray(from)) {
      for (const branch of from) compare(branch, to, path, depth + 1);
      return;
    }
    if (Array.isArray(to)) {
      if (!to.some((branch) => isReadable(from, resolved(branch, names.reader))))
        tell(
          "type-changed",
          `${path}: ${typeText(from)} may come, which no branch of the union reads`,
          "keep the branch in the union",
        );
      else
        for (const branch of to)
          if (kindOf(resolved(branch, names.reader)) === kindOf(from)) compare(from, branch, path, depth + 1);
      return;
    }
    if (!isReadable(from, to))
      return tell(
        "type-changed",
        `${path}: ${typeText(from)} cannot be read as ${typeText(to)}`,
        "add a field with the new type and keep the old one",
      );
    const [a, b] = [fields(from), fields(to)];
    if (kindOf(from) === "record") compareRecords(a, b, path, depth);
    else if (kindOf(from) === "enum") compareEnums(a, b, path);
    else if (kindOf(from) === "array") compare(a["items"], b["items"], `${path}[]`, depth + 1);
    else if (kindOf(from) === "map") compare(a["values"], b["values"], `${path}.*`, depth + 1);
  };
  const compareRecords = (w: Fields, r: Fields, path: string, depth: number): void => {
    const written = new Map(list(w["fields"]).map((field) => [text(own(field, "name")), field]));
    for (const field of list(r["fields"])) {
      const name = text(own(field, "name"));
      const source = [name, ...texts(own(field, "aliases"))].map((one) => written.get(one)).find((one) => one !== undefined);
      const place = path === "" ? name : `${path}.${name}`;
      if (source !== undefined) compare(own(source, "type"), own(field, "type"), place, depth + 1);
      else if (own(field, "default") === undefined)
        tell(
          "field-missing",
          `${place}: the reader needs it, it is not written and has no default`,
          "give the field a default, or keep writing it",
        );
    }
  };
  const compareEnums = (w: Fields, r: Fields, path: string): void => {
    const known = new Set(texts(r["symbols"]));
    const unknown = texts(w["symbols"]).filter((symbol) => !known.has(symbol));
    if (unknown.length > 0 && r["default"] === undefined)
      tell(
        "enum-symbol-unknown",
        `${path}: ${unknown.slice(0, 5).join(", ")} may come, which the reader does not know`,
        "give the enum a default",
      );
  };
  compare(writer, reader, "", 0);
  return found;
}

function namedTypes(schema: unknown): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const visit = (value: unknown, depth: number): void => {
    if (depth > 60 || typeof value !== "object" || value === null) return;
    if (isFields(value) && text(value["name"]) !== "" && /^(?:record|enum|fixed|error)$/.test(text(value["type"]))) {
      found.set(text(value["name"]), value);
      found.set(nameOf(value), value);
    }
    for (const inner of Object.values(value)) visit(inner, depth + 1);
  };
  visit(schema, 0);
  return found;
}

function resolved(type: unknown, names: ReadonlyMap<string, unknown>): unknown {
  if (typeof type === "string") return names.get(type) ?? type;
  const inner = own(type, "type");
  return isFields(type) && (typeof inner === "object" || (typeof inner === "string" && names.has(inner)))
    ? resolved(inner, names)
    : type;
}

function nameOf(type: unknown): string {
  const space = text(own(type, "namespace"));
  const name = text(own(type, "name"));
  return space === "" || name.includes(".") ? name : `${space}.${name}`;
}

function kindOf(type: unknown): string {
  return typeof type === "string" ? type : text(own(type, "type"));
}

const promotions: ReadonlyMap<string, readonly string[]> = new Map([
  ["int", ["long", "float", "double"]],
  ["long", ["float", "double"]],
  ["float", ["double"]],
  ["string", ["bytes"]],
  ["bytes", ["string"]],
]);

function isReadable(from: unknown, to: unknown): boolean {
  const [a, b] = [kindOf(from), kindOf(to)];
  if (a !== b) return promotions.get(a)?.includes(b) ?? false;
  if (a === "fixed") return own(from, "size") === own(to, "size");
  return true;
}

function typeText(type: unknown): string {
  return nameOf(type) || kindOf(type) || shown(type);
}
