/** Files that appear whole or not at all. */
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fchmodSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Permissions of a new file and of the folders that are made for it, before the umask. */
export interface Permissions {
  readonly file: number;
  /** Whether the file gets its permissions whatever the umask is. */
  readonly exact?: boolean;
  readonly folder: number;
}

const onlyOwner: Permissions = { file: 0o600, folder: 0o700 };

/** @throws what the file system says; nothing is left behind then. */
export function writeAtomically(file: string, parts: Iterable<Uint8Array>, permissions: Permissions = onlyOwner): void {
  makeFolder(dirname(file), permissions.folder);
  // Two containers that share a cache may have the same process id.
  const temporary = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const descriptor = openSync(temporary, "wx", permissions.file);
    try {
      if (permissions.exact === true) fchmodSync(descriptor, permissions.file);
      for (const part of parts) for (let at = 0; at < part.length; ) at += writeSync(descriptor, part, at);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Step by step: `recursive` never ends where a file system refuses new folders with ENOENT, as /proc does (Node 20). */
function makeFolder(folder: string, mode: number): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another run may have been faster.
    if (!existsSync(folder)) throw error;
  }
}
