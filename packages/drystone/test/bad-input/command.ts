/** Runs the built command as a person would, and watches what it leaves behind. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "../fakes/index.js";

const bin = fileURLToPath(new URL("../../bin/drystone.js", import.meta.url));
const bundle = fileURLToPath(new URL("../../dist/bundle/cli.js", import.meta.url));

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Shell text that runs before the command in the same process: a limit, a trap. */
  readonly prelude?: string;
  /** Sends SIGINT to the whole process group after so many milliseconds, as Ctrl-C in a terminal does. */
  readonly interruptAfter?: number;
}

export interface Finished {
  /** Exit code; 128 + number when a signal ended it, as a shell reports it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  /** Of the command and of what it ran, as far as it was seen; 0 where /proc does not tell. */
  readonly processorSeconds: number;
  /** Largest resident set of the command itself that was seen, in megabytes; 0 where /proc does not tell. */
  readonly peakMegabytes: number;
}

/** Runs `drystone` with these arguments. A run longer than five minutes is killed and answers 137. */
export function drystone(commandLine: readonly string[], options: CommandOptions = {}): Promise<Finished> {
  if (!existsSync(bundle)) throw new Error("the command is not built: npm run build");
  const started = performance.now();
  const [program, first] =
    options.prelude === undefined
      ? [process.execPath, [bin]]
      : ["sh", ["-c", `${options.prelude}; exec "$0" "$@"`, process.execPath, bin]];
  const child = spawn(program, [...first, ...commandLine], {
    cwd: options.cwd ?? process.cwd(),
    env: { ...cleanEnvironment(), NO_COLOR: "1", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: the signal reaches the command and the git that it runs, and nobody else.
    detached: true,
  });
  const timers = [setTimeout(() => signalGroup(child, "SIGKILL"), 300_000)];
  if (options.interruptAfter !== undefined) timers.push(setTimeout(() => signalGroup(child, "SIGINT"), options.interruptAfter));
  let peakMegabytes = 0;
  let processorSeconds = 0;
  const watch = setInterval(() => {
    processorSeconds = Math.max(processorSeconds, processorSecondsOf(child));
    peakMegabytes = Math.max(peakMegabytes, peakOf(child));
  }, 20);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (piece: Buffer) => stdout.push(piece));
  child.stderr.on("data", (piece: Buffer) => stderr.push(piece));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      for (const timer of timers) clearTimeout(timer);
      clearInterval(watch);
      resolve({
        code: code ?? 128 + (signal === "SIGINT" ? 2 : 9),
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
        seconds: (performance.now() - started) / 1000,
        processorSeconds,
        peakMegabytes,
      });
    });
  });
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // The group has ended by itself in the meantime.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

function peakOf({ pid }: ChildProcess): number {
  try {
    const match = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return match ? Number(match[1]) / 1024 : 0;
  } catch {
    return 0;
  }
}

/** User and system time of the process and of the children that it waited for, counted in hundredths of a second (proc(5), fields 14 to 17). */
function processorSecondsOf({ pid }: ChildProcess): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
  } catch {
    return 0;
  }
}
