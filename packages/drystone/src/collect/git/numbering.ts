/** Numbers by first use for what a known history and its news number each by itself. */
import type { Identity } from "#model/history.js";
import { countBefore } from "#util/count-before.js";

export interface Numbering<Value> {
  /** A column of the news with the numbers of equal values that are known; what is new is numbered behind those. In place. */
  readonly joined: (column: Int32Array) => Int32Array;
  /** Puts numbers by first use in place of joined ones in `column[from ..]`. */
  readonly number: (column: Int32Array, from: number, to?: number) => void;
  /** The number by first use of a joined one. */
  readonly numberOf: (joined: number) => number;
  /** What was asked for, by number. */
  readonly values: readonly Value[];
}

/** For each of the news the index of its twin among the known ones, or one behind all of those. Within either no value stands twice. */
export type Twins<Value> = (known: readonly Value[], news: readonly Value[]) => Int32Array;

/** @param standing so many of the `known` ones keep their numbers. */
export function numbering<Value>(
  known: readonly Value[],
  standing: number,
  news: readonly Value[],
  twins: Twins<Value>,
): Numbering<Value> {
  const own = twins(known, news);
  const numbers = new Int32Array(known.length + news.length).fill(-1);
  const values = known.slice(0, standing);
  function first(joined: number): number {
    const value = joined < known.length ? known[joined] : news[joined - known.length];
    if (value === undefined) return 0;
    numbers[joined] = values.length;
    return values.push(value) - 1;
  }
  function numberOf(joined: number): number {
    const number = joined < standing ? joined : (numbers[joined] ?? -1);
    return number >= 0 ? number : first(joined);
  }
  return {
    values,
    numberOf,
    joined(column) {
      if (known.length > 0) for (let i = 0; i < column.length; i++) column[i] = own[column[i] ?? 0] ?? 0;
      return column;
    },
    number(column, from, to = column.length) {
      for (let i = from; i < to; i++) column[i] = numberOf(column[i] ?? 0);
    },
  };
}

export const textTwins: Twins<string> = (known, news) => {
  const own = behind(known.length, news.length);
  if (known.length === 0 || news.length === 0) return own;
  const wanted = new Map(news.map((text, index) => [text, index]));
  for (let index = 0; index < known.length; index++) {
    const twin = wanted.get(known[index] ?? "");
    if (twin !== undefined) own[twin] = index;
  }
  return own;
};

/** Looks at the name first: joining it with the address for each known person would cost more than all the rest. */
export const personTwins: Twins<Identity> = (known, news) => {
  const own = behind(known.length, news.length);
  if (known.length === 0 || news.length === 0) return own;
  const wanted = new Map<string, number[]>();
  for (const [index, { name }] of news.entries()) wanted.set(name, [...(wanted.get(name) ?? []), index]);
  for (let index = 0; index < known.length; index++) {
    const namesakes = wanted.get(known[index]?.name ?? "");
    if (namesakes !== undefined) for (const twin of namesakes) if (news[twin]?.email === known[index]?.email) own[twin] = index;
  }
  return own;
};

function behind(from: number, length: number): Int32Array {
  return Int32Array.from({ length }, (_, index) => from + index);
}

/**
 * How many of `count` numbers by first use are used in columns up to where those are cut. Numbers that are used there come before all others.
 * Asked from the last one down: few are cut off.
 */
export function numbersUsed(count: number, columns: readonly Int32Array[]): number {
  const isUsed = (number: number): boolean => columns.some((column) => column.lastIndexOf(number) >= 0);
  let unused = count;
  for (let step = 1; unused > 0; step *= 2) {
    const asked = Math.max(0, unused - step);
    if (isUsed(asked)) return asked + 1 + countBefore(unused - asked - 1, (index) => isUsed(asked + 1 + index));
    unused = asked;
  }
  return 0;
}
