/** Hours of work per month that a boundary removes, net of what it costs; the margin comes from drawing the months again (metrics.md F2). */
import type { Parameters } from "#model/parameters.js";
import { mulberry32, randomIndex } from "#util/random.js";
import { quantiles } from "#util/statistics/index.js";
import type { Coordination } from "./coordination.js";

export interface NetHours {
  readonly mean: number;
  /** Of 90 of 100 such margins. */
  readonly low: number;
  readonly high: number;
  /** Hours per month. */
  readonly removed: number;
  readonly spent: number;
  /** Hours that one coordination must take for the boundary to break even; null when it removes none. */
  readonly breakEven: number | null;
}

/** Null where the coordination of today is not known. */
export function netHours(
  { months, before, after }: Pick<Coordination, "months" | "before" | "after">,
  { F, ci }: Parameters,
): NetHours | null {
  if (before === null || months.length === 0) return null;
  const net = (of: readonly { readonly before: number; readonly after: number }[]) => {
    const mean = (key: "before" | "after") => of.reduce((sum, month) => sum + month[key], 0) / of.length;
    return (mean("before") - mean("after")) * F.touchHours - F.opsHoursPerService - mean("after") * F.contractHours;
  };
  const random = mulberry32(ci.seed);
  const draws = Array.from({ length: ci.draws }, () =>
    net(months.map(() => months[randomIndex(random, months.length)] ?? { before: 0, after: 0 })),
  );
  const [low = 0, high = 0] = quantiles(draws, [0.05, 0.95]);
  const perMonth = [before / months.length, (after ?? 0) / months.length] as const;
  const removedEvents = perMonth[0] - perMonth[1];
  const spent = F.opsHoursPerService + perMonth[1] * F.contractHours;
  return {
    mean: net(months),
    low,
    high,
    removed: removedEvents * F.touchHours,
    spent,
    breakEven: removedEvents > 0 ? spent / removedEvents : null,
  };
}
