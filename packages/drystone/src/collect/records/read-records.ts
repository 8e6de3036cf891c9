/** Reads an exported file record by record, whatever its form: JSON lines, JSON documents or comma-separated text, packed or not. */
import { basename } from "node:path";
import type { Problem } from "#model/facts.js";
import { chunksOf, type Ending } from "./chunks.js";
import { csvRows } from "./csv-rows.js";
import type { Counts, OnRecord } from "./json-reader.js";
import { jsonReader } from "./json-records.js";

export interface ReadRecords {
  readonly form: "json" | "csv" | "empty";
  readonly records: number;
  readonly problems: readonly Problem[];
  /** One line on what is missing; null when all was read. */
  readonly problem: string | null;
}

const mostText = 256 * 1024 * 1024;

/** Rows of comma-separated text come with the path `csv`. @param what for messages: `deploys`. */
export async function readRecords(file: string, what: string, onRecord: OnRecord): Promise<ReadRecords> {
  const ending: Ending = { cut: false, failure: null };
  const counts: Counts = { records: 0, broken: 0, tooLarge: 0, cut: false };
  const json = jsonReader(onRecord, counts);
  const text: Buffer[] = [];
  let form: ReadRecords["form"] = "empty";
  let bytes = 0;
  for await (const chunk of chunksOf(file, ending)) {
    if (form === "empty") form = formOf(chunk);
    if (form === "json") json.push(chunk);
    else if (bytes + chunk.length <= mostText) text.push(chunk);
    else ending.cut = true;
    bytes += chunk.length;
  }
  if (form === "json") json.end();
  if (form === "csv") {
    const { rows, broken } = csvRows(Buffer.concat(text).toString("utf8"));
    counts.records = rows.length;
    counts.broken = broken;
    for (const row of rows) onRecord("csv", Object.fromEntries(row));
  }
  const problems = problemsOf(basename(file), what, form, counts, ending);
  return { form, records: counts.records, problems, problem: problems[0]?.message ?? null };
}

/** White space and a byte order mark do not count. */
function formOf(chunk: Buffer): ReadRecords["form"] {
  const [first] = /[^\s\ufeff]/.exec(chunk.toString("utf8", 0, 4096)) ?? [];
  if (first === undefined) return "empty";
  return first === "{" || first === "[" ? "json" : "csv";
}

/** What was left out of one file, with its fix; the first is the gravest. */
export function problemsOf(
  path: string,
  what: string,
  form: ReadRecords["form"] | "protobuf",
  counts: Counts,
  { cut, failure }: Ending,
): Problem[] {
  const problem = (message: string, hint: string): Problem => ({ path, line: null, message: message, hint });
  const again = "export it again, or go on: what was read counts";
  return [
    ...(failure === null
      ? []
      : [problem(`reading stopped (${failure})`, "check that it is a readable file, and export it again")]),
    ...(form === "empty" && failure === null ? [problem("the file is empty", `export the ${what} again`)] : []),
    ...(cut || counts.cut
      ? [
          problem(
            `it ends in the middle of a record; ${countOf(counts.records, "record")} before that ${counts.records === 1 ? "was" : "were"} read`,
            again,
          ),
        ]
      : []),
    ...(counts.broken > 0
      ? [
          problem(
            `${counts.broken} of ${countOf(counts.broken + counts.records, "record")} ${counts.broken === 1 ? "is" : "are"} broken and ${counts.broken === 1 ? "was" : "were"} skipped`,
            again,
          ),
        ]
      : []),
    ...(counts.tooLarge > 0
      ? [
          problem(
            `${countOf(counts.tooLarge, "record")} larger than 64 MB left out`,
            "export it in smaller parts, one object per line",
          ),
        ]
      : []),
  ];
}

function countOf(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
