/** Two versions of a JSON Schema in a file of its own: by default what a producer sends. */
import type { ContractChange } from "./change.js";
import { changeLog } from "./change-log.js";
import type { DocumentPair } from "./compare-openapi.js";
import { lostReferences, malformed } from "./malformed.js";
import { schemaMistakes } from "./schema-mistakes.js";
import {
  type Dialect,
  isAnything,
  normaliser,
  part,
  type SchemaDirection,
  type SchemaNode,
  type SchemaReader,
  schemaComparer,
  schemaReader,
} from "./schemas/index.js";
import { fields, own, text } from "./values.js";

/** @param name of the contract. @param direction response for events and answers, request for what the provider reads. */
export function compareJsonSchema(pair: DocumentPair, name: string, direction: SchemaDirection = "response"): ContractChange[] {
  const oldReader = schemaReader(pair.oldDocuments, dialectOf(pair.old.value), 0);
  const newReader = schemaReader(pair.newDocuments, dialectOf(pair.new.value), 1_000_000_000);
  const comparer = schemaComparer(oldReader, newReader);
  const log = changeLog();
  for (const change of malformed(schemaMistakes(pair.oldDocuments), schemaMistakes(pair.newDocuments))) log.add(change);
  const before = rootsOf(oldReader, pair.old.value, pair.old.file);
  const after = rootsOf(newReader, pair.new.value, pair.new.file);
  for (const [type, node] of before) {
    const now = after.get(type);
    const subject = type === "" ? name : `${name}, ${type}`;
    if (now) log.schema(comparer.compare(direction, node, now), direction, subject, "");
    else
      log.add({
        rule: "type-removed",
        level: "warning",
        direction,
        subjects: [subject],
        where: "",
        message: "the type is gone: whether somebody sends or reads it cannot be told",
        fix: "keep it until nobody uses it",
        old: node.place,
        new: null,
      });
  }
  for (const change of lostReferences(oldReader, newReader)) log.add(change);
  return log.changes();
}

/** Since 2019 what stands beside a `$ref` counts too. */
function dialectOf(value: unknown): Dialect {
  return /draft-0?[3-7]\b/.test(text(own(value, "$schema"))) ? "old-json-schema" : "json-schema";
}

/** The schema itself; the types of a file that only defines some. */
function rootsOf(reader: SchemaReader, value: unknown, file: string): Map<string, SchemaNode> {
  const root = reader.node(value ?? {}, { file, pointer: [] });
  if (!isAnything(normaliser(reader)([part(root)]))) return new Map([["", root]]);
  const word = Object.keys(fields(own(value, "$defs"))).length > 0 ? "$defs" : "definitions";
  const types = Object.entries(fields(own(value, word)));
  return types.length === 0
    ? new Map([["", root]])
    : new Map(types.map(([name, schema]) => [name, reader.node(schema, { file, pointer: [word, name] })]));
}
