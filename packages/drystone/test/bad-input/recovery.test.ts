/** Hostile files beside a healthy system: each is refused or bounded, says so by name, and the rest of the result is right. */
import { rmSync, truncateSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import type { Result } from "#model/index.js";
import { type Content, workspace, writeRepository } from "../fakes/index.js";
import { drystone, type Finished } from "./command.js";
import { ada, firstTime } from "./shop.js";

const scratch = workspace();
afterAll(() => scratch.cleanup());

const secret = "mark-of-what-lies-outside";

type Files = Readonly<Record<string, Content>>;

/** Orders calls billing; both have a database. */
const healthy: Files = {
  "compose.yaml": `services:
  orders:
    build: ./orders
    environment: {BILLING_URL: "http://billing:8080", DATABASE_URL: "postgres://shop@database/orders"}
  billing: {build: ./billing}
  database: {image: "postgres:16"}
`,
  "orders/Dockerfile": "FROM node:20\nCMD node server.js\n",
  "orders/package.json": '{"name":"orders","scripts":{"start":"node server.js"},"dependencies":{"express":"5.0.0"}}',
  "orders/server.js": "fetch(`${process.env.BILLING_URL}/invoices`);\n",
  "billing/Dockerfile": "FROM node:20\nCMD node server.js\n",
  "billing/package.json": '{"name":"billing","scripts":{"start":"node server.js"},"dependencies":{"express":"5.0.0"}}',
  "billing/server.js": 'app.get("/invoices", list);\n',
};

describe("huge files", () => {
  const huge = {
    "worker/package.json": '{"name":"tools","dependencies":{"a":"1"},"x":"',
    "api/openapi.json": '{"openapi":"3.0.0","paths":{},"x":"',
    "orders/appsettings.json": '{"ConnectionStrings":{"A":"Server=billing"},"x":"',
    "orders/package-lock.json": '{"lockfileVersion":3,"x":"',
    "deploy/k8s.yaml": "apiVersion: v1\nkind: Service\nx: ",
    "worker/Dockerfile": "FROM node:20\nRUN ",
    "infra/main.tf": 'resource "a" "b" {} #',
    "worker/pom.xml": "<project><!--",
    "orders/huge.js": "fetch('http://billing:8080/",
  };

  test("of 100 MB in one line, and a Dockerfile of 10 MB, are named and cost nothing", async () => {
    const directory = write("huge", huge);
    for (const file of Object.keys(huge)) {
      // What follows is a hole in the file: it takes no room on the disk.
      truncateSync(`${directory}/${file}`, file === "worker/Dockerfile" ? 10_000_000 : 100_000_000);
    }
    const run = await assess(directory);
    expect(healthOf(run)).toEqual(health);
    expect(problemPaths(run)).toEqual(expect.arrayContaining(Object.keys(huge).filter((file) => file !== "orders/huge.js")));
    expect(run.peakMegabytes).toBeLessThan(600);
  });

  test("just below the limits are read or named in time", async () => {
    const size = 1_900_000;
    const filled = (start: string, piece: string, end = "") => start + piece.repeat(Math.floor(size / piece.length)) + end;
    const run = await assess(
      write("large", {
        "worker/package.json": filled('{"name":"tools","dependencies":{', '"a":"1",', '"b":"1"}}'),
        "api/openapi.json": filled('{"openapi":"3.0.0","paths":{"/a":{"get":{"parameters":[', '{"name":"a"},', "{}]}}}}"),
        "orders/appsettings.json": filled('{"A":[', '"http://billing:8080",', '""]}'),
        "orders/package-lock.json": filled('{"lockfileVersion":3,"packages":{', '"node_modules/a":{"version":"1"},', '"":{}}}'),
        "deploy/k8s.yaml": filled(
          "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n",
          "---\napiVersion: v1\nkind: Service\n",
        ),
        "worker/Dockerfile": filled("FROM node:20\nRUN ", "a \\\n"),
        "infra/main.tf": filled("locals {\n", "  a = [for x in [1,2,3] : x]\n", "}\n"),
        "worker/pom.xml": filled("<project>", "<dependencies><dependency><groupId>a</groupId></dependency>", "</project>"),
        "worker/build.gradle": filled("dependencies {", " implementation 'a:b:1' {", ""),
        "nginx/nginx.conf": filled("http { server {", "location /a { proxy_pass http://billing; }\n", "}}"),
        "orders/huge.js": filled("", "fetch('http://billing:8080/' + x);\n"),
        "orders/.env": filled("", "BILLING_URL=http://billing:8080\n"),
        "proto/a.proto": filled('syntax = "proto3"; service A {', " rpc B (C) returns (D);", "}"),
        "db/dump.sql": filled("", "insert into orders values (1, 'a');\n"),
      }),
    );
    expect(healthOf(run)).toEqual(health);
    expect(run.peakMegabytes).toBeLessThan(1500);
  });
});

test("deep nesting, alias bombs and broken syntax are named, in every format", async () => {
  const named = {
    "deploy/bomb.yaml": aliasBomb(),
    "deploy/deep.yaml": `kind: Service\napiVersion: v1\nx: ${deep("[", "]")}`,
    "deploy/cycle.yaml": "apiVersion: v1\nkind: Service\nspec: &s\n  again: *s\n",
    "deploy/broken.yaml": "apiVersion: v1\nkind: Service\n\tmetadata: [\n",
    "worker/docker-compose.yml": `services: ${deep("{a: ", "}")}`,
    "api/openapi.json": `{"openapi":"3.0.0","paths":${deep("[", "]")}}`,
    "api/asyncapi.yaml": `asyncapi: 2.0.0\nchannels: ${deep("{a: ", "}")}`,
    "api/swagger.json": '{"swagger":"2.0","paths": {',
    "orders/appsettings.json": `{"a":${deep("[", "]")}}`,
    "orders/config/application.yml": `a: &a [${"x, ".repeat(9)}]\nb: *c\n`,
    "worker/package.json": deep('{"a":', "}"),
    "worker/composer.json": '{"require": ',
    "orders/package-lock.json": deep('{"packages":', "}"),
    "worker/pom.xml": `<project>${deep("<a>", "</a>")}</project>`,
    "worker/a.csproj": deep("<ItemGroup>"),
    "serverless.yml": "service: a\nfunctions: [\n",
    "catalog-info.yaml": "kind: Component\nmetadata: {\n",
  };
  const quiet = {
    "worker/build.gradle": deep("dependencies { ", "}"),
    "settings.gradle": `include ${deep("(", ")")}`,
    "infra/main.tf": `locals { a = ${deep("[", "]")} }\nresource "aws_ecs_service" "x" ${deep("{ a ", "}")}`,
    "infra/text.tf": `locals { a = "${deep("${a(", ")}")}" }`,
    "Cargo.toml": `[package]\nname = ${deep("[", "]")}`,
    "nginx/nginx.conf": deep("location / { ", "}"),
    "api/a.proto": `syntax = "proto3"; ${deep("message A { ", "}")}`,
    "api/a.graphql": `type Query ${deep("{ a(b: [", "])}")}`,
    "orders/deep.js": `fetch(${deep("`${", "}`")}); x = ${deep("(", ")")}; ${deep("{", "}")}`,
    "orders/Deep.java": `class A { String a = ${deep("(", ")")}; ${deep("class B {", "}")}`,
    "orders/deep.py": `a = ${deep("f(", ")")}\nb = f"${deep("{", "}")}"`,
    "orders/deep.go": `package a\nvar a = ${deep("f(", ")")}`,
    "orders/Deep.cs": `var a = ${deep('$"{', '}"')};`,
    "orders/deep.rb": `a = "${deep("#{", "}")}"`,
    "orders/deep.php": `<?php $a = ${deep("[", "]")};`,
    "orders/deep.rs": `use ${deep("a::{", "}")};`,
    "orders/schema.prisma": deep("model A { "),
    "orders/deep.sql": `select * from ${deep("(select ", ")")}`,
    "orders/application.conf": deep("a { ", "}"),
    "orders/logback.xml": deep("<appender>"),
    "yarn.lock": deep("a@1:\n  "),
    "Gemfile.lock": deep("GEM\n  "),
    "pnpm-lock.yaml": deep("[", "]"),
  };
  const run = await assess(write("deep", { ...named, ...quiet }));
  expect(healthOf(run)).toEqual(health);
  expect(problemPaths(run)).toEqual(expect.arrayContaining(Object.keys(named)));
  expect(run.peakMegabytes).toBeLessThan(800);
});

test("cycles and loops of includes end, and what leads out is not read", async () => {
  const directory = scratch.path("cycles");
  writeFileSync(scratch.path("outside.yaml"), `services:\n  ${secret}: {image: ${secret}}\n`);
  writeFileSync(scratch.path("outside.env"), `SECRET=${secret}\n`);
  const named = {
    "a/compose.yaml":
      "include: [../b/compose.yaml, ../../outside.yaml]\nservices:\n  orders: {extends: {file: ../../outside.yaml, service: x}}\n",
    "b/compose.yaml":
      "include: [../a/compose.yaml]\nservices:\n  x: {extends: y}\n  y: {extends: {service: x, file: compose.yaml}}\n",
    "kustomize/a/kustomization.yaml": "resources: [../b, ../../../outside.yaml]\n",
    "kustomize/b/kustomization.yaml": "resources: [../a, .]\nbases: [../b]\ncomponents: [../a]\n",
  };
  write("cycles", {
    ...named,
    "c/compose.yaml": `services:\n  z: {image: z, env_file: [../../outside.env, /etc/passwd], extends: {file: /etc/passwd, service: a}}\nsecrets: {s: {file: ../../outside.env}}\n`,
    "chart/Chart.yaml":
      "apiVersion: v2\nname: chart\nversion: 1.0.0\ndependencies: [{name: chart, version: 1.0.0, repository: 'file://.'}, {name: x, repository: 'file://../../'}]\n",
    "chart/values.yaml": `a: &a {b: x}\nc: *a\nmany: [${"1,".repeat(5000)}1]\n`,
    "chart/templates/_loop.tpl":
      '{{ define "loop" }}{{ include "loop" . }}{{ include "loop" . }}{{ end }}{{ define "many" }}{{ range $.Values.many }}{{ range $.Values.many }}{{ range $.Values.many }}x{{ end }}{{ end }}{{ end }}{{ end }}',
    "chart/templates/a.yaml": 'apiVersion: v1\nkind: Service\nmetadata: {name: a{{ include "loop" . }}}\n',
    "chart/templates/b.yaml": 'apiVersion: v1\nkind: Service\nmetadata: {name: b, x: "{{ include "many" . }}"}\n',
    "chart/templates/c.yaml":
      'apiVersion: v1\nkind: Service\nmetadata: {name: {{ repeat 1000000000 "x" }}{{ range until 1000000000 }}y{{ end }}{{ printf "%999999999d" 1 }}{{ tpl (.Files.Get "../../outside.yaml") . }}{{ regexReplaceAll "(a*)*b" (repeat 5000 "a") "c" }}}\n',
    "nginx/nginx.conf":
      "http { include nginx.conf; include ../../outside.yaml; include *.conf; server { location / { proxy_pass http://billing; } } }\n",
    "infra/main.tf":
      'module "a" { source = "./" }\nmodule "b" { source = "../../" }\nlocals { a = local.b, b = local.a\n c = range(1000000000)\n d = file("../../outside.yaml") }\nvariable "x" { default = [for a in range(100000) : [for b in range(100000) : a]] }\n',
    "parent/pom.xml":
      "<project><parent><relativePath>../parent/pom.xml</relativePath></parent><modules><module>../parent</module><module>../../..</module></modules><properties><a>${b}</a><b>${a}</b></properties><version>${a}</version></project>",
    "tsconfig.json": '{"extends":"./tsconfig.json","compilerOptions":{"paths":{"*":["../../*"]}}}',
    "package.json":
      '{"name":"root","workspaces":["../*","**/**/**/**/*","."],"dependencies":{"root":"file:.","x":"file:../../outside"}}',
    "settings.gradle": "include ':a', ':b'\nproject(':a').projectDir = file('../../..')\nincludeBuild '../..'\n",
    "go.work": "go 1.22\nuse (\n ../..\n .\n)\n",
    "Cargo.toml": '[workspace]\nmembers = ["../*", "."]\n[dependencies]\na = { path = "../../a" }\n',
    "openapi.yaml":
      'openapi: 3.0.0\npaths:\n  /a: {$ref: "#/paths/~1a"}\n  /b: {$ref: "../outside.yaml#/x"}\n  /c: {get: {responses: {200: {$ref: "openapi.yaml#/paths/~1c/get/responses/200"}}}}\n',
    "api/a.proto":
      'syntax = "proto3";\nimport "a.proto";\nimport "../../outside.yaml";\nmessage A { A a = 1; }\nservice S { rpc Get (A) returns (A); }\n',
    "orders/a.js":
      'export * from "./b.js";\nconst A = `${A}${A}`; const B = `${B}${C}${C}`, C = `${B}${B}`; fetch(`${A}${B}${C}`);\n',
    "orders/b.js": 'export * from "./a.js";\nimport x from "../../outside";\n',
    "orders/config/application.yml":
      "a: ${b}\nb: ${a}${a}\nbilling: {url: 'http://${a}${b}${billing.url}'}\nspring: {config: {import: 'file:../../outside.env'}}\n",
    "linked/docker-compose.yml": { link: "../../outside.yaml" },
    "linked/.env": { link: "/etc/passwd" },
    Makefile: `include Makefile\ninclude ../outside.env\nhelm:\n\thelm install a ../.. -f ../outside.yaml --set ${"a.".repeat(5000)}b=c\n`,
  });
  const run = await assess(directory);
  expect(healthOf(run)).toEqual(health);
  expect(problemPaths(run)).toEqual(expect.arrayContaining(Object.keys(named)));
  expect(run.stdout + run.stderr).not.toContain(secret);
});

test("bytes that are no text, strange names and files that are gone cost nothing else", async () => {
  const evil = "x\n\u001b[31mred\u001b]0;title\u0007\u202e";
  const files: Files = {
    "orders/latin.js": bytes('fetch("http://billing:8080/a");\n'),
    "orders/Latin.java": bytes("class A { // "),
    "orders/zero.js": "a\u0000b",
    "orders/.env": bytes("A=http://billing:8080\nB="),
    "deploy/latin.yaml": bytes("apiVersion: v1\nkind: Service\nmetadata: {name: billing}\n# "),
    "deploy/zero.yaml": "apiVersion: v1\u0000\n",
    "worker/package.json": bytes('{"name":"tools"}'),
    "worker/pom.xml": bytes("<project>"),
    "worker/go.mod": "\u0000",
    "gone/package.json": "{}",
    "gone/Dockerfile": "FROM scratch\n",
    [`${evil}/docker-compose.yml`]: "services: {evil: {build: .}}\n",
    [`${evil}/package.json`]: '{"name":"evil","scripts":{"start":"node ."}}',
    [`${evil}/openapi.yaml`]: "openapi: 3.0.0\npaths: [\n",
    [`orders/${evil}.js`]: 'fetch("http://billing:8080/b");\n',
    [`${evil}.tf`]: 'resource "a" "b" {',
  };
  const directory = write("bytes", files);
  rmSync(`${directory}/gone/package.json`);
  rmSync(`${directory}/gone/Dockerfile`);
  const run = await assess(directory);
  expect(healthOf(run)).toEqual(health);
  expect(problemPaths(run)).toEqual(
    expect.arrayContaining(["deploy/zero.yaml", "gone/Dockerfile", "gone/package.json", "worker/go.mod"]),
  );
  const text = await drystone(["assess", directory, "--no-cache"]);
  expect(text.code, text.stderr).toBe(0);
  expect(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.exec(text.stdout + text.stderr)).toBeNull();
});

function deep(open: string, close = ""): string {
  return open.repeat(20_000) + close.repeat(20_000);
}

/** The text, and bytes that are no UTF-8 behind it. */
function bytes(start: string): Buffer {
  return Buffer.concat([Buffer.from(start), Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0x0a])]);
}

function write(name: string, files: Files): string {
  const changes = new Map(Object.entries({ ...healthy, ...files }));
  return writeRepository(scratch.path(name), { commits: [{ author: ada, time: firstTime, message: "Start\n", changes }] });
}

function assess(directory: string): Promise<Finished> {
  return drystone(["assess", directory, "--format", "json", "--no-cache"]);
}

/** What must be so however bad the rest is. */
const health = { code: 0, inTime: true, relations: ["orders billing", "orders database"] };

function healthOf({ code, processorSeconds, stdout, stderr }: Finished): typeof health {
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
  const { relations } = (JSON.parse(stdout) as Result).model;
  const found = relations.map(({ from, to }) => `${from.split("/").at(-1)} ${to.split("/").at(-1)}`);
  return { code, inTime: processorSeconds < 30, relations: health.relations.filter((wanted) => found.includes(wanted)) };
}

function problemPaths({ stdout }: Finished): string[] {
  return (JSON.parse(stdout) as Result).inputs.problems.map(({ path }) => path);
}

function aliasBomb(): string {
  const lines = ["apiVersion: v1", "kind: Deployment", "a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 12; level++)
    lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(", ")}]`);
  return `${lines.join("\n")}\n`;
}
