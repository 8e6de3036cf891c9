/** How well a set of nodes is cut off from the rest of a graph. */

export interface Cut {
  /** Weight of the edges that cross. */
  readonly cut: number;
  /** Weight at the nodes inside and outside: an edge inside counts twice. */
  readonly volumeInside: number;
  readonly volumeOutside: number;
  /** cut / the smaller volume, 0..1; null where one side has no edge. */
  readonly conductance: number | null;
}

/** @param edges [from, to, weight]; direction does not matter. */
export function conductance<Node>(isInside: (node: Node) => boolean, edges: Iterable<readonly [Node, Node, number]>): Cut {
  let cut = 0;
  let volumeInside = 0;
  let volumeOutside = 0;
  for (const [from, to, weight] of edges) {
    const ends = Number(isInside(from)) + Number(isInside(to));
    if (ends === 1) cut += weight;
    volumeInside += weight * ends;
    volumeOutside += weight * (2 - ends);
  }
  const least = Math.min(volumeInside, volumeOutside);
  return { cut, volumeInside, volumeOutside, conductance: least > 0 ? cut / least : null };
}
