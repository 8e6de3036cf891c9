/** Debian's promtool: the one on the path, else the binary out of the package; no server is installed or started. */
import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** Path of the program; null where it is neither installed nor to be had. */
export function findPromtool(): string | null {
  if (spawnSync("promtool", ["--version"]).status === 0) return "promtool";
  const folder = join(tmpdir(), "drystone-promtool");
  const program = join(folder, "usr/bin/promtool");
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const archive =
    download(folder) ??
    (spawnSync("apt-get", ["-q", "update"], { timeout: 120_000 }).status === 0 ? download(folder) : undefined);
  if (archive === undefined) return null;
  spawnSync("sh", ["-c", `dpkg-deb --fsys-tarfile "$1" | tar -x ./usr/bin/promtool`, "sh", archive], {
    cwd: folder,
    timeout: 60_000,
  });
  return existsSync(program) ? program : null;
}

/** Name of the package in the folder; undefined when apt does not know it, as before its first update. */
function download(folder: string): string | undefined {
  spawnSync("apt-get", ["download", "prometheus"], { cwd: folder, timeout: 60_000 });
  return readdirSync(folder).find((name) => name.endsWith(".deb"));
}

/** Exit code and all output of `promtool check rules` or `promtool test rules`. */
export async function promtool(
  program: string,
  command: "check" | "test",
  files: readonly string[],
): Promise<{ readonly code: number; readonly output: string }> {
  try {
    const { stdout, stderr } = await run(program, [command, "rules", ...files], { timeout: 60_000, maxBuffer: 16 * 1024 * 1024 });
    return { code: 0, output: `${stdout}${stderr}` };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
    return { code: typeof code === "number" ? code : -1, output: `${stdout ?? ""}${stderr ?? ""}` };
  }
}

const run = promisify(execFile);
