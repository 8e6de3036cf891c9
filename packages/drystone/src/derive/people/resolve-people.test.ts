import { expect, test } from "vitest";
import type { SystemConfig } from "#model/facts.js";
import { type CommitPeople, type People, resolvePeople } from "./index.js";

const config: SystemConfig = { file: null, people: null, personAliases: [], bots: [], ticketPattern: null, thresholds: {} };

/** Each commit as `Name <email>`, co-authors behind it. */
function history(commits: readonly (readonly string[])[]): CommitPeople {
  const people: { name: string; email: string }[] = [];
  const ids = new Map<string, number>();
  const intern = (text: string): number => {
    const known = ids.get(text);
    if (known !== undefined) return known;
    const [, name = "", email = ""] = /^(.*?) ?<(.*)>$/.exec(text) ?? [];
    ids.set(text, people.length);
    return people.push({ name, email }) - 1;
  };
  const offsets = [0];
  const values: number[] = [];
  const authors = commits.map(([author = "", ...others]) => {
    const own = intern(author);
    values.push(...others.map(intern));
    offsets.push(values.length);
    return own;
  });
  return {
    people,
    authors: Int32Array.from(authors),
    coAuthors: { offsets: Int32Array.from(offsets), values: Int32Array.from(values) },
  };
}

const one = (authors: readonly string[], own: Partial<SystemConfig> = {}): People =>
  resolvePeople([history(authors.map((author) => [author]))], { ...config, ...own });
const ids = (people: People): string[] => people.persons.map(({ id }) => id);

test.each<[string, readonly string[], readonly string[]]>([
  ["addresses are compared without case", ["Ada <Ada@shop.com>", "ada lovelace <ada@shop.com>"], ["ada@shop.com"]],
  [
    "private addresses of GitHub with and without number are one login",
    ["Ada <12+ada@users.noreply.github.com>", "A. L. <ada@users.noreply.github.com>"],
    ["ada@github.com"],
  ],
  [
    "a changed login keeps its account number",
    ["x <12+ada@users.noreply.github.com>", "y <12+lovelace@users.noreply.github.com>"],
    ["ada@github.com"],
  ],
  ["private addresses of GitLab", ["x <7-ada@users.noreply.gitlab.com>", "y <ada@users.noreply.gitlab.com>"], ["ada@gitlab.com"]],
  [
    "a login of GitHub that begins with a number",
    ["x <360-ada@users.noreply.github.com>", "y <ada@users.noreply.github.com>"],
    ["360-ada@github.com", "ada@github.com"],
  ],
  [
    "GitHub and GitLab logins are different",
    ["x <ada@users.noreply.github.com>", "y <ada@users.noreply.gitlab.com>"],
    ["ada@github.com", "ada@gitlab.com"],
  ],
  ["full names join, accents and case aside", ["José Valim <jose@gmail.com>", "JOSE  VALIM <jv@shop.com>"], ["jose@gmail.com"]],
  [
    "full names do not join two corporate addresses",
    ["Jo Smith <jo@acme.com>", "Jo Smith <jo@globex.com>"],
    ["jo@acme.com", "jo@globex.com"],
  ],
  [
    "nor through a private one",
    ["Jo Smith <jo@acme.com>", "Jo Smith <jo@globex.com>", "Jo Smith <jo@gmail.com>", "Jo Smith <1+jo@users.noreply.github.com>"],
    ["jo@acme.com", "jo@github.com", "jo@globex.com"],
  ],
  ["one word is no full name", ["ada <ada@gmail.com>", "ada <ada@shop.com>"], ["ada@gmail.com", "ada@shop.com"]],
  ["generic names do not join", ["John Doe <a@gmail.com>", "John Doe <b@gmail.com>"], ["a@gmail.com", "b@gmail.com"]],
  [
    "shared addresses do not join",
    ["Ada Lovelace <root@localhost>", "Grace Hopper <root@localhost>"],
    ["name:ADA LOVELACE root@localhost", "name:GRACE HOPPER root@localhost"],
  ],
  ["but the name does", ["Ada Lovelace <none@none>", "Ada Lovelace <ada@shop.com>"], ["ada@shop.com"]],
  [
    "people with names of tools",
    [
      "Mary Jenkins <mary@shop.com>",
      "Travis Scott <travis@shop.com>",
      "Claude Monet <claude@shop.com>",
      "Jo Snow <jo@snyk.io>",
      "Tim Talbot <ttalbot@shop.com>",
      "Jan Bot <janbot@shop.com>",
    ],
    ["claude@shop.com", "janbot@shop.com", "jo@snyk.io", "mary@shop.com", "travis@shop.com", "ttalbot@shop.com"],
  ],
  [
    "a pair is two people, joined to those known",
    ["Ada Lovelace + Grace Hopper <pair@shop.com>", "Ada Lovelace <ada@shop.com>"],
    ["ada@shop.com", "name:GRACE HOPPER"],
  ],
  [
    "a pair of full names with and",
    ["Ada Lovelace and Grace Hopper <pair@shop.com>"],
    ["name:ADA LOVELACE", "name:GRACE HOPPER"],
  ],
  ["`and` in another name is part of it", ["Research and Development <rd@shop.com>"], ["rd@shop.com"]],
  [
    "first names of a pair are who goes by them",
    ["ada & grace <pair@shop.com>", "ada <al@shop.com>"],
    ["al@shop.com", "name:GRACE"],
  ],
])("%s", (_, authors, expected) => {
  expect(ids(one(authors))).toEqual(expected);
  expect(ids(one([...authors].reverse()))).toEqual(expected);
});

test("aliases join anything, and their first spelling is shown", () => {
  const people = one(["Ada <ada@acme.com>", "A. Lovelace <al@globex.com>", "x <5+count@users.noreply.github.com>"], {
    personAliases: [["Countess", "ada@acme.com", "al@globex.com", "@count"]],
  });
  expect(people.persons).toEqual([
    {
      id: "ada@acme.com",
      handle: "countess",
      name: "A. Lovelace",
      emails: ["ada@acme.com", "al@globex.com", "count@github.com"],
      commits: 3,
    },
  ]);
});

test("handles are logins, then parts of addresses; never an address, a number or one handle twice", () => {
  const people = one([
    "Ada <1+AdaL@users.noreply.github.com>",
    "Bo <bo+git@shop.com>",
    "Bo B <bo@corp.com>",
    "Kylin Xiang <15884286060@163.com>",
    "Me Too <me@too.com>",
    "x@y.z <root@localhost>",
  ]);
  expect(people.persons.map(({ id, handle }) => [id, handle])).toEqual([
    ["15884286060@163.com", "kylin-xiang"],
    ["adal@github.com", "adal"],
    ["bo+git@shop.com", "bo"],
    ["bo@corp.com", "bo-b"],
    ["me@too.com", "me-too"],
    ["name:X@Y Z root@localhost", "x"],
  ]);
});

test.each<[string, string, string]>([
  ["dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>", "`[bot]` suffix", "updater"],
  ["Mend Renovate <bot@renovateapp.com>", "known bot: renovate", "updater"],
  ["Snyk bot <snyk-bot@snyk.io>", "known bot: snyk", "updater"],
  ["semantic-release-bot <x@martynus.net>", "known bot: semantic-release", "courier"],
  ["pre-commit-ci <x@y.com>", "known bot: pre-commit-ci", "courier"],
  ["Copybara-Service <copybara-worker@google.com>", "known bot: copybara", "courier"],
  ["Jenkins <ci@shop.com>", "name of a machine: jenkins", "courier"],
  ["release-bot <release@shop.com>", "name ends in bot", "courier"],
  ["ImgBotApp <ImgBotHelp@gmail.com>", "name ends in bot", "courier"],
  ["opentelemetrybot <1+opentelemetrybot@users.noreply.github.com>", "name ends in bot", "courier"],
  ["OpenTelemetry Bot <1+opentelemetrybot@users.noreply.github.com>", "name ends in bot", "courier"],
])("%s is a bot", (author, reason, nature) => {
  const people = one([author]);
  expect(people.persons).toEqual([]);
  expect(people.bots.map((bot) => [bot.reason, bot.nature, bot.commits])).toEqual([[reason, nature, 1]]);
  expect([people.isBotCommit(0, 0), people.isAiAssisted(0, 0), people.authorsOf(0, 0)]).toEqual([true, false, []]);
});

test("bots of the configuration, by name, address, login or the start of one", () => {
  const people = one(
    [
      "Deploy Script <x@shop.com>",
      "y <sync@shop.com>",
      "z <3+mirror@users.noreply.github.com>",
      "svc-a <a@shop.com>",
      "Ada <ada@shop.com>",
    ],
    {
      bots: ["deploy script", "sync@shop.com", "@mirror", "svc-*", "*"],
    },
  );
  expect([people.bots.length, ids(people)]).toEqual([4, ["ada@shop.com"]]);
});

test("agents flag commits of people and are no people", () => {
  const ada = "Ada Lovelace <ada@shop.com>";
  const grace = "Grace Hopper <grace@shop.com>";
  const people = resolvePeople(
    [
      history([
        [ada, "Claude <noreply@anthropic.com>"],
        [ada, "Copilot <175728472+Copilot@users.noreply.github.com>", grace],
        ["copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>", ada],
        ["devin-ai-integration[bot] <158243242+devin-ai-integration[bot]@users.noreply.github.com>"],
        ["Ada Lovelace (aider) <ada@shop.com>"],
        [ada, "Cursor <cursoragent@cursor.com>", "dependabot[bot] <1+dependabot[bot]@users.noreply.github.com>", ada],
        [grace, "aider (gpt-4o) <noreply@aider.chat>", "codex <noreply@openai.com>"],
        [grace],
      ]),
    ],
    config,
  );
  const commits = [0, 1, 2, 3, 4, 5, 6, 7];
  expect(ids(people)).toEqual(["ada@shop.com", "grace@shop.com"]);
  expect(commits.map((commit) => people.isAiAssisted(0, commit))).toEqual([true, true, true, true, true, true, true, false]);
  expect(commits.map((commit) => people.isBotCommit(0, commit))).toEqual(commits.map(() => false));
  expect(commits.map((commit) => people.authorsOf(0, commit).map(({ person, weight }) => [person, weight]))).toEqual([
    [[0, 1]],
    [
      [0, 0.5],
      [1, 0.5],
    ],
    [[0, 1]],
    [],
    [[0, 1]],
    [[0, 1]],
    [[1, 1]],
    [[1, 1]],
  ]);
});

test("weights of a pair with a co-author", () => {
  const people = resolvePeople(
    [history([["Ada Lovelace + Grace Hopper <pair@shop.com>", "Joan Clarke <joan@shop.com>"]])],
    config,
  );
  expect(people.authorsOf(0, 0)).toEqual([0, 1, 2].map((person) => ({ person, weight: 1 / 3 })));
});

test("commits and repositories that do not exist have no authors", () => {
  const people = one(["Ada <ada@shop.com>"]);
  expect([people.authorsOf(0, 7), people.authorsOf(3, 0), people.isBotCommit(0, -1), people.isAiAssisted(9, 9)]).toEqual([
    [],
    [],
    false,
    false,
  ]);
});

test("a build server with most commits leaves people unknown, an updater does not", () => {
  const ada = ["Ada <ada@shop.com>"];
  const shared = resolvePeople([history([["ci <ci@shop.com>"], ["ci <ci@shop.com>"], ada]), history([ada, ada])], config);
  expect([shared.use, ...shared.useByRepository]).toEqual([
    { usable: true, reason: null },
    { usable: false, reason: "67 % of commits are by ci, which is no person" },
    { usable: true, reason: null },
  ]);
  expect(resolvePeople([history([["renovate[bot] <r@x.com>"], ["renovate[bot] <r@x.com>"], ada])], config).use).toEqual({
    usable: true,
    reason: null,
  });
  expect(resolvePeople([history([["root <root@localhost>"], ["root <root@localhost>"], ada])], config).use.usable).toBe(false);
});

test("suggests what it does not join", () => {
  const people = one([
    "Jo Smith <jo@acme.com>",
    "Jo Smith <jo@globex.com>",
    "humbertzhang <1+humbertzhang@users.noreply.github.com>",
    "Hu <humbertzhang@qq.com>",
  ]);
  expect(people.suggestedAliases).toEqual([
    ["humbertzhang@github.com", "humbertzhang@qq.com"],
    ["jo@acme.com", "jo@globex.com"],
  ]);
});

test("finds people by address, handle or name", () => {
  const people = one([
    "Ada Lovelace <ada@shop.com>",
    "Grace Hopper <9+hopper@users.noreply.github.com>",
    "Sam Low <sam@a.com>",
    "Sam Low <sam@b.com>",
  ]);
  const found = [
    "ADA@shop.com",
    "@ada",
    "ada",
    "ada lovelace",
    "@hopper",
    "Sam Low",
    "sam@a.com",
    "nobody",
    "9+hopper@users.noreply.github.com",
    "@",
    "",
  ].map((text) => people.find(text));
  expect(found).toEqual([[0], [0], [0], [0], [1], [2, 3], [2], [], [1], [], []]);
});

test("property: the order of repositories and commits does not show", () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
  const names = ["Ada Lovelace", "ada", "Grace Hopper", "Ada Lovelace + Grace Hopper", "José Núñez", "Jose Nunez", "root", "ci"];
  const domains = ["acme.com", "globex.com", "gmail.com", "users.noreply.github.com", "localhost"];
  for (let round = 0; round < 60; round++) {
    const commits = Array.from({ length: 12 }, () => [
      `${names[random(names.length)]} <${["ada", "grace", "root", "jose"][random(4)]}@${domains[random(domains.length)]}>`,
    ]);
    const straight = resolvePeople([history(commits.slice(0, 6)), history(commits.slice(6))], config);
    const turned = resolvePeople([history(commits.slice(6).reverse()), history(commits.slice(0, 6).reverse())], config);
    expect(turned.persons).toEqual(straight.persons);
    expect(turned.suggestedAliases).toEqual(straight.suggestedAliases);
    for (let commit = 0; commit < 6; commit++) expect(turned.authorsOf(1, 5 - commit)).toEqual(straight.authorsOf(0, commit));
  }
});

test("hostile names end in time", () => {
  const long = `${"a ".repeat(50_000)}${" + ".repeat(50_000)}<`;
  expect(one([`${long} <${">".repeat(50_000)}@x>`, `__proto__ <__proto__@__proto__>`, " <>"]).persons.length).toBeGreaterThan(0);
});
