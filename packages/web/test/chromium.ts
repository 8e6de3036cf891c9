/** A browser for tests: the one of the machine, or one that its package manager installs where there is none (a fresh CI machine). */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const places = ["/usr/bin", "/usr/local/bin", "/snap/bin"];
const macintosh = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** What of the machine is asked; tests hand in another one. */
export interface Machine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly exists: (file: string) => boolean;
  /** Runs a program to its end. @throws Error when there is none or it fails. */
  readonly run: (program: string, words: readonly string[]) => void;
  readonly isRoot: boolean;
}

const here: Machine = {
  environment: process.env,
  exists: existsSync,
  run: (program, words) => void execFileSync(program, words, { stdio: "ignore", timeout: 300_000 }),
  isRoot: process.getuid?.() === 0,
};

/** @returns the program. @throws Error that says how to get one, when there is none and none can be installed. */
export function chromiumPath(machine: Machine = here): string {
  const found = findChromium(machine);
  if (found !== undefined) return found;
  const asked = machine.environment["CHROMIUM"];
  if (asked) throw new Error(`CHROMIUM names ${asked}, which is not there; unset it, or name the program of a Chromium`);
  installChromium(machine);
  const installed = findChromium(machine);
  if (installed === undefined) throw new Error("apt-get installed no Chromium; name one: CHROMIUM=/path/to/chromium");
  return installed;
}

/** `CHROMIUM` decides alone; else whatever is on the PATH, then the usual places. */
function findChromium({ environment, exists }: Machine): string | undefined {
  const asked = environment["CHROMIUM"];
  if (asked) return exists(asked) ? asked : undefined;
  const folders = [...(environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== ""), ...places];
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), macintosh].find(exists);
}

function installChromium({ run, isRoot }: Machine): void {
  const [program, ...before] = isRoot ? ["apt-get"] : ["sudo", "-n", "apt-get"];
  const aptGet = (...words: readonly string[]): void => run(program ?? "apt-get", [...before, ...words]);
  try {
    aptGet("update", "-q");
    aptGet("install", "-q", "-y", "--no-install-recommends", "chromium");
  } catch (cause) {
    throw new Error("no Chromium here and apt-get could not install one; install it, or name one: CHROMIUM=/path/to/chromium", {
      cause,
    });
  }
}
