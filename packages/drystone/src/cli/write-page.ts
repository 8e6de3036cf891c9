/** Writes the HTML page: the built file with a result inside. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Result } from "#model/result.js";
import { adviceHeadline } from "#report/advice/index.js";
import type { ResultDiff } from "#report/diff/index.js";
import { type PageData, packedFrom, pageJson, toHtml } from "#report/html/index.js";
import { toJson } from "#report/json/index.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import { type CommonOptions, write } from "./output.js";

/** Where the page goes when a terminal would get it: nobody reads HTML there. */
const fallbackFile = "drystone-report.html";

/** @throws UsageError when the page was not built or the file cannot be written. */
export async function writePage(result: Result, diff: ResultDiff | null, options: CommonOptions): Promise<void> {
  // Keys in the published order: a result that was read from a file gives the same page.
  const arranged = JSON.parse(toJson(result)) as Result;
  const data: PageData = { result: arranged, diff, people: options.people ?? "teams" };
  const json = pageJson(data);
  const packed = json.length < packedFrom ? null : gzipSync(json, { level: 9 }).toString("base64");
  const output = options.output ?? (process.stdout.isTTY ? fallbackFile : undefined);
  await write([toHtml(builtPage(), data, packed, adviceHeadline(arranged, data.people))], output);
  if (output !== undefined && output !== "-" && !options.quiet) {
    process.stderr.write(`The report is in ${printable(output)}: open it in a browser.\n`);
  }
}

/** From the bundle (dist/bundle/chunk.js) the page lies one folder up, from the source (src/cli/) two. */
function builtPage(): string {
  const places = ["../web/report.html", "../../dist/web/report.html"].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  const file = places.find((place) => existsSync(place));
  if (file === undefined) throw new UsageError("DS-U24", "the page of the report is not built", "npm run build");
  return readFileSync(file, "utf8");
}
