/** Rows of commit ids; ids are random, so their first four bytes are the hash. */

export interface IdIndex {
  /** First row of the id that starts at `at`, or -1. */
  rowOf(ids: Uint8Array, at: number): number;
}

export function idIndex(ids: Uint8Array, idBytes: number): IdIndex {
  const rows = ids.length / idBytes;
  let slots = 16;
  while (slots < rows * 2) slots *= 2;
  const mask = slots - 1;
  const table = new Int32Array(slots).fill(-1);
  function slotOf(bytes: Uint8Array, at: number): number {
    let slot = hashOf(bytes, at) & mask;
    for (let row = table[slot] ?? -1; row >= 0; row = table[slot] ?? -1) {
      if (sameBytes(ids, row * idBytes, bytes, at, idBytes)) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }
  for (let row = 0; row < rows; row++) {
    const slot = slotOf(ids, row * idBytes);
    if ((table[slot] ?? -1) < 0) table[slot] = row;
  }
  return { rowOf: (bytes, at) => table[slotOf(bytes, at)] ?? -1 };
}

function hashOf(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

function sameBytes(a: Uint8Array, atA: number, b: Uint8Array, atB: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}
