export { collectHistory, type HistoryOptions } from "./collect-history.js";
export { type Clone, type CloneState, describeClone, locateClones } from "./repository.js";
