// Makes the goldens of code-maat.test.ts: history as numbers, and what code-maat says about exactly these numbers.
//
//   node make-goldens.mjs CODE_MAAT_JAR NAME=CLONE...      e.g. express=../express typeorm=../typeorm git=../git
//
// Needs git, Java and a standalone jar of code-maat 1.x (GPL-3, run as a program, no part of it is kept here).
// Files and people become numbers before code-maat sees them, so neither names nor contents of the repositories are kept.
// The log is written from `git log --raw`, which needs no blobs; code-maat's coupling, soc, fragmentation and authors read no line counts.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const analyses = ["coupling", "soc", "fragmentation", "authors"];
const large = { maxBuffer: 2 ** 30, encoding: "utf8" };
const [jar, ...clones] = process.argv.slice(2);
if (!jar || clones.length === 0) {
  console.error("usage: node make-goldens.mjs CODE_MAAT_JAR NAME=CLONE...");
  process.exit(2);
}
for (const argument of clones) {
  const [name, clone] = argument.split("=", 2);
  const history = numberedHistory(clone);
  const golden = { ...history, ...codeMaat(history) };
  writeFileSync(new URL(`${name}.json.gz`, import.meta.url), gzipSync(JSON.stringify(golden), { level: 9 }));
  console.log(name, history.sets.length, "sets", ...analyses.map((analysis) => `${analysis} ${golden[analysis].length}`));
}

/** `head`: the commit it was made from; `sets`: per commit that touches a file, newest first, its author and its files, as numbers by first use. */
function numberedHistory(clone) {
  const git = (...command) => execFileSync("git", ["-C", clone, ...command], large);
  const people = new Map();
  const files = new Map();
  const sets = [];
  const log = git("log", "HEAD", "--raw", "-z", "--no-renames", "--no-merges", "--no-abbrev", "--format=%x01%aN");
  for (const entry of log.split("\x01").slice(1)) {
    const [author, ...fields] = entry.split("\0");
    const paths = fields.filter((_, index) => index % 2 === 1); // modes and ids, path, modes and ids, path, …
    if (paths.length > 0) sets.push([numberOf(people, author), ...paths.map((path) => numberOf(files, path))]);
  }
  return { head: git("rev-parse", "HEAD").trim(), files: files.size, people: people.size, sets };
}

function numberOf(numbers, name) {
  if (!numbers.has(name)) numbers.set(name, numbers.size);
  return numbers.get(name);
}

function codeMaat({ sets }) {
  const folder = mkdtempSync(join(tmpdir(), "code-maat-"));
  const log = join(folder, "log.txt");
  writeFileSync(log, sets.map(logEntry).join("\n"));
  const rows = (analysis) => {
    const csv = execFileSync("java", ["-Xmx6g", "-jar", jar, "-l", log, "-c", "git2", "-a", analysis], large);
    return csv
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(",").map((cell) => Number(cell.replace(/^f/, ""))));
  };
  const result = Object.fromEntries(analyses.map((analysis) => [analysis, rows(analysis)]));
  rmSync(folder, { recursive: true });
  return result;
}

function logEntry([author, ...files], index) {
  const touches = files.map((file) => `1\t1\tf${file}\n`).join("");
  return `--${(index + 0x1000000).toString(16)}--2020-01-01--p${author}\n${touches}`;
}
