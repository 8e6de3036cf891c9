/** Of the changes of a part by people whose team is known, how many one team made. */
import { isKnown, peopleAnswer, strongestTeam, teamWeights } from "#derive/team-changes/index.js";
import type { TeamFact } from "#model/facts.js";
import type { Advising } from "../_shared/index.js";

/** Null where people are not asked. */
export function changesByTeam(
  { estate, changes }: Advising,
  team: TeamFact | null,
): { readonly byTeam: number; readonly n: number } | null {
  if (peopleAnswer(estate).state !== "usable") return null;
  let byTeam = 0;
  let n = 0;
  for (const set of changes.inside) {
    const weights = teamWeights(estate, set, team?.ref ?? null);
    if (!isKnown(weights)) continue;
    n++;
    if (strongestTeam(weights, team?.ref ?? null) === team?.ref) byTeam++;
  }
  return { byTeam, n };
}
