/** History of one repository as columns: commits oldest first in a canonical topological order, the paths each touched in compressed rows. */

/** Row 0 is the oldest commit, the last row is HEAD. Paths, people and keys are numbered by first use from row 0 on, so that what is new stands at the end. */
export interface History {
  readonly repository: string;
  /** Bytes of a commit id: 20, or 32 for SHA-256. */
  readonly idBytes: number;
  /**
   * Commit ids, `idBytes` each (`commitId`); a parent always stands before its children. From HEAD down, among commits
   * whose children all are out, the one with the later committer time comes next, then the one with the larger id: rows are the reverse of that.
   */
  readonly ids: Uint8Array;
  /** Rows of parents, in order: those of commit `c` are `parents[parentOffsets[c] .. parentOffsets[c + 1]]`; -1 where the parent is not in the clone. */
  readonly parentOffsets: Int32Array;
  readonly parents: Int32Array;
  /** Seconds since 1970. */
  readonly committerTimes: Float64Array;
  readonly authorTimes: Float64Array;
  /** Index into `people`. */
  readonly authors: Int32Array;
  /** First lines of the messages as UTF-8, at most 200 bytes each (`subjectOf`): commit `c` has `subjectBytes[subjectOffsets[c] .. subjectOffsets[c + 1]]`. */
  readonly subjectOffsets: Int32Array;
  readonly subjectBytes: Uint8Array;
  /** Raw identities as git knows them, mailmap applied; in each commit the author is numbered before the co-authors. */
  readonly people: readonly Identity[];
  readonly coAuthors: Rows;
  /** Ticket keys, `owner/repo#n` references and Change-Ids per commit, indices into `keyNames`. */
  readonly keys: Rows;
  readonly keyNames: readonly string[];
  /** [commit, id of the commit it reverts, or `subject:` and the subject of it], in commit order; a commit may have both. */
  readonly reverts: readonly (readonly [number, string])[];
  readonly paths: readonly string[];
  /** Touched paths of commit `c`: `files[fileOffsets[c] .. fileOffsets[c + 1]]`; merges have none. */
  readonly fileOffsets: Int32Array;
  readonly files: Int32Array;
  /** Parallel to `files`: see `touch`. */
  readonly statuses: Uint8Array;
  /** Exact renames (same content): [commit, from path, to path], in commit order. */
  readonly renames: Int32Array;
}

export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** Rows of indices in compressed form: row `i` is `values[offsets[i] .. offsets[i + 1]]`. */
export interface Rows {
  readonly offsets: Int32Array;
  readonly values: Int32Array;
}

export const touch = { modified: 0, added: 1, deleted: 2 } as const;

export function commitCount(history: History): number {
  return history.committerTimes.length;
}

/** Commit id in hexadecimal, or the digits of its first `bytes` bytes. */
export function commitId(history: History, commit: number, bytes = history.idBytes): string {
  let id = "";
  const start = commit * history.idBytes;
  for (let at = start; at < start + bytes; at++) id += (history.ids[at] ?? 0).toString(16).padStart(2, "0");
  return id;
}

const utf8 = new TextDecoder();

/** First line of the commit message, possibly cut. */
export function subjectOf(history: History, commit: number): string {
  return utf8.decode(history.subjectBytes.subarray(history.subjectOffsets[commit], history.subjectOffsets[commit + 1]));
}

/** A history without commits, to build small ones from: `{ ...emptyHistory("shop"), authors: … }`. */
export function emptyHistory(repository: string): History {
  const rows = { offsets: new Int32Array(1), values: new Int32Array() };
  return {
    repository,
    idBytes: 20,
    ids: new Uint8Array(),
    parentOffsets: new Int32Array(1),
    parents: new Int32Array(),
    committerTimes: new Float64Array(),
    authorTimes: new Float64Array(),
    authors: new Int32Array(),
    subjectOffsets: new Int32Array(1),
    subjectBytes: new Uint8Array(),
    people: [],
    coAuthors: rows,
    keys: rows,
    keyNames: [],
    reverts: [],
    paths: [],
    fileOffsets: new Int32Array(1),
    files: new Int32Array(),
    statuses: new Uint8Array(),
    renames: new Int32Array(),
  };
}
