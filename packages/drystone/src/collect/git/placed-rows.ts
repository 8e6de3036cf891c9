/** Puts loose rows behind those that stand, all columns of a row at once. */
import { type NumberColumn, withRoom, wordsOf } from "./columns.js";
import type { CommitOrder } from "./commit-order.js";

/** A column with as many values in every row. */
export interface Cells {
  readonly into: Int32Array;
  readonly from: Int32Array;
  /** Words of four bytes per row: what they stand for does not matter here. */
  readonly words: number;
}

/** Columns with some values in every row, and the offsets that say which. */
export interface Groups {
  readonly into: Int32Array;
  readonly from: Int32Array;
  readonly values: readonly Values[];
  /** Where the values that are placed end. */
  end: number;
}

interface Values {
  readonly into: Int32Array | Uint8Array;
  readonly from: Int32Array | Uint8Array;
}

/** @param known a column of which `standing` values stand. @param bytes per row, a multiple of four. */
export function cellsOf<Column extends NumberColumn>(known: Column, loose: Column, bytes: number, { kept, rows }: CommitOrder) {
  const width = bytes / known.BYTES_PER_ELEMENT;
  const column = withRoom(known, kept * width, rows.length * width);
  const cells: Cells = { into: wordsOf(column), from: wordsOf(loose), words: bytes / 4 };
  return { column, cells };
}

/** @param known offsets of which those of `kept` rows stand. @param values columns with these offsets: what is known of each, and what is loose. */
export function groupsOf(
  known: Int32Array,
  loose: Int32Array,
  { kept, rows }: CommitOrder,
  ...values: readonly (readonly [Int32Array, Int32Array] | readonly [Uint8Array, Uint8Array])[]
): Groups {
  const into = withRoom(known, kept + 1, rows.length);
  const end = into[kept] ?? 0;
  return {
    into,
    from: loose,
    // Room for all: loose rows that nothing leads to are left out.
    values: values.map(([before, from]) => ({ into: withRoom(before, end, from.length), from })),
    end,
  };
}

/** Copies the loose rows in their order. */
export function placeRows({ kept, rows }: CommitOrder, cells: readonly Cells[], groups: readonly Groups[]): void {
  let at = 0;
  for (let next = 1; next <= rows.length; next++) {
    // Settled rows mostly follow each other.
    if (next < rows.length && rows[next] === (rows[next - 1] ?? 0) + 1) continue;
    const row = (rows[at] ?? 0) - kept;
    for (let i = 0; i < cells.length; i++) placeCells(cells[i] as Cells, row, next - at, kept + at);
    for (let i = 0; i < groups.length; i++) placeGroups(groups[i] as Groups, row, next - at, kept + at);
    at = next;
  }
}

function placeCells({ into, from, words }: Cells, row: number, length: number, place: number): void {
  copy(from, row * words, (row + length) * words, into, place * words);
}

function placeGroups(groups: Groups, row: number, length: number, place: number): void {
  const { into, from, values, end } = groups;
  const start = from[row] ?? 0;
  const shift = end - start;
  for (let i = 1; i <= length; i++) into[place + i] = (from[row + i] ?? 0) + shift;
  const stop = from[row + length] ?? 0;
  groups.end = stop + shift;
  for (let i = 0; i < values.length; i++) {
    const list = values[i] as Values;
    copy(list.from, start, stop, list.into, end);
  }
}

/** Below so many values a loop is faster than the call that copies them. */
const fewValues = 64;

function copy(from: Int32Array | Uint8Array, start: number, stop: number, into: Int32Array | Uint8Array, end: number): void {
  if (stop - start > fewValues) into.set(from.subarray(start, stop), end);
  else for (let i = start, at = end; i < stop; i++) into[at++] = from[i] ?? 0;
}
