/** Links as curves between the borders of what they join. Several links between two closed groups become one line with a number. */
import type { Ref } from "../../model.js";
import type { LinkKind, MapLink } from "./graph.js";
import type { Layout, Place } from "./layout.js";

export interface DrawnLink {
  readonly key: string;
  readonly kind: LinkKind;
  readonly confidence: MapLink["confidence"];
  readonly seen: MapLink["seen"];
  readonly path: string;
  readonly width: number;
  /** Arrow head at the used end: its form says how the link was seen. */
  readonly head: string | null;
  /** A dot on a line of messages, a square on one of imports. */
  readonly middle: (Point & { readonly form: "dot" | "square" }) | null;
  readonly label: (Point & { readonly text: string }) | null;
  readonly ends: ReadonlySet<Ref>;
  /** What the line joins in the drawing: refs, or ids of closed groups. */
  readonly between: readonly [string, string];
  /** How many links it stands for. */
  readonly weight: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export function drawnLinks(links: readonly MapLink[], layout: Layout): DrawnLink[] {
  const closedOf = new Map(
    layout.boxes.flatMap(({ group, open }) => (open ? [] : group.nodes.map(({ ref }) => [ref, group.id] as const))),
  );
  const bundles = new Map<string, { links: MapLink[]; from: string; to: string }>();
  for (const link of links) {
    const [from, to] = [closedOf.get(link.from) ?? link.from, closedOf.get(link.to) ?? link.to];
    if (from === to || !layout.places.has(from) || !layout.places.has(to)) continue;
    const key = keyOf(link, from, to, closedOf.has(link.from) && closedOf.has(link.to));
    const known = bundles.get(key);
    if (known) known.links.push(link);
    else bundles.set(key, { links: [link], from, to });
  }
  const ends = [...new Set([...bundles.values()].flatMap(({ from, to }) => [from, to]))];
  const pills = ends.flatMap((end) => layout.places.get(end) ?? []);
  const isChecked = bundles.size * pills.length <= mostChecks;
  return [...bundles].flatMap(([key, { links: bundled, from, to }]) => {
    const [a, b] = [layout.places.get(from), layout.places.get(to)];
    if (a === undefined || b === undefined) return [];
    const bend = bent(a, b, layout, isChecked ? pills.filter((pill) => pill !== a && pill !== b) : []);
    const isGroups = closedOf.has(bundled[0]?.from ?? "") && closedOf.has(bundled[0]?.to ?? "");
    return [{ ...drawn(key, bundled, a, b, bend, isGroups), between: [from, to] }];
  });
}

/** Between two closed groups one line stands for both directions and all kinds of dependency. */
function keyOf({ kind }: MapLink, from: string, to: string, bothClosed: boolean): string {
  const [first, second] = bothClosed && from > to ? [to, from] : [from, to];
  return `${bothClosed && kind !== "coupling" ? "all" : kind} ${first} ${second}`;
}

const strength = ["hint", "likely", "confirmed"] as const;
const ways = ["declared", "static", "runtime"] as const;

function drawn(
  key: string,
  links: readonly MapLink[],
  from: Place,
  to: Place,
  bend: Point,
  isGroups: boolean,
): Omit<DrawnLink, "between"> {
  const [first] = links;
  const kind = first?.kind ?? "calls";
  const start = border(from, bend);
  const end = border(to, bend);
  const isBundle = links.length > 1;
  const middle = onCurve(start, bend, end, 0.5);
  return {
    key,
    kind: isGroups && kind !== "coupling" ? "calls" : kind,
    confidence: strength.findLast((one) => links.some(({ confidence }) => confidence === one)) ?? "hint",
    seen: ways.findLast((one) => links.some(({ seen }) => seen === one)) ?? null,
    path: `M${fixed(start.x)} ${fixed(start.y)}Q${fixed(bend.x)} ${fixed(bend.y)} ${fixed(end.x)} ${fixed(end.y)}`,
    width: kind === "coupling" ? 5 : isBundle ? Math.min(9, 0.8 + links.length / 3) : 1.3,
    head: kind === "coupling" || isGroups ? null : arrow(end, bend, first?.seen ?? null),
    middle: isGroups
      ? null
      : kind === "messages" || kind === "imports"
        ? { ...onCurve(start, bend, end, 0.42), form: kind === "messages" ? "dot" : "square" }
        : null,
    label: isGroups && links.length >= 4 ? { x: middle.x, y: middle.y - 3, text: String(links.length) } : null,
    ends: new Set(links.flatMap((link) => [link.from, link.to])),
    weight: isBundle ? links.length : (first?.count ?? 1),
  };
}

/** More pills times links than this are not looked at for lines that run across names. */
const mostChecks = 12_000;

/**
 * Control point: lines between far boxes bow towards the middle, which bundles them; lines side by side bow to one side. Of a few bows the
 * one is taken that runs under the fewest names.
 */
function bent(from: Place, to: Place, drawing: Pick<Layout, "width" | "height">, others: readonly Place[]): Point {
  const centre = { x: drawing.width / 2, y: drawing.height / 2 };
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const distance = Math.hypot(dx, dy);
  const pull = Math.min(0.28, distance / 3600);
  const flat = Math.abs(dy) < 8;
  const sides = flat
    ? [(dx > 0 ? 1 : -1) * Math.min(0.3, 0.12 + 20 / distance), -0.2, 0.2, -0.4, 0.4]
    : [0.04, -0.12, 0.16, -0.28, 0.32, -0.45, 0.48];
  const candidates = sides.map((side) => ({
    x: middle.x + (flat ? 0 : (centre.x - middle.x) * pull) - dy * side,
    y: middle.y + (flat ? -Math.abs(dx) * side : (centre.y - middle.y) * pull + dx * side),
  }));
  if (others.length === 0) return candidates[0] ?? middle;
  const crossed = candidates.map((bend) => crossings(border(from, bend), bend, border(to, bend), others, drawing));
  return candidates[crossed.indexOf(Math.min(...crossed))] ?? middle;
}

/** Points of the curve that lie under a name; points outside of the drawing count more. */
function crossings(
  start: Point,
  bend: Point,
  end: Point,
  others: readonly Place[],
  { width, height }: Pick<Layout, "width" | "height">,
): number {
  let found = 0;
  for (let step = 1; step < 16; step++) {
    const { x, y } = onCurve(start, bend, end, step / 16);
    if (x < 4 || y < 4 || x > width - 4 || y > height - 4) found += 3;
    if (others.some((place) => Math.abs(place.x - x) < place.width / 2 + 2 && Math.abs(place.y - y) < place.height / 2 + 2))
      found++;
  }
  return found;
}

/** Where the way from the middle of a box towards a point leaves it. */
function border({ x, y, width, height }: Place, towards: Point): Point {
  const [dx, dy] = [towards.x - x, towards.y - y];
  if (dx === 0 && dy === 0) return { x, y };
  const scale = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : width / 2 / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : height / 2 / Math.abs(dy),
  );
  return { x: x + dx * scale, y: y + dy * scale };
}

function onCurve(start: Point, bend: Point, end: Point, t: number): Point {
  const rest = 1 - t;
  return {
    x: rest * rest * start.x + 2 * rest * t * bend.x + t * t * end.x,
    y: rest * rest * start.y + 2 * rest * t * bend.y + t * t * end.y,
  };
}

/** Triangle for what was seen in source or at run time (filled by CSS), a bar for what is only declared. */
function arrow(end: Point, bend: Point, seen: MapLink["seen"]): string {
  const angle = Math.atan2(end.y - bend.y, end.x - bend.x);
  const point = (back: number, aside: number): string =>
    `${fixed(end.x - Math.cos(angle) * back - Math.sin(angle) * aside)} ${fixed(end.y - Math.sin(angle) * back + Math.cos(angle) * aside)}`;
  if (seen === "declared") return `M${point(2, 4.5)}L${point(2, -4.5)}`;
  return `M${point(0, 0)}L${point(8, 3.6)}L${point(8, -3.6)}Z`;
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
