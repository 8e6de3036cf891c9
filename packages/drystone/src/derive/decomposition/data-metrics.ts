/** Scores of a decomposition that look at data and people (metrics.md D6, E1). */

/** Mean over the tables of the entropy (natural logarithm) of the accesses by part, at least 0, lower is better (CARGO). Null without tables. */
export function tableEntropy(
  accesses: Iterable<{ readonly table: string; readonly part: string; readonly count: number }>,
): number | null {
  const tables = new Map<string, Map<string, number>>();
  for (const { table, part, count } of accesses) {
    const parts = tables.get(table) ?? new Map<string, number>();
    tables.set(table, parts.set(part, (parts.get(part) ?? 0) + count));
  }
  let sum = 0;
  for (const parts of tables.values()) {
    const all = [...parts.values()].reduce((total, count) => total + count, 0);
    for (const count of parts.values()) if (count > 0) sum -= (count / all) * Math.log(count / all);
  }
  return tables.size === 0 ? null : sum / tables.size;
}

/** What one function of the system does, as accesses in the parts it runs through. */
export interface Functionality {
  readonly accesses: readonly { readonly part: string; readonly entity: string; readonly writes: boolean }[];
}

/** Migration complexity of each functionality (Santos and Rito Silva): for each of its accesses, the other functionalities of several parts that access
 *  the same entity the other way round, reading what it writes or writing what it reads; 0 for one that stays in one part. */
export function migrationComplexity(functionalities: readonly Functionality[]): number[] {
  const isDistributed = functionalities.map(({ accesses }) => new Set(accesses.map(({ part }) => part)).size > 1);
  const others = (at: number, entity: string, writes: boolean): number =>
    functionalities.filter(
      (other, index) =>
        index !== at &&
        isDistributed[index] === true &&
        other.accesses.some((access) => access.entity === entity && access.writes !== writes),
    ).length;
  return functionalities.map(({ accesses }, at) => {
    if (isDistributed[at] !== true) return 0;
    const local = new Map(accesses.map((access) => [JSON.stringify([access.part, access.entity, access.writes]), access]));
    return [...local.values()].reduce((sum, { entity, writes }) => sum + others(at, entity, writes), 0);
  });
}

/** TSR: mean authors per part over all authors, 0..1, lower is better. Null without parts or authors. */
export function teamSizeReduction(authorsByPart: readonly Iterable<string>[]): number | null {
  const sets = authorsByPart.map((authors) => new Set(authors));
  const all = new Set(sets.flatMap((authors) => [...authors]));
  if (sets.length === 0 || all.size === 0) return null;
  return sets.reduce((sum, { size }) => sum + size, 0) / sets.length / all.size;
}
