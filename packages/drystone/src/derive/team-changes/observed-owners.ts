/** Who makes the changes of a component, whatever anybody declared. */
import type { Estate } from "#derive/estate/index.js";
import type { Ref } from "#model/refs.js";
import type { Interval, Sample } from "#model/result.js";
import { rounded, wilson } from "#util/statistics/index.js";
import { responsibleFor, subjectsOfOwnership } from "./owning-teams.js";
import { byComponent, changesOfComponents, isKnown, peopleAnswer, strongestTeam, teamWeights } from "./team-changes.js";

export interface ObservedOwner {
  /** The team with the largest share. */
  readonly ref: Ref;
  /** Of the component's change sets by known teams, 0..1, six digits. */
  readonly share: number;
  readonly interval: Interval;
  readonly sample: Sample;
}

/** By ref of the component; without entry where no team is known to have changed it, or history cannot be asked. */
export function observedOwners(estate: Estate): ReadonlyMap<Ref, ObservedOwner> {
  const owners = new Map<Ref, ObservedOwner>();
  if (peopleAnswer(estate).state !== "usable") return owners;
  const subjects = subjectsOfOwnership(estate);
  const sets = byComponent(changesOfComponents(estate, subjects), subjects);
  for (const component of subjects) {
    const responsible = responsibleFor(estate, component);
    const declared = responsible.kind === "team" ? responsible.ref : null;
    const counts = new Map<Ref, number>();
    let n = 0;
    for (const set of sets.get(component) ?? []) {
      const weights = teamWeights(estate, set, declared);
      const team = isKnown(weights) ? strongestTeam(weights, declared) : null;
      if (team === null) continue;
      n++;
      counts.set(team, (counts.get(team) ?? 0) + 1);
    }
    const [most] = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    const estimate = most && wilson(most[1], n, estate.parameters.ci.level);
    const ref = estate.components[component]?.ref;
    if (!most || !estimate || ref === undefined) continue;
    owners.set(ref, {
      ref: most[0],
      share: rounded(estimate.value),
      interval: [rounded(estimate.low), rounded(estimate.high)],
      sample: { n, of: "change sets", min: estate.parameters.nMin.service },
    });
  }
  return owners;
}
