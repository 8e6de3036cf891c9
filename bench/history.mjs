// Times the history engine against its floor, git itself:
//   npm run bench -- [DIR…] [--runs 5] [--code-maat JAR]
// Without a DIR it writes two histories, of 20,000 and of 75,000 commits. Repositories that are given are only read: all runs work on an
// empty repository that borrows their objects. Runs alternate, so that a busy machine slows all of them alike; CPU is user + system time of
// the command and of everything it started. Exit code 1 when a goal is missed.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const bin = resolve(here, "../packages/drystone/bin/drystone.js");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string", default: "5" }, "code-maat": { type: "string" } },
});
const runs = Math.max(1, Number.parseInt(values.runs, 10) || 5);
const newCommits = 100;
/** Goals: CPU of a cold run against git's, from this many commits on as a ratio, below as seconds; of a warm one beyond node's own; memory. */
const goal = {
  bigFrom: 20_000,
  ratio: 1.25,
  extraSeconds: 0.3,
  warmSeconds: 0.2,
  memoryUpTo: 80_000,
  megabytes: 150,
  codeMaat: 14,
};

const scratch = mkdtempSync(join(tmpdir(), "drystone-bench-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
const env = environment();
const rows = [];
const verdicts = [];
for (const repository of positionals.length > 0 ? positionals.map((path) => resolve(path)) : generated()) bench(repository);
print();
process.exitCode = verdicts.every(({ met }) => met) ? 0 : 1;

function generated() {
  return [20_000, 75_000].map((commits) => {
    const directory = join(scratch, `generated-${commits}`);
    must(spawnSync(process.execPath, [join(here, "generate-history.mjs"), directory, "--commits", String(commits)], { env }));
    return directory;
  });
}

function bench(repository) {
  const borrowed = borrow(repository);
  const commits = Number(git(borrowed.directory, "rev-list", "--count", borrowed.head));
  const news = Number(git(borrowed.directory, "rev-list", "--count", `${borrowed.older}..${borrowed.head}`));
  const cache = (name) => join(scratch, "caches", borrowed.name, name);
  const collect = (...options) => [
    process.execPath,
    [
      "--import",
      memoryProbe(),
      bin,
      "collect",
      borrowed.directory,
      "--only",
      "history",
      "--quiet",
      "--output",
      "/dev/null",
      ...options,
    ],
  ];
  // The caches that warm runs start from.
  point(borrowed, borrowed.older);
  measure(...collect("--cache-dir", cache("older")));
  point(borrowed, borrowed.head);
  measure(...collect("--cache-dir", cache("newest")));
  const commands = {
    node: () => measure(process.execPath, ["-e", "0"]),
    floor: () => measure("git", floorArguments(borrowed)),
    cold: () => measure(...collect("--no-cache")),
    store: () => measure(...collect("--cache-dir", emptied(cache("store")))),
    warm: () => measure(...collect("--cache-dir", cache("newest"))),
    news: () => measure(...collect("--cache-dir", copied(cache("older"), cache("news")))),
  };
  const measured = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = 0; run < runs; run++) for (const [name, command] of Object.entries(commands)) measured[name].push(command());
  report(borrowed.name, commits, news, measured);
  if (values["code-maat"] !== undefined) benchCodeMaat(borrowed, values["code-maat"], measured.cold);
}

/** An empty repository with the objects of another, HEAD where that has it, and the commit that lacks about 100 new ones. */
function borrow(repository) {
  const common = resolve(repository, git(repository, "rev-parse", "--git-common-dir"));
  const name = basename(repository).replace(/^(?:repo|\.git)$/, "") || basename(dirname(repository));
  const directory = join(scratch, "borrowed", name);
  const format = git(repository, "rev-parse", "--show-object-format");
  must(
    spawnSync(
      "git",
      ["init", "--quiet", "--bare", "--template=", "--initial-branch=main", `--object-format=${format}`, directory],
      { env },
    ),
  );
  mkdirSync(join(directory, "objects/info"), { recursive: true });
  writeFileSync(join(directory, "objects/info/alternates"), `${join(common, "objects")}\n`);
  const head = git(repository, "rev-parse", "HEAD");
  const borrowed = { name, directory, head, older: head };
  point(borrowed, head);
  const line = git(directory, "rev-list", "--first-parent", "--max-count=2000", head).split("\n");
  borrowed.older =
    line.find((id) => Number(git(directory, "rev-list", "--count", `${id}..${head}`)) >= newCommits) ?? line[line.length - 1];
  return borrowed;
}

function point({ directory }, commit) {
  git(directory, "update-ref", "refs/heads/main", commit);
}

function floorArguments({ directory, head }) {
  const settings = ["log.mailmap=false", "log.showSignature=false", "core.commitGraph=true"].flatMap((setting) => [
    "-c",
    setting,
  ]);
  return ["--no-pager", `--git-dir=${directory}`, ...settings, "log", "--raw", "--no-renames", "--no-abbrev", "-z", head, "--"];
}

/** code-maat's coupling end to end, its log and itself, against reading the history cold, which is judged, and against all that `drystone assess` does. */
function benchCodeMaat(borrowed, jar, collecting) {
  const log = join(scratch, "code-maat.log");
  const format = [
    "log",
    "--numstat",
    "--date=short",
    "--pretty=format:--%h--%ad--%aN",
    "--no-renames",
    "--no-merges",
    borrowed.head,
    "--",
  ];
  const written = measure("git", ["--no-pager", `--git-dir=${borrowed.directory}`, ...format], { output: log, mayFail: true });
  if (written === null) {
    verdicts.push({
      met: true,
      text: `${borrowed.name}: code-maat cannot be compared, git has no line counts here (contents are missing)`,
    });
    return;
  }
  const commands = {
    log: () => measure("git", ["--no-pager", `--git-dir=${borrowed.directory}`, ...format], { output: log }),
    coupling: () => measure("java", ["-Xmx6g", "-jar", resolve(jar), "-l", log, "-c", "git2", "-a", "coupling"]),
    ours: () =>
      measure(process.execPath, [
        "--import",
        memoryProbe(),
        bin,
        "assess",
        borrowed.directory,
        "--no-cache",
        "--quiet",
        "--format",
        "json",
        "--output",
        "/dev/null",
      ]),
  };
  const measured = { log: [], coupling: [], ours: [] };
  for (let run = 0; run < runs; run++) for (const [name, command] of Object.entries(commands)) measured[name].push(command());
  const theirs = measured.coupling.map(({ cpu }, run) => cpu + measured.log[run].cpu);
  const ratioTo = (ours) => spread(theirs.map((cpu, run) => cpu / ours[run].cpu));
  const ratio = ratioTo(collecting);
  const of = (name) => show(summary(measured[name]).cpu);
  const text = `${borrowed.name}: code-maat ${of("log")} (log) + ${of("coupling")} s CPU, reading history ${show(summary(collecting).cpu)} s: ${show(ratio)} x (goal ≥ ${goal.codeMaat}); all of drystone assess ${of("ours")} s and ${summary(measured.ours).peak} MB: ${show(ratioTo(measured.ours))} x`;
  verdicts.push({ met: ratio.median >= goal.codeMaat, text });
}

function report(name, commits, news, measured) {
  const floor = measured.floor;
  const ratio = (which) => spread(measured[which].map(({ cpu }, run) => cpu / floor[run].cpu));
  const extra = (which, base) => spread(measured[which].map(({ cpu }, run) => cpu - measured[base][run].cpu));
  const megabytes = Math.max(...measured.cold.map((run) => run.megabytes));
  const label = {
    node: "`node -e 0`",
    floor: "git log (floor)",
    cold: "cold, no cache",
    store: "cold, cache written",
    warm: "warm, nothing new",
    news: `warm, ${news} new`,
  };
  for (const [which, text] of Object.entries(label)) {
    const { cpu, wall, peak } = summary(measured[which]);
    const toFloor = which === "node" || which === "floor" ? "" : show(ratio(which));
    rows.push([name, commits, text, show(cpu), seconds(wall.median), toFloor, peak === 0 ? "" : peak]);
  }
  if (commits >= goal.bigFrom) judge(name, "cold ÷ floor, CPU", ratio("cold"), goal.ratio, "");
  else judge(name, "cold − floor, CPU", extra("cold", "floor"), goal.extraSeconds, " s");
  judge(name, "warm, nothing new, beyond node, CPU", extra("warm", "node"), goal.warmSeconds, " s");
  judge(name, `warm, ${news} new, beyond node, CPU`, extra("news", "node"), goal.warmSeconds, " s");
  if (commits <= goal.memoryUpTo) judge(name, "peak memory of node, cold", spread([megabytes]), goal.megabytes, " MB");
}

function judge(name, what, { min, median, max }, limit, unit) {
  const met = median <= limit;
  const digits = unit === " MB" ? 0 : 2;
  const range = min === max ? "" : ` (${min.toFixed(digits)} … ${max.toFixed(digits)})`;
  verdicts.push({ met, text: `${name}: ${what}: ${median.toFixed(digits)}${unit}${range}, goal ≤ ${limit}${unit}` });
}

function summary(of) {
  return {
    cpu: spread(of.map(({ cpu }) => cpu)),
    wall: spread(of.map(({ wall }) => wall)),
    peak: Math.max(...of.map((run) => run.megabytes)),
  };
}

function spread(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return { min: sorted[0], median: sorted[Math.floor((sorted.length - 1) / 2)], max: sorted[sorted.length - 1] };
}

function print() {
  const head = ["repository", "commits", "run", "CPU s: median (min … max)", "wall s", "CPU ÷ floor", "node MB"];
  console.log([head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n"));
  console.log(`\n${verdicts.map(({ met, text }) => `- ${met ? "ok" : "MISSED"} ${text}`).join("\n")}`);
}

function show({ min, median, max }) {
  return `${seconds(median)} (${seconds(min)} … ${seconds(max)})`;
}

function seconds(value) {
  return value.toFixed(2);
}

/**
 * CPU of the command and its descendants as the shell's own `time` tells it, in milliseconds' resolution; memory as the probe tells it, 0 without one.
 * Null when the command fails and may.
 */
function measure(program, commandLine, { output = null, mayFail = false } = {}) {
  const stdout = output === null ? "ignore" : openSync(output, "w");
  const started = performance.now();
  const script = 'TIMEFORMAT="cpu %3U %3S"; time "$@"';
  const run = spawnSync("bash", ["-c", script, "bash", program, ...commandLine], {
    env,
    stdio: ["ignore", stdout, "pipe"],
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  const wall = (performance.now() - started) / 1000;
  if (run.status !== 0 && mayFail) return null;
  must(run);
  const [, user, system] = /^cpu ([\d.]+) ([\d.]+)$/m.exec(run.stderr) ?? [];
  if (user === undefined) throw new Error(`bash told no times: ${run.stderr}`);
  return { cpu: Number(user) + Number(system), wall, megabytes: Number(/^peak (\d+)$/m.exec(run.stderr)?.[1] ?? 0) };
}

/** A module that makes a node process tell its peak memory, in megabytes, when it ends. */
function memoryProbe() {
  const file = join(scratch, "probe.mjs");
  const source =
    'import { writeSync } from "node:fs";\nprocess.on("exit", () => writeSync(2, `\\npeak ${Math.round(process.resourceUsage().maxRSS / 1024)}\\n`));\n';
  writeFileSync(file, source);
  return `file://${file}`;
}

function emptied(directory) {
  rmSync(directory, { recursive: true, force: true });
  return directory;
}

function copied(from, to) {
  cpSync(from, emptied(to), { recursive: true });
  return to;
}

function git(directory, ...commandLine) {
  return must(spawnSync("git", ["-C", directory, ...commandLine], { env, encoding: "utf8", maxBuffer: 2 ** 28 })).stdout.trim();
}

function must(run) {
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(`exit ${run.status ?? run.signal}: ${run.stderr}`);
  return run;
}

/** Nobody's configuration (reading NODE_EXTRA_CA_CERTS doubles the start of node), and transports closed, so that a borrowed partial clone fetches nothing. */
function environment() {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:GIT_|NODE_|DRYSTONE_)/.test(name));
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_ALLOW_PROTOCOL: "none",
    LC_ALL: "C",
  };
}
