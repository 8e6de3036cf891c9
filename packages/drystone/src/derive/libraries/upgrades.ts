/** Changes whose only content is a new version of something (metrics.md H, upgrade cost share). */
import type { ChangeSet } from "#derive/change-sets/index.js";
import { type Estate, historyObstacles } from "#derive/estate/index.js";

export interface Upgrades {
  /** Change sets by people in the window, and those of them that touch lock files and manifests only. */
  readonly people: { readonly sets: number; readonly upgrades: number };
  readonly bots: { readonly sets: number; readonly upgrades: number };
}

/** Null where history cannot be asked. A manifest may change for another reason: these are at most the upgrades. */
export function upgradeOnlyChanges(estate: Estate): Upgrades | null {
  if (historyObstacles(estate).length > 0) return null;
  const { sets, sweeps, elsewhere, bots } = estate.recent;
  const people = [...sets, ...sweeps, ...elsewhere];
  const count = (all: readonly ChangeSet[]) => ({
    sets: all.length,
    upgrades: all.filter((set) => isUpgrade(estate, set)).length,
  });
  return { people: count(people), bots: count(bots) };
}

function isUpgrade(estate: Estate, { parts, files }: ChangeSet): boolean {
  if (files > 0) return false;
  let touched = 0;
  for (const { repository, commits } of parts) {
    const view = estate.repositories[repository];
    if (view === undefined) return false;
    const { fileOffsets, files: paths } = view.history;
    for (const commit of commits) {
      for (let at = fileOffsets[commit] ?? 0; at < (fileOffsets[commit + 1] ?? 0); at++) {
        const noise = view.noise[paths[at] ?? -1];
        if (noise !== "lock file" && noise !== "manifest") return false;
        touched++;
      }
    }
  }
  return touched > 0;
}
