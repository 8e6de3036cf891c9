/** Rows of commit ids; ids are random, so their first four bytes are the hash. */
import { wordsOf } from "./columns.js";

/** First row in `ids` of each of the ids in `wanted`, or -1. @param idBytes a multiple of four, and so is where both begin. */
export function rowsOfIds(ids: Uint8Array, wanted: Uint8Array, idBytes: number): Int32Array {
  const width = idBytes / 4;
  const [own, asked] = [wordsOf(ids), wordsOf(wanted)];
  const rows = own.length / width;
  const slots = 2 ** Math.ceil(Math.log2(2 * rows + 16));
  const table = new Int32Array(slots).fill(-1);
  const mask = table.length - 1;
  for (let row = 0; row < rows; row++) {
    let slot = (own[row * width] ?? 0) & mask;
    while ((table[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
    table[slot] = row;
  }
  const found = new Int32Array(asked.length / width);
  for (let i = 0; i < found.length; i++) found[i] = rowIn(table, own, asked, i * width, width);
  return found;
}

/** First row of the id that starts at `at` of `words`, or -1: rows with one hash stand in their order. */
function rowIn(table: Int32Array, own: Int32Array, words: Int32Array, at: number, width: number): number {
  const mask = table.length - 1;
  let slot = (words[at] ?? 0) & mask;
  for (let row = table[slot] ?? -1; row >= 0; row = table[slot] ?? -1) {
    let same = 0;
    while (same < width && own[row * width + same] === words[at + same]) same++;
    if (same === width) return row;
    slot = (slot + 1) & mask;
  }
  return -1;
}
