/** What a log says as far as it has been read: typed arrays with room for more, and how much of each is in use. */
import type { History, Identity } from "#model/history.js";
import { grown } from "#util/growable.js";
import { ByteInterner } from "./byte-interner.js";
import { createMoves, type Moves, makeRoomForMoves } from "./exact-moves.js";
import { createInterner, type Interner } from "./interner.js";
import { type MessageMarks, maxSubjectBytes } from "./message.js";

/** A history whose parents are still ids: a parent may stand in an earlier increment. */
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
  readonly coAuthors: number[];
  readonly keys: number[];
  readonly keyNames: Interner;
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
  const { idBytes, commits, touches } = columns;
  const moreCommits = Math.ceil(bytes / (2 * idBytes + 7)) + 2;
  const moreTouches = Math.ceil(bytes / (4 * idBytes + 18)) + 1;
  const allCommits = commits + moreCommits;
  const allTouches = touches + moreTouches;
  columns.ids = grown(columns.ids, allCommits * idBytes);
  columns.parentIds = grown(columns.parentIds, columns.parents * idBytes + length / 2 + idBytes);
  columns.idView = new DataView(columns.ids.buffer);
  columns.parentIdView = new DataView(columns.parentIds.buffer);
  columns.parentOffsets = grown(columns.parentOffsets, allCommits);
  columns.committerTimes = grown(columns.committerTimes, allCommits);
  columns.authorTimes = grown(columns.authorTimes, allCommits);
  columns.authors = grown(columns.authors, allCommits);
  columns.subjectOffsets = grown(columns.subjectOffsets, allCommits);
  columns.subjectBytes = grown(columns.subjectBytes, columns.subjectLength + bytes + maxSubjectBytes);
  columns.coAuthorOffsets = grown(columns.coAuthorOffsets, allCommits);
  columns.keyOffsets = grown(columns.keyOffsets, allCommits);
  columns.fileOffsets = grown(columns.fileOffsets, allCommits);
  columns.files = grown(columns.files, allTouches);
  columns.statuses = grown(columns.statuses, allTouches);
  makeRoomForMoves(columns.moves, moreTouches, 2 * idBytes);
  columns.peopleIds.reserve(moreCommits, length);
  columns.pathIds.reserve(moreTouches, length);
}

/** The columns of what has been read; nothing more can be read afterwards. */
export function finished(columns: LogColumns): ParsedLog {
  const { commits, idBytes, parents, subjectLength, touches } = columns;
  columns.parentOffsets[commits] = parents;
  columns.subjectOffsets[commits] = subjectLength;
  columns.coAuthorOffsets[commits] = columns.coAuthors.length;
  columns.keyOffsets[commits] = columns.keys.length;
  columns.fileOffsets[commits] = touches;
  return {
    idBytes: idBytes === 0 ? 20 : idBytes,
    ids: columns.ids.subarray(0, commits * idBytes),
    parentIds: columns.parentIds.subarray(0, parents * idBytes),
    parentOffsets: columns.parentOffsets.subarray(0, commits + 1),
    committerTimes: columns.committerTimes.subarray(0, commits),
    authorTimes: columns.authorTimes.subarray(0, commits),
    authors: columns.authors.subarray(0, commits),
    subjectOffsets: columns.subjectOffsets.subarray(0, commits + 1),
    subjectBytes: columns.subjectBytes.subarray(0, subjectLength),
    people: columns.people.values.map(identityIn),
    coAuthors: { offsets: columns.coAuthorOffsets.subarray(0, commits + 1), values: Int32Array.from(columns.coAuthors) },
    keys: { offsets: columns.keyOffsets.subarray(0, commits + 1), values: Int32Array.from(columns.keys) },
    keyNames: columns.keyNames.values,
    reverts: columns.reverts,
    paths: columns.paths,
    fileOffsets: columns.fileOffsets.subarray(0, commits + 1),
    files: columns.files.subarray(0, touches),
    statuses: columns.statuses.subarray(0, touches),
    renames: Int32Array.from(columns.moves.renames),
  };
}

function identityIn(text: string): Identity {
  const [name = "", email = ""] = text.split("\n");
  return { name, email };
}
