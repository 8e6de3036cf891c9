/** All checks of declared promises: what code, contracts and files must keep. */
export {
  type AcceptPlan,
  type AcceptRequest,
  applyAccepted,
  compareWithBase,
  isIncomplete,
  keyText,
  matchAccepted,
  type PrunePlan,
  planAcceptance,
  planPrune,
  type Renames,
} from "./accepted/index.js";
export {
  type BoundaryCheck,
  type BoundaryCounts,
  type BoundaryInput,
  boundaryAssessment,
  checkModuleBoundaries,
  type EdgeExplanation,
  explainEdge,
  type ModuleIndex,
  moduleIndex,
  type TableTouch,
} from "./module-boundaries/index.js";
export {
  type ChangedFile,
  checkOwnershipRules,
  crossingTeams,
  type OwnershipCheck,
  type OwnershipInput,
} from "./ownership-rules/index.js";
