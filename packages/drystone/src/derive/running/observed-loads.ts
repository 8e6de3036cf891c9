/** Load that was measured: what manifests declare is an expectation and stays out. */
import type { Facts } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { LoadFact } from "#model/running.js";

/** One series of one component. */
export interface LoadSeries {
  readonly component: Ref;
  /** `GET /orders/{}` or `/orders/{}` where the series is of one route; else null. */
  readonly route: string | null;
  /** Rising: [seconds since 1970, load]. */
  readonly points: LoadFact["points"];
}

/**
 * Series by what they measure, the name of the metric or, where a query dropped it, of the file: only what measures the same can be compared.
 * A component may have several, one per instance or route.
 */
export function observedLoads({ loads }: Pick<Facts, "loads">): ReadonlyMap<string, readonly LoadSeries[]> {
  const byMetric = new Map<string, LoadSeries[]>();
  for (const { component, declared, points, metric, source, route = null } of loads) {
    if (declared || component === null || points.length === 0) continue;
    const name = metric === "" ? source : metric;
    const series = { component, route, points: points.toSorted(([a], [b]) => a - b) };
    const known = byMetric.get(name);
    if (known) known.push(series);
    else byMetric.set(name, [series]);
  }
  return new Map([...byMetric].sort(([a], [b]) => (a < b ? -1 : 1)));
}
