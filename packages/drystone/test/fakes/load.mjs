/** Lets plain node scripts use the generators, which are TypeScript: bundles one module in memory and imports the bundle. */

import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * @param {URL} source a TypeScript module that imports nothing but its neighbours and node's own modules
 * @returns {Promise<any>} its exports
 */
export async function loadTypeScript(source) {
  const bundled = await build({
    entryPoints: [fileURLToPath(source)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20.19",
    conditions: ["source"],
  });
  const [{ text }] = bundled.outputFiles;
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}
