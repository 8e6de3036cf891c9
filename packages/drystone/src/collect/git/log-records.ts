/** Takes the records of a log into columns. Few functions, without what happens now and then: a run this short spends a third of its time compiling. */
import { touch } from "#model/history.js";
import { closeMoves, note } from "./exact-moves.js";
import type { LogColumns } from "./log-columns.js";
import { maxSubjectBytes, readCoAuthors, readKeys, readRevert, scanMessage } from "./message.js";

const NUL = 0;
const LINE_FEED = 10;
const COMMIT_MARK = 1;
const HYPHEN = 45;
const DIGIT_ZERO = 48;
const COLON = 58;
const LETTER_A = 65;
const LETTER_D = 68;
const BACKSLASH = 92;
export const cutShort = "the output of git log ends inside of a commit";

/**
 * Takes in the whole records of `data[0 .. length]`, behind which a NUL ends every search, and returns where the next one starts.
 * @throws Error where something else stands there
 */
export function takeRecords(columns: LogColumns, data: Buffer, view: DataView, length: number): number {
  const { pathIds, paths, files, statuses, moves, idBytes } = columns;
  const metaLength = 18 + 4 * idBytes;
  let at = 0;
  while (at < length) {
    const first = data[at];
    if (first === COMMIT_MARK) {
      const end = takeCommit(columns, data, view, at, length);
      if (end < 0) break;
      at = end;
    } else if (first === LINE_FEED || first === NUL) at++;
    else {
      // `:100644 100644 <old id> <new id> M` NUL path NUL
      if (first !== COLON) throw unexpected(data, at);
      const metaEnd = at + metaLength;
      if (metaEnd >= length) break;
      if (data[metaEnd] !== NUL) throw unexpected(data, at);
      const path = pathIds.idOf(view, metaEnd + 1, length);
      if (path < 0) break;
      const { end } = pathIds;
      // The NUL is the one that stands for the end of the stream.
      if (end === metaEnd + 1) throw new Error(cutShort);
      if (path === paths.length) paths.push(pathText(data, metaEnd + 1, end));
      const letter = data[metaEnd - 1];
      columns.touches++;
      files[files.length - columns.touches] = path;
      statuses[statuses.length - columns.touches] =
        letter === LETTER_A ? touch.added : letter === LETTER_D ? touch.deleted : touch.modified;
      if (letter === LETTER_A) note(moves.added, path, view, metaEnd - 2 - 2 * idBytes, 2 * idBytes);
      else if (letter === LETTER_D) note(moves.deleted, path, view, at + 15, 2 * idBytes);
      at = end + 1;
    }
  }
  return at;
}

/** Takes in the commit whose mark stands at `at`. Returns its end, or -1 when that is not in `data[0 .. length]`. */
function takeCommit(columns: LogColumns, data: Buffer, view: DataView, at: number, length: number): number {
  const { idBytes, commits, marks } = columns;
  let end = at + 1 + 2 * idBytes;
  if (end >= length) return -1;
  fromHex(columns.idView, columns.ids.length - (commits + 1) * idBytes, view, at + 1, idBytes);
  if (data[end] !== NUL) throw unexpected(data, at);
  // No branch for the very first commits, which come last: all of this would be compiled again for them.
  let from = end + 1;
  end = nextNul(data, from);
  if (end >= length) return -1;
  const digits = 2 * idBytes;
  // A root has a fraction of one.
  const parents = columns.parents + (((end - from + 1) / (digits + 1)) | 0);
  for (let place = columns.parentIds.length - parents * idBytes; from + digits <= end; place += idBytes) {
    fromHex(columns.parentIdView, place, view, from, idBytes);
    from += digits + 1;
  }
  const authorTime = end + 1;
  end = nextNul(data, authorTime);
  if (end >= length) return -1;
  const row = columns.authors.length - 1 - commits;
  columns.authorTimes[row] = seconds(data, authorTime, end);
  const committerTime = end + 1;
  end = nextNul(data, committerTime);
  if (end >= length) return -1;
  columns.committerTimes[row] = seconds(data, committerTime, end);
  const name = end + 1;
  const person = columns.peopleIds.idOf(view, name, length);
  if (person < 0) return -1;
  end = columns.peopleIds.end;
  if (person === columns.personOf.length) addPerson(columns, data.toString("utf8", name, end));
  const message = end + 1;
  scanMessage(data, message, marks);
  if (marks.end >= length) return -1;
  closeCommit(columns);
  columns.authors[row] = columns.personOf[person] ?? 0;
  columns.parents = parents;
  takeSubject(columns, data, message, Math.min(marks.subjectEnd, message + maxSubjectBytes));
  if (marks.mayHaveKey || marks.mayHaveTrailer || marks.mayRevert) keepMessage(columns, data.subarray(message, marks.end));
  columns.commits = commits + 1;
  return marks.end + 1;
}

/** Notes how much there is up to the commit that is read last: what comes now stands before it. */
export function closeCommit(columns: LogColumns): void {
  const { commits, touches, files, statuses, fileOffsets, moves } = columns;
  const row = fileOffsets.length - 1 - commits;
  columns.parentOffsets[row] = columns.parents;
  columns.subjectOffsets[row] = columns.subjectLength;
  columns.coAuthorOffsets[row] = columns.coAuthors.length;
  columns.keyOffsets[row] = columns.keys.length;
  fileOffsets[row] = touches;
  // Its files stand the other way round.
  let low = files.length - touches;
  let high = files.length - 1 - (commits === 0 ? 0 : (fileOffsets[row + 1] ?? 0));
  for (; low < high; low++, high--) {
    const path = files[low] ?? 0;
    const status = statuses[low] ?? 0;
    files[low] = files[high] ?? 0;
    statuses[low] = statuses[high] ?? 0;
    files[high] = path;
    statuses[high] = status;
  }
  if (moves.added.used + moves.deleted.used > 0) closeMoves(moves, commits - 1, columns.paths);
}

function nextNul(data: Buffer, from: number): number {
  let end = from;
  while (data[end] !== NUL) end++;
  return end;
}

function takeSubject(columns: LogColumns, data: Buffer, from: number, to: number): void {
  const { subjectBytes } = columns;
  columns.subjectLength += to - from;
  let end = subjectBytes.length - columns.subjectLength;
  for (let at = from; at < to; at++) subjectBytes[end++] = data[at] ?? 0;
}

/** Writes the `bytes` bytes, a multiple of four, that the lower-case digits from `from` on stand for: eight digits at a time. */
function fromHex(into: DataView, start: number, data: DataView, from: number, bytes: number): void {
  let at = from;
  for (let to = start; to < start + bytes; to += 4) {
    into.setInt32(to, halfWord(data.getInt32(at, true)) | (halfWord(data.getInt32(at + 4, true)) << 16), true);
    at += 8;
  }
}

/** Two bytes of the four digits that a word holds. */
function halfWord(digits: number): number {
  const values = (digits & 0x0f0f0f0f) + Math.imul((digits >>> 6) & 0x01010101, 9);
  const bytes = (values << 4) | (values >>> 8);
  return (bytes & 0xff) | ((bytes >>> 8) & 0xff00);
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

/** Numbers the person that `peopleIds` has just met: name, line feed, address. */
function addPerson(columns: LogColumns, text: string): void {
  const [name = "", email = ""] = text.split("\n");
  columns.personOf.push(columns.people.id(`${name.trim()}\n${email.trim()}`));
}

/** What the message of the commit that is being read says. */
function keepMessage(columns: LogColumns, message: Buffer): void {
  const { marks } = columns;
  if (marks.mayHaveTrailer) keepCoAuthors(columns, message);
  if (marks.mayHaveKey) keepKeys(columns, message);
  if (marks.mayRevert) keepReverts(columns, message);
}

function keepCoAuthors(columns: LogColumns, message: Buffer): void {
  const people = readCoAuthors(message).map(([name, email]) => columns.people.id(`${name}\n${email}`));
  columns.coAuthors.push(...people.reverse());
}

function keepKeys(columns: LogColumns, message: Buffer): void {
  const keys = Array.from(readKeys(message), (key) => columns.keyNames.id(key));
  columns.keys.push(...keys.reverse());
}

function keepReverts(columns: LogColumns, message: Buffer): void {
  for (const reverted of readRevert(message)) columns.reverts.push([columns.commits, reverted]);
}

/** A path as text; bytes that are not UTF-8 become `\xNN`, and so does a backslash that looks like one, so that two different paths never become one. */
function pathText(data: Buffer, from: number, to: number): string {
  const text = data.toString("utf8", from, to);
  if (!text.includes("\ufffd")) return text.includes("\\x") ? text.replace(/\\(?=x[0-9a-f]{2})/g, "\\x5c") : text;
  return Array.from(data.subarray(from, to), (byte) =>
    byte < 128 && byte !== BACKSLASH ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`,
  ).join("");
}

/** Bytes of an id, as the first commit has it. */
export function idBytesIn(data: Buffer): number {
  const bytes = (data.indexOf(NUL) - 1) / 2;
  if (data[0] !== COMMIT_MARK || (bytes !== 20 && bytes !== 32)) throw unexpected(data, 0);
  return bytes;
}

function unexpected(data: Buffer, at: number): Error {
  const end = data.indexOf(NUL, at);
  const token = data.toString("latin1", at, Math.min(end < 0 ? data.length : end, at + 60));
  return new Error(`unexpected output of git log: ${JSON.stringify(token)}`);
}
