// Scores the comparison of OpenAPI documents on pairs that the tests of oasdiff name (nothing of them is kept here):
//   npm run build && node bench/contract-pairs.mjs CLONE-OF-OASDIFF [--misses]
// A pair is two files and one rule that a test expects for them. Its level and direction come from oasdiff's table of rules.
// Only changes of the direction of the rule count: many files hold one schema in a request and in a response, where the other direction really breaks.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { compareOpenapi } from "../packages/drystone/dist/check/contract-compatibility/index.js";
import { readContractDocument } from "../packages/drystone/dist/collect/contracts/index.js";

const [clone, ...flags] = process.argv.slice(2);
if (!clone || !existsSync(join(clone, "checker/rules.go"))) {
  console.error("usage: node bench/contract-pairs.mjs CLONE-OF-OASDIFF [--misses]");
  process.exit(2);
}

const go = readdirSync(join(clone, "checker")).filter((file) => file.endsWith(".go"));
const sources = new Map(go.map((file) => [file, readFileSync(join(clone, "checker", file), "utf8")]));

const rules = new Map();
for (const [, id, level, direction, area] of sources
  .get("rules.go")
  .matchAll(/newBackwardCompatibilityRule\((\w+), (ERR|WARN|INFO), \w+, Direction(\w+), Area(\w+)/g))
  rules.set(id, { level, direction: direction.toLowerCase(), area });

const pairs = new Map();
for (const [file, text] of sources) {
  if (!file.endsWith("_test.go")) continue;
  for (const test of text.split(/^func /m).slice(1)) {
    const opened = [...test.matchAll(/\b(\w+), \w+ :?= open\("\.\.\/(data\/[^"]+)"/g)];
    if (opened.length !== 2 || opened[0][2] === opened[1][2] || /\bs[12]\.Spec\.[^\n]*=[^=]|\.Deprecated =|delete\(/.test(test))
      continue;
    const order = [...test.matchAll(/GetWithOperationsSourcesMap\([^,]+, (\w+), (\w+)\)/g)][0];
    const by = new Map(opened.map(([, name, path]) => [name, path]));
    const [before, after] = order ? [by.get(order[1]), by.get(order[2])] : opened.map(([, , path]) => path);
    if (!before || !after || /config\.(?:With|Match|Exclude)|WithDeprecation|WithAttributes|WithSeverity/i.test(test)) continue;
    const direct = [
      ...test.matchAll(/\bId:\s+checker\.(\w+)/g),
      ...test.matchAll(/require(?:Single)?Change\(t, \w+, checker\.(\w+)\)/g),
      ...test.matchAll(/require\.Equal\(t, checker\.(\w+), \w+\[\d+\]\.GetId\(\)/g),
      ...test.matchAll(/ChangelogEntry\(t, d, osm, checker\.(\w+)\)/g),
      ...test.matchAll(/require\.True\(t, \w+\[checker\.(\w+)\]/g),
      ...test.matchAll(/require\.True\(t, containsId\(\w+, checker\.(\w+)\)/g),
    ].map(([, id]) => id);
    const searched = /require\.True\(t, found/.test(test)
      ? [...test.matchAll(/GetId\(\) == checker\.(\w+)/g)].map(([, id]) => id)
      : [];
    const named = [...direct, ...searched];
    for (const id of named) if (rules.has(id)) pairs.set(`${before} ${after} ${id}`, { before, after, id, ...rules.get(id) });
  }
}

const read = (path) => {
  const { document } = readContractDocument(path, readFileSync(join(clone, path), "utf8"));
  return document && { document, documents: new Map([[path, document]]) };
};
const labels = new Map();
for (const pair of pairs.values()) {
  const key = `${pair.before} ${pair.after} ${pair.direction}`;
  labels.set(key, new Set([...(labels.get(key) ?? []), pair.level]));
}

const rows = [];
for (const pair of pairs.values()) {
  const [before, after] = [read(pair.before), read(pair.after)];
  let changes = null;
  try {
    if (before && after)
      changes = compareOpenapi({
        old: before.document,
        oldDocuments: before.documents,
        new: after.document,
        newDocuments: after.documents,
        asOf: "2026-01-01",
      });
  } catch (error) {
    console.error(`crash: ${pair.before} ${pair.after}: ${error.stack}`);
  }
  const own = changes?.filter(({ direction, rule }) => direction === pair.direction && rule !== "malformed") ?? [];
  const levels = new Set(own.map(({ level }) => level));
  const alarm = levels.has("error") ? "error" : levels.has("warning") ? "warning" : levels.has("note") ? "note" : "none";
  // A file that also holds a breaking change is no clean look-alike.
  const clean =
    pair.level !== "INFO" ||
    !["ERR", "WARN"].some((level) => labels.get(`${pair.before} ${pair.after} ${pair.direction}`).has(level));
  rows.push({ ...pair, alarm: changes === null ? "crash" : alarm, clean, own });
}

const table = (title, wanted) => {
  console.log(`\n${title}`);
  console.log("level  pairs  error  warning  note  none  not read");
  for (const level of ["ERR", "WARN", "INFO"]) {
    const of = rows.filter((row) => row.level === level && row.clean && wanted(row));
    const count = (alarm) => String(of.filter((row) => row.alarm === alarm).length);
    console.log(
      [
        level.padEnd(5),
        String(of.length).padStart(6),
        count("error").padStart(6),
        count("warning").padStart(8),
        count("note").padStart(5),
        count("none").padStart(5),
        count("crash").padStart(9),
      ].join(" "),
    );
  }
};
const percent = (part, whole) => `${part} of ${whole} (${((100 * part) / Math.max(1, whole)).toFixed(1)} %)`;
const directional = ({ direction }) => direction !== "none";
table("rules of one direction, all areas", directional);
table("of them, schemas", (row) => directional(row) && row.area === "Schema");
table("rules without a direction (paths, webhooks, security, tags)", (row) => !directional(row));
const breaking = rows.filter((row) => directional(row) && row.level === "ERR");
const harmless = rows.filter((row) => directional(row) && row.level === "INFO" && row.clean);
console.log(
  `\nfound: ${percent(breaking.filter(({ alarm }) => alarm === "error").length, breaking.length)} breaking pairs as errors`,
);
console.log(
  `       ${percent(breaking.filter(({ alarm }) => alarm === "error" || alarm === "warning").length, breaking.length)} as errors or warnings`,
);
console.log(
  `false alarms: ${percent(harmless.filter(({ alarm }) => alarm === "error").length, harmless.length)} harmless pairs as errors`,
);
console.log(
  `              ${percent(harmless.filter(({ alarm }) => alarm === "error" || alarm === "warning").length, harmless.length)} as errors or warnings`,
);
const all = rows.filter((row) => row.level === "INFO" && directional(row));
console.log(
  `harmless pairs left out because the same files also hold a breaking change in that direction: ${all.length - harmless.length}`,
);

if (flags.includes("--misses")) {
  for (const row of rows) {
    const miss =
      row.level === "ERR"
        ? row.alarm !== "error"
        : row.level === "INFO" && row.clean && (row.alarm === "error" || row.alarm === "warning");
    if (!miss) continue;
    console.log(`\n${row.level} ${row.direction} ${row.id}: ${row.alarm}  ${basename(row.before)} ${basename(row.after)}`);
    for (const { rule, level, where, message } of row.own.slice(0, 4)) console.log(`   ${level} ${rule} ${where}: ${message}`);
  }
}
