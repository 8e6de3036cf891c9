/** Libraries that two or more deployables use: in which versions, whom a change reaches, and how often they change. */

import { deployedAs } from "#derive/calls/index.js";
import type { ChangeSet } from "#derive/change-sets/index.js";
import { type Estate, historyObstacles } from "#derive/estate/index.js";
import { responsibleFor } from "#derive/team-changes/index.js";
import type { Evidence } from "#model/evidence.js";
import { isDeployable, type LibraryFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { daySeconds } from "#util/dates.js";

export interface SharedLibrary {
  readonly library: LibraryFact;
  /** Deployables that declare it themselves or in one of their modules, sorted by ref. */
  readonly users: readonly LibraryUser[];
  /** Deployables that have it in them, by way of other internal libraries too, sorted. */
  readonly reach: readonly Ref[];
  /** Teams that own one of these alone, sorted. */
  readonly teams: readonly Ref[];
  /** Deployables of `reach` without one owning team. */
  readonly withoutTeam: number;
  /** Change sets by people that changed its source in the window, newest first; null where its source is not here or history cannot be asked. */
  readonly changes: readonly ChangeSet[] | null;
  /** The same per month. */
  readonly changesPerMonth: number | null;
}

export interface LibraryUser {
  readonly component: Ref;
  /** As found, each once, sorted; empty when none is known. */
  readonly versions: readonly string[];
  /** True when all of them are exact. */
  readonly exact: boolean;
  readonly evidence: readonly Evidence[];
}

const daysPerMonth = 365.25 / 12;

/** Internal ones first, then by falling number of users, then by name. */
export function sharedLibraries(estate: Estate): readonly SharedLibrary[] {
  const context = contextOf(estate);
  return estate.facts.libraries
    .map((library) => ({ library, users: usersOf(library, context), reach: reachOf(library, context) }))
    .filter(({ users, reach }) => Math.max(users.length, reach.length) >= 2)
    .map(({ library, users, reach }) => {
      const changes = changesOf(estate, library);
      return { library, users, reach, ...teamsOf(estate, reach), changes, changesPerMonth: perMonth(estate, changes) };
    })
    .sort(
      (a, b) =>
        Number(b.library.internal) - Number(a.library.internal) ||
        b.users.length - a.users.length ||
        (a.library.name < b.library.name ? -1 : 1),
    );
}

interface Context {
  readonly deployables: ReadonlySet<Ref>;
  readonly whole: (ref: Ref) => Ref;
  /** Internal libraries by the component that they are. */
  readonly byComponent: ReadonlyMap<Ref, LibraryFact>;
}

function contextOf({ facts }: Estate): Context {
  return {
    deployables: new Set(facts.components.filter(isDeployable).map(({ ref }) => ref)),
    whole: deployedAs(facts),
    byComponent: new Map(
      facts.libraries.flatMap((library) => (library.component === null ? [] : [[library.component, library] as const])),
    ),
  };
}

function usersOf({ uses, component }: LibraryFact, { deployables, whole }: Context): LibraryUser[] {
  const users = new Map<Ref, { versions: Set<string>; exact: boolean; evidence: Evidence[] }>();
  for (const use of uses) {
    const ref = whole(use.component);
    if (!deployables.has(ref) || (component !== null && ref === whole(component))) continue;
    const user = users.get(ref) ?? { versions: new Set<string>(), exact: true, evidence: [] };
    if (use.version !== "") user.versions.add(use.version);
    user.exact &&= use.resolved && use.version !== "";
    user.evidence.push(...use.evidence);
    users.set(ref, user);
  }
  return [...users]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([ref, user]) => ({ component: ref, ...user, versions: [...user.versions].sort() }));
}

/** Deployables in the reverse transitive closure of the uses. */
function reachOf(library: LibraryFact, { deployables, whole, byComponent }: Context): Ref[] {
  const reached = new Set<Ref>();
  const libraries = new Set([library]);
  for (const next of libraries) {
    for (const { component } of next.uses) {
      const through = byComponent.get(component);
      if (through !== undefined) libraries.add(through);
      if (deployables.has(whole(component))) reached.add(whole(component));
    }
  }
  if (library.component !== null) reached.delete(whole(library.component));
  return [...reached].sort();
}

function teamsOf(estate: Estate, reach: readonly Ref[]): Pick<SharedLibrary, "teams" | "withoutTeam"> {
  const places = new Map(estate.components.map(({ ref }, index) => [ref, index]));
  const owners = reach.map((ref) => responsibleFor(estate, places.get(ref) ?? -1));
  const teams = owners.flatMap((owner) => (owner.kind === "team" ? [owner.ref] : []));
  return { teams: [...new Set(teams)].sort(), withoutTeam: reach.length - teams.length };
}

/** Wide change sets count here: one that changes a library and many of its users is what a shared library costs. Those with too many files do not. */
function changesOf(estate: Estate, { component }: LibraryFact): readonly ChangeSet[] | null {
  const index = component === null ? -1 : estate.components.findIndex(({ ref }) => ref === component);
  if (index < 0 || historyObstacles(estate).length > 0) return null;
  const { sets, elsewhere, sweeps } = estate.recent;
  return [...sets, ...elsewhere, ...sweeps]
    .filter(({ components, files }) => components.includes(index) && files <= estate.parameters.changeSet.maxFiles)
    .sort((a, b) => b.time - a.time);
}

function perMonth({ recent }: Estate, changes: readonly ChangeSet[] | null): number | null {
  const months = (recent.to - recent.from) / daySeconds / daysPerMonth;
  return changes === null || months <= 0 ? null : changes.length / months;
}
