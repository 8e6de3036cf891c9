export { type Changes, type CommitPlan, type Content, fastImportStream, type HistoryPlan, type Person } from "./fast-import.js";
export {
  cleanEnvironment,
  detach,
  git,
  linkedWorktree,
  partialClone,
  type RepositoryOptions,
  shallowClone,
  type Workspace,
  workspace,
  writeRepository,
} from "./git-repository.js";
export { processorTime } from "./processor-time.js";
export { findPromtool, promtool } from "./promtool.js";
export { type Random, seededRandom } from "./random.js";
