/** Turns a history round: its rows come newest first, and the last one shall be HEAD. */
import { renumberPeople } from "./mailmap.js";
import type { Columns } from "./merged-history.js";

/** The same history with its oldest commit in row 0; paths, people and keys are numbered by first use from there on. */
export function oldestFirst(columns: Columns): Columns {
  const { idBytes, committerTimes } = columns;
  const last = committerTimes.length - 1;
  const parents = turned({ offsets: columns.parentOffsets, values: columns.parents });
  const subjects = turned({ offsets: columns.subjectOffsets, values: columns.subjectBytes });
  const files = turned({ offsets: columns.fileOffsets, values: columns.files });
  const keys = turned(columns.keys);
  const coAuthors = turned(columns.coAuthors);
  const authors = columns.authors.toReversed();
  const paths = numbering(columns.paths);
  const people = numbering(columns.people);
  const keyNames = numbering(columns.keyNames);
  renumberPeople(authors, coAuthors, people.of);
  renumber(files.values, paths.of);
  renumber(keys.values, keyNames.of);
  return {
    ...columns,
    ids: turned({ offsets: columns.parentOffsets.map((_, row) => row * idBytes), values: columns.ids }).values,
    parentOffsets: parents.offsets,
    parents: parents.values.map((parent) => (parent < 0 ? parent : last - parent)),
    committerTimes: committerTimes.toReversed(),
    authorTimes: columns.authorTimes.toReversed(),
    authors,
    subjectOffsets: subjects.offsets,
    subjectBytes: subjects.values,
    people: people.used,
    coAuthors,
    keys,
    keyNames: keyNames.used,
    reverts: columns.reverts.map(([commit, target]) => [last - commit, target] as const).sort(([a], [b]) => a - b),
    paths: paths.used,
    fileOffsets: files.offsets,
    files: files.values,
    statuses: turned({ offsets: columns.fileOffsets, values: columns.statuses }).values,
    renames: turnedRenames(columns.renames, last, paths.of),
  };
}

/** Rows in the opposite order, each as it was. */
function turned<Values extends Int32Array | Uint8Array>(rows: {
  readonly offsets: Int32Array;
  readonly values: Values;
}): { offsets: Int32Array; values: Values } {
  const offsets = new Int32Array(rows.offsets.length);
  const values = rows.values.slice() as Values;
  const count = offsets.length - 1;
  for (let row = 0, end = 0; row < count; row++) {
    const from = rows.offsets[count - 1 - row] ?? 0;
    const to = rows.offsets[count - row] ?? 0;
    for (let at = from; at < to; at++) values[end++] = rows.values[at] ?? 0;
    offsets[row + 1] = end;
  }
  return { offsets, values };
}

/** Numbers by first use, and what was used. */
function numbering<Value>(values: readonly Value[]): { of: (old: number) => number; used: readonly Value[] } {
  const numbers = new Int32Array(values.length).fill(-1);
  const used: Value[] = [];
  const of = (old: number): number => {
    const known = numbers[old] ?? 0;
    if (known >= 0) return known;
    numbers[old] = used.length;
    return used.push(values[old] as Value) - 1;
  };
  return { of, used };
}

function renumber(column: Int32Array, of: (old: number) => number): void {
  for (let at = 0; at < column.length; at++) column[at] = of(column[at] ?? 0);
}

function turnedRenames(renames: Int32Array, last: number, of: (old: number) => number): Int32Array {
  const triples: [number, number, number][] = [];
  for (let at = 0; at < renames.length; at += 3)
    triples.push([last - (renames[at] ?? 0), of(renames[at + 1] ?? 0), of(renames[at + 2] ?? 0)]);
  triples.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return Int32Array.from(triples.flat());
}
