import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parseSync } from "oxc-parser";
import { beforeAll, describe, expect, test } from "vitest";
import { workTree } from "#collect/files/index.js";
import { collectImports, scanImports } from "#collect/imports/index.js";
import { mulberry32, randomIndex } from "#util/random.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

describe("oxc-parser, whole trees of whole files, finds the same imports", () => {
  const tree = workTree("drystone", `${root}.git`, root);
  const texts = tree.read(tree.paths.filter((path) => /\.(?:[cm]?[jt]s|[jt]sx)$/.test(path)));

  test("in our own source", () => {
    const differing = [...texts].filter(([path, text]) => ours(path, text).join() !== oracle(path, text).join());
    expect(differing.map(([path]) => path)).toEqual([]);
    expect(texts.size).toBeGreaterThan(300);
  });

  test("in files put together from statements, comments, texts and markup in any order", () => {
    const random = mulberry32(17);
    const pick = (list: readonly string[]) => list[randomIndex(random, list.length)] ?? "";
    let compared = 0;
    for (let round = 0; round < 1500; round++) {
      const text = Array.from(
        { length: 1 + randomIndex(random, 7) },
        () => pick(random() < 0.6 ? heads : bodies) + pick(["\n", ";\n", "\r\n", " ;"]),
      ).join("");
      const path = pick(["a.ts", "a.tsx", "a.js"]);
      const theirs = oracle(path, text);
      if (theirs[0] === "invalid") continue;
      compared++;
      expect(ours(path, text), text).toEqual(theirs);
    }
    expect(compared).toBeGreaterThan(700);
  });
});

const heads = [
  'import "./a"',
  "import b, { type B, c as d } from './b'",
  'import { type E, type as } from "./e"',
  'import type F from "./f"',
  'import type, { g } from "./g"',
  'import * as h from "./h"',
  'import/**/{/*"no"*/i/*}*/}/*from "no"*/from/**/"./i"',
  'export * from "./j"',
  'export * as k from "./k"',
  'export { l, type m } from "./l"',
  'export { default } from "./n"',
  'import { default as o, } from "./o" with { type: "json" }',
  'const p = require("./p")',
  'var { q, r: s } = require("./q").deep, t = require("./t")("x")',
  '"use strict"',
  "'use client' // import \"no\"",
  "// import 'no'",
  "/* export * from 'no' */",
  "/** import('no') */",
  'import { "odd name" as u } from "./u"',
  "import $ from './$'",
];

const bodies = [
  "let v = 1",
  'const w = () => import("./w")',
  "const x = import(`./x`)",
  "const y = (n: string) => import(`./${n}`)",
  'const z = require("./z")',
  'function aa() { return require(/* chunk */ "./aa"); }',
  'obj.require("no"); obj?.import("no")',
  "const text = 'import(\"no\")'",
  "const text2 = \"import x from 'no'\"",
  "const tpl = `\nimport x from 'no'\n${`${require('./tpl')}`}`",
  "const re = /require('no')|import \"no\"/g",
  "const half = 4 / 2; const ab = `import('no')` / 2",
  'type AC = import("./ac").AC',
  'let ad: typeof import("./ad")',
  "export const ae = 1",
  'export type AF = import("./af", { with: { "resolution-mode": "import" } }).AF',
  "export default class {}",
  "const ag = { import: 1, require: 2, from: 'no' }",
  "const ah = <p>import x from 'no'; require(\"no\") don't {require('./ah')}</p>",
  "// require('no')\n/* import('no') */",
  "if (v) { require('./ai') } else require('./aj')",
  'import ak = require("./ak")',
  "label: for (;;) { break label }",
  "let from = 'no', type = from",
  "const am = a => a < 3 && a > 1",
];

function ours(path: string, text: string): string[] {
  const found = scanImports(path, text)?.imports ?? [];
  return [...new Set(found.map(({ line, kind, specifier }) => `${line} ${kind} ${specifier}`))].sort();
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly value?: unknown;
  readonly source?: Node | null;
  readonly specifiers?: readonly { readonly importKind?: string; readonly exportKind?: string }[];
  readonly importKind?: string;
  readonly exportKind?: string;
  readonly callee?: { readonly type: string; readonly name?: string };
  readonly arguments?: readonly Node[];
  readonly expressions?: readonly Node[];
  readonly quasis?: readonly { readonly value: { readonly cooked: string } }[];
  readonly moduleReference?: { readonly expression?: Node };
}

/** By the tree alone; shares nothing with the code under test. */
function oracle(path: string, text: string): string[] {
  const lang = path.endsWith(".tsx") ? "tsx" : /\.[cm]?ts$/.test(path) ? "ts" : "jsx";
  const { program, errors } = parseSync("file", text, { lang, sourceType: "module" });
  if (errors.length > 0) return ["invalid"];
  const found = new Set<string>();
  visit(program, (node) => {
    for (const [kind, source] of importsOf(node)) {
      const specifier =
        source.type === "TemplateLiteral"
          ? source.expressions?.length === 0
            ? source.quasis?.[0]?.value.cooked
            : null
          : source.value;
      if (typeof specifier === "string") found.add(`${text.slice(0, node.start).split("\n").length} ${kind} ${specifier}`);
    }
  });
  return [...found].sort();
}

function visit(value: unknown, look: (node: Node) => void): void {
  if (typeof value !== "object" || value === null) return;
  if ("type" in value) look(value as Node);
  for (const part of Object.values(value)) visit(part, look);
}

function importsOf(node: Node): [kind: string, source: Node][] {
  const { type, source, specifiers = [] } = node;
  if (type === "ImportDeclaration" && source) {
    const typed = node.importKind === "type" || (specifiers.length > 0 && specifiers.every((one) => one.importKind === "type"));
    return [[typed ? "type" : "value", source]];
  }
  if ((type === "ExportNamedDeclaration" || type === "ExportAllDeclaration") && source) {
    const typed = node.exportKind === "type" || (specifiers.length > 0 && specifiers.every((one) => one.exportKind === "type"));
    return [[typed ? "type" : "reexport", source]];
  }
  if (type === "ImportExpression" && source) return [["dynamic", source]];
  if (type === "TSImportType" && source) return [["type", source]];
  if (type === "TSImportEqualsDeclaration")
    return node.moduleReference?.expression
      ? [[node.importKind === "type" ? "type" : "value", node.moduleReference.expression]]
      : [];
  const [argument] = node.arguments ?? [];
  return type === "CallExpression" && node.callee?.type === "Identifier" && node.callee.name === "require" && argument
    ? [["value", argument]]
    : [];
}

describe("dependency-cruiser on our own source", () => {
  let theirs: { readonly from: string; readonly to: string }[] = [];

  beforeAll(async () => {
    const command = [
      "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
      "packages/drystone/src",
      "--config",
      ".dependency-cruiser.cjs",
      "-T",
      "json",
    ];
    // It ends with an error when the source breaks a rule; the edges are there all the same.
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, maxBuffer: 2 ** 28 }).catch(
      (error: { stdout: string }) => error,
    );
    const { modules } = JSON.parse(stdout) as {
      modules: { source: string; dependencies: { resolved: string; couldNotResolve: boolean }[] }[];
    };
    theirs = modules.flatMap(({ source, dependencies }) =>
      dependencies.flatMap(({ resolved, couldNotResolve }) =>
        couldNotResolve || !resolved.startsWith("packages/drystone/src/") ? [] : [{ from: source, to: resolved }],
      ),
    );
  });

  test("has no edge that we lack; what it lacks are types that are exported again", () => {
    const tree = workTree("drystone", `${root}.git`, root);
    const { graph, problems } = collectImports({ ...tree, paths: tree.paths.filter((path) => !path.includes("/fixtures/")) });
    const known = new Map(
      graph.from.map((from, at) => [`${graph.files[from]} -> ${graph.files[graph.to[at] ?? -1]}`, graph.kinds[at]]),
    );
    const edges = new Set(theirs.map(({ from, to }) => `${from} -> ${to}`).filter((edge) => !edge.includes("/fixtures/")));
    expect([...edges].filter((edge) => !known.has(edge))).toEqual([]);
    const onlyOurs = [...known].filter(
      ([edge]) => edge.startsWith("packages/drystone/src/") && edge.includes("-> packages/drystone/src/") && !edges.has(edge),
    );
    expect(onlyOurs.filter(([, kind]) => kind !== "type")).toEqual([]);
    expect(edges.size).toBeGreaterThan(500);
    expect(problems).toEqual([]);
  });
});

test("the files of a text are told with the line on which an import starts", () => {
  const text = readFileSync(fileURLToPath(import.meta.url), "utf8");
  expect(scanImports("imports.test.ts", text)?.imports.slice(0, 2)).toEqual([
    { specifier: "node:child_process", name: null, kind: "value", line: 1 },
    { specifier: "node:fs", name: null, kind: "value", line: 2 },
  ]);
});
