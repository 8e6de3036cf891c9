/** Which teams made which changes. */
import type { ChangeSet } from "#derive/change-sets/index.js";
import { type Estate, historyObstacles } from "#derive/estate/index.js";
import type { Ref } from "#model/refs.js";

/** A set is told apart by team when the teams of at least half of its authors' weight are known. */
const knownWeight = 0.5;

export interface PeopleAnswer {
  readonly state: "off" | "blocked" | "unusable" | "usable";
  readonly reasons: readonly string[];
}

/** Whether history may be asked who worked where, and why not. */
export function peopleAnswer(estate: Estate): PeopleAnswer {
  if (estate.facts.config.people === "off")
    return { state: "off", reasons: ["People are switched off in drystone.yaml (people: off)."] };
  const blocked = historyObstacles(estate);
  if (blocked.length > 0) return { state: "blocked", reasons: blocked.map(({ text }) => text) };
  if (estate.people.use.usable) return { state: "usable", reasons: [] };
  return {
    state: "unusable",
    reasons: [`The commits do not tell who made the changes: ${estate.people.use.reason ?? "no person stands behind them"}.`],
  };
}

/**
 * Change sets by people in the window that touch one of the components, newest first. Sweeps are out. Unlike for coupling, sets of several
 * repositories count whether or not they name a ticket: who made a change is known either way.
 */
export function changesOfComponents(estate: Estate, components: readonly number[]): ChangeSet[] {
  const wanted = new Set(components);
  const { sets, elsewhere } = estate.recent;
  const { maxFiles } = estate.parameters.changeSet;
  return [...sets, ...elsewhere.filter((set) => set.files <= maxFiles)]
    .filter((set) => set.components.some((component) => wanted.has(component)))
    .sort((a, b) => b.time - a.time);
}

/** The sets that touch each of the components, in the order given. A component that none touches has no entry. */
export function byComponent(
  sets: readonly ChangeSet[],
  components: readonly number[],
): ReadonlyMap<number, readonly ChangeSet[]> {
  const wanted = new Set(components);
  const found = new Map<number, ChangeSet[]>();
  for (const set of sets) {
    for (const component of set.components) {
      if (!wanted.has(component)) continue;
      const own = found.get(component);
      if (own) own.push(set);
      else found.set(component, [set]);
    }
  }
  return found;
}

/**
 * Share of a change set per team at its time, 0..1, by the weights of its authors; a person in k teams counts 1/k in each. The rest up to 1
 * is by people whose team is unknown. @param under an owner: teams below it count as it.
 */
export function teamWeights(estate: Estate, set: ChangeSet, under: Ref | null = null): ReadonlyMap<Ref, number> {
  const weights = new Map<Ref, number>();
  for (const { person, weight } of set.authors) {
    for (const share of estate.teams.teamOf(person, set.time)) {
      const team = under !== null && estate.teams.lineOf(share.team).includes(under) ? under : share.team;
      weights.set(team, (weights.get(team) ?? 0) + weight * share.weight);
    }
  }
  return weights;
}

export function isKnown(weights: ReadonlyMap<Ref, number>): boolean {
  return weights.size > 0 && [...weights.values()].reduce((sum, weight) => sum + weight, 0) >= knownWeight - 1e-9;
}

/** The team that made a change: the one with the largest weight. A tie goes to the preferred team, whose members took part as much as anybody. */
export function strongestTeam(weights: ReadonlyMap<Ref, number>, preferred: Ref | null = null): Ref | null {
  const most = Math.max(0, ...weights.values());
  if (preferred !== null && (weights.get(preferred) ?? 0) > 0 && (weights.get(preferred) ?? 0) >= most - 1e-9) return preferred;
  const [first] = [...weights].filter(([, weight]) => weight >= most - 1e-9).sort(([a], [b]) => (a < b ? -1 : 1));
  return first?.[0] ?? null;
}
