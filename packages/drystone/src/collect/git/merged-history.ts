/** Merges what git brought with what is known into the one canonical `History`, whatever part of it came when. */
import type { History, Identity, Rows } from "#model/history.js";
import { type CommitGraph, canonicalOrder } from "./commit-order.js";
import { type Dictionary, dictionary } from "./dictionary.js";
import { rowsOf } from "./id-index.js";
import type { Increment } from "./increment.js";
import { type Places, placesOf, type Run } from "./places.js";

/** A history without the name of its repository. Here its rows come newest first: `oldestFirst` turns them round. */
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
  const places = placesOf(canonicalOrder(graph, headRow), graph);
  return { ...numbered(parts, places), ...parentsInOrder(graph, places) };
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

type Part = Omit<Columns, "parents">;

/** All columns but the parents in the order of `places`, with paths, people and keys numbered anew. */
function numbered(parts: readonly Part[], places: Places): Omit<Columns, "parents" | "parentOffsets"> {
  const [{ idBytes }] = parts as readonly [Part];
  const { runs } = places;
  const looked = places.rows.length;
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
  const values = <Column extends NumberColumn>(offsetsOf: (part: Part) => Int32Array, columns: readonly Column[]): Column => {
    const offsets = parts.map(offsetsOf);
    return inOrder(runs, columns, (part, row) => offsets[part]?.[row] ?? 0);
  };
  const numberedRows = (pick: (part: Part) => Rows, { unified, renumber, below }: Dictionary<unknown>): Rows => {
    const offsets = offsetsInOrder(
      runs,
      parts.map((part) => pick(part).offsets),
    );
    const rows = values((part) => pick(part).offsets, unified(parts.map((part) => pick(part).values)));
    return { offsets, values: renumber(rows, offsets[looked] ?? 0, below) };
  };
  const authors = inOrder(runs, people.unified(parts.map((part) => part.authors)), (_, row) => row);
  // Who only helped is numbered behind all authors.
  people.renumber(authors, looked, looked < authors.length ? highest(parts[0]?.authors) + 1 : 0);
  const files = numberedRows((part) => ({ offsets: part.fileOffsets, values: part.files }), paths);
  const coAuthors = numberedRows((part) => part.coAuthors, people);
  const keys = numberedRows((part) => part.keys, keyNames);
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
    subjectOffsets: offsetsInOrder(
      runs,
      parts.map((part) => part.subjectOffsets),
    ),
    subjectBytes: values(
      (part) => part.subjectOffsets,
      parts.map((part) => part.subjectBytes),
    ),
    coAuthors,
    people: people.used,
    keys,
    keyNames: keyNames.used,
    fileOffsets: files.offsets,
    files: files.values,
    paths: paths.used,
    statuses: values(
      (part) => part.fileOffsets,
      parts.map((part) => part.statuses),
    ),
    reverts: revertsInOrder(parts, places),
    renames: renamesInOrder(parts, places, paths),
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
    shifted(from, row + 1, length, shift, offsets, at + 1);
    end = shift + (from[row + length] ?? 0);
  }
  return offsets;
}

/** Puts `length` values from `from` on, `shift` added to each, at place `at` of `into`. One loop for all columns: it is compiled once. */
function shifted(values: Int32Array, from: number, length: number, shift: number, into: Int32Array, at: number): void {
  for (let i = 0; i < length; i++) into[at + i] = (values[from + i] ?? 0) + shift;
}

function revertsInOrder(parts: readonly Part[], places: Places): [number, string][] {
  const reverts: [number, string][] = [];
  let start = 0;
  for (const part of parts) {
    for (const [row, reverted] of part.reverts) {
      const commit = places.of(start + row);
      if (commit >= 0) reverts.push([commit, reverted]);
    }
    start += part.committerTimes.length;
  }
  return reverts.sort((a, b) => a[0] - b[0]);
}

function renamesInOrder(parts: readonly Part[], places: Places, paths: Dictionary<string>): Int32Array {
  const renames: [number, number, number][] = [];
  let start = 0;
  for (const [index, part] of parts.entries()) {
    const { renames: triples } = part;
    for (let i = 0; i < triples.length; i += 3) {
      const commit = places.of(start + (triples[i] ?? 0));
      if (commit < 0) continue;
      renames.push([commit, paths.numberOf(index, triples[i + 1] ?? 0), paths.numberOf(index, triples[i + 2] ?? 0)]);
    }
    start += part.committerTimes.length;
  }
  renames.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return Int32Array.from(renames.flat());
}

function parentsInOrder(
  { parentOffsets, parents, settled }: CommitGraph,
  { rows, runs, of }: Places,
): Pick<Columns, "parentOffsets" | "parents"> {
  const last = runs.at(-1) ?? { row: 0, at: 0, length: 0 };
  const offsets = new Int32Array(last.at + last.length + 1);
  const placed = new Int32Array(parents.length);
  let end = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    for (let i = parentOffsets[row] ?? 0, until = parentOffsets[row + 1] ?? 0; i < until; i++)
      placed[end++] = of(parents[i] ?? 0);
    offsets[at + 1] = end;
  }
  if (last.at < rows.length) return { parentOffsets: offsets, parents: placed.subarray(0, end) };
  // Behind what follows as it is stand only its own parents.
  const from = parentOffsets[last.row] ?? 0;
  const length = (parentOffsets[settled] ?? 0) - from;
  shifted(parentOffsets, last.row + 1, last.length, end - from, offsets, rows.length + 1);
  shifted(parents, from, length, last.at - last.row, placed, end);
  return { parentOffsets: offsets, parents: placed.subarray(0, end + length) };
}

function highest(column: Int32Array = new Int32Array()): number {
  let most = -1;
  for (let i = 0; i < column.length; i++) if ((column[i] ?? 0) > most) most = column[i] ?? 0;
  return most;
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
