/** Numbers texts in a buffer by first appearance; one that is known costs no string, no copy and no object. */
import { randomBytes } from "node:crypto";
import { grown } from "#util/growable.js";

export class ByteInterner {
  /** Texts so far: a number that is not smaller is new. */
  size = 0;
  /** Where the last text ended. */
  end = 0;
  /** The texts, each up to its NUL, and zeros up to a whole word: none starts with all of another one. Behind `#used` there is room for one more. */
  #words = new Int32Array(1024);
  #used = 0;
  #starts = new Int32Array(512);
  #hashes = new Int32Array(512);
  /** Numbers, -1 where free. */
  #slots = new Int32Array(1024).fill(-1);

  /** Makes room for texts of so many bytes, NUL included. */
  reserve(bytes: number): void {
    // A word is begun by each text.
    this.#words = grown(this.#words, this.#used + bytes);
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
        hash = Math.imul(hash ^ last, multiplier);
        this.end = at + 3 - (Math.clz32(lowest) >> 3);
        break;
      }
      words[next++] = word;
      hash = Math.imul(hash ^ word, multiplier);
      hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
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
    return this.#add(hash, slot, next);
  }

  #add(hash: number, slot: number, end: number): number {
    const id = this.size++;
    this.#starts[id] = this.#used;
    this.#hashes[id] = hash;
    this.#slots[slot] = id;
    this.#used = end;
    if (this.size * 2 >= this.#slots.length) this.#grow();
    return id;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    this.#starts = grown(this.#starts, slots.length / 2);
    this.#hashes = grown(this.#hashes, slots.length / 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = (this.#hashes[id] ?? 0) & mask;
      while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

/** Numbers that nobody knows, so that no repository can be made of paths that collide. What is numbered how does not depend on them. */
const seed = randomBytes(4).readInt32LE();
const multiplier = randomBytes(4).readInt32LE() | 1;
