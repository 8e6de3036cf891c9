/** The published schemas as the tests see them. */
import { readFileSync } from "node:fs";
import * as z from "zod";

export type SchemaName = "result" | "facts" | "drystone";

/** A JSON Schema, as far as the tests look into one. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

export function schemaOf(name: SchemaName): Schema {
  return JSON.parse(readFileSync(new URL(`../../schema/${name}.schema.json`, import.meta.url), "utf8")) as Schema;
}

/** What is wrong with a document, one line per fault: `path: message`. */
export function faultsOf(schema: Schema, document: unknown): string[] {
  const { error } = z.fromJSONSchema(schema).safeParse(document);
  return error ? error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) : [];
}

/** The same schema with no room for fields that it does not name. Where alternatives are listed, each of them is closed instead of the whole. */
export function closed(schema: Schema): Schema {
  const parts = Object.entries(schema).map(([keyword, value]) => [keyword, closedPart(value)] as const);
  const isOpen =
    schema["properties"] !== undefined && schema["anyOf"] === undefined && schema["additionalProperties"] === undefined;
  return { ...Object.fromEntries(parts), ...(isOpen ? { additionalProperties: false } : {}) };
}

function closedPart(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closedPart);
  return typeof value === "object" && value !== null ? closed(value as Schema) : value;
}
