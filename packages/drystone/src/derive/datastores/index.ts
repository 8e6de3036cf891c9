export type { Level, SharedStore, SharingWord, StoreUsage, StoreUser, TableUsage } from "./model.js";
export { isCache } from "./sharing.js";
export { type StoreEvidence, storeEvidence } from "./store-evidence.js";
export { storeUsages } from "./store-usages.js";
export { teamsApart } from "./teams-apart.js";
