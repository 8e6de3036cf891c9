/** Finds the repositories that a path means and describes the state of each clone. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { RepositoryFact } from "#model/facts.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { git } from "./git.js";

export interface Clone {
  readonly id: string;
  readonly gitDirectory: string;
  /** Root of the work tree; null for a bare repository. */
  readonly workTree: string | null;
  /** The folder inside of it that was asked for; null for the whole. */
  readonly askedFor: string | null;
}

type Found = Omit<Clone, "id"> & { readonly path: string };

export interface CloneState extends Omit<RepositoryFact, "id" | "dialect" | "files"> {
  /** What the stored history depends on besides the tip: object format and cut. */
  readonly signature: string;
  /** Id of the blob of HEAD's `.mailmap`; empty when there is none, or when a partial clone does not have it. */
  readonly mailmap: string;
}

/** Deepest folder below a path in which repositories are looked for. */
const maxDepth = 3;
const maxRepositories = 500;

/**
 * The clones that `paths` mean: a repository (any folder inside of one), or a folder of repositories.
 * @throws UsageError for a path that does not exist or holds no repository.
 */
export function locateClones(paths: readonly string[]): Clone[] {
  const found = new Map<string, Found>();
  for (const path of paths) {
    // Who stands in a folder and names none means the repository, as for git.
    for (const clone of clonesAt(resolve(path)))
      found.set(clone.gitDirectory, path === "." ? { ...clone, askedFor: null } : clone);
  }
  return named([...found.values()]);
}

function clonesAt(path: string): Found[] {
  const shown = printable(path);
  if (!existsSync(path))
    throw new UsageError("DS-U03", `${shown} does not exist`, "pass a folder that holds a git repository, or several");
  if (!statSync(path).isDirectory()) {
    throw new UsageError("DS-U04", `${shown} is a file`, "pass the folder of a git repository, or a folder of repositories");
  }
  const own = cloneOf(path);
  if (own !== null && (own.workTree === null || realpathSync(own.workTree) === realpathSync(path))) return [own];
  const below = clonesBelow(path, 1);
  if (below.length > 0) return below;
  if (own !== null) return [{ ...own, askedFor: relative(realpathSync(own.workTree ?? path), realpathSync(path)) }];
  throw new UsageError(
    "DS-U05",
    `no git repository in ${shown} or in the folders below it`,
    "pass the folder of a repository (a clone with its history), or a folder of repositories",
  );
}

function clonesBelow(path: string, depth: number): Found[] {
  const clones: Found[] = [];
  const deeper: string[] = [];
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory() || entry.name === "node_modules" || entry.name === ".git") continue;
    const folder = join(path, entry.name);
    const clone = isRepository(folder) ? cloneOf(folder) : null;
    if (clone !== null) clones.push(clone);
    else deeper.push(folder);
    if (clones.length > maxRepositories) break;
  }
  if (clones.length > 0 || depth >= maxDepth) return clones;
  return deeper.flatMap((folder) => readable(folder, () => clonesBelow(folder, depth + 1)));
}

function readable<Value>(folder: string, read: () => Value[]): Value[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (
      error instanceof Error &&
      "code" in error &&
      (error.code === "EACCES" || error.code === "EPERM" || error.code === "ENOENT")
    )
      return [];
    throw new Error(`cannot read ${printable(folder)}`, { cause: error });
  }
}

function isRepository(folder: string): boolean {
  return existsSync(join(folder, ".git")) || (existsSync(join(folder, "HEAD")) && existsSync(join(folder, "objects")));
}

/** @throws UsageError when git refuses the repository because it belongs to somebody else. */
function cloneOf(path: string): Found | null {
  // A bare repository has no top level: what comes before it is printed all the same.
  const asked = git(null, ["rev-parse", "--absolute-git-dir", "--is-bare-repository", "--show-toplevel"], { cwd: path });
  const [gitDirectory = "", bare, ...top] = asked.stdout.toString("utf8").split("\n");
  if (bare === undefined || bare === "") {
    if (asked.stderr.includes("dubious ownership")) {
      throw new UsageError(
        "DS-U06",
        `git refuses ${printable(path)}: the repository belongs to another user`,
        `if you trust it: git config --global --add safe.directory ${JSON.stringify(path)}`,
      );
    }
    if (existsSync(join(path, ".git"))) {
      const why = printable(asked.stderr.split("\n")[0] ?? "").replace(/^fatal: /, "");
      throw new UsageError(
        "DS-U07",
        `git cannot read the repository ${printable(path)}: ${why}`,
        "repair it (git fsck) or clone it again",
      );
    }
    return null;
  }
  if (bare === "true" || asked.status !== 0) return { gitDirectory, workTree: null, askedFor: null, path: gitDirectory };
  const workTree = top.join("\n").replace(/\n$/, "");
  // A configured work tree elsewhere would lead out of the folder that was asked for.
  const inside =
    path === workTree ||
    realpathSync(path).startsWith(realpathSync(workTree) + sep) ||
    realpathSync(path) === realpathSync(workTree);
  return { gitDirectory, workTree: inside ? workTree : null, askedFor: null, path: inside ? workTree : gitDirectory };
}

/** Ids are folder names; where two are equal, the folder above is put before. */
function named(clones: readonly Found[]): Clone[] {
  const names = clones.map((clone) => folderName(clone.path));
  const taken = new Map<string, number>();
  return clones.map((clone, index) => {
    let id = names[index] ?? "repository";
    if (names.filter((name) => name === id).length > 1) id = `${folderName(dirname(clone.path))}-${id}`;
    const before = taken.get(id) ?? 0;
    taken.set(id, before + 1);
    return {
      id: before === 0 ? id : `${id}-${before + 1}`,
      gitDirectory: clone.gitDirectory,
      workTree: clone.workTree,
      askedFor: clone.askedFor,
    };
  });
}

function folderName(path: string): string {
  const name = basename(path).replace(/\.git$/, "");
  if (name === "") return folderName(dirname(path));
  return /^(?:repo|repository|src|source|checkout|code|app|workspace)$/i.test(name) && dirname(dirname(path)) !== dirname(path)
    ? printable(basename(dirname(path)))
    : printable(name);
}

/** State of a clone: HEAD, cuts and formats. @throws UsageError when git cannot read it. */
export function describeClone(clone: Clone): CloneState {
  const { gitDirectory } = clone;
  const format = git(gitDirectory, [
    "rev-parse",
    "--show-object-format",
    "--is-bare-repository",
    "--is-shallow-repository",
    "--git-common-dir",
  ]);
  if (format.status !== 0) {
    throw new UsageError(
      "DS-U07",
      `git cannot read the repository ${printable(clone.id)}: ${printable(format.stderr)}`,
      "repair it (git fsck) or clone it again",
    );
  }
  const [objectFormat, bare, shallow, common = ""] = format.stdout.toString("utf8").split("\n");
  const commonDirectory = resolve(gitDirectory, common);
  const objects = git(gitDirectory, ["cat-file", "--batch-check=%(objectname) %(objecttype)"], { input: "HEAD\nHEAD:.mailmap\n" })
    .stdout.toString("utf8")
    .split("\n");
  const [headId, headType] = (objects[0] ?? "").split(" ");
  const [mailmapId, mailmapType] = (objects[1] ?? "").split(" ");
  const boundary = shallow === "true" ? readLines(join(commonDirectory, "shallow")) : [];
  const mailmap = mailmapType === "blob" ? (mailmapId ?? "") : "";
  return {
    head: headType === "commit" ? (headId ?? null) : null,
    objectFormat: objectFormat === "sha256" ? "sha256" : "sha1",
    bare: bare === "true",
    shallow: shallow === "true",
    shallowBoundary: boundary,
    partial: isPartial(gitDirectory, commonDirectory),
    detached: !readText(join(gitDirectory, "HEAD")).startsWith("ref: "),
    replaceRefs: replaceRefs(gitDirectory, commonDirectory),
    mailmap,
    signature: createHash("sha256")
      .update([objectFormat, ...boundary].join("\n"))
      .digest("hex"),
  };
}

/** Whether the configuration names a promisor. Git is asked only where a file may say so: starting it costs more than all the rest. */
function isPartial(gitDirectory: string, commonDirectory: string): boolean {
  const files = [
    join(commonDirectory, "config"),
    join(commonDirectory, "config.worktree"),
    join(gitDirectory, "config.worktree"),
  ];
  if (!files.some((file) => /promisor|partialclone|\[\s*include/i.test(readText(file)))) return false;
  return git(gitDirectory, ["config", "--get-regexp", "^(extensions\\.partialclone|remote\\..*\\.promisor)$"]).status === 0;
}

/** How many commits are replaced by others. */
function replaceRefs(gitDirectory: string, commonDirectory: string): number {
  const mayHold =
    existsSync(join(commonDirectory, "refs/replace")) ||
    existsSync(join(commonDirectory, "reftable")) ||
    readText(join(commonDirectory, "packed-refs")).includes(" refs/replace/");
  if (!mayHold) return 0;
  const listed = git(gitDirectory, ["for-each-ref", "--format=%(refname)", "refs/replace/"]);
  return listed.stdout.toString("utf8").split("\n").filter(Boolean).length;
}

/** Id of HEAD and when it was committed, in seconds since 1970; null without commits. Much less than `describeClone` asks. */
export function headOf({ gitDirectory }: Clone): { readonly head: string; readonly time: number } | null {
  const asked = git(gitDirectory, ["log", "-1", "--format=%H %ct", "HEAD", "--"]);
  const [head = "", time = ""] = asked.stdout.toString("utf8").trim().split(" ");
  return asked.status === 0 && /^[0-9a-f]{40,64}$/.test(head) ? { head, time: Number.parseInt(time, 10) || 0 } : null;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function readLines(file: string): string[] {
  return readText(file)
    .split("\n")
    .filter((line) => /^[0-9a-f]{40,64}$/.test(line))
    .sort();
}
