/** Whether a border between two services is a border between teams. */

import type { Ref } from "#model/refs.js";
import type { Estate } from "../estate/index.js";
import { responsibleFor } from "../team-changes/index.js";

/** True when two of the components have different teams, false when one team has all of them, null when that is not known. */
export function teamsApart(estate: Estate, components: readonly Ref[]): boolean | null {
  const teams = components.map((ref) => teamOf(estate, ref));
  if (new Set(teams.filter((team) => team !== null)).size > 1) return true;
  return teams.includes(null) ? null : false;
}

const teamsByEstate = new WeakMap<Estate, ReadonlyMap<Ref, Ref | null>>();

/** The one team that answers for a component; null when it is several, a person or nobody. */
function teamOf(estate: Estate, component: Ref): Ref | null {
  let teams = teamsByEstate.get(estate);
  if (!teams) {
    teams = new Map(
      estate.components.map(({ ref }, index) => {
        const responsible = responsibleFor(estate, index);
        return [ref, responsible.kind === "team" ? responsible.ref : null];
      }),
    );
    teamsByEstate.set(estate, teams);
  }
  return teams.get(component) ?? null;
}
