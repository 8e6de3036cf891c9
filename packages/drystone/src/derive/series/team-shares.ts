/** Who changes the components that no single team or person owns: per team, never per person. */
import type { Estate } from "#derive/estate/index.js";
import type { Ref } from "#model/refs.js";
import type { Measure } from "#model/result.js";
import { isoDate } from "#util/dates.js";
import { rounded, wilson } from "#util/statistics/index.js";
import {
  byComponent,
  changesOfComponents,
  isKnown,
  peopleAnswer,
  responsibleFor,
  strongestTeam,
  subjectsOfOwnership,
  teamWeights,
} from "../team-changes/index.js";

/** `ownership.team-share` as the ownership assessment gives it for owned components (metrics.md D3), for all the others. */
export function teamShares(estate: Estate): Measure[] {
  if (peopleAnswer(estate).state !== "usable") return [];
  const open = subjectsOfOwnership(estate).filter(
    (subject) => !["team", "person"].includes(responsibleFor(estate, subject).kind),
  );
  const sets = byComponent(changesOfComponents(estate, open), open);
  return open.flatMap((component) => {
    const made = (sets.get(component) ?? []).flatMap((set) => {
      const weights = teamWeights(estate, set);
      return isKnown(weights) ? (strongestTeam(weights) ?? []) : [];
    });
    return [...counted(made)].map(([team, changed]) => shareOf(estate, component, team, changed, made.length));
  });
}

function counted(teams: readonly Ref[]): Map<Ref, number> {
  const counts = new Map<Ref, number>();
  for (const team of [...teams].sort()) counts.set(team, (counts.get(team) ?? 0) + 1);
  return counts;
}

function shareOf(estate: Estate, component: number, team: Ref, changed: number, n: number): Measure {
  const { from, to } = estate.recent;
  const { low = 0, high = 1 } = wilson(changed, n, estate.parameters.ci.level) ?? {};
  return {
    id: "ownership.team-share",
    subjects: [estate.components[component]?.ref ?? "", team],
    value: rounded(changed / n),
    unit: "share of change sets",
    interval: [rounded(low), rounded(high)],
    sample: { n, of: "change sets", min: estate.parameters.nMin.service },
    window: `${isoDate(from)}/${isoDate(to)}`,
  };
}
