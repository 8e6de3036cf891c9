import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

/** One file, `dist/report.html`: script and style inside, nothing to load. `drystone` puts the result into it. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // Drystone's own modules come from their source, so that the page never shows the numbers of an older build.
  resolve: { conditions: ["source", ...defaultClientConditions] },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    modulePreload: false,
    rolldownOptions: { input: fileURLToPath(new URL("report.html", import.meta.url)) },
    reportCompressedSize: false,
  },
  plugins: [viteSingleFile({ removeViteModuleLoader: true })],
});
