export { type Batches, batchesOf, jointWindow, type LockstepOptions, lockstepPairs, type Together } from "./lockstep.js";
export { isProduction, type ProductionDeploys, productionDeploys } from "./production-deploys.js";
export { type ReleaseGroup, type ReleaseStructure, releaseStructure, versionOf } from "./release-groups.js";
