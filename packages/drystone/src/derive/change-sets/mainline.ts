/** The first-parent line of a history and what each of its commits brought in. */
import { commitCount, type History } from "#model/history.js";

export interface Mainline {
  /** Commits of the first-parent line, newest first. */
  readonly line: readonly number[];
  /** Per commit, the commit of the line that brought it in: the line commit itself, or the merge whose side branch holds it. */
  readonly broughtInBy: Int32Array;
  /**
   * Per commit, the commit that stands for the change it belongs to: as `broughtInBy`, but where a merge brought in a line that consists of
   * merges itself (a release branch, `next`), the merges and commits of that line.
   */
  readonly changeOf: Int32Array;
  /** Commits without a parent, oldest first. */
  readonly roots: readonly number[];
}

export function mainlineOf(history: History): Mainline {
  const commits = commitCount(history);
  const line: number[] = [];
  for (let commit = commits - 1; commit >= 0; commit = firstParent(history, commit)) line.push(commit);
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
  const changeOf = new Int32Array(commits).fill(-1);
  assignChanges(history, line, changeOf, 0);
  return { line, broughtInBy, changeOf, roots };
}

/** What holds this many merges of its own is a line of changes and not one change. */
const mergesOfLine = 2;
const maxDepth = 16;

/** Goes along a line from its oldest commit; what a commit brings in that is not yet assigned belongs to it, or is a line of its own. */
function assignChanges(history: History, line: readonly number[], changeOf: Int32Array, depth: number): void {
  for (const commit of line.toReversed()) {
    if ((changeOf[commit] ?? 0) >= 0) continue;
    const brought = broughtIn(history, commit, changeOf);
    for (const one of brought) changeOf[one] = commit;
    if (depth >= maxDepth || !isLineOfChanges(history, brought, changeOf, commit)) continue;
    for (const one of brought) if (one !== commit) changeOf[one] = -1;
    for (let i = (history.parentOffsets[commit] ?? 0) + 1; i < (history.parentOffsets[commit + 1] ?? 0); i++) {
      assignChanges(history, lineWithin(history, history.parents[i] ?? 0, changeOf), changeOf, depth + 1);
    }
    for (const one of brought) if ((changeOf[one] ?? 0) < 0) changeOf[one] = commit;
  }
}

/** True when among the commits that a merge brought in there are merges which brought in something themselves. */
function isLineOfChanges(history: History, brought: readonly number[], changeOf: Int32Array, merge: number): boolean {
  let merges = 0;
  for (const commit of brought)
    if (commit !== merge && bringsIn(history, commit, changeOf, merge) && ++merges >= mergesOfLine) return true;
  return false;
}

function broughtIn(history: History, from: number, changeOf: Int32Array): number[] {
  const found: number[] = [];
  const open = [from];
  const seen = new Set<number>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if ((changeOf[next] ?? 0) >= 0 || seen.has(next)) continue;
    seen.add(next);
    found.push(next);
    for (let i = history.parentOffsets[next] ?? 0; i < (history.parentOffsets[next + 1] ?? 0); i++)
      open.push(history.parents[i] ?? 0);
  }
  return found;
}

/** First parents from a commit on, newest first, as long as they are not assigned. */
function lineWithin(history: History, from: number, changeOf: Int32Array): number[] {
  const line: number[] = [];
  for (let commit = from; commit >= 0 && (changeOf[commit] ?? 0) < 0; commit = firstParent(history, commit)) line.push(commit);
  return line;
}

/** True for a merge that brought something in which `merge` brought to the line: no merge that only follows the main line. */
function bringsIn(history: History, commit: number, changeOf: Int32Array, merge: number): boolean {
  for (let i = (history.parentOffsets[commit] ?? 0) + 1; i < (history.parentOffsets[commit + 1] ?? 0); i++) {
    if (changeOf[history.parents[i] ?? 0] === merge) return true;
  }
  return false;
}

export function parentCount(history: History, commit: number): number {
  return (history.parentOffsets[commit + 1] ?? 0) - (history.parentOffsets[commit] ?? 0);
}

function firstParent(history: History, commit: number): number {
  return parentCount(history, commit) === 0 ? -1 : (history.parents[history.parentOffsets[commit] ?? 0] ?? -1);
}
