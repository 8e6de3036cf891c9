/** The smallest set of edges whose removal opens all circles (minimum feedback arc set). */

export interface WeightedEdge {
  readonly from: string;
  readonly to: string;
  /** Imports that would have to go. */
  readonly weight: number;
}

export interface CutSet {
  readonly edges: readonly WeightedEdge[];
  /** False: found by a rule of thumb; a smaller one may exist. */
  readonly exact: boolean;
}

/** Up to this many nodes all orders are compared, by subsets: 2^n × n steps. */
const maxExact = 14;

/** @param nodes of one strongly connected set. @param edges among them. Least weight first, then fewest edges. */
export function cutSet(nodes: readonly string[], edges: readonly WeightedEdge[]): CutSet {
  const exact = nodes.length <= maxExact;
  const order = exact ? bestOrder(nodes, edges) : improved(greedyOrder(nodes, edges), edges);
  const place = new Map(order.map((node, at) => [node, at]));
  const back = edges.filter(({ from, to }) => (place.get(from) ?? 0) > (place.get(to) ?? 0));
  return { edges: back.toSorted((a, b) => (a.from === b.from ? compare(a.to, b.to) : compare(a.from, b.from))), exact };
}

/** Held and Karp over sets of nodes: the cost of a set is the weight of the edges that lead back inside of it. */
function bestOrder(nodes: readonly string[], edges: readonly WeightedEdge[]): string[] {
  const at = new Map(nodes.map((node, index) => [node, index]));
  const n = nodes.length;
  // An edge counts a little on its own, so that of equal weights fewer edges win.
  const small = 1 / (edges.length + 1);
  const weight = Array.from({ length: n }, () => new Float64Array(n));
  for (const edge of edges) {
    const row = weight[at.get(edge.from) ?? 0];
    const to = at.get(edge.to) ?? 0;
    if (row) row[to] = (row[to] ?? 0) + edge.weight + small;
  }
  const size = 2 ** n;
  const cost = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const last = new Int8Array(size).fill(-1);
  cost[0] = 0;
  for (let set = 0; set < size; set++) {
    const base = cost[set] ?? 0;
    for (let next = 0; next < n; next++) {
      if (set & (1 << next)) continue;
      let added = base;
      const row = weight[next];
      for (let before = 0; before < n; before++) if (set & (1 << before)) added += row?.[before] ?? 0;
      const grown = set | (1 << next);
      if (added < (cost[grown] ?? 0)) {
        cost[grown] = added;
        last[grown] = next;
      }
    }
  }
  const order: string[] = [];
  for (let set = size - 1; set > 0; ) {
    const node = last[set] ?? 0;
    order.unshift(nodes[node] ?? "");
    set &= ~(1 << node);
  }
  return order;
}

/** Eades, Lin and Smyth (1993): what has most going out and least coming in comes first. */
function greedyOrder(nodes: readonly string[], edges: readonly WeightedEdge[]): string[] {
  const at = new Map(nodes.map((node, index) => [node, index]));
  const balance = new Float64Array(nodes.length);
  const near = nodes.map((): { readonly node: number; readonly change: number }[] => []);
  for (const { from, to, weight } of edges) {
    const [source, target] = [at.get(from) ?? 0, at.get(to) ?? 0];
    balance[source] = (balance[source] ?? 0) + weight;
    balance[target] = (balance[target] ?? 0) - weight;
    near[source]?.push({ node: target, change: weight });
    near[target]?.push({ node: source, change: -weight });
  }
  const ranked = highest(balance);
  const order: string[] = [];
  for (let round = 0; round < nodes.length; round++) {
    const best = ranked.first();
    order.push(nodes[best] ?? "");
    ranked.set(best, Number.NEGATIVE_INFINITY);
    for (const { node, change } of near[best] ?? []) ranked.set(node, ranked.of(node) + change);
  }
  return order;
}

/** Numbers of which the highest is always known, of equal ones the first: a tree of which each node holds the better of the two below. */
function highest(values: Float64Array) {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, values.length)));
  const kept = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  kept.set(values);
  const tree = new Int32Array(2 * size);
  const better = (at: number) => {
    const [left, right] = [tree[2 * at] ?? 0, tree[2 * at + 1] ?? 0];
    tree[at] = (kept[right] ?? 0) > (kept[left] ?? 0) ? right : left;
  };
  for (let at = 0; at < size; at++) tree[size + at] = at;
  for (let at = size - 1; at > 0; at--) better(at);
  return {
    first: () => tree[1] ?? 0,
    of: (node: number) => kept[node] ?? 0,
    set(node: number, value: number) {
      kept[node] = value;
      for (let at = (size + node) >> 1; at > 0; at >>= 1) better(at);
    },
  };
}

const maxRounds = 3;
const maxImproved = 120;

/** Each node moves to its best place, until nothing gets better. */
function improved(order: string[], edges: readonly WeightedEdge[]): string[] {
  const n = order.length;
  if (n > maxImproved) return order;
  const at = new Map(order.map((node, index) => [node, index]));
  // What it costs that one stands behind the other, less what it costs the other way round.
  const gain = new Float64Array(n * n);
  for (const { from, to, weight } of edges) {
    const [source, target] = [at.get(from) ?? 0, at.get(to) ?? 0];
    gain[source * n + target] = (gain[source * n + target] ?? 0) + weight;
    gain[target * n + source] = (gain[target * n + source] ?? 0) - weight;
  }
  let current = order.map((_, index) => index);
  for (let round = 0; round < maxRounds; round++) {
    let moved = false;
    for (let node = 0; node < n; node++) {
      const before = current.indexOf(node);
      const rest = current.filter((one) => one !== node);
      // Change of cost as the node goes from the very front to each later place.
      let [cost, least, best, own] = [0, 0, 0, 0];
      for (const [index, passed] of rest.entries()) {
        cost += gain[node * n + passed] ?? 0;
        if (index + 1 === before) own = cost;
        if (cost < least) [least, best] = [cost, index + 1];
      }
      if (least >= own) continue;
      current = [...rest.slice(0, best), node, ...rest.slice(best)];
      moved = true;
    }
    if (!moved) break;
  }
  return current.map((index) => order[index] ?? "");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
