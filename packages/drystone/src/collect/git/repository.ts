/** Finds the repositories that a path means and describes the state of each clone. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { RepositoryFact } from "#model/facts.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { git } from "./git.js";
import { type Seen, seenAt } from "./seen-at.js";

/** A repository that was found, and what git said of it then. */
export interface Clone extends Seen {
  readonly id: string;
  /** The folder inside of it that was asked for; null for the whole. */
  readonly askedFor: string | null;
}

type Found = Omit<Clone, "id"> & { readonly path: string };

export interface CloneState extends Omit<RepositoryFact, "id" | "dialect" | "files"> {
  /** What the stored history depends on besides the tip: object format and cut. */
  readonly signature: string;
  /** Id of HEAD's `.mailmap`; empty when there is none, or when a partial clone does not have it. */
  readonly mailmap: string;
}

/** Deepest folder below a path in which repositories are looked for. */
const maxDepth = 3;
const maxRepositories = 500;

/** Is told why git refuses a repository of a folder, which is then left out, and its path from there. */
type OnRefused = (refusal: UsageError, folder: string) => void;

/**
 * The clones that `paths` mean: a repository (any folder inside of one), or a folder of repositories.
 * @param onRefused without it one that git refuses stops the run, as one that is named itself always does.
 * @throws UsageError for a path that does not exist or holds no repository that can be read.
 */
export function locateClones(paths: readonly string[], onRefused: OnRefused | null = null): Clone[] {
  const found = new Map<string, Found>();
  for (const path of paths) {
    // Who stands in a folder and names none means the repository, as for git.
    for (const clone of clonesAt(resolve(path), onRefused))
      found.set(clone.gitDirectory, path === "." ? { ...clone, askedFor: null } : clone);
  }
  return named([...found.values()]);
}

function clonesAt(path: string, onRefused: OnRefused | null): Found[] {
  const shown = printable(path);
  if (!existsSync(path))
    throw new UsageError("DS-U03", `${shown} does not exist`, "pass a folder that holds a git repository, or several");
  if (!statSync(path).isDirectory()) {
    throw new UsageError("DS-U04", `${shown} is a file`, "pass the folder of a git repository, or a folder of repositories");
  }
  const own = cloneOf(path);
  if (own !== null && (own.workTree === null || realpathSync(own.workTree) === realpathSync(path))) return [own];
  const refused: Parameters<OnRefused>[] = [];
  const note: OnRefused = (refusal, folder) => refused.push([refusal, relative(path, folder)]);
  const below = clonesBelow(path, 1, onRefused === null ? null : note);
  if (below.length === 0 && refused[0] !== undefined) throw refused[0][0];
  for (const refusal of refused) onRefused?.(...refusal);
  if (below.length > 0) return below;
  if (own !== null) return [{ ...own, askedFor: relative(realpathSync(own.workTree ?? path), realpathSync(path)) }];
  throw new UsageError(
    "DS-U05",
    `no git repository in ${shown} or in the folders below it`,
    "pass the folder of a repository (a clone with its history), or a folder of repositories",
  );
}

function clonesBelow(path: string, depth: number, onRefused: OnRefused | null): Found[] {
  const clones: Found[] = [];
  const deeper: string[] = [];
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory() || entry.name === "node_modules" || entry.name === ".git") continue;
    const folder = join(path, entry.name);
    const clone = isRepository(folder) ? cloneBelow(folder, onRefused) : null;
    if (clone !== null) clones.push(clone);
    else deeper.push(folder);
    if (clones.length > maxRepositories) break;
  }
  if (depth >= maxDepth) return clones;
  // Groups have subgroups beside their repositories; what tools keep in hidden folders is of no interest beside those.
  const worth = clones.length === 0 ? deeper : deeper.filter((folder) => !basename(folder).startsWith("."));
  return [...clones, ...worth.flatMap((folder) => readable(folder, () => clonesBelow(folder, depth + 1, onRefused)))];
}

/** Null for a repository that is left out, and for a folder that only looks like one. */
function cloneBelow(folder: string, onRefused: OnRefused | null): Found | null {
  try {
    return cloneOf(folder);
  } catch (error) {
    if (onRefused === null || !(error instanceof UsageError)) throw error;
    onRefused(error, folder);
    return null;
  }
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

/** @throws UsageError when git refuses the repository because it belongs to somebody else, or cannot read it. */
function cloneOf(path: string): Found | null {
  const { seen, stderr } = seenAt(path);
  if (seen !== null) return { ...seen, askedFor: null, path: seen.workTree ?? seen.gitDirectory };
  if (stderr.includes("dubious ownership")) {
    throw new UsageError(
      "DS-U06",
      `git refuses ${printable(path)}: the repository belongs to another user`,
      `if you trust it: git config --global --add safe.directory ${JSON.stringify(path)}`,
    );
  }
  if (existsSync(join(path, ".git"))) {
    const why = printable(stderr.split("\n")[0] ?? "").replace(/^fatal: /, "");
    throw new UsageError(
      "DS-U07",
      `git cannot read the repository ${printable(path)}: ${why}`,
      "repair it (git fsck) or clone it again",
    );
  }
  return null;
}

/** Ids are folder names; where two are equal, the folder above is put before. */
function named(clones: readonly Found[]): Clone[] {
  const names = clones.map((clone) => folderName(clone.path));
  const taken = new Map<string, number>();
  return clones.map(({ path, ...clone }, index) => {
    let id = names[index] ?? "repository";
    if (names.filter((name) => name === id).length > 1) id = `${folderName(dirname(path))}-${id}`;
    const before = taken.get(id) ?? 0;
    taken.set(id, before + 1);
    return { ...clone, id: before === 0 ? id : `${id}-${before + 1}` };
  });
}

function folderName(path: string): string {
  const name = basename(path).replace(/\.git$/, "");
  if (name === "") return folderName(dirname(path));
  return /^(?:repo|repository|src|source|checkout|code|app|workspace)$/i.test(name) && dirname(dirname(path)) !== dirname(path)
    ? printable(basename(dirname(path)))
    : printable(name);
}

/** State of a clone: HEAD, cuts and formats. */
export function describeClone({ gitDirectory, objectFormat, bare, shallow, head, mailmap }: Clone): CloneState {
  const commonDirectory = resolve(gitDirectory, readText(join(gitDirectory, "commondir")).trimEnd());
  const boundary = shallow ? readLines(join(commonDirectory, "shallow")) : [];
  const partial = isPartial(gitDirectory, commonDirectory);
  return {
    head,
    objectFormat,
    bare,
    shallow,
    shallowBoundary: boundary,
    partial,
    detached: !readText(join(gitDirectory, "HEAD")).startsWith("ref: "),
    replaceRefs: replaceRefs(gitDirectory, commonDirectory),
    mailmap: mailmap !== null && (!partial || isThere(gitDirectory, mailmap)) ? mailmap : "",
    signature: createHash("sha256")
      .update([objectFormat, ...boundary].join("\n"))
      .digest("hex"),
  };
}

/** Whether a partial clone has the object. */
function isThere(gitDirectory: string, id: string): boolean {
  return git(gitDirectory, ["cat-file", "-e", id]).status === 0;
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

/** A branch that has commits, where HEAD has none: main before others, else the first by name; null without any. */
export function otherBranch({ gitDirectory }: Clone): string | null {
  const listed = git(gitDirectory, ["for-each-ref", "--count=1000", "--format=%(refname:short)", "refs/heads/", "refs/remotes/"]);
  const branches = listed.stdout.toString("utf8").split("\n").filter(Boolean);
  return ["main", "master", "origin/main", "origin/master"].find((name) => branches.includes(name)) ?? branches[0] ?? null;
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
