/** The first-parent line of a history and what each of its commits brought in. */
import { commitCount, type History, subjectOf } from "#model/history.js";

export interface Mainline {
  /** Commits of the first-parent line, newest first. */
  readonly line: readonly number[];
  /** Per commit, the commit of the line that brought it in: the line commit itself, or the merge whose side branch holds it. */
  readonly broughtInBy: Int32Array;
  /**
   * Per commit, the commit that stands for the change it belongs to: as `broughtInBy`, but where a merge brought in a line that consists of
   * merges itself (a release branch, `next`), or only took over what others did meanwhile (`git pull`), the merges and commits of that line.
   */
  readonly changeOf: Int32Array;
  /** Merges that took over a line of work and are no change, wherever they stand. */
  readonly takeovers: ReadonlySet<number>;
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
  const changes: Changes = { changeOf: new Int32Array(commits).fill(-1), takeovers: new Set(), merged: new Map() };
  assignChanges(history, line, changes, 0);
  return { line, broughtInBy, changeOf: changes.changeOf, takeovers: changes.takeovers, roots };
}

interface Changes {
  readonly changeOf: Int32Array;
  readonly takeovers: Set<number>;
  /** By name of a branch, what was its head when it was merged last. */
  readonly merged: Map<string, number>;
}

/** What holds this many merges of its own is a line of changes and not one change. */
const mergesOfLine = 2;
const maxDepth = 16;

/** Goes along a line from its oldest commit; what a commit brings in that is not yet assigned belongs to it, or is a line of its own. */
function assignChanges(history: History, line: readonly number[], changes: Changes, depth: number): void {
  const { changeOf } = changes;
  for (const commit of line.toReversed()) {
    if ((changeOf[commit] ?? 0) >= 0) continue;
    const takesOver = isTakeover(history, commit, changes);
    const brought = broughtIn(history, commit, changeOf);
    for (const one of brought) changeOf[one] = commit;
    if (takesOver) changes.takeovers.add(commit);
    if (depth >= maxDepth || !(takesOver || isLineOfChanges(history, brought, changeOf, commit))) continue;
    for (const one of brought) if (one !== commit) changeOf[one] = -1;
    for (let i = (history.parentOffsets[commit] ?? 0) + 1; i < (history.parentOffsets[commit + 1] ?? 0); i++) {
      assignChanges(history, lineWithin(history, history.parents[i] ?? 0, changeOf), changes, depth + 1);
    }
    for (const one of brought) if ((changeOf[one] ?? 0) < 0) changeOf[one] = commit;
  }
}

/**
 * The title that git itself gives to a merge of one branch. A pull request, which is one change, has the title of where it was made:
 * `Merge pull request …`, `Merged in …`, or with the target in quotes.
 */
const ownTitle = /^Merge (remote-tracking )?branch '([^']{1,200})'(?: of \S{1,200})?(?: into ([^'\s]{1,200}))?$/;

/**
 * True for a merge of work that goes on elsewhere: of the branch that it was made on, as others had left it (`git pull`), of the main
 * branch, or of a branch that went on after an earlier merge of it.
 */
function isTakeover(history: History, merge: number, { changeOf, merged }: Changes): boolean {
  if (parentCount(history, merge) !== 2) return false;
  const [title, remote, branch, into] = ownTitle.exec(subjectOf(history, merge)) ?? [];
  if (title === undefined || branch === undefined) return false;
  const name = remote === undefined ? branch : branch.slice(branch.indexOf("/") + 1);
  const side = history.parents[(history.parentOffsets[merge] ?? 0) + 1] ?? -1;
  const before = merged.get(name);
  merged.set(name, side);
  return (
    name === into ||
    name === "master" ||
    name === "main" ||
    (before !== undefined && before === forkedAt(history, side, changeOf))
  );
}

/** The first commit along first parents that belongs to a change already, or -1. */
function forkedAt(history: History, from: number, changeOf: Int32Array): number {
  let commit = from;
  while (commit >= 0 && (changeOf[commit] ?? 0) < 0) commit = firstParent(history, commit);
  return commit;
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
