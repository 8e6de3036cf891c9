export { adviseCandidate, noStructure } from "./advise-candidate.js";
export { decompositionMeasures } from "./decomposition-measures.js";
export { findCandidates } from "./find-candidates.js";
