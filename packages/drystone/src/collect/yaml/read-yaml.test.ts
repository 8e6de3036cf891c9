import { describe, expect, test } from "vitest";
import { processorTime } from "../../../test/fakes/index.js";
import { readYaml } from "./index.js";

describe("readYaml", () => {
  test("documents with lines of the file, comments and empty documents left out", () => {
    const { documents, problems } = readYaml(
      "shop.yaml",
      "# shop\n---\nname: cart\nports:\n  - 80\n  - 81\n---\n# nothing\n---\nname: orders\n",
    );
    expect(problems).toEqual([]);
    expect(documents.map((document) => document.value)).toEqual([{ name: "cart", ports: [80, 81] }, { name: "orders" }]);
    expect(documents.map((document) => document.lineOf(["name"]))).toEqual([3, 10]);
    expect(documents[0]?.positionOf(["ports", 1])).toEqual({ line: 6, column: 5 });
    expect(documents[0]?.lineOf(["ports", 7, "x"])).toBe(4);
  });

  test("merge keys: own wins over merged, first merged over the second", () => {
    const { documents } = readYaml("c.yml", "a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc:\n  <<: [*a, *b]\n  y: 3\n");
    expect(documents[0]?.value).toMatchObject({ c: { x: 1, y: 3, z: 2 } });
  });

  test("a prototype is never reached", () => {
    const { documents } = readYaml("c.yml", "__proto__: {polluted: yes}\nconstructor: {prototype: {polluted: yes}}\n");
    expect(Object.getPrototypeOf(documents[0]?.value)).toBeNull();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  const laughs = Array.from(
    { length: 12 },
    (_, i) => `l${i + 1}: &l${i + 1} [${Array.from({ length: 10 }, () => `*l${i}`).join(",")}]`,
  );
  test.each([
    ["tab", "a: 1\n\tb: 2\n", 2],
    ["open bracket", "ok: 1\nlist: [1, 2\n", 3],
    ["cycle", "a: &a\n  b: *a\n", 2],
    ["unknown anchor", "a: 1\nb: *missing\n", 2],
    ["billion laughs", `l0: &l0 x\n${laughs.join("\n")}\n`, null],
    ["deep flow", `a: 1\nb: ${"[".repeat(5000)}`, 2],
    ["deep flow within parser bounds", `b: ${"[".repeat(900)}${"]".repeat(900)}`, 1],
    ["deep sequences", `${"- ".repeat(5000)}x`, 1],
    ["deep blocks", Array.from({ length: 300 }, (_, i) => `${" ".repeat(i)}k:`).join("\n"), null],
    ["too large", "a".repeat(1024 * 1024 + 1), null],
  ])("%s is a problem and the next document is read", (_, text, line) => {
    const read = readYaml("bad.yaml", `${text}\n---\nnext: 1\n`);
    expect(read.problems).toHaveLength(1);
    expect(read.problems[0]?.message).toContain("bad.yaml");
    if (line !== null) expect(read.problems[0]?.line).toBe(line);
    if (text.length < 1024 * 1024) expect(read.documents.map((document) => document.value)).toEqual([{ next: 1 }]);
  });

  test("only wanted documents are parsed", () => {
    const read = readYaml("k8s.yaml", "kind: Deployment\nname: cart\n---\nkind: ConfigMap\nbroken: [\n", {
      wanted: (text) => text.includes("Deployment"),
    });
    expect(read.problems).toEqual([]);
    expect(read.documents).toHaveLength(1);
  });
});

test.each(['"a" ', "{{ a }} ", "{} ", "*a ", "} "])(
  "an error at every word of a long line costs no more than the line: %j",
  (piece) => {
    const spent = processorTime();
    const { documents, problems } = readYaml("a.yaml", piece.repeat(200_000 / piece.length));
    expect([documents.length, problems.length]).toEqual([0, 1]);
    expect(spent()).toBeLessThan(15_000);
  },
);

test.each([
  "a: *hunter2",
  "a: 'x' hunter2",
  "a: b: hunter2",
  'a: "\\hunter2"',
  "a: ]hunter2",
  "a: |hunter2\n  b",
  "%hunter2\n---\na: @hunter2",
  "a:\n\thunter2: b",
])("what is wrong is said without the text that may be a password: %j", (text) => {
  const { problems } = readYaml("a.yaml", text);
  expect(problems).toHaveLength(1);
  expect(JSON.stringify(problems)).not.toContain("hunter2");
});
