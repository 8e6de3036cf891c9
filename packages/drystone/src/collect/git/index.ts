export { changedPaths } from "./changed-paths.js";
export { collectHistory, type HistoryOptions } from "./collect-history.js";
export { git } from "./git.js";
export { mergeBase } from "./merge-base.js";
export { type Clone, type CloneState, describeClone, headOf, locateClones, otherBranch } from "./repository.js";
