/** Order of a dependency matrix: users before what they use, circles side by side, so that marks below the diagonal are the odd ones. */

/** @param edges pairs of indices, user first. @returns for every node its circle (component of strong connection) in the order users first. */
export function strongOrder(
  count: number,
  edges: readonly (readonly [number, number])[],
): { readonly circleOf: readonly number[]; readonly sizes: readonly number[] } {
  const forward = lists(count, edges, false);
  const backward = lists(count, edges, true);
  const finished = finishOrder(count, forward);
  const circleOf = Array.from({ length: count }, () => -1);
  const sizes: number[] = [];
  for (const start of finished.toReversed()) {
    if (circleOf[start] !== -1) continue;
    const circle = sizes.length;
    let size = 0;
    const open = [start];
    circleOf[start] = circle;
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      size++;
      for (const next of backward[node] ?? []) {
        if (circleOf[next] !== -1) continue;
        circleOf[next] = circle;
        open.push(next);
      }
    }
    sizes.push(size);
  }
  return { circleOf, sizes };
}

function lists(count: number, edges: readonly (readonly [number, number])[], reversed: boolean): number[][] {
  const all = Array.from({ length: count }, (): number[] => []);
  for (const [from, to] of edges) all[reversed ? to : from]?.push(reversed ? from : to);
  return all;
}

/** Depth first without recursion: an estate may be one long chain. */
function finishOrder(count: number, next: readonly (readonly number[])[]): number[] {
  const seen = new Uint8Array(count);
  const finished: number[] = [];
  for (let start = 0; start < count; start++) {
    if (seen[start]) continue;
    seen[start] = 1;
    const stack = [{ node: start, at: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = next[top.node]?.[top.at++];
      if (child === undefined) {
        finished.push(top.node);
        stack.pop();
      } else if (!seen[child]) {
        seen[child] = 1;
        stack.push({ node: child, at: 0 });
      }
    }
  }
  return finished;
}
