/** Runs git so that a hostile repository can run nothing through it: no hooks, monitors, pagers, signatures, filters, transports or system configuration. */
import { type ChildProcess, type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import type { Readable } from "node:stream";
import { UsageError } from "#util/errors.js";

const neutral = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.pager=cat",
  "core.attributesFile=/dev/null",
  "core.excludesFile=/dev/null",
  "core.untrackedCache=false",
  "core.quotePath=false",
  "diff.orderFile=/dev/null",
  "diff.ignoreSubmodules=none",
  "gpg.program=false",
  "log.showRoot=true",
  "log.showSignature=false",
  "log.mailmap=false",
  "mailmap.file=",
  "advice.graftFileDeprecated=false",
  "submodule.recurse=false",
  "protocol.allow=never",
  // Whoever names a bare repository means it, and nothing in it can make git run something.
  "safe.bareRepository=all",
  "credential.helper=",
].flatMap((setting) => ["-c", setting]);

/** `GIT_DIR` and its kin would point git elsewhere; transports are closed so that a partial clone cannot fetch. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_ALLOW_PROTOCOL: "none",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_GRAFT_FILE: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    // Else `git log` writes each commit by itself, which costs both sides more than the parsing does.
    GIT_FLUSH: "0",
    GIT_ATTR_NOSYSTEM: "1",
    LC_ALL: "C",
  };
}

export interface GitOutput {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Milliseconds after which a command that only looks something up is stuck, e.g. because its configuration includes a pipe. */
const patience = 600_000;

/** Runs git to its end. Never throws on a non-zero status. @param gitDirectory passed as `--git-dir`; null finds it from `cwd`. */
export function git(
  gitDirectory: string | null,
  args: readonly string[],
  options: { cwd?: string; input?: string | Buffer } = {},
): GitOutput {
  const run = spawnSync("git", [...prefix(gitDirectory), ...args], {
    env: environment(),
    maxBuffer: 2 ** 31 - 1,
    timeout: patience,
    killSignal: "SIGKILL",
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.input === undefined ? {} : { input: options.input }),
  });
  if (run.error) throw gitMissing(run.error);
  return { status: run.status ?? 128, stdout: run.stdout, stderr: run.stderr.toString("utf8").trim() };
}

/** Starts git with a stream of its output. */
export function gitStream(gitDirectory: string, args: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn("git", [...prefix(gitDirectory), ...args], { env: environment(), stdio: ["ignore", "pipe", "pipe"] });
}

/** Starts git with its output going into an open file; what it says on stderr is dropped. */
export function gitInto(gitDirectory: string, args: readonly string[], file: number): ChildProcess {
  return spawn("git", [...prefix(gitDirectory), ...args], { env: environment(), stdio: ["ignore", file, "ignore"] });
}

function prefix(gitDirectory: string | null): string[] {
  return gitDirectory === null ? ["--no-pager", ...neutral] : ["--no-pager", ...neutral, `--git-dir=${gitDirectory}`];
}

function gitMissing(cause: Error): Error {
  if ("code" in cause && cause.code === "ENOENT") {
    return new UsageError("DS-U02", "git was not found", "install git 2.31 or newer and put it on the PATH");
  }
  return cause;
}
