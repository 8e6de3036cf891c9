// Scores the comparison of contracts on what the tests of other tools expect (nothing of them is kept here):
//   npm run build && node bench/contract-fixtures.mjs buf|openapi-diff|graphql-inspector CLONE [--misses]
// buf: places of its tests for rules of WIRE and WIRE_JSON, found when an error here stands for the same file and message.
// openapi-diff (OpenAPITools): pairs that its tests call compatible, incompatible or unchanged.
// graphql-inspector: pairs of schemas written into its tests, with the level of the change that they expect.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { compareContract } from "../packages/drystone/dist/check/contract-compatibility/index.js";
import { contractAt } from "../packages/drystone/dist/collect/contracts/index.js";
import { textTree } from "../packages/drystone/dist/collect/files/index.js";

const [set, clone, ...flags] = process.argv.slice(2);
const sets = { buf: bufCases, "openapi-diff": openapiDiffCases, "graphql-inspector": graphqlCases };
if (!sets[set] || !clone || !existsSync(clone)) {
  console.error("usage: node bench/contract-fixtures.mjs buf|openapi-diff|graphql-inspector CLONE [--misses]");
  process.exit(2);
}
const options = { asOf: "2026-01-01", wireOnly: false, direction: "response" };
const tally = new Map();
for (const { rule, expected, found, name, why } of sets[set](clone)) {
  const row = tally.get(rule) ?? { rule, right: 0, wrong: 0, misses: [] };
  if (expected === found) row.right++;
  else {
    row.wrong++;
    row.misses.push(`${name}: expected ${expected}, found ${found}${why ? `\n      ${why}` : ""}`);
  }
  tally.set(rule, row);
}
console.log(`${"rule".padEnd(52)} right  wrong`);
for (const { rule, right, wrong, misses } of [...tally.values()].sort((a, b) => (a.rule < b.rule ? -1 : 1))) {
  console.log(`${rule.padEnd(52)} ${String(right).padStart(5)} ${String(wrong).padStart(6)}`);
  if (flags.includes("--misses")) for (const miss of misses) console.log(`    ${miss}`);
}
const [right, all] = [...tally.values()].reduce(([a, b], row) => [a + row.right, b + row.right + row.wrong], [0, 0]);
console.log(`\n${right} of ${all} as expected`);

function compared(oldFiles, newFiles, file) {
  const source = (files) => contractAt(textTree("set", files), file);
  const before = source(oldFiles);
  return before === null ? null : compareContract(before, source(newFiles), options);
}

function worst(changes) {
  if (changes === null) return "not read";
  const levels = new Set(changes.map(({ level }) => level));
  return levels.has("error") ? "error" : levels.has("warning") ? "warning" : "none";
}

function told(changes) {
  return (changes ?? [])
    .slice(0, 3)
    .map(({ level, rule, subjects, where, message }) => `${level} ${rule} ${subjects[0] ?? ""} ${where}: ${message}`)
    .join("\n      ");
}

// Per file of a folder: whether a break is expected in it at all.
function bufCases(root) {
  const own = join(root, "private/bufpkg/bufcheck");
  const source = readFileSync(join(own, "breaking_test.go"), "utf8");
  const categories = new Map(
    [
      ...readFileSync(join(root, "cmd/buf/buf_test.go"), "utf8").matchAll(/\{ID: "(\w+)", Categories: \[\]string\{([^}]*)\}/g),
    ].map(([, id, list]) => [id, list]),
  );
  return source.split(/^func /m).flatMap((test) => {
    const folder = /testBreaking\(\s*t,\s*"(\w+)"/.exec(test)?.[1];
    const rules = new Set([...test.matchAll(/"([A-Z_]{6,})"/g)].map(([, id]) => id));
    const [rule] = rules;
    if (!folder || rules.size !== 1 || !(categories.get(rule) ?? "").includes('"WIRE_JSON"')) return [];
    const expected = new Set([...test.matchAll(/NewFileAnnotation\w*\(t, "([\w./]+)"/g)].map(([, file]) => file));
    const [before, after] = ["previous", "current"].map((side) =>
      filesOf(join(own, "testdata/breaking", side, folder), ".proto"),
    );
    // Definitions move between files of a package: a break counts for the file where it stands now.
    const changes = Object.keys(before).flatMap((file) => compared(before, after, file) ?? []);
    const files = Object.keys(after).filter((file) => file in before);
    return files.flatMap((file) => {
      const own = changes.filter((change) => (change.new ?? change.old)?.file === file);
      // Files hold changes for other rules as well: only breaks that are expected are scored.
      return expected.has(file)
        ? [{ rule, name: `${folder}/${file}`, expected: "error", found: worst(own), why: told(own) }]
        : [];
    });
  });
}

function openapiDiffCases(root) {
  const base = join(root, "core/src/test");
  const resources = join(base, "resources");
  const words = {
    assertSpecUnchanged: "none",
    assertOpenApiAreEquals: "none",
    assertSpecChangedButCompatible: "none",
    assertSpecIncompatible: "error",
    assertOpenApiBackwardIncompatible: "error",
    assertOpenApiBackwardCompatible: "none",
  };
  return javaFiles(join(base, "java")).flatMap((path) => {
    const text = readFileSync(path, "utf8");
    const names = new Map([...text.matchAll(/String (\w+)\s*=\s*"([^"]+)"/g)].map(([, name, value]) => [name, value]));
    return text
      .split("@Test")
      .slice(1)
      .flatMap((test) => {
        const local = new Map([
          ...names,
          ...[...test.matchAll(/String (\w+)\s*=\s*"([^"]+)"/g)].map(([, name, value]) => [name, value]),
        ]);
        return [...test.matchAll(/(assert\w+)\(\s*([\w"./-]+),\s*([\w"./-]+)/g)].flatMap(([, word, first, second]) => {
          const [before, after] = [first, second].map((one) =>
            join(resources, one.startsWith('"') ? one.slice(1, -1) : (local.get(one) ?? "?")),
          );
          if (
            !(word in words) ||
            !existsSync(before) ||
            !existsSync(after) ||
            !/\.(?:ya?ml|json)$/.test(before) ||
            before === after
          )
            return [];
          const [a, b] = [before, after].map((file) => ({ "openapi.yaml": readFileSync(file, "utf8") }));
          const changes = compared(a, b, "openapi.yaml");
          const rule = `${basename(path, ".java")} ${words[word] === "none" ? "compatible" : "incompatible"}`;
          const found = worst(changes);
          // What the contract cannot decide is neither.
          return [{ rule, name: `${basename(before)} ${basename(after)}`, expected: words[word], found, why: told(changes) }];
        });
      });
  });
}

function graphqlCases(root) {
  const folder = join(root, "packages/core/__tests__/diff");
  const levels = { Breaking: "error", Dangerous: "warning", NonBreaking: "none" };
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) =>
      readFileSync(join(folder, file), "utf8")
        .split(/\btest\(/)
        .slice(1)
        .flatMap((test) => {
          const schemas = [...test.matchAll(/const (a|b|\w+) = buildSchema\(\s*(?:\/\* GraphQL \*\/)?\s*`([^`]*)`/g)].map(
            ([, , text]) => text,
          );
          const wanted = [...test.matchAll(/CriticalityLevel\.(\w+)/g)].map(([, level]) => levels[level]);
          if (schemas.length !== 2 || wanted.length === 0) return [];
          const expected = ["error", "warning", "none"].find((level) => wanted.includes(level));
          const changes = compared({ "schema.graphql": schemas[0] }, { "schema.graphql": schemas[1] }, "schema.graphql");
          const name = /^\s*['"`]([^'"`]+)/.exec(test)?.[1] ?? "";
          return [
            { rule: `${basename(file, ".test.ts")} ${expected}`, name, expected, found: worst(changes), why: told(changes) },
          ];
        }),
    );
}

function filesOf(folder, end) {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter((file) => file.endsWith(end))
      .map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );
}

function javaFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .map((file) => join(folder, String(file)))
    .filter((file) => file.endsWith(".java") && statSync(file).isFile());
}
