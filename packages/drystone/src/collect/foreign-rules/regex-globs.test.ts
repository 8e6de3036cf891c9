import { describe, expect, test } from "vitest";
import { globTest } from "#util/globs.js";
import { regexGlobs } from "./regex-globs.js";

const globs = (source: string, options = {}) => {
  const read = regexGlobs(source, options);
  return "problem" in read ? read.problem : read.globs.map(({ glob }) => glob);
};

describe("regular expressions over paths as globs", () => {
  test.each([
    ["^src/orders/", ["src/orders/**"]],
    ["^src/orders", ["src/orders*"]],
    ["^src/orders/index\\.ts$", ["src/orders/index.ts"]],
    ["\\.test\\.ts$", ["**/*.test.ts"]],
    [
      "\\.(?:test|spec)\\.[jt]sx?$",
      [
        "**/*.test.jsx",
        "**/*.test.js",
        "**/*.test.tsx",
        "**/*.test.ts",
        "**/*.spec.jsx",
        "**/*.spec.js",
        "**/*.spec.tsx",
        "**/*.spec.ts",
      ],
    ],
    ["(^|/)__tests__/", ["**/__tests__/**"]],
    ["^src/[^/]+/internal/", ["src/*/internal/**"]],
    ["^src/.+/internal/", ["src/*/**/internal/**"]],
    ["^src/.*\\.ts$", ["src/**/*.ts"]],
    ["^(src|lib)/", ["src/**", "lib/**"]],
    ["^a|b$", ["a*", "**/*b"]],
    ["", ["**"]],
    [".*", ["**"]],
    ["^src/(?:ee/)?features/", ["src/ee/features/**", "src/features/**"]],
  ])("%s", (source, expected) => expect(globs(source)).toEqual(expected));

  test.each([
    ["^[A-Z]\\w+", "[A-Z] has no glob"],
    ["(?!x)y", "lookarounds and named groups have no glob"],
    ["(a)\\1", "the back reference \\1 has no glob"],
    ["(ab)+", "a repeated group has no glob"],
    ["a{2,3}", "counts such as {2,3} have no glob"],
    ["(", "its brackets do not match"],
    ["a)", "its brackets do not match"],
    ["[a", "its brackets do not match"],
    ["*", "a * without anything before it"],
    ["(".repeat(50), "it is nested too deeply"],
    ["(a|b)".repeat(12), "it stands for more than 256 globs"],
    ["a$b", "it can match no path"],
    ["$1/x", "$1 refers to no group of from.path"],
  ])("%s has none", (source, problem) => expect(globs(source)).toBe(problem));

  test("a group that is referred to becomes a capture, and what refers to it the same one", () => {
    const read = regexGlobs("^(src/(?:ee/)?features/[^/]+)/", { captures: new Set([1]) });
    if ("problem" in read) throw new Error(read.problem);
    expect(read.globs.map(({ glob, groups }) => [glob, groups.get(1)])).toEqual([
      ["src/ee/features/{g1}/**", "src/ee/features/{g1}"],
      ["src/features/{g1}/**", "src/features/{g1}"],
    ]);
    expect(globs("^$1/", { groups: read.globs[1]?.groups })).toEqual(["src/features/{g1}/**"]);
  });

  test("globs cover exactly what the expression finds", () => {
    const paths = [
      "src/a.ts",
      "src/a.test.ts",
      "src/orders/index.ts",
      "src/orders/internal/x.ts",
      "src/orders/deep/internal/x.ts",
      "lib/b.js",
      "src/ordersx/y.ts",
      "__tests__/a.ts",
      "src/__tests__/a.ts",
      "a/src/b.ts",
      "b",
      "xb",
      "src/features/pay/i.ts",
      "src/ee/features/pay/i.tsx",
    ];
    const sources = [
      "^src/orders/",
      "^src/orders",
      "\\.test\\.ts$",
      "(^|/)__tests__/",
      "^src/[^/]+/internal/",
      "^src/.+/internal/",
      "^src/.*\\.ts$",
      "^(src|lib)/",
      "^a|b\\.js$",
      "",
      "src",
      "/internal/",
      "^src/(?:ee/)?features/[^/]+/",
      "\\.[jt]sx?$",
      "^[^/]+\\.ts$",
      "^src/[^/]+\\.ts$",
      "rs/.*x",
    ];
    for (const source of sources) {
      const read = regexGlobs(source);
      if ("problem" in read) throw new Error(`${source}: ${read.problem}`);
      const test = globTest(read.globs.map(({ glob }) => glob));
      expect([source, paths.filter((path) => test(path))]).toEqual([
        source,
        paths.filter((path) => new RegExp(source).test(path)),
      ]);
    }
  });
});
