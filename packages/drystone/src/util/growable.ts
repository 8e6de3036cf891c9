/** Typed arrays that grow by doubling: columns of unknown length without boxing a number. */

export type Column = Int32Array | Float64Array | Uint8Array;

/** A column with room for `length` values: itself, or a larger one that starts with what it holds. */
export function grown<Kind extends Column>(column: Kind, length: number): Kind;
export function grown(column: Column, length: number): Column {
  if (length <= column.length) return column;
  const larger = emptyLike(column, Math.max(2 * column.length, Math.ceil(length)));
  larger.set(column);
  return larger;
}

/** A column with room for `length` values: itself, or a larger one that ends with what it holds. */
export function grownInFront<Kind extends Column>(column: Kind, length: number): Kind;
export function grownInFront(column: Column, length: number): Column {
  if (length <= column.length) return column;
  const larger = emptyLike(column, Math.max(2 * column.length, length));
  larger.set(column, larger.length - column.length);
  return larger;
}

function emptyLike(column: Column, length: number): Column {
  if (column instanceof Int32Array) return new Int32Array(length);
  return column instanceof Float64Array ? new Float64Array(length) : new Uint8Array(length);
}
