/** Numbers by first use for what the parts of a history number each by itself. */

export interface Dictionary<Value> {
  /** Columns of the parts with one number for equal values of different parts. */
  readonly unified: (columns: readonly Int32Array[]) => readonly Int32Array[];
  /**
   * Gives the values of such a column numbers by first use, in place. Its first `looked` values are looked at; the others are those of the first
   * part as they stood there, so that their first uses follow the numbers that they had, all of them `below` a limit.
   */
  readonly renumber: (column: Int32Array, looked: number, below: number) => Int32Array;
  /** Number that all values of the first part are below. */
  readonly below: number;
  /** The number of a value of a part. */
  readonly numberOf: (part: number, value: number) => number;
  /** Values that were asked for, by number. */
  readonly used: readonly Value[];
}

/** Numbers the values of one or two dictionaries by first use; within one no value stands twice. */
export function dictionary<Value>(
  [first = [], second = []]: readonly (readonly Value[])[],
  textOf: (value: Value) => string,
): Dictionary<Value> {
  const own = second.map((_, index) => first.length + index);
  const known = new Map(second.map((value, index) => [textOf(value), index]));
  if (known.size > 0) {
    for (let index = 0; index < first.length; index++) {
      const twin = known.get(textOf(first[index] as Value));
      if (twin !== undefined) own[twin] = index;
    }
  }
  const numbers = new Int32Array(first.length + second.length).fill(-1);
  const used: Value[] = [];
  const number = (value: number): number => {
    const known = numbers[value] ?? 0;
    if (known >= 0) return known;
    const text = value < first.length ? first[value] : second[value - first.length];
    if (text === undefined) return 0;
    numbers[value] = used.length;
    return used.push(text) - 1;
  };
  const unify = (part: number, value: number): number => (part === 0 ? value : (own[value] ?? 0));
  return {
    unified: (columns) => columns.map((column, part) => (part === 0 ? column : column.map((value) => own[value] ?? 0))),
    renumber(column, looked, below) {
      for (let i = 0; i < looked; i++) column[i] = number(column[i] ?? 0);
      if (looked === column.length) return column;
      for (let value = 0; value < below; value++) number(value);
      for (let i = looked; i < column.length; i++) column[i] = numbers[column[i] ?? 0] ?? 0;
      return column;
    },
    below: first.length,
    numberOf: (part, value) => number(unify(part, value)),
    used,
  };
}
