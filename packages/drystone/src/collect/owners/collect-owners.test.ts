import { expect, test } from "vitest";
import { textTree } from "../files/index.js";
import { collectOwners } from "./index.js";

test("folders, filters, options and aliases", () => {
  const found = collectOwners(
    textTree("shop", {
      OWNERS: "approvers:\n  - ada\n  - sig-api\nreviewers: [joan]\n",
      "pkg/OWNERS":
        'options:\n  no_parent_owners: true\nfilters:\n  ".*":\n    approvers: [kim]\n  "\\\\.go$":\n    approvers:\n    - gopher\n  "^(a+)+$":\n    approvers: [evil]\n  "^go\\\\.mod$":\n    approvers: [mod]\n',
      "cut/OWNERS": "options: { no_parent_owners: true }\nreviewers: [x]\n",
      "chromium/OWNERS": "ada@shop.com\nper-file *.h=kim@shop.com\n",
      "bad/OWNERS": "approvers: [a\n b: ]",
      OWNERS_ALIASES: "aliases:\n  sig-api:\n    - grace\n    - joan\n  __proto__: [x]\n",
    }),
  );
  expect(found.rules.map(({ file, line, pattern, owners, noParent }) => [file, line, pattern, owners, noParent])).toEqual([
    ["OWNERS", 2, "", ["ada", "sig-api"], false],
    ["cut/OWNERS", 1, "cut", [], true],
    ["pkg/OWNERS", 5, "pkg", ["kim"], true],
    ["pkg/OWNERS", 8, "pkg/**/*.go", ["gopher"], true],
    ["pkg/OWNERS", 12, "pkg/**/go.mod", ["mod"], true],
  ]);
  expect(found.teams.map(({ ref, source, members }) => [ref, source, members.map(({ id }) => id)])).toEqual([
    ["group:default/sig-api", "declared", ["grace", "joan"]],
    ["group:default/proto", "declared", ["x"]],
  ]);
  expect(found.problems.map(({ path, message }) => [path, message])).toEqual([
    ["bad/OWNERS", "bad/OWNERS: not valid YAML"],
    ["pkg/OWNERS", 'pkg/OWNERS: filter "^(a+)+$" is left out'],
  ]);
});

test("nothing to read", () => {
  expect(collectOwners(textTree("shop", { "src/owners.ts": "" }))).toEqual({ rules: [], teams: [], sources: [], problems: [] });
});

test("hostile files become problems", () => {
  const deep = `approvers: ${"[".repeat(20_000)}`;
  const bomb = `approvers: &a [x]\nlabels: [${"*a, ".repeat(2000)}*a]\n`;
  const found = collectOwners(
    textTree("shop", { OWNERS: deep, "b/OWNERS": bomb, "c/OWNERS": `approvers: [${"x,".repeat(200_000)}]` }),
  );
  expect([found.rules.map(({ file }) => file), found.problems.length]).toEqual([["b/OWNERS"], 2]);
});
