import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { readConfig } from "#collect/config/index.js";
import { type FileTree, textTree } from "#collect/files/index.js";
import type { Clone } from "#collect/git/index.js";
import type { FilesFrame } from "./files-frame.js";
import { filesMemory } from "./files-memory.js";
import type { ReadFacts } from "./read-files.js";

const directory = mkdtempSync(join(tmpdir(), "drystone-files-"));
afterAll(() => rmSync(directory, { recursive: true }));
beforeEach(() => rmSync(join(directory, "files"), { recursive: true, force: true }));

const files = { "compose.yaml": "services: {}\n", "src/cart.ts": "export {};\n" };
const read = { system: { name: "shop", namedBy: "repository" }, problems: [] } as unknown as ReadFacts;

/** @param changed milliseconds since 1970 at which a file changed last. */
function stamped(texts: Readonly<Record<string, string>>, changed: Readonly<Record<string, number>> = {}): FileTree {
  const stampOf = (path: string) => [texts[path]?.length ?? -1, changed[path] ?? 5, changed[path] ?? 5, 7];
  return { ...textTree("shop", texts), stamps: (paths) => Float64Array.from(paths.flatMap(stampOf)) };
}

function frame(tree: FileTree, declared = ""): FilesFrame {
  const declaration = readConfig(textTree("shop", { "drystone.yaml": declared }));
  const clones = [{ id: "shop", gitDirectory: "/shop/.git", workTree: "/shop", askedFor: null } as Clone];
  return { clones, trees: [tree], configTrees: [], declaration, systemName: "shop" };
}

function keep(asked: readonly string[] = ["compose.yaml"], tree = stamped(files)): void {
  const memory = filesMemory(directory, frame(tree));
  memory.frame.trees[0]?.read(asked);
  memory.keep(read);
}

test("what was kept is recalled while no file differs", () => {
  keep();
  expect(filesMemory(directory, frame(stamped(files))).recall()).toEqual(read);
  const [kept = ""] = readdirSync(join(directory, "files"));
  expect(statSync(join(directory, "files", kept)).mode & 0o777).toBe(0o600);
});

test.each<[string, FilesFrame]>([
  ["a file changed", frame(stamped(files, { "src/cart.ts": 6 }))],
  ["a file came", frame(stamped({ ...files, "src/orders.ts": "" }))],
  ["a file went", frame(stamped({ "compose.yaml": files["compose.yaml"] }))],
  ["a file may be changing now", frame(stamped(files, { "src/cart.ts": Date.now() }))],
  ["drystone.yaml says something else", frame(stamped(files), "system: market\n")],
  ["nothing tells whether files changed", frame(textTree("shop", files))],
])("%s: all is read again", (_, next) => {
  keep();
  expect(filesMemory(directory, next).recall()).toBeNull();
});

test.each<[string, () => void]>([
  ["a file that git does not list was read", () => keep(["compose.yaml", ".env"])],
  ["a file changed a moment ago", () => keep([], stamped(files, { "compose.yaml": Date.now() }))],
])("%s: nothing is kept", (_, keeping) => {
  keeping();
  expect(filesMemory(directory, frame(stamped(files))).recall()).toBeNull();
});

test("one wrong byte anywhere is noticed", () => {
  keep();
  const file = join(directory, "files", readdirSync(join(directory, "files"))[0] ?? "");
  const bytes = readFileSync(file);
  const { recall } = filesMemory(directory, frame(stamped(files)));
  for (let at = 0; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    writeFileSync(file, damaged);
    expect(recall(), `byte ${at}`).toBeNull();
  }
});
