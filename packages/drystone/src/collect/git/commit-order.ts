/** The one order of commits that does not depend on how they came in. */

/** Commits as rows; the first `settled` of them are the whole history behind the last of those, in canonical order. */
export interface CommitGraph {
  readonly idBytes: number;
  readonly ids: Uint8Array;
  /** Rows of the parents of `row`: `parents[parentOffsets[row] .. parentOffsets[row + 1]]`. */
  readonly parentOffsets: Int32Array;
  readonly parents: Int32Array;
  readonly committerTimes: Float64Array;
  readonly settled: number;
}

export interface CommitOrder {
  /** So many of the settled rows come first, as they stand. */
  readonly kept: number;
  /** The rows that come after those, oldest first; the last one is the newest commit. */
  readonly rows: Int32Array;
}

/**
 * `head` and what is behind it, oldest first. Seen from the newest: a parent after all its children; among free ones the later committer time,
 * then the larger id comes first. What is settled is looked at only as far down as a new commit stands beside it or leads to.
 * @throws Error when commits are their own ancestors; a commit-graph file can lie.
 */
export function canonicalOrder(graph: CommitGraph, head: number): CommitOrder {
  const { parentOffsets, parents, settled } = graph;
  const reached = reachedFrom(graph, head);
  const isWhole = settled > 0 && reached[settled - 1] === 1;
  const commits = reached.length;
  const children = new Int32Array(commits);
  const count = (row: number): void => {
    for (let i = parentOffsets[row] ?? 0, end = parentOffsets[row + 1] ?? 0; i < end; i++) {
      const parent = parents[i] ?? 0;
      children[parent] = (children[parent] ?? 0) + 1;
    }
  };
  let size = isWhole ? settled : 0;
  for (let row = size; row < commits; row++) {
    if (reached[row] === 0) continue;
    size++;
    count(row);
  }
  /** The settled rows from this one on are known to their parents; children of a settled row are new or stand behind it. */
  let counted = isWhole ? settled : 0;
  const rows = new Int32Array(size);
  const free = heapOf(graph);
  const pushFree = (row: number): void => {
    while (counted > row) count(--counted);
    if (children[row] === 0) free.push(row);
  };
  pushFree(head);
  let news = isWhole ? size - settled : -1;
  let deepest = settled;
  let done = 0;
  for (let row = free.pop(); row >= 0; row = free.pop()) {
    rows[done++] = row;
    if (row >= settled) news--;
    else if (row < deepest) deepest = row;
    // Those that are out are the last settled ones as soon as the first of them is as far down as they are many.
    if (news === 0 && settled - deepest === done - (size - settled))
      return { kept: deepest, rows: rows.subarray(0, done).reverse() };
    for (let i = parentOffsets[row] ?? 0, end = parentOffsets[row + 1] ?? 0; i < end; i++) {
      const parent = parents[i] ?? 0;
      const waiting = (children[parent] ?? 0) - 1;
      children[parent] = waiting;
      if (waiting === 0) pushFree(parent);
    }
  }
  if (done < size) throw new Error("the history is inconsistent: a commit is its own ancestor");
  return { kept: 0, rows: rows.reverse() };
}

/** 1 for each row that is `head` or behind it. */
function reachedFrom({ parentOffsets, parents, committerTimes, settled }: CommitGraph, head: number): Uint8Array {
  const reached = new Uint8Array(committerTimes.length);
  const news: number[] = [];
  const known: number[] = [];
  const reach = (row: number): void => {
    if (reached[row] === 1) return;
    reached[row] = 1;
    (row < settled ? known : news).push(row);
  };
  const reachParents = (row: number): void => {
    for (let i = parentOffsets[row] ?? 0, end = parentOffsets[row + 1] ?? 0; i < end; i++) reach(parents[i] ?? 0);
  };
  reach(head);
  for (let row = news.pop(); row !== undefined; row = news.pop()) reachParents(row);
  // Only new ones lead to the last settled one, and all that is settled is behind it.
  if (settled > 0 && reached[settled - 1] === 1) return reached.fill(1, 0, settled);
  for (let row = known.pop(); row !== undefined; row = known.pop()) reachParents(row);
  return reached;
}

/** Rows, the one that comes first in the canonical order on top. */
function heapOf({ committerTimes, ids, idBytes }: CommitGraph) {
  const heap: number[] = [];
  const isFirst = (a: number, b: number): boolean => {
    const difference = (committerTimes[a] ?? 0) - (committerTimes[b] ?? 0);
    return difference !== 0 ? difference > 0 : compareIds(ids, a * idBytes, b * idBytes, idBytes) > 0;
  };
  return {
    push(row: number): void {
      let at = heap.length;
      heap.push(row);
      while (at > 0) {
        const up = (at - 1) >> 1;
        const above = heap[up] ?? 0;
        if (!isFirst(row, above)) break;
        heap[at] = above;
        at = up;
      }
      heap[at] = row;
    },
    /** -1 when nothing is left. */
    pop(): number {
      const top = heap[0] ?? -1;
      const last = heap.pop() ?? -1;
      const size = heap.length;
      if (size === 0) return top;
      let at = 0;
      for (let down = 1; down < size; down = 2 * at + 1) {
        if (down + 1 < size && isFirst(heap[down + 1] ?? 0, heap[down] ?? 0)) down++;
        if (!isFirst(heap[down] ?? 0, last)) break;
        heap[at] = heap[down] ?? 0;
        at = down;
      }
      heap[at] = last;
      return top;
    },
  };
}

function compareIds(ids: Uint8Array, a: number, b: number, length: number): number {
  for (let i = 0; i < length; i++) {
    const difference = (ids[a + i] ?? 0) - (ids[b + i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
