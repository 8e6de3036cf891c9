/** Our own rules, held twice: `drystone check` and dependency-cruiser find the same planted breaches, and nothing else. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "#collect/config/index.js";
import { textTree, workTree } from "#collect/files/index.js";
import { checkTrees } from "#run/check-trees.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const src = "packages/drystone/src";

/** Rule of ours and of dependency-cruiser by file that is added. */
const breaches: readonly (readonly [file: string, text: string, ours: string, theirs: string])[] = [
  ["util/up.ts", 'import { componentRef } from "#model/refs.js";\nexport const x = componentRef;\n', "layer", "layers-util"],
  ["derive/pairs/up.ts", 'import { assess } from "#assess/index.js";\nexport const x = assess;\n', "layer", "layers-derive"],
  ["run/cli.ts", 'import { interrupt } from "#cli/interrupt.js";\nexport const x = interrupt;\n', "layer", "layers-run"],
  [
    "assess/chattiness/other.ts",
    'export { assessOwnership } from "#assess/ownership/index.js";\n',
    "deny",
    "siblings-apart-assess",
  ],
  [
    "report/text/pair.ts",
    'import { toJson } from "#report/json/index.js";\nexport const x = toJson;\n',
    "deny",
    "siblings-apart-report",
  ],
  [
    "report/text/people.ts",
    'import { wilson } from "#derive/pairs/index.js";\nexport const x = wilson;\n',
    "deny",
    "report-reads-the-result-only",
  ],
  ["derive/pairs/disk.ts", 'import { readFileSync } from "node:fs";\nexport const x = readFileSync;\n', "deny", "pure-folders"],
  ["model/shell.ts", 'import { exec } from "child_process";\nexport const x = exec;\n', "deny", "pure-folders"],
  ["cli/direct.ts", 'import { git } from "#collect/git/index.js";\nexport const x = git;\n', "not-visible", "not-to-collect"],
  [
    "collect/code/deep.ts",
    'import { git } from "#collect/git/git.js";\nexport const x = git;\n',
    "private-import",
    "public-face",
  ],
  ["run/deep.ts", 'import { pairs } from "#derive/pairs/pairs.js";\nexport const x = pairs;\n', "private-import", "public-face"],
  [
    "assess/ownership/deep.ts",
    'import { wilson } from "#util/statistics/proportions.js";\nexport const x = wilson;\n',
    "private-import",
    "public-face",
  ],
  ["util/tested.ts", 'import { shop } from "../../test/bad-input/shop.js";\nexport const x = shop;\n', "deny", "no-tests-inside"],
  ["run/developed.ts", 'import { build } from "esbuild";\nexport const x = build;\n', "deny", "declared-packages"],
  ["run/lost.ts", 'import { x } from "./nowhere.js";\nexport const y = x;\n', "unresolved", "resolved"],
  ["util/round-a.ts", 'import { b } from "./round-b.js";\nexport const a = () => b;\n', "cycle", "no-cycles"],
];
/** The other half of the circle, of which both tell once. */
const half = { file: "util/round-b.ts", text: 'import { a } from "./round-a.js";\nexport const b = () => a;\n' };

let copy = "";

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "own-house-"));
  for (const path of [
    "packages/drystone/src",
    "packages/drystone/test",
    "packages/drystone/package.json",
    "packages/drystone/tsconfig.json",
    "tsconfig.base.json",
    ".dependency-cruiser.cjs",
    "package.json",
  ])
    cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test("both find the same, file by file", async () => {
  for (const [file, text] of [...breaches, [half.file, half.text] as const]) {
    mkdirSync(dirname(join(copy, src, file)), { recursive: true });
    writeFileSync(join(copy, src, file), text);
  }
  expect(theirs()).toEqual(breaches.map(([file, , , rule]) => `${file} ${rule}`).sort());
  // Circles of modules, and what packages keep to themselves: dependency-cruiser knows files alone.
  const more = ["derive/pairs/up.ts cycle", "run/cli.ts cycle", "util/tested.ts private-import", "util/up.ts cycle"];
  expect(await ours()).toEqual([...breaches.map(([file, , rule]) => `${file} ${rule}`), ...more].sort());
});

function theirs(): string[] {
  const command = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const args = [command, src, "--config", ".dependency-cruiser.cjs", "-T", "json"];
  const { summary } = JSON.parse(
    execFileSync(process.execPath, args, { cwd: copy, maxBuffer: 512 * 1024 * 1024 }).toString(),
  ) as {
    summary: { violations: readonly { from: string; rule: { name: string } }[] };
  };
  return [...new Set(summary.violations.map(({ from, rule }) => `${from.slice(src.length + 1)} ${rule.name}`))].sort();
}

async function ours(): Promise<string[]> {
  const tree = workTree("drystone", join(root, ".git"), root);
  const texts = Object.fromEntries(tree.read(tree.paths, { quiet: true }));
  const planted = Object.fromEntries(breaches.map(([file, text]) => [`${src}/${file}`, text]));
  const whole = textTree("drystone", { ...texts, ...planted, [`${src}/${half.file}`]: half.text });
  const { boundaries } = await checkTrees([whole], readConfig(whole), { unresolvedShare: 0 });
  return boundaries.violations
    .filter(({ finding }) => finding.state === "new")
    .map(
      ({ finding: { code, location } }) => `${location?.file.slice(src.length + 1)} ${code.slice("module-boundaries/".length)}`,
    )
    .map((found) => found.replace("round-b", "round-a"))
    .sort();
}
