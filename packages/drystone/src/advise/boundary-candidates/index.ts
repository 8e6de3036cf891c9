export { adviseCandidate, noStructure, seamMeasures } from "./advise-candidate.js";
export { decompositionMeasures } from "./decomposition-measures.js";
export { findCandidates } from "./find-candidates.js";
export { moduleRule } from "./module-rule.js";
