// Bundles the command into dist/bundle: one small entry, one chunk per command, loaded when it is asked for.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

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
  banner: { js: 'import { createRequire as __cr } from "node:module"; const require = __cr(import.meta.url);' },
});

// Chunks of earlier builds would be packed too.
const written = new Set(Object.keys(metafile.outputs).map((output) => output.split("/").pop()));
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
