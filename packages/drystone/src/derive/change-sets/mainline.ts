/** The first-parent line of a history and what each of its commits brought in. */
import { commitCount, type History } from "#model/history.js";

export interface Mainline {
  /** Commits of the first-parent line, newest first. */
  readonly line: readonly number[];
  /** Per commit, the commit of the line that brought it in: the line commit itself, or the merge whose side branch holds it. */
  readonly broughtInBy: Int32Array;
  /** Commits without a parent. */
  readonly roots: readonly number[];
}

export function mainlineOf(history: History): Mainline {
  const commits = commitCount(history);
  const line: number[] = [];
  for (let commit = commits > 0 ? 0 : -1; commit >= 0; commit = firstParent(history, commit)) line.push(commit);
  const broughtInBy = new Int32Array(commits).fill(-1);
  for (const commit of line.toReversed()) {
    const open = [commit];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if ((broughtInBy[next] ?? 0) >= 0) continue;
      broughtInBy[next] = commit;
      for (let i = history.parentOffsets[next] ?? 0; i < (history.parentOffsets[next + 1] ?? 0); i++)
        open.push(history.parents[i] ?? 0);
    }
  }
  const roots: number[] = [];
  for (let commit = 0; commit < commits; commit++) if (parentCount(history, commit) === 0) roots.push(commit);
  return { line, broughtInBy, roots };
}

export function parentCount(history: History, commit: number): number {
  return (history.parentOffsets[commit + 1] ?? 0) - (history.parentOffsets[commit] ?? 0);
}

function firstParent(history: History, commit: number): number {
  return parentCount(history, commit) === 0 ? -1 : (history.parents[history.parentOffsets[commit] ?? 0] ?? -1);
}
