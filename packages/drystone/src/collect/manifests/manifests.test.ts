import { describe, expect, test } from "vitest";
import {
  type BuildManifest,
  dockerfileVariant,
  isComposeFile,
  isDockerfile,
  joinPath,
  readBuildManifest,
  readChartValues,
  readCompose,
  readDockerfile,
  readEnv,
  readGoHead,
  readKubernetes,
  readMembers,
} from "./index.js";

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
    ["pom.xml", "<html></html>", null],
    [
      "cart/build.gradle.kts",
      'plugins {\n  id("org.springframework.boot") version "3.2"\n}\ndependencies {\n  implementation(project(":model"))\n  implementation("com.x:y:1.0")\n}',
      { name: "cart", technology: "java", runs: 2, aggregator: false, uses: ["model@model:5", "com.x:y@1.0:6"] },
    ],
    [
      "build.gradle",
      "plugins {\n  id 'org.springframework.boot' version '3' apply false\n}",
      { name: null, technology: "java", runs: null, aggregator: false, uses: [] },
    ],
    [
      "go.mod",
      "module example.com/cart/v2\n\nrequire (\n\tgithub.com/x/y v1.2.0\n\tgithub.com/x/z v1.0.0 // indirect\n)",
      { name: "example.com/cart/v2", technology: "go", runs: null, aggregator: false, uses: ["github.com/x/y@v1.2.0:4"] },
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

describe("compose", () => {
  test("builds, images, variables and other names", () => {
    const env = readEnv("# x\nexport TAG='1.0'\nIMAGE=shop/cart:${TAG}\n");
    const { services, problems } = readCompose(
      "deploy/docker-compose.yml",
      "x-base: &base\n  networks: {net: {aliases: [basket]}}\nservices:\n  cart:\n    <<: *base\n    image: ${IMAGE}\n    build: {context: .., dockerfile: 'cart/${FILE:-Dockerfile}', args: {APP: cart}}\n    hostname: cart.local\n  db:\n    image: postgres:${PG:-${MAJOR:-16}}\n  nothing: {}\n",
      env,
    );
    expect(problems).toEqual([]);
    expect(services).toEqual([
      {
        file: "deploy/docker-compose.yml",
        line: 4,
        name: "cart",
        image: "shop/cart:1.0",
        imageLine: 6,
        build: { context: "", dockerfile: "cart/Dockerfile", line: 7, args: ["cart"] },
        aliases: ["cart.local", "basket"],
      },
      { file: "deploy/docker-compose.yml", line: 9, name: "db", image: "postgres:16", imageLine: 10, build: null, aliases: [] },
    ]);
  });

  test("a context outside of the repository or a URL is no build", () => {
    const { services } = readCompose(
      "docker-compose.yml",
      "services:\n  a: {build: ../../x, image: a}\n  b: {build: 'https://example.com/x.git'}\n",
      new Map(),
    );
    expect(services.map((service) => service.build)).toEqual([null, null]);
  });

  test.each([
    ["docker-compose.yml", true],
    ["compose.prod.yaml", true],
    ["docker-compose-load.yaml", true],
    ["composer.yaml", false],
    ["decompose.yml", false],
  ])("%s: %s", (path, expected) => {
    expect(isComposeFile(path)).toBe(expected);
  });
});

describe("Dockerfiles", () => {
  test("the base of the last stage, with arguments and stage names", () => {
    const text =
      "ARG V=20\nFROM node:${V} AS build\nCOPY a \\\n  b /x/\nFROM --platform=linux/amd64 build AS run\nCOPY --from=build /x /y\nEXPOSE 80/tcp 81\n";
    expect(readDockerfile("cart/Dockerfile", text)).toEqual({
      path: "cart/Dockerfile",
      folder: "cart",
      base: "node:20",
      baseLine: 5,
      copies: [
        { path: "a", line: 3 },
        { path: "b", line: 3 },
      ],
      ports: [80, 81],
    });
  });

  test.each([
    ["Dockerfile", ""],
    ["Dockerfile.dev", ""],
    ["Dockerfile.linux-arm64", ""],
    ["Dockerfile-worker", "worker"],
    ["api.Dockerfile", "api"],
  ])("variant of %s is %j", (path, expected) => {
    expect(isDockerfile(path)).toBe(true);
    expect(dockerfileVariant(path)).toBe(expected);
  });

  test.each([["Dockerfile.dockerignore"], ["Dockerfile.md"], ["docker.ts"]])("%s is none", (path) => {
    expect(isDockerfile(path)).toBe(false);
  });
});

describe("Kubernetes", () => {
  const deployment =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: NAME\nspec:\n  template:\n    spec:\n      containers:\n        - image: IMAGE\n";
  const cron =
    "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\nspec: {jobTemplate: {spec: {template: {spec: {containers: [{image: a/b}]}}}}}\n";

  test("workloads of several documents", () => {
    const text = `${deployment.replace("NAME", "cart").replace("IMAGE", "shop/cart:1")}---\nkind: ConfigMap\ndata: [\n---\n${cron}`;
    expect(readKubernetes("k8s/all.yaml", text)).toEqual({
      workloads: [
        {
          file: "k8s/all.yaml",
          line: 4,
          kind: "Deployment",
          name: "cart",
          chart: null,
          images: [{ image: "shop/cart:1", line: 9 }],
        },
        { file: "k8s/all.yaml", line: 16, kind: "CronJob", name: "nightly", chart: null, images: [{ image: "a/b", line: 17 }] },
      ],
      builds: [],
      problems: [],
    });
  });

  test("a template with the values of its chart; an unknown name is that of the chart", () => {
    const values = readChartValues("charts/cart/values.yaml", "image: {repository: shop/cart}\n");
    const text = deployment
      .replace("NAME", '{{ include "x.name" . }}')
      .replace("IMAGE", '"{{ .Values.image.repository }}:{{ .Values.image.tag }}"');
    expect(readKubernetes("charts/cart/templates/d.yaml", text, values).workloads).toMatchObject([
      { name: "cart", images: [{ image: "shop/cart:" }] },
    ]);
  });

  test("images that Skaffold builds", () => {
    const text = "apiVersion: skaffold/v4beta1\nkind: Config\nbuild:\n  artifacts:\n    - image: cart\n      context: src/cart\n";
    expect(readKubernetes("skaffold.yaml", text).builds).toEqual([
      { file: "skaffold.yaml", line: 5, image: "cart", folder: "src/cart", dockerfile: null },
    ]);
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
  const start = performance.now();
  for (const bomb of bombs) {
    for (const path of paths) {
      readBuildManifest(path, bomb);
      readMembers(path, bomb);
    }
    readDockerfile("Dockerfile", bomb);
    readCompose("compose.yml", bomb, readEnv(bomb));
    readKubernetes("a.yaml", `apiVersion: v1\nkind: Deployment\n${bomb}`);
    readGoHead(bomb);
  }
  expect(performance.now() - start).toBeLessThan(15_000);
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
