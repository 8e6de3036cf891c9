// Bundles the command into dist/bundle: one small entry, one chunk per command, loaded when it is asked for.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const { metafile } = await build({
  entryPoints: { cli: path("../src/cli/cli.ts") },
  outdir: path("../dist/bundle"),
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  minifySyntax: true,
  minifyWhitespace: true,
  target: "node20.19",
  conditions: ["source", "module"],
  legalComments: "none",
  metafile: true,
});

// Chunks of earlier builds would be packed too.
const written = new Set(Object.keys(metafile.outputs).map((output) => output.split("/").pop()));
const joined = new Set();
const homes = new Set();
await join(chunksOf("src/cli/cli.ts"));
// A run that only reads history compiles a ninth of what `check` needs.
await join(chunksOf("src/cli/commands/collect.ts"));
await join(chunksOf("src/cli/commands/check.ts", "src/collect/imports/index.ts"));
for (const file of written) await toCommonJs(path(`../dist/bundle/${file}`));
writeFileSync(path("../dist/bundle/package.json"), '{ "type": "commonjs" }\n');
written.add("package.json");
for (const file of readdirSync(path("../dist/bundle")))
  if (!written.has(file)) rmSync(path(`../dist/bundle/${file}`), { recursive: true });

// The page of `--format html`; packages/web builds it before this package.
const root = path("../../../");
mkdirSync(path("../dist/web"), { recursive: true });
copyFileSync(`${root}packages/web/dist/report.html`, path("../dist/web/report.html"));

// What is bundled keeps its licence.
const { devDependencies } = JSON.parse(readFileSync(`${root}packages/web/package.json`, "utf8"));
const ofPage = Object.keys(devDependencies).filter((name) => !/^(?:@types\/|vite)/.test(name));
const packages = new Set([
  ...Object.keys(metafile.inputs).flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
  ...ofPage,
]);
const notices = [...packages].sort().map((name) => {
  const folder = `${root}node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const text = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  return `${name} ${version} (${license})\n\n${text ? readFileSync(`${folder}/${text}`, "utf8").trim() : ""}\n`;
});
writeFileSync(path("../dist/NOTICES.txt"), `Drystone bundles these packages.\n\n${notices.join(`\n${"-".repeat(80)}\n\n`)}`);
for (const file of ["LICENSE", "README.md"]) copyFileSync(`${root}${file}`, path(`../${file}`));

/** Chunks of some source files, and after them those that they load from the start. */
function chunksOf(...sources) {
  const { outputs } = metafile;
  const found = new Set(
    Object.keys(outputs).filter((output) => sources.some((source) => outputs[output].entryPoint?.endsWith(source))),
  );
  for (const output of found)
    for (const { path: next, kind } of outputs[output].imports) if (kind === "import-statement" && outputs[next]) found.add(next);
  return [...found];
}

function nameOf(chunk) {
  return `./${chunk.split("/").pop()}`;
}

/** Puts chunks into the file of the first: Node takes time to find and load each, and `check` would load thirty. The others stay, as other names for their parts. */
async function join(wanted) {
  const folder = path("../dist/bundle");
  const chunks = wanted.filter((chunk) => !joined.has(nameOf(chunk)));
  const home = nameOf(chunks[0]);
  const listed = (at, write) =>
    metafile.outputs[chunks[at]].exports.map((one) => write(at === 0 ? one : `part${at}_${one}`, one)).join(", ");
  const { outputFiles } = await build({
    stdin: {
      contents: chunks
        .map((chunk, at) => `export { ${listed(at, (part, one) => `${one} as ${part}`)} } from "${nameOf(chunk)}";`)
        .join("\n"),
      resolveDir: folder,
    },
    outfile: `${folder}/${home}`,
    allowOverwrite: true,
    write: false,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    plugins: [
      {
        name: "apart",
        // What a chunk loads when it is asked for stays a file of its own, and so does what was joined before.
        setup: (plugin) =>
          plugin.onResolve({ filter: /^\.\// }, ({ path: to, kind }) =>
            kind === "dynamic-import" || homes.has(to) ? { path: to, external: true } : null,
          ),
      },
    ],
  });
  writeFileSync(`${folder}/${home}`, outputFiles[0].contents);
  homes.add(home);
  for (const [at, chunk] of chunks.entries()) {
    joined.add(nameOf(chunk));
    if (at === 0) continue;
    writeFileSync(`${folder}/${nameOf(chunk)}`, `export { ${listed(at, (part, one) => `${part} as ${one}`)} } from "${home}";\n`);
  }
}

/** Starting the loader of ES modules, and each file that it loads, costs as much as all of a short run. */
async function toCommonJs(file) {
  const text = readFileSync(file, "utf8");
  const { code } = await transform(text, {
    format: "cjs",
    platform: "node",
    target: "node20.19",
    supported: { "dynamic-import": false },
    define: { "import.meta.url": "bundledUrl" },
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
  });
  // What is loaded when it is asked for lets a signal be heard before, as `import()` does: Ctrl-C ends a git that runs and must end us, too.
  const parts = code.split("Promise.resolve().then(()=>__toESM(require(");
  if (parts.length !== text.split(/\bimport\("/).length) throw new Error(`${file}: another form of import()`);
  const url = code.includes("bundledUrl") ? 'const bundledUrl=require("node:url").pathToFileURL(__filename).href;' : "";
  writeFileSync(file, `"use strict";${url}${parts.join("new Promise(setImmediate).then(()=>__toESM(require(")}`);
}
