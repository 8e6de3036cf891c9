/** The columns of a history and how they grow at their end. */
import type { History } from "#model/history.js";
import { countBefore } from "#util/count-before.js";

/** A history without the name of its repository. */
export type Columns = Omit<History, "repository">;

/** How many first entries of each column are the same as in an earlier state of the history. */
export interface Standing {
  readonly commits: number;
  readonly people: number;
  readonly keyNames: number;
  readonly paths: number;
}

export type NumberColumn = Float64Array | Int32Array | Uint8Array;

/** Bytes of memory behind a column that is going to grow, besides a sixteenth of it: pages that nothing is written to cost nothing. */
const room = 2 ** 18;

/** An empty column in memory that holds `length` values and some more. */
export function roomyColumn<Column extends NumberColumn>(of: ColumnType<Column>, length: number): Column {
  const bytes = length * of.BYTES_PER_ELEMENT;
  const capacity = bytes + Math.ceil(bytes / 16) + room;
  return new of(new ArrayBuffer(capacity - (capacity % 8)), 0, length);
}

export type ColumnType<Column extends NumberColumn> = {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, start: number, length: number): Column;
};

/**
 * The first `standing` values of a column and `more` to be filled in behind them. In the same memory where that reaches so far: what `column` holds
 * from `standing` on is gone when it is filled in.
 */
export function withRoom<Column extends NumberColumn>(column: Column, standing: number, more: number): Column {
  const type = column.constructor as unknown as ColumnType<Column>;
  const length = standing + more;
  const { buffer, byteOffset } = column;
  if (byteOffset + length * type.BYTES_PER_ELEMENT <= buffer.byteLength)
    return new type(buffer as ArrayBuffer, byteOffset, length);
  const roomy = roomyColumn(type, length);
  roomy.set(column.subarray(0, standing));
  return roomy;
}

/** `more` behind `column`, in the memory of either where that is possible. */
export function followed<Column extends NumberColumn>(column: Column, more: Column): Column {
  if (column.length === 0) return more;
  const both = withRoom(column, column.length, more.length);
  both.set(more, column.length);
  return both;
}

/** What `column` holds from `from` on and `more` behind it, in memory of its own unless nothing comes before `more`. */
export function restAnd<Column extends NumberColumn>(column: Column, from: number, more: Column): Column {
  if (from === column.length) return more;
  const rest = column.length - from;
  const all = new (column.constructor as unknown as new (length: number) => Column)(rest + more.length);
  all.set(column.subarray(from));
  all.set(more, rest);
  return all;
}

/** Values of `renames` that belong to the first `commits`. */
export function standingRenames({ renames }: Pick<Columns, "renames">, commits: number): number {
  return 3 * countBefore(renames.length / 3, (entry) => (renames[3 * entry] ?? 0) < commits);
}

/** Entries of `reverts` that belong to the first `commits`. */
export function standingReverts({ reverts }: Pick<Columns, "reverts">, commits: number): number {
  return countBefore(reverts.length, (entry) => (reverts[entry]?.[0] ?? 0) < commits);
}

/** What a column of numbers holds, as words of four bytes. */
export function wordsOf({ buffer, byteOffset, byteLength }: NumberColumn): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength >> 2);
}
