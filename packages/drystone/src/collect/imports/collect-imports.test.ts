import { describe, expect, test } from "vitest";
import { textTree } from "#collect/files/index.js";
import { collectImports } from "./index.js";

/** Edges, packages and what leads nowhere, in words. */
function graphOf(files: Readonly<Record<string, string>>): string[] {
  const { graph } = collectImports(textTree("shop", files));
  const { from, to, kinds, packages, unresolved } = graph;
  const name = (index: number | undefined) => graph.files[index ?? -1] ?? "";
  return [
    ...from.map((_, at) => `${name(from[at])} ${kinds[at] === "value" ? "->" : `-${kinds[at]}->`} ${name(to[at])}`),
    ...packages.map((one) => `${name(one.from)} uses ${one.name}`),
    ...unresolved.map((one) => `${name(one.from)} misses ${one.specifier}`),
  ];
}

test("a whole graph: edges sorted, packages and unresolved once per file, counts per language", () => {
  const files = {
    "a.ts":
      'import type { B } from "./b"; import { b } from "./b";\nexport * from "./c";\nimport "react";\nimport "react/jsx";\nimport "./gone";\nimport "./gone";',
    "b.ts": "export const b = 1;",
    "c.py": "import os\n",
    "c.ts": 'const a = () => import("./a");\nimport fs from "fs";',
    "skipped.ts": 'import "./a"',
  };
  expect(collectImports(textTree("shop", files), { skip: (path) => path === "skipped.ts" })).toEqual({
    // Imports, resolved, packages, unresolved.
    counted: new Map([
      ["a.ts", [7, 3, 2, 2]],
      ["b.ts", [0, 0, 0, 0]],
      ["c.py", [1, 0, 1, 0]],
      ["c.ts", [2, 1, 1, 0]],
    ]),
    graph: {
      repository: "shop",
      files: ["a.ts", "b.ts", "c.py", "c.ts"],
      from: [0, 0, 3],
      to: [1, 3, 0],
      lines: [1, 2, 1],
      kinds: ["value", "reexport", "dynamic"],
      packages: [
        { from: 0, name: "react", line: 3, kind: "value", declared: "no" },
        { from: 2, name: "os", line: 1, kind: "value" },
        { from: 3, name: "node:fs", line: 2, kind: "value" },
      ],
      unresolved: [{ from: 0, specifier: "./gone", line: 5 }],
      counts: [
        { language: "javascript", files: 3, imports: 9, resolved: 4, packages: 3, unresolved: 2 },
        { language: "python", files: 1, imports: 1, resolved: 0, packages: 1, unresolved: 0 },
      ],
    },
    problems: [],
  });
});

test("code that a build makes of .proto files is not missed; beside it a name that is gone is", () => {
  const files = {
    "pb/demo.proto": 'syntax = "proto3";\npackage shop.demo;\noption go_package = "genproto/demo;demo";\n',
    "pb/pay.proto": 'syntax = "proto3";\npackage other;\noption java_package = "shop.pay.api";\n',
    "a/Ad.java": "package shop;\nimport shop.demo.Demo.Ad;\nimport shop.pay.api.*;\nimport shop.Gone;\nimport shop.There;\n",
    "a/There.java": "package shop;\n",
    "a/Local.java": "package shop.demo;\n",
    "go.mod": "module shop.io/x\n",
    "b/main.go": 'package main\nimport (\n pb "shop.io/x/genproto/demo"\n "shop.io/x/gone"\n)\n',
    "c/__init__.py": "",
    "c/ad.py": "from .protos import demo_pb2_grpc\nfrom .gone import it\nfrom . import demo_pb2\nfrom .lost_pb2 import it\n",
  };
  expect(graphOf(files).filter((line) => line.includes(" misses "))).toEqual([
    "a/Ad.java misses shop.Gone",
    "b/main.go misses shop.io/x/gone",
    "c/ad.py misses .gone",
    "c/ad.py misses .lost_pb2",
  ]);
});

test("what .gitignore keeps out by name is made by a build; below another folder, or by the kind of file, it is missed", () => {
  const files = {
    "go.mod": "module shop.io/x\n",
    "api/main.go": 'package main\nimport (\n "shop.io/x/api/models"\n "shop.io/x/api/gone"\n)\n',
    ".gitignore": "# made\n/web/api-client\napi/models/\nroutes.gen.ts\n*.css\n!web/kept\n",
    "web/.gitignore": "generated/\n",
    "web/src/a.ts":
      'import "../api-client/models/order"; import "./routes.gen"; import "./generated/b"; import "../api-clients/c"; import "./look.css"; import "../kept/d"',
    "shop/a.ts": 'import "./generated/b"; import "./web/api-client"',
  };
  expect(graphOf(files)).toEqual([
    "api/main.go misses shop.io/x/api/gone",
    "shop/a.ts misses ./generated/b",
    "shop/a.ts misses ./web/api-client",
    "web/src/a.ts misses ../api-clients/c",
    "web/src/a.ts misses ../kept/d",
    "web/src/a.ts misses ./look.css",
  ]);
});

test("what cannot be read is a problem; node_modules and the like are not read", () => {
  const files = {
    "a.ts": "let = ;\nrequire('./b')",
    "node_modules/x/index.js": "import './y'",
    "vendor/x.go": 'package x\nimport "fmt"',
  };
  expect(collectImports(textTree("shop", files)).problems).toEqual([
    {
      path: "a.ts",
      line: null,
      message: "a.ts cannot be parsed; only the imports at its head were read",
      hint: "other imports of this file are not in the graph",
    },
  ]);
  expect(graphOf(files)).toEqual([]);
});

describe("JavaScript and TypeScript", () => {
  test.each<[what: string, files: Record<string, string>, graph: string[]]>([
    [
      "endings, folders, and .js written for .ts",
      {
        "src/a.ts":
          'import "./b"; import "./c.js"; import "./d"; import "./e.json"; import "./f.vue"; import "."; import "./g.svg?raw"',
        "src/b.tsx": "",
        "src/c.ts": "",
        "src/c.js": "",
        "src/d/index.ts": "",
        "src/e.json": "",
        "src/f.vue": "",
        "src/g.svg": "",
        "src/index.ts": "",
      },
      ["src/b.tsx", "src/c.ts", "src/d/index.ts", "src/e.json", "src/f.vue", "src/g.svg", "src/index.ts"].map(
        (to) => `src/a.ts -> ${to}`,
      ),
    ],
    [
      "a file of plain JavaScript prefers its own kind",
      { "a.js": 'require("./b"); require("./c/"); require("./b.js")', "b.js": "", "b.ts": "", "c.js": "", "c/index.js": "" },
      ["a.js -> b.js", "a.js -> c/index.js"],
    ],
    ["nothing outside of the repository", { "a.ts": 'import "../../etc/passwd"' }, ["a.ts misses ../../etc/passwd"]],
    [
      "paths of the nearest tsconfig, with extends that is missing, comments and commas",
      {
        "tsconfig.base.json": '{ "compilerOptions": { "baseUrl": ".", "paths": { "@root/*": ["libs/*/src"] } } }',
        "libs/pay/src/index.ts": "",
        "apps/web/tsconfig.json":
          '{ // web\n "extends": ["@none/tsconfig", "../../tsconfig.base"], "compilerOptions": { "baseUrl": "./src", "paths": { "@/*": ["./*"], "~exact": ["cart.ts"], }, }, }',
        "apps/web/src/cart.ts": "",
        "apps/web/src/deep/page.ts":
          'import "@/cart"; import "~exact"; import "cart"; import "@root/pay"; import "@/gone"; import "@scope/real"; import "@/../logo.svg"',
        "apps/web/logo.svg": "",
      },
      [
        "apps/web/src/deep/page.ts -> apps/web/logo.svg",
        "apps/web/src/deep/page.ts -> apps/web/src/cart.ts",
        "apps/web/src/deep/page.ts -> libs/pay/src/index.ts",
        "apps/web/src/deep/page.ts uses @scope/real",
        "apps/web/src/deep/page.ts misses @/gone",
      ],
    ],
    [
      "references of a configuration that only lists others; ${configDir}; circles",
      {
        "tsconfig.json": '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
        "tsconfig.app.json": '{ "extends": "./tsconfig.loop.json" }',
        "tsconfig.loop.json":
          '{ "extends": "./tsconfig.app.json", "compilerOptions": { "paths": { "$/*": ["${configDir}/src/*"] } } }',
        "src/a.ts": 'import "$/b"',
        "src/b.ts": "",
      },
      ["src/a.ts -> src/b.ts"],
    ],
    [
      "packages of a workspace by name, from what is built to its source",
      {
        "package.json": JSON.stringify({ workspaces: ["packages/*", "!packages/old"] }),
        "packages/app/package.json": JSON.stringify({ name: "app", dependencies: { "@shop/ui": "*" } }),
        "packages/app/src/main.ts":
          'import "@shop/ui"; import "@shop/ui/button"; import "@shop/ui/dist/theme"; import "@shop/cart"; import "old"; import "left-pad"; import "app/src/own"; import "@shop/ui/gone"',
        "packages/app/src/own.ts": "",
        "packages/ui/package.json": JSON.stringify({
          name: "@shop/ui",
          exports: {
            ".": { types: "./dist/index.d.ts", import: "./dist/esm/index.js" },
            "./*": { default: "./dist/*/index.js" },
          },
        }),
        "packages/ui/src/index.tsx": "",
        "packages/ui/src/button/index.ts": "",
        "packages/ui/src/theme.ts": "",
        "packages/cart/package.json": JSON.stringify({ name: "@shop/cart", main: "lib/cart.js", types: "lib/cart.d.ts" }),
        "packages/cart/src/cart.ts": "",
        "packages/old/package.json": JSON.stringify({ name: "old" }),
        "packages/old/index.js": "",
      },
      [
        "packages/app/src/main.ts -> packages/app/src/own.ts",
        "packages/app/src/main.ts -> packages/cart/src/cart.ts",
        "packages/app/src/main.ts -> packages/ui/src/button/index.ts",
        "packages/app/src/main.ts -> packages/ui/src/index.tsx",
        "packages/app/src/main.ts -> packages/ui/src/theme.ts",
        "packages/app/src/main.ts uses left-pad",
        "packages/app/src/main.ts uses old",
        "packages/app/src/main.ts misses @shop/ui/gone",
      ],
    ],
    [
      "a folder with the name of a package from elsewhere is not that package",
      {
        "package.json": JSON.stringify({ name: "shop" }),
        "a.js": 'import "react"',
        "test/fixtures/react/package.json": JSON.stringify({ name: "react" }),
        "test/fixtures/react/index.js": "",
      },
      ["a.js uses react"],
    ],
    [
      "imports of package.json, with conditions and a package behind an alias",
      {
        "package.json": JSON.stringify({ imports: { "#*.js": { source: "./src/*.ts", default: "./dist/*.js" }, "#db": "pg" } }),
        "src/a.ts": 'import "#util/b.js"; import "#db"; import "#gone.js"; import "#other"',
        "src/util/b.ts": "",
      },
      ["src/a.ts -> src/util/b.ts", "src/a.ts uses pg", "src/a.ts misses #gone.js", "src/a.ts misses #other"],
    ],
    [
      "aliases of bundlers and frameworks that are written as plain text",
      {
        "web/vite.config.ts":
          'export default { resolve: { alias: { "@": path.resolve(__dirname, "./src"), "~ui": fileURLToPath(new URL("./ui", import.meta.url)) } } }',
        "web/src/a.ts": 'import "@/b"; import "~ui/c"',
        "web/src/b.ts": "",
        "web/ui/c.ts": "",
        "kit/svelte.config.js": "",
        "kit/src/routes/page.svelte": '<script>import "$lib/d"</script>',
        "kit/src/lib/d.ts": "",
      },
      ["kit/src/routes/page.svelte -> kit/src/lib/d.ts", "web/src/a.ts -> web/src/b.ts", "web/src/a.ts -> web/ui/c.ts"],
    ],
    [
      "names that no file can be",
      {
        "a.ts":
          'import "node:fs"; import "virtual:pwa"; import "https://esm.sh/x"; import "data:text/javascript,1"; import "__proto__"; import "constructor"',
      },
      [
        "a.ts uses __proto__",
        "a.ts uses constructor",
        "a.ts uses https://esm.sh/x",
        "a.ts uses node:fs",
        "a.ts uses virtual:pwa",
      ],
    ],
  ])("%s", (_, files, graph) => {
    expect(graphOf(files).sort()).toEqual([...graph].sort());
  });
});

describe("other languages", () => {
  test.each<[what: string, files: Record<string, string>, graph: string[]]>([
    [
      "Java: declared packages, nested and static names, wildcards by the names that are used",
      {
        "pay/src/Pay.java":
          '/* import no.No; */\n@Deprecated\npackage shop.pay;\nimport shop.cart.Cart;\nimport shop.cart.Cart.Item;\nimport static shop.cart.Prices.SUM;\nimport shop.order.*;\nimport java.util.List;\nimport shop.cart.Gone;\nimport shop.cart.tax.Vat;\nclass Pay { Order order; String text = "import shop.cart.No;"; }',
        "cart/src/main/Cart.java": "package shop.cart;",
        "cart/src/main/Prices.java": "package shop.cart;",
        "order/Order.java": "package shop.order;",
        "order/Unused.java": "package shop.order;",
      },
      [
        "pay/src/Pay.java -> cart/src/main/Cart.java",
        "pay/src/Pay.java -> cart/src/main/Cart.java",
        "pay/src/Pay.java -> cart/src/main/Prices.java",
        "pay/src/Pay.java -> order/Order.java",
        "pay/src/Pay.java uses java.util",
        "pay/src/Pay.java uses shop.cart.tax",
        "pay/src/Pay.java misses shop.cart.Gone",
      ],
    ],
    [
      "Java: of two types with one name the one nearer to the importer",
      {
        "a/X.java": "package p;",
        "a/Y.java": "package q;\nimport p.X;",
        "b/X.java": "package p;",
        "b/Y.java": "package q;\nimport p.X;",
      },
      ["a/Y.java -> a/X.java", "b/Y.java -> b/X.java"],
    ],
    [
      "Kotlin: functions by the file that declares them, and Java beside it",
      {
        "a.kt":
          '@file:JvmName("A")\npackage shop\nimport shop.cart.total\nimport shop.cart.`odd name`\nimport shop.cart.Cart as Basket\nimport shop.cart.first\nimport shop.Legacy\n',
        "cart/things.kt":
          "package shop.cart\n\ninternal inline fun <reified T> List<T>.total(): Int = 0\nfun `odd name`() {}\ndata class Cart(val a: Int)\nval List<Cart>.first get() = this\n",
        "Legacy.java": "package shop;",
      },
      ["a.kt -> Legacy.java", ...Array.from({ length: 4 }, () => "a.kt -> cart/things.kt")],
    ],
    [
      "Python: submodules, relative names, source folders, types only, names in text",
      {
        "svc/app/__init__.py": "",
        "svc/app/main.py":
          '"""\nimport no\n"""\nfrom typing import TYPE_CHECKING\nfrom .models import cart, Order\nfrom . import views as v\nimport app.db.core, json\nfrom app.db import (\n    engine,  # the import of no\n)\nif TYPE_CHECKING:\n    from app.kinds import Kind\nfrom .gone import x\ns = "import no"\ntry: import ujson\nexcept: pass\n',
        "svc/app/models/__init__.py": "",
        "svc/app/models/cart.py": "",
        "svc/app/views.py": "",
        "svc/app/kinds.py": "",
        "svc/app/db/__init__.py": "",
        "svc/app/db/core.py": "",
        "svc/tests/test_main.py": "from app.main import run\nimport helpers\n",
        "svc/tests/helpers.py": "",
        "other/app/__init__.py": "",
        "other/app/main.py": "",
      },
      [
        "svc/app/main.py -> svc/app/db/__init__.py",
        "svc/app/main.py -> svc/app/db/core.py",
        "svc/app/main.py -> svc/app/models/__init__.py",
        "svc/app/main.py -> svc/app/models/cart.py",
        "svc/app/main.py -> svc/app/views.py",
        "svc/app/main.py -type-> svc/app/kinds.py",
        "svc/app/main.py misses .gone",
        "svc/app/main.py uses json",
        "svc/app/main.py uses typing",
        "svc/app/main.py uses ujson",
        "svc/tests/test_main.py -> svc/app/main.py",
        "svc/tests/test_main.py -> svc/tests/helpers.py",
      ],
    ],
    [
      "Python: a file beside the importer is no module of a package, and a package elsewhere is no module of Python's",
      {
        "p/__init__.py": "",
        "p/a.py": "import logging\n",
        "p/logging.py": "",
        "q/json/__init__.py": "",
        "r/b.py": "import json",
      },
      ["p/a.py uses logging", "r/b.py uses json"],
    ],
    [
      "Python: namespaces that several projects share have no file of their own; what no project has of them comes from elsewhere",
      {
        "pay/pyproject.toml": "",
        "pay/src/shop/pay/core.py": "",
        "tax/setup.py": "",
        "tax/shop/tax/core.py": "from shop.pay.core import x\nfrom shop.pay import core\nimport shop.cloud.store\n",
      },
      [
        "tax/shop/tax/core.py -> pay/src/shop/pay/core.py",
        "tax/shop/tax/core.py -> pay/src/shop/pay/core.py",
        "tax/shop/tax/core.py uses shop",
      ],
    ],
    [
      "Go: folders of modules, groups, and what go.mod requires",
      {
        "go.mod": "module shop.example/shop\n\nrequire (\n\tgithub.com/a/b/v2 v2.0.0 // indirect\n)\n",
        "main.go":
          '// import "no"\npackage main\n\nimport (\n\t"fmt"\n\t_ "shop.example/shop/cart"\n\tpay "shop.example/shop/pay/v1"; "C"\n)\nimport . "github.com/a/b/v2/c"\nimport "shop.example/shop/gen"\nvar s = `import "no"`\n',
        "cart/cart.go": "package cart",
        "cart/a.go": "package cart",
        "cart/a_test.go": "package cart",
        "pay/v1/z.go": "package pay",
      },
      [
        "main.go -> cart/cart.go",
        "main.go -> pay/v1/z.go",
        "main.go misses shop.example/shop/gen",
        "main.go uses fmt",
        "main.go uses github.com/a/b/v2",
      ],
    ],
    [
      "C#: namespaces within reach of the project; using statements are no imports",
      {
        "Pay/Pay.csproj": '<Project><ItemGroup><ProjectReference Include="..\\Cart\\Cart.csproj" /></ItemGroup></Project>',
        "Pay/Pay.cs":
          "#nullable enable\nusing System.Text;\nglobal using static Shop.Cart.Prices;\nusing Item = Shop.Cart.Item<int>;\nusing Shop.Common;\nnamespace Shop.Pay\n{\n    using Shop.Pay.Inner;\n    class Pay { void A() { using var x = y; using (z) {} } }\n}\n",
        "Pay/Inner.cs": "namespace Shop.Pay.Inner;",
        "Cart/Cart.csproj": "<Project/>",
        "Cart/A.cs": "namespace Shop.Cart;",
        "Cart/Prices.cs": "namespace Shop.Cart;",
        "Cart/Common.cs": "namespace Shop.Common;",
        "Other/Other.csproj": "<Project/>",
        "Other/Common.cs": "namespace Shop.Common;",
      },
      [
        "Pay/Pay.cs -> Cart/A.cs",
        "Pay/Pay.cs -> Cart/Common.cs",
        "Pay/Pay.cs -> Cart/Prices.cs",
        "Pay/Pay.cs -> Pay/Inner.cs",
        "Pay/Pay.cs uses System.Text",
      ],
    ],
    [
      "PHP: groups, functions, files; traits and closures are no imports",
      {
        "src/Pay.php":
          "<?php\ndeclare(strict_types=1);\nnamespace Shop\\Pay;\n\nuse Shop\\{Cart, Cart\\Item as Thing};\nuse function Shop\\Cart\\total;\nuse Illuminate\\Support\\Str, Shop\\Gone;\nrequire_once __DIR__ . '/boot.php';\n// require 'no.php';\nrequire __DIR__.'/../vendor/autoload.php';\nclass Pay {\n    use Priced;\n    function a() { return function () use ($x) {}; }\n}\n",
        "src/boot.php": "<?php",
        "src/Cart.php": "<?php\nnamespace Shop;\nclass Cart {}",
        "src/Cart/Item.php": "<?php\nnamespace Shop\\Cart;",
        "src/Cart/functions.php": "<?php\nnamespace Shop\\Cart;",
        "src/Priced.php": "<?php\nnamespace Shop\\Pay;",
      },
      [
        "src/Pay.php -> src/Cart.php",
        "src/Pay.php -> src/Cart/Item.php",
        "src/Pay.php -> src/Cart/functions.php",
        "src/Pay.php -> src/boot.php",
        "src/Pay.php misses Shop\\Gone",
        "src/Pay.php uses Illuminate\\Support",
      ],
    ],
    [
      "Ruby: constants from the inner nesting outwards, and required files",
      {
        "app/models/shop/order.rb":
          "require_relative '../helper'\nrequire 'json'\nmodule Shop\n  class Order < Base\n    # Cart\n    include Priced\n    def pay = Line::TAX + \"Cart #{x}\" + ::Cart.new\n    KEY = { Cart: 1 }\n  end\nend\n",
        "app/models/shop/order/line.rb": "",
        "app/models/shop/base.rb": "",
        "app/models/line.rb": "",
        "app/models/cart.rb": "",
        "app/models/shop/cart.rb": "",
        "app/models/concerns/priced.rb": "",
        "app/models/helper.rb": "",
      },
      [
        "app/models/shop/order.rb -> app/models/cart.rb",
        "app/models/shop/order.rb -> app/models/concerns/priced.rb",
        "app/models/shop/order.rb -> app/models/helper.rb",
        "app/models/shop/order.rb -> app/models/shop/base.rb",
        "app/models/shop/order.rb -> app/models/shop/order/line.rb",
        "app/models/shop/order.rb uses json",
      ],
    ],
    [
      "Ruby: associations of Rails, templates, lists over many lines, a class that is opened by its whole name",
      {
        "app/models/shop/order.rb":
          "class Shop::Order < ApplicationRecord\n  has_many :cart_lines\n  belongs_to :buyer,\n    class_name: 'Child'\n  has_many :people\n  has_many :statuses\n  belongs_to :owner, polymorphic: true\n  KINDS = %w[\n    Gone\n    Page\n  ]\n  Inner.new\nend\n",
        "app/models/cart_line.rb": "",
        "app/models/person.rb": "",
        "app/models/status.rb": "",
        "app/models/gone.rb": "",
        "app/models/shop/inner.rb": "",
        "packs/web/lib/public/web/page.rb": "",
        "app/views/order.html.erb": "<h1>Person</h1>\n<%# Status %>\n<% if x %>\n  <%= Web::Page.title -%> CartLine\n",
      },
      [
        "app/models/shop/order.rb -> app/models/cart_line.rb",
        "app/models/shop/order.rb -> app/models/person.rb",
        "app/models/shop/order.rb -> app/models/status.rb",
        "app/views/order.html.erb -> packs/web/lib/public/web/page.rb",
      ],
    ],
    [
      "Rust: modules, trees of use, crates of the workspace, super inside of a module in the file",
      {
        "Cargo.toml": '[package]\nname = "shop-api"\n',
        "src/lib.rs":
          "mod cart;\npub mod pay;\nmod gone;\npub use cart::{self, item::Item as Thing, Cart};\nuse shop_core::money::{Money, rate::*};\nuse std::fmt;\n",
        "src/cart.rs": "pub mod item;\nuse super::pay;\nmod tests {\n    use super::*;\n    use super::super::pay::x;\n}\n",
        "src/cart/item.rs": "use crate::pay::Pay;\nuse super::Cart;\n",
        "src/pay/mod.rs": "use serde::{Serialize, Deserialize};\n",
        "tests/all.rs": "mod common;\nuse shop_api::cart;\n",
        "tests/common/mod.rs": "",
        "core/Cargo.toml": '[package]\nname = "shop-core"\n',
        "core/src/lib.rs": "",
        "core/src/money.rs": "",
        "core/src/money/rate.rs": "",
      },
      [
        "src/cart.rs -> src/cart/item.rs",
        "src/cart.rs -> src/pay/mod.rs",
        "src/cart.rs -> src/pay/mod.rs",
        "src/cart/item.rs -> src/cart.rs",
        "src/cart/item.rs -> src/pay/mod.rs",
        "src/lib.rs -> core/src/money.rs",
        "src/lib.rs -> core/src/money/rate.rs",
        "src/lib.rs -> src/cart.rs",
        "src/lib.rs -> src/pay/mod.rs",
        "src/lib.rs -reexport-> src/cart.rs",
        "src/lib.rs -reexport-> src/cart/item.rs",
        "src/lib.rs misses mod gone",
        "src/lib.rs uses std",
        "src/pay/mod.rs uses serde",
        "tests/all.rs -> src/cart.rs",
        "tests/all.rs -> tests/common/mod.rs",
      ],
    ],
  ])("%s", (_, files, graph) => {
    expect(graphOf(files).sort()).toEqual([...graph].sort());
  });
});
