/** Where everything stands. Boxes of groups are placed by forces with one anchor per group, then kept apart; deterministic, no clock, no chance. */
import { forceLink, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import { textWidth } from "../shared/text.js";
import type { MapGroup, MapLink, MapNode } from "./graph.js";

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  /** Centre and size of every pill; a closed group stands for its members. */
  readonly places: ReadonlyMap<string, Place>;
}

export interface Box {
  readonly group: MapGroup;
  readonly open: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const pillHeight = 26;
export const fontSize = 12;
/** Names of groups are bold: estimated as if they were larger. */
export const titleSize = 14.5;
/** Beside the name: margins, the sign to open it, the number of services. */
export const titleRoom = 66;
const gap = 10;
const padding = 12;
const header = 26;
const widest = 168;
const narrowest = 56;
/** Boxes never come closer than this. */
const apart = 34;
/** With more groups than this, members stand in rows: there is no room to show levels. */
const mostLayered = 3;
/** Room on a pill for the sign of a store of its own. */
const sign = 18;

/** @param width that is at hand, in pixels; the drawing may be wider. @param isOpen groups that show their members. */
export function layOut(
  groups: readonly MapGroup[],
  links: readonly MapLink[],
  isOpen: (group: MapGroup) => boolean,
  width: number,
): Layout {
  const narrow = width < 620;
  const few = groups.filter(hasComponents).length <= mostLayered;
  const room = narrow ? width - 2 * padding - 8 : Math.min(1100, Math.max(640, width)) - 2 * padding;
  const inner = groups.map((group) => {
    if (!isOpen(group)) return closed(group);
    return few && hasComponents(group)
      ? layered(group.nodes, links, room)
      : grid(group.nodes, links, narrow ? room : Math.min(room, 460));
  });
  const sizes = groups.map((group, at) => ({
    width: Math.max(
      (inner[at]?.width ?? 0) + 2 * padding,
      Math.min(textWidth(group.name, titleSize) + titleRoom + 18, narrow ? width - 8 : 340),
    ),
    height: (inner[at]?.height ?? 0) + header + padding,
  }));
  const centres = narrow ? stacked(sizes, width) : anchored(groups, links, sizes, Math.min(1180, Math.max(700, width)));
  return positioned(groups, isOpen, inner, sizes, centres);
}

function hasComponents({ nodes }: MapGroup): boolean {
  return nodes.some(({ kind }) => kind === "component");
}

interface Inner {
  readonly width: number;
  readonly height: number;
  readonly pills: readonly (Place & { readonly ref: string })[];
}

/** A closed group is its name, and a line for its stores. */
function closed({ nodes }: MapGroup): Inner {
  return { width: 84, height: nodes.some(({ kind }) => kind !== "component") ? 18 : 4, pills: [] };
}

function pillWidth({ name, own }: MapNode): number {
  return Math.max(narrowest, Math.min(widest, textWidth(name, fontSize) + 22)) + (own.length > 0 ? sign : 0);
}

/** Rows of pills, components before stores, those with links into other pills of the group side by side. */
function grid(nodes: readonly MapNode[], links: readonly MapLink[], most: number): Inner {
  const cell = Math.max(...nodes.map((node) => pillWidth(node)), narrowest);
  const fitting = Math.max(1, Math.floor((most + gap) / (cell + gap)));
  const columns = Math.max(
    1,
    Math.min(fitting, Math.round(Math.sqrt((nodes.length * (pillHeight + gap) * 1.7) / (cell + gap)) + 0.3)),
  );
  const ordered = [
    ...byLevel(
      nodes.filter(({ kind }) => kind !== "store"),
      links,
    ).flat(),
    ...nodes.filter(({ kind }) => kind === "store"),
  ];
  const rows = Math.ceil(ordered.length / columns);
  return {
    width: columns * cell + (columns - 1) * gap,
    height: rows * pillHeight + (rows - 1) * gap,
    pills: ordered.map((node, at) => ({
      ref: node.ref,
      x: (at % columns) * (cell + gap) + cell / 2,
      y: Math.floor(at / columns) * (pillHeight + gap) + pillHeight / 2,
      width: cell,
      height: pillHeight,
    })),
  };
}

/** Users above what they use, stores below, each row in the order of its neighbours above. */
function layered(nodes: readonly MapNode[], links: readonly MapLink[], most: number): Inner {
  const components = byLevel(
    nodes.filter(({ kind }) => kind !== "store"),
    links,
  );
  const stores = nodes.filter(({ kind }) => kind === "store");
  const levels = [...components, ...(stores.length > 0 ? [stores] : [])];
  const place = new Map<string, number>();
  const space = spaceFor(levels, most);
  const between = links.length > 40 ? 76 : 58;
  const rows = levels.flatMap((level) => {
    const ordered = byNeighbours(level, links, place);
    const lines = wrapped(ordered, most, space);
    for (const line of lines) for (const [at, node] of line.entries()) place.set(node.ref, (at + 0.5) / line.length);
    return lines.map((line, at) => ({ line, first: at === 0 }));
  });
  const widths = rows.map(({ line }) => line.reduce((sum, node) => sum + pillWidth(node) + space, -space));
  const width = Math.max(...widths, 0);
  let y = 0;
  const pills = rows.flatMap(({ line, first }, row) => {
    if (row > 0) y += pillHeight + (first ? between : 26);
    let x = (width - (widths[row] ?? 0)) / 2;
    return line.map((node) => {
      const own = pillWidth(node);
      const pill = { ref: node.ref, x: x + own / 2, y: y + pillHeight / 2, width: own, height: pillHeight };
      x += own + space;
      return pill;
    });
  });
  return { width, height: y + pillHeight, pills };
}

/** Wide where that takes no more lines: links between levels need the room more than the page does. */
function spaceFor(levels: readonly (readonly MapNode[])[], most: number): number {
  const linesAt = (space: number): number => levels.reduce((sum, level) => sum + wrapped(level, most, space).length, 0);
  return [64, 44].find((space) => linesAt(space) === linesAt(30)) ?? 30;
}

/** Lines of about equal length that are no wider than `most`. */
function wrapped(nodes: readonly MapNode[], most: number, space: number): MapNode[][] {
  const total = nodes.reduce((sum, node) => sum + pillWidth(node) + space, 0);
  const wanted = total / Math.max(1, Math.ceil(total / most));
  const lines: MapNode[][] = [[]];
  let used = 0;
  for (const node of nodes) {
    const own = pillWidth(node) + space;
    if (used > 0 && (used + own - space > most || used + own / 2 > wanted)) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(node);
    used += own;
  }
  return lines;
}

/** Longest way from a component that nobody uses; circles count once. Each level by falling number of links, then by name. */
function byLevel(nodes: readonly MapNode[], links: readonly MapLink[]): MapNode[][] {
  const refs = new Set(nodes.map(({ ref }) => ref));
  const inside = links.filter(({ from, to, kind }) => kind !== "coupling" && refs.has(from) && refs.has(to));
  const level = new Map(nodes.map(({ ref }) => [ref, 0]));
  const most = Math.min(nodes.length, 6);
  for (let round = 0; round < most; round++) {
    let changed = false;
    for (const { from, to } of inside) {
      const wanted = (level.get(from) ?? 0) + 1;
      if (wanted > (level.get(to) ?? 0) && wanted < most && !reaches(inside, to, from)) {
        level.set(to, wanted);
        changed = true;
      }
    }
    if (!changed) break;
  }
  const degree = new Map<string, number>();
  for (const { from, to } of inside) for (const ref of [from, to]) degree.set(ref, (degree.get(ref) ?? 0) + 1);
  const rows: MapNode[][] = [];
  for (const node of nodes) (rows[level.get(node.ref) ?? 0] ??= []).push(node);
  return rows
    .filter((row) => row !== undefined)
    .map((row) => row.sort((a, b) => (degree.get(b.ref) ?? 0) - (degree.get(a.ref) ?? 0) || (a.name < b.name ? -1 : 1)));
}

function reaches(links: readonly MapLink[], from: string, to: string): boolean {
  const seen = new Set([from]);
  const open = [from];
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    for (const link of links) {
      if (link.from !== ref || seen.has(link.to)) continue;
      if (link.to === to) return true;
      seen.add(link.to);
      open.push(link.to);
    }
  }
  return false;
}

/** By the mean place of the neighbours that are placed already; a stable sort keeps the rest. */
function byNeighbours(nodes: readonly MapNode[], links: readonly MapLink[], place: ReadonlyMap<string, number>): MapNode[] {
  const centre = (ref: string): number => {
    const known = links.flatMap(({ from, to }) =>
      from === ref ? (place.get(to) ?? []) : to === ref ? (place.get(from) ?? []) : [],
    );
    return known.length === 0 ? 0.5 : known.reduce((sum, one) => sum + one, 0) / known.length;
  };
  return nodes
    .map((node) => ({ node, at: centre(node.ref) }))
    .sort((a, b) => a.at - b.at)
    .map(({ node }) => node);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Centre {
  x: number;
  y: number;
}

/** Below each other; narrow ones, as closed groups are, take turns on both sides, so that lines have room. */
function stacked(sizes: readonly Size[], width: number): Centre[] {
  const takeTurns = sizes.every((size) => size.width <= width * 0.6);
  let y = 0;
  return sizes.map((size, at) => {
    const x = !takeTurns ? width / 2 : at % 2 === 0 ? size.width / 2 : width - 2 * margin - size.width / 2;
    const centre = { x, y: y + size.height / 2 };
    y += size.height + (takeTurns ? apart / 2 : apart);
    return centre;
  });
}

interface Body extends SimulationNodeDatum, Size {
  x: number;
  y: number;
  readonly anchor: Centre;
}

/** Anchors stand on a ring in the order of who is linked to whom; links draw a little, boxes push each other apart. */
function anchored(groups: readonly MapGroup[], links: readonly MapLink[], sizes: readonly Size[], width: number): Centre[] {
  const weights = linkWeights(groups, links);
  const order = ringOrder(groups, weights);
  const around = sizes.reduce((sum, { width, height }) => sum + Math.max(width, height * 1.3) + apart, 0);
  const radius = groups.length === 1 ? 0 : Math.max(around / (2 * Math.PI), 90);
  const isWide = 2.7 * radius + Math.max(...sizes.map((size) => size.width)) > width;
  const anchors = isWide ? frame(order, sizes, width) : ellipse(order, radius);
  const bodies = sizes.map((size, at): Body => {
    const anchor = anchors[at] ?? { x: 0, y: 0 };
    return { ...size, ...anchor, anchor };
  });
  const between = [...weights].map(([key, weight]) => {
    const [source = 0, target = 0] = key.split(" ").map(Number);
    return { source, target, weight };
  });
  forceSimulation(bodies)
    .force("x", forceX<Body>(({ anchor }) => anchor.x).strength(0.5))
    .force("y", forceY<Body>(({ anchor }) => anchor.y).strength(0.5))
    .force(
      "links",
      forceLink<Body, { source: number; target: number; weight: number }>(between)
        .distance(radius)
        .strength(({ weight }) => Math.min(0.08, 0.01 * weight)),
    )
    .force("apart", () => separate(bodies, 0.5))
    .stop()
    .tick(120);
  for (let round = 0; round < 400 && separate(bodies, 1); round++);
  return bodies;
}

function ellipse(order: readonly number[], radius: number): Centre[] {
  return order.map((_, at) => {
    const angle = (2 * Math.PI * order.indexOf(at)) / order.length - Math.PI / 2;
    return { x: Math.cos(angle) * radius * 1.35, y: Math.sin(angle) * radius * 0.72 };
  });
}

/** Around a rectangle of the width at hand: boxes are wide, so more of them stand above and below than on the sides. */
function frame(order: readonly number[], sizes: readonly Size[], width: number): Centre[] {
  const sizeOf = (at: number): Size => sizes[at] ?? { width: 0, height: 0 };
  const mean = sizes.reduce((sum, size) => sum + size.width + apart, 0) / sizes.length;
  const across = Math.max(2, Math.min(Math.ceil(order.length / 2), Math.floor((width + apart) / mean)));
  const sides = Math.ceil(Math.max(0, order.length - 2 * across) / 2);
  const [top, right, bottom, left] = [
    order.slice(0, across),
    order.slice(across, across + sides),
    order.slice(across + sides, 2 * across + sides).toReversed(),
    order.slice(2 * across + sides).toReversed(),
  ];
  const tall = (column: readonly number[]): number => column.reduce((sum, at) => sum + sizeOf(at).height + apart, 0);
  const highest = (row: readonly number[]): number => Math.max(0, ...row.map((at) => sizeOf(at).height));
  const middle = Math.max(tall(left), tall(right), 3 * apart);
  const anchors = sizes.map(() => ({ x: 0, y: 0 }));
  const set = (at: number, x: number, y: number): void => void Object.assign(anchors[at] ?? {}, { x, y });
  for (const [row, y] of [
    [top, 0],
    [bottom, highest(top) / 2 + middle + apart + highest(bottom) / 2],
  ] as const) {
    for (const [place, at] of row.entries()) set(at, ((place + 0.5) / row.length) * width, y);
  }
  for (const [column, edge] of [
    [left, 0],
    [right, 1],
  ] as const) {
    let y = highest(top) / 2 + apart + (middle - tall(column)) / 2;
    for (const at of column) {
      const { width: own, height } = sizeOf(at);
      set(at, edge === 0 ? own / 2 : width - own / 2, y + height / 2);
      y += height + apart;
    }
  }
  return anchors;
}

/** Number of links between two groups, by their indices. */
function linkWeights(groups: readonly MapGroup[], links: readonly MapLink[]): Map<string, number> {
  const groupOf = new Map(groups.flatMap(({ nodes }, at) => nodes.map(({ ref }) => [ref, at] as const)));
  const weights = new Map<string, number>();
  for (const { from, to } of links) {
    const [a, b] = [groupOf.get(from), groupOf.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    const key = `${Math.min(a, b)} ${Math.max(a, b)}`;
    weights.set(key, (weights.get(key) ?? 0) + 1);
  }
  return weights;
}

/** Next comes whoever has the most links to the two before. */
function ringOrder(groups: readonly MapGroup[], weights: ReadonlyMap<string, number>): number[] {
  const between = (a: number, b: number): number => weights.get(`${Math.min(a, b)} ${Math.max(a, b)}`) ?? 0;
  const rest = groups.map((_, at) => at);
  const total = (at: number): number => rest.reduce((sum, other) => sum + between(at, other), 0);
  const order = [rest.reduce((best, at) => (total(at) > total(best) ? at : best), 0)];
  while (order.length < rest.length) {
    const [last = 0, before = last] = order.toReversed();
    const open = rest.filter((at) => !order.includes(at));
    order.push(
      open.reduce((best, at) =>
        between(at, last) + between(at, before) / 2 > between(best, last) + between(best, before) / 2 ? at : best,
      ),
    );
  }
  return order;
}

/** Moves overlapping boxes apart along the shorter way. @returns whether any overlapped. */
function separate(bodies: readonly Body[], strength: number): boolean {
  let moved = false;
  for (const [at, a] of bodies.entries()) {
    for (const b of bodies.slice(at + 1)) {
      const x = (a.width + b.width) / 2 + apart - Math.abs(a.x - b.x);
      const y = (a.height + b.height) / 2 + apart - Math.abs(a.y - b.y);
      if (x <= 0.01 || y <= 0.01) continue;
      moved = true;
      const axis = x < y ? "x" : "y";
      const push = ((axis === "x" ? x : y) * strength) / 2 + 0.01;
      const sign = a[axis] <= b[axis] ? -1 : 1;
      a[axis] += sign * push;
      b[axis] -= sign * push;
    }
  }
  return moved;
}

const margin = 8;

function positioned(
  groups: readonly MapGroup[],
  isOpen: (group: MapGroup) => boolean,
  inner: readonly Inner[],
  sizes: readonly Size[],
  centres: readonly Centre[],
): Layout {
  const corner = (at: number): Centre => ({
    x: (centres[at]?.x ?? 0) - (sizes[at]?.width ?? 0) / 2,
    y: (centres[at]?.y ?? 0) - (sizes[at]?.height ?? 0) / 2,
  });
  const left = Math.min(...groups.map((_, at) => corner(at).x)) - margin;
  const top = Math.min(...groups.map((_, at) => corner(at).y)) - margin;
  const places = new Map<string, Place>();
  const boxes = groups.map((group, at): Box => {
    const { x, y } = corner(at);
    const box = {
      group,
      open: isOpen(group),
      x: x - left,
      y: y - top,
      width: sizes[at]?.width ?? 0,
      height: sizes[at]?.height ?? 0,
    };
    const own = inner[at];
    const shift = (box.width - (own?.width ?? 0)) / 2;
    const whole = { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height };
    places.set(group.id, whole);
    for (const { ref } of box.open ? [] : group.nodes) places.set(ref, whole);
    for (const { ref, ...pill } of own?.pills ?? [])
      places.set(ref, { ...pill, x: box.x + shift + pill.x, y: box.y + header + pill.y });
    return box;
  });
  return {
    boxes,
    places,
    width: Math.max(...boxes.map(({ x, width }) => x + width), 0) + margin,
    height: Math.max(...boxes.map(({ y, height }) => y + height), 0) + margin,
  };
}
