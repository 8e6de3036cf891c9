import { expect, test } from "vitest";
import type { ComponentFact, DeclaredOwner, OwnershipRule } from "#model/facts.js";
import { processorTime } from "../../../test/fakes/index.js";
import { componentOwnership, ownerRefs, ownershipResolution, ownersOf } from "./index.js";

function rule(pattern: string, owners: string, own: Partial<OwnershipRule> = {}): OwnershipRule {
  const base = {
    repository: "shop",
    dialect: "github",
    file: "CODEOWNERS",
    line: 1,
    section: null,
    optional: false,
    exclusion: false,
    noParent: false,
  } as const;
  return { ...base, pattern, owners: owners.split(" ").filter(Boolean), ...own };
}

/** Lines are numbered. */
const lines = (...rules: readonly OwnershipRule[]): OwnershipRule[] => rules.map((one, at) => ({ ...one, line: at + 1 }));
const gitlab = (section: string | null, pattern: string, owners: string, own: Partial<OwnershipRule> = {}): OwnershipRule =>
  rule(pattern, owners, { dialect: "gitlab", section, ...own });
const k8s = (folder: string, owners: string, own: Partial<OwnershipRule> = {}): OwnershipRule =>
  rule(folder, owners, { dialect: "owners", file: folder === "" ? "OWNERS" : `${folder}/OWNERS`, ...own });

test("the last line that matches wins; without owners it clears; else nothing is said", () => {
  const rules = lines(rule("/src/", "@shop/all"), rule("*.js", "@shop/js @ada"), rule("/src/vendor/", ""));
  expect(ownersOf("src/a.ts", rules)).toEqual({
    state: "owned",
    owners: ["@shop/all"],
    required: [["@shop/all"]],
    rule: rules[0],
  });
  expect(ownersOf("src/a.js", rules)).toEqual({
    state: "owned",
    owners: ["@shop/js", "@ada"],
    required: [["@shop/js", "@ada"]],
    rule: rules[1],
  });
  expect(ownersOf("src/vendor/a.js", rules)).toEqual({ state: "cleared", owners: [], required: [], rule: rules[2] });
  expect(ownersOf("README.md", rules)).toEqual({ state: "unmatched", owners: [], required: [], rule: null });
});

test("each GitLab section decides on its own, the unnamed one included; optional ones are not required", () => {
  const rules = lines(
    gitlab(null, "*", "@general"),
    gitlab("documentation", "docs/", "@docs"),
    gitlab("documentation", "README.md", "@docs"),
    gitlab("database", "model/db/", "@db"),
    gitlab("style", "*.txt", "@style", { optional: true }),
  );
  expect(ownersOf("model/db/docs/a.txt", rules)).toEqual({
    state: "owned",
    owners: ["@general", "@docs", "@db", "@style"],
    required: [["@general"], ["@docs"], ["@db"]],
    rule: rules[0],
  });
});

test("an exclusion takes the path out of its section, and no later line brings it back", () => {
  const rules = lines(
    gitlab(null, "*", "@all"),
    gitlab(null, "*.rb", "", { exclusion: true }),
    gitlab("ruby", "*.rb", "@ruby"),
    gitlab("ruby", "/config/", "", { exclusion: true }),
    gitlab("ruby", "/config/a.rb", "@late"),
  );
  expect([ownersOf("a.rb", rules).owners, ownersOf("config/a.rb", rules).state, ownersOf("a.md", rules).owners]).toEqual([
    ["@ruby"],
    "unmatched",
    ["@all"],
  ]);
});

test("OWNERS add up from the folder to the root, nearest first, until no_parent_owners", () => {
  const rules = lines(
    k8s("", "root"),
    k8s("pkg", "ada grace"),
    k8s("pkg/api", "joan"),
    k8s("pkg/own", "kim", { noParent: true }),
    k8s("pkg", "gopher", { pattern: "pkg/**/*.go" }),
  );
  const owners = (path: string): readonly string[] => ownersOf(path, rules).owners;
  expect([owners("a"), owners("pkg/x/y.md"), owners("pkg/api/a.go"), owners("pkg/own/a.go"), owners("pkgs/a")]).toEqual([
    ["root"],
    ["ada", "grace", "root"],
    ["joan", "ada", "grace", "gopher", "root"],
    ["kim"],
    ["root"],
  ]);
  expect(ownersOf("pkg/api/a.md", rules).rule).toEqual(rules[2]);
});

test("drystone.yaml goes before CODEOWNERS, which goes before OWNERS", () => {
  const rules = lines(k8s("", "root"), rule("/a/", "@shop/code"), rule("/a/b/", "red", { file: "drystone.yaml" }));
  expect(["a/b/c", "a/c", "c"].map((path) => ownersOf(path, rules).owners)).toEqual([["red"], ["@shop/code"], ["root"]]);
});

test.each([
  ["@shop/Team-A", "github", "group:default/team-a"],
  ["@Ada", "github", "user:default/ada"],
  ["ada.l@shop.com", "github", "user:default/ada.l"],
  ["@a/b/c", "gitlab", "group:default/c"],
  ["@known", "gitlab", "group:default/known"],
  ["@@maintainer", "gitlab", null],
  ["@@@My-Group", "bitbucket", "group:default/my-group"],
  ["known", "owners", "group:default/known"],
  ["ada", "owners", "user:default/ada"],
  ["red", "github", "group:default/red"],
  ["group:default/red", "github", "group:default/red"],
  ["user:ada", "github", "user:default/ada"],
  ["@one/twins", "github", "group:one/twins"],
  ["@two/twins", "github", "group:two/twins"],
  ["@", "github", null],
] as const)("%s in %s is %s", (owner, dialect, expected) => {
  const team = {
    ref: "group:default/known",
    name: "known",
    parent: null,
    members: [],
    functions: [],
    mission: null,
    source: "declared",
    evidence: [],
  } as const;
  expect(ownerRefs([rule("*", "@one/twins @two/twins @ONE/twins")], [team])(owner, dialect)).toBe(expected);
});

function component(declaredOwners: readonly DeclaredOwner[] = []): ComponentFact {
  return {
    ref: "component:default/orders",
    name: "orders",
    kind: "service",
    built: true,
    partOf: null,
    repository: "shop",
    paths: ["orders"],
    aliases: [],
    technology: null,
    declaredOwners,
    declared: false,
    inferredFrom: [],
    evidence: [],
  };
}

const by = (team: string, source: DeclaredOwner["source"], line: number): DeclaredOwner => ({
  ref: `group:default/${team}`,
  source,
  evidence: [{ type: "declaration", repository: "shop", file: source, line }],
});
const files = (...counts: readonly [string, number][]): string[] =>
  counts.flatMap(([folder, n]) => Array.from({ length: n }, (_, at) => `orders/${folder}/${at}`));
const teams = lines(
  rule("/orders/a/", "@shop/red"),
  rule("/orders/b/", "@shop/blue"),
  rule("/orders/c/", "@shop/red @ada"),
  rule("/orders/gone/", ""),
  rule("/orders/ada/", "@ada"),
  rule("/orders/role/", "@@maintainer", { dialect: "gitlab" }),
);

test.each<[string, readonly string[], string, readonly string[]]>([
  ["all by one team", files(["a", 5]), "owned", ["red"]],
  ["80 %", files(["a", 8], ["b", 2]), "owned", ["red"]],
  ["majority", files(["a", 6], ["b", 4]), "owned", ["red"]],
  ["no majority", files(["a", 5], ["b", 5]), "contested", ["blue", "red"]],
  ["one owner present nearly everywhere", files(["a", 5], ["c", 5]), "owned", ["red"]],
  ["one owner nearly everywhere, another on most files", files(["a", 4], ["c", 6]), "owned", ["red", "ada"]],
  ["owners of one line", files(["c", 5]), "owned", ["red", "ada"]],
  ["mostly unmatched", files(["a", 3], ["x", 7]), "unmatched", []],
  ["mostly cleared", files(["a", 3], ["gone", 7]), "cleared", []],
  ["a minority of one team, the rest unmatched, but more owned than not", files(["a", 6], ["x", 4]), "owned", ["red"]],
  ["roles say nothing", files(["role", 5]), "unmatched", []],
  ["people and a team, no majority", files(["a", 4], ["ada", 4], ["x", 1]), "owned", ["red", "ada"]],
  ["no files", [], "unmatched", []],
])("CODEOWNERS: %s", (_, paths, state, owners) => {
  const found = componentOwnership(component(), paths, teams);
  expect([found.state, found.declared.map(({ ref }) => ref.replace(/.*\//, "")).sort()]).toEqual([state, [...owners].sort()]);
});

test("the strongest source decides; the others are listed; evidence is the line", () => {
  const rules = [...teams, rule("/orders/", "green", { file: "drystone.yaml", line: 9 })];
  const found = componentOwnership(component([by("gray", "backstage", 3)]), files(["a", 1]), rules);
  expect(found).toEqual({
    state: "owned",
    declared: [
      {
        ref: "group:default/green",
        source: "drystone.yaml",
        evidence: [{ type: "declaration", repository: "shop", file: "drystone.yaml", line: 9, text: "/orders/ green" }],
      },
    ],
    others: [
      by("gray", "backstage", 3),
      {
        ref: "group:default/red",
        source: "codeowners",
        evidence: [{ type: "declaration", repository: "shop", file: "CODEOWNERS", line: 1, text: "/orders/a/ @shop/red" }],
      },
    ],
    shares: [{ owners: ["group:default/green"], state: "owned", files: 1, share: 1 }],
  });
});

test("two owners of one place share, owners of two places contest", () => {
  expect(componentOwnership(component([by("red", "drystone.yaml", 3), by("blue", "drystone.yaml", 3)]), [], []).state).toBe(
    "owned",
  );
  expect(componentOwnership(component([by("red", "backstage", 3), by("blue", "backstage", 9)]), [], []).state).toBe("contested");
  expect(componentOwnership(component([by("red", "backstage", 3), by("red", "backstage", 9)]), [], []).state).toBe("owned");
});

test("the nearest OWNERS file names who looks after a component", () => {
  const found = componentOwnership(component(), ["orders/a", "orders/b"], lines(k8s("", "root"), k8s("orders", "ada")));
  expect([found.state, found.declared.map(({ ref }) => ref)]).toEqual(["owned", ["user:default/ada"]]);
});

test("rules of another repository say nothing", () => {
  expect(componentOwnership(component(), ["orders/a/1"], [rule("*", "@shop/web", { repository: "web" })]).state).toBe(
    "unmatched",
  );
});

const ownership = (rules: readonly OwnershipRule[], folder: string) => componentOwnership(component(), files([folder, 3]), rules);

test("one star for everybody carries no information", () => {
  const star = [rule("*", "@shop/everyone")];
  expect(ownershipResolution([ownership(star, "a"), ownership(star, "b")])).toEqual({
    components: 2,
    owned: 2,
    ownerSets: 1,
    value: 0.5,
    informative: false,
    reason: "one set of owners for 2 of 2 components: ownership does not tell them apart",
  });
  expect(ownershipResolution([ownership(teams, "a"), ownership(teams, "b"), ownership(teams, "x")])).toMatchObject({
    owned: 2,
    ownerSets: 2,
    informative: true,
  });
  expect(ownershipResolution([])).toMatchObject({ value: null, informative: false });
});

test("500 rules and 50,000 paths take about a second at most", () => {
  const rules = lines(
    ...Array.from({ length: 500 }, (_, at) =>
      rule([`/services/s${at}/`, `*.x${at}`, `/lib${at}/**/*.ts`, `tools${at}/`][at % 4] ?? "", `@shop/t${at}`),
    ),
  );
  const paths = Array.from({ length: 50_000 }, (_, at) => `services/s${at % 700}/src/main/java/File${at}.ts`);
  const spent = processorTime();
  const owned = paths.filter((path) => ownersOf(path, rules).state === "owned").length;
  const milliseconds = spent();
  expect(owned).toBeGreaterThan(0);
  expect(milliseconds).toBeLessThan(4000);
  if (process.env["MEASURE"]) console.log(`ownersOf: ${milliseconds.toFixed(0)} ms`);
});
