/** What git prints for commits of every shape, read with git itself. */
import { afterAll, describe, expect, test } from "vitest";
import type { History } from "#model/history.js";
import { subjectOf } from "#model/history.js";
import { type CommitPlan, git, workspace, writeRepository } from "../fakes/index.js";
import { historyOf, touchesOf } from "./collected.js";

const scratch = workspace();
afterAll(() => scratch.cleanup());

const ada = { name: "Ada Lovelace", email: "ada@example.com" };
const grace = { name: "Grace Hopper", email: "grace@example.com" };
const alan = { name: "Alan Turing", email: "alan@example.com" };
const start = 1_760_000_000;
const commit = (more: Partial<CommitPlan>): CommitPlan => ({ author: ada, time: start, message: "Change\n", ...more });

/** Oldest first: what each commit touched. */
async function touchesIn(
  name: string,
  commits: readonly CommitPlan[],
  objectFormat: "sha1" | "sha256" = "sha1",
): Promise<string[][]> {
  return touchesOf(await historyOf(writeRepository(scratch.path(name), { commits }, { bare: true, objectFormat })));
}

describe("touched paths", () => {
  test("additions, changes, deletions, moves, modes, types and submodules; empty commits and roots without files", async () => {
    const commits = [
      commit({ changes: {} }),
      commit({ time: start + 1, changes: { f: "1", g: "1", run: "x", sub: { submodule: "1".repeat(40) } } }),
      commit({ time: start + 2, message: "empty" }),
      commit({
        time: start + 3,
        changes: { f: "2", run: { executable: "x" }, g: { link: "f" }, sub: { submodule: "2".repeat(40) } },
      }),
      commit({ time: start + 4, changes: { f: null, sub: null }, renames: [["run", "bin/run"]] }),
    ];
    expect(await touchesIn("kinds", commits)).toEqual([
      [],
      ["A f", "A g", "A run", "A sub"],
      [],
      ["M f", "M g", "M run", "M sub"],
      ["A bin/run", "D f", "D run", "D sub"],
    ]);
  });

  test("merges touch nothing, whatever they resolve, also with four parents and with a second root", async () => {
    const branch = (id: string, time: number) => commit({ id, branch: id, parents: ["0"], time, changes: { [id]: "1" } });
    const commits = [
      commit({ changes: { f: "1" } }),
      ...["a", "b", "c"].map((id, index) => branch(id, start + 1 + index)),
      commit({ id: "root", branch: "root", parents: [], time: start + 5, changes: { imported: "1" } }),
      commit({
        time: start + 6,
        message: "octopus",
        parents: ["0", "a", "b", "c"],
        changes: { a: "1", b: "1", c: "1", f: "resolved" },
      }),
      commit({ time: start + 7, message: "import", parents: ["5", "root"], changes: { imported: "1" } }),
    ];
    const history = await historyOf(writeRepository(scratch.path("merges"), { commits }, { bare: true }));
    expect(touchesOf(history)).toEqual([["A f"], ["A a"], ["A b"], ["A c"], ["A imported"], [], []]);
    expect(parentsOf(history)).toEqual([[], [0], [0], [0], [], [0, 1, 2, 3], [5, 4]]);
  });

  test("paths with tabs, newlines, escapes, bytes that are no text; SHA-256", async () => {
    const changes = new Map<string | Uint8Array, string>([
      ["a\tb\nc", "1"],
      ["\u001b[31mred", "1"],
      [Buffer.from([0x66, 0xff]), "1"],
      ["f\\xff", "1"],
      ["__proto__/constructor", "1"],
      ['"quoted"', "1"],
      [":100644 100644", "1"],
      ["\u0001", "1"],
    ]);
    const expected = [
      "A \u0001",
      "A \u001b[31mred",
      'A "quoted"',
      "A :100644 100644",
      "A __proto__/constructor",
      "A a\tb\nc",
      "A f\\x5cxff",
      "A f\\xff",
    ];
    expect(await touchesIn("paths", [commit({ changes })])).toEqual([expected]);
    expect(await touchesIn("paths-256", [commit({ changes })], "sha256")).toEqual([expected]);
  });
});

describe("messages and people", () => {
  const hostile = [
    "",
    "\n\n",
    "no newline",
    "\u0001",
    "\u0001SHOP-1\n\u0001\u0001",
    ":100644 100644 1111111111111111111111111111111111111111 2222222222222222222222222222222222222222 M\n",
    "\n:000000 100644 0 0 A\nf\n",
    "commit 1\ntree 2\n\n",
    `long\n\n${"y".repeat(10_000_000)}`,
    "%x00%H",
  ];

  test("what a message holds moves nothing", async () => {
    const commits = hostile.flatMap((message, index) => [
      commit({ time: start + 2 * index, message, changes: { [`f${index}`]: "1" } }),
      commit({ time: start + 2 * index + 1, message }),
    ]);
    const history = await historyOf(writeRepository(scratch.path("messages"), { commits }, { bare: true }));
    const expected = hostile.flatMap((_, index) => [[`A f${index}`], []]);
    expect(touchesOf(history)).toEqual(expected);
    expect(subjectOf(history, 2 * 4)).toBe("\u0001SHOP-1");
  });

  test("raw commit objects: NUL and other encodings in a message, no author, absurd dates", async () => {
    const directory = writeRepository(scratch.path("raw"), { commits: [commit({ changes: { f: "1" } })] }, { bare: true });
    const tree = git(directory, ["rev-parse", "HEAD^{tree}"]);
    const dates = ["0 +0000", "-5 +0000", "4102444800 +9999", "253402300800 +0000", "99999999999999999999 +0000", "x", ""];
    const lines = [
      ...dates.map((date) => [
        `author Ada <ada@example.com> ${date}`,
        `committer Ada <ada@example.com> ${date}`,
        "",
        `dated ${date}`,
      ]),
      ["author Ada <ada@example.com> 1 +0000", "committer Ada <ada@example.com> 1 +0000", "", "before\0behind\n\u0001"],
      [
        "author Zo\xeb <z@example.com> 1 +0000",
        "committer Zo\xeb <z@example.com> 1 +0000",
        "encoding ISO8859-1",
        "",
        "\xe4ndern",
      ],
      ["author A+AAA-da <z@example.com> 1 +0000", "committer A <z@example.com> 1 +0000", "encoding UTF-7", "", "a+AAA-b"],
      ["author Ada <ada@example.com> 1 +0000", "committer Ada <ada@example.com> 1 +0000", "encoding nonsense", "", "plain"],
      ["author  1 +0000", "committer no mail 1 +0000", "", "nobody"],
      ["author", "committer", "", ""],
      ["", "", "nothing"],
    ];
    let parent = git(directory, ["rev-parse", "HEAD"]);
    for (const body of lines) {
      const text = Buffer.from([`tree ${tree}`, `parent ${parent}`, ...body].join("\n"), "latin1");
      parent = git(directory, ["hash-object", "-t", "commit", "-w", "--literally", "--stdin"], { input: text });
    }
    git(directory, ["update-ref", "refs/heads/main", parent]);
    const history = await historyOf(directory);
    expect(touchesOf(history)).toEqual([["A f"], ...lines.map(() => [])]);
    const subjects = lines.map((_, index) => subjectOf(history, 1 + index));
    expect(subjects.slice(dates.length, dates.length + 2)).toEqual(["before", "ändern"]);
    expect(history.people.map(({ name }) => name)).toContain("Zoë");
    for (const time of [...history.committerTimes, ...history.authorTimes]) expect(Number.isSafeInteger(time)).toBe(true);
  });

  test("co-authors, reverts and the mailmap of HEAD", async () => {
    const commits = [
      commit({ message: "Add\n\nCo-authored-by: Alan Turing <alan@old.example.com>\n", changes: { f: "1" } }),
      commit({
        time: start + 1,
        author: grace,
        message: 'Revert "Add"\n\nThis reverts commit 0123456789abcdef0123456789abcdef01234567.\n',
        changes: { f: null },
      }),
      commit({ time: start + 2, author: { name: "alan", email: "alan@old.example.com" }, changes: { g: "1" } }),
      commit({
        time: start + 3,
        author: alan,
        changes: { ".mailmap": "Alan Turing <alan@example.com> <alan@old.example.com>\n" },
      }),
    ];
    const bare = await historyOf(writeRepository(scratch.path("mailmap-bare"), { commits }, { bare: true }));
    expect(bare.people).toEqual([ada, alan, grace]);
    const reverted = ["0123456789abcdef0123456789abcdef01234567", "subject:Add"];
    expect([bare.reverts, Array.from(bare.authors)]).toEqual([reverted.map((one) => [1, one]), [0, 2, 1, 1]]);
    expect(Array.from(bare.coAuthors.values)).toEqual([1]);
  });
});

function parentsOf(history: History): number[][] {
  return Array.from({ length: history.committerTimes.length }, (_, row) =>
    Array.from(history.parents.subarray(history.parentOffsets[row], history.parentOffsets[row + 1])),
  );
}
