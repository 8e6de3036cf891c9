/** One contract, old and new, whatever its format. */
import type { ContractDocument, ContractSource } from "#model/contract-source.js";
import type { ContractChange, Place } from "./change.js";
import { compareAsyncapi } from "./compare-asyncapi.js";
import { compareGraphql } from "./compare-graphql.js";
import { compareJsonSchema } from "./compare-json-schema.js";
import { compareOpenapi } from "./compare-openapi.js";
import { compareProtobuf } from "./protobuf/index.js";
import type { SchemaDirection } from "./schemas/index.js";

export interface ContractOptions {
  /** ISO date that counts as today: what was promised until then may go. */
  readonly asOf: string;
  /** Of protocol buffers only the binary form counts. */
  readonly wireOnly: boolean;
  /** Of JSON Schemas in files of their own. */
  readonly direction: SchemaDirection;
}

/** @param next null: the contract is gone. */
export function compareContract(old: ContractSource, next: ContractSource | null, options: ContractOptions): ContractChange[] {
  if (next === null) return [gone(old)];
  const broken = [...next.problems].map(
    (problem): ContractChange => ({
      rule: "malformed",
      level: old.problems.some(({ message }) => message === problem.message) ? "warning" : "error",
      direction: "none",
      subjects: [],
      where: "",
      message: problem.message,
      fix: problem.hint,
      old: null,
      new: { file: problem.path, pointer: problem.line === null ? [] : [`line ${problem.line}`] },
    }),
  );
  return [...broken, ...compareBodies(old, next, options)];
}

function compareBodies(old: ContractSource, next: ContractSource, options: ContractOptions): ContractChange[] {
  const [before, after] = [old.body, next.body];
  if (before.form === "document" && after.form === "document") {
    const [first, second] = [before.documents.get(old.file), after.documents.get(next.file)];
    if (first === undefined || second === undefined) return first === undefined ? [notRead(old, next)] : [];
    const pair = { old: first, oldDocuments: before.documents, new: second, newDocuments: after.documents, asOf: options.asOf };
    if (next.kind === "openapi") return compareOpenapi(pair);
    return next.kind === "asyncapi" ? compareAsyncapi(pair) : compareJsonSchema(pair, next.name, options.direction);
  }
  if (before.form === "protobuf" && after.form === "protobuf") {
    const read = before.files.some(({ file }) => file === old.file) && after.files.some(({ file }) => file === next.file);
    return read ? compareProtobuf(before.files, after.files, options) : next.problems.length > 0 ? [] : [notRead(old, next)];
  }
  if (before.form === "graphql" && after.form === "graphql") return compareGraphql(before.texts, after.texts);
  if (before.form === "exports" && after.form === "exports") return removedExports(before.names, after.names, old, next);
  return [
    {
      ...notRead(old, next),
      rule: "format-changed",
      level: "error",
      message: `the contract was ${old.kind} and is ${next.kind} now`,
      fix: "keep the old one beside the new one until nobody uses it",
    },
  ];
}

function gone(old: ContractSource): ContractChange {
  return {
    rule: "contract-removed",
    level: "error",
    direction: "none",
    subjects: [],
    where: "",
    message: `the contract ${old.file} is gone`,
    fix: "keep it as long as somebody uses what it promises; if it moved and got another title, keep the title",
    old: { file: old.file, pointer: [] },
    new: null,
  };
}

function notRead(old: ContractSource, next: ContractSource): ContractChange {
  return {
    rule: "not-compared",
    level: "warning",
    direction: "none",
    subjects: [],
    where: "",
    message: `the old version could not be read, so nothing was compared: ${old.problems[0]?.message ?? old.file}`,
    fix: "compare it by hand",
    old: { file: old.file, pointer: [] },
    new: { file: next.file, pointer: [] },
  };
}

function removedExports(
  before: readonly string[],
  after: readonly string[],
  old: ContractSource,
  next: ContractSource,
): ContractChange[] {
  const kept = new Set(after);
  return before
    .filter((name) => !kept.has(name))
    .slice(0, 500)
    .map((name) => ({
      rule: "export-removed",
      level: "warning",
      direction: "none",
      subjects: [name],
      where: "",
      message: "it is no longer exported; types are read by name only",
      fix: "keep exporting it, marked as deprecated, until nobody imports it",
      old: { file: old.file, pointer: [] },
      new: { file: next.file, pointer: [] },
    }));
}

/** Line of a place, from 1. */
export function lineAt(source: ContractSource | null, place: Place): number {
  const [first] = place.pointer;
  const written = /^line (\d{1,9})$/.exec(first ?? "")?.[1];
  if (written !== undefined) return Number(written);
  const document: ContractDocument | undefined =
    source?.body.form === "document" ? source.body.documents.get(place.file) : undefined;
  return document?.lineOf(place.pointer) ?? 1;
}
