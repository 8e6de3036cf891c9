/** Disjoint sets over 0..n-1; the smallest member names a set, so that the order of joining does not show. */
export interface UnionFind {
  readonly find: (member: number) => number;
  readonly join: (a: number, b: number) => void;
}

export function unionFind(size: number): UnionFind {
  const parents = Int32Array.from({ length: size }, (_, member) => member);
  const find = (member: number): number => {
    let root = member;
    while (parents[root] !== root) root = parents[root] as number;
    for (let at = member; at !== root; ) {
      const next = parents[at] as number;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  const join = (a: number, b: number): void => {
    const [low, high] = [find(a), find(b)].sort((x, y) => x - y) as [number, number];
    parents[high] = low;
  };
  return { find, join };
}
