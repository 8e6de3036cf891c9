/** Choosing among files of the same name. */

/** The one that shares the longest path with `from`; of equals the first. Null when there is none. */
export function nearest(paths: readonly string[], from: string): string | null {
  let best: string | null = null;
  let most = -1;
  for (const path of paths) {
    const shared = sharedFolders(path, from);
    if (shared > most) [best, most] = [path, shared];
  }
  return best;
}

/** Number of folders that two paths have in common from the root. */
export function sharedFolders(one: string, other: string): number {
  let shared = 0;
  for (let at = 0; at < one.length && one.charCodeAt(at) === other.charCodeAt(at); at++) if (one.charCodeAt(at) === 47) shared++;
  return shared;
}

/** Adds to a list of a map. */
export function addTo<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
