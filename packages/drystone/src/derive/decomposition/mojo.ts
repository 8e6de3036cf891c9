/** How many items must move, and parts join, to turn one decomposition into another (Wen and Tzerpos 2004). */

type Label = string | number;

/** mno(from, to): the least number of moves of one item and joins of two parts that make `from` equal to `to`. Labels stand by item; lengths are equal. */
export function mojoDistance(from: readonly Label[], to: readonly Label[]): number {
  const overlaps = new Map<Label, Map<Label, number>>();
  for (const [item, label] of from.entries()) {
    const row = overlaps.get(label) ?? new Map<Label, number>();
    const target = to[item] ?? "";
    overlaps.set(label, row.set(target, (row.get(target) ?? 0) + 1));
  }
  // Each part goes to the target it shares most with; of several, so that as many targets as possible have a part of their own.
  let kept = 0;
  const choices = [...overlaps.values()].map((row) => {
    const most = Math.max(...row.values());
    kept += most;
    return [...row].filter(([, count]) => count === most).map(([label]) => label);
  });
  return from.length - kept + choices.length - matching(choices);
}

/** MoJoFM: 100 for equal decompositions, 0 for the furthest there is. Null where every decomposition is as near (one item, or none). */
export function mojoFm(from: readonly Label[], to: readonly Label[]): number | null {
  const furthest = largestDistance(to);
  return furthest === 0 ? null : (1 - mojoDistance(from, to) / furthest) * 100;
}

/** The largest distance of any decomposition to this one. */
function largestDistance(to: readonly Label[]): number {
  const sizes = new Map<Label, number>();
  for (const label of to) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  let groups = 0;
  for (const size of [...sizes.values()].sort((a, b) => a - b)) if (groups < size) groups++;
  return to.length - groups;
}

/** Size of the largest matching of parts to labels, each to one of its choices (augmenting paths). */
function matching(choices: readonly (readonly Label[])[]): number {
  const taken = new Map<Label, number>();
  const place = (part: number, seen: Set<Label>): boolean => {
    for (const label of choices[part] ?? []) {
      if (seen.has(label)) continue;
      seen.add(label);
      const holder = taken.get(label);
      if (holder !== undefined && !place(holder, seen)) continue;
      taken.set(label, part);
      return true;
    }
    return false;
  };
  return choices.filter((_, part) => place(part, new Set())).length;
}
