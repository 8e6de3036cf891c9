// Times what reading the files of a system costs: cold, and with the cache of a run before.
//   node bench/recovery.mjs DIR… [--runs 3]
// The floor is reading the bytes of the same files in Node and nothing else. Runs alternate; seconds are user + system time of the command. Goals: under 1,000 files at most
// 2 s cold, under 10,000 at most 10 s, 50,000 at most 60 s and 1 GB; warm at most 1.5 s beyond a run that reads the history only. "changed" is a warm run in which some
// file has changed: what was read of the others is known, what follows from all of them is not.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const bin = resolve(here, "../packages/drystone/bin/drystone.js");
const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: "string", default: "3" } } });
const runs = Math.max(1, Number.parseInt(values.runs, 10) || 3);
const scratch = mkdtempSync(join(tmpdir(), "drystone-recovery-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
if (positionals.length === 0) {
  console.error("usage: node bench/recovery.mjs DIR… [--runs 3]");
  process.exit(2);
}

/** Reading NODE_EXTRA_CA_CERTS doubles the start of node. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("NODE_")));

/** Reads every tracked file that is no larger than what the command reads. */
const floor = `
  const { execFileSync } = require("node:child_process");
  const { readFileSync, statSync } = require("node:fs");
  const [directory] = process.argv.slice(1);
  let bytes = 0;
  for (const path of execFileSync("git", ["-C", directory, "ls-files", "-z"], { encoding: "utf8", maxBuffer: 2 ** 28 }).split("\\0"))
    try {
      const file = directory + "/" + path;
      if (path !== "" && statSync(file).size <= 2097152) bytes += readFileSync(file).length;
    } catch {}
`;

const rows = positionals.map((path) => measure(resolve(path)));
console.log(
  [
    "system".padEnd(34),
    ...["files", "floor s", "history s", "cold s", "changed s", "warm s", "cold MB"].map((name) => name.padStart(10)),
  ].join(""),
);
for (const row of rows) console.log([row.name.padEnd(34), ...row.cells.map((cell) => String(cell).padStart(10))].join(""));
process.exitCode = rows.every(({ met }) => met) ? 0 : 1;

function measure(directory) {
  const name = basename(directory);
  const files =
    spawnSync("git", ["-C", directory, "ls-files"], { encoding: "utf8", maxBuffer: 2 ** 28 }).stdout.split("\n").length - 1;
  const cache = join(scratch, name);
  const collect = (...options) =>
    timed([bin, "collect", directory, "--quiet", "--output", join(scratch, `${name}.json`), ...options]);
  collect("--cache-dir", cache);
  const all = { floor: [], history: [], cold: [], changed: [], warm: [] };
  for (let run = 0; run < runs; run++) {
    all.floor.push(timed(["-e", floor, directory]));
    all.history.push(collect("--only", "history", "--cache-dir", cache));
    all.cold.push(collect("--no-cache"));
    rmSync(join(cache, "files"), { recursive: true, force: true });
    all.changed.push(collect("--cache-dir", cache));
    all.warm.push(collect("--cache-dir", cache));
  }
  const megabytes = Math.max(...all.cold.map((one) => one.megabytes));
  const [cold, changed, warm, history] = [all.cold, all.changed, all.warm, all.history].map(least);
  const limit = files < 1000 ? 2 : files < 10_000 ? 10 : 60;
  return {
    name,
    cells: [
      files,
      ...[least(all.floor), history, cold, changed, warm].map((seconds) => seconds.toFixed(2)),
      Math.round(megabytes),
    ],
    met: cold <= limit && Math.max(changed, warm) - history <= 1.5 && megabytes <= 1024,
  };
}

function least(list) {
  return Math.min(...list.map(({ seconds }) => seconds));
}

function timed(words) {
  const probe =
    'process.on("exit",()=>{const{userCPUTime,systemCPUTime,maxRSS}=process.resourceUsage();process.stderr.write(`\\n@${userCPUTime+systemCPUTime} ${maxRSS}`)});';
  const run = spawnSync(process.execPath, ["--import", `data:text/javascript,${encodeURIComponent(probe)}`, ...words], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env,
  });
  const [, cpu = "NaN", rss = "NaN"] = /@(\d+) (\d+)\s*$/.exec(run.stderr) ?? [];
  if (run.status !== 0) throw new Error(run.stderr);
  return { seconds: Number(cpu) / 1e6, megabytes: Number(rss) / 1024 };
}
