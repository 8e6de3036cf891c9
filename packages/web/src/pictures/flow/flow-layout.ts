/** Stages in columns by the longest way to them; ways back run below, ways that skip a column above. */
import type { Flow, FlowMove } from "./flow-stages.js";

export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  /** Centre of each stage, by name. */
  readonly places: ReadonlyMap<string, Point>;
  readonly lines: readonly FlowLine[];
}

export interface FlowLine {
  readonly move: FlowMove;
  readonly path: string;
  readonly head: string;
  readonly label: Point;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

const between = { across: 52, along: 26 };
const margin = 10;
/** Beside the outermost line back, where columns stand below each other. */
const labelRoom = 24;
/** Between two lines that run beside each other outside of the boxes. */
const lane = 22;

/** @param across columns from left to right; rows from top to bottom otherwise. */
export function flowLayout({ stages, moves }: Pick<Flow, "stages" | "moves">, box: BoxSize, across: boolean): FlowLayout {
  const names = stages.map(({ name }) => name);
  const rank = moves.length === 0 ? new Map(names.map((name, at) => [name, at])) : ranksOf(names, moves);
  const columns: string[][] = [];
  for (const name of names) (columns[rank.get(name) ?? 0] ??= []).push(name);
  const filled = columns.filter((column) => column !== undefined);
  const columnOf = new Map(filled.flatMap((column, at) => column.map((name) => [name, at] as const)));
  const isBack = ({ from, to, rework }: FlowMove): boolean => rework || (columnOf.get(to) ?? 0) <= (columnOf.get(from) ?? 0);
  const isSkip = ({ from, to }: FlowMove): boolean => (columnOf.get(to) ?? 0) - (columnOf.get(from) ?? 0) > 1;
  const above = moves.filter((move) => !isBack(move) && isSkip(move)).length * lane;
  const below = moves.filter(isBack).length * lane;
  const [main, side] = across ? [box.width, box.height] : [box.height, box.width];
  // Without moves nothing is drawn between the states.
  const gap = across ? between.across : moves.length === 0 ? 8 : 44;
  const most = Math.max(1, ...filled.map(({ length }) => length));
  const thickness = most * side + (most - 1) * between.along;
  const points = new Map(
    filled.flatMap((column, at) =>
      column.map((name, index) => {
        const along = margin + at * (main + gap) + main / 2;
        const aside = margin + above + thickness / 2 + (index - (column.length - 1) / 2) * (side + between.along);
        return [name, { along, aside }] as const;
      }),
    ),
  );
  const turn = (along: number, aside: number): Point => (across ? { x: along, y: aside } : { x: aside, y: along });
  let [skips, backs] = [0, 0];
  const lines = moves.map((move): FlowLine => {
    const [from, to] = [points.get(move.from) ?? { along: 0, aside: 0 }, points.get(move.to) ?? { along: 0, aside: 0 }];
    if (isBack(move)) {
      const rail = margin + above + thickness + lane * (++backs - 0.2);
      return outside(move, [from.along, from.aside + side / 2], [to.along, to.aside + side / 2], rail, turn);
    }
    if (isSkip(move)) {
      const rail = margin + above - lane * (++skips - 0.3);
      return outside(move, [from.along, from.aside - side / 2], [to.along, to.aside - side / 2], rail, turn);
    }
    return forward(move, [from.along + main / 2, from.aside], [to.along - main / 2, to.aside], turn);
  });
  const length = 2 * margin + filled.length * (main + gap) - gap;
  const depth = 2 * margin + above + thickness + below;
  return {
    width: across ? length : depth + (below > 0 ? labelRoom : 0),
    height: across ? depth : length,
    places: new Map([...points].map(([name, { along, aside }]) => [name, turn(along, aside)])),
    lines,
  };
}

type Pair = readonly [along: number, aside: number];
type Turn = (along: number, aside: number) => Point;

function forward(move: FlowMove, start: Pair, end: Pair, turn: Turn): FlowLine {
  const bend = (end[0] - start[0]) / 2;
  const tip = end[0] - 6;
  return {
    move,
    path: curve([turn(...start), turn(start[0] + bend, start[1]), turn(tip - bend, end[1]), turn(tip, end[1])]),
    head: head(turn(tip - 4, end[1]), turn(...end)),
    label: turn((start[0] + end[0]) / 2, (start[1] + end[1]) / 2),
  };
}

/** Out of the side of a box, along a rail and back into another. */
function outside(move: FlowMove, start: Pair, end: Pair, rail: number, turn: Turn): FlowLine {
  const away = rail > start[1] ? 1 : -1;
  const direction = end[0] > start[0] ? 1 : -1;
  const [out, into] = [start[0] + direction * 12, end[0] - direction * 12];
  const tip = end[1] + away * 6;
  const corner = Math.min(14, Math.abs(into - out) / 2);
  const [a, b, c, d, e, f] = [
    turn(out, start[1]),
    turn(out, rail - away * corner),
    turn(out + direction * corner, rail),
    turn(into - direction * corner, rail),
    turn(into, rail - away * corner),
    turn(into, tip),
  ];
  const [one, other] = [turn(out, rail), turn(into, rail)];
  return {
    move,
    path: `M${text(a)}L${text(b)}Q${text(one)} ${text(c)}L${text(d)}Q${text(other)} ${text(e)}L${text(f)}`,
    head: head(turn(into, tip + away * 4), turn(into, end[1])),
    label: turn((out + into) / 2, rail),
  };
}

function curve([start, first, second, end]: readonly [Point, Point, Point, Point]): string {
  return `M${text(start)}C${text(first)} ${text(second)} ${text(end)}`;
}

function head(before: Point, end: Point): string {
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const at = (aside: number): Point => ({
    x: end.x - Math.cos(angle) * 10 - Math.sin(angle) * aside,
    y: end.y - Math.sin(angle) * 10 + Math.cos(angle) * aside,
  });
  return `M${text(end)}L${text(at(5))}L${text(at(-5))}Z`;
}

function text({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}

/** Longest way from a stage that nothing leads to, ways back aside; what lies on a circle keeps the place of the order given. */
function ranksOf(names: readonly string[], moves: readonly FlowMove[]): Map<string, number> {
  const place = new Map(names.map((name, at) => [name, at]));
  const rank = new Map(names.map((name) => [name, 0]));
  const ahead = moves.filter(({ from, to, rework }) => !rework && (place.get(from) ?? 0) < (place.get(to) ?? 0));
  for (const name of names) {
    for (const { from, to } of ahead) if (from === name) rank.set(to, Math.max(rank.get(to) ?? 0, (rank.get(name) ?? 0) + 1));
  }
  return rank;
}
