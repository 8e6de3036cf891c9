export { sessionSeconds } from "./commit-sessions.js";
export { type ItemFlow, itemFlow, type Segment } from "./item-flow.js";
export { type Duration, kaplanMeierQuantile, quantileInterval } from "./lead-times.js";
export { type Little, littleError, littleOf, type WorkFlow, workFlow } from "./work-flow.js";
