// The import graph of a checkout as a program of its own, for the benches: bundled from source, so that no build is needed.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const source = fileURLToPath(new URL("../packages/drystone/src", import.meta.url));

/** Writes the bundle into a folder and returns its path. `readGraph(directory)` gives the graph and all paths; run with a directory it prints the counts. */
export async function bundleImports(folder) {
  const outfile = join(folder, "import-graph.mjs");
  await bundleSource(entry, source, outfile);
  return outfile;
}

/** A program of TypeScript text, bundled with what it imports from source. */
export async function bundleSource(contents, resolveDir, outfile) {
  await build({
    stdin: { contents, resolveDir, loader: "ts" },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    conditions: ["source", "module"],
    logLevel: "warning",
    // oxc-parser is found from here, wherever the bundle stands.
    banner: {
      js: `import { createRequire as __cr } from "node:module"; const require = __cr(${JSON.stringify(import.meta.url)});`,
    },
    define: { "import.meta.url": JSON.stringify(import.meta.url) },
  });
}

const entry = `
import { execFileSync } from "node:child_process";
import { workTree } from "${source}/collect/files/index.js";
import { collectImports } from "${source}/collect/imports/index.js";

export function readGraph(directory) {
  const gitDirectory = execFileSync("git", ["-C", directory, "rev-parse", "--absolute-git-dir"], { encoding: "utf8" }).trim();
  const tree = workTree("repository", gitDirectory, directory);
  return { ...collectImports(tree), paths: tree.paths };
}
const [, , directory] = process.argv;
if (process.argv[1]?.endsWith("import-graph.mjs") && directory) console.log(JSON.stringify(readGraph(directory).graph.counts));
`;
