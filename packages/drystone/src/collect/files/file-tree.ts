/** The files of one repository: of its work tree where there is one, else of HEAD. Regular files only: no link is followed, no submodule entered. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { Problem } from "#model/facts.js";
import { git } from "../git/index.js";
import { textOf } from "./text-of.js";

/** Larger files are not read as configuration, unless the caller says so. */
const maxFileBytes = 2 * 1024 * 1024;

export interface ReadOptions {
  /** Larger files are left out; 2 MB when not given. Lock files may be longer than what people write. */
  readonly maxBytes?: number;
  /** For files that are looked into on the off-chance: what cannot be read is no problem then. */
  readonly quiet?: boolean;
}

export interface FileTree {
  readonly repository: string;
  /** Paths relative to the root with `/`, sorted by code unit. */
  readonly paths: readonly string[];
  /** Texts by path, read as UTF-8. What is too large, binary or gone is left out and becomes a problem. */
  read(paths: readonly string[], options?: ReadOptions): Map<string, string>;
  readonly problems: readonly Problem[];
  /** What changes whenever a file does, without reading it; left out where nothing tells. `stampSize` numbers per path, -1 for a file that is gone. */
  readonly stamps?: (paths: readonly string[]) => Float64Array;
}

/** Size, milliseconds since 1970 of the last change of the content and of the state, number of the file. */
export const stampSize = 4;

/** Reads tracked and untracked, not ignored files of a work tree. @param others roots of work trees that are read as well. */
export function workTree(repository: string, gitDirectory: string, root: string, others: readonly string[] = []): FileTree {
  const listed = git(
    gitDirectory,
    [`--work-tree=${root}`, "ls-files", "-z", "-t", "--stage", "--cached", "--others", "--exclude-standard", "--", ":/"],
    { cwd: root },
  );
  const paths = new Set<string>();
  const inside = new Set<string>();
  // `? PATH` for what git does not know yet, `H MODE ID STAGE<tab>PATH` for the rest.
  for (const entry of records(listed.stdout)) {
    if (entry.startsWith("? ")) {
      if (entry.endsWith("/")) inside.add(entry.slice(2, -1));
      else paths.add(entry.slice(2));
    } else if (entry.startsWith("100", 2)) paths.add(entry.slice(entry.indexOf("\t") + 1));
    else if (entry.startsWith("160", 2)) inside.add(entry.slice(entry.indexOf("\t") + 1));
  }
  const problems = othersInside([...inside].filter((folder) => !others.includes(join(root, folder))).sort());
  const refuse = refuseInto(problems);
  return {
    repository,
    paths: [...paths].sort(),
    problems,
    read: (wanted, options = {}) =>
      readEach(wanted, options.quiet ? saysNothing : refuse, insideOnly(root, options.maxBytes ?? maxFileBytes)),
    stamps: (wanted) => stampsIn(root, wanted),
  };
}

/** Submodules, and clones that stand in the work tree. */
function othersInside(folders: readonly string[]): Problem[] {
  const [path] = folders;
  if (path === undefined) return [];
  const more = folders.length > 1 ? ` and ${folders.length - 1} more` : "";
  return [
    {
      path,
      line: null,
      message: `${path}${more}: a repository of its own inside this one is not read`,
      hint: "where it is part of the system, pass its folder as well",
    },
  ];
}

/** The time of the last change of its state cannot be set back by programs. */
function stampsIn(root: string, paths: readonly string[]): Float64Array {
  const stamps = new Float64Array(paths.length * stampSize).fill(-1);
  for (const [index, path] of paths.entries()) {
    const stat = lstatSync(`${root}/${path}`, { throwIfNoEntry: false });
    if (stat?.isFile()) stamps.set([stat.size, stat.mtimeMs, stat.ctimeMs, stat.ino], index * stampSize);
  }
  return stamps;
}

/** Reads the files of a revision from the object store: HEAD for bare repositories and clones without a checkout, or a commit id to compare with. */
export function headTree(repository: string, gitDirectory: string, revision = "HEAD"): FileTree {
  const listed = git(gitDirectory, ["ls-tree", "-r", "-z", "--full-tree", revision]);
  const blobs = new Map<string, string>();
  for (const entry of records(listed.stdout)) {
    const tab = entry.indexOf("\t");
    const [mode, type, id] = entry.slice(0, tab).split(" ");
    if (type === "blob" && mode?.startsWith("100") && id) blobs.set(entry.slice(tab + 1), id);
  }
  const problems: Problem[] = [];
  const refuse = refuseInto(problems);
  return {
    repository,
    paths: [...blobs.keys()].sort(),
    problems,
    read: (wanted, options = {}) => {
      const contents = catFiles(
        gitDirectory,
        wanted.flatMap((path) => blobs.get(path) ?? []),
        options.maxBytes ?? maxFileBytes,
      );
      return readEach(
        wanted,
        options.quiet ? saysNothing : refuse,
        (path) => contents.get(blobs.get(path) ?? "") ?? "is not in this clone (partial clone?)",
      );
    },
  };
}

/** A tree from texts, for tests and for folders made up on the fly. */
export function textTree(repository: string, files: Readonly<Record<string, string>>): FileTree {
  const problems: Problem[] = [];
  const refuse = refuseInto(problems);
  return {
    repository,
    paths: Object.keys(files).sort(),
    problems,
    read: (wanted, options = {}) => {
      const { maxBytes = Number.POSITIVE_INFINITY, quiet = false } = options;
      return readEach(wanted, quiet ? saysNothing : refuse, (path) => {
        const content = Buffer.from(files[path] ?? "");
        return content.length > maxBytes ? tooLarge(content.length, maxBytes) : content;
      });
    },
  };
}

function records(output: Buffer): string[] {
  return output.toString("utf8").split("\0").filter(Boolean);
}

function readEach(paths: readonly string[], refuse: Refuse, read: (path: string) => Buffer | string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const path of paths) {
    const content = read(path);
    const text = typeof content === "string" || isPointer(content) ? null : textOf(content);
    if (text === null) refuse(path, typeof content === "string" ? content : isPointer(content) ? pointer : "is binary");
    else texts.set(path, text);
  }
  return texts;
}

const pointer = "is a pointer of Git LFS; git lfs pull brings the file";
const pointerStart = Buffer.from("version https://git-lfs.github.com/spec/");

/** A pointer stands for a file that is elsewhere; it has less than 1024 bytes (git-lfs/docs/spec.md). */
function isPointer(content: Buffer): boolean {
  return content.length < 1024 && content.subarray(0, pointerStart.length).equals(pointerStart);
}

type Refuse = (path: string, why: string) => void;

/** Several collectors may ask for one file; it is told of once. */
function refuseInto(problems: Problem[]): Refuse {
  const told = new Set<string>();
  return (path, why) => {
    const message = `${path} ${why}`;
    if (told.has(message)) return;
    told.add(message);
    problems.push({ path, line: null, message, hint: "nothing was read from it" });
  };
}

const saysNothing: Refuse = () => undefined;

/** A reader that stays inside of `root`: a folder on the way may have been replaced by a link since git listed it. */
function insideOnly(root: string, maxBytes: number): (path: string) => Buffer | string {
  const realRoot = realpathSync(root);
  const places = new Map<string, Place>();
  return (path) => {
    const folder = dirname(join(root, path));
    const place = places.get(folder) ?? placeOf(folder, realRoot);
    places.set(folder, place);
    if (place === "gone") return "is tracked but missing";
    return place === "inside"
      ? readRegularFile(join(root, path), maxBytes)
      : "leads out of the repository through a link; links are not followed";
  };
}

type Place = "inside" | "outside" | "gone";

function placeOf(folder: string, realRoot: string): Place {
  const real = realFolder(folder);
  if (real === null) return "gone";
  return real === realRoot || real.startsWith(realRoot + sep) ? "inside" : "outside";
}

function realFolder(folder: string): string | null {
  try {
    return realpathSync.native(folder);
  } catch {
    return null;
  }
}

/** Opens without following a link at the last step and without waiting on a pipe or device. */
function readRegularFile(file: string, maxBytes: number): Buffer | string {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = codeOf(error);
    return code === "ELOOP"
      ? "is a symbolic link; links are not followed"
      : code === "ENOENT"
        ? "is tracked but missing"
        : `cannot be read (${code})`;
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return "is not a regular file";
    if (stat.size > maxBytes) return tooLarge(stat.size, maxBytes);
    // As much as there was a moment ago: a file that grows meanwhile is cut there, one that shrinks ends where it ends.
    const buffer = Buffer.alloc(stat.size);
    let filled = 0;
    while (filled < stat.size) {
      const read = readSync(descriptor, buffer, filled, stat.size - filled, filled);
      if (read === 0) break;
      filled += read;
    }
    return buffer.subarray(0, filled);
  } catch (error) {
    return `cannot be read (${codeOf(error)})`;
  } finally {
    closeSync(descriptor);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "error";
}

function tooLarge(bytes: number, maxBytes: number): string {
  return `is ${Math.round(bytes / 1048576)} MB; files above ${Math.round(maxBytes / 1048576)} MB are not read`;
}

/** Contents by object id; sizes are asked first so that a huge blob is never loaded. */
function catFiles(gitDirectory: string, ids: readonly string[], maxBytes: number): Map<string, Buffer | string> {
  const contents = new Map<string, Buffer | string>();
  if (ids.length === 0) return contents;
  const unique = [...new Set(ids)];
  const sizes = git(gitDirectory, ["cat-file", "--batch-check"], { input: `${unique.join("\n")}\n` });
  const wanted: string[] = [];
  for (const line of sizes.stdout.toString("utf8").split("\n")) {
    const [id, type, size] = line.split(" ");
    if (!id || type !== "blob") continue;
    if (Number(size) > maxBytes) contents.set(id, tooLarge(Number(size), maxBytes));
    else wanted.push(id);
  }
  const batch = git(gitDirectory, ["cat-file", "--batch"], { input: `${wanted.join("\n")}\n` }).stdout;
  for (let at = 0; at < batch.length; ) {
    const end = batch.indexOf(10, at);
    if (end < 0) break;
    const [id, type, size] = batch.subarray(at, end).toString("latin1").split(" ");
    at = end + 1;
    if (!id || type === "missing" || size === undefined) continue;
    contents.set(id, batch.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}
