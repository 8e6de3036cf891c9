export { collectHistory, type HistoryOptions } from "./collect-history.js";
export { git } from "./git.js";
export { type Clone, type CloneState, describeClone, headDate, locateClones } from "./repository.js";
