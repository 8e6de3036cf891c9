import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { readFile } from "./read-files.js";
import { readingCache, readingKey } from "./reading-cache.js";

const directory = mkdtempSync(join(tmpdir(), "drystone-readings-"));
afterAll(() => rmSync(directory, { recursive: true }));
beforeEach(() => rmSync(join(directory, "readings"), { recursive: true, force: true }));

const path = "cart/server.js";
const text =
  'import { a } from "./a.js";\nexport const url = process.env.USERS_URL || "http://users:8080";\nfetch(url + "/me");\n';
const key = readingKey(path, text, "");

function keep(): string {
  const cache = readingCache(directory, "shop", fail);
  cache.put(key, readFile(path, text));
  cache.save();
  return join(directory, "readings", readdirSync(join(directory, "readings"))[0] ?? "");
}

function fail(reason: string): never {
  throw new Error(reason);
}

test("what is kept is what reading gives, typed columns included", () => {
  keep();
  expect(readingCache(directory, "shop", fail).get(key)).toEqual(readFile(path, text));
});

test("another text, path, repository or way of reading is another entry", () => {
  keep();
  const cache = readingCache(directory, "shop", fail);
  for (const other of [readingKey(path, `${text} `, ""), readingKey("x.js", text, ""), readingKey(path, text, "configuration")])
    expect(cache.get(other)).toBeNull();
  expect(readingCache(directory, "other", fail).get(key)).toBeNull();
});

test.each<[string, (whole: string) => string]>([
  ["cut", (whole) => whole.slice(0, -10)],
  ["changed", (whole) => whole.replace("users", "evils")],
  ["of another build", (whole) => whole.replace("drystone readings ", "drystone readings 0")],
  ["empty", () => ""],
])("a file that is %s is not believed", (_, change) => {
  const file = keep();
  writeFileSync(file, change(readFileSync(file, "utf8")));
  expect(readingCache(directory, "shop", fail).get(key)).toBeNull();
});

test("settings and addresses with a password are never written", () => {
  const cache = readingCache(directory, "shop", fail);
  cache.put("one", readFile("application.properties", "spring.datasource.password=hunter2\n"));
  cache.put("two", readFile("a.js", 'connect("postgres://shop:hunter2@db:5432/shop");\n'));
  cache.save();
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of files) expect(readFileSync(join(entry.parentPath, entry.name), "utf8")).not.toContain("hunter2");
});

test("a folder that cannot be written costs the cache and nothing else", () => {
  writeFileSync(join(directory, "readings"), "");
  const reasons: string[] = [];
  const cache = readingCache(directory, "shop", (reason) => reasons.push(reason));
  cache.put(key, readFile(path, text));
  cache.save();
  expect(reasons).toHaveLength(1);
});
