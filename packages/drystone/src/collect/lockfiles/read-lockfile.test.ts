import { expect, test } from "vitest";
import { processorTime } from "../../../test/fakes/index.js";
import { isLockfile, lockedVersion, readLockfile } from "./index.js";

const lines = (...text: string[]) => `${text.join("\n")}\n`;

/** File, text, then per question `folder name range` the answer `version:line`. */
const cases: [string, string, Record<string, string | null>][] = [
  [
    "web/package-lock.json",
    lines(
      "{",
      '"lockfileVersion": 3, "packages": {',
      '"": { "dependencies": { "zod": "^3" } },',
      '"packages/cart": { "dependencies": { "zod": "^2", "@shop/model": "*" } },',
      '"node_modules/zod": { "version": "3.22.4" },',
      '"packages/cart/node_modules/zod": { "version": "2.0.1" },',
      '"node_modules/@shop/model": { "resolved": "packages/model", "link": true }',
      "}}",
    ),
    {
      "web zod ^3": "3.22.4:5",
      "web/packages/cart zod ^2": "2.0.1:6",
      "web/packages/cart @shop/model *": "workspace:7",
      "web/x zod ^3": null,
    },
  ],
  [
    "package-lock.json",
    lines(
      "{",
      '"lockfileVersion": 1, "dependencies": {',
      '"zod": { "version": "3.1.0" },',
      '"model": { "version": "file:../model" }',
      "}}",
    ),
    { " zod ^3": "3.1.0:3", " model file:../model": "workspace:4", " constructor *": null },
  ],
  [
    "pnpm-lock.yaml",
    lines(
      "lockfileVersion: '9.0'",
      "importers:",
      "  .:",
      "    devDependencies:",
      "      '@types/node':",
      "        specifier: ^20",
      "        version: 20.1.2",
      "  services/cart:",
      "    dependencies:",
      "      '@shop/model':",
      "        specifier: workspace:*",
      "        version: link:../../packages/model",
      "      react-dom:",
      "        specifier: ^18",
      "        version: 18.3.1(react@18.3.1)",
      "packages:",
      "  zod@9.9.9: {}",
    ),
    {
      " @types/node ^20": "20.1.2:7",
      "services/cart @shop/model workspace:*": "workspace:12",
      "services/cart react-dom ^18": "18.3.1:15",
    },
  ],
  [
    "pnpm-lock.yaml",
    lines(
      "lockfileVersion: 5.4",
      "specifiers:",
      "  zod: ^3",
      "dependencies:",
      "  zod: 3.20.0",
      "  fork: /@x/fork/1.2.3_react@18.0.0",
      "packages:",
    ),
    { " zod ^3": "3.20.0:5", " fork *": "1.2.3:6" },
  ],
  [
    "yarn.lock",
    lines("# yarn lockfile v1", "", 'zod@^3.0.0, "zod@^3.1.0":', '  version "3.22.4"', "zod@^2.0.0:", '  version "2.0.1"'),
    { "any zod ^3.1.0": "3.22.4:3", "any zod ^2.0.0": "2.0.1:5", "any zod ^3.9.0": "3.22.4:3", "any zod *": null },
  ],
  [
    "yarn.lock",
    lines(
      "__metadata:",
      "  version: 8",
      '"@shop/model@workspace:*, @shop/model@workspace:packages/model":',
      "  version: 0.0.0-use.local",
      '"zod@npm:^3.0.0":',
      "  version: 3.22.4",
    ),
    { "a @shop/model workspace:*": "workspace:3", "a zod ^3.0.0": "3.22.4:5" },
  ],
  [
    "bun.lock",
    lines(
      "{",
      '"workspaces": { "": { "name": "root" }, "apps/cart": { "name": "cart", "dependencies": { "zod": "^3", "@shop/model": "workspace:*", }, }, },',
      '"packages": {',
      '"@shop/model": ["@shop/model@workspace:packages/model"],',
      '"zod": ["zod@4.0.0", "", {}, "sha"],',
      '"cart/zod": ["zod@3.22.4", "", {}, "sha, ]"],',
      "},}",
    ),
    { "apps/cart zod ^3": "3.22.4:6", "apps/cart @shop/model workspace:*": "workspace:4" },
  ],
  [
    "svc/go.mod",
    lines(
      "module shop/cart",
      "require github.com/a/one v1.2.3",
      "require (",
      "\tgithub.com/a/two v0.1.0 // indirect",
      "\tshop/model v0.0.0",
      "\tgithub.com/a/old v1.0.0",
      ")",
      "replace shop/model => ../model",
      "replace github.com/a/old v1.0.0 => github.com/b/new v2.0.0",
    ),
    {
      "svc github.com/a/one v1.2.3": "v1.2.3:2",
      "svc github.com/a/two v0.1.0": "v0.1.0:4",
      "svc shop/model v0.0.0": "workspace:8",
      "svc github.com/a/old v1.0.0": "v2.0.0:9",
      "other github.com/a/one v1.2.3": null,
    },
  ],
  [
    "Cargo.lock",
    lines(
      "[[package]]",
      'name = "model"',
      'version = "0.1.0"',
      "[[package]]",
      'name = "serde"',
      'version = "1.0.2"',
      'source = "registry+x"',
    ),
    { "a serde ^1": "1.0.2:4", "a model *": "workspace:1" },
  ],
  [
    "poetry.lock",
    lines(
      "[[package]]",
      'name = "Typing_Extensions"',
      'version = "4.1"',
      "[[package]]",
      'name = "model"',
      'version = "1"',
      "[package.source]",
      'type = "directory"',
    ),
    { "a typing-extensions ^4": "4.1:1", "a model *": "workspace:4" },
  ],
  [
    "uv.lock",
    lines(
      "[[package]]",
      'name = "cart"',
      'version = "0.1"',
      'source = { editable = "." }',
      "[[package]]",
      'name = "httpx"',
      'version = "0.27.0"',
    ),
    { "a cart *": "workspace:1", "a httpx >=0.2": "0.27.0:5" },
  ],
  [
    "Pipfile.lock",
    lines("{", '"default": {', '"flask": {"version": "==3.0.0"},', '"model": {"path": "./model"}', "}}"),
    { "a Flask *": "3.0.0:3", "a model *": "workspace:4" },
  ],
  [
    "requirements.txt",
    lines("Flask[async]==3.0.0 ; x", "requests>=2", "six==1.*"),
    { " flask ==3.0.0": "3.0.0:1", " requests >=2": null, " six ==1.*": null },
  ],
  [
    "Gemfile.lock",
    lines(
      "PATH",
      "  specs:",
      "    model (0.1)",
      "GEM",
      "  specs:",
      "    grpc (1.83.0-x86_64-linux)",
      "      rake (~> 13.3)",
      "    rake (13.3.1)",
    ),
    { "a model *": "workspace:3", "a grpc ~> 1": "1.83.0:6", "a rake *": "13.3.1:8" },
  ],
  [
    "composer.lock",
    lines(
      "{",
      '"packages": [{',
      '"name": "Monolog/monolog",',
      '"version": "v3.1.0"}, {',
      '"name": "shop/model",',
      '"version": "dev-main", "dist": {"type": "path"}}]}',
    ),
    { "a monolog/monolog ^3": "3.1.0:3", "a shop/model *": "workspace:5" },
  ],
  [
    "a/packages.lock.json",
    lines(
      "{",
      '"dependencies": {"net8.0": {',
      '"Serilog": {"type": "Direct", "resolved": "3.1.1"},',
      '"model": {"type": "Project"}',
      "}}}",
    ),
    { "a serilog [3,)": "3.1.1:3", "a Model managed": "workspace:4" },
  ],
  [
    "Directory.Packages.props",
    lines(
      "<Project><PropertyGroup><V>3.1.1</V></PropertyGroup>",
      '<ItemGroup><PackageVersion Include="Serilog" Version="$(V)" />',
      '<PackageVersion Include="Polly" Version="8.*" /></ItemGroup></Project>',
    ),
    { "a Serilog managed": "3.1.1:2", "a Polly managed": null },
  ],
  [
    "gradle.lockfile",
    lines("# comment", "org.slf4j:slf4j-api:2.0.9=runtimeClasspath", "empty="),
    { "a org.slf4j:slf4j-api managed": "2.0.9:2" },
  ],
  [
    "gradle/libs.versions.toml",
    lines(
      "[versions]",
      'slf4j = "2.0.9"',
      "[libraries]",
      'a = { module = "org.slf4j:slf4j-api", version.ref = "slf4j" }',
      'b = "io.x:y:1.0"',
      'c = { group = "io.x", name = "z", version = "1.+" }',
    ),
    { "a org.slf4j:slf4j-api managed": "2.0.9:4", "a io.x:y managed": "1.0:5", "a io.x:z managed": null },
  ],
];

test.each(cases)("%s", (path, text, answers) => {
  const locked = readLockfile(path, text);
  const found = Object.fromEntries(
    Object.keys(answers).map((question) => {
      const [folder = "", name = "", ...range] = question.split(" ");
      const version = locked && lockedVersion(locked, folder, name, range.join(" "));
      return [question, version && `${version.version}:${version.line}`];
    }),
  );
  expect(found).toEqual(answers);
});

test.each([
  "package-lock.json",
  "bun.lock",
  "Pipfile.lock",
  "composer.lock",
  "packages.lock.json",
  "pnpm-lock.yaml",
  "yarn.lock",
  "Cargo.lock",
])("%s that is broken is none", (path) => {
  expect(isLockfile(path)).toBe(true);
  expect(readLockfile(path, "{ broken")).toBeNull();
});

test("hostile texts cost little", () => {
  const bombs = [
    "[".repeat(500_000),
    '{"packages":'.repeat(50_000),
    '"'.repeat(300_000),
    `"a@${" ".repeat(300_000)}`,
    `${"a".repeat(300_000)}==`,
    `<${"a ".repeat(200_000)}`,
    '{"__proto__":{"x":1},"packages":{"__proto__":{"dependencies":{"x":"1"}}}}',
    "[[package]]\n".repeat(100_000),
    "    a (".repeat(50_000),
    ",".repeat(500_000),
  ];
  const spent = processorTime();
  for (const bomb of bombs) for (const [path] of cases) readLockfile(path, bomb);
  expect(spent()).toBeLessThan(10_000);
  expect(({} as { x?: unknown }).x).toBeUndefined();
});
