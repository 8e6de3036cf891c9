import type { Ripple } from "#derive/pairs/index.js";
import type { Parameters } from "#model/parameters.js";
import { newcombe } from "#util/statistics/index.js";

const leastSets = 50;
const leastHits = 5;

/** A change beyond noise: the interval of the difference excludes zero and the difference matters (metrics.md J). Null when there is none, or too little to tell. */
export function compareWindows(
  before: Ripple,
  now: Ripple,
  parameters: Parameters,
): { direction: "rising" | "falling"; difference: number } | null {
  if (before.n < leastSets || now.n < leastSets || before.hits + now.hits < leastHits) return null;
  const difference = now.hits / now.n - before.hits / before.n;
  const bounds = newcombe(now.hits, now.n, before.hits, before.n, parameters.ci.level);
  if (bounds === null || Math.abs(difference) < parameters.J.practicalDelta) return null;
  if (bounds.low > 0) return { direction: "rising", difference };
  return bounds.high < 0 ? { direction: "falling", difference } : null;
}
