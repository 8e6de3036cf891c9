/** Numbers texts by first appearance. */
export interface Interner {
  readonly values: string[];
  /** Number of a text. */
  id(value: string): number;
}

export function createInterner(): Interner {
  const known = new Map<string, number>();
  const values: string[] = [];
  return {
    values,
    id(value) {
      const found = known.get(value);
      if (found !== undefined) return found;
      known.set(value, values.length);
      return values.push(value) - 1;
    },
  };
}
