import { expect, test } from "vitest";
import { textTree } from "#collect/files/index.js";
import type { ComponentFact, LibraryFact } from "#model/facts.js";
import { withResolvedVersions } from "./index.js";

const component: ComponentFact = {
  ref: "component:default/model",
  name: "model",
  kind: "library",
  built: true,
  partOf: null,
  repository: "shop",
  paths: ["model"],
  aliases: [],
  technology: null,
  declaredOwners: [],
  declared: false,
  inferredFrom: [],
  evidence: [],
};

const library = (name: string, ecosystem: string, uses: Record<string, string>, internal = false): LibraryFact => ({
  name,
  ecosystem,
  internal,
  component: internal ? component.ref : null,
  nature: "unclassified",
  natureReason: null,
  uses: Object.entries(uses).map(([file, version]) => ({
    component: `component:default/${file.split("/")[0]}`,
    version,
    resolved: false,
    evidence: [{ type: "file", repository: "shop", file, line: 1 }],
  })),
});

const resolved = (fact: LibraryFact, files: Record<string, string>) => {
  const { libraries, problems } = withResolvedVersions([fact], [textTree("shop", files)], [component]);
  expect(problems).toEqual([]);
  return libraries.flatMap(({ uses }) =>
    uses.map(({ version, resolved: exact, evidence }) => {
      const last = evidence.at(-1);
      return `${version}${exact ? "" : " ?"} ${last && "file" in last ? `${last.file}:${last.line}` : ""}`;
    }),
  );
};

const pom = (artifact: string, version: string, ...parts: string[]) =>
  `<project><groupId>shop</groupId><artifactId>${artifact}</artifactId><version>${version}</version>${parts.join("\n")}</project>`;
const dependency = (name: string, version = "", scope = "") => {
  const [group, artifact] = name.split(":");
  return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>${version && `<version>${version}</version>`}${scope && `<type>pom</type><scope>${scope}</scope>`}</dependency>`;
};
const parent = "<parent><groupId>shop</groupId><artifactId>parent</artifactId><version>1</version></parent>";
const child = (artifact: string, ...parts: string[]) =>
  `<project>${parent}<artifactId>${artifact}</artifactId><dependencies>${parts.join("\n")}</dependencies></project>`;

test.each<[string, LibraryFact, Record<string, string>, string[]]>([
  [
    "the nearest lock file upwards",
    library("zod", "npm", { "cart/package.json": "^3", "orders/package.json": "^3" }),
    {
      "package-lock.json": '{"packages":{"cart":{"dependencies":{"zod":"^3"}},"node_modules/zod":{"version":"3.1.0"}}}',
      "orders/package-lock.json": '{"packages":{"":{"dependencies":{"zod":"^3"}},"node_modules/zod":{"version":"3.2.0"}}}',
    },
    ["3.1.0 package-lock.json:1", "3.2.0 orders/package-lock.json:1"],
  ],
  [
    "an exact version needs no lock file, a range does",
    library("zod", "npm", { "cart/package.json": "3.1.0", "orders/package.json": "^3" }),
    {},
    ["3.1.0 cart/package.json:1", "^3 ? orders/package.json:1"],
  ],
  [
    "a least version of Cargo is not exact",
    library("serde", "cargo", { "a/Cargo.toml": "1.0.2" }),
    {},
    ["1.0.2 ? a/Cargo.toml:1"],
  ],
  [
    "another ecosystem says nothing",
    library("zod", "pypi", { "a/pyproject.toml": ">=3" }),
    { "a/go.mod": "require zod v3.0.0" },
    [">=3 ? a/pyproject.toml:1"],
  ],
  ["a workspace", library("model", "npm", { "cart/package.json": "workspace:*" }, true), {}, ["workspace cart/package.json:1"]],
  [
    "a project of Gradle",
    library("model", "maven", { "cart/build.gradle": "managed" }, true),
    {},
    ["workspace cart/build.gradle:1"],
  ],
  [
    "a module of go.work",
    library("shop/model", "go", { "cart/go.mod": "v0.0.0" }, true),
    {
      "go.work": "use (\n ./cart\n ./model\n)",
      "model/go.mod": "module shop/model\n",
      "cart/go.mod": "require shop/model v0.0.0",
    },
    ["workspace cart/go.mod:1"],
  ],
  [
    "Maven: properties and management of the parent",
    library("org.x:y", "maven", { "a/pom.xml": "managed", "b/pom.xml": "${y.version}" }),
    {
      "pom.xml": pom(
        "parent",
        "1",
        "<properties><y.version>2.5</y.version></properties>",
        `<dependencyManagement><dependencies>${dependency("org.x:y", "${y.version}")}</dependencies></dependencyManagement>`,
      ),
      "a/pom.xml": child("a", dependency("org.x:y")),
      "b/pom.xml": child("b", dependency("org.x:y", "${y.version}")),
    },
    ["2.5 pom.xml:1", "2.5 pom.xml:1"],
  ],
  [
    "Maven: a BOM from elsewhere is unknown, but for the group of Spring Boot",
    library("org.springframework.boot:web", "maven", { "a/pom.xml": "managed" }),
    {
      "a/pom.xml": pom(
        "a",
        "1",
        `<dependencyManagement><dependencies>${dependency("org.springframework.boot:spring-boot-dependencies", "3.2.0", "import")}</dependencies></dependencyManagement>`,
        `<dependencies>${dependency("org.springframework.boot:web")}</dependencies>`,
      ),
    },
    ["3.2.0 a/pom.xml:1"],
  ],
  [
    "Maven: managed elsewhere",
    library("org.x:y", "maven", { "a/pom.xml": "managed" }),
    { "a/pom.xml": pom("a", "1", `<dependencies>${dependency("org.x:y")}</dependencies>`) },
    ["managed ? a/pom.xml:1"],
  ],
  [
    "Maven: a sibling of the same version, and an older one from the registry",
    library("shop:model", "maven", { "a/pom.xml": "${project.version}", "b/pom.xml": "0.9" }, true),
    {
      "pom.xml": pom("parent", "1"),
      "model/pom.xml": child("model"),
      "a/pom.xml": child("a", dependency("shop:model", "${project.version}")),
      "b/pom.xml": child("b", dependency("shop:model", "0.9")),
    },
    ["workspace a/pom.xml:1", "0.9 b/pom.xml:1"],
  ],
  [
    "Gradle: a variable, and the plugin of Spring Boot",
    library("org.springframework.boot:web", "maven", { "a/build.gradle": "managed", "b/build.gradle": "${bootVersion}" }),
    {
      "build.gradle": "ext {\n  bootVersion = '3.1.0'\n}",
      "a/build.gradle": "plugins {\n id 'org.springframework.boot' version '3.2.1'\n}",
    },
    ["3.2.1 a/build.gradle:1", "3.1.0 b/build.gradle:1"],
  ],
])("%s", (_, fact, files, expected) => {
  expect(resolved(fact, files)).toEqual(expected);
});

test("a lock file that cannot be read is a problem, and its uses stay as they are", () => {
  const { libraries, problems, sources } = withResolvedVersions(
    [library("zod", "npm", { "package.json": "^3" })],
    [textTree("shop", { "package-lock.json": "{<<<<<<< HEAD" })],
    [],
  );
  expect(libraries[0]?.uses[0]).toMatchObject({ version: "^3", resolved: false });
  expect(problems.map((problem) => problem.path)).toEqual(["package-lock.json"]);
  expect(sources).toMatchObject([{ path: "package-lock.json", read: false }]);
});

const circle = (own: string, other: string) =>
  `<project><parent><groupId>shop</groupId><artifactId>${other}</artifactId><version>1</version><relativePath>../${other}/pom.xml</relativePath></parent><artifactId>${own}</artifactId><properties><a>\${b}</a><b>\${a}\${a}</b></properties><dependencies>${dependency("x:y", "${a}")}</dependencies></project>`;

test("parents in a circle and chains of properties come to an end", () => {
  expect(
    resolved(library("x:y", "maven", { "a/pom.xml": "${a}" }), { "a/pom.xml": circle("a", "b"), "b/pom.xml": circle("b", "a") }),
  ).toEqual(["${a} ? a/pom.xml:1"]);
});
