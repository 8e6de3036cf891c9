import { describe, expect, test } from "vitest";
import { readHeader } from "./header.js";
import { scanJavaScript } from "./scan.js";

const told = (text: string, path = "cart.ts") =>
  scanJavaScript(text, path).imports.map(({ line, kind, specifier }) => `${line} ${kind} ${specifier}`);

describe("statements at the head", () => {
  test.each<[text: string, imports: string[]]>([
    ['import "./side";', ["1 value ./side"]],
    ["import cart, { type Item, add } from './cart'", ["1 value ./cart"]],
    ['import { type Item, type Price as Cost } from "./cart"', ["1 type ./cart"]],
    ['import cart, { type Item } from "./cart"', ["1 value ./cart"]],
    ['import {} from "./cart"', ["1 value ./cart"]],
    ['import type Cart from "./cart"', ["1 type ./cart"]],
    ['import type, { add } from "./cart"', ["1 value ./cart"]],
    ['import type from "./cart"', ["1 value ./cart"]],
    ['import type from from "./cart"', ["1 type ./cart"]],
    ['import { type } from "./cart"', ["1 value ./cart"]],
    ['import { type as kind } from "./cart"', ["1 value ./cart"]],
    ['import { type as } from "./cart"', ["1 type ./cart"]],
    ['import { type as as } from "./cart"', ["1 value ./cart"]],
    ['import { type as as kind } from "./cart"', ["1 type ./cart"]],
    ['import { default as cart, "odd name" as odd } from "./cart"', ["1 value ./cart"]],
    ['import typescript from "./cart"', ["1 value ./cart"]],
    ['import * as cart from "./cart"', ["1 value ./cart"]],
    ['import data from "./cart.json" with { type: "json" };\nimport "./next"', ["1 value ./cart.json", "2 value ./next"]],
    ['import fs = require("fs");\nimport type path = require("path")', ["1 value fs", "2 type path"]],
    ['import Space = Outer.Inner;\nimport "./next"', ["2 value ./next"]],
    ['export * from "./cart";\nexport * as cart from "./cart"', ["1 reexport ./cart", "2 reexport ./cart"]],
    ['export { add, type Item } from "./cart"', ["1 reexport ./cart"]],
    ['export type { Item } from "./cart";\nexport type * from "./types"', ["1 type ./cart", "2 type ./types"]],
    ['export { local };\nimport "./next"', ["2 value ./next"]],
    ['"use strict";\nconst { add } = require("./cart"), pay = require("./pay").default;', ["2 value ./cart", "2 value ./pay"]],
    ['const debug = require("debug")("shop")\nrequire("./next")', ["1 value debug", "2 value ./next"]],
    ['#!/usr/bin/env node\n// import "./no"\n/* import "./no" */ import "./cart"', ["3 value ./cart"]],
    ['/// <reference path="./globals.d.ts" />\nimport "./cart"', ["1 type ./globals.d.ts", "2 value ./cart"]],
    ['import {\n  add, // the "first"\n  /* from "./no" */ remove,\n} from /* here */ "./cart"', ["1 value ./cart"]],
    ['// old Mac\rimport "./cart"\rlet a', ["1 value ./cart"]],
  ])("%s", (text, imports) => {
    expect(told(text)).toEqual(imports);
  });
});

describe("below the head", () => {
  test.each<[text: string, imports: string[]]>([
    ['let a = 1;\nimport { add } from "./late"', ["2 value ./late"]],
    ['let a = 1;\nexport { add } from "./late"', ["2 reexport ./late"]],
    ['const load = () => import("./page")', ["1 dynamic ./page"]],
    ["const load = () => import(`./page`)", ["1 dynamic ./page"]],
    ['const load = () => import(/* webpackChunkName: "page" */ "./page")', ["1 dynamic ./page"]],
    ["const load = (name) => import(`./pages/${name}`)", []],
    ['let cart: typeof import("./cart");\nlet item: import("./item").Item', ["1 type ./cart", "2 type ./item"]],
    ['function pay() { return require("./pay") }', ["1 value ./pay"]],
    ['params.require("order"); this.require("x")', []],
    ['const text = `\nimport { add } from "./no"\n${require("./yes")}`', ["3 value ./yes"]],
    ["const text = \"import('./no')\"", []],
    ['const pattern = /require("./no")/', []],
    ['/**\n import { add } from "./no"\n*/\nlet a', []],
    ['declare module "shop" {\n  import type { Item } from "./item";\n}', ["2 type ./item"]],
    ['if (a) { module.exports = require("./a") } else module.exports = require("./b")', ["1 value ./a", "1 value ./b"]],
  ])("%s", (text, imports) => {
    expect(told(text)).toEqual(imports);
  });

  test("text in markup is no import", () => {
    expect(
      told('export const Help = () => <p>import {"{"} add {"}"} from "./no"; require("./no") don\'t</p>', "help.tsx"),
    ).toEqual([]);
  });
});

test.each([
  ["import a from 'a';\nexport const add = (x) => x + 1;", true],
  ["import a from 'a';\n// we import(this) and require attention from \"them\"", true],
  ["import a from 'a';\nobject.require('b')", true],
  ["import a from 'a';\nrequire('b')(c)", true],
  ["import a from 'a';\nlet b = require('b')\nlet c = 1, d = require('d')", false],
  ["import a from 'a';\nlet b = import('b')", false],
  ["import \\u0061 from 'a'", false],
  ["import defer * as a from 'a'", false],
])("%s needs no parser: %s", (text, complete) => {
  expect(readHeader(text).complete).toBe(complete);
});

test.each<[path: string, text: string, imports: string[]]>([
  [
    "Cart.vue",
    '<template>\n<p>import "./no"</p>\n</template>\n<!-- <script>import "./no"</script> -->\n<script setup lang="ts" generic="T extends Record<string, Item>">\nimport { add } from "./cart"\n</script>\n<script src="./more.ts"></script>',
    ["6 value ./cart", "8 value ./more.ts"],
  ],
  [
    "Cart.svelte",
    '<script context="module">\n import "./a"\n</script>\n<script>\n const load = () => import("./b")\n</script>\n<p/>',
    ["2 value ./a", "5 dynamic ./b"],
  ],
  [
    "cart.astro",
    '---\nimport Layout from "./Layout.astro";\n---\n<Layout/>\n<script>\nimport "./client"\n</script>',
    ["2 value ./Layout.astro", "6 value ./client"],
  ],
  ["Data.vue", '<script type="application/json">import "./no"</script>', []],
])("%s", (path, text, imports) => {
  expect(told(text, path)).toEqual(imports);
});

test.each(['import "./cart";\nlet = = ;\nrequire("./no")', 'import "./cart";\nimport { pay from "./pay";\n'])(
  "a file that cannot be parsed keeps the imports of its head and says so: %j",
  (text) => {
    expect(scanJavaScript(text, "cart.ts")).toEqual({
      language: "javascript",
      imports: [{ specifier: "./cart", name: null, kind: "value", line: 1 }],
      packages: [],
      symbols: [],
      words: [],
      problem: "cannot be parsed; only the imports at its head were read",
    });
  },
);

// Each would end the process if the parser got it in here.
test.each([
  ["brackets", "(".repeat(100_000)],
  ["brackets behind a regular expression", `a = /x/ + "/"; ${"(".repeat(100_000)}`],
  ["brackets with closing ones in texts", '(")"+'.repeat(50_000)],
  ["alternatives", "if(a);else ".repeat(60_000)],
  ["types", `type A = ${"A<".repeat(50_000)}`],
  ["templates", "`${".repeat(50_000)],
])("nesting without end: %s", (_, text) => {
  const { imports, problem } = scanJavaScript(`import "./cart";\nlet a;\nrequire("./pay");\n${text}`, "cart.ts");
  expect([imports.map(({ specifier }) => specifier), problem]).toEqual([
    ["./cart"],
    "cannot be parsed; only the imports at its head were read",
  ]);
});

test("a long file that is not deep is read in here or apart, with all its imports", () => {
  const routes = Array.from({ length: 1000 }, (_, index) => `  page${index}: () => import("./page${index}"),`);
  const plain = `export const routes = {\n${routes.join("\n")}\n};`;
  const mixed = `${plain}\nexport const test = (text: string) => /[\`'"]/.test(text) && /x/.test(\`\${text}\`);`;
  for (const text of [plain, mixed]) expect(scanJavaScript(text, "routes.ts").imports).toHaveLength(1000);
});
