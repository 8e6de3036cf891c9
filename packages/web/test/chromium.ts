/** A browser for tests: the one of the system, or one that apt installs where there is none (a fresh CI machine). */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** @returns the program. @throws Error that says how to get one, when there is none and none can be installed. */
export function chromiumPath(): string {
  return findChromium() ?? installChromium();
}

function findChromium(): string | undefined {
  return [process.env["CHROMIUM"] ?? "", ...places].find((place) => place !== "" && existsSync(place));
}

function installChromium(): string {
  try {
    const root = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
    const run = (...command: string[]): void => {
      const [program = "", ...words] = [...root, ...command];
      execFileSync(program, words, { stdio: "ignore", timeout: 300_000 });
    };
    run("apt-get", "update", "-q");
    run("apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium");
  } catch (cause) {
    throw new Error("no Chromium here and apt-get could not install one; install it, or name one: CHROMIUM=/path/to/chromium", {
      cause,
    });
  }
  const found = findChromium();
  if (found === undefined) throw new Error("apt-get installed no Chromium; name one: CHROMIUM=/path/to/chromium");
  return found;
}
