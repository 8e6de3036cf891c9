/** The commits behind a number. */
import type { ChangeSet } from "#derive/change-sets/index.js";
import type { Estate } from "#derive/estate/index.js";
import { type Evidence, maxEvidence } from "#model/evidence.js";
import { commitId, subjectOf } from "#model/history.js";
import { isoDate } from "#util/dates.js";

/** The commit that stands for each set, newest set first. */
export function changeEvidence(estate: Estate, sets: readonly ChangeSet[]): Evidence[] {
  return sets.slice(0, maxEvidence).flatMap((set) =>
    set.parts.slice(0, 1).flatMap(({ repository, head }): Evidence[] => {
      const view = estate.repositories[repository];
      if (view === undefined) return [];
      return [
        {
          type: "commit",
          repository: view.repository.id,
          commit: commitId(view.history, head),
          date: isoDate(view.history.committerTimes[head] ?? 0),
          subject: subjectOf(view.history, head),
        },
      ];
    }),
  );
}
