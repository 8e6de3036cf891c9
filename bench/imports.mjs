// Times the import graph of JavaScript and TypeScript repositories against the tools that draw one:
//   node bench/imports.mjs DIR… [--runs 5] [--depcruise FILE] [--madge FILE] [--fallow FILE]
// Each is a process of its own, cold, on the same checkout, which is only read. Runs alternate, so that a busy machine slows all of them alike; CPU is
// user + system time of the process and of everything it started. Peers other than dependency-cruiser are run when their path is given: the .js of
// madge 8, the program of fallow 3.3 (both the last for Node 20). Exit code 1 when a goal is missed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundleImports } from "./import-graph.mjs";

const cruiser = fileURLToPath(new URL("../node_modules/dependency-cruiser/bin/dependency-cruise.mjs", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "5" },
    depcruise: { type: "string", default: cruiser },
    madge: { type: "string" },
    fallow: { type: "string" },
  },
});
const runs = Math.max(1, Number.parseInt(values.runs, 10) || 5);
/** Least CPU of a peer, as a multiple of ours. */
const goals = { "dependency-cruiser": 7, madge: 12, fallow: 1 };

const scratch = mkdtempSync(join(tmpdir(), "drystone-bench-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
const graph = await bundleImports(scratch);
const reader = readOnly();
const rows = [];
const verdicts = [];
for (const directory of positionals.map((path) => resolve(path))) bench(directory);
const head = ["repository", "run", "CPU s: median (min … max)", "wall s", "node MB", "CPU ÷ ours"];
console.log([head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n"));
console.log(`\n${verdicts.map(({ met, text }) => `- ${met ? "ok" : "MISSED"} ${text}`).join("\n")}`);
process.exitCode = verdicts.every(({ met }) => met) ? 0 : 1;

function bench(directory) {
  const commands = {
    "reading the files": node(reader, directory),
    ours: node(graph, directory),
    "dependency-cruiser": node(values.depcruise, "--config", cruiseConfig(directory), "-T", "null", "."),
    ...(values.madge ? { madge: node(values.madge, ...madgeParameters(directory), ".") } : {}),
    ...(values.fallow ? { fallow: [values.fallow, ["dead-code", "--circular-deps", "--no-cache", "--quiet"]] } : {}),
  };
  const measured = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = 0; run < runs; run++)
    for (const [name, command] of Object.entries(commands)) measured[name].push(measure(directory, ...command));
  for (const [name, samples] of Object.entries(measured)) {
    const cpu = spread(samples.map((sample) => sample.cpu));
    const ratio = spread(samples.map((sample, run) => sample.cpu / measured.ours[run].cpu));
    const peak = Math.max(...samples.map((sample) => sample.megabytes));
    const wall = spread(samples.map((sample) => sample.wall)).median.toFixed(2);
    rows.push([basename(directory), name, show(cpu), wall, peak === 0 ? "" : peak, name === "ours" ? "" : show(ratio)]);
    const goal = goals[name];
    if (goal !== undefined)
      verdicts.push({
        met: ratio.median >= goal,
        text: `${basename(directory)}: ${name} ÷ ours, CPU: ${show(ratio)}, goal ≥ ${goal}`,
      });
  }
}

function node(...parameters) {
  return [process.execPath, ["--import", memoryProbe(), ...parameters]];
}

/** As its users run it, without a rule. A tsconfig that extends what is not installed makes it give up, so it does without. */
function cruiseConfig(directory) {
  const file = join(scratch, `${basename(directory)}.cjs`);
  const options = { doNotFollow: { path: "node_modules" }, exclude: { path: "(^|/)node_modules/" }, tsPreCompilationDeps: true };
  const withConfig = { ...options, tsConfig: { fileName: "tsconfig.json" } };
  writeFileSync(file, `module.exports = ${JSON.stringify({ options: withConfig })};`);
  const tried =
    existsSync(join(directory, "tsconfig.json")) &&
    spawnSync(process.execPath, [values.depcruise, "--config", file, "-T", "null", "package.json"], { cwd: directory });
  if (!tried || tried.status !== 0) writeFileSync(file, `module.exports = ${JSON.stringify({ options })};`);
  return file;
}

function madgeParameters(directory) {
  const tsconfig = join(directory, "tsconfig.json");
  return [
    "--extensions",
    "ts,tsx,js,jsx,mjs,cjs",
    "--no-spinner",
    "--json",
    ...(existsSync(tsconfig) ? ["--ts-config", tsconfig] : []),
  ];
}

/** A program that does nothing but read the same files. */
function readOnly() {
  const file = join(scratch, "read-only.mjs");
  writeFileSync(
    file,
    `import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
const [, , directory] = process.argv;
const paths = execFileSync("git", ["-C", directory, "ls-files", "-z"], { maxBuffer: 2 ** 30, encoding: "utf8" }).split("\\0");
for (const path of paths) if (/\\.(?:[cm]?[jt]s|[jt]sx|vue|svelte|astro)$/.test(path)) readFileSync(join(directory, path), "utf8");
`,
  );
  return file;
}

/** A module that makes a node process tell its peak memory, in megabytes, when it ends. */
function memoryProbe() {
  const file = join(scratch, "probe.mjs");
  writeFileSync(
    file,
    'import { writeSync } from "node:fs";\nprocess.on("exit", () => writeSync(2, `\\npeak ${Math.round(process.resourceUsage().maxRSS / 1024)}\\n`));\n',
  );
  return `file://${file}`;
}

/** CPU of the command and its descendants as the shell's own `time` tells it. Peers may end with findings, so their exit code is not looked at. */
function measure(directory, program, parameters) {
  const started = performance.now();
  const run = spawnSync("bash", ["-c", 'TIMEFORMAT="cpu %3U %3S"; time "$@"', "bash", program, ...parameters], {
    cwd: directory,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const wall = (performance.now() - started) / 1000;
  const [, user, system] = /^cpu ([\d.]+) ([\d.]+)$/m.exec(run.stderr) ?? [];
  if (user === undefined) throw new Error(`bash told no times: ${run.stderr}`);
  return { cpu: Number(user) + Number(system), wall, megabytes: Number(/^peak (\d+)$/m.exec(run.stderr)?.[1] ?? 0) };
}

function spread(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return { min: sorted[0], median: sorted[Math.floor((sorted.length - 1) / 2)], max: sorted[sorted.length - 1] };
}

function show({ min, median, max }) {
  return `${median.toFixed(2)} (${min.toFixed(2)} … ${max.toFixed(2)})`;
}
