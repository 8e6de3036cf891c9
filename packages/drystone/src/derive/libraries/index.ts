/** Libraries that several deployables share. */
export { type Divergence, divergence } from "./divergence.js";
export { type LibraryUser, type SharedLibrary, sharedLibraries } from "./shared-libraries.js";
export { type Upgrades, upgradeOnlyChanges } from "./upgrades.js";
