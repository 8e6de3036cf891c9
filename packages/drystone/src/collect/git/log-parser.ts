/** Parses the byte stream of `git log --raw -z` into columns. One pass, no object per record; what it keeps is what `History` holds. */
import type { History, Identity } from "#model/history.js";
import { touch } from "#model/history.js";
import { ByteColumn, Float64Column, Int32Column } from "#util/growable.js";
import { ByteInterner } from "./byte-interner.js";
import { type MessageFacts, maxSubjectBytes, readMessage } from "./message.js";

/** Fields per commit, each ended by NUL: id, parents, author time, committer time, author name, author e-mail, message. */
export const logFormat = "%x01%H%x00%P%x00%at%x00%ct%x00%an%x00%ae%x00%B";

export interface LogParser {
  /** Takes in the next bytes of the stream; the chunk may be used again afterwards. */
  push(chunk: Buffer): void;
  /** Commits parsed so far. */
  commits(): number;
  /** Columns in the order of the stream. @throws Error when the stream ends inside of a commit. */
  end(): ParsedLog;
}

/** A history whose parents are still ids: a parent may stand in an earlier increment. */
export interface ParsedLog extends Omit<History, "parents" | "repository"> {
  readonly parentIds: Uint8Array;
}

const NUL = 0;
const COLON = 58;
const LINE_FEED = 10;
const COMMIT_MARK = 1;
const BACKSLASH = 92;
const HYPHEN = 45;
const DIGIT_ZERO = 48;
const LETTER_A = 65;
const LETTER_D = 68;
/** Fields before the message. */
const messageField = 6;
const cutShort = "the output of git log ends inside of a commit";
const emptyBlobs = new Set([
  "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
  "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
]);

export function createLogParser(): LogParser {
  const columns = emptyColumns();
  /** What has come and is not taken in yet: `pending[0 .. length]`. */
  let pending = Buffer.allocUnsafeSlow(2 ** 16);
  let length = 0;

  function append(chunk: Uint8Array): void {
    if (length + chunk.length >= pending.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(2 * pending.length, length + chunk.length + 1));
      larger.set(pending.subarray(0, length));
      pending = larger;
    }
    pending.set(chunk, length);
    length += chunk.length;
    // Ends every search.
    pending[length] = NUL;
  }

  /** Takes in whole records; what follows them moves to the start. */
  function takeRecords(): void {
    const data = pending;
    let at = 0;
    for (let end = 0; end >= 0 && at < length; at = end >= 0 ? end : at) {
      const first = data[at];
      if (first === COLON) end = columns.touch(data, at, length);
      else if (first === NUL) end = at + 1;
      else if (first === COMMIT_MARK) end = columns.commit(data, at, length);
      else if (first === LINE_FEED && at + 1 === length) end = -1;
      else if (first === LINE_FEED && data[at + 1] === COLON) end = columns.touch(data, at + 1, length);
      else throw unexpected(data, at);
    }
    data.copyWithin(0, at, length);
    length -= at;
    data[length] = NUL;
  }

  return {
    push(chunk) {
      append(chunk);
      // Without one no record has ended.
      if (chunk.indexOf(NUL) >= 0) takeRecords();
    },
    commits: () => columns.count(),
    end() {
      // The last message may have no NUL behind it.
      append(Buffer.of(NUL));
      takeRecords();
      if (length > 0) throw new Error(cutShort);
      return columns.finish();
    },
  };
}

function unexpected(data: Buffer, at: number): Error {
  const end = data.indexOf(NUL, at);
  const token = data.toString("latin1", at, Math.min(end < 0 ? data.length : end, at + 60));
  return new Error(`unexpected output of git log: ${JSON.stringify(token)}`);
}

function emptyColumns() {
  let idBytes = 20;
  const ids = new ByteColumn();
  const parentIds = new ByteColumn();
  const parentOffsets = new Int32Column();
  const committerTimes = new Float64Column();
  const authorTimes = new Float64Column();
  const authors = new Int32Column();
  const subjectOffsets = new Int32Column();
  const subjectBytes = new ByteColumn();
  const people = interner();
  const peopleIds = new ByteInterner();
  /** By number of `peopleIds`: what differs in bytes that are no text is one person. */
  const personOf = new Int32Column();
  const paths: string[] = [];
  const pathIds = new ByteInterner();
  const keyNames = interner();
  const coAuthorOffsets = new Int32Column();
  const coAuthors = new Int32Column();
  const keyOffsets = new Int32Column();
  const keys = new Int32Column();
  const reverts: [number, string][] = [];
  const fileOffsets = new Int32Column();
  const files = new Int32Column();
  const statuses = new ByteColumn();
  const renames = new Int32Column();
  /** Of the commit being read: paths that came and went, and the ids of their contents in hexadecimal. */
  const addedPaths: number[] = [];
  const deletedPaths: number[] = [];
  const addedBlobs = new ByteColumn();
  const deletedBlobs = new ByteColumn();
  const ends = new Int32Array(messageField);
  let commits = 0;

  function person(data: Buffer, from: number, to: number): number {
    const id = peopleIds.idOf(data, from, to);
    if (id === personOf.length) {
      const [name = "", email = ""] = data.toString("utf8", from, to).split("\0");
      personOf.push(people.id(`${name.trim()}\0${email.trim()}`));
    }
    return personOf.at(id);
  }

  /** What the message of the commit that is being read says. */
  function keep(facts: MessageFacts): void {
    for (const named of facts.coAuthors) {
      const bytes = Buffer.from(named.join("\0"));
      coAuthors.push(person(bytes, 0, bytes.length));
    }
    for (const key of facts.keys) keys.push(keyNames.id(key));
    for (const reverted of facts.reverted) reverts.push([commits, reverted]);
  }

  // Most commits neither add nor delete; what few do stands by itself, so that little is compiled again and again.
  function closeCommit(): void {
    if (addedPaths.length > 0 && deletedPaths.length > 0) findMoves();
    if (addedPaths.length > 0) {
      addedPaths.length = 0;
      addedBlobs.length = 0;
    }
    if (deletedPaths.length > 0) {
      deletedPaths.length = 0;
      deletedBlobs.length = 0;
    }
  }

  /** Exact moves of the commit that ends here. */
  function findMoves(): void {
    const added = pathsByBlob(addedPaths, addedBlobs);
    for (const [blob, from] of pathsByBlob(deletedPaths, deletedBlobs)) {
      const to = added.get(blob);
      if (to) for (const [a, b] of pairMoves(from, to, paths)) for (const value of [commits - 1, a, b]) renames.push(value);
    }
  }

  return {
    count: () => commits,
    /** Takes in the commit whose mark stands at `at`. Returns its end, or -1 when that is not in `data[0 .. length]`; a NUL stands behind those. */
    commit(data: Buffer, at: number, length: number): number {
      let end = at;
      for (let field = 0; field < messageField; field++) {
        end++;
        while (data[end] !== 0) end++;
        if (end >= length) return -1;
        ends[field] = end;
      }
      const message = end + 1;
      end = message;
      while (data[end] !== 0) end++;
      if (end >= length) return -1;
      closeCommit();
      const [id = 0, parents = 0, authorTime = 0, committerTime = 0, , email = 0] = ends;
      if (commits === 0) idBytes = (id - at - 1) / 2;
      ids.appendHex(data, at + 1, id);
      parentOffsets.push(parentIds.length / idBytes);
      parentIds.appendHex(data, id + 1, parents);
      authorTimes.push(seconds(data, parents + 1, authorTime));
      committerTimes.push(seconds(data, authorTime + 1, committerTime));
      authors.push(person(data, committerTime + 1, email));
      const longest = Math.min(end, message + maxSubjectBytes);
      let subjectEnd = message;
      while (subjectEnd < longest && data[subjectEnd] !== LINE_FEED) subjectEnd++;
      subjectOffsets.push(subjectBytes.length);
      subjectBytes.append(data, message, subjectEnd);
      coAuthorOffsets.push(coAuthors.length);
      keyOffsets.push(keys.length);
      const facts = readMessage(data, message, end);
      if (facts !== null) keep(facts);
      fileOffsets.push(files.length);
      commits++;
      return end + 1;
    },
    /** Takes in a touched path, `:100644 100644 <old id> <new id> M` NUL path NUL, whose colon stands at `at`. Returns its end, or -1 as above. */
    touch(data: Buffer, at: number, length: number): number {
      const metaEnd = at + 18 + 4 * idBytes;
      if (metaEnd >= length) return -1;
      if (data[metaEnd] !== NUL) throw unexpected(data, at);
      let end = metaEnd + 1;
      while (data[end] !== 0) end++;
      if (end >= length) return -1;
      // The NUL is the one that stands for the end of the stream.
      if (end === metaEnd + 1) throw new Error(cutShort);
      const path = pathIds.idOf(data, metaEnd + 1, end);
      if (path === paths.length) paths.push(pathText(data.subarray(metaEnd + 1, end)));
      const letter = data[metaEnd - 1];
      files.push(path);
      statuses.push(letter === LETTER_A ? touch.added : letter === LETTER_D ? touch.deleted : touch.modified);
      if (letter === LETTER_A) {
        addedPaths.push(path);
        addedBlobs.append(data, metaEnd - 2 - 2 * idBytes, metaEnd - 2);
      } else if (letter === LETTER_D) {
        deletedPaths.push(path);
        deletedBlobs.append(data, at + 15, at + 15 + 2 * idBytes);
      }
      return end + 1;
    },
    finish(): ParsedLog {
      closeCommit();
      parentOffsets.push(parentIds.length / idBytes);
      subjectOffsets.push(subjectBytes.length);
      coAuthorOffsets.push(coAuthors.length);
      keyOffsets.push(keys.length);
      fileOffsets.push(files.length);
      return {
        idBytes,
        ids: ids.toArray(),
        parentIds: parentIds.toArray(),
        parentOffsets: parentOffsets.toArray(),
        committerTimes: committerTimes.toArray(),
        authorTimes: authorTimes.toArray(),
        authors: authors.toArray(),
        subjectOffsets: subjectOffsets.toArray(),
        subjectBytes: subjectBytes.toArray(),
        people: people.values.map(identityIn),
        coAuthors: { offsets: coAuthorOffsets.toArray(), values: coAuthors.toArray() },
        keys: { offsets: keyOffsets.toArray(), values: keys.toArray() },
        keyNames: keyNames.values,
        reverts,
        paths,
        fileOffsets: fileOffsets.toArray(),
        files: files.toArray(),
        statuses: statuses.toArray(),
        renames: renames.toArray(),
      };
    },
  };
}

function interner() {
  const known = new Map<string, number>();
  const values: string[] = [];
  return {
    values,
    id(value: string): number {
      const found = known.get(value);
      if (found !== undefined) return found;
      known.set(value, values.length);
      return values.push(value) - 1;
    },
  };
}

function identityIn(text: string): Identity {
  const [name = "", email = ""] = text.split("\0");
  return { name, email };
}

/** Zero where git prints something that is no time. */
function seconds(data: Uint8Array, from: number, to: number): number {
  const negative = data[from] === HYPHEN;
  let value = 0;
  for (let at = negative ? from + 1 : from; at < to; at++) {
    const digit = (data[at] ?? 0) - DIGIT_ZERO;
    if (digit < 0 || digit > 9) return 0;
    value = value * 10 + digit;
  }
  return !Number.isSafeInteger(value) || value === 0 ? 0 : negative ? -value : value;
}

/** Empty files are all alike, which says nothing. */
function pathsByBlob(paths: readonly number[], blobs: ByteColumn): Map<string, number[]> {
  const byBlob = new Map<string, number[]>();
  const all = Buffer.from(blobs.toArray()).toString("latin1");
  const length = all.length / paths.length;
  for (const [index, path] of paths.entries()) {
    const blob = all.slice(index * length, (index + 1) * length);
    if (emptyBlobs.has(blob)) continue;
    const same = byBlob.get(blob);
    if (same) same.push(path);
    else byBlob.set(blob, [path]);
  }
  return byBlob;
}

/** A path as text; bytes that are not UTF-8 become `\xNN`, and so does a backslash that looks like one, so that two different paths never become one. */
function pathText(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  if (!text.includes("\ufffd")) return text.includes("\\x") ? text.replace(/\\(?=x[0-9a-f]{2})/g, "\\x5c") : text;
  return Array.from(bytes, (byte) =>
    byte < 128 && byte !== BACKSLASH ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`,
  ).join("");
}

/** Pairs deleted and added paths of the same content: same file name first, then in order. */
function pairMoves(from: readonly number[], to: readonly number[], paths: readonly string[]): [number, number][] {
  const only = { from: from[0], to: to[0] };
  if (from.length === 1 && to.length === 1 && only.from !== undefined && only.to !== undefined) return [[only.from, only.to]];
  const byName = new Map<string, number[]>();
  for (const target of to) {
    const sameName = byName.get(fileName(paths[target]));
    if (sameName) sameName.push(target);
    else byName.set(fileName(paths[target]), [target]);
  }
  const free = new Set(to);
  const pairs: [number, number][] = [];
  const later: number[] = [];
  for (const source of from) {
    const match = byName.get(fileName(paths[source]))?.shift();
    if (match === undefined) later.push(source);
    else {
      pairs.push([source, match]);
      free.delete(match);
    }
  }
  const targets = [...free];
  for (const [index, source] of later.entries()) {
    const target = targets[index];
    if (target !== undefined) pairs.push([source, target]);
  }
  return pairs;
}

function fileName(path: string | undefined): string {
  return path === undefined ? "" : path.slice(path.lastIndexOf("/") + 1);
}
