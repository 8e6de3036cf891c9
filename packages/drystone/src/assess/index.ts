/** All assessments, in the order of the report. A folder has the name of its assessment; a test fails if one is missing here. */
import type { Estate } from "#derive/estate/index.js";
import type { Assessment, Measure } from "#model/result.js";
import type { Assess } from "./_shared/index.js";
import { assessBoundaryQuality } from "./boundary-quality/index.js";
import { assessChangeCoupling } from "./change-coupling/index.js";
import { assessChattiness } from "./chattiness/index.js";
import { assessCoordination } from "./coordination/index.js";
import { assessDeveloperSpread } from "./developer-spread/index.js";
import { assessFlow } from "./flow/index.js";
import { assessInterfaceMandate } from "./interface-mandate/index.js";
import { assessLibraryDrift } from "./library-drift/index.js";
import { assessLockstepDeployment } from "./lockstep-deployment/index.js";
import { assessModuleCoupling } from "./module-coupling/index.js";
import { assessNotYet } from "./not-yet/index.js";
import { assessOwnership } from "./ownership/index.js";
import { assessSharedCode } from "./shared-code/index.js";
import { assessSharedDatastore } from "./shared-datastore/index.js";
import { assessTeamShape } from "./team-shape/index.js";

export { judgeDistributedMonolith, symptoms } from "./distributed-monolith/index.js";

export const assess: readonly Assess[] = [
  assessChangeCoupling,
  assessLockstepDeployment,
  assessChattiness,
  assessDeveloperSpread,
  assessSharedDatastore,
  assessSharedCode,
  assessLibraryDrift,
  assessBoundaryQuality,
  assessOwnership,
  assessCoordination,
  assessTeamShape,
  assessFlow,
  assessModuleCoupling,
  assessInterfaceMandate,
];

/** Assessments and the measures behind them. */
export function assessAll(estate: Estate): { assessments: Assessment[]; measures: Measure[] } {
  const assessed = assess.map((one) => one(estate));
  return {
    assessments: [...assessed.map(({ assessment }) => assessment), ...assessNotYet(estate)],
    measures: assessed.flatMap(({ measures }) => measures),
  };
}
