import type { FrontEnd } from "../front-end.js";
import { isJavaScriptConfig, javaScriptResolver } from "./resolve.js";
import { scanJavaScript } from "./scan.js";

export { parseTree } from "./parse.js";

export const javaScript: FrontEnd = {
  languages: ["javascript"],
  endings: [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte", ".astro"],
  isConfig: isJavaScriptConfig,
  scan: scanJavaScript,
  resolver: javaScriptResolver,
};
export { exportedFiles } from "./exported-files.js";
