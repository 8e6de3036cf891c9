/** A shop in eight languages that keeps its rules, 40 breaches to plant into it, and 40 things that look like one and are none. */

export type Files = Readonly<Record<string, string>>;

/** One breach: files that are added or replaced, and what must be found then and only then. */
export interface Plant {
  readonly rule: string;
  /** File and line that the finding must name. */
  readonly at: string;
  readonly files: Files;
}

const config = `system: shop
modules:
  - name: orders
    match: packages/orders
    public: { default: [src/index.ts], events: [src/events], admin: { files: [src/admin.ts], to: [backoffice] } }
    uses: [catalog, "payments::events", "npm:zod", "npm:@acme/*"]
    layer: domain
    owner: team-orders
    tags: [core]
  - name: payments
    match: packages/payments
    public: { default: [src/index.ts], events: [src/events/**] }
    layer: domain
    owner: team-payments
    tables: [payments, payment_*]
  - { name: catalog, match: packages/catalog, layer: domain, owner: team-orders }
  - { name: ledger, match: packages/payments/src/ledger }
  - { name: shared, match: packages/shared, public: ["src/**", "!src/internal/**"], layer: platform, utility: true }
  - { name: backoffice, match: packages/backoffice, layer: app, tags: [ui], uses: [orders, "orders::admin", facade, kitchen] }
  - { name: web, match: apps/web, layer: app, tags: [ui] }
  - { name: facade, match: packages/facade, layer: facade, public: ["src/**"] }
  - { name: vault, match: packages/vault, layer: platform, tags: [vault] }
  - { name: pantry, match: packages/pantry, layer: domain, owner: team-kitchen }
  - { name: db, match: packages/db, layer: platform, tags: [db], visibleTo: [orders, payments, catalog, "tag:reports"] }
  - { name: reports, match: packages/reports, layer: domain, tags: [reports], uses: [db, catalog] }
  - { name: left, match: packages/left, layer: left }
  - { name: right, match: packages/right, layer: right }
  - { name: kitchen, match: packages/kitchen, layer: domain }
  - { name: sealed, match: packages/sealed, public: [src/index.ts], enforce: { private-import: strict } }
  - { name: lenient, match: packages/lenient, public: [src/index.ts], enforce: { private-import: off } }
  - { name: "py-{name}", match: "services/py/{name}", public: { default: [api.py], events: [events] } }
  - { name: "java-{name}", match: "services/java/src/main/java/shop/{name}", public: [api/**, "*Api.java"] }
  - { name: "go-{name}", match: "services/go/{name}", public: [api/**] }
  - { name: "cs-{name}", match: "services/cs/Shop.{name}", public: [Contracts/**] }
  - { name: "php-{name}", match: "services/php/src/{name}", public: [Api/**] }
  - { name: "rb-{name}", match: "services/rb/packs/{name}", public: [app/public/**] }
  - { name: "kt-{name}", match: "services/kt/src/main/kotlin/shop/{name}", public: [api/**] }
  - { name: rs, match: services/rs/src/main.rs }
  - { name: "rs-{name}", match: "services/rs/src/{name}", public: [mod.rs, api.rs] }
layers:
  - app
  - { name: facade, closed: true }
  - left | right
  - domain
  - platform
rules:
  - deny: { from: "tag:ui", to: "tag:vault", transitive: true, kinds: [value, reexport, dynamic], why: the user interface never reaches the vault }
  - deny: { from: [packages/**, "!packages/shared/**"], to: "node:child_process", why: nothing starts programs }
  - deny: { from: "packages/**/src/**", to: "npm:(undeclared)", why: packages are declared }
  - deny: { from: "packages/kitchen/src/pure/**", to: "packages/kitchen/src/io/**", why: what is pure does no input }
  - allow: { from: web, to: catalog, why: the web team reads the catalogue until the facade has search }
  - allow: { from: web, to: orders, why: the same }
  - allow: { from: web, to: left, why: the same }
  - allow: { from: backoffice, to: [orders, kitchen], why: the same for the back office }
`;

const packageJson = (name: string, more: object = {}) =>
  `${JSON.stringify({ name: `@shop/${name}`, version: "1.0.0", ...more })}\n`;

/** Keeps every rule. */
export const cleanShop: Files = {
  "drystone.yaml": config,
  "package.json": `{ "name": "shop", "private": true, "workspaces": ["packages/*", "apps/*"] }\n`,
  "tsconfig.json": `{ "compilerOptions": { "baseUrl": ".", "paths": { "@orders/*": ["packages/orders/src/*"], "~pay": ["packages/payments/src/index.ts"] } } }\n`,
  "packages/orders/package.json": packageJson("orders", {
    main: "dist/index.js",
    dependencies: { zod: "4", "@acme/log": "1", "@shop/payments": "1" },
  }),
  "packages/orders/src/index.ts": `export { place } from "./place.js";\nexport type { Order } from "./model.js";\n`,
  "packages/orders/src/place.ts": `import { z } from "zod";\nimport log from "@acme/log";\nimport { find } from "@shop/catalog";\nimport type { Paid } from "@shop/payments/src/events/paid.js";\nimport { connect } from "../../shared/src/connect.js";\nexport const place = () => [z, log, find, connect] as unknown as Paid;\n`,
  "packages/orders/src/model.ts": `export interface Order { id: string }\n`,
  "packages/orders/src/admin.ts": `export const cancel = 1;\n`,
  "packages/orders/src/store.ts": `export const store = 1;\n`,
  "packages/orders/src/events/placed.ts": `export const placed = "OrderPlaced";\n`,
  "packages/payments/package.json": packageJson("payments", { main: "dist/index.js" }),
  "packages/payments/src/index.ts": `export { pay } from "./service.js";\nexport { book } from "./ledger/index.js";\n`,
  "packages/payments/src/service.ts": `import { placed } from "../../orders/src/events/placed.js";\nimport { book } from "./ledger/index.js";\nexport const pay = [placed, book];\n`,
  "packages/payments/src/events/paid.ts": `export interface Paid { id: string }\n`,
  "packages/payments/src/ledger/index.ts": `export { book } from "./book.js";\n`,
  "packages/payments/src/ledger/book.ts": `export const book = 1;\n`,
  "packages/catalog/package.json": packageJson("catalog", { main: "src/index.ts" }),
  "packages/catalog/src/index.ts": `export { find } from "./find.js";\n`,
  "packages/catalog/src/find.ts": `import { query } from "@shop/db";\nexport const find = query;\n`,
  "packages/catalog/src/rank.ts": `export const rank = 1;\n`,
  "packages/shared/package.json": packageJson("shared"),
  "packages/shared/src/connect.ts": `import { exec } from "node:child_process";\nexport const connect = exec;\n`,
  "packages/shared/src/internal/secret.ts": `export const secret = 1;\n`,
  "packages/backoffice/package.json": packageJson("backoffice", { dependencies: { "@shop/orders": "1" } }),
  "packages/backoffice/src/index.ts": `import { cancel } from "../../orders/src/admin.js";\nimport { menu } from "@shop/facade";\nimport { place } from "@shop/orders";\nimport { cook } from "@shop/kitchen";\nexport default [cancel, menu, place, cook];\n`,
  "apps/web/package.json": packageJson("web"),
  "apps/web/src/main.ts": `import { menu } from "@shop/facade";\nimport { left } from "@shop/left";\nexport const main = [menu, left];\n`,
  "apps/web/src/shop.ts": `import { find } from "../../../packages/catalog/src/index.js";\nimport { place } from "@shop/orders";\nexport const shop = [find, place];\n`,
  "packages/facade/package.json": packageJson("facade", { main: "src/index.ts" }),
  "packages/facade/src/index.ts": `export const menu = 1;\n`,
  "packages/db/package.json": packageJson("db", { exports: { ".": "./dist/index.js", "./types": "./dist/types.js" } }),
  "packages/db/src/index.ts": `export { query } from "./pool.js";\n`,
  "packages/db/src/types.ts": `export type Row = string;\n`,
  "packages/db/src/pool.ts": `export const query = 1;\n`,
  "packages/vault/package.json": packageJson("vault", { main: "src/index.ts" }),
  "packages/vault/src/index.ts": `export const gold = 1;\n`,
  "packages/pantry/package.json": packageJson("pantry", { main: "src/index.ts" }),
  "packages/pantry/src/index.ts": `export const flour = 1;\n`,
  "packages/pantry/src/shelf.ts": `export const shelf = 1;\n`,
  "packages/reports/package.json": packageJson("reports"),
  "packages/reports/src/index.ts": `import { query } from "@shop/db";\nimport { find } from "@shop/catalog";\nexport const report = [query, find];\n`,
  "packages/left/package.json": packageJson("left", { main: "src/index.ts" }),
  "packages/left/src/index.ts": `import { cook } from "@shop/kitchen";\nexport const left = cook;\n`,
  "packages/right/package.json": packageJson("right", { main: "src/index.ts" }),
  "packages/right/src/index.ts": `export const right = 1;\n`,
  "packages/kitchen/package.json": packageJson("kitchen", { main: "src/index.ts" }),
  "packages/kitchen/src/index.ts": `export const cook = 1;\n`,
  "packages/kitchen/src/pure/math.ts": `export const add = 1;\n`,
  "packages/kitchen/src/io/file.ts": `export const file = 1;\n`,
  "packages/kitchen/src/a.ts": `export const a = 1;\n`,
  "packages/kitchen/src/b.ts": `import { a } from "./a.js";\nexport const b = a;\n`,
  "packages/sealed/src/index.ts": `export * from "./inner.js";\n`,
  "packages/sealed/src/inner.ts": `export const inner = 1;\n`,
  "packages/lenient/src/index.ts": `export * from "./inner.js";\n`,
  "packages/lenient/src/inner.ts": `export const inner = 1;\n`,
  "services/py/payments/service.py": `class PaymentService: pass\n`,
  "services/py/payments/api.py": `from .service import PaymentService\n`,
  "services/py/payments/events.py": `class Paid: pass\n`,
  "services/py/orders/service.py": `from payments.api import PaymentService\nfrom payments.events import Paid\n`,
  "services/py/orders/events.py": `class OrderPlaced: pass\n`,
  "services/py/orders/api.py": `X = 1\n`,
  "services/java/src/main/java/shop/payments/PaymentsApi.java": `package shop.payments;\npublic interface PaymentsApi {}\n`,
  "services/java/src/main/java/shop/payments/Store.java": `package shop.payments;\npublic class Store {}\n`,
  "services/java/src/main/java/shop/payments/api/Paid.java": `package shop.payments.api;\npublic record Paid() {}\n`,
  "services/java/src/main/java/shop/orders/Orders.java": `package shop.orders;\n\nimport shop.payments.PaymentsApi;\nimport shop.payments.api.*;\n\nclass Orders { Paid paid; PaymentsApi api; }\n`,
  "services/go/go.mod": `module shop.example/go\n\ngo 1.22\n`,
  "services/go/payments/api/api.go": `package api\n\nconst Version = 1\n`,
  "services/go/payments/store/store.go": `package store\n\nconst Store = 1\n`,
  "services/go/orders/orders.go": `package orders\n\nimport (\n\t"fmt"\n\n\t"shop.example/go/payments/api"\n)\n\nvar _ = fmt.Sprint(api.Version)\n`,
  "services/cs/Shop.Payments/Shop.Payments.csproj": `<Project Sdk="Microsoft.NET.Sdk"></Project>\n`,
  "services/cs/Shop.Payments/Contracts/IPay.cs": `namespace Shop.Payments.Contracts;\npublic interface IPay {}\n`,
  "services/cs/Shop.Payments/Data/Store.cs": `namespace Shop.Payments.Data;\npublic class Store {}\n`,
  "services/cs/Shop.Orders/Shop.Orders.csproj": `<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="..\\Shop.Payments\\Shop.Payments.csproj" /></ItemGroup></Project>\n`,
  "services/cs/Shop.Orders/Place.cs": `using System;\nusing Shop.Payments.Contracts;\n\nnamespace Shop.Orders;\npublic class Place { IPay pay; }\n`,
  "services/php/composer.json": `{ "autoload": { "psr-4": { "Shop\\\\": "src/" } } }\n`,
  "services/php/src/Payments/Api/Pay.php": `<?php\nnamespace Shop\\Payments\\Api;\ninterface Pay {}\n`,
  "services/php/src/Payments/Store.php": `<?php\nnamespace Shop\\Payments;\nclass Store {}\n`,
  "services/php/src/Orders/Place.php": `<?php\nnamespace Shop\\Orders;\n\nuse Shop\\Payments\\Api\\Pay;\n\nclass Place {}\n`,
  "services/rb/packs/payments/app/public/pay.rb": `class Pay\nend\n`,
  "services/rb/packs/payments/app/models/charge.rb": `class Charge\nend\n`,
  "services/rb/packs/orders/app/models/order.rb": `class Order\n  def pay\n    Pay.new\n  end\nend\n`,
  "services/kt/src/main/kotlin/shop/payments/api/Pay.kt": `package shop.payments.api\n\nclass Pay\n`,
  "services/kt/src/main/kotlin/shop/payments/store/Store.kt": `package shop.payments.store\n\nclass Store\n`,
  "services/kt/src/main/kotlin/shop/orders/Order.kt": `package shop.orders\n\nimport shop.payments.api.Pay\n\nclass Order(val pay: Pay)\n`,
  "services/rs/Cargo.toml": `[package]\nname = "shop"\nversion = "0.1.0"\n`,
  "services/rs/src/main.rs": `mod payments;\nmod orders;\nfn main() {}\n`,
  "services/rs/src/payments/mod.rs": `pub mod api;\npub mod store;\n`,
  "services/rs/src/payments/api.rs": `pub struct Pay;\n`,
  "services/rs/src/payments/store.rs": `pub struct Store;\n`,
  "services/rs/src/orders/mod.rs": `use crate::payments::api::Pay;\npub fn place(_: Pay) {}\n`,
};

const file = (path: string, text: string, line = 1): Pick<Plant, "at" | "files"> => ({
  at: `${path}:${line}`,
  files: { [path]: text },
});

/** 40 breaches, each in a file of its own. */
export const plants: readonly Plant[] = [
  {
    rule: "undeclared-use",
    ...file("packages/orders/src/v01.ts", `import { pay } from "@shop/payments";\nexport const x = pay;\n`),
  },
  {
    rule: "undeclared-use",
    at: "packages/orders/src/v02.ts:1",
    files: {
      "packages/orders/src/v02.ts": `import lodash from "lodash-es";\nexport const x = lodash;\n`,
      "packages/orders/package.json": packageJson("orders", { dependencies: { zod: "4", "@acme/log": "1", "lodash-es": "4" } }),
    },
  },
  { rule: "undeclared-use", ...file("packages/reports/src/v03.ts", `\nexport * from "@shop/kitchen";\n`, 2) },
  {
    rule: "undeclared-use",
    ...file("packages/reports/src/v04.ts", `const load = () => import("@shop/orders");\nexport default load;\n`),
  },
  {
    rule: "undeclared-use",
    ...file("packages/orders/src/v05.cjs", `const kitchen = require("../../pantry/src/index.ts");\nmodule.exports = kitchen;\n`),
  },
  {
    rule: "private-import",
    ...file("packages/orders/src/v06.ts", `import { rank } from "../../catalog/src/rank.js";\nexport const x = rank;\n`),
  },
  {
    rule: "private-import",
    ...file("packages/kitchen/src/v07.ts", `import { store } from "@orders/store";\nexport const x = store;\n`),
  },
  {
    rule: "private-import",
    ...file(
      "packages/kitchen/src/v08.ts",
      `import {\n  secret,\n} from "../../shared/src/internal/secret.js";\nexport const x = secret;\n`,
    ),
  },
  {
    rule: "private-import",
    ...file("packages/reports/src/v09.ts", `import { query } from "../../db/src/pool.js";\nexport const x = query;\n`),
  },
  {
    rule: "private-import",
    ...file(
      "packages/kitchen/src/v10.ts",
      `import { inner } from "../../sealed/src/inner.js"; // drystone-allow private-import strict modules accept none\nexport const x = inner;\n`,
    ),
  },
  { rule: "private-import", ...file("services/py/orders/v11.py", `from payments.service import PaymentService\n`) },
  { rule: "private-import", ...file("services/py/orders/v12.py", `import os\nfrom ..payments import service\n`, 2) },
  {
    rule: "private-import",
    ...file(
      "services/java/src/main/java/shop/orders/V13.java",
      `package shop.orders;\n\nimport shop.payments.Store;\n\nclass V13 { Store store; }\n`,
      3,
    ),
  },
  {
    rule: "private-import",
    ...file(
      "services/java/src/main/java/shop/orders/V14.java",
      `package shop.orders;\n\nimport shop.payments.*;\n\nclass V14 { Store store; }\n`,
      3,
    ),
  },
  {
    rule: "private-import",
    ...file("services/go/orders/v15.go", `package orders\n\nimport "shop.example/go/payments/store"\n\nvar X = store.Store\n`, 3),
  },
  {
    rule: "private-import",
    ...file(
      "services/cs/Shop.Orders/V16.cs",
      `using Shop.Payments.Data;\n\nnamespace Shop.Orders;\npublic class V16 { Store s; }\n`,
    ),
  },
  {
    rule: "private-import",
    ...file(
      "services/php/src/Orders/V17.php",
      `<?php\nnamespace Shop\\Orders;\n\nuse Shop\\Payments\\Store;\n\nclass V17 {}\n`,
      4,
    ),
  },
  {
    rule: "private-import",
    ...file("services/rb/packs/orders/app/models/v18.rb", `class V18\n  def x\n    Charge.new\n  end\nend\n`, 3),
  },
  {
    rule: "private-import",
    ...file(
      "services/kt/src/main/kotlin/shop/orders/V19.kt",
      `package shop.orders\n\nimport shop.payments.store.Store\n\nclass V19(val s: Store)\n`,
      3,
    ),
  },
  {
    rule: "private-import",
    at: "services/rs/src/orders/v20.rs:1",
    files: { "services/rs/src/orders/v20.rs": `use crate::payments::store::Store;\npub fn x(_: Store) {}\n` },
  },
  {
    rule: "cross-team-private",
    ...file("packages/catalog/src/v21.ts", `import { shelf } from "../../pantry/src/shelf.js";\nexport const x = shelf;\n`),
  },
  { rule: "cross-team-private", ...file("packages/payments/src/v22.ts", `export { shelf } from "@shop/pantry/src/shelf";\n`) },
  { rule: "not-visible", ...file("packages/kitchen/src/v23.ts", `import { query } from "@shop/db";\nexport const x = query;\n`) },
  {
    rule: "not-visible",
    ...file("packages/kitchen/src/v24.ts", `import { cancel } from "../../orders/src/admin.js";\nexport const x = cancel;\n`),
  },
  {
    rule: "not-visible",
    ...file(
      "packages/kitchen/src/v25.ts",
      `import { book } from "../../payments/src/ledger/index.js";\nexport const x = book;\n`,
    ),
  },
  { rule: "layer", ...file("packages/kitchen/src/v26.ts", `import { menu } from "@shop/facade";\nexport const x = menu;\n`) },
  { rule: "layer", ...file("packages/left/src/v27.ts", `import { right } from "@shop/right";\nexport const x = right;\n`) },
  { rule: "layer", ...file("apps/web/src/v28.ts", `import { cook } from "@shop/kitchen";\nexport const x = cook;\n`) },
  { rule: "deny", ...file("packages/kitchen/src/v29.ts", `import { exec } from "child_process";\nexport const x = exec;\n`) },
  { rule: "deny", ...file("packages/kitchen/src/v30.ts", `import left from "left-pad";\nexport const x = left;\n`) },
  {
    rule: "deny",
    ...file("packages/kitchen/src/pure/v31.ts", `import { file } from "../io/file.js";\nexport const x = file;\n`),
  },
  {
    rule: "deny",
    at: "apps/web/src/v32.ts:2",
    files: {
      "apps/web/src/v32.ts": `// over a file of the facade\nimport { far } from "../../../packages/facade/src/far.js";\nexport const x = far;\n`,
      "packages/facade/src/far.ts": `import { gold } from "@shop/vault";\nexport const far = gold;\n`,
    },
  },
  {
    rule: "cycle",
    ...file(
      "packages/kitchen/src/v33.ts",
      `import { left } from "@shop/left"; // drystone-allow layer planted: only the circle counts\nexport const x = left;\n`,
    ),
  },
  {
    rule: "cycle",
    at: "packages/kitchen/src/b.ts:1",
    files: { "packages/kitchen/src/a.ts": `import { b } from "./b.js";\nexport const a = 1;\nexport const x = b;\n` },
  },
  {
    rule: "foreign-table",
    ...file(
      "packages/orders/src/v35.ts",
      `export const sql = (db: { query(text: string): void }) => db.query("SELECT id FROM payments WHERE id = 1");\n`,
    ),
  },
  { rule: "unassigned", ...file("tools2/v36.ts", `export const x = 1;\n`) },
  { rule: "unused-use", ...file("packages/pantry/module.yml", `layer: domain\nuses:\n  - shared\n`, 3) },
  { rule: "unresolved", ...file("packages/kitchen/src/v38.ts", `import { gone } from "./gone.js";\nexport const x = gone;\n`) },
  {
    rule: "allow-without-reason",
    ...file(
      "packages/kitchen/src/v39.ts",
      `import { inner } from "../../lenient/src/inner.js"; // drystone-allow private-import\nexport const x = inner;\n`,
    ),
  },
  {
    rule: "unused-allow",
    ...file(
      "services/py/orders/v40.py",
      `# drystone-allow private-import nothing is wrong with the next line\nfrom payments.api import PaymentService\n`,
    ),
  },
];

/** 40 files that break nothing. */
export const lookAlikes: Files = {
  "packages/orders/src/l01.ts": `import type { Paid } from "@shop/payments/src/events/paid";\nexport type X = Paid;\n`,
  "packages/orders/src/l02.ts": `export * from "@shop/catalog";\n`,
  "packages/orders/src/l03.ts": `const text = 'import { pay } from "@shop/payments"';\nexport const x = text;\n`,
  "packages/orders/src/l04.ts": `// import { pay } from "@shop/payments";\n/* import "@shop/payments"; */\nexport const x = 1;\n`,
  "packages/orders/src/l05.ts": 'export const x = `import { pay } from "@shop/payments/src/service.js"`;\n',
  "packages/orders/src/place.test.ts": `import { pay } from "../../payments/src/service.js";\nexport const x = pay;\n`,
  "packages/orders/test/l07.ts": `import { pay } from "../../payments/src/service.js";\nexport const x = pay;\n`,
  "packages/orders/src/__tests__/l08.ts": `import { secret } from "../../../shared/src/internal/secret.js";\nexport const x = secret;\n`,
  "packages/kitchen/src/l09.ts": `import { place } from "@shop/orders";\nexport const x = place;\n`,
  "packages/kitchen/src/l10.ts": `import { placed } from "@orders/events/placed";\nexport const x = placed;\n`,
  "packages/kitchen/src/l11.ts": `import { pay } from "~pay";\nexport const x = pay;\n`,
  "packages/kitchen/src/l12.cjs": `const { connect } = require("../../shared/src/connect");\nmodule.exports = connect;\n`,
  "packages/kitchen/src/l13.ts": `export const x = async () => (await import("@shop/catalog")).find;\n`,
  "packages/kitchen/src/internal/l14.ts": `import { cook } from "../index.js";\nimport { a } from "../a.js";\nexport const x = [cook, a];\n`,
  "packages/kitchen/src/service.ts": `export const service = 1;\n`,
  "packages/kitchen/src/l16.ts": `import { service } from "./service.js";\nexport const x = service;\n`,
  "packages/kitchen/src/l17.ts": `import { service } from "../../kitchen/src/service.js";\nexport const x = service;\n`,
  "packages/kitchen/src/l18.ts": `import { inner } from "../../lenient/src/inner.js";\nexport const x = inner;\n`,
  "packages/kitchen/src/l19.ts": `import { rank } from "../../catalog/src/rank.js"; // drystone-allow private-import ranking moves to its own module in spring\nexport const x = rank;\n`,
  "packages/kitchen/src/l20.ts": `/* drystone-allow private-import the same */\nimport { rank } from "../../catalog/src/rank.js";\nexport const x = rank;\n`,
  "packages/kitchen/src/l21.ts": `export const text = "// drystone-allow private-import this is text";\n`,
  "packages/kitchen/src/l22.ts": `import { readFile } from "node:fs/promises";\nimport path from "path";\nexport const x = [readFile, path];\n`,
  "packages/reports/src/l23.ts": `import type { Row } from "@shop/db/types";\nexport type X = Row;\n`,
  "packages/payments/src/ledger/l24.ts": `import { connect } from "@shop/shared/src/connect.js";\nexport const x = connect;\n`,
  "packages/payments/src/l25.ts": `export { book } from "./ledger/index.js";\n`,
  "packages/backoffice/src/l26.ts": `import { cancel } from "../../orders/src/admin.js";\nexport const x = cancel;\n`,
  "apps/web/src/l27.ts": `import type { Row } from "../../../packages/catalog/src/index.js";\nexport type X = Row;\n`,
  "apps/web/src/l28.ts": `import { connect } from "../../../packages/shared/src/connect.js";\nexport const x = connect;\n`,
  "packages/left/src/l29.ts": `import { cook } from "@shop/kitchen";\nexport const x = cook;\n`,
  "services/py/orders/l30.py": `from payments.events import Paid\nfrom payments import api\nimport payments.events as e\n`,
  "services/py/payments/l31.py": `from orders.events import OrderPlaced\nfrom . import service\nfrom .service import PaymentService\n`,
  "services/py/orders/l32.py": `"""\nfrom payments.service import PaymentService\n"""\nX = "from payments.service import PaymentService"  # from payments.service import x\n`,
  "services/py/orders/test_l33.py": `from payments.service import PaymentService\n`,
  "services/java/src/main/java/shop/orders/L34.java": `package shop.orders;\n\nimport shop.payments.*;\n\nclass L34 { PaymentsApi api; /* import shop.payments.Store; */ }\n`,
  "services/java/src/test/java/shop/orders/L35Test.java": `package shop.orders;\n\nimport shop.payments.Store;\n\nclass L35Test { Store store; }\n`,
  "services/go/orders/internal/l36.go": `package internal\n\nimport "shop.example/go/payments/api"\n\n// import "shop.example/go/payments/store"\nvar X = api.Version\n`,
  "services/cs/Shop.Orders/L37.cs": `using Pay = Shop.Payments.Contracts.IPay;\n// using Shop.Payments.Data;\nnamespace Shop.Orders;\npublic class L37 { void A() { using var s = Open(); } }\n`,
  "services/php/src/Orders/L38.php": `<?php\nnamespace Shop\\Orders;\n\n// use Shop\\Payments\\Store;\nuse Shop\\Payments\\Api\\Pay as Store;\n\nclass L38 {}\n`,
  "services/rb/packs/orders/app/models/l39.rb": `class L39\n  # Charge.new\n  def x\n    "Charge" + Pay.name\n  end\nend\n`,
  "services/kt/src/main/kotlin/shop/orders/L40.kt": `package shop.orders\n\nimport shop.payments.api.*\n\nclass L40(val pay: Pay)\n`,
};
