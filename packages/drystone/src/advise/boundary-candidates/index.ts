export { adviseCandidate, noStructure } from "./advise-candidate.js";
export { type Candidate, findCandidates, type Seams } from "./find-candidates.js";
