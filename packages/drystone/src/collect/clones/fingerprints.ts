/** Which short runs of tokens stand for a file: winnowing (Schleimer, Wilkerson, Aiken, SIGMOD 2003). */

/** Tokens in a run, and runs of which one is chosen: any common stretch of 25 + 26 - 1 = 50 tokens shares a chosen run. */
export const runLength = 25;
const window = 26;
const base = 0x01000193;

/** Calls `choose` with hash and first token of each chosen run, in order. */
export function winnow(values: Uint8Array | Uint32Array, choose: (hash: number, start: number) => void): void {
  const runs = values.length - runLength + 1;
  if (runs <= 0) return;
  let leaving = 1;
  for (let i = 1; i < runLength; i++) leaving = Math.imul(leaving, base);
  const hashes = new Uint32Array(runs);
  let hash = 0;
  for (let at = 0; at < values.length; at++) {
    if (at >= runLength) hash = (hash - Math.imul((values[at - runLength] ?? 0) + 1, leaving)) | 0;
    hash = (Math.imul(hash, base) + (values[at] ?? 0) + 1) | 0;
    if (at >= runLength - 1) hashes[at - runLength + 1] = mix(hash);
  }
  let chosen = -1;
  for (let end = Math.min(window, runs) - 1; end < runs; end++) {
    const from = Math.max(0, end - window + 1);
    if (chosen >= from && (hashes[end] ?? 0) > (hashes[chosen] ?? 0)) continue;
    let least = chosen >= from ? chosen : from;
    for (let at = least; at <= end; at++) if ((hashes[at] ?? 0) <= (hashes[least] ?? 0)) least = at;
    if (least !== chosen) choose(hashes[least] ?? 0, least);
    chosen = least;
  }
}

/** A rolling hash is poor in its low bits; this spreads it. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
