import { describe, expect, test } from "vitest";
import { mulberry32, randomIndex } from "#util/random.js";
import { processorTime } from "../../../test/fakes/index.js";
import { textTree } from "../files/index.js";
import { moduleDraft, readForeignRules } from "./index.js";
import { regexGlobs } from "./regex-globs.js";
import { staticValue, unreadable } from "./static-value.js";

describe("a configuration that is not run", () => {
  test.each<[string, string, unknown]>([
    [
      "module.exports",
      "const a = 'x'; module.exports = { b: [a, `${a}y`, a + 'z', 1, -1, true, null, /re+/u] };",
      { b: ["x", "xy", "xz", 1, -1, true, null, "re+"] },
    ],
    ["export default", "const base = { a: 1 }; export default { ...base, b: 2 } satisfies object;", { a: 1, b: 2 }],
    ["what would run", "module.exports = { a: f(), b: 1, ['c']: 2, d: [...g()] };", { a: "?", b: 1, d: ["?"] }],
    ["itself", "const a = [a]; module.exports = { a };", { a: ["?"] }],
    ["__proto__", "module.exports = { __proto__: { x: 1 }, constructor: 2 };", { ["__proto__"]: { x: 1 }, constructor: 2 }],
  ])("%s", (_, text, expected) => expect(plain(staticValue(text, false)?.value)).toEqual(entriesOf(expected)));

  test("JSON with comments; text that is neither", () => {
    expect(plain(staticValue('// c\n{ "a": [1, 2] }', true)?.value)).toEqual(entriesOf({ a: [1, 2] }));
    expect([
      staticValue("{", true),
      staticValue("module.exports = ", false),
      staticValue("1", false),
      staticValue("[".repeat(100_000), true),
    ]).toEqual([null, null, null, null]);
  });
});

function plain(value: unknown): unknown {
  if (value === unreadable) return "?";
  if (value instanceof Map) return [...value].map(([key, one]) => [key, plain(one)]);
  return Array.isArray(value) ? value.map(plain) : value;
}

function entriesOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(entriesOf);
  return typeof value === "object" && value !== null ? Object.entries(value).map(([key, one]) => [key, entriesOf(one)]) : value;
}

describe("Packwerk", () => {
  const files = {
    "packwerk.yml": "package_paths: [packs/*, .]\nlayers: [app, base]\n",
    "package.yml": "enforce_dependencies: true\ndependencies: [packs/pay]\n",
    "app/models/a.rb": "",
    "lib/b.rb": "",
    "packs/loose.rb": "",
    "packs/pay/package.yml":
      "enforce_dependencies: strict\nenforce_privacy: true\nenforce_layers: true\nlayer: base\nenforce_visibility: true\nvisible_to: [.]\ndependencies: [packs/gone]\nprivate_constants: ['::X']\nmetadata: { owner: Team Pay }\n",
    "packs/pay/app/public/pay.rb": "",
    "packs/pay/package_todo.yml":
      '"packs/user":\n  "::User":\n    violations: [dependency, folder_privacy]\n    files: [packs/pay/app/x.rb]\n',
    "packs/user/package.yml": "enforce_dependencies: false\n",
    "packs/user/app/models/user.rb": "",
    "vendor/gem/package.yml": "enforce_dependencies: true\n",
  };

  test("packages are modules, the root is what is left, and what is lived with is known", () => {
    const read = readForeignRules(textTree("shop", files), "packwerk.yml");
    expect(read?.modules).toEqual([
      moduleDraft("root", ["app", "lib", "packs/loose.rb"], { public: ["**"], uses: ["pay"] }),
      moduleDraft("pay", ["packs/pay"], {
        public: ["app/public/**"],
        uses: [],
        visibleTo: ["root"],
        layer: "base",
        owner: "Team Pay",
        enforce: { "undeclared-use": "strict" },
      }),
      moduleDraft("user", ["packs/user"], { public: ["**"] }),
    ]);
    expect(read?.layers).toEqual(["app", "base"]);
    expect(read?.known).toEqual([
      {
        rule: "undeclared-use",
        from: "packs/pay/app/x.rb",
        toFile: null,
        toModule: "user",
        file: "packs/pay/package_todo.yml",
        line: 2,
      },
    ]);
    expect(read?.unread.map(({ file, line, what }) => `${file}:${line} ${what}`)).toEqual([
      "packs/pay/package.yml:8 private_constants",
      "packs/pay/package.yml:7 dependencies: packs/gone",
      "packs/pay/package_todo.yml:2 ::User: folder_privacy",
    ]);
  });

  test.each([
    ["version 2", "", "    packwerk (2.3.0)\n", true],
    ["version 3 alone", "", "    packwerk (3.0.1)\n", false],
    ["version 3 with all checkers", "require: [packwerk-extensions]\n", "    packwerk (3.0.1)\n", true],
    ["version 3 with this checker", "require: [packwerk/privacy/checker]\n", "    packwerk (3.0.1)\n", true],
    ["an unknown version", "", "", true],
  ])("privacy is taken over where it is checked: %s", (_, config, lock, isChecked) => {
    const read = readForeignRules(textTree("shop", { ...files, "packwerk.yml": config, "Gemfile.lock": lock }), "packwerk.yml");
    expect(read?.modules.find(({ name }) => name === "pay")?.public).toEqual([isChecked ? "app/public/**" : "**"]);
    expect(read?.unread.filter(({ what }) => what === "enforce_privacy")).toHaveLength(isChecked ? 0 : 1);
  });
});

test("dependency-cruiser: what extends, what is outside, what is known", () => {
  const read = readForeignRules(
    textTree("shop", {
      "web/.dependency-cruiser.json":
        '{ "extends": ["./base.json", "some-preset"], "forbidden": [{ "name": "a", "from": { "path": "^src/a" }, "to": { "path": "^src/b/" } }], "allowed": [{ "comment": "only this" }], "options": { "includeOnly": "^src/", "tsPreCompilationDeps": true } }',
      "web/base.json":
        '{ "forbidden": [{ "name": "a", "severity": "error" }, { "name": "no-circular", "severity": "error", "from": {}, "to": { "circular": true } }] }',
      "web/.dependency-cruiser-known-violations.json": '[{ "from": "src/a/x.ts", "to": "src/b/y.ts" }]',
    }),
    "web/.dependency-cruiser.json",
  );
  expect(read?.rules).toEqual([
    {
      name: "a",
      effect: "deny",
      from: ["web/src/a*"],
      to: ["web/src/b/**"],
      kinds: null,
      transitive: false,
      why: "a",
      enforce: "new",
    },
  ]);
  expect(read?.settings).toEqual({
    types: "same",
    tests: "same",
    enforce: { cycle: "new", unresolved: "warn", "private-import": "off", "cross-team-private": "off", "foreign-table": "off" },
  });
  expect(read?.known.map(({ from, toFile }) => [from, toFile])).toEqual([["web/src/a/x.ts", "web/src/b/y.ts"]]);
  expect(read?.unread.map(({ what }) => what)).toEqual(["extends some-preset", "allowed: only this"]);
});

const rule = (from: readonly string[], to: readonly string[], why: string, transitive = true) => ({
  name: why,
  effect: "deny",
  from,
  to,
  kinds: null,
  transitive,
  why,
  enforce: "new",
});

describe("Python", () => {
  const code = { "src/shop/__init__.py": "", "src/shop/ui/page.py": "", "src/shop/orders/a.py": "", "src/shop/db.py": "" };
  const [ui, orders, db] = [["src/shop/ui/**"], ["src/shop/orders/**"], ["src/shop/db.py"]];

  test.each([
    [
      ".importlinter",
      "[importlinter]\nroot_package = shop\n\n[importlinter:contract:1]\nname=Layers\ntype=layers\nlayers=\n    ui\n    orders | db ; below\ncontainers=\n    shop\nexhaustive = true\n[importlinter:contract:2]\nname = No db\ntype = forbidden\nsource_modules = shop.ui\nforbidden_modules =\n    shop.db\n    requests\n[importlinter:contract:3]\nname = Odd\ntype = own.Kind\n",
    ],
    [
      "pyproject.toml",
      '[tool.importlinter]\nroot_package = "shop"\n\n[[tool.importlinter.contracts]]\nname = "Layers"\ntype = "layers"\nlayers = [\n  "ui",\n  "orders | db",\n]\ncontainers = ["shop"]\nexhaustive = true\n\n[[tool.importlinter.contracts]]\nname = "No db"\ntype = "forbidden"\nsource_modules = ["shop.ui"]\nforbidden_modules = ["shop.db", "requests"]\n\n[[tool.importlinter.contracts]]\nname = "Odd"\ntype = "own.Kind"\n',
    ],
  ])("import-linter: %s", (file, text) => {
    const read = readForeignRules(textTree("shop", { ...code, [file]: text }), file);
    expect(read?.rules).toEqual([
      rule([...orders, ...db], ui, "Layers", false),
      rule(orders, db, "Layers", false),
      rule(db, orders, "Layers", false),
      rule(ui, db, "No db"),
    ]);
    expect(read?.unread.map(({ what, why }) => [what, why])).toEqual([
      ["No db", "requests is no module of this repository"],
      ["Odd", "contracts of type own.Kind have no counterpart"],
    ]);
  });

  test("Tach", () => {
    const text =
      'source_roots = ["src"]\nlayers = ["app", "base"]\n[[modules]]\npath = "shop.ui"\ndepends_on = ["shop.orders", "shop.gone"]\nlayer = "app"\n[[modules]]\npath = "shop.orders"\nutility = true\n[[modules]]\npath = "shop.db"\ndepends_on = []\nvisibility = ["shop.orders"]\n[[modules]]\npath = "shop.gone"\n[[interfaces]]\nexpose = ["get_.*"]\nfrom = ["shop.db"]\n';
    const read = readForeignRules(textTree("shop", { ...code, "tach.toml": text }), "tach.toml");
    const open = { public: ["**"] };
    expect(read?.modules).toEqual([
      moduleDraft("shop.ui", ["src/shop/ui"], { ...open, uses: ["shop.orders"], layer: "app" }),
      moduleDraft("shop.orders", ["src/shop/orders"], { ...open, utility: true }),
      moduleDraft("shop.db", ["src/shop/db.py"], { ...open, uses: [], visibleTo: ["shop.orders"] }),
    ]);
    expect([read?.layers, read?.unread.map(({ what }) => what)]).toEqual([
      ["app", "base"],
      ["shop.gone", "interface of shop.db"],
    ]);
    const exact = readForeignRules(textTree("shop", { ...code, "tach.toml": `exact = true\n${text}` }), "tach.toml");
    expect([read, exact].map((one) => one?.settings.enforce["unused-use"])).toEqual(["off", "new"]);
  });
});

test("hostile configurations end soon and throw nothing", () => {
  const random = mulberry32(11);
  const pieces = [
    "module.exports = ",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "forbidden: ",
    '"path": ',
    "'^a|(b)$1'",
    ".*",
    "`${a}`",
    "const a = a + a;",
    "\n",
    "[[modules]]",
    "path = ",
    '"shop.ui"',
    "depends_on = [",
    "[importlinter:contract:x]",
    "type=layers",
    "layers=\n  a | b",
    "containers=",
    "package_paths: ",
    "- '**/**'",
    "&a",
    "*a",
    "\u0000",
    "__proto__: ",
    "…",
  ];
  const names = ["a.json", "a.cjs", "packwerk.yml", "tach.toml", ".importlinter", "pyproject.toml"].map((name) =>
    name.startsWith("a.") ? `.dependency-cruiser.${name.slice(2)}` : name,
  );
  const spent = processorTime();
  for (let round = 0; round < 400; round++) {
    const text = Array.from({ length: 1 + randomIndex(random, 30) }, () => pieces[randomIndex(random, pieces.length)]).join("");
    const name = names[round % names.length] ?? "";
    readForeignRules(textTree("shop", { [name]: text, "package.yml": text, "package_todo.yml": text, "shop/ui.py": "" }), name);
  }
  const doubling = `const a0 = "${"x".repeat(1000)}";${Array.from({ length: 40 }, (_, index) => `const a${index + 1} = a${index} + a${index};`).join("")} module.exports = { forbidden: [{ name: a40 }] };`;
  expect(
    readForeignRules(textTree("shop", { ".dependency-cruiser.cjs": doubling }), ".dependency-cruiser.cjs")?.unread.length,
  ).toBeGreaterThan(0);
  const many = `package_paths: ["${"**/".repeat(200)}x"]`;
  readForeignRules(textTree("shop", { "packwerk.yml": many, [`${"a/".repeat(200)}package.yml`]: "" }), "packwerk.yml");
  expect(regexGlobs(".*a".repeat(100))).toEqual({ problem: "it stands for more than 256 globs" });
  expect(spent()).toBeLessThan(20_000);
});
