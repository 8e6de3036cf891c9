/** Names that code writes out, and what only looks like them. */
import { expect, test } from "vitest";
import { textTree } from "#collect/files/index.js";
import { collectImports } from "./index.js";

/** Edges with their lines, in words. */
function edgesOf(files: Readonly<Record<string, string>>): string[] {
  const { graph } = collectImports(textTree("shop", files));
  const name = (index: number | undefined) => graph.files[index ?? -1] ?? "";
  return [
    ...graph.from.map((_, at) => `${name(graph.from[at])}:${graph.lines[at]} ${graph.kinds[at]} ${name(graph.to[at])}`),
    ...graph.unresolved.map((one) => `${name(one.from)}:${one.line} misses ${one.specifier}`),
  ];
}

const java = (name: string, body = "") => `package shop.${name};\n${body}`;

test.each<[what: string, files: Record<string, string>, edges: string[]]>([
  [
    "Python: modules loaded by a name that is written out",
    {
      "orders/a.py":
        'import importlib\npay = importlib.import_module("payments.service")\nx = __import__("payments")\ny = importlib.import_module(f"payments.{x}")\nz = importlib.import_module("payments" + x)\n# importlib.import_module("payments.service")\ns = \'importlib.import_module("payments.service")\'\nself.import_module("payments.service")\n',
      "payments/__init__.py": "",
      "payments/service.py": "",
    },
    ["orders/a.py:2 dynamic payments/service.py", "orders/a.py:3 dynamic payments/__init__.py"],
  ],
  [
    "Java: a type with its package in the code; comments and texts, also over several lines, say nothing",
    {
      "orders/A.java": java(
        "orders",
        'class A {\n  // new shop.pay.Ledger()\n  String s = "shop.pay.Ledger", t = """\n    new shop.pay.Ledger()\n    """;\n  Object a = new shop.pay.Ledger.Entry(), b = new shop.gone.Ledger();\n}',
      ),
      "pay/Ledger.java": java("pay"),
    },
    ["orders/A.java:7 value pay/Ledger.java"],
  ],
  [
    "Kotlin: the same; comments may hold comments, and texts texts",
    {
      "orders/a.kt":
        'package shop.orders\n/* /* in it */ import shop.pay.Other */\nval a = shop.pay.Ledger()\nval c = "a ${f("shop.pay.Other()")} b"; val d = "$"\nval b = """\nshop.pay.Other()\n"""\n',
      "pay/Ledger.kt": java("pay", "class Ledger\nclass Other"),
    },
    ["orders/a.kt:3 value pay/Ledger.kt"],
  ],
  [
    "Java: a type of the own package that stands in another folder, and none that is imported, nested or beside",
    {
      "orders/shop/A.java": java(
        "main",
        "import other.Tax;\nclass A {\n  Hidden h; Tax t; Own o; Nested n;\n  enum Nested {}\n}",
      ),
      "orders/shop/Own.java": java("main"),
      "pay/shop/Hidden.java": java("main"),
      "pay/shop/Tax.java": java("main"),
      "pay/shop/Own.java": java("main"),
      "pay/shop/Nested.java": java("main"),
    },
    ["orders/shop/A.java:4 value pay/shop/Hidden.java"],
  ],
  [
    "Java: a type of Groovy or Scala is the file of its name; what else their packages hold is not read",
    {
      "orders/src/main/java/shop/A.java": java(
        "orders",
        "import shop.pay.Ledger;\nimport static shop.pay.Ledger.OPEN;\nimport shop.pay.Book;\nimport shop.ship.*;\nimport shop.tax.Tax;\nimport shop.tax.Gone;\nclass A {}",
      ),
      "pay/src/main/groovy/shop/pay/Ledger.groovy": "",
      "pay/src/main/java/shop/pay/Rate.java": java("pay"),
      "ship/src/main/scala/shop/ship/Parcel.scala": "",
      "tax/Tax.java": java("tax"),
    },
    [
      "orders/src/main/java/shop/A.java:2 value pay/src/main/groovy/shop/pay/Ledger.groovy",
      "orders/src/main/java/shop/A.java:3 value pay/src/main/groovy/shop/pay/Ledger.groovy",
      "orders/src/main/java/shop/A.java:6 value tax/Tax.java",
      "orders/src/main/java/shop/A.java:7 misses shop.tax.Gone",
    ],
  ],
  [
    "Java: the same package of a build that is not named is not meant, of one that is named it is",
    {
      "pom.xml":
        "<project><artifactId>all</artifactId><dependencyManagement><dependency><artifactId>ship</artifactId></dependency></dependencyManagement></project>",
      "orders/pom.xml":
        "<project><parent><artifactId>all</artifactId></parent><artifactId>orders</artifactId><dependencies><dependency><artifactId>pay</artifactId></dependency></dependencies></project>",
      "pay/pom.xml": "<project><parent><artifactId>all</artifactId></parent><artifactId>pay</artifactId></project>",
      "ship/pom.xml": "<project><parent><artifactId>all</artifactId></parent><artifactId>ship</artifactId></project>",
      "orders/A.java": java("orders", "import shop.dto.*;\nclass A { Item i; Parcel p; }"),
      "orders/B.java": java("dto", "class B { Item i; Parcel p; }"),
      "pay/Item.java": java("dto"),
      "ship/Item.java": java("dto"),
      "ship/Parcel.java": java("dto"),
    },
    ["orders/A.java:2 value pay/Item.java", "orders/B.java:2 value pay/Item.java"],
  ],
  [
    "Gradle: projects that a build file names, by path and by accessor",
    {
      "orders/build.gradle.kts": 'dependencies { implementation(project(":libs:dto")); api(projects.libs.moneyTools) }',
      "libs/dto/build.gradle": "",
      "libs/money-tools/build.gradle": "",
      "ship/build.gradle": "",
      "orders/A.java": java("orders", "import shop.dto.*;\nclass A { Item i; Parcel p; Money m; }"),
      "libs/dto/Item.java": java("dto"),
      "libs/money-tools/Money.java": java("dto"),
      "ship/Parcel.java": java("dto"),
    },
    ["orders/A.java:2 value libs/dto/Item.java", "orders/A.java:2 value libs/money-tools/Money.java"],
  ],
  [
    "Java: of whole packages a type of the own package and one that is imported alone go first",
    {
      "orders/A.java": java("orders", "import shop.pay.*;\nimport other.Tax;\nclass A { Money m; Tax t; Rate r; }"),
      "orders/Money.java": java("orders"),
      "pay/Money.java": java("pay"),
      "pay/Tax.java": java("pay"),
      "pay/Rate.java": java("pay"),
    },
    ["orders/A.java:2 value pay/Rate.java"],
  ],
  [
    "C#: a type with its namespace in the code; texts of all kinds say nothing",
    {
      "Sales/A.cs":
        'namespace Shop.Sales;\nclass A {\n  Shop.Pay.Engine e;\n  string a = @"\nShop.Pay.Other "" x", b = $"Shop.Pay.Other", c = """\nShop.Pay.Other\n""", d = "";\n  object o = Request.Headers.Accept;\n}\n#region Shop.Pay.Other\n',
      "Pay/Engine.cs": "namespace Shop.Pay;",
      "Pay/Other.cs": "namespace Shop.Pay;",
    },
    ["Sales/A.cs:3 value Pay/Engine.cs"],
  ],
  [
    "C#: a type by a part of its namespace, looked for from the namespace around the code outwards",
    {
      "Sales/A.cs":
        "namespace Shop.Sales\n{\n  class A { Pay.Inner.Ledger l; Tax.Rules.Vat own; Tax.Rules.Customs other; Gone.Inner.Ledger n; }\n}\n",
      "Sales/Vat.cs": "namespace Shop.Sales.Tax.Rules;",
      "Pay/Ledger.cs": "namespace Shop.Pay.Inner;",
      "Tax/Vat.cs": "namespace Shop.Tax.Rules;",
      "Tax/Customs.cs": "namespace Shop.Tax.Rules;",
    },
    ["Sales/A.cs:3 value Pay/Ledger.cs", "Sales/A.cs:3 value Sales/Vat.cs", "Sales/A.cs:3 value Tax/Customs.cs"],
  ],
  [
    "PHP: a class below a name that is imported, below another name for it, and below the own namespace",
    {
      "Cart/A.php":
        "<?php\nnamespace Shop\\Cart;\nuse Shop\\Pay;\nuse Shop\\{Pay\\Inner as Guts, Tax};\n$a = new Pay\\Index();\nGuts\\Ledger::write();\n$b = new Line\\Item(); $c = namespace\\Line\\Other::X;\n$d = new Gone\\Index();\n",
      "Cart/Item.php": "<?php\nnamespace Shop\\Cart\\Line;",
      "Cart/Other.php": "<?php\nnamespace Shop\\Cart\\Line;",
      "Pay/Index.php": "<?php\nnamespace Shop\\Pay;",
      "Pay/Ledger.php": "<?php\nnamespace Shop\\Pay\\Inner;",
      "Tax/Vat.php": "<?php\nnamespace Shop\\Tax\\Rules;",
      "Kernel.php": "<?php\nnamespace Shop;",
    },
    [
      "Cart/A.php:3 value Pay/Index.php",
      "Cart/A.php:4 value Pay/Ledger.php",
      "Cart/A.php:5 value Pay/Index.php",
      "Cart/A.php:6 value Pay/Ledger.php",
      "Cart/A.php:7 value Cart/Item.php",
      "Cart/A.php:7 value Cart/Other.php",
    ],
  ],
  [
    "PHP: a class with its namespace in the code; texts, heredocs and what is outside of the program say nothing",
    {
      "Cart/A.php":
        "use Shop\\Pay\\Other;\n<?php\nnamespace Shop\\Cart;\n$a = new \\Shop\\Pay\\Index();\n$b = '\nuse Shop\\Pay\\Other;\n';\n$c = <<<EOT\nuse Shop\\Pay\\Other;\nrequire 'no.php';\n  EOT;\n# \\Shop\\Pay\\Other\n#[\\Shop\\Pay\\Mark]\nfunction f() {}\n?>\nuse Shop\\Pay\\Other;\n",
      "Pay/Index.php": "<?php\nnamespace Shop\\Pay;",
      "Pay/Other.php": "<?php\nnamespace Shop\\Pay;",
      "Pay/Mark.php": "<?php\nnamespace Shop\\Pay;",
    },
    ["Cart/A.php:4 value Pay/Index.php", "Cart/A.php:13 value Pay/Mark.php"],
  ],
  [
    "Ruby: lists of words and texts say nothing, the code in a text does",
    {
      "app/models/order.rb":
        'class Order\n  A = %w[Cart Line]\n  B = "Cart #{Line::TAX} Cart"\n  C = <<~"SQL"\n    Cart\n  SQL\n  D = <<~sql\n    Cart\n  sql\nend\n',
      "app/models/cart.rb": "",
      "app/models/line.rb": "",
    },
    ["app/models/order.rb:3 value app/models/line.rb"],
  ],
  [
    "Rust: paths in the code; comments, texts and modules of tests say nothing",
    {
      "core/Cargo.toml": '[package]\nname = "my-core"\n',
      "core/src/lib.rs": "pub mod guts;\npub mod other;\n",
      "core/src/guts.rs": "",
      "core/src/other.rs": "",
      "app/Cargo.toml": '[package]\nname = "app"\n',
      "app/src/main.rs":
        "mod a;\nfn f<'a>(x: &'a str) { my_core::guts::run(x); std::mem::drop(x); crate::a::go(); }\n/*\nuse my_core::other;\n/* */\nuse my_core::other;\n*/\nconst S: &str = r#\"\nuse my_core::other;\n\"#;\n#[cfg(test)]\nmod tests {\n    use my_core::other;\n    fn t() { let c = '{'; }\n}\nfn g() { my_core::gone(); }\n",
      "app/src/a.rs": '#[path = "x/b.rs"]\nmod b;\n',
      "app/src/x/b.rs": "",
    },
    [
      "app/src/a.rs:1 value app/src/x/b.rs",
      "app/src/main.rs:1 value app/src/a.rs",
      "app/src/main.rs:2 value app/src/a.rs",
      "app/src/main.rs:2 value core/src/guts.rs",
      "app/src/main.rs:16 value core/src/lib.rs",
      "core/src/lib.rs:1 value core/src/guts.rs",
      "core/src/lib.rs:2 value core/src/other.rs",
    ],
  ],
  [
    "Rust: crates under the names that Cargo.toml gives them, in one table, in one of its own, or for the workspace",
    {
      "Cargo.toml": '[workspace.dependencies]\ntax = { path = "tax", package = "shop-tax" }\n',
      "pay/Cargo.toml": '[package]\nname = "shop-pay"\n',
      "pay/src/lib.rs": "pub mod ledger;\n",
      "pay/src/ledger.rs": "",
      "tax/Cargo.toml": '[package]\nname = "shop-tax"\n',
      "tax/src/lib.rs": "",
      "app/Cargo.toml":
        '[package]\nname = "app"\n\n[dependencies]\nserde = "1"\nmoney = { path = "../pay", package = "shop-pay" }\ntax.workspace = true\n\n[dev-dependencies.old-money] # for tests\npath = "../pay"\npackage = "shop-pay"\n',
      "app/src/main.rs": "use money::ledger::Ledger;\nuse tax::Vat;\nfn f() { old_money::ledger::run(); }\n",
    },
    [
      "app/src/main.rs:1 value pay/src/ledger.rs",
      "app/src/main.rs:2 value tax/src/lib.rs",
      "app/src/main.rs:3 value pay/src/ledger.rs",
      "pay/src/lib.rs:1 value pay/src/ledger.rs",
    ],
  ],
  [
    "what builds put there is not read, in the language that they build",
    {
      "a/dist/index.js": 'import "../src/b.js";',
      "a/src/b.js": "",
      "b/target/generated-sources/A.java": java("orders", "import shop.pay.Ledger;"),
      "b/src/target/B.java": java("target", "import shop.pay.Ledger;"),
      "pay/Ledger.java": java("pay"),
      "c/obj/Debug/A.cs": "using Shop.Pay;",
      "c/Pay.cs": "namespace Shop.Pay;",
    },
    ["b/src/target/B.java:2 value pay/Ledger.java"],
  ],
  ["SvelteKit makes files up", { "src/a.ts": 'import { env } from "$env/dynamic/private";\nimport "$app/stores";\n' }, []],
])("%s", (_, files, edges) => {
  expect(edgesOf(files)).toEqual(edges);
});
