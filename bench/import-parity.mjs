// Compares our import graph with dependency-cruiser's, edge by edge, on checkouts of JavaScript and TypeScript repositories:
//   node bench/import-parity.mjs DIR… [--list 20] [--depcruise FILE]
// The repositories are only read; nothing of them is installed or built. Exit code 1 when an edge that dependency-cruiser resolves is missing.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { bundleImports } from "./import-graph.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: "string", default: "20" },
    depcruise: {
      type: "string",
      default: fileURLToPath(new URL("../node_modules/dependency-cruiser/bin/dependency-cruise.mjs", import.meta.url)),
    },
  },
});
const listed = Number.parseInt(values.list, 10) || 0;
const scratch = mkdtempSync(join(tmpdir(), "drystone-parity-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

const { readGraph } = await import(pathToFileURL(await bundleImports(scratch)).href);
for (const directory of positionals.map((path) => resolve(path))) compare(directory);

function compare(directory) {
  const { graph, paths } = readGraph(directory);
  const tracked = new Set(paths);
  const ours = new Map(graph.from.map((from, at) => [`${graph.files[from]} -> ${graph.files[graph.to[at]]}`, graph.lines[at]]));
  const packages = new Set(graph.packages.map(({ from, name }) => `${graph.files[from]} -> ${name}`));
  // What builds left on the disk and git ignores is no part of the repository.
  const theirs = cruise(directory).filter(({ from, to }) => tracked.has(from) && (to === null || tracked.has(to)));
  const resolved = theirs.filter(({ to }) => to !== null);
  const lost = theirs.filter(({ to }) => to === null);
  const missing = unique(resolved.map(({ from, to }) => `${from} -> ${to}`)).filter((edge) => !ours.has(edge));
  const theirEdges = new Set(resolved.map(({ from, to }) => `${from} -> ${to}`));
  const lostFrom = new Set(lost.map(({ from }) => from));
  const extra = [...ours.keys()].filter((edge) => !theirEdges.has(edge));
  // What it could not resolve and is no package from elsewhere to us, either.
  const outside = lost.filter(
    ({ from, name }) => packages.has(`${from} -> ${packageOf(name)}`) || packages.has(`${from} -> ${name}`),
  );
  const inside = lost.length - outside.length;
  const open = new Set(graph.unresolved.map(({ from, specifier }) => `${graph.files[from]} -> ${specifier}`));
  const both = lost.filter(({ from, name }) => open.has(`${from} -> ${name}`)).length;
  console.log(`## ${directory}`);
  console.log(
    `dependency-cruiser resolves ${theirEdges.size} edges; ours has ${ours.size}: ${theirEdges.size - missing.length} in common`,
  );
  console.log(`- missing: ${missing.length}`);
  print(missing);
  console.log(
    `- only ours: ${extra.length}, of which ${extra.filter((edge) => lostFrom.has(edge.split(" -> ")[0])).length} from files in which it leaves imports unresolved`,
  );
  print(extra.filter((edge) => !lostFrom.has(edge.split(" -> ")[0])));
  console.log(
    `- it leaves ${lost.length} imports unresolved: ${outside.length} are packages from elsewhere, ${inside - both} lead to files of the repository (${percent(inside - both, inside)} of the other ${inside}), ${both} are unresolved to us too`,
  );
  if (missing.length > 0) process.exitCode = 1;
}

/** With its tsconfig where that can be read: one that extends a package that is not installed makes dependency-cruiser give up. */
function cruise(directory) {
  const tsconfig = ["tsconfig.json", "tsconfig.base.json"].find((name) => existsSync(join(directory, name)));
  const run = cruiseWith(directory, tsconfig);
  const read = run.stdout === "" && tsconfig ? cruiseWith(directory, undefined) : run;
  if (read.stdout === "") throw new Error(read.stderr || "dependency-cruiser wrote nothing");
  return importsOf(JSON.parse(read.stdout));
}

function cruiseWith(directory, tsconfig) {
  const config = join(scratch, "cruise.cjs");
  writeFileSync(
    config,
    `module.exports = ${JSON.stringify({
      options: {
        doNotFollow: { path: "node_modules" },
        exclude: { path: "(^|/)(node_modules|\\\\.yarn|vendor|third_party)/|\\\\.min\\\\.[cm]?js$" },
        tsPreCompilationDeps: true,
        ...(tsconfig ? { tsConfig: { fileName: tsconfig } } : {}),
        enhancedResolveOptions: {
          exportsFields: ["exports"],
          conditionNames: ["source", "import", "require", "node", "default", "types"],
          extensions: [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".d.ts", ".json", ".vue", ".svelte"],
        },
      },
    })};`,
  );
  return spawnSync(process.execPath, ["--max-old-space-size=6000", values.depcruise, "--config", config, "-T", "json", "."], {
    cwd: directory,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
}

/** `{ from, to, name }` of each import; `to` is null when it leads nowhere. Built-in modules, installed packages and files that import themselves are left out. */
function importsOf({ modules }) {
  return modules.flatMap(({ source, dependencies }) =>
    dependencies.flatMap(({ resolved, couldNotResolve, coreModule, module }) => {
      if (coreModule || resolved.includes("node_modules/") || resolved === source) return [];
      return [{ from: source, to: couldNotResolve ? null : posix.normalize(resolved), name: module }];
    }),
  );
}

function packageOf(name) {
  return /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
}

function unique(items) {
  return [...new Set(items)];
}

function print(edges) {
  for (const edge of edges.slice(0, listed)) console.log(`  - ${edge}`);
  if (edges.length > listed && listed > 0) console.log(`  - … ${edges.length - listed} more`);
}

function percent(part, whole) {
  return whole === 0 ? "none" : `${Math.round((100 * part) / whole)} %`;
}
