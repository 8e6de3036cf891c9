import { describe, expect, test } from "vitest";
import { processorTime } from "../../../test/fakes/index.js";
import { type BuildManifest, joinPath, readBuildManifest, readGoHead, readMembers } from "./index.js";

const read = (path: string, text: string) => {
  const manifest = readBuildManifest(path, text);
  return manifest && brief(manifest);
};
const brief = ({ name, technology, executable, aggregator, dependencies }: BuildManifest) => ({
  name,
  technology,
  runs: executable === null ? null : executable.line,
  aggregator,
  uses: dependencies.map((dependency) => `${dependency.name}@${dependency.version ?? dependency.path ?? "-"}:${dependency.line}`),
});

describe("build manifests", () => {
  test.each<[string, string, ReturnType<typeof read>]>([
    [
      "package.json",
      '{\n"name": "@shop/cart",\n"private": true,\n"scripts": {\n"start": "node ."},\n"dependencies": {\n  "express": "^4"\n}}',
      { name: "@shop/cart", technology: "node", runs: 5, aggregator: false, uses: ["express@^4:7"] },
    ],
    [
      "package.json",
      '{"name":"tool","bin":"x.js","dependencies":{"express":"4"}}',
      { name: "tool", technology: "node", runs: null, aggregator: false, uses: ["express@4:1"] },
    ],
    [
      "package.json",
      '{"name":"ui","scripts":{"dev":"next dev"}}',
      { name: "ui", technology: "node", runs: 1, aggregator: false, uses: [] },
    ],
    [
      "package.json",
      '{"name":"root","workspaces":{"packages":["a"]}}',
      { name: "root", technology: "node", runs: null, aggregator: true, uses: [] },
    ],
    ["package.json", "{broken", null],
    [
      "package.json",
      '{"__proto__":{"name":"x"},"dependencies":[]}',
      { name: null, technology: "node", runs: null, aggregator: true, uses: [] },
    ],
    [
      "pom.xml",
      "<project>\n<!-- <artifactId>no</artifactId> -->\n<parent><groupId>shop</groupId></parent>\n<artifactId>cart</artifactId>\n<dependencies><dependency>\n<groupId>org.x</groupId><artifactId>y</artifactId><version>1</version></dependency></dependencies>\n<build><plugins>\n<plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build></project>",
      { name: "shop:cart", technology: "java", runs: 8, aggregator: false, uses: ["org.x:y@1:6"] },
    ],
    [
      "pom.xml",
      "<project><artifactId>all</artifactId><packaging>pom</packaging></project>",
      { name: ":all", technology: "java", runs: null, aggregator: true, uses: [] },
    ],
    [
      "pom.xml",
      "<project><parent><groupId>shop</groupId><version>2</version></parent><artifactId>cart</artifactId><properties><x.v>7</x.v></properties><dependencies><dependency><groupId>${project.groupId}</groupId><artifactId>model</artifactId><version>${project.version}</version></dependency><dependency><groupId>x</groupId><artifactId>y</artifactId><version>${x.v}</version></dependency><dependency><groupId>x</groupId><artifactId>z</artifactId><version>${of.parent}</version></dependency></dependencies></project>",
      {
        name: "shop:cart",
        technology: "java",
        runs: null,
        aggregator: false,
        uses: ["shop:model@2:1", "x:y@7:1", "x:z@${of.parent}:1"],
      },
    ],
    ["pom.xml", "<html></html>", null],
    [
      "cart/build.gradle.kts",
      'plugins {\n  id("org.springframework.boot") version "3.2"\n}\ndependencies {\n  implementation(project(":model"))\n  implementation("com.x:y:1.0")\n}',
      { name: "cart", technology: "java", runs: 2, aggregator: false, uses: ["model@model:5", "com.x:y@1.0:6"] },
    ],
    [
      "web/build.gradle.kts",
      'plugins { application; kotlin("jvm") }\ndependencies { implementation(projects.shared.orderModel) }',
      { name: "web", technology: "kotlin", runs: 1, aggregator: false, uses: ["order-model@shared/order-model:2"] },
    ],
    [
      "model/build.gradle",
      "plugins { id 'org.springframework.boot' version '3' }\nbootJar {\n  enabled = false\n}",
      { name: "model", technology: "java", runs: null, aggregator: false, uses: [] },
    ],
    [
      "build.gradle",
      "plugins {\n  id 'org.springframework.boot' version '3' apply false\n}",
      { name: null, technology: "java", runs: null, aggregator: false, uses: [] },
    ],
    [
      "go.mod",
      "module example.com/cart/v2\n\nrequire (\n\tgithub.com/x/y v1.2.0\n\tgithub.com/x/z v1.0.0 // indirect\n)\nrequire shop/model v0.0.0\nreplace shop/model => ../model\n",
      {
        name: "example.com/cart/v2",
        technology: "go",
        runs: null,
        aggregator: false,
        uses: ["github.com/x/y@v1.2.0:4", "shop/model@v0.0.0:7"],
      },
    ],
    [
      "rates/Cargo.toml",
      '[package]\nname = "rates"\n[[bin]]\nname = "rates"\n[dependencies]\nserde = "1"\nmodel = { path = "../model", version = "0.1" }\n',
      { name: "rates", technology: "rust", runs: 3, aggregator: false, uses: ["serde@1:6", "model@0.1:7"] },
    ],
    [
      "Cargo.toml",
      '[workspace]\nmembers = [\n  "a", # first\n  "b",\n]\n',
      { name: null, technology: "rust", runs: null, aggregator: true, uses: [] },
    ],
    [
      "src/Cart/Cart.csproj",
      '<Project Sdk="Microsoft.NET.Sdk.Web">\n<ItemGroup>\n<PackageReference Include="Dapper" Version="2.0" />\n<ProjectReference Include="..\\Model\\Model.csproj" /></ItemGroup></Project>',
      { name: "Cart", technology: "dotnet", runs: 1, aggregator: false, uses: ["Dapper@2.0:3", "Model@src/Model:4"] },
    ],
    [
      "Cart.Tests.csproj",
      '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="Microsoft.NET.Test.Sdk" /></ItemGroup></Project>',
      { name: "Cart.Tests", technology: "dotnet", runs: null, aggregator: true, uses: ["Microsoft.NET.Test.Sdk@-:1"] },
    ],
    [
      "pyproject.toml",
      '[project]\nname = "cart"\ndependencies = [\n  "Flask>=3",\n  "shop_model==1.0",\n]\n',
      { name: "cart", technology: "python", runs: null, aggregator: false, uses: ["flask@>=3:3", "shop-model@==1.0:3"] },
    ],
    [
      "pyproject.toml",
      "[tool.black]\nline-length = 88\n",
      { name: null, technology: "python", runs: null, aggregator: true, uses: [] },
    ],
    [
      "requirements.txt",
      "# web\nflask==3.0 # x\n-r more.txt\n",
      { name: null, technology: "python", runs: null, aggregator: false, uses: ["flask@==3.0:2"] },
    ],
    [
      "composer.json",
      '{"name":"shop/ratings","type":"project","require":{"php":"8","slim/slim":"^4"}}',
      { name: "shop/ratings", technology: "php", runs: 1, aggregator: false, uses: ["slim/slim@^4:1"] },
    ],
    [
      "x.gemspec",
      's.add_dependency "rack", "~> 3"\n',
      { name: "x", technology: "ruby", runs: null, aggregator: false, uses: ["rack@-:1"] },
    ],
    [
      "mix.exs",
      "app: :cart,\nmod: {Cart.Application, []}\n",
      { name: "cart", technology: "elixir", runs: 2, aggregator: false, uses: [] },
    ],
    [
      "build.sbt",
      'name := "cart"\nlazy val root = (project in file(".")).enablePlugins(PlayScala)\n',
      { name: "cart", technology: "scala", runs: 2, aggregator: false, uses: [] },
    ],
    ["README.md", "", null],
  ])("%s #%#", (path, text, expected) => {
    expect(read(path, text)).toEqual(expected);
  });

  test.each([
    ["pnpm-workspace.yaml", "packages:\n  - apps/*\n  - '!**/test/**'\n", ["apps/*"]],
    ["lerna.json", '{"packages":["packages/*"]}', ["packages/*"]],
    [
      "settings.gradle",
      "rootProject.name = 'shop'\ninclude ':cart', ':shared:model'\ninclude(\n  \"orders\"\n)",
      ["cart", "shared/model", "orders"],
    ],
    ["other.json", "{}", null],
  ])("members of %s", (path, text, expected) => {
    expect(readMembers(path, text)).toEqual(expected);
  });

  test("go files: package and imports before any code", () => {
    expect(readGoHead('// x\npackage main\n\nimport (\n\t"fmt"\n\tx "example.com/y"\n)\n\nvar s = "no"\n')).toEqual({
      package: "main",
      line: 2,
      imports: [
        { path: "fmt", line: 5 },
        { path: "example.com/y", line: 6 },
      ],
    });
  });
});

test.each([
  ["a/b", "../c", "a/c"],
  ["", "./x//y", "x/y"],
  ["a", "../..", null],
  ["a", "/etc", null],
  ["a", "..\\b", "b"],
])("joinPath(%j, %j) is %j", (folder, relative, expected) => {
  expect(joinPath(folder, relative)).toBe(expected);
});

test("hostile texts end soon and throw nothing", () => {
  const bombs = [
    "<a ".repeat(200_000),
    "<a>".repeat(100_000),
    "[".repeat(500_000),
    `x = [${'"a",'.repeat(200_000)}`,
    "include ".repeat(100_000),
    `FROM ${"$".repeat(200_000)}`,
    " ".repeat(500_000),
    `A=${"${A:-".repeat(50_000)}`,
    "require github.com/".repeat(50_000),
    `name = "${"a-".repeat(200_000)}`,
    `enablePlugins(${" ".repeat(300_000)}`,
  ];
  const paths = [
    "package.json",
    "pom.xml",
    "build.gradle",
    "settings.gradle",
    "go.mod",
    "Cargo.toml",
    "a.csproj",
    "pyproject.toml",
    "setup.py",
    "requirements.txt",
    "composer.json",
    "Gemfile",
    "a.gemspec",
    "mix.exs",
    "build.sbt",
  ];
  const spent = processorTime();
  for (const bomb of bombs) {
    for (const path of paths) {
      readBuildManifest(path, bomb);
      readMembers(path, bomb);
    }
    readGoHead(bomb);
  }
  expect(spent()).toBeLessThan(15_000);
});

test("a plain program with a start script is a service among services, and nothing of the kind elsewhere", () => {
  const text = '{\n  "name": "orders",\n  "scripts": { "start": "node src/index.js" }\n}\n';
  expect(readBuildManifest("services/orders/package.json", text)?.executable).toEqual({
    reason: "services/orders/package.json has a `start` script among the services",
    file: "services/orders/package.json",
    line: 3,
  });
  expect(readBuildManifest("packages/orders/package.json", text)?.executable).toBeNull();
});
