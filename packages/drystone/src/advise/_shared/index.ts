export type { Advising } from "./advising.js";
export { changeEvidence } from "./evidence.js";
export { answerOf, type Gate, gate } from "./gate.js";
export { counted, interval, judged, listed, measure, percent, place, rounded } from "./judged.js";
export { type OwningTeam, owningTeam } from "./owning-team.js";
export { isPlainName } from "./plain-name.js";
export { shippedBy, type Train, trainOf } from "./train.js";
export { withAnswer } from "./with-answer.js";
