import { expect, test } from "vitest";
import { inferModules } from "./inferred-modules.js";

const below = (folder: string, ...names: readonly string[]) => names.map((name) => `${folder}/${name}`);
const kinds = ["controllers/a.rb", "models/a.rb", "services/a.rb", "jobs/a.rb", "models/sales/b.rb", "services/sales/b.rb"];

test.each<[what: string, paths: readonly string[], modules: readonly string[]]>([
  [
    "folders below the one that holds nearly all",
    [...below("src/shop/orders", "a.py", "b.py"), ...below("src/shop/payments", "a.py"), ...below("src/shop/stock", "a.py")],
    ["orders: src/shop/orders", "payments: src/shop/payments", "stock: src/shop/stock"],
  ],
  [
    "an application that is sorted by kind of class is one module, and so is what stands beside it",
    [...below("app", ...kinds), ...below("lib", "a.rb", "b.rb"), "config/application.rb"],
    ["app: app", "config: config", "lib: lib"],
  ],
  [
    "a folder with files of its own is about something, whatever it is called",
    [
      ...below("shop/app", "models.py", "tasks.py", "types.py", "urls.py", "management/a.py", "migrations/a.py"),
      ...below("shop/orders", "a.py"),
      ...below("shop/stock", "a.py"),
    ],
    ["app: shop/app", "orders: shop/orders", "stock: shop/stock"],
  ],
  [
    "packages with source of their own; a folder that only lists others is none",
    ["pom.xml", "store/pom.xml", "store/api/pom.xml", "store/api/src/A.java", "store/db/pom.xml", "store/db/src/B.java"],
    ["api: store/api", "db: store/db"],
  ],
  [
    "where packages hold little of the source, the rest is no less a module",
    [
      "engines/web/web.gemspec",
      "engines/web/a.rb",
      "engines/tax/tax.gemspec",
      "engines/tax/a.rb",
      ...below("app", ...kinds),
      "lib/a.rb",
    ],
    ["app: app", "tax: engines/tax", "web: engines/web", "lib: lib"],
  ],
  [
    "equal names are told apart by as little as that takes",
    [
      "src/sales/api/a.csproj",
      "src/sales/api/A.cs",
      "src/stock/api/b.csproj",
      "src/stock/api/B.cs",
      "src/web/c.csproj",
      "src/web/C.cs",
    ],
    ["sales/api: src/sales/api", "stock/api: src/stock/api", "web: src/web"],
  ],
  ["one piece", ["src/a.ts", "src/b.ts"], []],
])("%s", (_, paths, modules) => {
  expect(inferModules([...paths].sort()).map(({ name, folder }) => `${name}: ${folder}`)).toEqual(modules);
});
