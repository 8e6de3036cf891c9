/** The least time that people can have worked on something: sessions of commits that name it. */

/** Seconds from the first to the last commit of each session, and a lead-in for what came before its first one. @param times seconds */
export function sessionSeconds(
  times: readonly number[],
  { sessionGapHours, leadInHours }: { readonly sessionGapHours: number; readonly leadInHours: number },
): number {
  const sorted = times.toSorted((a, b) => a - b);
  let total = 0;
  for (const [index, time] of sorted.entries()) {
    const before = sorted[index - 1];
    const isNew = before === undefined || time - before > sessionGapHours * 3600;
    total += isNew ? leadInHours * 3600 : time - before;
  }
  return total;
}
