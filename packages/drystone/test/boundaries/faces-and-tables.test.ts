/** Public faces of packages that are built, tables of a schema that all share, and files that mark packages. */
import { expect, test } from "vitest";
import { readConfig } from "#collect/config/index.js";
import { textTree } from "#collect/files/index.js";
import { checkTrees } from "#run/check-trees.js";

async function found(files: Readonly<Record<string, string>>): Promise<string[]> {
  const tree = textTree("shop", files);
  const { boundaries } = await checkTrees([tree], readConfig(tree), { unresolvedShare: 0 });
  return boundaries.violations.map(
    ({ finding: { code, location, severity } }) =>
      `${severity} ${code.slice("module-boundaries/".length)} ${location?.file}:${location?.line}`,
  );
}

const importer = (specifier: string) => ({
  "package.json": `{ "workspaces": ["packages/*"] }`,
  "packages/web/package.json": `{ "name": "@shop/web" }`,
  "packages/web/src/index.ts": `import { a } from "${specifier}";\nexport const w = a;\n`,
});
const modules = "modules:\n  - { match: 'packages/{name}' }\n";

test.each<[what: string, exports: string, specifier: string, findings: string[]]>([
  ["a flavour of a build", `{ ".": { "production": "./dist/prod/index.js" } }`, "@shop/cart", []],
  ["types below the name of the package", `{ ".": { "types": "./dist/types/cart/src/index.d.ts" } }`, "@shop/cart", []],
  ["a build of another name", `{ ".": "./dist/main.js" }`, "@shop/cart", []],
  [
    "a pattern",
    `{ "./*": { "types": "./dist/types/cart/src/*.d.ts", "default": "./dist/prod/index.js" } }`,
    "@shop/cart/inner",
    [],
  ],
  [
    "what is not exported stays private",
    `{ ".": { "production": "./dist/prod/index.js" } }`,
    "@shop/cart/src/inner",
    ["error private-import packages/web/src/index.ts:1"],
  ],
])("exports: %s", async (_, exports, specifier, findings) => {
  expect(
    await found({
      ...importer(specifier),
      "drystone.yaml": modules,
      "packages/cart/package.json": `{ "name": "@shop/cart", "exports": ${exports} }`,
      "packages/cart/src/index.ts": "export const a = 1;\n",
      "packages/cart/src/inner.ts": "export const a = 1;\n",
    }),
  ).toEqual(findings);
});

test.each<[what: string, shown: string, findings: string[]]>([
  ["a file stands for its folder, which is what is imported", "api/pay.go", []],
  ["of another folder", "store/ledger.go", ["error private-import orders/a.go:3"]],
  ["files of the folder itself, and not of those in it", '"*"', ["error private-import orders/a.go:3"]],
])("Go: %s", async (_, shown, findings) => {
  expect(
    await found({
      "drystone.yaml": `modules:\n  - { match: orders }\n  - { match: payments, public: [${shown}] }\n`,
      "go.mod": "module shop\n",
      "orders/a.go": 'package orders\n\nimport "shop/payments/api"\n',
      "payments/api/a.go": "package api\n",
      "payments/api/pay.go": "package api\n",
      "payments/store/ledger.go": "package store\n",
    }),
  ).toEqual(findings);
});

test.each<[what: string, shown: string, findings: string[]]>([
  ["the file is there", "[api.ts]", []],
  ["its name without the ending", "[api]", []],
  ["a folder", "[events]", []],
  ["what is excluded, and patterns", '["**", "!secret.ts", "later/**"]', []],
  ["it is gone", "[api.ts, gone.ts]", ["warning unused-allow drystone.yaml:3"]],
  [
    "of a named interface",
    "{ events: [events/paid.ts], admin: { files: [gone/admin.ts] } }",
    ["warning unused-allow drystone.yaml:3"],
  ],
  ["it begins with the name of a file", "[api.t]", ["warning unused-allow drystone.yaml:3"]],
  ["on a line of its own", "[api.ts,\n    events,\n    gone.ts]", ["warning unused-allow drystone.yaml:5"]],
])("public names files: %s", async (_, shown, findings) => {
  expect(
    await found({
      "drystone.yaml": `modules:\n  - { match: orders }\n  - { match: payments, public: ${shown} }\n`,
      "orders/a.ts": "export const a = 1;\n",
      "payments/api.ts": "export const a = 1;\n",
      "payments/events/paid.ts": "export const a = 1;\n",
    }),
  ).toEqual(findings);
});

test("one entry for many modules: public names a file that one of them has, or none", async () => {
  expect([await found(modulesOfOneEntry("api.ts")), await found(modulesOfOneEntry("gone.ts"))]).toEqual([
    [],
    ["warning unused-allow drystone.yaml:2"],
  ]);
});

test("public of module.yml is told in module.yml", async () => {
  const files = {
    "drystone.yaml": "modules:\n  - { match: payments }\n",
    "payments/module.yml": "tags: [core]\npublic: gone.ts\n",
    "payments/a.ts": "export const a = 1;\n",
  };
  expect(await found(files)).toEqual(["warning unused-allow payments/module.yml:2"]);
});

const modulesOfOneEntry = (shown: string) => ({
  "drystone.yaml": `modules:\n  - { match: "m/{name}", public: [${shown}] }\n`,
  "m/orders/api.ts": "export const a = 1;\n",
  "m/carts/a.ts": "export const a = 1;\n",
});

const tableModules =
  "modules:\n  - { name: orders, match: orders }\n  - { name: billing, match: billing }\n  - { name: db, match: db }\n";
const model = (table: string) => `class Row < ApplicationRecord\n  self.table_name = "${table}"\nend\n`;

test.each<[what: string, files: Record<string, string>, findings: string[]]>([
  ["the schema of all owns nothing", { "db/schema.rb": "create_table :orders\n", "orders/row.rb": model("orders") }, []],
  [
    "who maps what it defines owns it",
    { "db/schema.rb": "create_table :orders\n", "orders/row.rb": model("orders"), "billing/a.sql": "UPDATE orders SET a = 1;\n" },
    ["error foreign-table billing/a.sql:1"],
  ],
  [
    "who alters a table does not own it",
    {
      "orders/a.sql": "CREATE TABLE orders (id int);\n",
      "billing/a.sql": "ALTER TABLE orders ADD COLUMN x int;\n",
    },
    ["error foreign-table billing/a.sql:1"],
  ],
])("tables: %s", async (_, files, findings) => {
  const sources = { "orders/a.rb": "A = 1\n", "billing/a.rb": "B = 1\n", "db/a.rb": "C = 1\n" };
  expect(await found({ "drystone.yaml": tableModules, ...sources, ...files })).toEqual(findings);
});

test("a file that only marks a folder above modules as a package of Python belongs to no module, and need not", async () => {
  const files = { "app/__init__.py": "", "app/orders/a.py": "x = 1\n", "app/__main__.py": "x = 1\n" };
  expect(await found({ "drystone.yaml": "modules:\n  - { match: app/orders }\n", ...files })).toEqual([
    "warning unassigned app/__main__.py:1",
  ]);
});

test("a module that shows nothing: the fix names no public file", async () => {
  const tree = textTree("shop", {
    "drystone.yaml": "modules:\n  - { match: orders }\n  - { match: payments, public: [] }\n",
    "orders/a.py": "from payments.service import Payment\n",
    "payments/service.py": "class Payment: ...\n",
  });
  const { boundaries } = await checkTrees([tree], readConfig(tree), { unresolvedShare: 0 });
  expect(boundaries.violations.map(({ finding: { fix } }) => fix)).toEqual([
    "payments shows nothing to orders: ask its owners to make a file public",
  ]);
});
