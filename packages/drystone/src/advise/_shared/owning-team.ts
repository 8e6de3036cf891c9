/** The one team that answers for a part, with the people who are in it. */
import { ownershipOfPart, type PartOwnership } from "#derive/parts/index.js";
import type { TeamFact } from "#model/facts.js";
import type { Advising } from "./advising.js";

export interface OwningTeam {
  readonly ownership: PartOwnership;
  /** Null where none, several or a person answers. */
  readonly team: TeamFact | null;
  /** People of the history who are in it now, by index. */
  readonly members: readonly number[];
}

export function owningTeam({ estate, view, part }: Advising): OwningTeam {
  const ownership = ownershipOfPart(estate, view, part);
  const [only, ...more] = ownership.answering;
  const team = only === undefined || more.length > 0 ? null : (estate.facts.teams.find(({ ref }) => ref === only) ?? null);
  return { ownership, team, members: team === null ? [] : estate.teams.membersOf(team.ref, estate.window.to) };
}
