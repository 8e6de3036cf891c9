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
 * then the larger id comes first. Settled rows follow each other as they stand, except for those that wait for a new child: what is settled is
 * looked at only as far down as there are new or waiting ones.
 * @throws Error when commits are their own ancestors; a commit-graph file can lie.
 */
export function canonicalOrder(graph: CommitGraph, head: number): CommitOrder {
  const { parentOffsets, parents } = graph;
  const { settled, loose } = reachedFrom(graph, head);
  /** Children of a row that are not out yet: loose ones, and settled ones that wait. */
  const children = new Int32Array(graph.committerTimes.length);
  const hold = (row: number): void => {
    for (let i = parentOffsets[row] ?? 0, end = parentOffsets[row + 1] ?? 0; i < end; i++) {
      const parent = parents[i] ?? 0;
      children[parent] = (children[parent] ?? 0) + 1;
    }
  };
  const heap = heapOf(graph);
  const rows = new Int32Array(loose.length + settled);
  let done = 0;
  /** The settled row whose turn it is; all above it are out or wait. */
  let next = settled - 1;
  /** Loose and waiting ones. */
  let open = loose.length;
  const release = (row: number): void => {
    for (let i = parentOffsets[row] ?? 0, end = parentOffsets[row + 1] ?? 0; i < end; i++) {
      const parent = parents[i] ?? 0;
      const left = (children[parent] ?? 0) - 1;
      children[parent] = left;
      if (left === 0 && parent > next) heap.push(parent);
    }
  };
  loose.forEach(hold);
  if (children[head] === 0) heap.push(head);
  while (open > 0) {
    // What is free among the settled ones below `next` comes after it.
    if (next < 0 || !heap.isAfter(next)) {
      const row = heap.pop();
      if (row < 0) throw new Error("the history is inconsistent: a commit is its own ancestor");
      rows[done++] = row;
      open--;
      release(row);
    } else if (children[next] === 0) rows[done++] = next--;
    else {
      hold(next--);
      open++;
    }
  }
  return { kept: next + 1, rows: rows.subarray(0, done).reverse() };
}

/**
 * What `head` reaches: how many settled rows, all or none of them, and the other ones. Where the last settled one is not reached, because a branch was
 * rewritten, the settled ones have no order any more. Where none is settled, `git log` was asked for what is behind `head`.
 */
function reachedFrom({ parentOffsets, parents, committerTimes, settled }: CommitGraph, head: number) {
  if (settled === 0) return { settled, loose: Int32Array.from(committerTimes.keys()) };
  const reached = new Uint8Array(committerTimes.length);
  const loose: number[] = [];
  const known: number[] = [];
  const reach = (row: number): void => {
    if (reached[row] === 1) return;
    reached[row] = 1;
    (row < settled ? known : loose).push(row);
  };
  const reachParents = (row: number): void => {
    for (let i = parentOffsets[row] ?? 0, end = parentOffsets[row + 1] ?? 0; i < end; i++) reach(parents[i] ?? 0);
  };
  reach(head);
  for (let at = 0; at < loose.length; at++) reachParents(loose[at] ?? 0);
  // Only new ones lead to the last settled one, and all that is settled is behind it.
  if (reached[settled - 1] === 1) return { settled, loose };
  for (let at = 0; at < known.length; at++) reachParents(known[at] ?? 0);
  return { settled: 0, loose: [...loose, ...known] };
}

/** Rows, the one that comes first in the canonical order on top. */
function heapOf({ committerTimes, ids, idBytes }: CommitGraph) {
  const heap: number[] = [];
  /** Three bytes of an id. */
  const startOf = (at: number): number => ((ids[at] ?? 0) << 16) | ((ids[at + 1] ?? 0) << 8) | (ids[at + 2] ?? 0);
  // No branch for equal times: where the first ones come late, whatever compares is compiled again.
  const isFirst = (a: number, b: number): boolean => {
    const seconds = (committerTimes[a] ?? 0) - (committerTimes[b] ?? 0);
    const difference = seconds * 2 ** 24 + (startOf(a * idBytes) - startOf(b * idBytes));
    return difference !== 0 ? difference > 0 : compareIds(ids, a * idBytes, b * idBytes, idBytes) > 0;
  };
  return {
    /** Whether what is on top comes after `row`. */
    isAfter: (row: number): boolean => heap.length === 0 || isFirst(row, heap[0] ?? 0),
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
