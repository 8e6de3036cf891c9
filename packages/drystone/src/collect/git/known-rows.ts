/** Which of the commits that git brought are known. */
import type { Increment } from "./increment.js";

export interface KnownRows {
  /** Rows of `news` among the known ones, or -1. */
  readonly news: Int32Array;
  /** Rows of `news.outsideIds` among the known ones, or -1. */
  readonly outside: Int32Array;
}

/**
 * Looks the news up among known commits, oldest first. A known commit has known parents and stands behind them: so only those are looked up whose
 * parents are all known, and only from there on. Few are, as a rule: git prints a known commit only where clocks ran backwards.
 */
export function knownRows(ids: Uint8Array, news: Increment): KnownRows {
  const { idBytes, parentOffsets, parents, outsideIds } = news;
  const rowFrom = finder(ids, idBytes);
  const outside = Int32Array.from({ length: outsideIds.length / idBytes }, (_, i) => rowFrom(outsideIds, i, 0));
  const found = new Int32Array(parentOffsets.length - 1).fill(-1);
  if (ids.length === 0) return { news: found, outside };
  const { waiting, childrenOf } = openParents(news);
  const ready = [...waiting.keys()].filter((row) => waiting[row] === 0);
  for (let row = ready.pop(); row !== undefined; row = ready.pop()) {
    let behind = -1;
    for (let i = parentOffsets[row] ?? 0, end = parentOffsets[row + 1] ?? 0; i < end; i++) {
      const parent = parents[i] ?? 0;
      behind = Math.max(behind, (parent >= 0 ? found[parent] : outside[-1 - parent]) ?? -1);
    }
    found[row] = rowFrom(news.ids, row, behind + 1);
    if ((found[row] ?? -1) < 0) continue;
    for (const child of childrenOf(row)) {
      waiting[child] = (waiting[child] ?? 0) - 1;
      if (waiting[child] === 0) ready.push(child);
    }
  }
  return { news: found, outside };
}

/** How many parents of each of the news are news themselves, and whose parent each is. */
function openParents({ parentOffsets, parents }: Increment) {
  const waiting = new Int32Array(parentOffsets.length - 1);
  const children = new Map<number, number[]>();
  for (let row = 0; row < waiting.length; row++) {
    for (let i = parentOffsets[row] ?? 0, end = parentOffsets[row + 1] ?? 0; i < end; i++) {
      const parent = parents[i] ?? 0;
      if (parent < 0) continue;
      waiting[row] = (waiting[row] ?? 0) + 1;
      const siblings = children.get(parent);
      if (siblings) siblings.push(row);
      else children.set(parent, [row]);
    }
  }
  return { waiting, childrenOf: (row: number): readonly number[] => children.get(row) ?? [] };
}

/** Finds the `index`-th of `wanted` among `ids` from row `from` on. */
function finder(ids: Uint8Array, idBytes: number): (wanted: Uint8Array, index: number, from: number) => number {
  return (wanted, index, from) => {
    const row = rowOfId(ids.subarray(from * idBytes), wanted.subarray(index * idBytes, (index + 1) * idBytes));
    return row < 0 ? -1 : from + row;
  };
}

/** Row of an id, or -1. Looks from the end: what is asked for is mostly young. */
export function rowOfId(ids: Uint8Array, id: Uint8Array): number {
  const all = Buffer.from(ids.buffer, ids.byteOffset, ids.length);
  let at = all.lastIndexOf(id);
  // Half of an id and half of the next one may look like it.
  while (at > 0 && at % id.length !== 0) at = all.lastIndexOf(id, at - 1);
  return at < 0 ? -1 : at / id.length;
}
