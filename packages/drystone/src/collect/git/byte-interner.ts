/** Numbers texts in a buffer by first appearance; one that is known costs no string, no copy and no object. */
import { randomBytes } from "node:crypto";
import { grown } from "#util/growable.js";

export class ByteInterner {
  /** Texts so far: a number that is not smaller is new. */
  size = 0;
  /** Where the last text ended. */
  end = 0;
  /** The texts, each up to its NUL, and zeros up to a whole word: none starts with all of another one. What is looked for is put behind them. */
  #words = new Int32Array(0);
  #used = 0;
  #starts = new Int32Array(0);
  #hashes = new Int32Array(0);
  /** Numbers, -1 where free; at least half of them are. */
  #slots = new Int32Array(0);

  /** Makes room for so many more texts and so many bytes of them: `idOf` asks for none. */
  reserve(texts: number, bytes: number): void {
    const all = this.size + texts;
    this.#words = grown(this.#words, this.#used + texts + bytes / 4 + 1);
    this.#starts = grown(this.#starts, all);
    this.#hashes = grown(this.#hashes, all);
    if (all * 2 > this.#slots.length) this.#rehash(2 ** Math.ceil(Math.log2(all * 2)));
  }

  #rehash(length: number): void {
    const slots = new Int32Array(length).fill(-1);
    for (let id = 0; id < this.size; id++) {
      let slot = (this.#hashes[id] ?? 0) & (length - 1);
      while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & (length - 1);
      slots[slot] = id;
    }
    this.#slots = slots;
  }

  /** Number of the text from `from` up to a NUL that stands before `length`, or -1. Four bytes behind `length` can be read. */
  idOf(data: DataView, from: number, length: number): number {
    const words = this.#words;
    const start = this.#used;
    let next = start;
    let hash = seed;
    let at = from;
    for (;;) {
      const word = data.getInt32(at, true);
      // The lowest bit that stands is the highest one of the first byte that is zero.
      const zeros = (word - 0x01010101) & ~word & 0x80808080;
      if (zeros !== 0) {
        const lowest = zeros & -zeros;
        const last = word & ((lowest >>> 7) - 1);
        words[next++] = last;
        hash = Math.imul(hash ^ last, factor);
        this.end = at + 3 - (Math.clz32(lowest) >> 3);
        break;
      }
      words[next++] = word;
      hash = Math.imul(hash ^ word, factor);
      hash = Math.imul(hash ^ (hash >>> 15), secondFactor);
      at += 4;
    }
    if (this.end >= length) return -1;
    hash ^= hash >>> 15;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let id = slots[slot] ?? -1; id >= 0; id = slots[slot] ?? -1) {
      if (this.#hashes[id] === hash) {
        // Written out: a function as large as this one is compiled once, not again with each that calls it.
        let known = this.#starts[id] ?? 0;
        let own = start;
        while (own < next && words[own] === words[known]) {
          own++;
          known++;
        }
        if (own === next) return id;
      }
      slot = (slot + 1) & mask;
    }
    const id = this.size++;
    this.#starts[id] = start;
    this.#hashes[id] = hash;
    this.#used = next;
    slots[slot] = id;
    return id;
  }
}

/** Numbers that nobody knows, so that no repository can be made of paths that collide. What is numbered how does not depend on them. */
const seed = randomBytes(4).readInt32LE();
const factor = randomBytes(4).readInt32LE() | 1;
const secondFactor = randomBytes(4).readInt32LE() | 1;
