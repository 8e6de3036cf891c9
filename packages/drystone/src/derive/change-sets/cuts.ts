/** From when on a history can be believed: before a graft two services could not change together, before a cut nothing is known (metrics.md 0.3). */

import type { RepositoryFact } from "#model/facts.js";
import { commitId, type History } from "#model/history.js";
import type { Mainline } from "./mainline.js";

export interface Cut {
  /** Seconds; change sets before it say nothing. Minus infinity for a whole history. */
  readonly from: number;
  readonly kind: "whole" | "shallow" | "grafted";
  /** Roots that are true beginnings. */
  readonly roots: number;
  readonly reason: string | null;
}

/** @param counts tells whether a path is more than noise. */
export function cutOf(history: History, repository: RepositoryFact, mainline: Mainline, counts: (path: number) => boolean): Cut {
  const boundary = new Set(repository.shallowBoundary);
  const cut = boundary.size === 0 ? [] : mainline.roots.filter((root) => boundary.has(commitId(history, root)));
  const roots = mainline.roots.filter((root) => !cut.includes(root));
  if (repository.shallow) {
    const from = (history.committerTimes[latest(history, cut.length > 0 ? cut : mainline.roots)] ?? 0) + 1;
    return { from, kind: "shallow", roots: roots.length, reason: "the clone is shallow: what came before is not in it" };
  }
  const joins = graftedAt(history, mainline, counts);
  if (joins.length === 0) return { from: Number.NEGATIVE_INFINITY, kind: "whole", roots: roots.length, reason: null };
  return {
    from: history.committerTimes[latest(history, joins)] ?? 0,
    kind: "grafted",
    roots: roots.length,
    reason: `${roots.length} histories were merged into one; before the last merge (${commitId(history, latest(history, joins)).slice(0, 9)}) their parts could not change together`,
  };
}

/** Commits of the line that brought in another root with code of its own. */
function graftedAt(history: History, mainline: Mainline, counts: (path: number) => boolean): number[] {
  const first = mainline.line[mainline.line.length - 1] ?? -1;
  const joins = new Set(mainline.roots.filter((root) => root !== first).map((root) => mainline.broughtInBy[root] ?? -1));
  if (joins.size === 0) return [];
  const withCode = new Set<number>();
  for (let commit = 0; commit < mainline.broughtInBy.length; commit++) {
    const join = mainline.broughtInBy[commit] ?? -1;
    if (!joins.has(join) || withCode.has(join)) continue;
    for (let i = history.fileOffsets[commit] ?? 0; i < (history.fileOffsets[commit + 1] ?? 0); i++) {
      if (counts(history.files[i] ?? 0)) {
        withCode.add(join);
        break;
      }
    }
  }
  return [...withCode].filter((join) => join >= 0);
}

/** Of equal times the one that stands last. */
function latest(history: History, commits: readonly number[]): number {
  const isLater = (a: number, b: number): boolean => {
    const difference = (history.committerTimes[a] ?? 0) - (history.committerTimes[b] ?? 0);
    return difference !== 0 ? difference > 0 : a > b;
  };
  return commits.reduce((best, commit) => (isLater(commit, best) ? commit : best), commits[0] ?? 0);
}
