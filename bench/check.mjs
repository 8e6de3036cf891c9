// Times `drystone check` against dependency-cruiser with the same rules and circles, and against reading the files and parsing them once:
//   node bench/check.mjs [DIR…] [--runs 3]      (after npm run build)
// Without a DIR it writes a monorepo of 5,000 TypeScript files. Runs alternate, so that a busy machine slows all of them alike; CPU is user +
// system time of a command and of everything it started. Exit code 1 when a goal is missed.
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundleSource } from "./import-graph.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const bin = resolve(here, "../packages/drystone/bin/drystone.js");
const cruiser = resolve(here, "../node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: "string", default: "3" } } });
const runs = Math.max(1, Number.parseInt(values.runs, 10) || 3);
const goal = { cruiser: 7, floor: 3, warmSeconds: 0.3, rulesShare: 0.15 };

const scratch = mkdtempSync(join(tmpdir(), "drystone-check-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
const rules = {
  yaml: `rules:
  - types: same
  - tests: same
  - deny: { from: "packages/core/**", to: "packages/modules/**", why: the core knows no module }
  - deny: { from: "packages/modules/alpha/**", to: ["packages/modules/**", "!packages/modules/alpha/**"], why: modules stand apart }
`,
  cruiser: `module.exports = { forbidden: [
  { name: "core", severity: "error", from: { path: "^packages/core/" }, to: { path: "^packages/modules/" } },
  { name: "apart", severity: "error", from: { path: "^packages/modules/alpha/" }, to: { path: "^packages/modules/(?!alpha/)" } },
  { name: "circles", severity: "error", from: {}, to: { circular: true } },
], options: { doNotFollow: { path: "node_modules" }, tsPreCompilationDeps: true, enhancedResolveOptions: { extensions: [".ts", ".tsx", ".js", ".jsx", ".json"] } } };
`,
};
const files = {
  yaml: join(scratch, "rules.yaml"),
  cruiser: join(scratch, "rules.cjs"),
  floor: join(scratch, "floor.mjs"),
  rules: join(scratch, "rules.mjs"),
};
writeFileSync(files.yaml, rules.yaml);
writeFileSync(files.cruiser, rules.cruiser);
writeFileSync(
  files.floor,
  `import { spawnSync } from "node:child_process"; import { readFileSync } from "node:fs"; import { parseSync } from ${JSON.stringify(resolve(here, "../node_modules/oxc-parser/src-js/index.js"))};
const paths = spawnSync("git", ["ls-files", "-z"], { maxBuffer: 2 ** 28 }).stdout.toString().split("\\0").filter((path) => /\\.[cm]?[jt]sx?$/.test(path));
let imports = 0;
for (const path of paths) { try { imports += parseSync(path, readFileSync(path, "utf8")).module.staticImports.length; } catch {} }
console.log(paths.length, imports);
`,
);

// Reads the graph, then judges it, in one process: CPU seconds of both.
const run = resolve(here, "../packages/drystone/src/run");
await bundleSource(
  `import { locateClones } from "${run}/../collect/git/index.js"; import { treeOf } from "${run}/../collect/files/index.js";
import { declarationOf } from "${run}/declaration.js"; import { readSystem } from "${run}/check-trees.js"; import { judgeImports } from "${run}/judge-system.js";
const spent = (since) => { const { user, system } = process.cpuUsage(since); return (user + system) / 1e6; };
const trees = locateClones(["."]).map((clone) => treeOf(clone, undefined));
const declaration = declarationOf({ paths: ["."], config: process.argv[2] }, trees);
const start = process.cpuUsage();
const read = await readSystem(trees, trees, declaration, {});
const graph = spent(start);
const next = process.cpuUsage();
judgeImports(read, trees, 0.01);
console.error("graph " + graph + " rules " + spent(next));`,
  run,
  files.rules,
);

let missed = false;
for (const repository of positionals.length > 0 ? positionals.map((path) => resolve(path)) : [generated()]) bench(repository);
process.exitCode = missed ? 1 : 0;

function bench(repository) {
  const cache = join(scratch, "cache");
  const check = [bin, "check", ".", "--config", files.yaml, "--format", "json", "--output", join(scratch, "out.json"), "--quiet"];
  const commands = {
    node: ["-e", "0"],
    floor: [files.floor],
    cold: [...check, "--no-cache"],
    warm: [...check, "--cache-dir", cache],
    cruiser: [cruiser, "packages", "--config", files.cruiser, "-T", "json", "--output-to", join(scratch, "cruised.json")],
  };
  cpu(repository, commands.warm);
  // Younger files than the cache are read once more.
  spawnSync("sleep", ["2.5"]);
  cpu(repository, commands.warm);
  const changed = positionals.length === 0 ? join(repository, "packages/modules/alpha/src/f7.ts") : null;
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = 0; run < runs; run++) {
    if (changed !== null) appendFileSync(changed, `import { v3 } from "./f3.js";\nexport const w${run} = v3;\n`);
    for (const [name, command] of Object.entries(commands)) times[name].push(cpu(repository, command));
  }
  const parts = Array.from({ length: runs }, () => rulesAndGraph(repository));
  const least = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, Math.min(...all)]));
  console.log(`${basename(repository)}: CPU seconds, least of ${runs}`);
  for (const [name, seconds] of Object.entries(least)) console.log(`  ${name.padEnd(8)} ${seconds.toFixed(2)}`);
  verdict(
    "dependency-cruiser / cold check",
    least.cruiser / least.cold,
    `>= ${goal.cruiser}`,
    least.cruiser / least.cold >= goal.cruiser,
  );
  verdict(
    "cold check / reading and parsing once",
    least.cold / least.floor,
    `<= ${goal.floor}`,
    least.cold / least.floor <= goal.floor,
  );
  verdict(
    "warm check beyond node, seconds",
    least.warm - least.node,
    `<= ${goal.warmSeconds}`,
    least.warm - least.node <= goal.warmSeconds,
  );
  const share = Math.min(...parts.map(({ rules }) => rules)) / Math.min(...parts.map(({ graph }) => graph));
  verdict("rules and circles / graph alone", share, `<= ${goal.rulesShare}`, share <= goal.rulesShare);
}

function rulesAndGraph(cwd) {
  const { stderr } = spawnSync(process.execPath, [files.rules, files.yaml], { cwd, encoding: "utf8" });
  const [, graph, rules] = /^graph ([\d.e-]+) rules ([\d.e-]+)$/m.exec(stderr) ?? [];
  if (graph === undefined) throw new Error(stderr);
  return { graph: Number(graph), rules: Number(rules) };
}

function verdict(what, value, wanted, isMet) {
  missed ||= !isMet;
  console.log(`  ${isMet ? "met   " : "MISSED"} ${what}: ${value.toFixed(2)} (goal ${wanted})`);
}

function cpu(cwd, command) {
  const script = 'TIMEFORMAT="cpu %3U %3S"; time "$@" > /dev/null';
  const run = spawnSync("bash", ["-c", script, "bash", process.execPath, ...command], {
    cwd,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  const [, user, system] = /^cpu ([\d.]+) ([\d.]+)$/m.exec(run.stderr) ?? [];
  if (user === undefined) throw new Error(run.stderr);
  return Number(user) + Number(system);
}

/** 50 packages of 100 files: each file uses four others of its package, every tenth one of another package. */
function generated() {
  const repository = join(scratch, "monorepo");
  const names = ["core", ...Array.from({ length: 49 }, (_, at) => `modules/${at === 0 ? "alpha" : `m${at}`}`)];
  const body = Array.from(
    { length: 60 },
    (_, at) => `export function step${at}(value: number): number {\n  return value * ${at} + 1; // one of many\n}\n`,
  ).join("");
  for (const [index, name] of names.entries()) {
    const folder = join(repository, "packages", name, "src");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "../package.json"), `{ "name": "@bench/${name.replace("/", "-")}", "main": "src/f0.ts" }\n`);
    for (let at = 0; at < 100; at++) {
      const own = [1, 2, 3, 5].flatMap((step) => (at >= step ? [`import { v${at - step} } from "./f${at - step}.js";\n`] : []));
      const other = at % 10 === 9 && index > 0 ? `import { v0 as other } from "../../../core/src/f0.js";\n` : "";
      writeFileSync(
        join(folder, `f${at}.ts`),
        `${own.join("")}${other}import { readFile } from "node:fs/promises";\nexport const v${at} = ${at};\n${body}export type T${at} = typeof readFile;\n`,
      );
    }
  }
  writeFileSync(join(repository, "package.json"), '{ "private": true, "workspaces": ["packages/*", "packages/modules/*"] }\n');
  for (const command of [
    ["init", "-q"],
    ["add", "-A"],
    ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "-qm", "bench"],
  ])
    spawnSync("git", command, { cwd: repository });
  return repository;
}
