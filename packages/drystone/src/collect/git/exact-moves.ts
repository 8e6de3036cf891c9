/** Exact moves: what a commit deletes in one place and adds in another with the same content. */
import { grown } from "#util/growable.js";

/** Paths that the commit being read adds or deletes, with the ids of their contents. */
export interface Moves {
  readonly added: Contents;
  readonly deleted: Contents;
  /** [commit, from path, to path]. */
  readonly renames: number[];
}

interface Contents {
  readonly paths: number[];
  /** Their ids in hexadecimal, four digits in a word; `used` of the words are. */
  blobs: Int32Array;
  used: number;
}

const emptyBlobs = new Set([
  "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
  "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
]);

export function createMoves(): Moves {
  return {
    added: { paths: [], blobs: new Int32Array(1024), used: 0 },
    deleted: { paths: [], blobs: new Int32Array(1024), used: 0 },
    renames: [],
  };
}

/** Makes room for so many more paths: `note` asks for none. @param digits of an id */
export function makeRoomForMoves({ added, deleted }: Moves, paths: number, digits: number): void {
  added.blobs = grown(added.blobs, added.used + (paths * digits) / 4);
  deleted.blobs = grown(deleted.blobs, deleted.used + (paths * digits) / 4);
}

/** Notes a path and the id of its content, whose `digits` start at `from`. */
export function note(contents: Contents, path: number, data: DataView, from: number, digits: number): void {
  const { blobs } = contents;
  contents.paths.push(path);
  for (let at = from; at < from + digits; at += 4) blobs[contents.used++] = data.getInt32(at, true);
}

/** Notes what `commit`, which ends here, moved. */
export function closeMoves(moves: Moves, commit: number, paths: readonly string[]): void {
  if (moves.added.used > 0 && moves.deleted.used > 0) findMoves(moves, commit, paths);
  moves.added.paths.length = 0;
  moves.added.used = 0;
  moves.deleted.paths.length = 0;
  moves.deleted.used = 0;
}

function findMoves({ added, deleted, renames }: Moves, commit: number, paths: readonly string[]): void {
  const addedBlobs = blobsOf(added);
  const deletedBlobs = blobsOf(deleted);
  const there = new Set(addedBlobs);
  if (!deletedBlobs.some((blob) => there.has(blob))) return;
  const targets = pathsByBlob(added.paths, addedBlobs);
  const sources = pathsByBlob(deleted.paths, deletedBlobs);
  for (const blob of sources.keys()) {
    const to = targets.get(blob);
    if (to) pairMoves(sources.get(blob) ?? [], to, paths, (source, target) => renames.push(commit, source, target));
  }
}

function blobsOf({ paths, blobs, used }: Contents): string[] {
  const digits = Buffer.from(blobs.buffer, 0, 4 * used).toString("latin1");
  const length = digits.length / paths.length;
  const found: string[] = [];
  for (let at = 0; at < digits.length; at += length) found.push(digits.slice(at, at + length));
  return found;
}

/** Empty files are all alike, which says nothing. */
function pathsByBlob(paths: readonly number[], blobs: readonly string[]): Map<string, number[]> {
  const byBlob = new Map<string, number[]>();
  for (let index = 0; index < paths.length; index++) {
    const blob = blobs[index] ?? "";
    const path = paths[index] ?? 0;
    if (emptyBlobs.has(blob)) continue;
    const same = byBlob.get(blob);
    if (same) same.push(path);
    else byBlob.set(blob, [path]);
  }
  return byBlob;
}

/** Pairs deleted and added paths of the same content: same file name first, then in order. */
function pairMoves(
  from: readonly number[],
  to: readonly number[],
  paths: readonly string[],
  pair: (source: number, target: number) => void,
): void {
  const only = { from: from[0], to: to[0] };
  if (from.length === 1 && to.length === 1 && only.from !== undefined && only.to !== undefined) return pair(only.from, only.to);
  const byName = new Map<string, number[]>();
  for (const target of to) {
    const sameName = byName.get(fileName(paths[target]));
    if (sameName) sameName.push(target);
    else byName.set(fileName(paths[target]), [target]);
  }
  const free = new Set(to);
  const later: number[] = [];
  for (const source of from) {
    const match = byName.get(fileName(paths[source]))?.shift();
    if (match === undefined) later.push(source);
    else {
      pair(source, match);
      free.delete(match);
    }
  }
  const targets = [...free];
  for (const [index, source] of later.entries()) {
    const target = targets[index];
    if (target !== undefined) pair(source, target);
  }
}

function fileName(path: string | undefined): string {
  return path === undefined ? "" : path.slice(path.lastIndexOf("/") + 1);
}
