/** Code-maat's analyses of files, as code-maat 1.0.1 defines and rounds them (GPL-3; definitions only, checked against its output). */
import type { Rows } from "#model/index.js";
import { countPairs } from "./pair-table.js";

export interface FileCouplingOptions {
  /** Least mean of both files' revisions. */
  readonly minRevisions?: number;
  readonly minShared?: number;
  /** Percent. */
  readonly minDegree?: number;
  readonly maxDegree?: number;
  /** Sets of more files are left out before anything is counted. */
  readonly maxSize?: number;
}

export interface FileCoupling {
  readonly first: number;
  readonly second: number;
  /** Shared revisions over the mean of both files' revisions, in whole percent, rounded down. */
  readonly degree: number;
  /** Mean of both files' revisions, rounded up. */
  readonly averageRevisions: number;
}

/** Pairs of files that change together (`coupling`), by falling degree, then average revisions, then file numbers. `sets` holds each file at most once. */
export function fileCoupling(sets: Rows, files: number, options: FileCouplingOptions = {}): FileCoupling[] {
  const { minRevisions = 5, minShared = 5, minDegree = 30, maxDegree = 100, maxSize = 30 } = options;
  const { revisions, first, second, shared } = countPairs(sets, files, maxSize);
  const rows: FileCoupling[] = [];
  for (const [row, count] of shared.entries()) {
    const both = revisions[first[row]!]! + revisions[second[row]!]!;
    const degree = Math.floor((200 * count) / both);
    if (both / 2 < minRevisions || count < minShared || degree < minDegree || degree > maxDegree) continue;
    rows.push({ first: first[row]!, second: second[row]!, degree, averageRevisions: Math.ceil(both / 2) });
  }
  return rows.sort(
    (one, other) =>
      other.degree - one.degree ||
      other.averageRevisions - one.averageRevisions ||
      one.first - other.first ||
      one.second - other.second,
  );
}

/** Sum of coupling (`soc`): over the sets of a file, the other files in them; files with more than `minimum`, greatest first. No limit on set size. */
export function fileSumOfCoupling(
  sets: Rows,
  files: number,
  minimum = 5,
): { readonly file: number; readonly sumOfCoupling: number }[] {
  const sums = new Float64Array(files);
  forEachTouch(sets, (file, _, size) => {
    sums[file]! += size - 1;
  });
  return Array.from(sums, (sumOfCoupling, file) => ({ file, sumOfCoupling }))
    .filter((row) => row.sumOfCoupling > minimum)
    .sort((one, other) => other.sumOfCoupling - one.sumOfCoupling || one.file - other.file);
}

export interface FileAuthors {
  readonly file: number;
  readonly revisions: number;
  /** Distinct authors. */
  readonly authors: number;
  /** 1 - sum of squared shares of the revisions by author, 0..1, rounded half up to 2 significant digits (`fragmentation`). */
  readonly fragmentation: number;
}

/** Per touched file, who revises it (`authors`, `fragmentation`), by falling number of authors, then revisions, then file number.
 *  `authorOfSet[i]` made set i. */
export function fileAuthors(sets: Rows, files: number, authorOfSet: ArrayLike<number>): FileAuthors[] {
  const counts: Map<number, number>[] = Array.from({ length: files }, () => new Map());
  const revisions = new Int32Array(files);
  forEachTouch(sets, (file, set) => {
    const author = authorOfSet[set]!;
    revisions[file]! += 1;
    counts[file]!.set(author, (counts[file]!.get(author) ?? 0) + 1);
  });
  return counts
    .map((byAuthor, file) => ({
      file,
      revisions: revisions[file]!,
      authors: byAuthor.size,
      fragmentation: roundedFractalValue(byAuthor.values(), revisions[file]!),
    }))
    .filter((row) => row.revisions > 0)
    .sort((one, other) => other.authors - one.authors || other.revisions - one.revisions || one.file - other.file);
}

/** In whole numbers, so that halves round as in exact arithmetic. */
function roundedFractalValue(counts: Iterable<number>, revisions: number): number {
  const whole = revisions * revisions;
  let part = whole;
  for (const count of counts) part -= count * count;
  if (part === 0) return 0;
  let scale = 100;
  while (part * scale < whole * 10) scale *= 10;
  return Math.floor((2 * part * scale + whole) / (2 * whole)) / scale;
}

function forEachTouch({ offsets, values }: Rows, visit: (file: number, set: number, size: number) => void): void {
  for (let set = 0; set + 1 < offsets.length; set++) {
    const end = offsets[set + 1]!;
    for (let at = offsets[set]!; at < end; at++) visit(values[at]!, set, end - offsets[set]!);
  }
}
