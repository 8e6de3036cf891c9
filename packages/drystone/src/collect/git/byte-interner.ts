/** Numbers byte strings by first appearance; one that is known costs no string, no copy and no object. */
import { randomBytes } from "node:crypto";
import { Int32Column } from "#util/growable.js";

export class ByteInterner {
  readonly #starts = new Int32Column();
  readonly #hashes = new Int32Column();
  #bytes = new Uint8Array(4096);
  #end = 0;
  /** Numbers, -1 where free. */
  #slots = new Int32Array(1024).fill(-1);

  /** Values so far: a number that is not smaller is new. */
  get size(): number {
    return this.#starts.length;
  }

  /** Number of `data[from .. to]`. */
  idOf(data: Uint8Array, from: number, to: number): number {
    let hash = seed;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (data[at] ?? 0), 16777619);
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let id = this.#slots[slot] ?? -1; id >= 0; id = this.#slots[slot] ?? -1) {
      if (this.#hashes.at(id) === hash && this.#holds(id, data, from, to)) return id;
      slot = (slot + 1) & mask;
    }
    return this.#add(hash, slot, data, from, to);
  }

  #holds(id: number, data: Uint8Array, from: number, to: number): boolean {
    const bytes = this.#bytes;
    let at = this.#starts.at(id);
    const end = id + 1 < this.size ? this.#starts.at(id + 1) : this.#end;
    if (end - at !== to - from) return false;
    for (let other = from; other < to; other++) if (bytes[at++] !== data[other]) return false;
    return true;
  }

  #add(hash: number, slot: number, data: Uint8Array, from: number, to: number): number {
    const id = this.size;
    this.#starts.push(this.#end);
    this.#hashes.push(hash);
    if (this.#end + to - from > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#end + to - from));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(data.subarray(from, to), this.#end);
    this.#end += to - from;
    this.#slots[slot] = id;
    if (this.size * 2 > this.#slots.length) this.#grow();
    return id;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      const hash = this.#hashes.at(id);
      let slot = (hash ^ (hash >>> 15)) & mask;
      while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

/** FNV-1a starts from a number that nobody knows, so that no repository can be made of paths that collide. Numbers do not depend on it. */
const seed = randomBytes(4).readInt32LE();
