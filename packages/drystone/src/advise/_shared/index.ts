export { interval, rounded } from "#util/statistics/index.js";
export { counted, listed } from "#util/words.js";
export type { Advising } from "./advising.js";
export { changeEvidence } from "./evidence.js";
export { answerOf, type Gate, gate } from "./gate.js";
export { judged, measure, percent, place, withoutHistory } from "./judged.js";
export { type OwningTeam, owningTeam } from "./owning-team.js";
export { shippedBy, type Train, trainOf } from "./train.js";
export { withAnswer } from "./with-answer.js";
