export { boundaryAssessment } from "./assessment.js";
export { type EdgeExplanation, explainEdge } from "./explain-edge.js";
export type { TableTouch } from "./foreign-tables.js";
export { type BoundaryCheck, type BoundaryCounts, type BoundaryInput, checkModuleBoundaries } from "./module-boundaries.js";
export { type ModuleIndex, moduleIndex } from "./module-index.js";
