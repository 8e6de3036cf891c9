/** What we write into folders of others: whole or not at all, and never through a link that somebody put there. */
import { lstatSync, rmSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { readRegularFile, writeAtomically } from "#collect/cache/index.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { type Piece, pieceBytes } from "#util/piece-bytes.js";

export interface WrittenFile {
  /** Below the root, with `/`. */
  readonly path: string;
  /** Null takes the file away. */
  readonly text: string | null;
}

/**
 * Looks at all ways first, so that a link in the way of one file keeps all from being written.
 * @param root named by the caller; it may be a link itself. @throws UsageError for a link below it, and for what the file system refuses.
 */
export function writeInside(root: string, files: readonly WrittenFile[]): void {
  for (const { path } of files) requireNoLink(root, path);
  for (const { path, text } of files) {
    const file = join(root, path);
    try {
      if (text === null) rmSync(file, { force: true });
      else writeWhole(file, [text]);
    } catch (error) {
      throw unwritable(file, error);
    }
  }
}

/**
 * As `writeInside`, for files that people may have written meanwhile. Equal ones are left alone.
 * @param replace else another content in the way is an error and nothing is written. @throws UsageError
 */
export function writeNew(root: string, files: readonly (WrittenFile & { readonly text: string })[], replace: boolean): void {
  const changed = files.filter(({ path, text }) => readRegularFile(join(root, path), maxBytes)?.toString("utf8") !== text);
  for (const { path } of changed) requireNoLink(root, path);
  const inTheWay = changed.find(({ path }) => lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined);
  if (inTheWay !== undefined && !replace) {
    throw new UsageError(
      "DS-U47",
      `${printable(join(root, inTheWay.path))} exists already and differs; nothing was written`,
      "pass another --output, or replace it with --force",
    );
  }
  writeInside(root, changed);
}

/** Larger than anything that we write. */
const maxBytes = 16 * 1024 * 1024;

/** The file keeps its permissions. @throws what the file system says; the file is as it was then. */
export function writeWhole(file: string, pieces: Iterable<Piece>): void {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  const permissions = mode === undefined ? { file: 0o666 } : { file: mode & 0o777, exact: true };
  writeAtomically(file, pieceBytes(pieces), { ...permissions, folder: 0o777 });
}

/** Two lines for a person instead of a stack. */
export function unwritable(file: string, error: unknown): UsageError {
  const reason = error instanceof Error && "code" in error ? String(error.code) : "error";
  const hint =
    reason === "ENOSPC" || reason === "EDQUOT" || reason === "EFBIG"
      ? "make room for it; what stood there is as it was"
      : "pass a file in a folder that exists and is writable";
  return new UsageError("DS-U20", `${printable(file)} cannot be written (${reason})`, hint);
}

function requireNoLink(root: string, path: string): void {
  const parts = path.split("/");
  if (parts.some((part) => part === ".." || part === "" || part.includes("\0") || (sep !== "/" && part.includes(sep))))
    throw new UsageError("DS-U36", `${printable(path)} leads out of ${printable(root)}`, "give it a name without /, .. and \\0");
  for (const [index] of parts.entries()) {
    const way = join(root, ...parts.slice(0, index + 1));
    if (lstatSync(way, { throwIfNoEntry: false })?.isSymbolicLink() === true)
      throw new UsageError(
        "DS-U36",
        `${printable(parts.slice(0, index + 1).join("/"))} is a symbolic link; nothing is written through links`,
        "replace it by a file or folder",
      );
  }
}
