/** What `npm install drystone` gives: packed, installed into an empty folder, and used. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shopCommits } from "../bad-input/shop.js";
import { cleanEnvironment, workspace, writeRepository } from "../fakes/index.js";
import { faultsOf, type Schema } from "../schema/schemas.js";

const source = fileURLToPath(new URL("../../", import.meta.url));
const root = fileURLToPath(new URL("../../../../", import.meta.url));
const scratch = workspace("drystone-package");
const project = scratch.path("project");
const installed = join(project, "node_modules", "drystone");
const repository = scratch.path("repository");
let tarball = "";

beforeAll(() => {
  mkdirSync(project);
  npm(source, ["pack", "--pack-destination", scratch.directory]);
  tarball = readdirSync(scratch.directory)
    .filter((name) => name.endsWith(".tgz"))
    .map((name) => scratch.path(name))
    .join();
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  npm(project, ["install", tarball, "--no-audit", "--no-fund", "--prefer-offline"]);
  writeRepository(repository, { commits: shopCommits() });
});
afterAll(() => scratch.cleanup());

describe("the command", () => {
  test("says its version and its commands", () => {
    expect(drystone(["--version"])).toBe(`${manifest(installed).version}\n`);
    expect(drystone(["--help"])).toMatch(
      /^Usage: drystone [^]*\nAsk:\n[^]* assess [^]* explain [^]* init [^]* report [^]* collect /,
    );
  });

  test("assesses a repository, and the result is as its own schema says", () => {
    const schema = JSON.parse(drystone(["schema", "result"])) as Schema;
    const result: unknown = JSON.parse(drystone(["assess", repository, "--format", "json", "--no-cache"]));
    expect(result).toMatchObject({ schema: "drystone.result/1", inputs: { problems: [] } });
    expect(faultsOf(schema, result)).toEqual([]);
  });

  test("needs nothing but its own files", () => {
    const alone = scratch.path("alone", "drystone");
    cpSync(installed, alone, { recursive: true });
    const result = node([join(alone, "bin", "drystone.js"), "assess", repository, "--format", "json", "--no-cache"]);
    expect(result).toBe(drystone(["assess", repository, "--format", "json", "--no-cache"]));
  });
});

test("a program imports what the package exports, with the dependencies that it names", () => {
  const program = `
    import { assess, assessFacts, collectFacts, factsFromJson, factsToJson } from "drystone";
    const paths = [${JSON.stringify(repository)}];
    const facts = factsFromJson([...factsToJson(await collectFacts({ paths, cacheDirectory: null }))].join(""));
    const [whole, again] = [await assess({ paths }), await assessFacts(facts)];
    console.log([whole.schema, JSON.stringify(whole) === JSON.stringify(again)].join(" "));`;
  expect(node(["--input-type=module", "--eval", program], project)).toBe("drystone.result/1 true\n");
});

describe("the files", () => {
  test("the command, the modules with their types, the schemas; no test, no source, no build record", () => {
    const folders = readdirSync(installed).filter((name) => !/^(README\.md|LICENSE|NOTICE)$/.test(name));
    expect(folders.sort()).toEqual(["bin", "dist", "package.json", "schema"]);
    const misplaced = files(installed).filter(
      (path) =>
        /(^|\/)(test|fixtures|golden|_template)\/|\.test\.|tsbuildinfo/.test(path) ||
        (path.endsWith(".ts") && !path.endsWith(".d.ts")),
    );
    expect(misplaced, "dist is not from a fresh build: rm -r packages/drystone/dist && npm run build").toEqual([]);
  });

  test("nothing is left from an earlier build", () => {
    const modules = files(join(installed, "dist")).filter((path) => path.endsWith(".js"));
    const bundled = modules.filter((path) => path.startsWith("bundle/"));
    const reached = reachable(join(installed, "dist", "bundle"), "cli.js");
    const sources = new Set(files(join(source, "src")));
    const left = [
      ...bundled.filter((path) => !reached.has(path.slice("bundle/".length))),
      ...modules.filter((path) => !path.startsWith("bundle/") && !sources.has(path.replace(/\.js$/, ".ts"))),
    ];
    expect(left, "dist is not from a fresh build: rm -r packages/drystone/dist && npm run build").toEqual([]);
  });

  test("no path of the machine that built it", () => {
    const machine = [root, `${homedir()}/`, `${scratch.directory}/`].filter((path) => path.length > 2);
    const texts = files(installed).map((path) => [path, readFileSync(join(installed, path), "utf8")] as const);
    expect(texts.filter(([, text]) => machine.some((path) => text.includes(path))).map(([path]) => path)).toEqual([]);
  });

  test("below 3 MB packed", () => {
    expect(statSync(tarball).size).toBeLessThan(3_000_000);
  });

  test("publint finds nothing", async () => {
    const bytes = Uint8Array.from(readFileSync(tarball));
    const { messages, pkg } = await publint({ strict: true, pack: { tarball: bytes.buffer } });
    expect(messages.map((message) => formatMessage(message, pkg ?? {}, { color: false }))).toEqual([]);
  });
});

function drystone(commandLine: readonly string[]): string {
  return run(join(project, "node_modules", ".bin", "drystone"), commandLine, project, cleanEnvironment());
}

function node(commandLine: readonly string[], directory = scratch.directory): string {
  return run(process.execPath, commandLine, directory, cleanEnvironment());
}

/** With the configuration of whoever runs the test, because that knows the registry and its cache; without what an outer `npm run` adds. */
function npm(directory: string, commandLine: readonly string[]): void {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle|config_local_prefix)/.test(name));
  run("npm", commandLine, directory, { ...Object.fromEntries(own), npm_config_loglevel: "error" });
}

function run(program: string, commandLine: readonly string[], directory: string, env: NodeJS.ProcessEnv): string {
  return execFileSync(program, commandLine, {
    cwd: directory,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1 << 26,
  });
}

function manifest(directory: string): { readonly version: string } {
  return JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as { readonly version: string };
}

/** Paths of all files below, with `/` between folders, sorted. */
function files(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** The modules that a module of the bundle requires, also those that it loads later, and what they require in turn. */
function reachable(directory: string, entry: string): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const path of found) {
    const text = readFileSync(join(directory, path), "utf8");
    for (const [, imported = ""] of text.matchAll(/require\("\.\/([^"]+)"\)/g)) found.add(join(dirname(path), imported));
  }
  return found;
}
