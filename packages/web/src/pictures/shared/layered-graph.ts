/** Boxes and lines in layers, by dagre. Coordinates are centres; the drawing starts at zero. */
import { Graph, layout } from "@dagrejs/dagre";

export interface BoxToPlace {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface LineToPlace {
  readonly from: string;
  readonly to: string;
  /** Heavier lines are kept shorter and straighter. */
  readonly weight: number;
}

export interface LayeredGraph {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  /** Parallel to the lines given: bends from border to border. Empty for a line without both ends. */
  readonly lines: readonly (readonly { readonly x: number; readonly y: number }[])[];
}

/** @param across true for left to right. */
export function layeredGraph(boxes: readonly BoxToPlace[], lines: readonly LineToPlace[], across: boolean): LayeredGraph {
  const graph = new Graph({ multigraph: true });
  // Lines that go back need the margin: they run outside of the boxes.
  graph.setGraph({
    rankdir: across ? "LR" : "TB",
    nodesep: 22,
    edgesep: 12,
    ranksep: across ? 64 : 54,
    marginx: 12,
    marginy: 24,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Set(boxes.map(({ id }) => id));
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const [at, { from, to, weight }] of lines.entries()) {
    if (known.has(from) && known.has(to) && from !== to) graph.setEdge(from, to, { weight }, String(at));
  }
  layout(graph);
  const size = graph.graph();
  return {
    width: numberOf(size, "width"),
    height: numberOf(size, "height"),
    boxes: new Map(boxes.map(({ id }) => [id, { x: numberOf(graph.node(id), "x"), y: numberOf(graph.node(id), "y") }])),
    lines: lines.map(({ from, to }, at) => pointsOf(graph.edge(from, to, String(at)))),
  };
}

function numberOf(value: unknown, key: string): number {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === "number" && Number.isFinite(found) ? found : 0;
}

function pointsOf(edge: unknown): { x: number; y: number }[] {
  const points: unknown = typeof edge === "object" && edge !== null ? Reflect.get(edge, "points") : undefined;
  return Array.isArray(points) ? points.map((point) => ({ x: numberOf(point, "x"), y: numberOf(point, "y") })) : [];
}

/** A line through its bends with rounded corners. */
export function roundedPath(points: readonly { readonly x: number; readonly y: number }[]): string {
  const fixed = (value: number): number => Math.round(value * 10) / 10;
  const [first, ...rest] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return "";
  const bends = rest.slice(0, -1).map((point, at) => {
    const next = rest[at + 1] ?? point;
    return `Q${fixed(point.x)} ${fixed(point.y)} ${fixed((point.x + next.x) / 2)} ${fixed((point.y + next.y) / 2)}`;
  });
  return `M${fixed(first.x)} ${fixed(first.y)}${bends.join("")}L${fixed(last.x)} ${fixed(last.y)}`;
}

/** Triangle at the end of a line, `size` pixels long. */
export function arrowHead(points: readonly { readonly x: number; readonly y: number }[], size: number): string {
  const end = points.at(-1);
  const before = points.at(-2);
  if (end === undefined || before === undefined) return "";
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const at = (back: number, aside: number): string =>
    `${(end.x - Math.cos(angle) * back - Math.sin(angle) * aside).toFixed(1)} ${(end.y - Math.sin(angle) * back + Math.cos(angle) * aside).toFixed(1)}`;
  return `M${at(0, 0)}L${at(size, size * 0.45)}L${at(size, -size * 0.45)}Z`;
}
