import { expect, test } from "vitest";
import { textTree } from "#collect/files/index.js";
import { mulberry32, randomIndex } from "#util/random.js";
import { processorTime } from "../../../test/fakes/index.js";
import { frontEnds } from "./front-ends.js";
import { collectImports, scanImports } from "./index.js";

const pieces =
  "import|export|from|require|type|as|use|using|namespace|package|mod|class|def|module|static|function|include|__DIR__|if TYPE_CHECKING:|(|)|{|}|[|]|<|>|*|,|;|:|.|..|=|=>|/|\\|//|/*|*/|#|'|\"|`|'''|\"\"\"|${|<<~X|X|\n|\n  |\t|\r|a|b.c|A::B|A\\B|./a|../b|\"./a\"|'./b'|@|$|!|?|é|\u2028|<script>|</script>|---|-->|<!--".split(
    "|",
  );

test("any text is read by any language without an error", () => {
  const random = mulberry32(20261121);
  for (let round = 0; round < 300; round++) {
    const text = Array.from({ length: randomIndex(random, 120) }, () => pieces[randomIndex(random, pieces.length)]).join(
      random() < 0.5 ? " " : "",
    );
    const files = frontEnds.flatMap(({ endings }) => endings).map((ending): [string, string] => [`p/a${ending}`, text]);
    const configs = [
      "package.json",
      "tsconfig.json",
      "go.mod",
      "Cargo.toml",
      "p/a.csproj",
      "vite.config.ts",
      "pnpm-workspace.yaml",
    ];
    const { graph } = collectImports(textTree("any", Object.fromEntries([...files, ...configs.map((path) => [path, text])])));
    expect(graph.from.every((from, at) => graph.files[from] !== undefined && graph.files[graph.to[at] ?? -1] !== undefined)).toBe(
      true,
    );
  }
});

// 300 kB that begin something again and again and never end it.
test.each(
  [
    "import {",
    "import/*",
    "\nimport {/*",
    "\nimport a, {b,",
    "\nimport '",
    "export{a,",
    "require(",
    "require(/*",
    "import(//\n",
    "/*",
    "///",
    "/// <reference path=",
    "<script ",
    "<script a=",
    "<!--",
    "use a",
    "\nuse A\\{b,",
    "use a::{",
    "\nmod a {",
    "'''",
    '"""\\',
    "from . import (",
    "\nimport a.",
    "\nif TYPE_CHECKING:",
    "package ",
    "@a(",
    "fun <",
    "\nval ",
    "namespace A;",
    "\nusing A.",
    "[assembly",
    "module A\n ",
    "A::",
    "<<~A\n",
    "\t",
    "(",
    "`${",
    "/a/",
  ].map((piece) => [piece]),
)("time grows with the text, not faster: %j", (piece) => {
  const text = piece.repeat(Math.ceil(300_000 / piece.length));
  const paths = ["a.ts", "a.vue", "a.java", "a.kt", "a.py", "a.go", "a.cs", "a.php", "a.rb", "a.rs"];
  for (const path of paths) {
    const spent = processorTime();
    scanImports(path, text);
    expect(spent(), path).toBeLessThan(15_000);
  }
  const configs = [
    "package.json",
    "tsconfig.json",
    "vite.config.ts",
    "nuxt.config.ts",
    "go.mod",
    "Cargo.toml",
    "a.csproj",
    "pnpm-workspace.yaml",
    "lerna.json",
  ];
  const spent = processorTime();
  collectImports(
    textTree(
      "any",
      Object.fromEntries([
        ...paths.map((path) => [path, "import a\nuse a;\nimport './a'"]),
        ...configs.map((path) => [path, text]),
      ]),
    ),
  );
  expect(spent()).toBeLessThan(15_000);
});
