/** All assessments, in the order of the report. A folder has the name of its assessment; a test fails if one is missing here. */
import type { Estate } from "#derive/estate/index.js";
import type { Assessment, Measure } from "#model/result.js";
import type { Assess } from "./_shared/index.js";
import { assessChangeCoupling } from "./change-coupling/index.js";
import { assessCoordination } from "./coordination/index.js";
import { assessDeveloperSpread } from "./developer-spread/index.js";
import { assessModuleCoupling } from "./module-coupling/index.js";
import { assessNotYet } from "./not-yet/index.js";
import { assessOwnership } from "./ownership/index.js";
import { assessTeamShape } from "./team-shape/index.js";

export { judgeDistributedMonolith, symptoms } from "./distributed-monolith/index.js";

export const assess: readonly Assess[] = [
  assessChangeCoupling,
  assessDeveloperSpread,
  assessOwnership,
  assessCoordination,
  assessTeamShape,
  assessModuleCoupling,
];

/** Assessments and the measures behind them. */
export function assessAll(estate: Estate): { assessments: Assessment[]; measures: Measure[] } {
  const assessed = assess.map((one) => one(estate));
  return {
    assessments: [...assessed.map(({ assessment }) => assessment), ...assessNotYet(estate)],
    measures: assessed.flatMap(({ measures }) => measures),
  };
}
