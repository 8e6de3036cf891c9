export { isUsualEnd } from "./item-flow.js";
export { kaplanMeierQuantile, quantileInterval } from "./lead-times.js";
export { type WorkFlow, workFlow } from "./work-flow.js";
