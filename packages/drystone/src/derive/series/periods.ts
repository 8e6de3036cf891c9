/** Cuts a window into months where every month has enough changes to show a share, else into quarters. */
import type { Estate } from "#derive/estate/index.js";
import { isoDate, quarter } from "#util/dates.js";
import { groupBy } from "#util/group-by.js";
import type { ChangeSet } from "../change-sets/index.js";

export interface Period {
  /** `2026-07` or `2026-Q3`. */
  readonly name: string;
  readonly sets: readonly ChangeSet[];
  readonly sweeps: readonly ChangeSet[];
  /** The window begins or ends inside of it. */
  readonly partial: boolean;
}

/** Oldest first, periods without any change among them. */
export function periodsOf(estate: Estate): Period[] {
  const { from, to, sets, sweeps } = estate.long;
  if (!Number.isFinite(from)) return [];
  const months = namesBetween(from, to, month);
  const perMonth = countBy(sets, month);
  const counts = months.map((name) => perMonth.get(name) ?? 0).sort((a, b) => a - b);
  const nameOf = (counts[Math.floor(counts.length / 2)] ?? 0) >= estate.parameters.nMin.service ? month : quarter;
  const names = namesBetween(from, to, nameOf);
  const ofSets = groupBy(sets, ({ time }) => nameOf(time));
  const ofSweeps = groupBy(sweeps, ({ time }) => nameOf(time));
  const day = 86_400;
  return names.map((name, at) => ({
    name,
    sets: ofSets.get(name) ?? [],
    sweeps: ofSweeps.get(name) ?? [],
    partial: (at === 0 && nameOf(from - day) === name) || (at === names.length - 1 && nameOf(to + day) === name),
  }));
}

/** `2026-07`. */
function month(seconds: number): string {
  return isoDate(seconds).slice(0, 7);
}

type NameOf = (seconds: number) => string;

function namesBetween(from: number, to: number, nameOf: NameOf): string[] {
  const names = new Set<string>();
  for (let time = from; time < to; time += 20 * 86_400) names.add(nameOf(time));
  names.add(nameOf(to));
  return [...names];
}

function countBy(sets: readonly ChangeSet[], nameOf: NameOf): Map<string, number> {
  return new Map([...groupBy(sets, ({ time }) => nameOf(time))].map(([name, group]) => [name, group.length]));
}
