/**
 * The history of a repository in the cache, in two files: a whole one, and beside it what has come since, so that a run with a few new commits
 * writes little. Each is a header, a digest, a table of contents and columns; read whole or not at all, and replaced by an atomic rename.
 */
import { createHash, randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { readInto, withRegularFile, writeAtomically } from "#collect/cache/index.js";
import { type Columns, roomyColumn, type Standing } from "./columns.js";
import { decodeColumns, decodeGrowth, encodeColumns, numberOfParts } from "./stored-columns.js";

const magic = "DRYSTONE-HISTORY-5\n";
const digestBytes = 20;
/** The digest, and the length of the table of contents. */
const frontBytes = digestBytes + 4;
/** A store of the largest histories has a tenth of it. */
const maxBytes = 2 ** 30;
/** What has come since a whole history was written stays beside it as long as it is at most so many commits, or an eighth of those that stand. */
const fewCommits = 4096;

export interface StoredHistory {
  /** The commit up to which history is in the store. */
  readonly tip: string;
  /** In canonical order, with room behind each column. */
  readonly columns: Columns;
  readonly whole: WholeFile;
}

/** The file with a whole history, and what of it stands in the history at hand. */
export interface WholeFile {
  readonly id: string;
  readonly standing: Standing;
}

/**
 * Reads the store. Null when there is none, when it was written for another `signature` (format, cut), or when any byte of it is wrong:
 * then history is read from git again. Where only what has come since is wrong, the older history is what is known.
 */
export function readStore(file: string, signature: string): StoredHistory | null {
  const whole = readParts(file, signature);
  if (whole === null || whole.contents.since !== null) return null;
  const growth = readParts(growthFile(file), signature);
  try {
    const { id, tip, idBytes } = whole.contents;
    const columns = decodeColumns(idBytes, whole.parts);
    const since = growth?.contents.since;
    if (!growth || !since || since.id !== id) return { tip, columns, whole: { id, standing: standingAll(columns) } };
    return { tip: growth.contents.tip, columns: decodeGrowth(columns, since.standing, growth.parts), whole: since };
  } catch {
    return null;
  }
}

/** Writes the store: what has come since the `whole` file was written, or all. @throws what the file system throws; nothing half-written stays behind. */
export function writeStore(
  file: string,
  signature: string,
  { tip, columns, whole }: Omit<StoredHistory, "whole"> & { readonly whole: WholeFile | null },
): void {
  const { idBytes } = columns;
  const stands = whole?.standing.commits ?? 0;
  const since =
    whole !== null && columns.committerTimes.length - stands <= Math.max(fewCommits, stands / 8) && stands > 0 ? whole : null;
  if (since !== null) {
    writeParts(growthFile(file), signature, { id: since.id, tip, idBytes, since }, encodeColumns(columns, since.standing));
    return;
  }
  const id = randomBytes(8).toString("hex");
  writeParts(file, signature, { id, tip, idBytes, since: null }, encodeColumns(columns, nothing));
  rmSync(growthFile(file), { force: true });
}

const nothing: Standing = { commits: 0, people: 0, keyNames: 0, paths: 0 };

/** As much as stands after a later change. */
export function standingOf(whole: WholeFile, later: Standing): WholeFile {
  const { id, standing } = whole;
  return {
    id,
    standing: {
      commits: Math.min(standing.commits, later.commits),
      people: Math.min(standing.people, later.people),
      keyNames: Math.min(standing.keyNames, later.keyNames),
      paths: Math.min(standing.paths, later.paths),
    },
  };
}

function standingAll({ committerTimes, people, keyNames, paths }: Columns): Standing {
  return { commits: committerTimes.length, people: people.length, keyNames: keyNames.length, paths: paths.length };
}

function growthFile(file: string): string {
  return file.replace(/(?:\.bin)?$/, ".new.bin");
}

interface Contents {
  readonly id: string;
  readonly tip: string;
  readonly idBytes: number;
  /** Null for a whole history. */
  readonly since: WholeFile | null;
}

function writeParts(file: string, signature: string, contents: Contents, parts: readonly Uint8Array[]): void {
  const text = Buffer.from(JSON.stringify({ ...contents, lengths: parts.map(({ length }) => length) }));
  const length = Buffer.alloc(frontBytes - digestBytes);
  length.writeUInt32LE(text.length);
  writeAtomically(file, [headerOf(signature), digest([length, text, ...parts]), length, text, ...parts]);
}

interface Parts {
  readonly contents: Contents;
  readonly parts: readonly Uint8Array[];
}

function readParts(file: string, signature: string): Parts | null {
  return withRegularFile(file, maxBytes, (descriptor, size) => {
    const header = headerOf(signature);
    const front = Buffer.alloc(header.length + frontBytes);
    if (readInto(descriptor, front, 0) < front.length || !front.subarray(0, header.length).equals(header)) return null;
    const textLength = front.readUInt32LE(front.length - 4);
    let at = front.length;
    if (textLength > size - at) return null;
    const text = Buffer.alloc(textLength);
    at += readInto(descriptor, text, at);
    const { lengths, ...contents } = JSON.parse(text.toString("utf8")) as Contents & { readonly lengths: readonly number[] };
    if (lengths.length !== numberOfParts || lengths.reduce((sum, length) => sum + length, at) !== size) return null;
    const parts = lengths.map((length) => {
      const part = roomyColumn(Uint8Array, length);
      at += readInto(descriptor, part, at);
      return part;
    });
    const stated = front.subarray(header.length, header.length + digestBytes);
    return digest([front.subarray(-4), text, ...parts]).equals(stated) ? { contents, parts } : null;
  });
}

function headerOf(signature: string): Buffer {
  return Buffer.from(`${magic}${signature}\n`);
}

function digest(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha1");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
