/** All checks of declared promises: what code, contracts and files must keep. */
export {
  type BoundaryCheck,
  type BoundaryCounts,
  type BoundaryInput,
  boundaryAssessment,
  checkModuleBoundaries,
  type EdgeExplanation,
  explainEdge,
  type TableTouch,
} from "./module-boundaries/index.js";
export { checkOwnershipRules, type OwnershipCheck, type OwnershipInput } from "./ownership-rules/index.js";
