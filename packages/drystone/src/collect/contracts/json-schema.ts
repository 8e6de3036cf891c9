/** JSON Schema: types of data in files of their own, and the schemas of other contracts. */
import { lastPart } from "#collect/manifests/index.js";
import { record, scalarText } from "#collect/yaml/index.js";
import { type ContractsOfFile, type FoundSchema, isGenerated, maxItems, nothing, plainContract } from "./contract.js";
import { readStructured, type StructuredDocument } from "./structured.js";

export function mayBeJsonSchema(text: string): boolean {
  return /["']?\$schema["']?\s{0,5}:\s{0,5}["']?https?:\/\/json-schema\.org\//.test(text);
}

/** Of tools, packages and settings, not of what services tell each other. */
const toolSchema =
  /(?:^|[/._-])(?:config|configuration|settings|values|options|tsconfig|package|eslint|nx|project|workspace|collection|schematics?|generators?|executors?|builders?|manifest|plugin|cli|i18n|locales?|translations?|\$schema)(?=[/._-]|$)/i;

export function readJsonSchema(path: string, text: string): ContractsOfFile {
  if (toolSchema.test(path)) return nothing;
  const { documents, problems } = readStructured(path, text, mayBeJsonSchema);
  const [document] = documents;
  const root = document?.value ?? {};
  if (!document || root["type"] !== "object" || /nx|angular|schematic/i.test(scalarText(root["$id"]) + scalarText(root["cli"])))
    return problems.length === 0 ? nothing : { contracts: [], problems };
  const file = lastPart(path).replace(/(?:[._-]schema)?\.(?:json|ya?ml)$/i, "");
  const name = scalarText(root["title"]).trim() || file;
  const contract = {
    ...plainContract("jsonschema", name),
    version: scalarText(root["version"]) || null,
    schemas: [
      { name, fields: fieldsOf(root), line: document.lineOf(["properties"]) },
      ...schemasOf(document, ["$defs"]),
      ...schemasOf(document, ["definitions"]),
    ],
    generated: isGenerated(path, text),
  };
  return { contracts: [contract], problems };
}

/** The schemas below a path with the names of their fields. */
export function schemasOf(document: StructuredDocument, path: readonly string[]): FoundSchema[] {
  let place: Readonly<Record<string, unknown>> = document.value;
  for (const key of path) place = record(place[key]);
  return Object.entries(place)
    .slice(0, maxItems)
    .map(([name, value]) => ({ name, fields: fieldsOf(record(value)), line: document.lineOf([...path, name]) }));
}

/** Own fields and those of the parts it is made of, one level deep. */
function fieldsOf(schema: Readonly<Record<string, unknown>>): string[] {
  const parts: readonly unknown[] = Array.isArray(schema["allOf"]) ? schema["allOf"].slice(0, 50) : [];
  return [...new Set([schema, ...parts].flatMap((part) => Object.keys(record(record(part)["properties"]))))].slice(0, 1000);
}
