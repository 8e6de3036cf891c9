import { describe, expect, test } from "vitest";
import { createLogParser, type ParsedLog } from "./log-parser.js";

const id = (digit: string): string => digit.repeat(40);
/** Of SHA-256. */
const long = (digit: string): string => digit.repeat(64);

interface LogCommit {
  readonly id: string;
  readonly parents?: readonly string[];
  readonly times?: readonly [author: string, committer: string];
  readonly author?: readonly [name: string | Uint8Array, email: string];
  readonly message?: string | Uint8Array;
  /** Letter, path, old and new content. */
  readonly touches?: readonly (readonly [letter: string, path: string | Uint8Array, from?: string, to?: string])[];
}

/** What `git log --raw -z` prints, byte for byte as git 2.39 does. */
function logOf(commits: readonly LogCommit[]): Buffer {
  const parts: (string | Uint8Array)[] = [];
  for (const [index, commit] of commits.entries()) {
    const [authorTime, committerTime] = commit.times ?? ["1700000000", "1700000001"];
    const [name, email] = commit.author ?? ["Ada", "ada@example.com"];
    const parents = (commit.parents ?? []).join(" ");
    if (index > 0) parts.push("\0");
    parts.push(`\u0001${commit.id}\0${parents}\0${authorTime}\0${committerTime}\0`, name, `\n${email}\0`);
    parts.push(commit.message ?? "Change\n");
    for (const [at, [letter, path, from = "0", to = "0"]] of (commit.touches ?? []).entries()) {
      parts.push(at === 0 ? "\0\n" : "\0", `:100644 100644 ${id(from)} ${id(to)} ${letter}\0`, path);
    }
  }
  parts.push("\0");
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
}

function parse(chunks: readonly Buffer[]): ParsedLog {
  const parser = createLogParser();
  for (const chunk of chunks) parser.push(chunk);
  return parser.end();
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

const everything: readonly LogCommit[] = [
  {
    id: id("a"),
    parents: [id("b"), id("c"), id("d")],
    message: "\u0001SHOP-1: merge\n\nPAY-2\n:100644 100644 x y M\n",
  },
  {
    id: id("b"),
    parents: [id("d")],
    author: [Buffer.from([0x41, 0xff]), "a@example.com"],
    touches: [
      ["D", "old/name.js", "1", "0"],
      ["A", "new/name.js", "0", "1"],
      ["M", "a\tb\nc\u001b[31m", "2", "3"],
      ["T", Buffer.from([0x66, 0xfe]), "2", "3"],
    ],
  },
  { id: id("c"), parents: [id("d")], message: "", author: ["", ""], times: ["", "99999999999999999999"] },
  {
    id: id("d"),
    message: "No end\n\nCo-authored-by: Alan <alan@example.com>\nCo-authored-by: Joan <joan@example.com>",
    touches: [["A", "f", "0", "2"]],
  },
];

test("any cut of the stream gives the same columns", () => {
  const stream = logOf(everything);
  const whole = parse([stream]);
  for (let at = 0; at <= stream.length; at++)
    expect(parse([stream.subarray(0, at), stream.subarray(at)]), `cut at ${at}`).toEqual(whole);
  for (const size of [1, 2, 3, 7, 64]) {
    const chunks = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
      stream.subarray(index * size, (index + 1) * size),
    );
    expect(parse(chunks), `pieces of ${size}`).toEqual(whole);
  }
});

test("the columns are what the stream says, from its end on", () => {
  const log = parse([logOf(everything)]);
  expect({
    ...log,
    ids: hex(log.ids),
    parentIds: hex(log.parentIds),
    subjectBytes: Buffer.from(log.subjectBytes).toString(),
  }).toEqual({
    idBytes: 20,
    ids: id("d") + id("c") + id("b") + id("a"),
    parentIds: id("d") + id("d") + id("b") + id("c") + id("d"),
    parentOffsets: Int32Array.of(0, 0, 1, 2, 5),
    authorTimes: Float64Array.of(1_700_000_000, 0, 1_700_000_000, 1_700_000_000),
    committerTimes: Float64Array.of(1_700_000_001, 0, 1_700_000_001, 1_700_000_001),
    authors: Int32Array.of(0, 2, 1, 0),
    subjectOffsets: Int32Array.of(0, 6, 6, 12, 26),
    subjectBytes: "No endChange\u0001SHOP-1: merge",
    people: [
      { name: "Ada", email: "ada@example.com" },
      { name: "A\ufffd", email: "a@example.com" },
      { name: "", email: "" },
      { name: "Alan", email: "alan@example.com" },
      { name: "Joan", email: "joan@example.com" },
    ],
    coAuthors: { offsets: Int32Array.of(0, 2, 2, 2, 2), values: Int32Array.of(3, 4) },
    keys: { offsets: Int32Array.of(0, 0, 0, 0, 2), values: Int32Array.of(0, 1) },
    keyNames: ["SHOP-1", "PAY-2"],
    reverts: [],
    paths: ["old/name.js", "new/name.js", "a\tb\nc\u001b[31m", "f\\xfe", "f"],
    fileOffsets: Int32Array.of(0, 1, 1, 5, 5),
    files: Int32Array.of(4, 0, 1, 2, 3),
    statuses: Uint8Array.of(1, 2, 1, 0, 0),
    renames: Int32Array.of(2, 0, 1),
  });
});

test("ids of SHA-256 are 32 bytes; a log without commits is one", () => {
  const fields = [long("a"), `${long("b")} ${long("c")}`, "1", "2", "Ada\nada@example.com", "Change\n"];
  const touches = [`D\0old`, `A\0new`].map((touch) => `:100644 100644 ${long("1")} ${long("1")} ${touch}`);
  const log = parse([Buffer.from(`\u0001${fields.join("\0")}\0\n${touches.join("\0")}\0`)]);
  expect([log.idBytes, hex(log.ids), hex(log.parentIds), [...log.renames]]).toEqual([
    32,
    long("a"),
    long("b") + long("c"),
    [0, 0, 1],
  ]);
  expect([parse([]).authors.length, [...parse([]).fileOffsets]]).toEqual([0, [0]]);
});

test.each([
  ["inside of a commit", `\u0001${id("a")}\0\0`, "the output of git log ends inside of a commit"],
  [
    "before a path",
    `\u0001${[id("a"), "", "1", "1", "a\nb", "m"].join("\0")}\0\n:100644 100644 ${id("0")} ${id("1")} A\0`,
    "ends inside",
  ],
  ["with words of git's", "fatal: something\0", "unexpected output of git log"],
  ["with an id of another kind", "\u0001aa\0\0", "unexpected output of git log"],
])("a stream that ends %s is no history", (_, stream, message) => {
  expect(() => parse([Buffer.from(stream)])).toThrow(message);
});

test("a message of ten megabytes in small pieces: its subject is cut, its ends are read", () => {
  const message = `SHOP-1 ${"x".repeat(5_000_000)}\n${"y\n".repeat(2_500_000)}PAY-2\nCo-authored-by: Alan <alan@example.com>\n`;
  const stream = logOf([{ id: id("a"), message }]);
  const chunks = Array.from({ length: Math.ceil(stream.length / 65_536) }, (_, index) =>
    stream.subarray(index * 65_536, (index + 1) * 65_536),
  );
  const log = parse(chunks);
  expect([log.keyNames, log.people.map(({ name }) => name), log.subjectBytes.length]).toEqual([
    ["SHOP-1", "PAY-2"],
    ["Ada", "Alan"],
    200,
  ]);
});

describe("keys of tickets and changes", () => {
  test.each([
    ["SHOP-12: add", ["SHOP-12"]],
    ["[SHOP-12] add", ["SHOP-12"]],
    ["add (SHOP-12, PAY-3)", ["SHOP-12", "PAY-3"]],
    ["#SHOP-12 add", ["SHOP-12"]],
    ["STORE-12, CO-7", ["STORE-12", "CO-7"]],
    ["Merge branch 'feature/SHOP-12-add'", []],
    ["add\n\nRefs: AB1-7", ["AB1-7"]],
    ["SHOP-12 and again SHOP-12", ["SHOP-12"]],
    ["SHOP-12.", ["SHOP-12"]],
    ["see shop/billing#7", ["shop/billing#7"]],
    ["# Heading, shop/billing#7", ["shop/billing#7"]],
    ["add\n\nChange-Id: I0123456789abcdef0123456789abcdef01234567\n", ["I0123456789abcdef0123456789abcdef01234567"]],
    ["squashed (#12)", []],
    ["read UTF-8 and ISO8859-1, ISO-8859-1, UTF-16LE", []],
    ["hash with SHA-256 and SHA-1, MD-5", []],
    ["release v1.2-3 and 1.2.3-4, V2-1", []],
    ["on 2026-11-20 at T10-30", []],
    ["fix 4F2A-9 and DEADBEEF-1x", []],
    ["shop-12 Shop-12", []],
    ["SHOP-0 SHOP-012", []],
    ["X-1", []],
    ["SHOP_X-1 a.SHOP-1 a/SHOP-1 SHOP-1-2 SHOP-1.2", []],
    ["RFC-2616 CVE-2024-1 HTTP-2 TLS-1 PEP-8", []],
    ["ABCDEFGHIJK-1", []],
    ["SHOP-12345678", []],
    ["Change-Id: I0123456789abcdef0123456789abcdef01234567 in the subject", []],
    ["-1 #1 a#1 /#1 x/#1", []],
  ])("%s", (message, keys) => {
    expect(parse([logOf([{ id: id("a"), message }])]).keyNames).toEqual(keys);
  });
});

describe("reverts", () => {
  test.each<[string, string[]]>([
    [`Revert "Add"\n\nThis reverts commit ${id("b")}.\n`, [id("b"), "subject:Add"]],
    ["Undo\n\nThis reverts commit abcdef1 and more\n", ["abcdef1"]],
    ['Revert "Add a "quoted" thing" (#12)\n', ['subject:Add a "quoted" thing']],
    ['Revert "Revert "Add""\n', ['subject:Revert "Add"']],
    ['[web] Revert "Add"\n', ["subject:Add"]],
    ["revert: add\n\nThis reverts commit abcdef1.\n", ["abcdef1"]],
    ["Release 2\n\nNew things.\nThis reverts commit abcdef1.\n", []],
    [`Reapply "Add"\n\nWe did\nThis reverts commit ${id("b")}.\n`, []],
    ['Revert "Add', []],
    ["Revert Add\n\nThis reverts commit nothing\n", []],
    ['We should Revert "Add"\n', []],
  ])("%s", (message, reverted) => {
    expect(parse([logOf([{ id: id("a"), message }])]).reverts).toEqual(reverted.map((one) => [0, one]));
  });
});

describe("people who wrote together", () => {
  test.each<[string, string[]]>([
    ["Co-authored-by: Alan <alan@example.com>", ["Alan <alan@example.com>"]],
    ["CO-AUTHORED-BY:Alan<alan@example.com>", ["Alan <alan@example.com>"]],
    [
      "* x\n    Co-Authored-By: Zoë <zoe@example.com>\r\nco-authored-by: Alan <ALAN@example.com>",
      ["Zoë <zoe@example.com>", "Alan <ALAN@example.com>"],
    ],
    ["Co-authored-by: Alan <a@example.com>\nCo-authored-by: A. Turing <A@example.com>", ["A. Turing <A@example.com>"]],
    ["\u00a0Co-authored-by: Alan <alan@example.com>", ["Alan <alan@example.com>"]],
    ["thanks to Co-authored-by: Alan <alan@example.com>", []],
    ["Co-authored-by: Alan alan@example.com", []],
    [`Co-authored-by: ${"x".repeat(300)} <alan@example.com>`, []],
    ["Co-authored-by: <>", [" <>"]],
  ])("%s", (trailers, names) => {
    const log = parse([logOf([{ id: id("a"), message: `Change\n\n${trailers}\n` }])]);
    expect(log.people.slice(1).map(({ name, email }) => `${name} <${email}>`)).toEqual(names);
  });
});

describe("exact moves", () => {
  test.each<[string, LogCommit["touches"] & object, string[]]>([
    [
      "one file",
      [
        ["D", "a/f", "1"],
        ["A", "b/f", "0", "1"],
      ],
      ["a/f b/f"],
    ],
    [
      "two alike, by name",
      [
        ["D", "a/f", "1"],
        ["D", "a/g", "1"],
        ["A", "b/g", "0", "1"],
        ["A", "b/f", "0", "1"],
      ],
      ["a/f b/f", "a/g b/g"],
    ],
    [
      "two alike, other names: in order",
      [
        ["D", "a/f", "1"],
        ["D", "a/g", "1"],
        ["A", "b/x", "0", "1"],
        ["A", "b/y", "0", "1"],
      ],
      ["a/f b/x", "a/g b/y"],
    ],
    [
      "a copy and a move: one target",
      [
        ["D", "a/f", "1"],
        ["A", "b/f", "0", "1"],
        ["A", "c/x", "0", "1"],
      ],
      ["a/f b/f"],
    ],
    [
      "changed on the way",
      [
        ["D", "a/f", "1"],
        ["A", "b/f", "0", "2"],
      ],
      [],
    ],
    ["a copy", [["A", "b/f", "0", "1"]], []],
  ])("%s", (_, touches, moves) => {
    const log = parse([logOf([{ id: id("a"), touches }])]);
    const found: string[] = [];
    for (let at = 0; at < log.renames.length; at += 3)
      found.push(`${log.paths[log.renames[at + 1] ?? 0]} ${log.paths[log.renames[at + 2] ?? 0]}`);
    expect(found).toEqual(moves);
  });

  test("empty files are all alike and say nothing", () => {
    const empty = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
    const stream = Buffer.from(
      logOf([
        {
          id: id("a"),
          touches: [
            ["D", "a/__init__.py", "1"],
            ["A", "b/__init__.py", "0", "1"],
          ],
        },
      ])
        .toString()
        .replaceAll(id("1"), empty),
    );
    expect(parse([stream]).renames).toEqual(new Int32Array());
  });
});

test("paths that are no text stay apart from those that look like it", () => {
  const paths = [Buffer.from([0x66, 0xff]), "f\\xff", "f\ufffd", Buffer.from([0x66, 0xff, 0x5c]), "a\\b", "__proto__", "é"];
  const log = parse([logOf([{ id: id("a"), touches: paths.map((path) => ["M", path] as const) }])]);
  expect(log.paths).toEqual(["f\\xff", "f\\x5cxff", "f\\xef\\xbf\\xbd", "f\\xff\\x5c", "a\\b", "__proto__", "é"]);
});
