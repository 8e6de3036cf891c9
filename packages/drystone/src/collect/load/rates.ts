/** Counters only rise: how much happened is the difference from value to value. */

type Points = readonly (readonly [time: number, value: number])[];

/** By the naming rule of Prometheus: a name that ends so is a counter, whatever the query forgot. */
export function isCounter(metric: string): boolean {
  return /_(?:total|count|sum|bucket)$/.test(metric);
}

/** Per second, at the end of each step; a value below the one before is a restart and counts from zero. @param points rising by time */
export function ratesOf(points: Points): [time: number, value: number][] {
  return points.flatMap(([time, value], index): [number, number][] => {
    const before = points[index - 1];
    if (before === undefined || time <= before[0]) return [];
    const increase = value >= before[1] ? value - before[1] : value;
    return [[time, increase / (time - before[0])]];
  });
}
