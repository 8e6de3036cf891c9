/** Repositories on disk for tests: written from a plan, cloned shallow or partial, linked, detached; the user's git configuration plays no part. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { fastImportStream, type HistoryPlan } from "./fast-import.js";

export interface RepositoryOptions {
  /** Without a work tree; a test that does not look at one is faster so. Default false. */
  readonly bare?: boolean;
  readonly objectFormat?: "sha1" | "sha256";
}

/** Writes the planned history into `directory`, which is made, and checks its default branch out. */
export function writeRepository(directory: string, plan: HistoryPlan, options: RepositoryOptions = {}): string {
  mkdirSync(directory, { recursive: true });
  const branch = plan.defaultBranch ?? "main";
  const shape = [...(options.bare === true ? ["--bare"] : []), `--object-format=${options.objectFormat ?? "sha1"}`];
  git(directory, ["init", "--quiet", "--template=", `--initial-branch=${branch}`, ...shape]);
  const stream = Buffer.concat([...fastImportStream(plan)]);
  git(directory, ["-c", "fastimport.unpackLimit=1", "fast-import", "--quiet", "--done", "--date-format=raw"], { input: stream });
  if (options.bare !== true && git(directory, ["for-each-ref", `refs/heads/${branch}`]) !== "") {
    git(directory, ["reset", "--quiet", "--hard"]);
  }
  return directory;
}

/** A clone that holds the last `depth` commits of the default branch, as continuous integration makes them. */
export function shallowClone(repository: string, directory: string, depth: number): string {
  return cloned(repository, directory, [`--depth=${depth}`]);
}

/** A clone without file contents (`--filter=blob:none`), its work tree empty: whatever reads a blob would have to ask the origin. */
export function partialClone(repository: string, directory: string): string {
  git(repository, ["config", "uploadpack.allowFilter", "true"]);
  return cloned(repository, directory, ["--filter=blob:none", "--no-checkout"]);
}

function cloned(repository: string, directory: string, options: readonly string[]): string {
  mkdirSync(dirname(directory), { recursive: true });
  // Only the file protocol goes through the pack machinery that honours depth and filter; a plain path is copied.
  const from = pathToFileURL(realpathSync(repository)).href;
  git(dirname(directory), ["clone", "--quiet", "--template=", ...options, from, basename(directory)]);
  return directory;
}

/** Another work tree of the repository, checked out at `commitish` without a branch. */
export function linkedWorktree(repository: string, directory: string, commitish = "HEAD"): string {
  git(repository, ["worktree", "add", "--quiet", "--detach", directory, commitish]);
  return directory;
}

/** Puts HEAD on a commit instead of a branch. */
export function detach(repository: string, commitish = "HEAD"): string {
  git(repository, ["checkout", "--quiet", "--detach", commitish]);
  return repository;
}

/** Runs git without the user's and the machine's configuration and answers its trimmed output. Throws with git's message when it fails. */
export function git(directory: string, commandLine: readonly string[], options: { readonly input?: Uint8Array } = {}): string {
  return execFileSync("git", ["-C", directory, ...commandLine], {
    encoding: "utf8",
    env: cleanEnvironment(),
    maxBuffer: 1 << 28,
    stdio: ["pipe", "pipe", "pipe"],
    input: options.input ?? "",
  }).trim();
}

/** The environment of every git and command that tests start: no variable of git's, no configuration, no person's home. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(GIT_|DRYSTONE_|XDG_)/.test(name));
  return {
    ...Object.fromEntries(kept),
    HOME: "/nonexistent",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
  };
}

export interface Workspace {
  readonly directory: string;
  /** A path below the workspace. */
  path(...parts: string[]): string;
  cleanup(): void;
}

/** A new empty folder for temporary files, gone after `cleanup`. */
export function workspace(name = "drystone-test"): Workspace {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
  return {
    directory,
    path: (...parts) => join(directory, ...parts),
    cleanup: () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }),
  };
}
