/** An increment of history: what one run of `git log` brought, self-contained, with parents as rows. Increments merge into one canonical `History`. */
import type { History, Identity, Rows } from "#model/history.js";
import type { ParsedLog } from "./log-parser.js";

export interface Increment extends Omit<ParsedLog, "parentIds"> {
  /** Row in this increment, or `-1 - i` for the `i`-th id of `outsideIds`. */
  readonly parents: Int32Array;
  readonly outsideIds: Uint8Array;
  /** True for a whole history in canonical order and numbering. */
  readonly canonical: boolean;
}

/** Turns parent ids into rows. */
export function toIncrement(log: ParsedLog): Increment {
  const { idBytes } = log;
  const index = idIndex(log.ids, idBytes);
  const count = log.parentIds.length / idBytes;
  const parents = new Int32Array(count);
  const outside: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const row = index.rowOf(log.parentIds, i * idBytes);
    parents[i] = row >= 0 ? row : -1 - outside.length;
    if (row < 0) outside.push(log.parentIds.subarray(i * idBytes, (i + 1) * idBytes));
  }
  const { parentIds: _, ...columns } = log;
  return { ...columns, parents, outsideIds: joined(outside), canonical: false };
}

/**
 * Merges increments into the one history behind `head`, whose commits, paths, people and keys are numbered independently of how it was cut into increments:
 * commits newest first (a parent after all its children; among free ones later committer time, then larger id first), the rest by first appearance.
 * Commits that `head` does not reach are left out: a branch that was rewritten, or another one.
 * @param head commit id in hexadecimal.
 * @throws Error when `head` or the parent of a commit is in none of the increments: the history is incomplete.
 */
export function toHistory(repository: string, increments: readonly Increment[], head: string): History {
  const [first, ...later] = increments;
  if (first?.canonical && later.length === 0 && isId(first.ids, first.idBytes, 0, head)) return columnsOf(repository, first);
  const all = concatenated(increments);
  const reached = reachedFrom(all, isId(all.ids, all.idBytes, 0, head) ? 0 : all.rowOf(Buffer.from(head, "hex"), 0));
  const order = orderAfter(all, reached) ?? canonicalOrder(all, reached);
  // A commit-graph file can lie.
  if (order.length !== reached.reduce((sum, one) => sum + one, 0))
    throw new Error("the history is inconsistent: a commit is its own ancestor");
  return numbered(repository, all, order);
}

function isId(ids: Uint8Array, idBytes: number, row: number, id: string): boolean {
  return Buffer.from(ids.buffer, ids.byteOffset + row * idBytes, idBytes).toString("hex") === id;
}

/** 1 for each row that is `head` or behind it. */
function reachedFrom(all: Concatenated, head: number): Uint8Array {
  if (head < 0) throw new Error("the history is incomplete: its newest commit is missing");
  const reached = new Uint8Array(all.committerTimes.length);
  const open = [head];
  reached[head] = 1;
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    for (let i = all.parentOffsets[row] ?? 0; i < (all.parentOffsets[row + 1] ?? 0); i++) {
      const parent = all.parents[i] ?? 0;
      if (reached[parent] === 1) continue;
      reached[parent] = 1;
      open.push(parent);
    }
  }
  return reached;
}

/**
 * The canonical order where every later commit is younger than all of a canonical first increment: then the later ones come first, in their own order,
 * and the first increment follows as it is. A later commit always has a child among the later ones (or is HEAD), so none waits for an older one.
 */
function orderAfter(all: Concatenated, reached: Uint8Array): Int32Array | null {
  const first = all.parts[0]?.increment;
  if (!first?.canonical || reached.includes(0)) return null;
  const older = first.committerTimes.length;
  const total = all.committerTimes.length;
  if (minimum(all.committerTimes.subarray(older)) <= maximum(first.committerTimes)) return null;
  const order = new Int32Array(total);
  order.set(canonicalOrder(all, reached, older));
  for (let row = 0; row < older; row++) order[total - older + row] = row;
  return order;
}

const minimum = (times: Float64Array): number => times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
const maximum = (times: Float64Array): number => times.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY);

function columnsOf(repository: string, increment: Increment): History {
  const { outsideIds: _, canonical: __, ...columns } = increment;
  return { repository, ...columns };
}

/** The other way round: a whole history as one increment, in canonical order. */
export function fromHistory(history: History): Increment {
  const { repository: _, ...columns } = history;
  return { ...columns, outsideIds: new Uint8Array(), canonical: true };
}

/**
 * Increments in one numbering: rows of later increments stand behind those of earlier ones. With clocks that run backwards `git log OLD..NEW` also prints
 * commits behind OLD; parents are the first row of their commit, so that nothing leads to its repetitions.
 */
interface Concatenated {
  readonly idBytes: number;
  readonly ids: Uint8Array;
  readonly parentOffsets: Int32Array;
  readonly parents: Int32Array;
  readonly parts: readonly { readonly increment: Increment; readonly start: number }[];
  readonly committerTimes: Float64Array;
  /** First row of the id that starts at `at`, or -1. */
  readonly rowOf: (ids: Uint8Array, at: number) => number;
}

function concatenated(increments: readonly Increment[]): Concatenated {
  const idBytes = increments[0]?.idBytes ?? 20;
  const ids = joined(increments.map((increment) => increment.ids));
  const commits = ids.length / idBytes;
  const parentOffsets = new Int32Array(commits + 1);
  const parents = new Int32Array(increments.reduce((sum, increment) => sum + increment.parents.length, 0));
  const committerTimes = new Float64Array(commits);
  const parts: { increment: Increment; start: number }[] = [];
  // A cold run never asks: its only increment has its parents and starts with its head.
  let index: ReturnType<typeof idIndex> | null = null;
  const rowOf = (wanted: Uint8Array, at: number): number => {
    index ??= idIndex(ids, idBytes);
    return index.rowOf(wanted, at);
  };
  let start = 0;
  let parentStart = 0;
  for (const increment of increments) {
    parts.push({ increment, start });
    committerTimes.set(increment.committerTimes, start);
    const rows = increment.committerTimes.length;
    for (let row = 0; row <= rows; row++) parentOffsets[start + row] = parentStart + (increment.parentOffsets[row] ?? 0);
    for (let i = 0; i < increment.parents.length; i++) {
      const parent = increment.parents[i] ?? 0;
      if (parent < 0) parents[parentStart + i] = rowOf(increment.outsideIds, (-1 - parent) * idBytes);
      else parents[parentStart + i] = start === 0 ? parent : rowOf(ids, (start + parent) * idBytes);
      if ((parents[parentStart + i] ?? -1) < 0) throw new Error("the history is incomplete: the parent of a commit is missing");
    }
    start += rows;
    parentStart += increment.parents.length;
  }
  return { idBytes, ids, parentOffsets, parents, parts, committerTimes, rowOf };
}

/** Reached rows newest first, those from `start` on only; see `toHistory`. */
function canonicalOrder(all: Concatenated, reached: Uint8Array, start = 0): Int32Array {
  const commits = all.committerTimes.length;
  const children = new Int32Array(commits);
  for (let row = start; row < commits; row++) {
    if (reached[row] === 0) continue;
    for (let i = all.parentOffsets[row] ?? 0; i < (all.parentOffsets[row + 1] ?? 0); i++) {
      const parent = all.parents[i] ?? 0;
      children[parent] = (children[parent] ?? 0) + 1;
    }
  }
  const order = new Int32Array(commits - start);
  const heap = new Int32Array(commits - start);
  let size = 0;
  const later = (a: number, b: number): boolean => {
    const difference = (all.committerTimes[a] ?? 0) - (all.committerTimes[b] ?? 0);
    return difference !== 0 ? difference > 0 : compareIds(all.ids, a * all.idBytes, b * all.idBytes, all.idBytes) > 0;
  };
  const push = (row: number): void => {
    let at = size++;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const above = heap[up] ?? 0;
      if (!later(row, above)) break;
      heap[at] = above;
      at = up;
    }
    heap[at] = row;
  };
  /** -1 when nothing is left. */
  const pop = (): number => {
    if (size === 0) return -1;
    const top = heap[0] ?? 0;
    const last = heap[--size] ?? 0;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= size) break;
      if (down + 1 < size && later(heap[down + 1] ?? 0, heap[down] ?? 0)) down++;
      if (!later(heap[down] ?? 0, last)) break;
      heap[at] = heap[down] ?? 0;
      at = down;
    }
    heap[at] = last;
    return top;
  };
  for (let row = start; row < commits; row++) if (reached[row] === 1 && children[row] === 0) push(row);
  let done = 0;
  for (let row = pop(); row >= 0; row = pop()) {
    order[done++] = row;
    for (let i = all.parentOffsets[row] ?? 0; i < (all.parentOffsets[row + 1] ?? 0); i++) {
      const parent = all.parents[i] ?? 0;
      children[parent] = (children[parent] ?? 0) - 1;
      if (children[parent] === 0 && parent >= start) push(parent);
    }
  }
  return order.subarray(0, done);
}

/** Copies all columns into the canonical order and numbers paths, people and keys anew. */
function numbered(repository: string, all: Concatenated, order: Int32Array): History {
  const position = new Int32Array(all.committerTimes.length).fill(-1);
  for (let at = 0; at < order.length; at++) position[order[at] ?? 0] = at;
  const { parts } = all;
  const paths = renumbering(
    parts.map(({ increment }) => increment.paths),
    (path) => path,
  );
  const people = renumbering(
    parts.map(({ increment }) => increment.people),
    (person: Identity) => `${person.name}\0${person.email}`,
  );
  const keyNames = renumbering(
    parts.map(({ increment }) => increment.keyNames),
    (key) => key,
  );
  const runs = runsOf(all, order);
  const rows = (pick: (increment: Increment) => Rows, renumber?: (part: number, value: number) => number): Rows =>
    orderedRows(parts, runs, order.length, pick, renumber ?? ((_, value) => value));
  // The order of these calls decides nothing: each dictionary is numbered by its own first use.
  const authors = new Int32Array(order.length);
  const committerTimes = new Float64Array(order.length);
  const authorTimes = new Float64Array(order.length);
  for (const { part, row, at, length } of runs) {
    const { increment } = partAt(parts, part);
    for (let i = 0; i < length; i++) authors[at + i] = people.number(part, increment.authors[row + i] ?? 0);
    committerTimes.set(increment.committerTimes.subarray(row, row + length), at);
    authorTimes.set(increment.authorTimes.subarray(row, row + length), at);
  }
  const coAuthors = rows((increment) => increment.coAuthors, people.number);
  const keys = rows((increment) => increment.keys, keyNames.number);
  const files = rows((increment) => ({ offsets: increment.fileOffsets, values: increment.files }), paths.number);
  const statuses = orderedBytes(parts, runs, order.length, (increment) => ({
    offsets: increment.fileOffsets,
    bytes: increment.statuses,
  }));
  const subjects = orderedBytes(parts, runs, order.length, (increment) => ({
    offsets: increment.subjectOffsets,
    bytes: increment.subjectBytes,
  }));
  const reverts: [number, string][] = [];
  const renames: [number, number, number][] = [];
  for (const [part, { increment, start }] of parts.entries()) {
    for (const [row, reverted] of increment.reverts)
      if ((position[start + row] ?? -1) >= 0) reverts.push([position[start + row] ?? 0, reverted]);
    for (let i = 0; i < increment.renames.length; i += 3) {
      const [row = 0, from = 0, to = 0] = increment.renames.subarray(i, i + 3);
      const commit = position[start + row] ?? -1;
      if (commit >= 0) renames.push([commit, paths.number(part, from), paths.number(part, to)]);
    }
  }
  reverts.sort((a, b) => a[0] - b[0]);
  renames.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return {
    repository,
    idBytes: all.idBytes,
    ids: orderedIds(all, runs, order.length),
    ...orderedParents(all, order, position),
    committerTimes,
    authorTimes,
    authors,
    subjectOffsets: subjects.offsets,
    subjectBytes: subjects.bytes,
    people: people.values,
    coAuthors,
    keys,
    keyNames: keyNames.values,
    reverts,
    paths: paths.values,
    fileOffsets: files.offsets,
    files: files.values,
    statuses: statuses.bytes,
    renames: Int32Array.from(renames.flat()),
  };
}

type Parts = Concatenated["parts"];

/** Rows that stand one after the other in a part and in the order: `length` of them from `row` of the part on, at place `at` of the order. */
interface Run {
  readonly part: number;
  readonly row: number;
  readonly at: number;
  readonly length: number;
}

function runsOf(all: Concatenated, order: Int32Array): Run[] {
  const runs: Run[] = [];
  let part = 0;
  for (let at = 0; at < order.length; ) {
    const first = order[at] ?? 0;
    if (!holds(all.parts[part], first)) part = all.parts.findIndex((one) => holds(one, first));
    const { start, increment } = partAt(all.parts, part);
    const end = start + increment.committerTimes.length;
    let length = 1;
    while (at + length < order.length && order[at + length] === first + length && first + length < end) length++;
    runs.push({ part, row: first - start, at, length });
    at += length;
  }
  return runs;
}

function holds(part: Parts[number] | undefined, row: number): boolean {
  return part !== undefined && row >= part.start && row < part.start + part.increment.committerTimes.length;
}

function partAt(parts: Parts, index: number): Parts[number] {
  const part = parts[index];
  if (part === undefined) throw new Error(`there are ${parts.length} increments and no ${index}`);
  return part;
}

function orderedRows(
  parts: Parts,
  runs: readonly Run[],
  commits: number,
  pick: (increment: Increment) => Rows,
  renumber: (part: number, value: number) => number,
): Rows {
  const picked = parts.map(({ increment }) => pick(increment));
  const offsets = new Int32Array(commits + 1);
  const values = new Int32Array(picked.reduce((sum, rows) => sum + rows.values.length, 0));
  let end = 0;
  for (const { part, row, at, length } of runs) {
    const from = picked[part] ?? noRows;
    const first = from.offsets[row] ?? 0;
    const last = from.offsets[row + length] ?? 0;
    for (let i = 1; i <= length; i++) offsets[at + i] = end + (from.offsets[row + i] ?? 0) - first;
    for (let i = first; i < last; i++) values[end++] = renumber(part, from.values[i] ?? 0);
  }
  return { offsets, values: values.subarray(0, end) };
}

const noRows: Rows = { offsets: new Int32Array(1), values: new Int32Array() };

function orderedBytes(
  parts: Parts,
  runs: readonly Run[],
  commits: number,
  pick: (increment: Increment) => { offsets: Int32Array; bytes: Uint8Array },
): { offsets: Int32Array; bytes: Uint8Array } {
  const picked = parts.map(({ increment }) => pick(increment));
  const offsets = new Int32Array(commits + 1);
  const bytes = new Uint8Array(picked.reduce((sum, rows) => sum + rows.bytes.length, 0));
  let end = 0;
  for (const { part, row, at, length } of runs) {
    const from = picked[part];
    if (from === undefined) continue;
    const first = from.offsets[row] ?? 0;
    const last = from.offsets[row + length] ?? 0;
    for (let i = 1; i <= length; i++) offsets[at + i] = end + (from.offsets[row + i] ?? 0) - first;
    end = copied(from.bytes, first, last, bytes, end);
  }
  return { offsets, bytes: bytes.subarray(0, end) };
}

function orderedIds(all: Concatenated, runs: readonly Run[], commits: number): Uint8Array {
  const ids = new Uint8Array(commits * all.idBytes);
  let end = 0;
  for (const { part, row, length } of runs) {
    const first = (partAt(all.parts, part).start + row) * all.idBytes;
    end = copied(all.ids, first, first + length * all.idBytes, ids, end);
  }
  return ids;
}

/** Copies `from[first .. last]` to place `at`; returns the place behind. A view costs as much as some dozen bytes one by one. */
function copied(from: Uint8Array, first: number, last: number, to: Uint8Array, at: number): number {
  if (last - first > 64) to.set(from.subarray(first, last), at);
  else for (let i = first; i < last; i++) to[at + i - first] = from[i] ?? 0;
  return at + last - first;
}

function orderedParents(
  all: Concatenated,
  order: Int32Array,
  position: Int32Array,
): { parentOffsets: Int32Array; parents: Int32Array } {
  const parentOffsets = new Int32Array(order.length + 1);
  const parents = new Int32Array(all.parents.length);
  let end = 0;
  for (let at = 0; at < order.length; at++) {
    const row = order[at] ?? 0;
    for (let i = all.parentOffsets[row] ?? 0, last = all.parentOffsets[row + 1] ?? 0; i < last; i++)
      parents[end++] = position[all.parents[i] ?? 0] ?? 0;
    parentOffsets[at + 1] = end;
  }
  return { parentOffsets, parents: parents.subarray(0, end) };
}

/** Numbers values of several dictionaries by first use; equal values get one number. */
function renumbering<Value>(dictionaries: readonly (readonly Value[])[], key: (value: Value) => string) {
  const values: Value[] = [];
  // Also for a single dictionary: texts that were different bytes to git may have become equal.
  const known = new Map<string, number>();
  const numbers = dictionaries.map((dictionary) => new Int32Array(dictionary.length).fill(-1));
  return {
    values,
    number: (which: number, id: number): number => {
      const column = numbers[which];
      const found = column?.[id] ?? -1;
      if (found >= 0) return found;
      const value = dictionaries[which]?.[id];
      if (column === undefined || value === undefined) return 0;
      let number = known.get(key(value));
      if (number === undefined) {
        number = values.push(value) - 1;
        known.set(key(value), number);
      }
      column[id] = number;
      return number;
    },
  };
}

/** Finds the row of an id; ids are random, so their first four bytes are the hash. */
function idIndex(ids: Uint8Array, idBytes: number) {
  const rows = ids.length / idBytes;
  let slots = 16;
  while (slots < rows * 2) slots *= 2;
  const table = new Int32Array(slots).fill(-1);
  const slotOf = (bytes: Uint8Array, at: number): number =>
    (((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0) &
    (slots - 1);
  for (let row = 0; row < rows; row++) {
    let slot = slotOf(ids, row * idBytes);
    while ((table[slot] ?? -1) >= 0) slot = (slot + 1) & (slots - 1);
    table[slot] = row;
  }
  return {
    rowOf(bytes: Uint8Array, at: number): number {
      for (let slot = slotOf(bytes, at); ; slot = (slot + 1) & (slots - 1)) {
        const row = table[slot] ?? -1;
        if (row < 0 || sameBytes(ids, row * idBytes, bytes, at, idBytes)) return row;
      }
    },
  };
}

function sameBytes(a: Uint8Array, atA: number, b: Uint8Array, atB: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}

function compareIds(ids: Uint8Array, a: number, b: number, length: number): number {
  for (let i = 0; i < length; i++) {
    const difference = (ids[a + i] ?? 0) - (ids[b + i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only) return only;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
