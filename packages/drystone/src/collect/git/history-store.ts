/** One file per repository in the cache: a header, a digest, the history as columns. Read whole or not at all; replaced by an atomic rename. */
import { createHash } from "node:crypto";
import { readRegularFile, writeAtomically } from "#collect/cache/index.js";
import type { Identity } from "#model/history.js";
import type { Columns } from "./merged-history.js";

const magic = "DRYSTONE-HISTORY-4\n";
const digestBytes = 20;
const numberOfNumberColumns = 13;

export interface StoredHistory {
  /** The commit up to which history is in the store. */
  readonly tip: string;
  /** In canonical order. */
  readonly columns: Columns;
}

/**
 * Reads the store. Null when there is none, when it was written for another `signature` (format, cut), or when any byte of it is wrong:
 * then history is read from git again.
 */
export function readStore(file: string, signature: string): StoredHistory | null {
  const bytes = readRegularFile(file, maxBytes);
  if (bytes === null) return null;
  const header = headerOf(signature);
  if (!bytes.subarray(0, header.length).equals(header)) return null;
  const start = header.length + digestBytes;
  const payload = bytes.subarray(start);
  return digest([payload]).equals(bytes.subarray(header.length, start)) ? decode(payload) : null;
}

function headerOf(signature: string): Buffer {
  return Buffer.from(`${magic}${signature}\n`);
}

/** A store of the largest histories has a tenth of it. */
const maxBytes = 2 ** 30;

/** Writes the store. @throws what the file system throws; nothing half-written stays behind. */
export function writeStore(file: string, signature: string, { tip, columns }: StoredHistory): void {
  const payload = encode(tip, columns);
  writeAtomically(file, [headerOf(signature), digest(payload), ...payload]);
}

function digest(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha1");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Columns as they lie in memory: inflating them would cost more than reading them. */
function encode(tip: string, columns: Columns): Uint8Array[] {
  const text = JSON.stringify({
    tip,
    idBytes: columns.idBytes,
    people: columns.people.map((person) => [person.name, person.email]),
    keyNames: columns.keyNames,
    reverts: columns.reverts,
  });
  return pack([
    Buffer.from(text),
    Buffer.from(columns.paths.join("\0")),
    columns.ids,
    columns.subjectBytes,
    columns.statuses,
    ...numberColumns(columns).map(bytesOf),
  ]);
}

function decode(payload: Buffer): StoredHistory | null {
  try {
    const [text, paths, ids, subjectBytes, statuses, ...numbers] = unpack(payload);
    if (!text || !paths || !ids || !subjectBytes || !statuses || numbers.length !== numberOfNumberColumns) return null;
    const { tip, idBytes, people, keyNames, reverts } = JSON.parse(text.toString("utf8")) as StoredText;
    const float = (index: number) => {
      const [buffer, start, length] = aligned(numbers[index]);
      return new Float64Array(buffer, start, length / 8);
    };
    const integer = (index: number) => {
      const [buffer, start, length] = aligned(numbers[index]);
      return new Int32Array(buffer, start, length / 4);
    };
    return {
      tip,
      columns: {
        idBytes,
        ids: bytesIn(ids),
        people: people.map(([name, email]): Identity => ({ name, email })),
        keyNames,
        reverts,
        paths: paths.length === 0 ? [] : paths.toString("utf8").split("\0"),
        subjectBytes: bytesIn(subjectBytes),
        committerTimes: float(0),
        authorTimes: float(1),
        authors: integer(2),
        parentOffsets: integer(3),
        parents: integer(4),
        coAuthors: { offsets: integer(5), values: integer(6) },
        keys: { offsets: integer(7), values: integer(8) },
        fileOffsets: integer(9),
        files: integer(10),
        renames: integer(11),
        subjectOffsets: integer(12),
        statuses: bytesIn(statuses),
      },
    };
  } catch {
    return null;
  }
}

interface StoredText {
  readonly tip: string;
  readonly idBytes: number;
  readonly people: readonly [string, string][];
  readonly keyNames: readonly string[];
  readonly reverts: readonly [number, string][];
}

function numberColumns(columns: Columns): (Float64Array | Int32Array)[] {
  return [
    columns.committerTimes,
    columns.authorTimes,
    columns.authors,
    columns.parentOffsets,
    columns.parents,
    columns.coAuthors.offsets,
    columns.coAuthors.values,
    columns.keys.offsets,
    columns.keys.values,
    columns.fileOffsets,
    columns.files,
    columns.renames,
    columns.subjectOffsets,
  ];
}

function bytesOf(column: Float64Array | Int32Array): Buffer {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength);
}

/** A view that is no Buffer. */
function bytesIn(part: Buffer): Uint8Array {
  return new Uint8Array(part.buffer, part.byteOffset, part.length);
}

/** The bytes from an address on that a typed array accepts: as they lie in the file, or a copy. */
function aligned(part: Buffer | undefined): readonly [ArrayBufferLike, number, number] {
  const bytes = part === undefined || part.byteOffset % width === 0 ? part : Buffer.copyBytesFrom(part);
  return bytes === undefined ? [new ArrayBuffer(0), 0, 0] : [bytes.buffer, bytes.byteOffset, bytes.length];
}

/** Parts start at multiples of it, so that numbers can be read where they lie. */
const width = 8;

/** Each part with its length before it and what is missing to a multiple of `width` behind it. */
function pack(parts: readonly Uint8Array[]): Uint8Array[] {
  return parts.flatMap((part) => {
    const length = Buffer.alloc(width);
    length.writeUInt32LE(part.length);
    return [length, part, Buffer.alloc(-part.length & (width - 1))];
  });
}

function unpack(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at + width <= bytes.length; ) {
    const start = at + width;
    const length = bytes.readUInt32LE(at);
    parts.push(bytes.subarray(start, start + length));
    at = start + length + (-length & (width - 1));
  }
  return parts;
}
