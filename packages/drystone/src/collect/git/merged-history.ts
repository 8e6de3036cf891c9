/** Merges what git brought with what is known into the one canonical `History`, whatever part of it came when. */
import type { History, Identity, Rows } from "#model/history.js";
import { type CommitGraph, canonicalOrder } from "./commit-order.js";
import { rowsOf } from "./id-index.js";
import type { Increment } from "./increment.js";

/** A history without the name of its repository. */
export type Columns = Omit<History, "repository">;

/**
 * The history behind `head`, whose commits, paths, people and keys are numbered independently of how it was cut into increments: commits in canonical order,
 * the rest by first appearance in it. Commits that `head` does not reach are left out: a branch that was rewritten, or another one.
 * @param older a canonical history that may lack commits, or none.
 * @param head commit id in hexadecimal.
 * @throws Error when `head` or the parent of a commit is in neither: the history is incomplete.
 */
export function mergedHistory(older: Columns | null, news: Increment, head: string): Columns {
  const parts = older === null ? [news] : [older, news];
  const { graph, headRow } = graphOf(older, news, Buffer.from(head, "hex"));
  const order = canonicalOrder(graph, headRow);
  const position = new Int32Array(graph.committerTimes.length).fill(-1);
  for (let at = 0; at < order.length; at++) position[order[at] ?? 0] = at;
  return { ...numbered(parts, runsOf(order, graph.settled), position), ...parentsInOrder(graph, order, position) };
}

/**
 * Rows of the news behind the older ones. With clocks that run backwards `git log OLD..NEW` also prints commits behind OLD; parents are the first row of
 * their commit, so that nothing leads to its repetitions.
 */
function graphOf(older: Columns | null, news: Increment, head: Uint8Array): { graph: CommitGraph; headRow: number } {
  const { idBytes } = news;
  const settled = older?.committerTimes.length ?? 0;
  const fresh = news.committerTimes.length;
  const wanted = joined([news.ids, news.outsideIds, head]);
  const known = older === null ? new Int32Array(wanted.length / idBytes).fill(-1) : rowsOf(wanted, older.ids, idBytes);
  const rowOf = (newRow: number): number => {
    const row = known[newRow] ?? -1;
    return row >= 0 ? row : settled + newRow;
  };
  const newParents = news.parents.map((parent) => (parent >= 0 ? rowOf(parent) : (known[fresh - 1 - parent] ?? -1)));
  if (newParents.includes(-1)) throw new Error("the history is incomplete: the parent of a commit is missing");
  // `git log` starts with the commit that it is asked for; where it prints none, that one is known.
  const newest = Buffer.from(news.ids.subarray(0, idBytes));
  const headRow = newest.equals(head) ? rowOf(0) : (known.at(-1) ?? -1);
  if (headRow < 0) throw new Error("the history is incomplete: its newest commit is missing");
  const own = { idBytes, ids: news.ids, committerTimes: news.committerTimes, parentOffsets: news.parentOffsets };
  if (older === null) return { graph: { ...own, parents: newParents, settled }, headRow };
  const before = older.parents.length;
  const graph = {
    idBytes,
    ids: joined([older.ids, news.ids]),
    committerTimes: joined([older.committerTimes, news.committerTimes]),
    parentOffsets: joined([older.parentOffsets.subarray(0, settled), news.parentOffsets.map((offset) => before + offset)]),
    parents: joined([older.parents, newParents]),
    settled,
  };
  return { graph, headRow };
}

/** Rows that stand one after the other in a part and in the order: `length` of them from `row` of the part on, at place `at` of the order. */
interface Run {
  readonly part: number;
  readonly row: number;
  readonly at: number;
  readonly length: number;
}

/** @param settled rows of the first part; there is a second one when it is not 0. */
function runsOf(order: Int32Array, settled: number): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (let end = 1; end <= order.length; end++) {
    const row = order[end] ?? -1;
    if (row === (order[end - 1] ?? 0) + 1 && row !== settled) continue;
    const first = order[at] ?? 0;
    const part = settled > 0 && first >= settled ? 1 : 0;
    runs.push({ part, row: part === 1 ? first - settled : first, at, length: end - at });
    at = end;
  }
  return runs;
}

type Part = Omit<Columns, "parents">;

/** All columns but the parents in the order of `runs`, with paths, people and keys numbered anew. */
function numbered(
  parts: readonly Part[],
  runs: readonly Run[],
  position: Int32Array,
): Omit<Columns, "parents" | "parentOffsets"> {
  const [{ idBytes }] = parts as readonly [Part];
  const people = dictionary(
    parts.map((part) => part.people),
    (person: Identity) => `${person.name}\0${person.email}`,
  );
  const keyNames = dictionary(
    parts.map((part) => part.keyNames),
    (key) => key,
  );
  const paths = dictionary(
    parts.map((part) => part.paths),
    (path) => path,
  );
  const column = <Column extends NumberColumn>(pick: (part: Part) => Column): Column =>
    inOrder(runs, parts.map(pick), (_, row) => row);
  const rows = <Column extends NumberColumn>(offsetsOf: (part: Part) => Int32Array, columns: readonly Column[]) => {
    const offsets = parts.map(offsetsOf);
    return {
      offsets: offsetsInOrder(runs, offsets),
      values: inOrder(runs, columns, (part, row) => offsets[part]?.[row] ?? 0),
    };
  };
  const numberedRows = (pick: (part: Part) => Rows, { unified, renumbered }: Dictionary<unknown>): Rows => {
    const { offsets, values } = rows((part) => pick(part).offsets, unified(parts.map((part) => pick(part).values)));
    return { offsets, values: renumbered(values) };
  };
  const authors = people.renumbered(inOrder(runs, people.unified(parts.map((part) => part.authors)), (_, row) => row));
  const files = numberedRows((part) => ({ offsets: part.fileOffsets, values: part.files }), paths);
  const subjects = rows(
    (part) => part.subjectOffsets,
    parts.map((part) => part.subjectBytes),
  );
  return {
    idBytes,
    ids: inOrder(
      runs,
      parts.map((part) => part.ids),
      (_, row) => row * idBytes,
    ),
    committerTimes: column((part) => part.committerTimes),
    authorTimes: column((part) => part.authorTimes),
    authors,
    subjectOffsets: subjects.offsets,
    subjectBytes: subjects.values,
    coAuthors: numberedRows((part) => part.coAuthors, people),
    people: people.used,
    keys: numberedRows((part) => part.keys, keyNames),
    keyNames: keyNames.used,
    fileOffsets: files.offsets,
    files: files.values,
    paths: paths.used,
    statuses: rows(
      (part) => part.fileOffsets,
      parts.map((part) => part.statuses),
    ).values,
    reverts: revertsInOrder(parts, position),
    renames: renamesInOrder(parts, position, paths),
  };
}

type NumberColumn = Float64Array | Int32Array | Uint8Array;

/** Values of all rows in the order of `runs`; those of a row of a part start at `startOf`, and end where those of the next one start. */
function inOrder<Column extends NumberColumn>(
  runs: readonly Run[],
  columns: readonly Column[],
  startOf: (part: number, row: number) => number,
): Column {
  const values = blank(columns);
  let end = 0;
  for (const { part, row, length } of runs) {
    const slice = columns[part]?.subarray(startOf(part, row), startOf(part, row + length)) ?? [];
    values.set(slice, end);
    end += slice.length;
  }
  return values.subarray(0, end) as Column;
}

function offsetsInOrder(runs: readonly Run[], columns: readonly Int32Array[]): Int32Array {
  const last = runs.at(-1);
  const offsets = new Int32Array(last ? last.at + last.length + 1 : 1);
  let end = 0;
  for (const { part, row, at, length } of runs) {
    const from = columns[part] ?? offsets;
    const shift = end - (from[row] ?? 0);
    for (let i = 1; i <= length; i++) offsets[at + i] = shift + (from[row + i] ?? 0);
    end = shift + (from[row + length] ?? 0);
  }
  return offsets;
}

function revertsInOrder(parts: readonly Part[], position: Int32Array): [number, string][] {
  const reverts: [number, string][] = [];
  let start = 0;
  for (const part of parts) {
    for (const [row, reverted] of part.reverts) {
      const commit = position[start + row] ?? -1;
      if (commit >= 0) reverts.push([commit, reverted]);
    }
    start += part.committerTimes.length;
  }
  return reverts.sort((a, b) => a[0] - b[0]);
}

function renamesInOrder(parts: readonly Part[], position: Int32Array, paths: Dictionary<string>): Int32Array {
  const renames: [number, number, number][] = [];
  let start = 0;
  for (const [index, part] of parts.entries()) {
    const { renames: triples } = part;
    for (let i = 0; i < triples.length; i += 3) {
      const commit = position[start + (triples[i] ?? 0)] ?? -1;
      if (commit < 0) continue;
      renames.push([commit, paths.numberOf(index, triples[i + 1] ?? 0), paths.numberOf(index, triples[i + 2] ?? 0)]);
    }
    start += part.committerTimes.length;
  }
  renames.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return Int32Array.from(renames.flat());
}

interface Dictionary<Value> {
  /** Columns of the parts with one number for equal values of different parts. */
  readonly unified: (columns: readonly Int32Array[]) => readonly Int32Array[];
  /** A column of these with numbers by first use. */
  readonly renumbered: (column: Int32Array) => Int32Array;
  /** The number of a value of a part. */
  readonly numberOf: (part: number, value: number) => number;
  /** Values that were asked for, by number. */
  readonly used: readonly Value[];
}

/** Numbers the values of one or two dictionaries by first use; within one no value stands twice. */
function dictionary<Value>(
  [first = [], second = []]: readonly (readonly Value[])[],
  textOf: (value: Value) => string,
): Dictionary<Value> {
  const own = second.map((_, index) => first.length + index);
  const known = new Map(second.map((value, index) => [textOf(value), index]));
  if (known.size > 0) {
    for (const [index, value] of first.entries()) {
      const twin = known.get(textOf(value));
      if (twin !== undefined) own[twin] = index;
    }
  }
  const numbers = new Int32Array(first.length + second.length).fill(-1);
  const used: Value[] = [];
  const number = (value: number): number => {
    const known = numbers[value] ?? 0;
    if (known >= 0) return known;
    const text = value < first.length ? first[value] : second[value - first.length];
    if (text === undefined) return 0;
    numbers[value] = used.length;
    return used.push(text) - 1;
  };
  const unify = (part: number, value: number): number => (part === 0 ? value : (own[value] ?? 0));
  return {
    unified: (columns) => columns.map((column, part) => (part === 0 ? column : column.map((value) => own[value] ?? 0))),
    renumbered(column) {
      const renumbered = new Int32Array(column.length);
      for (let i = 0; i < column.length; i++) renumbered[i] = number(column[i] ?? 0);
      return renumbered;
    },
    numberOf: (part, value) => number(unify(part, value)),
    used,
  };
}

function parentsInOrder(graph: CommitGraph, order: Int32Array, position: Int32Array): Pick<Columns, "parentOffsets" | "parents"> {
  const parentOffsets = new Int32Array(order.length + 1);
  const parents = new Int32Array(graph.parents.length);
  let end = 0;
  for (let at = 0; at < order.length; at++) {
    const row = order[at] ?? 0;
    for (let i = graph.parentOffsets[row] ?? 0, last = graph.parentOffsets[row + 1] ?? 0; i < last; i++)
      parents[end++] = position[graph.parents[i] ?? 0] ?? 0;
    parentOffsets[at + 1] = end;
  }
  return { parentOffsets, parents: parents.subarray(0, end) };
}

/** Columns one behind the other, in memory of their own. */
function joined<Column extends NumberColumn>(columns: readonly Column[]): Column {
  const all = blank(columns);
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return all;
}

/** A column as long as all of these. */
function blank<Column extends NumberColumn>(columns: readonly Column[]): Column {
  const length = columns.reduce((sum, column) => sum + column.length, 0);
  return new ((columns[0] as Column).constructor as new (length: number) => Column)(length);
}
