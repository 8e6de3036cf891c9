/** Where results go and how the terminal looks. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  writeSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve, sep } from "node:path";
import { unwritable, writeWhole } from "#run/write-files.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { type Piece, pieceBytes } from "#util/piece-bytes.js";
import { uninterrupted } from "./interrupt.js";

export interface CommonOptions {
  readonly format?: "text" | "json" | "markdown" | "html" | "sarif" | "github" | "gitlab" | "junit" | "mermaid" | "dot";
  readonly output?: string;
  readonly config?: string;
  readonly cacheDir?: string;
  readonly cache: boolean;
  readonly quiet?: boolean;
  readonly facts?: string;
  readonly window?: string;
  readonly changeSet?: string;
  readonly asOf?: string;
  readonly failOn?: "note" | "warning" | "error";
  readonly deploys?: readonly string[];
  readonly traces?: readonly string[];
  readonly work?: readonly string[];
  readonly load?: readonly string[];
  readonly configRepo?: readonly string[];
  readonly people?: "teams" | "handles" | "off";
  readonly only?: "history" | readonly ("boundaries" | "ownership" | "contracts" | "baseline")[];
  readonly path?: string;
  readonly result?: string;
  readonly force?: boolean;
  readonly against?: string;
  readonly strictAccepted?: boolean;
  readonly reason?: string;
  readonly owner?: string;
  readonly until?: string;
  readonly rule?: readonly string[];
  readonly module?: readonly string[];
  readonly prune?: boolean;
  readonly from?: string;
  readonly of?: "modules" | "components";
  readonly edge?: boolean;
}

/** Writes pieces to `--output` or to stdout, waiting where the reader is slower. @throws UsageError when the file cannot be written. */
export async function write(pieces: Iterable<Piece>, output: string | undefined): Promise<void> {
  if (output !== undefined && output !== "-") {
    writeFile(pieces, output);
    return;
  }
  await uninterrupted(async () => {
    // The memory of a part is used again as soon as the next one is asked for.
    for (const bytes of pieceBytes(pieces)) await new Promise<void>((done) => process.stdout.write(bytes, () => done()));
  });
}

/** Devices and pipes are written as they are; a file appears whole or not at all. */
function writeFile(pieces: Iterable<Piece>, output: string): void {
  try {
    if (isPlain(output)) writeWhole(output, pieces);
    else writeThrough(pieces, output);
  } catch (error) {
    throw unwritable(output, error);
  }
}

/** A file that is there or will be, in a folder that is. A link that the caller names is followed, `/dev/stdout` among them. */
function isPlain(output: string): boolean {
  const there = lstatSync(output, { throwIfNoEntry: false });
  return (there === undefined || there.isFile()) && isWritableFolder(dirname(output));
}

function isWritableFolder(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function writeThrough(pieces: Iterable<Piece>, output: string): void {
  const descriptor = openSync(output, "w");
  try {
    for (const bytes of pieceBytes(pieces)) {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    }
  } finally {
    closeSync(descriptor);
  }
}

export interface Terminal {
  readonly columns: number;
  readonly colour: boolean;
}

/** Columns and colour of stdout; colour only on a terminal that has some, or as NO_COLOR and FORCE_COLOR say. */
export function terminal(output: string | undefined): Terminal {
  const { NO_COLOR, FORCE_COLOR, COLUMNS } = process.env;
  const isTerminal = process.stdout.isTTY && (output === undefined || output === "-");
  const forced = FORCE_COLOR === undefined ? null : FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  const colour = NO_COLOR ? false : (forced ?? (isTerminal && !isDumb()));
  const asked = Number(COLUMNS);
  return { columns: (isTerminal ? process.stdout.columns : 0) || (Number.isInteger(asked) && asked > 0 ? asked : 80), colour };
}

/** Such a terminal shows escape sequences instead of following them. */
function isDumb(): boolean {
  return process.env["TERM"] === "dumb";
}

/** A line on stderr that is written over; silent without a terminal that can do so or with `--quiet`. */
export function progressLine(options: CommonOptions): { show: (text: string) => void; done: () => void } {
  if (options.quiet || !process.stderr.isTTY || isDumb()) return { show: () => undefined, done: () => undefined };
  let last = 0;
  let shown = false;
  return {
    show: (text) => {
      const now = Date.now();
      if (now - last < 80) return;
      last = now;
      shown = true;
      process.stderr.write(`\r\x1b[K${printable(text).slice(0, (process.stderr.columns || 80) - 1)}`);
    },
    done: () => {
      if (shown) process.stderr.write("\r\x1b[K");
    },
  };
}

/** Two lines on stderr for what does not touch the result. */
export function warn(message: string, hint: string): void {
  process.stderr.write(`drystone: ${printable(message)}\n  fix: ${printable(hint)}\n`);
}

/**
 * Folder of the cache: `--cache-dir`, else `$XDG_CACHE_HOME/drystone`, else `~/.cache/drystone`; null with `--no-cache`.
 * A folder inside of what is analysed is not used: somebody could have put it there.
 */
export function cacheDirectory(options: CommonOptions, paths: readonly string[]): string | null {
  if (!options.cache) return null;
  const base = process.env["XDG_CACHE_HOME"];
  const folder =
    options.cacheDir !== undefined
      ? resolve(options.cacheDir)
      : base && isAbsolute(base)
        ? join(base, "drystone")
        : join(homedir(), ".cache", "drystone");
  const inside = paths.some((path) => existsSync(path) && isInside(folder, path));
  if (inside) {
    warn("the cache folder lies inside of what is analysed and is not used", "pass --cache-dir with a folder elsewhere");
    return null;
  }
  return folder;
}

function isInside(folder: string, path: string): boolean {
  const root = realpathSync(path);
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const real = realpathSync(existing);
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** @throws UsageError when the file cannot be read. */
export function readInput(file: string, what: string): string {
  if (!existsSync(file)) throw new UsageError("DS-U21", `${printable(file)} does not exist`, `pass ${what}`);
  if (!statSync(file).isFile()) throw new UsageError("DS-U21", `${printable(file)} is no file`, `pass ${what}`);
  return readFileSync(file, "utf8");
}
