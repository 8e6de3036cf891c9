/**
 * What a log says as far as it has been read: typed arrays with room for more, and how much of each is in use. Git prints the newest commit first, and
 * the oldest one is row 0: so they are filled from their ends.
 */
import type { History, Identity, Rows } from "#model/history.js";
import { grownInFront } from "#util/growable.js";
import { ByteInterner } from "./byte-interner.js";
import type { NumberColumn } from "./columns.js";
import { createMoves, type Moves, makeRoomForMoves } from "./exact-moves.js";
import { createInterner, type Interner } from "./interner.js";
import { type MessageMarks, maxSubjectBytes } from "./message.js";

/** A history whose parents are still ids: a parent may stand in an earlier increment. The commit that was printed last is row 0. */
export interface ParsedLog extends Omit<History, "parents" | "repository"> {
  readonly parentIds: Uint8Array;
}

export interface LogColumns {
  /** Zero before the first commit. */
  idBytes: number;
  commits: number;
  parents: number;
  subjectLength: number;
  touches: number;
  ids: Uint8Array;
  idView: DataView;
  parentIds: Uint8Array;
  parentIdView: DataView;
  /** Like all offsets: how many values there are from the row on. */
  parentOffsets: Int32Array;
  committerTimes: Float64Array;
  authorTimes: Float64Array;
  authors: Int32Array;
  subjectOffsets: Int32Array;
  subjectBytes: Uint8Array;
  coAuthorOffsets: Int32Array;
  keyOffsets: Int32Array;
  fileOffsets: Int32Array;
  files: Int32Array;
  statuses: Uint8Array;
  /** From the last one on. */
  readonly coAuthors: number[];
  /** From the last one on. */
  readonly keys: number[];
  readonly keyNames: Interner;
  /** Commits are numbered as they are printed, as in `moves`. */
  readonly reverts: [number, string][];
  readonly people: Interner;
  readonly peopleIds: ByteInterner;
  /** By number of `peopleIds`: what differs in bytes that are no text is one person. */
  readonly personOf: number[];
  readonly pathIds: ByteInterner;
  readonly paths: string[];
  readonly moves: Moves;
  /** Of the message that is being read. */
  readonly marks: MessageMarks;
}

export function emptyColumns(): LogColumns {
  return {
    idBytes: 0,
    commits: 0,
    parents: 0,
    subjectLength: 0,
    touches: 0,
    ids: new Uint8Array(),
    idView: new DataView(new ArrayBuffer(0)),
    parentIds: new Uint8Array(),
    parentIdView: new DataView(new ArrayBuffer(0)),
    parentOffsets: new Int32Array(),
    committerTimes: new Float64Array(),
    authorTimes: new Float64Array(),
    authors: new Int32Array(),
    subjectOffsets: new Int32Array(),
    subjectBytes: new Uint8Array(),
    coAuthorOffsets: new Int32Array(),
    keyOffsets: new Int32Array(),
    fileOffsets: new Int32Array(),
    files: new Int32Array(),
    statuses: new Uint8Array(),
    coAuthors: [],
    keys: [],
    keyNames: createInterner(),
    reverts: [],
    people: createInterner(),
    peopleIds: new ByteInterner(),
    personOf: [],
    pathIds: new ByteInterner(),
    paths: [],
    moves: createMoves(),
    marks: { end: 0, subjectEnd: 0, mayHaveKey: false, mayHaveTrailer: false, mayRevert: false },
  };
}

/**
 * Makes room for whatever the next bytes of a log can say, so that nothing asks for room where much is written.
 * @param bytes that are new
 * @param length of all that are not taken in yet: before the new ones there is one record that was cut
 */
export function makeRoom(columns: LogColumns, bytes: number, length: number): void {
  const { idBytes } = columns;
  const moreCommits = Math.ceil(bytes / (2 * idBytes + 7)) + 2;
  const moreTouches = Math.ceil(bytes / (4 * idBytes + 18)) + 1;
  const commits = columns.commits + moreCommits;
  const parents = columns.parents + Math.ceil(length / (2 * idBytes + 1)) + 1;
  const touches = columns.touches + moreTouches;
  columns.ids = grownInFront(columns.ids, commits * idBytes);
  columns.parentIds = grownInFront(columns.parentIds, parents * idBytes);
  columns.idView = new DataView(columns.ids.buffer);
  columns.parentIdView = new DataView(columns.parentIds.buffer);
  columns.parentOffsets = grownInFront(columns.parentOffsets, commits);
  columns.committerTimes = grownInFront(columns.committerTimes, commits);
  columns.authorTimes = grownInFront(columns.authorTimes, commits);
  columns.authors = grownInFront(columns.authors, commits);
  columns.subjectOffsets = grownInFront(columns.subjectOffsets, commits);
  columns.subjectBytes = grownInFront(columns.subjectBytes, columns.subjectLength + bytes + maxSubjectBytes);
  columns.coAuthorOffsets = grownInFront(columns.coAuthorOffsets, commits);
  columns.keyOffsets = grownInFront(columns.keyOffsets, commits);
  columns.fileOffsets = grownInFront(columns.fileOffsets, commits);
  columns.files = grownInFront(columns.files, touches);
  columns.statuses = grownInFront(columns.statuses, touches);
  makeRoomForMoves(columns.moves, moreTouches, 2 * idBytes);
  columns.peopleIds.reserve(moreCommits, length);
  columns.pathIds.reserve(moreTouches, length);
}

/** The columns of what has been read; nothing more can be read afterwards. */
export function finished(columns: LogColumns): ParsedLog {
  const { commits, parents, subjectLength, touches } = columns;
  const idBytes = columns.idBytes === 0 ? 20 : columns.idBytes;
  const { renames } = columns.moves;
  for (let i = 0; i < renames.length; i += 3) renames[i] = commits - 1 - (renames[i] ?? 0);
  return {
    idBytes,
    ids: lastOf(columns.ids, commits * idBytes),
    parentIds: lastOf(columns.parentIds, parents * idBytes),
    parentOffsets: offsetsOf(columns.parentOffsets, commits, parents),
    committerTimes: lastOf(columns.committerTimes, commits),
    authorTimes: lastOf(columns.authorTimes, commits),
    authors: lastOf(columns.authors, commits),
    subjectOffsets: offsetsOf(columns.subjectOffsets, commits, subjectLength),
    subjectBytes: lastOf(columns.subjectBytes, subjectLength),
    people: columns.people.values.map(identityIn),
    coAuthors: turned(columns.coAuthorOffsets, commits, columns.coAuthors),
    keys: turned(columns.keyOffsets, commits, columns.keys),
    keyNames: columns.keyNames.values,
    reverts: columns.reverts.map(([commit, reverted]) => [commits - 1 - commit, reverted]),
    paths: columns.paths,
    fileOffsets: offsetsOf(columns.fileOffsets, commits, touches),
    files: lastOf(columns.files, touches),
    statuses: lastOf(columns.statuses, touches),
    renames: Int32Array.from(renames),
  };
}

function lastOf<Kind extends NumberColumn>(column: Kind, length: number): Kind;
function lastOf(column: NumberColumn, length: number): NumberColumn {
  return column.subarray(column.length - length);
}

function turned(counts: Int32Array, commits: number, values: readonly number[]): Rows {
  return { offsets: offsetsOf(counts, commits, values.length), values: Int32Array.from(values).reverse() };
}

/** In place of how many values there are from each row on. */
function offsetsOf(counts: Int32Array, commits: number, total: number): Int32Array {
  const offsets = counts.subarray(counts.length - commits - 1);
  offsets[0] = total;
  for (let row = 0; row < offsets.length; row++) offsets[row] = total - (offsets[row] ?? 0);
  return offsets;
}

function identityIn(text: string): Identity {
  const [name = "", email = ""] = text.split("\n");
  return { name, email };
}
