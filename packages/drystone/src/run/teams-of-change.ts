/** Which teams own what a change touches. */
import { crossingTeams, moduleIndex } from "#check/index.js";
import { changedPaths, mergeBase } from "#collect/git/index.js";
import type { Finding } from "#model/result.js";
import type { CheckedClones } from "./check-clones.js";

/** Since HEAD and `against` parted, committed or staged. Null for a change within one team. @throws UsageError when there is nothing to compare with. */
export function teamsOfChange({ clones, checked: { policy } }: CheckedClones, against: string): Finding | null {
  if (policy.modules.every(({ owners }) => owners.length === 0)) return null;
  const index = moduleIndex(policy.modules);
  return crossingTeams(
    clones.flatMap(({ id, gitDirectory, workTree }) =>
      changedPaths(gitDirectory, mergeBase(gitDirectory, against), workTree === null).map((file) => ({
        repository: id,
        file,
        owners: index.of(id, file)?.owners ?? [],
      })),
    ),
  );
}
