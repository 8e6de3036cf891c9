/** An undirected graph with weights on nodes 0..size-1. */

export interface WeightedGraph {
  readonly size: number;
  /** [one, other, weight], one < other, each pair once, weights above 0. */
  readonly edges: readonly (readonly [number, number, number])[];
}

/** Newman's modularity of a partition, -0.5..1: sum over the parts of inner weight / W - resolution x (volume / 2W)^2. 0 without edges. */
export function modularity({ edges }: WeightedGraph, labels: ArrayLike<number>, resolution = 1): number {
  const inner = new Map<number, number>();
  const volume = new Map<number, number>();
  let all = 0;
  for (const [a, b, weight] of edges) {
    all += weight;
    const [one, other] = [labels[a] ?? -1, labels[b] ?? -1];
    volume.set(one, (volume.get(one) ?? 0) + weight);
    volume.set(other, (volume.get(other) ?? 0) + weight);
    if (one === other) inner.set(one, (inner.get(one) ?? 0) + weight);
  }
  if (all === 0) return 0;
  let sum = 0;
  for (const [label, own] of volume) sum += (inner.get(label) ?? 0) / all - resolution * (own / (2 * all)) ** 2;
  return sum;
}

/** Share of the weight that crosses parts, 0..1; 0 without edges. */
export function crossingShare({ edges }: WeightedGraph, labels: ArrayLike<number>): number {
  let all = 0;
  let crossing = 0;
  for (const [a, b, weight] of edges) {
    all += weight;
    if (labels[a] !== labels[b]) crossing += weight;
  }
  return all === 0 ? 0 : crossing / all;
}
