/** The page as a user gets it, built from the source at hand. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import type { Result } from "../../drystone/src/model/result.js";
import { adviceHeadline } from "../../drystone/src/report/advice/index.js";
import { diffResults } from "../../drystone/src/report/diff/index.js";
import { type PageData, packedFrom, pageJson, toHtml } from "../../drystone/src/report/html/index.js";

export interface BuiltPage {
  /** Writes a page and gives its address. */
  readonly write: (
    name: string,
    result: Result,
    options?: { readonly before?: Result; readonly people?: PageData["people"]; readonly change?: (html: string) => string },
  ) => string;
  readonly remove: () => void;
}

export async function buildPage(): Promise<BuiltPage> {
  const folder = mkdtempSync(join(tmpdir(), "drystone-page-"));
  await build({
    configFile: fileURLToPath(new URL("../vite.config.ts", import.meta.url)),
    logLevel: "error",
    build: { outDir: folder, emptyOutDir: false },
  });
  const page = readFileSync(join(folder, "report.html"), "utf8");
  return {
    write: (name, result, { before, people = "teams", change = (html: string) => html } = {}) => {
      const data: PageData = { result, diff: before === undefined ? null : diffResults(before, result), people };
      const json = pageJson(data);
      const packed = json.length < packedFrom ? null : gzipSync(json).toString("base64");
      const file = join(folder, `${name}.html`);
      writeFileSync(file, change(toHtml(page, data, packed, adviceHeadline(result, people))));
      return pathToFileURL(file).href;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
