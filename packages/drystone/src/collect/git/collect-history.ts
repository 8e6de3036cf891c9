/** Collects the history of one clone: from the store, from git, or from both. */
import { createHash, randomBytes } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, realpathSync, statfsSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { History } from "#model/history.js";
import { gitInto, gitStream } from "./git.js";
import { readStore, type StoredHistory, writeStore } from "./history-store.js";
import { type Increment, toIncrement } from "./increment.js";
import { createLogParser, logFormat } from "./log-parser.js";
import { withMailmap } from "./mailmap.js";
import { type Columns, mergedHistory } from "./merged-history.js";
import { oldestFirst } from "./oldest-first.js";
import type { Clone, CloneState } from "./repository.js";

export interface HistoryOptions {
  /** Folder of the cache; null neither reads nor writes one. */
  readonly cacheDirectory: string | null;
  /** Told how far reading is, in words, now and then. */
  readonly progress?: (read: string) => void;
  /** Told why the cache could not be written; the run goes on. */
  readonly onCacheFailure?: (reason: string) => void;
}

const logArguments = [
  "log",
  "--raw",
  "--no-renames",
  "--no-abbrev",
  "-z",
  "--encoding=UTF-8",
  "--no-color",
  "--no-show-signature",
  "--no-diff-merges",
  "--no-relative",
  "--no-ext-diff",
  "--no-textconv",
  // Stronger than what .gitmodules says, which would be read from a work tree.
  "--ignore-submodules=none",
  `--format=${logFormat}`,
];

/**
 * The history behind HEAD, exact whatever part of it comes from the store.
 * @throws Error with git's words when git stops before the end or a parent is missing: a prefix is never taken for the whole.
 */
export async function collectHistory(
  clone: Clone,
  state: CloneState & { head: string },
  options: HistoryOptions,
): Promise<History> {
  const file = options.cacheDirectory === null ? null : storeFile(options.cacheDirectory, clone);
  const stored = file === null ? null : readStore(file, state.signature);
  const columns = stored?.tip === state.head ? stored.columns : await readColumns(clone, state, stored, options);
  if (file !== null && columns !== stored?.columns) keep(file, state, columns, options);
  return withMailmap({ repository: clone.id, ...oldestFirst(columns) }, clone, state.mailmap);
}

async function readColumns(
  clone: Clone,
  state: CloneState & { head: string },
  stored: StoredHistory | null,
  options: HistoryOptions,
): Promise<Columns> {
  // Git may no longer have the commit up to which the store goes; where something else is wrong, reading all tells.
  const news = stored === null ? null : await readIncrement(clone, `${stored.tip}..${state.head}`, options).catch(() => null);
  return stored !== null && news !== null
    ? mergedHistory(stored.columns, news, state.head)
    : mergedHistory(null, await readIncrement(clone, state.head, options), state.head);
}

function storeFile(cacheDirectory: string, clone: Clone): string {
  const key = createHash("sha256").update(realpathSync(clone.gitDirectory)).digest("hex").slice(0, 32);
  return join(cacheDirectory, "history", `${key}.bin`);
}

/** Writes the whole history in canonical order, so that the next run has nothing to merge: the file is replaced as a whole in any case. */
function keep(file: string, state: CloneState & { head: string }, columns: Columns, options: HistoryOptions): void {
  try {
    writeStore(file, state.signature, { tip: state.head, columns });
  } catch (error) {
    options.onCacheFailure?.(error instanceof Error ? error.message : String(error));
  }
}

/** After a chunk smaller than this, the next ones gather for a moment: a wake-up costs as much as reading forty kilobytes. The pipe holds more than git fills then. */
const largeChunk = 16 * 1024;
const gatherMilliseconds = 2;

async function readIncrement(clone: Clone, range: string, options: HistoryOptions): Promise<Increment> {
  // A bare view reads nothing of the work tree.
  const args = ["-c", "core.bare=true", ...logArguments, range, "--"];
  const spooled = range.includes("..") ? null : await readSpooled(clone, args, options);
  return spooled ?? readPiped(clone, args, options);
}

/** Free space below which the log is not put into a file first, in bytes. */
const leastFree = 2 ** 31;
const spoolChunk = 256 * 1024;
const lookMilliseconds = 100;

/**
 * Lets git write into a nameless temporary file and parses it afterwards: two processes that run at once on one core's two threads slow each
 * other more than a pipe is worth (docs/decisions/0003). Null where there is no room or git fails: then the pipe tells.
 */
async function readSpooled(clone: Clone, args: readonly string[], options: HistoryOptions): Promise<Increment | null> {
  const spool = openSpool();
  if (spool === null) return null;
  try {
    const child = gitInto(clone.gitDirectory, args, spool);
    const look = setInterval(
      () => options.progress?.(`${Math.round(fstatSync(spool).size / 1e6)} MB of history`),
      lookMilliseconds,
    );
    const status = await new Promise<number | null>((done) => {
      child.on("error", () => done(null));
      child.on("close", (code) => done(code));
    }).finally(() => clearInterval(look));
    if (status !== 0) return null;
    const parser = createLogParser();
    const chunk = Buffer.allocUnsafeSlow(spoolChunk);
    for (let at = 0; ; ) {
      const read = readSync(spool, chunk, 0, spoolChunk, at);
      if (read === 0) break;
      at += read;
      parser.push(chunk.subarray(0, read));
    }
    return toIncrement(parser.end());
  } finally {
    closeSync(spool);
  }
}

/** A file without a name: nothing stays behind, however the run ends. Null where none can be had. */
function openSpool(): number | null {
  try {
    const { bavail, bsize } = statfsSync(tmpdir());
    if (bavail * bsize < leastFree) return null;
    const file = join(tmpdir(), `drystone-${randomBytes(8).toString("hex")}.log`);
    const descriptor = openSync(file, "wx+", 0o600);
    unlinkSync(file);
    return descriptor;
  } catch {
    return null;
  }
}

async function readPiped(clone: Clone, args: readonly string[], options: HistoryOptions): Promise<Increment> {
  const parser = createLogParser();
  const child = gitStream(clone.gitDirectory, args);
  let stderr = "";
  let failure: Error | null = null;
  child.stderr.on("data", (chunk: Buffer) => {
    if (stderr.length < 4000) stderr += chunk.toString("utf8");
  });
  child.stdout.on("data", (chunk: Buffer) => {
    if (failure !== null) return;
    try {
      parser.push(chunk);
      options.progress?.(`${parser.commits()} commits`);
      if (chunk.length < largeChunk) {
        child.stdout.pause();
        setTimeout(() => child.stdout.resume(), gatherMilliseconds);
      }
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      child.kill();
    }
  });
  const status = await new Promise<number | null>((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => done(code));
  });
  if (failure !== null) throw failure;
  if (status !== 0) throw new Error(`git log stopped before the end: ${reasonIn(stderr)}`);
  return toIncrement(parser.end());
}

/** The line that ended it; hints and warnings may stand before. */
function reasonIn(stderr: string): string {
  const lines = stderr.trim().split("\n");
  return lines.find((line) => line.startsWith("fatal: ")) ?? lines.find((line) => line.startsWith("error: ")) ?? lines[0] ?? "";
}
