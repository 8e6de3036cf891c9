/** Sets of nodes that all reach each other (Tarjan 1972), without recursion, so that a long chain cannot exhaust the stack. */

/** Sets of two nodes or more; sorted inside and among each other. An edge from a node to itself is no cycle. */
export function strongComponents(edges: Iterable<readonly [from: string, to: string]>): string[][] {
  const targets = targetsOf(edges);
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  for (const start of [...targets.keys()].sort()) {
    if (order.has(start)) continue;
    const path = [visit(start)];
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const next = frame.rest.pop();
      if (next === undefined) {
        path.pop();
        close(frame.node);
        const parent = path.at(-1);
        if (parent) lower(parent.node, low.get(frame.node) ?? 0);
      } else if (!order.has(next)) path.push(visit(next));
      else if (isOpen.has(next)) lower(frame.node, order.get(next) ?? 0);
    }
  }
  return found.sort((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));

  function visit(node: string) {
    order.set(node, order.size);
    low.set(node, order.get(node) ?? 0);
    open.push(node);
    isOpen.add(node);
    return { node, rest: [...(targets.get(node) ?? [])] };
  }

  function lower(node: string, value: number) {
    low.set(node, Math.min(low.get(node) ?? value, value));
  }

  function close(node: string) {
    if (low.get(node) !== order.get(node)) return;
    const members = open.splice(open.lastIndexOf(node));
    for (const member of members) isOpen.delete(member);
    if (members.length > 1) found.push(members.sort());
  }
}

/** Targets of each node, in both directions of the edges known, so that every node is a key. */
export function targetsOf(edges: Iterable<readonly [from: string, to: string]>): Map<string, Set<string>> {
  const targets = new Map<string, Set<string>>();
  for (const [from, to] of edges) {
    const known = targets.get(from);
    if (known) known.add(to);
    else targets.set(from, new Set([to]));
    if (!targets.has(to)) targets.set(to, new Set());
  }
  return targets;
}
