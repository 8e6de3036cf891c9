/** Groups in the order of their first item. (`Map.groupBy` is not there before Node 21.) */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Each item once, in the order of the first. */
export function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
