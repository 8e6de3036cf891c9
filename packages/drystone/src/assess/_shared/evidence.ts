/** Commits behind a number, and places behind a finding. */
import type { ChangeSet, ChangeSetPart } from "#derive/change-sets/index.js";
import type { Estate } from "#derive/estate/index.js";
import { type Evidence, maxEvidence } from "#model/evidence.js";
import { commitId, subjectOf } from "#model/history.js";
import type { Finding } from "#model/result.js";
import { isoDate } from "#util/dates.js";
import { firstPlace } from "./assessment.js";

/**
 * The commits that stand for each set (the merge that brought it in, or the commit), newest set first. Of a set that a ticket or several
 * repositories hold together: one for each component, so that one sees what went together. @param limit of those that are kept
 */
export function commitsOf(
  estate: Estate,
  sets: readonly ChangeSet[],
  limit = maxEvidence,
): Pick<Finding, "evidence" | "evidenceTotal"> {
  const telling = sets.flatMap(tellingParts);
  return {
    evidence: telling.slice(0, limit).flatMap(({ repository, head }) => commitEvidence(estate, repository, head)),
    evidenceTotal: telling.length,
  };
}

/** Parts that touch a component which none before them touched; the first part where none touches any. */
function tellingParts({ parts }: ChangeSet): readonly ChangeSetPart[] {
  if (parts.length === 1) return parts;
  const seen = new Set<number>();
  const telling = parts.filter(({ components }) => {
    const before = seen.size;
    for (const component of components) seen.add(component);
    return seen.size > before;
  });
  return telling.length > 0 ? telling : parts.slice(0, 1);
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
