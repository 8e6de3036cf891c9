/** What pictures are drawn from beyond the numbers of an assessment: series over time, shared changes, imports of modules. Never a verdict. */
import type { Estate } from "#derive/estate/index.js";
import type { Measure } from "#model/result.js";
import { changeHistories } from "./change-histories.js";
import { eventMeasures } from "./events.js";
import { importMeasures } from "./imports.js";
import { sharedChanges } from "./shared-changes.js";
import { teamShares } from "./team-shares.js";
import { trendMeasures } from "./trends.js";

export function seriesMeasures(estate: Estate): Measure[] {
  return [
    ...changeHistories(estate),
    ...sharedChanges(estate),
    ...trendMeasures(estate),
    ...eventMeasures(estate),
    ...teamShares(estate),
    ...importMeasures(estate),
  ];
}
