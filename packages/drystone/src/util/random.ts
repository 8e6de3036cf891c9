/** Seeded randomness: the same seed gives the same draws on every machine. Not for secrets. */

/** Next draw, uniform in [0, 1). */
export type Random = () => number;

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, period 2^32, enough for resampling; `seed` is taken modulo 2^32. */
export function mulberry32(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seed from text (32-bit FNV-1a over UTF-16 code units), so that a draw can be tied to what it is about: `seedOf("co-changes/shop")`. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** Uniform integer in 0..bound-1; `bound` is at least 1 and below 2^32. */
export function randomIndex(random: Random, bound: number): number {
  return Math.floor(random() * bound);
}

/** Shuffles in place (Fisher-Yates), only the first `length` items when given, and returns the same array. */
export function shuffle<Items extends unknown[] | Int32Array | Float64Array>(
  items: Items,
  random: Random,
  length = items.length,
): Items {
  for (let last = length - 1; last > 0; last--) {
    const other = randomIndex(random, last + 1);
    const held = items[last];
    items[last] = items[other];
    items[other] = held;
  }
  return items;
}
