/** Parses the byte stream of `git log --raw -z` into columns. One pass, no copy of the stream; what it keeps is what `History` holds. */
import type { History, Identity } from "#model/history.js";
import { touch } from "#model/history.js";
import { ByteColumn, Float64Column, Int32Column } from "#util/growable.js";

/** Fields per commit, each ended by NUL: id, parents, author time, committer time, author name, author e-mail, message. */
export const logFormat = "%x01%H%x00%P%x00%at%x00%ct%x00%aN%x00%aE%x00%B";

export interface LogParser {
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
const maxSubjectBytes = 200;
const emptyBlobs = new Set([
  "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
  "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
]);

export function createLogParser(): LogParser {
  const columns = emptyColumns();
  const fields: Buffer[] = [];
  /** Chunks of a token that has not ended yet; joined once, when it does. */
  let rest: Buffer[] = [];
  let expectsPath: { status: number; id: string } | null = null;
  const moves: Moves = { added: new Map(), deleted: new Map() };

  function token(bytes: Buffer): void {
    if (expectsPath !== null) {
      columns.touch(bytes, expectsPath.status, expectsPath.id, moves);
      expectsPath = null;
    } else if (fields.length > 0) {
      fields.push(bytes);
      if (fields.length === 7) {
        columns.commit(fields);
        fields.length = 0;
      }
    } else if (bytes[0] === COMMIT_MARK) {
      columns.closeCommit(moves);
      fields.push(bytes.subarray(1));
    } else if (bytes[0] === COLON || (bytes[0] === LINE_FEED && bytes[1] === COLON)) {
      expectsPath = readMeta(bytes);
    } else if (bytes.length > 0) {
      throw new Error(`unexpected output of git log: ${JSON.stringify(bytes.subarray(0, 60).toString("latin1"))}`);
    }
  }

  return {
    push(chunk) {
      let end = chunk.indexOf(NUL);
      if (end < 0) {
        rest.push(chunk);
        return;
      }
      token(rest.length === 0 ? chunk.subarray(0, end) : Buffer.concat([...rest, chunk.subarray(0, end)]));
      let start = end + 1;
      for (end = chunk.indexOf(NUL, start); end >= 0; end = chunk.indexOf(NUL, start)) {
        token(chunk.subarray(start, end));
        start = end + 1;
      }
      rest = start < chunk.length ? [chunk.subarray(start)] : [];
    },
    commits: () => columns.count(),
    end() {
      // The last message has no NUL behind it when its commit touched nothing.
      if (rest.length > 0) token(Buffer.concat(rest));
      if (fields.length > 0 || expectsPath !== null) throw new Error("the output of git log ends inside of a commit");
      columns.closeCommit(moves);
      return columns.finish();
    },
  };
}

interface Moves {
  readonly added: Map<string, number[]>;
  readonly deleted: Map<string, number[]>;
}

/** `:100644 100644 <old id> <new id> M`, maybe after a line feed. */
function readMeta(bytes: Buffer): { status: number; id: string } {
  const letter = String.fromCharCode(bytes[bytes.length - 1] ?? 0);
  const start = bytes[0] === LINE_FEED ? 1 : 0;
  if (letter !== "A" && letter !== "D") return { status: touch.modified, id: "" };
  const idLength = (bytes.length - start - 18) / 2;
  const at = start + 15 + (letter === "A" ? idLength + 1 : 0);
  const id = bytes.toString("latin1", at, at + idLength);
  return { status: letter === "A" ? touch.added : touch.deleted, id };
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
  const people = interner<Identity>();
  const paths = interner<string>();
  const keyNames = interner<string>();
  const coAuthorOffsets = new Int32Column();
  const coAuthors = new Int32Column();
  const keyOffsets = new Int32Column();
  const keys = new Int32Column();
  const reverts: [number, string][] = [];
  const fileOffsets = new Int32Column();
  const files = new Int32Column();
  const statuses = new ByteColumn();
  const renames = new Int32Column();
  let commits = 0;

  function person(name: Buffer, email: Buffer): number {
    const key = `${name.toString("latin1")}\0${email.toString("latin1")}`;
    return people.id(key, () => ({ name: name.toString("utf8").trim(), email: email.toString("utf8").trim() }));
  }

  return {
    count: () => commits,
    commit(fields: readonly Buffer[]): void {
      const [id, parents, authorTime, committerTime, name, email, message] = fields as readonly [
        Buffer,
        Buffer,
        Buffer,
        Buffer,
        Buffer,
        Buffer,
        Buffer,
      ];
      if (commits === 0) idBytes = id.length / 2;
      ids.appendHex(id);
      parentOffsets.push(parentIds.length / idBytes);
      parentIds.appendHex(parents);
      authorTimes.push(seconds(authorTime));
      committerTimes.push(seconds(committerTime));
      authors.push(person(name, email));
      const subjectEnd = message.indexOf(LINE_FEED);
      const subject = message.subarray(0, Math.min(subjectEnd < 0 ? message.length : subjectEnd, maxSubjectBytes));
      subjectOffsets.push(subjectBytes.length);
      subjectBytes.append(subject);
      coAuthorOffsets.push(coAuthors.length);
      for (const [coName, coEmail] of readCoAuthors(message)) coAuthors.push(person(Buffer.from(coName), Buffer.from(coEmail)));
      keyOffsets.push(keys.length);
      for (const key of readKeys(message)) keys.push(keyNames.id(key, () => key));
      const reverted = readRevert(message, subject);
      if (reverted !== null) reverts.push([commits, reverted]);
      fileOffsets.push(files.length);
      commits++;
    },
    touch(path: Buffer, status: number, blob: string, moves: Moves): void {
      const id = paths.id(path.toString("latin1"), () => pathText(path));
      files.push(id);
      statuses.push(status);
      if (status === touch.modified || emptyBlobs.has(blob)) return;
      const side = status === touch.added ? moves.added : moves.deleted;
      const same = side.get(blob);
      if (same) same.push(id);
      else side.set(blob, [id]);
    },
    closeCommit(moves: Moves): void {
      if (moves.added.size > 0 && moves.deleted.size > 0) {
        for (const [blob, from] of moves.deleted) {
          const to = moves.added.get(blob);
          if (to)
            for (const [a, b] of pairMoves(from, to, paths.values)) for (const value of [commits - 1, a, b]) renames.push(value);
        }
      }
      moves.added.clear();
      moves.deleted.clear();
    },
    finish(): ParsedLog {
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
        people: people.values,
        coAuthors: { offsets: coAuthorOffsets.toArray(), values: coAuthors.toArray() },
        keys: { offsets: keyOffsets.toArray(), values: keys.toArray() },
        keyNames: keyNames.values,
        reverts,
        paths: paths.values,
        fileOffsets: fileOffsets.toArray(),
        files: files.toArray(),
        statuses: statuses.toArray(),
        renames: renames.toArray(),
      };
    },
  };
}

function interner<Value>() {
  const known = new Map<string, number>();
  const values: Value[] = [];
  return {
    values,
    id(key: string, make: () => Value): number {
      const found = known.get(key);
      if (found !== undefined) return found;
      known.set(key, values.length);
      values.push(make());
      return values.length - 1;
    },
  };
}

/** Zero where git prints something that is no time. */
function seconds(text: Buffer): number {
  const value = Number(text.toString("latin1"));
  return Number.isSafeInteger(value) ? value : 0;
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

/** Bytes at the end of a message that are searched for trailers. */
const maxTrailerBytes = 64 * 1024;

function readCoAuthors(message: Buffer): [string, string][] {
  if (message.indexOf("uthored-") < 0 && message.indexOf("UTHORED-") < 0) return [];
  const found = new Map<string, [string, string]>();
  for (const line of message.subarray(-maxTrailerBytes).toString("utf8").split("\n")) {
    const match = /^\s{0,8}co-authored-by:([^<]{0,200})<([^>]{0,200})>/i.exec(line.slice(0, 500));
    if (match?.[1] !== undefined && match[2] !== undefined)
      found.set(match[2].trim().toLowerCase(), [match[1].trim(), match[2].trim()]);
  }
  return [...found.values()];
}

/** Standards, encodings, versions and times (`V2-1`, `T10-30`) that look like a ticket. */
const noTicket =
  /^(?:UTF|SHA|MD|ISO|CVE|CWE|RFC|HTTP|TLS|SSL|GPL|LGPL|AGPL|MIT|BSD|AES|RSA|EC|ES|IPV|COVID|GHSA|PEP|JEP|KB|UCS|CP|RC|ALPHA|BETA|LATIN|BASE|ARM|AMD|PR|GH|NODE|PHP|JAVA|JDK|GPT|TOPS|[A-Z])[0-9]*-/;
const longMessage = 1000;

/** Ticket keys (`SHOP-12`), references to another repository's pull request (`owner/repo#12`) and Gerrit Change-Ids; from both ends of long messages. */
function readKeys(message: Buffer): Set<string> {
  const keys = new Set<string>();
  const text =
    message.length <= longMessage
      ? message.toString("latin1")
      : `${message.toString("latin1", 0, longMessage / 2)}\n${message.toString("latin1", message.length - longMessage / 2)}`;
  for (let at = text.indexOf("-"); at >= 0; at = text.indexOf("-", at + 1)) {
    if (!isFirstDigit(text.charCodeAt(at + 1)) || !isUpperOrDigit(text.charCodeAt(at - 1))) continue;
    const key = matchAround(
      text,
      at,
      /(?:^|[^A-Za-z0-9_./-])([A-Z][A-Z0-9]{1,9})$/,
      /^-[1-9][0-9]{0,6}(?![A-Za-z0-9_.-]*[A-Za-z0-9_])/,
    );
    if (key !== null && !noTicket.test(key)) keys.add(key);
  }
  for (let at = text.indexOf("#"); at > 0; at = text.indexOf("#", at + 1)) {
    if (!isFirstDigit(text.charCodeAt(at + 1))) continue;
    const key = matchAround(
      text,
      at,
      /(?:^|[^A-Za-z0-9_./-])([A-Za-z0-9][\w.-]{0,38}\/[\w.-]{1,60})$/,
      /^#[1-9][0-9]{0,6}(?![A-Za-z0-9_])/,
    );
    if (key !== null) keys.add(key);
  }
  const changeId = text.lastIndexOf("\nChange-Id: I");
  if (changeId >= 0) {
    const id = /^I[0-9a-f]{40}(?![0-9a-f])/.exec(text.slice(changeId + 12, changeId + 60));
    if (id) keys.add(id[0]);
  }
  return keys;
}

/** What stands before (first group) and after the character at `at`, joined; both looks are short. */
function matchAround(text: string, at: number, before: RegExp, after: RegExp): string | null {
  const left = before.exec(text.slice(Math.max(0, at - 102), at));
  const right = left && after.exec(text.slice(at, at + 40));
  return left?.[1] !== undefined && right ? left[1] + right[0] : null;
}

const isFirstDigit = (code: number): boolean => code >= 49 && code <= 57;
const isUpperOrDigit = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 48 && code <= 57);

const revertMark = "This reverts commit ";

/** What a commit reverts: a commit id, or `subject:` and the subject of the reverted commit. */
function readRevert(message: Buffer, subject: Buffer): string | null {
  const at = message.indexOf(revertMark);
  if (at >= 0) {
    const id = /^[0-9a-f]{7,64}/.exec(message.toString("latin1", at + revertMark.length, at + revertMark.length + 64));
    if (id) return id[0];
  }
  if (subject.toString("latin1", 0, 8) !== 'Revert "') return null;
  const quoted = /^Revert "(.+)"/.exec(subject.toString("utf8"));
  return quoted?.[1] === undefined ? null : `subject:${quoted[1]}`;
}
