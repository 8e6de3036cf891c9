/** Follows files and folders through exact renames, so that a service keeps its history under every name it had. */
import { commitCount, type History, touch } from "#model/history.js";
import { countBefore } from "#util/count-before.js";
import type { ComponentOfPath } from "./component-index.js";

export interface Lineage {
  /** Parallel to `history.files`: the path (index) under which the touched file is known at HEAD, or was last known. */
  readonly pathAtHead: Int32Array;
  /** Parallel to `history.files`: index of the component, -1 for none. */
  readonly component: Int32Array;
  /** Folders that moved as a whole: `[commit, from, to]`, newest first. */
  readonly folderMoves: readonly FolderMove[];
}

export interface FolderMove {
  readonly commit: number;
  readonly from: string;
  readonly to: string;
  readonly files: number;
}

/** A folder has moved when this many files of it, or half of those it ever had, moved to one place in one commit (history.md 3.3). */
const movedFiles = 3;
const movedShare = 0.5;

/** @param componentOf component of a path at HEAD, -1 for none. */
export function followRenames(history: History, componentOf: ComponentOfPath): Lineage {
  const pathAtHead = followFiles(history);
  const folderMoves = findFolderMoves(history);
  return { pathAtHead, component: assignComponents(history, pathAtHead, folderMoves, componentOf), folderMoves };
}

/** Walks from the newest commit to the oldest; before a rename, the old path is the file that has the new one later. */
function followFiles(history: History): Int32Array {
  const current = Int32Array.from(history.paths, (_, path) => path);
  const pathAtHead = new Int32Array(history.files.length);
  let first = history.renames.length;
  for (let commit = commitCount(history) - 1; commit >= 0; commit--) {
    for (let i = history.fileOffsets[commit] ?? 0; i < (history.fileOffsets[commit + 1] ?? 0); i++) {
      pathAtHead[i] = current[history.files[i] ?? 0] ?? 0;
    }
    const end = first;
    first = startOfCommit(history.renames, end, commit);
    const targets: number[] = [];
    for (let i = first; i < end; i += 3) targets.push(current[history.renames[i + 2] ?? 0] ?? 0);
    for (let i = first; i < end; i += 3) current[history.renames[i + 2] ?? 0] = history.renames[i + 2] ?? 0;
    for (let i = first; i < end; i += 3) current[history.renames[i + 1] ?? 0] = targets[(i - first) / 3] ?? 0;
  }
  return pathAtHead;
}

/** Where the renames of a commit begin that end at `end`; `end` when it has none. */
function startOfCommit(renames: Int32Array, end: number, commit: number): number {
  let first = end;
  while (first > 0 && renames[first - 3] === commit) first -= 3;
  return first;
}

function findFolderMoves(history: History): FolderMove[] {
  const moves: FolderMove[] = [];
  const sizes = folderSizes(history);
  for (let end = history.renames.length; end > 0; ) {
    const commit = history.renames[end - 3] ?? 0;
    const first = startOfCommit(history.renames, end, commit);
    const counts = new Map<string, { from: string; to: string; files: number }>();
    for (let i = first; i < end; i += 3) {
      const [from, to] = movedFolder(
        history.paths[history.renames[i + 1] ?? 0] ?? "",
        history.paths[history.renames[i + 2] ?? 0] ?? "",
      );
      if (from === "" || from === to) continue;
      const key = `${from}\0${to}`;
      const known = counts.get(key);
      if (known) known.files++;
      else counts.set(key, { from, to, files: 1 });
    }
    end = first;
    for (const { from, to, files } of counts.values()) {
      const all = files >= movedFiles ? files : Math.max(files, movedTogether(history, commit, from, to));
      if (all >= movedFiles || all >= (sizes.get(from) ?? Number.POSITIVE_INFINITY) * movedShare)
        moves.push({ commit, from, to, files: all });
    }
  }
  return moves;
}

/** Commits that touch more are taken by their exact moves alone, so that a commit of everything costs no square of it. */
const maxTouches = 5000;

/** Files that left `from` and came to `to` under the same name in one commit, edited on the way or not. */
function movedTogether(history: History, commit: number, from: string, to: string): number {
  if ((history.fileOffsets[commit + 1] ?? 0) - (history.fileOffsets[commit] ?? 0) > maxTouches) return 0;
  const gone = new Set<string>();
  const come = new Set<string>();
  for (let i = history.fileOffsets[commit] ?? 0; i < (history.fileOffsets[commit + 1] ?? 0); i++) {
    const path = history.paths[history.files[i] ?? 0] ?? "";
    if (history.statuses[i] === touch.deleted && path.startsWith(`${from}/`)) gone.add(path.slice(from.length + 1));
    if (history.statuses[i] === touch.added && (to === "" || path.startsWith(`${to}/`)))
      come.add(to === "" ? path : path.slice(to.length + 1));
  }
  return [...gone].filter((name) => come.has(name)).length;
}

/** Drops what both paths end with: `src/cartservice/a/b.go` → `src/cart/a/b.go` is `src/cartservice` → `src/cart`. */
function movedFolder(from: string, to: string): [string, string] {
  const a = from.split("/");
  const b = to.split("/");
  a.pop();
  b.pop();
  while (a.length > 0 && b.length > 0 && a[a.length - 1] === b[b.length - 1]) {
    a.pop();
    b.pop();
  }
  return [a.join("/"), b.join("/")];
}

/** Paths ever seen below each folder that something was renamed from. */
function folderSizes(history: History): Map<string, number> {
  const sizes = new Map<string, number>();
  if (history.renames.length === 0) return sizes;
  for (const path of history.paths) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
    }
  }
  return sizes;
}

/** A file belongs to the component of its path at HEAD; one that is gone, together with its folder, to the component that the folder became. */
function assignComponents(
  history: History,
  pathAtHead: Int32Array,
  moves: readonly FolderMove[],
  componentOf: ComponentOfPath,
): Int32Array {
  const direct = Int32Array.from(history.paths, (path) => componentOf(path));
  const component = new Int32Array(history.files.length);
  const lost = moves.length === 0 ? new Map<string, number[]>() : lostMoves(moves, foldersAtHead(history));
  const became = nameAtHead(moves, lost);
  const mayMove = Uint8Array.from(history.paths, (path) => (isBelow(path, lost) ? 1 : 0));
  const moved = new Map<number, number>();
  let known = 0;
  for (let commit = commitCount(history) - 1; commit >= 0; commit--) {
    while (known < moves.length && (moves[known]?.commit ?? 0) >= commit) known++;
    for (let i = history.fileOffsets[commit] ?? 0; i < (history.fileOffsets[commit + 1] ?? 0); i++) {
      const path = pathAtHead[i] ?? 0;
      component[i] = known === 0 || mayMove[path] === 0 ? (direct[path] ?? -1) : throughMoves(path, known);
    }
  }
  return component;

  function throughMoves(path: number, upTo: number): number {
    const key = path * (moves.length + 1) + upTo;
    const cached = moved.get(key);
    if (cached !== undefined) return cached;
    const name = became(history.paths[path] ?? "", upTo);
    const later = name === null ? -1 : componentOf(name);
    const found = later >= 0 ? later : (direct[path] ?? -1);
    moved.set(key, found);
    return found;
  }
}

function isBelow(path: string, folders: ReadonlyMap<string, unknown>): boolean {
  if (folders.size === 0) return false;
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
    if (folders.has(path.slice(0, end))) return true;
  return false;
}

/** Folders that hold a file at HEAD: one whose newest touch is no deletion. */
function foldersAtHead(history: History): Set<string> {
  const seen = new Uint8Array(history.paths.length);
  const folders = new Set<string>();
  for (let i = history.files.length - 1; i >= 0; i--) {
    const path = history.files[i] ?? 0;
    if (seen[path] === 1) continue;
    seen[path] = 1;
    if (history.statuses[i] === touch.deleted) continue;
    const name = history.paths[path] ?? "";
    for (let end = name.lastIndexOf("/"); end > 0 && !folders.has(name.slice(0, end)); end = name.lastIndexOf("/", end - 1)) {
      folders.add(name.slice(0, end));
    }
  }
  return folders;
}

/** A name that moves more often than this is nobody's history. */
const maxMoves = 20;

/** Indices of the moves of folders that are not there any more, by folder, ascending. */
function lostMoves(moves: readonly FolderMove[], alive: ReadonlySet<string>): Map<string, number[]> {
  const byFolder = new Map<string, number[]>();
  for (const [index, { from }] of moves.entries()) {
    if (alive.has(from)) continue;
    const same = byFolder.get(from);
    if (same) same.push(index);
    else byFolder.set(from, [index]);
  }
  return byFolder;
}

/** What a path is called at HEAD when its folder moved among the first `upTo` moves; null when it did not. */
function nameAtHead(
  moves: readonly FolderMove[],
  byFolder: ReadonlyMap<string, readonly number[]>,
): (path: string, upTo: number) => string | null {
  const firstOfCommit = new Int32Array(moves.length);
  for (let index = 1; index < moves.length; index++) {
    firstOfCommit[index] = moves[index - 1]?.commit === moves[index]?.commit ? (firstOfCommit[index - 1] ?? 0) : index;
  }
  return (path, upTo) => {
    let name = path;
    let limit = upTo;
    for (let hop = 0; hop < maxMoves; hop++) {
      const index = nextMove(name, limit);
      const move = moves[index];
      if (move === undefined) break;
      name = move.to === "" ? name.slice(move.from.length + 1) : move.to + name.slice(move.from.length);
      // Moves of one commit happen at once: a swap is no way back.
      limit = firstOfCommit[index] ?? 0;
    }
    return name === path ? null : name;
  };

  /** The oldest move before index `limit` of a folder above `name`; in one commit that of the innermost folder, then the one with most files. */
  function nextMove(name: string, limit: number): number {
    let best = -1;
    for (let end = name.lastIndexOf("/"); end > 0; end = name.lastIndexOf("/", end - 1)) {
      const index = largestOf(moves, byFolder.get(name.slice(0, end)) ?? [], limit);
      if (index >= 0 && (best < 0 || (moves[index]?.commit ?? 0) < (moves[best]?.commit ?? 0))) best = index;
    }
    return best;
  }
}

/** Of the moves before `limit` in an ascending list, those of the oldest commit, and of these the one with most files, then with the first name; -1 for none. */
function largestOf(moves: readonly FolderMove[], indices: readonly number[], limit: number): number {
  let at = firstAtLeast(indices, limit) - 1;
  let best = indices[at] ?? -1;
  const commit = moves[best]?.commit;
  for (at--; at >= 0 && moves[indices[at] ?? -1]?.commit === commit; at--) {
    const index = indices[at] ?? -1;
    if (isLarger(moves[index], moves[best])) best = index;
  }
  return best;
}

function isLarger(a: FolderMove | undefined, b: FolderMove | undefined): boolean {
  if (a === undefined || b === undefined) return b === undefined;
  return a.files !== b.files ? a.files > b.files : a.to < b.to;
}

function firstAtLeast(ascending: readonly number[], limit: number): number {
  return countBefore(ascending.length, (index) => (ascending[index] ?? 0) < limit);
}
