/** Sets of nodes that all reach each other (Tarjan 1972) in a graph of numbered nodes; no recursion. */

/**
 * @param nodes how many there are, numbered from 0. @param from and to: edge i goes from `from[i]` to `to[i]`.
 * @returns sets of two nodes or more, ascending inside and by their first node.
 */
export function strongSets(nodes: number, from: ArrayLike<number>, to: ArrayLike<number>): number[][] {
  const { offsets, targets } = rowsOf(nodes, from, to);
  const order = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const next = offsets.slice(0, nodes);
  const isOpen = new Uint8Array(nodes);
  const open: number[] = [];
  const path: number[] = [];
  const found: number[][] = [];
  let count = 0;
  for (let start = 0; start < nodes; start++) {
    if ((order[start] ?? 0) >= 0) continue;
    visit(start);
    while (path.length > 0) {
      const node = path[path.length - 1] ?? 0;
      const at = next[node] ?? 0;
      if (at < (offsets[node + 1] ?? 0)) {
        next[node] = at + 1;
        const target = targets[at] ?? 0;
        if ((order[target] ?? 0) < 0) visit(target);
        else if (isOpen[target]) lower(node, order[target] ?? 0);
      } else {
        path.pop();
        if (low[node] === order[node]) close(node);
        const parent = path[path.length - 1];
        if (parent !== undefined) lower(parent, low[node] ?? 0);
      }
    }
  }
  return found.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));

  function visit(node: number) {
    order[node] = low[node] = count++;
    open.push(node);
    isOpen[node] = 1;
    path.push(node);
  }

  function lower(node: number, value: number) {
    if (value < (low[node] ?? 0)) low[node] = value;
  }

  function close(node: number) {
    const members: number[] = [];
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      isOpen[member] = 0;
      members.push(member);
      if (member === node) break;
    }
    if (members.length > 1) found.push(members.sort((a, b) => a - b));
  }
}

/** Edges as rows: those of node n stand at `offsets[n]` to `offsets[n + 1]`. */
export function rowsOf(
  nodes: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): { readonly offsets: Int32Array; readonly targets: Int32Array } {
  const offsets = new Int32Array(nodes + 1);
  for (let edge = 0; edge < from.length; edge++) {
    const row = (from[edge] ?? 0) + 1;
    offsets[row] = (offsets[row] ?? 0) + 1;
  }
  for (let node = 0; node < nodes; node++) offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0);
  const targets = new Int32Array(from.length);
  const at = offsets.slice();
  for (let edge = 0; edge < from.length; edge++) {
    const place = at[from[edge] ?? 0] ?? 0;
    targets[place] = to[edge] ?? 0;
    at[from[edge] ?? 0] = place + 1;
  }
  return { offsets, targets };
}
