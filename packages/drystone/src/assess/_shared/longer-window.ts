import type { ChangeSet } from "#derive/change-sets/index.js";
import { type Estate, underOtherSettings } from "#derive/estate/index.js";

const longer = [24, 36, 48, 72, 120];
const whole = 1200;

/** The command with the shortest longer window whose change sets are enough; where the whole history holds too few, it says so. */
export function withLongerWindow(estate: Estate, isEnough: (sets: readonly ChangeSet[]) => boolean): string {
  const current = estate.parameters.window.months ?? whole;
  const months = [...longer, whole].filter((candidate) => candidate > current);
  const found = months.find((candidate) => isEnough(underOtherSettings(estate, { months: candidate }).sets));
  if (found === undefined) return "drystone assess PATH   (again later: the whole history holds fewer)";
  return `drystone assess PATH --window ${found === whole ? "all" : `${found}m`}`;
}
