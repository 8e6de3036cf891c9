/** Facts as one JSON document and back. */
import { base64Of, type Piece } from "#util/piece-bytes.js";
import { type Facts, noRunningFacts } from "./facts.js";
import type { History, Rows } from "./history.js";

/** Texts that joined are one line of JSON; the same facts give the same line. */
export function* factsToJson(facts: Facts): Generator<string> {
  for (const piece of factsPieces(facts)) {
    if (typeof piece === "string") yield piece;
    else yield* base64Of(piece);
  }
}

/** As `factsToJson`, with columns as they lie in memory: who writes them needs no text of each. */
export function* factsPieces(facts: Facts): Generator<Piece> {
  const { histories, ...rest } = facts;
  yield `${JSON.stringify(rest).slice(0, -1)},"histories":[`;
  for (const [index, history] of histories.entries()) {
    yield index === 0 ? "{" : ",{";
    yield* historyToJson(history);
    yield "}";
  }
  yield "]}\n";
}

/** @throws Error naming what is wrong when the text is no facts document of this version. */
export function factsFromJson(text: string): Facts {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || !("schema" in value))
    throw new Error("not a facts document: no field `schema`");
  if (value.schema !== "drystone.facts/2")
    throw new Error(`facts of schema ${JSON.stringify(value.schema)}; this version reads "drystone.facts/2"`);
  const plain = value as Omit<Facts, "histories"> & { readonly histories: readonly PlainHistory[] };
  // Facts of an earlier version know nothing of what runs, nor of how it is operated.
  return { ...noRunningFacts, ...plain, baseline: plain.baseline ?? [], histories: plain.histories.map(historyFromPlain) };
}

/** Number columns as base64 of their little-endian bytes: a tenth of the time and half of the size of digits. */
type PlainHistory = {
  readonly [Key in keyof History]: History[Key] extends ArrayLike<unknown> & ArrayBufferView ? string : Plain<History[Key]>;
};
type Plain<Value> = Value extends Rows ? { readonly offsets: string; readonly values: string } : Value;

function* historyToJson(history: History): Generator<Piece> {
  let separator = "";
  // Sorted: a history from the store has its fields in another order than one from git.
  for (const [key, value] of Object.entries(history).sort(([a], [b]) => (a < b ? -1 : 1))) {
    yield `${separator}${JSON.stringify(key)}:`;
    if (ArrayBuffer.isView(value)) yield* columnToJson(value);
    else if (isRows(value)) {
      yield '{"offsets":';
      yield* columnToJson(value.offsets);
      yield ',"values":';
      yield* columnToJson(value.values);
      yield "}";
    } else if (Array.isArray(value)) yield* arrayToJson(value);
    else yield JSON.stringify(value);
    separator = ",";
  }
}

function isRows(value: unknown): value is Rows {
  return typeof value === "object" && value !== null && "offsets" in value && "values" in value;
}

/** Elements per piece: texts of this size are made and forgotten at a third of what large ones cost. */
const elementsPerPiece = 256;

function* arrayToJson(values: readonly unknown[]): Generator<string> {
  let separator = "[";
  for (let at = 0; at < values.length; at += elementsPerPiece) {
    yield `${separator}${JSON.stringify(values.slice(at, at + elementsPerPiece)).slice(1, -1)}`;
    separator = ",";
  }
  yield values.length === 0 ? "[]" : "]";
}

function* columnToJson(column: ArrayBufferView): Generator<Piece> {
  yield '"';
  yield new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  yield '"';
}

function historyFromPlain(plain: PlainHistory): History {
  return {
    ...plain,
    ids: fromBase64(plain.ids),
    parentOffsets: integers(plain.parentOffsets),
    parents: integers(plain.parents),
    committerTimes: new Float64Array(fromBase64(plain.committerTimes).buffer),
    authorTimes: new Float64Array(fromBase64(plain.authorTimes).buffer),
    authors: integers(plain.authors),
    subjectOffsets: integers(plain.subjectOffsets),
    subjectBytes: fromBase64(plain.subjectBytes),
    coAuthors: { offsets: integers(plain.coAuthors.offsets), values: integers(plain.coAuthors.values) },
    keys: { offsets: integers(plain.keys.offsets), values: integers(plain.keys.values) },
    fileOffsets: integers(plain.fileOffsets),
    files: integers(plain.files),
    statuses: fromBase64(plain.statuses),
    renames: integers(plain.renames),
  };
}

/** A copy with a buffer of its own, so that it can be seen as numbers. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(text, "base64"));
}

function integers(text: string): Int32Array {
  return new Int32Array(fromBase64(text).buffer);
}
