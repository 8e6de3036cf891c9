// Bundles the command into dist/bundle: one small entry, one chunk per command, loaded when it is asked for.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

await build({
  entryPoints: { cli: fileURLToPath(new URL("../src/cli/cli.ts", import.meta.url)) },
  outdir: fileURLToPath(new URL("../dist/bundle", import.meta.url)),
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  conditions: ["source", "module"],
  legalComments: "none",
  banner: { js: 'import { createRequire as __cr } from "node:module"; const require = __cr(import.meta.url);' },
});
