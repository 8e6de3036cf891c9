import { expect, test } from "vitest";
import { jsonReader } from "./json-records.js";

function read(text: string, chunk = 1 << 20) {
  const found: [string, unknown][] = [];
  const counts = { records: 0, broken: 0, tooLarge: 0, cut: false };
  const reader = jsonReader((path, value) => found.push([path, value]), counts);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunk) reader.push(bytes.subarray(at, at + chunk));
  reader.end();
  return { found, ...counts };
}

const item = { a: 1, text: 'quote " and brace } and é' };
const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

test.each<[string, string, [string, unknown][], number, boolean]>([
  [
    "an object per line",
    '{"a":1}\n{"a":2}\n',
    [
      ["", { a: 1 }],
      ["", { a: 2 }],
    ],
    0,
    false,
  ],
  [
    "no newline at the end",
    '{"a":1}\n{"a":2}',
    [
      ["", { a: 1 }],
      ["", { a: 2 }],
    ],
    0,
    false,
  ],
  [
    "windows lines",
    '{"a":1}\r\n\r\n{"a":2}\r\n',
    [
      ["", { a: 1 }],
      ["", { a: 2 }],
    ],
    0,
    false,
  ],
  [
    "a broken line",
    '{"a":1}\n{"a":\n{"a":3}\n',
    [
      ["", { a: 1 }],
      ["", { a: 3 }],
    ],
    1,
    false,
  ],
  ["the first line broken", '{"a":1,,}\n{"a":2}\n', [["", { a: 2 }]], 1, false],
  ["cut in a line", '{"a":1}\n{"a":2', [["", { a: 1 }]], 0, true],
  [
    "a list over lines",
    pretty([item, item]),
    [
      ["", item],
      ["", item],
    ],
    0,
    false,
  ],
  ["a list in one line", JSON.stringify([item]), [["", item]], 0, false],
  [
    "lists one after the other",
    `${pretty([item])}${pretty([item])}`,
    [
      ["", item],
      ["", item],
    ],
    0,
    false,
  ],
  [
    "lists one after the other in one line",
    '[1,{"a":1}][{"a":2}]',
    [
      ["", { a: 1 }],
      ["", { a: 2 }],
    ],
    0,
    false,
  ],
  [
    "a list in an object",
    pretty({ data: [item], more: 1 }),
    [
      ["data", item],
      ["", { data: [], more: 1 }],
    ],
    0,
    false,
  ],
  [
    "a list two objects deep",
    pretty({ status: "ok", data: { result: [item, item] } }),
    [
      ["data.result", item],
      ["data.result", item],
      ["", { status: "ok", data: { result: [] } }],
    ],
    0,
    false,
  ],
  [
    "lists in records stay whole",
    pretty({ data: [{ spans: [item] }] }),
    [
      ["data", { spans: [item] }],
      ["", { data: [] }],
    ],
    0,
    false,
  ],
  ["a document cut in its second record", pretty({ data: [item, item] }).slice(0, -20), [["data", item]], 0, true],
  ["a document cut in its first line", '{"data":[{"a":1},{"a":2', [["data", { a: 1 }]], 0, true],
  ["nothing", "", [], 0, false],
  ["brackets that do not match", '{\n"a": [1}\n', [], 1, false],
])("%s", (_, text, found, broken, cut) => {
  const { records: _records, tooLarge: _tooLarge, ...rest } = read(text);
  expect(rest).toEqual({ found, broken, cut });
});

test("chunks of any size give the same", () => {
  const texts = [
    pretty({ data: [item, { spans: [item] }], x: { y: [item] } }),
    `${JSON.stringify(item)}\n${JSON.stringify(item)}\nbad\n${JSON.stringify(item)}`,
    "[1,2][3]",
  ];
  for (const text of texts) for (const size of [1, 2, 3, 7, 64]) expect(read(text, size)).toEqual(read(text));
});

test("a document without end, nested without end, does not hang and is told", () => {
  expect(read(`{"a":\n${"[".repeat(200_000)}`)).toMatchObject({ found: [], broken: 1 });
  expect(read(`${'{"a":'.repeat(50_000)}\n`)).toMatchObject({ found: [] });
});
