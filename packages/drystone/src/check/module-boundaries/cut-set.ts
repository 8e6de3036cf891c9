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
  const out = new Map<string, Map<string, number>>(nodes.map((node) => [node, new Map()]));
  const into = new Map<string, Map<string, number>>(nodes.map((node) => [node, new Map()]));
  for (const { from, to, weight } of edges) {
    out.get(from)?.set(to, weight);
    into.get(to)?.set(from, weight);
  }
  const left = new Set(nodes);
  const balance = new Map(nodes.map((node) => [node, sum(out.get(node)) - sum(into.get(node))]));
  const order: string[] = [];
  while (left.size > 0) {
    let best = "";
    let most = Number.NEGATIVE_INFINITY;
    for (const node of left) {
      const own = balance.get(node) ?? 0;
      if (own > most) [best, most] = [node, own];
    }
    order.push(best);
    left.delete(best);
    for (const [to, weight] of out.get(best) ?? []) balance.set(to, (balance.get(to) ?? 0) + weight);
    for (const [from, weight] of into.get(best) ?? []) balance.set(from, (balance.get(from) ?? 0) - weight);
  }
  return order;
}

function sum(weights: ReadonlyMap<string, number> | undefined): number {
  let total = 0;
  for (const weight of weights?.values() ?? []) total += weight;
  return total;
}

const maxRounds = 4;
const maxImproved = 400;

/** Each node moves to its best place, until nothing gets better. */
function improved(order: string[], edges: readonly WeightedEdge[]): string[] {
  if (order.length > maxImproved) return order;
  const weights = new Map<string, number>();
  for (const { from, to, weight } of edges) weights.set(`${from}\n${to}`, weight);
  const weight = (from: string, to: string) => weights.get(`${from}\n${to}`) ?? 0;
  let current = order;
  for (let round = 0; round < maxRounds; round++) {
    let moved = false;
    for (const node of [...current]) {
      const rest = current.filter((one) => one !== node);
      const before = current.indexOf(node);
      // Change of cost as the node goes from the very front to each later place.
      let cost = 0;
      const costs = [0];
      for (const passed of rest) costs.push((cost += weight(node, passed) - weight(passed, node)));
      const best = costs.reduce((least, value, at) => (value < (costs[least] ?? 0) ? at : least), before);
      if ((costs[best] ?? 0) < (costs[before] ?? 0)) {
        current = [...rest.slice(0, best), node, ...rest.slice(best)];
        moved = true;
      }
    }
    if (!moved) break;
  }
  return current;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
