import { expect, test } from "vitest";
import { processorTime } from "../../../test/fakes/index.js";
import { compilePattern, type Dialect } from "./index.js";

/** Worked out from the documentation of the hosts. */
test.each<[Dialect, string, readonly string[], readonly string[]]>([
  ["github", "*", ["a", "a/b/c.ts", ".env"], []],
  ["github", "**", ["a", "a/b/c.ts"], []],
  ["github", "/", [], ["a", "a/b"]],
  ["github", "", [], ["a"]],
  ["github", "/*", ["README.md", ".env"], ["docs/README.md"]],
  ["github", "/**", ["README.md", "docs/a/b"], []],
  ["github", "*.js", ["a.js", "src/deep/a.js", ".js", "a.js/b"], ["a.jsx", "a/js", "a.JS"]],
  ["github", "docs", ["docs", "docs/a", "src/docs/a/b"], ["docs2/a", "mydocs/a"]],
  ["github", "docs/", ["docs/a", "src/docs/a/b"], ["docs", "src/docs"]],
  ["github", "/docs", ["docs", "docs/a/b"], ["src/docs", "src/docs/a"]],
  ["github", "/docs/", ["docs/a", "docs/a/b"], ["docs", "src/docs/a"]],
  ["github", "docs/*", ["docs/getting-started.md"], ["docs/build-app/troubleshooting.md", "src/docs/a", "docs"]],
  ["github", "/docs/*", ["docs/a"], ["docs/a/b"]],
  ["github", "docs/**", ["docs/a", "docs/a/b"], ["docs", "x/docs/a"]],
  ["github", "docs/**/", ["docs/a/b", "docs/a"], ["docs", "x/docs/a/b"]],
  ["github", "docs/**/*.md", ["docs/a.md", "docs/a/b/c.md"], ["docs/a.txt", "x/docs/a.md"]],
  ["github", "**/logs", ["logs/a", "build/logs/a/b", "logs"], ["logs2/a"]],
  ["github", "**/docs/*.md", ["docs/a.md", "x/y/docs/a.md"], ["docs/x/a.md"]],
  ["github", "a/**/b", ["a/b", "a/x/b", "a/x/y/b/c"], ["x/a/b", "a/xb"]],
  ["github", "a/**/b/**/c", ["a/b/c", "a/1/b/2/3/c/d"], ["a/c/b", "a/b"]],
  ["github", "src/app", ["src/app", "src/app/a"], ["x/src/app", "src/apps"]],
  ["github", "/apps/[param]/file.ts", ["apps/[param]/file.ts"], ["apps/p/file.ts", "apps/a/file.ts"]],
  ["github", "/apps/[id]/", ["apps/[id]/page.tsx"], ["apps/i/page.tsx"]],
  ["github", "f?o", ["foo", "a/fxo/b"], ["fo", "f/o", "fooo"]],
  ["github", "a*b*c", ["abc", "axxbxxc", "abbbcc"], ["ab", "acb", "a/b/c"]],
  ["github", "foo**bar", ["foobar", "fooxxbar"], ["foo/bar"]],
  ["github", "a\\ b.txt", ["a b.txt", "x/a b.txt"], ["a", "b.txt"]],
  ["github", "a\\*b", ["a*b"], ["axb"]],
  ["github", "a\\", ["a\\"], ["a"]],
  ["github", "//a", ["a", "a/b"], ["b/a"]],
  ["github", "Makefile", ["Makefile", "x/Makefile"], ["makefile"]],
  ["github", "(a|b)+$", ["(a|b)+$"], ["a", "ab"]],
  ["github", "Über/*.md", ["Über/a.md"], ["Uber/a.md"]],
  ["bitbucket", "docs/*", ["docs/a"], ["docs/a/b"]],
  ["bitbucket", "[ab].md", ["[ab].md"], ["a.md"]],
  ["gitlab", "*", ["a", "a/b/.c"], []],
  ["gitlab", "docs", ["docs", "x/docs"], ["docs/a"]],
  ["gitlab", "docs/", ["docs/a", "x/docs/a/b"], ["docs"]],
  ["gitlab", "/docs/", ["docs/a", "docs/a/b"], ["x/docs/a"]],
  ["gitlab", "/docs/*", ["docs/a", "docs/.a"], ["docs/a/b"]],
  ["gitlab", "docs/*", ["docs/a", "x/docs/a"], ["docs/a/b"]],
  ["gitlab", "model/db/", ["model/db/a", "x/model/db/a/b"], ["model/a"]],
  ["gitlab", "/docs/**/*.md", ["docs/a.md", "docs/a/b.md"], ["docs/a.txt"]],
  ["gitlab", "/docs/**", ["docs/a"], ["docs/a/b"]],
  ["gitlab", "[a-c]?.rb", ["a1.rb", "x/cz.rb"], ["d1.rb", "a.rb"]],
  ["gitlab", "[!a-c].rb", ["d.rb"], ["a.rb"]],
  ["gitlab", "[^a].rb", ["d.rb"], ["a.rb"]],
  ["gitlab", "[a", ["[a"], ["a"]],
  ["gitlab", "[]a]", ["]", "a"], ["b"]],
  ["gitlab", "#a.rb", ["#a.rb"], []],
  ["owners", "", ["a", "a/b"], []],
  ["owners", "pkg/api", ["pkg/api/a", "pkg/api/a/b"], ["pkg/apis/a", "x/pkg/api/a", "pkg/api"]],
  ["owners", "pkg/**/*.go", ["pkg/a.go", "pkg/a/b.go"], ["a.go", "pkg/a.md"]],
  ["owners", "pk\\*g", ["pk*g/a"], ["pkxg/a"]],
])("%s %j", (dialect, pattern, covered, others) => {
  const matches = compilePattern(pattern, dialect);
  expect(covered.filter((path) => !matches(path))).toEqual([]);
  expect(others.filter((path) => matches(path))).toEqual([]);
});

/** The definition written down naively, exponential: all ways to read the pattern are tried. Anchored patterns of letters, `*`, `?` and `**`. */
function naive(pattern: string, path: string): boolean {
  const names = pattern.split("/").slice(1);
  return walk(names, path.split("/"));
}

function walk(parts: readonly string[], segments: readonly string[]): boolean {
  const [part, ...rest] = parts;
  const [segment, ...others] = segments;
  if (part === undefined) return segment === undefined;
  const last = rest.length === 0;
  if (part === "**") return last ? segment !== undefined : walk(rest, segments) || (segment !== undefined && walk(parts, others));
  if (segment === undefined || !name(part, segment)) return false;
  return last ? (part === "*" ? others.length === 0 : true) : walk(rest, others);
}

function name(part: string, text: string): boolean {
  if (part === "") return text === "";
  if (part[0] === "*") return name(part.slice(1), text) || (text !== "" && name(part, text.slice(1)));
  return text !== "" && (part[0] === "?" || part[0] === text[0]) && name(part.slice(1), text.slice(1));
}

test("property: agrees with a naive matcher", () => {
  let seed = 11;
  const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  const pick = (choices: readonly string[]): string => choices[random(choices.length)] ?? "";
  const word = (letters: readonly string[], most: number): string =>
    Array.from({ length: 1 + random(most) }, () => pick(letters)).join("");
  let matched = 0;
  for (let round = 0; round < 20_000; round++) {
    const pattern = `/${Array.from({ length: 1 + random(4) }, () => (random(4) === 0 ? "**" : word(["a", "b", "*", "*", "?"], 6).replace(/\*+/g, "*"))).join("/")}`;
    const path = Array.from({ length: 1 + random(5) }, () => word(["a", "b"], 5)).join("/");
    const expected = naive(pattern, path);
    matched += Number(expected);
    if (compilePattern(pattern, "github")(path) !== expected) expect.fail(`${pattern} against ${path} should be ${expected}`);
  }
  expect(matched).toBeGreaterThan(2000);
});

test("hostile patterns end in time", () => {
  const spent = processorTime();
  expect(compilePattern(`${"*a".repeat(1000)}b`, "github")("a".repeat(4000))).toBe(false);
  expect(compilePattern(`/${"**/a/".repeat(500)}b`, "github")(Array.from({ length: 2000 }, () => "a").join("/"))).toBe(false);
  expect(compilePattern(`[${"a-".repeat(2000)}`, "gitlab")("b")).toBe(false);
  expect(spent()).toBeLessThan(2000);
});
