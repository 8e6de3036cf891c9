import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { AcceptedFact } from "#model/policy.js";
import { mulberry32, randomIndex } from "#util/random.js";
import { processorTime } from "../../../test/fakes/index.js";
import { textTree } from "../files/index.js";
import { acceptedText } from "./index.js";
import { readAccepted } from "./read-accepted.js";

const file = ".drystone/accepted.yaml";
const read = (text: string) => readAccepted(textTree("shop", { [file]: text }));
const entry: AcceptedFact = {
  rule: "module-boundaries/private-import",
  module: "component:default/orders",
  from: "src/orders/a.ts",
  to: "src/payments/b.ts",
  kind: "value",
  repository: "shop",
  owner: "team-orders",
  reason: "moves with invoices",
  until: "2027-01-31",
  file,
  line: 2,
};

describe("reading", () => {
  test.each([
    [
      "one line per entry",
      'accepted:\n  - { rule: module-boundaries/private-import, module: orders, from: src/orders/a.ts, to: src/payments/b.ts, kind: value, owner: team-orders, reason: "moves with invoices", until: 2027-01-31 }\n',
    ],
    [
      "as a person writes it",
      "accepted:\n  - rule: module-boundaries/private-import\n    module: component:default/orders\n    from: src/orders/a.ts\n    to: src/payments/b.ts\n    kind: value\n    owner: team-orders\n    reason: moves with invoices\n    until: 2027-01-31\n",
    ],
  ])("%s", (_, text) => {
    const { accepted, problems } = read(text);
    expect([accepted, problems]).toEqual([[entry], []]);
  });

  test.each([
    ["accepted:\n  - { rule: private-import, from: a, to: b }", '"private-import" is no rule'],
    ["accepted:\n  - { rule: x/y, from: a }", "no to"],
    ["accepted:\n  - { rule: x/y, from: a, to: b, untill: 2027-01-31 }", 'unknown field "untill"'],
    ["accepted:\n  - { rule: x/y, from: a, to: b, until: 2027-02-30 }", 'until "2027-02-30" is no date'],
    ["accepted:\n  - { rule: x/y, from: a, to: b, kind: values }", '"values" is no kind of import'],
    ["accepted:\n  - just a text", "no rule"],
    ["acepted: []", 'unknown key "acepted"'],
    ["accepted: 3", "no list of entries"],
    ["- { rule: x/y, from: a, to: b }", "no list of entries"],
    ["accepted: [", "accepted.yaml"],
  ])("%j does not count and is told with its place", (text, message) => {
    const { accepted, problems } = read(text);
    expect(accepted).toEqual([]);
    expect(problems[0]?.message).toContain(message);
    expect([problems[0]?.path, problems[0]?.line === null]).toEqual([file, false]);
  });

  test("an empty list is no problem; the same entry twice is", () => {
    expect([read("accepted:\n").problems, read("").problems, read("accepted: []").problems]).toEqual([[], [], []]);
    const twice = read("accepted:\n  - { rule: x/y, from: a, to: b }\n  - { rule: x/y, from: a, to: b }\n");
    expect(twice.problems.map(({ line, message }) => [line, message])).toEqual([
      [3, `${file}:3: the same entry stands in ${file}:2`],
    ]);
  });

  test("many mistakes are counted, not listed", () => {
    const { problems } = read(`accepted:\n${"  - { rule: x/y, from: a }\n".repeat(100)}`);
    expect([problems.length, problems.at(-1)?.message]).toEqual([21, `${file}: 80 more entries with mistakes`]);
  });

  test("a module with a module.yml keeps its own list; another file of that name is none", () => {
    const text = "accepted:\n  - { rule: x/y, from: a, to: b }\n";
    const tree = textTree("shop", { "orders/module.yml": "", "orders/accepted.yaml": text, "other/accepted.yaml": text });
    expect(readAccepted(tree).accepted.map((each) => each.file)).toEqual(["orders/accepted.yaml"]);
  });
});

describe("writing", () => {
  test("sorted, and comments stay with their entry", () => {
    const before = `# Ours.\naccepted:\n  # until the rewrite\n  - { rule: x/y, from: b, to: c }\n  - { rule: x/y, from: z, to: c }\n`;
    const entries = read(before).accepted;
    const [first] = entries;
    if (!first) throw new Error("nothing read");
    const added = { ...first, from: "a", line: 0 };
    expect(acceptedText([...entries.slice(0, 1), added], before)).toBe(
      `# Ours.\naccepted:\n  - { rule: x/y, from: a, to: c }\n  # until the rewrite\n  - { rule: x/y, from: b, to: c }\n`,
    );
    expect(acceptedText([], "accepted:\n")).toBeNull();
  });

  test("what is written is read as the same, here and by any YAML parser", () => {
    const random = mulberry32(7);
    const pieces = [
      "a",
      "Z",
      "9",
      ".",
      "/",
      "[id]",
      " ",
      '"',
      "'",
      ":",
      ": ",
      "#",
      " #",
      "{",
      "}",
      ",",
      ", ",
      "\\",
      "\n",
      "é",
      "@",
      "-",
      "~",
      "null",
      "true",
      "0x1",
      "1e3",
      "*",
      "&",
      "!",
      "|",
      "\u0085",
    ];
    const text = () =>
      Array.from({ length: 1 + randomIndex(random, 5) }, () => pieces[randomIndex(random, pieces.length)]).join("");
    for (let round = 0; round < 300; round++) {
      const one = { ...entry, from: text(), to: text(), reason: `r${text()}r`, owner: `o${text()}o` };
      const written = acceptedText([one], null) ?? "";
      const [back] = read(written).accepted;
      expect({ ...back, line: 0 }).toEqual({ ...one, line: 0 });
      expect(parse(written)).toEqual({
        accepted: [
          {
            rule: one.rule,
            module: "orders",
            from: one.from,
            to: one.to,
            kind: "value",
            owner: one.owner,
            reason: one.reason,
            until: one.until,
          },
        ],
      });
    }
  });

  test("ten thousand entries are read fast", () => {
    const entries = Array.from({ length: 10_000 }, (_, index) => ({ ...entry, from: `src/orders/file-${index}.ts` }));
    const text = acceptedText(entries, null) ?? "";
    const spent = processorTime();
    expect(read(text).accepted.length).toBe(10_000);
    expect(spent()).toBeLessThan(5000);
  });
});
