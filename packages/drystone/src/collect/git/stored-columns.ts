/** The columns of a history as parts of a file of the store: four texts, then numbers as they lie in memory. */
import type { Identity } from "#model/history.js";
import {
  type Columns,
  type ColumnType,
  type NumberColumn,
  type Standing,
  standingRenames,
  standingReverts,
  withRoom,
} from "./columns.js";

/** A number column: where it stands in the columns, and how many of its values belong to the first commits. */
interface NumberPart {
  readonly type: ColumnType<NumberColumn>;
  readonly of: (columns: Columns) => NumberColumn;
  readonly upTo: (columns: Columns, commits: number) => number;
}

const perCommit = (_: Columns, commits: number): number => commits;
/** The first one begins at 0; each ends where the next one begins. */
const offsets = (_: Columns, commits: number): number => (commits === 0 ? 0 : commits + 1);

/** In the order in which they lie in a file. */
const numberParts: readonly NumberPart[] = [
  { type: Uint8Array, of: ({ ids }) => ids, upTo: ({ idBytes }, commits) => commits * idBytes },
  { type: Float64Array, of: ({ committerTimes }) => committerTimes, upTo: perCommit },
  { type: Float64Array, of: ({ authorTimes }) => authorTimes, upTo: perCommit },
  { type: Int32Array, of: ({ authors }) => authors, upTo: perCommit },
  { type: Int32Array, of: ({ parentOffsets }) => parentOffsets, upTo: offsets },
  { type: Int32Array, of: ({ parents }) => parents, upTo: ({ parentOffsets }, commits) => parentOffsets[commits] ?? 0 },
  { type: Int32Array, of: ({ subjectOffsets }) => subjectOffsets, upTo: offsets },
  { type: Uint8Array, of: (of) => of.subjectBytes, upTo: ({ subjectOffsets }, commits) => subjectOffsets[commits] ?? 0 },
  { type: Int32Array, of: ({ coAuthors }) => coAuthors.offsets, upTo: offsets },
  {
    type: Int32Array,
    of: ({ coAuthors }) => coAuthors.values,
    upTo: ({ coAuthors }, commits) => coAuthors.offsets[commits] ?? 0,
  },
  { type: Int32Array, of: ({ keys }) => keys.offsets, upTo: offsets },
  { type: Int32Array, of: ({ keys }) => keys.values, upTo: ({ keys }, commits) => keys.offsets[commits] ?? 0 },
  { type: Int32Array, of: ({ fileOffsets }) => fileOffsets, upTo: offsets },
  { type: Int32Array, of: ({ files }) => files, upTo: ({ fileOffsets }, commits) => fileOffsets[commits] ?? 0 },
  { type: Uint8Array, of: ({ statuses }) => statuses, upTo: ({ fileOffsets }, commits) => fileOffsets[commits] ?? 0 },
  { type: Int32Array, of: ({ renames }) => renames, upTo: standingRenames },
];
const textParts = 4;
export const numberOfParts = textParts + numberParts.length;

/** What `columns` hold beyond what stands, as bytes. */
export function encodeColumns(columns: Columns, standing: Standing): Uint8Array[] {
  const { commits } = standing;
  const texts = [
    columns.people
      .slice(standing.people)
      .map(({ name, email }) => `${name}\0${email}`)
      .join("\0"),
    columns.keyNames.slice(standing.keyNames).join("\0"),
    columns.paths.slice(standing.paths).join("\0"),
    JSON.stringify(columns.reverts.slice(standingReverts(columns, commits))),
  ];
  return [
    ...texts.map((text) => Buffer.from(text)),
    ...numberParts.map(({ of, upTo }) => bytesOf(of(columns).subarray(commits === 0 ? 0 : upTo(columns, commits)))),
  ];
}

function bytesOf({ buffer, byteOffset, byteLength }: NumberColumn): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * The columns of a whole history, which stay in the memory of `parts`.
 * @throws RangeError when a part is no column.
 */
export function decodeColumns(idBytes: number, parts: readonly Uint8Array[]): Columns {
  const { people, keyNames, paths, reverts } = decodeTexts(parts);
  return { ...fromNumbers(idBytes, decodeNumbers(parts)), people, keyNames, paths, reverts };
}

/**
 * `base` up to what stands and `parts` behind that. The memory of `base` is used again.
 * @throws RangeError when a part is no column.
 */
export function decodeGrowth(base: Columns, standing: Standing, parts: readonly Uint8Array[]): Columns {
  const { people, keyNames, paths, reverts } = decodeTexts(parts);
  const more = decodeNumbers(parts);
  const starts = numberParts.map(({ upTo }) => upTo(base, standing.commits));
  const standingOnes = standingReverts(base, standing.commits);
  const numbers = numberParts.map(({ of }, index) => {
    const behind = more[index] as NumberColumn;
    const start = starts[index] ?? 0;
    const column = withRoom(of(base), start, behind.length);
    column.set(behind, start);
    return column;
  });
  return {
    ...fromNumbers(base.idBytes, numbers),
    people: [...base.people.slice(0, standing.people), ...people],
    keyNames: [...base.keyNames.slice(0, standing.keyNames), ...keyNames],
    paths: [...base.paths.slice(0, standing.paths), ...paths],
    reverts: [...base.reverts.slice(0, standingOnes), ...reverts],
  };
}

function decodeTexts(parts: readonly Uint8Array[]): Pick<Columns, "people" | "keyNames" | "paths" | "reverts"> {
  const text = (index: number): string => {
    const { buffer, byteOffset, length } = parts[index] ?? new Uint8Array();
    return Buffer.from(buffer, byteOffset, length).toString("utf8");
  };
  const list = (index: number): string[] => (parts[index]?.length === 0 ? [] : text(index).split("\0"));
  const names = list(0);
  const people: Identity[] = [];
  for (let i = 0; i < names.length; i += 2) people.push({ name: names[i] ?? "", email: names[i + 1] ?? "" });
  return { people, keyNames: list(1), paths: list(2), reverts: JSON.parse(text(3)) as Columns["reverts"] };
}

function decodeNumbers(parts: readonly Uint8Array[]): NumberColumn[] {
  return numberParts.map(({ type }, index) => {
    const { buffer, byteOffset, length } = parts[textParts + index] ?? new Uint8Array();
    return new type(buffer as ArrayBuffer, byteOffset, length / type.BYTES_PER_ELEMENT);
  });
}

/** @param numbers in the order of `numberParts`. */
function fromNumbers(
  idBytes: number,
  numbers: readonly NumberColumn[],
): Omit<Columns, "people" | "keyNames" | "paths" | "reverts"> {
  const bytes = (index: number) => numbers[index] as Uint8Array;
  const times = (index: number) => numbers[index] as Float64Array;
  const integers = (index: number) => numbers[index] as Int32Array;
  return {
    idBytes,
    ids: bytes(0),
    committerTimes: times(1),
    authorTimes: times(2),
    authors: integers(3),
    parentOffsets: integers(4),
    parents: integers(5),
    subjectOffsets: integers(6),
    subjectBytes: bytes(7),
    coAuthors: { offsets: integers(8), values: integers(9) },
    keys: { offsets: integers(10), values: integers(11) },
    fileOffsets: integers(12),
    files: integers(13),
    statuses: bytes(14),
    renames: integers(15),
  };
}
