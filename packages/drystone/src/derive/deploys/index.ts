export { type ChangeLead, changeLeads } from "./change-leads.js";
export { contractChanges, shipsChange } from "./contract-changes.js";
export { type Batches, batchesOf, type LockstepOptions, lockstepPairs, type Together } from "./lockstep.js";
export { type ProductionDeploys, productionDeploys } from "./production-deploys.js";
export { type ReleaseGroup, type ReleaseStructure, releaseStructure } from "./release-groups.js";
