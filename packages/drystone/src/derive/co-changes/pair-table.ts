import type { Rows } from "#model/index.js";

export interface PairCounts {
  /** Sets that were counted, and those left out because they hold more than `maxSize` entries. */
  readonly counted: number;
  readonly leftOut: number;
  /** Per entry, the counted sets that hold it. */
  readonly revisions: Int32Array;
  /** Parallel columns, one row per pair that shares a set; `first` < `second`; ordered by first met. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly shared: Int32Array;
}

/** Counts, for every two entries, the sets that hold both. Entries are 0..size-1, each at most once per set. A set of k entries costs
 *  k(k-1)/2 steps, so `maxSize` bounds time and memory. */
export function countPairs(sets: Rows, size: number, maxSize: number): PairCounts {
  const { offsets, values } = sets;
  const revisions = new Int32Array(size);
  const table = new PairTable();
  let leftOut = 0;
  for (let set = 0; set + 1 < offsets.length; set++) {
    const start = offsets[set]!;
    const end = offsets[set + 1]!;
    if (end - start > maxSize) {
      leftOut += 1;
      continue;
    }
    for (let at = start; at < end; at++) {
      const entry = values[at]!;
      revisions[entry]! += 1;
      for (let other = at + 1; other < end; other++) table.add(entry, values[other]!);
    }
  }
  return { counted: Math.max(0, offsets.length - 1) - leftOut, leftOut, revisions, ...table.columns() };
}

/** Counts of unordered pairs: open addressing over one typed array of hash slots that point into columns which only grow. */
class PairTable {
  private slots = new Int32Array(1 << 12).fill(-1);
  private first = new Int32Array(1 << 11);
  private second = new Int32Array(1 << 11);
  private shared = new Int32Array(1 << 11);
  private length = 0;

  add(one: number, other: number): void {
    const low = one < other ? one : other;
    const high = one < other ? other : one;
    const { slots, first, second } = this;
    const mask = slots.length - 1;
    for (let slot = hashOf(low, high) & mask; ; slot = (slot + 1) & mask) {
      const row = slots[slot]!;
      if (row < 0) {
        slots[slot] = this.append(low, high);
        if (this.length * 2 > slots.length) this.rehash();
        return;
      }
      if (first[row] === low && second[row] === high) {
        this.shared[row]! += 1;
        return;
      }
    }
  }

  columns(): Pick<PairCounts, "first" | "second" | "shared"> {
    const { first, second, shared, length } = this;
    return { first: first.subarray(0, length), second: second.subarray(0, length), shared: shared.subarray(0, length) };
  }

  private append(low: number, high: number): number {
    const row = this.length++;
    if (row === this.first.length) {
      this.first = grown(this.first);
      this.second = grown(this.second);
      this.shared = grown(this.shared);
    }
    this.first[row] = low;
    this.second[row] = high;
    this.shared[row] = 1;
    return row;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let row = 0; row < this.length; row++) {
      let slot = hashOf(this.first[row]!, this.second[row]!) & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = row;
    }
    this.slots = slots;
  }
}

function grown(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}

function hashOf(low: number, high: number): number {
  let mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
