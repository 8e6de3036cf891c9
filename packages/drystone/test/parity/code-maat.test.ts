import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fileAuthors, fileCoupling, fileSumOfCoupling } from "#derive/co-changes/index.js";
import type { Rows } from "#model/index.js";

/** What make-goldens.mjs writes: `sets` are [author, ...files]; the rest is the output of code-maat 1.0.1, row by row. */
interface Golden {
  readonly head: string;
  readonly files: number;
  readonly people: number;
  readonly sets: readonly (readonly [number, ...number[]])[];
  readonly coupling: readonly (readonly [number, number, number, number])[];
  readonly soc: readonly (readonly [number, number])[];
  readonly fragmentation: readonly (readonly [number, number, number])[];
  readonly authors: readonly (readonly [number, number, number])[];
}

describe.each([
  ["express", 123],
  ["typeorm", 423],
  ["git", 555],
])("the history of %s, every row of code-maat", (name, coupled) => {
  const golden = JSON.parse(gunzipSync(readFileSync(new URL(`${name}.json.gz`, import.meta.url))).toString()) as Golden;
  const sets = rowsOf(golden.sets.map(([, ...files]) => files));
  const authors = golden.sets.map(([author]) => author);

  test("coupling", () => {
    const rows = fileCoupling(sets, golden.files).map(({ first, second, degree, averageRevisions }) => [
      first,
      second,
      degree,
      averageRevisions,
    ]);
    const expected = golden.coupling.map(([one, other, ...rest]) => [Math.min(one, other), Math.max(one, other), ...rest]);
    expect(expected).toHaveLength(coupled);
    expect(sorted(rows)).toEqual(sorted(expected));
    expect(rows.map((row) => row.slice(2))).toEqual(golden.coupling.map((row) => row.slice(2)));
  });

  test("soc", () => {
    const rows = fileSumOfCoupling(sets, golden.files).map(({ file, sumOfCoupling }) => [file, sumOfCoupling]);
    expect(sorted(rows)).toEqual(sorted(golden.soc));
    expect(rows.map((row) => row[1])).toEqual(golden.soc.map((row) => row[1]));
  });

  test("fragmentation", () => {
    const rows = fileAuthors(sets, golden.files, authors).map(({ file, fragmentation, revisions }) => [
      file,
      fragmentation,
      revisions,
    ]);
    expect(sorted(rows)).toEqual(sorted(golden.fragmentation));
  });

  test("authors", () => {
    const rows = fileAuthors(sets, golden.files, authors).map((row) => [row.file, row.authors, row.revisions]);
    expect(sorted(rows)).toEqual(sorted(golden.authors));
    expect(rows.map((row) => row.slice(1))).toEqual(golden.authors.map((row) => row.slice(1)));
  });
});

/** Rows that code-maat holds equal come in any order from it. */
function sorted(rows: readonly (readonly number[])[]): (readonly number[])[] {
  return [...rows].sort((one, other) => {
    const differs = one.findIndex((cell, index) => cell !== other[index]);
    return differs < 0 ? 0 : one[differs]! - other[differs]!;
  });
}

function rowsOf(sets: readonly (readonly number[])[]): Rows {
  const offsets = new Int32Array(sets.length + 1);
  for (const [index, set] of sets.entries()) offsets[index + 1] = offsets[index]! + set.length;
  return { offsets, values: Int32Array.from(sets.flat()) };
}
