import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { git as gitIn } from "../../test/fakes/index.js";
import { check } from "./check.js";

const scratch = mkdtempSync(join(tmpdir(), "drystone-again-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const shop: Readonly<Record<string, string>> = {
  "drystone.yaml": `modules:
  - { match: "packages/{name}", public: [src/index.ts] }
  - { name: tools, match: tools }
rules:
  - deny: { from: orders, to: web, why: orders know no page }
`,
  "package.json": '{ "private": true, "workspaces": ["packages/*"] }',
  "tsconfig.json": '{ "compilerOptions": { "paths": { "~orders": ["packages/orders/src/index.ts"] } } }',
  ".gitignore": "ignored/\n",
  CODEOWNERS: "/packages/orders @shop/orders\n/packages/web @shop/web\n",
  "packages/orders/package.json": '{ "name": "@shop/orders", "main": "src/index.ts" }',
  "packages/orders/src/index.ts": 'export { order } from "./order.js";\n',
  "packages/orders/src/order.ts": 'import { round } from "./round.js";\nexport const order = () => round(1.5);\n',
  "packages/orders/src/round.ts": "export const round = Math.round;\n",
  "packages/web/package.json": '{ "name": "@shop/web", "main": "src/index.ts" }',
  "packages/web/src/index.ts": 'import { order } from "@shop/orders";\nimport "~orders";\nexport const page = order;\n',
  "packages/orders/migrations/1.sql": "CREATE TABLE orders (id int);\n",
  "packages/stock/package.json": '{ "name": "@shop/stock" }',
  "packages/stock/src/index.ts": "export const stock = 1;\n",
  "tools/build.py": "import tools.names\n",
  "tools/names.py": "names = []\n",
};

describe("a check with a memory finds what one without finds", () => {
  test.each([11, 23, 47])("after random edits, seed %i", async (seed) => {
    const root = repository(`random-${seed}`);
    const random = generator(seed);
    await bothChecks(root);
    let remembered = 0;
    for (let step = 0; step < 14; step++) {
      const [name, edit] = edits[Math.floor(random() * edits.length)] ?? edits[0] ?? ["", () => undefined];
      edit(root, random);
      const before = memoryStamp(root);
      const { warm, cold } = await bothChecks(root);
      expect({ step, name, ...warm }).toEqual({ step, name, ...cold });
      if (memoryStamp(root) === before) remembered++;
    }
    // Else nothing was put to the test.
    expect(remembered).toBeGreaterThan(0);
  });

  test("every kind of edit once, and the memory is left as it is where only source changed", async () => {
    const root = repository("each");
    await bothChecks(root);
    const kept: string[] = [];
    for (const [name, edit] of edits) {
      edit(root, () => 0.3);
      const before = memoryStamp(root);
      const { warm, cold } = await bothChecks(root);
      expect({ name, ...warm }).toEqual({ name, ...cold });
      if (memoryStamp(root) === before) kept.push(name);
    }
    expect(kept).toEqual([
      "import a private file",
      "read a table of another module",
      "write a comment",
      "import what is not there",
      "take imports out",
      "commit",
    ]);
  });

  test("a memory that somebody broke is not believed", async () => {
    const root = repository("broken");
    await bothChecks(root);
    const file = memoryFile(root);
    const text = readFileSync(file, "utf8");
    for (const broken of ["", "{}", text.slice(0, -20), text.replace("packages/web", "packages/wab"), `${text} `]) {
      writeFileSync(file, broken);
      const { warm, cold } = await bothChecks(root);
      expect(warm).toEqual(cold);
    }
  });
});

type Edit = readonly [name: string, edit: (root: string, random: () => number) => void];

const sources = [
  "packages/orders/src/order.ts",
  "packages/web/src/index.ts",
  "packages/stock/src/index.ts",
  "packages/orders/src/round.ts",
];
let counter = 0;

const edits: readonly Edit[] = [
  ["import a private file", (root, random) => append(root, pick(sources, random), 'import "../../orders/src/round.js";\n')],
  [
    "read a table of another module",
    (root) => append(root, "packages/stock/src/index.ts", 'export const sql = "SELECT id FROM orders";\n'),
  ],
  ["make another table", (root) => append(root, "packages/web/migrations/2.sql", "CREATE TABLE pages (id int);\n")],
  ["write a comment", (root, random) => append(root, pick(sources, random), "// a word\n")],
  ["import what is not there", (root, random) => append(root, pick(sources, random), `import "./gone${counter++}.js";\n`)],
  ["take imports out", (root, random) => write(root, pick(sources, random), "export const empty = 1;\n")],
  [
    "close a circle",
    (root) => {
      write(root, "packages/stock/src/index.ts", 'import "@shop/web";\n');
      append(root, "packages/orders/src/order.ts", 'import "@shop/stock";\n');
      append(root, "packages/web/src/index.ts", 'import "@shop/orders";\n');
      append(root, "tools/names.py", "import tools.build\n");
    },
  ],
  ["add a file", (root) => write(root, `packages/orders/src/new${counter++}.ts`, 'import "../../stock/src/index.js";\n')],
  ["remove a file", (root) => rmSync(join(root, "packages/orders/src/round.ts"), { force: true })],
  ["write it again", (root) => write(root, "packages/orders/src/round.ts", "export const round = Math.floor;\n")],
  [
    "rename a file",
    (root) => {
      const from = join(root, "packages/orders/src/order.ts");
      if (existsSync(from)) renameSync(from, join(root, "packages/orders/src/ordered.ts"));
      write(root, "packages/orders/src/order.ts", "");
    },
  ],
  [
    "edit tsconfig.json",
    (root, random) =>
      write(
        root,
        "tsconfig.json",
        `{ "compilerOptions": { "paths": { "~orders": ["packages/${pick(["stock", "orders"], random)}/src/index.ts"] } } }`,
      ),
  ],
  [
    "edit package.json",
    (root, random) =>
      write(
        root,
        "packages/orders/package.json",
        `{ "name": "${pick(["@shop/orders", "@shop/bills"], random)}", "exports": "./src/${pick(["index", "order"], random)}.ts" }`,
      ),
  ],
  [
    "edit drystone.yaml",
    (root, random) =>
      append(root, "drystone.yaml", `  - deny: { from: ${pick(["web", "stock"], random)}, to: orders, why: "${counter++}" }\n`),
  ],
  [
    "write module.yml",
    (root, random) => write(root, "packages/stock/module.yml", `uses: [${pick(["orders", "web"], random)}]\n`),
  ],
  ["edit CODEOWNERS", (root) => append(root, "CODEOWNERS", `/packages/stock @shop/stock${counter++}\n`)],
  ["write .gitignore", (root, random) => write(root, ".gitignore", `packages/${pick(["stock", "none"], random)}/src\n`)],
  [
    "accept what is there",
    (root) =>
      write(
        root,
        ".drystone/accepted.yaml",
        "accepted:\n  - { rule: module-boundaries/private-import, module: web, from: packages/web/src/index.ts, to: packages/orders/src/round.ts, kind: value, owner: web, reason: later }\n",
      ),
  ],
  ["make a file binary", (root) => write(root, "packages/web/src/index.ts", "\0\0")],
  ["make it text", (root) => write(root, "packages/web/src/index.ts", 'import "@shop/orders";\n')],
  [
    "put a link in the place of a file",
    (root) => {
      rmSync(join(root, "packages/stock/src/index.ts"), { force: true });
      mkdirSync(join(root, "packages/stock/src"), { recursive: true });
      symlinkSync("/etc/hostname", join(root, "packages/stock/src/index.ts"));
    },
  ],
  [
    "put the file back",
    (root) => {
      rmSync(join(root, "packages/stock/src/index.ts"), { force: true });
      write(root, "packages/stock/src/index.ts", "export const stock = 2;\n");
    },
  ],
  ["edit another language", (root) => append(root, "tools/build.py", "import tools.none\n")],
  ["write no TypeScript", (root) => write(root, "packages/orders/src/order.ts", "import { from ;;; ` ${")],
  ["commit", (root) => git(root, "add", "-A")],
];

async function bothChecks(root: string) {
  const run = async (cacheDirectory: string | null) => {
    // Files are as young as the test: they count as old.
    const { inputs, model, assessments } = await check({ paths: [root], cacheDirectory, now: Date.now() + 60_000 });
    return { inputs, model, assessments };
  };
  return { warm: await run(`${root}.cache`), cold: await run(null) };
}

function memoryFile(root: string): string {
  const folder = join(`${root}.cache`, "check");
  return join(folder, readdirSync(folder)[0] ?? "");
}

function memoryStamp(root: string): string {
  const { mtimeMs, ino } = statSync(memoryFile(root));
  return `${mtimeMs} ${ino}`;
}

function repository(name: string): string {
  const root = join(scratch, name);
  for (const [path, text] of Object.entries(shop)) write(root, path, text);
  git(root, "init", "-q");
  git(root, "add", "-A");
  git(root, "-c", "user.name=ada", "-c", "user.email=ada@example.com", "commit", "-qm", "shop");
  return root;
}

function git(root: string, ...args: readonly string[]): void {
  gitIn(root, args);
}

function write(root: string, path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  writeFileSync(file, text);
}

function append(root: string, path: string, text: string): void {
  const file = join(root, path);
  write(root, path, (existsSync(file) ? readFileSync(file, "utf8") : "") + text);
}

function pick<Value>(values: readonly [Value, ...Value[]] | readonly Value[], random: () => number): Value {
  return values[Math.floor(random() * values.length)] as Value;
}

/** Mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
