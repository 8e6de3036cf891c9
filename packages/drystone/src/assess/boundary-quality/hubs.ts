/** Services that many call and that call many: whatever happens passes through them (recovery.md 5). */
import type { BlockingCall } from "#derive/calls/index.js";
import type { Ref } from "#model/refs.js";
import { quantiles } from "#util/statistics/index.js";

export interface Hub {
  readonly component: Ref;
  readonly callers: readonly Ref[];
  readonly called: readonly Ref[];
}

/** With fewer services every one of them stands out. */
const leastServices = 6;
/** Median absolute deviation to standard deviation of a normal distribution. */
const scale = 1.4826;

/** Both directions far above the median of the services. @param services gateways and frontends left out. */
export function hubsOf(services: readonly Ref[], calls: readonly BlockingCall[], deviations: number): Hub[] {
  if (services.length < leastServices) return [];
  const degrees = services.map((component) => ({
    component,
    callers: [...new Set(calls.filter(({ to }) => to === component).map(({ from }) => from))].sort(),
    called: [...new Set(calls.filter(({ from }) => from === component).map(({ to }) => to))].sort(),
  }));
  const mostIn = bound(
    degrees.map(({ callers }) => callers.length),
    deviations,
  );
  const mostOut = bound(
    degrees.map(({ called }) => called.length),
    deviations,
  );
  return degrees.filter(({ callers, called }) => callers.length > mostIn && called.length > mostOut);
}

/** One call more or less is no deviation. */
function bound(degrees: readonly number[], deviations: number): number {
  const [median = 0] = quantiles(degrees, [0.5]);
  const [spread = 0] = quantiles(
    degrees.map((degree) => Math.abs(degree - median)),
    [0.5],
  );
  return median + deviations * Math.max(1, scale * spread);
}
