/** Where the rows of a graph stand in the canonical order. */
import type { CommitGraph, CommitOrder } from "./commit-order.js";

export interface Places {
  /** The rows that are looked at one by one: the first ones of the order. */
  readonly rows: Int32Array;
  /** All rows, as they stand one after the other in a part and in the order. */
  readonly runs: readonly Run[];
  /** Place of a row of the graph; -1 for what is left out. */
  readonly of: (row: number) => number;
}

/** `length` rows from `row` of the part on, at place `at` of the order. */
export interface Run {
  readonly part: number;
  readonly row: number;
  readonly at: number;
  readonly length: number;
}

export function placesOf({ rows, rest }: CommitOrder, { settled, committerTimes }: CommitGraph): Places {
  const places = new Int32Array(committerTimes.length).fill(-1);
  for (let at = 0; at < rows.length; at++) places[rows[at] ?? 0] = at;
  const below = { part: 0, row: rest, at: rows.length, length: settled - rest };
  const shift = below.at - below.row;
  return {
    rows,
    runs: below.length > 0 ? [...runsOf(rows, settled), below] : runsOf(rows, settled),
    of: (row) => (row >= rest && row < settled ? row + shift : (places[row] ?? -1)),
  };
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
