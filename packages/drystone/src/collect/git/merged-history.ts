/** Merges what git brought with what is known into the one canonical `History`, whatever part of it came when. */
import { emptyHistory, type Rows } from "#model/history.js";
import { type Columns, followed, type Standing, standingRenames, standingReverts } from "./columns.js";
import { type CommitGraph, type CommitOrder, canonicalOrder } from "./commit-order.js";
import type { Increment } from "./increment.js";
import { knownRows, rowOfId } from "./known-rows.js";
import { type LooseRows, looseRows, type Names } from "./loose-rows.js";
import { type Numbering, numbering, numbersUsed, personTwins, textTwins } from "./numbering.js";
import { cellsOf, type Groups, groupsOf, placeRows } from "./placed-rows.js";

export interface MergedHistory {
  readonly columns: Columns;
  /** What stands as it stood in the known history. */
  readonly standing: Standing;
}

/**
 * The history behind `head`, whose commits, paths, people and keys are numbered independently of how it was cut into increments: commits in canonical order,
 * the rest by first appearance in it. Commits that `head` does not reach are left out: a branch that was rewritten, or another one.
 * Only what comes behind the commits that stand is written anew.
 * @param older a canonical history that may lack commits, or none. Its memory is used again: read it no more.
 * @param head commit id in hexadecimal.
 * @throws Error when `head` or the parent of a commit is in neither: the history is incomplete.
 */
export function mergedHistory(older: Columns | null, news: Increment, head: string): MergedHistory {
  const known = older ?? { ...emptyHistory(""), idBytes: news.idBytes };
  const { graph, headRow, newParents } = graphOf(known, news, Buffer.from(head, "hex"));
  const order = canonicalOrder(graph, headRow);
  const standing = standingOf(known, order.kept);
  const names = namesOf(known, news, standing);
  return { columns: placed(known, looseRows(known, news, newParents, order.kept, names), order, names), standing };
}

/**
 * Rows of the news behind the known ones. With clocks that run backwards `git log OLD..NEW` also prints commits behind OLD; parents are the first row of
 * their commit, so that nothing leads to its repetitions.
 */
function graphOf(known: Columns, news: Increment, head: Uint8Array) {
  const { idBytes } = known;
  const settled = known.committerTimes.length;
  const rows = knownRows(known.ids, news);
  const rowOf = (newRow: number): number => {
    const row = rows.news[newRow] ?? -1;
    return row >= 0 ? row : settled + newRow;
  };
  const isAlone = settled === 0 && news.outsideIds.length === 0;
  const newParents = isAlone
    ? news.parents
    : news.parents.map((parent) => (parent >= 0 ? rowOf(parent) : (rows.outside[-1 - parent] ?? -1)));
  if (newParents.includes(-1)) throw new Error("the history is incomplete: the parent of a commit is missing");
  // `git log` starts with the commit that it is asked for; where it prints none, that one is known.
  const newest = Buffer.from(news.ids.subarray(-idBytes));
  const headRow = newest.equals(head) ? rowOf(rows.news.length - 1) : rowOfId(known.ids, head);
  if (headRow < 0) throw new Error("the history is incomplete: its newest commit is missing");
  const before = known.parents.length;
  const newOffsets = before === 0 ? news.parentOffsets : news.parentOffsets.map((offset) => before + offset);
  const graph: CommitGraph = {
    idBytes,
    ids: followed(known.ids, news.ids),
    committerTimes: followed(known.committerTimes, news.committerTimes),
    parentOffsets: followed(known.parentOffsets.subarray(0, settled), newOffsets),
    parents: followed(known.parents, newParents),
    settled,
  };
  return { graph, headRow, newParents };
}

function standingOf(known: Columns, commits: number): Standing {
  const { people, keyNames, paths, authors, coAuthors, keys, fileOffsets, files } = known;
  if (commits === known.committerTimes.length)
    return { commits, people: people.length, keyNames: keyNames.length, paths: paths.length };
  const upTo = ({ offsets, values }: Rows): Int32Array => values.subarray(0, offsets[commits]);
  return {
    commits,
    people: numbersUsed(people.length, [authors.subarray(0, commits), upTo(coAuthors)]),
    keyNames: numbersUsed(keyNames.length, [upTo(keys)]),
    paths: numbersUsed(paths.length, [upTo({ offsets: fileOffsets, values: files })]),
  };
}

function namesOf(known: Columns, news: Increment, standing: Standing): Names {
  return {
    people: numbering(known.people, standing.people, news.people, personTwins),
    keys: numbering(known.keyNames, standing.keyNames, news.keyNames, textTwins),
    paths: numbering(known.paths, standing.paths, news.paths, textTwins),
  };
}

/** The known rows that stand, and behind them the loose ones in their order. */
function placed(known: Columns, loose: LooseRows, order: CommitOrder, names: Names): Columns {
  const { kept } = order;
  const ids = cellsOf(known.ids, loose.ids, loose.idBytes, order);
  const committerTimes = cellsOf(known.committerTimes, loose.committerTimes, 8, order);
  const authorTimes = cellsOf(known.authorTimes, loose.authorTimes, 8, order);
  const authors = cellsOf(known.authors, loose.authors, 4, order);
  const parents = groupsOf(known.parentOffsets, loose.parentOffsets, order, [known.parents, loose.parents]);
  const subjects = groupsOf(known.subjectOffsets, loose.subjectOffsets, order, [known.subjectBytes, loose.subjectBytes]);
  const coAuthors = groupsOf(known.coAuthors.offsets, loose.coAuthors.offsets, order, [
    known.coAuthors.values,
    loose.coAuthors.values,
  ]);
  const keys = groupsOf(known.keys.offsets, loose.keys.offsets, order, [known.keys.values, loose.keys.values]);
  const files = groupsOf(
    known.fileOffsets,
    loose.fileOffsets,
    order,
    [known.files, loose.files],
    [known.statuses, loose.statuses],
  );
  placeRows(
    order,
    [ids.cells, committerTimes.cells, authorTimes.cells, authors.cells],
    [parents, subjects, coAuthors, keys, files],
  );
  const place = placesOf(order, loose.committerTimes.length);
  const parentRows = integersIn(parents);
  for (let i = parents.into[kept] ?? 0; i < parentRows.length; i++) parentRows[i] = place(parentRows[i] ?? 0);
  const allCoAuthors = { offsets: coAuthors.into, values: integersIn(coAuthors) };
  renumberPeople(authors.column, allCoAuthors, names.people.numberOf, kept);
  const allKeys = { offsets: keys.into, values: integersIn(keys) };
  names.keys.number(allKeys.values, keys.into[kept] ?? 0);
  const paths = integersIn(files);
  names.paths.number(paths, files.into[kept] ?? 0);
  return {
    idBytes: loose.idBytes,
    ids: ids.column,
    committerTimes: committerTimes.column,
    authorTimes: authorTimes.column,
    authors: authors.column,
    parentOffsets: parents.into,
    parents: parentRows,
    subjectOffsets: subjects.into,
    subjectBytes: bytesIn(subjects),
    coAuthors: allCoAuthors,
    people: names.people.values,
    keys: allKeys,
    keyNames: names.keys.values,
    fileOffsets: files.into,
    files: paths,
    paths: names.paths.values,
    statuses: bytesIn(files),
    reverts: [...known.reverts.slice(0, standingReverts(known, kept)), ...placedReverts(loose, place)],
    renames: placedRenames(known, loose, kept, place, names.paths),
  };
}

function integersIn({ values: [first], end }: Groups): Int32Array {
  return first?.into instanceof Int32Array ? first.into.subarray(0, end) : new Int32Array();
}

function bytesIn({ values, end }: Groups): Uint8Array {
  const bytes = values.find(({ into }) => into instanceof Uint8Array);
  return bytes?.into instanceof Uint8Array ? bytes.into.subarray(0, end) : new Uint8Array();
}

/** In place, commit by commit from row `from` on, the author before the co-authors. */
function renumberPeople(authors: Int32Array, { offsets, values }: Rows, number: (person: number) => number, from: number): void {
  for (let commit = from; commit < authors.length; commit++) {
    authors[commit] = number(authors[commit] ?? 0);
    for (let at = offsets[commit] ?? 0; at < (offsets[commit + 1] ?? 0); at++) values[at] = number(values[at] ?? 0);
  }
}

/** Place of a row of the graph; -1 for what is left out. */
function placesOf({ kept, rows }: CommitOrder, loose: number): (row: number) => number {
  const places = new Int32Array(loose).fill(-1);
  for (let at = 0; at < rows.length; at++) places[(rows[at] ?? 0) - kept] = kept + at;
  return (row) => (row < kept ? row : (places[row - kept] ?? -1));
}

function placedReverts({ reverts }: LooseRows, place: (row: number) => number): [number, string][] {
  return reverts
    .map(([row, reverted]): [number, string] => [place(row), reverted])
    .filter(([commit]) => commit >= 0)
    .sort((a, b) => a[0] - b[0]);
}

function placedRenames(
  known: Columns,
  loose: LooseRows,
  kept: number,
  place: (row: number) => number,
  paths: Numbering<string>,
): Int32Array {
  const triples: [number, number, number][] = [];
  for (let i = 0; i < loose.renames.length; i += 3) {
    const [row = 0, from = 0, to = 0] = loose.renames.subarray(i, i + 3);
    if (place(row) >= 0) triples.push([place(row), paths.numberOf(from), paths.numberOf(to)]);
  }
  triples.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return followed(known.renames.subarray(0, standingRenames(known, kept)), Int32Array.from(triples.flat()));
}
