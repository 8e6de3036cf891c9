/** The cells of a dependency structure matrix at the level that is open. Pure. */
import type { Ref, Result } from "../../model.js";
import { couplingOf, type Dependency, dependenciesOf, pairKey } from "../shared/dependencies.js";
import { type Group, type Grouping, groupsOf, subjectsOf } from "../shared/subjects.js";
import { strongOrder } from "./order.js";

export interface Matrix {
  readonly level: "service" | "module";
  readonly grouping: Grouping;
  readonly lines: readonly MatrixLine[];
  /** Cells that hold something, by row, then column. The row uses the column. */
  readonly cells: readonly MatrixCell[];
  /** Circles of dependencies, each with its members. */
  readonly circles: readonly (readonly Ref[])[];
}

/** A component, or a closed group that stands for its members. */
export interface MatrixLine {
  readonly id: string;
  readonly name: string;
  readonly group: Group;
  readonly members: readonly Ref[];
  readonly closed: boolean;
}

export interface MatrixCell {
  readonly row: number;
  readonly column: number;
  /** Different operations, topics and imports of the column that the row uses. */
  readonly dependencies: number;
  /** Largest coupling degree between the two, 0..1; null below the least sample. */
  readonly coupling: number | null;
  readonly shared: number;
  /** They change together more than chance explains, and nothing joins them in either direction. */
  readonly hidden: boolean;
  /** Part of a circle of dependencies. */
  readonly circle: boolean;
}

export function matrixOf(result: Result, isOpen: (group: Group) => boolean): Matrix {
  const { level, components } = subjectsOf(result);
  const place = new Map(components.map(({ ref }, at) => [ref, at]));
  const dependencies = dependenciesOf(result, (ref) => place.has(ref)).filter(({ kind }) => kind !== "infrastructure");
  const edges = dependencies.map(({ from, to }) => [place.get(from) ?? 0, place.get(to) ?? 0] as const);
  const { circleOf, sizes } = strongOrder(components.length, edges);
  const rank = (ref: Ref): number => circleOf[place.get(ref) ?? 0] ?? 0;
  const found = groupsOf(result, components);
  const mean = ({ members }: Group): number => members.reduce((sum, { ref }) => sum + rank(ref), 0) / Math.max(1, members.length);
  const grouping: Grouping = {
    ...found,
    groups: found.groups
      .map((group) => ({ group, at: mean(group) }))
      .sort((a, b) => a.at - b.at)
      .map(({ group }) => group),
  };
  const lines = grouping.groups.flatMap((group): MatrixLine[] => {
    const ordered = [...group.members].sort((a, b) => rank(a.ref) - rank(b.ref) || (a.name < b.name ? -1 : 1));
    return isOpen(group)
      ? ordered.map(({ ref, name }) => ({ id: ref, name, group, members: [ref], closed: false }))
      : [{ id: group.id, name: group.name, group, members: ordered.map(({ ref }) => ref), closed: true }];
  });
  const circles = sizes.flatMap((size, circle) =>
    size < 2 ? [] : [components.filter((_, at) => circleOf[at] === circle).map(({ ref }) => ref)],
  );
  return { level, grouping, lines, circles, cells: cellsOf(result, lines, dependencies, (a, b) => rank(a) === rank(b)) };
}

function cellsOf(
  result: Result,
  lines: readonly MatrixLine[],
  dependencies: readonly Dependency[],
  inCircle: (a: Ref, b: Ref) => boolean,
): MatrixCell[] {
  const lineOf = new Map(lines.flatMap(({ members }, at) => members.map((ref) => [ref, at] as const)));
  const cells = new Map<number, { -readonly [Key in keyof MatrixCell]: MatrixCell[Key] }>();
  const cellAt = (row: number, column: number) => {
    const key = row * lines.length + column;
    const known = cells.get(key);
    if (known !== undefined) return known;
    const made = { row, column, dependencies: 0, coupling: null, shared: 0, hidden: false, circle: false };
    cells.set(key, made);
    return made;
  };
  const joined = new Set<string>();
  for (const { from, to, count } of dependencies) {
    joined.add(pairKey(from, to));
    const [row, column] = [lineOf.get(from), lineOf.get(to)];
    if (row === undefined || column === undefined || row === column) continue;
    const cell = cellAt(row, column);
    cell.dependencies += count;
    if (inCircle(from, to)) cell.circle = true;
  }
  for (const [pair, { degree, shared, beyondChance }] of couplingOf(result)) {
    const [a = "", b = ""] = pair.split(" ");
    const [one, other] = [lineOf.get(a), lineOf.get(b)];
    if (one === undefined || other === undefined || one === other) continue;
    for (const cell of [cellAt(one, other), cellAt(other, one)]) {
      cell.coupling = Math.max(cell.coupling ?? 0, degree);
      cell.shared += shared;
      if (beyondChance && !joined.has(pair)) cell.hidden = true;
    }
  }
  return [...cells].sort(([a], [b]) => a - b).map(([, cell]) => cell);
}
