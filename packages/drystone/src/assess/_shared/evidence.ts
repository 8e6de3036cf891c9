/** Commits behind a number, and places behind a finding. */
import type { ChangeSet } from "#derive/change-sets/index.js";
import type { Estate } from "#derive/estate/index.js";
import { type Evidence, maxEvidence } from "#model/evidence.js";
import { commitId, subjectOf } from "#model/history.js";
import type { Finding } from "#model/result.js";
import { isoDate } from "#util/dates.js";
import { firstPlace } from "./assessment.js";

/** The commit that stands for each set (the merge that brought it in, or the commit), newest set first; at most `limit`. */
export function commitsOf(estate: Estate, sets: readonly ChangeSet[], limit = maxEvidence): Evidence[] {
  return sets
    .slice(0, limit)
    .flatMap((set) => set.parts.slice(0, 2).flatMap(({ repository, head }) => commitEvidence(estate, repository, head)));
}

function commitEvidence(estate: Estate, repository: number, commit: number | undefined): Evidence[] {
  const view = estate.repositories[repository];
  if (!view || commit === undefined) return [];
  return [
    {
      type: "commit",
      repository: view.repository.id,
      commit: commitId(view.history, commit),
      date: isoDate(view.history.committerTimes[commit] ?? 0),
      subject: subjectOf(view.history, commit),
    },
  ];
}

/** Evidence of a finding, cut to what a finding may hold; its location is the first place in a file. */
export function proofOf(evidence: readonly Evidence[]): Pick<Finding, "evidence" | "evidenceTotal" | "location"> {
  return { evidence: evidence.slice(0, maxEvidence), evidenceTotal: evidence.length, location: firstPlace(evidence) };
}
