/** The rows of a growing history that have no place in its order yet. */
import type { Identity } from "#model/history.js";
import { type Columns, type NumberColumn, restAnd, standingRenames, standingReverts } from "./columns.js";
import type { Increment } from "./increment.js";
import type { Numbering } from "./numbering.js";

/** Numbers for people, keys and paths of both what is known and what is new. */
export interface Names {
  readonly people: Numbering<Identity>;
  readonly keys: Numbering<string>;
  readonly paths: Numbering<string>;
}

/** Columns side by side, row `i` of which is row `kept + i` of the graph. Parents are rows of the graph; people, keys and paths have their joined numbers. */
export type LooseRows = Omit<Columns, "people" | "keyNames" | "paths">;

/** The known rows from `kept` on and those of the news behind them, in memory that is not that of the known ones. */
export function looseRows(known: Columns, news: Increment, newParents: Int32Array, kept: number, names: Names): LooseRows {
  const { idBytes } = known;
  const settled = known.committerTimes.length;
  const parents = looseGroups(known.parentOffsets, known.parents, kept, news.parentOffsets, newParents);
  const files = looseGroups(known.fileOffsets, known.files, kept, news.fileOffsets, names.paths.joined(news.files));
  const subjects = looseGroups(known.subjectOffsets, known.subjectBytes, kept, news.subjectOffsets, news.subjectBytes);
  const coAuthors = names.people.joined(news.coAuthors.values);
  const keys = names.keys.joined(news.keys.values);
  return {
    idBytes,
    ids: restAnd(known.ids, kept * idBytes, news.ids),
    committerTimes: restAnd(known.committerTimes, kept, news.committerTimes),
    authorTimes: restAnd(known.authorTimes, kept, news.authorTimes),
    authors: restAnd(known.authors, kept, names.people.joined(news.authors)),
    parentOffsets: parents.offsets,
    parents: parents.values,
    subjectOffsets: subjects.offsets,
    subjectBytes: subjects.values,
    coAuthors: looseGroups(known.coAuthors.offsets, known.coAuthors.values, kept, news.coAuthors.offsets, coAuthors),
    keys: looseGroups(known.keys.offsets, known.keys.values, kept, news.keys.offsets, keys),
    fileOffsets: files.offsets,
    files: files.values,
    statuses: restAnd(known.statuses, known.fileOffsets[kept] ?? 0, news.statuses),
    renames: restAnd(known.renames, standingRenames(known, kept), joinedRenames(news, settled, names.paths)),
    reverts: [
      ...known.reverts.slice(standingReverts(known, kept)),
      ...news.reverts.map(([row, reverted]): [number, string] => [settled + row, reverted]),
    ],
  };
}

function looseGroups<Column extends NumberColumn>(
  offsets: Int32Array,
  values: Column,
  kept: number,
  newOffsets: Int32Array,
  newValues: Column,
): { readonly offsets: Int32Array; readonly values: Column } {
  const from = offsets[kept] ?? 0;
  const loose = restAnd(values, from, newValues);
  if (kept + 1 === offsets.length) return { offsets: newOffsets, values: loose };
  const known = offsets.slice(kept, -1).map((offset) => offset - from);
  const before = values.length - from;
  return {
    offsets: restAnd(
      known,
      0,
      newOffsets.map((offset) => before + offset),
    ),
    values: loose,
  };
}

function joinedRenames({ renames }: Increment, settled: number, paths: Numbering<string>): Int32Array {
  for (let i = 0; i < renames.length; i += 3) {
    paths.joined(renames.subarray(i + 1, i + 3));
    renames[i] = settled + (renames[i] ?? 0);
  }
  return renames;
}
