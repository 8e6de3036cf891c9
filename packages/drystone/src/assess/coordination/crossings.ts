/** Change sets that touch components of two or more owning teams. */
import type { ChangeSet } from "#derive/change-sets/index.js";
import type { Estate } from "#derive/estate/index.js";
import { owningTeams } from "#derive/team-changes/index.js";
import type { Ref } from "#model/refs.js";
import { type Estimate, proportionInterval, weeklyClusters } from "#util/statistics/index.js";

export interface Crossings {
  /** Sets that touch a component with exactly one owning team, and those that touch components of two teams or more. */
  readonly n: number;
  readonly crossing: readonly ChangeSet[];
  readonly estimate: Estimate | null;
  /** Every two teams with a set in common, most sets first, then by name. */
  readonly pairs: readonly TeamPair[];
  /** Sets that touch components of the team. */
  readonly byTeam: ReadonlyMap<Ref, number>;
}

export interface TeamPair {
  readonly a: Ref;
  /** Greater than `a`. */
  readonly b: Ref;
  /** Newest first. */
  readonly sets: readonly ChangeSet[];
  /** The two components, one of each team, that most of the sets hold, and these sets. */
  readonly strongest: { readonly a: number; readonly b: number; readonly sets: readonly ChangeSet[] };
}

/** A team and one above it are no two teams. */
export function findCrossings(estate: Estate): Crossings {
  const { level, seed, draws } = estate.parameters.ci;
  const ownerOf = new Map(
    [...owningTeams(estate)].flatMap(([team, components]) => components.map((component) => [component, team] as const)),
  );
  const isApart = apart(estate);
  const cases: { time: number; hit: boolean }[] = [];
  const crossing: ChangeSet[] = [];
  const byTeam = new Map<Ref, number>();
  const pairs = new Map<string, { a: Ref; b: Ref; sets: ChangeSet[] }>();
  for (const set of setsOf(estate)) {
    const teams = [...new Set(set.components.flatMap((component) => ownerOf.get(component) ?? []))].sort();
    if (teams.length === 0) continue;
    for (const team of teams) byTeam.set(team, (byTeam.get(team) ?? 0) + 1);
    const crossed = teams.flatMap((a, at) => teams.slice(at + 1).flatMap((b) => (isApart(a, b) ? [[a, b] as const] : [])));
    for (const [a, b] of crossed) {
      const known = pairs.get(`${a} ${b}`);
      if (known) known.sets.push(set);
      else pairs.set(`${a} ${b}`, { a, b, sets: [set] });
    }
    cases.push({ time: set.time, hit: crossed.length > 0 });
    if (crossed.length > 0) crossing.push(set);
  }
  return {
    n: cases.length,
    crossing,
    estimate: proportionInterval(weeklyClusters(cases), { level, seed, draws }),
    pairs: [...pairs.values()]
      .sort((x, y) => y.sets.length - x.sets.length || (x.a + x.b < y.a + y.b ? -1 : 1))
      .map((pair) => ({ ...pair, strongest: strongestComponents(pair, ownerOf) })),
    byTeam,
  };
}

/** With what touches only the whole around the modules, or a library: a team may own that and change it alone. */
function setsOf({ recent, across, parameters }: Estate): readonly ChangeSet[] {
  if (across.repositories > 1) return recent.sets;
  const others = recent.elsewhere.filter(
    ({ components, files }) => components.length > 0 && files <= parameters.changeSet.maxFiles,
  );
  return others.length === 0 ? recent.sets : [...recent.sets, ...others].sort((a, b) => b.time - a.time);
}

export function apart(estate: Estate): (a: Ref, b: Ref) => boolean {
  return (a, b) => a !== b && !estate.teams.lineOf(a).includes(b) && !estate.teams.lineOf(b).includes(a);
}

function strongestComponents(
  { a, b, sets }: { a: Ref; b: Ref; sets: readonly ChangeSet[] },
  ownerOf: ReadonlyMap<number, Ref>,
): TeamPair["strongest"] {
  const found = new Map<string, { a: number; b: number; sets: ChangeSet[] }>();
  for (const set of sets) {
    const ofTeam = (team: Ref): number[] => set.components.filter((component) => ownerOf.get(component) === team);
    for (const one of ofTeam(a)) {
      for (const other of ofTeam(b)) {
        const known = found.get(`${one} ${other}`);
        if (known) known.sets.push(set);
        else found.set(`${one} ${other}`, { a: one, b: other, sets: [set] });
      }
    }
  }
  const [most] = [...found.values()].sort((x, y) => y.sets.length - x.sets.length || x.a - y.a || x.b - y.b);
  return most ?? { a: -1, b: -1, sets: [] };
}
