import { expect, test } from "vitest";
import { textTree } from "../files/index.js";
import { collectCodeowners } from "./index.js";

const rows = (found: ReturnType<typeof collectCodeowners>): unknown[] =>
  found.rules.map(({ line, pattern, owners }) => [line, pattern, ...owners]);
const problems = (found: ReturnType<typeof collectCodeowners>): unknown[] =>
  found.problems.map(({ line, message }) => [line, message]);

test("GitHub: comments, several owners, cleared paths, spaces, brackets; refused lines are left out", () => {
  const found = collectCodeowners(
    textTree("shop", {
      ".github/CODEOWNERS": [
        "# top",
        "*   @shop/all\t@ada",
        "*.js ada@shop.com # the front end @nobody",
        "/vendor/",
        "a\\ b/ @ada",
        "/app/[id]/ @ada",
        "!*.md @ada",
        "\\#notes @ada",
        "*.go gophers",
        "[a-z].md @ada",
        "x***y @ada",
        "[Section] @ada",
        "  ",
        "/last @Org-1/team_x.y @ada @ada",
      ].join("\r\n"),
    }),
  );
  expect(rows(found)).toEqual([
    [2, "*", "@shop/all", "@ada"],
    [3, "*.js", "ada@shop.com"],
    [4, "/vendor/"],
    [5, "a\\ b/", "@ada"],
    [6, "/app/[id]/", "@ada"],
    [10, "[a-z].md", "@ada"],
    [14, "/last", "@Org-1/team_x.y", "@ada"],
  ]);
  expect(problems(found)).toEqual([
    [7, ".github/CODEOWNERS:7: GitHub knows no exclusion: !*.md"],
    [8, ".github/CODEOWNERS:8: GitHub cannot escape a leading #: \\#notes"],
    [9, ".github/CODEOWNERS:9: not an owner: gophers"],
    [10, ".github/CODEOWNERS:10: brackets are no set of characters: [a-z].md"],
    [11, ".github/CODEOWNERS:11: three asterisks in a row: x***y"],
    [12, ".github/CODEOWNERS:12: GitHub knows no sections: [Section]"],
  ]);
  expect(found.rules[0]).toEqual({
    repository: "shop",
    dialect: "github",
    file: ".github/CODEOWNERS",
    line: 2,
    pattern: "*",
    owners: ["@shop/all", "@ada"],
    section: null,
    optional: false,
    exclusion: false,
    noParent: false,
  });
  expect(found.sources).toEqual([
    { kind: "codeowners", repository: "shop", path: ".github/CODEOWNERS", read: true, facts: 7, problem: null, window: null },
  ]);
});

test("GitLab: sections, defaults, merged names, optional, exclusions, roles", () => {
  const found = collectCodeowners(
    textTree("shop", {
      CODEOWNERS: [
        "* @general",
        "\\#file @ada",
        "!*.lock",
        "[Documentation][2] @docs",
        "docs/",
        "README.md @a/b/c ada@shop.com",
        "^[Database] @dba",
        "model/db/ @@maintainer",
        "^[DOCUMENTATION] @other",
        "*.txt",
        "^[Style]",
        "*.css",
        "*.ts @ts # only a comment",
        "!",
      ].join("\n"),
    }),
  );
  expect(found.dialect).toBe("gitlab");
  expect(
    found.rules.map(({ line, section, optional, exclusion, pattern, owners }) => [
      line,
      section,
      optional,
      exclusion,
      pattern,
      ...owners,
    ]),
  ).toEqual([
    [1, null, false, false, "*", "@general"],
    [2, null, false, false, "#file", "@ada"],
    [3, null, false, true, "*.lock"],
    [5, "documentation", false, false, "docs/", "@docs"],
    [6, "documentation", false, false, "README.md", "@a/b/c", "ada@shop.com"],
    [8, "database", true, false, "model/db/", "@@maintainer"],
    [10, "documentation", false, false, "*.txt", "@other"],
    [12, "style", true, false, "*.css"],
    [13, "style", true, false, "*.ts", "@ts"],
  ]);
  expect(problems(found)).toEqual([
    [13, "CODEOWNERS:13: not an owner: #"],
    [14, "CODEOWNERS:14: exclusion without a path: !"],
  ]);
});

test("Bitbucket: groups, selection, comments", () => {
  const found = collectCodeowners(
    textTree("shop", {
      ".bitbucket/CODEOWNERS":
        "@@@front ada@shop.com @grace # ours\n*.js @@@front:random(2)\n*.go @work/gophers:least_busy(1) @work/gophers # x\n!a @ada\n*.py @{12-ab}\n",
    }),
  );
  expect([found.dialect, rows(found)]).toEqual([
    "bitbucket",
    [
      [2, "*.js", "@@@front"],
      [3, "*.go", "@work/gophers"],
      [5, "*.py", "@{12-ab}"],
    ],
  ]);
  expect(found.teams.map(({ ref, members }) => [ref, members.map(({ id }) => id)])).toEqual([
    ["group:default/front", ["ada@shop.com", "@grace"]],
  ]);
  expect(problems(found)).toEqual([[4, ".bitbucket/CODEOWNERS:4: Bitbucket knows no exclusion: !a"]]);
});

test.each<[string, Record<string, string>, "github" | "gitlab" | "unknown", string | null, string | undefined]>([
  ["none", { "a.ts": "" }, "unknown", null, undefined],
  [
    "GitHub looks in .github first",
    { CODEOWNERS: "* @a", ".github/CODEOWNERS": "* @b" },
    "unknown",
    "github",
    ".github/CODEOWNERS",
  ],
  ["then at the root", { CODEOWNERS: "* @a", "docs/CODEOWNERS": "* @b" }, "unknown", "github", "CODEOWNERS"],
  ["GitLab looks at the root first", { CODEOWNERS: "* @a", ".gitlab/CODEOWNERS": "* @b" }, "unknown", "gitlab", "CODEOWNERS"],
  [".gitlab alone", { ".gitlab/CODEOWNERS": "* @b" }, "unknown", "gitlab", ".gitlab/CODEOWNERS"],
  ["sections tell", { "docs/CODEOWNERS": "[A]\n* @b" }, "unknown", "gitlab", "docs/CODEOWNERS"],
  ["pipelines tell", { CODEOWNERS: "* @a", ".gitlab-ci.yml": "" }, "unknown", "gitlab", "CODEOWNERS"],
  [
    "workflows tell more",
    { CODEOWNERS: "* @a", ".gitlab-ci.yml": "", ".github/workflows/ci.yml": "" },
    "unknown",
    "github",
    "CODEOWNERS",
  ],
  ["the remote tells most", { CODEOWNERS: "* @a", ".github/workflows/ci.yml": "" }, "gitlab", "gitlab", "CODEOWNERS"],
  ["unless that host would not look there", { ".github/CODEOWNERS": "* @a" }, "gitlab", "github", ".github/CODEOWNERS"],
  ["folders of Next.js are no sections", { CODEOWNERS: "/app/[id] @a" }, "unknown", "github", "CODEOWNERS"],
  ["elsewhere it is another file", { "src/CODEOWNERS": "* @a" }, "unknown", null, undefined],
])("dialect: %s", (_, files, hint, dialect, file) => {
  const found = collectCodeowners(textTree("shop", files), hint);
  expect([found.dialect, found.rules[0]?.file]).toEqual([dialect, file]);
});

test("a file above 3 MB, long lines and many rules", () => {
  const tree = textTree("shop", { CODEOWNERS: "* @a\n".repeat(800_000) });
  const large = collectCodeowners(tree);
  expect([large.rules.length, large.sources[0]?.problem]).toEqual([0, "could not be read"]);
  expect(tree.problems.map(({ message }) => message)).toEqual(["CODEOWNERS is 4 MB; files above 3 MB are not read"]);
  const many = collectCodeowners(textTree("shop", { CODEOWNERS: "* @a\n".repeat(30_000) }));
  expect([many.rules.length, many.problems.length]).toEqual([20_000, 1]);
  const long = collectCodeowners(
    textTree("shop", { CODEOWNERS: `* @${"a.".repeat(1_000_000)}\n/a ${"@ada ".repeat(1000)}\n!${"x".repeat(900)} @a` }),
  );
  const tooLong = "longer than 4000 characters: the owners behind are left out";
  expect(rows(long)).toEqual([[2, "/a", "@ada"]]);
  expect(problems(long)).toEqual([
    [1, `CODEOWNERS:1: ${tooLong}`],
    [2, `CODEOWNERS:2: ${tooLong}`],
    [3, `CODEOWNERS:3: GitHub knows no exclusion: !${"x".repeat(172)}`],
  ]);
});
